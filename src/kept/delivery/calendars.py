"""Calendars of settings and of children: which version holds when, and the usual dates where nobody has said any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.access.models import Agency
from kept.access.roles import Can
from kept.delivery.models import SchoolCalendar
from kept.people.models import Enrolment
from kept.rules.delivery import (
    BadCalendar,
    Calendar,
    HalfTerm,
    calendar,
    school_year_of,
    spliced,
    usual_calendar,
)

Parts = tuple[tuple[date, Calendar], ...]


def usual_for(day: date) -> Calendar:
    """The usual dates around a day: the school year before, its own and the next."""
    year = school_year_of(day)
    return usual_calendar(year - 1, year + 1)


@lru_cache(maxsize=512)
def _built(key: UUID, half_terms: tuple[tuple[str, str, str], ...], closed: tuple[str, ...]) -> Calendar:
    terms = [HalfTerm(name, date.fromisoformat(first), date.fromisoformat(last)) for name, first, last in half_terms]
    return calendar(terms, (date.fromisoformat(day) for day in closed))


@lru_cache(maxsize=2048)
def _joined(parts: Parts) -> Calendar:
    return spliced(parts)


class Calendars:
    """The calendars of an area, read once for a request. One query."""

    def __init__(self, by: Actor, settings: Collection[UUID] | None = None) -> None:
        self.today = by.today
        rows = SchoolCalendar.objects.filter(area=by.area).order_by("from_on", "at", "pk")
        self.versions: dict[UUID | None, list[SchoolCalendar]] = defaultdict(list)
        for row in rows:
            if row.setting_id is None or settings is None or row.setting_id in settings:
                self.versions[row.setting_id].append(row)

    def has_own(self, setting_id: UUID | None) -> bool:
        """Whether a setting has said its own dates."""
        return bool(setting_id and self.versions.get(setting_id))

    def of(self, setting_id: UUID | None) -> Calendar:
        """A setting's calendar with all its changes; the area's, or the usual dates, where it has none."""
        rows = self.versions.get(setting_id) or self.versions.get(None) or []
        parts: list[tuple[date, Calendar]] = []
        first = date(school_year_of(self.today) - 1, 9, 1)
        if not rows or rows[0].from_on > first:
            parts.append((first, usual_for(self.today)))
        for row in rows:
            terms = tuple((one[0], one[1], one[2]) for one in row.half_terms)
            one = (row.from_on, _built(row.pk, terms, tuple(row.closed)))
            parts = [part for part in parts if part[0] < row.from_on]
            parts.append(one)
        return _joined(tuple(parts))

    def of_child(self, stays: Sequence[tuple[date, UUID | None]]) -> Calendar:
        """A child's calendar: (first day, setting) of each stay in order. No stay: the area's."""
        if len(stays) <= 1:
            return self.of(stays[0][1] if stays else None)
        return _joined(tuple((first, self.of(setting)) for first, setting in stays))


def stays_of(by: Actor, child_ids: Iterable[UUID]) -> Mapping[UUID, list[tuple[date, UUID | None]]]:
    """Where each child was educated and from when, those of the last two school years. One query."""
    found: dict[UUID, list[tuple[date, UUID | None]]] = defaultdict(list)
    rows = Enrolment.objects.filter(area=by.area, child_id__in=list(child_ids), starts_on__lte=by.today)
    since = date(school_year_of(by.today) - 1, 9, 1)
    for child_id, setting_id, starts_on, ends_on in rows.order_by("starts_on", "pk").values_list(
        "child_id", "setting_id", "starts_on", "ends_on"
    ):
        if ends_on is None or ends_on >= since:
            found[child_id].append((starts_on, setting_id))
    return found


@transaction.atomic
def set_calendar(
    *,
    by: Actor,
    setting: Agency | None,
    from_on: date,
    half_terms: Sequence[tuple[str, date, date]],
    closed: Collection[date] = (),
    note: str = "",
) -> SchoolCalendar:
    """Say the dates of a setting (None: of the area) from a day on; the days before stay as they were. Raises Refused.

    A school sets its own; the council's case team sets any.
    """
    if not by.can(Can.WORK_CASES) and not (by.can(Can.RECORD_DELIVERY) and setting and setting.pk in by.agency_ids):
        raise Refused("You set the calendar of your own setting only.")
    try:
        made = calendar([HalfTerm(*one) for one in half_terms], closed)
    except BadCalendar as problem:
        raise Refused(str(problem)) from problem
    if not made.days:
        raise Refused("A calendar has at least one half-term with a school day in it.")
    return SchoolCalendar.objects.create(
        area=by.area,
        setting=setting,
        from_on=from_on,
        half_terms=[[key, first.isoformat(), last.isoformat()] for key, first, last in half_terms],
        closed=sorted(day.isoformat() for day in closed),
        note=note[:200],
        by=by.user,
    )
