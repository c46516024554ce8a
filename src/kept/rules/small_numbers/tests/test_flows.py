"""What noughts fix: a ring of gaps along which nothing can move, because a nought cannot shrink."""

import pytest

from kept.rules.small_numbers.flows import Circulation, Figure


def ring(*counts):
    """Six gaps in a ring, rows a, b and c by columns 1, 2 and 3, and a dear seventh that would open it."""
    ends = [("a", 1), ("a", 2), ("b", 2), ("b", 3), ("c", 3), ("c", 1), ("a", 3)]
    return Circulation([Figure(row, column, n, n + 1) for (row, column), n in zip(ends, [*counts, 40], strict=True)])


def test_a_ring_that_can_turn_either_way_needs_no_further_gap():
    assert ring(9, 9, 9, 9, 9, 9).protect(0, range(6)) == frozenset()


def test_a_nought_that_can_grow_is_safe():
    assert ring(0, 9, 0, 9, 0, 9).protect(0, range(6)) == frozenset()


def test_two_noughts_that_would_have_to_shrink_block_a_ring():
    assert ring(0, 9, 9, 0, 9, 9).protect(0, range(6)) == {6}
    assert ring(0, 9, 9, 0, 9, 9).protect(3, range(6)) == {6}


def test_a_figure_on_no_ring_cannot_be_protected():
    with pytest.raises(ValueError, match="No further gap"):
        Circulation([Figure("a", 1, 3, 4), Figure("b", 1, 9, 10)]).protect(0, {0})
