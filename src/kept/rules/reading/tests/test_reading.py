"""Tests of the reading age."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.reading import measure, sentences_in, syllables_in, text_blocks

SPOKEN = {
    "cat": 1, "school": 1, "asked": 1, "needed": 2, "plan": 1, "table": 2, "people": 2, "family": 3, "council": 2,
    "assessment": 3, "education": 4, "appeal": 2, "therapy": 3, "tribunal": 3, "statutory": 4, "representations": 5,
    "makes": 1, "changes": 2, "area": 3, "being": 2, "created": 3, "make": 1, "little": 2, "year": 1, "decision": 3,
}  # fmt: skip


@pytest.mark.parametrize(("word", "spoken"), SPOKEN.items())
def test_syllables_are_counted_as_spoken(word, spoken):
    assert syllables_in(word) == spoken


def test_sentences_are_split_where_they_end_and_not_at_titles():
    assert sentences_in("We asked Dr. Adair. She said yes! By when? Soon.") == [
        "We asked Dr. Adair.",
        "She said yes!",
        "By when?",
        "Soon.",
    ]


def test_a_childs_sentence_reads_younger_than_the_law():
    plain = measure(["We will tell you by the end of May if we will find out more about what Sam needs."])
    law = measure(
        [
            "The local authority must notify the child's parent of its determination whether it is necessary for "
            "special educational provision to be made in accordance with an education, health and care plan."
        ]
    )
    assert plain.age < 11
    assert law.age > 16


def test_labels_do_not_make_a_page_look_easier():
    hard = "Representations concerning the determination of provision necessitate consideration."
    assert measure([hard, "Go on", "Yes", "No"]) == measure([hard])


def test_blocks_leave_out_what_nobody_may_reword_and_what_is_outside():
    html = (
        "<nav>Menu of the site here</nav><main><h1>Where <b>we</b> are</h1><p>It is <a href='#'>late</a>.<br>Sorry.</p>"
        "<div data-law><p>The authority shall determine</p><br>more</div><script>var x</script><li>Last</li></main>"
    )
    assert text_blocks(html) == ["Where we are", "It is late.", "Sorry.", "Last"]


@given(st.text())
def test_any_text_can_be_measured(text):
    found = measure([text])
    assert found.age >= 0
    assert found.syllables >= found.words
