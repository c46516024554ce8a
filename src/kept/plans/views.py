"""Pages: the writer's desk, the plan of a child with its versions, one version, the thread map, an order."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.plans import forms, gate, orders, queries, versions, writing
from kept.plans.access import state_now
from kept.plans.facts import BadProvision, WholePlan
from kept.plans.models import Plan, Version
from kept.plans.states import BY_NAME, State, moves_from, states_of, views_until
from kept.plans.thread import thread_of
from kept.rules.dates_as_typed import read_date
from kept.rules.process import NotPossible

PROBLEMS = (Refused, NotPossible, BadProvision)
PER_PAGE = 50
WITH_DAY = frozenset({"agree", "cease"})
SHOWS = {
    "writing": "Being written",
    "sent": "With families",
    "force": "In force",
}


def version_or_404(request: HttpRequest, pk: UUID) -> tuple[Version, WholePlan]:
    """The version and everything in it, if the person may see it; that it was shown goes into the reading log."""
    found = queries.version_of(request.actor, pk)
    whole = queries.whole_plan(request.actor, pk) if found else None
    if found is None or whole is None:
        raise Http404
    showing(request, found.child_id, what=f"Plan, {found}")
    return found, whole


def child_or_404(request: HttpRequest, pk: UUID) -> Child:
    """The child, if the person may see them."""
    found: Child | None = children_seen(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    showing(request, found.pk, what="Plan")
    return found


def crumbs(version: Version, *more: str) -> list[dict[str, str]]:
    """Where the page stands."""
    found = [
        {"text": "Plans", "href": reverse("plans:desk")},
        {"text": version.child.full_name, "href": reverse("plans:of_child", args=[version.child_id])},
    ]
    if more:
        found.append({"text": str(version), "href": reverse("plans:version", args=[version.pk])})
    return [*found, *({"text": words} for words in more)]


def there(name: str, *args: object) -> str:
    """The address of a page of another part of the service; empty while it has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@needs(Can.EDIT_PLANS)
def desk(request: HttpRequest) -> HttpResponse:
    """What I write, what waits for a second officer, what is with families, what is in force."""
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "writing"
    mine = request.GET.get("whose", "mine") != "all"
    found = queries.desk_versions(request.actor, show=show or "writing", mine=mine)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    waiting = gate.waiting_for_me(request.actor)
    showing_list(request, [*(row.child_id for row in page), *(row.child_id for row in waiting)], what="Plans")
    rows = [{"version": row, "until": views_until(row)} for row in page]
    words = {"rows": rows, "page": page, "show": show, "mine": mine, "shows": SHOWS, "waiting": waiting,
             "day": request.actor.today, "caseload": there("plans:caseload")}  # fmt: skip
    return render(request, "plans/desk.html", words)


@needs(Can.EDIT_PLANS, Can.SEE_RECORD)
def of_child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan of a child: which version is in force today or on any day, all versions, orders, what can be done."""
    child = child_or_404(request, pk)
    plan = queries.plan_of(request.actor, child.pk)
    rows = list(queries.versions_of(request.actor, plan.pk)) if plan else []
    states = states_of(rows, today=request.actor.today, ceased_on=plan.ceased_on if plan else None)
    asked, problem = _day_asked(request)
    may_write = request.actor.can(Can.EDIT_PLANS)
    words = {
        "child": child,
        "plan": plan,
        "rows": [
            {
                "version": row,
                "state": states[row.pk],
                "moves": moves_from(states[row.pk], row.stage) if may_write else [],
            }
            for row in rows
        ],
        "given_up": queries.given_up(request.actor, plan.pk) if plan and may_write else [],
        "orders": orders.orders_of(request.actor, plan) if plan else [],
        "asked": asked,
        "day_problem": problem,
        "day_typed": request.GET.get("on", ""),
        "on_that_day": queries.version_in_force(request.actor, child.pk, asked) if asked else None,
        "in_force": State.IN_FORCE,
        "may_write": may_write,
        "import_href": there("plans:import", child.pk),
        "day": request.actor.today,
        "breadcrumbs": [{"text": "Plans", "href": reverse("plans:desk")}, {"text": child.full_name}]
        if may_write
        else [{"text": child.full_name, "href": reverse("people:child", args=[child.pk])}],
    }
    return render(request, "plans/of_child.html", words)


def _day_asked(request: HttpRequest) -> tuple[date | None, str]:
    text = request.GET.get("on", "").strip()
    if not text:
        return None, ""
    try:
        return read_date(text), ""
    except ValueError:
        return None, "Type a day, for example 27 3 2026."


@needs(Can.EDIT_PLANS)
@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the plan of a child."""
    child = child_or_404(request, pk)
    try:
        made = versions.start_plan(by=request.actor, child=child)
    except PROBLEMS as problem:
        messages.error(request, str(problem))
        return redirect("plans:of_child", child.pk)
    return redirect("plans:version", made.pk)


@needs(Can.EDIT_PLANS, Can.SEE_RECORD)
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version: its state, what can be done, who writes where, and all of its words."""
    found, whole = version_or_404(request, pk)
    state = state_now(request.actor, found)
    may_write = request.actor.can(Can.EDIT_PLANS)
    words = {
        "version": found,
        "whole": whole,
        "state": state,
        "moves": [one for one in moves_from(state, found.stage) if one.name != "edit"] if may_write else [],
        "may_write": may_write and state is State.WRITING,
        "is_staff": may_write,
        "map": thread_of(whole),
        "beside": writing.beside(request.actor, found) if may_write else [],
        "mine": writing.mine(request.actor, found) if may_write else [],
        "until": views_until(found),
        "links": _links_of(found, whole) if may_write else _reading_links(found),
        "day": request.actor.today,
        "breadcrumbs": crumbs(found),
    }
    return render(request, "plans/version.html", words)


def _reading_links(found: Version) -> list[tuple[str, str]]:
    pages = [("As a document", "plans:document")]
    if found.number > 1:
        pages.insert(0, ("What changed from the version before", "plans:changes"))
    return [(text, href) for text, name in pages if (href := there(name, found.pk))]


def _links_of(found: Version, whole: WholePlan) -> list[tuple[str, str]]:
    pages = [
        ("The golden thread", "plans:thread"),
        ("Recommendations in the advice", "plans:advice_in"),
        ("What the family said", "plans:points"),
        ("Who has it", "plans:recipients"),
    ]
    return [*((text, href) for text, name in pages if (href := there(name, found.pk))), *_reading_links(found)]


@needs(Can.EDIT_PLANS, Can.SEE_RECORD)
def thread(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The golden thread of a version on one page, with broken links in words."""
    found, whole = version_or_404(request, pk)
    words = {"version": found, "whole": whole, "map": thread_of(whole), "breadcrumbs": crumbs(found, "Golden thread"),
             "may_write": request.actor.can(Can.EDIT_PLANS) and not found.is_locked}  # fmt: skip
    return render(request, "plans/thread.html", words)


@needs(Can.EDIT_PLANS)
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Make a move that needs no page of its own: a new version, giving up, the family's agreement, ceasing."""
    found, _ = version_or_404(request, pk)
    known = BY_NAME.get(name)
    if known is None or name in {"edit", "answer"}:
        raise Http404
    if name in {"send", "issue"}:
        return redirect("plans:gate", found.pk)
    if name == "order":
        return redirect("plans:order", found.plan_id)
    form = forms.MoveForm(
        request.POST if request.method == "POST" else None, needs_day=name in WITH_DAY, needs_reason=name == "cease",
        initial={"on": request.actor.today},
    )  # fmt: skip
    if name in {"agree", "give_up", "take_up"}:
        del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        try:
            target = _make(request, found, name, form.cleaned_data)
        except PROBLEMS as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(target)
    words = {"form": form, "title": known.label, "caption": f"{found.child.full_name}: {found}",
             "lead": MOVE_LEADS.get(name, ""), "button": known.label,
             "back_link": reverse("plans:version", args=[found.pk])}  # fmt: skip
    return render(request, "plans/form.html", words)


MOVE_LEADS = {
    "give_up": "Nothing of it was sent. It stays in the record and is shown to nobody as the plan. It can be taken up "
    "again later.",
    "take_up": "It is as it was when it was given up. Write on in it.",
    "agree": "If the family agrees before the 15 days are over, the final may be issued at once. The reply is recorded "
    "in the case.",
    "cease": "The case has to say so first: it checks the notice to the family and waits for an appeal.",
    "amend": "A copy of the plan in force is made. Change it; notice and changes then go to the family together.",
}


def _make(request: HttpRequest, found: Version, name: str, given: dict[str, Any]) -> str:
    by = request.actor
    if name == "give_up":
        versions.give_up(by=by, version=found)
        messages.success(request, f"{found} was given up. It can be taken up again from the child’s plan.")
    elif name == "take_up":
        versions.take_up(by=by, version=found)
        messages.success(request, f"{found} is being written again.")
        return reverse("plans:version", args=[found.pk])
    elif name == "agree":
        versions.agree(by=by, version=found, on=given["on"])
        messages.success(request, "The family’s agreement is recorded.")
    elif name == "cease":
        versions.cease(by=by, plan=found.plan, on=given["on"], why=given["reason"])
        messages.success(request, "The plan ceased.")
    else:
        new = versions.write_next(by=by, version=found, move=name, reason=given.get("reason", ""))
        messages.success(request, f"{new} is made: everything was copied. Write in it what changes.")
        return reverse("plans:version", args=[new.pk])
    return reverse("plans:of_child", args=[found.child_id])


@needs(Can.EDIT_PLANS)
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a tribunal's order: the words of each entry as ordered."""
    plan: Plan | None = queries.plans_seen(request.actor).filter(pk=pk).first()
    if plan is None:
        raise Http404
    showing(request, plan.child_id, what="Plan, a tribunal’s order")
    whole = queries.plan_in_force(request.actor, plan.child_id, request.actor.today)
    if whole is None:
        messages.error(request, "There is no plan in force that an order could change.")
        return redirect("plans:of_child", plan.child_id)
    form = forms.OrderForm(request.POST if request.method == "POST" else None, whole=whole)
    if request.method == "POST" and form.is_valid():
        passages = [orders.OrderedWords(section, text, lineage) for section, text, lineage in form.passages()]
        given = {"reference": form.cleaned_data["reference"], "ordered_on": form.cleaned_data["ordered_on"]}
        try:
            made = orders.record_order(by=request.actor, plan=plan, passages=passages, **given)
        except PROBLEMS as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The ordered words are in a new version and locked. Check it, then issue it.")
            return redirect("plans:version", made.pk)
    words = {"form": form, "title": "Record a tribunal’s order", "button": "Put the ordered words in",
             "caption": plan.child.full_name,
             "lead": "Copy the words exactly. Leave a box empty where the order changes nothing.",
             "back_link": reverse("plans:of_child", args=[plan.child_id])}  # fmt: skip
    return render(request, "plans/form.html", words)
