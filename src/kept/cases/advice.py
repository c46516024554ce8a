"""Who gives advice in an assessment, and asking several bodies at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import TextChoices

from kept.access.acting import Actor, Refused
from kept.access.models import Agency, AgencyKind, Team
from kept.cases.actions import ask_for_advice
from kept.cases.models import AdviceRequest, Case


class AdviceKind(TextChoices):
    """The advice that an assessment must have (SEND Regulations 2014 reg 6(1))."""

    EDUCATION = "education", "Education: head teacher, SENCO or early years setting"
    PSYCHOLOGY = "psychology", "Educational psychology"
    HEALTH = "health", "Health"
    SOCIAL_CARE = "social_care", "Social care"
    SENSORY = "sensory", "Teacher of deaf, blind or multi-sensory impaired children"
    TRANSITION = "transition", "Preparing for adulthood, from year 9"
    OTHER = "other", "Somebody else, also at the family's wish"


KIND_OF_AGENCY = {
    AgencyKind.SCHOOL: AdviceKind.EDUCATION,
    AgencyKind.PSYCHOLOGY: AdviceKind.PSYCHOLOGY,
    AgencyKind.HEALTH: AdviceKind.HEALTH,
    AgencyKind.ICB: AdviceKind.HEALTH,
    AgencyKind.SOCIAL_CARE: AdviceKind.SOCIAL_CARE,
}


@dataclass(frozen=True)
class Asked:
    """One body that is asked: its name and, where it is on our books, the agency and the team that will answer."""

    body: str
    kind: str
    agency: Agency | None = None
    team: Team | None = None


def kind_for(agency: Agency) -> str:
    """The kind of advice that an agency gives."""
    return KIND_OF_AGENCY.get(AgencyKind(agency.kind), AdviceKind.OTHER).value


@transaction.atomic
def ask_several(
    *,
    by: Actor,
    case: Case,
    asked: Sequence[Asked],
    asked_on: date,
    received_on: date,
    asked_for: str = "",
    version: int | None = None,
    token: UUID | None = None,
    event: str = "advice_requested",
) -> list[AdviceRequest]:
    """Ask several bodies at once, all or none; each gets a clock of its own. Raises as `ask_for_advice`."""
    if not asked:
        raise Refused("Choose at least one body to ask.")
    made = []
    for place, one in enumerate(asked):
        made.append(
            ask_for_advice(
                by=by,
                case=case,
                kind=one.kind,
                body=one.body,
                asked_on=asked_on,
                received_on=received_on,
                asked_for=asked_for,
                agency=one.agency,
                team=one.team,
                version=None if place else version,
                token=uuid5(token, one.body) if token else None,
                event=event,
            )
        )
    return made
