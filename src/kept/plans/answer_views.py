"""Around a draft and its final: what the council answers, the table of answers, and what changed between versions."""

from __future__ import annotations

from textwrap import shorten
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.predicates import BE_FAMILY, allows
from kept.access.roles import Can
from kept.access.trails import showing
from kept.access.web import needs
from kept.plans import comments
from kept.plans.facts import WholePlan
from kept.plans.family_checks import changes_between, compared
from kept.plans.family_forms import AnswerForm, WrittenForm
from kept.plans.family_views import sent_draft_or_404
from kept.plans.models import DraftComment, Version
from kept.plans.queries import version_of, versions_of, whole_plan
from kept.plans.words import DRAFT_STAGES
from kept.plans.writing_down import speakers, write_down
from kept.rules.plans.compare import by_section, summary, totals
from kept.rules.process import NotPossible

READERS = (Can.FOLLOW_OWN, Can.SEE_RECORD)
SHOWN = 60  # letters of an entry in a list of parts


def version_or_404(request: HttpRequest, pk: UUID, what: str) -> Version:
    """A version that the person may see; says that it shows the child."""
    version = version_of(request.actor, pk)
    if version is None or version.discarded_on:
        raise Http404
    showing(request, version.child_id, what=what)
    return version


def home_of(request: HttpRequest, version: Version) -> str:
    """Where a family comes back to: its draft, or what is promised now."""
    if version.stage in DRAFT_STAGES and version.sent_on:
        return reverse("plans:draft", args=[version.pk])
    return reverse("plans:promised", args=[version.child_id])


@needs(Can.EDIT_PLANS)
def points(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every point of the family on a draft, or on those that led to a final, with its answer or the form for one."""
    return _points(request, version_or_404(request, pk, "What the family said on the draft"))


def _points(request: HttpRequest, version: Version, wrong: tuple[UUID, AnswerForm] | None = None) -> HttpResponse:
    whole = whole_plan(request.actor, version.pk)
    found = comments.table_for(request.actor, version)
    by_lineage = whole.by_lineage if whole else {}
    rows = [
        {
            "point": point,
            "entry": by_lineage.get(point.lineage) if point.lineage else None,
            "form": wrong[1]
            if wrong and wrong[0] == point.pk
            else AnswerForm(
                prefix=str(point.pk), initial={"answer": point.answer, "reason": point.answer_reason}, auto_id="id_%s"
            ),
        }
        for point in found
    ]
    words = {
        "version": version,
        "child": version.child,
        "rows": rows,
        "forms": [wrong[1]] if wrong else [],
        "labels": whole.labels if whole else {},
        "open_count": sum(not point.answer for point in found),
        "may_write_down": version.stage in DRAFT_STAGES and version.sent_on is not None,
        "unsent": comments.unsent_count(request.actor, version),
        "window": comments.window_of(version),
        "day": request.actor.today,
        "back_link": reverse("plans:version", args=[version.pk]),
    }
    return render(request, "plans/points.html", words, status=422 if wrong else 200)


@needs(Can.EDIT_PLANS)
def write_point(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a point of the family that came by letter, by phone or in a meeting."""
    version = sent_draft_or_404(request, pk, "What the family said on the draft")
    whole = whole_plan(request.actor, version.pk)
    if whole is None:
        raise Http404
    people = {one.key: one for one in speakers(request.actor, version)}
    parts = [
        (str(lineage), f"{label}: {_short(whole, lineage)}".rstrip(": ")) for lineage, label in whole.labels.items()
    ]
    form = WrittenForm(
        request.POST if request.method == "POST" else None,
        people=[(one.key, one.words) for one in people.values()],
        parts=parts,
        initial={"on": request.actor.today},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {"text": given["text"], "on": given["on"], "kind": given["kind"], "is_all": given["is_all"]}
        lineage = UUID(given["lineage"]) if given["lineage"] else None
        try:
            write_down(by=request.actor, version=version, speaker=people[given["who"]], lineage=lineage, **facts)
        except (Refused, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Written down. It waits for an answer like every other point.")
            return redirect("plans:points", version.pk)
    words = {"form": form, "title": "Write down what the family said", "button": "Save",
             "caption": f"{version.child.full_name}: {version}",
             "lead": "A letter, a call or a meeting about the draft. What their own page brings is here.",
             "back_link": reverse("plans:points", args=[version.pk])}  # fmt: skip
    return render(request, "plans/form.html", words)


def _short(whole: WholePlan, lineage: UUID) -> str:
    """The first words of an entry, so that it is known in a list."""
    return shorten(whole.by_lineage[lineage].text, SHOWN, placeholder=" …")


@needs(Can.EDIT_PLANS)
def answer_point(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer one point. Asked for as a page, it is the list at that point."""
    found = DraftComment.objects.filter(area=request.actor.area, pk=pk, said_on__isnull=False)
    point = found.select_related("version__child").first()
    if point is None:
        raise Http404
    version = sent_draft_or_404(request, point.version_id, "What the family said on the draft")
    here = f"{reverse('plans:points', args=[version.pk])}#point-{point.pk}"
    if request.method != "POST":
        return redirect(here)
    form = AnswerForm(request.POST, prefix=str(point.pk))
    if form.is_valid():
        try:
            comments.answer_point(by=request.actor, point=point, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The answer is saved. The family can read it now.")
            return redirect(here)
    return _points(request, version, (point.pk, form))


@needs(*READERS)
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table of points and answers that goes with a final; a parent reads and prints their own."""
    version = version_or_404(request, pk, "What the family said and the answers")
    is_family = allows(request.actor, BE_FAMILY, version.child_id)
    if not (is_family or request.actor.can(Can.EDIT_PLANS)):
        raise Http404
    table = comments.table_for(request.actor, version)
    people: dict[str, list[DraftComment]] = {}
    for point in table:
        people.setdefault(point.said_by, []).append(point)
    whole = whole_plan(request.actor, version.pk)
    words = {
        "version": version,
        "child": version.child,
        "people": people,
        "labels": whole.labels if whole else {},
        "is_family": is_family,
        "back_link": home_of(request, version),
    }
    return render(request, "plans/answers.html", words)


def before(request: HttpRequest, version: Version) -> list[Version]:
    """The versions that the person may compare with: those before it that were sent or issued, the newest first."""
    found = versions_of(request.actor, version.plan_id).filter(number__lt=version.number)
    return [one for one in found if one.sent_on or one.issued_on]


@needs(*READERS)
def changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changed since an earlier version, by section and in words; `with` in the address chooses which."""
    version = version_or_404(request, pk, "What changed in the plan")
    earlier = before(request, version)
    asked = request.GET.get("with", "")
    chosen = next((one for one in earlier if str(one.pk) == asked), None)
    chosen = chosen or next((one for one in earlier if one.pk == version.supersedes_id), None)
    chosen = chosen or next(iter(earlier), None)
    now = whole_plan(request.actor, version.pk)
    was = whole_plan(request.actor, chosen.pk) if chosen else None
    if now is None:
        raise Http404
    old, new = (compared(was) if was else ()), compared(now)
    found = changes_between(old, new) if was else ()
    words = {
        "version": version,
        "child": version.child,
        "was": chosen,
        "earlier": earlier,
        "summary": summary(found),
        "sections": [(now.section_set, code, rows) for code, rows in by_section(found).items()],
        "titles": {section.code: section.title for section in now.section_set.sections},
        "totals": totals(old, new) if was else [],
        "labels": {str(lineage): label for lineage, label in {**(was.labels if was else {}), **now.labels}.items()},
        "back_link": home_of(request, version),
    }
    return render(request, "plans/changes.html", words)
