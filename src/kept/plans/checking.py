"""What the checks say of one entry: as it stands in a version, and as it is typed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kept.access.acting import Actor
from kept.plans.actions import sentence_of
from kept.plans.facts import BadProvision, WholeEntry, unscheduled
from kept.plans.forms import EntryForm
from kept.plans.import_reading import quantity_doubts
from kept.plans.linting import case_context, lint_words
from kept.plans.models import Version
from kept.plans.words import Kind
from kept.rules.plans import Context, Finding, Provision, read_provision
from kept.rules.plans.compare_help import length_words

REMEMBERED = 2048


@lru_cache(maxsize=REMEMBERED)
def findings_on(known: Context, section: str, text: str, stage: str) -> tuple[Finding, ...]:
    """Findings on words that do not change from page to page."""
    return tuple(lint_words(known, section, text, stage=stage))


def of_entry(actor: Actor, version: Version, one: WholeEntry | None) -> dict[str, Any] | None:
    """What the checks say of an entry as it stands in the version; None for a new one."""
    if one is None:
        return None
    known = case_context(actor, version.child, on=actor.today)
    reasons = unscheduled(one.provision) if one.provision and one.is_typed else []
    if one.provision and not one.is_typed:
        reasons = _reasons_of(one.text)
    findings = findings_on(known, one.section, one.text, version.stage)
    return {"text": one.text, "findings": findings, "reasons": reasons, "problem": "", "kind": one.kind,
            "total": year_of(one.provision)}  # fmt: skip


def _reasons_of(text: str) -> list[str]:
    """Why words of one's own cannot be counted: what they leave open, and what they say in two ways."""
    return [*read_provision(text).reasons, *quantity_doubts(text)]


def year_of(found: Provision | None) -> str:
    """What a provision comes to in a school year and in a half-term; empty where nobody can say."""
    if found is None or found.minutes_a_year is None:
        return ""
    year, half = length_words(found.minutes_a_year), length_words(found.minutes_a_half_term or 0)
    if found.week_list:
        return f"This comes to {year} in the weeks listed."
    return f"This comes to {year} in a school year of 38 weeks, about {half} in a half-term."


def of_form(actor: Actor, version: Version, form: EntryForm) -> dict[str, Any]:
    """What the checks say of what is typed, the sentence that the boxes make, and whether delivery can be counted."""
    text, reasons, problem, total = form.cleaned_data.get("text", ""), [], "", ""
    if form.kind is Kind.PROVISION:
        typed = form.provision()
        total = year_of(typed or read_provision(text))
        try:
            text = sentence_of(typed) if typed else text
            reasons = unscheduled(typed) if typed else _reasons_of(text)
        except BadProvision as found:
            problem = str(found)
    known = case_context(actor, version.child, on=actor.today)
    findings = () if problem else findings_on(known, form.section, text, version.stage)
    return {
        "text": text,
        "findings": findings,
        "reasons": reasons,
        "problem": problem,
        "kind": form.kind,
        "total": total,
    }
