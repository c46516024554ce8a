"""Two-way tables: nothing hidden can be worked out, and as little is hidden as the rules allow."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.small_numbers import Hidden, Reason, Shown, two_traits, two_way
from kept.rules.small_numbers.tests.working_out import by_equations, by_trial, grid_of_table

number = st.integers(0, 9) | st.integers(0, 40)
tables = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(number, min_size=wide, max_size=wide), min_size=1, max_size=4)
)


def printed(table):
    lines = [(*row, total) for row, total in zip(table.cells, table.row_totals, strict=True)]
    lines.append((*table.column_totals, table.total))
    return [" ".join(cell.text for cell in line) for line in lines]


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_gap_can_be_filled(rows):
    table = two_way(rows)
    numbers, gaps, equations = grid_of_table(rows, table)
    assert all(gap or n >= 6 for n, gap in zip(numbers, gaps, strict=True))
    assert by_equations(gaps, equations) == []
    assert by_trial(numbers, gaps, equations) == []
    assert two_way(rows) == table


@settings(max_examples=100, deadline=None)
@given(tables)
def test_no_line_gives_away_a_sum_under_six(rows):
    table = two_way(rows)
    lines = [*zip(rows, table.cells, table.row_totals, strict=True)]
    lines += [*zip(zip(*rows, strict=True), zip(*table.cells, strict=True), table.column_totals, strict=True)]
    lines.append(([sum(row) for row in rows], table.row_totals, table.total))
    for counts, cells, total in lines:
        hidden = [n for n, cell in zip(counts, cells, strict=True) if isinstance(cell, Hidden)]
        if hidden and isinstance(total, Shown):
            assert sum(hidden) >= 6


@settings(max_examples=100, deadline=None)
@given(tables)
def test_a_group_that_all_answered_the_same_is_hidden(rows):
    for counts, cells in zip(rows, two_way(rows).cells, strict=True):
        if len(counts) > 1 and sum(n > 0 for n in counts) == 1:
            assert all(isinstance(cell, Hidden) for cell in cells)


def test_a_group_that_all_answered_the_same_is_hidden_even_without_its_total():
    table = two_way([[0, 1, 20], [0, 0, 1], [0, 20, 0]])
    assert printed(table)[2] == "c c c c"


def test_one_small_cell_costs_the_three_smallest_that_close_the_ring():
    assert printed(two_way([[3, 10, 20], [12, 9, 8], [30, 30, 7]])) == [
        "c c 20 33",
        "c c 8 29",
        "30 30 7 67",
        "45 49 35 129",
    ]


def test_a_table_without_small_cells_is_shown_whole():
    assert printed(two_way([[6, 7], [8, 9]])) == ["6 7 13", "8 9 17", "14 16 30"]


def test_a_small_group_takes_its_total_with_it():
    assert printed(two_way([[1, 2], [20, 30], [25, 35]])) == [
        "c c c",
        "c c c",
        "25 35 60",
        "46 67 113",
    ]


def test_noughts_that_add_up_to_nought_are_not_given_away():
    rows = [[0, 0, 20], [9, 8, 7]]
    table = two_way(rows)
    numbers, gaps, equations = grid_of_table(rows, table)
    assert gaps[:3] == [True] * 3
    assert by_trial(numbers, gaps, equations) == []


def test_two_traits_are_shown_whole_or_by_their_totals():
    assert printed(two_traits([[10, 11], [12, 13]])) == ["10 11 21", "12 13 25", "22 24 46"]
    table = two_traits([[9, 11], [12, 13]])
    assert printed(table) == ["c c 20", "c c 25", "21 24 45"]
    assert table.cells[0][0] == Hidden(Reason.FINE_BREAKDOWN)
    assert printed(two_traits([[2, 2], [12, 30], [3, 4]])) == ["c c c", "c c 42", "c c c", "17 36 53"]


def test_the_pencil_finds_what_it_should():
    """The check itself can fail: a lone gap, and gaps that must all be nought, are found."""
    numbers, gaps, equations = [5, 20, 6, 31], [True, False, False, False], [[1, 1, 1, -1]]
    assert by_equations(gaps, equations) == [0]
    assert by_trial(numbers, gaps, equations) == [0]
    numbers, gaps = [0, 0, 20, 20], [True, True, False, False]
    assert by_equations(gaps, equations) == []
    assert by_trial(numbers, gaps, equations) == [0, 1]
