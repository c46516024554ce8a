"""The sample, the redaction, the agreement and the seats."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.quality import (
    Auditor,
    Grade,
    Item,
    Names,
    NotEnough,
    Pair,
    agreed_grade,
    compare,
    draw,
    left_over,
    needs_moderation,
    redact,
    seat_all,
    weighted_kappa,
)

kinds = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xy")), min_size=1, max_size=60)


@settings(max_examples=50, deadline=None)
@given(kinds, st.integers(1, 70), st.integers(0, 99))
def test_a_sample_has_its_size_its_shares_and_is_drawn_again(kinds, size, seed):
    items = [Item(f"{number:03}", kind) for number, kind in enumerate(kinds)]
    found = draw(items, size=size, seed=seed)
    drawn = [key for one in found for key in one.drawn]
    assert len(drawn) == len(set(drawn)) == min(size, len(items))
    assert sum(one.size for one in found) == len(items)
    if size >= len(found):
        for one in found:
            assert one.drawn, "no kind is left out"
            fair = one.size * min(size, len(items)) / len(items)
            assert len(one.drawn) <= max(fair + 1, 1)
    shuffled = items[::-1]
    assert draw(shuffled, size=size, seed=seed) == found


def test_every_plan_of_a_stratum_has_the_same_chance():
    items = [Item(str(number), ("one",)) for number in range(8)]
    times = dict.fromkeys((one.key for one in items), 0)
    for seed in range(400):
        for key in draw(items, size=2, seed=seed)[0].drawn:
            times[key] += 1
    assert all(70 < count < 130 for count in times.values()), times


KNOWN = Names(
    child=("Nia", "O’Hara", "Nia O’Hara", "Niawen"),
    family=("Pat O'Hara-Jones",),
    places=("Harbour Primary",),
    staff=("Sen Senco",),
    others=(("pet", ("Barnaby",)),),
)


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ("Nia’s mother says NIA likes Harbour  Primary School.", "[child]’s mother says [child] likes [place] School."),
        ("Nia O'Hara and Pat O’Hara Jones met Mrs Jones.", "[child] and [family member] met [professional]."),
        ("Niawen-Rose walks Barnaby.", "[child] walks [pet]."),
        ("Born on 4 May 2016, at 12 Acacia Avenue, AB1 2CD.", "Born on [date of birth], at [home], [postcode]."),
        ("Write to pat.o@home.example or 07700 900123.", "Write to [email address] or [telephone number]."),
        ("By 4 July 2027 she reads 40 words; Niamh stays.", "By 4 July 2027 she reads 40 words; Niamh stays."),
    ],
)  # fmt: skip
def test_names_go_and_the_rest_stays(words, stays):
    assert redact(words, KNOWN) == stays
    assert redact(stays, KNOWN) == stays


def test_what_may_still_be_a_name_is_said():
    words = "She plays with Barnaby on Monday. Speech and Language Therapy helps. At Elm Lodge she rests."
    assert left_over(words) == ["Barnaby", "Elm Lodge"]


@settings(max_examples=50, deadline=None)
@given(st.text("abc ,.’'-", max_size=40), st.text("abc ,.’'-", max_size=40))
def test_no_known_name_survives_between_any_words(before, after):
    assert "Zebedee" not in redact(f"{before} Zebedee {after}", Names(child=("Zebedee Zed",)))


def test_grades_far_apart_are_moderated_and_near_ones_take_the_lower():
    pairs = {"A": Pair(Grade.GOOD, Grade.OUTSTANDING), "F": Pair(Grade.INADEQUATE, Grade.GOOD)}
    assert needs_moderation(pairs) == ["F"]
    assert agreed_grade(pairs["A"]) is Grade.GOOD
    assert agreed_grade(pairs["F"]) is None
    assert agreed_grade(pairs["F"], Grade.NEEDS_WORK) is Grade.NEEDS_WORK


def test_agreement_beyond_chance():
    same = [Pair(grade, grade) for grade in Grade]
    assert weighted_kappa(same) == 1
    assert weighted_kappa([Pair(Grade.GOOD, Grade.GOOD)] * 5) is None
    against = [Pair(Grade.INADEQUATE, Grade.OUTSTANDING), Pair(Grade.OUTSTANDING, Grade.INADEQUATE)]
    assert weighted_kappa(against) == -1


def test_people_and_the_check_compared():
    grades = {"A": Grade.GOOD, "B": Grade.NEEDS_WORK, "E": Grade.INADEQUATE, "F": Grade.GOOD, "whole": Grade.NEEDS_WORK}
    found = compare(grades, ["E", "F"])
    assert (found.both, found.people_only, found.machine_only, found.neither) == (("E",), ("B",), ("F",), ("A",))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 12), st.integers(2, 6), st.integers(0, 99))
def test_seats_are_of_two_agencies_fair_and_free_of_those_who_know(plans, people, seed):
    chance = random.Random(seed)  # noqa: S311
    auditors = [Auditor(f"a{n}", f"agency{n % 3}") for n in range(people + 3)] + [
        Auditor("p1", "forum", is_parent=True)
    ]
    keys = [f"plan{n}" for n in range(plans)]
    knows = {key: {chance.choice(auditors[:-1]).key} for key in keys}
    agency = {one.key: one.agency for one in auditors}
    found = seat_all(keys, auditors, knows=knows)
    for plan, seats in found.items():
        assert agency[seats.first] != agency[seats.second]
        assert seats.parent == "p1"
        assert not {seats.first, seats.second} & knows[plan]


def test_without_enough_people_nobody_is_seated():
    one_agency = [Auditor("a", "x"), Auditor("b", "x"), Auditor("p", "forum", is_parent=True)]
    with pytest.raises(NotEnough, match="another agency"):
        seat_all(["1"], one_agency, knows={})
    with pytest.raises(NotEnough, match="parent"):
        seat_all(["1"], one_agency[:2], knows={})
