"""Auditing plans: a fair sample that can be drawn again, words without names, and how far judges agree. Pure."""

from kept.rules.quality.agreement import Compared, Grade, Pair, agreed_grade, compare, needs_moderation, weighted_kappa
from kept.rules.quality.pairing import Auditor, NotEnough, Seating, seat_all
from kept.rules.quality.redaction import Names, left_over, redact
from kept.rules.quality.sampling import Item, Stratum, draw

__all__ = [
    "Auditor",
    "Compared",
    "Grade",
    "Item",
    "Names",
    "NotEnough",
    "Pair",
    "Seating",
    "Stratum",
    "agreed_grade",
    "compare",
    "draw",
    "left_over",
    "needs_moderation",
    "redact",
    "seat_all",
    "weighted_kappa",
]
