"""Pages of the family: where things stand, what is owed, questions and rights, messages, story and views."""

from __future__ import annotations

from os import SEEK_END
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.grants import grants_to
from kept.access.models import Grant, Relation, User
from kept.access.predicates import BE_FAMILY, allows
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.cases.models import Case
from kept.design.words import counted, day, listed
from kept.family import actions, export, forms, page
from kept.family.answering import answers
from kept.family.letters import letter_file, letters_of
from kept.family.words import COMPLAINING, COMPLAINT, OWN_STORY_NOTES, READ_BY_US, READ_BY_US_ONLY, STORY_NOTES
from kept.messages import actions as talking
from kept.messages.forms import StartForm
from kept.messages.queries import threads_of
from kept.people.models import Child
from kept.people.queries import children_seen
from kept.plans.queries import version_in_force
from kept.rules.process import NotPossible, Stage

READERS = (Can.FOLLOW_OWN, Can.WORK_CASES)
_OWN = Relation.YOUNG_PERSON.value
FAMILY = frozenset({Relation.FAMILY.value, _OWN})
MAY_ASK = frozenset({Stage.NONE, Stage.NOT_ASSESSED, Stage.NO_PLAN, Stage.CEASED, Stage.CLOSED})


def child_or_404(request: HttpRequest, pk: UUID, what: str) -> Child:
    """The child, for the family or for staff who look at the family's page with them."""
    child = children_seen(request.actor).filter(pk=pk).first()
    if child is None:
        raise Http404
    showing(request, child.pk, what=what)
    return child


def family_or_404(request: HttpRequest, pk: UUID, what: str) -> Child:
    """The child, for its own family only."""
    child = child_or_404(request, pk, what)
    if not allows(request.actor, BE_FAMILY, pk):
        raise Http404
    return child


def _page(request: HttpRequest, child: Child) -> page.FamilyPage:
    mine = _relations(request, child.pk)
    is_family = request.actor.can(Can.FOLLOW_OWN) and bool(mine & FAMILY)
    return page.family_page(request.actor, child, is_family=is_family, is_own=_OWN in mine)


def _relations(request: HttpRequest, pk: UUID) -> frozenset[str]:
    """By which running grants the person is joined to the child."""
    return frozenset(grants_to(request.actor, pk).values_list("relation", flat=True))


def _is_own(request: HttpRequest, pk: UUID) -> bool:
    """Whether the young person themself looks: only they are called "you"."""
    return _OWN in _relations(request, pk)


def _home(child: Child) -> str:
    return reverse("family:child", args=[child.pk])


@needs(Can.FOLLOW_OWN)
def home(request: HttpRequest) -> HttpResponse:
    """The front door of a family: the child's page, or a choice of children."""
    children = list(children_seen(request.actor)[:50])
    if len(children) == 1:
        return redirect("family:child", children[0].pk)
    showing_list(request, [child.pk for child in children], what="Your children")
    words = {"children": page.overviews(request.actor, children), "day": request.actor.today}
    return render(request, "family/home.html", words)


@needs(*READERS)
def child(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The family's page."""
    found = child_or_404(request, pk, "The family’s page")
    shown = _page(request, found)
    words = {
        "page": shown,
        "child": found,
        "day": request.actor.today,
        "may_ask": shown.is_family and request.actor.can(Can.SEND_REQUEST) and shown.stage in MAY_ASK,
        "is_staff": request.actor.can(Can.WORK_CASES),
    }
    return render(request, "family/child.html", words)


@needs(*READERS)
def owed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything owed to the family: kept, late and still to come."""
    found = child_or_404(request, pk, "What the family is owed")
    words = {
        "page": _page(request, found),
        "child": found,
        "day": request.actor.today,
        "back_link": _home(found),
        "is_staff": request.actor.can(Can.WORK_CASES),
    }
    return render(request, "family/owed.html", words)


@needs(*READERS)
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions that all families ask, with their answers."""
    found = child_or_404(request, pk, "Questions and answers")
    shown = _page(request, found)
    words = {"page": shown, "child": found, "answers": answers(request.actor, shown), "back_link": _home(found)}
    return render(request, "family/questions.html", words)


@needs(Can.FOLLOW_OWN)
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan in force and the letters that went to the person who asks."""
    found = family_or_404(request, pk, "The plan and the letters")
    words = {
        "child": found,
        "plan": version_in_force(request.actor, found.pk, request.actor.today),
        "letters": letters_of(request.actor, found.pk),
        "back_link": _home(found),
    }
    return render(request, "family/letters.html", words)


@needs(Can.FOLLOW_OWN)
def letter(request: HttpRequest, pk: UUID, letter: UUID) -> HttpResponse:
    """One letter, just as it went."""
    found = family_or_404(request, pk, "A letter")
    made = letter_file(request.actor, found.pk, letter)
    if made is None:
        raise Http404
    showing(request, found.pk, what="A letter", kind=Kind.FILE)
    answer = HttpResponse(made[1], content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="letter-{made[0].dated.isoformat()}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(*READERS)
def help_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Help and rights, with the days that matter now."""
    found = child_or_404(request, pk, "Help and rights")
    words = {"page": _page(request, found), "child": found, "day": request.actor.today, "back_link": _home(found)}
    return render(request, "family/help.html", words)


@needs(Can.FOLLOW_OWN)
def own_file(request: HttpRequest, pk: UUID) -> HttpResponse | FileResponse:
    """The family's own file: everything on its page, its letters, plan and papers, in one zip."""
    found = family_or_404(request, pk, "The family’s own file")
    showing(request, found.pk, what="The family’s own file", kind=Kind.EXPORT)
    made = export.family_file(request.actor, _page(request, found))
    name = f"our-file-{request.actor.today.isoformat()}.zip"
    size = made.seek(0, SEEK_END)
    made.seek(0)
    if size <= export.IN_MEMORY:
        with made:
            answer: HttpResponse | FileResponse = HttpResponse(made.read(), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _form_page(request: HttpRequest, child: Child, form: Any, title: str, **more: Any) -> HttpResponse:
    words = {"child": child, "form": form, "title": title, "lead": "", "button": "Save", "notes": []}
    return render(request, "family/form.html", {**words, "back_link": _home(child), **more})


@needs(Can.FOLLOW_OWN)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the council for an assessment."""
    found = family_or_404(request, pk, "Ask for an assessment")
    story = page.latest_story(request.actor, pk)
    young = _is_own(request, pk)
    form = forms.AskForm(
        request.POST if request.method == "POST" else None,
        initial={"text": story.text[:20_000] if story else ""},
        is_own=young,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_assessment(
                by=request.actor, child=found, who="young_person" if young else "parent", **form.cleaned_data
            )
        except (Refused, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "We have your request. The six weeks start today.")
            return redirect("family:child", pk)
    return _form_page(
        request,
        found,
        form,
        "Ask us to find out what you need" if young else f"Ask us to find out what {found.first_name} needs",
        lead="We must say yes or no in six weeks.",
        button="Send",
        notes=["What you told in “our story” is in the box. You can change it."] if story else [],
    )


@needs(Can.FOLLOW_OWN)
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write to the council about a child."""
    found = child_or_404(request, pk, "Write a message")
    case = page.latest_case(request.actor, pk)
    complains = request.GET.get("about") == "complaint"
    about = COMPLAINT if complains else ""
    form = StartForm(request.POST if request.method == "POST" else None, initial={"subject": about})
    if request.method == "POST" and form.is_valid():
        try:
            thread = talking.start(
                by=request.actor,
                child=found,
                with_user=request.actor.user,
                owner=_holder(case, complains=complains),
                team=case.team if case else None,
                **form.cleaned_data,
            )
        except Refused as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, "Your message was sent.")
            return redirect("messages:thread", thread.pk)
    standard = talking.standard_of(request.actor)
    days = (counted(standard.acknowledge_days, "working day"), counted(standard.answer_days, "working day"))
    lead = "We reply within {}. You get a full answer within {}.".format(*days)
    who = case.officer.name if case and case.officer else "us"
    is_family = allows(request.actor, BE_FAMILY, pk)
    readers = READ_BY_US if is_family else READ_BY_US_ONLY
    if not complains:
        return _form_page(request, found, form, f"Write to {who}", lead=lead, button="Send", notes=[readers])
    rights = reverse("family:help", args=[pk])
    more = {"lead": lead, "button": "Send my complaint", "notes": [*COMPLAINING, readers], "back_link": rights}
    return _form_page(request, found, form, "Make a complaint", **more)


def _holder(case: Case | None, *, complains: bool) -> User | None:
    """Who is to answer: the officer; of a complaint the team, where there is one."""
    if case is None or (complains and case.team_id):
        return None
    return case.officer


@needs(*READERS)
def all_messages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every conversation about a child that the person may see."""
    found = child_or_404(request, pk, "Messages")
    threads = list(threads_of(request.actor, pk)[:200])
    words = {"child": found, "threads": threads, "day": request.actor.today, "back_link": _home(found)}
    return render(request, "family/messages.html", words | {"may_write": request.actor.can(Can.FOLLOW_OWN)})


@needs(Can.FOLLOW_OWN)
def story(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell or change the family's story."""
    found = family_or_404(request, pk, "Our story")
    latest = page.latest_story(request.actor, pk)
    form = forms.StoryForm(
        request.POST if request.method == "POST" else None, initial={"text": latest.text if latest else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_story(by=request.actor, child=found, **form.cleaned_data)
        except Refused as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, "Your story was saved. Now choose who may read it.")
            return redirect("family:share", pk)
    notes = [*(OWN_STORY_NOTES if _is_own(request, pk) else STORY_NOTES)]
    if latest:
        notes.append(f"{latest.told_by} told it last, on {day(latest.at)}.")
    return _form_page(request, found, form, "Our story", notes=notes)


@needs(Can.FOLLOW_OWN)
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose who may read the story and the child's views."""
    found = family_or_404(request, pk, "Who may read our story")
    held = [one.agency_id for one in page.running_shares(request.actor, pk)]
    involved = Grant.objects.filter(area=request.actor.area, child_id=pk, agency__isnull=False).values("agency")
    all_bodies = agencies(request.actor)
    offered = all_bodies.filter(pk__in=involved) | all_bodies.filter(kind="send") | all_bodies.filter(pk__in=held)
    form = forms.ShareForm(
        request.POST if request.method == "POST" else None, offered=offered.distinct(), initial={"agencies": held}
    )
    if request.method == "POST" and form.is_valid():
        actions.share_with(by=request.actor, child=found, chosen=list(form.cleaned_data["agencies"]))
        names = [str(one) for one in form.cleaned_data["agencies"]]
        said = f"{listed(names)} may read it now." if names else "No service may read it now."
        messages.success(request, f"Your choice was saved. {said}")
        return redirect("family:child", pk)
    return _form_page(request, found, form, "Who may read our story?", button="Save my choice")


@needs(Can.FOLLOW_OWN, Can.SEE_RECORD)
def views_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the child said and showed."""
    found = child_or_404(request, pk, "The child’s views")
    views = list(page.ChildView.objects.filter(area=request.actor.area, child=found).select_related("by")[:200])
    words = {
        "child": found,
        "views": views,
        "back_link": _home(found),
        "is_own": _is_own(request, pk),
        "may_add": actions.may_record_view(request.actor, pk),
    }
    return render(request, "family/views.html", words)


@needs(Can.FOLLOW_OWN, Can.SEE_RECORD)
def add_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what the child said or showed."""
    found = child_or_404(request, pk, "The child’s views")
    if not actions.may_record_view(request.actor, pk):
        raise Http404
    young = _is_own(request, pk)
    kind = forms.OwnViewForm if young else forms.ViewForm
    form = kind(request.POST if request.method == "POST" else None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_view(by=request.actor, child=found, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It was saved.")
            return redirect("family:views", pk)
    title = "What you want to say" if young else f"What {found.first_name} says or shows"
    return _form_page(request, found, form, title, back_link=reverse("family:views", args=[pk]))
