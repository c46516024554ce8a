"""Pages that change a child's family: parents and carers, responsibility, how to reach them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from kept.access.roles import Can
from kept.access.web import needs as needs_permission
from kept.people import actions, forms, queries
from kept.people.editing import child_or_404, edit, row_or_404
from kept.people.models import Carer, Child, ParentalLink


def _link_or_404(request: HttpRequest, child: Child, link: UUID) -> ParentalLink:
    return row_or_404(queries.links_of(request.actor, child.pk), link)


def _said(carer: Carer) -> str:
    children = sorted({f"{link.relationship} of {link.child.full_name}" for link in carer.links.all()})
    return ", ".join(filter(None, [carer.name, *children, carer.email, carer.phone]))


@needs_permission(Can.EDIT_PEOPLE)
def add_carer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a parent or carer, or join one who is already on the record."""
    child = child_or_404(request, pk)
    form = forms.AddCarerForm(request.POST or None, initial={"version": child.version, "starts_on": child.born_on})
    known: dict[str, Carer] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("name", "email", "phone")}
        besides = [member.link.carer_id for member in queries.family_of(request.actor, pk) if member.is_running]
        alike = queries.carers_like(request.actor, besides=besides, **typed)
        known = {str(carer.pk): carer for carer in alike}
        if alike:
            form.offer(alike, map(_said, alike))

    def act(facts: dict[str, Any]) -> None:
        carer = known.get(form.cleaned_data.get("same_as", "")) or actions.add_carer(by=request.actor, **form.contact())
        actions.link_carer(by=request.actor, child=child, carer=carer, **facts)

    return edit(
        request,
        child,
        form,
        act=act,
        title="Add a parent or carer",
        done="The parent or carer was added.",
        button="Add",
        section="family",
    )


@needs_permission(Can.EDIT_PEOPLE)
def change_link(request: HttpRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Change responsibility, limits, care or what is withheld; the facts of before are kept with their end."""
    child = child_or_404(request, pk)
    current = _link_or_404(request, child, link)
    initial: dict[str, Any] = {
        name: getattr(current, name) for name in forms.LinkForm.base_fields if hasattr(current, name)
    }
    for name in ("has_responsibility", "lives_with"):
        initial[name] = forms.yes_or_no(initial[name])
    initial |= {"version": child.version, "starts_on": None}
    return edit(
        request,
        child,
        forms.LinkForm(request.POST or None, initial=initial),
        act=lambda facts: actions.link_carer(by=request.actor, child=child, carer=current.carer, **facts),
        title=f"{current.carer.name}: relationship and responsibility",
        lead="What was recorded before is kept, and ends the day before the one that you give.",
        done="The relationship was saved.",
        section="family",
    )


@needs_permission(Can.EDIT_PEOPLE)
def contact(request: HttpRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Change how a parent or carer is called and reached, for all their children."""
    child = child_or_404(request, pk)
    carer = _link_or_404(request, child, link).carer
    initial = {name: getattr(carer, name) for name in forms.CONTACT} | {"version": child.version}
    form = forms.ContactForm(request.POST or None, initial=initial)

    def act(facts: dict[str, Any]) -> None:
        facts.pop("version")
        actions.change_carer(by=request.actor, carer=carer, **facts)

    return edit(
        request,
        child,
        form,
        act=act,
        title=f"{carer.name}: contact details",
        done="The contact details were saved.",
        section="family",
    )


@needs_permission(Can.EDIT_PEOPLE)
def end_link(request: HttpRequest, pk: UUID, link: UUID) -> HttpResponse:
    """End parental responsibility, or the relationship of somebody without it."""
    child = child_or_404(request, pk)
    current = _link_or_404(request, child, link)
    ends = "parental responsibility" if current.has_responsibility else "relationship"

    def act(facts: dict[str, Any]) -> None:
        end = actions.end_responsibility if current.has_responsibility else actions.end_link
        end(by=request.actor, link=current, **facts)

    return edit(
        request,
        child,
        forms.EndLinkForm(request.POST or None, initial={"version": child.version}, link=current),
        act=act,
        title=f"{current.carer.name}: end the {ends}",
        lead="Their account stops opening the child's record on that day. What was recorded is kept.",
        done=f"The {ends} of {current.carer.name} was ended.",
        button="End it",
        section="family",
    )
