"""For everybody: what we promised, what happened, did it work? And two published programmes as worked examples."""

from __future__ import annotations

import json
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kept.access.acting import today_here, visiting
from kept.access.models import Area
from kept.access.web import public
from kept.design.words import day
from kept.improvement import plain, queries
from kept.improvement.views import drawings
from kept.letters.pdf import as_pdf
from kept.rules.spc.words import public_warnings_of

EXAMPLES = Path(__file__).parent / "data"
NAMES = ("newham", "southend")


def first_of(one: queries.Stood) -> queries.Measured:
    """The measure that stands for a finding: the first of those that say whether families are better off."""
    drawn = [each for each in one.measured if each.chart]
    return next((each for each in drawn if each.facts.better_off), (drawn or list(one.measured))[0])


@public
@require_GET
def promised(request: HttpRequest, area: str) -> HttpResponse:
    """The published programmes of an area in plain English, or in easy words with pictures; small figures hidden."""
    here = Area.objects.filter(slug=area).first()
    if here is None:
        raise Http404
    request.offer_area = here  # whose page it is stands at its head, though nobody is signed in
    today = today_here()
    easy = request.GET.get("easy") == "1"
    with visiting(here):
        shown = list(queries.programmes(here).filter(published_on__lte=today))
        found = queries.stood(here, list(queries.findings(here).filter(programme__in=shown)), today=today, whole=False)
        programmes = [(one, [each for each in found if each.finding.programme_id == one.pk]) for one in shown]
        notes = {one.pk: queries.public_notes(one) for one in shown}
        words = {"area": here, "place": here, "programmes": programmes, "notes": notes, "today": today}
        if easy:
            said = [note for one in shown for note in notes[one.pk]]
            letter = plain.easy_letter(here.name, day(today), programmes, said)
            if request.GET.get("format") == "pdf" and found:
                answer = HttpResponse(as_pdf(letter), content_type="application/pdf")
                answer["Content-Disposition"] = 'attachment; filename="what-we-promised-easy-read.pdf"'
                return answer
            return render(request, "improvement/easy.html", {**words, "letter": letter, "pictured": plain.pictured})
        words |= {
            "drawings": drawings,
            "cautions": public_warnings_of,
            "first_of": first_of,
            "agencies": queries.agencies_by_id(here),
            "glance": plain.glance,
            "summary": plain.summary,
            "latest": plain.latest_verdict,
            "opened": request.GET.get("open") == "1",
        }
        return render(request, "improvement/public.html", words)


@public
@require_GET
def example(request: HttpRequest, place: str) -> HttpResponse:
    """A real programme from published facts alone; nothing here can be changed."""
    if place not in NAMES:
        raise Http404
    facts = json.loads((EXAMPLES / f"{place}.json").read_text(encoding="utf-8"))
    return render(request, "improvement/example.html", {"example": facts})
