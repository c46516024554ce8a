"""Pages of staff for a family: telling of a delay, and writing down what was said by phone or letter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.models import AgencyKind
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.web import needs
from kept.family import actions, forms, page
from kept.family.views import child_or_404
from kept.family.words import owed_words
from kept.messages.queries import messages_of, threads_of
from kept.people.queries import family_of


@needs(Can.WORK_CASES)
def late(request: HttpRequest, pk: UUID, duty: UUID) -> HttpResponse:
    """Tell the family, before the day, that something will be late."""
    found = child_or_404(request, pk, "Tell the family of a delay")
    owed = actions.owed_duty(request.actor, found, duty)
    if owed is None:
        raise Http404
    form = forms.LateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_it_will_be_late(by=request.actor, duty=owed, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The family’s page says so now, with your reason and the new day.")
            return redirect("family:owed", pk)
    words = {
        "child": found,
        "form": form,
        "duty": owed,
        "what": owed_words(owed.rule, owed.what, found.first_name),
        "day": request.actor.today,
        "back_link": reverse("family:owed", args=[pk]),
    }
    return render(request, "family/late.html", words)


@needs(Can.WORK_CASES)
def write_down(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what somebody of the family said by phone, by letter or face to face."""
    found = child_or_404(request, pk, "Write down what the family said")
    carers = [member.carer for member in family_of(request.actor, pk) if member.is_running and member.carer]
    case = page.latest_case(request.actor, pk)
    form = forms.WriteDownForm(
        request.POST if request.method == "POST" else None, carers=carers, initial={"said_on": request.actor.today}
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"carer": form.known[form.cleaned_data["carer"]]}
        try:
            thread = actions.write_down(
                by=request.actor,
                child=found,
                owner=case.officer if case else request.actor.user,
                team=case.team if case else None,
                **facts,
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It was written down. Now send the family a copy.")
            return redirect("family:copy", pk, thread.pk)
    words = {
        "child": found,
        "form": form,
        "title": "Write down what the family said",
        "lead": "Who has no account loses nothing by it: the same clock runs, and a copy goes out.",
        "button": "Write it down",
        "notes": [] if carers else ["No parent or carer is on the record. Add one on the child’s record first."],
        "back_link": reverse("family:child", args=[pk]),
    }
    return render(request, "family/form.html", words)


@needs(Can.WORK_CASES)
def copy(request: HttpRequest, pk: UUID, thread: UUID) -> HttpResponse:
    """The copy of what was written down, to print and post, and the day on which it went."""
    found = child_or_404(request, pk, "Copy for the family")
    talk = threads_of(request.actor, pk).filter(pk=thread).first()
    if talk is None:
        raise Http404
    form = forms.CopyForm(request.POST if request.method == "POST" else None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.copy_sent(by=request.actor, thread=talk, **form.cleaned_data)
        except Refused as problem:
            form.add_error("on", str(problem))
        else:
            messages.success(request, "Saved: the copy was sent.")
            return redirect("messages:thread", thread)
    said = messages_of(request.actor, talk)
    bodies = list(agencies(request.actor, AgencyKind.SENDIASS, AgencyKind.SEND))
    words = {
        "child": found,
        "form": form,
        "thread": talk,
        "said": said,
        "answered": any(not one.is_theirs for one in said),
        "council": next((one for one in bodies if one.kind == AgencyKind.SEND), None),
        "support": next((one for one in bodies if one.kind == AgencyKind.SENDIASS), None),
        "case": page.latest_case(request.actor, pk),
        "day": request.actor.today,
        "back_link": reverse("messages:thread", args=[thread]),
    }
    return render(request, "family/copy.html", words)
