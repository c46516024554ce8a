"""For everybody: how long the lists are, and whether what we told families came true."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kept.access.acting import today_here, visiting
from kept.access.models import Area
from kept.access.web import public
from kept.forecasts import queries, scoring, telling
from kept.forecasts.models import Reckoning, Score
from kept.waiting.models import Stage


@dataclass(frozen=True)
class PublicList:
    """One list as everybody may read it; figures from fewer than ten children are left out."""

    name: str
    stage: str
    waiting: int | None
    why_not: str
    resolved: int
    in_months: int
    coverage: float | None
    beyond: float | None
    verdict: str
    errors: list[tuple[str, float]]
    months: list[Score]


def _pooled(scores: list[Score]) -> tuple[int, int, float | None, float | None, dict[str, float]]:
    """Twelve months together: resolved, in the months named, coverage, beyond, errors."""
    resolved = sum(one.resolved for one in scores)
    if not resolved:
        return 0, 0, None, None, {}
    coverage = sum((one.coverage or 0) * one.resolved for one in scores) / resolved
    beyond = sum((one.beyond or 0) * one.resolved for one in scores) / resolved
    names = {name for one in scores for name in one.errors}
    errors = {}
    for name in names:
        known = [(one.errors[name], one.resolved) for one in scores if name in one.errors]
        errors[name] = sum(error * n for error, n in known) / sum(n for _, n in known)
    return resolved, sum(one.in_months_told for one in scores), coverage, beyond, errors


def _verdict(scores: list[Score], resolved: int) -> str:
    if resolved < telling.FEWEST_TOLD:
        return "Too few to judge"
    judged = [one for one in scores if one.accepted is not None and one.resolved >= queries.FEWEST_PUBLISHED]
    if not judged:
        return "Too few in any one month to judge"
    good = sum(bool(one.accepted) for one in judged)
    return f"As often right as we said in {good} of {len(judged)} months"


def public_list(stage: Stage, last: Reckoning | None, scores: list[Score]) -> PublicList:
    """One list with small numbers hidden."""
    year = scores[-12:]
    resolved, in_months, coverage, beyond, errors = _pooled(year)
    shown = resolved >= queries.FEWEST_PUBLISHED
    names = {"kept": "What Kept said", **telling.PLAIN_RULES}
    return PublicList(
        name=stage.service.name, stage=stage.name,
        waiting=last.waiting if last and last.waiting >= queries.FEWEST_PUBLISHED else None,
        why_not=telling.why_not(last.withheld) if last else "", resolved=resolved if shown else 0,
        in_months=in_months if shown else 0, coverage=coverage if shown else None, beyond=beyond if shown else None,
        verdict=_verdict(year, resolved),
        errors=[(names[name], errors[name]) for name in names if name in errors] if shown else [],
        months=[one for one in year if one.resolved >= queries.FEWEST_PUBLISHED],
    )  # fmt: skip


@public
@require_GET
def were_we_right(request: HttpRequest, area: str) -> HttpResponse:
    """Were we right? Every list with its statements put to the test, month by month, beside the plain rules."""
    here = Area.objects.filter(slug=area).first()
    if here is None:
        raise Http404
    request.offer_area = here  # whose page it is stands at its head, though nobody is signed in
    today = today_here()
    with visiting(here, today=today):
        stages = Stage.objects.filter(area=here).select_related("service").order_by("service__name", "order", "name")
        last = queries.latest_reckonings(here, today)
        scores: dict[object, list[Score]] = {}
        for one in Score.objects.filter(area=here, computed_on__lte=today).order_by("month"):
            scores.setdefault(one.stage_id, []).append(one)
        lists = [public_list(stage, last.get(stage.pk), scores.get(stage.pk, [])) for stage in stages]
        whole = scores.get(None, [])[-12:]
        words = {
            "place": here, "lists": lists, "whole": _pooled(whole), "months": whole, "method": telling.METHOD,
            "fewest": queries.FEWEST_PUBLISHED,
            "splits": [(title, scoring.group_lines(whole, split)) for split, title in scoring.SPLITS.items()],
        }  # fmt: skip
        return render(request, "forecasts/right.html", words)
