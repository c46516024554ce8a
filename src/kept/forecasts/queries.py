"""Read forecasts, always as the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kept.access.acting import Actor
from kept.access.models import Area
from kept.forecasts.inputs import Change
from kept.forecasts.models import Recalibration, Reckoning, Run, Score, Statement
from kept.rules.waits import calibration

FEWEST_PUBLISHED = 10


@dataclass(frozen=True)
class Current:
    """What a family was told last."""

    made_on: date
    first: date | None
    last: date | None
    withheld: str


def current_statements(actor: Actor, stage_id: UUID) -> dict[UUID, Current]:
    """The last statement of each referral of a list. One query."""
    rows = (
        Statement.objects.filter(area=actor.area, stage=stage_id, made_on__lte=actor.today)
        .order_by("referral_id", "-made_on").distinct("referral_id")
        .values_list("referral_id", "made_on", "first", "last", "withheld")
    )  # fmt: skip
    return {row[0]: Current(*row[1:]) for row in rows}


def log_of(actor: Actor, referral_id: UUID) -> QuerySet[Statement]:
    """Every statement of a referral that the person may see, the newest first."""
    return (
        Statement.objects.filter(area=actor.area, referral=referral_id, made_on__lte=actor.today)
        .select_related("reckoning", "stage__service").order_by("-made_on")
    )  # fmt: skip


def latest_reckonings(area: Area, today: date) -> dict[UUID, Reckoning]:
    """The last reckoning of each list. One query."""
    rows = Reckoning.objects.filter(area=area, on__lte=today).order_by("stage_id", "-on").distinct("stage_id")
    return {row.stage_id: row for row in rows}


def scores_of(area: Area, stage_id: UUID | None) -> list[Score]:
    """The scores of a list, or of the area as a whole, the oldest first."""
    return list(Score.objects.filter(area=area, stage=stage_id).order_by("month"))


def _last_signed(actor: Actor, stage_id: UUID) -> Recalibration | None:
    return Recalibration.objects.filter(area=actor.area, stage=stage_id, on__lte=actor.today).first()


def widening_of(actor: Actor, stage_id: UUID) -> float:
    """Weeks by which a manager widened the statements of a list; 0 where nobody did."""
    signed = _last_signed(actor, stage_id)
    return signed.widen_by if signed else 0.0


def is_suspended(actor: Actor, stage_id: UUID) -> bool:
    """Whether fewer than 70% were right in two months running, and no manager has signed wider ones since."""
    found = [
        row
        for row in Score.objects.filter(area=actor.area, stage=stage_id, computed_on__lte=actor.today).order_by("month")
        if row.resolved >= FEWEST_PUBLISHED
    ]
    if not calibration.has_to_stop([row.coverage for row in found]):
        return False
    signed = _last_signed(actor, stage_id)
    return signed is None or signed.on < found[-1].computed_on


def runs(actor: Actor) -> QuerySet[Run]:
    """The simulations of the area, the newest first."""
    return Run.objects.filter(area=actor.area).select_related("stage__service", "asked_by")


def in_words(change: Change) -> str:
    """What a plan does differently, in one line."""
    parts = []
    if change.hires:
        one = change.profession or "person"
        parts.append(f"hire {change.hires} {one}{'' if change.hires == 1 else 's'}")
    if change.locum_slots and change.locum_weeks:
        parts.append(f"{change.locum_slots:g} extra appointments a week for {change.locum_weeks} weeks")
    if change.missed is not None:
        parts.append(f"{change.missed:.0%} of appointments missed")
    if change.demand != 1:
        parts.append(f"{abs(change.demand - 1):.0%} {'more' if change.demand > 1 else 'fewer'} referrals")
    words = ", ".join(parts) or "as planned now"
    return words[0].upper() + words[1:]
