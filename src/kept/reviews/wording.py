"""The wording check of the plan in force, for the papers of a review: plain sentences, and what was there before."""

from __future__ import annotations

import hashlib
from typing import Any

from kept.plans.facts import WholePlan
from kept.plans.words import Kind
from kept.rules import ages
from kept.rules.plans import Child, Context, Part, Plan, Stage, lint
from kept.rules.plans import Finding as Found
from kept.rules.plans.model import SECTIONS, Severity

SHOWN = frozenset({Severity.BLOCKER, Severity.MAJOR})


def checked(plan: WholePlan) -> list[Found]:
    """What the wording check finds in a whole plan."""
    parts = tuple(
        Part(id=str(one.lineage), section=one.section, text=one.text)
        for one in plan.entries
        if one.section in SECTIONS and one.kind is not Kind.ADVICE
    )
    dated = plan.dated
    age = ages.age_on(plan.born_on, dated) if dated and dated > plan.born_on else None
    context = Context(
        stage=Stage.FINAL, plan_date=dated, child=Child(first_name=plan.first_name, age=age), eotas=plan.is_eotas
    )
    return lint(Plan(parts, context))


def findings(plan: WholePlan, *, before: set[str]) -> list[dict[str, Any]]:
    """What matters most, in plain words. `again` marks what the papers of the last review said already."""
    labels = {str(lineage): label for lineage, label in plan.labels.items()}
    found = []
    for one in checked(plan):
        if one.severity not in SHOWN:
            continue
        mark = hashlib.sha256(f"{one.rule}|{one.part}|{one.words}".encode()).hexdigest()[:16]
        found.append(
            {
                "mark": mark,
                "label": labels.get(one.part, ""),
                "rule": one.rule,
                "severity": str(one.severity),
                "words": one.words,
                "plain": one.plain,
                "again": mark in before,
            }
        )
    return found
