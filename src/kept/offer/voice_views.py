"""Public pages in which families speak and the area answers: comment, answers, the law's checklist, accessibility."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kept.access.acting import Refused, acting_as_system
from kept.offer import coverage, known_issues
from kept.offer.comments import published, send, summary, years
from kept.offer.keeping_queries import consulted
from kept.offer.models import Service
from kept.offer.publishing import confirm
from kept.offer.states import About
from kept.offer.visiting import offer_page, show

WHO = [
    ("", "Rather not say"),
    ("parent", "A parent or carer"),
    ("young_person", "A child or young person"),
    ("professional", "Somebody who works with families"),
    ("other", "Somebody else"),
]
EMPTY = "Write your comment before you send it."
CHOOSING = ("about", "who")
LONGEST_DISTRICT, INWARD = 4, 3  # letters of the first part of a postcode, and of its second
COMPLAINTS = "complaints"  # the page of guidance to which whoever complains about one child's support is led
SALT = "offer.still-right"
LINK_LASTS = 60 * 24 * 60 * 60  # seconds


class CommentForm(forms.Form):
    """Anybody's comment. Only the words are needed."""

    about = forms.ChoiceField(label="What is it about?", choices=About.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Your comment",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        help_text="Leave out names, and what could show which child it is.",
        error_messages={"required": EMPTY},
    )
    who = forms.ChoiceField(label="Who are you?", choices=WHO, required=False)
    district = forms.CharField(
        label="First part of your postcode", max_length=10, required=False, help_text="For example, QX1"
    )
    reply_to = forms.CharField(
        label="Email address or phone number, if you want an answer yourself", max_length=254, required=False
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, t: Callable[[str], str] = str, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.label, field.help_text = t(str(field.label or "")), t(str(field.help_text))
        for name in CHOOSING:
            self.fields[name].choices = [(key, t(words)) for key, words in self.fields[name].choices]
        self.fields["words"].error_messages["required"] = t(EMPTY)

    def clean_district(self) -> str:
        """The first part of whatever was typed: whoever types the whole postcode says no more than they were asked."""
        typed = " ".join(self.cleaned_data["district"].split())
        first = typed.split(" ")[0]
        return first if len(first) <= LONGEST_DISTRICT else first[:-INWARD]


def words_of_the_form() -> set[str]:
    """All that the form says in English, for the message files."""
    fields = [one for one in CommentForm.base_fields.values() if not one.widget.is_hidden]
    said = {words for field in fields for words in (field.label, field.help_text)} | {EMPTY}
    return {str(words) for words in said | {words for _, words in (*About.choices, *WHO)} if words}


@offer_page
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest) -> HttpResponse:
    """Comment on an entry, a page, a gap, the information or how the offer is made. No account."""
    entry = request.directory.entries.get(request.GET.get("service", ""))
    guide = request.directory.pages.get(request.GET.get("page", ""))
    looked_for = request.GET.get("q", "")[:200]
    about = About.GAP if "q" in request.GET else About.ENTRY if entry or guide else About.INFORMATION
    start = {"about": about, "words": f"I looked for “{looked_for}” and could not find it. " if looked_for else ""}
    form = CommentForm(request.POST or None, initial=start, t=request.t)
    words: dict[str, Any] = {"form": form, "entry": entry, "guide": guide}
    words["complaints"] = request.directory.pages.get(COMPLAINTS)
    if request.method != "POST" or not form.is_valid():
        return show(request, "comment.html", words)
    facts = form.cleaned_data
    if facts.pop("website"):  # only a machine fills a box that nobody sees
        return redirect("offer:thanks", area=request.offer_area.slug)
    try:
        made = send(
            area=request.offer_area,
            today=request.directory.today,
            service_id=entry.id if entry else None,
            page_slug=guide.slug if guide else "",
            **facts,
        )
    except Refused as problem:
        form.add_error("words", str(problem))
        return show(request, "comment.html", words)
    path = reverse("offer:thanks", kwargs={"area": request.offer_area.slug})
    return redirect(f"{path}?reference={made.reference}")


@offer_page
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """The comment was received; what happens next."""
    return show(request, "thanks.html", {"reference": request.GET.get("reference", "")[:12]})


@offer_page
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """You said, we did: each published comment, its answer, the action and its result, with the year's figures."""
    known = years(request.offer_area)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked[:4]) in known else (known[0] if known else None)
    comments = published(request.offer_area, year)
    figures = summary(comments, year) if year else None
    words: dict[str, Any] = {"years": known, "year": year, "comments": comments, "figures": figures}
    words["lines"] = consulted(request.offer_area, year) if year else []
    return show(request, "answers.html", words)


@offer_page
@require_GET
def checklist(request: HttpRequest) -> HttpResponse:
    """What the law says must be here, and where it is; made to be printed."""
    rows = coverage.covered(request.offer_area, request.directory)
    unchecked = [row.item.code for row in rows if row.item.source != "text"]
    words = {"rows": rows, "unchecked": unchecked}
    return show(request, "checklist.html", words | {"met": sum(row.state == "met" for row in rows)})


@offer_page
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, made from the last run of the tests and the register of known issues."""
    return show(request, "accessibility.html", {"run": known_issues.last_run(), "issues": known_issues.issues()})


def still_right_token(service: Service) -> str:
    """What a reminder's link carries: it opens one entry's page “Is this still right?” for 60 days."""
    return signing.dumps({"service": str(service.pk), "review": str(service.review_on)}, salt=SALT)


@offer_page
@require_http_methods(["GET", "POST"])
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """One press says that an entry is still right; the link came by email and needs no password."""
    try:
        facts = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return show(request, "gone.html", status=404)
    entry = request.directory.entries.get(facts["service"])
    if entry is None:
        return show(request, "gone.html", status=404)
    done = str(entry.review_on) != facts["review"]
    if request.method == "POST" and not done:
        with acting_as_system(request.offer_area, today=request.directory.today) as system:
            service = Service.objects.select_related("organisation").get(area=request.offer_area, pk=entry.id)
            confirm(by=system, service=service, assured_by=f"{entry.organisation.name}, by a link sent to them")
        done = True
    return show(request, "still_right.html", {"entry": entry, "done": done})
