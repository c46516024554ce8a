"""Write forecasts: the nightly log of statements, the monthly scores, a manager's signature, posts and simulations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.forecasts import inputs, queries, scoring
from kept.forecasts.inputs import VERSION, Change, ListInputs
from kept.forecasts.models import Post, Profession, Recalibration, Reckoning, Run, Score, Share, Statement
from kept.forecasts.reckoning import Reckoned, Told, reckon
from kept.forecasts.words import OVER, RunState
from kept.waiting.facts import WaitingList
from kept.waiting.models import Stage
from kept.waiting.words import State

AGAIN_AFTER = timedelta(days=28)
CHECKED = " Last checked"
MOST_AT_ONCE = 3


class NotAllowed(Exception):
    """What a rule of the forecasts forbids; the text is a sentence for the person."""


@transaction.atomic
def tell(*, by: Actor, facts: WaitingList) -> int:
    """The night's work on one list: reckon, and log the statements that are new or older than four weeks.

    Gives the number logged. Safe to repeat: one reckoning a list and day. Raises Refused unless Kept itself acts.
    """
    check_can(by, Can.RUN_LISTS)
    if Reckoning.objects.filter(area=by.area, stage=facts.stage_id, on=by.today).exists():
        return 0
    given = inputs.read(by, facts)
    widened = queries.widening_of(by, facts.stage_id)
    found = reckon(given, widen_by=widened, suspended=queries.is_suspended(by, facts.stage_id))
    made = _reckoning(by, given, found, widened)
    latest = queries.current_statements(by, facts.stage_id)
    new = [
        _statement(by, made, told)
        for told in found.told
        if told.entry.state != State.OFFERED and _is_news(told, latest.get(told.entry.referral_id), by.today)
    ]
    Statement.objects.bulk_create(new, batch_size=1000)
    return len(new)


def _reckoning(by: Actor, given: ListInputs, found: Reckoned, widened: float) -> Reckoning:
    return Reckoning.objects.create(
        area=by.area, stage_id=given.facts.stage_id, on=by.today, version=VERSION, inputs_hash=inputs.digest(given),
        paths=found.paths, waiting=len(given.line), seen_in_26_weeks=given.history.seen_in_26_weeks,
        referred_a_week=given.level.weekly, left_a_week=given.leaves_a_week, kept_a_week=found.kept_a_week,
        load=found.load, is_funded=found.is_funded, withheld=found.withheld, widened_by=widened,
        causes=list(found.causes), warnings=[words[:300] for words in found.warnings],
    )  # fmt: skip


def _statement(by: Actor, made: Reckoning, told: Told) -> Statement:
    one, said = told.entry, told.statement
    low, median, high = said.weeks or (None, None, None)
    return Statement(
        area=by.area, reckoning=made, stage_id=made.stage_id, referral_id=one.referral_id, child_id=one.child_id,
        made_on=by.today, priority=one.priority, ahead=one.ahead, withheld=told.withheld, first=said.first,
        last=said.last, low=low, median=median, high=high, deciles=list(told.deciles),
        sentence=said.sentence.rpartition(CHECKED)[0] or said.sentence, baselines=told.baselines,
    )  # fmt: skip


def _is_news(told: Told, before: queries.Current | None, today: date) -> bool:
    """Whether a family has to be told something else than what it was told last."""
    if before is None or today - before.made_on >= AGAIN_AFTER:
        return True
    return (before.first, before.last, before.withheld) != (told.statement.first, told.statement.last, told.withheld)


@transaction.atomic
def score(*, by: Actor) -> int:
    """Score the months that are over and have no score, for each list and the area. Gives the number written."""
    check_can(by, Can.RUN_LISTS)
    months = scoring.months_over(by.today)
    known = set(Score.objects.filter(area=by.area, month__in=months).values_list("stage_id", "month"))
    found = scoring.scores(by, months)
    rows = [
        Score(area=by.area, stage_id=stage, month=month, computed_on=by.today, **vars(figures))
        for (stage, month), figures in found.items()
        if (stage, month) not in known
    ]
    Score.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def recalibrate(*, by: Actor, stage: Stage) -> Recalibration:
    """Sign that statements of a list are given again, wider by what the last year missed.

    Raises Refused without the permission, NotAllowed where nothing is suspended or nothing can be worked out.
    """
    check_can(by, Can.PLAN_CAPACITY)
    if not queries.is_suspended(by, stage.pk):
        raise NotAllowed("The statements of this list are not suspended.")
    told = scoring.told_of_year(by, stage.pk)
    try:
        weeks = scoring.widening(told)
    except ValueError:
        raise NotAllowed("No child with a statement of the last year has been seen: nothing to go by.") from None
    return Recalibration.objects.create(
        area=by.area, stage=stage, on=by.today, by=by.user, widen_by=weeks, statements=len(told)
    )


# --- posts -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_profession(*, by: Actor, stage: Stage, one: Profession, share: float, hours: float) -> Profession:
    """Set how a profession works and how much of its time goes to a list from today. Raises Refused."""
    check_can(by, Can.PLAN_CAPACITY)
    one.area = by.area
    one.full_clean()
    one.save()
    given = (
        Share.objects.filter(area=by.area, profession=one, starts_on__lte=by.today).exclude(stage=stage)
        .order_by("stage_id", "-starts_on").distinct("stage_id").values_list("share", flat=True)
    )  # fmt: skip
    if sum(given) + share > 1 + 1e-9:
        left = max(0.0, 1 - sum(given))
        raise NotAllowed(f"Other lists have the rest of this profession's time: {left:.0%} is left for this one.")
    Share.objects.update_or_create(
        area=by.area, profession=one, stage=stage, starts_on=by.today,
        defaults={"share": share, "hours_per_slot": hours},
    )  # fmt: skip
    return one


@transaction.atomic
def save_post(*, by: Actor, post: Post) -> Post:
    """Add or change a post. Raises Refused, or ValidationError for what cannot be."""
    check_can(by, Can.PLAN_CAPACITY)
    post.area = by.area
    post.full_clean()
    post.save()
    return post


@transaction.atomic
def close_post(*, by: Actor, post: Post) -> None:
    """Take a post out of the plan from today. Raises Refused."""
    check_can(by, Can.PLAN_CAPACITY)
    post.closed_on = by.today
    post.save(update_fields=["closed_on"])


# --- simulations -----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, by: Actor, stage: Stage, change: Change, weeks: int = 156, replications: int = 500) -> Run:
    """Ask for a simulation of a list with and without a change. It waits until somebody runs it (`running`).

    Raises Refused, or NotAllowed when three of the person's are still waiting or running.
    """
    check_can(by, Can.PLAN_CAPACITY)
    if Run.objects.filter(area=by.area, asked_by=by.user).exclude(state__in=OVER).count() >= MOST_AT_ONCE:
        raise NotAllowed("Three of your simulations are not finished: wait for one, or cancel it.")
    return Run.objects.create(
        area=by.area, stage=stage, name=queries.in_words(change), change=vars(change), weeks=weeks,
        replications=replications, asked_by=by.user, asked_on=by.today,
    )  # fmt: skip


@transaction.atomic
def cancel(*, by: Actor, run: Run) -> None:
    """Ask a simulation to stop; one that has not begun stops at once. Raises Refused."""
    check_can(by, Can.PLAN_CAPACITY)
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if locked.state in OVER:
        return
    locked.cancel_asked = True
    if locked.state == RunState.QUEUED:
        locked.state = RunState.CANCELLED
    locked.save(update_fields=["cancel_asked", "state"])


def update_run(by: Actor, pk: UUID, **facts: Any) -> bool:
    """Say how far a simulation is; gives whether it was asked to stop. Raises Refused unless Kept itself acts."""
    if not by.can(Can.RUN_LISTS):
        raise Refused("Only Kept itself says how far a simulation is.")
    Run.objects.filter(area=by.area, pk=pk).update(**facts)
    return Run.objects.filter(area=by.area, pk=pk, cancel_asked=True).exists()
