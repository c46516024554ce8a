"""Who judges which plan: two people of two agencies and a parent carer, nobody a plan that they know, fair shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


class NotEnough(ValueError):
    """There are not enough people to judge every plan as it must be judged; the text says who is missing."""


@dataclass(frozen=True)
class Auditor:
    """Somebody who may judge. agency: who they work for; is_parent: a parent-carer representative."""

    key: str
    agency: str
    is_parent: bool = False


@dataclass(frozen=True)
class Seating:
    """The three who judge one plan."""

    first: str
    second: str
    parent: str


def seat_all(
    plans: Sequence[str], auditors: Sequence[Auditor], *, knows: Mapping[str, Collection[str]]
) -> dict[str, Seating]:
    """For each plan its three judges, the least laden first.

    knows: for each plan the keys of those who wrote it or work with the child; they never judge it. Raises NotEnough.
    """
    load: Counter[str] = Counter()
    found = {}
    # The plans that most people know are seated first: there is the least choice.
    for plan in sorted(plans, key=lambda one: (-len(knows.get(one, ())), one)):
        free = [one for one in auditors if one.key not in knows.get(plan, ())]
        found[plan] = _seat(free, load)
        load.update((found[plan].first, found[plan].second, found[plan].parent))
    return found


def _seat(free: Sequence[Auditor], load: Counter[str]) -> Seating:
    ranked = sorted(free, key=lambda one: (load[one.key], one.key))
    parent = next((one for one in ranked if one.is_parent), None)
    if parent is None:
        raise NotEnough("Choose a parent-carer representative who does not know the child.")
    staff = [one for one in ranked if not one.is_parent]
    if not staff:
        raise NotEnough("Choose auditors from two agencies.")
    first = staff[0]
    second = next((one for one in staff if one.agency != first.agency), None)
    if second is None:
        raise NotEnough("Both auditors of a plan would be of one agency. Choose somebody from another agency.")
    return Seating(first.key, second.key, parent.key)
