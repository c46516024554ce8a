"""One measure split into groups, as it may be shown: nothing small can be read, nor worked out from other figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kept.access.models import Area
from kept.measures.catalogue import COUNT, DAYS, Definition
from kept.measures.computing import month_after
from kept.measures.queries import YEAR, Period, group_in_words, months_each, values_of
from kept.rules import small_numbers
from kept.rules.small_numbers.facts import HIDDEN_MARK, SMALLEST_PERCENTAGE_BASE


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of a split over the last twelve months and the twelve before, as it may be shown."""

    name: str
    base: str
    hits: str
    share: str


def tells_splits(one: Definition, *, whole: bool) -> bool:
    """Whether groups of a measure may be told: of a part of another measure they would tell those of the rest."""
    return one.has_splits and (whole or not (one.part_of or one.within))


def has_gaps(one: Definition, found: Sequence[Period]) -> bool:
    """Whether the last twelve months cannot be added up from the figures that are shown."""
    if not found or one.unit == DAYS:
        return True
    since = month_after(found[-1].starts, months_each(found) - YEAR)
    return any(period.numerator == HIDDEN_MARK for period in found if period.starts >= since)


def groups_of(area: Area, one: Definition, split: str, *, whole: bool, gaps: bool = True) -> list[Group]:
    """One split over the last twelve months, protected as one table: nothing small can be read or worked out.

    gaps: some of the months are hidden. The groups must not add up to the year then: less the months that are shown,
    that would tell the hidden ones.
    """
    values = values_of(area, one.code, split=split) if tells_splits(one, whole=whole) else []
    if not values:
        return []
    last = max(value.month for value in values)
    first = last if one.stock else month_after(last, 1 - YEAR)
    totals: dict[str, list[int]] = {}
    for value in values:
        if value.month >= first:
            sums = totals.setdefault(value.group, [0, 0, 0])
            sums[0] += value.numerator
            sums[1] += value.denominator
            sums[2] = max(sums[2], value.children or 0)
    totals = {group_in_words(split, name): sums for name, sums in totals.items()}
    names = sorted(totals)
    if whole:
        return [_whole_group(name, *totals[name][:2]) for name in names]
    if one.is_weighted:
        return _weighted_groups(names, totals)
    if one.unit == COUNT and not one.stock:
        cells = small_numbers.one_way([totals[name][0] for name in names]).cells
        shown = [
            Group(name=name, base=cell.text, hits=cell.text, share="") for name, cell in zip(names, cells, strict=True)
        ]
    else:
        table = small_numbers.two_way([[totals[name][0], totals[name][1] - totals[name][0]] for name in names])
        shown = [
            _public_group(name, *totals[name][:2], hit=row[0], base=total)
            for name, row, total in zip(names, table.cells, table.row_totals, strict=True)
        ]
    return _that_do_not_add_up(shown, totals) if gaps and not one.stock else shown


def _that_do_not_add_up(shown: list[Group], totals: dict[str, list[int]]) -> list[Group]:
    """The same with one group hidden, the smallest, where all were shown: see `groups_of`."""
    if any(HIDDEN_MARK in {group.base, group.hits} for group in shown):
        return shown
    smallest = min(shown, key=lambda group: (totals[group.name][1], totals[group.name][0], group.name))
    gone = replace(smallest, base=HIDDEN_MARK, hits=HIDDEN_MARK, share=HIDDEN_MARK if smallest.share else "")
    return [gone if group is smallest else group for group in shown]


def _weighted_groups(names: Sequence[str], totals: dict[str, list[int]]) -> list[Group]:
    """Shares of groups of thirty children or more. Their minutes are not told, so that none is the rest of others."""
    shown = []
    for name in names:
        hits, base, children = totals[name]
        tells = base and children >= SMALLEST_PERCENTAGE_BASE and hits not in {0, base}
        shown.append(Group(name=name, base="", hits="", share=f"{round(100 * hits / base)}%" if tells else "c"))
    return shown


def _whole_group(name: str, hits: int, base: int) -> Group:
    return Group(
        name=name, base=f"{base:,}", hits=f"{hits:,}", share=f"{100 * hits / base:.0f}%" if base else "No figure"
    )


def _public_group(name: str, hits: int, total: int, *, hit: small_numbers.Cell, base: small_numbers.Cell) -> Group:
    if not isinstance(hit, small_numbers.Shown) or not isinstance(base, small_numbers.Shown):
        return Group(name=name, base=base.text, hits="c", share="c")
    share = small_numbers.percentage(hits, total)
    words = f"{share.text}%" if isinstance(share, small_numbers.Shown) else "c"
    return Group(name=name, base=base.text, hits=hit.text, share=words)
