"""The pages of retention: the rules, what is due, and the two signatures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kept.access.acting import Refused
from kept.access.models import User
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.administration import periods, retention
from kept.administration.models import RetentionReview
from kept.administration.retention_models import Decision, Of
from kept.design.dates import DateField
from kept.people.queries import children_seen
from kept.rules.retention import RULES
from kept.rules.retention.rules import MOST_YEARS

A_PAGE = 50
SHOWN = [("waiting", "To be decided"), ("confirm", "To be confirmed"), ("kept", "Kept longer"), ("removed", "Removed")]


class ShownForm(forms.Form):
    """Which reviews the list shows."""

    show = forms.ChoiceField(label="Show", choices=SHOWN, required=False)


class DecideForm(forms.Form):
    """What happens to a record, and why."""

    decision = forms.ChoiceField(
        label="What happens to it?",
        choices=[(Decision.REMOVE.value, Decision.REMOVE.label), (Decision.KEEP.value, Decision.KEEP.label)],
        widget=forms.RadioSelect,
    )
    keep_until = DateField(label="If it is kept: until", required=False, help_text="It is asked again then.")
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea,
        help_text="The reason stays when the record is gone, so name nobody in it. A claim, an inquiry or a complaint "
        "that still runs is a reason to keep it.",
    )


class PeriodForm(forms.Form):
    """The area's own period for one rule."""

    mark_optional = False
    rule = forms.ChoiceField(label="What is it about?", choices=[(rule.key, rule.about) for rule in RULES.values()])
    years = forms.IntegerField(
        label="How many years?",
        min_value=1,
        max_value=MOST_YEARS,
        help_text="For a record with a plan: the birthday until which it is kept. Otherwise years after the last "
        "entry, or after the last role ended.",
    )
    from_on = DateField(label="From which day?", help_text="Today or later")
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="Which schedule of the council, and who decided it. It stays beside the period.",
    )


class ConfirmForm(forms.Form):
    """Whether the second person agrees."""

    answer = forms.ChoiceField(
        label="Do you confirm?",
        choices=[("confirm", "Yes, remove it for good"), ("back", "No, send it back")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="If you send it back: why?", max_length=300, required=False)


def _names(request: HttpRequest, found: list[RetentionReview]) -> dict[UUID, str]:
    """The names behind the keys, for those who may know them; the data protection officer sees keys."""
    keys = [one.subject_id for one in found]
    children = {child.pk: child.full_name for child in children_seen(request.actor).filter(pk__in=keys)}
    showing_list(request, children, "Records whose time is up")
    users = [one.subject_id for one in found if one.of == Of.ACCOUNT]
    return children | dict(User.objects.filter(pk__in=users).values_list("pk", "name"))


@needs(Can.REVIEW_RETENTION, Can.CONFIRM_REMOVAL)
def due(request: HttpRequest) -> HttpResponse:
    """What is due, and by which rules."""
    usual = "waiting" if request.actor.can(Can.REVIEW_RETENTION) else "confirm"
    form = ShownForm({"show": request.GET.get("show") or usual})
    show = form.cleaned_data["show"] if form.is_valid() else usual
    found = retention.reviews(request.actor)
    found = {
        "waiting": found.filter(decision=Decision.WAITING, removed_at__isnull=True),
        "confirm": found.filter(decision=Decision.REMOVE, removed_at__isnull=True),
        "kept": found.filter(decision=Decision.KEEP),
        "removed": found.filter(removed_at__isnull=False),
    }[show]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    names = _names(request, list(page))
    lines = [
        {
            "one": one,
            "rule": RULES[one.rule],
            "name": names.get(one.subject_id, ""),
            "state": one.state(request.actor.today),
        }
        for one in page
    ]
    own = retention.years_in_force(request.actor)
    rules = [
        {"rule": rule, "lasts": rule.lasting(own.get(rule.key, rule.years)), "is_own": rule.key in own}
        for rule in RULES.values()
    ]
    context = {
        "form": form,
        "show": show,
        "page": page,
        "lines": lines,
        "rules": rules,
        "may_set": request.actor.can(Can.REVIEW_RETENTION),
    }
    return render(request, "administration/retention.html", context)


@needs(Can.REVIEW_RETENTION)
def periods_page(request: HttpRequest) -> HttpResponse:
    """Set the area's own period for a rule; what was set before stays readable."""
    form = PeriodForm(request.POST if request.method == "POST" else None, initial={"from_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            periods.set_period(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. Tonight’s list is made by it from its day on.")
            return redirect("administration:retention_periods")
    rows = [(one, RULES[one.rule]) for one in periods.every_period(request.actor)]
    return render(
        request, "administration/retention_periods.html", {"form": form, "rows": rows, "rules": RULES.values()}
    )


@needs(Can.REVIEW_RETENTION, Can.CONFIRM_REMOVAL)
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One record whose time is up: decide, or confirm."""
    found = retention.reviews(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    form, button = _form(request, found)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            words = _act(request, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words)
            return redirect("administration:retention")
    name = _names(request, [found]).get(found.subject_id, "")
    if name and found.of == Of.CHILD:
        showing(request, found.subject_id, what="Review of a record whose time is up")
    context = {
        "review": found,
        "rule": RULES[found.rule],
        "name": name,
        "state": found.state(request.actor.today),
        "form": form,
        "button": button,
        "removed": sorted(found.removed.items()),
    }
    return render(request, "administration/retention_review.html", context)


def _form(request: HttpRequest, found: RetentionReview) -> tuple[forms.Form | None, str]:
    """The form that is this person's turn, if any."""
    data = request.POST if request.method == "POST" else None
    if found.removed_at:
        return None, ""
    if request.actor.can(Can.CONFIRM_REMOVAL) and found.decision == Decision.REMOVE:
        return ConfirmForm(data), "Continue"
    if request.actor.can(Can.REVIEW_RETENTION):
        return DecideForm(data), "Save the decision"
    return None, ""


def _act(request: HttpRequest, found: RetentionReview, facts: dict[str, Any]) -> str:
    if "decision" in facts:
        retention.decide(by=request.actor, review=found, **facts)
        return "The decision is saved." + (
            " The data protection officer confirms it." if facts["decision"] == Decision.REMOVE else ""
        )
    if facts["answer"] == "back":
        retention.send_back(by=request.actor, review=found, reason=facts["reason"])
        return "It was sent back."
    done = retention.confirm(by=request.actor, review=found)
    return f"Removed: {sum(done.removed.values()):,} rows and files."
