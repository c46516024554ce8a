"""Simulations as jobs: started after the request is answered, saying how far they are, stopping when asked to.

One at a time in each process, in a thread: NumPy does the work and lets other threads run. What is left over when a
process ends is found: what had not begun is begun by the next page of simulations or by the night, and what had begun
(no word for two minutes) is said to have stopped.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from kept.access.acting import Actor, acting_as_system
from kept.access.models import Area
from kept.forecasts import actions, inputs
from kept.forecasts.inputs import VERSION, Change, ListInputs
from kept.forecasts.models import Run
from kept.forecasts.words import OVER, RunState
from kept.rules.waits import simulate
from kept.rules.waits.simulate import outputs
from kept.rules.waits.simulate.result import Result

SILENT_FOR = timedelta(minutes=2)
WITHIN = 18
TARGET_SHARE = 0.95
FIRST_WEEK, LAST_WEEK = 52, 104
PICK_UP_AFTER = timedelta(seconds=20)
_one_at_a_time = threading.Lock()
_begun_here: set[UUID] = set()
log = logging.getLogger(__name__)


def start(run: Run) -> None:
    """Run it when this transaction is through."""
    area, pk = run.area, run.pk
    _begun_here.add(pk)
    transaction.on_commit(lambda: threading.Thread(target=_in_thread, args=(area, pk), daemon=True).start())


def _in_thread(area: Area, pk: UUID) -> None:
    try:
        with _one_at_a_time:
            _perform_quietly(area, pk)
    finally:
        _begun_here.discard(pk)
        connection.close()


def perform(area: Area, pk: UUID) -> None:
    """Do the whole work of a simulation here, in short transactions. Whatever goes wrong is kept with it."""
    try:
        with acting_as_system(area) as by:
            run = Run.objects.select_for_update().filter(area=area, pk=pk, state=RunState.QUEUED).first()
            if run is None:
                return
            run.state, run.heard_at = RunState.RUNNING, timezone.now()
            run.save(update_fields=["state", "heard_at"])
        with acting_as_system(area, today=run.asked_on) as by:
            facts = inputs.stage_facts(by, run.stage_id)
            given = inputs.read(by, facts) if facts else None
        if given is None:
            raise ValueError("This list has ended.")
        found = _simulated(area, run, given)
    except simulate.Cancelled:
        _say(area, pk, state=RunState.CANCELLED, finished_at=timezone.now())
    except Exception as problem:
        words = str(problem) if isinstance(problem, ValueError) else "Something went wrong on our side."
        _say(area, pk, state=RunState.FAILED, problem=words[:300], finished_at=timezone.now())
        if not isinstance(problem, ValueError):
            raise
    else:
        _say(area, pk, state=RunState.DONE, finished_at=timezone.now(), version=VERSION, **found)


def _say(area: Area, pk: UUID, **facts: Any) -> bool:
    with acting_as_system(area) as by:
        return actions.update_run(by, pk, heard_at=timezone.now(), **facts)


def _simulated(area: Area, run: Run, given: ListInputs) -> dict[str, Any]:
    """As planned, and with the change, on the same luck."""
    change = change_of(run.change)
    jobs = [inputs.job(given, weeks=run.weeks, replications=run.replications, seed=run.seed)]
    if not change.is_nothing:
        jobs.append(inputs.job(given, weeks=run.weeks, replications=run.replications, seed=run.seed, change=change))
    stop = False

    def heard(done: int, total: int) -> None:
        nonlocal stop
        stop = _say(area, run.pk, done=done, total=total)

    results = simulate.sweep(jobs, cancelled=lambda: stop, progress=heard)
    warnings = dict.fromkeys(words[:300] for one in results for words in one.provenance.warnings)
    return {
        "inputs_hash": inputs.digest(given, change), "warnings": [_plain(words, given) for words in warnings],
        "found": figures(given, results, run.asked_on),
    }  # fmt: skip


def _plain(words: str, given: ListInputs) -> str:
    return words.replace(given.key, given.facts.service)


def change_of(kept: Mapping[str, Any]) -> Change:
    """A change as it is kept with a simulation."""
    return Change(**kept)


def figures(given: ListInputs, results: list[Result], today: date) -> dict[str, Any]:
    """What is kept of the results: fans, the chance of the target, the load, the difference."""
    found: dict[str, Any] = {"plans": [_one(given, one) for one in results]}
    if len(results) > 1:
        fewer = outputs.difference(_size_at_end(results[1]), _size_at_end(results[0]))
        found["difference"] = {key: _rounded(value) for key, value in fewer.items()}
    found["from"] = today.isoformat()
    return found


def _size_at_end(result: Result) -> np.ndarray:
    return np.asarray(result.size[..., -1].sum(axis=(0, 1)), dtype=float)


def _rounded(value: Any) -> Any:
    """Numbers as JSON takes them: two decimals, None for what is not a number."""
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return None if value is None or not np.isfinite(value) else round(float(value), 2)


def _one(given: ListInputs, result: Result) -> dict[str, Any]:
    size = outputs.list_size(result)
    waits = outputs.waits_by_referral(result, levels=(0.5, 0.92))
    last = result.job.weeks - WITHIN - 1
    first = min(FIRST_WEEK, max(0, last - 12))
    chance = outputs.chance_of_target(result, WITHIN, first, min(LAST_WEEK, last), needed=TARGET_SHARE)
    slots = outputs.slots_table(result)[0]
    load = load_of(result)
    return {
        "size": {"weeks": size.weeks, "values": [_rounded(list(row)) for row in size.values]},
        "waits": _known(waits, result, load),
        "chance": _rounded([chance.probability, chance.low, chance.high]), "load": _rounded(load),
        "over_a_year": _rounded(outputs.waiting_longer(result, 52)[1][-1]),
        "slots": {name: _rounded(value) for name, value in slots.items() if name != "list"},
        "grows": load is None or load > 1,
    }  # fmt: skip


def load_of(result: Result) -> float | None:
    """Referrals less those who withdrew over appointments kept, in all replications; None where none is kept."""
    came = float(result.entered[..., result.oldest :].sum(dtype=np.int64) - result.withdrawn.sum())
    kept = float(result.slots_offered.sum() - result.lost.sum())
    return came / kept if kept > 0 else None


def _known(waits: outputs.Fan, result: Result, load: float | None) -> dict[str, Any]:
    """Waits by week of referral, only as far as children referred then can have been seen; none where a list grows."""
    if load is None or load > 1:
        return {"weeks": [], "values": [[], []]}
    longest = max((v for v in waits.values[1] if np.isfinite(v)), default=0)
    keep = [i for i, week in enumerate(waits.weeks) if 0 <= week <= result.job.weeks - longest - 4]
    return {
        "weeks": [waits.weeks[i] for i in keep],
        "values": [_rounded([row[i] for i in keep]) for row in waits.values],
    }


def waiting_too_long(by: Actor) -> list[Run]:
    """Simulations that nobody began though they were asked for a while ago: the process that had them has ended."""
    limit = timezone.now() - PICK_UP_AFTER
    found = Run.objects.filter(area=by.area, state=RunState.QUEUED, asked_at__lt=limit, cancel_asked=False)
    return list(found.select_related("area").order_by("asked_at"))


def pick_up(by: Actor) -> int:
    """Begin in this process what another left waiting when it ended; how many. Each is done once, whoever asks.

    Called when a page of simulations is opened. What waits here already is not begun twice.
    """
    left = [run for run in waiting_too_long(by) if run.pk not in _begun_here]
    for run in left:
        start(run)
    return len(left)


def sweep_up(*, by: Actor) -> int:
    """Nightly: do what was left waiting, once this work is through, and say of what fell silent that it stopped.

    Gives how many were silent or left waiting.
    """
    left = waiting_too_long(by)
    for run in left:
        transaction.on_commit(partial(_perform_quietly, run.area, run.pk))
    limit = timezone.now() - SILENT_FOR
    silent = (
        Run.objects.filter(area=by.area, heard_at__lt=limit).exclude(state__in=OVER).update(
            state=RunState.FAILED, problem="The programme was stopped while this ran. Ask for it again.",
            finished_at=timezone.now(),
        )
    )  # fmt: skip
    return silent + len(left)


def _perform_quietly(area: Area, pk: UUID) -> None:
    """Do it here; what goes wrong is kept with it and must not stop the rest of the night."""
    try:
        perform(area, pk)
    except Exception:
        log.exception("A simulation stopped")
