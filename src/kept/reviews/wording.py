"""The wording check of the plan in force, for the papers of a review: plain sentences, and what was there before."""

from __future__ import annotations

from typing import Any

from kept.access.acting import Actor
from kept.plans.facts import WholePlan
from kept.plans.linting import lint_version
from kept.rules.plans import Severity

SHOWN = frozenset({Severity.BLOCKER, Severity.MAJOR})


def findings(actor: Actor, plan: WholePlan, *, before: set[str]) -> list[dict[str, Any]]:
    """What matters most, in plain words. `again` marks what the papers of the last review said already.

    The same words of the same entry are the same finding from version to version (R04 is compared by lineage).
    """
    return [
        {
            "mark": one.fingerprint,
            "label": one.label,
            "rule": one.finding.rule,
            "severity": str(one.finding.severity),
            "words": one.finding.words,
            "plain": one.finding.plain,
            "again": one.fingerprint in before,
        }
        for one in lint_version(actor, plan)
        if one.finding.severity in SHOWN
    ]
