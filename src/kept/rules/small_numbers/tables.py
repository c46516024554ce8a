"""Which figures of a table to hide, so that no small count can be read or worked out.

Rules (thresholds in `facts`): no figure under 6, noughts among them; no figure that can be worked out exactly from
the others; no group of hidden figures whose sum can be read off a row or a column and is itself under 6; no group in
which everyone gave the same answer. Further gaps fall on the smallest figures, and on totals only when nothing else
will do. Everything is deterministic: the same table always has the same gaps, so two printings cannot be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kept.rules.small_numbers.facts import (
    SMALLEST_SHOWN,
    SMALLEST_SHOWN_IN_FINE_BREAKDOWN,
    Cell,
    Hidden,
    Reason,
    Row,
    Shown,
    Table,
)
from kept.rules.small_numbers.flows import Circulation, Figure

Line = tuple[tuple[int, ...], int]
"""Positions of the figures that add up, and of their total."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table as figures and lines; the figures of a group's answers, per group."""

    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    groups: tuple[tuple[int, ...], ...]


def count(number: int) -> Cell:
    """A count that stands alone, with no table round it: hidden under 6."""
    _check([number])
    return Shown(number) if number >= SMALLEST_SHOWN else Hidden()


def one_way(counts: Sequence[int]) -> Row:
    """A group's answers with their total. Raises ValueError for no categories or a count below nought.

    31 as 5, 20 and 6 hides the 5, and the 6 because the 5 could be worked out without it.
    """
    _check(counts)
    total = sum(counts)
    dear = 2 * total + len(counts) + 2
    figures = [Figure("group", "answers", number, number + 1) for number in counts]
    figures.append(Figure("answers", "group", total, dear))
    cells = tuple(range(len(counts)))
    layout = _Layout(tuple(figures), ((cells, len(counts)),), (cells,))
    shown = _figures(layout, _gaps(layout))
    return Row(cells=shown[:-1], total=shown[-1])


def two_way(rows: Sequence[Sequence[int]]) -> Table:
    """Groups (rows) by answers (columns) with all totals. Raises ValueError for an empty or ragged table.

    For two traits of the same children, such as ethnicity by need, use `two_traits`.
    """
    width = _check_table(rows)
    layout = _table_layout(rows, width)
    return _as_table(_figures(layout, _gaps(layout)), len(rows), width)


def two_traits(rows: Sequence[Sequence[int]]) -> Table:
    """Children by two of their traits: shown whole, or, when any cell is under 10, with its totals only.

    The totals of each trait are then two one-way tables of the same children, protected as such.
    """
    width = _check_table(rows)
    if min(number for row in rows for number in row) >= SMALLEST_SHOWN_IN_FINE_BREAKDOWN:
        return two_way(rows)
    gap = Hidden(Reason.FINE_BREAKDOWN)
    by_row = one_way([sum(row) for row in rows])
    by_column = one_way([sum(column) for column in zip(*rows, strict=True)])
    return Table(
        cells=tuple((gap,) * width for _ in rows),
        row_totals=by_row.cells,
        column_totals=by_column.cells,
        total=by_row.total,
    )


def fine_breakdown(counts: Sequence[int]) -> Row:
    """A breakdown below school: shown whole, or, when any cell is under 10, not at all but for its total."""
    _check(counts)
    if min(counts) >= SMALLEST_SHOWN_IN_FINE_BREAKDOWN:
        return one_way(counts)
    return Row(cells=(Hidden(Reason.FINE_BREAKDOWN),) * len(counts), total=count(sum(counts)))


def filtered(whole: Sequence[int], part: Sequence[int]) -> Row:
    """Some of the people of a one-way table, beside that table: nothing about the rest can be worked out.

    `whole` is the table already published by `one_way`, and stays so; `part` counts the people chosen by a filter,
    category by category. The rest (whole less part) is protected like a printed row. Raises ValueError when a part is
    larger than its whole.
    """
    _check(whole)
    _check(part)
    if len(whole) != len(part) or any(some > every for some, every in zip(part, whole, strict=True)):
        raise ValueError("A filtered table must have the categories of the whole, and no more people in any of them.")
    rest = [every - some for some, every in zip(part, whole, strict=True)]
    layout = _table_layout([part, rest], len(whole))
    before = one_way(whole)
    width = len(whole) + 1
    printed = dict(enumerate((*before.cells, before.total), start=2 * width))
    published = frozenset(i for i, cell in printed.items() if isinstance(cell, Shown))
    try:
        gaps = _gaps(layout, fixed=published, hidden=frozenset(printed) - published)
    except ValueError:
        return Row(cells=(Hidden(),) * len(part), total=Hidden())
    shown = _figures(layout, gaps)
    return Row(cells=shown[: width - 1], total=shown[width - 1])


def _check(counts: Sequence[int]) -> None:
    if not counts:
        raise ValueError("A table needs at least one category.")
    if any(number < 0 or number != int(number) for number in counts):
        raise ValueError("Counts are whole numbers, nought or more.")


def _check_table(rows: Sequence[Sequence[int]]) -> int:
    """The number of columns."""
    if not rows:
        raise ValueError("A table needs at least one row.")
    for row in rows:
        _check(row)
        if len(row) != len(rows[0]):
            raise ValueError("Every row of a table has the same columns.")
    return len(rows[0])


def _table_layout(rows: Sequence[Sequence[int]], width: int) -> _Layout:
    """Figures row by row, each row followed by its total; then the column totals and the grand total."""
    height, total = len(rows), sum(map(sum, rows))
    dear = 2 * total + (height + 1) * (width + 1) + 1
    figures: list[Figure] = []
    for i, row in enumerate(rows):
        figures += [Figure(("row", i), ("column", j), number, number + 1) for j, number in enumerate(row)]
        figures.append(Figure(("column", width), ("row", i), sum(row), dear + sum(row)))
    for j in range(width):
        size = sum(row[j] for row in rows)
        figures.append(Figure(("column", j), ("row", height), size, dear + size))
    figures.append(Figure(("row", height), ("column", width), total, 2 * dear * (height + width)))
    at = [[i * (width + 1) + j for j in range(width + 1)] for i in range(height + 1)]
    lines: list[Line] = [(tuple(line[:-1]), line[-1]) for line in at]
    lines += [(tuple(line[j] for line in at[:-1]), at[-1][j]) for j in range(width + 1)]
    return _Layout(tuple(figures), tuple(lines), tuple(tuple(line[:-1]) for line in at[:-1]))


def _gaps(layout: _Layout, *, fixed: frozenset[int] = frozenset(), hidden: frozenset[int] = frozenset()) -> set[int]:
    """Positions to hide. `fixed` and `hidden` are already published and hidden; ValueError when no answer is safe."""
    never = 1 + sum(figure.cost for figure in layout.figures)
    figures = [replace(figure, cost=never) if i in fixed else figure for i, figure in enumerate(layout.figures)]
    circulation = Circulation(figures)
    gaps = {i for i, figure in enumerate(figures) if figure.count < SMALLEST_SHOWN} | hidden
    for group in layout.groups:
        if _same_answer([figures[i].count for i in group]):
            gaps.update(group)
    waiting = sorted(gaps)
    while waiting:
        more = circulation.protect(waiting.pop(0), gaps)
        gaps |= more
        waiting += sorted(more)
        if not waiting:
            more |= _thin_line(layout, gaps, fixed)
            waiting = sorted(more - gaps)
            gaps |= more
        if more & fixed:
            raise ValueError("What is already published gives this table away.")
    return gaps


def _same_answer(answers: Sequence[int]) -> bool:
    return len(answers) > 1 and sum(number > 0 for number in answers) == 1


def _thin_line(layout: _Layout, gaps: set[int], fixed: frozenset[int]) -> frozenset[int]:
    """The smallest further figure of the first line whose gaps have a known sum under 6; its total if none is left."""
    for parts, total in layout.lines:
        hidden = [i for i in parts if i in gaps]
        if total in gaps or not hidden or sum(layout.figures[i].count for i in hidden) >= SMALLEST_SHOWN:
            continue
        free = [i for i in parts if i not in gaps and i not in fixed]
        return frozenset({min(free, key=lambda i: (layout.figures[i].count, i), default=total)})
    return frozenset()


def _figures(layout: _Layout, gaps: Iterable[int]) -> tuple[Cell, ...]:
    hidden = frozenset(gaps)
    return tuple(Hidden() if i in hidden else Shown(figure.count) for i, figure in enumerate(layout.figures))


def _as_table(shown: Sequence[Cell], height: int, width: int) -> Table:
    lines = [tuple(shown[i * (width + 1) : (i + 1) * (width + 1)]) for i in range(height + 1)]
    return Table(
        cells=tuple(line[:-1] for line in lines[:-1]),
        row_totals=tuple(line[-1] for line in lines[:-1]),
        column_totals=lines[-1][:-1],
        total=lines[-1][-1],
    )
