"""What may be recorded on a finding: the form, the action that it calls, and who may, as one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.improvement import actions, forms
from kept.improvement.models import Finding


@dataclass(frozen=True)
class Recording:
    """One thing that may be recorded."""

    title: str
    form: type[forms.OnFinding]
    save: Callable[[Actor, Finding, Any], object]
    can: tuple[Can, ...] = (Can.RUN_PROGRAMME,)


def _action(by: Actor, finding: Finding, form: Any) -> object:
    given = dict(form.cleaned_data)
    return actions.act(by=by, finding=finding, lead=given.pop("lead_person"), **given)


def _review(by: Actor, finding: Finding, form: Any) -> object:
    given = form.cleaned_data
    return actions.review(by=by, evidence=given["evidence"], accepted=given["accepted"] == "yes", said=given["said"])


def _claim(by: Actor, finding: Finding, form: Any) -> object:
    return actions.claim_impact(by=by, finding=finding, words=form.cleaned_data["words"], answers=form.answers())


def _reaudit(by: Actor, finding: Finding, form: Any) -> object:
    given = form.cleaned_data
    return actions.audit_again(by=by, finding=finding, holds=given["holds"] == "yes", words=given["words"])


def _on_finding(action: Callable[..., object]) -> Callable[[Actor, Finding, Any], object]:
    return lambda by, finding, form: action(by=by, finding=finding, **form.cleaned_data)


def _plain(action: Callable[..., object]) -> Callable[[Actor, Finding, Any], object]:
    return lambda by, _, form: action(by=by, **form.cleaned_data)


BOTH = (Can.RUN_PROGRAMME, Can.JUDGE_IMPROVEMENT)
RECORDINGS: dict[str, Recording] = {
    "verdict": Recording(
        "Give the families’ verdict", forms.VerdictForm, _on_finding(actions.judge), (Can.JUDGE_IMPROVEMENT,)
    ),
    "cause": Recording("Name a root cause", forms.CauseForm, _on_finding(actions.name_cause)),
    "agree": Recording("Agree to a cause", forms.AgreeForm, _plain(actions.agree_cause)),
    "action": Recording("Add an action", forms.ActionForm, _action),
    "milestone": Recording("Promise a milestone", forms.MilestoneForm, _plain(actions.promise)),
    "forecast": Recording("Move a forecast", forms.ForecastForm, _plain(actions.move)),
    "news": Recording("Tell the news of an action", forms.NewsForm, _plain(actions.tell)),
    "evidence": Recording("Submit evidence", forms.EvidenceForm, _on_finding(actions.submit)),
    "review": Recording("Review evidence", forms.ReviewForm, _review),
    "measure": Recording("Measure it", forms.AimForm, _on_finding(actions.aim)),
    "comment": Recording("Comment on a chart", forms.CommentForm, _on_finding(actions.comment)),
    "claim": Recording("Claim that it worked", forms.ClaimForm, _claim),
    "reaudit": Recording("Record a re-audit", forms.ReAuditForm, _reaudit, BOTH),
    "close": Recording("Close the finding", forms.CloseForm, _on_finding(actions.close)),
}
