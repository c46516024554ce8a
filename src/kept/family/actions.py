"""What a family does with its page, and what staff do for it. Each is one transaction and safe to repeat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency, AgencyKind
from kept.access.predicates import BE_FAMILY, SEE_CHILD, allows
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.cases.actions import open_case
from kept.cases.models import Case
from kept.duties.actions import DutyFacts, sync
from kept.duties.models import Duty
from kept.duties.queries import of_child
from kept.duties.statuses import outstanding
from kept.family.models import ChildView, LateNotice, Share, Story, Voice
from kept.messages.actions import checked_text, start
from kept.messages.emails import tell_of_delay
from kept.messages.models import How
from kept.messages.posting import posted, waits_for_post
from kept.people.models import Child
from kept.rules.calendar import ENGLAND

LONGEST_STORY = 50_000
TELL = "family.tell"
COPY = "family.copy"
TELL_AHEAD = 5  # working days before the day on which staff are asked whether it will be in time


def check_family(by: Actor, child: Child) -> None:
    """Raise Refused unless the person is the child's family, or the young person."""
    if not allows(by, BE_FAMILY, child.pk):
        raise Refused(f"Only {child.first_name}’s family can do this.")


@transaction.atomic
def tell_story(*, by: Actor, child: Child, text: str) -> Story:
    """Write the family's story anew. Those with whom it is shared read the new one. Raises Refused."""
    check_family(by, child)
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused("Write your story before you save it.")
    if len(text) > LONGEST_STORY:
        raise Refused(f"Your story has {len(text):,} letters. Keep it to {LONGEST_STORY:,}.")
    latest = Story.objects.filter(area=by.area, child=child).order_by("-at", "-pk").first()
    if latest and latest.text == text:
        return latest
    return Story.objects.create(area=by.area, child=child, text=text, told_by=by.user.name, by=by.user)


@transaction.atomic
def share_with(*, by: Actor, child: Child, chosen: Collection[Agency]) -> None:
    """Let just these agencies read the story and the views; the others stop at once. Raises Refused."""
    check_family(by, child)
    running = Share.objects.select_for_update().filter(area=by.area, child=child, ended_at__isnull=True)
    keys = {agency.pk for agency in chosen}
    for one in running:
        if one.agency_id not in keys:
            one.ends_on, one.ended_at = max(by.today, one.starts_on), timezone.now()
            one.save(update_fields=["ends_on", "ended_at"])
    held = {one.agency_id for one in running if one.ended_at is None}
    Share.objects.bulk_create(
        Share(area=by.area, child=child, agency=agency, starts_on=by.today, by=by.user)
        for agency in chosen
        if agency.pk not in held
    )


def may_record_view(by: Actor, child_id: UUID) -> bool:
    """Whether the person may write down what a child said: family, advocate and staff; an inspector only reads."""
    return allows(by, SEE_CHILD, child_id) and (by.can(Can.FOLLOW_OWN) or not by.can(Can.SEE_VISIT))


@transaction.atomic
def record_view(*, by: Actor, child: Child, **facts: Any) -> ChildView:
    """Write down what a child said or showed; the same again is not written twice.

    Raises Refused for who may not, for an interpreted view without its interpreter, and for a day before birth or to
    come.
    """
    if not may_record_view(by, child.pk):
        raise Refused("Whoever is here for a visit reads and adds nothing.")
    if facts.get("voice") == Voice.INTERPRETED and not facts.get("interpreter", "").strip():
        raise Refused("Say who took it to mean this, and who they are to the child.")
    if facts["on"] > by.today:
        raise Refused("The day cannot be after today.")
    if facts["on"] < child.born_on:
        raise Refused(f"The day cannot be before {child.first_name} was born.")
    return ChildView.objects.get_or_create(area=by.area, child=child, by=by.user, **facts)[0]


@transaction.atomic
def ask_for_assessment(*, by: Actor, child: Child, text: str, who: str = "parent", token: UUID | None = None) -> Case:
    """A parent or a young person asks for an assessment: the case opens today and the six weeks run.

    The council's clock starts on the day on which it receives the request (SEND Regulations 2014 reg 5(1)), so the case
    is opened by Kept itself, in the name of whoever asks. Raises Refused, NotPossible.
    """
    check_family(by, child)
    check_can(by, Can.SEND_REQUEST)
    text = checked_text(text)
    with acting_as_system(by.area, today=by.today) as system:
        known = Child.objects.get(pk=child.pk)
        case = open_case(
            by=system,
            child=known,
            kind="request_received",
            on=by.today,
            details={"by": who},
            note=f"Sent by {by.user.name} on the family’s page",
            team=_first_team(system),
            token=token,
        )
    start(
        by=by,
        child=child,
        subject="Request for an assessment",
        text=text,
        with_user=by.user,
        owner=case.officer,
        team=case.team,
        token=token,
    )
    return case


def _first_team(by: Actor) -> Any:
    send = agencies(by, AgencyKind.SEND).prefetch_related("teams").first()
    return next(iter(send.teams.all()), None) if send else None


@transaction.atomic
def say_it_will_be_late(*, by: Actor, duty: Duty, new_date: date, reason: str) -> LateNotice:
    """Tell the family that something will be late, with the reason and the new day. The old day stays in the ledger.

    Raises Refused without a reason, for something that is no longer owed, or for a day that is not later.
    """
    check_can(by, Can.WORK_CASES)
    if duty.child_id is None or duty.due_on is None:
        raise Refused("Nobody was promised a day for this.")
    if duty.met_on or duty.ended_on:
        raise Refused("This has been done already, or is no longer owed.")
    if new_date <= max(duty.due_on, by.today):
        raise Refused("The new day must be after today and after the day on which it is owed.")
    reason = checked_text(reason)
    notice = LateNotice.objects.create(
        area=by.area,
        child_id=duty.child_id,
        duty_id=duty.pk,
        what=duty.what,
        due_on=duty.due_on,
        new_date=new_date,
        reason=reason,
        told_on=by.today,
        by=by.user,
    )
    sync_telling(by, duty, notice)
    tell_of_delay(by, child_id=duty.child_id, about=notice.pk, due_on=duty.due_on, new_date=new_date)
    return notice


def sync_telling(by: Actor, duty: Duty, notice: LateNotice | None) -> None:
    """The duty to tell the family before the day, kept in step with its own duty and with what was told."""
    done = duty.met_on is not None or duty.ended_on is not None
    if duty.due_on is None or (notice is None and done):
        sync(by=by, source=TELL, source_id=duty.pk, child_id=duty.child_id, duties=[])
        return
    case = Case.objects.filter(area=by.area, pk=duty.source_id).first()  # a partner's delay is the officer's to tell
    facts = DutyFacts(
        key="tell",
        what=f"Tell the family before the day if this will be late: {duty.what}"[:300],
        authority="Published standard of the council: families are told before the day",
        rule="family.tell_before",
        is_statutory=False,
        owed_by="the council",
        starts_on=min(ENGLAND.before(duty.due_on, TELL_AHEAD), by.today),
        due_on=ENGLAND.before(duty.due_on, 1),
        met_on=notice.told_on if notice else None,
        evidence="Notice to the family with reason and new day" if notice else "",
        path=f"/family/{duty.child_id}/late/{duty.pk}/",
        team_id=case.team_id if case else duty.team_id,
        person_id=case.officer_id if case else duty.person_id,
    )
    sync(by=by, source=TELL, source_id=duty.pk, child_id=duty.child_id, duties=[facts])


@transaction.atomic
def look_ahead(*, by: Actor) -> int:
    """Nightly: give the duty to tell the family for what the council owes within five working days. How many there are.

    Duties whose own duty has meanwhile been met are taken back: there was no delay to tell of.
    """
    last = ENGLAND.after(by.today, TELL_AHEAD)
    soon = list(
        Duty.objects.filter(
            outstanding(), area=by.area, source="cases", is_statutory=True, child__isnull=False, due_on__lte=last
        ).exclude(due_on__lt=by.today)
    )
    told = {n.duty_id: n for n in LateNotice.objects.filter(area=by.area, duty_id__in=[d.pk for d in soon])}
    for duty in soon:
        sync_telling(by, duty, told.get(duty.pk))
    asked = Duty.objects.filter(outstanding(), area=by.area, source=TELL).values_list("source_id", flat=True)
    over = Duty.objects.filter(area=by.area, pk__in=asked).exclude(met_on__isnull=True, ended_on__isnull=True)
    for duty in over:
        sync_telling(by, duty, None)
    return len(soon)


@transaction.atomic
def write_down(
    *,
    by: Actor,
    child: Child,
    carer: Any,
    subject: str,
    text: str,
    how: str,
    said_on: date,
    owner: Any = None,
    team: Any = None,
    token: UUID | None = None,
) -> Any:
    """Write down what a parent or carer said by phone, letter or face to face; a copy is owed to them. Raises Refused.

    The reply is owed by the same standard, from the day on which it was said.
    """
    check_can(by, Can.WORK_CASES)
    if how not in {How.PHONE, How.POST, How.VISIT, How.EMAIL}:
        raise Refused("Choose how it came.")
    thread = start(
        by=by,
        child=child,
        subject=subject,
        text=text,
        with_user=carer.user,
        with_carer=carer,
        owner=owner,
        team=team,
        how=how,
        said_on=said_on,
        said_by=carer.name,
        is_theirs=True,
        token=token,
    )
    sync(by=by, source=COPY, source_id=thread.pk, child_id=child.pk, duties=[_copy(by, thread, None)])
    return thread


def _copy(by: Actor, thread: Any, sent_on: date | None) -> DutyFacts:
    return DutyFacts(
        key="copy",
        what="Send the family a copy of what was written down",
        authority="Published standard of the council: who has no account loses nothing by it",
        rule="family.copy",
        is_statutory=False,
        owed_by="the council",
        starts_on=thread.opened_at.date(),
        due_on=ENGLAND.after(thread.opened_at.date(), 2),
        met_on=sent_on,
        evidence="Copy sent" if sent_on else "",
        path=f"/family/{thread.child_id}/copy/{thread.pk}/",
        team_id=thread.team_id,
        person_id=thread.owner_id or by.user.pk,
    )


@transaction.atomic
def copy_sent(*, by: Actor, thread: Any, on: date) -> None:
    """Say that the copy went out, and with it what we wrote in answer. Raises Refused for a day to come.

    A first copy keeps its day when an answer is posted later; without an answer to post it is a correction of the day.
    """
    check_can(by, Can.WORK_CASES)
    if on > by.today:
        raise Refused("The day cannot be after today.")
    first = on
    if waits_for_post(by, thread):
        went = Duty.objects.filter(area=by.area, source=COPY, source_id=thread.pk).values_list("met_on", flat=True)
        first = next(iter(went), None) or on
        posted(by=by, thread=thread, on=on)
    sync(by=by, source=COPY, source_id=thread.pk, child_id=thread.child_id, duties=[_copy(by, thread, first)])


def owed_duty(by: Actor, child: Child, pk: UUID) -> Duty | None:
    """One duty to a child, as the person may see it."""
    return of_child(by, child.pk).filter(pk=pk).first()
