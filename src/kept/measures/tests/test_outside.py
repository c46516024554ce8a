"""Figures from outside: said with their source, never over a month that was counted, undone without being lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client

from kept.access.acting import Refused
from kept.measures import importing, outside, queries
from kept.measures.catalogue import BY_CODE
from kept.measures.computing import compute, month_after
from kept.measures.models import SeriesValue
from kept.rules.sheets import read_sheet

MAY = date(2026, 5, 1)
HEADS = "measure,month,numerator,denominator,median_days,children\n"
CENSUS = {"source": "Made-up survey", "source_on": date(2026, 6, 1)}


def planned(by: object, *rows: str) -> importing.Plan:
    return importing.plan_of(by=by, sheet=read_sheet(HEADS + "\n".join(rows)))


def bring(place: SimpleNamespace, *rows: str, source: str = "Made-up survey") -> outside.SeriesFile:
    with place.acting(place.analyst) as by:
        return importing.bring_in(
            by=by, plan=planned(by, *rows), name="x.csv", source=source, source_on=date(2026, 6, 1)
        )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Z9,2025-01,1,2,,", "There is no measure “Z9”"),
        ("V1,whenever,1,2,,", "is not a month"),
        ("V1,,1,2,,", "The month is missing"),
        ("V1,2026-06,1,2,,", "not over yet"),
        ("V1,2009-12,1,2,,", "before 2010"),
        ("V1,2025-01,c,40,,", "A hidden figure cannot be brought in"),
        ("V1,2025-01,85%,40,,", "is a percentage"),
        ("V1,2025-01,12.5,40,,", "not a whole number"),
        ("V1,2025-01,12,,,", "The denominator is missing"),
        ("V1,2025-01,0,0,,", "out of nought"),
        ("V1,2025-01,50,40,,", "more than all"),
        ("V1,2025-01,9999999999,9999999999,,", "too large"),
        ("T7,2025-01,,40,,", "The median is missing"),
        ("T7,2025-01,,40,soon,", "not a number of days"),
        ("O1,2025-01,100,4000,,", "Say how many children"),
        ("T1,2026-05,9,12,,", "Kept counts T1 itself since May 2026"),
    ],
)
def test_a_row_that_is_wrong_says_why_and_the_others_come_in(
    place: SimpleNamespace, plans: Callable[..., object], row: str, why: str
) -> None:
    plans(MAY, on_time=3)
    with place.system() as by:
        compute(by=by, first=month_after(MAY, -3), definitions=[BY_CODE["T1"]])
    with place.acting(place.analyst) as by:
        plan = planned(by, row, "V1,2025-02,30,40,,")
        assert [step.what for step in plan.steps] == ["wrong", "new"]
        assert why in plan.wrong[0].problem
        assert plan.wrong[0].number == 2
        made = importing.bring_in(by=by, plan=plan, name="x.csv", **CENSUS)
    assert made.rows == 1


@pytest.mark.parametrize("month", ["2025-02", "02/2025", "February 2025", "Feb 2025", "14/2/2025", "2025-02-01"])
def test_a_month_as_people_write_it(month: str) -> None:
    assert importing.read_month(month) == date(2025, 2, 1)


def test_the_template_can_be_sent_back_as_it_is(place: SimpleNamespace) -> None:
    with place.acting(place.analyst) as by:
        plan = importing.plan_of(by=by, sheet=read_sheet(importing.template(place.area)))
    assert plan.steps == ()


def test_a_figure_far_from_the_others_is_asked_about(place: SimpleNamespace) -> None:
    rows = [f"V1,2025-{month:02},30,100,," for month in range(1, 8)]
    with place.acting(place.analyst) as by:
        plan = planned(by, *rows, "V1,2025-08,90,100,,", "V1,2025-08,30,100,,")
    assert len(plan.warnings) == 1
    assert "90%" in plan.warnings[0]
    assert "Row 9 has the same" in plan.wrong[0].problem


def test_the_source_stands_beside_each_figure_and_limits_do_not_cross_it(
    place: SimpleNamespace, plans: Callable[..., object]
) -> None:
    for back in range(14):
        plans(month_after(MAY, -back), on_time=8, late=4)
    with place.system() as by:
        compute(by=by, first=month_after(MAY, -20), definitions=[BY_CODE["T1"]])
    bring(place, *(f"T1,{month_after(MAY, -back):%Y-%m},3,12,," for back in range(14, 28)))
    with place.acting(place.director):
        found = queries.periods(BY_CODE["T1"], queries.values_of(place.area, "T1"), whole=True)
    assert [period.origin for period in found] == ["Made-up survey, as of 1 June 2026"] * 14 + [""] * 14
    assert [round(period.value or 0) for period in found] == [25] * 14 + [67] * 14
    chart = queries.chart_of(BY_CODE["T1"], found, today=place.today)
    assert chart is not None
    assert [(one.start, round(one.limits.mean or 0)) for one in chart.segments] == [(0, 25), (14, 67)]
    assert [(one.first, one.last) for one in queries.origins(found)] == [(date(2024, 2, 1), date(2025, 3, 1))]


def test_what_is_counted_later_takes_the_place_of_a_file(place: SimpleNamespace, plans: Callable[..., object]) -> None:
    bring(place, "T1,2026-05,1,100,,", "T1,2026-04,50,100,,")
    plans(MAY, on_time=3)
    with place.system() as by:
        compute(by=by, first=month_after(MAY, -1), definitions=[BY_CODE["T1"]])
        figures = [(one.numerator, one.denominator) for one in queries.values_of(place.area, "T1")]
    assert figures == [(50, 100), (3, 3)]


def test_a_later_file_speaks_until_it_is_undone_and_both_stay(place: SimpleNamespace) -> None:
    bring(place, "V1,2025-01,30,100,,")
    second = bring(place, "V1,2025-01,60,100,,", "V1,2025-02,61,100,,", source="Corrected survey")
    with place.acting(place.analyst) as by:
        assert planned(by, "V1,2025-02,61,100,,").count("same") == 1
        assert [one.numerator for one in queries.values_of(place.area, "V1")] == [60, 61]
        with pytest.raises(Refused, match="why"):
            importing.undo(by=by, pk=second.pk, because=" ")
        importing.undo(by=by, pk=second.pk, because="Wrong year")
        assert [one.numerator for one in queries.values_of(place.area, "V1")] == [30]
        assert SeriesValue.objects.filter(area=place.area).count() == 3
        assert [bool(one.undone_at) for one in outside.files_of(place.area)] == [True, False]
        with pytest.raises(Error), transaction.atomic():
            SeriesValue.objects.filter(area=place.area).update(numerator=1)


def test_nobody_else_brings_figures_in(place: SimpleNamespace) -> None:
    for who in (place.director, place.forum, place.officer):
        with place.acting(who) as by, pytest.raises(Refused):
            planned(by, "V1,2025-01,30,100,,")


def test_small_figures_from_outside_are_hidden_too(place: SimpleNamespace) -> None:
    bring(place, "V1,2025-01,3,40,,", "O1,2025-01,800,4000,,12", "O1,2025-02,800,4000,,40")
    with place.acting(place.analyst):
        survey = queries.periods(BY_CODE["V1"], queries.values_of(place.area, "V1"), whole=False)
        sessions = queries.periods(BY_CODE["O1"], queries.values_of(place.area, "O1"), whole=False)
    assert [period.text for period in survey] == ["c"]
    assert [period.text for period in sessions] == ["c", "20%"]


def test_a_file_is_looked_at_before_it_comes_in_and_says_its_source_afterwards(
    place: SimpleNamespace, browse: Callable[[object], Client]
) -> None:
    client = browse(place.analyst)
    text = HEADS + "V1,2025-01,31,40,,\nV1,soon,31,40,,\n"
    facts = {"source": "A survey", "source_on": "1/2/2026", "note": "Asked by telephone"}
    file = SimpleUploadedFile("answers.csv", text.encode("utf-16"))
    looked = client.post("/measures/outside/", {**facts, "file": file})
    assert "Bring in 1 figure" in looked.content.decode()
    assert "“soon” is not a month" in looked.content.decode()
    assert not SeriesValue.objects.exists()
    sent = {**facts, "source_on": "01/02/2026", "text": text, "name": "answers.csv", "do": "import"}
    assert client.post("/measures/outside/", sent).status_code == 302
    for path in ("/measures/", "/measures/V1/", "/measures/V1/?format=csv", "/measures/outside/"):
        assert "A survey" in client.get(path).content.decode(), path
    for wrong in ({**facts}, {**facts, "text": "a,b\n1,2"}, {**sent, "source": ""}):
        assert client.post("/measures/outside/", wrong).status_code == 422


def test_an_area_names_whom_it_compares_itself_with(place: SimpleNamespace, browse: Callable[[object], Client]) -> None:
    client = browse(place.analyst)
    facts = {"name": "Statistical neighbours", "source": "LAIT", "why": "The official list"}
    wrong = client.post("/measures/neighbours/", {**facts, "authorities": "Newham\nAtlantis"})
    assert "“Atlantis” is not the name or code" in wrong.content.decode()
    right = client.post("/measures/neighbours/", {**facts, "authorities": "newham\n882; Kingston upon Hull, City of"})
    assert right.status_code == 302
    page = browse(place.director).get("/measures/neighbours/").content.decode()
    assert "Southend-on-Sea" in page
    assert "Source: LAIT" in page
    assert "Set this list" not in page
    assert "Statistical neighbours" in client.get("/measures/T1/").content.decode()
