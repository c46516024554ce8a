"""A date typed in three boxes, as GOV.UK asks for one, with an error for each way to get it wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from kept.design.words import MONTHS, day, listed
from kept.rules.dates_as_typed import read_date

PARTS = ("day", "month", "year")
YEARS = (1900, 2100)
YEAR_LENGTH = 4
Limit = date | Callable[[], date] | None


class Typed(NamedTuple):
    """What was typed in the three boxes, kept as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateBoxes(forms.Widget):
    """Three boxes: day, month and year, named `<name>-day` and so on. One value under `<name>` is read as well."""

    template_name = "design/date_boxes.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> Typed | str | None:
        """What was typed: in the boxes, or as one text in an address or an API call."""
        if any(f"{name}-{part}" in data for part in PARTS):
            return Typed(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))
        return data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Whether the form did not have the boxes at all."""
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)

    def format_value(self, value: object) -> Typed:
        """What to show in the boxes: what was typed, or a stored date."""
        if isinstance(value, Typed):
            return value
        if isinstance(value, date):
            return Typed(str(value.day), str(value.month), str(value.year))
        return self._split(str(value)) if value else Typed()

    @staticmethod
    def _split(text: str) -> Typed:
        try:
            found = read_date(text)
        except ValueError:
            return Typed(day=text)
        return Typed(str(found.day), str(found.month), str(found.year))

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The context of the bare boxes."""
        context = super().get_context(name, value, attrs)
        context["typed"] = self.format_value(value)
        return context

    def id_for_label(self, id_: str) -> str:
        """A label points to the first box."""
        return f"{id_}-day" if id_ else id_


def month_number(text: str) -> int:
    """A month typed as a number or a name, "7", "July", "Jul"; ValueError when it is none."""
    if text.isdecimal():
        return int(text)
    names = [name.lower() for name in MONTHS]
    typed = text.lower().rstrip(".")
    found = [place for place, name in enumerate(names, 1) if len(typed) >= 3 and name.startswith(typed)]  # noqa: PLR2004
    if len(found) != 1:
        raise ValueError(text)
    return found[0]


class DateField(forms.Field):
    """A date in three boxes.

    `earliest` and `latest` are dates, or functions that give one (today, for "must be in the past"). A whole date
    pasted in the first box is read too.
    """

    widget = DateBoxes

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **options: Any) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**options)

    def _subject(self) -> str:
        label = str(self.label or "")
        return label if label and not label.rstrip().endswith("?") else "The date"

    def _wrong(self, sentence: str, parts: tuple[str, ...], code: str = "invalid") -> ValidationError:
        return ValidationError(f"{self._subject()} {sentence}", code=code, params={"parts": parts})

    def to_python(self, value: object) -> date | None:
        """The date, or None when nothing was typed; ValidationError says which box is wrong and how."""
        if value in self.empty_values or value == Typed():
            return None
        if isinstance(value, date):
            return value
        if isinstance(value, Typed) and (value.month or value.year):
            return self._read_boxes(value)
        return self._read_text(value.day if isinstance(value, Typed) else str(value))

    def _read_text(self, text: str) -> date:
        if text.isdecimal() and len(text) <= 2:  # noqa: PLR2004 - a day alone
            raise self._wrong("must include a month and a year", ("month", "year"), "incomplete")
        try:
            return read_date(text)
        except ValueError as why:
            raise ValidationError(f"{self._subject()}: {why}", code="invalid", params={"parts": PARTS}) from None

    def _read_boxes(self, typed: Typed) -> date:
        missing = tuple(part for part in PARTS if not getattr(typed, part))
        if missing:
            raise self._wrong(f"must include {listed(f'a {part}' for part in missing)}", missing, "incomplete")
        if not (typed.year.isdecimal() and len(typed.year) == YEAR_LENGTH):
            raise self._wrong("must have a year of 4 numbers, like 2026", ("year",))
        if not YEARS[0] <= int(typed.year) <= YEARS[1]:
            raise self._wrong(f"must have a year between {YEARS[0]} and {YEARS[1]}", ("year",))
        try:
            month = month_number(typed.month)
            date(int(typed.year), month, 1)
        except ValueError:
            raise self._wrong("must have a real month, like 3 or March", ("month",)) from None
        try:
            return date(int(typed.year), month, int(typed.day))
        except ValueError:
            raise self._wrong(f"must have a real day of {MONTHS[month - 1]} {typed.year}", ("day",)) from None

    def validate(self, value: date | None) -> None:
        """Refuse an empty date when one is needed, and a date outside the limits."""
        super().validate(value)
        if value is None:
            return
        earliest = self.earliest() if callable(self.earliest) else self.earliest
        latest = self.latest() if callable(self.latest) else self.latest
        if earliest and value < earliest:
            raise self._wrong(f"must be on or after {day(earliest)}", PARTS, "too_early")
        if latest and value > latest:
            raise self._wrong(f"must be on or before {day(latest)}", PARTS, "too_late")
