"""Write a programme. Each action checks who may, then the rule, then writes once; milestones and replies are duties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency, User
from kept.access.roles import Can
from kept.duties.actions import DutyFacts, sync
from kept.improvement import checking, judging, queries
from kept.improvement.judging import NotAllowed
from kept.improvement.models import (
    Action,
    ActionCause,
    Aim,
    Cause,
    Challenge,
    Closing,
    Comment,
    Evidence,
    Finding,
    Forecast,
    ImpactClaim,
    Investment,
    Milestone,
    Programme,
    ReAudit,
    Update,
    Verdict,
)  # fmt: skip
from kept.improvement.words import CauseState, Claim, EvidenceKind
from kept.measures.catalogue import BY_CODE

SOURCE = "improvement"
REPLY_WITHIN = timedelta(days=28)


@transaction.atomic
def start(*, by: Actor, kind: str, name: str, started_on: date, **more: Any) -> Programme:
    """Start a programme. Raises Refused."""
    check_can(by, Can.RUN_PROGRAMME)
    return Programme.objects.create(area=by.area, kind=kind, name=name, started_on=started_on, **more)


@transaction.atomic
def find(
    *, by: Actor, programme: Programme, kind: str, text: str, outcome: str, bodies: Sequence[Agency], **more: Any
) -> Finding:
    """Add a finding. Raises NotAllowed without a responsible body."""
    check_can(by, Can.RUN_PROGRAMME)
    if not bodies:
        raise NotAllowed("Name at least one responsible body. “All” is nobody.")
    last = Finding.objects.filter(area=by.area, programme=programme).order_by("-number").first()
    return Finding.objects.create(
        area=by.area, programme=programme, number=(last.number if last else 0) + 1, kind=kind, text=text,
        outcome=outcome, bodies=[one.pk for one in bodies], **more,
    )  # fmt: skip


@transaction.atomic
def name_cause(*, by: Actor, finding: Finding, statement: str, how_tested: str = "") -> Cause:
    """A cause; tested when it is said how."""
    check_can(by, Can.RUN_PROGRAMME)
    state = CauseState.TESTED if how_tested.strip() else CauseState.GUESS
    return Cause.objects.create(area=by.area, finding=finding, statement=statement, how_tested=how_tested, state=state)


@transaction.atomic
def agree_cause(*, by: Actor, cause: Cause) -> Cause:
    """An agency agrees; with two, a tested cause is confirmed. Raises NotAllowed for a guess."""
    check_can(by, Can.RUN_PROGRAMME)
    if cause.state == CauseState.GUESS:
        raise NotAllowed("Say how the cause was tested before agencies agree to it.")
    agency = queries.agency_of(by)
    if agency and agency.pk not in cause.agreed_by:
        cause.agreed_by = [*cause.agreed_by, agency.pk]
    if len(cause.agreed_by) >= queries.AGENCIES_TO_AGREE:
        cause.state = CauseState.CONFIRMED
    cause.save(update_fields=["agreed_by", "state"])
    return cause


@transaction.atomic
def act(
    *, by: Actor, finding: Finding, causes: Sequence[Cause], what: str, agency: Agency, lead: User, starts_on: date,
    effect_code: str = "", effect_size: str = "", lag_months: int | None = None, because: str = "",
    enables: Action | None = None,
) -> Action:  # fmt: skip
    """Add an action. Raises NotAllowed without a tested cause, or without an effect and nothing that it enables."""
    check_can(by, Can.RUN_PROGRAMME)
    judging.check_action(
        [CauseState(cause.state) for cause in causes if cause.finding_id == finding.pk],
        effect=effect_code in BY_CODE and bool(effect_size.strip()),
        lag=lag_months is not None,
        because=bool(because.strip()),
        enables=enables is not None,
    )
    made = Action.objects.create(
        area=by.area, finding=finding, what=what, agency=agency, lead=lead, starts_on=starts_on,
        effect_code=effect_code, effect_size=effect_size, lag_months=lag_months, because=because, enables=enables,
    )  # fmt: skip
    ActionCause.objects.bulk_create([ActionCause(area=by.area, action=made, cause=cause) for cause in causes])
    return made


@transaction.atomic
def promise(*, by: Actor, action: Action, deliverable: str, acceptance_test: str, promised_on: date) -> Milestone:
    """Add a milestone; it is a duty of the action's lead."""
    check_can(by, Can.RUN_PROGRAMME)
    checking.check_promise(action.starts_on, promised_on, by.today)
    made = Milestone.objects.create(
        area=by.area, action=action, deliverable=deliverable, acceptance_test=acceptance_test, promised_on=promised_on
    )
    owe(by=by, action=action)
    return made


def owe(*, by: Actor, action: Action) -> None:
    """Make the ledger say what the action's milestones say: due on the day first promised, whatever the forecast."""
    facts = []
    for one in Milestone.objects.filter(area=by.area, action=action).prefetch_related("forecasts", "evidence"):
        state = queries.milestone_facts(one)
        facts.append(
            DutyFacts(
                key=str(one.pk), what=f"Milestone: {one.deliverable}"[:300], authority="Improvement programme",
                because=one.acceptance_test, rule="improvement.milestone", is_statutory=False,
                owed_by=action.agency.name, starts_on=min(action.starts_on, one.promised_on), due_on=one.promised_on,
                met_on=state.accepted_on, path=f"/improvement/findings/{action.finding_id}/",
                agency_id=action.agency_id, person_id=action.lead_id,
            )
        )  # fmt: skip
    sync(by=by, source=SOURCE, source_id=action.pk, child_id=None, duties=facts)


@transaction.atomic
def move(*, by: Actor, milestone: Milestone, expected_on: date, why: str) -> Forecast:
    """Say when a milestone is now expected. The promise stays; the number of moves is shown. Raises NotAllowed."""
    check_can(by, Can.RUN_PROGRAMME)
    checking.check_forecast(queries.milestone_facts(milestone), expected_on, by.today)
    return Forecast.objects.create(area=by.area, milestone=milestone, expected_on=expected_on, why=why, by=by.user)


@transaction.atomic
def tell(*, by: Actor, action: Action, words: str) -> Update:
    """News of an action."""
    check_can(by, Can.RUN_PROGRAMME)
    return Update.objects.create(area=by.area, action=action, on=by.today, words=words, by=by.user)


@transaction.atomic
def submit(
    *, by: Actor, finding: Finding, claim: str, kind: str, what: str, source: str, milestone: Milestone | None = None
) -> Evidence:
    """Submit evidence for a claim. Raises NotAllowed when that kind cannot prove it."""
    check_can(by, Can.RUN_PROGRAMME)
    judging.check_evidence(EvidenceKind(kind), Claim(claim))
    agency = queries.agency_of(by)
    if agency is None:
        raise NotAllowed("Your account has no agency, so nobody could say for whom you submit this.")
    return Evidence.objects.create(
        area=by.area, finding=finding, milestone=milestone, claim=claim, kind=kind, what=what, source=source,
        submitted_by=by.user, agency=agency, submitted_on=by.today,
    )  # fmt: skip


@transaction.atomic
def review(*, by: Actor, evidence: Evidence, accepted: bool, said: str) -> Evidence:
    """Review evidence. Raises NotAllowed for one's own or one's own agency's, and for what was reviewed before."""
    check_can(by, Can.RUN_PROGRAMME)
    agency = queries.agency_of(by)
    judging.check_reviewer(
        same_person=evidence.submitted_by_id == by.user.pk,
        same_agency=agency is None or agency.pk == evidence.agency_id,
    )
    if evidence.reviewed_on:
        raise NotAllowed("This evidence was reviewed already. Submit further evidence instead.")
    evidence.reviewed_by, evidence.reviewer_agency = by.user, agency
    evidence.reviewed_on, evidence.accepted, evidence.said = by.today, accepted, said
    evidence.save(update_fields=["reviewed_by", "reviewer_agency", "reviewed_on", "accepted", "said"])
    if evidence.milestone:
        owe(by=by, action=evidence.milestone.action)
    return evidence


@transaction.atomic
def aim(*, by: Actor, finding: Finding, code: str, target: float | None, target_on: date | None, why: str) -> Aim:
    """Measure a finding, or change how: a further version. The baseline ends before the programme began, for good."""
    check_can(by, Can.RUN_PROGRAMME)
    if code not in BY_CODE:
        raise NotAllowed(f"There is no measure called {code}.")
    checking.check_aim(BY_CODE[code], target, target_on, by.today)
    if target is not None:
        judging.check_target(code, BY_CODE[code].counter)
    before = Aim.objects.filter(area=by.area, finding=finding, code=code).order_by("-version").first()
    baseline = before.baseline_until if before else finding.programme.started_on - timedelta(days=1)
    return Aim.objects.create(
        area=by.area, finding=finding, code=code, target=target, target_on=target_on, baseline_until=baseline, why=why,
        version=before.version + 1 if before else 1, by=by.user, on=by.today,
    )  # fmt: skip


@transaction.atomic
def comment(*, by: Actor, finding: Finding, code: str, words: str) -> Comment:
    """Say something beside a chart. It stands there as a comment; the words of the chart itself stay generated."""
    check_can(by, Can.RUN_PROGRAMME)
    if not Aim.objects.filter(area=by.area, finding=finding, code=code).exists():
        raise NotAllowed(f"This finding is not measured by {code}.")
    return Comment.objects.create(area=by.area, finding=finding, code=code, words=words, by=by.user, on=by.today)


@transaction.atomic
def claim_impact(*, by: Actor, finding: Finding, words: str, answers: Sequence[str]) -> ImpactClaim:
    """Claim that it worked. Raises NotAllowed when the charts do not show it or evidence against it has no answer."""
    check_can(by, Can.RUN_PROGRAMME)
    [found] = queries.stood(by.area, [queries.findings(by.area).get(pk=finding.pk)], today=by.today, whole=True)
    if reasons := judging.why_no_signal(found.facts.measures):
        raise NotAllowed("The claim is refused. " + " ".join(reasons))
    judging.check_answers(found.against, answers)
    snapshot = [
        {
            "code": one.aim.code,
            "version": BY_CODE[one.aim.code].query_version,
            "text": one.chart.text if one.chart else "",
        }
        for one in found.measured
    ]
    return ImpactClaim.objects.create(
        area=by.area, finding=finding, on=by.today, by=by.user, words=words, snapshot={"measures": snapshot},
        against=list(found.against), answers=list(answers),
    )  # fmt: skip


@transaction.atomic
def judge(*, by: Actor, finding: Finding, method: str, asked: int, answered: int, answer: str, words: str) -> Verdict:
    """The families' verdict, entered by their forum itself. Raises Refused for everybody else."""
    check_can(by, Can.JUDGE_IMPROVEMENT)
    if answered > asked:
        raise NotAllowed("More answers than families asked: check the two numbers.")
    return Verdict.objects.create(
        area=by.area, finding=finding, on=by.today, method=method, asked=asked, answered=answered, answer=answer,
        words=words, by=by.user,
    )  # fmt: skip


@transaction.atomic
def audit_again(*, by: Actor, finding: Finding, holds: bool, words: str) -> ReAudit:
    """A re-audit, by the forum or by an agency that is not responsible for the finding."""
    is_forum = by.can(Can.JUDGE_IMPROVEMENT)
    if not is_forum:
        check_can(by, Can.RUN_PROGRAMME)
    agency = queries.agency_of(by)
    if not is_forum and (agency is None or agency.pk in finding.bodies):
        raise NotAllowed("Your agency is responsible for this finding, so another agency audits it again.")
    return ReAudit.objects.create(
        area=by.area, finding=finding, on=by.today, by=by.user, agency=agency, is_forum=is_forum, holds=holds,
        words=words,
    )  # fmt: skip


@transaction.atomic
def close(*, by: Actor, finding: Finding) -> Closing:
    """An accountable officer agrees to close; the second agreement closes. Raises NotAllowed with every gap."""
    check_can(by, Can.RUN_PROGRAMME)
    programme = finding.programme
    officers = {programme.council_officer_id, programme.nhs_officer_id}
    if by.user.pk not in officers:
        raise Refused("Only the two accountable officers of the programme can close a finding.")
    [found] = queries.stood(by.area, [queries.findings(by.area).get(pk=finding.pk)], today=by.today, whole=True)
    audits = [one for one in found.finding.reaudits.all() if one.holds]
    judging.check_close(
        measures=found.facts.measures,
        verdicts=found.facts.verdicts,
        reaudited=any(one.is_forum for one in audits) and any(not one.is_forum for one in audits),
        both_officers=None not in officers and len(officers) == queries.AGENCIES_TO_AGREE,
        disputed=found.standing.disputed,
        left_behind=any(one.left_behind for one in found.facts.measures),
    )
    return Closing.objects.get_or_create(area=by.area, finding=finding, by=by.user, defaults={"on": by.today})[0]


@transaction.atomic
def challenge(
    *, by: Actor, programme: Programme, on_behalf_of: str, words: str, due_on: date | None = None
) -> Challenge:
    """Challenge the programme; the reply is a duty with a date. For the programme's people and the forum.

    The same question of the same person on the same day is one: safe to repeat.
    """
    if not by.can(Can.JUDGE_IMPROVEMENT):
        check_can(by, Can.RUN_PROGRAMME)
    same = Challenge.objects.filter(area=by.area, programme=programme, asked_by=by.user, asked_on=by.today)
    if done := same.filter(on_behalf_of=on_behalf_of, words=words).first():
        return done
    made = Challenge.objects.create(
        area=by.area, programme=programme, asked_by=by.user, on_behalf_of=on_behalf_of, words=words, asked_on=by.today,
        due_on=due_on or by.today + REPLY_WITHIN,
    )  # fmt: skip
    _owe_reply(by, made)
    return made


@transaction.atomic
def reply(*, by: Actor, challenge: Challenge, words: str) -> Challenge:
    """Answer a challenge. Whether that resolves it is for whoever asked."""
    check_can(by, Can.RUN_PROGRAMME)
    challenge.reply, challenge.replied_on = words, by.today
    challenge.save(update_fields=["reply", "replied_on"])
    _owe_reply(by, challenge)
    return challenge


@transaction.atomic
def resolve(*, by: Actor, challenge: Challenge) -> Challenge:
    """Say that a challenge is resolved. Raises NotAllowed for anybody but whoever asked."""
    if challenge.asked_by_id != by.user.pk:
        raise NotAllowed("Only whoever asked can say that it is resolved.")
    challenge.resolved_on = by.today
    challenge.save(update_fields=["resolved_on"])
    return challenge


def _owe_reply(by: Actor, one: Challenge) -> None:
    facts = DutyFacts(
        key="reply", what=f"Answer a challenge: {one.words}"[:300], authority="Improvement programme",
        rule="improvement.challenge", is_statutory=False, owed_by="the programme", starts_on=one.asked_on,
        due_on=one.due_on, met_on=one.replied_on, path=f"/improvement/{one.programme_id}/",
        person_id=one.programme.council_officer_id,
    )  # fmt: skip
    sync(by=by, source=SOURCE, source_id=one.pk, child_id=None, duties=[facts])


@transaction.atomic
def invest(*, by: Actor, programme: Programme, what: str, pounds: int, promised: str, **more: Any) -> Investment:
    """A line of money. Raises NotAllowed without the benefit that it was promised for."""
    check_can(by, Can.RUN_PROGRAMME)
    if not promised.strip():
        raise NotAllowed("Say what families will notice for this money. Spending is not an outcome.")
    return Investment.objects.create(
        area=by.area, programme=programme, what=what, pounds=pounds, promised=promised, **more
    )


@transaction.atomic
def realise(*, by: Actor, investment: Investment, realised: str) -> Investment:
    """Say what came of money. What was promised for it stays as it was."""
    check_can(by, Can.RUN_PROGRAMME)
    investment.realised = realised
    investment.save(update_fields=["realised"])
    return investment


@transaction.atomic
def name_officers(*, by: Actor, programme: Programme, council_officer: User, nhs_officer: User) -> Programme:
    """Name the two accountable officers. Raises NotAllowed for one person in both parts."""
    check_can(by, Can.RUN_PROGRAMME)
    if council_officer.pk == nhs_officer.pk:
        raise NotAllowed("Name two people: one answers for the council, the other for the NHS.")
    programme.council_officer, programme.nhs_officer = council_officer, nhs_officer
    programme.save(update_fields=["council_officer", "nhs_officer"])
    return programme


@transaction.atomic
def publish(*, by: Actor, programme: Programme, shown: bool) -> Programme:
    """Put a programme on the public page, or take it down. Raises NotAllowed before anything was found or promised."""
    check_can(by, Can.RUN_PROGRAMME)
    if shown and not programme.findings.exists():
        raise NotAllowed("There is nothing to publish yet: add a finding first.")
    programme.published_on = (programme.published_on or by.today) if shown else None
    programme.save(update_fields=["published_on"])
    return programme


def draw_reaudits(actor: Actor, quarter: str) -> list[UUID]:
    """Which closed findings are audited again this quarter (rule 13)."""
    closed = [
        str(one.finding.pk)
        for one in queries.stood(actor.area, list(queries.findings(actor.area)), today=actor.today, whole=True)
        if one.facts.closed_on
    ]
    return [UUID(key) for key in judging.drawn_for_reaudit(closed, quarter)]
