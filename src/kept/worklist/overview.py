"""Where a team slips before it slips: counts of what is late, nearly due and held up, each traceable to its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from kept.access.acting import Actor
from kept.access.models import Agency, Team, User
from kept.cases.access import ENDED
from kept.cases.queries import cases_seen
from kept.duties.models import Duty
from kept.duties.queries import duties_for
from kept.duties.statuses import outstanding
from kept.rules.process import Stage
from kept.worklist import queries, slices

WORST = 10
NO_ONE = "Nobody yet"
GROUPED = ("person", "team", "agency", "stage", "rule", "bucket", "late", "held")
# What the tables count by, and the number that PostgreSQL gives each: a bit for each of MARKS that is not counted by.
MARKS = ("team", "stage", "rule", "late")
SETS = ("person, team, agency, bucket, held", "stage, bucket, held", "rule, bucket, held", "late")
BY_HOLDER, BY_STAGE, BY_RULE, BY_LATENESS = 0b0111, 0b1011, 0b1101, 0b1110


@dataclass
class Tally:
    """A row of a table of the overview. `key` is the filter's value that gives the rows behind it."""

    key: str
    words: str
    overdue: int = 0
    soon: int = 0
    held: int = 0
    released: int = 0
    oldest: date | None = None
    children: int | None = None

    @property
    def total(self) -> int:
        """Whether there is anything to show at all."""
        return self.overdue + self.soon + self.held + self.released

    def add(self, row: dict[str, Any]) -> None:
        """Count a group of duties."""
        n, bucket = row["n"], row["bucket"]
        self.overdue += n if bucket == "overdue" else 0
        self.soon += n if bucket in {"today", "week"} else 0
        self.released += n if bucket == "released" else 0
        self.held += n if row["held"] == "1" else 0
        if bucket == "overdue" and (self.oldest is None or row["oldest"] < self.oldest):
            self.oldest = row["oldest"]


@dataclass(frozen=True)
class Overview:
    """All that the page shows. Every tally can be drilled to its rows."""

    total: Tally
    unheld: int
    by_holder: list[Tally]
    by_stage: list[Tally]
    by_kind: list[Tally]
    by_lateness: list[tuple[str, str, int]]
    by_reason: list[Tally]
    worst: list[queries.Line] = field(default_factory=list)
    next_to_slip: list[queries.Line] = field(default_factory=list)


def overview(actor: Actor, *, team: UUID | None = None, law: str = "") -> Overview:
    """The state of a team, or of all that the actor may see. A constant number of queries."""
    found = queries.chosen(actor, queries.everybodys(actor), queries.Wanted(team=team, law=law))
    counted = _grouped(actor, found)
    held_by, at_stage, ruled, late = (counted.get(mark, []) for mark in (BY_HOLDER, BY_STAGE, BY_RULE, BY_LATENESS))
    total = _total(held_by)
    return Overview(
        total=total,
        unheld=sum(row["n"] for row in held_by if _is_unheld(row) and row["bucket"] in slices.TOGETHER["urgent"]),
        by_holder=_by_holder(actor, held_by, _caseloads(actor)),
        by_stage=_by_stage(at_stage),
        by_kind=_tallies(ruled, lambda row: slices.kind_of(row["rule"]), slices.kind_words),
        by_lateness=_by_lateness(late),
        by_reason=_by_reason(actor, found),
        worst=_worst(actor, found),
        next_to_slip=_next_to_slip(actor, found),
    )


def _grouped(actor: Actor, found: QuerySet[Duty]) -> dict[int, list[dict[str, Any]]]:
    """What is due up to the horizon, counted in one pass: by holder, by stage, by rule and by lateness.

    The ORM makes the rows; PostgreSQL counts them once for each of `SETS`, under the number of the set.
    """
    today = actor.today
    late = Case(*(When(slices.lateness(key, today), then=Value(key)) for key, *_ in slices.LATENESS), default=Value(""))
    held = Case(When(slices.held_up(today), then=Value("1")), default=Value(""), output_field=CharField())
    near = found.filter(Q(due_on__lte=today + slices.HORIZON) | ~Q(released_by="")).order_by()
    inner = [name if name != "stage" else "source_id" for name in GROUPED]
    rows, values = near.annotate(late=late, held=held).values_list(*inner, "due_on").query.sql_with_params()
    # The stages are joined whole: looked up for each duty, they would cost more than all the rest.
    stages, more = cases_seen(actor).order_by().values_list("pk", "stage").query.sql_with_params()
    names = ", ".join(GROUPED)
    sets = ", ".join(f"({names_of_set})" for names_of_set in SETS)
    query = (
        f"SELECT {names}, count(*) AS n, min(due_on) AS oldest, grouping({', '.join(MARKS)}) AS mark "
        f"FROM ({rows}) AS near({', '.join(inner)}, due_on) LEFT JOIN ({stages}) AS a_case(source_id, stage) "
        f"USING (source_id) GROUP BY GROUPING SETS ({sets})"
    )
    counted: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, *more])
        columns = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            facts = dict(zip(columns, row, strict=True))
            counted.setdefault(facts["mark"], []).append(facts)
    return counted


def _total(rows: Iterable[dict[str, Any]]) -> Tally:
    total = Tally("", "Everything")
    for row in rows:
        total.add(row)
    return total


def _is_unheld(row: dict[str, Any]) -> bool:
    return not (row["person"] or row["team"] or row["agency"])


def _tallies(
    rows: Iterable[dict[str, Any]], key_of: Callable[[dict[str, Any]], str], words_of: Callable[[str], str]
) -> list[Tally]:
    """Tallies by a key, the most overdue first; those with nothing to say are left out."""
    found: dict[str, Tally] = {}
    for row in rows:
        key = key_of(row)
        if key not in found:
            found[key] = Tally(key, words_of(key))
        found[key].add(row)
    return sorted(filter(_says_something, found.values()), key=lambda one: (-one.overdue, -one.held, one.words))


def _says_something(tally: Tally) -> bool:
    return bool(tally.total)


def holder_key(row: dict[str, Any]) -> str:
    """Who has a duty, as the filter `holder` names it: the person, else the team, else the agency, else nobody."""
    for kind in ("person", "team", "agency"):
        if row[kind]:
            return f"{kind}:{row[kind]}"
    return queries.NOBODY


def _by_holder(actor: Actor, rows: list[dict[str, Any]], caseloads: dict[UUID, int]) -> list[Tally]:
    names: dict[str, str] = {queries.NOBODY: NO_ONE}
    for kind, model, words in (("person", User, "{}"), ("team", Team, "Desk of {}"), ("agency", Agency, "{}")):
        keys = {row[kind] for row in rows if row[kind]}
        for key, name in model.objects.filter(pk__in=keys).values_list("pk", "name"):
            names[f"{kind}:{key}"] = words.format(name)
    tallies = _tallies(rows, holder_key, lambda key: names.get(key, "Somebody whom you cannot see"))
    for tally in tallies:
        holder, _, person = tally.key.partition(":")
        tally.children = caseloads.get(UUID(person), 0) if holder == "person" else None
    return tallies


def _caseloads(actor: Actor) -> dict[UUID, int]:
    """How many running cases each officer has."""
    running = cases_seen(actor).exclude(stage__in=ENDED).filter(officer__isnull=False).order_by()
    return dict(running.values_list("officer").annotate(n=Count("pk")))


def stage_words(name: str) -> str:
    """A stage in words."""
    return Stage[name].value if name in Stage.__members__ else "Not part of a case"


def _by_stage(rows: list[dict[str, Any]]) -> list[Tally]:
    return _tallies(rows, lambda row: row["stage"] or queries.NO_CASE, stage_words)


def _by_lateness(rows: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    return [(key, words, sum(row["n"] for row in rows if row["late"] == key)) for key, words, *_ in slices.LATENESS]


def _by_reason(actor: Actor, found: QuerySet[Duty]) -> list[Tally]:
    """Why the authority's own duties are late: for which body they wait. One duty may wait for several.

    Few duties wait for somebody, so those are looked at one by one; the others are what is left of all that is late.
    """
    ours = found.filter(slices.IS_OURS, slices.group_test("overdue", actor.today)).order_by()
    left: Counter[date | None] = Counter(
        dict(ours.values_list("due_on").annotate(n=Count("*")))
    )  # the index alone answers
    bodies = _bodies_owing(actor)
    late_with = ours.filter(source_id__in={thing for _, thing, _ in bodies})
    tallies: dict[str, Tally] = {}
    for source, thing, rule, due_on in late_with.values_list("source", "source_id", "rule", "due_on"):
        waits = bodies.get((source, thing, slices.pathway_of(rule)), ())
        left[due_on] -= bool(waits)
        for body in waits:
            _count_late(tallies, body, f"Waiting for {body}", {due_on: 1})
    _count_late(tallies, slices.US, "Nobody outside: it is with us", +left)
    return sorted(tallies.values(), key=lambda one: (-one.overdue, one.words))


def _bodies_owing(actor: Actor) -> dict[tuple[str, UUID, str], set[str]]:
    """Which bodies outside the authority still owe something, by the pathway of the thing that waits for it."""
    owing = duties_for(actor).filter(outstanding()).exclude(slices.IS_OURS).exclude(rule="").order_by()
    found: dict[tuple[str, UUID, str], set[str]] = {}
    for source, thing, rule, body in owing.values_list("source", "source_id", "rule", "owed_by"):
        found.setdefault((source, thing, slices.pathway_of(rule)), set()).add(body)
    return found


def _count_late(tallies: dict[str, Tally], body: str, words: str, late: Mapping[date | None, int]) -> None:
    for due_on, n in late.items():
        tally = tallies.setdefault(body, Tally(body, words))
        tally.add({"n": n, "bucket": "overdue", "held": "", "oldest": due_on})


def _worst(actor: Actor, found: QuerySet[Duty]) -> list[queries.Line]:
    """The statutory duties that are late longest."""
    late = found.filter(slices.group_test("overdue", actor.today), is_statutory=True)
    return _lines(actor, late)


def _lines(actor: Actor, found: QuerySet[Duty]) -> list[queries.Line]:
    """The first few by date."""
    keys = found.order_by("due_on", "made_at", "pk").values_list("pk", flat=True)[:WORST]
    return queries.lines_of(actor, queries.first_of(actor, keys))


def _next_to_slip(actor: Actor, found: QuerySet[Duty]) -> list[queries.Line]:
    """What is still in time, the first to fall due first, with an earlier step already late."""
    return _lines(actor, found.filter(slices.held_up(actor.today), slices.IS_OURS, is_statutory=True))
