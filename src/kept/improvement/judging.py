"""The rules that stop box-ticking. Pure: facts and today in, statuses and refusals out. Nobody types a status.

Source: the fifteen rules for local area SEND improvement programmes, each named at its function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kept.design.words import day
from kept.improvement.words import Answer, CauseState, Claim, Delivery, EvidenceKind, Impact, Method, Stage

FRESH = timedelta(days=45)
MONTHS_SUSTAINED = 6
ONE_IN = 10
FEW = 4
MAY_PROVE: dict[EvidenceKind, frozenset[Claim]] = {
    EvidenceKind.DOCUMENT: frozenset({Claim.DELIVERY}),
    EvidenceKind.AUDIT: frozenset({Claim.DELIVERY, Claim.PRACTICE}),
    EvidenceKind.MEASURE: frozenset({Claim.PRACTICE, Claim.IMPACT}),
    EvidenceKind.FAMILIES: frozenset({Claim.PRACTICE, Claim.IMPACT}),
}


class NotAllowed(Exception):
    """A rule of the programme says no; the text is a sentence for the person who asked."""


@dataclass(frozen=True, kw_only=True)
class MilestoneFacts:
    """A deliverable: the date first promised, the forecasts since, and the day another agency accepted it."""

    promised_on: date
    forecasts: tuple[date, ...] = ()
    accepted_on: date | None = None

    @property
    def expected_on(self) -> date:
        """The latest forecast; without one, the promise."""
        return self.forecasts[-1] if self.forecasts else self.promised_on

    @property
    def moves(self) -> int:
        """How many times the date was moved (rule 9)."""
        return len(self.forecasts)


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """An action as far as statuses need it."""

    starts_on: date
    lag_months: int
    milestones: tuple[MilestoneFacts, ...] = ()
    told_on: date | None = None

    @property
    def delivered_on(self) -> date | None:
        """The day on which the last milestone was accepted; None while one is not, or without any."""
        days = [one.accepted_on for one in self.milestones]
        return max(day for day in days if day) if days and all(days) else None


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """What the chart of one measure says. `improvement` holds for the last two points against the fixed baseline."""

    code: str
    better_off: bool
    has_data: bool
    improvement: bool = False
    concern: bool = False
    passes_target: bool = False
    last_on: date | None = None
    points_after_signal: int = 0
    counter_in_concern: tuple[str, ...] = ()
    left_behind: tuple[str, ...] = ()
    breaches: int = 0
    older_breaches: int = 0
    is_statutory: bool = False
    rebased: bool = False
    counted_otherwise_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class VerdictFacts:
    """A verdict of families."""

    on: date
    method: Method
    answer: Answer


def delivery_status(actions: Sequence[ActionFacts], today: date) -> Delivery:
    """Rule 1 (two statuses, never blended) and rule 10 (older than 45 days is unknown). Judged by the promised dates.

    A milestone is late when the date first promised has passed: moving the forecast does not make it on time (rule 9).
    """
    if not actions or all(action.starts_on > today for action in actions):
        return Delivery.PLANNED
    if all(action.delivered_on for action in actions):
        return Delivery.DELIVERED
    running = [action for action in actions if action.starts_on <= today and not action.delivered_on]
    if any(_is_late(one, today) for action in running for one in action.milestones):
        return Delivery.LATE
    if any(today - (action.told_on or action.starts_on) > FRESH for action in running):
        return Delivery.UNKNOWN
    return Delivery.ON_TIME


def _is_late(one: MilestoneFacts, today: date) -> bool:
    return one.accepted_on is None and one.promised_on < today


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    first = date(at // 12, at % 12 + 1, 1)
    last = (date((at + 1) // 12, (at + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def too_early_until(actions: Sequence[ActionFacts]) -> date | None:
    """Rule 4: the last day on which "too early to tell" is allowed; None while something is not delivered."""
    ends = [add_months(one.delivered_on, one.lag_months) for one in actions if one.delivered_on]
    return max(ends) if ends and len(ends) == len(actions) else None


def impact_status(  # noqa: PLR0911 - one question a line, the first that holds answers
    measures: Sequence[MeasureFacts], actions: Sequence[ActionFacts], today: date
) -> Impact:
    """Rule 1 and 4 and 10: from the charts of the "better off" measures alone."""
    ours = [one for one in measures if one.better_off]
    if not ours:
        return Impact.NO_MEASURE
    with_data = [one for one in ours if one.has_data]
    if not with_data:
        return Impact.NO_DATA
    if all(one.last_on is None or today - one.last_on > FRESH for one in with_data):
        return Impact.UNKNOWN
    if any(one.concern for one in with_data):
        return Impact.WORSE
    if has_signal(with_data):
        return Impact.RELIABLE if all(one.passes_target for one in with_data if one.improvement) else Impact.IMPROVING
    until = too_early_until(actions)
    if until is None:
        return Impact.NO_CHANGE
    return Impact.TOO_EARLY if today <= until else Impact.NONE_SHOWN


def has_signal(measures: Sequence[MeasureFacts]) -> bool:
    """Whether a measure improved, no counter-measure got worse (rule 7) and no group was left behind (rule 15)."""
    return any(one.improvement for one in measures if one.better_off) and not why_no_signal(measures)


def why_no_signal(measures: Sequence[MeasureFacts]) -> list[str]:
    """The reasons against a claim of impact, in sentences."""
    found = []
    ours = [one for one in measures if one.better_off]
    if not ours:
        found.append("There is no measure of whether children and families are better off.")
    elif not any(one.improvement for one in ours):
        found.append("No measure shows a real improvement on its last two points against the fixed baseline.")
    for one in ours:
        if one.counted_otherwise_on:
            found.append(
                f"{one.code} is counted by another definition since {day(one.counted_otherwise_on)}, so the figures "
                "before and after do not compare."
            )
        found += [f"The counter-measure {code} of {one.code} got worse." for code in one.counter_in_concern]
        if one.left_behind:
            found.append(f"{one.code} got worse for {in_words(one.left_behind)}.")
    return found


def in_words(groups: Sequence[str]) -> str:
    """Groups that were left behind, few by name: "a group (need: SLCN)", "12 groups (age: 5 to 10; ...)"."""
    few = "; ".join(groups[:FEW])
    more = f"; and {len(groups) - FEW} more" if len(groups) > FEW else ""
    return f"{'a group' if len(groups) == 1 else f'{len(groups)} groups'} ({few}{more})"


def check_evidence(kind: EvidenceKind, claim: Claim) -> None:
    """Rule 5: evidence proves only what its kind can prove."""
    if claim not in MAY_PROVE[kind]:
        can = " or ".join(Claim(one).label.lower() for one in sorted(MAY_PROVE[kind]))
        more = {
            Claim.IMPACT: " Attach a measure or the families' verdict to claim that they are better off.",
            Claim.PRACTICE: " Attach an audit, a measure or the families' verdict to claim that practice changed.",
            Claim.DELIVERY: " Attach the document or an audit to show that it was delivered.",
        }[Claim(claim)]
        raise NotAllowed(f"“{kind.label}” cannot prove {Claim(claim).label.lower()}. It can only prove {can}.{more}")


def check_reviewer(*, same_person: bool, same_agency: bool) -> None:
    """Nobody marks their own evidence, nor that of their own agency."""
    if same_person:
        raise NotAllowed("You submitted this evidence, so somebody from another agency reviews it.")
    if same_agency:
        raise NotAllowed("This evidence came from your own agency. Ask somebody from another agency to review it.")


def check_action(causes: Sequence[CauseState], *, effect: bool, lag: bool, because: bool, enables: bool) -> None:
    """Rule 3: no action without a tested root cause and an expected effect with its size and lag.

    An enabling action (a post, a system) may lean on the action that it enables.
    """
    if not causes or not all(one in {CauseState.TESTED, CauseState.CONFIRMED} for one in causes):
        raise NotAllowed("Name a root cause that was tested first. An action against a guess is a guess.")
    if not enables and not (effect and lag and because):
        raise NotAllowed(
            "Say which measure this will move, by how much, after how many months and why; "
            "or name the action that it makes possible."
        )


def check_target(code: str, counters: Collection[str]) -> None:
    """Rule 7: every target has a counter-measure."""
    if not counters:
        raise NotAllowed(
            f"{code} has no counter-measure, so a target for it could be met by making something else worse."
        )


def check_answers(counter_evidence: Sequence[str], answers: Sequence[str]) -> None:
    """Rule 6: the claimant answers each line of counter-evidence."""
    missing = [words for at, words in enumerate(counter_evidence) if at >= len(answers) or not answers[at].strip()]
    if missing:
        raise NotAllowed(
            "Answer each line of evidence against the claim. Not yet answered: "
            + "; ".join(words.rstrip(".") for words in missing)
            + "."
        )


def latest(verdicts: Sequence[VerdictFacts]) -> VerdictFacts | None:
    """The latest verdict of families."""
    return max(verdicts, key=lambda one: one.on) if verdicts else None


def families_agree(verdicts: Sequence[VerdictFacts]) -> bool:
    """A panel of the forum and at least one other method, the latest of each saying yes or partly."""
    last = {one.method: one.answer for one in sorted(verdicts, key=lambda one: one.on)}
    positive = {method for method, answer in last.items() if answer in {Answer.YES, Answer.PARTLY}}
    return Method.PANEL in positive and len(positive) > 1 and Answer.NO not in last.values()


def is_disputed(impact: Impact, delivery: Delivery, verdicts: Sequence[VerdictFacts]) -> bool:
    """Rule 11: families say no while the agencies' side says delivered or improving."""
    last = latest(verdicts)
    says_good = impact in {Impact.IMPROVING, Impact.RELIABLE} or delivery == Delivery.DELIVERED
    return last is not None and last.answer == Answer.NO and says_good


def is_sustained(measures: Sequence[MeasureFacts]) -> bool:
    """Six further monthly points without concern and new limits set with a reason; and rule 14: a legal duty has no
    breach older than the agreed tail.
    """
    return any(one.better_off and one.improvement for one in measures) and not why_not_sustained(measures)


def why_not_sustained(measures: Sequence[MeasureFacts]) -> list[str]:
    """What an improvement still lacks to count as sustained, in sentences."""
    found = []
    for one in (each for each in measures if each.better_off and each.improvement):
        if one.points_after_signal < MONTHS_SUSTAINED:
            lacking = MONTHS_SUSTAINED - one.points_after_signal
            found.append(f"{one.code} has to hold for {lacking} more period{'' if lacking == 1 else 's'}.")
        elif not one.rebased:
            found.append(f"An analyst or a case manager has not set new limits for {one.code} yet, with the reason.")
        if one.is_statutory and one.older_breaches:
            found.append(f"{one.code}: children still wait past the longest wait that was agreed.")
    return found


def check_close(
    *,
    measures: Sequence[MeasureFacts],
    verdicts: Sequence[VerdictFacts],
    reaudited: bool,
    both_officers: bool,
    disputed: bool,
    left_behind: bool,
) -> None:
    """Rule 2 (finishing actions closes nothing), 14 and 15: what closing a finding needs, all the gaps at once."""
    gaps = why_no_signal(measures)
    if disputed:
        gaps.append("Families dispute it.")
    if not families_agree(verdicts):
        gaps.append("Families have not said yes or partly by a panel of the forum and one other method.")
    if not is_sustained(measures):
        gaps.append("It has not been sustained for six further months without older breaches of the law.")
        gaps += why_not_sustained(measures)
    if left_behind and not any("got worse for" in gap for gap in gaps):
        gaps.append("A group of children is left behind.")
    if not reaudited:
        gaps.append("It has not been audited again by the forum and another agency.")
    if not both_officers:
        gaps.append("Both accountable officers, of the council and of the NHS, must agree.")
    if gaps:
        raise NotAllowed("This finding cannot be closed. " + " ".join(gaps))


@dataclass(frozen=True, kw_only=True)
class FindingFacts:
    """All that a finding's stage is worked out from."""

    causes: tuple[CauseState, ...] = ()
    causes_agreed: bool = False
    actions: tuple[ActionFacts, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()
    verdicts: tuple[VerdictFacts, ...] = ()
    closed_on: date | None = None
    had_signal: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The two statuses side by side, the stage, and what families say.

    `breaches` are the children over a legal limit by the measure that has most of them: the same child may stand in
    several, and a sum beside its parts would tell a small part that is hidden.
    """

    delivery: Delivery
    impact: Impact
    stage: Stage
    disputed: bool
    verdict: VerdictFacts | None
    moves: int
    breaches: int
    reasons: tuple[str, ...]


def standing(facts: FindingFacts, today: date) -> Standing:
    """Where a finding stands today."""
    delivery = delivery_status(facts.actions, today)
    impact = impact_status(facts.measures, facts.actions, today)
    disputed = is_disputed(impact, delivery, facts.verdicts)
    return Standing(
        delivery=delivery,
        impact=impact,
        stage=_stage(facts, delivery, impact, disputed=disputed),
        disputed=disputed,
        verdict=latest(facts.verdicts),
        moves=sum(one.moves for action in facts.actions for one in action.milestones),
        breaches=max((one.breaches for one in facts.measures if one.is_statutory), default=0),
        reasons=tuple(why_no_signal(facts.measures)),
    )


def _stage(  # noqa: PLR0911 - one question a line, the first that holds answers
    facts: FindingFacts, delivery: Delivery, impact: Impact, *, disputed: bool
) -> Stage:
    if disputed:
        return Stage.DISPUTED
    improving = impact in {Impact.IMPROVING, Impact.RELIABLE}
    if (facts.closed_on or facts.had_signal) and impact == Impact.WORSE:
        return Stage.REGRESSED
    if facts.closed_on:
        return Stage.CLOSED
    if improving and families_agree(facts.verdicts):
        return Stage.SUSTAINED if is_sustained(facts.measures) else Stage.AGREED
    if improving:
        return Stage.SIGNAL
    if delivery == Delivery.DELIVERED:
        return Stage.NOT_SHOWN
    if facts.actions:
        return Stage.DELIVERING
    return Stage.CAUSES if facts.causes_agreed else Stage.OPEN


def drawn_for_reaudit(closed: Sequence[str], quarter: str) -> list[str]:
    """Rule 13: one in ten closed items each quarter, at least one, drawn so that nobody can choose and all can check.

    The order is that of the SHA-256 of quarter and key: random to whoever does the work, and the same for an auditor.
    """
    ordered = sorted(closed, key=lambda key: hashlib.sha256(f"{quarter} {key}".encode()).hexdigest())
    return ordered[: -(-len(ordered) // ONE_IN)]
