"""Where a team slips before it slips: counts of what is late, nearly due and held up, each traceable to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, QuerySet, Value, When

from kept.access.acting import Actor
from kept.access.models import Agency, Team, User
from kept.cases.access import ENDED
from kept.cases.queries import cases_seen
from kept.duties.models import Duty
from kept.duties.queries import duties_for
from kept.rules.process import Stage
from kept.worklist import queries, slices

WORST = 10
NEAREST = 200
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


def overview(actor: Actor, *, team: UUID | str | None = None, law: str = "") -> Overview:
    """The state of a team, or of all that the actor may see. A constant number of queries."""
    found = queries.chosen(actor, queries.everybodys(actor), queries.Wanted(team=team, law=law))
    counted = _grouped(actor, found)
    held_by, at_stage, ruled, late = (counted.get(mark, []) for mark in (BY_HOLDER, BY_STAGE, BY_RULE, BY_LATENESS))
    total = _total(held_by)
    worst, next_to_slip = _shown(actor, found)
    return Overview(
        total=total,
        unheld=sum(row["n"] for row in held_by if _is_unheld(row) and row["bucket"] in slices.TOGETHER["urgent"]),
        by_holder=_by_holder(actor, held_by, _caseloads(actor)),
        by_stage=_by_stage(at_stage),
        by_kind=_tallies(ruled, lambda row: slices.kind_of(row["rule"]), slices.kind_words),
        by_lateness=_by_lateness(late),
        by_reason=_by_reason(actor, found),
        worst=worst,
        next_to_slip=next_to_slip,
    )


def _grouped(actor: Actor, found: QuerySet[Duty]) -> dict[int, list[dict[str, Any]]]:
    """What is due up to the horizon, counted in one pass: by holder, by stage, by rule and by lateness.

    The ORM makes the rows, each set under row-level security; PostgreSQL counts them once by everything, and those few
    counts then for each of `SETS`, under the number of the set. The stages and what holds a duty up are joined whole:
    looked up for each duty, they would cost more than all the rest.
    """
    today = actor.today
    late = Case(*(When(slices.lateness(key, today), then=Value(key)) for key, *_ in slices.LATENESS), default=Value(""))
    near = found.filter(Q(due_on__lte=today + slices.HORIZON) | ~Q(released_by="")).order_by()
    inner = [name if name != "stage" else "source_id" for name in GROUPED if name != "held"]
    rows = near.annotate(late=late, may=ExpressionWrapper(slices.in_time(today), BooleanField()))
    sets = [
        rows.values_list(*inner, "source", "pathway", "due_on", "may"),
        cases_seen(actor).order_by().values_list("pk", "stage"),
        slices.late_paths(duties_for(actor), today).values_list("source", "source_id", "pathway"),
    ]
    made = [one.query.sql_with_params() for one in sets]
    names, wanted = ", ".join(GROUPED), ", ".join(f"({names_of_set})" for names_of_set in SETS)
    query = COUNTED.format(*(sql for sql, _ in made), inner=", ".join(inner), names=names, sets=wanted)
    counted: dict[int, list[dict[str, Any]]] = {}
    for facts in _answers(query, [value for _, given in made for value in given]):
        counted.setdefault(facts["mark"], []).append(facts)
    return counted


def _answers(query: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


COUNTED = f"""
WITH near({{inner}}, source, pathway, due_on, may) AS ({{0}}), a_case(source_id, stage) AS ({{1}}),
late_path AS ({{2}}), facts AS (
  SELECT near.*, stage,
    CASE WHEN may AND (source, source_id, pathway) IN (SELECT * FROM late_path) THEN '1' ELSE '' END AS held
  FROM near LEFT JOIN a_case USING (source_id)
), counted AS MATERIALIZED (SELECT {{names}}, count(*) AS n, min(due_on) AS oldest FROM facts GROUP BY {{names}})
SELECT {{names}}, sum(n)::int AS n, min(oldest) AS oldest, grouping({", ".join(MARKS)}) AS mark
FROM counted GROUP BY GROUPING SETS ({{sets}})
"""


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
    """Why the authority's own duties are late: for which body they wait. One duty may wait for several. One query.

    Few duties wait for somebody, so the pathway of a late one is worked out only when its thing has somebody to wait
    for: `IS NOT DISTINCT FROM` is what keeps the database from working it out for all.
    """
    ours = found.filter(slices.IS_OURS, slices.group_test("overdue", actor.today)).order_by()
    late, values = ours.values_list("source", "source_id", "pathway", "due_on").query.sql_with_params()
    owing = slices.on_a_path(duties_for(actor)).exclude(slices.IS_OURS).order_by()
    bodies, more = owing.values_list("source", "source_id", "pathway", "owed_by").distinct().query.sql_with_params()
    query = (
        f"WITH late(source, source_id, pathway, due_on) AS ({late}), "
        f"owing(source, source_id, pathway, owed_by) AS ({bodies}) "
        "SELECT owed_by, count(*) AS n, min(due_on) AS oldest FROM late LEFT JOIN owing ON owing.source = late.source "
        "AND owing.source_id = late.source_id AND owing.pathway IS NOT DISTINCT FROM late.pathway GROUP BY owed_by"
    )
    tallies = [_reason(row) for row in _answers(query, [*values, *more])]
    return sorted(tallies, key=lambda one: (-one.overdue, one.words))


def _reason(row: dict[str, Any]) -> Tally:
    body = row["owed_by"]
    tally = Tally(body, f"Waiting for {body}") if body else Tally(slices.US, "Nobody outside: it is with us")
    tally.add(row | {"bucket": "overdue", "held": ""})
    return tally


def _shown(actor: Actor, found: QuerySet[Duty]) -> tuple[list[queries.Line], list[queries.Line]]:
    """The statutory duties that are late longest, and those that slip next, as lines. Two queries for both."""
    worst, next_to_slip = _worst(actor, found), _next_to_slip(actor, found)
    lines = queries.lines_of(actor, queries.first_of(actor, dict.fromkeys([*worst, *next_to_slip])))
    by_key = {line.duty.pk: line for line in lines}
    return [by_key[key] for key in worst if key in by_key], [by_key[key] for key in next_to_slip if key in by_key]


def _worst(actor: Actor, found: QuerySet[Duty]) -> list[UUID]:
    late = found.filter(slices.group_test("overdue", actor.today), is_statutory=True)
    return list(late.order_by("due_on", "made_at", "pk").values_list("pk", flat=True)[:WORST])


def _next_to_slip(actor: Actor, found: QuerySet[Duty]) -> list[UUID]:
    """What is still in time, the first to fall due first, with an earlier step already late.

    The nearest are asked first whether something holds them up, and only when they do not fill the list all others.
    """
    near = found.filter(slices.in_time(actor.today), slices.IS_OURS, is_statutory=True)
    rows = near.order_by("due_on", "made_at", "pk").values_list("pk", "source", "source_id", "pathway")
    first = list(rows[:NEAREST])
    keys = _held_up(actor, first)
    if len(keys) < WORST and len(first) == NEAREST:
        keys += _held_up(actor, list(rows[NEAREST:]))
    return keys[:WORST]


def _held_up(actor: Actor, rows: list[tuple[UUID, str, UUID, str]]) -> list[UUID]:
    things = {thing for _, _, thing, _ in rows}
    paths = slices.late_paths(duties_for(actor).filter(source_id__in=things), actor.today)
    late = set(paths.values_list("source", "source_id", "pathway"))
    return [key for key, *path in rows if tuple(path) in late]
