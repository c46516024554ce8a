"""Warnings before a request for advice is late, and the escalation when it is: duties like any other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from kept.access.acting import Actor
from kept.access.actions import grant
from kept.access.models import AgencyKind, Membership, Relation, User
from kept.access.roles import Role
from kept.cases.models import AdviceRequest
from kept.cases.projection import ADVICE
from kept.duties.actions import DutyFacts, sync
from kept.duties.models import Duty
from kept.partners.models import AdviceWork
from kept.rules.calendar import ENGLAND

SOURCE = "partners"
ACCEPT_WITHIN, WARN_BEFORE, ESCALATED_WITHIN = 5, 5, 2  # working days
AUTHORITY = "Local agreement between the council and its partners"
HEALTH = frozenset({AgencyKind.HEALTH, AgencyKind.ICB})


def advice_duty(by: Actor, request: AdviceRequest) -> Duty | None:
    """The legal duty behind a request, with its day."""
    return Duty.objects.filter(
        area=by.area,
        source="cases",
        source_id=request.case_id,
        rule__in=ADVICE,
        owed_by=request.body[:200],
        starts_on=request.received_on,
    ).first()


def chaser_for(by: Actor, request: AdviceRequest) -> User | None:
    """Who chases late advice: the designated officer of health or of social care; else the case officer."""
    kind = request.agency.kind if request.agency else ""
    kinds = HEALTH if kind in HEALTH else ({AgencyKind.SOCIAL_CARE} if kind == AgencyKind.SOCIAL_CARE else set())
    if kinds:
        found = Membership.objects.filter(area=by.area, role=Role.DESIGNATED_OFFICER, agency__kind__in=kinds)
        running = [m for m in found.select_related("user").order_by("starts_on", "pk") if m.is_running(by.today)]
        own = next((m.user for m in running if m.agency_id == request.agency_id), None)
        if own or running:
            return own or running[0].user
    return request.case.officer


@transaction.atomic
def sync_work(by: Actor, request: AdviceRequest) -> None:
    """Make the ledger say what a partner owes on the way to its advice. Called as Kept itself. Safe to repeat."""
    duty = advice_duty(by, request)
    if duty is None or duty.due_on is None or (duty.ended_on and not duty.met_on):
        sync(by=by, source=SOURCE, source_id=request.pk, child_id=request.child_id, duties=[])
        return
    work = AdviceWork.objects.filter(area=by.area, request=request).first()
    sync(
        by=by,
        source=SOURCE,
        source_id=request.pk,
        child_id=request.child_id,
        duties=_duties(by, request, duty, duty.due_on, work),
    )


def _duties(by: Actor, request: AdviceRequest, duty: Duty, due_on: date, work: AdviceWork | None) -> list[DutyFacts]:
    answered = duty.met_on
    path = f"/partners/requests/{request.pk}/"
    shared: dict[str, Any] = {
        "authority": AUTHORITY,
        "is_statutory": False,
        "path": path,
        "agency_id": request.agency_id,
    }
    desk = {"owed_by": request.body[:200], "team_id": duty.team_id, "person_id": duty.person_id, **shared}
    found = [
        DutyFacts(
            key="accept",
            what="Accept the request for advice, hand it on or ask a question",
            rule="partners.first_step",
            starts_on=request.received_on,
            due_on=ENGLAND.after(request.received_on, ACCEPT_WITHIN),
            met_on=_first(work.accepted_on if work else None, answered),
            **desk,
        )
    ]
    warn_by = ENGLAND.before(due_on, WARN_BEFORE)
    if by.today >= ENGLAND.before(warn_by, WARN_BEFORE):
        found.append(
            DutyFacts(
                key="warn",
                what="Say whether the advice will be there on time",
                rule="partners.warn",
                starts_on=ENGLAND.before(warn_by, WARN_BEFORE),
                due_on=warn_by,
                met_on=_first(work.expected_said_on if work else None, answered),
                **desk,
            )
        )
    late = (answered or by.today) > due_on
    if late:
        found.append(_escalation(by, request, duty, due_on, shared))
    return found


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _escalation(by: Actor, request: AdviceRequest, duty: Duty, due_on: date, shared: dict[str, Any]) -> DutyFacts:
    chaser = chaser_for(by, request)
    if chaser is not None and not duty.met_on and chaser != request.case.officer:
        grant(
            by=by,
            child_id=request.child_id,
            relation=Relation.AGENCY,
            user=chaser,
            starts_on=by.today,
            reason="Chases advice that is late",
            source=f"partners.escalation:{request.pk}",
        )
    return DutyFacts(
        key="escalate",
        what=f"Find out why the advice of {request.body} is late and get it in"[:300],
        rule="partners.escalate",
        owed_by="the designated officer",
        starts_on=ENGLAND.after(due_on, 1),
        due_on=ENGLAND.after(due_on, 1 + ESCALATED_WITHIN),
        met_on=duty.met_on,
        person_id=chaser.pk if chaser else None,
        **shared,
    )


@transaction.atomic
def chase(*, by: Actor) -> int:
    """Nightly, as Kept itself: warnings and escalations for every request that is not answered. How many there were."""
    waiting = AdviceRequest.objects.filter(area=by.area, answered_on__isnull=True, agency__isnull=False)
    found = list(waiting.select_related("agency", "case__officer", "case__child"))
    for request in found:
        sync_work(by, request)
    return len(found)
