"""A partner tells the council of a child; a school sends a request. The council's next step follows at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency, AgencyKind
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.cases.actions import open_case
from kept.cases.models import Case
from kept.design.words import day
from kept.duties.actions import DutyFacts, sync
from kept.messages.actions import checked_text, start
from kept.partners.models import NoticeKind, Told
from kept.people.models import Child
from kept.rules.ages import age_on, compulsory_school_age_begins
from kept.rules.calendar import ENGLAND
from kept.rules.identifiers import check_postcode
from kept.whereabouts.rolls import on_roll

SOURCE = "partners.told"
NEXT_STEP_WITHIN = 10  # working days
OLDEST = 25  # Children and Families Act 2014 s.83(2)
MOST_SHOWN = 20
HEALTH = frozenset({AgencyKind.HEALTH, AgencyKind.ICB})


def council_team(by: Actor) -> Any:
    """The first team of the council's service, on whose desk a new child lands."""
    send = agencies(by, AgencyKind.SEND).prefetch_related("teams").first()
    return next(iter(send.teams.all()), None) if send else None


@transaction.atomic
def send_request(*, by: Actor, child: Child, setting: Agency, text: str, token: UUID | None = None) -> Case:
    """A school asks for an assessment of a pupil of its own: the case opens today and the six weeks run.

    Raises Refused, NotPossible; a child who has a running case is refused with its number.
    """
    check_can(by, Can.CONFIRM_ROLL)
    if setting.pk not in by.agency_ids or not on_roll(by, setting).filter(pk=child.pk).exists():
        raise Refused("You send requests only for your own pupils.")
    text = checked_text(text)
    with acting_as_system(by.area, today=by.today) as system:
        case = open_case(
            by=system,
            child=Child.objects.get(pk=child.pk),
            kind="request_received",
            on=by.today,
            details={"by": "school"},
            note=f"Sent by {by.user.name}, {setting.name}",
            team=council_team(system),
            token=token,
        )
    start(
        by=by,
        child=child,
        subject="Request for an assessment",
        text=text,
        with_agency=setting,
        owner=case.officer,
        team=case.team,
        token=token,
    )
    return case


@transaction.atomic
def tell_of_a_child(*, by: Actor, agency: Agency, kind: str, **facts: Any) -> Told:
    """Tell the council of a child. An early notice is a health body's, of a child under school age whose parent knows.

    Raises Refused with what is wrong. Telling the same again on the same day is a double click; later it is refused,
    with the day on which it was told, while the council has not settled it.
    """
    check_can(by, Can.GIVE_ADVICE)
    if agency.pk not in by.agency_ids:
        raise Refused("You tell only for your own service.")
    _check(by, agency, kind, facts)
    facts["postcode"] = _postcode(facts.get("postcode", ""))
    if waiting := _told_before(by, agency, kind, facts):
        if waiting.told_on == by.today:
            return waiting
        raise Refused(
            f"Your service told the council of this child on {day(waiting.told_on)}. Its next step is not settled "
            "yet: write to the case team if something changed."
        )
    told = Told.objects.create(area=by.area, agency=agency, kind=kind, told_on=by.today, told_by=by.user, **facts)
    with acting_as_system(by.area, today=by.today) as system:
        _sync(system, told)
    return told


def _postcode(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return check_postcode(typed)
    except ValueError as problem:
        raise Refused(str(problem)) from None


def _told_before(by: Actor, agency: Agency, kind: str, facts: dict[str, Any]) -> Told | None:
    """What the service told of the same child that is not settled yet."""
    same = Told.objects.filter(
        area=by.area, agency=agency, kind=kind, settled_on__isnull=True, born_on=facts["born_on"],
        given_names__iexact=facts["given_names"].strip(), family_name__iexact=facts["family_name"].strip(),
    )  # fmt: skip
    return same.order_by("-told_on").first()


def told_by(by: Actor, agency: Agency, kind: str) -> list[Told]:
    """What a service of the person's told before, the latest first, and what became of it. One query."""
    if agency.pk not in by.agency_ids:
        return []
    return list(Told.objects.filter(area=by.area, agency=agency, kind=kind).order_by("-told_on", "-pk")[:MOST_SHOWN])


def _check(by: Actor, agency: Agency, kind: str, facts: dict[str, Any]) -> None:
    if facts["born_on"] > by.today:
        raise Refused("The date of birth cannot be after today.")
    if facts["parent_told_on"] > by.today:
        raise Refused("Tell the parent first: the day cannot be after today.")
    if facts["parent_told_on"] < facts["born_on"]:
        raise Refused("The day on which you talked with the parent is before the child was born. Look at both days.")
    if age_on(facts["born_on"], by.today) >= OLDEST:
        raise Refused(f"Plans are for people under {OLDEST}. Look at the year of birth again.")
    if kind != NoticeKind.EARLY:
        return
    if agency.kind not in HEALTH:
        raise Refused("Early notices come from health services. Send a request for an assessment instead.")
    if by.today >= compulsory_school_age_begins(facts["born_on"]):
        raise Refused("This child is of school age. Early notices are for younger children: send a request instead.")


def _sync(by: Actor, told: Told) -> None:
    early = told.kind == NoticeKind.EARLY
    team = council_team(by)
    facts = DutyFacts(
        key="next",
        what="Decide on the next step for a child of whom health told us"
        if early
        else "Put a child of whom a school told us on the record and open the case",
        authority="Children and Families Act 2014 s.23 and s.22" if early else "Children and Families Act 2014 s.36",
        rule="partners.next_step",
        is_statutory=False,
        owed_by="the council",
        starts_on=told.told_on,
        due_on=ENGLAND.after(told.told_on, NEXT_STEP_WITHIN if early else 1),
        met_on=told.settled_on,
        evidence=told.settled_how[:300],
        path=f"/partners/told/{told.pk}/",
        team_id=team.pk if team else None,
        agency_id=team.agency_id if team else None,
    )
    sync(by=by, source=SOURCE, source_id=told.pk, child_id=told.child_id, duties=[facts])


@transaction.atomic
def settle(*, by: Actor, told: Told, how: str, child: Child | None = None, on: date | None = None) -> Told:
    """Say what the council did: the child is on the record, or why nothing more is needed. Safe to repeat."""
    check_can(by, Can.WORK_CASES)
    if not how.strip():
        raise Refused("Say what was done.")
    if child is not None and told.child_id is None:  # the duty becomes one to that child
        sync(by=by, source=SOURCE, source_id=told.pk, child_id=None, duties=[])
    told.child, told.settled_on, told.settled_how = (
        child or told.child,
        told.settled_on or on or by.today,
        how.strip()[:300],
    )
    told.save(update_fields=["child", "settled_on", "settled_how"])
    _sync(by, told)
    return told
