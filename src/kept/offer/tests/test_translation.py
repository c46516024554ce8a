"""The message files hold every word of the public pages, with the same names to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kept.offer.translation import ENGLISH, LANGUAGES, chosen_language, messages, translator
from kept.offer.voice_views import words_of_the_form

PAGES = Path(__file__).parents[1] / "pages" / "offer"
SAID = re.compile(r'\bt\("((?:[^"\\]|\\.)*)"')
OTHER = [code for code in LANGUAGES if code != ENGLISH]


def words_of_the_pages() -> set[str]:
    pages = {words for page in PAGES.glob("*.html") for words in SAID.findall(page.read_text(encoding="utf-8"))}
    return pages | words_of_the_form()


@pytest.mark.parametrize("language", OTHER)
def test_every_word_of_the_pages_is_in_the_file(language: str) -> None:
    assert words_of_the_pages() - messages(language).keys() == set()


@pytest.mark.parametrize("language", OTHER)
def test_no_message_is_for_words_that_are_gone(language: str) -> None:
    assert messages(language).keys() - words_of_the_pages() == set()


@pytest.mark.parametrize("language", OTHER)
def test_each_translation_fills_in_the_same_names(language: str) -> None:
    for english, other in messages(language).items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", other)), english


def test_an_unknown_language_is_english() -> None:
    assert chosen_language("xx") == ENGLISH
    assert translator(ENGLISH)("{n} found", n=3) == "3 found"
