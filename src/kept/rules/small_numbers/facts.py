"""What a published figure may be: shown, shown as a band, or hidden. Thresholds are the project's published rules.

A hidden figure never says whether it was itself small or was hidden to protect another: telling the two apart can
give both away (of a hidden 0 and a hidden 6 that add up to 6, knowing which is the small one gives both).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SMALLEST_SHOWN = 6
SMALLEST_SHOWN_IN_FINE_BREAKDOWN = 10
SMALLEST_PERCENTAGE_BASE = 30
HIDDEN_MARK = "c"


class Reason(StrEnum):
    """Why a figure is not shown, in words for the public."""

    SMALL_NUMBERS = "Hidden so that no child or family can be recognised."
    FINE_BREAKDOWN = "This breakdown is not shown, because some groups in it are too small."


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be published."""

    value: float

    @property
    def text(self) -> str:
        """The figure as printed."""
        return f"{self.value:,g}" if self.value != int(self.value) else f"{int(self.value):,}"


@dataclass(frozen=True, slots=True)
class Banded:
    """A count known only to lie from `low` to `high`, shown where a percentage would claim too much."""

    low: int
    high: int

    @property
    def text(self) -> str:
        """The band as printed."""
        return f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure that must not be published, nor be worked out from those that are."""

    reason: Reason = Reason.SMALL_NUMBERS

    @property
    def text(self) -> str:
        """The mark printed in place of the figure; the reason belongs in the table's note."""
        return HIDDEN_MARK


Cell = Shown | Hidden
Figure = Shown | Banded | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A one-way table ready to print: a figure per category, and their total."""

    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A two-way table ready to print: rows of figures, the row and column totals and the grand total."""

    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell
