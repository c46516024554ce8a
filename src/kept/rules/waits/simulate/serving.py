"""How the slots of a week are used: booked children first, then the order of service along the cohorts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..numbers import Floats, Integers
from .job import Order, WaitingList
from .leaving import Leaving
from .state import Missed, State
from .streams import Purpose

NEVER = np.iinfo(np.int64).max // 4


class LostByLead:
    """The chance that a child is brought, by the weeks between the booking and the appointment."""

    def __init__(self, lists: Sequence[WaitingList], n: int, pause: Integers) -> None:
        self.pause, self.width = pause, max((lead for one in lists for lead, _ in one.missed_by_lead), default=0)
        self.table = np.full((len(lists), self.width + 1), np.nan)
        for k, one in enumerate(lists):
            for i, (lead, missed) in enumerate(sorted(one.missed_by_lead)):
                self.table[k, lead if i else 0 :] = 1 - missed
        self.n = n
        self.ahead = np.repeat([NEVER if one.books_ahead is None else one.books_ahead for one in lists], n)

    def attends(self, plain: Floats, row: Integers, waited: Integers, used: Integers, lead: int | None) -> Floats:
        """`plain` where a list has no such table."""
        weeks = np.where(used > 0, self.pause[row], np.minimum(waited, self.ahead[row]))
        if lead is not None:
            weeks = np.full(len(row), lead)
        found = self.table[row // self.n, np.clip(weeks, 0, self.width)]
        return np.asarray(np.where(np.isnan(found), plain, found))


class Serving:
    """Serves one block. `room` is the slots left this week per row and is used up in place."""

    def __init__(self, state: State, leaving: Leaving) -> None:
        self.state, self.leaving, self.lanes = state, leaving, state.lanes
        lists, n = state.job.lists, state.n
        self.simple = np.repeat([one.simple for one in lists], n)
        self.attends = np.repeat([1.0 if one.simple else 1 - one.missed for one in lists], n)
        self.limit = np.repeat([one.max_attempts or 0 for one in lists], n)
        self.back = np.repeat([not one.keeps_place for one in lists], n)
        self.pause = np.repeat([one.rebook_weeks for one in lists], n)
        self.all_simple = bool(self.simple.all())
        self.classes = np.repeat([one.attempt_classes for one in lists], n)
        self.by_lead = LostByLead(lists, n, self.pause) if any(one.missed_by_lead for one in lists) else None

    def week(self, now: int, room: Integers) -> None:
        """Use the slots of week `now`."""
        self._booked(now, room)
        job = self.state.job
        reserved = job.discipline.reserved
        if reserved > 0 and job.priorities > 1:
            held = np.floor(room * reserved).astype(np.int64)
            room -= held
            self._by_due(now, held, np.zeros(job.priorities))
            room += held
        if job.discipline.order is Order.DUE_FIRST:
            self._by_due(now, room, np.asarray(job.discipline.targets, dtype=float))
            return
        for priority in range(job.priorities):
            self._one_class(now, room, priority)

    def _booked(self, now: int, room: Integers) -> None:
        for k, found in enumerate(self.state.job.lists):
            for held in found.booked:
                if held.week != now:
                    continue
                rows = np.arange(k * self.state.n, (k + 1) * self.state.n)
                lane = held.priority * self.state.rows + rows
                slot = np.full(len(rows), self.lanes.oldest - held.weeks_waited)
                children = np.full(len(rows), held.children)
                self.leaving.places(lane, slot, now)
                self.lanes.put(np.zeros(len(rows), dtype=np.int64), lane, slot, children)
                self.lanes.thinned[self.lanes.at(lane, slot)] = now
                self.lanes.size[lane] += children
                self.state.record.booked(lane, slot, children)
                take = np.minimum(children, room[rows])
                self._see(now, lane, slot, take, room, lead=held.lead)

    # --- along the cohorts -----------------------------------------------------------------------------------------

    def _one_class(self, now: int, room: Integers, priority: int) -> None:
        newest = now + self.lanes.oldest
        first = priority * self.state.rows
        row = np.flatnonzero(room)
        while len(row):
            lane = row + first
            open_here = self.lanes.pointer[lane] <= newest
            if self.state.returned is not None:
                open_here |= self.state.returned.first(lane)[0]
            row = row[open_here]
            if not len(row):
                return
            self._step(now, row + first, room)
            row = row[room[row] > 0]

    def _by_due(self, now: int, room: Integers, targets: Floats) -> None:
        """Serve the earliest due (week of place + target) first, whatever the class; ties go to the more urgent."""
        row = np.flatnonzero(room)
        while len(row):
            due = np.stack([self._due(now, row + p * self.state.rows, targets[p]) for p in range(len(targets))])
            choice = due.argmin(axis=0)
            some = due.min(axis=0) < NEVER
            row, choice = row[some], choice[some]
            if not len(row):
                return
            self._step(now, row + choice * self.state.rows, room)
            row = row[room[row] > 0]

    def _due(self, now: int, lane: Integers, target: float) -> Floats:
        """When the first child of each lane is due; NEVER for an empty lane. Moves pointers past empty places."""
        newest = now + self.lanes.oldest
        moving = lane[self.lanes.pointer[lane] <= newest]
        while len(moving):
            slot = self.lanes.pointer[moving]
            self.leaving.places(moving, slot, now)
            moving = moving[self.lanes.total(self.lanes.at(moving, slot)) == 0]
            self.lanes.pointer[moving] += 1
            moving = moving[self.lanes.pointer[moving] <= newest]
        place = np.where(self.lanes.pointer[lane] <= newest, self.lanes.pointer[lane] - self.lanes.oldest, NEVER)
        if self.state.returned is not None:
            some, rejoined = self.state.returned.first(lane)
            place = np.minimum(place, np.where(some, rejoined, NEVER))
        return np.where(place < NEVER, place + target, float(NEVER))

    def _step(self, now: int, lane: Integers, room: Integers) -> None:
        """Serve the first group of each lane as far as its room goes; move on where the group is done."""
        if self.state.returned is None:
            self._from_places(now, lane, room)
            return
        standing, rejoined = self.state.returned.first(lane)
        pointer = self.lanes.pointer[lane]
        past = pointer > now + self.lanes.oldest
        from_back = standing & (past | (rejoined < pointer - self.lanes.oldest))
        if from_back.any():
            self._from_back(now, lane[from_back], room)
        if not from_back.all():
            self._from_places(now, lane[~from_back], room)

    def _from_places(self, now: int, lane: Integers, room: Integers) -> None:
        slot = self.lanes.pointer[lane]
        self.leaving.places(lane, slot, now)
        left = self.lanes.total(self.lanes.at(lane, slot))
        take = np.minimum(left, room[lane % self.state.rows])
        self.lanes.pointer[lane] += take == left
        self._see(now, lane, slot, take, room)

    def _from_back(self, now: int, lane: Integers, room: Integers) -> None:
        queue = self.state.returned
        if queue is None:
            return
        at = queue.head[lane]
        self.leaving.returned(lane, at, now)
        left = queue.left[lane, at]
        take = np.minimum(left, room[lane % self.state.rows])
        queue.left[lane, at] -= take
        queue.head[lane] += take == left
        room[lane % self.state.rows] -= take
        self._appointments(now, lane, queue.slot[lane, at], queue.used[lane, at], take)

    def _see(
        self, now: int, lane: Integers, slot: Integers, take: Integers, room: Integers, *, lead: int | None = None
    ) -> None:
        """Use `take` slots for children at these places, those with most attempts first; `lead` where it is known."""
        room[lane % self.state.rows] -= take
        position = self.lanes.at(lane, slot)
        for used in range(len(self.lanes.flat) - 1, -1, -1):
            counts = self.lanes.flat[used]
            here = take if used == 0 else np.minimum(take, counts[position])
            counts[position] -= here.astype(np.int32)
            take = take - here
            self._appointments(now, lane, slot, np.full(len(lane), used), here, lead=lead)

    def _appointments(
        self, now: int, lane: Integers, slot: Integers, used: Integers, taken: Integers, *, lead: int | None = None
    ) -> None:
        some = np.flatnonzero(taken)
        lane, slot, used, taken = lane[some], slot[some], used[some], taken[some]
        if not len(lane):
            return
        seen = taken
        if not self.all_simple:
            chance = self.attends[lane % self.state.rows]
            if self.by_lead is not None:
                waited = now - (slot - self.lanes.oldest)
                chance = self.by_lead.attends(chance, lane % self.state.rows, waited, used, lead)
            seen = self.state.draws(Purpose.ATTENDANCE, now).binomial(taken, chance)
            self._not_brought(now, lane, slot, used, taken - seen)
        self.lanes.size[lane] -= seen
        self.state.record.seen(now, lane, slot, seen)

    def _not_brought(self, now: int, lane: Integers, slot: Integers, used: Integers, missed: Integers) -> None:
        some = np.flatnonzero(missed)
        lane, slot, used, missed = lane[some], slot[some], used[some] + 1, missed[some]
        row = lane % self.state.rows
        self.state.record.not_brought(lane, missed)
        over = (self.limit[row] > 0) & (used >= self.limit[row])
        if over.any():
            self.lanes.size[lane[over]] -= missed[over]
            self.state.record.closed(lane[over], missed[over])
        used = np.minimum(used, self.classes[row] - 1)
        for pause in np.unique(self.pause[row[~over]]):
            for back in (False, True):
                chosen = ~over & (self.pause[row] == pause) & (self.back[row] == back)
                if chosen.any():
                    self._again(now, int(pause), back, (lane, slot, used, missed), chosen)

    def _again(
        self,
        now: int,
        pause: int,
        back: bool,
        groups: tuple[Integers, Integers, Integers, Integers],
        chosen: NDArray[np.bool_],
    ) -> None:
        lane, slot, used, missed = (part[chosen] for part in groups)
        if not back and pause == 0:
            self.lanes.put(used, lane, slot, missed)
            return
        rejoined = now + pause if back else None
        self.state.missed[now + 1 + pause].append(Missed(lane, slot, used, missed, now, rejoined))
