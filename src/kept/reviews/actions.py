"""Plan a review, move it, cancel it; ask for an early one. Each is one transaction, and the case's clocks follow.

Inviting and sending papers is in `sending`, what people write and judge in `meeting`, report and decision in
`deciding`.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency, AgencyKind
from kept.access.predicates import SEE_CHILD, allows
from kept.access.roles import Can
from kept.cases.access import ENDED
from kept.cases.models import Case
from kept.cases.queries import people_of
from kept.design.words import day
from kept.duties.actions import DutyFacts, sync
from kept.messages.actions import speaker
from kept.people.models import Child
from kept.reviews import recording, states
from kept.reviews.access import check_may_run
from kept.reviews.models import EarlyAsk, Invitee, Moved, Review
from kept.reviews.words import Kind, Part
from kept.rules import ages
from kept.rules.calendar import ENGLAND

SOURCE = "reviews"
FURTHEST = timedelta(days=550)
FURTHEST_BACK = timedelta(days=91)  # a meeting that was held and not planned here; the notice is two weeks before
ANSWER_WITHIN = 10  # working days, our own standard
PARTS = {
    AgencyKind.HEALTH: Part.HEALTH,
    AgencyKind.ICB: Part.HEALTH,
    AgencyKind.SOCIAL_CARE: Part.CARE,
    AgencyKind.SCHOOL: Part.SETTING,
}


class Overtaken(Refused):
    """Somebody changed the review meanwhile. Nothing was recorded."""


def locked(by: Actor, review: Review, version: int | None = None) -> Review:
    """The review, locked until the transaction ends. Raises Refused, or Overtaken for one that was changed since."""
    found = Review.objects.select_for_update(of=("self",)).select_related("child", "case__officer", "setting")
    current = found.filter(area=by.area, pk=review.pk).first()
    if current is None:
        raise Refused("This review is not in your record.")
    if version is not None and current.version != version:
        raise Overtaken("Somebody changed this review while you had it open. Look at it again, then decide.")
    return current


def saved(review: Review, *names: str) -> Review:
    """Save some fields, and that the review changed."""
    review.version += 1
    review.save(update_fields=[*names, "version"])
    return review


def check_day(meets_on: date, today: date) -> None:
    """Raise Refused, with a sentence, for a day on which nobody can meet."""
    if not ENGLAND.is_working_day(meets_on):
        raise Refused(f"{day(meets_on)} is a weekend or a bank holiday. Choose a working day.")
    if meets_on > today + FURTHEST:
        raise Refused(f"{day(meets_on)} is more than eighteen months away. Choose an earlier day.")
    if meets_on < today - FURTHEST_BACK:
        raise Refused(
            f"{day(meets_on)} is more than three months ago. Look at the year again; a review that was held then is "
            "recorded on the case."
        )


@transaction.atomic
def plan(
    *,
    by: Actor,
    child: Child,
    meets_on: date,
    kind: str = Kind.ANNUAL,
    meets_at: str = "",
    place: str = "",
) -> Review:
    """Plan the review of a child's plan: the meeting goes into the case, so that notice and papers have their days.

    Those whom the law names and the record knows are put on the list of people to invite. Repeating it for the same
    day gives the review that is there. Raises Refused or NotPossible.
    """
    check_may_run(by, child.pk)
    check_day(meets_on, by.today)
    case = Case.objects.filter(area=by.area, child=child, has_plan=True).exclude(stage__in=ENDED).first()
    if case is None:
        raise Refused(f"{child.first_name} has no plan to review.")
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    standing = Review.objects.filter(area=by.area, case=case, decided_on=None, cancelled_on=None).first()
    if standing is not None:
        if standing.meets_on == meets_on:
            return standing
        raise Refused(f"{child.first_name}’s review is planned for {day(standing.meets_on)} already. Move that one.")
    entry = recording.record(by, case.pk, "review_meeting", meets_on, note="Meeting planned.")
    setting = next((row.setting for row in people_of(by, child.pk).enrolments if row.setting), None)
    review = Review.objects.create(
        area=by.area,
        child=child,
        case=case,
        kind=kind,
        setting=setting,
        meets_on=meets_on,
        meets_at=meets_at.strip()[:20],
        place=(place or (setting.name if setting else ""))[:200],
        meeting_event=entry.pk,
        made_by=by.user,
    )
    Invitee.objects.bulk_create(_to_invite(by, review))
    return review


def _to_invite(by: Actor, review: Review) -> list[Invitee]:
    """Those whom the record knows: family, settings, the case officer, services that are involved."""
    child = review.child
    with recording.council(by) as hand:  # a school does not see which other services are involved
        around = people_of(hand, review.child_id)
    found = []
    if ages.is_young_person(child.born_on, review.meets_on):
        found.append(_invitee(review, Part.YOUNG_PERSON, child.full_name))
    for member in around.family:
        if member.carer and member.link.opens_the_record:
            carer = member.carer
            found.append(_invitee(review, Part.PARENT, carer.name, carer.email, user_id=carer.user_id))
    settings = [row.setting for row in around.enrolments if row.setting]
    found += [_of_agency(review, Part.SETTING, one) for one in dict.fromkeys(settings)]
    officer = review.case.officer
    if officer is not None:
        found.append(_invitee(review, Part.EDUCATION, officer.name, officer.email, user_id=officer.pk))
    found += [_of_agency(review, PARTS.get(AgencyKind(one.kind), Part.SERVICE), one) for one in around.agencies]
    return found


def _invitee(review: Review, part: str, name: str, email: str = "", *, user_id: UUID | None = None) -> Invitee:
    asked = part not in {Part.EDUCATION}
    return Invitee(
        area_id=review.area_id,
        review=review,
        child_id=review.child_id,
        part=part,
        name=name,
        email=email,
        user_id=user_id,
        asked_for_advice=asked,
    )


def _of_agency(review: Review, part: str, agency: Agency) -> Invitee:
    made = _invitee(review, part, agency.name, agency.email)
    made.agency = agency
    return made


@transaction.atomic
def move(
    *, by: Actor, review: Review, to: date, why: str, asked_by_family: bool = False, version: int | None = None
) -> Review:
    """Hold the meeting on another day. The move and its reason stay; everybody must be invited anew.

    The notice that was given was for another day, so it no longer counts. Nothing stops the clocks of the law.
    Raises Refused, Overtaken or NotPossible.
    """
    check_may_run(by, review.child_id, "move")
    current = locked(by, review, version)
    states.check_may(current, "move", by.today)
    check_day(to, by.today)
    if to == current.meets_on:
        raise Refused("The meeting is on that day already.")
    if not why.strip():
        raise Refused("Say why the meeting is moved: the family and those who look back will ask.")
    entry = recording.move(by, current.meeting_event, to=to, why=f"The meeting was moved: {why.strip()}")
    if current.notice_event:
        words = f"The notice was for {day(current.meets_on)}; the meeting was moved."
        recording.withdraw(by, current.notice_event, why=words)
    Moved.objects.create(
        area=by.area, review=current, child_id=current.child_id, before=current.meets_on, after=to,
        why=why.strip()[:300], asked_by_family=asked_by_family, by=by.user,
    )  # fmt: skip
    current.meets_on, current.meeting_event = to, entry.pk
    current.invited_on = current.notice_event = None
    saved(current, "meets_on", "meeting_event", "invited_on", "notice_event")
    sync_advice(by, current)
    return current


@transaction.atomic
def cancel(*, by: Actor, review: Review, why: str, version: int | None = None) -> Review:
    """Cancel a review that will not be held, with the reason. The law's year runs on. Raises Refused."""
    check_may_run(by, review.child_id, "cancel")
    current = locked(by, review, version)
    states.check_may(current, "cancel", by.today)
    if not why.strip():
        raise Refused("Say why the review is cancelled.")
    for event in (current.notice_event, current.meeting_event):
        if event:
            recording.withdraw(by, event, why=f"The review was cancelled: {why.strip()}")
    current.cancelled_on, current.cancelled_because = by.today, why.strip()[:300]
    saved(current, "cancelled_on", "cancelled_because")
    sync_advice(by, current)
    return current


def sync_advice(by: Actor, review: Review) -> None:
    """A service that was asked for advice owes it before the papers go round: an agreement, no limit of the law."""
    from kept.rules.reviews import advice_by

    given = {
        one.agency_id: one.on
        for one in review.contributions.filter(area=by.area, topic="advice", agency__isnull=False).order_by("-on")
    }
    asked = review.invitees.filter(
        area=by.area, asked_for_advice=True, agency__isnull=False, invited_on__isnull=False
    ).select_related("agency")
    duties = [
        DutyFacts(
            key=f"advice#{one.agency_id}",
            what=f"Send advice for the review of {day(review.meets_on)}",
            authority="Local agreement, so that the papers can go round in time (SEND Regulations 2014 reg 20(4))",
            is_statutory=False,
            rule="reviews.advice",
            owed_by=one.name[:200],
            agency_id=one.agency_id,
            starts_on=one.invited_on or by.today,
            due_on=max(advice_by(review.meets_on), one.invited_on or by.today),
            met_on=given.get(one.agency_id),
            evidence="Advice written for the review" if one.agency_id in given else "",
            ended_on=review.cancelled_on or (review.held_on if one.agency_id not in given else None),
            ended_because="" if not (review.cancelled_on or review.held_on) else "The meeting is over",
            path=f"/reviews/{review.pk}/",
        )
        for one in asked
    ]
    with recording.council(by) as hand:
        sync(by=hand, source=SOURCE, source_id=review.pk, child_id=review.child_id, duties=duties)


@transaction.atomic
def ask_early(*, by: Actor, child: Child, why: str) -> EarlyAsk:
    """Ask for a review before its time. The family, the school and services may; an answer is owed. Raises Refused."""
    if not allows(by, SEE_CHILD, child.pk) or not (
        by.can(Can.FOLLOW_OWN) or by.can(Can.RUN_REVIEWS) or by.can(Can.GIVE_ADVICE)
    ):
        raise Refused("This child is not in your record.")
    if not why.strip():
        raise Refused("Say what has changed, so that the council can decide.")
    case = Case.objects.filter(area=by.area, child=child, has_plan=True).exclude(stage__in=ENDED).first()
    if case is None:
        raise Refused(f"{child.first_name} has no plan to review.")
    waiting = EarlyAsk.objects.filter(area=by.area, case=case, answered_on__isnull=True, asked_by=by.user).first()
    if waiting is not None:
        return waiting
    ask = EarlyAsk.objects.create(
        area=by.area, child=child, case=case, why=why.strip(), asked_on=by.today, asked_by=by.user, said_by=speaker(by)
    )
    _sync_ask(by, ask)
    return ask


@transaction.atomic
def answer_early(*, by: Actor, ask: EarlyAsk, agreed: bool, answer: str, meets_on: date | None = None) -> EarlyAsk:
    """Agree to an early review, on a day, or refuse it with the reason. Raises Refused or NotPossible."""
    check_can(by, Can.WORK_CASES)
    current = EarlyAsk.objects.select_for_update(of=("self",)).select_related("child").get(area=by.area, pk=ask.pk)
    if current.answered_on is not None:
        raise Refused("This was answered already.")
    if agreed and meets_on is None:
        raise Refused("Give the day on which the review will be held.")
    if not agreed and not answer.strip():
        raise Refused("Say why not: the person who asked will read it.")
    if agreed and meets_on is not None:
        standing = Review.objects.filter(area=by.area, case_id=current.case_id, decided_on=None, cancelled_on=None)
        planned = standing.first()
        if planned is None:
            current.review = plan(by=by, child=current.child, meets_on=meets_on, kind=Kind.EARLY)
        elif planned.meets_on == meets_on:
            current.review = planned
        else:
            current.review = move(by=by, review=planned, to=meets_on, why="An early review was agreed.")
    current.agreed, current.answer = agreed, answer.strip()
    current.answered_on, current.answered_by = by.today, by.user
    current.save()
    _sync_ask(by, current)
    return current


def _sync_ask(by: Actor, ask: EarlyAsk) -> None:
    case = ask.case
    duty = DutyFacts(
        key="answer",
        what="Answer a request for an early review",
        authority="Published standard of the council: ten working days",
        is_statutory=False,
        rule="reviews.early",
        owed_by="the council",
        starts_on=ask.asked_on,
        due_on=ENGLAND.after(ask.asked_on, ANSWER_WITHIN),
        met_on=ask.answered_on,
        evidence="The council’s answer" if ask.answered_on else "",
        team_id=case.team_id,
        person_id=case.officer_id,
        path=f"/reviews/early/{ask.pk}/answer/",
    )
    with recording.council(by) as hand:
        sync(by=hand, source=SOURCE, source_id=ask.pk, child_id=ask.child_id, duties=[duty])
