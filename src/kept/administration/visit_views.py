"""The pages of inspection visits: planned by whoever hosts them, read by the inspectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kept.access.acting import Actor, Refused
from kept.access.models import Reading, User
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.administration import visits
from kept.administration.models import Visit, VisitChild
from kept.cases.queries import cases_by_child
from kept.design.dates import DateField
from kept.people.finding import search_children
from kept.people.queries import children_seen

A_PAGE = 25
NO_INSPECTOR = (
    "Nobody holds the role of inspector yet, so no visit can be planned. "
    "Ask an administrator to invite each inspector, then come back."
)


class VisitForm(forms.Form):
    """Who comes, from and until when."""

    name = forms.CharField(
        label="What is the visit called?",
        max_length=150,
        help_text="For example: area SEND inspection by Ofsted and the Care Quality Commission. Families read it.",
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", help_text="What the inspectors see ends by itself after this day.")
    inspectors = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Who comes?",
        widget=forms.CheckboxSelectMultiple,
        help_text="People who hold the role of inspector today. An administrator gives that role.",
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["inspectors"].queryset = found = visits.inspectors_to_ask(actor)
        if not found.exists():
            self.fields["inspectors"].help_text = NO_INSPECTOR


class DrawForm(forms.Form):
    """How many children to draw."""

    size = forms.IntegerField(label="How many children?", min_value=1, max_value=visits.LARGEST, initial=6)
    seed = forms.IntegerField(
        label="Seed",
        required=False,
        min_value=0,
        max_value=visits.SEEDS,
        help_text="Leave empty for a new draw. A number repeats an earlier one, for inspectors to check.",
    )


class FindForm(forms.Form):
    """Whom to look for."""

    q = forms.CharField(label="Name, date of birth or number", required=False, max_length=120)


class EndForm(forms.Form):
    """Why a visit ends before its last day."""

    reason = forms.CharField(label="Why does it end now?", max_length=300, required=False)


def _visit(request: HttpRequest, pk: UUID) -> Visit:
    found = Visit.objects.filter(area=request.actor.area, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _done(form: forms.Form, move: Callable[[], Any]) -> Any:
    """What the move gave, or None when it was refused: the refusal becomes an error of the form."""
    try:
        return move()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@needs(Can.HOST_VISITS)
def visit_list(request: HttpRequest) -> HttpResponse:
    """Every visit, the newest first."""
    found = Visit.objects.filter(area=request.actor.area).annotate(
        children=Count("sample", filter=Q(sample__removed_on__isnull=True), distinct=True),
        people=Count("inspectors", distinct=True),
    )
    found = found.order_by("-starts_on", "-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, one.state(request.actor.today)) for one in page]
    return render(request, "administration/visits.html", {"page": page, "lines": lines})


@needs(Can.HOST_VISITS)
def new_visit(request: HttpRequest) -> HttpResponse:
    """Plan a visit."""
    form = VisitForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        made = _done(form, lambda: visits.plan_visit(by=request.actor, **form.cleaned_data))
        if made is not None:
            messages.success(request, "The visit is planned. Now draw its sample.")
            return redirect("administration:visit", made.pk)
    return render(request, "administration/new_visit.html", {"form": form})


@needs(Can.HOST_VISITS)
def change_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change who comes and when."""
    found = _visit(request, pk)
    now = {"name": found.name, "starts_on": found.starts_on, "ends_on": found.ends_on}
    now["inspectors"] = [one.user_id for one in found.inspectors.all()]
    form = VisitForm(request.POST if request.method == "POST" else None, actor=request.actor, initial=now)
    if request.method == "POST" and form.is_valid():
        changed = _done(form, lambda: visits.change_visit(by=request.actor, visit=found, **form.cleaned_data))
        if changed is not None:
            messages.success(request, "The visit is changed.")
            return redirect("administration:visit", pk)
    return render(request, "administration/change_visit.html", {"form": form, "visit": found})


def _lines(actor: Actor, visit: Visit, sample: list[VisitChild]) -> list[dict[str, Any]]:
    """Each child of the sample with their cases and how often the inspectors looked during the visit."""
    children = [one.child_id for one in sample]
    looked = {
        line["child_id"]: line
        for line in Reading.objects.filter(
            area=actor.area,
            child_id__in=children,
            person__in=visit.inspectors.values("user"),
            at__date__gte=visit.starts_on,
            at__date__lte=visit.ends_on,
        )
        .values("child_id")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by()
    }
    cases = cases_by_child(actor, children)
    return [
        {"one": one, "child": one.child, "looked": looked.get(one.child_id), "cases": cases.get(one.child_id, [])}
        for one in sample
    ]


@needs(Can.HOST_VISITS)
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One visit: who comes, the sample, what the inspectors looked at; and a new draw."""
    found = _visit(request, pk)
    state = found.state(request.actor.today)
    form = DrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        added = _done(form, lambda: visits.draw_sample(by=request.actor, visit=found, **form.cleaned_data))
        if added is not None:
            messages.success(request, f"Added to the sample: {added}.")
            return redirect("administration:visit", pk)
    sample = list(visits.sample_of(request.actor, found))
    showing_list(request, [one.child_id for one in sample], "Sample of an inspection visit")
    context = {
        "visit": found,
        "state": state,
        "lines": _lines(request.actor, found, sample),
        "people": [one.user for one in found.inspectors.select_related("user").order_by("user__name")],
        "form": form,
    }
    return render(request, "administration/visit.html", context)


@needs(Can.HOST_VISITS)
def add_child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find a child whom the inspectors asked for, and add them."""
    found = _visit(request, pk)
    if request.method == "POST":
        child = children_seen(request.actor).filter(pk=_key(request)).first()
        if child is None:
            raise Http404
        try:
            visits.add_child(by=request.actor, visit=found, child=child)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{child.full_name} is in the sample.")
        return redirect("administration:visit", pk)
    form = FindForm(request.GET or None)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    results = search_children(request.actor, text) if text else None
    listed = [one.child for one in results.found] if results else []
    showing_list(request, [one.pk for one in listed], "Children found for an inspection visit")
    context = {"visit": found, "form": form, "text": text, "results": results, "children": listed}
    return render(request, "administration/visit_child.html", context)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("child", ""))
    except ValueError:
        raise Http404 from None


@needs(Can.HOST_VISITS)
@require_POST
def take_out(request: HttpRequest, pk: UUID, child: UUID) -> HttpResponse:
    """Take a child out of the sample."""
    found = _visit(request, pk)
    try:
        visits.take_out(by=request.actor, visit=found, child_id=child)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The inspectors no longer see this child.")
    return redirect("administration:visit", pk)


@needs(Can.HOST_VISITS)
def end_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a visit at once."""
    found = _visit(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        visits.end_visit(by=request.actor, visit=found, reason=form.cleaned_data["reason"])
        messages.success(request, "The visit is over. Its inspectors see none of these children any more.")
        return redirect("administration:visit", pk)
    return render(request, "administration/end_visit.html", {"form": form, "visit": found})


@needs(Can.SEE_VISIT)
def my_visits(request: HttpRequest) -> HttpResponse:
    """An inspector's own visits: the children whom each lets them see today, and no others."""
    mine = list(Visit.objects.filter(area=request.actor.area, inspectors__user=request.actor.user))
    today = request.actor.today
    chosen = VisitChild.objects.filter(area=request.actor.area, visit__in=mine, removed_on__isnull=True)
    sample = list(chosen.select_related("child").order_by("child__sort_key", "pk"))
    cases = cases_by_child(request.actor, {one.child_id for one in sample})
    of_visit: dict[UUID, list[dict[str, Any]]] = {one.pk: [] for one in mine if one.state(today) == "running"}
    for one in sample:
        if one.visit_id in of_visit:
            of_visit[one.visit_id].append({"child": one.child, "cases": cases.get(one.child_id, [])})
    shown = [line["child"].pk for lines in of_visit.values() for line in lines]
    showing_list(request, shown, "Sample of an inspection visit")
    lines = [(one, one.state(today), of_visit.get(one.pk, [])) for one in mine]
    return render(request, "administration/my_visits.html", {"lines": lines})
