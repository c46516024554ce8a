"""The page behind a single-use link: for a professional without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kept.access.acting import Actor, Refused, acting_as_system
from kept.access.models import Area
from kept.access.trails import Shown
from kept.access.trails.reading import write_reading
from kept.access.web import public
from kept.documents.actions import NotKept
from kept.partners import actions, forms, links, queries
from kept.partners.models import Link
from kept.rules.process import NotPossible

GONE = 410


@public
def by_link(request: HttpRequest, area: str, token: str) -> HttpResponse:
    """Answer a request for advice once: first the child's date of birth, then the advice."""
    place = Area.objects.filter(slug=area).first()
    if place is None:
        raise Http404
    request.offer_area = place  # whose page it is stands at its head, though nobody is signed in
    with acting_as_system(place) as system:
        try:
            link = links.find_link(system, token, lock=request.method == "POST")
        except links.LinkDead as dead:
            return render(request, "partners/link_dead.html", {"why": str(dead), "area": place}, status=GONE)
        response = _open(request, system, place, link, token)
    response["Referrer-Policy"] = (
        "same-origin"  # "no-referrer" would make browsers send no origin, and the form be refused
    )
    response["Cache-Control"] = "no-store"
    return response


def _open(request: HttpRequest, system: Actor, place: Area, link: Link, token: str) -> HttpResponse:
    key = f"advice link {link.pk}"
    if not request.session.get(key):
        form = forms.BirthForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            if links.knows_the_child(system, link, form.cleaned_data["born_on"]):
                request.session[key] = True
                return _answer(request, system, place, link, token, is_first=True)
            form.add_error(
                "born_on", f"That is not the child’s date of birth. After {links.TRIES} tries the link stops."
            )
        return render(request, "partners/link_birth.html", {"form": form, "link": link, "area": place})
    return _answer(request, system, place, link, token)


def _answer(
    request: HttpRequest, system: Actor, place: Area, link: Link, token: str, *, is_first: bool = False
) -> HttpResponse:
    asked = link.request
    shown = Shown(what=f"Request for advice, by a link for {link.for_name}", children={asked.child_id: None})
    write_reading(system, shown, page="partners:by_link")
    (line,) = queries.lines_of(system, [asked])
    is_sent = request.method == "POST" and not is_first
    form = forms.LinkAdviceForm(
        request.POST if is_sent else None,
        request.FILES or None if is_sent else None,
        initial=line.work.draft if line.work else {},
    )
    saved = False
    if is_sent and "draft" in request.POST:
        form.fields["role"].required = False
    if is_sent and form.is_valid():
        try:
            if "draft" in request.POST:
                actions.keep_draft(system, asked, form.sections())
                saved = True
            elif form.check_whole():
                links.answer_by_link(
                    by=system,
                    token=token,
                    sections=form.sections(),
                    role=form.cleaned_data["role"],
                    earlier_stands=form.cleaned_data["earlier_stands"],
                    files=form.chosen_files(),
                )
                return render(request, "partners/link_done.html", {"area": place, "link": link})
        except (Refused, NotPossible, NotKept) as problem:
            form.add_error(None, str(problem))
    words = {"form": form, "line": line, "asked": asked, "day": system.today, "by_link": True, "saved": saved}
    return render(request, "partners/answer.html", words | {"area": place, "story": None, "link": link})
