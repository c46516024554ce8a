"""A standard that changes: a new dated row takes the place of the old one, and what that would do is counted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kept.access.acting import Actor, Refused, acting_as_system
from kept.design.words import day
from kept.rules.waits import clocks
from kept.waiting.access import check_keeps
from kept.waiting.counting import both
from kept.waiting.models import Event, Referral, Stage, Standard
from kept.waiting.owing import sync_duties
from kept.waiting.queries import still_open
from kept.waiting.standards import facts_of
from kept.waiting.words import PAUSES

AT_ONCE, LOOKED_AT, SHOWN = 300, 300, 8
CHANGEABLE = frozenset(
    {"name", "weeks", "months", "share", "first_missed_nullifies", "monitoring_stops", "pause_reasons", "status"}
)
FURTHEST = timedelta(days=366 * 3)


def row_on(by: Actor, key: str, on: date) -> Standard | None:
    """The row of a standard in force on a day."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Standard.objects.filter(held, area=by.area, key=key, valid_from__lte=on).order_by("valid_from").last()


def check_row(by: Actor, key: str, valid_from: date, changes: Mapping[str, Any]) -> Standard:
    """The row that would be superseded; raises Refused with a sentence where it cannot be, LookupError without one."""
    rows = list(Standard.objects.filter(area=by.area, key=key).order_by("valid_from"))
    before = next((row for row in reversed(rows) if row.valid_from < valid_from), None)
    if before is None:
        raise LookupError(f"No standard called {key} is in force before {valid_from.isoformat()}.")
    later = next((row for row in rows if row.valid_from >= valid_from), None)
    if later is not None:
        raise Refused(f"Another row holds from {day(later.valid_from)}: begin after that day.")
    if valid_from > by.today + FURTHEST:
        raise Refused("A standard begins within the next three years, or on a day that is past.")
    if unknown := set(changes) - CHANGEABLE:
        raise Refused(f"This cannot be changed: {', '.join(sorted(unknown))}. Another thing is another standard.")
    if changes.get("weeks") and changes.get("months"):
        raise Refused("Give weeks or months, not both.")
    share = changes.get("share")
    if share is not None and not 0 < share <= 1:
        raise Refused("The share lies above 0 and at most at 100%.")
    reasons = changes.get("pause_reasons", ())
    if any(reason in clocks.STAFF_SHORTAGE or reason not in PAUSES for reason in reasons):
        raise Refused("Choose from the reasons that are there: a shortage of staff pauses no count.")
    return before


@transaction.atomic
def supersede(*, by: Actor, key: str, valid_from: date, source: str, why: str = "", **changes: Any) -> Standard:
    """A new row of a standard from a day on; the one before ends the day before. Raises Refused, LookupError.

    Referrals made before that day stay counted by the row of their day. changes: fields of `CHANGEABLE`.
    """
    check_keeps(by, None)
    before = check_row(by, key, valid_from, changes)
    if not source.strip():
        raise Refused("Say which document the new row comes from.")
    if any(getattr(before, name) != value for name, value in changes.items() if name in {"weeks", "months"}):
        changes = {"days_reported": None, **changes}
    keep = {f.name: getattr(before, f.name) for f in Standard._meta.fields if f.name not in {"id", "area"}}
    before.valid_to = valid_from - timedelta(days=1)
    before.save(update_fields=["valid_to"])
    keep |= {"valid_from": valid_from, "valid_to": None, "source": source.strip()[:300], "why": why.strip()}
    made = Standard.objects.create(area=by.area, **(keep | changes | {"made_by": by.user}))
    if valid_from <= by.today:
        _count_anew(by, key, valid_from)
    return made


def touched(by: Actor, key: str, valid_from: date) -> QuerySet[Referral]:
    """The open referrals that a row from a day on would count: made on that day or later, on lists counted by it."""
    found = Referral.objects.filter(still_open(by.today), area=by.area, stage__standard=key)
    return found.filter(referral_made_on__gte=valid_from).select_related("stage__service__agency")


def _count_anew(by: Actor, key: str, valid_from: date) -> None:
    """Bring the ledger of duties up to the new row, where it begins on a day that is past."""
    with acting_as_system(by.area, today=by.today) as system:
        referrals = list(touched(system, key, valid_from))
        for start in range(0, len(referrals), AT_ONCE):
            sync_duties(system, referrals[start : start + AT_ONCE])


@dataclass(frozen=True)
class Effect:
    """What a row would change today. lists: how many lists count by it; touched: open referrals counted anew, of which

    `looked_at` were; becoming_late and no_longer_late among these. moved: last days (reference, before, after).
    """

    lists: int
    touched: int
    looked_at: int
    becoming_late: int
    no_longer_late: int
    moved: Sequence[tuple[Referral, date | None, date | None]]


def effect_of(by: Actor, key: str, valid_from: date, changes: Mapping[str, Any]) -> Effect:
    """Count the open referrals by the row that would be, before it is. Three queries. Raises Refused, LookupError."""
    before = facts_of(check_row(by, key, valid_from, changes))
    after = replace(before, valid_from=valid_from, **{**changes, "pause_reasons": tuple(
        changes.get("pause_reasons", before.pause_reasons))})  # fmt: skip
    found = touched(by, key, valid_from).select_related("child", "stage__service__agency")
    some = list(found.order_by("referral_made_on", "pk")[:LOOKED_AT])
    events: dict[UUID, list[Event]] = {one.pk: [] for one in some}
    for event in Event.objects.filter(area=by.area, referral__in=list(events)):
        events[event.referral_id].append(event)
    pairs = [
        (one, both(one, events[one.pk], before, by.today), both(one, events[one.pk], after, by.today)) for one in some
    ]
    return Effect(
        lists=Stage.objects.filter(area=by.area, standard=key).count(),
        touched=found.count() if len(some) == LOOKED_AT else len(some), looked_at=len(some),
        becoming_late=sum(new.is_late and not old.is_late for _, old, new in pairs),
        no_longer_late=sum(old.is_late and not new.is_late for _, old, new in pairs),
        moved=[(one, old.due_on, new.due_on) for one, old, new in pairs if old.due_on != new.due_on][:SHOWN],
    )  # fmt: skip
