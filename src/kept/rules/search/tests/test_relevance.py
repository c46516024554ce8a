"""How good the answers are: the development set, a second made-up area, further queries, and typing slips."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kept.rules.search import build, verify
from kept.rules.search.concepts import read_concepts

HERE = Path(__file__).parent
DEVELOPMENT = Path(__file__).parents[5] / "tests" / "data" / "offer-search-dev.json"
"""60 services and 40 queries of a fictional area; CC0 1.0, own compilation."""
WRITTEN_APART = ("offer-search-fresh.json", "offer-search-later.json")
"""Two more fictional areas; the first by a writer who had not read the concepts. CC0 1.0, own compilation."""


@cache
def document(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))


def scored(content: dict[str, Any]) -> verify.Scores:
    return verify.score(content["queries"], verify.answer(content)["rankings"])


def test_the_development_set_meets_the_aims():
    content = document(DEVELOPMENT)
    answers = verify.answer(content)
    lines, agrees = verify.compare(content, answers)
    assert agrees, "\n".join(lines)
    assert set(answers["rankings"]) == {query["id"] for query in content["queries"]}
    assert all(len(set(ranking)) == len(ranking) <= 10 for ranking in answers["rankings"].values())


def test_another_area_with_other_words_is_answered_well():
    found = scored(document(HERE / "second_area.json"))
    assert found.ndcg >= 0.93
    assert found.success >= 0.97
    assert found.empty == 0


def test_less_usual_services_are_found_too():
    found = scored(document(HERE / "third_area.json"))
    assert found.ndcg >= 0.93
    assert found.success >= 0.97
    assert found.empty == 0


@pytest.mark.parametrize("name", WRITTEN_APART)
def test_areas_written_apart_are_answered_well(name):
    content = document(DEVELOPMENT.with_name(name))
    lines, agrees = verify.compare(content, verify.answer(content))
    assert agrees, "\n".join(lines)


def test_further_queries_are_answered_well():
    content = document(DEVELOPMENT) | {"queries": document(HERE / "further_queries.json")["queries"]}
    found = scored(content)
    assert found.ndcg >= 0.93
    assert found.success >= 0.96


def test_queries_as_families_type_them_are_answered_well():
    """Shortened, misspelt, two needs at once, other languages between; labelled before they were first tried."""
    content = document(DEVELOPMENT) | {"queries": document(HERE / "families_queries.json")["queries"]}
    lines, agrees = verify.compare(content, verify.answer(content))
    assert agrees, "\n".join(lines)


@pytest.mark.parametrize(
    "name",
    [
        "fourth_area.json",
        "fifth_area.json",
        "sixth_area.json",
        "seventh_area.json",
        "eighth_area.json",
        "ninth_area.json",
    ],
)
def test_later_areas_are_answered_well(name):
    """Services and queries labelled before they were first tried."""
    content = document(HERE / name)
    lines, agrees = verify.compare(content, verify.answer(content))
    assert agrees, "\n".join(lines)


@pytest.mark.parametrize(
    ("area", "typed", "first"),
    [
        ("sixth_area.json", "changing places toilet", "ta-31"),
        ("seventh_area.json", "arrested learning disability", "mb-41"),
        ("seventh_area.json", "life limited child hospice", "mb-10"),
        ("seventh_area.json", "what if I get ill who looks after him", "mb-36"),
        ("seventh_area.json", "hole in roof of mouth baby", "mb-44"),
        ("seventh_area.json", "APD test", "mb-07"),
        ("seventh_area.json", "SGO support", "mb-14"),
        ("seventh_area.json", "scared of needles vaccination", "mb-12"),
        ("eighth_area.json", "I think my neighbours child is being abused", "kc-35"),
        ("eighth_area.json", "appointeeship", "kc-42"),
        ("eighth_area.json", "asthma plan at school", "kc-09"),
        ("ninth_area.json", "croaky voice", "fm-04"),
    ],
)
def test_what_a_family_means_stands_first(area, typed, first):
    index = build(document(HERE / area)["services"])
    assert index.search(typed)[0].service_id == first


def test_a_little_word_is_no_sign_of_an_illness():
    text = "= Chronic fatigue and long covid | need\ntyped: chronic fatigue; ME\nmeans: fatigue; ME"
    concepts = tuple(read_concepts(text))
    index = build([{"id": "a", "name": "Fatigue clinic", "description": "Chronic fatigue."}], (), concepts=concepts)
    assert "Chronic fatigue and long covid" not in {group.name for group in index.ranked("help me").groups}
    assert "Chronic fatigue and long covid" in {group.name for group in index.ranked("chronic fatigue").groups}


def test_whole_sentences_late_at_night_are_answered_well():
    content = document(DEVELOPMENT) | {"queries": document(HERE / "late_queries.json")["queries"]}
    lines, agrees = verify.compare(content, verify.answer(content))
    assert agrees, "\n".join(lines)


def test_whatever_is_typed_nobody_sees_an_empty_page():
    index = build(document(DEVELOPMENT)["services"])
    for typed in (
        "autism " * 15_000, "1 to " * 20_000, "a.b.c.d.e.f." * 5_000, "the and of to", "!?.,", "😀 🎉", "自閉症",
        "'; DROP TABLE services; --", "-5 year old", "\x00", "\ud800",
    ):  # fmt: skip
        assert index.search(typed), typed[:20]
        assert index.search(typed, age=-5, postcode=typed), typed[:20]


def test_without_what_families_say_the_same_index_fails_them():
    """The knowledge carries the result: with bare words half of the families go away with nothing."""
    content = document(DEVELOPMENT)
    index = build(content["services"], (), concepts=())
    rankings = {query["id"]: [hit.service_id for hit in index.search(query["text"])] for query in content["queries"]}
    assert verify.score(content["queries"], rankings).ndcg < 0.7


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_slip_in_each_long_word_costs_little(seed):
    chance = random.Random(seed)  # noqa: S311
    content = document(DEVELOPMENT)
    slipped = [query | {"text": " ".join(_slip(word, chance) for word in query["text"].split())} for query in
               content["queries"]]  # fmt: skip
    found = scored(content | {"queries": slipped})
    assert found.ndcg >= 0.85
    assert found.empty == 0


def _slip(word: str, chance: random.Random) -> str:
    """The word with two neighbours swapped, a letter doubled or a letter dropped; short words stay."""
    if len(word) < 7 or not word.isalpha():
        return word
    place = chance.randrange(2, len(word) - 1)
    return chance.choice(
        [
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1 :],
        ]
    )


def test_scoring_by_a_worked_example():
    """Gains 7, 3, 1; the ranking puts 1, an unjudged and 3: (1 + 7/2) / (7 + 3/log2(3) + 1/2)."""
    queries = [{"id": "q", "relevant": {"a": 3, "b": 2, "c": 1}}, {"id": "r", "relevant": {"a": 3}}]
    found = verify.score(queries, {"q": ["c", "x", "a"], "r": []})
    best = 7 + 3 / 1.584962500721156 + 1 / 2
    assert found.ndcg == pytest.approx((1 + 7 / 2) / best / 2)
    assert found.success == 0.5
    assert found.empty == 0.5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "an object"),
        ({}, "“services” should be a list"),
        ({"services": [], "queries": "all"}, "“queries” should be a list"),
        ({"services": [3], "queries": []}, "Service 1 is not an object"),
        ({"services": [{"id": "a"}], "queries": []}, "Service a: name is missing"),
        ({"services": [{"id": "a", "name": ""}], "queries": []}, "Service a: name is empty"),
        ({"services": [{"id": "a", "name": "A"}] * 2, "queries": []}, "Service a stands twice"),
        (
            {"services": [{"id": "a", "name": "A", "description": []}], "queries": []},
            "Service a: description must be text",
        ),
        (
            {"services": [{"id": "a", "name": "A", "categories": [5]}], "queries": []},
            r"a: categories\[0\] must be text",
        ),
        ({"services": [{"id": "a", "name": "A", "minimum_age": "5"}], "queries": []}, "minimum_age must be a number"),
        ({"services": [], "queries": [], "postcodes": []}, "postcodes must be an object"),
        ({"services": [], "queries": [], "postcodes": {"QX1": {"latitude": 1}}}, "postcodes.QX1: longitude is missing"),
    ],
)
def test_a_malformed_file_is_refused_with_a_sentence(content, words):
    with pytest.raises(ValueError, match=words):
        verify.answer(content)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"id": "bad"}, "Query bad: text is missing"),
        ({"id": "bad", "text": 5}, "Query bad: text must be text, not 5"),
        ({"id": "bad", "text": "autism", "age": "7"}, "Query bad: age must be a number, not “7”"),
        ({"id": "bad", "text": "autism", "postcode": 5}, "Query bad: postcode must be text"),
        ({"text": "autism"}, "Query 1 has no id"),
        (3, "Query 1 is not an object"),
    ],
)
def test_a_malformed_query_is_refused_alone(query, words):
    service = {"id": "a", "name": "Autism team"}
    content = {"services": [service], "queries": [query, {"id": "good", "text": "autism", "relevant": {"a": 3}}]}
    answers = verify.answer(content)
    assert answers["rankings"] == {"good": ["a"]}
    assert [words in one["error"] for one in answers["refused"]] == [True]
    assert verify.compare(content, answers)[1]


@pytest.mark.parametrize(("relevant", "words"), [([], "an object of grades"), ({"a": "3"}, "the grade of a must be")])
def test_judgements_that_cannot_be_read_are_said(relevant, words):
    content = {"services": [], "queries": [{"id": "q", "text": "x", "relevant": relevant}]}
    lines, agrees = verify.compare(content, verify.answer(content))
    assert not agrees
    assert words in lines[0]


def test_queries_without_judgements_are_answered_but_not_scored():
    content = {"services": [{"id": "a", "name": "Autism team"}], "queries": [{"id": "q", "text": "autism"}]}
    answers = verify.answer(content)
    assert answers == {"rankings": {"q": ["a"]}}
    assert verify.compare(content, answers) == (
        ["No query says which services are relevant; nothing to compare."],
        True,
    )
