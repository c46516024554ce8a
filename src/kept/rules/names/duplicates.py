"""Is this child already on the record? A score with its reasons, before a new record is made.

Evidence is weighed as in Fellegi and Sunter's method: each agreement or disagreement adds points (tens of decibans of
odds), the sum becomes a likelihood. The weights are ours, set for an area of some 100,000 children, to favour asking a
worker over making a second record. The answer is a question for a person, never a merge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from kept.rules.names.distance import distance_within
from kept.rules.names.matching import best_order_free_score
from kept.rules.names.parts import name_parts, plain

LIKELY = 0.9
"""From this score on a worker must say that the child is another one before a record is made."""
POSSIBLE = 0.4
"""From this score on the record is shown as one to look at."""

_PRIOR = -7.0
_SAME_NAME = 0.97
_LIKE_NAME = 0.72
_NEAR_NAME = 0.6


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a child. Empty text and None mean "not known"; identifiers in their tidy form."""

    forenames: str
    surname: str
    other_forenames: tuple[str, ...] = ()
    former_surnames: tuple[str, ...] = ()
    birth_date: date | None = None
    postcode: str = ""
    upn: str = ""
    nhs_number: str = ""
    former_upns: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Duplicate:
    """The likelihood (0 to 1) that two records are of one child, and why, in words, strongest first."""

    score: float
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Whether the two are so alike that a second record needs a person's word."""
        return self.score >= LIKELY

    @property
    def possible(self) -> bool:
        """Whether the two are alike enough to be shown beside one another."""
        return self.score >= POSSIBLE


@dataclass(frozen=True)
class _Evidence:
    points: float
    reason: str = ""


def duplicate_score(first: Known, second: Known) -> Duplicate:
    """Weigh whether two records are of one child. Symmetric: the order of the two does not matter.

    Looks at names (short forms, former and swapped names, slips), the birth date (day and month swapped, one figure
    wrong), the postcode, UPN and NHS number. Two children of one family with one birth date are told apart by forename.
    """
    surnames = _surnames(first, second)
    forenames = _forenames(first, second)
    names = _names_swapped(first, second) or None
    evidence = [names] if names else [forenames, surnames]
    evidence += [
        _birth_dates(first.birth_date, second.birth_date),
        _postcodes(first.postcode, second.postcode),
        _identifiers("NHS number", (first.nhs_number,), (second.nhs_number,)),
        _identifiers("UPN", (first.upn, *first.former_upns), (second.upn, *second.former_upns)),
    ]
    if not names and _look_like_twins(first, second, forenames, surnames):
        evidence.append(_Evidence(-4.0, "same family and birth date but another forename: perhaps a twin"))
    total = _PRIOR + sum(item.points for item in evidence)
    ranked = sorted((item for item in evidence if item.reason), key=lambda item: (-item.points, item.reason))
    return Duplicate(round(1 / (1 + math.exp(-total)), 4), tuple(item.reason for item in ranked))


def _forenames(first: Known, second: Known) -> _Evidence:
    ours, theirs = (first.forenames, *first.other_forenames), (second.forenames, *second.other_forenames)
    best = max(_forename_likeness(one, other) for one in ours for other in theirs)
    current = _forename_likeness(first.forenames, second.forenames)
    if best >= _SAME_NAME:
        return _Evidence(3.5, "same forename" if current >= _SAME_NAME else "same forename as one also used")
    if best >= _LIKE_NAME:
        return _Evidence(2.2, "forename alike: a short form, another spelling or a slip")
    if best >= _NEAR_NAME:
        return _Evidence(0.5, "forename somewhat alike")
    return _Evidence(-3.5, "other forename" if first.forenames and second.forenames else "")


def _forename_likeness(one: str, other: str) -> float:
    """The likeness of the first forenames, or a little less that of any, since middle names are used and left out."""
    ours, theirs = name_parts(one), name_parts(other)
    if not ours or not theirs:
        return 0.0
    return max(
        best_order_free_score(ours[:1], theirs[:1]),
        best_order_free_score(("".join(ours),), ("".join(theirs),)),
        0.8 * max(best_order_free_score((one,), (other,)) for one in ours for other in theirs),
    )


def _surnames(first: Known, second: Known) -> _Evidence:
    current = _surname_likeness(first.surname, second.surname)
    if current >= _SAME_NAME:
        return _Evidence(3.0, "same surname")
    ever = max(
        _surname_likeness(one, other)
        for one in (first.surname, *first.former_surnames)
        for other in (second.surname, *second.former_surnames)
    )
    if ever >= _SAME_NAME:
        return _Evidence(2.8, "same surname as a former one")
    if ever >= _LIKE_NAME:
        return _Evidence(2.0, "surname alike: another spelling, part of it or a slip")
    return _Evidence(-1.5, "other surname" if first.surname and second.surname else "")


def _surname_likeness(one: str, other: str) -> float:
    ours, theirs = name_parts(one), name_parts(other)
    if not ours or not theirs:
        return 0.0
    whole = best_order_free_score(("".join(ours),), ("".join(theirs),))
    part = best_order_free_score(ours, theirs)
    return max(whole, part if len(ours) == len(theirs) else 0.9 * part)


def _names_swapped(first: Known, second: Known) -> _Evidence | None:
    """Forename and surname typed into one another's box."""
    straight = plain(first.forenames) == plain(second.forenames)
    crossed = plain(first.forenames) == plain(second.surname) and plain(first.surname) == plain(second.forenames)
    if straight or not crossed or not plain(first.surname) or not plain(first.forenames):
        return None
    return _Evidence(6.0, "same names with forename and surname swapped")


def _birth_dates(one: date | None, other: date | None) -> _Evidence:
    if one is None or other is None:
        return _Evidence(0.0)
    same_year, same_day = one.year == other.year, (one.day, one.month) == (other.day, other.month)
    slips = distance_within(one.strftime("%d%m%Y"), other.strftime("%d%m%Y"), 1)
    table = (
        (one == other, _Evidence(6.0, "same birth date")),
        (
            same_year and (one.day, one.month) == (other.month, other.day),
            _Evidence(4.0, "birth date with day and month swapped"),
        ),
        (slips == 1, _Evidence(3.5, "birth date with one figure different")),
        (same_day and abs(one.year - other.year) == 1, _Evidence(1.5, "birth date with the year before or after")),
        (same_year and one.month == other.month, _Evidence(-0.5, "born in the same month")),
    )
    return next((evidence for holds, evidence in table if holds), _Evidence(-5.0, "other birth date"))


def _postcodes(one: str, other: str) -> _Evidence:
    ours, theirs = ("".join(code.upper().split()) for code in (one, other))
    if not ours or not theirs:
        return _Evidence(0.0)
    if ours == theirs:
        return _Evidence(3.5, "same postcode")
    if distance_within(ours, theirs, 1) == 1:
        return _Evidence(1.5, "postcode with one letter or figure different")
    if ours[:-3] == theirs[:-3]:
        return _Evidence(0.3, "same postcode district")
    return _Evidence(-0.5)


def _identifiers(label: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> _Evidence:
    ours, theirs = (tuple("".join(code.split()).upper() for code in codes if code) for codes in (ours, theirs))
    if not ours or not theirs:
        return _Evidence(0.0)
    if set(ours) & set(theirs):
        return _Evidence(14.0, f"same {label}")
    if any(distance_within(one, other, 1) == 1 for one in ours for other in theirs):
        return _Evidence(3.0, f"{label} with one character different")
    return _Evidence(-2.5, f"other {label}")


def _look_like_twins(first: Known, second: Known, forenames: _Evidence, surnames: _Evidence) -> bool:
    same_day = first.birth_date is not None and first.birth_date == second.birth_date
    return same_day and surnames.points > 0 and forenames.points < 0
