"""Read reviews, always as the person who asks. A constant number of queries for each page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kept.access.acting import Actor
from kept.access.models import Agency
from kept.access.predicates import SEE_CHILD, allows
from kept.cases.access import ENDED
from kept.cases.folding import state_of as state_of_case
from kept.cases.models import Case, Event
from kept.delivery.calendars import Calendars, stays_of
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.people.models import Child, Enrolment
from kept.reviews.models import EarlyAsk, Review
from kept.rules import ages
from kept.rules.calendar import ENGLAND
from kept.rules.delivery import Calendar
from kept.rules.process import ClockState
from kept.rules.reviews import Latest, Transfer, latest_meeting, next_transfer, propose, spread
from kept.rules.reviews.transfers import TRANSFERS

PER_PAGE = 25
YEARLY = ("review.first", "review.next")
PHASES = ("phase.general", "phase.post16", "phase.post16_to_post16")
OF_A_REVIEW = (
    "review.meeting_notice",
    "review.advice_circulated",
    "review.report",
    "review.decision",
    "review.amendment_notice",
    "amend.final",
    "review.longstop",
    *PHASES,
    *YEARLY,
)
OPEN = Q(decided_on=None, cancelled_on=None)


def reviews_seen(actor: Actor) -> QuerySet[Review]:
    """Every review that the person may see, the next meeting first."""
    found = Review.objects.filter(area=actor.area).select_related("child", "setting", "case__officer")
    return found.order_by("meets_on", "pk")


def review_of(actor: Actor, pk: UUID) -> Review | None:
    """One review, if the person may see it."""
    return reviews_seen(actor).filter(pk=pk).first()


def find_reviews(actor: Actor, *, which: str = "open", text: str = "", page: int = 1) -> Page[Review]:
    """Reviews that are open, that wait for something, or that are over; a name narrows them."""
    found = reviews_seen(actor).filter(_which(actor, which))
    if text.strip():
        for word in text.split():
            found = found.filter(Q(child__given_names__icontains=word) | Q(child__family_name__icontains=word))
    if which == "over":
        found = found.order_by("-meets_on", "-pk")
    pages: Page[Any] = Paginator(found, PER_PAGE).get_page(page)
    return pages


def _which(actor: Actor, which: str) -> Q:
    passed = Q(meets_on__lt=actor.today, held_on=None)
    return {
        "mine": OPEN & (Q(case__officer=actor.user) | Q(setting__in=actor.agency_ids)),
        "held": OPEN & passed,
        "report": OPEN & Q(held_on__isnull=False, reported_on=None),
        "decide": OPEN & Q(held_on__isnull=False),
        "over": ~OPEN,
    }.get(which, OPEN)


@dataclass(frozen=True)
class Line:
    """One child in the plan of the year."""

    child: Child
    case: Case
    due_on: date | None
    transfer_by: date | None
    review: Review | None
    setting: Agency | None = None
    transfer: Transfer | None = None
    proposed: date | None = None

    @property
    def latest(self) -> Latest | None:
        """The last day on which the meeting leaves time for what follows."""
        return latest_meeting(due=self.due_on, transfer_by=self.transfer_by)

    @property
    def too_late(self) -> bool:
        """Whether the planned or proposed day is after the last good one."""
        day = self.review.meets_on if self.review else self.proposed
        return bool(self.latest and day and day > self.latest.day)


def yearly_duties(actor: Actor) -> QuerySet[Duty]:
    """The law's twelve months, where they still run."""
    return Duty.objects.filter(outstanding(), area=actor.area, source="cases", rule__in=YEARLY)


def the_year(
    actor: Actor, *, month: str = "", planned: str = "", text: str = "", sort: str = "due", page: int = 1
) -> tuple[Page[Any], list[Line]]:
    """Every child whose plan must be reviewed, by the day on which it must be complete; a page of them.

    month: as 2026-07. planned: "yes", "no" or "late" (the planned day leaves no time for the decision).
    """
    found = yearly_duties(actor)
    standing = Review.objects.filter(OPEN, area=actor.area, case_id=OuterRef("source_id"))
    if planned == "yes":
        found = found.filter(Exists(standing))
    elif planned == "no":
        found = found.exclude(Exists(standing))
    elif planned == "late":
        found = found.filter(Exists(standing.filter(meets_on__gt=OuterRef("due_on") - timedelta(weeks=4))))
    if month:
        year, number = month.split("-")
        found = found.filter(due_on__year=int(year), due_on__month=int(number))
    for word in text.split():
        found = found.filter(Q(child__given_names__icontains=word) | Q(child__family_name__icontains=word))
    order = {
        "due": [F("due_on").asc(nulls_last=True), "pk"],
        "-due": [F("due_on").desc(nulls_last=True), "pk"],
        "child": ["child__sort_key", "pk"],
        "-child": ["-child__sort_key", "pk"],
    }
    pages: Page[Any] = Paginator(found.order_by(*order.get(sort, order["due"])), PER_PAGE).get_page(page)
    due = {duty.source_id: duty.due_on for duty in pages.object_list}
    return pages, _lines(actor, due)


def _lines(actor: Actor, due: dict[UUID, date | None]) -> list[Line]:
    """The lines of some cases, in their order. Four queries."""
    cases = Case.objects.filter(area=actor.area, pk__in=due).select_related("child", "officer").in_bulk()
    children = [case.child_id for case in cases.values()]
    phases = {
        duty.source_id: duty.due_on
        for duty in Duty.objects.filter(
            outstanding(), area=actor.area, source="cases", source_id__in=due, rule__in=PHASES
        ).order_by("-due_on")
    }
    reviews = {one.case_id: one for one in Review.objects.filter(OPEN, area=actor.area, case__in=due)}
    settings = {
        row.child_id: row.setting
        for row in Enrolment.objects.filter(_today(actor), area=actor.area, child__in=children)
        .exclude(setting=None)
        .select_related("setting")
        .order_by("starts_on")
    }
    return [
        Line(
            child=cases[key].child,
            case=cases[key],
            due_on=day,
            transfer_by=phases.get(key),
            review=reviews.get(key),
            setting=settings.get(cases[key].child_id),
            transfer=next_transfer(cases[key].child.born_on, actor.today),
        )
        for key, day in due.items()
        if key in cases
    ]


def _today(actor: Actor) -> Q:
    return Q(starts_on__lte=actor.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today))


def of_setting(actor: Actor, setting: Agency) -> list[Line]:
    """All pupils of a setting who have a plan, each with a proposed day where none is planned. A constant of queries.

    No day gets more than two new meetings, and none is proposed on a day on which the setting is shut.
    """
    on_roll = Enrolment.objects.filter(_today(actor), area=actor.area, setting=setting).values("child_id")
    cases = Case.objects.filter(area=actor.area, child__in=on_roll, has_plan=True).exclude(stage__in=ENDED)
    keys = list(cases.order_by("child__sort_key", "pk").values_list("pk", flat=True))
    known = {
        duty.source_id: duty.due_on for duty in yearly_duties(actor).filter(source_id__in=keys).order_by("-due_on")
    }
    lines = _lines(actor, {key: known.get(key) for key in keys})
    wanted = {}
    for line in lines:
        day = propose(line.latest, today=actor.today) if line.review is None else None
        if day is not None and line.latest is not None:
            wanted[line.child.pk] = (day, line.latest.day)
    taken = [line.review.meets_on for line in lines if line.review]
    own = Calendars(actor, {setting.pk}).of(setting.pk)
    days = spread(wanted, today=actor.today, taken=taken, is_open=partial(is_there, own))
    return [Line(**{**line.__dict__, "proposed": days.get(line.child.pk)}) for line in lines]


def is_there(school: Calendar, on: date) -> bool:
    """Whether somebody is at school on a day, as its calendar says; beyond the calendar, on any working day."""
    is_known = bool(school.days) and school.days[0] <= on <= school.days[-1]
    return on in school.open_days if is_known else ENGLAND.is_working_day(on)


def proposed_for(actor: Actor, line: Line) -> date | None:
    """A day for one child's meeting on which the child's setting is there. Two queries; None without a last day."""
    day = propose(line.latest, today=actor.today)
    if day is None or line.latest is None:
        return None
    own = Calendars(actor).of_child(stays_of(actor, [line.child.pk]).get(line.child.pk, []))
    wanted = {line.child.pk: (day, line.latest.day)}
    return spread(wanted, today=actor.today, is_open=partial(is_there, own))[line.child.pk]


def line_of(actor: Actor, child_id: UUID) -> Line | None:
    """One child's line in the plan of the year; None without a plan."""
    case = Case.objects.filter(area=actor.area, child_id=child_id, has_plan=True).exclude(stage__in=ENDED).first()
    if case is None:
        return None
    due = yearly_duties(actor).filter(source_id=case.pk).order_by("due_on").values_list("due_on", flat=True).first()
    return next(iter(_lines(actor, {case.pk: due})), None)


@dataclass(frozen=True)
class Moving:
    """A child who will change phase, and whether the case knows."""

    child: Child
    case: Case
    transfer: Transfer
    is_recorded: bool
    review: Review | None


def transfers(actor: Actor, year: int, *, page: int = 1) -> tuple[Page[Any], list[Moving]]:
    """The children with a plan who, by their age, change phase in September of a year; a page of them. Four queries."""
    born = Q()
    for last in TRANSFERS:
        first = date(year - 1 - ages.ages.STARTS_SCHOOL_AT - last, 9, 1)
        born |= Q(child__born_on__gte=first, child__born_on__lt=date(first.year + 1, 9, 1))
    cases = Case.objects.filter(born, area=actor.area, has_plan=True).exclude(stage__in=ENDED)
    ordered = cases.select_related("child", "officer").order_by("child__sort_key", "pk")
    pages: Page[Any] = Paginator(ordered, 2 * PER_PAGE).get_page(page)
    found = list(pages.object_list)
    replaced = Event.objects.filter(supersedes=OuterRef("pk"))
    known = set(
        Event.objects.filter(
            area=actor.area, case__in=found, kind="phase_transfer", is_withdrawal=False, happened_on__year=year
        )
        .exclude(Exists(replaced))
        .values_list("case_id", flat=True)
    )
    reviews = {one.case_id: one for one in Review.objects.filter(OPEN, area=actor.area, case__in=found)}
    during = date(year - 1, 9, 1)
    rows = []
    for case in found:
        transfer = next_transfer(case.child.born_on, during)
        if transfer is not None:
            rows.append(Moving(case.child, case, transfer, case.pk in known, reviews.get(case.pk)))
    return pages, rows


def clocks_of(actor: Actor, review: Review) -> list[ClockState]:
    """The law's clocks of this review, as the case counts them: open ones, and those of this meeting that are met."""
    state = state_of_case(review.case, actor.today)
    found = [one for one in state.clocks if one.id in OF_A_REVIEW]
    now = {review.meets_on, review.held_on}
    return [
        one
        for one in found
        if one.trigger in now or one.id in PHASES or one.status in {"open", "overdue"} or _is_amendment(review, one)
    ]


def _is_amendment(review: Review, clock: ClockState) -> bool:
    return bool(review.held_on and clock.id.startswith("amend.") and clock.trigger and clock.trigger >= review.held_on)


def setting_of(actor: Actor, pk: UUID) -> Agency | None:
    """A setting: one's own, or any for those who reach the area."""
    found = Agency.objects.filter(area=actor.area, kind="school", pk=pk).first()
    if found is None or not (actor.reaches_area or found.pk in actor.agency_ids):
        return None
    return found


def settings_with_plans(actor: Actor) -> list[Agency]:
    """The settings whose pupils have plans, by name."""
    cases = Case.objects.filter(area=actor.area, has_plan=True).exclude(stage__in=ENDED).values("child_id")
    rolls = Enrolment.objects.filter(_today(actor), area=actor.area, child__in=cases).values("setting_id")
    return list(Agency.objects.filter(area=actor.area, kind="school", pk__in=rolls).order_by("name"))


def early_asks(actor: Actor) -> list[EarlyAsk]:
    """Requests for an early review that are not answered."""
    found = EarlyAsk.objects.filter(area=actor.area, answered_on__isnull=True)
    return list(found.select_related("child", "case"))


def ask_of(actor: Actor, pk: UUID) -> EarlyAsk | None:
    """One request for an early review."""
    return EarlyAsk.objects.filter(area=actor.area, pk=pk).select_related("child", "case__officer").first()


def children_of_family(actor: Actor) -> list[Child]:
    """The person's own children who have a plan."""
    cases = Case.objects.filter(area=actor.area, has_plan=True).exclude(stage__in=ENDED).values("child_id")
    return list(Child.objects.filter(area=actor.area, pk__in=cases).order_by("sort_key"))


def child_seen(actor: Actor, pk: UUID) -> Child | None:
    """A child whom the person may see."""
    if not allows(actor, SEE_CHILD, pk):
        return None
    return Child.objects.filter(area=actor.area, pk=pk).first()
