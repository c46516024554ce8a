"""One way for every page that changes a child's record: show the form, do the action, say what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.trails import showing
from kept.people.actions import NotPossible, SomebodyElseWasFirst
from kept.people.forms import RecordForm
from kept.people.models import Child
from kept.people.queries import children_seen

CONFLICT = 409


def child_or_404(request: HttpRequest, pk: UUID) -> Child:
    """The child, if the person may see one of that key."""
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what="Record of the child and the family")
    return child


def row_or_404(rows: Any, pk: UUID) -> Any:
    """One row of a query."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def crumbs(child: Child, *more: str) -> list[dict[str, str]]:
    """Where the page stands."""
    return [
        {"text": "Children", "href": reverse("people:find")},
        {"text": child.full_name, "href": reverse("people:child", args=[child.pk])},
        *({"text": words} for words in more),
    ]


def attempt(form: Any, act: Callable[[], object]) -> bool:
    """Do all of it or nothing; whether it was done. What was wrong is put on the form, beside the field it is about."""
    try:
        with transaction.atomic():
            act()
    except NotPossible as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    except SomebodyElseWasFirst as problem:
        form.add_error(None, str(problem))
        form.was_stale = True
    else:
        return True
    return False


def edit(
    request: HttpRequest,
    child: Child,
    form: RecordForm,
    *,
    act: Callable[[dict[str, Any]], object],
    title: str,
    done: str,
    lead: str = "",
    button: str = "Save",
    section: str = "",
) -> HttpResponse:
    """A page with one form about a child.

    act is called with the form's facts. done: the sentence that says so afterwards. section: where on the child's page
    the person comes back to.
    """
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: act(form.facts())):
        messages.success(request, done)
        return redirect(f"{reverse('people:child', args=[child.pk])}{f'#{section}' if section else ''}")
    stale = getattr(form, "was_stale", False)
    if stale:
        form.data = _fresh(form.data, child_or_404(request, child.pk))
    words = {"child": child, "form": form, "title": title, "lead": lead, "button": button}
    page = render(request, "people/edit.html", {**words, "breadcrumbs": crumbs(child, title), "stale": stale})
    page.status_code = CONFLICT if stale else page.status_code
    return page


def _fresh(data: Any, child: Child) -> Any:
    """What was typed, with the version of now: the person was told, so the next press counts."""
    fresh = data.copy()
    fresh["version"] = str(child.version)
    return fresh
