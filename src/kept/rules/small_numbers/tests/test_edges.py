"""Small numbers at their edges: rounding, the last row and column, and what is done when nothing is safe."""

import pytest

from kept.rules.small_numbers import Hidden, Shown, filtered, one_way, percentage, percentages, tables, two_way
from kept.rules.small_numbers.flows import Figure
from kept.rules.small_numbers.tests.test_two_way import printed


@pytest.mark.parametrize(
    ("part", "base", "whole"), [(504, 1000, 50), (505, 1000, 51), (494, 1000, 49), (495, 1000, 50), (6, 1000, 1)]
)
def test_a_percentage_is_rounded_at_the_half(part, base, whole):
    assert percentage(part, base) == Shown(whole)


def test_a_count_of_one_may_shrink_as_well_so_no_more_is_hidden_than_needed():
    assert printed(two_way([[0, 20, 1], [0, 0, 0], [0, 6, 20]])) == ["c 20 c c", "c c c c", "c c 20 26", "c 26 c 47"]


def test_the_last_row_of_a_column_counts_towards_what_is_known_of_its_gaps():
    assert printed(two_way([[3, 10, 20], [30, 30, 7], [12, 9, 8]])) == [
        "c c 20 33",
        "30 30 7 67",
        "c c 8 29",
        "45 49 35 129",
    ]


def test_a_group_that_all_gave_the_last_answer_is_hidden_without_its_total():
    assert printed(two_way([[20, 1, 0], [1, 0, 0], [0, 0, 20]]))[2] == "c c c c"


def test_two_answers_are_enough_for_a_group_to_be_all_of_one_mind():
    assert printed(two_way([[3, 1], [8, 0], [8, 3]])) == ["c c c", "c c c", "c c 11", "c c 23"]


def test_a_share_among_one_answer_only_is_hidden():
    assert percentages([12]) == (Hidden(),)


def test_what_is_published_already_is_never_hidden_again():
    """A lone row of which all but one figure stand in print: the gap cannot be protected, so nobody is answered."""
    figures = (Figure("group", "answers", 3, 4), Figure("group", "answers", 20, 21), Figure("answers", "group", 23, 99))
    layout = tables._Layout(figures, (((0, 1), 2),), ((0, 1),))
    with pytest.raises(ValueError, match=r"^What is already published gives this table away\.$"):
        tables._gaps(layout, fixed=frozenset({1, 2}))
    assert tables._gaps(layout, fixed=frozenset({2})) == {0, 1}


def test_a_filter_with_no_safe_answer_shows_nothing(monkeypatch):
    """No such table was found by trying thousands; should there be one, all of it is hidden."""

    def unsafe(*args, **more):
        raise ValueError("What is already published gives this table away.")

    before = one_way([31, 20, 15])
    monkeypatch.setattr(tables, "one_way", lambda counts: before)
    monkeypatch.setattr(tables, "_gaps", unsafe)
    row = filtered([31, 20, 15], [25, 10, 8])
    assert (row.cells, row.total) == ((Hidden(),) * 3, Hidden())


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda: two_way([]), "A table needs at least one row."),
        (lambda: two_way([[1, 2], [3]]), "Every row of a table has the same columns."),
        (
            lambda: filtered([5, 6], [6, 6]),
            "A filtered table must have the categories of the whole, and no more people in any of them.",
        ),
    ],
)
def test_a_refusal_is_a_whole_sentence(act, sentence):
    with pytest.raises(ValueError, match=r"[.]$") as refused:
        act()
    assert str(refused.value) == sentence
