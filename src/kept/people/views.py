"""Pages: find a child, add a child, the child's page, and the pages that change it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from kept.access.models import AgencyKind
from kept.access.predicates import BE_FAMILY, allows
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs as needs_permission
from kept.people import actions, forms, queries
from kept.people.actions import PossibleDuplicate
from kept.people.asking import read_search
from kept.people.editing import attempt, child_or_404, crumbs, edit, row_or_404
from kept.people.facts import shown
from kept.people.languages import language_name
from kept.people.models import Child

ANSWERED = {"csrfmiddlewaretoken", "answer", "offered"}
LONGEST_PAGE_NUMBER = 5


@needs_permission(Can.SEE_RECORD)
def find(request: HttpRequest) -> HttpResponse:
    """Find a child, or list those whom the person works with."""
    form = forms.FindForm(request.GET or None)
    text = form.cleaned_data["q"] if form.is_valid() else request.GET.get("q", "")[:200]
    number = request.GET.get("page", "")
    is_number = number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER
    results = queries.search_children(request.actor, text, page=int(number) if is_number else 1)
    showing_list(
        request, [found.child.pk for found in results.found], "Search for a child" if text else "List of children"
    )
    page = Paginator(range(results.total), queries.PER_PAGE).page(results.page)
    words = {"form": form, "results": results, "page": page, "text": text}
    return render(request, "people/find.html", words | {"may_add": request.actor.can(Can.ADD_CHILDREN)})


@needs_permission(Can.ADD_CHILDREN)
def add(request: HttpRequest) -> HttpResponse:
    """Add a child; when the record may hold the child already, ask first."""
    form = forms.AddChildForm(request.POST or None, initial=_from_search(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/add.html", {"form": form})
    offered = _offered(request)
    answered = offered and request.POST.get("answer") == forms.NOBODY
    made: list[Child] = []
    for_case = request.GET.get("next") == "case" and request.actor.can(Can.WORK_CASES)

    def act() -> None:
        made.append(actions.add_child(by=request.actor, confirmed_not=offered if answered else (), **form.facts()))

    if request.POST.get("answer") in {str(key) for key in offered}:
        key = UUID(request.POST["answer"])
        return redirect("cases:begin", key) if for_case else redirect("people:child", key)
    try:
        if not attempt(form, act):
            return render(request, "people/add.html", {"form": form})
    except PossibleDuplicate as found:
        return _ask(request, form, found, is_answered=bool(offered))
    return redirect("cases:begin" if for_case else "people:added", made[0].pk)


def _from_search(request: HttpRequest) -> dict[str, Any]:
    """What the search that found nobody was for, so that it is not typed again."""
    asked = read_search(request.GET.get("q", ""))
    words = asked.name.split()
    found: dict[str, Any] = {
        "given_names": " ".join(words[:-1])[:120],
        "family_name": words[-1][:120] if words else "",
        "born_on": asked.born_on,
        "postcode": asked.postcode,
    }
    return {name: value for name, value in found.items() if value}


def _offered(request: HttpRequest) -> tuple[UUID, ...]:
    """The children whom the person was shown as perhaps the same."""
    found = []
    for key in request.POST.getlist("offered"):
        try:
            found.append(UUID(key))
        except ValueError:
            raise Http404 from None
    return tuple(found)


def _ask(request: HttpRequest, typed: Any, found: PossibleDuplicate, *, is_answered: bool) -> HttpResponse:
    """Show those who may be the child beside what was typed, with the reasons."""
    children = [match.child for match in found.matches]
    showing_list(request, [child.pk for child in children], "Children like one who was to be added")
    question = forms.SameChildForm(request.POST if is_answered else None, children=children)
    kept = [(name, value) for name in request.POST if name not in ANSWERED for value in request.POST.getlist(name)]
    words = {"form": question, "typed": typed.cleaned_data, "matches": found.matches, "kept": kept}
    return render(request, "people/same.html", words)


@needs_permission(Can.ADD_CHILDREN)
def added(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The child is on the record; what comes next."""
    child = child_or_404(request, pk)
    return render(request, "people/added.html", {"child": child, "may_begin": request.actor.can(Can.WORK_CASES)})


@needs_permission(Can.SEE_RECORD, Can.FOLLOW_OWN)
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that the record knows of a child, for the person who asks."""
    summary = queries.child_summary(request.actor, pk)
    if summary is None:
        raise Http404
    showing(request, pk, what="Record of the child and the family")
    words = {
        "summary": summary,
        "child": summary.child,
        "day": request.actor.today,
        "may_edit": request.actor.can(Can.EDIT_PEOPLE),
        "may_invite_them": queries.may_invite_young_person(request.actor, summary.child),
        "is_family": request.actor.can(Can.FOLLOW_OWN) and allows(request.actor, BE_FAMILY, pk),
        "works_here": request.actor.can(Can.SEE_RECORD),
        "cases_href": _cases_href(request, pk),
        "may_refer": request.actor.can(Can.GIVE_ADVICE) or request.actor.can(Can.WORK_CASES),
        "language_name": language_name,
        "shown": shown,
        "breadcrumbs": crumbs(summary.child)[:1] if request.actor.can(Can.SEE_RECORD) else [],
    }
    return render(request, "people/child.html", words)


def _cases_href(request: HttpRequest, pk: UUID) -> str:
    """Where the child's cases are listed, "" when there is no such page for the person."""
    if not request.actor.can(Can.SEE_CASES):
        return ""
    try:
        return f"{reverse('cases:list')}?child={pk}"
    except NoReverseMatch:
        return ""


@needs_permission(Can.SEE_RECORD, Can.FOLLOW_OWN)
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was changed, by whom and when."""
    child = child_or_404(request, pk)
    changes = list(queries.history_of(request.actor, pk))
    way = crumbs(child, "History")
    words = {
        "child": child,
        "changes": changes,
        "breadcrumbs": way if request.actor.can(Can.SEE_RECORD) else way[1:],  # a family has no list of children
    }
    return render(request, "people/history.html", words)


@needs_permission(Can.EDIT_PEOPLE)
def name(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the name; the old one is kept."""
    child = child_or_404(request, pk)
    initial = {"version": child.version, "given_names": child.given_names, "family_name": child.family_name}
    return edit(
        request,
        child,
        forms.NameForm(request.POST or None, initial=initial),
        act=lambda facts: actions.change_name(by=request.actor, child=child, **facts),
        title="Change the name",
        lead="The name of now is kept as a former name, and search still finds it.",
        done="The name was changed. The old one is kept as a former name.",
    )


@needs_permission(Can.EDIT_PEOPLE)
def details(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what else is known."""
    child = child_or_404(request, pk)
    initial = {field: getattr(child, field) for field in ("version", *actions.DETAILS)}
    return edit(
        request,
        child,
        forms.DetailsForm(request.POST or None, initial=initial),
        act=lambda facts: actions.record_details(by=request.actor, child=child, **facts),
        title="Change the details",
        done="The details were saved.",
    )


@needs_permission(Can.EDIT_PEOPLE)
def add_number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a number by which others know the child."""
    child = child_or_404(request, pk)
    return edit(
        request,
        child,
        forms.IdentifierForm(request.POST or None, initial={"version": child.version}),
        act=lambda facts: actions.add_identifier(by=request.actor, child=child, **facts),
        title="Add a number",
        done="The number was saved.",
        section="numbers",
    )


@needs_permission(Can.EDIT_PEOPLE)
def end_number(request: HttpRequest, pk: UUID, number: UUID) -> HttpResponse:
    """Say that a number is no longer used."""
    child = child_or_404(request, pk)
    identifier = row_or_404(queries.identifiers_of(request.actor, pk), number)
    return edit(
        request,
        child,
        forms.RecordForm(request.POST or None, initial={"version": child.version}),
        act=lambda facts: actions.end_identifier(by=request.actor, child=child, identifier=identifier, **facts),
        title="Stop using a number",
        lead=f"{identifier.get_kind_display()} {shown(identifier)} is kept as a former one, and search still finds it.",
        done="The number is now a former one.",
        button="Stop using it",
        section="numbers",
    )


@needs_permission(Can.EDIT_PEOPLE)
def address(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record where the child lives."""
    child = child_or_404(request, pk)
    carers = [member.carer for member in queries.family_of(request.actor, pk) if member.is_running and member.carer]
    return edit(
        request,
        child,
        forms.AddressForm(request.POST or None, initial={"version": child.version}, carers=carers),
        act=lambda facts: actions.move_address(by=request.actor, child=child, **facts),
        title="New address",
        lead="The addresses recorded now end the day before, unless you say that this is one more home.",
        done="The address was saved.",
        section="addresses",
    )


@needs_permission(Can.EDIT_PEOPLE)
def needs(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what the child's needs are, the primary one first."""
    child = child_or_404(request, pk)
    held = [
        row for row in queries.needs_of(request.actor, pk) if row.ends_on is None or row.ends_on >= request.actor.today
    ]
    initial = {"version": child.version} | {f"need_{row.rank}": row.need for row in held}
    return edit(
        request,
        child,
        forms.NeedsForm(request.POST or None, initial=initial),
        act=lambda facts: actions.set_needs(by=request.actor, child=child, **facts),
        title="Change the needs",
        lead="Types of need as the yearly statutory return counts them. Words about them belong in advice and plans.",
        done="The needs were saved.",
        section="needs",
    )


@needs_permission(Can.EDIT_PEOPLE)
def setting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record where the child is educated."""
    child = child_or_404(request, pk)
    settings = list(agencies(request.actor, AgencyKind.SCHOOL))
    return edit(
        request,
        child,
        forms.SettingForm(request.POST or None, initial={"version": child.version}, settings=settings),
        act=lambda facts: actions.enrol(by=request.actor, child=child, **facts),
        title="New setting",
        lead="The settings recorded now end the day before, unless you say that the child stays there too.",
        done="The setting was saved.",
        section="settings",
    )


@needs_permission(Can.EDIT_PEOPLE)
def leave(request: HttpRequest, pk: UUID, enrolment: UUID) -> HttpResponse:
    """Record the last day at a setting."""
    child = child_or_404(request, pk)
    left = row_or_404(queries.enrolments_of(request.actor, pk), enrolment)
    return edit(
        request,
        child,
        forms.LeaveForm(request.POST or None, initial={"version": child.version, "ends_on": left.ends_on}),
        act=lambda facts: actions.leave(by=request.actor, enrolment=left, **facts),
        title=f"Last day at {left}",
        done=f"The last day at {left} was saved.",
        section="settings",
    )
