"""The ledgers of children, loaded together: what was due, what came, week by week. A constant number of queries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kept.access.acting import Actor
from kept.delivery.calendars import Calendars, stays_of
from kept.delivery.items import counted_item
from kept.delivery.limits import limits_of
from kept.delivery.models import Counted, Item, Quiet, Record
from kept.rules.delivery import (
    STANDARD,
    Calendar,
    Count,
    Expectation,
    HalfTerm,
    ProvisionItem,
    Reason,
    Settings,
    Silence,
    Status,
    expectations,
    monday_of,
    school_year_of,
    silence,
    tally,
    total,
)
from kept.rules.delivery import Record as Said

SUNDAY = timedelta(days=6)
COUNTED_FROM = (
    "pk", "item_id", "on", "status", "minutes", "sessions", "whole_week", "absent", "declined", "pupils", "right_role",
    "reason", "for_on", "authorised", "agency_id", "how",
)  # fmt: skip
FIGURES = ("due", "delivered", "part", "missing", "offered", "absent", "unknown")


def _ends_on(one: Expectation) -> date:
    return one.ends_on


def _starts_on(one: Expectation) -> date:
    return one.starts_on


def said_of(row: Record) -> Said:
    """A stored record as the rules read it."""
    return Said(
        on=row.on,
        status=Status(row.status),
        minutes=row.minutes,
        sessions=row.sessions,
        whole_week=row.whole_week,
        absent=row.absent,
        declined=row.declined,
        pupils=row.pupils,
        right_role=row.right_role,
        reason=Reason(row.reason) if row.reason else None,
        for_on=row.for_on,
        authorised=row.authorised,
        id=str(row.pk),
    )


@dataclass
class ItemLedger:
    """One item with its expectations and what was recorded since the school year began."""

    row: Item
    item: ProvisionItem
    calendar: Calendar
    records: list[Record]
    today: date

    @cached_property
    def expected(self) -> Sequence[Expectation]:
        """All that is due on the days of the calendar."""
        return expectations(self.item, self.calendar)

    def _between(self, first: date, last: date) -> Sequence[Expectation]:
        """Expectations whose last day lies between two days: they follow each other, so they are found at once."""
        start = bisect_left(self.expected, first, key=_ends_on)
        return self.expected[start : bisect_right(self.expected, last, key=_ends_on)]

    def _tallied(self, first: date, last: date) -> tuple[list[Count], list[Said]]:
        due = [one for one in self._between(first, last) if one.starts_on <= self.today]
        since = monday_of(min([first, *(one.starts_on for one in due[:1])]))
        said = [said_of(row) for row in self.records if since <= (row.for_on or row.on) <= last]
        return tally(self.item, due, said, today=self.today)

    @cached_property
    def _year(self) -> tuple[list[Count], list[Said]]:
        return self._tallied(date(school_year_of(self.today), 9, 1), date.max)

    @property
    def counts(self) -> list[Count]:
        """Each period of this school year that is over or accounted for."""
        return self._year[0]

    @property
    def astray(self) -> list[Said]:
        """Records for which nothing was due."""
        return self._year[1]

    @property
    def in_sessions(self) -> bool:
        """Whether it is counted in sessions, as there are no minutes to count."""
        return bool(self.item.steps) and all(step.amount.minutes == 0 for step in self.item.steps)

    def during(self, first: date, last: date) -> list[Count]:
        """The periods that end between two days, as far as they are over or accounted for."""
        return self._tallied(first, last)[0]

    def due_in(self, monday: date) -> Sequence[Expectation]:
        """What is due in a week: all that runs in it. Longer periods (a fortnight, a half-term) show until given."""
        start = bisect_left(self.expected, monday, key=_ends_on)
        return self.expected[start : bisect_right(self.expected, monday + SUNDAY, key=_starts_on)]

    def recorded_in(self, monday: date) -> list[Record]:
        """What was recorded of a week."""
        return [row for row in self.records if monday <= row.on <= monday + SUNDAY]


@dataclass
class ChildLedger:
    """One child's items, calendar and silence."""

    child_id: UUID
    calendar: Calendar
    setting_id: UUID | None
    today: date
    items: list[ItemLedger] = field(default_factory=list)
    limits: Settings = STANDARD

    @property
    def last_recorded(self) -> date | None:
        """The last day that any record speaks of; a week's record speaks of its Friday, today at the latest."""
        days = [
            min(row.on + timedelta(days=4), self.today) if row.whole_week else row.on
            for one in self.items
            for row in one.records
        ]
        return max(days, default=None)

    @cached_property
    def silence(self) -> Silence | None:
        """How long nothing was recorded; None when nothing is due now."""
        running = [one for one in self.items if one.expected and one.item.ends_on is None]
        if not running:
            return None
        year = date(school_year_of(self.today), 9, 1)
        owed_since = max(min(one.expected[0].starts_on for one in running), year)
        if owed_since > self.today:
            return None
        return silence(
            self.calendar, last=self.last_recorded, owed_since=owed_since, today=self.today, settings=self.limits
        )

    def running(self, first: date, last: date) -> list[ItemLedger]:
        """Items in force on some day between two days."""
        return [
            one
            for one in self.items
            if one.item.starts_on <= last and (one.item.ends_on is None or one.item.ends_on >= first)
        ]

    def half_terms(self) -> list[HalfTerm]:
        """The half-terms of this school year that have begun."""
        since = date(school_year_of(self.today), 9, 1)
        return [one for one in self.calendar.half_terms if one.ends_on >= since and one.starts_on <= self.today]


def ledgers(
    by: Actor,
    child_ids: Iterable[UUID],
    *,
    since: date | None = None,
    calendars: Calendars | None = None,
    only_counting: bool = False,
) -> dict[UUID, ChildLedger]:
    """The ledgers of some children. since: records from that day (this school year's unless given). Five queries.

    only_counting: records come as plain tuples of what is counted, many times faster for thousands of children.
    """
    ids = list(child_ids)
    first = since or date(school_year_of(by.today), 9, 1)
    stays = stays_of(by, ids)
    calendars = calendars or Calendars(by)
    limits = limits_of(by)
    found = {
        child_id: ChildLedger(
            child_id,
            calendars.of_child(stays.get(child_id, [])),
            _now(stays.get(child_id, [])),
            by.today,
            limits=limits,
        )
        for child_id in ids
    }
    records: dict[UUID, list[Record]] = defaultdict(list)
    current = Q(replaced_at__isnull=True, catch_up__isnull=True, on__gte=monday_of(first))
    rows = Record.objects.filter(current, area=by.area, child_id__in=ids).order_by("on", "at", "pk")
    for row in rows.values_list(*COUNTED_FROM, named=True) if only_counting else rows:
        records[row.item_id].append(row)
    ran = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    items = Item.objects.filter(ran, area=by.area, child_id__in=ids).select_related("deliverer")
    for item in items.order_by("service", "starts_on", "pk"):
        mine = found[item.child_id]
        mine.items.append(ItemLedger(item, counted_item(item), mine.calendar, records[item.pk], by.today))
    return found


def _now(stays: Sequence[tuple[date, UUID | None]]) -> UUID | None:
    return stays[-1][1] if stays else None


@transaction.atomic
def recount(by: Actor, child_ids: Collection[UUID]) -> dict[UUID, ChildLedger]:
    """Write down what the ledger counts of some children, so that an area can be added up. As Kept itself.

    Safe to repeat; rows for half-terms in which nothing is owed any more are removed.
    """
    found = ledgers(by, child_ids, only_counting=True)
    rows = [row for mine in found.values() for row in _counted(by, mine)]
    kept = {(row.item_id, row.half_term) for row in rows}
    known = Counted.objects.filter(area=by.area, child_id__in=list(child_ids))
    gone = [
        pk
        for pk, item_id, half_term in known.values_list("pk", "item_id", "half_term")
        if (item_id, half_term) not in kept and int(half_term[:4]) >= school_year_of(by.today)
    ]
    if gone:
        Counted.objects.filter(pk__in=gone).delete()
    changing = [
        "service", "setting", "deliverer", "term", "in_sessions", "specified", "capacity", "counted_on", *FIGURES
    ]  # fmt: skip
    Counted.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["item", "half_term"], update_fields=changing, batch_size=2000
    )
    _hush(by, found)
    return found


def _counted(by: Actor, mine: ChildLedger) -> list[Counted]:
    made = []
    for one in mine.items:
        if not one.expected:
            continue
        for half in mine.half_terms():
            until = _before_next(mine.calendar, half)
            specified = sum(e.quantity for e in one.expected if half.starts_on <= e.ends_on <= until)
            counts = one.during(half.starts_on, until)
            if not specified and not counts:
                continue
            whole = total(counts)
            made.append(
                Counted(
                    area=by.area, child_id=mine.child_id, item=one.row, service=one.row.service,
                    setting_id=mine.setting_id, deliverer_id=one.row.deliverer_id, term=half.term, half_term=half.key,
                    in_sessions=one.in_sessions, specified=specified, counted_on=by.today,
                    capacity=whole.reasons[Reason.CAPACITY], **{name: getattr(whole, name) for name in FIGURES},
                )
            )  # fmt: skip
    return made


def _before_next(calendar: Calendar, half: HalfTerm) -> date:
    """The last day that counts to a half-term: the holiday after it does."""
    later = [one.starts_on for one in calendar.half_terms if one.starts_on > half.starts_on]
    return min(later) - timedelta(days=1) if later else half.ends_on


def _hush(by: Actor, found: dict[UUID, ChildLedger]) -> None:
    quiet = {key: mine.silence for key, mine in found.items()}
    rows = [
        Quiet(
            area=by.area, child_id=key, setting_id=found[key].setting_id, since=one.since, days=one.days,
            last_on=found[key].last_recorded, counted_on=by.today,
        )
        for key, one in quiet.items()
        if one
    ]  # fmt: skip
    Quiet.objects.filter(area=by.area, child_id__in=[key for key, one in quiet.items() if one is None]).delete()
    Quiet.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["child"],
        update_fields=["setting", "since", "days", "last_on", "counted_on"],
        batch_size=2000,
    )
