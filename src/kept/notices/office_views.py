"""Pages of the office: the post list, the letterhead and the templates."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.cases.folding import state_of
from kept.letters.html import as_html
from kept.letters.pdf import for_the_printer
from kept.notices import actions, forms, queries, sending
from kept.notices.making import TRIBUNAL, Desk, letter_for, office_of, readiness, template_of, wording_of
from kept.notices.models import Enclosure, Looks, Notice, Recipient, Way
from kept.notices.recipients import suggested
from kept.notices.sorts import SORTS, Sort
from kept.notices.wording import FIELDS, Template, Wrong, check_template, names_of_statements, statement
from kept.rules.reading import measure, text_blocks

WAYS = {"post": Way.POST, "hand": Way.HAND}


@needs(Can.WORK_CASES)
def post_list(request: HttpRequest) -> HttpResponse:
    """The letters to be posted or given by hand; saying that they were."""
    rows = list(queries.waiting_for_post(request.actor)) + list(queries.waiting_for_post(request.actor, way=Way.HAND))
    showing_list(request, [one.child_id for one in rows], what="The post list")
    form = forms.PostedForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        chosen = [key for key in map(_key, request.POST.getlist("letter")) if key]
        try:
            count = sending.confirm(by=request.actor, keys=chosen, on=form.cleaned_data["on"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            if count:
                messages.success(request, f"Recorded as gone: {count}.")
                return redirect("notices:post")
            form.add_error(None, "Choose the letters that were posted.")
    stale = [one for one in rows if one.dated < request.actor.today]
    words = {"rows": rows, "form": form, "stale": stale, "today_": request.actor.today, "ways": Way}
    return render(request, "notices/post.html", words | {"sorts": SORTS})


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@needs(Can.WORK_CASES)
def post_file(request: HttpRequest, form: str) -> HttpResponse:
    """The letters of today's post in one file for the printer, or their addresses as a list."""
    rows = [one for one in queries.waiting_for_post(request.actor) if one.dated == request.actor.today]
    showing(request, *{one.child_id for one in rows}, what="The post list", kind=Kind.EXPORT)
    if not rows:
        messages.warning(request, "There is no letter to post today.")
        return redirect("notices:post")
    if form == "csv":
        return _as_file(_addresses(rows).encode("utf-8-sig"), "text/csv", f"post-{request.actor.today}.csv")
    title = f"Letters of {request.actor.today}"
    letters = (queries.frozen(one) for one in rows)
    return _as_file(for_the_printer(letters, title=title), "application/pdf", f"post-{request.actor.today}.pdf")


def _addresses(rows: list[Any]) -> str:
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(["reference", "name", *(f"line {number}" for number in range(1, 8)), "postcode", "note"])
    for one in rows:
        lines = [line for line in one.letter["address"] if line != one.postcode][:7]
        note = "" if one.postcode else "no postcode"
        cells = [str(one.pk), one.recipient.name, *lines, *[""] * (7 - len(lines)), one.postcode, note]
        writer.writerow([_safe(cell) for cell in cells])
    return made.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Can.EDIT_LETTERS)
def letterhead(request: HttpRequest) -> HttpResponse:
    """What letters say of the council and of the services that they must name."""
    office = office_of(request.actor)
    initial = {"council": request.actor.area.name, "tribunal": TRIBUNAL, **office.facts, "post_days": office.post_days}
    form = forms.LetterheadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            actions.set_letterhead(by=request.actor, post_days=facts.pop("post_days"), facts=facts)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved. Letters made from now on say so.")
            return redirect("notices:templates")
    crumbs = [{"text": "Letters", "href": reverse("notices:all")}, {"text": "Letterhead"}]
    return render(request, "notices/letterhead.html", {"form": form, "breadcrumbs": crumbs})


@needs(Can.EDIT_LETTERS)
def templates(request: HttpRequest) -> HttpResponse:
    """Every sort of notice with its template."""
    words = {
        "sorts": SORTS.values(),
        "versions": queries.versions(request.actor),
        "has_letterhead": bool(office_of(request.actor).facts),
        "breadcrumbs": [{"text": "Letters", "href": reverse("notices:all")}, {"text": "Templates"}],
    }
    return render(request, "notices/templates.html", words)


@needs(Can.EDIT_LETTERS)
def wording(request: HttpRequest, key: str, look: str) -> HttpResponse:
    """Change a template: try it on real cases, then publish it as a new version."""
    sort = queries.sort_named(key)
    if sort is None or look not in {"standard", "easy"}:
        raise Http404
    easy = look == "easy"
    current = template_of(wording_of(request.actor, sort, easy=easy), sort)
    form = forms.WordingForm(request.POST or None, initial={"title": current.title, "body": current.body})
    tried: list[dict[str, Any]] = []
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        template = Template(given["title"].strip(), given["body"].replace("\r\n", "\n").strip())
        problems = check_template(template, sort, easy=easy)
        if request.POST.get("step") == "publish" and not problems:
            try:
                actions.publish_wording(by=request.actor, sort=key, is_easy=easy, **given)
            except (Wrong, Refused) as problem:
                form.add_error("why", str(problem))
            else:
                messages.success(request, "Published. Letters made from now on use it.")
                return redirect("notices:wording", key, look)
        else:
            tried = try_on_cases(request, template, sort, easy=easy)
    return render(request, "notices/wording.html", _wording_words(request, sort, form, tried, problems, easy=easy))


def _wording_words(
    request: HttpRequest, sort: Sort, form: forms.WordingForm, tried: list[Any], problems: list[str], *, easy: bool
) -> dict[str, Any]:
    return {
        "sort": sort,
        "easy": easy,
        "form": form,
        "tried": tried,
        "faults": problems,
        "fields": FIELDS,
        "statements": {
            name: words
            for name in sorted(names_of_statements() - {"copy_note"})
            if (words := statement(name, sort, easy=easy))
        },
        "required": sort.statements,
        "versions": queries.wordings(request.actor, sort, easy=easy),
        "breadcrumbs": [
            {"text": "Letters", "href": reverse("notices:all")},
            {"text": "Templates", "href": reverse("notices:templates")},
            {"text": sort.title},
        ],
    }


def try_on_cases(request: HttpRequest, template: Template, sort: Sort, *, easy: bool) -> list[dict[str, Any]]:
    """The letter that a template makes for real cases, with what would be missing in each. Nothing is kept."""
    found = []
    events = queries.cases_to_preview(request.actor, sort)
    showing(request, *{event.case.child_id for event in events}, what="A template tried on the case")
    for event in events:
        notice = Notice(case=event.case, child=event.case.child, sort=sort.key, event=event, event_on=event.happened_on)
        notice.facts = SAMPLE
        people, _ = suggested(request.actor, event.case, sort)
        for one in people:
            one.look = Looks.EASY if easy else Looks.STANDARD
        family = [one for one in people if one.is_family] or [Recipient(name="The family", is_family=True)]
        state = state_of(event.case, request.actor.today)
        desk = Desk(
            request.actor,
            notice,
            event.case,
            sort,
            office_of(request.actor),
            state,
            family[:1],
            [Enclosure(title=one.capitalize(), what=one, size=1) for one in sort.encloses],
            {},
            request.actor.today,
        )
        desk.template = lambda *, easy: template  # type: ignore[method-assign]
        missing = list(readiness(desk).content)
        shown = as_html(letter_for(desk, family[0]), level=4)
        age = measure(text_blocks(str(shown), inside="article")).age
        found.append({"case": event.case, "letter": shown, "missing": missing, "age": round(age)})
    return found


SAMPLE = {
    "reasons": "(The reasons that the officer writes stand here.)",
    "changes": "(Each change that is proposed stands here.)",
    "meeting_where": "(time and place)",
    "will_assess": "no",
    "views_by": "2030-01-31",
    "takes_effect_on": "2030-03-31",
    "review_by": "2030-01-31",
}
