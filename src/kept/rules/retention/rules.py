"""The retention rules, and what they say of one record. No law names a period for the whole of an EHC record.

The UK GDPR says no longer than is needed (Article 5(1)(e)); what is needed is read from how long somebody may still
claim. These are the usual periods of councils' schedules, marked "secondary": an area’s own schedule decides, never for
less than `least`, and whoever reviews a record can keep it longer, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kept.rules.ages.ages import birthday

WITH_PLAN, WITHOUT_PLAN, ACCOUNT = "child.with_plan", "child.without_plan", "account"


@dataclass(frozen=True)
class Rule:
    """One rule: what it is about, its usual years, how long that is in words ("{}": the years), and its authority.

    least: the fewest years that an area may set, and why; the Limitation Act sets it where claims may still be made.
    """

    key: str
    about: str
    words: str
    years: int
    why: str
    authority: str
    least: int
    because_least: str
    mark: str = "secondary"

    @property
    def how_long(self) -> str:
        """The usual period in words."""
        return self.lasting(self.years)

    def lasting(self, years: int) -> str:
        """A period of so many years in words."""
        return self.words.format(_ordinal(years) if "birthday" in self.words.split("{}")[1][:10] else _years(years))


MOST_YEARS = 100


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            WITH_PLAN,
            "The record of a child or young person who had an education, health and care plan",
            "until the {} birthday",
            31,
            "A plan may last to 25; claims may then be made for six more years.",
            "UK GDPR Article 5(1)(e); Children and Families Act 2014 ss.37 and 46; Limitation Act 1980 ss.2, 9 and 28; "
            "IRMS Toolkit for Schools (date of birth plus 31 years)",
            31,
            "A plan may last to the 25th birthday, and claims about it may be made for six more years (Limitation Act "
            "1980 ss.2 and 9).",
        ),
        Rule(
            WITHOUT_PLAN,
            "The record of a child or young person who never had a plan",
            "{} after the last entry of their case, and at least until the 24th birthday",
            6,
            "Claims may be made for six years, which for a child begin on the 18th birthday.",
            "UK GDPR Article 5(1)(e); Limitation Act 1980 ss.2, 9 and 28(1)",
            6,
            "Claims may be made for six years (Limitation Act 1980 ss.2 and 9), for a child from the 18th birthday.",
        ),
        Rule(
            ACCOUNT,
            "The account of somebody who holds no role any more",
            "{} after the last role ended",
            2,
            "So that questions about what they did can be asked of them; their name stays in the trails.",
            "UK GDPR Article 5(1)(e)",
            1,
            "No law sets a period; a year leaves time to ask about what they did.",
        ),
    )
}
LIMITATION_ENDS = 24  # the birthday: 18 and six years, Limitation Act 1980 s.28(1)


@dataclass(frozen=True)
class Record:
    """What the rules ask of a child's record. last_entry_on: of any of their cases; None: there never was a case.

    added_on stands in for the last entry then.
    """

    born_on: date
    added_on: date
    had_plan: bool
    has_open_case: bool
    last_entry_on: date | None = None


@dataclass(frozen=True)
class Account:
    """What the rules ask of an account. last_role_ended_on: None while a role runs or will."""

    last_role_ended_on: date | None


@dataclass(frozen=True)
class Due:
    """From which day a record may be removed, by which rule, and how that was counted."""

    rule: Rule
    on: date
    because: str


def check_period(key: str, years: int) -> None:
    """Raise ValueError, with a sentence, for a period that an area may not set for a rule."""
    rule = RULES.get(key)
    if rule is None:
        raise ValueError("There is no such rule of retention.")
    if years < rule.least:
        raise ValueError(f"It cannot be shorter than {rule.lasting(rule.least)}. {rule.because_least}")
    if years > MOST_YEARS:
        raise ValueError(f"{MOST_YEARS} years is the most. What must stay for ever belongs in an archive.")


def _years_of(rule: Rule, own: Mapping[str, int]) -> int:
    return max(own.get(rule.key, rule.years), rule.least)


def record_due(record: Record, own: Mapping[str, int] = MappingProxyType({})) -> Due | None:
    """From when a child's record may be removed; None while a case is open, whatever the age.

    own: the area's own years by rule, never less than the rule's `least`. Source: `RULES`; the reading that nothing is
    removed while a case runs is our own, on the side of care.
    """
    if record.has_open_case:
        return None
    if record.had_plan:
        rule = RULES[WITH_PLAN]
        return Due(
            rule,
            birthday(record.born_on, _years_of(rule, own)),
            f"Had a plan; the birthday is {record.born_on:%-d %B}.",
        )
    rule = RULES[WITHOUT_PLAN]
    last = record.last_entry_on or record.added_on
    by_entry, by_age = birthday(last, _years_of(rule, own)), birthday(record.born_on, LIMITATION_ENDS)
    said = f"The last entry is of {last:%-d %B %Y}" if record.last_entry_on else f"Added on {last:%-d %B %Y}"
    if by_age > by_entry:
        return Due(rule, by_age, f"{said}; the 24th birthday comes later.")
    return Due(rule, by_entry, f"{said}; no plan.")


def account_due(account: Account, own: Mapping[str, int] = MappingProxyType({})) -> Due | None:
    """From when an account may be taken away; None while a role runs."""
    if account.last_role_ended_on is None:
        return None
    rule = RULES[ACCOUNT]
    ended = account.last_role_ended_on
    return Due(rule, birthday(ended, _years_of(rule, own)), f"The last role ended on {ended:%-d %B %Y}.")
