"""When a review meeting should be held so that everything after it comes in time.

A review is complete when its decision is notified, not when people met (SEND Code of Practice 9.169): a meeting on the
last day of the twelve months is too late. Before a change of phase the meeting should be twelve weeks before the day by
which the amended plan must be there (reference on the statutory process, section 6, rule 8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from kept.rules.calendar import ENGLAND

DECISION = timedelta(weeks=4)
WHOLE_AMENDMENT = timedelta(weeks=12)
NOTICE = timedelta(days=15)  # the law says two weeks; a day more also fits the strict reading of "clear days"
INVITING = timedelta(days=28)  # advice is asked for two weeks before it goes round
MOST_A_DAY = 2
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Latest:
    """The last day on which a meeting still leaves time for what follows, and why that day."""

    day: date
    because: str


def latest_meeting(*, due: date | None, transfer_by: date | None) -> Latest | None:
    """The last day to meet; None when nothing sets one.

    due: the day on which the review must be complete. transfer_by: the last day for the amended plan before a change
    of phase. The earlier of the two counts.
    """
    found = []
    if due is not None:
        day = due - DECISION
        found.append(Latest(day, "four weeks before the review must be complete, as the decision may take so long"))
    if transfer_by is not None:
        day = transfer_by - WHOLE_AMENDMENT
        found.append(Latest(day, "twelve weeks before the plan for the next phase must be final"))
    if not found:
        return None
    first = min(found, key=lambda one: one.day)
    return Latest(ENGLAND.on_or_before(first.day), first.because)


def earliest_meeting(today: date) -> date:
    """The first day for which people can be invited, answer with advice, and have the papers two weeks before."""
    return ENGLAND.on_or_after(today + INVITING)


def propose(latest: Latest | None, *, today: date) -> date | None:
    """A day for the meeting: a week before the last, or as soon as people can be invited where that is later.

    None when nothing sets a last day. A day after `latest` means that the review can no longer be in time.
    """
    if latest is None:
        return None
    return max(ENGLAND.on_or_before(latest.day - timedelta(days=7)), earliest_meeting(today))


def spread(
    wanted: Mapping[Key, tuple[date, date]],
    *,
    today: date,
    taken: Iterable[date] = (),
    most: int = MOST_A_DAY,
    is_open: Callable[[date], bool] = ENGLAND.is_working_day,
) -> dict[Key, date]:
    """The days of many meetings of one school, so that no day has more than `most`.

    wanted: each one's proposed day and the last that is in time. A day that is full gives way to the working day
    before, as far back as people can be invited, then to later ones while they are in time. Where no day is free the
    one with the fewest meetings is taken, as being late is worse than a full day. taken: days that have meetings.
    is_open: whether the school is there; a day on which it is shut is taken only where no other is in time.
    """
    used = Counter(taken)
    first = earliest_meeting(today)
    found: dict[Key, date] = {}
    for key, (day, last) in sorted(wanted.items(), key=lambda one: (one[1], str(one[0]))):
        in_time = list(_around(day, first, last)) or [day]
        around = [trial for trial in in_time if is_open(trial)] or in_time
        free = next((trial for trial in around if used[trial] < most), None)
        found[key] = free or min(around, key=lambda trial: used[trial])
        used[found[key]] += 1
    return found


def _around(day: date, first: date, last: date) -> Iterator[date]:
    """Working days from one back to the first, then on to the last."""
    trial = day
    while trial >= first:
        yield trial
        trial = ENGLAND.on_or_before(trial - timedelta(days=1))
    trial = ENGLAND.on_or_after(day + timedelta(days=1))
    while trial <= last:
        yield trial
        trial = ENGLAND.on_or_after(trial + timedelta(days=1))


def notice_by(meets_on: date) -> date:
    """The day by which invitations and papers should be out: fifteen days before, on a working day."""
    return ENGLAND.on_or_before(meets_on - NOTICE)


def advice_by(meets_on: date) -> date:
    """The day by which advice is asked for: a week before the papers go round."""
    return ENGLAND.on_or_before(meets_on - NOTICE - timedelta(days=7))
