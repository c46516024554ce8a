"""Pages of an audit: draw it, judge a plan without names, moderate, follow the actions, see the results."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.models import User
from kept.access.queries import colleagues
from kept.access.roles import Can, Role
from kept.access.web import needs
from kept.quality import drawing, following, forms, judging, queries
from kept.quality.models import PAIR, Action, Chair, Copy, Round, Seat
from kept.quality.prompts import prompt_for, section_name

WRONG = 422
MOST_AUDITS = 6
OVER_TIME = (
    ("By section", "by_section"),
    ("By writer, for their own learning", "by_writer"),
    ("By service whose help is written (section F)", "by_service"),
    ("By area of need", "by_need"),
)
TO_JUDGE = timedelta(days=28)
OWNERS = (Role.CASE_OFFICER, Role.CASE_MANAGER, Role.DIRECTOR, Role.DESIGNATED_OFFICER, Role.PROFESSIONAL)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    return [{"text": "Audits", "href": reverse("quality:rounds")}, *({"text": t, "href": h} for t, h in more)]


def _round(request: HttpRequest, pk: UUID) -> Round:
    found = queries.round_of(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _copy(request: HttpRequest, pk: UUID) -> Copy:
    found = queries.copy_of(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _seat(request: HttpRequest, pk: UUID) -> Seat:
    found = queries.seat_of(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _asked(
    request: HttpRequest, form: django_forms.Form, act: Callable[[Any], object], *, done: str, then: str, **words: Any
) -> HttpResponse:
    """A form: show it, or do what it asks and go on; what is refused stands above it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, done)
            return redirect(then)
    shown = {"form": form, "back_link": then, "button": "Save", "lead": "", "caption": "", **words}
    return render(request, "quality/form.html", shown, status=WRONG if request.method == "POST" else 200)


@needs(Can.RUN_AUDITS)
def rounds(request: HttpRequest) -> HttpResponse:
    """All audits, and what is to be done."""
    words = {
        "rounds": list(queries.rounds(request.actor)),
        "actions": [one for one in queries.actions_of(request.actor) if not one.closed_on],
        "seats": queries.seats_of(request.actor),
        "day": request.actor.today,
    }
    return render(request, "quality/rounds.html", words)


@needs(Can.RUN_AUDITS)
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample: what it would be, with words that may be names; then open it."""
    actor = request.actor
    people = drawing.pool(actor)
    initial = {
        "seed": secrets.randbelow(1_000_000), "size": 12, "until": actor.today,
        "since": actor.today - timedelta(days=182), "due_on": actor.today + TO_JUDGE,
    }  # fmt: skip
    form = forms.DrawForm(_data(request), people=people, initial=initial)
    also = request.POST.getlist("name_word")
    words: dict[str, Any] = {"form": form, "breadcrumbs": _crumbs(("Draw a sample", ""))}
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "change":
        return render(request, "quality/draw.html", words, status=WRONG if form.errors else 200)
    given = dict(form.cleaned_data)
    asked = {"size": given["size"], "seed": given["seed"], "since": given["since"], "until": given["until"]}
    try:
        if request.POST.get("step") == "open":
            auditors = {UUID(one) for one in given["auditors"]}
            made = drawing.open_round(
                by=actor, name=given["name"], auditors=auditors, due_on=given["due_on"], also=also, **asked
            )
            messages.success(request, "Opened. The auditors have it on their lists.")
            return redirect("quality:round", made.pk)
        drawn = drawing.foresee(by=actor, also=also, **asked)
    except Refused as problem:
        form.add_error(None, str(problem))
        return render(request, "quality/draw.html", words, status=WRONG)
    hidden = {"csrfmiddlewaretoken", "step", "name_word"}
    typed = [(key, value) for key in request.POST if key not in hidden for value in request.POST.getlist(key)]
    names = {str(one.user_id): one.user.name for one in people}
    writers = {str(one.version.writer_id): one.version.writer.name for one, _ in drawn.plans}
    words |= {"drawn": drawn, "typed": typed, "also": also, "writers": names | writers}
    return render(request, "quality/drawn.html", words)


@needs(Can.RUN_AUDITS)
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One audit: each copy, who has judged, what waits for moderation, the results, the actions."""
    made = _round(request, pk)
    copies = queries.copies_of(request.actor, made)
    words = {
        "made": made,
        "rows": queries.judged(request.actor, copies),
        "results": queries.results(request.actor, [made])[0],
        "actions": queries.actions_of(request.actor, made),
        "day": request.actor.today,
        "chairs": Chair,
        "name": section_name,
        "breadcrumbs": _crumbs((made.name, "")),
    }
    return render(request, "quality/round.html", words)


@needs(Can.RUN_AUDITS)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an audit."""
    made = _round(request, pk)
    try:
        judging.close_round(by=request.actor, round=made)
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("quality:round", pk)


@needs(Can.RUN_AUDITS)
def copy_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One copy: the words, the marks once both have judged, the machine beside them, and moderation."""
    copy = _copy(request, pk)
    [row] = queries.judged(request.actor, [copy])
    own = any(seat.auditor_id == request.actor.user.pk and not seat.judged_on for seat in copy.seats.all())
    if own:
        raise Http404  # an auditor of this copy judges it first, on their own page
    form = forms.ModerateForm(_data(request), sections=row.apart) if row.apart else None
    status = 200
    if form is not None and request.method == "POST":
        status = WRONG
        if form.is_valid():
            given = form.cleaned_data
            try:
                judging.moderate(
                    by=request.actor, copy=copy, section=given["section"], grade=int(given["grade"]), why=given["why"]
                )
            except Refused as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, "Settled.")
                return redirect("quality:copy", pk)
    left = [seat for seat in copy.seats.all() if seat.stood_down_because]
    taken = {seat.chair for seat in copy.seats.all() if not seat.stood_down_because}
    words = {
        "copy": copy,
        "row": row,
        "form": form,
        "sections": judging.sections_of(copy),
        "name": section_name,
        "empty": [chair for chair in (*PAIR, Chair.PARENT) if chair not in taken],
        "left": left,
        "breadcrumbs": _crumbs((copy.round.name, reverse("quality:round", args=[copy.round_id])), (str(copy), "")),
    }
    return render(request, "quality/copy.html", words, status=status)


@needs(Can.RUN_AUDITS)
def reseat(request: HttpRequest, pk: UUID, chair: str) -> HttpResponse:
    """Seat somebody else."""
    copy = _copy(request, pk)
    if chair not in {*PAIR, Chair.PARENT}:
        raise Http404
    form = forms.ReseatForm(
        _data(request), people=drawing.pool(request.actor), initial={"due_on": request.actor.today + TO_JUDGE}
    )
    return _asked(
        request, form,
        lambda given: drawing.reseat(
            by=request.actor, copy=copy, chair=chair, auditor=UUID(given["auditor"]), due_on=given["due_on"]
        ),
        done="Seated.", then=reverse("quality:copy", args=[pk]), title=f"{Chair(chair).label}: who instead",
        caption=f"{copy}, {copy.round.name}",
    )  # fmt: skip


@needs(Can.JUDGE_PLANS)
def seats(request: HttpRequest) -> HttpResponse:
    """The plans that the person is asked to judge, and what they are asked to do."""
    actions = [one for one in queries.actions_of(request.actor) if one.owner_id == request.actor.user.pk]
    words = {"seats": queries.seats_of(request.actor), "actions": actions, "day": request.actor.today}
    return render(request, "quality/seats.html", words)


@needs(Can.JUDGE_PLANS)
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge one plan without names: a grade and a reason for each section. Afterwards, the others beside it."""
    seat = _seat(request, pk)
    if seat.judged_on:
        [row] = queries.judged(request.actor, [seat.copy], own=seat)
        words = {
            "seat": seat, "row": row, "sections": judging.sections_of(seat.copy), "name": section_name,
            "own": list(seat.marks.filter(area=request.actor.area)),
        }  # fmt: skip
        return render(request, "quality/judged.html", words)
    known = {one.section: one for one in seat.marks.filter(area=request.actor.area)}
    rows = []
    for section in judging.sections_of(seat.copy):
        mark = known.get(section)
        initial = {"grade": str(mark.grade), "why": mark.why} if mark else {}
        form = forms.GradeForm(_data(request), prefix=f"s-{section}", initial=initial)
        form.fields["grade"].label = f"Grade of {section_name(section)}"
        form.fields["why"].label = f"Why, {section_name(section)}"
        texts = [(label, text) for label, of, text in seat.copy.parts if of == section]
        rows.append((section, texts, form))
    status = 200
    if request.method == "POST":
        finish = request.POST.get("step") == "finish"
        given = {
            section: (int(form.cleaned_data["grade"] or 0), form.cleaned_data["why"])
            for section, _, form in rows if form.is_valid()
        }  # fmt: skip
        seat, wrong = judging.judge(by=request.actor, seat=seat, grades=given, finish=finish)
        if not wrong and all(form.is_valid() for _, _, form in rows):
            messages.success(
                request, "Your judgement is final. Thank you." if finish else "Saved. It is not final yet."
            )
            return redirect("quality:judge", pk)
        for section, _, form in rows:
            if section in wrong:
                field = "why" if given.get(section, (0, ""))[0] else "grade"
                form.add_error(field, f"{section_name(section)}: {wrong[section]}")
        status = WRONG
    words = {
        "seat": seat, "rows": rows, "forms": [form for _, _, form in rows], "name": section_name,
        "prompt": prompt_for,
    }  # fmt: skip
    return render(request, "quality/judge.html", words, status=status)


@needs(Can.JUDGE_PLANS)
def stand_down(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave a seat."""
    seat = _seat(request, pk)
    return _asked(
        request, forms.WhyForm(_data(request)),
        lambda given: judging.stand_down(by=request.actor, seat=seat, why=given["why"]),
        done="You stood down. Somebody else will judge this plan.", then=reverse("quality:seats"),
        title="I know this plan, or cannot judge it", caption=f"{seat.copy}, {seat.copy.round.name}",
        button="Stand down",
    )  # fmt: skip


@needs(Can.RUN_AUDITS)
def add_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what is to be done."""
    made = _round(request, pk)
    people = [user.pk for user in colleagues(request.actor, *OWNERS)]
    form = forms.ActionForm(_data(request), owners=User.objects.filter(pk__in=people).order_by("name"))
    return _asked(
        request, form, lambda given: following.add_action(by=request.actor, round=made, **given),
        done="It is on their list until somebody else has closed it.", then=reverse("quality:round", args=[pk]),
        title="What is to be done", caption=made.name,
    )  # fmt: skip


@needs(Can.RUN_AUDITS, Can.JUDGE_PLANS)
def action(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One action: its owner says that it is done, somebody else closes it."""
    one = queries.action_of(request.actor, pk)
    mine = one is not None and one.owner_id == request.actor.user.pk
    if one is None or not (mine or request.actor.can(Can.RUN_AUDITS)):
        raise Http404
    form, act = _next_form(request, one, mine)
    if form is not None and request.method == "POST":
        return _asked(
            request, form, act, done="Saved.", then=reverse("quality:action", args=[pk]), title=one.what,
            caption=one.round.name,
        )  # fmt: skip
    return render(request, "quality/action.html", {"one": one, "form": form, "mine": mine})


def _next_form(
    request: HttpRequest, one: Action, mine: bool
) -> tuple[django_forms.Form | None, Callable[[Any], object]]:
    if one.closed_on:
        return None, lambda given: None
    if mine:
        form = forms.DoneForm(_data(request)) if one.done_on is None else None
        return form, lambda given: following.say_done(by=request.actor, action=one, **given)
    close = forms.CloseForm(_data(request)) if one.done_on else None
    return close, lambda given: following.close_action(
        by=request.actor, action=one, enough=given["enough"] == "yes", why=given["why"]
    )


@needs(Can.RUN_AUDITS)
def over_time(request: HttpRequest) -> HttpResponse:
    """The results of all audits by section, writer and service, one after another."""
    rounds = list(queries.rounds(request.actor)[:MOST_AUDITS])
    found = queries.results(request.actor, rounds)
    told = [one for one in found if one.whole.mean is not None]
    actions: dict[UUID, list[Action]] = {}
    for one in queries.actions_of(request.actor):
        actions.setdefault(one.round_id, []).append(one)
    words = {
        "results": found,
        "told": told,
        "kinds": [(caption, queries.courses(told, by), by == "by_section") for caption, by in OVER_TIME],
        "actions": actions,
        "name": section_name,
        "breadcrumbs": _crumbs(("Results over time", "")),
    }
    return render(request, "quality/over_time.html", words)
