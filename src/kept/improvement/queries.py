"""Read programmes: the recorded facts, the charts, and from both where each finding stands. Constant queries a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kept.access.acting import Actor
from kept.access.models import Agency, AgencyKind, Area
from kept.design.words import day
from kept.improvement import judging
from kept.improvement.judging import ActionFacts, FindingFacts, MeasureFacts, MilestoneFacts, Standing, VerdictFacts
from kept.improvement.models import Action, Aim, Cause, Challenge, Decision, Finding, Meeting, Milestone, Programme
from kept.improvement.words import Answer, CauseState, Method
from kept.measures import queries as measures
from kept.measures import rebasing
from kept.measures.catalogue import BY_CODE, SHARE
from kept.measures.computing import month_after
from kept.measures.models import Value
from kept.rules import small_numbers, spc
from kept.rules.small_numbers.facts import SMALLEST_SHOWN

TAIL = {"R1": "R4", "R2": "R4", "R3": "R4", "W2": "W2b"} | dict.fromkeys(("T1", "T2", "T3", "T3a", "T7"), "T3b")
# Evidence against a claim that is looked up for every finding: the measure, its words, and which side speaks against.
AGAINST = {
    "E1": ("Appeals registered", "counted"),
    "E2": ("Appeals that ended in the family’s favour", "counted"),
    "E4": ("Complaints", "counted"),
    "H1": ("Journeys late or missed", "missed"),
}
QUARTER = 3
CLAIM_POINTS = 2
NOTES = 3
AGENCIES_TO_AGREE = 2
A_DAY = timedelta(days=1)
YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A measure of a finding: its aim in force and those before, its figures, chart and what the rules need.

    beyond: what the status says and this chart cannot, because figures of few children are hidden in it.
    """

    aim: Aim
    earlier: tuple[Aim, ...]
    periods: tuple[measures.Period, ...]
    drawn: rebasing.Drawn | None
    facts: MeasureFacts
    beyond: str = ""

    @property
    def chart(self) -> spc.Chart | None:
        """The chart as it is set, with new limits where somebody set them."""
        return self.drawn.chart if self.drawn else None

    @property
    def before(self) -> spc.Chart | None:
        """The same figures with the limits and the target of before; None when neither was changed."""
        if self.drawn is None:
            return None
        first = (*self.earlier, self.aim)[0].target
        if first == self.aim.target:
            return self.drawn.before
        old = self.drawn.before or self.drawn.chart
        return replace(old, series=replace(old.series, target=first))

    @property
    def comments(self) -> list[str]:
        """What officers said beside this chart, each marked as a comment."""
        return [
            f"Comment by {one.by.name}, {day(one.on)}: {one.words}"
            for one in self.aim.finding.comments.all()
            if one.code == self.aim.code
        ]

    @property
    def origins(self) -> list[measures.FromOutside]:
        """The stretches of its figures that were not counted here, with where they come from."""
        return measures.origins(self.periods)

    def notes(self, *, named: bool) -> list[str]:
        """What was changed about this measure since it was first promised, with the reasons: it stands under it."""
        found = [self.drawn.hides] if self.drawn and self.drawn.hides else []
        for old, new in pairwise((*self.earlier, self.aim)):
            if old.target != new.target:
                words = f"The target was changed on {day(new.on)} from {_target(old)} to {_target(new)}."
                eased = " This is easier to meet than what was promised." if _is_easier(old, new) else ""
                found.append(f"{words}{eased} Why: {new.why.rstrip('.')}.")
        found += self.drawn.notes(named=named) if self.drawn else []
        return [*found, self.beyond] if self.beyond else found


@dataclass(frozen=True, kw_only=True)
class Stood:
    """A finding with all that hangs on it and where it stands today."""

    finding: Finding
    standing: Standing
    measured: tuple[Measured, ...]
    against: tuple[str, ...] = field(default=())
    facts: FindingFacts


def programmes(area: Area) -> QuerySet[Programme]:
    """The programmes of an area, the latest first."""
    people = ("council_officer", "nhs_officer")
    return Programme.objects.filter(area=area).select_related(*people).order_by("-started_on")


def agencies_by_id(area: Area) -> dict[UUID, str]:
    """Names of the area's agencies that may be responsible."""
    return dict(Agency.objects.filter(area=area).exclude(kind=AgencyKind.SCHOOL).values_list("pk", "name"))


def agency_of(actor: Actor) -> Agency | None:
    """Whom somebody speaks for: their agency; for somebody of the council without one, the SEND service."""
    mine = Agency.objects.filter(area=actor.area, pk__in=actor.agency_ids).order_by("name").first()
    return mine or Agency.objects.filter(area=actor.area, kind=AgencyKind.SEND).order_by("name").first()


def findings(area: Area, programme: Programme | None = None) -> QuerySet[Finding]:
    """Findings with everything on them, in a constant number of queries."""
    milestones = Milestone.objects.prefetch_related("forecasts", "evidence")
    actions = Action.objects.select_related("agency", "lead").prefetch_related(
        Prefetch("milestones", milestones), "updates", "causes"
    )
    found = Finding.objects.filter(area=area).select_related("programme").prefetch_related(
        Prefetch("causes", Cause.objects.order_by("id")), Prefetch("actions", actions),
        "aims", "evidence__agency", "verdicts", "claims", "closings", "reaudits", "comments__by",
    )  # fmt: skip
    return found.filter(programme=programme) if programme else found


def stood(area: Area, found: Sequence[Finding], *, today: date, whole: bool) -> list[Stood]:
    """Where findings stand. whole: figures unsuppressed on the charts; the statuses are the same for everybody."""
    codes = {aim.code for finding in found for aim in finding.aims.all()}
    counters = {counter for code in codes for counter in BY_CODE[code].counter}
    wanted = {
        code for code in codes | counters | {TAIL.get(code, code) for code in codes} | set(AGAINST) if code in BY_CODE
    }
    values = measures.values_by_code(area, sorted(wanted), before=today)
    read = _Read(
        values=values,
        behind=measures.left_behind_each(area, [BY_CODE[code] for code in sorted(codes)], before=today),
        settings=rebasing.in_force(area, sorted(wanted)),
        today=today,
        whole=whole,
    )
    return [_stood(finding, read) for finding in found]


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What the charts of a page are made from: figures, groups left behind, what was set on charts."""

    values: dict[str, list[Value]]
    behind: dict[str, list[str]]
    settings: dict[str, rebasing.InForce]
    today: date
    whole: bool


def _stood(finding: Finding, read: _Read) -> Stood:
    aims: dict[str, list[Aim]] = {}
    for aim in finding.aims.all():
        aims.setdefault(aim.code, []).append(aim)
    measured = tuple(_measured(versions, read) for _, versions in sorted(aims.items()))
    closings = list(finding.closings.all())
    causes = list(finding.causes.all())
    facts = FindingFacts(
        causes=tuple(CauseState(cause.state) for cause in causes),
        causes_agreed=any(
            cause.state == CauseState.CONFIRMED and len(set(cause.agreed_by)) >= AGENCIES_TO_AGREE for cause in causes
        ),
        actions=tuple(action_facts(action) for action in finding.actions.all()),
        measures=tuple(one.facts for one in measured),
        verdicts=tuple(verdict_facts(finding)),
        closed_on=max(one.on for one in closings) if len(closings) >= AGENCIES_TO_AGREE else None,
        had_signal=bool(finding.claims.all()),
    )
    return Stood(
        finding=finding,
        standing=judging.standing(facts, read.today),
        measured=measured,
        against=tuple(counter_evidence(measured, facts, read.values)),
        facts=facts,
    )


def verdict_facts(finding: Finding) -> list[VerdictFacts]:
    """The verdicts of families, as the rules read them."""
    return [
        VerdictFacts(on=one.on, method=Method(one.method), answer=Answer(one.answer)) for one in finding.verdicts.all()
    ]


def action_facts(action: Action) -> ActionFacts:
    """An action as the rules read it: accepted by somebody of another agency is what counts as delivered."""
    return ActionFacts(
        starts_on=action.starts_on,
        lag_months=action.lag_months or 0,
        milestones=tuple(milestone_facts(one) for one in action.milestones.all()),
        told_on=max((update.on for update in action.updates.all()), default=None),
    )


def milestone_facts(one: Milestone) -> MilestoneFacts:
    """A milestone as the rules read it."""
    accepted = [each.reviewed_on for each in one.evidence.all() if each.accepted and each.claim == "delivery"]
    return MilestoneFacts(
        promised_on=one.promised_on,
        forecasts=tuple(each.expected_on for each in one.forecasts.all()),
        accepted_on=min((day for day in accepted if day), default=None),
    )


def _target(aim: Aim) -> str:
    return "none" if aim.target is None else f"{aim.target:g}{'%' if BY_CODE[aim.code].unit == SHARE else ''}"


def _is_easier(old: Aim, new: Aim) -> bool:
    if old.target is None or new.target is None:
        return new.target is None
    change = new.target - old.target
    return change < 0 if BY_CODE[new.code].direction is spc.Direction.INCREASE else change > 0


def _measured(versions: list[Aim], read: _Read) -> Measured:
    """A measure judged by the limits of before the programme, and drawn as it is set.

    What is set on a chart can take an improvement away, show that it got worse again, or that a target is met by the
    process as it now runs. It never takes away a change for the worse (rules 8 and 9).
    """
    aim = versions[-1]
    one, ours = BY_CODE[aim.code], read.values.get(aim.code, [])
    held = read.settings.get(aim.code, rebasing.InForce())
    since = versions[0].baseline_until + A_DAY
    all_periods = measures.periods(one, ours, whole=True)
    judged = measures.chart_of(
        one, all_periods, today=read.today, target=aim.target, baseline_until=since, rebase=held.breaks
    )
    as_set = rebasing.drawn(one, all_periods, held, today=read.today, target=aim.target, baseline_until=since)
    shown, drawn = all_periods, as_set
    if not read.whole:
        shown = measures.periods(one, ours, whole=False)
        drawn = rebasing.drawn(one, shown, held, today=read.today, target=aim.target, baseline_until=since)
    step = measures.months_each(all_periods)
    last = month_after(all_periods[-1].starts, step) - A_DAY if all_periods else None
    tail = read.values.get(TAIL.get(aim.code, ""), [])
    facts = MeasureFacts(
        code=aim.code,
        better_off=one.better_off,
        has_data=judged is not None,
        improvement=judged.improvement_confirmed if judged else False,
        concern=_is_worse(judged) or _is_worse(as_set.chart if as_set else None),
        passes_target=as_set.chart.assurance is spc.Assurance.PASS if as_set else False,
        last_on=last,
        points_after_signal=_points_after(judged),
        counter_in_concern=tuple(code for code in one.counter if _worse(code, read, since)),
        left_behind=tuple(read.behind.get(aim.code, [])),
        breaches=_breaches(one.unit, ours),
        older_breaches=tail[-1].numerator if tail else 0,
        is_statutory=one.statutory,
        rebased=any(day >= since for day in held.starts(rebasing.Setting.REBASE)),
        counted_otherwise_on=rebasing.counted_otherwise(ours, since=_first_day(ours, since, held)),
    )
    return Measured(
        aim=aim, earlier=tuple(versions[:-1]), periods=tuple(shown), drawn=drawn, facts=facts,
        beyond="" if read.whole else _beyond(facts, drawn.chart if drawn else None),
    )  # fmt: skip


def _beyond(facts: MeasureFacts, shown: spc.Chart | None) -> str:
    """What the whole figures say and those that may be shown do not: else a page would contradict itself."""
    said = shown.variation if shown else None
    if facts.concern and said is not spc.PointType.CONCERN:
        change = "a change for the worse"
    elif facts.improvement and not facts.concern and said is not spc.PointType.IMPROVEMENT:
        change = "an improvement"
    else:
        return ""
    return (
        f"Whether this gets better or worse is judged on all figures, those of few children among them. They show "
        f"{change}; the figures that may be shown here are too few to."
    )


def _first_day(values: Sequence[Value], since: date, held: rebasing.InForce) -> date | None:
    """From when on one definition has to have counted: the baseline's year, or a change that was declared."""
    before = [value.month for value in values if value.month < since]
    first = before[-YEAR] if len(before) >= YEAR else (before[0] if before else None)
    return max(held.breaks, default=first)


def _is_worse(chart: spc.Chart | None) -> bool:
    return chart is not None and chart.variation is spc.PointType.CONCERN


def _points_after(chart: spc.Chart | None) -> int:
    """How many points in a row show improvement, beyond the two of the claim."""
    if chart is None:
        return 0
    run = 0
    for point in reversed([point for point in chart.points if point.value is not None]):
        if point.point_type is not spc.PointType.IMPROVEMENT:
            break
        run += 1
    return max(0, run - CLAIM_POINTS)


def _worse(code: str, read: _Read, since: date) -> bool:
    """Whether a counter-measure got worse, by the limits of before or by those set since."""
    if code not in BY_CODE or not read.values.get(code):
        return False
    one, held = BY_CODE[code], read.settings.get(code)
    found = measures.periods(one, read.values[code], whole=True)
    drawn = rebasing.drawn(one, found, held, today=read.today, baseline_until=since)
    return drawn is not None and (_is_worse(drawn.chart) or _is_worse(drawn.before))


def _breaches(unit: str, values: Sequence[Value]) -> int:
    """Children over the limit in the last month (rule 14): missed of a share, counted of a count."""
    if not values:
        return 0
    last = values[-1]
    return last.denominator - last.numerator if unit == SHARE else last.numerator


def number(count: int) -> str:
    """A count that everybody may read."""
    cell = small_numbers.count(count)
    return cell.text if isinstance(cell, small_numbers.Shown) else "fewer than 6"


def together(counts: Sequence[int]) -> str:
    """Several counts together, as everybody may read them: less those shown alone they must not tell a small one."""
    total = sum(counts)
    if total < SMALLEST_SHOWN or min(counts) >= SMALLEST_SHOWN:
        return number(total)
    return f"{SMALLEST_SHOWN} or more"


def _tail(values: Sequence[Value], count: int) -> str:
    return "some" if values and measures.tells_those_between(values[-1]) else number(count)


def counter_evidence(measured: Sequence[Measured], facts: FindingFacts, values: dict[str, list[Value]]) -> list[str]:
    """Rule 6: what the records themselves hold against a claim, found without anybody's help."""
    breached = [one for one in measured if one.facts.is_statutory and one.facts.breaches]
    found = [
        f"{one.aim.code} {BY_CODE[one.aim.code].title}: {number(one.facts.breaches)} over the legal limit in the last "
        "month."
        for one in breached
    ]
    told = {one.aim.code for one in breached}
    tails = {TAIL[one.aim.code]: one.facts.older_breaches for one in measured if one.facts.older_breaches}
    tails = {code: count for code, count in tails.items() if code not in told}
    found += [
        f"{code}: {_tail(values.get(code, []), count)} {BY_CODE[code].title.lower()}." for code, count in tails.items()
    ]
    found += [
        f"{words}: {together(counts)} in three months."
        for code, (words, side) in AGAINST.items()
        if any(counts := [_side(value, side) for value in values.get(code, [])[-QUARTER:]])
    ]
    found += [
        f"Counter-measure {code} {BY_CODE[code].title} got worse."
        for one in measured
        for code in one.facts.counter_in_concern
    ]
    found += [
        f"{one.aim.code} got worse for {judging.in_words(one.facts.left_behind)}."
        for one in measured
        if one.facts.left_behind
    ]
    found += [
        f"Families said no on {day(one.on)} ({one.method.label.lower()})."
        for one in facts.verdicts
        if one.answer == Answer.NO
    ]
    return list(dict.fromkeys(found))


def _side(value: Value, side: str) -> int:
    """What of a figure speaks against a claim: those counted, or those that were due and are missing."""
    return value.numerator if side == "counted" else value.denominator - value.numerator


def unsourced() -> list[str]:
    """Which kinds of evidence against a claim nothing can be looked up about, as no service records them."""
    return [words.lower() for code, (words, _) in AGAINST.items() if code in BY_CODE and not BY_CODE[code].is_computed]


def challenges(programme: Programme) -> list[Challenge]:
    """Challenges, those that wait first."""
    found = Challenge.objects.filter(area=programme.area_id, programme=programme).select_related("asked_by")
    return sorted(found, key=lambda one: (one.resolved_on is not None, one.due_on))


def meetings(programme: Programme) -> QuerySet[Meeting]:
    """The programme's meetings with their decisions, the latest first."""
    decisions = Prefetch("decisions", Decision.objects.select_related("owner"))
    return Meeting.objects.filter(area=programme.area_id, programme=programme).prefetch_related(decisions)


def public_notes(programme: Programme) -> list[Meeting]:
    """The latest meetings of which the chair published a note."""
    return list(meetings(programme).filter(noted_on__isnull=False)[:NOTES])
