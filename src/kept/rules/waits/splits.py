"""Waits by group: district, deprivation, ethnicity, sex, year group, home language. Small groups are not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .simulate.outputs import Chance, wilson
from .survival import End, kaplan_meier, percentile

FEWEST_SHOWN = 10


@dataclass(frozen=True)
class GroupWaits:
    """One group; None in every figure when it has fewer than ten children. Weeks; None also = not reached yet."""

    group: str
    children: int | None
    median: float | None
    p92: float | None
    in_time: Chance | None


def waits_by_group(entries: Iterable[tuple[str, float, End]], within: float) -> list[GroupWaits]:
    """Median and 92nd percentile (Kaplan-Meier) and the share seen within so many weeks, by group.

    The share leaves out children whose wait is not yet that long and who are not seen. Entries are (group, weeks, end).
    A table shown to the public needs secondary suppression as well: see kept.rules.small_numbers.
    """
    groups: dict[str, list[tuple[float, End]]] = defaultdict(list)
    for group, weeks, end in entries:
        groups[group].append((weeks, end))
    return [_one(group, waits, within) for group, waits in sorted(groups.items())]


def _one(group: str, waits: list[tuple[float, End]], within: float) -> GroupWaits:
    if len(waits) < FEWEST_SHOWN:
        return GroupWaits(group, None, None, None, None)
    steps = kaplan_meier(waits)
    good = sum(end is End.SEEN and weeks <= within for weeks, end in waits)
    late = sum(weeks > within for weeks, _ in waits)
    known = wilson(good, good + late) if good + late >= FEWEST_SHOWN else None
    return GroupWaits(group, len(waits), percentile(steps, 0.5)[0], percentile(steps, 0.92)[0], known)
