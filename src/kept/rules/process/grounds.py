"""Which facts each exception asks for, and why recorded facts do not support it, in sentences.

`exceptions.is_valid` decides; this says why it decides so, from the same dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .events import as_date
from .exceptions import LONG_ABSENCE_DAYS, LONG_CLOSURE_DAYS, ONE_DAY, REQUEST_MARGIN, TESTS, Period
from .explain import day_words, days_words
from .readings import DEFAULT, Absence, Closure, Settings, WindowEnd
from .table import Clock, Exemption


@dataclass(frozen=True)
class FactAsked:
    """A fact that an exception needs. `kind` is date or text."""

    name: str
    question: str
    kind: str = "date"
    required: bool = True


_CLOSURE = (
    FactAsked("closed_from", "First day on which the institution was closed"),
    FactAsked("reopens", "Day on which it reopened or will reopen"),
    FactAsked("advice_requested_on", "Day on which it was asked for advice"),
)
_ABSENCE = (
    FactAsked("absent_from", "First day away from the area"),
    FactAsked("returned", "Day on which they returned or will return"),
)
_CIRCUMSTANCES = (
    FactAsked("from", "First day of the circumstances"),
    FactAsked("to", "Last day, if they have ended", required=False),
    FactAsked("description", "What were the circumstances, and whom did they affect?", "text"),
)
ASKED: Mapping[str, tuple[FactAsked, ...]] = {
    "closure": _CLOSURE,
    "absence": _ABSENCE,
    "circumstances": _CIRCUMSTANCES,
    "appointment": (FactAsked("date", "Day of the appointment that was missed"),),
    "agreement": (FactAsked("description", "What was agreed in writing, and with whom?", "text"),),
}
# reg 44(3)(c) and 45(7)(c) let any of the circumstances of reg 13(3) serve: one is chosen, and its facts are asked for.
ALTERNATIVES: Mapping[str, tuple[str, ...]] = {"any_of_reg13_3": ("closure", "absence", "circumstances")}
GROUND_WORDS: Mapping[str, str] = {
    "closure": "School, college or early years setting closed",
    "absence": "Away from the area",
    "circumstances": "Exceptional personal circumstances",
    "appointment": "Missed appointment",
    "agreement": "Another time agreed in writing",
}


def grounds_of(listed: Exemption) -> tuple[str, ...]:
    """The tests, one or several, whose facts may support the exception."""
    return ALTERNATIVES.get(listed.test, (listed.test,))


def listed_for(clock: Clock, exception: str) -> Exemption | None:
    """The exception of that id among those that the law lists for the clock."""
    return next((one for one in clock.exceptions if one.id == exception), None)


def why_not(
    listed: Exemption,
    ground: str,
    facts: Mapping[str, Any],
    *,
    trigger: date,
    due: date,
    impractical: bool,
    settings: Settings = DEFAULT,
) -> tuple[str, ...]:
    """Why the facts do not support the exception on this ground; empty when they do. Dates may be ISO texts."""
    said = list(_REASONS[ground](facts, Period(trigger, due), _days(listed, ground), settings))
    if not impractical:
        said.append("It must also be impractical to keep the time limit for this reason.")
    holds = TESTS[listed.test](facts, Period(trigger, due), listed, settings)
    if not said and not holds:
        said.append(f"The facts do not meet the condition: {listed.condition}")
    return tuple(said)


def _days(listed: Exemption, ground: str) -> int:
    return LONG_ABSENCE_DAYS if listed.test in ALTERNATIVES and ground == "absence" else listed.days


def _closure(facts: Mapping[str, Any], _period: Period, _days: int, settings: Settings) -> list[str]:
    closed, reopens = as_date(facts.get("closed_from")), as_date(facts.get("reopens"))
    asked = as_date(facts.get("advice_requested_on"))
    if closed is None or reopens is None or asked is None:
        return ["The first closed day, the day of reopening and the day on which advice was asked for are all needed."]
    if settings.readings.a5_closure is Closure.TERM_DATES:
        holidays = [pair for pair in settings.term_breaks if pair[0] < reopens and closed < pair[1]]
        if not holidays:
            return ["The area counts school holidays only, and none that it has recorded falls in these days."]
        closed, reopens = holidays[0]
    first, last = closed - REQUEST_MARGIN, reopens - REQUEST_MARGIN
    if settings.readings.a6_window_end is WindowEnd.EXCLUSIVE:
        last -= ONE_DAY
    said = []
    length = (reopens - closed).days
    if length < LONG_CLOSURE_DAYS:
        said.append(f"It was closed for {days_words(length)}; the law asks for at least {LONG_CLOSURE_DAYS}.")
    if not first <= asked <= last:
        said.append(
            f"Advice was asked for on {day_words(asked)}; it counts only from {day_words(first)} "
            f"(a week before closing) to {day_words(last)} (a week before reopening)."
        )
    return said


def _absence(facts: Mapping[str, Any], period: Period, days: int, settings: Settings) -> list[str]:
    left, returned = as_date(facts.get("absent_from")), as_date(facts.get("returned"))
    if left is None or returned is None:
        return ["The first day away and the day of return are both needed."]
    away = (returned - left).days
    if away < days:
        return [f"They were away for {days_words(max(away, 0))}; the law asks for at least {days} in one stretch."]
    overlap = max((min(returned, period.due + ONE_DAY) - max(left, period.trigger)).days, 0)
    needed = 1 if settings.readings.a10_absence is Absence.ANY_OVERLAP else days
    if overlap < needed:
        return [
            f"Only {days_words(overlap)} of the absence fall between {day_words(period.trigger)} and "
            f"{day_words(period.due)}; {days_words(needed)} must."
        ]
    return []


def _circumstances(facts: Mapping[str, Any], period: Period, _days: int, _settings: Settings) -> list[str]:
    first, ends = as_date(facts.get("from")), facts.get("to")
    last = date.max if ends is None else as_date(ends)
    if first is None or last is None:
        return ["The first day of the circumstances is needed."]
    said = []
    if not str(facts.get("description") or "").strip():
        said.append("Say what the circumstances were and whom they affected.")
    if last < first:
        said.append(f"They cannot end on {day_words(last)}, before they began on {day_words(first)}.")
    elif not period.touches(first, last):
        said.append(
            f"No day of them falls between {day_words(period.trigger)} and {day_words(period.due)}, "
            "the period of the time limit."
        )
    return said


def _appointment(facts: Mapping[str, Any], period: Period, _days: int, _settings: Settings) -> list[str]:
    missed = as_date(facts.get("date"))
    if missed is None:
        return ["The day of the missed appointment is needed."]
    if not period.touches(missed, missed):
        return [
            f"{day_words(missed)} is not between {day_words(period.trigger)} and {day_words(period.due)}, "
            "the body's own period."
        ]
    return []


def _agreement(_facts: Mapping[str, Any], _period: Period, _days: int, _settings: Settings) -> list[str]:
    return []


_REASONS = {
    "closure": _closure,
    "absence": _absence,
    "circumstances": _circumstances,
    "appointment": _appointment,
    "agreement": _agreement,
}
