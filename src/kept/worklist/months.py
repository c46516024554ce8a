"""The calendar: what is due on each day of a month, with a few entries a day and the number of the rest."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from kept.access.acting import Actor
from kept.cases.queries import meeting_days
from kept.duties.models import Duty
from kept.rules.calendar import england_bank_holidays

MONDAYS = calendar.Calendar(firstweekday=0)
IN_A_DAY = 4
EARLIEST, LATEST = 1990, 2100


@dataclass
class Day:
    """One day of the grid: what is due, how many more there are, and whether a panel meets."""

    on: date
    in_month: bool
    is_today: bool
    duties: list[Duty] = field(default_factory=list)
    total: int = 0
    has_panel: bool = False
    is_bank_holiday: bool = False

    @property
    def more(self) -> int:
        """How many duties of the day are not shown."""
        return self.total - len(self.duties)


def first_of(text: str, today: date) -> date:
    """The month of an address, "2026-11"; this month when it cannot be read."""
    year, _, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and EARLIEST <= int(year) <= LATEST and 1 <= int(month) <= 12:  # noqa: PLR2004
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def beside(first: date) -> tuple[date, date]:
    """The first days of the month before and of the month after."""
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)


def weeks_of(actor: Actor, found: QuerySet[Duty], first: date, *, in_a_day: int = IN_A_DAY) -> list[list[Day]]:
    """The weeks of a month with what is due on each day. Three queries."""
    weeks = MONDAYS.monthdatescalendar(first.year, first.month)
    days = {
        on: Day(on, on.month == first.month, on == actor.today, is_bank_holiday=on in england_bank_holidays(on.year))
        for week in weeks
        for on in week
    }
    near = found.filter(due_on__range=(weeks[0][0], weeks[-1][-1])).order_by()
    for on, n in near.values_list("due_on").annotate(n=Count("pk")):
        days[on].total = n
    number = Window(RowNumber(), partition_by="due_on", order_by=[F("is_statutory").desc(), F("pk").asc()])
    shown = near.annotate(number=number).filter(number__lte=in_a_day)
    for duty in shown.select_related("child").defer("child__name_keys").order_by("due_on", "number"):
        if duty.due_on:
            days[duty.due_on].duties.append(duty)
    for on in meeting_days(actor):
        if on in days:
            days[on].has_panel = True
    return [[days[on] for on in week] for week in weeks]
