"""Figures about few people: what may be published, and what must be hidden so that nobody can be recognised.

The same rules hold on pages, in exports, behind filters and on maps.
"""

from kept.rules.small_numbers.facts import Banded, Cell, Figure, Hidden, Reason, Row, Shown, Table
from kept.rules.small_numbers.percentages import percentage, percentages
from kept.rules.small_numbers.tables import count, filtered, fine_breakdown, one_way, two_traits, two_way

__all__ = [
    "Banded",
    "Cell",
    "Figure",
    "Hidden",
    "Reason",
    "Row",
    "Shown",
    "Table",
    "count",
    "filtered",
    "fine_breakdown",
    "one_way",
    "percentage",
    "percentages",
    "two_traits",
    "two_way",
]
