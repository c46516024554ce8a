"""What people paste and what other feeds send, made harmless; and how fresh an entry is."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.oruk.feed import read
from kept.rules.oruk.freshness import Freshness, reminds, standing
from kept.rules.oruk.text import advice, identifying, plain, reading_age

REVIEW = date(2026, 6, 1)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["id", "name", "description", "minimum_age", "organization", "schedules", "attributes", "phones", "x_access",
          "service_at_locations", "languages", "contacts", "cost_options", "status", "url"]  # fmt: skip


def test_a_table_pasted_from_a_word_processor_becomes_lines() -> None:
    assert plain("Day\tOpens\tCloses\nMonday\t9\t5") == "Day: Opens, Closes\nMonday: 9, 5"
    html = "<table><tr><th>Monday</th><td>9</td><td>5</td></tr></table>"
    assert plain(html) == "Monday: 9, 5"


def test_scripts_and_odd_marks_are_gone() -> None:
    assert plain("<p>Hello</p><script>alert(1)</script><style>p{}</style>•\u00a0one\u200b") == "Hello\n- one"
    assert plain("5 < 6 and 7 > 3") == "5 < 6 and 7 > 3"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_what_is_plain_stays_plain(text: str) -> None:
    once = plain(text)
    assert "<script" not in once.lower()
    assert len(once) <= len(text) * 3


def test_easy_words_read_younger_than_hard_ones() -> None:
    easy = "We help your child to sleep. You can call us. We come to your home. It is free and it takes one hour."
    hard = "Practitioners facilitate holistic multidisciplinary interventions encompassing developmental needs " * 4
    assert reading_age(easy) < 11 < reading_age(hard)
    assert reading_age("Too short") is None
    assert any("jargon" in line for line in advice("We facilitate play."))
    assert any("EHCP" in line for line in advice("Ask for an EHCP."))


@pytest.mark.parametrize(
    "words",
    ["My son Jack waited", "call 07700 900 123", "write to a@b.example", "we live at QX1 1AB", "born 04/05/2016",
     "Mrs Sample said"],
)  # fmt: skip
def test_what_points_to_somebody_is_noticed(words: str) -> None:
    assert identifying(words)


def test_ordinary_words_point_to_nobody() -> None:
    assert identifying("There is no swimming for children on Sundays. My son waited 40 weeks.") == []


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_feed_is_read_without_falling_over(rows: list[dict[str, object]]) -> None:
    for one in read(json.dumps({"contents": rows}).encode() if rows else b"[]"):
        assert isinstance(one.content["name"], str)
        assert one.problems or one.content["name"]


@pytest.mark.parametrize("data", [b"", b"  ", b"{", b"a,b\n1,2", b"[" * 100_000])
def test_what_is_not_a_feed_is_said(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(data)


@pytest.mark.parametrize(
    ("late", "freshness", "shown"),
    [(-15, Freshness.CHECKED, True), (-14, Freshness.DUE, True), (0, Freshness.DUE, True), (1, Freshness.LATE, True),
     (29, Freshness.LATE, True), (30, Freshness.UNCHECKED, True), (89, Freshness.UNCHECKED, True),
     (90, Freshness.HIDDEN, False)],
)  # fmt: skip
def test_the_days_on_which_an_entry_turns(late: int, freshness: Freshness, shown: bool) -> None:
    today = REVIEW + timedelta(days=late)
    stands = standing(assured_on=date(2026, 3, 1), review_on=REVIEW, is_statutory=False, today=today)
    assert (stands.freshness, stands.in_search) == (freshness, shown)
    kept = standing(assured_on=date(2026, 3, 1), review_on=REVIEW, is_statutory=True, today=today)
    assert kept.in_search
    assert bool(kept.says) == (late >= 30)


def test_reminders_go_three_times() -> None:
    days = [day for day in range(-30, 31) if reminds(REVIEW, REVIEW + timedelta(days=day))]
    assert days == [-14, 0, 14]


def test_what_happens_once_a_month_stays_so_in_another_feed() -> None:
    times = [{"byday": "TU", "freq": freq, "opens_at": "18:30", "closes_at": "21:30"} for freq in ("MONTHLY", "WEEKLY")]
    (one,) = read(json.dumps([{"id": "a1", "name": "Evenings", "schedules": times}]).encode())
    assert [row.get("freq") for row in one.content["schedules"]] == ["MONTHLY", None]
