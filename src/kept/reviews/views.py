"""Pages of one review: where it stands, who is invited, the papers, what was judged, the report, the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.models import AgencyKind
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.cases.presenters import status_of
from kept.letters.pdf import as_pdf
from kept.reviews import actions, deciding, forms, hooks, meeting, packs, plan_facts, queries, sending
from kept.reviews.access import is_family, may_run
from kept.reviews.models import Paper, Review
from kept.reviews.states import MOVES, State, state_of
from kept.reviews.words import MUST_COME, TOPIC, Outcome, Part, topics_for
from kept.rules import ages
from kept.rules.process import NotPossible

INVITED = (Can.RUN_REVIEWS, Can.GIVE_ADVICE, Can.FOLLOW_OWN, Can.SEE_RECORD)
WRONG, CONFLICT = 422, 409


def review_or_404(request: HttpRequest, pk: UUID, what: str, *, to_run: bool = False) -> Review:
    """The review, if the person may see it (and run it); that it was shown goes into the reading log."""
    found = queries.review_of(request.actor, pk)
    if found is None or (to_run and not may_run(request.actor, found.child_id)):
        raise Http404
    showing(request, found.child_id, what=what)
    return found


def _crumbs(review: Review, *more: str) -> list[dict[str, str]]:
    return [
        {"text": "Reviews", "href": reverse("reviews:home")},
        {"text": review.child.full_name, "href": reverse("reviews:show", args=[review.pk])},
        *({"text": one} for one in more),
    ]


@needs(*INVITED)
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a review stands, what is next, and everything about it."""
    actor, review = request.actor, review_or_404(request, pk, "A review")
    state, runs = state_of(review, actor.today), may_run(actor, review.child_id)
    council = actor.can(Can.WORK_CASES)
    family = is_family(actor, review.child_id)
    year = ages.curriculum_year(review.child.born_on, review.meets_on)
    written = packs.latest(review.contributions.filter(area=actor.area).select_related("by"))
    own_only = actor.can(Can.FOLLOW_OWN)
    writes = actor.can(Can.RUN_REVIEWS) or actor.can(Can.GIVE_ADVICE) or actor.can(Can.FOLLOW_OWN)
    can_write = writes and state not in {State.REPORTED, State.DECIDED, State.CANCELLED}
    topics = [one for one in topics_for(year) if one.by_family or not actor.can(Can.FOLLOW_OWN)] if can_write else []
    clocks = [(one, status_of(one, actor.today)) for one in queries.clocks_of(actor, review)]
    words = {
        "review": review,
        "state": state,
        "moves": [m for m in MOVES if runs and state in m.when and (m.by_school or council)],
        "topics": topics,
        "written": written,
        "titles": {one.key: one.title for one in TOPIC.values()},
        "clocks": clocks,
        "invitees": list(review.invitees.filter(area=actor.area)),
        "papers": list(review.papers.filter(area=actor.area)),
        "moved": list(review.moves.filter(area=actor.area).select_related("by")),
        "judgements": list(review.judgements.filter(area=actor.area)),
        "feedback": list(review.feedback.filter(area=actor.area)),
        "is_family": family,
        "own_only": own_only,
        "me": actor.user.pk,
        "parent": Part.PARENT,
        "runs": runs,
        "council": council,
        "outcomes": dict(Outcome.choices),
        "day": actor.today,
        "breadcrumbs": [_crumbs(review)[0], {"text": review.child.full_name}],
    }
    return render(request, "reviews/show.html", words)


Act = Callable[[Any], object]


def _asked(
    request: HttpRequest, review: Review, form: django_forms.Form, act: Act, *, done: str, then: str, **words: Any
) -> HttpResponse:
    """A form: show it, or do what it asks and go on. What a rule forbids stands above it, with all that was typed."""
    status = 200
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except actions.Overtaken as problem:
                status = CONFLICT
                form.add_error(None, str(problem))
                fresh = queries.review_of(request.actor, review.pk) or review
                form.data = {**form.data.dict(), "version": str(fresh.version)}
            except (Refused, NotPossible) as problem:
                field = getattr(problem, "field", "")
                form.add_error(field if field in form.fields else None, str(problem))
            else:
                messages.success(request, done)
                return redirect(then, review.pk)
    page = words.pop("page", "reviews/form.html")
    shown = {
        "form": form,
        "review": review,
        "caption": f"{review.child.full_name}, {review.get_kind_display().lower()}",
        "back_link": reverse("reviews:show", args=[review.pk]),
        "breadcrumbs": _crumbs(review, words["title"]),
        "button": "Save",
        "lead": "",
        **words,
    }
    return render(request, page, shown, status=status)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@needs(Can.RUN_REVIEWS)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the meeting."""
    review = review_or_404(request, pk, "Move a review", to_run=True)
    form = forms.MoveForm(_data(request), initial={"version": review.version})
    return _asked(
        request, review, form, lambda given: actions.move(by=request.actor, review=review, **given),
        done="Moved. Everybody must be invited anew.", then="reviews:people", title="Move the meeting",
        lead="The reason stays on the record. Moving a meeting stops no time limit.", button="Move the meeting",
    )  # fmt: skip


@needs(Can.WORK_CASES)
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a review."""
    review = review_or_404(request, pk, "Cancel a review", to_run=True)
    form = forms.WhyForm(_data(request), initial={"version": review.version})
    return _asked(
        request, review, form, lambda given: actions.cancel(by=request.actor, review=review, **given),
        done="Cancelled.", then="reviews:show", title="Cancel this review", button="Cancel the review",
        lead="The twelve months run on: another review must be planned unless the plan ends.",
    )  # fmt: skip


@needs(Can.RUN_REVIEWS)
def people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is invited: the list, somebody more, send the invitations."""
    review = review_or_404(request, pk, "Who is invited", to_run=True)
    invitees = list(review.invitees.filter(area=request.actor.area).select_related("agency"))
    choices = agencies(request.actor).exclude(kind__in=[AgencyKind.FORUM, AgencyKind.OVERSIGHT])
    adding = request.POST.get("step") == "add"
    form = forms.PersonForm(_data(request) if adding else None, agencies=choices)
    sending_form = forms.InviteForm(_data(request) if not adding else None, initial={"version": review.version})
    on_paper = any(not one.email for one in invitees)
    if not on_paper:
        del sending_form.fields["posted"]
    used, act, done = (
        (form, _add(request, review), "On the list.")
        if adding
        else (
            sending_form,
            lambda given: sending.invite(by=request.actor, review=review, **given),
            "The invitations go out now.",
        )
    )
    return _asked(
        request, review, used, act, done=done, then="reviews:people", title="Who is invited",
        page="reviews/people.html", invitees=invitees, person_form=form, invite_form=sending_form,
        missing=sending.missing(invitees), must_come=MUST_COME, on_paper=on_paper,
    )  # fmt: skip


def _add(request: HttpRequest, review: Review) -> Act:
    def act(given: dict[str, Any]) -> None:
        agency = given["agency"]
        sending.add_invitee(
            by=request.actor, review=review, part=given["part"], name=given["name"],
            email=given["email"] or (agency.email if agency else ""), agency_id=agency.pk if agency else None,
        )  # fmt: skip

    return act


@needs(Can.RUN_REVIEWS)
@require_POST
def remove(request: HttpRequest, pk: UUID, invitee: UUID) -> HttpResponse:
    """Take somebody off the list."""
    review = review_or_404(request, pk, "Who is invited", to_run=True)
    try:
        sending.remove_invitee(by=request.actor, review=review, invitee=invitee)
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("reviews:people", pk)


@needs(Can.RUN_REVIEWS)
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The invitations to print."""
    review = review_or_404(request, pk, "Invitations to print", to_run=True)
    file = sending.to_print(request.actor, review)
    if file is None:
        raise Http404
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="invitations.pdf"'
    return answer


@needs(*INVITED[:3])
def write(request: HttpRequest, pk: UUID, topic: str) -> HttpResponse:
    """Write one part of the papers."""
    review, known = review_or_404(request, pk, "Papers of a review"), TOPIC.get(topic)
    if known is None or (request.actor.can(Can.FOLLOW_OWN) and not known.by_family):
        raise Http404
    mine = review.contributions.filter(area=request.actor.area, topic=topic, by=request.actor.user).last()
    initial = {"words": mine.words, "how": mine.how} if mine else {}
    lead = "Everybody who is invited to the meeting reads what you write here."
    if not mine and topic == "family" and request.actor.can(Can.FOLLOW_OWN):
        story = hooks.story_of(request.actor, review.child_id)[: forms.LONGEST_WORDS]
        initial = {"words": story} if story else {}
        lead += " What you told in “our story” is in the box. Change it, or take it out." if story else ""
    form = forms.WriteForm(_data(request), topic=known, initial=initial)
    return _asked(
        request, review, form,
        lambda given: meeting.contribute(by=request.actor, review=review, topic=topic, **given),
        done="Saved. Everybody who is invited reads it.", then="reviews:show", title=known.title,
        lead=lead,
    )  # fmt: skip


@needs(*INVITED)
def pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The papers as they stand today."""
    review = review_or_404(request, pk, "Papers of a review")
    words = {
        "review": review,
        "content": packs.content_of(request.actor, review),
        "says": packs.day_words,
        "breadcrumbs": _crumbs(review, "Papers"),
    }
    return render(request, "reviews/pack.html", words)


@needs(*INVITED)
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A paper as it went out, as a file."""
    found = (
        Paper.objects.filter(area=request.actor.area, pk=pk).select_related("review__case", "review__setting").first()
    )
    if found is None:
        raise Http404
    showing(request, found.child_id, what=found.get_what_display())
    file = as_pdf(packs.as_letter(found, found.review, request.actor.area.name))
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.what}-{found.on}.pdf"'
    return answer


@needs(Can.RUN_REVIEWS)
def circulate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the papers round."""
    review = review_or_404(request, pk, "Papers of a review", to_run=True)
    form = forms.CirculateForm(_data(request), initial={"version": review.version})
    heard = review.contributions.filter(area=request.actor.area, topic="child").exclude(how="Not asked").exists()
    if heard:
        del form.fields["not_heard_because"]
    waited = packs.waited_for(request.actor, review)
    lead = "What everybody wrote, what the record holds, and the child’s part first, frozen as it stands today."
    return _asked(
        request, review, form, lambda given: sending.circulate(by=request.actor, review=review, **given),
        done="The papers go out now.", then="reviews:show", title="Send the papers round", lead=lead,
        button="Send the papers", page="reviews/circulate.html", waited=waited,
    )  # fmt: skip


@needs(Can.RUN_REVIEWS)
def held(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The meeting was held: who came."""
    review = review_or_404(request, pk, "A review meeting", to_run=True)
    invitees = list(review.invitees.filter(area=request.actor.area))
    form = forms.HeldForm(_data(request), invitees=invitees, initial={"version": review.version})
    return _asked(
        request, review, form,
        lambda given: meeting.held(
            by=request.actor, review=review, came={UUID(one) for one in given["came"]}, version=given["version"]
        ),
        done="Recorded. Judge each outcome and all help next.", then="reviews:judge", title="The meeting was held",
        lead="If it was held on another day, move it to that day first.", button="Yes, it was held on that day",
    )  # fmt: skip


@needs(Can.RUN_REVIEWS)
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge each outcome and each item of help, with evidence."""
    review = review_or_404(request, pk, "Outcomes and help judged", to_run=True)
    items = plan_facts.items_of(request.actor, review)
    known = {one.lineage: one for one in review.judgements.filter(area=request.actor.area)}
    rows = [
        forms.JudgeForm(_data(request), item=item, prefix=str(item.lineage), initial=_judged(known.get(item.lineage)))
        for item in items
    ]
    status = 200
    if request.method == "POST":
        said = {
            form.item.lineage: meeting.Said(
                form.cleaned_data.get("verdict", ""), form.cleaned_data.get("evidence", ""),
                form.cleaned_data.get("given_because", ""), form.cleaned_data.get("family", ""),
            )
            for form in rows if form.is_valid()
        }  # fmt: skip
        problem = ""
        try:
            wrong = meeting.judge(by=request.actor, review=review, said=said)
        except Refused as refused:
            wrong, problem = {}, str(refused)
        for form in rows:
            if form.item.lineage in wrong:
                form.add_error("verdict", f"{form.item.label}: {wrong[form.item.lineage]}")
        if problem:
            messages.error(request, problem)
        elif all(form.is_valid() for form in rows):
            messages.success(request, "Saved.")
            return redirect("reviews:judge", pk)
        status = WRONG
    content = packs.content_of(request.actor, review) if items else {"outcomes": [], "delivery": []}
    words = {
        "review": review,
        "rows": rows,
        "forms": rows,
        "facts": {one["label"]: one for one in [*content["outcomes"], *content["delivery"]]},
        "left": deciding.not_judged(request.actor, review),
        "breadcrumbs": _crumbs(review, "Outcomes and help"),
    }
    return render(request, "reviews/judge.html", words, status=status)


def _judged(known: Any) -> dict[str, str]:
    if known is None:
        return {}
    return {
        "verdict": known.verdict,
        "evidence": known.evidence,
        "given_because": known.given_because,
        "family": known.family_disagrees,
    }


@needs(Can.RUN_REVIEWS)
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add an outcome or help that stands on paper only."""
    review = review_or_404(request, pk, "Outcomes and help", to_run=True)
    return _asked(
        request, review, forms.TypeForm(_data(request)),
        lambda given: meeting.type_in(by=request.actor, review=review, **given),
        done="Added.", then="reviews:judge", title="Add an outcome or help from the paper plan", button="Add",
    )  # fmt: skip


@needs(Can.RUN_REVIEWS, Can.GIVE_ADVICE)
def measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down where the child stands on an outcome."""
    review = review_or_404(request, pk, "Progress on an outcome")
    items = plan_facts.items_of(request.actor, review)
    form = forms.MeasureForm(_data(request), items=items, initial={"on": request.actor.today})
    return _asked(
        request, review, form,
        lambda given: meeting.measure(
            by=request.actor, review=review, lineage=UUID(given["lineage"]), value=given["value"], on=given["on"]
        ),
        done="Saved.", then="reviews:pack", title="Progress on an outcome",
        lead="" if any(not one.is_provision for one in items) else "No outcome of this plan is in Kept yet.",
    )  # fmt: skip


@needs(Can.RUN_REVIEWS)
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write and send the report."""
    review = review_or_404(request, pk, "Report of a review", to_run=True)
    form = forms.ReportForm(_data(request), initial={"version": review.version})
    left = deciding.not_judged(request.actor, review)
    lead = f"Judge these first: {', '.join(left)}." if left else "It goes to everybody who was invited."
    return _asked(
        request, review, form, lambda given: deciding.report(by=request.actor, review=review, **given),
        done="The report goes out now.", then="reviews:show", title="Report of the review", lead=lead,
        button="Send the report",
    )  # fmt: skip


@needs(Can.WORK_CASES)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The council's decision."""
    review = review_or_404(request, pk, "Decision of a review", to_run=True)
    form = forms.DecideForm(_data(request), initial={"version": review.version, "on": request.actor.today})
    return _asked(
        request, review, form, lambda given: deciding.decide(by=request.actor, review=review, **given),
        done="Recorded. The next twelve months have begun.", then="reviews:show", title="Keep, amend or cease",
        button="Record the decision",
        lead="Where the plan is amended, the proposed changes go out in the same four weeks.",
    )  # fmt: skip


@needs(Can.FOLLOW_OWN)
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the family says afterwards."""
    review = review_or_404(request, pk, "What you say of the review")
    if not is_family(request.actor, review.child_id):
        raise Http404
    return _asked(
        request, review, forms.FeedbackForm(_data(request)),
        lambda given: meeting.say_afterwards(by=request.actor, review=review, **given),
        done="Thank you. It is counted, and the council reads it.", then="reviews:show",
        title="Did the meeting change something?", button="Send",
    )  # fmt: skip
