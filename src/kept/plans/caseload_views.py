"""Pages: the report of the night over all plans, and what was found on one of them."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kept.access.roles import Can
from kept.access.trails import Kind, showing, showing_list
from kept.access.web import needs
from kept.plans import caseload_queries as queries
from kept.plans.queries import version_of, whole_plan
from kept.rules.plans import Severity, rules

ANY = ("", "Any")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_PAGE_NUMBER = 5
SEVERITIES = {
    Severity.BLOCKER.value: "Can make the plan unenforceable",
    Severity.MAJOR.value: "Grave",
    Severity.MINOR.value: "Small",
    Severity.INFO.value: "To know",
}


class FilterForm(forms.Form):
    """What of the caseload to show."""

    mark_optional = False
    by = forms.ChoiceField(label="Show", choices=list(queries.WAYS.items()), required=False)
    severity = forms.ChoiceField(label="Findings that are", choices=[ANY, *SEVERITIES.items()], required=False)
    writer = forms.ChoiceField(label="Writer", required=False)
    service = forms.ChoiceField(label="Service", required=False)
    rule = forms.ChoiceField(label="Rule", required=False)
    stage = forms.ChoiceField(
        label="Drafts or finals",
        choices=[ANY, ("draft", "Drafts: can still be mended"), ("final", "Finals")],
        required=False,
    )

    def __init__(self, given: object, choices: dict[str, list[tuple[str, str]]]) -> None:
        super().__init__(given)  # type: ignore[arg-type]
        for name, offered in choices.items():
            self.fields[name].choices = [ANY, *offered]  # type: ignore[attr-defined]


def _asked(request: HttpRequest, form: FilterForm) -> queries.Asked:
    """What the address asks for; an answer that is none of those offered counts as any."""
    form.is_valid()
    given = form.cleaned_data
    number = request.GET.get("page", "")
    return queries.Asked(
        by=given.get("by") or "plan",
        severity=given.get("severity") or "",
        writer=UUID(given["writer"]) if given.get("writer") else None,
        service=given.get("service") or "",
        rule=given.get("rule") or "",
        stage=given.get("stage") or "",
        sort=request.GET.get("sort") or "-points",
        page=int(number) if number.isdecimal() and len(number) <= LONGEST_PAGE_NUMBER else 1,
    )


@needs(Can.SEE_CASES)
def caseload(request: HttpRequest) -> HttpResponse:
    """What to mend first: plans, or findings by writer, service or rule."""
    form = FilterForm(request.GET, queries.choices(request.actor))
    asked = _asked(request, form)
    if request.GET.get("format") == "csv":
        return _as_file(request, asked)
    words = {"form": form, "asked": asked, "totals": queries.totals(request.actor), "ways": queries.WAYS,
             "points_in_words": queries.POINTS_IN_WORDS}  # fmt: skip
    if asked.by in queries.GROUPS:
        words["groups"] = queries.GROUPS[asked.by](request.actor, asked)
    else:
        words["page"] = queries.page_of_plans(request.actor, asked)
        showing_list(request, [one.child_id for one in words["page"]], what="Plans to mend first")
    return render(request, "plans/caseload.html", words)


def _safe(cell: object) -> object:
    """What somebody typed is never a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _as_file(request: HttpRequest, asked: queries.Asked) -> HttpResponse:
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(queries.HEAD)
    for line in queries.rows_for_file(request.actor, asked):
        writer.writerow([_safe(cell) for cell in line])
    children = queries.plans_found(request.actor, asked).values_list("child_id", flat=True)
    showing(request, *children, what="Plans to mend first, as a file", kind=Kind.EXPORT)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="plans-{request.actor.today}.csv"'
    return answer


@needs(Can.SEE_CASES)
def findings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the night found on one version, at its entries."""
    version = version_of(request.actor, pk)
    whole = whole_plan(request.actor, pk)
    if version is None or whole is None:
        raise Http404
    showing(request, version.child_id, what=f"What was found on the plan: {version}", kind=Kind.PAGE)
    known = rules()
    labels = whole.labels
    rows = [
        {
            "label": labels.get(one.lineage, "The plan") if one.lineage else "The plan",
            "rule": known[one.rule].title if one.rule in known else one.rule,
            "plain": known[one.rule].plain if one.rule in known else "",
            "severity": SEVERITIES.get(one.severity, one.severity),
            "words": one.quoted,
            "since": one.on,
        }
        for one in queries.findings_of(request.actor, version.pk)
    ]
    entries = [one for one in whole.entries if one.schedulable is False and one.provision]
    words = {
        "version": version, "whole": whole, "rows": rows, "labels": labels,
        "uncountable": [(labels[one.lineage], one.text, one.provision.reasons) for one in entries if one.provision],
    }  # fmt: skip
    return render(request, "plans/caseload_plan.html", words)
