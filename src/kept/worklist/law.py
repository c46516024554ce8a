"""The law behind a time limit, in words: what it says, how it is counted, how sure we are, and a date tried out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kept.rules.calendar import calendar_with
from kept.rules.names.parts import plain_text
from kept.rules.process import ClockState, Settings
from kept.rules.process.catalogue import words_for
from kept.rules.process.due import COUNT, due_date, quoted_deadline
from kept.rules.process.explain import explain
from kept.rules.process.grounds import GROUND_WORDS
from kept.rules.process.table import Clock, Pattern, clocks, compiled
from kept.worklist.slices import FAMILIES

INSTRUMENT = re.compile(r"SI (\d{4})/(\d+)")
LEGISLATION = "https://www.legislation.gov.uk"
ACTS = {"Children and Families Act 2014": f"{LEGISLATION}/ukpga/2014/6/contents"}


class Mark(NamedTuple):
    """How far the authority for a row was read: its letter, its words and the colour that repeats them."""

    letter: str
    words: str
    meaning: str
    colour: str


MARKS = {
    "primary": Mark("P", "Read in the law itself", "The text of the law was read.", "green"),
    "secondary": Mark(
        "S",
        "Read in guidance, not in the law itself",
        "Official guidance, an ombudsman, a court or a specialist source quotes it; the text of the law itself was not "
        "read. A solicitor should confirm it before the area relies on it in a dispute.",
        "yellow",
    ),
    "unverified": Mark(
        "U",
        "Not verified",
        "Stated from general knowledge of the law. Check it before you rely on it.",
        "red",
    ),
}
COUNTING = {
    "CAL_AFTER": "The day itself is not counted. Weekends, school holidays and bank holidays all count.",
    "CAL_INCLUSIVE": "The day itself is day 1. Weekends, school holidays and bank holidays all count.",
    "WD_AFTER": "Only Monday to Friday count, without bank holidays. The day itself is not counted.",
    "WD_INCLUSIVE": "Only Monday to Friday count, without bank holidays. The day itself is day 1.",
    "MONTH_AFTER": "It ends on the same day of a later month, or on the last day of a month that has no such day.",
    "MONTH_INCLUSIVE": "The day itself is counted, so it ends on the day before the same day of a later month.",
    "TRIB_MONTH": "It ends on the same day of a later month. If the Tribunal does not work on that day, it moves to "
    "the next day on which the Tribunal does.",
    "TRIB_WD": "Only working days of the Tribunal count: no weekend, no bank holiday, not August, and not "
    "25 December to 1 January.",
    "BEFORE_DATE": "It must be done before the same date for everybody, in the year of the transfer.",
    "MIN_BEFORE_EVENT": "It is counted backwards from the event.",
    "WINDOW_ENDING": "It is counted backwards; a window ends with the day.",
    "LATER_OF": "Two dates are worked out, and the later one counts.",
    "IMMEDIATE": "It is due on the same day.",
    "ASAP": "The law gives no number of days: as soon as practicable.",
    "CEASE_GATE": "It opens when the time to appeal has passed, or the appeal has been finally determined.",
}
NATURES = {
    "minimum_window": "This is time that the family must be given. Nobody is late by it.",
    "gate": "This is a gate: something may not happen before it opens.",
    "planning": "This is a planning date. Missing it breaks no law, but it makes the next limit hard to keep.",
    "family_right": "This is a right of the family. Nobody else owes it.",
}


def events(found: Iterable[Pattern]) -> list[str]:
    """Events in words that begin a sentence, each once."""
    texts = []
    for pattern in found:
        words = words_for(pattern.type)
        detail = f" ({pattern.value.replace('_', ' ')})" if pattern.value else ""
        texts.append(words[:1].upper() + words[1:] + detail)
    return list(dict.fromkeys(texts))


def family_words(clock: Clock) -> str:
    """The family of a time limit in words."""
    family = clock.id.split(".", 1)[0]
    return FAMILIES.get(family, "Ceasing a plan" if family == "cease" else family.replace("_", " ").capitalize())


def clock_of(name: str, settings: Settings) -> Clock | None:
    """A time limit as the area's readings have it, or None."""
    return compiled(settings.readings).clocks.get(name)


def search(text: str, *, family: str = "", mark: str = "", nature: str = "") -> list[Clock]:
    """The time limits that have all the words, in the order of the table."""
    wanted = plain_text(text).split()
    return [
        clock
        for clock in clocks().values()
        if (not family or clock.id.startswith(f"{family}."))
        and (not mark or clock.verified == mark)
        and (not nature or (clock.kind == nature))
        and all(word in _words(clock) for word in wanted)
    ]


def _words(clock: Clock) -> str:
    parts = [clock.name, clock.id, clock.citation, clock.limit, clock.duty_holder, clock.notes, family_words(clock)]
    for one in clock.exceptions:
        parts += [one.condition, one.citation, GROUND_WORDS.get(one.test, "")]
    return plain_text(" ".join(parts))


def families() -> list[tuple[str, str]]:
    """The families that have time limits, as choices."""
    found = {clock.id.split(".", 1)[0]: family_words(clock) for clock in clocks().values()}
    return list(found.items())


@dataclass(frozen=True)
class Tried:
    """A date tried out: when the time limit would end, and the sentence that counts it."""

    starts_on: date
    due_on: date
    plan_by: date | None
    words: str


def can_try(clock: Clock) -> bool:
    """Whether a single date is enough to count the limit."""
    return clock.counting in COUNT and clock.moved_event is None


def try_date(clock: Clock, starts_on: date, settings: Settings) -> Tried | None:
    """When the limit would end if it began on that day, by the area's readings; None when one date is not enough."""
    if not can_try(clock):
        return None
    calendar = calendar_with(settings.extra_bank_holidays)
    due = due_date(clock, starts_on, calendar, settings.readings)
    quoted = quoted_deadline(clock, starts_on) if clock.fixed_date else None
    state = ClockState(
        clock,
        "open",
        due=due,
        trigger=starts_on,
        trigger_event=clock.triggers[0].type,
        quoted_deadline=quoted,
        extra_bank_holidays=settings.extra_bank_holidays,
    )
    words = explain(state).replace(" It is still to be done.", "")
    return Tried(starts_on, due, state.operational_target, words)


def sources(clock: Clock) -> list[tuple[str, str]]:
    """Where the law can be read: the words and the address of each act and instrument that the citation names."""
    text = clock.citation
    found = [
        (f"SI {year}/{number}", f"{LEGISLATION}/uksi/{year}/{number}/contents")
        for year, number in INSTRUMENT.findall(text)
    ]
    found += [(act, address) for act, address in ACTS.items() if act in text]
    return list(dict.fromkeys(found))
