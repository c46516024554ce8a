"""The statutory SEND process of England: what a case is, what is due and what may happen next, from its events."""

from .events import Event
from .fold import CaseState, fold
from .readings import DEFAULT, REFERENCE, Readings, Settings
from .status import ClockState

__all__ = ["DEFAULT", "REFERENCE", "CaseState", "ClockState", "Event", "Readings", "Settings", "fold"]
