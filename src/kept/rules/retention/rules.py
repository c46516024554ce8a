"""The retention rules, and what they say of one record. No law names a period for the whole of an EHC record.

The UK GDPR says no longer than is needed (Article 5(1)(e)); what is needed is read from how long somebody may still
claim. These are the usual periods of councils' schedules, marked "secondary": an area’s own schedule decides,
and whoever reviews a record can keep it longer, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kept.rules.ages.ages import birthday

WITH_PLAN, WITHOUT_PLAN, ACCOUNT = "child.with_plan", "child.without_plan", "account"


@dataclass(frozen=True)
class Rule:
    """One rule: what it is about, how long in words, from what it is counted, and its authority."""

    key: str
    about: str
    how_long: str
    years: int
    why: str
    authority: str
    mark: str = "secondary"


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            WITH_PLAN,
            "The record of a child or young person who had an education, health and care plan",
            "until the 31st birthday",
            31,
            "A plan may last to 25; claims may then be made for six more years.",
            "UK GDPR Article 5(1)(e); Children and Families Act 2014 ss.37 and 46; Limitation Act 1980 ss.2, 9 and 28; "
            "IRMS Toolkit for Schools (date of birth plus 31 years)",
        ),
        Rule(
            WITHOUT_PLAN,
            "The record of a child or young person who never had a plan",
            "6 years after the last entry of their case, and at least until the 24th birthday",
            6,
            "Claims may be made for six years, which for a child begin on the 18th birthday.",
            "UK GDPR Article 5(1)(e); Limitation Act 1980 ss.2, 9 and 28(1)",
        ),
        Rule(
            ACCOUNT,
            "The account of somebody who holds no role any more",
            "2 years after the last role ended",
            2,
            "So that questions about what they did can be asked of them; their name stays in the trails.",
            "UK GDPR Article 5(1)(e)",
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


def record_due(record: Record) -> Due | None:
    """From when a child's record may be removed; None while a case is open, whatever the age.

    Source: `RULES`; the reading that nothing is removed while a case runs is our own, on the side of care.
    """
    if record.has_open_case:
        return None
    if record.had_plan:
        rule = RULES[WITH_PLAN]
        return Due(rule, birthday(record.born_on, rule.years), f"Had a plan; the birthday is {record.born_on:%-d %B}.")
    rule = RULES[WITHOUT_PLAN]
    last = record.last_entry_on or record.added_on
    by_entry, by_age = birthday(last, rule.years), birthday(record.born_on, LIMITATION_ENDS)
    said = f"The last entry is of {last:%-d %B %Y}" if record.last_entry_on else f"Added on {last:%-d %B %Y}"
    if by_age > by_entry:
        return Due(rule, by_age, f"{said}; the 24th birthday comes later.")
    return Due(rule, by_entry, f"{said}; no plan.")


def account_due(account: Account) -> Due | None:
    """From when an account may be taken away; None while a role runs."""
    if account.last_role_ended_on is None:
        return None
    rule = RULES[ACCOUNT]
    ended = account.last_role_ended_on
    return Due(rule, birthday(ended, rule.years), f"The last role ended on {ended:%-d %B %Y}.")
