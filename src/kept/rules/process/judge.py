"""Judging clocks: due date and status on a day, from the facts of a case (sections 3.5 and 20 of the reference).

A clock is judged for each instance (a body asked, a school consulted) and, in a living case, for each round: once it
has ended, the next event that starts it opens another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from kept.rules.calendar import WorkingCalendar, calendar_with, month_after

from .cycles import OF_ITS_OWN, Span, span
from .due import appeal_limit, cutoff, due_date, later_of, quoted_deadline, transfer_due
from .exceptions import Period, is_valid, records_by_clock
from .facts import Facts, Placed, counted_from
from .readings import ExceptionAndEnd, Rounds, Settings, WindowEnd
from .status import ClockState
from .table import Clock, Compiled, Pattern, compiled

_CEASE_NOTICE = (Pattern("decision_notice_sent", "decision", "cease"),)
_APPEAL = (Pattern("appeal_lodged"),)
_DETERMINED = (Pattern("appeal_finally_determined"),)


class Run(NamedTuple):
    """One round of one instance of a clock. `following` is the trigger after it, `span` what belongs to its cycle."""

    clock: Clock
    trigger: Placed
    instance: str | None = None
    number: int = 1
    following: date | None = None
    span: Span = Span(0)

    @property
    def until(self) -> date | None:
        """The day on which a cycle ends, or a family's right passes to a new decision; None where nothing does."""
        return self.following if self.clock.nature == "family_right" else self.span.until


class Judge:
    """Judges the clocks of one case. Holds no state but the facts and what it has already judged."""

    def __init__(self, facts: Facts, settings: Settings, born: date | None = None) -> None:
        self.facts = facts
        self.settings = settings
        self.born = born
        self.table: Compiled = compiled(settings.readings)
        self.calendar: WorkingCalendar = calendar_with(settings.extra_bank_holidays)
        self.every = settings.rounds is Rounds.EVERY
        self.released_first = settings.readings.a13_exception_and_end is ExceptionAndEnd.RELEASED
        self.records = records_by_clock(facts) if "exception_recorded" in facts.known else {}
        self.accepted: set[tuple[str, int]] = set()
        self._done: dict[str, list[ClockState]] = {}

    def running(self) -> list[ClockState]:
        """Every clock that some event has started, in the order of the table."""
        names: set[str] = set()
        for index in (self.facts.known, self.facts.planned):
            for kind in index:
                names.update(self.table.by_trigger.get(kind, ()))
        return [state for name in sorted(names, key=self.table.order.__getitem__) for state in self.states_of(name)]

    def states_of(self, name: str) -> list[ClockState]:
        """The states of one clock; none if it does not run."""
        if name not in self._done:
            self._done[name] = list(self._judge(self.table.clocks[name]))
        return self._done[name]

    def _judge(self, clock: Clock) -> Iterator[ClockState]:
        if clock.moved_event is not None:
            yield from self._transfers(clock)
            return
        triggers = self._triggers(clock)
        if not triggers:
            return
        if clock.nature == "minimum_window":
            yield self._window(clock, triggers[-1])
        elif clock.counting == "CEASE_GATE":
            yield self._cease_gate(clock, triggers[-1 if self.every else 0])
        elif clock.counting == "WINDOW_ENDING":
            yield self._bar(clock, triggers[-1 if self.every else 0])
        elif clock.per is None:
            yield from self._rounds(clock, triggers, None)
        else:
            for instance in dict.fromkeys(_instance(placed, clock.per) for placed in triggers):
                mine = [placed for placed in triggers if _instance(placed, clock.per) == instance]
                yield from self._rounds(clock, mine, instance)

    def _triggers(self, clock: Clock) -> list[Placed]:
        found = self.facts.matching(clock.triggers, planned=clock.planned)
        if not found:
            return found
        found = counted_from(found, clock.date_field, self.settings.readings.a9_order_made)
        if found[0].day < clock.effective_from or clock.effective_to is not None:
            found = [placed for placed in found if _in_effect(clock, placed.day)]
        if clock.under_age is not None and self.born is not None:
            birthday = month_after(self.born, 12 * clock.under_age)
            found = [placed for placed in found if placed.day < birthday]
        return found

    def _rounds(self, clock: Clock, triggers: list[Placed], instance: str | None) -> Iterator[ClockState]:
        """The first round, and in a living case every later one."""
        if not self.every:
            state = self._round(Run(clock, triggers[0], instance))
            if state is not None:
                yield state
            return
        number, place = 1, 0
        while place < len(triggers):
            part = span(clock, triggers, place, self.facts)
            after = part.place if clock.cycle else place + 1
            following = triggers[after].day if after < len(triggers) else None
            state = self._round(Run(clock, triggers[place], instance, number, following, part))
            if state is not None:
                yield state
                number += 1
            place = part.place if clock.cycle in OF_ITS_OWN else _next_place(triggers, place, state)

    def _round(self, run: Run) -> ClockState | None:
        clock = run.clock
        if clock.applies_if and not self._applies(run):
            return None
        stop = self._stop(run)
        if clock.counting == "ASAP":
            ended_by = self._ended_by(run) if stop is None and self.every else None
            status = "met" if stop else "superseded" if ended_by else "open"
            return _state(run, status, stop, superseded_by=ended_by)
        due, extras = self._due(run)
        return self._judged(run, stop, due, extras)

    def _applies(self, run: Run) -> bool:
        if not self.every:
            return self.facts.first(run.clock.applies_if) is not None
        found = self.facts.first(run.clock.applies_if, run.trigger.day)
        return found is not None and (run.following is None or found.day < run.following)

    def _stop(self, run: Run) -> Placed | None:
        """The first event that ends the clock: not before its trigger, unless the clock counts back from an event."""
        clock, start, first, until = run.clock, run.trigger.day, run.span.first, run.until
        later = clock.stop_is == "later" or (self.every and clock.later_in_life)
        for placed in self.facts.matching(clock.stops):
            in_time = clock.stop_is == "any" or placed.day > start or (placed.day == start and not later)
            if not in_time or (until is not None and placed.day >= until) or (first is not None and placed.day < first):
                continue
            if clock.per is None or _instance(placed, clock.per) == run.instance:
                return placed
        return None

    def _due(self, run: Run) -> tuple[date, dict[str, Any]]:
        """The due date, and what else is worth keeping about how it was found."""
        clock, start = run.clock, run.trigger.day
        if clock.counting == "TRIB_MONTH":
            due, issued = appeal_limit(clock, start, self.facts, self.calendar, until=run.until)
            return due, {"certificate": issued}
        if clock.counting == "LATER_OF":
            return later_of(clock, start, self.facts), {}
        due = due_date(clock, start, self.calendar, self.settings.readings)
        if clock.fixed_date is not None:
            return due, {"quoted_deadline": quoted_deadline(clock, start)}
        if clock.cap_clock is not None:
            cap = self._cap(clock.cap_clock, start)
            if cap is not None and cap < due:
                return cap, {"capped": True}
        return due, {}

    def _cap(self, name: str, start: date) -> date | None:
        """The due date of the clock that caps another one started on `start`; none if it does not run then."""
        states = self.states_of(name)
        if not self.every:
            return states[0].due if states else None
        for state in reversed(states):
            done = state.stop is not None and state.stop < start
            ended = state.superseded_on is not None and state.superseded_on <= start
            if state.trigger is not None and state.trigger <= start and not done and not ended:
                return state.due
        return None

    def _judged(self, run: Run, stop: Placed | None, due: date, extras: dict[str, Any]) -> ClockState:
        """The status by the tests of section 3.5 in their order, after what stays superseded for good."""
        clock = run.clock
        ended_by = self._ended_for_good(run, stop) if clock.stays_superseded_unless is not None else None
        for_good = ended_by is not None
        if stop is None and ended_by is None:
            ended_by = self._ended_by(run)
        ended = ended_by or stop
        released_by = None
        if clock.id in self.records:
            released_by = self._released_by(run, due, ended.day if ended is not None else None)
        if for_good and (released_by is None or not self.released_first):
            return _state(run, "superseded", None, due=due, superseded_by=ended_by, settings=self.settings, **extras)
        stop = None if for_good else stop
        end = stop.day if stop is not None else self.facts.as_of
        past = (end - due).days
        if stop is not None and past <= 0:
            status = "met"
        elif released_by is not None:
            status = "released"
        elif stop is not None:
            status = "late"
        elif ended_by is not None:
            status = "superseded"
        else:
            status = "open" if past <= 0 else "overdue"
        return _state(
            run,
            status,
            stop,
            due=due,
            days=past if past > 0 and status in _WITH_DAYS else None,
            superseded_by=ended_by if status == "superseded" else None,
            released_by=released_by if status == "released" else None,
            settings=self.settings,
            **extras,
        )

    def _ended_by(self, run: Run) -> Placed | None:
        """What put an end to the clock; in a living case also what left nothing to be done (advice after the plan)."""
        ends = run.clock.superseded_by + (run.clock.moot_after if self.every else ())
        found = self.facts.first(ends, run.trigger.day) if ends else None
        over = run.span.over
        return over if over is not None and (found is None or over.day < found.day) else found

    def _ended_for_good(self, run: Run, stop: Placed | None) -> Placed | None:
        """The refusal, order, concession or agreement that came before the stop; what is sent later changes nothing."""
        keep = run.clock.stays_superseded_unless or frozenset()
        found = self.facts.first([one for one in run.clock.superseded_by if one.type not in keep], run.trigger.day)
        if found is None or (stop is not None and (stop.day, stop.place) < (found.day, found.place)):
            return None
        return found

    def _released_by(self, run: Run, due: date, ended: date | None) -> str | None:
        """The first valid exception recorded for this clock, instance and round. Valid records are remembered.

        A record made once the next round has begun belongs to that one; a trigger repeated while the clock still runs
        begins no round.
        """
        period, released_by = Period(run.trigger.day, due), None
        until = run.following if ended is not None and run.following is not None and ended <= run.following else None
        for record in self.records[run.clock.id]:
            if run.clock.per is not None and record.instance is not None and record.instance != run.instance:
                continue
            if run.number > 1 and record.placed.day < run.trigger.day:
                continue
            if until is not None and record.placed.day >= until:
                continue
            if is_valid(record, run.clock, period, self.settings):
                self.accepted.add((run.clock.id, record.placed.place))
                released_by = released_by or record.exception
        return released_by

    def _window(self, clock: Clock, trigger: Placed) -> ClockState:
        due = due_date(clock, trigger.day, self.calendar, self.settings.readings)
        status = "window_open" if self.facts.as_of <= due else "window_closed"
        return _state(Run(clock, trigger), status, self.facts.first(clock.stops, trigger.day), due=due)

    def _cease_gate(self, clock: Clock, trigger: Placed) -> ClockState:
        """Closed until the appeal limit has passed, or an appeal is finally determined (CFA s.45(4))."""
        notice = self.facts.first(_CEASE_NOTICE, trigger.day if self.every else None)
        start = notice.day if notice is not None else trigger.day
        limit, issued = appeal_limit(self.table.clocks["appeal.lodge"], start, self.facts, self.calendar)
        due: date | None = date.fromordinal(limit.toordinal() + 1)
        appeal = self.facts.first(_APPEAL, min(start, trigger.day))
        if appeal is not None:
            determined = self.facts.first(_DETERMINED, appeal.day)
            due = determined.day if determined is not None else None
        status = "gate_open" if due is not None and self.facts.as_of >= due else "gate_closed"
        stop = self.facts.first(clock.stops, trigger.day)
        return _state(Run(clock, trigger), status, stop, due=due, certificate=issued)

    def _bar(self, clock: Clock, trigger: Placed) -> ClockState:
        """Available where an earlier assessment was completed in the window ending with the request (reg 24)."""
        due = due_date(clock, trigger.day, self.calendar, self.settings.readings)
        inclusive = self.settings.readings.a6_window_end is WindowEnd.INCLUSIVE
        stop = next(
            (
                placed
                for placed in self.facts.matching(clock.stops)
                if due <= placed.day <= trigger.day and (inclusive or placed.day < trigger.day)
            ),
            None,
        )
        return _state(Run(clock, trigger), "bar_available" if stop else "bar_not_available", stop, due=due)

    def _transfers(self, clock: Clock) -> Iterator[ClockState]:
        """The old body's duty on a move: from knowing of it or, where that is not recorded, from the move itself."""
        aware_all = self.facts.known.get(clock.aware_event or "", [])
        moved_all = self.facts.planned.get(clock.moved_event or "", [])
        since: date | None = None
        number = 1
        while True:
            aware = next((one for one in aware_all if since is None or one.day > since), None)
            moved = next((one for one in moved_all if since is None or one.day > since), None)
            trigger = aware or moved
            if trigger is None or not _in_effect(clock, trigger.day):
                return
            state = self._transfer(clock, trigger, moved, number)
            yield state
            if not self.every or state.stop is None:
                return
            # the same move, dated or heard of only after the plan was sent on, is no second one
            since, number = max(state.stop, trigger.day, moved.day if moved else trigger.day), number + 1

    def _transfer(self, clock: Clock, trigger: Placed, moved: Placed | None, number: int) -> ClockState:
        move_day = moved.day if moved is not None else None
        due = transfer_due(clock, trigger.day, move_day, self.calendar)
        first = trigger if moved is None or trigger.day <= moved.day else moved
        stop = self._stop(Run(clock, first))
        extras = {"cutoff": cutoff(move_day, self.calendar) if move_day else None, "moved": move_day}
        return self._judged(Run(clock, trigger, number=number), stop, due, extras)


_WITH_DAYS = ("late", "overdue", "released")


def _state(
    run: Run,
    status: str,
    stop: Placed | None,
    *,
    due: date | None = None,
    superseded_by: Placed | None = None,
    settings: Settings | None = None,
    **more: Any,
) -> ClockState:
    return ClockState(
        clock=run.clock,
        status=status,
        due=due,
        instance=run.instance,
        round=run.number,
        trigger=run.trigger.day,
        trigger_event=run.trigger.event.type,
        stop=stop.day if stop is not None else None,
        stop_event=stop.event.type if stop is not None else None,
        superseded_by=superseded_by.event.type if superseded_by is not None else None,
        superseded_on=superseded_by.day if superseded_by is not None else None,
        extra_bank_holidays=settings.extra_bank_holidays if settings is not None else frozenset(),
        **more,
    )


def _in_effect(clock: Clock, day: date) -> bool:
    return clock.effective_from <= day and (clock.effective_to is None or day <= clock.effective_to)


def _instance(placed: Placed, name: str) -> str:
    return str(placed.event.details.get(name, ""))


def _next_place(triggers: list[Placed], place: int, state: ClockState | None) -> int:
    """Where the next round starts: the first later trigger once this round has ended.

    A round that does not apply and a family's right end with their trigger; any other ends when it is stopped or
    superseded. A trigger while the clock still runs restarts nothing.
    """
    if state is None or state.clock.nature == "family_right":
        return place + 1
    end = state.stop if state.stop is not None else state.superseded_on
    if end is None:
        return len(triggers)
    place += 1
    while place < len(triggers) and triggers[place].day < end:
        place += 1
    return place
