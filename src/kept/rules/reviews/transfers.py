"""Who changes phase when, as far as a date of birth can tell. An officer confirms: children are taught out of year too.

Source of the limits: SEND Regulations 2014 reg 18. Infant to junior and first to middle transfers depend on the school
and cannot be read from an age; an officer records those by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kept.rules.ages import curriculum_year, school_year

SEPTEMBER = 9


@dataclass(frozen=True)
class Transfer:
    """A change of phase to come. kind: as the event `phase_transfer` names it."""

    kind: str
    words: str
    on: date


# The curriculum year that ends, the kind of the law's event, and the words.
TRANSFERS: dict[int, tuple[str, str]] = {
    -1: ("other", "Starts school"),
    6: ("other", "Primary to secondary school"),
    11: ("secondary_to_post16", "Secondary school to post-16"),
}
YEARS_AHEAD = 2


def next_transfer(born_on: date, today: date) -> Transfer | None:
    """The change of phase in one of the next two Septembers, for somebody taught with their age group; else None."""
    year = school_year(today)
    for ahead in range(YEARS_AHEAD):
        during = date(year + ahead, SEPTEMBER, 1)
        known = TRANSFERS.get(curriculum_year(born_on, during))
        if known:
            return Transfer(known[0], known[1], date(year + ahead + 1, SEPTEMBER, 1))
    return None
