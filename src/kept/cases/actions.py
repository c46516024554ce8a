"""What can be done to a case. Each is one transaction, safe to repeat, and leaves the ledger in step.

Asking several bodies for advice is in `advice`, decision panels in `panels`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.actions import grant
from kept.access.models import Agency, Relation, Team, User
from kept.access.roles import Can
from kept.cases import access, projection
from kept.cases.folding import beside, beside_entry, check_possible, facts_of
from kept.cases.models import AdviceRequest, Case, Event
from kept.people.models import Child


class SomebodyElseWasFirst(Exception):
    """The case changed between the page being opened and the button being pressed. Nothing was recorded."""


def _locked(by: Actor, case: Case) -> Case:
    """The case, locked until the transaction ends."""
    current = Case.objects.select_for_update(of=("self",)).select_related("child").filter(area=by.area, pk=case.pk)
    found = current.first()
    if found is None:
        raise Refused("This case is not in your record.")
    return found


def _check_version(case: Case, version: int | None) -> None:
    """Raise SomebodyElseWasFirst when the page showed an older case (None: nobody looked)."""
    if version is not None and case.version != version:
        raise SomebodyElseWasFirst(
            "Somebody else recorded something on this case while you had the page open. "
            "Nothing of yours was recorded yet: look at what changed, then decide again."
        )


def _already(by: Actor, token: UUID | None) -> Event | None:
    """The event that this same form already recorded, if it did."""
    return Event.objects.filter(area=by.area, token=token).first() if token else None


def next_reference(by: Actor, opened_on: date) -> str:
    """A short case number that can be said on the phone: year and a running number in the area."""
    prefix = f"{opened_on:%y}-"
    last = (
        Case.objects.filter(area=by.area, reference__startswith=prefix)
        .order_by("-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


@transaction.atomic
def open_case(
    *,
    by: Actor,
    child: Child,
    kind: str,
    on: date,
    details: Mapping[str, Any],
    officer: User | None = None,
    deputy: User | None = None,
    team: Team | None = None,
    note: str = "",
    token: UUID | None = None,
) -> Case:
    """Open a case with its first event: a request received, or the council becoming responsible.

    Raises Refused without the permission, NotPossible for an impossible date or a case already running.
    """
    check_can(by, Can.WORK_CASES)
    Child.objects.select_for_update().get(pk=child.pk, area=by.area)
    if done := _already(by, token):
        return done.case
    access.check_no_case_running(by, child)
    check_possible([], kind=kind, on=on, details=details, child=child, today=by.today)
    case = Case.objects.create(
        area=by.area,
        child=child,
        reference=next_reference(by, on),
        team=team,
        officer=officer,
        deputy=deputy,
        opened_on=on,
    )
    _write(by, case, kind=kind, on=on, details=details, note=note, token=token)
    projection.refresh(by, case)
    return case


@transaction.atomic
def record(
    *,
    by: Actor,
    case: Case,
    kind: str,
    on: date,
    details: Mapping[str, Any] | None = None,
    note: str = "",
    version: int | None = None,
    token: UUID | None = None,
    with_beside: bool = False,
) -> Event:
    """Record that something happened: every move of the process goes through here.

    version: the version of the case that the person saw. token: the form, so that a double click records once.
    with_beside: also record what belongs beside it on the same day (`folding.BESIDE`), as every page does.

    Raises Refused, SomebodyElseWasFirst, or NotPossible with a sentence.
    """
    access.check_can_record(by, kind)
    case = _locked(by, case)
    if done := _already(by, token):
        return done
    _check_version(case, version)
    check_possible(facts_of(case), kind=kind, on=on, details=details or {}, child=case.child, today=by.today)
    had_ended = case.stage in access.ENDED
    event = _write(by, case, kind=kind, on=on, details=details or {}, note=note, token=token)
    more = beside(facts_of(case), kind=kind, on=on, child=case.child, today=by.today) if with_beside else None
    if more is not None:
        _write(by, case, kind=more.type, on=on, details={}, note="", token=None)
    projection.refresh(by, case)
    if had_ended and case.stage not in access.ENDED:
        access.check_no_case_running(by, case.child, besides=case)
    return event


@transaction.atomic
def correct(
    *,
    by: Actor,
    event: Event,
    on: date,
    details: Mapping[str, Any],
    note: str,
    version: int | None = None,
    token: UUID | None = None,
) -> Event:
    """Record what really happened in place of an event; the old one stays and is shown as corrected.

    Raises Refused, SomebodyElseWasFirst, or NotPossible.
    """
    return _supersede(by, event, on=on, details=details, note=note, version=version, token=token, withdraw=False)


@transaction.atomic
def withdraw_event(
    *, by: Actor, event: Event, note: str, version: int | None = None, token: UUID | None = None
) -> Event:
    """Say that an event was recorded in error and nothing takes its place."""
    return _supersede(
        by, event, on=event.happened_on, details={}, note=note, version=version, token=token, withdraw=True
    )


def _supersede(
    by: Actor,
    event: Event,
    *,
    on: date,
    details: Mapping[str, Any],
    note: str,
    version: int | None,
    token: UUID | None,
    withdraw: bool,
) -> Event:
    access.check_can_record(by, event.kind)
    if not note.strip():
        raise Refused("Say why this is corrected: the reason stays beside both entries.")
    case = _locked(by, event.case)
    if done := _already(by, token):
        return done
    _check_version(case, version)
    if Event.objects.filter(supersedes=event).exists():
        raise SomebodyElseWasFirst("This entry has already been corrected. Correct the newer entry instead.")
    others = facts_of(case, without=event)
    if not withdraw:
        check_possible(others, kind=event.kind, on=on, details=details, child=case.child, today=by.today)
    new = _write(
        by, case, kind=event.kind, on=on, details=details, note=note, token=token, supersedes=event, withdraw=withdraw
    )
    if old := beside_entry(others, event):
        beside_row = Event.objects.get(area=by.area, pk=old.key)
        _write(
            by,
            case,
            kind=old.type,
            on=on,
            details={},
            note=note,
            token=None,
            supersedes=beside_row,
            withdraw=withdraw,
        )
    if event.kind in ADVICE_ASKED:
        _follow_request(case, event, None if withdraw else new)
    projection.refresh(by, case)
    return new


ADVICE_ASKED = frozenset({"advice_requested", "detained_advice_requested"})


def _follow_request(case: Case, old: Event, new: Event | None) -> None:
    """Keep the request on the body's desk in step with the entry that was corrected, or take it away."""
    asked = AdviceRequest.objects.filter(
        area_id=case.area_id, case=case, body=old.details.get("from", ""), received_on=old.happened_on
    )
    if new is None:
        asked.delete()
        return
    body = new.details.get("from", "")
    known = AdviceRequest.objects.filter(area_id=case.area_id, case=case, body=body, received_on=new.happened_on)
    if not known.exists():
        asked.update(body=body, received_on=new.happened_on)


def _write(
    by: Actor,
    case: Case,
    *,
    kind: str,
    on: date,
    details: Mapping[str, Any],
    note: str,
    token: UUID | None,
    supersedes: Event | None = None,
    withdraw: bool = False,
) -> Event:
    return Event.objects.create(
        area=by.area,
        case=case,
        child_id=case.child_id,
        kind=kind,
        happened_on=on,
        details=dict(details),
        note=note,
        recorded_by=by.user,
        supersedes=supersedes,
        is_withdrawal=withdraw,
        token=token,
    )


@transaction.atomic
def ask_for_advice(
    *,
    by: Actor,
    case: Case,
    kind: str,
    body: str,
    asked_on: date,
    received_on: date,
    asked_for: str = "",
    agency: Agency | None = None,
    team: Team | None = None,
    version: int | None = None,
    token: UUID | None = None,
    event: str = "advice_requested",
) -> AdviceRequest:
    """Ask one body for advice: an event on the case, and a request on that body's desk with its own six weeks.

    The clock runs from the day the body received the request (SEND Regulations 2014 reg 8(1)). An agency of ours that
    is asked becomes involved with the child from that day, so that its people can answer. event: what is recorded,
    `advice_requested` or its twin in custody.
    """
    if asked_on > received_on:
        raise Refused("The body cannot have received the request before it was asked.")
    record(
        by=by,
        case=case,
        kind=event,
        on=received_on,
        details={"from": body, "received": received_on.isoformat()},
        note=asked_for,
        version=version,
        token=token,
    )
    request, _ = AdviceRequest.objects.get_or_create(
        area=by.area,
        case=case,
        body=body,
        received_on=received_on,
        defaults={
            "child_id": case.child_id,
            "kind": kind,
            "agency": agency,
            "team": team,
            "asked_for": asked_for,
            "asked_on": asked_on,
            "asked_by": by.user,
        },
    )
    projection.refresh(by, case)
    if agency is not None:
        source = f"cases.advice:{request.pk}"
        grant(by=by, child_id=case.child_id, relation=Relation.AGENCY, agency=agency, starts_on=asked_on, source=source)
    return request


@transaction.atomic
def assign(
    *,
    by: Actor,
    case: Case,
    officer: User | None,
    deputy: User | None,
    team: Team | None = None,
    version: int | None = None,
) -> Case:
    """Say who has the case and who stands in; the duties still owed by the old officer move to the new one.

    Raises Refused, or SomebodyElseWasFirst.
    """
    check_can(by, Can.ASSIGN_WORK)
    if officer is not None and officer == deputy:
        raise Refused("The deputy stands in for the officer: choose two people, or no deputy.")
    case = _locked(by, case)
    _check_version(case, version)
    before = case.officer_id
    case.officer, case.deputy, case.team = officer, deputy, team or case.team
    case.version += 1
    case.save(update_fields=["officer", "deputy", "team", "version"])
    projection.move_duties(by, case, from_user=before)
    return case
