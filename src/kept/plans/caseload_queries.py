"""The report of the night: which plans, writers, services and rules to mend first. Read as the person who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Sum, Value, When

from kept.access.acting import Actor
from kept.plans.models import LintNight, PlanNight
from kept.plans.section_sets import section_sets
from kept.plans.words import DRAFT_STAGES, Kind
from kept.rules.plans import Severity, rules

PER_PAGE = 25
MOST_OF_A_PLAN = 200
# What a finding weighs when plans are put in order. A promise that nobody can count is a promise that nobody keeps.
WEIGHTS = {Severity.BLOCKER.value: 10, Severity.MAJOR.value: 3, Severity.MINOR.value: 1, Severity.INFO.value: 0}
UNCOUNTABLE = 5
POINTS_IN_WORDS = (
    "A finding that can make the plan unenforceable counts 10, a grave one 3, a small one 1; each item of provision "
    "that nobody can count 5. Most points first."
)
SORTS = {
    "points": "points", "blockers": "blockers", "majors": "majors", "uncountable": "uncountable",
    "child": "child__sort_key", "writer": "writer__name",
}  # fmt: skip
WAYS = {"plan": "Plans", "writer": "Writers", "service": "Services", "rule": "Rules"}


@dataclass(frozen=True)
class Asked:
    """What the report is asked for. Empty means any."""

    by: str = "plan"
    severity: str = ""
    writer: UUID | None = None
    service: str = ""
    rule: str = ""
    stage: str = ""
    sort: str = "-points"
    page: int = 1


@dataclass(frozen=True)
class Totals:
    """The caseload in a few figures. countable: share of provision that can be counted, 0 to 1; None without any."""

    plans: int
    blockers: int
    with_blockers: int
    provisions: int
    schedulable: int
    unconfirmed: int
    checked_on: date | None

    @property
    def countable(self) -> float | None:
        """Share of the items of provision whose delivery can be counted."""
        return self.schedulable / self.provisions if self.provisions else None


@dataclass(frozen=True)
class Group:
    """One line of a report by writer, service or rule."""

    key: str
    name: str
    plans: int
    blockers: int
    majors: int
    points: int
    countable: float | None = None
    note: str = ""


def totals(actor: Actor) -> Totals:
    """The figures of the last night; one query."""
    sums = {
        "plans": Count("pk"), "all_blockers": Sum("blockers"), "with_blockers": Count("pk", filter=Q(blockers__gt=0)),
        "all_provisions": Sum("provisions"), "all_schedulable": Sum("schedulable"),
        "unconfirmed": Sum("read_by_machine"),
    }  # fmt: skip
    found = PlanNight.objects.filter(area=actor.area).aggregate(**sums, checked_on=Max("on"))
    counted = {name.removeprefix("all_"): found[name] or 0 for name in sums}
    return Totals(**counted, checked_on=found["checked_on"])


_UNCOUNTABLE = F("provisions") - F("schedulable")
_POINTS = F("blockers") * WEIGHTS["blocker"] + F("majors") * WEIGHTS["major"] + F("minors") + _UNCOUNTABLE * UNCOUNTABLE


def plans_found(actor: Actor, asked: Asked) -> QuerySet[PlanNight, Any]:
    """The plans that answer, in the order asked for, with their points."""
    found = PlanNight.objects.filter(area=actor.area).annotate(points=_POINTS, uncountable=_UNCOUNTABLE)
    if asked.writer:
        found = found.filter(writer_id=asked.writer)
    if asked.stage:
        drafts = Q(version__stage__in=DRAFT_STAGES)
        found = found.filter(drafts if asked.stage == "draft" else ~drafts)
    narrowed = _findings(actor, asked)
    if narrowed is not None:
        found = found.filter(Exists(narrowed.filter(version=OuterRef("version"))))
    field = SORTS.get(asked.sort.removeprefix("-"), "points")
    order = F(field).desc() if asked.sort.startswith("-") else F(field).asc()
    return found.select_related("version", "child", "writer").order_by(order, "child__sort_key", "pk")


def _findings(actor: Actor, asked: Asked) -> QuerySet[LintNight] | None:
    """The findings that the filters ask for; None when no filter is about findings."""
    wanted = {"severity": asked.severity, "service": asked.service, "rule": asked.rule}
    given = {name: value for name, value in wanted.items() if value}
    return LintNight.objects.filter(area=actor.area, **given) if given else None


def page_of_plans(actor: Actor, asked: Asked) -> Page[PlanNight]:
    """One page of plans; two queries."""
    return Paginator(plans_found(actor, asked), PER_PAGE).get_page(asked.page)


def _points_of_findings() -> Sum:
    whens = [When(severity=severity, then=Value(weight)) for severity, weight in WEIGHTS.items()]
    return Sum(Case(*whens, default=Value(0), output_field=IntegerField()))


def _narrowed(actor: Actor, asked: Asked) -> QuerySet[LintNight]:
    found = _findings(actor, asked)
    rows = LintNight.objects.filter(area=actor.area) if found is None else found
    return rows.filter(writer_id=asked.writer) if asked.writer else rows


_COUNTS: dict[str, Any] = {
    "plans": Count("version", distinct=True),
    "blockers": Count("pk", filter=Q(severity="blocker")),
    "majors": Count("pk", filter=Q(severity="major")),
}


def by_rule(actor: Actor, asked: Asked) -> list[Group]:
    """Each rule that found something, the heaviest first."""
    rows = _narrowed(actor, asked).values("rule").annotate(points=_points_of_findings(), **_COUNTS)
    known = rules()
    made = [
        Group(row["rule"], f"{row['rule']} {known[row['rule']].title}" if row["rule"] in known else row["rule"],
              row["plans"], row["blockers"], row["majors"], row["points"],
              note=known[row["rule"]].plain if row["rule"] in known else "")
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-one.points, -one.plans, one.key))


def by_service(actor: Actor, asked: Asked) -> list[Group]:
    """Findings on provision by the service that it is of, the heaviest first."""
    codes = {one.code for each in section_sets().values() for one in each.sections if Kind.PROVISION in one.kinds}
    rows = _narrowed(actor, asked).filter(section__in=codes)
    found = rows.values("service").annotate(points=_points_of_findings(), **_COUNTS)
    made = [
        Group(row["service"], row["service"].capitalize() or "No service is named", row["plans"], row["blockers"],
              row["majors"], row["points"])
        for row in found
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-one.points, one.name))


def by_writer(actor: Actor, asked: Asked) -> list[Group]:
    """Each writer's plans: never a target on its own, but where help and time are needed."""
    rows = (
        plans_found(actor, asked)
        .order_by()
        .values("writer_id", "writer__name")
        .annotate(
            plans=Count("pk"), all_blockers=Sum("blockers"), all_majors=Sum("majors"), all_points=Sum(_POINTS),
            all_provisions=Sum("provisions"), all_schedulable=Sum("schedulable"),
        )
    )  # fmt: skip
    made = [
        Group(
            str(row["writer_id"] or ""), row["writer__name"] or "Nobody", row["plans"], row["all_blockers"],
            row["all_majors"], row["all_points"],
            countable=row["all_schedulable"] / row["all_provisions"] if row["all_provisions"] else None,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-one.points / max(1, one.plans), one.name))


GROUPS = {"rule": by_rule, "service": by_service, "writer": by_writer}


def choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: writers, services and rules of the last night; three queries."""
    nights, findings = PlanNight.objects.filter(area=actor.area), LintNight.objects.filter(area=actor.area)
    writers = nights.filter(writer__isnull=False).values_list("writer_id", "writer__name").distinct()
    services = findings.exclude(service="").values_list("service", flat=True).distinct().order_by("service")
    known = rules()
    numbers = findings.values_list("rule", flat=True).distinct().order_by("rule")
    return {
        "writer": sorted(((str(key), name) for key, name in writers), key=lambda pair: pair[1]),
        "service": [(one, one.capitalize()) for one in services],
        "rule": [(one, f"{one} {known[one].title}" if one in known else one) for one in numbers],
    }


def findings_of(actor: Actor, version_pk: UUID) -> list[LintNight]:
    """What was found on one version in the last night, the gravest first."""
    order = Case(*(When(severity=each.value, then=Value(place)) for place, each in enumerate(Severity)), default=9)
    return list(
        LintNight.objects.filter(area=actor.area, version_id=version_pk).order_by(order, "section", "rule")[
            :MOST_OF_A_PLAN
        ]
    )


def rows_for_file(actor: Actor, asked: Asked) -> Iterator[tuple[object, ...]]:
    """The plans that answer, as the lines of a file."""
    for one in plans_found(actor, asked).iterator(chunk_size=1000):
        yield (
            one.child.full_name, str(one.version), one.writer.name if one.writer else "", one.points, one.blockers,
            one.majors, one.minors, one.provisions, one.schedulable, one.needs, one.needs_threaded,
            one.read_by_machine, one.on.isoformat(),
        )  # fmt: skip


HEAD = (
    "Child", "Version", "Writer", "Points", "Can make it unenforceable", "Grave", "Small", "Items of provision",
    "Items that can be counted", "Needs", "Needs with provision and an outcome", "Read by machine, not confirmed",
    "Checked on",
)  # fmt: skip
