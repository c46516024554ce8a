"""Counts, one-way tables, filters and percentages: the published examples, and that nothing can be worked out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.small_numbers import (
    Banded,
    Hidden,
    Reason,
    Shown,
    count,
    filtered,
    fine_breakdown,
    one_way,
    percentage,
    percentages,
    two_way,
)
from kept.rules.small_numbers.tests.working_out import by_equations, by_trial, grid_of_row

small = st.integers(0, 9) | st.integers(0, 60)


def printed(row):
    return " ".join(cell.text for cell in (*row.cells, row.total))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([6, 4], "c c 10"),
        ([12, 8], "12 8 20"),
        ([6, 25], "6 25 31"),
        ([6, 19, 6], "6 19 6 31"),
        ([5, 20, 6], "c 20 c 31"),
        ([20, 0], "c c 20"),
        ([0, 1, 29], "c c c 30"),
        ([0, 6, 20], "c c 20 26"),
        ([2, 2, 20, 9], "c c 20 c 33"),
        ([3, 3, 20, 9], "c c 20 9 35"),
        ([7, 5, 7, 30], "c c 7 30 49"),
        ([2, 1], "c c c"),
        ([0, 0], "c c c"),
        ([3], "c c"),
        ([1200], "1,200 1,200"),
    ],
)
def test_one_way_tables(counts, words):
    assert printed(one_way(counts)) == words


@settings(max_examples=200, deadline=None)
@given(st.lists(small, min_size=1, max_size=7))
def test_no_gap_of_a_one_way_table_can_be_filled(counts):
    row = one_way(counts)
    numbers, gaps, equations = grid_of_row(counts, row)
    assert all(gap or number >= 6 for number, gap in zip(numbers, gaps, strict=True))
    assert by_equations(gaps, equations) == []
    assert by_trial(numbers, gaps, equations) == []
    hidden = [number for number, gap in zip(counts, gaps, strict=False) if gap]
    if hidden and not gaps[-1]:
        assert sum(hidden) >= 6
    assert one_way(counts) == row


@given(st.lists(st.integers(6, 60), min_size=2, max_size=7))
def test_nothing_is_hidden_without_need(counts):
    assert not any(isinstance(cell, Hidden) for cell in one_way(counts).cells)


def test_a_lone_count():
    assert count(6) == Shown(6)
    assert count(5) == Hidden()
    assert count(0) == Hidden()


def test_a_fine_breakdown_is_shown_whole_or_not_at_all():
    assert printed(fine_breakdown([10, 12])) == "10 12 22"
    hidden = fine_breakdown([9, 12])
    assert hidden.cells == (Hidden(Reason.FINE_BREAKDOWN),) * 2
    assert hidden.total == Shown(21)
    assert fine_breakdown([2, 1]).total == Hidden()


@pytest.mark.parametrize(
    ("whole", "part", "words"),
    [
        ([31, 20, 15], [25, 10, 8], "25 10 8 43"),
        ([31, 20, 15], [30, 10, 8], "c 10 c 48"),
        ([31, 20, 15], [31, 20, 15], "c c c c"),
        ([30], [27], "c c"),
        ([30], [12], "12 12"),
        ([20, 3], [10, 1], "c c 11"),
        ([2, 8, 1], [1, 7, 1], "c 7 c c"),
    ],
)
def test_a_filter_beside_its_whole(whole, part, words):
    assert printed(filtered(whole, part)) == words


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(small, small), min_size=1, max_size=4))
def test_no_one_left_out_by_a_filter_can_be_worked_out(pairs):
    part, rest = [a for a, _ in pairs], [b for _, b in pairs]
    whole = [a + b for a, b in pairs]
    shown, before = filtered(whole, part), one_way(whole)
    width = len(pairs) + 1
    numbers = [*part, sum(part), *rest, sum(rest), *whole, sum(whole)]
    printed_gaps = [isinstance(cell, Hidden) for row in (shown, before) for cell in (*row.cells, row.total)]
    gaps = [*printed_gaps[:width], *([True] * width), *printed_gaps[width:]]
    equations = []
    for line in range(3):
        equations.append([(-1 if j == width - 1 else 1) if k == line else 0 for k in range(3) for j in range(width)])
    for j in range(width):
        equations.append([(1, 1, -1)[k] if m == j else 0 for k in range(3) for m in range(width)])
    given_away = set(by_trial(numbers, gaps, equations))
    assert not [i for i in given_away if numbers[i] < 6]
    assert not given_away & {i for i, gap in enumerate(printed_gaps[:width]) if gap}


@pytest.mark.parametrize(
    ("part", "base", "figure"),
    [
        (15, 30, Shown(50)),
        (10, 29, Banded(6, 10)),
        (11, 29, Banded(11, 15)),
        (23, 29, Banded(21, 29)),
        (24, 29, Hidden()),
        (5, 100, Hidden()),
        (95, 100, Hidden()),
        (94, 100, Shown(94)),
        (40, 40, Hidden()),
        (0, 40, Hidden()),
        (1, 3, Hidden()),
        (25, 200, Shown(13)),
    ],
)
def test_percentages_of_a_base(part, base, figure):
    assert percentage(part, base) == figure


def test_percentages_have_the_gaps_of_the_counts():
    assert percentages([5, 20, 6]) == (Hidden(), Shown(65), Hidden())
    assert percentages([10, 8]) == (Banded(6, 10), Banded(6, 10))
    assert percentages([40]) == (Hidden(),)
    assert Banded(6, 10).text == "6 to 10"
    assert Shown(12.5).text == "12.5"


@settings(max_examples=100, deadline=None)
@given(st.lists(small, min_size=2, max_size=6))
def test_a_share_is_hidden_wherever_its_count_is(counts):
    cells = one_way(counts).cells
    shares = percentages(counts)
    assert [isinstance(c, Hidden) for c in cells] == [isinstance(s, Hidden) for s in shares]
    if sum(counts) < 30:
        assert not any(isinstance(share, Shown) for share in shares)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: one_way([]), "at least one category"),
        (lambda: one_way([3, -1]), "nought or more"),
        (lambda: two_way([]), "at least one row"),
        (lambda: two_way([[1, 2], [3]]), "same columns"),
        (lambda: filtered([5, 6], [6, 6]), "no more people"),
        (lambda: filtered([5, 6], [5]), "categories of the whole"),
        (lambda: percentage(5, 4), "5 of 4"),
        (lambda: count(-1), "nought or more"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(act, words):
    with pytest.raises(ValueError, match=words):
        act()


def test_a_gap_never_says_which_kind_it_is():
    cells = one_way([0, 6, 20]).cells
    assert cells[0] == cells[1] == Hidden(Reason.SMALL_NUMBERS)
    assert one_way([20, 0]).cells == (Hidden(), Hidden())
