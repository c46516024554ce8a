"""What is sent, what comes back, and what every channel must do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kept.rules.identifiers import emails

LONGEST_HEADER = 200


class CouldNotSend(Exception):
    """Nothing went; the text is a sentence for the sender. may_retry: whether the same again may succeed."""

    def __init__(self, words: str, *, may_retry: bool = False) -> None:
        super().__init__(words)
        self.may_retry = may_retry


@dataclass(frozen=True)
class Attached:
    """A file that goes with it."""

    name: str
    content: bytes
    kind: str = "application/pdf"


@dataclass(frozen=True)
class Parcel:
    """What goes to one recipient by one channel.

    key: ours, the same for every attempt, so that nothing goes twice. The subject and the words of an email or a text
    never name a child or a need: the letter is the attachment.
    """

    key: str
    to_name: str
    subject: str
    words: str
    to: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    attached: tuple[Attached, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True)
class Receipt:
    """The proof: which system took it, and the reference under which it can be asked."""

    by: str
    reference: str
    words: str = ""


class Channel(Protocol):
    """One way out."""

    @property
    def name(self) -> str:
        """What people call it."""

    def send(self, parcel: Parcel) -> Receipt:
        """Hand it over, and return only when it was accepted. Raises CouldNotSend."""


def header(words: str, called: str) -> str:
    """Words that may stand in the head of an email. Raises CouldNotSend for line breaks, which could add headers."""
    if any(mark in words for mark in "\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        raise CouldNotSend(f"The {called} has a line break in it, so nothing was sent. Write it on one line.")
    if len(words) > LONGEST_HEADER:
        raise CouldNotSend(f"The {called} is longer than {LONGEST_HEADER} letters. Shorten it.")
    return words


def email_address(typed: str) -> str:
    """One email address. Raises CouldNotSend for none, several, or one with anything else in it."""
    try:
        return emails.email_address(typed)
    except ValueError as problem:
        raise CouldNotSend(str(problem)) from None
