"""The wall of measures, one measure with its chart, splits and comparison, and the rows behind a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date

from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.measures import behind, catalogue, queries, rebasing
from kept.measures.catalogue import BY_CODE, COMPUTED, Definition
from kept.measures.computing import last_full_month, month_of
from kept.measures.national import SOURCE, published
from kept.measures.sql import SPLITS
from kept.rules import spc

SMALL, LARGE, PHONE = (300, 170), (860, 360), (320, 300)
ORDER = {"concern": 0, "improvement": 1, "neutral": 2, "common": 3}
ROWS_OF = (Can.SEE_CASES,)
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
        "drawing": spc.layout(drawn.chart, width=SMALL[0], height=SMALL[1], earlier=drawn.before) if drawn else None,
        "set": bool(drawn and drawn.settings),
        "hides": drawn.hides if drawn else "",
        "kind": kind,
        "text": chart.text if chart else "",
    }


@needs(Can.SEE_FIGURES)
def wall(request: HttpRequest) -> HttpResponse:
    """All measures at a glance, what got worse first; those without records say whose they wait for."""
    values = queries.values_by_code(request.actor.area, [one.code for one in COMPUTED])
    held = rebasing.in_force(request.actor.area, [one.code for one in COMPUTED])
    tiles = [tile(request.actor, one, values[one.code], held.get(one.code)) for one in COMPUTED]
    tiles.sort(key=lambda each: ORDER[each["kind"]])
    counts = {kind: sum(each["kind"] == kind for each in tiles) for kind in ORDER}
    words = {
        "tiles": tiles,
        "counts": counts,
        "waiting": catalogue.WAITING,
        "whole": queries.sees_rows(request.actor),
        "computed": any(values.values()),
    }
    return render(request, "measures/wall.html", words)


@needs(Can.SEE_FIGURES)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: definition, chart, figures, a split, the published figures beside it."""
    one = _definition(code)
    whole = queries.sees_rows(request.actor)
    found = queries.periods(one, queries.values_of(request.actor.area, code), whole=whole) if one.is_computed else []
    held = rebasing.in_force(request.actor.area, [code]).get(code)
    drawn = rebasing.drawn(one, found, held, today=request.actor.today)
    if request.GET.get("format") == "csv":
        return _csv(one, found)
    split = request.GET.get("split", "")
    words = {
        "one": one,
        "periods": found[::-1],
        "chart": drawn.chart if drawn else None,
        "drawings": _drawings(drawn),
        "drawn": drawn,
        "whole": whole,
        "splits": SPLITS,
        "split": split if split in SPLITS else "",
        "groups": queries.groups_of(request.actor.area, one, split, whole=whole) if split in SPLITS else [],
        "published": published(code, request.actor.area.la_code),
        "source": SOURCE,
        "counters": [BY_CODE[each] for each in one.counter],
        "months": queries.months_each(found),
    }
    return render(request, "measures/show.html", words)


def _drawings(drawn: rebasing.Drawn | None) -> list[tuple[str, spc.Geometry]]:
    if drawn is None:
        return []
    sizes = (("wide", LARGE), ("narrow", PHONE))
    return [(name, spc.layout(drawn.chart, width=w, height=h, earlier=drawn.before)) for name, (w, h) in sizes]


def _csv(one: Definition, found: Iterable[queries.Period]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "measure", "period_starts", "figure", "numerator", "denominator", "definition"])
    for period in found:
        row = [one.code, one.title, period.starts.isoformat(), period.text, period.numerator, period.denominator]
        writer.writerow([*row, one.query_version])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="measure-{one.code}.csv"'
    return answer


@needs(*ROWS_OF)
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The children whom a month's figure counts, for those who may see every case."""
    one = _definition(code)
    if not one.is_computed or not queries.sees_rows(request.actor):
        raise Http404
    month = month_of(_month(request.GET.get("month", "")) or last_full_month(request.actor.today))
    only = request.GET.get("only", "")
    found = behind.rows_behind(request.actor, one, month, only=only if only in {"hit", "missed"} else "")
    showing_list(request, (row.child.pk for row in found.rows if row.child), f"Behind the measure {one.title}")
    words = {"one": one, "month": month, "found": found, "only": only, "most": behind.MOST_ROWS}
    return render(request, "measures/rows.html", words)


def _month(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
