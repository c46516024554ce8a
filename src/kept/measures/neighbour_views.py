"""The page on which an area sees with whom it is compared, by which method, and sets another list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.measures import neighbours as comparing

WRONG = 422


class ListForm(forms.Form):
    """The list to compare with, and who says so."""

    authorities = forms.CharField(
        label="Authorities", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": "10"}),
        help_text="One a line, by name or by the code of three digits. Leave it empty for our own method again.",
    )  # fmt: skip
    name = forms.CharField(
        label="What the list is called", required=False, max_length=120,
        help_text="As it will stand in tables. For example: Statistical neighbours (LAIT, May 2026).",
    )  # fmt: skip
    source = forms.CharField(label="Where it comes from", required=False, max_length=200)
    why = forms.CharField(label="Why it is set", max_length=300)

    def clean_authorities(self) -> list[str]:
        """The codes of what was typed. Raises a sentence for a line that names no authority."""
        known = comparing.authorities()
        names = {_plain(one.name): code for code, one in known.items()}
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["authorities"].replace(";", "\n").splitlines())):
            code = line if line in known else names.get(_plain(line))
            if code is None:
                raise forms.ValidationError(f"“{line[:60]}” is not the name or code of an English authority.")
            found.append(code)
        return found


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower().replace("&", "and") if letter.isalnum())


@needs(Can.SEE_FIGURES)
@require_http_methods(["GET", "POST"])
def neighbours(request: HttpRequest) -> HttpResponse:
    """With whom the area is compared and how they were found; the lists that were set before."""
    actor = request.actor
    may_choose = actor.can(Can.BRING_FIGURES)
    if request.method == "POST" and not may_choose:
        raise Http404
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = dict(form.cleaned_data)
        try:
            comparing.choose(by=actor, codes=facts.pop("authorities"), **facts)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Set. The comparison on every measure follows it from now on.")
            return redirect("measures:neighbours")
    words = {
        "compared": comparing.compared_with(actor.area),
        "own": comparing.most_like(actor.area.la_code),
        "features": comparing.FEATURES,
        "left_out": [one.name for one in comparing.authorities().values() if not one.features],
        "names": {code: one.name for code, one in comparing.authorities().items()},
        "history": comparing.history(actor.area),
        "form": form if may_choose else None,
    }
    return render(request, "measures/neighbours.html", words, status=WRONG if request.method == "POST" else 200)
