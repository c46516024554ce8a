"""Pages of schools and health services: my pupils, a request, an early notice; and the council's answer to both."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.models import Agency, AgencyKind
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing, showing_list
from kept.access.web import needs
from kept.cases.access import ENDED
from kept.design.forms import DateField
from kept.family.page import latest_story
from kept.messages.forms import message_field
from kept.partners import telling
from kept.partners.models import NoticeKind
from kept.rules.identifiers import uuid7
from kept.rules.process import NotPossible, Stage
from kept.whereabouts import rolls
from kept.whereabouts.half_terms import half_term_of
from kept.whereabouts.queries import Pupil, pupils_of


class RequestForm(forms.Form):
    """Why an assessment is asked for."""

    mark_optional = False
    text = message_field(
        "Why do you ask?",
        "What you see, what you tried for how long and what came of it. What the record holds is sent with it.",
        rows=10,
    )
    family_knows = forms.BooleanField(
        label="The family knows that we ask", error_messages={"required": "Talk with the family first."}
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class PupilFilter(forms.Form):
    """Which pupils a page shows."""

    mark_optional = False
    q = forms.CharField(label="Name or date of birth", required=False, max_length=100)


class TellForm(forms.Form):
    """A child who may need help."""

    given_names = forms.CharField(label="Given names", max_length=120)
    family_name = forms.CharField(label="Family name", max_length=120)
    born_on = DateField(label="Date of birth")
    postcode = forms.CharField(label="Postcode", max_length=8, required=False)
    parent_name = forms.CharField(label="Name of the parent", max_length=150)
    parent_contact = forms.CharField(label="How to reach the parent", max_length=200)
    needs = message_field("What do you see?", "Why you think that the child has or probably has special needs.")
    parent_told_on = DateField(
        label="When did you talk with the parent?", help_text="The law says: before you tell us."
    )
    helper = forms.CharField(
        label="Which voluntary body did you tell the parent of?",
        help_text="If you know one that is likely to help (section 23(4)).",
        max_length=200,
        required=False,
    )


def _own(request: HttpRequest, *kinds: str) -> Agency:
    found = agencies(request.actor, *kinds).filter(pk__in=request.actor.agency_ids).first()
    if found is None:
        raise Http404
    return found


@needs(Can.CONFIRM_ROLL)
def pupils(request: HttpRequest) -> HttpResponse:
    """The school's pupils on the record: stage, what is next, and when they were last confirmed."""
    setting = _own(request)
    narrow = PupilFilter(request.GET)
    typed = narrow.cleaned_data["q"] if narrow.is_valid() else ""
    page = rolls.pupils_page(request.actor, setting, text=typed, number=request.GET.get("page"))
    showing_list(request, [pupil.child.pk for pupil in page], what="Our pupils")
    words = {
        "page": page,
        "narrow": narrow,
        "typed": typed,
        "setting": setting,
        "term": half_term_of(request.actor.today),
        "day": request.actor.today,
        "stages": {stage.name: stage.value for stage in Stage},
        "ended": ENDED,
    }
    return render(request, "partners/pupils.html", words)


def _pupil_or_404(request: HttpRequest, setting: Agency, pk: UUID) -> Pupil:
    found = pupils_of(request.actor, rolls.on_roll(request.actor, setting).filter(pk=pk))
    if not found:
        raise Http404
    showing(request, pk, what="Send a request")
    return found[0]


@needs(Can.CONFIRM_ROLL)
def send_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the council to assess a pupil; what the record holds is filled in."""
    setting = _own(request)
    pupil = _pupil_or_404(request, setting, pk)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            case = telling.send_request(
                by=request.actor, child=pupil.child, setting=setting, text=facts["text"], token=facts["token"]
            )
        except (Refused, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            name = pupil.child.first_name
            messages.success(
                request, f"The council has your request for {name}: case {case.reference}. The six weeks run."
            )
            return redirect("partners:pupils")
    words = {
        "form": form,
        "pupil": pupil,
        "setting": setting,
        "story": latest_story(request.actor, pk),
        "needs": list(pupil.child.needs.filter(ends_on__isnull=True).order_by("rank")),
        "back_link": reverse("partners:pupils"),
    }
    return render(request, "partners/send_request.html", words)


@needs(Can.GIVE_ADVICE)
def tell(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell the council of a child: an early notice, or a request for a child who is not on the list."""
    if kind not in NoticeKind.values:
        raise Http404
    kinds = telling.HEALTH if kind == NoticeKind.EARLY else {AgencyKind.SCHOOL}
    agency = _own(request, *kinds)
    form = TellForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            telling.tell_of_a_child(by=request.actor, agency=agency, kind=kind, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The council has been told, and its next step has a day.")
            return redirect("partners:tell", kind)
    earlier = telling.told_by(request.actor, agency, kind)
    showing_list(
        request, [one.child_id for one in earlier if one.child_id], what="Children of whom we told the council"
    )
    words = {
        "form": form,
        "title": NoticeKind(kind).label,
        "earlier": earlier,
        "back_link": reverse("partners:desk"),
    }
    return render(request, "partners/tell.html", words)
