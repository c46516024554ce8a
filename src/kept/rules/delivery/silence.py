"""Silence: how many school days nobody has said anything. After fifteen of them somebody must find out (rule L01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kept.rules.delivery.calendars import A_DAY, Calendar
from kept.rules.delivery.model import STANDARD, Settings


@dataclass(frozen=True)
class Silence:
    """How long nobody recorded anything. days: school days; since: the day after which nothing was recorded."""

    days: int
    since: date
    too_long_on: date

    def is_too_long(self, settings: Settings = STANDARD) -> bool:
        """Whether the limit of the area is reached."""
        return self.days >= settings.silence_days


def silence(
    calendar: Calendar, *, last: date | None, owed_since: date, today: date, settings: Settings = STANDARD
) -> Silence:
    """How long there has been silence. last: the last day that any record speaks of; owed_since: first day owed."""
    since = max(last or date.min, owed_since - A_DAY)
    return Silence(calendar.count(since, today), since, calendar.add(since, settings.silence_days))
