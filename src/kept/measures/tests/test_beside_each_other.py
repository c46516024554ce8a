"""What two figures tell together: a hidden one must not be the difference of two that are shown."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from kept.measures import behind, queries, splitting
from kept.measures.catalogue import BY_CODE
from kept.measures.computing import month_after
from kept.measures.models import Value
from tests.budgets import client_of

LAST = date(2026, 5, 1)


def counted(place: SimpleNamespace, code: str, pairs: list[tuple[int, int]], split: str = "", group: str = "") -> None:
    """Figures of one measure, the last in May 2026."""
    with place.system():
        Value.objects.bulk_create(
            Value(
                area=place.area, code=code, month=month_after(LAST, at - len(pairs) + 1), split=split, group=group,
                numerator=hits, denominator=base, query_version="x", computed_on=place.today,
            )
            for at, (hits, base) in enumerate(pairs)
        )  # fmt: skip


def shown(place: SimpleNamespace, code: str) -> list[queries.Period]:
    """The figures as everybody sees them."""
    with place.acting(place.analyst):
        return queries.periods(BY_CODE[code], queries.values_of(place.area, code), whole=False)


def groups(place: SimpleNamespace, code: str, split: str) -> list[splitting.Group]:
    """The groups as everybody sees them."""
    found = shown(place, code)
    with place.acting(place.analyst):
        gaps = splitting.has_gaps(BY_CODE[code], found)
        return splitting.groups_of(place.area, BY_CODE[code], split, whole=False, gaps=gaps)


@pytest.mark.parametrize("code", ["E1", "F2"])
def test_groups_less_the_months_that_are_shown_do_not_tell_the_hidden_month(place, code):
    months = [(20, 20)] * 11 + [(3, 3)]
    counted(place, code, months)
    counted(place, code, [(12, 12)] * 11 + [(2, 2)], "age", "5 to 10")
    counted(place, code, [(8, 8)] * 11 + [(1, 1)], "age", "11 to 15")
    found = shown(place, code)
    assert [period.text for period in found].count("c") == 1
    told = [one.hits for one in groups(place, code, "age")]
    assert sorted(told) == ["134", "c"], "the groups add up to no year"


def test_groups_of_a_share_do_not_tell_the_hidden_month_either(place):
    counted(place, "R1", [(20, 60)] * 11 + [(2, 50)])
    counted(place, "R1", [(10, 30)] * 11 + [(1, 25)], "age", "5 to 10")
    counted(place, "R1", [(10, 30)] * 11 + [(1, 25)], "age", "11 to 15")
    assert [period.text for period in shown(place, "R1")].count("c") == 1
    assert sorted(one.base for one in groups(place, "R1", "age")) == ["355", "c"]


def test_groups_stay_whole_where_every_month_is_shown(place):
    counted(place, "R1", [(20, 60)] * 12)
    counted(place, "R1", [(10, 30)] * 12, "age", "5 to 10")
    counted(place, "R1", [(10, 30)] * 12, "age", "11 to 15")
    assert [one.base for one in groups(place, "R1", "age")] == ["360", "360"]


@pytest.mark.parametrize("code", ["T1", "T8a", "T8b", "T8c", "T8d"])
def test_a_part_of_another_measure_tells_shares_only(place, code):
    counted(place, code, [(20, 60)] * 12)
    counted(place, code, [(20, 60)] * 12, "age", "5 to 10")
    found = shown(place, code)
    assert {(one.text, one.numerator, one.denominator, one.base) for one in found} == {("33%", "c", "c", None)}
    assert groups(place, code, "age") == []
    page = client_of(place.analyst).get(reverse("measures:show", args=[code])).content.decode()
    assert BY_CODE[code].part_of in page
    cells = page.split("Figures, the latest first")[1].split("</table>")[0]
    assert ">20<" not in cells
    assert ">60<" not in cells
    with place.acting(place.director):
        whole = queries.periods(BY_CODE[code], queries.values_of(place.area, code), whole=True)
    assert whole[-1].numerator == "20"


@pytest.mark.parametrize(("both", "text"), [((30, 24), "24"), ((30, 25), "c"), ((30, 30), "c"), ((7, 6), "c")])
@pytest.mark.parametrize("code", ["T3a", "T3b", "W2b"])
def test_the_children_between_two_limits_are_never_fewer_than_six(place, code, both, text):
    outer, inner = both
    counted(place, BY_CODE[code].within, [(outer, 90)])
    counted(place, code, [(inner, 90)])
    [found] = shown(place, code)
    assert (found.text, found.value) == (text, float(inner) if text != "c" else None)
    with place.acting(place.director):
        [whole] = queries.periods(BY_CODE[code], queries.values_of(place.area, code), whole=True)
    assert whole.text == str(inner)


def test_the_rows_say_which_figure_they_are_behind_and_whether_they_add_up(place):
    counted(place, "F2", [(2, 2)])
    there = reverse("measures:rows", args=["F2"]) + f"?month={LAST.isoformat()}"
    said = client_of(place.director).get(there).content.decode()
    assert "2 of 2" in said
    assert "The rows now add up to 0 of 0" in said
    with place.acting(place.director) as actor:
        found = behind.rows_behind(actor, BY_CODE["F2"], LAST)
        assert (found.figure, found.together, found.agrees) == ((2, 2, place.today), (0, 0), False)
    with place.system():
        Value.objects.update(numerator=0, denominator=0)
    assert "The rows add up to it." in client_of(place.director).get(there).content.decode()


@pytest.mark.parametrize(
    ("code", "months", "words"),
    [("R1", 12, "May 2026"), ("R1", 36, "May 2026"), ("T3", 1, "end of May 2026"), ("D5", 2, "half-term to May 2026")],
)
def test_the_wall_says_of_which_time_a_figure_is(place, code, months, words):
    counted(place, code, [(20, 60)] * months)
    assert queries.when(BY_CODE[code], shown(place, code)) in {words, f"12 months to {words}"}
    with place.system():
        Value.objects.update(numerator=1, denominator=12)
    said = client_of(place.director).get(reverse("measures:wall")).content.decode()
    assert words in said


def test_a_year_is_called_a_year(place):
    counted(place, "R1", [(1, 3)] * 36)
    assert queries.when(BY_CODE["R1"], shown(place, "R1")) == "12 months to May 2026"


@pytest.mark.parametrize("month", ["9999-12-31", "9999-12-01&months=12", "0001-01-01", "2026-13-01", "x"])
def test_rows_of_a_month_that_nobody_counts_are_those_of_the_last(place, month):
    counted(place, "F2", [(2, 2)])
    assert client_of(place.director).get(reverse("measures:rows", args=["F2"]) + f"?month={month}").status_code == 200
