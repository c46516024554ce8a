"""The wall of measures, one measure with its chart, splits and comparison, and the rows behind a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date

from kept.access.models import Area
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.measures import behind, catalogue, neighbours, queries, rebasing, splitting
from kept.measures.catalogue import ALL, BY_CODE, Definition
from kept.measures.computing import last_full_month, month_of
from kept.measures.national import SOURCE, published
from kept.measures.sql import SPLITS
from kept.rules import spc

LATEST = 13
SMALL, LARGE, PHONE = (300, 170), (860, 360), (320, 300)
ROWS_OF = (Can.SEE_CASES,)
FIRST_ASKED, LAST_ASKED = date(2000, 1, 1), date(2099, 1, 1)
SPANS = {str(months): months for months in queries.GRAINS}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _definition(code: str) -> Definition:
    one = BY_CODE.get(code)
    if one is None:
        raise Http404
    return one


def tile(actor: Any, one: Definition, values: list[Any], held: rebasing.InForce | None = None) -> dict[str, Any]:
    """What the wall shows of a measure: the last figure, the chart as it is set, and its icons."""
    found = queries.periods(one, values, whole=queries.sees_rows(actor))
    drawn = rebasing.drawn(one, found, held, today=actor.today)
    chart = drawn.chart if drawn else None
    icon = (chart.variation_icon or "") if chart else ""
    kind = next((name for name in ("concern", "improvement", "neutral") if icon.startswith(name)), "common")
    return {
        "one": one,
        "last": found[-1] if found else None,
        "when": queries.when(one, found),
        "drawing": spc.layout(drawn.chart, width=SMALL[0], height=SMALL[1], earlier=drawn.before)
        if drawn and kind != "common"
        else None,
        "has_chart": drawn is not None,
        "set": bool(drawn and drawn.settings),
        "hides": drawn.hides if drawn else "",
        "kind": kind,
        "is_empty": all(period.text == queries.NO_FIGURE for period in found),
        "origins": queries.origins(found),
        "text": chart.text if chart else "",
    }


@needs(Can.SEE_FIGURES)
def wall(request: HttpRequest) -> HttpResponse:
    """All measures at a glance: what changed for real first, with its chart; then the rest by subject, a line each."""
    codes = [one.code for one in ALL]
    values = queries.values_by_code(request.actor.area, codes)
    held = rebasing.in_force(request.actor.area, codes)
    tiles = [tile(request.actor, one, values[one.code], held.get(one.code)) for one in ALL if values[one.code]]
    words = {
        "worse": [each for each in tiles if each["kind"] == "concern"],
        "better": [each for each in tiles if each["kind"] == "improvement"],
        "moved": [each for each in tiles if each["kind"] == "neutral"],
        "steady": _by_subject(each for each in tiles if each["kind"] == "common" and not each["is_empty"]),
        "empty": [each["one"] for each in tiles if each["is_empty"]],
        "waiting": [one for one in ALL if not one.is_computed and not values[one.code]],
        "whole": queries.sees_rows(request.actor),
        "computed": any(values.values()),
        "may_bring": request.actor.can(Can.BRING_FIGURES),
    }
    return render(request, "measures/wall.html", words)


def _by_subject(tiles: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {subject: [] for subject in catalogue.SUBJECTS.values()}
    for each in tiles:
        found[catalogue.SUBJECTS[each["one"].code[0]]].append(each)
    return [(subject, rows) for subject, rows in found.items() if rows]


@needs(Can.SEE_FIGURES)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: definition, chart, figures, a split, what was published of others beside it."""
    actor, one = request.actor, _definition(code)
    whole = queries.sees_rows(actor)
    found = queries.periods(one, queries.values_of(actor.area, code), whole=whole)
    if request.GET.get("format") == "csv":
        return _csv(one, found)
    held = rebasing.in_force(actor.area, [code]).get(code)
    drawn = rebasing.drawn(one, found, held, today=actor.today)
    split = request.GET.get("split", "")
    split = split if split in SPLITS and one.has_splits else ""
    words = {
        "one": one,
        "periods": found[::-1],
        "chart": drawn.chart if drawn else None,
        "drawings": _drawings(drawn),
        "drawn": drawn,
        "whole": whole,
        "origins": queries.origins(found),
        "latest": LATEST,
        "splits": SPLITS,
        "split": split,
        "groups": splitting.groups_of(actor.area, one, split, whole=whole, gaps=splitting.has_gaps(one, found))
        if split
        else [],
        "tells_splits": splitting.tells_splits(one, whole=whole),
        "around": BY_CODE.get(one.part_of or one.within),
        "counters": [BY_CODE[each] for each in one.counter],
        "months": 1 if one.by_half_term else queries.months_each(found),
        **_beside(actor.area, code),
    }
    return render(request, "measures/show.html", words)


def _beside(area: Area, code: str) -> dict[str, Any]:
    """What was published of others: England, the region and the area itself, and the areas it compares itself with."""
    known = published(code, area.la_code)
    if not known:
        return {"published": {}, "years": [], "compared": None}
    compared = neighbours.compared_with(area)
    together = neighbours.together(code, compared.authorities, compared.name)
    rows = sorted([*known, *together], key=lambda each: (each.where, -each.year))
    years = sorted({each.year for each in rows}, reverse=True)
    by_place = {where: {each.year: each for each in part} for where, part in groupby(rows, key=lambda each: each.where)}
    return {"published": by_place, "years": years, "compared": compared, "source": SOURCE}


def _drawings(drawn: rebasing.Drawn | None) -> list[tuple[str, spc.Geometry]]:
    if drawn is None:
        return []
    sizes = (("wide", LARGE), ("narrow", PHONE))
    return [(name, spc.layout(drawn.chart, width=w, height=h, earlier=drawn.before)) for name, (w, h) in sizes]


def _csv(one: Definition, found: Iterable[queries.Period]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "measure", "period_starts", "figure", "numerator", "denominator", "definition", "source"])
    for period in found:
        row = [one.code, one.title, period.starts.isoformat(), period.text, period.numerator, period.denominator]
        version = "" if period.origin else one.query_version
        writer.writerow([*row, version, _plain(period.origin or "Computed from the records of Kept")])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="measure-{one.code}.csv"'
    return answer


def _plain(text: str) -> str:
    """Words that somebody typed, so that a spreadsheet never takes them for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


@needs(*ROWS_OF)
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The children whom a month's figure counts, for those who may see every case."""
    one = _definition(code)
    if not one.is_computed or not queries.sees_rows(request.actor):
        raise Http404
    month = month_of(_month(request.GET.get("month", "")) or last_full_month(request.actor.today))
    only = request.GET.get("only", "")
    months = 1 if one.stock or one.by_half_term else SPANS.get(request.GET.get("months", ""), 1)
    found = behind.rows_behind(request.actor, one, month, months=months, only=only if only in {"hit", "missed"} else "")
    showing_list(request, (row.child.pk for row in found.rows if row.child), f"Behind the measure {one.title}")
    words = {"one": one, "month": month, "found": found, "only": only, "most": behind.MOST_ROWS, "months": months}
    return render(request, "measures/rows.html", words)


def _month(text: str) -> date | None:
    try:
        asked = parse_date(text)
    except ValueError:
        return None
    return asked if asked and FIRST_ASKED <= asked < LAST_ASKED else None
