"""Grades, when two of them are too far apart, and how far judges agree with each other and with the wording check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

WHOLE = "whole"
APART = 1  # grades may differ by one; more goes to moderation


class Grade(IntEnum):
    """How good a section, or a whole plan, is: in the words that inspectors and auditors use."""

    INADEQUATE = 1
    NEEDS_WORK = 2
    GOOD = 3
    OUTSTANDING = 4

    @property
    def words(self) -> str:
        """As the page says it."""
        return {1: "Inadequate", 2: "Requires improvement", 3: "Good", 4: "Outstanding"}[self.value]


@dataclass(frozen=True)
class Pair:
    """The grades of the two auditors for one section."""

    first: Grade
    second: Grade

    @property
    def apart(self) -> int:
        """How many grades apart."""
        return abs(self.first - self.second)


def needs_moderation(pairs: Mapping[str, Pair]) -> list[str]:
    """The sections whose two grades are more than one apart; a moderator must settle these."""
    return [section for section, pair in pairs.items() if pair.apart > APART]


def agreed_grade(pair: Pair, moderated: Grade | None = None) -> Grade | None:
    """The grade that counts: the moderator's; else the lower of two that are close; None while they are far apart.

    The lower one, since a section that one careful reader finds weak cannot be relied on.
    """
    if moderated is not None:
        return moderated
    return None if pair.apart > APART else min(pair.first, pair.second)


def weighted_kappa(pairs: Sequence[Pair]) -> float | None:
    """Agreement beyond chance with linear weights (Cohen 1968), 1 is perfect; None for fewer than two pairs, or when
    both judges gave one grade throughout, where chance and agreement cannot be told apart.
    """
    if len(pairs) < 2:  # noqa: PLR2004
        return None
    levels = [grade.value for grade in Grade]
    span = max(levels) - min(levels)
    seen = sum(pair.apart for pair in pairs) / (span * len(pairs))
    first = {level: sum(pair.first == level for pair in pairs) / len(pairs) for level in levels}
    second = {level: sum(pair.second == level for pair in pairs) / len(pairs) for level in levels}
    chance = sum(first[a] * second[b] * abs(a - b) / span for a in levels for b in levels)
    return None if chance == 0 else 1 - seen / chance


@dataclass(frozen=True)
class Compared:
    """Sections as people and the wording check see them. A section is weak for people below Good."""

    both: tuple[str, ...]
    people_only: tuple[str, ...]
    machine_only: tuple[str, ...]
    neither: tuple[str, ...]


def compare(grades: Mapping[str, Grade], found_in: Iterable[str]) -> Compared:
    """Where people and the check agree. This measures the check as much as the plan.

    grades: the agreed grade by section. found_in: sections with a finding that is a blocker or major.
    """
    spoken = set(found_in)
    weak = {section for section, grade in grades.items() if grade < Grade.GOOD and section != WHOLE}
    known = [section for section in grades if section != WHOLE]
    return Compared(
        both=tuple(s for s in known if s in weak and s in spoken),
        people_only=tuple(s for s in known if s in weak and s not in spoken),
        machine_only=tuple(s for s in known if s not in weak and s in spoken),
        neither=tuple(s for s in known if s not in weak and s not in spoken),
    )
