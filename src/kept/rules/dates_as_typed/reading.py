"""Read a date that a person typed: day first, month in figures or words, year in four figures.

What could mean two things is refused, never guessed: a two-figure year, or a month first as in the United States.
"""

# ruff: noqa: PLR2004 -- the figures are the calendar's own

from __future__ import annotations

import re
import unicodedata
from calendar import isleap, monthrange
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LONGEST = 60
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_EXAMPLE = "Type it like 14/7/2026 or 14 July 2026."
_PART = re.compile(r"[^\W\d_]+|\d+")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?Z?$")
_CLOCK = re.compile(r"\d:\d")
_SEPARATORS = re.compile(r"[\s/.,\-‐-―−'’]*")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_FILLERS = frozenset({"of", "the", "on"})


def read_date(text: str, *, earliest: date = _EARLIEST, latest: date = _LATEST) -> date:
    """The date that the text names, between `earliest` and `latest` (both included; 1900 to 2199 unless said).

    Accepts "14/7/2026", "14-07-2026", "14.7.2026", "14 7 2026", "14 July 2026", "14th of Jul 2026", "July 14, 2026",
    "Tuesday 14 July 2026", "2026-07-14". Raises ValueError with a sentence that says what is wrong and how to mend it.
    """
    words, numbers = _parts(text)
    weekday = _take_weekday(words)
    month_word = _take_month(words, numbers, text)
    day, month, year = _in_words(numbers, month_word) if month_word else _in_figures(numbers, text)
    found = _existing(day, month, year)
    if weekday is not None and found.weekday() != weekday:
        raise ValueError(
            f"{say_date(found)} is a {_DAYS[found.weekday()]}, not a {_DAYS[weekday]}. "
            "Correct one of them, or leave the day of the week out."
        )
    if not earliest <= found <= latest:
        raise ValueError(f"{say_date(found)} is not between {say_date(earliest)} and {say_date(latest)}.")
    return found


def can_read_date(text: str) -> bool:
    """Whether the text names a date."""
    try:
        read_date(text)
    except ValueError:
        return False
    return True


def say_date(day: date) -> str:
    """The date in words: "14 July 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The words (small letters) and the numbers of the text, each in order."""
    plain = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).strip()
    if not plain:
        raise ValueError(f"No date was given. {_EXAMPLE}")
    plain = _MIDNIGHT.sub("", plain)
    if len(plain) > _LONGEST:
        raise ValueError(f"This is too long to be a date. {_EXAMPLE}")
    if _CLOCK.search(plain):
        raise ValueError(f"Leave out the time of day: only the date is wanted. {_EXAMPLE}")
    found = _PART.findall(plain)
    if not found or not _SEPARATORS.fullmatch(_PART.sub("", plain)):
        raise ValueError(f"“{plain}” is not a date. {_EXAMPLE}")
    numbers = [part for part in found if part.isdigit() and part.isascii()]
    words = [part.lower() for part in found if not part.isdigit()]
    return [word for word in words if word not in _ORDINALS | _FILLERS], numbers


def _take_weekday(words: list[str]) -> int | None:
    """The day of the week (Monday is 0), taken from the front of the words, or None."""
    if len(words) < 1:
        return None
    matches = [index for index, name in enumerate(_DAYS) if len(words[0]) >= 3 and name.lower().startswith(words[0])]
    if words[0] in {"tues", "weds", "thur", "thurs"}:
        matches = [{"tues": 1, "weds": 2, "thur": 3, "thurs": 3}[words[0]]]
    if not matches:
        return None
    words.pop(0)
    return matches[0]


def _take_month(words: list[str], numbers: list[str], text: str) -> int:
    """The month in words (January is 1), or 0 when there is no word."""
    if not words:
        return 0
    name = words[0]
    month = _month_named(name)
    if len(words) > 1 or (not month and not numbers):
        raise ValueError(f"“{' '.join(text.split())}” is not a date. {_EXAMPLE}")
    if not month:
        meant = _month_probably_meant(name)
        hint = f"Did you mean {meant}? " if meant else ""
        raise ValueError(f"There is no month called “{name}”. {hint}{_EXAMPLE}")
    return month


def _month_named(name: str) -> int:
    if name == "sept":
        return 9
    matches = [index for index, month in enumerate(MONTHS, start=1) if month.lower().startswith(name)]
    return matches[0] if len(name) >= 3 and len(matches) == 1 else 0


def _month_probably_meant(name: str) -> str:
    """The month that shares most letter pairs with a misspelt one, when it shares half of them."""

    def shared(month: str) -> float:
        pairs, others = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (name, month.lower()))
        return 2 * len(pairs & others) / max(1, len(pairs) + len(others))

    best = max(MONTHS, key=shared)
    return best if shared(best) >= 0.5 else ""


def _in_words(numbers: list[str], month: int) -> tuple[int, int, int]:
    """Day, month and year of "14 July 2026", "July 14 2026" or "2026 July 14"."""
    name = MONTHS[month - 1]
    if len(numbers) < 2:
        missing = "day and year" if not numbers else "day" if len(numbers[0]) == 4 else "year"
        raise ValueError(f"The date lacks its {missing}. {_EXAMPLE}")
    if len(numbers) > 2:
        raise ValueError(f"There are too many figures beside {name}. {_EXAMPLE}")
    day, year = (numbers[1], numbers[0]) if len(numbers[0]) == 4 else (numbers[0], numbers[1])
    _require_full_year(year, f"{int(day)} {name}")
    return int(day), month, int(year)


def _in_figures(numbers: list[str], text: str) -> tuple[int, int, int]:
    """Day, month and year of "14/7/2026" or "2026-07-14"."""
    if len(numbers) == 1 and len(numbers[0]) in {6, 8}:
        raise ValueError(f"Put a stroke or a space between day, month and year. {_EXAMPLE}")
    if len(numbers) != 3:
        raise ValueError(
            f"“{' '.join(text.split())[:_LONGEST]}” is not a whole date with day, month and year. {_EXAMPLE}"
        )
    if len(numbers[0]) == 4:
        year, month, day = numbers
        if max(len(month), len(day)) > 2:
            raise ValueError(f"A day or month has no more than two figures. {_EXAMPLE}")
        if int(month) > 12 >= int(day) > 0:
            raise ValueError(f"There is no month {int(month)}. With the year first, type year, month, day: 2026-07-14.")
        return int(day), int(month), int(year)
    day, month, year = numbers
    if max(len(month), len(day)) > 2:
        raise ValueError(f"A day or month has no more than two figures. {_EXAMPLE}")
    named = f"{int(day)} {MONTHS[int(month) - 1]}" if 1 <= int(month) <= 12 else f"{int(day)}/{int(month)}"
    _require_full_year(year, named)
    return int(day), int(month), int(year)


def _require_full_year(year: str, named: str) -> None:
    if len(year) == 2:
        raise ValueError(
            f"Type the year with four figures, such as {named} 20{year}: “{year}” could also stand for 19{year}."
        )
    if len(year) != 4:
        raise ValueError(f"The year “{year[:8]}” does not have four figures. {_EXAMPLE}")


def _existing(day: int, month: int, year: int) -> date:
    """The date, or ValueError saying why there is none."""
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. {_if_month_first(day, month, year)}")
    if not _EARLIEST.year <= year <= _LATEST.year:
        raise ValueError(f"The year {year:04d} is not between {_EARLIEST.year} and {_LATEST.year}. {_EXAMPLE}")
    longest = monthrange(year, month)[1]
    name = MONTHS[month - 1]
    if day < 1:
        raise ValueError(f"There is no day 0. {_EXAMPLE}")
    if day > longest:
        because = ""
        if (day, month) == (29, 2) and not isleap(year):
            because = f": {year} is not a leap year"
        raise ValueError(f"There is no {day} {name} {year}; {name} has {longest} days{because}. Check day and month.")
    return date(year, month, day)


def _if_month_first(day: int, month: int, year: int) -> str:
    """What to do about a "month" above 12: it may be a date with the month first."""
    if not 1 <= day <= 12 or not 1 <= month <= 31:
        return f"The day comes first, then the month. {_EXAMPLE}"
    swapped = f"{month} {MONTHS[day - 1]} {year}"
    try:
        date(year, day, month)
    except ValueError:
        return f"With the month first, as in the United States, there would be no {swapped} either. {_EXAMPLE}"
    return f"The day comes first: if you mean {swapped}, type {month}/{day}/{year}."
