"""How long a family waits for an answer: the turns of a conversation and when each must be acknowledged and answered.

Pure: what was said, by which side, on which day; dates out. The clock begins with the first message that has no answer
and does not begin anew when the family writes again or when the conversation is handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from kept.rules.calendar import ENGLAND, WorkingCalendar

ACKNOWLEDGE_DAYS, ANSWER_DAYS = 2, 10


@dataclass(frozen=True)
class Standard:
    """The published standard: working days after the day of the message."""

    acknowledge_days: int = ACKNOWLEDGE_DAYS
    answer_days: int = ANSWER_DAYS


@dataclass(frozen=True)
class Said:
    """One message. theirs: the family's (or a partner's). answers: ours, and it answers what was asked."""

    on: date
    theirs: bool
    answers: bool = False


@dataclass(frozen=True)
class Turn:
    """What was asked and is owed an answer. Dates are civil dates; None while it has not happened."""

    number: int
    asked_on: date
    acknowledge_by: date
    answer_by: date
    acknowledged_on: date | None = None
    answered_on: date | None = None


def turns(
    said: Iterable[Said], standard: Standard | Callable[[date], Standard], calendar: WorkingCalendar = ENGLAND
) -> list[Turn]:
    """The turns of a conversation, oldest first; the last is open when its `answered_on` is None.

    standard: the promise, or what gives the one that stood on a day: each question keeps that of its own day.
    """
    found: list[Turn] = []
    for one in said:
        current = found[-1] if found and found[-1].answered_on is None else None
        if one.theirs and current is None:
            promise = standard(one.on) if callable(standard) else standard
            found.append(
                Turn(
                    number=len(found) + 1,
                    asked_on=one.on,
                    acknowledge_by=calendar.after(one.on, promise.acknowledge_days),
                    answer_by=calendar.after(one.on, promise.answer_days),
                )
            )
        elif not one.theirs and current is not None:
            found[-1] = replace(
                current,
                acknowledged_on=current.acknowledged_on or one.on,
                answered_on=one.on if one.answers else None,
            )
    return found


def centile(days: Iterable[int], share: float) -> int | None:
    """The number of days within which that share of answers came (nearest rank); None without any."""
    ordered = sorted(days)
    if not ordered:
        return None
    return ordered[max(ceil(share * len(ordered)), 1) - 1]
