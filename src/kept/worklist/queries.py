"""Read the desks' lists, always as the person who asks. A constant number of queries for each page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import OrderBy

from kept.access.acting import Actor
from kept.access.models import Team, User
from kept.access.queries import colleagues, teams
from kept.access.roles import Can, Role
from kept.cases.queries import cases_seen
from kept.design.words import counted, listed
from kept.duties.models import Duty, Handing
from kept.duties.queries import duties_for, my_list
from kept.duties.statuses import outstanding
from kept.rules.process.grounds import GROUND_WORDS
from kept.worklist import slices
from kept.worklist.models import CalendarLink, Handover

PER_PAGE = 50
MOST_PRINTED = 2000
REFERENCE = re.compile(r"\d{2}-\d{1,6}")
SORTS: Mapping[str, OrderBy] = {
    "due": F("due_on").asc(nulls_last=True),
    "-due": F("due_on").desc(nulls_last=True),
    "child": F("child__sort_key").asc(nulls_last=True),
    "-child": F("child__sort_key").desc(nulls_last=True),
    "what": F("what").asc(),
    "-what": F("what").desc(),
    "with": F("person__name").asc(nulls_last=True),
    "-with": F("person__name").desc(nulls_last=True),
    "stage": F("stage").asc(nulls_last=True),
    "-stage": F("stage").desc(nulls_last=True),
}
NOBODY = "nobody"
NO_CASE = "-"
OWN = "own"  # instead of a team: the services that the person works for


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; empty means any. `holder` is "me", "desk", "nobody" or "person:<key>" and so on.

    team: the key of a team, or `OWN`.
    """

    when: str = ""
    kind: str = ""
    child: str = ""
    law: str = ""
    stage: str = ""
    holder: str = ""
    team: UUID | str | None = None
    waits: str = ""
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One duty on a list, with why it stands as it does."""

    duty: Duty
    group: str
    reasons: tuple[str, ...]
    is_held_up: bool


@dataclass(frozen=True)
class DutyList:
    """A page of duties in groups by urgency; `counts` are of the whole list, not the page."""

    page: Page
    groups: list[tuple[str, list[Line]]]
    counts: dict[str, int]
    sort: str

    @property
    def total(self) -> int:
        """How many duties the whole list has."""
        return self.page.paginator.count


def _named(found: QuerySet[Duty], actor: Actor) -> QuerySet[Duty]:
    """With what the lists show and filter by: its group, its pathway, and its case's number and stage."""
    case = cases_seen(actor).filter(pk=OuterRef("source_id"))
    return found.annotate(
        bucket=slices.bucket(actor.today),
        pathway=slices.PATHWAY,
        reference=Subquery(case.values("reference")[:1]),
        stage=Subquery(case.values("stage")[:1]),
    )


def mine(actor: Actor) -> QuerySet[Duty]:
    """What the person, or a team of theirs without saying who, still owes."""
    return _named(my_list(actor).order_by(), actor)


def my_rules(actor: Actor) -> set[str]:
    """The rules of what stands on the person's list. One query."""
    return set(my_list(actor).order_by().values_list("rule", flat=True).distinct())


def everybodys(actor: Actor) -> QuerySet[Duty]:
    """Everything still owed that the person may see."""
    return _named(duties_for(actor).filter(outstanding()), actor)


def chosen(actor: Actor, found: QuerySet[Duty], wanted: Wanted) -> QuerySet[Duty]:
    """The duties that answer all filters."""
    test = slices.when_test(wanted.when, actor.today) & slices.kind_test(wanted.kind)
    if wanted.law:
        test &= Q(is_statutory=wanted.law == "statutory")
    if wanted.stage:
        test &= _stage_test(actor, wanted.stage)
    if wanted.waits:
        test &= slices.waits_for(wanted.waits)
    test &= _holder_test(actor, wanted.holder) & team_test(actor, wanted.team)
    return found.filter(test & _child_test(actor, wanted.child))


def _stage_test(actor: Actor, stage: str) -> Q:
    if stage == NO_CASE:
        return ~Q(Exists(cases_seen(actor).filter(pk=OuterRef("source_id"))))
    return Q(source_id__in=cases_seen(actor).filter(stage=stage).values("pk"))


def _child_test(actor: Actor, typed: str) -> Q:
    """A case's number, or parts of a name in any order."""
    if REFERENCE.fullmatch(typed.strip()):
        year, number = typed.strip().split("-")
        return Q(source_id__in=cases_seen(actor).filter(reference=f"{year}-{int(number):05d}").values("pk"))
    test = Q()
    for word in typed.casefold().split()[:6]:
        test &= Q(child__sort_key__contains=word) | Q(child__known_as__icontains=word)
    return test


def _holder_test(actor: Actor, holder: str) -> Q:
    simple = {
        "me": Q(person=actor.user),
        "desk": Q(person__isnull=True, team__isnull=False),
        NOBODY: Q(person__isnull=True, team__isnull=True, agency__isnull=True),
    }
    if holder in simple:
        return simple[holder]
    kind, _, key = holder.partition(":")
    try:
        wanted = UUID(key)
    except ValueError:
        return Q()
    return {
        "person": Q(person=wanted),
        "team": Q(person__isnull=True, team=wanted),
        "agency": Q(person__isnull=True, team__isnull=True, agency=wanted),
    }.get(kind, Q())


def name_of_holder(actor: Actor, holder: str) -> str:
    """The name of a person who holds something that the actor may see; empty for nobody such."""
    kind, _, key = holder.partition(":")
    try:
        pk = UUID(key)
    except ValueError:
        return ""
    holds = duties_for(actor).filter(outstanding(), person=OuterRef("pk"))
    found = User.objects.filter(Exists(holds), pk=pk).first() if kind == "person" else None
    return found.name if found else ""


def team_test(actor: Actor, team: UUID | str | None) -> Q:
    """Duties on a team's desk, or held by somebody who works in it today; or those of the person's own services."""
    if team is None:
        return Q()
    of = Q(memberships__agency__in=actor.agency_ids) if team == OWN else Q(memberships__team=team)
    running = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=actor.today)
    at_work = Q(memberships__area=actor.area, memberships__starts_on__lte=actor.today)
    held = Q(person__in=User.objects.filter(of & running & at_work).values("pk"))
    if team == OWN:
        return held | Q(agency__in=actor.agency_ids) | Q(person__isnull=True, team__agency__in=actor.agency_ids)
    return held | Q(person__isnull=True, team=team)


def in_order(found: QuerySet[Duty], sort: str, today: date) -> QuerySet[Duty]:
    """By urgency first, then as sorted."""
    order: list[OrderBy] = [SORTS.get(sort, SORTS["due"]), SORTS["due"], F("made_at").asc(), F("pk").asc()]
    return found.annotate(place=slices.place(today)).order_by("place", *order)


def ordered(found: QuerySet[Duty], sort: str, today: date) -> QuerySet[Duty]:
    """All of a list in its order, with what a page shows of each duty."""
    return with_people(in_order(found, sort, today))


def with_people(found: QuerySet[Duty]) -> QuerySet[Duty]:
    """With the child and whoever holds the duty."""
    return found.select_related("child", "person", "team", "agency").defer("child__name_keys")


def first_of(actor: Actor, keys: Iterable[UUID]) -> list[Duty]:
    """The duties of these keys in the order of the keys, with what a page shows. One query.

    A list is sorted by its keys alone and only the page's few rows are then read in full.
    """
    keys = list(keys)
    rows = {duty.pk: duty for duty in with_people(everybodys(actor).filter(pk__in=keys).order_by())}
    return [rows[key] for key in keys if key in rows]


def find_duties(actor: Actor, found: QuerySet[Duty], wanted: Wanted, *, per_page: int = PER_PAGE) -> DutyList:
    """One page of the duties that answer, in groups. Four queries."""
    matching = chosen(actor, found, wanted)
    keys = in_order(matching, wanted.sort, actor.today).values_list("pk", flat=True)
    paginator = Paginator(keys, per_page)
    counts = dict(matching.order_by().values_list("bucket").annotate(n=Count("pk")))
    paginator.__dict__["count"] = sum(counts.values())
    page = paginator.get_page(wanted.page)
    groups: dict[str, list[Line]] = {}
    for line in lines_of(actor, first_of(actor, page.object_list)):
        groups.setdefault(line.group, []).append(line)
    return DutyList(page, list(groups.items()), counts, wanted.sort if wanted.sort in SORTS else "due")


def lines_of(actor: Actor, duties: list[Duty]) -> list[Line]:
    """Duties with why each stands as it does, from what else is outstanding on the same things. One query."""
    beside: dict[tuple[UUID, str], list[Duty]] = {}
    rows = Duty.objects.filter(outstanding(), area=actor.area, source_id__in={duty.source_id for duty in duties})
    for row in rows.exclude(rule="").only("source_id", "rule", "what", "owed_by", "due_on").order_by("due_on", "pk"):
        beside.setdefault((row.source_id, slices.pathway_of(row.rule)), []).append(row)
    return [_line(duty, beside.get((duty.source_id, slices.pathway_of(duty.rule)), []), actor.today) for duty in duties]


def _line(duty: Duty, beside: Iterable[Duty], today: date) -> Line:
    others = [row for row in beside if row.pk != duty.pk]
    late = [row for row in others if row.due_on and row.due_on < today and duty.due_on and row.due_on <= duty.due_on]
    is_open = not duty.released_by and duty.due_on is not None and today <= duty.due_on <= today + slices.HORIZON
    reasons = [f"Released: {released_words(duty)}"] if duty.released_by else []
    if slices.is_ours(duty) and duty.due_on and duty.due_on <= today + slices.HORIZON:
        waited = [row for row in others if not slices.is_ours(row)]
        reasons += [f"Waiting for {_waited(row, today)}" for row in waited]
        late = [row for row in late if slices.is_ours(row)]
    elif not slices.is_ours(duty):
        reasons.append(f"Owed by {duty.owed_by}")
        late = []
    if is_open and late:
        reasons.append(f"Before it, already late: {listed(dict.fromkeys(row.what for row in late))}")
    held = any(row.due_on and row.due_on < today and duty.due_on and row.due_on <= duty.due_on for row in others)
    return Line(duty, duty.bucket, tuple(dict.fromkeys(reasons)), is_open and held)


def _waited(row: Duty, today: date) -> str:
    if row.due_on is None:
        return row.owed_by
    days = (today - row.due_on).days
    return f"{row.owed_by}, {counted(days, 'day')} late" if days > 0 else f"{row.owed_by}, not yet late"


def released_words(duty: Duty) -> str:
    """The exception that releases a duty in a few words with its citation."""
    listed_one = slices.exception_of(duty)
    if listed_one is None:
        return duty.released_by
    words = GROUND_WORDS.get(listed_one.test, "an exception")
    return f"{words} ({listed_one.citation.split(') ', 1)[-1]})"


def duty_of(actor: Actor, pk: UUID) -> Duty | None:
    """One duty, open or past, or None when there is none for this person."""
    found = _named(duties_for(actor), actor).select_related("child", "person", "team", "agency")
    return found.filter(pk=pk).first()


def handings_of(actor: Actor, duty: Duty) -> list[Handing]:
    """Who held a duty, the latest first."""
    found = Handing.objects.filter(area=actor.area, duty=duty).select_related("person", "team", "by")
    return list(found.order_by("-at", "-pk"))


def steps_beside(actor: Actor, duty: Duty) -> list[Duty]:
    """The other duties of the same thing and pathway, in the order of their dates."""
    rows = duties_for(actor).filter(source=duty.source, source_id=duty.source_id).exclude(pk=duty.pk)
    found = rows.annotate(pathway=slices.PATHWAY).filter(pathway=slices.pathway_of(duty.rule)).exclude(rule="")
    return list(found.select_related("person", "team", "agency").order_by("due_on", "pk"))


@dataclass(frozen=True)
class Takers:
    """To whom work may be given: colleagues with what each has now, and teams."""

    people: list[User] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    late: dict[UUID, int] = field(default_factory=dict)
    soon: dict[UUID, int] = field(default_factory=dict)


def takers(actor: Actor) -> Takers:
    """The colleagues who can see what the actor sees, and the teams of the actor's agencies. Three queries."""
    if actor.can(Can.WORK_CASES):
        people = list(colleagues(actor, Role.CASE_OFFICER, Role.CASE_MANAGER))
    else:
        found = colleagues(actor, Role.PROFESSIONAL, Role.DESIGNATED_OFFICER)
        people = list(found.filter(memberships__agency__in=actor.agency_ids, memberships__area=actor.area))
    desks = [team for team in teams(actor) if team.agency_id in actor.agency_ids]
    loads = dict[UUID, int](), dict[UUID, int]()
    rows = everybodys(actor).filter(person__in=people, bucket__in=["overdue", "today", "week"]).order_by()
    for person, bucket, n in rows.values_list("person", "bucket").annotate(n=Count("pk")):
        load = loads[bucket != "overdue"]
        load[person] = load.get(person, 0) + n
    return Takers(people, desks, *loads)


def handover_of(actor: Actor, pk: UUID) -> Handover | None:
    """One handover that the actor made."""
    found = Handover.objects.filter(area=actor.area, by=actor.user, pk=pk).select_related("person", "team")
    return found.first()


def given(actor: Actor, handover: Handover) -> list[Duty]:
    """The duties of a handover that the actor may still see."""
    keys = [row["duty"] for row in handover.before]
    found = duties_for(actor).filter(pk__in=keys).select_related("child", "person", "team").defer("child__name_keys")
    return list(found.order_by("due_on", "pk"))


def links_of(actor: Actor) -> list[CalendarLink]:
    """The private calendar addresses of the actor that are in use."""
    return list(CalendarLink.objects.filter(area=actor.area, user=actor.user, ended_at=None).order_by("made_at", "pk"))


def days_late(duty: Duty, today: date) -> int:
    """Calendar days past the due date; 0 when not past."""
    return max((today - duty.due_on).days, 0) if duty.due_on else 0


def horizon(actor: Actor) -> date:
    """The last day of which the overview warns."""
    return actor.today + timedelta(days=slices.HORIZON.days)


def totals(actor: Actor) -> dict[str, int]:
    """How much of the person's own list there is, is late, due today, due in the week after and held up. One query."""
    held = Case(When(slices.held_up(actor.today), then=Value("1")), default=Value(""), output_field=CharField())
    rows = list(mine(actor).annotate(held=held).values_list("bucket", "held").annotate(n=Count("pk")))

    def sum_of(*buckets: str) -> int:
        return sum(n for bucket, _, n in rows if bucket in buckets)

    counts = {bucket: sum_of(bucket) for bucket in ("overdue", "today", "week")}
    return {"all": sum(n for *_, n in rows), "risk": sum(n for _, held, n in rows if held), **counts}
