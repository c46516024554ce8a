"""The night's work: what families are told, the scores of the month, the Local Offer's waits, silent simulations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from kept.access.acting import Actor
from kept.forecasts import actions, inputs, running
from kept.forecasts.inputs import ListInputs
from kept.offer.models import Service as Entry
from kept.offer.waits import Measured, record_wait
from kept.people.queries import children_seen
from kept.rules.waits.survival import End
from kept.waiting import queries
from kept.waiting.facts import History, Stay, WaitingList

PERIOD_WEEKS = 13
DAYS_A_YEAR = 365.25
FEWEST = 10


def tell_families(*, by: Actor) -> int:
    """Reckon every list and log what is new. Gives the number of statements logged."""
    return sum(actions.tell(by=by, facts=facts) for facts in queries.lists(by))


def score_months(*, by: Actor) -> int:
    """Score the months that are over; and say of simulations that fell silent that they stopped."""
    running.sweep_up(by=by)
    return actions.score(by=by)


def publish_waits(*, by: Actor) -> int:
    """Tell the Local Offer how long each of its services made people wait. Gives the number of entries told."""
    entries = {entry.pk: entry for entry in Entry.objects.filter(area=by.area)}
    born: dict[UUID, date] = {}
    told = 0
    for facts in queries.lists(by):
        entry = entries.get(facts.entry_id) if facts.entry_id else None
        if entry is None:
            continue
        born = born or dict(children_seen(by).order_by().values_list("pk", "born_on"))
        record_wait(by=by, service=entry, measured=measured(inputs.read(by, facts), born))
        told += 1
    return told


def measured(given: ListInputs, born: Mapping[UUID, date] | None = None) -> Measured:
    """The lived waits of those seen in the last 13 weeks, and of those waiting; small numbers are left to the offer.

    born: days of birth by child, for the waits by age; without somebody's there are none by age.
    """
    history = given.history
    seen = _seen(history, given.today, PERIOD_WEEKS)
    before = sorted(_weeks(stay) for stay in _seen(history, given.today - timedelta(weeks=PERIOD_WEEKS), PERIOD_WEEKS))
    return Measured(
        clock_starts="the day somebody first asked", clock_stops=_stops(given.facts),
        weeks_of_seen=tuple(_weeks(stay) for stay in seen), period_weeks=PERIOD_WEEKS,
        target_weeks=float(given.targets[-1]),
        weeks_so_far=tuple((given.today - one.referral_made_on).days / 7 for one in given.line),
        median_before=before[len(before) // 2] if len(before) >= FEWEST else None,
        ages_of_seen=_ages([(stay.child_id, stay.ended_on) for stay in seen], born or {}),
        ages_so_far=_ages([(one.child_id, given.today) for one in given.line], born or {}),
    )  # fmt: skip


def _seen(history: History, until: date, weeks: int) -> list[Stay]:
    since = until - timedelta(weeks=weeks)
    return [
        stay
        for stay in history.stays
        if stay.end is End.SEEN and stay.days is not None and stay.ended_on and since < stay.ended_on <= until
    ]


def _weeks(stay: Stay) -> float:
    return (stay.days or 0) / 7


def _ages(people: Sequence[tuple[UUID, date | None]], born: Mapping[UUID, date]) -> tuple[float, ...]:
    """Ages in years on the day given; none at all when one of them is not known."""
    if any(child not in born or on is None for child, on in people):
        return ()
    return tuple((on - born[child]).days / DAYS_A_YEAR for child, on in people if on)


def _stops(facts: WaitingList) -> str:
    return f"the day “{facts.stage}” is done"
