"""The limits of the ledger: what is green, how long silence may last, by when somebody must act. Dated, with a reason.

No law sets any of them: section 42 of the Children and Families Act 2014 asks for all of the provision and gives no
period in which a council must notice. An area keeps those that come with Kept or sets its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Sum

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.delivery.models import Counted, Escalation, LimitChoice, Quiet, Reconciliation
from kept.delivery.words import Kind
from kept.rules.delivery import STANDARD, Count, Settings, Standing, standing

FURTHEST = timedelta(days=366)


class Unit(StrEnum):
    """What a limit counts."""

    SHARE = "% of what is due"
    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"
    SESSIONS = "sessions"


@dataclass(frozen=True)
class Limit:
    """One limit as people read it. lowest and highest: what an area may set, in the unit (a share in %)."""

    name: str
    title: str
    what: str
    unit: Unit
    lowest: int
    highest: int

    def shown(self, settings: Settings) -> float:
        """Its value in the unit: a share as a percentage."""
        value = float(getattr(settings, self.name))
        return self.as_shown(value)

    def as_shown(self, value: float) -> float:
        """A value as it is kept, in the unit; whole where it is whole."""
        shown = round(value * 100, 1) if self.unit is Unit.SHARE else value
        return int(shown) if shown == int(shown) else shown

    def stored(self, shown: float) -> float:
        """The value as it is kept."""
        return round(shown / 100, 4) if self.unit is Unit.SHARE else shown

    def say(self, value: float) -> str:
        """A value in words."""
        return f"{value:g}{self.unit}" if self.unit is Unit.SHARE else f"{value:g} {self.unit}"


LIMITS: tuple[Limit, ...] = (
    Limit(
        "green", "As promised (green)", "An item or service is shown as promised when at least this much came.",
        Unit.SHARE, 50, 100,
    ),
    Limit(
        "amber", "Somewhat short (amber)",
        "Below green and at least this much is somewhat short; below it an item is short, and somebody must put it "
        "right.", Unit.SHARE, 10, 99,
    ),
    Limit(
        "silence_days", "Silence", "When nobody has recorded anything for so long, somebody must find out.",
        Unit.SCHOOL_DAYS, 3, 60,
    ),
    Limit("find_out_days", "Find out", "How soon somebody must find out why nothing is recorded.", Unit.WORKING_DAYS,
          1, 60),
    Limit(
        "put_right_days", "Put right, or look again",
        "How soon a shortfall must be put right, and how soon somebody looks again whether provision suits.",
        Unit.WORKING_DAYS, 1, 60,
    ),
    Limit(
        "check_days", "Check that it is in place",
        "How soon everything in a new or changed plan must have been looked at, and how soon staff must be found for "
        "a service.", Unit.WORKING_DAYS, 1, 60,
    ),
    Limit(
        "reconcile_days", "Settle a difference",
        "How soon the case team settles it when the family and the setting say different things.",
        Unit.SCHOOL_DAYS, 1, 60,
    ),
    Limit(
        "review_after_absent", "Absent or declined",
        "So many sessions absent or declined in a half-term open a look at whether the provision suits.",
        Unit.SESSIONS, 1, 20,
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in LIMITS}
WHOLE = {field.name for field in fields(Settings) if field.type in {"int", int}}
OPENED_BY: dict[str, tuple[str, ...]] = {
    "find_out_days": (Kind.SILENCE,),
    "put_right_days": (Kind.SHORTFALL, Kind.SUITABILITY),
    "check_days": (Kind.CHECK, Kind.CAPACITY),
    "review_after_absent": (Kind.SUITABILITY,),
}


def limits_of(actor: Actor, on: date | None = None) -> Settings:
    """The limits of the actor's area on a day (its today unless told). One query."""
    rows = LimitChoice.objects.filter(area=actor.area, starts_on__lte=on or actor.today).order_by("made_at", "id")
    chosen = dict(rows.values_list("limit", "value"))
    known: dict[str, Any] = {
        name: int(value) if name in WHOLE else value for name, value in chosen.items() if name in BY_NAME
    }
    return replace(STANDARD, **known) if known else STANDARD


def choices_made(actor: Actor) -> dict[str, list[LimitChoice]]:
    """Every choice of the area, by limit, the latest first."""
    made: dict[str, list[LimitChoice]] = {}
    for row in LimitChoice.objects.filter(area=actor.area).select_related("made_by"):
        made.setdefault(row.limit, []).append(row)
    return made


@transaction.atomic
def choose(*, by: Actor, limit: str, value: float, why: str, starts_on: date | None = None) -> LimitChoice:
    """Set a limit from today or from a day to come; `value` in its unit. Raises Refused with a sentence.

    Colours follow at once; what must be seen to follows in the night. What is open already keeps its day.
    """
    check_can(by, Can.SET_STANDARDS)
    known = BY_NAME.get(limit)
    if known is None:
        raise Refused("There is no such limit.")
    if not known.lowest <= value <= known.highest:
        raise Refused(f"Choose between {known.lowest} and {known.highest} {known.unit}.")
    if limit in WHOLE and value != int(value):
        raise Refused("Choose a whole number.")
    if not why.strip():
        raise Refused("Say why: the reason is kept beside the limit.")
    from_on = starts_on or by.today
    if not by.today <= from_on <= by.today + FURTHEST:
        raise Refused("A limit begins today or on a day of the coming year.")
    before = limits_of(by, from_on)
    then = changed(before, known, value)
    if then == before:
        raise Refused("That is the limit already.")
    if then.amber >= then.green:
        raise Refused("Amber must begin below green: else nothing could be somewhat short.")
    return LimitChoice.objects.create(
        area=by.area, limit=limit, value=known.stored(value), why=why.strip(), starts_on=from_on, made_by=by.user
    )


def changed(settings: Settings, limit: Limit, value: float) -> Settings:
    """The settings with one limit at another value, given in its unit."""
    stored = limit.stored(value)
    wanted: dict[str, Any] = {limit.name: int(stored) if limit.name in WHOLE else stored}
    return replace(settings, **wanted)


@dataclass(frozen=True)
class Effect:
    """What a value would do today: lines of (what, now, then). keeps: how many open tasks keep their day."""

    lines: Sequence[tuple[str, int, int]]
    keeps: int | None = None


COLOURS = {
    Standing.GREEN: "as promised", Standing.AMBER: "somewhat short", Standing.RED: "short",
    Standing.UNKNOWN: "not known",
}  # fmt: skip


def effect_of(actor: Actor, limit: Limit, value: float) -> Effect:
    """What would change if a limit were at a value today. One or two queries."""
    now = limits_of(actor)
    then = changed(now, limit, value)
    if limit.unit is Unit.SHARE:
        counts = _counts(actor)
        before, after = ([standing(one, by) for one in counts] for by in (now, then))
        return Effect([(words, before.count(one), after.count(one)) for one, words in COLOURS.items()])
    if limit.name == "silence_days":
        days = list(Quiet.objects.filter(area=actor.area).values_list("days", flat=True))
        silent = [sum(each >= by.silence_days for each in days) for by in (now, then)]
        return Effect([("children in silence", silent[0], silent[1])])
    if limit.name == "reconcile_days":
        return Effect([], Reconciliation.objects.filter(area=actor.area, settled_on__isnull=True).count())
    kinds = OPENED_BY.get(limit.name, ())
    return Effect([], Escalation.objects.filter(area=actor.area, kind__in=kinds, met_on__isnull=True).count())


def _counts(actor: Actor) -> list[Count]:
    """What was counted of each child and service in the half-term counted last."""
    mine = Counted.objects.filter(area=actor.area)
    last = mine.order_by("-counted_on", "-pk").values_list("half_term", flat=True).first()
    names = ("due", "delivered", "part", "missing", "offered")
    rows = mine.filter(half_term=last).order_by().values("child", "service", "in_sessions")
    found: Iterable[Any] = rows.annotate(**{f"all_{name}": Sum(name) for name in names})
    return [Count(**{name: row[f"all_{name}"] for name in names}) for row in found]
