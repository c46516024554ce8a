"""Give an agency sight of many children at once, as a file of referrals needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor
from kept.access.actions import JOURNEY, check_may_grant
from kept.access.models import Agency, AgencyKind, Grant, Relation


@dataclass(frozen=True, kw_only=True)
class ToAgency:
    """One child whom an agency may see, from and until the days given (both included), and the fact it follows from."""

    child_id: UUID
    agency: Agency
    starts_on: date
    ends_on: date | None
    reason: str
    source: str


@transaction.atomic
def grant_agencies(*, by: Actor, grants: Iterable[ToAgency]) -> int:
    """Write grants that are known to be new: `grant` without looking for one to bring up to date. How many.

    Two queries for each five hundred. Raises Refused unless the actor may give agencies access; ValueError where a
    fact's grant is there already, since that one has to be brought up to date.
    """
    wanted = list(grants)
    for child_id in {one.child_id for one in wanted}:
        check_may_grant(by, child_id=child_id, relation=Relation.AGENCY, user=None)
    _check_new(by, [one.source for one in wanted])
    rows = [
        Grant(
            area=by.area,
            child_id=one.child_id,
            agency=one.agency,
            relation=Relation.AGENCY,
            parts=[JOURNEY] if one.agency.kind == AgencyKind.TRANSPORT else [],
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            reason=one.reason,
            source=one.source,
        )
        for one in wanted
    ]
    return len(Grant.objects.bulk_create(rows, batch_size=500))


def _check_new(by: Actor, sources: Sequence[str]) -> None:
    if not all(sources) or len(set(sources)) < len(sources):
        raise ValueError("Each grant follows from a fact of its own.")
    if Grant.objects.filter(area=by.area, source__in=sources).exists():
        raise ValueError("A grant of one of these facts is there already.")
