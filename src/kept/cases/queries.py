"""Read cases, always as the person who asks. Each page has a constant number of queries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case as When
from django.db.models import Count, Exists, Expression, F, OuterRef, Q, QuerySet, Value
from django.db.models import When as If

from kept.access.acting import Actor
from kept.access.actions import running
from kept.access.models import Agency, AgencyKind, Grant, Relation, User
from kept.access.queries import agencies, colleagues
from kept.access.roles import Role
from kept.cases.access import ENDED
from kept.cases.folding import in_force
from kept.cases.models import AdviceRequest, Case, Event, PanelItem
from kept.people.models import Child, Enrolment
from kept.people.queries import FamilyMember, enrolments_of, family_of, search_children
from kept.rules.process import Stage

PER_PAGE = 25
MOST_FOUND = 250
REFERENCE = re.compile(r"\d{2}-\d{1,6}")
SOON, MONTH = timedelta(days=7), timedelta(days=28)
ADVISERS = (
    AgencyKind.PSYCHOLOGY,
    AgencyKind.HEALTH,
    AgencyKind.SOCIAL_CARE,
    AgencyKind.ICB,
    AgencyKind.TRANSPORT,
    AgencyKind.COMMUNITY,
)
BY_STAGE = When(*(If(stage=stage.name, then=Value(place)) for place, stage in enumerate(Stage)), default=Value(99))
SORTS = {
    "due": F("next_due_on").asc(nulls_last=True),
    "-due": F("next_due_on").desc(nulls_last=True),
    "child": F("child__sort_key").asc(),
    "-child": F("child__sort_key").desc(),
    "stage": BY_STAGE.asc(),
    "-stage": BY_STAGE.desc(),
    "since": F("stage_since").asc(nulls_last=True),
    "-since": F("stage_since").desc(nulls_last=True),
    "officer": F("officer__name").asc(nulls_last=True),
    "-officer": F("officer__name").desc(nulls_last=True),
    "reference": F("reference").asc(),
    "-reference": F("reference").desc(),
}
NOBODY = "nobody"
MINE = "me"


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for. Empty means any; `officer` is a key, "me" or "nobody"."""

    text: str = ""
    which: str = "open"
    stage: str = ""
    officer: str = ""
    due: str = ""
    plan: str = ""
    child: UUID | None = None
    sort: str = ""
    page: int = 1


@dataclass(frozen=True)
class CaseList:
    """A page of cases. `notes` say what of the search could not be read; `reasons` why a child was found."""

    page: Page
    notes: tuple[str, ...] = ()
    reasons: dict[UUID, str] = field(default_factory=dict)
    sort: str = ""


def cases_seen(actor: Actor) -> QuerySet[Case]:
    """Every case that the actor may see."""
    return Case.objects.filter(area=actor.area)


def passed_on(actor: Actor, children: Iterable[UUID] | QuerySet[Any, Any]) -> dict[UUID, date]:
    """On which day the plan of each of these children went to another council; who has a running case here is left out.

    One query, two where there are such.
    """
    gone = Stage.TRANSFERRED_OUT.name
    here = cases_seen(actor).filter(child=OuterRef("child")).exclude(stage__in=ENDED)
    found = cases_seen(actor).filter(~Exists(here), child__in=children, stage=gone).prefetch_related("events")
    return {
        case.child_id: event.happened_on
        for case in found.order_by("opened_on", "pk")
        for event in in_force(case.events.all())
        if event.kind == "plan_transferred"
    }


def find_cases(actor: Actor, wanted: Wanted) -> CaseList:
    """The cases that answer, one page of them, the most urgent first unless sorted otherwise."""
    found, notes, reasons, sort = _found(actor, wanted)
    page: Page[Any] = Paginator(found.values_list("pk", flat=True), PER_PAGE).get_page(wanted.page)
    page.object_list = _rows(actor, list(page.object_list))
    return CaseList(page, notes, reasons, sort)


def all_cases(actor: Actor, wanted: Wanted) -> list[Case]:
    """Every case that answers, in the same order, with its child and its people. For a file."""
    found, *_ = _found(actor, wanted)
    return list(found.select_related("child", "officer", "deputy").defer("child__name_keys"))


def _found(actor: Actor, wanted: Wanted) -> tuple[QuerySet[Case], tuple[str, ...], dict[UUID, str], str]:
    """The cases that answer, in order; what could not be read of the search, why each child was found, and the sort."""
    found = cases_seen(actor).filter(_tests(actor, wanted))
    notes: tuple[str, ...] = ()
    reasons: dict[UUID, str] = {}
    order: list[Expression] = [SORTS.get(wanted.sort, SORTS["due"]), F("pk").asc()]
    sort = wanted.sort if wanted.sort in SORTS else "due"
    if wanted.text.strip():
        test, notes, reasons, ranks = _search(actor, wanted.text)
        found = found.filter(test)
        if wanted.sort not in SORTS and ranks:
            order, sort = [ranks, *order], ""
    return found.order_by(*order), notes, reasons, sort


def _rows(actor: Actor, keys: list[UUID]) -> list[Case]:
    """The cases of one page, in the order of their keys: only these are joined to their children and officers."""
    found = cases_seen(actor).filter(pk__in=keys).select_related("child", "officer").defer("child__name_keys")
    by_key = {case.pk: case for case in found}
    return [by_key[key] for key in keys]


def _tests(actor: Actor, wanted: Wanted) -> Q:
    """All filters but the search, as one condition."""
    test = Q(child=wanted.child) if wanted.child else Q()
    if wanted.stage:
        test &= Q(stage=wanted.stage)
    elif wanted.which == "open" and not wanted.child:
        test &= ~Q(stage__in=ENDED)
    elif wanted.which == "ended":
        test &= Q(stage__in=ENDED)
    if wanted.officer == NOBODY:
        test &= Q(officer__isnull=True)
    elif wanted.officer == MINE:
        test &= Q(officer=actor.user) | Q(deputy=actor.user)
    elif wanted.officer:
        test &= Q(officer=wanted.officer)
    if wanted.plan:
        test &= Q(has_plan=wanted.plan == "yes")
    return test & due_test(wanted.due, actor.today)


def due_test(due: str, today: date) -> Q:
    """The condition behind a choice of when something is due."""
    return {
        "late": Q(next_due_on__lt=today),
        "week": Q(next_due_on__range=(today, today + SOON)),
        "month": Q(next_due_on__range=(today, today + MONTH)),
        "none": Q(next_due_on__isnull=True),
    }.get(due, Q())


def _search(actor: Actor, text: str) -> tuple[Q, tuple[str, ...], dict[UUID, str], When | None]:
    """The condition for what was typed: a case's reference, or the children who answer it, the best first."""
    typed = text.strip()
    if REFERENCE.fullmatch(typed):
        year, number = typed.split("-")
        return Q(reference=f"{year}-{int(number):05d}"), (), {}, None
    results = search_children(actor, typed, per_page=MOST_FOUND)
    keys = [] if results.asked.is_empty else [found.child.pk for found in results.found]
    reasons = {found.child.pk: "; ".join(found.reasons) for found in results.found}
    ranks = When(*(If(child_id=key, then=Value(rank)) for rank, key in enumerate(keys))) if keys else None
    return Q(child_id__in=keys), tuple(results.asked.notes), reasons, ranks


def officers(actor: Actor) -> list[User]:
    """Who may have a case, by name."""
    return list(colleagues(actor, Role.CASE_OFFICER, Role.CASE_MANAGER))


def officers_with(actor: Actor, *keys: UUID | None) -> list[User]:
    """Who may have a case, and those of the keys who have one and are no officers any more: they stand last."""
    found = officers(actor)
    others = {key for key in keys if key} - {one.pk for one in found}
    if not others:
        return found
    held = cases_seen(actor).filter(Q(officer=OuterRef("pk")) | Q(deputy=OuterRef("pk")))
    return [*found, *User.objects.filter(Exists(held), pk__in=others).order_by("name")]


def case_of(actor: Actor, pk: UUID) -> Case | None:
    """One case with its child and its people, or None when there is none for this person."""
    found = cases_seen(actor).select_related("child", "officer", "deputy", "team").filter(pk=pk)
    return found.first()


def entries_of(case: Case) -> list[Event]:
    """Every entry of a case, corrected ones and corrections too, with who recorded it."""
    return list(case.events.filter(area=case.area_id).select_related("recorded_by").order_by("happened_on", "pk"))


def entry_of(actor: Actor, case: Case, pk: UUID, *, also_replaced: bool = False) -> Event | None:
    """One entry of a case. also_replaced: even one that was corrected, for a form that was open meanwhile."""
    found = Event.objects.filter(area=actor.area, case=case, pk=pk, is_withdrawal=False)
    return (found if also_replaced else found.filter(superseded_by__isnull=True)).first()


def entries_since(case: Case, seen: UUID | None) -> list[Event]:
    """What was recorded after the entry that the person last saw, as it came."""
    if seen is None:
        return []
    found = case.events.filter(area=case.area_id, pk__gt=seen)
    return list(found.select_related("recorded_by", "supersedes").order_by("pk"))


def advice_of(case: Case) -> list[AdviceRequest]:
    """Every body that was asked, the earliest first."""
    return list(case.advice_requests.filter(area=case.area_id).select_related("agency", "team", "asked_by"))


def panel_items_of(case: Case) -> list[PanelItem]:
    """The panels that considered the case or will, the latest first."""
    return list(case.panel_items.filter(area=case.area_id).order_by("-meets_on", "-pk"))


@dataclass(frozen=True)
class People:
    """Who is around a child: family, setting, agencies involved."""

    family: list[FamilyMember]
    enrolments: list[Enrolment]
    agencies: list[Agency]


def people_of(actor: Actor, child_id: UUID) -> People:
    """The people around a child today. Three queries."""
    involved = Grant.objects.filter(
        running(actor.today), area=actor.area, child_id=child_id, relation=Relation.AGENCY
    ).select_related("agency")
    enrolments = [row for row in enrolments_of(actor, child_id) if row.ends_on is None or row.ends_on >= actor.today]
    by_name = {grant.agency_id: grant.agency for grant in involved.order_by("agency__name")}
    attended = {row.setting_id for row in enrolments}
    return People(
        family=[member for member in family_of(actor, child_id) if member.is_running],
        enrolments=enrolments,
        agencies=[agency for key, agency in by_name.items() if key not in attended],
    )


def advisers_for(actor: Actor, child_id: UUID) -> list[Agency]:
    """The agencies that can be asked for advice about a child: its own settings first, then the services."""
    rows = enrolments_of(actor, child_id)
    settings = [row.setting for row in rows if row.setting and (row.ends_on is None or row.ends_on >= actor.today)]
    services = agencies(actor, *ADVISERS).prefetch_related("teams")
    return list({agency.pk: agency for agency in [*settings, *services]}.values())


@dataclass(frozen=True)
class ChildToAsk:
    """A child whom a new request may be about, with the cases that they have."""

    child: Child
    reasons: tuple[str, ...]
    cases: tuple[Case, ...]

    @property
    def running(self) -> Case | None:
        """The case that has not ended, if there is one."""
        return next((case for case in self.cases if case.stage not in ENDED), None)


def children_to_ask(actor: Actor, text: str) -> tuple[list[ChildToAsk], tuple[str, ...], bool]:
    """The children who answer a search, with their cases; what could not be read; whether there are more."""
    results = search_children(actor, text)
    if results.asked.is_empty:
        return [], tuple(results.asked.notes), False
    of_child = cases_by_child(actor, [found.child.pk for found in results.found])
    found = [ChildToAsk(one.child, one.reasons, tuple(of_child.get(one.child.pk, ()))) for one in results.found]
    return found, tuple(results.asked.notes), results.more or results.pages > 1


def cases_by_child(actor: Actor, children: Collection[UUID]) -> dict[UUID, list[Case]]:
    """The cases of some children, the latest first."""
    found: dict[UUID, list[Case]] = {}
    for case in cases_seen(actor).filter(child_id__in=children).order_by("-opened_on", "-pk"):
        found.setdefault(case.child_id, []).append(case)
    return found


@dataclass(frozen=True)
class Meeting:
    """One meeting of the panel with its list."""

    meets_on: date
    items: list[PanelItem]

    @property
    def left(self) -> int:
        """How many cases it has not considered."""
        return sum(item.considered_at is None for item in self.items)


PAST = timedelta(days=35)


def panel_meetings(actor: Actor, *, past: bool = False) -> list[Meeting]:
    """The meetings still to come and those with cases left open, or those of the past; by day. One query."""
    items = PanelItem.objects.filter(area=actor.area).select_related("case__child", "case__officer")
    coming = Q(meets_on__gte=actor.today) | Q(considered_at__isnull=True)
    if past:
        chosen = items.exclude(coming).filter(meets_on__gte=actor.today - 10 * PAST).order_by("-meets_on")
    else:
        chosen = items.filter(coming).order_by("meets_on", "case__child__sort_key", "pk")
    meetings: dict[date, list[PanelItem]] = {}
    for item in chosen:
        meetings.setdefault(item.meets_on, []).append(item)
    return [Meeting(day, found) for day, found in meetings.items()]


def panel_item(actor: Actor, pk: UUID) -> PanelItem | None:
    """One case on the list of a panel."""
    found = PanelItem.objects.filter(area=actor.area, pk=pk).select_related("case__child", "case__officer", "listed_by")
    return found.first()


def next_on_panel(actor: Actor, item: PanelItem) -> PanelItem | None:
    """The next case of the same meeting that it has not considered; None when it has done with its list."""
    left = PanelItem.objects.filter(area=actor.area, meets_on=item.meets_on, considered_at__isnull=True)
    return left.exclude(pk=item.pk).select_related("case__child").order_by("case__child__sort_key", "pk").first()


def meeting_days(actor: Actor) -> Iterable[date]:
    """The days of meetings to come that already have cases."""
    found = PanelItem.objects.filter(area=actor.area, meets_on__gte=actor.today).order_by("meets_on")
    return found.values_list("meets_on", flat=True).distinct()


def totals(actor: Actor) -> dict[str, int]:
    """How many cases are open, late, due within a week, mine. One query."""
    still = ~Q(stage__in=ENDED)
    return cases_seen(actor).aggregate(
        open=Count("pk", filter=still),
        late=Count("pk", filter=still & due_test("late", actor.today)),
        week=Count("pk", filter=still & due_test("week", actor.today)),
        unassigned=Count("pk", filter=still & Q(officer__isnull=True)),
        mine=Count("pk", filter=still & (Q(officer=actor.user) | Q(deputy=actor.user))),
    )
