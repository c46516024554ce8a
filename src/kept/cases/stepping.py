"""The way every move goes: what happened, then what will follow from it, then confirm. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.trails import showing
from kept.cases import presenters, queries
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.forms import StepForm
from kept.cases.models import Case
from kept.design.words import day, listed
from kept.rules.process import Consequences, NotPossible

CONFLICT = 409
NOT_TYPED = {"csrfmiddlewaretoken", "step"}


def case_or_404(request: HttpRequest, pk: UUID) -> Case:
    """The case, if the person may see one of that key; that it was shown goes into the reading log."""
    case = queries.case_of(request.actor, pk)
    if case is None:
        raise Http404
    showing(request, case.child_id, what=f"Case {case.reference}")
    return case


def crumbs(case: Case | None, *more: str, listed_as: str = "") -> list[dict[str, str]]:
    """Where the page stands. listed_as: the filters, order and page of the list that it was opened from."""
    kept = QueryDict(listed_as).urlencode()
    found = [{"text": "Cases", "href": reverse("cases:list") + (f"?{kept}" if kept else "")}]
    if case is not None:
        words = f"{case.child.full_name}, {case.reference}"
        found.append({"text": words, "href": reverse("cases:detail", args=[case.pk])})
    return [*found, *({"text": words} for words in more)]


@dataclass
class Step:
    """One move: its form, what is foreseen, what is done, and the words around them."""

    request: HttpRequest
    form: StepForm
    title: str
    foresee: Callable[[], Consequences]
    act: Callable[[], object]
    done: str
    case: Case | None = None
    caption: str = ""
    lead: str = ""
    back: str = ""
    button: str = "Confirm and record"
    refusal: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def way_back(self) -> str:
        """Where the person came from and goes to afterwards."""
        if self.back or self.case is None:
            return self.back or reverse("cases:list")
        return reverse("cases:detail", args=[self.case.pk])


def run(step: Step) -> HttpResponse:
    """Show the form, or what would follow, or do it."""
    if step.request.method != "POST" or not step.form.is_valid():
        return _form_page(step)
    pressed = step.request.POST.get("step", "check")
    if pressed == "change":
        return _form_page(step)
    if pressed == "confirm":
        return _confirm(step)
    return _check(step, changes=_changes(step))


def _confirm(step: Step) -> HttpResponse:
    try:
        step.act()
    except SomebodyElseWasFirst as problem:
        if step.case is not None:
            step.case = queries.case_of(step.request.actor, step.case.pk) or step.case
        return _check(step, changes=_changes(step), conflict=str(problem))
    except (NotPossible, Refused) as problem:
        _blame(step.form, problem)
        return _form_page(step)
    messages.success(step.request, step.done)
    return redirect(step.way_back)


def _changes(step: Step) -> list[str]:
    """What others recorded since the person opened the form; empty when the case is as they saw it."""
    if step.case is None or step.form.cleaned_data["version"] in {None, step.case.version}:
        return []
    rows = queries.entries_since(step.case, step.form.cleaned_data["seen"])
    return presenters.changes_shown(rows) or ["Who has the case, or how the area reads the law, was changed."]


def _check(step: Step, *, changes: list[str], conflict: str = "") -> HttpResponse:
    """What would follow. After a conflict it is worked out anew from the case as it now is."""
    try:
        told = step.foresee()
    except (NotPossible, Refused) as problem:
        _blame(step.form, problem)
        return _form_page(step, changes=changes, is_conflict=bool(conflict))
    words = {
        **_words(step),
        "told": told,
        "answers": answers_of(step.form),
        "typed": _typed(step),
        "changes": changes,
        "conflict": conflict,
        "refusal": step.refusal,
        "button": step.button,
    }
    page = render(step.request, "cases/check.html", words)
    page.status_code = CONFLICT if conflict else page.status_code
    return page


def _form_page(step: Step, *, changes: list[str] | None = None, is_conflict: bool = False) -> HttpResponse:
    if changes:
        step.form.data = _fresh(step)
    page = render(step.request, "cases/step.html", {**_words(step), "form": step.form, "changes": changes or []})
    page.status_code = CONFLICT if is_conflict else page.status_code
    return page


def _words(step: Step) -> dict[str, Any]:
    caption = step.caption or (f"{step.case.child.full_name}, case {step.case.reference}" if step.case else "")
    return {
        "title": step.title,
        "caption": caption,
        "lead": step.lead,
        "way_back": step.way_back,
        "breadcrumbs": crumbs(step.case, step.title),
        **step.extra,
    }


def _blame(form: StepForm, problem: NotPossible | Refused) -> None:
    """Put a refusal beside the box that it is about."""
    name = getattr(problem, "field", "")
    form.add_error(name if name in form.fields else None, str(problem))


def _fresh(step: Step) -> Any:
    """What was typed, on the case as it now is: the person has been told what changed, so the next press counts."""
    data = step.request.POST.copy()
    if step.case is not None:
        latest = max((row.pk for row in queries.entries_of(step.case)), default="")
        data["version"], data["seen"] = str(step.case.version), str(latest)
    return data


def _typed(step: Step) -> list[tuple[str, str]]:
    """What was typed, for the hidden fields of the page that asks to confirm."""
    data = _fresh(step)
    return [(name, value) for name in data if name not in NOT_TYPED for value in data.getlist(name)]


def answers_of(form: forms.Form) -> list[tuple[str, str]]:
    """What was answered, in words, in the order of the form; what was left empty is left out."""
    found = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        if value is None or value in ("", []):
            continue
        found.append((str(bound.label), _answer(bound.field, value)))
    return found


def _answer(asked: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day(value)
    names = {str(key): str(name) for key, name in getattr(asked, "choices", ())}
    if isinstance(value, list):
        return listed(names.get(str(one), str(one)) for one in value)
    return names.get(str(value), str(value))
