"""Pages: all reviews, the year ahead, a school's reviews on one page, changes of phase, and how well reviews go."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.design.words import counted
from kept.reviews import actions, bulk, forms, queries, recording
from kept.reviews.access import may_run
from kept.reviews.figures import WORDS, rows_shown
from kept.reviews.figures import figures as counted_figures
from kept.reviews.states import state_of
from kept.reviews.words import Kind
from kept.rules.ages import school_year
from kept.rules.calendar import add_months
from kept.rules.process import NotPossible

ANYBODY = (Can.RUN_REVIEWS, Can.GIVE_ADVICE, Can.FOLLOW_OWN, Can.SEE_CASES)
WRONG = 422
MONTHS_SHOWN = 15


@needs(*ANYBODY)
def home(request: HttpRequest) -> HttpResponse:
    """The reviews that the person may see; for staff with filters."""
    actor = request.actor
    form = forms.FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = queries.find_reviews(
        actor,
        which=asked.get("which") or "open",
        text=asked.get("q", ""),
        page=int(request.GET.get("page", "1") if request.GET.get("page", "1").isdigit() else 1),
    )
    showing_list(request, [one.child_id for one in page.object_list], what="Reviews")
    is_school = actor.can(Can.RUN_REVIEWS) and not actor.reaches_area
    words = {
        "page": page,
        "form": form,
        "states": {one.pk: state_of(one, actor.today) for one in page.object_list},
        "day": actor.today,
        "area_staff": actor.can(Can.SEE_CASES),
        "own_settings": list(actor.agency_ids) if is_school else [],
        "asks": queries.early_asks(actor) if actor.can(Can.WORK_CASES) else [],
        "children": queries.children_of_family(actor) if actor.can(Can.FOLLOW_OWN) else [],
    }
    showing_list(request, [one.child_id for one in words["asks"]] + [one.pk for one in words["children"]], "Reviews")
    return render(request, "reviews/home.html", words)


def _months(today: date) -> list[date]:
    first = today.replace(day=1)
    return [add_months(first, number)[0] for number in range(-2, MONTHS_SHOWN)]


@needs(Can.SEE_CASES)
def year(request: HttpRequest) -> HttpResponse:
    """Every plan that must be reviewed, by the day on which the review must be complete."""
    form = forms.YearForm(request.GET or None, months=_months(request.actor.today))
    asked = form.cleaned_data if form.is_valid() else {}
    number = request.GET.get("page", "1")
    sort = request.GET.get("sort", "due")
    page, lines = queries.the_year(
        request.actor,
        month=asked.get("month", ""),
        planned=asked.get("planned", ""),
        text=asked.get("q", ""),
        sort=sort,
        page=int(number) if number.isdigit() else 1,
    )
    showing_list(request, [line.child.pk for line in lines], what="The year of reviews")
    words = {
        "page": page,
        "lines": lines,
        "form": form,
        "sort": sort,
        "day": request.actor.today,
        "settings": queries.settings_with_plans(request.actor),
        "can_run": request.actor.can(Can.RUN_REVIEWS),
        "next_year": school_year(request.actor.today) + 1,
    }
    return render(request, "reviews/year.html", words)


@needs(Can.RUN_REVIEWS)
def school(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All reviews of one setting on one page: propose, change, plan, print."""
    setting = queries.setting_of(request.actor, pk)
    if setting is None:
        raise Http404
    lines = queries.of_setting(request.actor, setting)
    showing_list(request, [line.child.pk for line in lines], what=f"Reviews at {setting.name}")
    rows = bulk.rows_of(lines)
    status = 200
    if request.method == "POST":
        rows = bulk.save(request.actor, lines, request.POST)
        wrong = [row for row in rows if row.wrong]
        done = sum(bool(row.done) for row in rows)
        if not wrong:
            messages.success(request, f"Saved: {counted(done, 'review')} planned or moved.")
            return redirect("reviews:school", pk)
        status = WRONG
        lines = queries.of_setting(request.actor, setting)
        fresh = {line.child.pk: line for line in lines}
        rows = [bulk.Row(fresh[row.line.child.pk], row.typed, row.why, row.wrong, row.done) for row in rows]
    words = {
        "setting": setting,
        "rows": rows,
        "wrong": [_problem(row) for row in rows if row.wrong],
        "day": request.actor.today,
        "breadcrumbs": [{"text": "Reviews", "href": reverse("reviews:home")}, {"text": setting.name}],
    }  # fmt: skip
    return render(request, "reviews/school.html", words, status=status)


def _problem(row: bulk.Row) -> dict[str, str]:
    return {"text": f"{row.line.child.full_name}: {row.wrong}", "href": f"#day-{row.line.child.pk}"}


@needs(Can.WORK_CASES)
def transfers(request: HttpRequest, year: int) -> HttpResponse:
    """The children who change phase in a September, and recording it for those ticked in one press."""
    if not request.actor.today.year <= year <= request.actor.today.year + 2:
        raise Http404
    number = request.GET.get("page", "1")
    page, rows = queries.transfers(request.actor, year, page=int(number) if number.isdigit() else 1)
    showing_list(request, [row.child.pk for row in rows], what="Changes of phase")
    if request.method == "POST":
        chosen = set(request.POST.getlist("case"))
        done, wrong = 0, []
        for row in rows:
            if str(row.case.pk) not in chosen or row.is_recorded:
                continue
            try:
                recording.record(
                    request.actor, row.case.pk, "phase_transfer", row.transfer.on,
                    note=row.transfer.words, details={"kind": row.transfer.kind},
                )  # fmt: skip
                done += 1
            except (Refused, NotPossible) as problem:
                wrong.append(f"{row.child.full_name}: {problem}")
        if done:
            messages.success(
                request, f"Recorded for {counted(done, 'child', 'children')}: the plan must be final before."
            )
        for words in wrong:
            messages.error(request, words)
        return redirect(request.get_full_path())
    words_ = {
        "rows": rows,
        "page": page,
        "year": year,
        "years": [request.actor.today.year, request.actor.today.year + 1, request.actor.today.year + 2],
        "breadcrumbs": [{"text": "Reviews", "href": reverse("reviews:home")}, {"text": f"Changes of phase {year}"}],
    }
    return render(request, "reviews/transfers.html", words_)


@needs(*ANYBODY, Can.SEE_RECORD)
def of_child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All reviews of one child, and planning the next."""
    child = queries.child_seen(request.actor, pk)
    if child is None:
        raise Http404
    showing(request, pk, what="Reviews of a child")
    found = list(queries.reviews_seen(request.actor).filter(child_id=pk).order_by("-meets_on"))
    words = {
        "child": child,
        "reviews": found,
        "states": {one.pk: state_of(one, request.actor.today) for one in found},
        "is_open": any(one.decided_on is None and one.cancelled_on is None for one in found),
        "runs": may_run(request.actor, pk),
        "asks_early": any(request.actor.can(one) for one in ANYBODY[:3]),
        "day": request.actor.today,
    }
    return render(request, "reviews/of_child.html", words)


@needs(Can.RUN_REVIEWS)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan one child's review."""
    child = queries.child_seen(request.actor, pk)
    if child is None or not may_run(request.actor, pk):
        raise Http404
    showing(request, pk, what="Plan a review")
    line = queries.line_of(request.actor, pk)
    proposed = queries.proposed_for(request.actor, line) if line else None
    initial = {"meets_on": proposed, "kind": Kind.TRANSFER if line and line.transfer_by else Kind.ANNUAL}
    form = forms.PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(by=request.actor, child=child, **form.cleaned_data)
        except (Refused, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Planned. Next: who is invited.")
            return redirect("reviews:people", made.pk)
    words = {"form": form, "child": child, "line": line, "day": request.actor.today}
    return render(request, "reviews/plan.html", words, status=WRONG if request.method == "POST" else 200)


@needs(*ANYBODY)
def early(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a review before its time."""
    child = queries.child_seen(request.actor, pk)
    if child is None or not any(request.actor.can(one) for one in ANYBODY[:3]):
        raise Http404
    showing(request, pk, what="Ask for an early review")
    form = forms.EarlyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_early(by=request.actor, child=child, why=form.cleaned_data["why"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Sent. An answer is owed within ten working days.")
            return redirect("reviews:home")
    words = {
        "form": form, "title": "Ask for an early review", "caption": child.full_name, "button": "Ask",
        "lead": "The plan can be reviewed before its time when it does not work as it is.",
        "back_link": reverse("reviews:home"),
    }  # fmt: skip
    return render(request, "reviews/form.html", words, status=WRONG if request.method == "POST" else 200)


@needs(Can.WORK_CASES)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a request for an early review."""
    ask = queries.ask_of(request.actor, pk)
    if ask is None:
        raise Http404
    showing(request, ask.child_id, what="A request for an early review")
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_early(
                by=request.actor, ask=ask, agreed=given["agreed"] == "yes", answer=given["answer"],
                meets_on=given["meets_on"],
            )  # fmt: skip
        except (Refused, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Answered.")
            return redirect("reviews:home")
    words = {"form": form, "ask": ask, "back_link": reverse("reviews:home")}
    return render(request, "reviews/answer.html", words, status=WRONG if request.method == "POST" else 200)


def _lately(request: HttpRequest) -> tuple[date, date]:
    return request.actor.today - timedelta(days=365), request.actor.today


@needs(Can.SEE_CASES)
def figures(request: HttpRequest) -> HttpResponse:
    """How well reviews went in the last twelve months."""
    since, until = _lately(request)
    words = {
        "figures": counted_figures(request.actor, since=since, until=until),
        "since": since,
        "until": until,
        "breadcrumbs": [{"text": "Reviews", "href": reverse("reviews:home")}, {"text": "How reviews go"}],
    }
    return render(request, "reviews/figures.html", words)


@needs(Can.SEE_CASES)
def behind(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind one figure."""
    since, until = _lately(request)
    rows = counted_figures(request.actor, since=since, until=until).rows_of(key)
    if rows is None:
        raise Http404
    only = request.GET.get("only", "")
    only = only if only in {"yes", "no"} else ""
    page, shown = rows_shown(request.actor, rows, only=only, page=request.GET.get("page", "1"))
    showing_list(request, [one.child.pk for one in shown], what="Reviews behind a figure")
    words = {
        "page": page,
        "rows": shown,
        "only": only,
        "key": key,
        "title": WORDS.get(key, "Decided, and not compared"),
        "is_part": key.startswith("changed-"),
        "since": since,
        "until": until,
        "breadcrumbs": [
            {"text": "Reviews", "href": reverse("reviews:home")},
            {"text": "How reviews go", "href": reverse("reviews:figures")},
            {"text": "The rows"},
        ],
    }
    return render(request, "reviews/behind.html", words)
