"""Figures are counted from records, can be traced to their rows, and hide what would give a child away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from kept.access.acting import Refused
from kept.duties.actions import DutyFacts, sync
from kept.measures import queries, splitting
from kept.measures.behind import rows_behind
from kept.measures.catalogue import ALL, BY_CODE, COMPUTED
from kept.measures.computing import compute, month_after
from kept.measures.models import Value
from kept.measures.national import published
from kept.rules import spc
from tests import made_up

MAY = date(2026, 5, 1)
T1, T2, T3 = BY_CODE["T1"], BY_CODE["T2"], BY_CODE["T3"]


def value(place: SimpleNamespace, code: str, month: date = MAY, **more: str) -> Value:
    with place.system():
        return Value.objects.get(area=place.area, code=code, month=month, **{"split": "", **more})


def run(place: SimpleNamespace, **more: object) -> int:
    with place.system() as by:
        return compute(by=by, **more)


def test_plans_in_twenty_weeks_are_counted_with_and_without_exceptions(
    place: SimpleNamespace, plans: Callable[..., object]
) -> None:
    plans(MAY, on_time=3, late=2, released=1)
    run(place, first=MAY)
    assert (value(place, "T1").numerator, value(place, "T1").denominator) == (3, 5)
    assert (value(place, "T2").numerator, value(place, "T2").denominator) == (3, 6)
    assert value(place, "T7").middle == pytest.approx(145)
    assert value(place, "T1").query_version == T1.query_version


def test_day_140_is_in_time_and_day_141_is_not(place: SimpleNamespace) -> None:
    with place.system() as by:
        for days in (140, 141):
            sent = MAY + timedelta(days=3)
            facts = DutyFacts(
                key="k", rule="assess.final_plan", what="Plan", authority="r.13", owed_by="council",
                starts_on=sent - timedelta(days=days), due_on=sent, met_on=sent,
            )  # fmt: skip
            child = made_up.a_child(place.area)
            sync(by=by, source="cases", source_id=uuid4(), child_id=child.pk, duties=[facts])
    run(place, first=MAY)
    assert (value(place, "T2").numerator, value(place, "T2").denominator) == (1, 2)


def test_the_tail_counts_whoever_still_waited_at_the_end_of_each_month(place: SimpleNamespace) -> None:
    child = made_up.a_child(place.area)
    facts = DutyFacts(
        key="k", rule="assess.final_plan", what="Plan", authority="r.13", owed_by="council",
        starts_on=date(2025, 11, 1), due_on=date(2026, 3, 21), met_on=date(2026, 5, 10),
    )  # fmt: skip
    with place.system() as by:
        sync(by=by, source="cases", source_id=uuid4(), child_id=child.pk, duties=[facts])
    run(place, first=date(2026, 2, 1))
    tail = [value(place, "T3", month).numerator for month in (date(2026, n, 1) for n in (2, 3, 4, 5))]
    assert tail == [0, 1, 1, 0]


def test_advice_never_given_counts_against_the_month_in_which_it_was_due(place: SimpleNamespace) -> None:
    child = made_up.a_child(place.area)
    facts = DutyFacts(
        key="k", rule="advice.response", what="Advice", authority="r.8", owed_by="Health",
        starts_on=date(2026, 4, 1), due_on=date(2026, 5, 13),
    )  # fmt: skip
    with place.system() as by:
        sync(by=by, source="cases", source_id=uuid4(), child_id=child.pk, duties=[facts])
    run(place, first=MAY)
    assert (value(place, "T8").numerator, value(place, "T8").denominator) == (0, 1)


def test_every_figure_equals_the_rows_behind_it(place: SimpleNamespace, plans: Callable[..., object]) -> None:
    plans(MAY, on_time=4, late=3)
    run(place, first=MAY)
    with place.acting(place.director) as actor:
        for one in COMPUTED:
            rows = rows_behind(actor, one, MAY).rows
            figure = Value.objects.get(area=place.area, code=one.code, month=MAY, split="")
            assert (sum(row.hit for row in rows), len(rows)) == (figure.numerator, figure.denominator), one.code


def test_rows_are_only_for_those_who_may_see_the_children(place: SimpleNamespace, plans: Callable[..., object]) -> None:
    plans(MAY, on_time=4)
    run(place, first=MAY)
    with place.acting(place.analyst) as actor:
        assert rows_behind(actor, T1, MAY).rows == []


def test_computing_again_replaces_and_a_month_that_runs_is_refused(
    place: SimpleNamespace, plans: Callable[..., object]
) -> None:
    plans(MAY, on_time=2)
    assert run(place, first=MAY) == run(place, first=MAY)
    with pytest.raises(ValueError, match="when it is over"):
        run(place, last=date(2026, 6, 1))
    with place.acting(place.analyst) as actor, pytest.raises(Refused):
        compute(by=actor)


def test_a_measure_without_a_source_has_no_figure_and_says_whose_records_it_waits_for() -> None:
    assert all(one.is_computed != bool(one.waits_for) for one in ALL)
    assert {one.code for one in ALL} >= {"Q2", "W1", "V1"}
    assert all(code in BY_CODE for one in ALL for code in one.counter)
    assert all(one.counter or one.direction is spc.Direction.NEUTRAL for one in COMPUTED)


@pytest.mark.parametrize(
    ("hits", "base", "text"), [(5, 60, "c"), (55, 60, "c"), (6, 60, "10%"), (8, 20, "6 to 10 children"), (0, 60, "c")]
)
def test_what_everybody_sees_hides_small_numbers(
    place: SimpleNamespace, plans: Callable[..., object], hits: int, base: int, text: str
) -> None:
    figure = Value(month=MAY, numerator=hits, denominator=base)
    [shown] = queries.periods(T2, [figure] * 1, whole=False)
    assert shown.text == text
    assert (shown.longest, shown.base) == (None, None) if text[-1] != "%" else shown.base == base


def months_of(pairs: list[tuple[int, int]]) -> list[Value]:
    first = month_after(MAY, 1 - len(pairs))
    return [Value(month=month_after(first, at), numerator=n, denominator=d) for at, (n, d) in enumerate(pairs)]


def test_small_months_become_quarters_and_only_one_grain_is_shown() -> None:
    shown = queries.periods(T1, months_of([(4, 12)] * 24), whole=False)
    assert queries.months_each(shown) == 3
    assert [period.text for period in shown] == ["33%"] * 8


def test_one_point_all_equal_noughts_and_gaps_do_not_break_a_chart() -> None:
    for pairs in ([(30, 60)], [(30, 60)] * 20, [(0, 60)] * 20, [(0, 0)] * 3 + [(30, 60)] * 12 + [(0, 0)]):
        found = queries.periods(T1, months_of(pairs), whole=True)
        chart = queries.chart_of(T1, found, today=date(2026, 6, 20))
        assert chart is not None
        assert chart.text
        assert spc.layout(chart, width=300, height=170).rows
    assert queries.chart_of(T1, queries.periods(T1, months_of([(0, 0)] * 3), whole=True), today=MAY) is None


def test_a_split_hides_a_group_and_what_would_give_it_away(
    place: SimpleNamespace, plans: Callable[..., object]
) -> None:
    plans(MAY, on_time=10, late=10, language="eng")
    plans(MAY, on_time=2, late=7, language="pol")
    run(place, first=MAY)
    with place.system():
        groups = {one.name: one for one in splitting.groups_of(place.area, T2, "language", whole=False)}
        whole = {one.name: one for one in splitting.groups_of(place.area, T2, "language", whole=True)}
    assert groups["Another language"].hits == "c"
    assert groups["English"].hits == "c"
    assert (whole["Another language"].hits, whole["Another language"].base) == ("2", "9")


def test_a_group_left_behind_is_found(place: SimpleNamespace) -> None:
    with place.system():
        rows = []
        for at in range(24):
            for split, group, before, after in (
                ("language", "English", 5, 9), ("language", "Another language", 8, 3), ("setting", "early_years", 8, 3),
            ):  # fmt: skip
                hits = before if at < 12 else after
                rows.append(
                    Value(
                        area=place.area, code="T1", month=month_after(MAY, at - 23), split=split, group=group,
                        numerator=hits, denominator=10, query_version="x", computed_on=place.today,
                    )
                )  # fmt: skip
        Value.objects.bulk_create(rows)
        assert queries.left_behind(place.area, T1) == ["language: Another language", "setting: Early years setting"]
        [settings] = splitting.groups_of(place.area, T1, "setting", whole=True)
        assert settings.name == "Early years setting"


def test_published_figures_of_england() -> None:
    england = {one.year: one for one in published("T1", "") if one.where == "England"}
    assert england[2024].share == pytest.approx(46.4, abs=0.05)
    assert round(next(one for one in published("R2", "")).share, 1) == 44.4


def words(answer: HttpResponse) -> str:
    """What a page says, without its tags (tokens in them hold any digits)."""
    return re.sub(r"<[^>]*>", " ", answer.content.decode())


def test_pages_and_export_hide_from_the_analyst_what_the_director_sees(
    place: SimpleNamespace, plans: Callable[..., object], browse: Callable[[object], Client]
) -> None:
    month = month_after(date.today().replace(day=1), -1)
    plans(month, on_time=37, late=3)
    call_command("measure", "--recent", verbosity=0)
    for path in ("/measures/", "/measures/T1/", "/measures/T1/?format=csv", "/measures/T1/?split=language"):
        director, analyst = (words(browse(user).get(path)) for user in (place.director, place.analyst))
        assert re.search(r"\b37\b", director), path
        assert not re.search(r"\b(37|92\.5)\b", analyst), path
    assert "Figures, the latest first" in browse(place.forum).get("/measures/T1/").content.decode()


def test_the_wall_asks_the_database_a_constant_number_of_questions(
    place: SimpleNamespace, browse: Callable[[object], Client], django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = browse(place.director)
    with django_assert_max_num_queries(20):
        answer = client.get("/measures/")
    assert "No source yet: waits for transport" in answer.content.decode()
