"""What the search says when it cannot read something: sentences of ours, never Django's, and no hidden characters."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from kept.offer.finding import open_at
from kept.offer.public_views import also_answers
from kept.offer.translation import translator
from kept.rules.search import Hit


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": "sleep", "place": "x" * 70}, "The place must be 60 characters or fewer. You have written 70"),
        ({"q": "sleep", "need": "y" * 120}, "The need must be 100 characters or fewer. You have written 120"),
        ({"q": "sleep", "place": "a\x00b"}, "The place has a hidden character in it"),
        ({"q": "sleep", "age": "old"}, "The age should be a number of years, such as 7."),
    ],
)
def test_what_cannot_be_read_is_said_in_our_words(
    client: Client, area: Any, services: list[Any], query: dict[str, str], sentence: str
) -> None:
    page = client.get(f"/local-offer/{area.slug}/", query).content.decode()
    assert sentence in page
    assert "Ensure this value" not in page
    assert "Null characters" not in page
    assert "\x00" not in page


def test_a_hidden_character_is_taken_out_of_the_words(client: Client, area: Any, services: list[Any]) -> None:
    page = client.get(f"/local-offer/{area.slug}/", {"q": "sle\x00ep"}).content.decode()
    assert "<title>Search: sleep" in page


def test_why_a_result_was_found_is_said_in_the_language_of_the_page():
    parts, polish = get_template("offer/parts.html").template.module, translator("pl")
    hit = Hit("a", 1.0, ("swimming",), ("Autism", "swimming"))
    said = str(parts.why({"hit": hit, "also": also_answers(hit)}, polish))
    assert 'Pasuje: swimming; pasuje też: <span lang="en">autism</span>' in said
    assert "atches" not in said
    begin = Hit("a", 1.0, starting_point=True)
    assert "Nic nie pasuje do Twoich słów" in str(parts.why({"hit": begin, "also": ()}, polish))


def test_what_is_open_once_a_month_is_not_said_to_be_open_each_week():
    row = {"days": ["TU"], "opens": "18:30", "closes": "21:30"}
    tuesday = datetime(2026, 11, 24, 19, 0)
    for freq, is_open in ((None, True), ("WEEKLY", True), ("MONTHLY", False)):
        entry = SimpleNamespace(features={"has_hours"}, schedules=[row | ({"freq": freq} if freq else {})])
        assert open_at(entry, tuesday) is is_open
