"""What a reader with a pencil can work out from a printed table: a second way, sharing nothing with the code tested.

Unknowns are the hidden figures; every total gives one equation. `by_equations` asks whether the equations alone fix an
unknown. `by_trial` also uses that no count is below nought: it looks for another table, each figure at most one away
from the truth, that prints the same. That is enough: whole-number tables with one value free have a neighbour.
"""

from fractions import Fraction

from kept.rules.small_numbers import Hidden


def grid_of_row(counts, row):
    """A one-way table as numbers and gaps, the total last, with its one equation."""
    numbers = [*counts, sum(counts)]
    gaps = [isinstance(cell, Hidden) for cell in (*row.cells, row.total)]
    return numbers, gaps, [[*([1] * len(counts)), -1]]


def grid_of_table(rows, table):
    """A two-way table likewise: rows with their totals, then the column totals and the grand total."""
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    cells = [[*line, total] for line, total in zip(table.cells, table.row_totals, strict=True)]
    cells.append([*table.column_totals, table.total])
    high, wide = len(full), len(full[0])
    equations = []
    for i in range(high):
        equations.append([(-1 if j == wide - 1 else 1) if k == i else 0 for k in range(high) for j in range(wide)])
    for j in range(wide):
        equations.append([(-1 if k == high - 1 else 1) if m == j else 0 for k in range(high) for m in range(wide)])
    return [n for line in full for n in line], [isinstance(cell, Hidden) for line in cells for cell in line], equations


def by_equations(gaps, equations):
    """Positions of gaps that the equations alone fix."""
    unknown = [i for i, gap in enumerate(gaps) if gap]
    rows = [[Fraction(equation[i]) for i in unknown] for equation in equations]
    pivot_rows, column = [], 0
    for column in range(len(unknown)):
        pivot = next((r for r in rows if r[column] != 0), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [x / pivot[column] for x in pivot]
        rows = [[x - r[column] * p for x, p in zip(r, pivot, strict=True)] for r in rows]
        pivot_rows = [[x - r[column] * p for x, p in zip(r, pivot, strict=True)] for r in pivot_rows] + [pivot]
    return [unknown[r.index(1)] for r in pivot_rows if sum(x != 0 for x in r) == 1]


def by_trial(numbers, gaps, equations):
    """Positions of gaps that can have no other value when counts are not below nought."""
    unknown = [i for i, gap in enumerate(gaps) if gap]
    return [i for i in unknown if not any(_neighbour(i, by, numbers, unknown, equations) for by in (1, -1))]


def _neighbour(index, by, numbers, unknown, equations):
    """Whether some change of the unknowns by -1, 0 or 1, with this one changed by `by`, keeps every equation."""
    if numbers[index] + by < 0:
        return False
    order = [index, *(i for i in unknown if i != index)]
    last_use = [max((order.index(i) for i in order if e[i]), default=-1) for e in equations]
    remaining = [[sum(abs(e[i]) for i in order[depth:]) for depth in range(len(order) + 1)] for e in equations]

    def search(depth, sums):
        if any(abs(s) > remaining[k][depth] or (last_use[k] < depth and s) for k, s in enumerate(sums)):
            return False
        if depth == len(order):
            return True
        at = order[depth]
        moves = (by,) if depth == 0 else (0, 1, -1) if numbers[at] else (0, 1)
        return any(search(depth + 1, [s + e[at] * m for s, e in zip(sums, equations, strict=True)]) for m in moves)

    return search(0, [0] * len(equations))
