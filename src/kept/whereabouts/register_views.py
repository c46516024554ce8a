"""Pages: send a file of attendance, look what it would do, keep it; and the map of where children live."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.models import Agency
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.rules.sheets import MOST_BYTES, Sheet, read_sheet, text_of
from kept.whereabouts import forms, importing, mapping, queries
from kept.whereabouts.half_terms import half_term_of
from kept.whereabouts.views import asked_for

MOST_WRONG = 100
MOST_SHOWN = 20


def _setting(request: HttpRequest) -> Agency | None:
    """The school whose register it is; None for the council, whose file may hold every school."""
    if request.actor.can(Can.SEE_CASES):
        return None
    return agencies(request.actor).filter(pk__in=request.actor.agency_ids).first()


@needs(Can.CONFIRM_ROLL, Can.SEE_CASES)
def register(request: HttpRequest) -> HttpResponse:
    """Choose a file, say which column is what, see what would happen, then keep the right rows.

    The text of the file travels with the form, so that nothing of it is kept before somebody said that it is right.
    """
    setting = _setting(request)
    form = forms.RegisterForm(request.POST or None, request.FILES or None)
    words: dict[str, Any] = {
        "form": form,
        "setting": setting,
        "files": importing.files_of(request.actor, setting),
        "back_link": reverse("whereabouts:every_child" if setting is None else "whereabouts:roll"),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "whereabouts/register.html", words)
    try:
        importing.check_may_read(request.actor, setting)
        text, name = _text_of(request)
        table = read_sheet(text)
    except (ValueError, Refused) as problem:
        form.add_error("file", str(problem))
        return render(request, "whereabouts/register.html", words)
    return _check(request, form, setting=setting, text=text, name=name, table=table)


def _text_of(request: HttpRequest) -> tuple[str, str]:
    sent = request.FILES.get("file")
    if sent is None:
        if not request.POST.get("text"):
            raise ValueError("Choose a file.")
        return request.POST["text"], request.POST.get("name", "")
    return text_of(sent.read(MOST_BYTES + 1)), str(sent.name)


def _check(
    request: HttpRequest,
    form: forms.RegisterForm,
    *,
    setting: Agency | None,
    text: str,
    name: str,
    table: Sheet,
) -> HttpResponse:
    columns = forms.ColumnsForm(
        request.POST if "column_upn" in request.POST else None,
        headings=table.headings,
        mapping=importing.mapping_of(request.actor, table.headings),
    )
    chosen = columns.mapping()
    period = (form.cleaned_data["from_on"], form.cleaned_data["to_on"])
    plan, problem = None, ""
    try:
        plan = importing.plan_of(by=request.actor, table=table, mapping=chosen, setting=setting, period=period)
        if request.POST.get("do") == "import" and not columns.errors:
            made = importing.bring_in(by=request.actor, plan=plan, mapping=chosen, setting=setting, name=name)
            messages.success(request, f"Kept: {made.kept:,}. Wrong: {len(made.refused):,}.")
            return redirect("whereabouts:register")
    except (ValueError, Refused) as trouble:
        problem = str(trouble)
    shown = plan.new[:MOST_SHOWN] if plan else []
    showing_list(request, [step.child.pk for step in shown if step.child], what="Rows of an attendance file")
    words = {
        "form": form,
        "columns": columns,
        "setting": setting,
        "text": text,
        "name": name,
        "sheet": table,
        "plan": plan,
        "shown": shown,
        "problem": problem,
        "most": MOST_WRONG,
        "words": queries.WORDS,
        "back_link": reverse("whereabouts:register"),
    }
    return render(request, "whereabouts/register_check.html", words)


@needs(Can.SEE_CASES)
def on_a_map(request: HttpRequest) -> HttpResponse:
    """Where children live, by postcode, and where nobody said how they are; the same as a table."""
    asked = asked_for(request)
    words = {
        "map": mapping.map_of(request.actor, **asked),
        "asked": asked,
        "words": queries.WORDS,
        "term": half_term_of(request.actor.today),
        "back_link": reverse("whereabouts:every_child"),
    }
    return render(request, "whereabouts/map.html", words)
