"""Where every child is, always as the person who asks. A constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Case as When
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import When as If

from kept.access.acting import Actor
from kept.cases.access import ENDED
from kept.cases.models import Case
from kept.people.models import Child, Enrolment
from kept.whereabouts.half_terms import half_term_of
from kept.whereabouts.models import Attends, Confirmation

WORRYING = (Attends.NOT, Attends.GONE, Attends.AWAITING, Attends.UNKNOWN, Attends.SEVERE)
NO_SETTING = "none"


@dataclass(frozen=True)
class Pupil:
    """A pupil of a setting, with where their case stands and when they were last confirmed."""

    child: Child
    case: Case | None
    last: Confirmation | None

    @property
    def confirmed_on(self) -> date | None:
        """When somebody last said where the child is."""
        return self.last.confirmed_on if self.last else None


def pupils_of(actor: Actor, found: Iterable[Child]) -> list[Pupil]:
    """The children with the case that counts and what was last said of each. Two queries."""
    children = list(found)
    cases: dict = {}
    for case in (
        Case.objects.filter(area=actor.area, child__in=children).order_by("opened_on").select_related("officer")
    ):
        if case.child_id not in cases or case.stage not in ENDED:
            cases[case.child_id] = case
    last = {}
    for one in Confirmation.objects.filter(area=actor.area, child__in=children).order_by("confirmed_on", "at"):
        last[one.child_id] = one
    return [Pupil(child, cases.get(child.pk), last.get(child.pk)) for child in children]


def _today(actor: Actor) -> Q:
    return Q(starts_on__lte=actor.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today))


def every_child(actor: Actor, *, state: str = "", unconfirmed: bool = False, plan: str = "") -> QuerySet[Child]:
    """Every child with a plan or in assessment, the one who was unconfirmed longest first.

    Each has `where` (what was last said, or else what the roll says), `confirmed_on`, `said_by`, `setting_name`,
    `setting_phone`, `officer_name`, `case_id`. state filters by `where`; unconfirmed: not confirmed this half-term.
    """
    open_case = _running(actor).filter(child=OuterRef("pk")).order_by("-opened_on")
    last = _said(actor).filter(child=OuterRef("pk")).order_by("-confirmed_on", "-at")
    enrolled = _on_roll(actor).filter(child=OuterRef("pk")).order_by("-starts_on")
    found = (
        Child.objects.filter(Exists(open_case.order_by()), area=actor.area, died_on__isnull=True)
        .annotate(
            case_id=Subquery(open_case.values("pk")[:1]),
            has_plan=Subquery(open_case.values("has_plan")[:1]),
            officer_name=Subquery(open_case.values("officer__name")[:1]),
            said=Subquery(last.values("attends")[:1]),
            confirmed_on=Subquery(last.values("confirmed_on")[:1]),
            said_by=Subquery(last.values("said_by")[:1]),
            enrolment=Subquery(enrolled.values("kind")[:1]),
            setting_name=Subquery(enrolled.values("setting__name")[:1]),
            setting_phone=Subquery(enrolled.values("setting__phone")[:1]),
        )
        .annotate(where=_where())
        .defer("name_keys")
    )
    if state:
        found = found.filter(where=state)
    if unconfirmed:
        term = half_term_of(actor.today)
        found = found.filter(~Exists(_said(actor).filter(child=OuterRef("pk"), confirmed_on__gte=term.starts_on)))
    if plan:
        found = found.filter(has_plan=plan == "yes")
    return found.order_by(F("confirmed_on").asc(nulls_first=True), "sort_key", "pk")


def of_officer(actor: Actor) -> Q:
    """The test of a child whose running case the actor has, or stands in for."""
    mine = _running(actor).filter(Q(officer=actor.user) | Q(deputy=actor.user))
    return Q(pk__in=mine.values("child"))


def page_of(actor: Actor, keys: Iterable[UUID]) -> list[Child]:
    """The children of one page of `every_child`, in the order of their keys, with all that is said of them."""
    keys = list(keys)
    found = {child.pk: child for child in every_child(actor).filter(pk__in=keys).order_by()}
    return [found[key] for key in keys if key in found]


def _running(actor: Actor) -> QuerySet[Case]:
    return Case.objects.filter(area=actor.area).exclude(stage__in=ENDED)


def _said(actor: Actor) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(area=actor.area)


def _on_roll(actor: Actor) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(_today(actor), area=actor.area)


def _where() -> When:
    """What was last said; else what the roll says; else that there is no setting."""
    return When(
        If(left_area_on__isnull=False, then=Value("left")),
        If(said__isnull=False, then=F("said")),
        If(enrolment="on_roll", then=Value("roll")),
        If(enrolment__isnull=False, then=F("enrolment")),
        default=Value(NO_SETTING),
    )


WORDS = dict(Attends.choices) | {
    "roll": "On roll, never confirmed",
    "eotas": "Educated otherwise than at school",
    "awaiting": "Awaiting a place",
    "home": "Educated at home by choice",
    "neet": "Not in education, employment or training",
    "left": "Left the area",
    NO_SETTING: "No setting on the record",
}


def totals(actor: Actor) -> dict[str, int]:
    """How many children are where, and how many are unconfirmed this half-term. One query."""
    return look(actor, first=0, most=0).totals


@dataclass(frozen=True)
class Look:
    """What one look at every child found: how many are where, and the keys and number of those asked for."""

    totals: dict[str, int]
    keys: list[UUID]
    count: int


def look(
    actor: Actor,
    *,
    state: str = "",
    unconfirmed: bool = False,
    plan: str = "",
    living: Q | None = None,
    first: int = 0,
    most: int = 30,
) -> Look:
    """The totals of all children, and of those who answer the filters of `every_child` the `most` from `first` on.

    They come in the order of `every_child`. One query and one pass of each table: the ORM makes the sets of rows, each
    under row-level security; PostgreSQL joins them whole, where a subquery for each child would look each of them up.
    living: a further test of the child.
    """
    children = Child.objects.filter(area=actor.area, died_on__isnull=True)
    sets = [
        children.values_list("pk", "left_area_on", "sort_key"),
        _running(actor).order_by("child", "-opened_on").distinct("child").values_list("child", "has_plan"),
        _said(actor)
        .order_by("child", "-confirmed_on", "-at")
        .distinct("child")
        .values_list("child", "attends", "confirmed_on"),
        _on_roll(actor).order_by("child", "-starts_on").distinct("child").values_list("child", "kind"),
        (children.filter(living) if living is not None else children.none()).order_by().values_list("pk"),
    ]
    begun = half_term_of(actor.today).starts_on
    asked = {
        "state": ("place = %s", [state]) if state else None,
        "unconfirmed": ("(confirmed_on IS NULL OR confirmed_on < %s)", [begun]) if unconfirmed else None,
        "plan": ("has_plan = %s", [plan == "yes"]) if plan else None,
        "living": ("id IN (SELECT * FROM living)", list[Any]()) if living is not None else None,
    }
    tests = [one for one in asked.values() if one]
    made = [_sql(one) for one in sets]
    query = LOOK.format(*(sql for sql, _ in made), asked=" AND ".join(["true", *(test for test, _ in tests)]))
    values = [value for _, given in made for value in given] + [value for _, given in tests for value in given]
    found: dict[str, int] = {"unconfirmed": 0, "all": 0}
    keys, count = [], 0
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, most, first, begun])
        for key, place, is_confirmed, number in cursor.fetchall():
            if key:
                keys.append((number, key))
            elif place is None:
                count = number
            else:
                found[place] = found.get(place, 0) + number
                found["all"] += number
                found["unconfirmed"] += 0 if is_confirmed else number
    return Look(found, [key for _, key in sorted(keys)], count)


def page_of_every_child(actor: Actor, *, number: str | None, per_page: int, **asked: Any) -> tuple[Look, Page[Child]]:
    """A page of those whom `look` finds, with all that is said of them, and the look. Three queries past the end."""
    wanted = int(number) if number and number.isdecimal() and len(number) < 7 else 1  # noqa: PLR2004
    found = look(actor, first=max(wanted - 1, 0) * per_page, most=per_page, **asked)
    paginator = Paginator(range(found.count), per_page)
    page: Page[Any] = paginator.get_page(number)
    if page.number != max(wanted, 1):
        found = look(actor, first=(page.number - 1) * per_page, most=per_page, **asked)
    page.object_list = page_of(actor, found.keys)
    return found, page


def _sql(found: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        return found.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::uuid WHERE false", ()


LOOK = f"""
WITH child(id, left_on, sort_key) AS ({{}}), a_case(id, has_plan) AS ({{}}), said(id, attends, confirmed_on) AS ({{}}),
enrolled(id, kind) AS ({{}}), living(id) AS ({{}}),
every AS MATERIALIZED (
  SELECT child.id, sort_key, has_plan, confirmed_on,
    CASE WHEN left_on IS NOT NULL THEN 'left' WHEN attends IS NOT NULL THEN attends
      WHEN kind = 'on_roll' THEN 'roll' ELSE coalesce(kind, '{NO_SETTING}') END AS place
  FROM child JOIN a_case USING (id) LEFT JOIN said USING (id) LEFT JOIN enrolled USING (id)
), wanted AS (SELECT * FROM every WHERE {{asked}}),
page AS (
  SELECT id FROM wanted ORDER BY confirmed_on NULLS FIRST, sort_key, id LIMIT %s OFFSET %s
)
SELECT NULL::uuid, place, coalesce(confirmed_on >= %s, false), count(*) FROM every GROUP BY 2, 3
UNION ALL SELECT NULL, NULL, NULL, count(*) FROM wanted
UNION ALL SELECT id, NULL, NULL, row_number() OVER () FROM page
"""


def history_of(actor: Actor, child: Child) -> list[Confirmation]:
    """What was said of a child, the latest first."""
    return list(Confirmation.objects.filter(area=actor.area, child=child).select_related("setting", "by")[:100])
