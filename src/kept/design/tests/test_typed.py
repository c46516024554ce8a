"""What somebody typed is given back in words: dates whole, no keys, no codes, and what must be chosen again said."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kept.design.typed import CHOICES, typed_in

KEY = "01a208a9-7c1e-7a10-8d3f-0242ac120002"


def test_a_date_is_one_line_and_keys_are_no_words() -> None:
    sent = QueryDict(f"csrfmiddlewaretoken=abc&bodies={KEY}&asked_on-day=23&asked_on-month=11&asked_on-year=2026")
    assert typed_in(sent) == [
        ("asked on", "23/11/2026"),
        (CHOICES, "Boxes that you ticked and choices from lists are not kept here. Choose them again."),
    ]


@pytest.mark.parametrize("chosen", ["on", "phone_call", KEY])
def test_what_was_chosen_is_said_to_be_lost(chosen: str) -> None:
    assert [name for name, _ in typed_in(QueryDict(f"note=Call+back&how={chosen}"))] == ["note", CHOICES]


def test_nothing_typed_is_nothing_to_give_back() -> None:
    assert typed_in(QueryDict("csrfmiddlewaretoken=abc&password=x&note=&token=y")) == []


@given(st.lists(st.text(max_size=40).map("He said {}.".format), max_size=4))
def test_no_sentence_is_lost(sentences: list[str]) -> None:
    sent = QueryDict(mutable=True)
    for number, sentence in enumerate(sentences):
        sent.appendlist(f"words_{number % 2}", sentence)
    said = "\n".join(text for _, text in typed_in(sent))
    assert all(sentence in said for sentence in sentences)
