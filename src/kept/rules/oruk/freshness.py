"""How true an entry still is: checked, due, unchecked, hidden. Computed from dates, never typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

REMIND_BEFORE = timedelta(days=14)
UNCHECKED_AFTER = timedelta(days=30)
HIDDEN_AFTER = timedelta(days=90)
REMIND_ON = (-14, 0, 14)  # days from the review date
ONE_IN = 5  # changes of trusted providers that an editor looks at afterwards
LOOK_WITHIN_DAYS = 14


class Freshness(StrEnum):
    """How an entry stands today."""

    CHECKED = "checked"
    DUE = "due"
    LATE = "late"
    UNCHECKED = "unchecked"
    HIDDEN = "hidden"
    NEVER = "never"


@dataclass(frozen=True)
class Standing:
    """An entry's freshness, whether search shows it, and what the public page says ("" for nothing)."""

    freshness: Freshness
    in_search: bool
    says: str


def standing(*, assured_on: date | None, review_on: date | None, is_statutory: bool, today: date) -> Standing:
    """Where an entry stands.

    30 days past its review date the page says that nobody has checked; 90 days past it search no longer shows it,
    unless it carries an item of the law: then it stays, with the warning, and the Local Offer's lead is told.
    """
    if assured_on is None or review_on is None:
        return Standing(Freshness.NEVER, in_search=True, says="Nobody has checked yet that this is right.")
    if today < review_on - REMIND_BEFORE:
        return Standing(Freshness.CHECKED, in_search=True, says="")
    if today <= review_on:
        return Standing(Freshness.DUE, in_search=True, says="")
    if today < review_on + UNCHECKED_AFTER:
        return Standing(Freshness.LATE, in_search=True, says="")
    since = f"Nobody has checked this since {assured_on.day} {assured_on:%B %Y}. Ask before you rely on it."
    if today < review_on + HIDDEN_AFTER:
        return Standing(Freshness.UNCHECKED, in_search=True, says=since)
    return Standing(Freshness.HIDDEN, in_search=is_statutory, says=since)


def reminds(review_on: date | None, today: date) -> bool:
    """Whether a reminder goes out today: 14 days before the review date, on it, and 14 days after."""
    return review_on is not None and (today - review_on).days in REMIND_ON


def is_drawn(key: UUID) -> bool:
    """Whether a change with this key is looked at afterwards: one in five, by the random end of its key."""
    return key.int % ONE_IN == 0
