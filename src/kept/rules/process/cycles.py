"""Which cycle an event belongs to in a living case: this year's review or next year's, this dispute or a later one.

Many limits come round again, and the events that start and end them do not say which round they are of. A meeting that
came to nothing is never "done late" by what next year's meeting brought. Each row of the table names its way of being
told apart (`cycle`); rows without one run until they are done, whenever that is.

- `meeting`: what must be done before a meeting is done for it by its own day, or not at all.
- `review`: a meeting opens another review once the one before has its decision, or 12 weeks after it: no review may
  lawfully take longer (4 weeks to decide, 8 to amend). A meeting that is continued within them restarts nothing.
- `review_changes`: the plan that a review changes is that review's until a later one gives its own notice of changes.
- `amendment`: a notice of changes opens another amendment where another review lies between.
- `phase`: a plan finalised in the eighteen months before a move of phase is for that move.
- `dispute`: mediation and appeals belong to the decision notified before them.
- `each`: every order, concession and recommendation is owed on its own, whatever became of the one before.

Nothing gives way before its own limit is past: within 12 weeks, longer than any of these limits, a step that is
repeated belongs to the round that is running.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kept.rules.calendar import months_before

from .facts import Facts, Placed
from .table import Clock, Pattern

LONGEST = timedelta(weeks=12)
PHASE_MONTHS = 18
ONE_DAY = timedelta(days=1)
_MEETING = (Pattern("review_meeting"),)
_DECISION = (Pattern("review_decision"),)
_CHANGES = (Pattern("amendment_notice_sent"),)
_NOTICE = (Pattern("decision_notice_sent"),)


class Span(NamedTuple):
    """What belongs to one round: events from `first` on and before `until`. `over` is what ended it, on its day.

    `place` is where in the list of triggers the next round starts.
    """

    place: int
    first: date | None = None
    until: date | None = None
    over: Placed | None = None


def span(clock: Clock, triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    """The part of the case that belongs to the round started by the trigger at `place`."""
    return SPANS[clock.cycle or ""](triggers, place, facts)


def _unlimited(triggers: Sequence[Placed], _place: int, _facts: Facts) -> Span:
    return Span(len(triggers))


def _each(triggers: Sequence[Placed], place: int, _facts: Facts) -> Span:
    return Span(_next(triggers, place, lambda one: one.day > triggers[place].day))


def _until_next(triggers: Sequence[Placed], place: int) -> Span:
    following = triggers[place] if place < len(triggers) else None
    return Span(place, until=following.day if following else None, over=following)


def _meeting(triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    mine = triggers[place]
    later = _next(triggers, place, lambda one: one.day > mine.day)
    first = triggers[place - 1].day + ONE_DAY if place else None
    over = mine if mine.day <= facts.as_of else None
    return Span(later, first, mine.day + ONE_DAY, over)


def _review(triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    return _until_next(triggers, _next(triggers, place, _opens_a_review(triggers[place].day, facts)))


def _opens_a_review(start: date, facts: Facts) -> Callable[[Placed], bool]:
    """Whether a later meeting is of another review than the one whose meeting was on `start`."""
    decided = facts.first(_DECISION, start)

    def opens(meeting: Placed) -> bool:
        return meeting.day > start + LONGEST or (decided is not None and decided.day <= meeting.day > start)

    return opens


def _review_changes(triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    mine = triggers[place].day
    later = _review(triggers, place, facts)
    first = facts.first(_CHANGES, mine)
    over = facts.first(_CHANGES, max(later.until, mine + LONGEST + ONE_DAY)) if later.until is not None else None
    since = first.day if first is not None and (over is None or first.day < over.day) else None
    return Span(later.place, since, over.day if over else None, over)


def _amendment(triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    """The next notice with the meeting of another review between."""
    start = triggers[place].day
    meetings = facts.matching(_MEETING)
    before = [one.day for one in meetings if one.day <= start]
    opens = _opens_a_review(before[-1], facts) if before else lambda one: True
    other = next((one.day for one in meetings if one.day > start and opens(one)), None)
    from_day = max(other, start + LONGEST + ONE_DAY) if other is not None else None
    return _until_next(triggers, _next(triggers, place, lambda one: from_day is not None and one.day >= from_day))


def _phase(triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    first = _prepared_from(triggers, place) if place else None
    later = _next(triggers, place, lambda one: one.day > triggers[place].day)
    if later == len(triggers):
        return Span(later, first)
    until = _prepared_from(triggers, later)
    over = triggers[later]._replace(day=until) if until <= facts.as_of else None
    return Span(later, first, until, over)


def _prepared_from(triggers: Sequence[Placed], place: int) -> date:
    """The day from which a plan is for this move of phase: 18 months before it, and after the move before."""
    return max(months_before(triggers[place].day, PHASE_MONTHS), triggers[place - 1].day + ONE_DAY)


def _dispute(triggers: Sequence[Placed], place: int, facts: Facts) -> Span:
    """The next request, certificate or appeal with a decision notified between."""
    start = triggers[place].day
    notice = facts.first(_NOTICE, start + ONE_DAY)
    from_day = max(notice.day, start + LONGEST + ONE_DAY) if notice is not None else None
    return _until_next(triggers, _next(triggers, place, lambda one: from_day is not None and one.day >= from_day))


def _next(triggers: Sequence[Placed], place: int, starts: Callable[[Placed], bool]) -> int:
    """The place of the first later trigger of which something is true; the end of the list if there is none."""
    return next((n for n in range(place + 1, len(triggers)) if starts(triggers[n])), len(triggers))


SPANS: Mapping[str, Callable[[Sequence[Placed], int, Facts], Span]] = {
    "": _unlimited,
    "meeting": _meeting,
    "review": _review,
    "review_changes": _review_changes,
    "amendment": _amendment,
    "phase": _phase,
    "dispute": _dispute,
    "each": _each,
}
# One round for every meeting, review, move or order, whenever the round before was done.
OF_ITS_OWN = frozenset({"meeting", "review", "review_changes", "phase", "each"})
