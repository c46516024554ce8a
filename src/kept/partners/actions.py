"""What a partner does with a request for advice. Each is one transaction, safe to repeat, and keeps the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Team, User
from kept.access.roles import Can
from kept.cases.actions import record
from kept.cases.models import AdviceRequest
from kept.documents.actions import keep
from kept.documents.models import Audience
from kept.duties.actions import reassign
from kept.messages.actions import speaker, start
from kept.partners.chasing import advice_duty, sync_work
from kept.partners.models import Advice, AdviceWork
from kept.partners.sections import LONGEST, SECTIONS, missing
from kept.plans.advice_in import list_new
from kept.rules.process import NotPossible

FILES = "partners.advice"


def check_ours(by: Actor, request: AdviceRequest) -> None:
    """Raise Refused unless the request was made to an agency of the person's."""
    check_can(by, Can.GIVE_ADVICE)
    if request.agency_id not in by.agency_ids:
        raise Refused("This request was not made to your service.")


def work_of(by: Actor, request: AdviceRequest) -> AdviceWork:
    """The request on its desk, locked until the transaction ends."""
    work, _ = AdviceWork.objects.select_for_update().get_or_create(
        area=by.area, request=request, defaults={"child_id": request.child_id}
    )
    return work


def _check_open(request: AdviceRequest) -> None:
    if request.answered_on is not None:
        raise Refused("The advice has been given already. If something changed, write to the case officer.")


@transaction.atomic
def accept(*, by: Actor, request: AdviceRequest) -> AdviceWork:
    """Take a request: the person answers it from now on. Raises Refused."""
    check_ours(by, request)
    _check_open(request)
    work = work_of(by, request)
    work.person = by.user
    work.accepted_on = work.accepted_on or by.today
    work.save(update_fields=["person", "accepted_on"])
    _move(by, request, person=by.user, team=None, why="Accepted by the person")
    return work


@transaction.atomic
def hand_on(*, by: Actor, request: AdviceRequest, person: User | None, team: Team | None, why: str) -> AdviceWork:
    """Give a request to a colleague or another team of the same service. The day on which it is owed stays."""
    check_ours(by, request)
    _check_open(request)
    if (person is None) == (team is None):
        raise Refused("Choose a colleague or a team.")
    if team is not None and team.agency_id != request.agency_id:
        raise Refused("The team must be one of the service that was asked.")
    if person is not None and not person.memberships.filter(area=by.area, agency_id=request.agency_id).exists():
        raise Refused("The colleague must work for the service that was asked.")
    work = work_of(by, request)
    work.person, work.accepted_on = person, work.accepted_on if person else None
    work.save(update_fields=["person", "accepted_on"])
    _move(by, request, person=person, team=team, why=why)
    return work


def _move(by: Actor, request: AdviceRequest, *, person: User | None, team: Team | None, why: str) -> None:
    with acting_as_system(by.area, today=by.today) as system:
        duty = advice_duty(system, request)
        if duty is not None:
            reassign(
                by=system, duties=[duty], person=person, team=team or duty.team, why=f"{why} ({by.user.name})"[:300]
            )
        sync_work(system, request)


@transaction.atomic
def ask_a_question(*, by: Actor, request: AdviceRequest, text: str) -> Any:
    """Ask the case officer; the reply is owed by the published standard, and the advice's own day stays."""
    check_ours(by, request)
    case = request.case
    return start(
        by=by,
        child=request.child,
        subject=f"Question about advice, {case.reference}",
        text=text,
        with_agency=request.agency,
        owner=case.officer,
        team=case.team,
        is_theirs=True,
    )


@transaction.atomic
def say_when(*, by: Actor, request: AdviceRequest, expected_on: date, why: str = "") -> AdviceWork:
    """Say on which day the advice will be there. Later than the law allows needs a reason; the law's day stays."""
    check_ours(by, request)
    _check_open(request)
    if expected_on < by.today:
        raise Refused("The day cannot be before today.")
    duty = advice_duty(by, request)
    if duty and duty.due_on and expected_on > duty.due_on and not why.strip():
        raise Refused("Say why it will be late: the case officer has to tell the family.")
    work = work_of(by, request)
    work.expected_on, work.expected_said_on, work.expected_why = expected_on, by.today, why.strip()[:300]
    work.save(update_fields=["expected_on", "expected_said_on", "expected_why"])
    with acting_as_system(by.area, today=by.today) as system:
        sync_work(system, request)
    return work


def clean_sections(sections: Mapping[str, str]) -> dict[str, str]:
    """The known sections of a form, as they are kept. Raises Refused for one that is too long."""
    found = {one.key: sections.get(one.key, "").replace("\x00", "").strip() for one in SECTIONS}
    for one in SECTIONS:
        if len(found[one.key]) > LONGEST:
            raise Refused(f"“{one.question}” is too long: keep it to {LONGEST:,} letters, or send it as a file.")
    return found


@transaction.atomic
def save_draft(*, by: Actor, request: AdviceRequest, sections: Mapping[str, str]) -> AdviceWork:
    """Keep what was written so far; nobody outside the service reads it. Raises Refused."""
    check_ours(by, request)
    _check_open(request)
    return keep_draft(by, request, sections)


def keep_draft(by: Actor, request: AdviceRequest, sections: Mapping[str, str]) -> AdviceWork:
    """Write the draft on the desk; whoever calls has checked who may."""
    work = work_of(by, request)
    work.draft, work.draft_saved_at = clean_sections(sections), timezone.now()
    work.save(update_fields=["draft", "draft_saved_at"])
    return work


@transaction.atomic
def return_advice(
    *,
    by: Actor,
    request: AdviceRequest,
    sections: Mapping[str, str],
    earlier_stands: bool = False,
    files: Sequence[Any] = (),
) -> Advice:
    """Return the advice: the clock stops today, the family reads it. Raises Refused, NotPossible, NotKept."""
    check_ours(by, request)
    return give(by, request, sections, said_by=speaker(by), earlier_stands=earlier_stands, files=files)


def give(
    by: Actor,
    request: AdviceRequest,
    sections: Mapping[str, str],
    *,
    said_by: str,
    earlier_stands: bool = False,
    by_link: bool = False,
    files: Sequence[Any] = (),
) -> Advice:
    """Write the advice and record it on the case; whoever calls has checked who may."""
    work = work_of(by, request)
    _check_open(AdviceRequest.objects.get(pk=request.pk))
    found = clean_sections(sections)
    if lacking := missing(found, earlier_stands=earlier_stands):
        raise Refused("Before you return it, answer: " + " ".join(lacking))
    advice = Advice.objects.create(
        area=by.area,
        request=request,
        child_id=request.child_id,
        sections=found,
        earlier_stands=earlier_stands,
        said_by=said_by[:200],
        by=by.user,
        by_link=by_link,
        returned_on=by.today,
    )
    for file in files:
        keep(
            by=by,
            child=request.child,
            file=file,
            audience=Audience.EVERYBODY,
            source=FILES,
            source_id=request.pk,
            sent_by=said_by,
        )
    work.returned_on, work.draft = by.today, {}
    work.accepted_on = work.accepted_on or by.today
    work.save(update_fields=["returned_on", "draft", "accepted_on"])
    with acting_as_system(by.area, today=by.today) as system:
        known = AdviceRequest.objects.select_related("case__child").get(pk=request.pk)
        record(
            by=system,
            case=known.case,
            kind=_event_of(known),
            on=by.today,
            details={"from": known.body},
            note=f"Returned by {said_by}{' through a single-use link' if by_link else ''}",
        )
        known.refresh_from_db()
        sync_work(system, known)
        list_new(by=system, child_id=known.child_id)
    return advice


def _event_of(request: AdviceRequest) -> str:
    detained = request.case.events.filter(
        kind="detained_advice_requested", details__contains={"from": request.body}, happened_on=request.received_on
    )
    return "detained_advice_received" if detained.exists() else "advice_received"


__all__ = [
    "NotPossible",
    "accept",
    "ask_a_question",
    "give",
    "hand_on",
    "keep_draft",
    "return_advice",
    "save_draft",
    "say_when",
]
