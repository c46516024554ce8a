"""Pages: the notices of a case, one notice with what is still missing, its letters, and sending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.letters.html import as_html
from kept.letters.letter import Letter
from kept.letters.pdf import as_pdf
from kept.letters.word import as_word
from kept.notices import actions, forms, plan_papers, queries, sending
from kept.notices.counting import Owed, owed_by, step_since
from kept.notices.making import Desk, desk_of, letter_for, readiness
from kept.notices.models import Looks, Notice, Recipient, Way
from kept.notices.recipients import suggested
from kept.notices.sorts import SORTS
from kept.notices.wording import Wrong
from kept.rules.process import NotPossible

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _notice_or_404(request: HttpRequest, pk: UUID, *, kind: Kind = Kind.PAGE) -> Notice:
    notice = queries.notice_of(request.actor, pk)
    if notice is None:
        raise Http404
    what = f"Notice: {SORTS[notice.sort].title}"
    showing(request, notice.child_id, what=what, kind=kind)
    return notice


def _crumbs(notice: Notice, *more: str) -> list[dict[str, str]]:
    case = notice.case
    return [
        {"text": f"{case.child.full_name}, {case.reference}", "href": reverse("cases:detail", args=[case.pk])},
        {"text": "Notices", "href": reverse("notices:case", args=[case.pk])},
        {"text": SORTS[notice.sort].title, "href": reverse("notices:notice", args=[notice.pk])},
        *({"text": words} for words in more),
    ]


@needs(Can.WORK_CASES)
def all_notices(request: HttpRequest) -> HttpResponse:
    """The notices begun and not gone to everybody."""
    mine = request.GET.get("whose") == "mine"
    rows = queries.open_notices(request.actor, mine=mine)
    showing_list(request, [one.child_id for one in rows], what="The list of notices")
    words = {
        "rows": rows,
        "mine": mine,
        "most": queries.MOST_LISTED,
        "sorts": SORTS,
        "back": queries.those_that_came_back(request.actor),
        "to_post": queries.waiting_for_post(request.actor).count(),
        "may_edit": request.actor.can(Can.EDIT_LETTERS),
    }
    return render(request, "notices/list.html", words)


@needs(Can.WORK_CASES)
def of_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The notices that a case calls for."""
    case = queries.case_for(request.actor, pk)
    if case is None:
        raise Http404
    showing(request, case.child_id, what=f"Notices of case {case.reference}")
    lines, rest = queries.lines_of(request.actor, case)
    words = {
        "case": case,
        "lines": lines,
        "rest": rest,
        "sorts": SORTS,
        "breadcrumbs": [
            {"text": f"{case.child.full_name}, {case.reference}", "href": reverse("cases:detail", args=[case.pk])},
            {"text": "Notices"},
        ],
    }
    return render(request, "notices/case.html", words)


@needs(Can.WORK_CASES)
@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a notice."""
    case = queries.case_for(request.actor, pk)
    if case is None:
        raise Http404
    try:
        event = UUID(request.POST["event"]) if request.POST.get("event") else None
        notice = actions.start(by=request.actor, case=case, sort=request.POST.get("sort", ""), event=event)
    except (Refused, ValueError) as problem:
        messages.error(request, str(problem))
        return redirect("notices:case", case.pk)
    return redirect("notices:notice", notice.pk)


def _desk(request: HttpRequest, notice: Notice) -> Desk:
    desk = desk_of(request.actor, notice, dated=request.actor.today)
    desk.dated = max(request.actor.today, sending.day_for(desk, timezone.now()))
    return desk


@needs(Can.WORK_CASES)
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice: what is missing, what it needs, to whom it goes, and sending it."""
    one = _notice_or_404(request, pk)
    desk = _desk(request, one)
    form = forms.WriteForm(request.POST or None, sort=desk.sort, facts=one.facts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(by=request.actor, notice=one, facts=form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved.")
            return redirect("notices:notice", one.pk)
    return _page(request, one, desk, form=form)


def _since(request: HttpRequest, one: Notice, desk: Desk) -> Owed | None:
    """The step that the case has taken since the one that an unsent notice is about."""
    if one.sent_on or one.event is None or desk.state is None:
        return None
    return step_since(owed_by(desk.state), one.event.happened_on, request.actor.today)


def _page(request: HttpRequest, one: Notice, desk: Desk, **more: Any) -> HttpResponse:
    words = {
        "one": one,
        "case": desk.case,
        "sort": desk.sort,
        "desk": desk,
        "state": None if one.sent_on else readiness(desk),
        "form": more.get("form") or forms.WriteForm(sort=desk.sort, facts=one.facts),
        "enclose": more.get("enclose") or forms.EncloseForm(sort=desk.sort),
        "letters": queries.letters_of(request.actor, one),
        "left_out": suggested(request.actor, desk.case, desk.sort)[1],
        "limit": sending.limit_of(desk),
        "since": _since(request, one, desk),
        "plans_to_put_in": [
            what
            for what in desk.sort.encloses
            if what in plan_papers.PLANS and what not in {paper.what for paper in desk.enclosures}
        ],
        "looks": Looks,
        "ways": Way,
        "breadcrumbs": [*_crumbs(one)[:2], {"text": desk.sort.title}],
    }
    return render(request, "notices/notice.html", words)


@needs(Can.WORK_CASES)
def recipient(request: HttpRequest, pk: UUID, who: UUID | None = None) -> HttpResponse:
    """Add somebody to whom the notice goes, or change how it goes to them."""
    one = _notice_or_404(request, pk)
    known = queries.recipient_of(request.actor, one, who) if who else None
    if who and known is None:
        raise Http404
    role = known.role if known else request.GET.get("role", "")
    role = role if role in SORTS[one.sort].kind.to else ""
    form = forms.RecipientForm(request.POST or None, role=role, recipient=known)
    if request.method == "POST" and form.is_valid():
        try:
            _put(request, one, known, role, form)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("notices:notice", one.pk)
    words = {"one": one, "known": known, "role": role, "form": form, "breadcrumbs": _crumbs(one, "Who it goes to")}
    return render(request, "notices/recipient.html", words)


def _put(request: HttpRequest, one: Notice, known: Recipient | None, role: str, form: forms.RecipientForm) -> None:
    if request.POST.get("step") == "remove" and known is not None:
        actions.remove_recipient(by=request.actor, notice=one, recipient=known)
        messages.success(request, "Taken off the list.")
        return
    actions.put_recipient(by=request.actor, notice=one, recipient=known, role=role, **form.cleaned_data)
    messages.success(request, "Saved.")


@needs(Can.WORK_CASES)
@require_POST
def enclose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put something in with the letter, or take it out."""
    one = _notice_or_404(request, pk)
    if request.POST.get("take_out"):
        return _take_out(request, one)
    if request.POST.get("plan"):
        return _put_plan_in(request, one)
    desk = _desk(request, one)
    form = forms.EncloseForm(request.POST, request.FILES, sort=desk.sort)
    if not form.is_valid():
        return _page(request, one, desk, enclose=form)
    given = form.cleaned_data
    file = given.get("file")
    try:
        content = file.read(actions.LARGEST_FILE + 1) if file else b""
        actions.enclose(by=request.actor, notice=one, title=given["title"], what=given.get("what", ""), content=content)
    except Refused as problem:
        form.add_error("file" if file else None, str(problem))
        return _page(request, one, desk, enclose=form)
    messages.success(request, "Put in with the letter.")
    return redirect("notices:notice", one.pk)


def _put_plan_in(request: HttpRequest, one: Notice) -> HttpResponse:
    try:
        made = plan_papers.put_in(by=request.actor, notice=one, what=request.POST["plan"])
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{made.title} is in with the letter.")
    return redirect("notices:notice", one.pk)


def _take_out(request: HttpRequest, one: Notice) -> HttpResponse:
    try:
        known = queries.enclosure_of(request.actor, one, UUID(request.POST["take_out"]))
        if known is not None:
            actions.take_out(by=request.actor, notice=one, enclosure=known)
    except (Refused, ValueError) as problem:
        messages.error(request, str(problem))
    return redirect("notices:notice", one.pk)


@needs(Can.WORK_CASES)
@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send it to everybody who has not had it."""
    one = _notice_or_404(request, pk)
    version = request.POST.get("version", "")
    try:
        made = sending.send(by=request.actor, notice=one, version=int(version) if version.isdecimal() else None)
    except Wrong as problem:
        messages.error(request, f"Nothing was sent. {problem}")
    except (Refused, NotPossible) as problem:
        messages.error(request, f"Nothing was sent. {problem}")
    else:
        messages.success(request, _said(made))
    return redirect("notices:notice", one.pk)


def _said(made: list[Any]) -> str:
    if not made:
        return "Every letter is on its way already."
    ways = {one.way for one in made}
    words = ["The letters are made."]
    if Way.POST in ways:
        words.append("Those that go by post are on the post list: print and post them today.")
    if Way.EMAIL in ways:
        words.append("Emails go now, or in the morning where it is too late in the evening for a family.")
    if Way.HAND in ways:
        words.append("Say below when those to be given by hand were given.")
    return " ".join(words)


@needs(Can.WORK_CASES)
def letter(request: HttpRequest, pk: UUID, who: UUID, form: str) -> HttpResponse:
    """The letter to one recipient as it stands: as a page, a PDF or a Word file."""
    one = _notice_or_404(request, pk, kind=Kind.PAGE if form == "page" else Kind.FILE)
    desk = _desk(request, one)
    known = next((found for found in desk.recipients if found.pk == who), None)
    if known is None or known.none_because:
        raise Http404
    if request.GET.get("look") in Looks.values:
        known.look = request.GET["look"]
    made = letter_for(desk, known)
    name = f"{SORTS[one.sort].title} {desk.case.reference}"
    return drawn(request, made, form, name, {"one": one, "known": known, "breadcrumbs": _crumbs(one, "The letter")})


@needs(Can.WORK_CASES)
def sent(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """A letter just as it went."""
    found = queries.dispatch_of(request.actor, pk)
    if found is None:
        raise Http404
    showing(request, found.child_id, what="A letter as it was sent", kind=Kind.PAGE if form == "page" else Kind.FILE)
    one = queries.notice_of(request.actor, found.notice_id)
    if one is None:
        raise Http404
    words = {"one": one, "known": found.recipient, "sent": found, "breadcrumbs": _crumbs(one, "The letter as it went")}
    return drawn(request, queries.frozen(found), form, f"Letter {found.dated}", words)


def drawn(request: HttpRequest, made: Letter, form: str, name: str, words: dict[str, Any]) -> HttpResponse:
    """A letter as a page, or as a file to download."""
    if form == "page":
        return render(request, "notices/letter.html", {"sent": None, **words, "letter": as_html(made), "made": made})
    content, kind, ending = (as_pdf(made), "application/pdf", "pdf") if form == "pdf" else (as_word(made), WORD, "docx")
    answer = HttpResponse(content, content_type=kind)
    safe = "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in name.replace(" ", "_"))
    answer["Content-Disposition"] = f'attachment; filename="{safe}.{ending}"'
    return answer


@needs(Can.WORK_CASES)
def came_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a letter came back."""
    found = queries.dispatch_of(request.actor, pk)
    if found is None:
        raise Http404
    showing(request, found.child_id, what="A letter that came back")
    one = queries.notice_of(request.actor, found.notice_id)
    if one is None:
        raise Http404
    form = forms.CameBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sending.came_back(by=request.actor, key=found.pk, why=form.cleaned_data["why"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.warning(request, "Recorded. The notice has not reached everybody: send it again, by post.")
            return redirect("notices:notice", found.notice_id)
    words = {"found": found, "form": form, "breadcrumbs": _crumbs(one, "It came back")}
    return render(request, "notices/came_back.html", words)
