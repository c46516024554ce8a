"""How long the area keeps records, by its own schedule: dated, with a reason, never shorter than claims may be made.

The usual periods and the least that an area may set are data (`kept.rules.retention`).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.roles import Can
from kept.administration import retention
from kept.administration.models import RetentionPeriod
from kept.rules.retention import check_period

SHORTEST_REASON = 10
MOST_SHOWN = 100


@transaction.atomic
def set_period(*, by: Actor, rule: str, years: int, from_on: date, reason: str) -> RetentionPeriod:
    """Keep what a rule is about for so many years, from a day on. Raises Refused with what is wrong.

    From today on, records that were listed and not yet signed by two, and are no longer due, leave the list at once.
    """
    check_can(by, Can.REVIEW_RETENTION)
    reason = " ".join(reason.split())
    try:
        check_period(rule, years)
    except ValueError as problem:
        raise Refused(str(problem)) from None
    if from_on < by.today:
        raise Refused("It cannot begin before today.")
    if len(reason) < SHORTEST_REASON:
        raise Refused("Say why in a sentence: which schedule, and who decided it.")
    made = RetentionPeriod.objects.create(
        area=by.area, rule=rule, years=years, from_on=from_on, reason=reason[:500], made_by=by.user
    )
    with acting_as_system(by.area, today=by.today) as kept:
        retention.take_off_what_is_not_due(by=kept)
    return made


def every_period(actor: Actor) -> list[RetentionPeriod]:
    """Every period that was set, the latest of each rule first."""
    found = RetentionPeriod.objects.filter(area=actor.area).select_related("made_by")
    return list(found.order_by("rule", "-from_on", "-made_at")[:MOST_SHOWN])
