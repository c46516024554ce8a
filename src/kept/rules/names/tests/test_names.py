"""Names: spellings met in England, and properties that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.names import distance_within, name_keys, name_parts, plain, query_keys, score, sound_key

SHORT_WORDS = st.text(alphabet="abcd", max_size=7)
NAMES = st.text(max_size=40)

FOUND = [
    ("obrien", "Kayleigh O'Brien"),
    ("O Brien", "Kayleigh O’Brien"),
    ("o'brian", "Kayleigh O'Brien"),
    ("mcdonald", "Isla Mc Donald"),
    ("Mac Donald", "Isla McDonald"),
    ("macdonald", "Isla McDonald"),
    ("zoe", "Zoë Marsh"),
    ("zoë", "Zoe Marsh"),
    ("muller", "Jonas Müller"),
    ("mueller", "Jonas Müller"),
    ("lukasz", "Łukasz Nowak"),
    ("smith jones", "Tia Smith-Jones"),
    ("smithjones", "Tia Smith-Jones"),
    ("mary jane", "Maryjane Pott"),
    ("bill", "William Tidewater"),
    ("liz tide", "Elizabeth Tidewater"),
    ("mohamed", "Muhammad Farah"),
    ("yousef", "Yusuf Farah"),
    ("steven", "Stephen Sands"),
    ("Shivaun", "Siobhán Sands"),
    ("katherine", "Kathryn Reed"),
    ("catherin", "Katherine Reed"),
    ("tidewatter", "William Tidewater"),
    ("tidwater", "William Tidewater"),
    ("tidewat", "William Tidewater"),
    ("tidewater william", "William Tidewater"),
    ("TIDEWATER, William", "William Tidewater"),
    ("vandenberg", "Anke van den Berg"),
    ("van den berg", "Anke Vandenberg"),
    ("wiliam tidewater", "William Arthur Tidewater"),
    ("Иванов", "Сергей Иванов"),
    ("محمد", "محمد فرح"),
    ("Mr Farah", "Yusuf Farah"),
]


@pytest.mark.parametrize(("query", "name"), FOUND)
def test_a_name_is_found_and_scored_above_strangers(query, name):
    assert query_keys(query) & name_keys(name)
    others = ["Oscar Pebble", "Ruby Anchor", "Freya Harbour", "Tom Quayle", "Ines Lighthouse"]
    assert score(query, name) >= 0.6
    assert score(query, name) > max(score(query, other) for other in others) + 0.1


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("sam reed", "Sam Reed", "Samuel Reed"),
        ("sam reed", "Samuel Reed", "Sam Weed"),
        ("reed", "Anna Reed", "Anna Reid"),
        ("anna reed", "Anna Reed", "Reed Anna"),
        ("anna reed", "Anna Reed", "Anna Maria Reed"),
        ("jon", "Jon Marsh", "Jonathan Marsh"),
        ("jonat", "Jonathan Marsh", "Jon Marsh"),
        ("marsh", "Jon Marsh", "Jon Marshall"),
    ],
)
def test_the_closer_name_comes_first(query, better, worse):
    assert score(query, better) > score(query, worse)


@pytest.mark.parametrize(
    "group",
    [
        ("stephen", "steven", "stefan"),
        ("catherine", "kathryn", "katherine"),
        ("philip", "filip", "phillip"),
        ("reid", "reed", "read"),
        ("knight", "nite"),
        ("wright", "rite"),
        ("khan", "kahn"),
        ("sheikh", "shaikh", "shaik"),
        ("mcdonald", "macdonald"),
        ("thompson", "tompson"),
        ("jeffrey", "geoffrey"),
        ("shaun", "shawn"),
    ],
)
def test_spellings_of_one_sound_share_a_key(group):
    assert len({sound_key(word) for word in group}) == 1


def test_unlike_names_do_not_share_a_sound():
    names = ["tidewater", "pebble", "marsh", "harbour", "lighthouse", "quayle", "anchor", "farah"]
    assert len({sound_key(name) for name in names}) == len(names)


def test_parts():
    assert name_parts("Dr Zoë O’Brien-Łęcka") == ("zoe", "obrien", "lecka")
    assert plain("  STRAẞE ") == "strasse"
    assert name_parts("12 !!") == ()


@given(first=NAMES, second=NAMES)
def test_a_score_is_between_nothing_and_one(first, second):
    assert 0.0 <= score(first, second) <= 1.0


@given(name=NAMES)
def test_every_name_finds_itself(name):
    if name_parts(name):
        assert score(name, name) == 1.0
        assert query_keys(name) <= name_keys(name)
        assert query_keys(name)
    else:
        assert name_keys(name) == set()
        assert score(name, name) == 0.0


@given(name=NAMES)
def test_case_makes_no_difference_to_plain_text(name):
    assert plain(plain(name)) == plain(name)


def test_a_very_long_name_has_few_keys():
    assert len(name_keys("Anna " * 50_000)) < 50
    assert len(name_keys("x" * 100_000)) < 20


@given(first=SHORT_WORDS, second=SHORT_WORDS, most=st.integers(0, 4))
def test_the_bounded_distance_equals_the_unbounded_one(first, second, most):
    full = _whole_table(first, second)
    assert distance_within(first, second, most) == (full if full <= most else None)
    assert distance_within(first, second, most) == distance_within(second, first, most)


def _whole_table(first: str, second: str) -> int:
    """The textbook's table, without band or bound."""
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for row in range(len(first) + 1):
        for column in range(len(second) + 1):
            if not row or not column:
                table[row][column] = row + column
                continue
            changed = first[row - 1] != second[column - 1]
            best = min(table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + changed)
            if row > 1 and column > 1 and first[row - 1] == second[column - 2] and first[row - 2] == second[column - 1]:
                best = min(best, table[row - 2][column - 2] + 1)
            table[row][column] = best
    return table[-1][-1]


def test_variant_groups_hold_plain_names_only():
    from importlib.resources import files

    lines = files("kept.rules.names").joinpath("variants.txt").read_text(encoding="utf-8").splitlines()
    names = [name for line in lines if not line.startswith("#") for name in line.split()]
    assert len(lines) > 150
    assert all(name == plain(name) and len(name) > 1 for name in names)
