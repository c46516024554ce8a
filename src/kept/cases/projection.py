"""What is kept beside the events so that lists are fast: the stage, what is due next, and the duties in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

from kept.access.acting import Actor
from kept.cases.folding import as_fact, in_force, state_of
from kept.cases.models import AdviceRequest, Case, Event
from kept.cases.readings import settings_of
from kept.duties.actions import DutyFacts, Owed, reassign, sync, sync_many
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.rules import process

SOURCE = "cases"
AT_ONCE = 300
PROJECTED = ("stage", "stage_since", "next_due_on", "next_what", "has_plan")

# A clock that nobody can break by being late is shown on the case but is not a duty.
NOT_OWED = frozenset({"gate", "minimum_window", "family_right"})
FAMILY = "parent or young person"
ELSEWHERE = frozenset({"new local authority", "new responsible commissioning body"})


def refresh(by: Actor, case: Case, *, recorded: bool = True) -> process.CaseState:
    """Fold the case and rewrite its projection and its duties; to be called inside the transaction of every action.

    recorded: something was recorded, so pages that show the case as it was are out of date.
    """
    state = state_of(case, by.today)
    project(case, state)
    case.version += recorded
    case.save(update_fields=[*PROJECTED, "version"])
    requests = list(AdviceRequest.objects.filter(area=by.area, case=case))
    answers(requests, state)
    AdviceRequest.objects.bulk_update(requests, ["answered_on"])
    sync(by=by, source=SOURCE, source_id=case.pk, child_id=case.child_id, duties=duty_facts(case, state, requests))
    return state


def refresh_all(by: Actor) -> int:
    """Fold every case of the area anew, a few hundred at a time; how many there were. Six queries a batch."""
    settings, done = settings_of(by.area.pk, by.today), 0
    cases = Case.objects.filter(area=by.area).select_related("area", "child").order_by("pk")
    for part in batched(cases.iterator(chunk_size=AT_ONCE), AT_ONCE):
        _refresh_some(by, part, settings)
        done += len(part)
    return done


def batched(cases: Iterable[Case], many: int) -> Iterator[list[Case]]:
    """The cases in lists of so many."""
    rest = iter(cases)
    while part := list(islice(rest, many)):
        yield part


def _refresh_some(by: Actor, cases: Sequence[Case], settings: process.Settings) -> None:
    """The work of `refresh` on many cases at once; their versions stay."""
    keys = [case.pk for case in cases]
    rows: dict[UUID, list[Event]] = defaultdict(list)
    for row in Event.objects.filter(area=by.area, case__in=keys):
        rows[row.case_id].append(row)
    asked: dict[UUID, list[AdviceRequest]] = defaultdict(list)
    for request in AdviceRequest.objects.filter(area=by.area, case__in=keys):
        asked[request.case_id].append(request)
    owed, answered = [], []
    for case in cases:
        facts = [as_fact(row) for row in in_force(rows[case.pk])]
        state = process.fold(facts, as_of=by.today, settings=settings, born=case.child.born_on)
        project(case, state)
        before = {request.pk: request.answered_on for request in asked[case.pk]}
        answers(asked[case.pk], state)
        answered += [request for request in asked[case.pk] if request.answered_on != before[request.pk]]
        owed.append(Owed(case.pk, case.child_id, tuple(duty_facts(case, state, asked[case.pk]))))
    Case.objects.bulk_update(cases, PROJECTED)
    AdviceRequest.objects.bulk_update(answered, ["answered_on"])
    sync_many(by=by, source=SOURCE, owed=owed)


def project(case: Case, state: process.CaseState) -> None:
    """Write the fold's answer on the case row; the row is not saved here."""
    case.stage = state.stage.name
    case.stage_since = state.position.since
    case.has_plan = state.position.has_plan
    running = [clock for clock in owed_here(state) if clock.due and clock.status in {"open", "overdue"}]
    bound = [clock for clock in running if clock.clock.kind == "statutory"]  # guidance is due, but is never late in law
    owed = [(clock.due, clock.name) for clock in bound or running]
    case.next_due_on, case.next_what = min(owed, default=(None, ""))


def answers(requests: Iterable[AdviceRequest], state: process.CaseState) -> None:
    """Write on each advice request the day on which its body answered."""
    stops = {(clock.instance, clock.trigger): clock.stop for clock in state.clocks if clock.id in ADVICE}
    for request in requests:
        request.answered_on = stops.get((request.body, request.received_on))


ADVICE = frozenset({"advice.response", "detained.advice"})


def is_owed(clock: process.ClockState) -> bool:
    """Whether a running clock is something that a body owes the child."""
    return clock.clock.nature not in NOT_OWED and clock.clock.duty_holder != FAMILY


def owed_here(state: process.CaseState) -> list[process.ClockState]:
    """The clocks that bind the bodies of this area; once the plan has gone, the new authority's are in its record."""
    gone = state.stage is process.Stage.TRANSFERRED_OUT
    return [one for one in state.clocks if is_owed(one) and not (gone and one.clock.duty_holder in ELSEWHERE)]


def duty_facts(case: Case, state: process.CaseState, requests: Sequence[AdviceRequest] = ()) -> list[DutyFacts]:
    """The duties of a case, from its clocks. Advice is held by the body's own team, the rest by the case's officer."""
    asked: dict[tuple[str | None, date | None], AdviceRequest] = {
        (request.body, request.received_on): request for request in requests
    }
    return [_duty(case, clock, asked) for clock in owed_here(state)]


def _duty(
    case: Case, clock: process.ClockState, asked: dict[tuple[str | None, date | None], AdviceRequest]
) -> DutyFacts:
    request = asked.get((clock.instance, clock.trigger))
    ours = "authority" in clock.clock.duty_holder
    name = f"{clock.name}: {clock.instance}" if clock.instance else clock.name
    return DutyFacts(
        key=f"{clock.id}#{clock.instance or ''}#{clock.round}",
        what=name[:300],
        because=clock.explanation,
        authority=clock.citation,
        rule=clock.id,
        is_statutory=clock.clock.kind == "statutory",
        owed_by=(clock.instance if clock.instance and not ours else clock.clock.duty_holder)[:200],
        starts_on=clock.trigger or case.opened_on,
        due_on=clock.due,
        plan_by=clock.operational_target,
        met_on=clock.stop,
        evidence=f"Event of the case: {clock.stop_event}" if clock.stop_event else "",
        released_by=clock.released_by or "",
        ended_on=clock.superseded_on,
        ended_because=clock.superseded_by or "",
        path=f"/partners/requests/{request.pk}/" if request else f"/cases/{case.pk}/",
        agency_id=request.agency_id if request else None,
        team_id=request.team_id if request else (case.team_id if ours else None),
        person_id=None if request or not ours else case.officer_id,
    )


def move_duties(by: Actor, case: Case, *, from_user: UUID | None) -> int:
    """Give what the old officer still owed on the case to the new one. How many moved."""
    owed = Duty.objects.filter(outstanding(), area=by.area, source=SOURCE, source_id=case.pk)
    held = [duty for duty in owed if duty.person_id == from_user and (from_user or duty.team_id == case.team_id)]
    return reassign(by=by, duties=held, person=case.officer, team=case.team, why="The case changed hands")
