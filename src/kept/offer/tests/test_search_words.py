"""What the search says when it cannot read something: sentences of ours, never Django's, and no hidden characters."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


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
