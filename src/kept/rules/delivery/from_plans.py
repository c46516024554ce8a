"""From the typed facts of a plan's provision to what the ledger counts. Nothing is guessed: what is vague is said."""

from __future__ import annotations

from datetime import date
from typing import Any

from kept.rules.delivery.calendars import monday_of
from kept.rules.delivery.model import Amount, Measure, ProvisionItem, Step, Unit

MEASURES = {
    "equipment": Measure.CHECK,
    "environment": Measure.CHECK,
    "training": Measure.CERTIFICATE,
    "programme writing": Measure.CERTIFICATE,
}
UNITS = {
    "day": Unit.DAY,
    "school day": Unit.DAY,
    "lesson": Unit.WEEK,
    "week": Unit.WEEK,
    "fortnight": Unit.FORTNIGHT,
    "month": Unit.MONTH,
    "half-term": Unit.HALF_TERM,
    "term": Unit.TERM,
    "year": Unit.YEAR,
}
A_WEEK_OF_PRESENCE = Amount(1, 0, Unit.WEEK)
NO_QUANTITY = "This does not say how much, or how often."


def item_of(
    provision: Any, *, id: str, in_force_on: date, until: date | None = None, service: str = ""
) -> ProvisionItem:
    """The ledger's item of a `kept.rules.plans.Provision` (or anything with the same fields).

    in_force_on, until: the days on which the version of the plan holds; the provision's own days are kept inside.
    """
    starts_on = max(in_force_on, provision.start or in_force_on)
    ends = [day for day in (provision.end, until) if day]
    measure = MEASURES.get(provision.mode, Measure.MINUTES)
    why_not = tuple(provision.reasons)
    steps: tuple[Step, ...] = ()
    if measure is Measure.MINUTES and not why_not:
        steps = _steps(provision)
        if not steps:
            why_not = (NO_QUANTITY,)
        elif all(step.amount.minutes == 0 for step in steps):
            measure = Measure.PRESENCE
    pupils = provision.ratio.pupils if provision.ratio and provision.ratio.adults == 1 else None
    return ProvisionItem(
        id=id,
        service=service or provision.service or "provision",
        starts_on=starts_on,
        steps=steps,
        ends_on=min(ends, default=None),
        measure=measure,
        group_max=pupils,
        role=provision.role,
        year_round=provision.weeks == "year-round",
        weeks=tuple(monday_of(day) for day in provision.week_list),
        why_not=why_not,
    )


def _steps(provision: Any) -> tuple[Step, ...]:
    """Dated steps in order, then the main amount until the end."""
    dated = sorted(provision.steps, key=lambda step: step.until)
    found = [Step(_amount(step.minutes, step.often), step.until) for step in dated]
    main = _main(provision)
    return (*found, *((Step(main),) if main else ()))


def _main(provision: Any) -> Amount | None:
    if provision.weekly_minutes:
        return Amount(0, provision.weekly_minutes, Unit.WEEK)
    if provision.session_minutes and provision.often:
        return _amount(provision.session_minutes, provision.often)
    if provision.trigger:  # nobody knows how often it happens: that it is done each time is what can be confirmed
        return A_WEEK_OF_PRESENCE
    return A_WEEK_OF_PRESENCE if provision.coverage else None


def _amount(minutes: int, often: Any) -> Amount:
    if often.unit == "lesson":  # minutes of a lesson whose number nobody knows: presence is what can be confirmed
        return A_WEEK_OF_PRESENCE
    return Amount(often.times, minutes, UNITS[often.unit], often.every)
