"""What can be worked out from a table with gaps, and the cheapest further gaps that stop it.

A table with its totals is a circulation: each cell carries its count from its row to its column, each row total from
the totals column to its row, each column total from its column to the totals row, the grand total from the totals row
to the totals column; what flows into a node flows out of it. A shown figure is fixed, a hidden one is free but not
below nought. So a hidden figure can be larger (or smaller) than it is exactly when there is a cycle of hidden figures
that can be changed together, and it can be worked out exactly when there is none: Gusfield, "A graph theoretic approach
to statistical data security", SIAM Journal on Computing 17(3), 1988. Because flows through a network with whole counts
have whole extremes, this finds every value that adding, taking away and "not below nought" can find.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

Node = Hashable


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell or a total: a count that flows from `tail` to `head`; `cost` is the loss when it must be hidden."""

    tail: Node
    head: Node
    count: int
    cost: int


@dataclass(frozen=True, slots=True)
class _Move:
    """Passing a unit along a figure: it grows by one in its own direction and shrinks by one against it."""

    figure: int
    towards: Node


class Circulation:
    """Figures joined by their totals. Figures are known by their position."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = tuple(figures)
        self._moves: dict[Node, list[_Move]] = {}
        for index, figure in enumerate(self.figures):
            self._moves.setdefault(figure.tail, []).append(_Move(index, figure.head))
            self._moves.setdefault(figure.head, [])
            if figure.count > 0:
                self._moves[figure.head].append(_Move(index, figure.tail))

    def protect(self, index: int, hidden: Collection[int]) -> frozenset[int]:
        """Further figures to hide, at the least cost, so that figure `index` cannot be worked out exactly.

        Empty when those in `hidden` do it already; that stays so, whatever else is hidden later. Raises ValueError
        when no cycle runs through the figure at all.
        """
        figure = self.figures[index]
        found = [self._cheapest_path(figure.head, figure.tail, index, hidden)]
        if figure.count > 0:
            found.append(self._cheapest_path(figure.tail, figure.head, index, hidden))
        cycles = [cycle for cycle in found if cycle is not None]
        if not cycles:
            raise ValueError("No further gap can protect this figure.")
        return frozenset(min(cycles)[-1]) - frozenset(hidden)

    def _cheapest_path(
        self, start: Node, end: Node, without: int, hidden: Collection[int]
    ) -> tuple[int, int, tuple[int, ...]] | None:
        """Cost, length and figures of the cheapest path; ties go to the shorter and then to the earlier figures."""
        queue: list[tuple[int, int, tuple[int, ...], Node]] = [(0, 0, (), start)]
        done: set[Node] = set()
        while queue:
            cost, length, path, node = heapq.heappop(queue)
            if node == end:
                return cost, length, path
            if node in done:
                continue
            done.add(node)
            for move in self._moves[node]:
                if move.figure != without and move.towards not in done:
                    more = 0 if move.figure in hidden else self.figures[move.figure].cost
                    heapq.heappush(queue, (cost + more, length + 1, (*path, move.figure), move.towards))
        return None
