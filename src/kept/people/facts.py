"""Checks on what people type about people. Pure: each gives the tidy fact or raises NotPossible with a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from kept.people.models import Identifier, IdentifierKind
from kept.rules.ages import age_on
from kept.rules.dates_as_typed import say_date
from kept.rules.identifiers import check_nhs_number, check_postcode, check_uln, check_upn
from kept.rules.names import plain

OLDEST = 25
LONGEST_NAME = 120
LONGEST_SORT_KEY = 240
LONGEST_LOCAL = 40
FURTHEST_AHEAD = 2  # years for which a place may be recorded beforehand
_FIGURES = re.compile(r"\d")


class NotPossible(ValueError):
    """What was asked for cannot be so; the text is a sentence for the person. `field` names the fact at fault."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def tidy(text: str) -> str:
    """The text with single spaces, without invisible characters, in the usual composed form of accents."""
    visible = "".join(
        mark for mark in unicodedata.normalize("NFC", text) if unicodedata.category(mark)[0] != "C" or mark in "\n\t"
    )
    return " ".join(visible.split())


def check_name(text: str, *, field: str, called: str) -> str:
    """A name without needless spaces. `called` is how the sentence names it ("family name")."""
    name = tidy(text)
    if not name:
        raise NotPossible(f"Enter the {called}.", field)
    if _FIGURES.search(name):
        raise NotPossible(f"A {called} has no figures in it. Enter the name only.", field)
    if not plain(name):
        raise NotPossible(f"The {called} needs at least one letter.", field)
    if len(name) > LONGEST_NAME:
        raise NotPossible(f"The {called} must be {LONGEST_NAME} characters or fewer.", field)
    return name


def check_born_on(day: date, today: date) -> date:
    """A date of birth of somebody aged 0 to 25 today."""
    if day > today:
        raise NotPossible(
            f"{say_date(day)} is in the future. Check the date of birth, and the year most of all.", "born_on"
        )
    age = age_on(day, today)
    if age > OLDEST:
        raise NotPossible(
            f"Somebody born on {say_date(day)} is {age}. The law on special needs goes up to {OLDEST}: check the year.",
            "born_on",
        )
    return day


def check_day(day: date, *, born_on: date, today: date, field: str, ahead: int = 0) -> date:
    """A day in the child's life: not before the birth, not more than `ahead` years from today."""
    if day < born_on:
        raise NotPossible(f"{say_date(day)} is before the date of birth, {say_date(born_on)}.", field)
    latest = date(today.year + ahead, today.month, min(today.day, 28)) if ahead else today
    if day > latest:
        raise NotPossible(
            f"{say_date(day)} is in the future. Record it when it has happened."
            if not ahead
            else f"{say_date(day)} is more than {ahead} years ahead. Check the year.",
            field,
        )
    return day


def _check_local(text: str) -> str:
    number = tidy(text)
    if not number:
        raise ValueError("Enter the number.")
    if len(number) > LONGEST_LOCAL:
        raise ValueError(f"A number of another system has {LONGEST_LOCAL} characters or fewer.")
    return number


CHECKS: dict[str, Callable[[str], str]] = {
    IdentifierKind.UPN: check_upn,
    IdentifierKind.NHS: check_nhs_number,
    IdentifierKind.ULN: check_uln,
    IdentifierKind.LOCAL: _check_local,
}


def check_identifier(kind: str, text: str, *, field: str = "value") -> str:
    """An identifier in its tidy form."""
    try:
        return CHECKS[kind](text)
    except ValueError as problem:
        raise NotPossible(str(problem), field) from None


def tidy_postcode(text: str) -> str:
    """A postcode in its tidy form; "" for none."""
    if not text.strip():
        return ""
    try:
        return check_postcode(text)
    except ValueError as problem:
        raise NotPossible(str(problem), "postcode") from None


def sort_key(given_names: str, family_name: str) -> str:
    """What lists are put in order by: the family name, then given names, in small letters without accents."""
    return f"{plain(family_name)}, {plain(given_names)}"[:LONGEST_SORT_KEY]


def shown(identifier: Identifier) -> str:
    """An identifier as people read it aloud."""
    value = identifier.value
    if identifier.kind == IdentifierKind.NHS:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    return value
