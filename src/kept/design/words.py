"""Dates, lengths and counts in the words a page uses. Pure functions; each becomes a filter of the same name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

# Not strftime, whose words follow the machine's locale.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MISSING = "Not recorded"
WEEK = 7
NOON = 12
NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}


def _as_date(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def day(value: date | datetime | None, missing: str = MISSING) -> str:
    """A date in full, "14 July 2026"; `missing` when there is none."""
    if value is None:
        return missing
    value = _as_date(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: date | datetime | None, missing: str = MISSING) -> str:
    """A day that somebody has to keep in mind, "Tuesday 14 July 2026"; `missing` when there is none."""
    if value is None:
        return missing
    value = _as_date(value)
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def short_day(value: date | datetime | None, missing: str = MISSING) -> str:
    """A date for a crowded table, "14 Jul 2026"."""
    if value is None:
        return missing
    value = _as_date(value)
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def moment(value: datetime | None, missing: str = MISSING) -> str:
    """A date and time in London, "14 July 2026 at 3:05pm"."""
    if value is None:
        return missing
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    hour = local.hour % NOON or NOON
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{day(local)} at {hour}{minutes}{'am' if local.hour < NOON else 'pm'}"


def number(value: float) -> str:
    """A number with commas between the thousands and a true minus; whole numbers without a decimal point."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return text.replace("-", "−")


def counted(value: int, one: str, many: str = "") -> str:
    """How many there are, with the word: "no children", "1 child", "1,204 children". `many` defaults to one + s."""
    many = many or f"{one}s"
    if value == 0:
        return f"no {many}"
    return f"{number(value)} {one if value == 1 else many}"


def lasting(days: int) -> str:
    """A length of time in weeks and days: "3 days", "6 weeks", "6 weeks and 2 days"."""
    weeks, rest = divmod(days, WEEK)
    if not weeks:
        return counted(rest, "day")
    if not rest:
        return counted(weeks, "week")
    return f"{counted(weeks, 'week')} and {counted(rest, 'day')}"


def _today(today: date | None) -> date:
    return today or timezone.localdate()


def how_far(value: date | datetime, today: date | None = None) -> str:
    """How far a date is from today: "today", "tomorrow", "in 3 days", "5 days ago"."""
    days = (_as_date(value) - _today(today)).days
    if days in NEAR:
        return NEAR[days]
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def how_late(due: date, today: date | None = None) -> str:
    """How a due date stands while nothing has been done: "due in 3 days", "due today", "5 days late"."""
    days = (_as_date(due) - _today(today)).days
    if days < 0:
        return f"{counted(-days, 'day')} late"
    return f"due {how_far(due, today)}"


def when(value: date | datetime | None, today: date | None = None, missing: str = MISSING) -> str:
    """A date with how far away it is, the date always first: "14 July 2026 (in 3 days)"."""
    return missing if value is None else f"{day(value)} ({how_far(value, today)})"


def due(value: date | None, today: date | None = None, missing: str = "No date set") -> str:
    """A due date with how it stands: "14 July 2026 (due in 3 days)", "14 July 2026 (5 days late)"."""
    return missing if value is None else f"{day(value)} ({how_late(value, today)})"


def listed(values: Iterable[object], joined_by: str = "and") -> str:
    """Things in a row: "a", "a and b", "a, b and c"."""
    words = [str(value) for value in values]
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"


def percent(share: float | None, places: int = 0, missing: str = "No figure") -> str:
    """A share between 0 and 1 as a percentage, "46%"; `missing` when there is no figure."""
    return missing if share is None else f"{share * 100:.{places}f}%"


def pounds(value: float) -> str:
    """An amount of money: "£1,204" or "£1,204.50"."""
    text = f"£{abs(value):,.2f}".removesuffix(".00")
    return f"−{text}" if value < 0 else text


def inside(sentence: str) -> str:
    """A label as it reads inside a sentence: its first letter small, unless its first word is an acronym or a name."""
    first = sentence.split(" ", 1)[0]
    if first != first.capitalize() or first == "I":
        return sentence
    return sentence[:1].lower() + sentence[1:]


FILTERS = (
    day, weekday, short_day, moment, number, counted, lasting, how_far, how_late, when, due, listed, percent, pounds,
    inside,
)  # fmt: skip
