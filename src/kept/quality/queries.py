"""Read audits, always as the person who asks, and never more than they may know while they judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kept.access.acting import Actor
from kept.access.models import User
from kept.people.codes import Need
from kept.quality.judging import pairs_of, sections_of
from kept.quality.models import Action, Chair, Copy, Machine, Mark, Round, Sampled, Seat
from kept.rules.plans import rules
from kept.rules.plans.model import Severity
from kept.rules.quality import Compared, Grade, Pair, agreed_grade, compare, needs_moderation, weighted_kappa
from kept.rules.quality.agreement import WHOLE

FEW = 3
SPOKEN = frozenset({str(Severity.BLOCKER), str(Severity.MAJOR)})


def rounds(actor: Actor) -> QuerySet[Round]:
    """The audits, the latest first, with how many seats they have and how many have judged."""
    seats = Q(copies__seats__stood_down_because="") & ~Q(copies__seats__chair=Chair.MODERATOR)
    return Round.objects.filter(area=actor.area).annotate(
        seats=Count("copies__seats", filter=seats),
        judged=Count("copies__seats", filter=seats & Q(copies__seats__judged_on__isnull=False)),
    )


def round_of(actor: Actor, pk: UUID) -> Round | None:
    """One audit."""
    return rounds(actor).filter(pk=pk).first()


def seats_of(actor: Actor) -> list[Seat]:
    """The person's own seats, those still to judge first."""
    found = Seat.objects.filter(area=actor.area, auditor=actor.user, stood_down_because="")
    return list(found.select_related("copy__round").order_by("judged_on", "due_on", "copy__number"))


def seat_of(actor: Actor, pk: UUID) -> Seat | None:
    """One of the person's own seats."""
    found = Seat.objects.filter(area=actor.area, auditor=actor.user, pk=pk, stood_down_because="")
    return found.select_related("copy__round", "agency").first()


@dataclass(frozen=True)
class Finding:
    """One thing that the wording check found in a copy."""

    rule: str
    severity: str
    section: str
    label: str
    words: str
    plain: str


@dataclass(frozen=True)
class Judged:
    """One copy as its marks stand. `final` holds the grades that count; what waits for a moderator is not in it."""

    copy: Copy
    marks: Sequence[Mark]
    pairs: Mapping[str, Pair]
    apart: Sequence[str]
    final: Mapping[str, Grade]
    findings: Sequence[Finding]

    @property
    def compared(self) -> Compared:
        """Where people and the wording check agree."""
        return compare(self.final, {one.section for one in self.findings if one.severity in SPOKEN})

    @property
    def is_released(self) -> bool:
        """Whether both of the pair have judged."""
        return bool(self.pairs)

    def of_section(self, section: str) -> list[Mark]:
        """The marks of one section, by chair."""
        order = [one.value for one in Chair]
        return sorted((one for one in self.marks if one.section == section), key=lambda one: order.index(one.chair))


def judged(actor: Actor, copies: Sequence[Copy], *, own: Seat | None = None) -> list[Judged]:
    """What was judged of some copies, as far as it is open to the person. Two queries.

    own: the seat of an auditor; until they have judged, they read nothing of the others or of the machine.
    """
    marks: dict[UUID, list[Mark]] = {}
    for mark in Mark.objects.filter(area=actor.area, copy__in=copies, released=True):
        marks.setdefault(mark.copy_id, []).append(mark)
    machines = {one.copy_id: one for one in Machine.objects.filter(area=actor.area, copy__in=copies, released=True)}
    hidden = own is not None and own.judged_on is None
    return [_judged(copy, [] if hidden else marks.get(copy.pk, []), machines.get(copy.pk)) for copy in copies]


def _judged(copy: Copy, marks: Sequence[Mark], machine: Machine | None) -> Judged:
    pairs = pairs_of(marks)
    settled = {one.section: Grade(one.grade) for one in marks if one.chair == Chair.MODERATOR}
    final = {section: agreed_grade(pair, settled.get(section)) for section, pair in pairs.items()}
    return Judged(
        copy=copy,
        marks=marks,
        pairs=pairs,
        apart=[section for section in needs_moderation(pairs) if section not in settled],
        final={section: grade for section, grade in final.items() if grade is not None},
        findings=[Finding(*row) for row in machine.findings] if machine and marks else [],
    )


def copies_of(actor: Actor, made: Round) -> list[Copy]:
    """The copies of an audit, with their seats."""
    found = Copy.objects.filter(area=actor.area, round=made).select_related("round")
    return list(found.prefetch_related("seats__auditor", "seats__agency"))


def copy_of(actor: Actor, pk: UUID) -> Copy | None:
    """One copy with its seats."""
    found = Copy.objects.filter(area=actor.area, pk=pk).select_related("round")
    return found.prefetch_related("seats__auditor", "seats__agency").first()


def actions_of(actor: Actor, made: Round | None = None) -> list[Action]:
    """What is to be done, the earliest day first; of one audit or of all that the person may see."""
    found = Action.objects.filter(area=actor.area).select_related("owner", "copy", "round", "closed_by")
    return list(found.filter(round=made) if made else found)


def action_of(actor: Actor, pk: UUID) -> Action | None:
    """One action."""
    found = Action.objects.filter(area=actor.area, pk=pk)
    return found.select_related("owner", "copy", "round", "closed_by").first()


@dataclass(frozen=True)
class Line:
    """A group's grades in one audit. mean and share are None for too few plans to say anything."""

    group: str
    plans: int
    mean: float | None
    good: float | None


@dataclass(frozen=True)
class Results:
    """What an audit found, by writer, service, section and stratum; and how far the judges agree."""

    made: Round
    whole: Line
    by_section: Sequence[Line]
    by_writer: Sequence[Line]
    by_service: Sequence[Line]
    by_need: Sequence[Line]
    by_rule: Sequence[tuple[str, int]]
    kappa: float | None
    both: int
    people_only: int
    machine_only: int


def results(actor: Actor, found: Sequence[Round]) -> list[Results]:
    """The results of some audits, the earliest first, so that they read as a course of time. Five queries."""
    copies: dict[UUID, list[Copy]] = {}
    for copy in Copy.objects.filter(area=actor.area, round__in=found).select_related("round"):
        copies.setdefault(copy.round_id, []).append(copy)
    every = [copy for group in copies.values() for copy in group]
    known = {one.copy.pk: one for one in judged(actor, every)}
    facts = {
        one.copy_id: one for one in Sampled.objects.filter(area=actor.area, copy__in=every).select_related("writer")
    }
    ordered = sorted(found, key=lambda one: (one.drawn_on, one.pk))
    return [_results(made, [known[copy.pk] for copy in copies.get(made.pk, [])], facts) for made in ordered]


def _results(made: Round, rows: Sequence[Judged], facts: Mapping[UUID, Sampled]) -> Results:
    sections = [
        section for section in dict.fromkeys(s for row in rows for s in sections_of(row.copy)) if section != WHOLE
    ]
    writers: dict[str, list[Judged]] = {}
    services: dict[str, list[Judged]] = {}
    needs: dict[str, list[Judged]] = {}
    names = dict(Need.choices)
    for row in rows:
        fact = facts.get(row.copy.pk)
        if fact is None:
            continue
        writers.setdefault(_name(fact.writer), []).append(row)
        needs.setdefault(names.get(fact.need, "Not recorded"), []).append(row)
        for service in fact.services:
            services.setdefault(str(service), []).append(row)
    compared = [row.compared for row in rows if row.is_released]
    found: dict[str, int] = {}
    known = rules()
    for row in rows:
        for rule in {one.rule for one in row.findings}:
            found[rule] = found.get(rule, 0) + 1
    return Results(
        made=made,
        whole=_line("All plans", [row.final.get(WHOLE) for row in rows], few=1),
        by_section=[_line(section, [row.final.get(section) for row in rows], few=1) for section in sections],
        by_writer=[_line(name, [row.final.get(WHOLE) for row in group]) for name, group in sorted(writers.items())],
        by_service=[_line(name, [row.final.get("F") for row in group]) for name, group in sorted(services.items())],
        by_need=[_line(name, [row.final.get(WHOLE) for row in group]) for name, group in sorted(needs.items())],
        by_rule=sorted(
            ((known[rule].title if rule in known else rule, count) for rule, count in found.items()),
            key=lambda one: (-one[1], one[0]),
        ),
        kappa=weighted_kappa([pair for row in rows for pair in row.pairs.values()]),
        both=sum(len(one.both) for one in compared),
        people_only=sum(len(one.people_only) for one in compared),
        machine_only=sum(len(one.machine_only) for one in compared),
    )


@dataclass(frozen=True)
class Course:
    """One group's grades audit by audit, the earliest first; None where it was not among the plans.

    moved: how far the mean moved from the first ended audit that says something to the last; None with fewer than two.
    """

    group: str
    lines: Sequence[Line | None]
    moved: float | None


def courses(found: Sequence[Results], by: str) -> list[Course]:
    """The groups of some results over time. by: "by_section", "by_writer", "by_service" or "by_need"."""
    tables = [{line.group: line for line in getattr(one, by)} for one in found]
    groups = dict.fromkeys(group for table in tables for group in table)
    ordered = groups if by == "by_section" else sorted(groups)
    made = []
    for group in ordered:
        lines = [table.get(group) for table in tables]
        over = [line for line, one in zip(lines, found, strict=True) if one.made.closed_on and line is not None]
        means = [line.mean for line in over if line.mean is not None]
        made.append(Course(group, lines, means[-1] - means[0] if len(means) > 1 else None))
    return made


def _name(writer: User | None) -> str:
    return writer.name if writer else "Not recorded"


def _line(group: str, grades: Sequence[Grade | None], *, few: int = FEW) -> Line:
    known = [grade for grade in grades if grade is not None]
    if len(known) < few:
        return Line(group, len(known), None, None)
    return Line(group, len(known), fmean(known), sum(grade >= Grade.GOOD for grade in known) / len(known))
