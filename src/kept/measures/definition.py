"""What a measure is: what it counts, which way is better, what keeps it honest, and where its rows come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kept.rules.spc import Direction

UP, DOWN, NEUTRAL = Direction.INCREASE, Direction.DECREASE, Direction.NEUTRAL
SHARE, COUNT, DAYS = "%", "children", "days"
LAW = {"statutory": True, "better_off": True}
CHILDREN = "children"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One version of a measure. `query` gives its rows; without one, `waits_for` says whose records are missing.

    adds_up: what the numerator and the denominator are made of; anything but children means that a row may add more
    than one. about: what one row is about; anything but a child has no splits, and nobody to protect.
    is_whole: it says something of all together only, so there are no splits.
    part_of: the measure whose rows these are some of (plans without an exception, advice of one body): its counts
    beside those of the whole would tell the rest. within: the measure among whose counted children these are (more than
    30 weeks, of more than 20): the difference would tell those between.
    """

    code: str
    title: str
    numerator: str
    denominator: str
    direction: Direction
    exclusions: str = "None."
    unit: str = SHARE
    query: str = ""
    waits_for: str = ""
    counter: tuple[str, ...] = ()
    better_off: bool = False
    statutory: bool = False
    stock: bool = False
    since: str = "2014-09"
    version: int = 1
    trap: str = ""
    adds_up: str = CHILDREN
    about: str = "child"
    by_half_term: bool = False
    is_whole: bool = False
    part_of: str = ""
    within: str = ""

    @property
    def is_computed(self) -> bool:
        """Whether there are records to compute it from."""
        return bool(self.query)

    @property
    def is_weighted(self) -> bool:
        """Whether a row may add more than one, such as its minutes."""
        return self.adds_up != CHILDREN and self.is_about_people

    @property
    def is_about_people(self) -> bool:
        """Whether its rows are about children, so that small figures are hidden and there are splits."""
        return self.about == "child"

    @property
    def has_ceiling(self) -> bool:
        """Whether nothing above all can be counted: not so for money, which may be overspent or overpaid."""
        return not self.is_whole

    @property
    def has_splits(self) -> bool:
        """Whether it can be told for groups of children."""
        return self.is_about_people and not self.is_whole

    @property
    def query_version(self) -> str:
        """The definition's version and a mark of its query: another query is another version."""
        return f"{self.code}.{self.version}-{hashlib.sha256(self.query.encode()).hexdigest()[:8]}"


def define(code: str, title: str, numerator: str, denominator: str, direction: Direction, **more: object) -> Definition:
    """A definition, with what every one has in order."""
    return Definition(code=code, title=title, numerator=numerator, denominator=denominator, direction=direction, **more)  # type: ignore[arg-type]
