"""The ways a letter goes out, behind one interface; `KEPT_LETTERS` and its neighbours in the environment choose."""

from kept.letters.channels.base import Attached, Channel, CouldNotSend, Parcel, Receipt
from kept.letters.channels.choosing import channel_for

__all__ = ["Attached", "Channel", "CouldNotSend", "Parcel", "Receipt", "channel_for"]
