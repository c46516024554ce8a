"""Typed provision in short plain words: how long, how often, who, where."""

from __future__ import annotations

from datetime import date

from kept.design.words import day
from kept.rules.plans import Provision
from kept.rules.plans.provision import HowOften

MINUTES_AN_HOUR = 60
_PLACES = {"class": "in class", "withdrawn": "in a quiet room", "home": "at home", "clinic": "at the clinic"}
_UNITS = {"day": "school day"}
_TIMES = {1: "once", 2: "twice"}


def minutes(number: int) -> str:
    """A length of time: 45 minutes, 1 hour, 1 hour 30 minutes."""
    hours, rest = divmod(number, MINUTES_AN_HOUR)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    return " ".join([*said, *([f"{rest} minute{'s' if rest > 1 else ''}"] if rest else [])]) or "0 minutes"


def often(given: HowOften) -> str:
    """How often: twice a week, every 2 weeks, in every lesson."""
    if given.unit == "lesson":
        return "in every lesson"
    unit = _UNITS.get(given.unit, given.unit)
    if given.every > 1:
        times = "" if given.times == 1 else f"{_TIMES.get(given.times, f'{given.times} times')} "
        return f"{times}every {given.every} {unit}s"
    return f"{_TIMES.get(given.times, f'{given.times} times')} a {unit}"


def how_much(given: Provision) -> str:
    """How long each time, or all week, or when all through; empty when it does not say."""
    floor = "at least " if given.minimum else ""
    if given.weekly_minutes is not None:
        return f"{floor}{minutes(given.weekly_minutes)} a week"
    if given.session_minutes is not None:
        return f"{floor}{minutes(given.session_minutes)} each time"
    return given.coverage


def with_whom(given: Provision) -> str:
    """Alone or in a group; empty when it does not say."""
    if given.ratio is None:
        return ""
    if given.ratio.pupils == 1:
        return "one-to-one"
    if given.ratio.adults == 1:
        return f"in a group of no more than {given.ratio.pupils}"
    return f"{given.ratio.adults} adults to {given.ratio.pupils} pupils"


def who(given: Provision) -> str:
    """The role, with its training; empty when it does not say."""
    trained = f", trained in {given.expertise}" if given.expertise else ""
    return f"{given.role}{trained}" if given.role else ""


def where(given: Provision) -> str:
    """The place; empty when it does not say."""
    return _PLACES.get(given.place, given.place)


def from_until(starts: date | None, ends: date | None) -> str:
    """The days between which it is given."""
    said = [f"from {day(starts)}"] if starts else []
    return " ".join([*said, *([f"until {day(ends)}"] if ends else [])])


def lines(given: Provision) -> tuple[tuple[str, str], ...]:
    """What, in words: only what is said."""
    reviewed = f"{given.review.who} {given.review.interval}".strip() if given.review else ""
    found = (
        ("How long", how_much(given)),
        ("How often", often(given.often) if given.often else ""),
        ("Who", who(given)),
        ("With whom", with_whom(given)),
        ("Where", where(given)),
        ("When", from_until(given.start, given.end)),
        ("Checked by", reviewed),
    )
    return tuple((what, said) for what, said in found if said)
