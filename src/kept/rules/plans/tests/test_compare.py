"""Tests of what changed between two versions: nothing lost, nothing invented, and less said to be less."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.plans import Provision, write_provision
from kept.rules.plans.compare import Compared, Kind, by_section, compare, pieces, summary, totals
from kept.rules.plans.compare_help import beside_advice, differences, help_in
from kept.rules.plans.provision import HowOften, Ratio

FLIPPED = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
THERAPY = Provision(
    service="speech and language therapy",
    session_minutes=30,
    often=HowOften(2, "week"),
    ratio=Ratio(1),
    role="speech and language therapist",
    focus="build the words for feelings",
)
promises = st.builds(
    Provision,
    service=st.sampled_from(["speech and language therapy", "occupational therapy", "music therapy"]),
    session_minutes=st.integers(5, 120),
    often=st.builds(HowOften, st.integers(1, 5), st.sampled_from(["day", "week", "fortnight", "half-term", "term"])),
    ratio=st.sampled_from([None, Ratio(1), Ratio(4), Ratio(8)]),
    role=st.sampled_from(["occupational therapist", "teaching assistant", "therapy assistant"]),
    supervised_by=st.sampled_from(["", "occupational therapist"]),
    weeks=st.sampled_from(["", "term time", "year-round"]),
    minimum=st.booleans(),
)
sentences = st.sampled_from(
    [
        "Nia cannot yet follow two steps; this happens in each lesson.",
        "Nia may have some difficulty with friends.",
        "By July 2027 Nia will tell an adult how she feels four times in a week.",
        "Nia will have access to support as required.",
        "An adult will sit with Nia for 20 minutes each school day.",
    ]
)
entries = st.tuples(st.sampled_from("ABCEFGI"), sentences)
versions = st.dictionaries(st.sampled_from("abcdefgh"), entries, max_size=6)


def version(found):
    return [Compared(key, section, words) for key, (section, words) in found.items()]


def promise(facts, lineage="1", section="F"):
    return Compared(lineage, section, write_provision(facts), facts)


def one(before, after):
    (change,) = compare([before], [after])
    return change


@settings(max_examples=40, deadline=None)
@given(versions, versions, st.randoms())
def test_every_entry_is_accounted_for_once_whatever_the_order(before, after, chance):
    old, new = version(before), version(after)
    changes = compare(old, new)
    said = [change.lineage for change in changes]
    assert len(said) == len(set(said))
    touched = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {change.lineage for change in changes} <= touched
    for key in touched - set(said):
        words = after.get(key) or before[key]  # kept under another lineage, in the same words and section
        assert words in before.values()
        assert words in after.values()
    chance.shuffle(old)
    chance.shuffle(new)
    assert {repr(change) for change in compare(old, new)} == {repr(change) for change in changes}
    assert sum(len(found) for found in by_section(changes).values()) == len(changes)
    assert compare(new, new) == []


@settings(max_examples=40, deadline=None)
@given(promises, promises)
def test_what_is_less_one_way_is_more_the_other_way(first, second):
    there, back = compare([promise(first)], [promise(second)]), compare([promise(second)], [promise(first)])
    less = [sum(one.effect == effect for one in change.differences) for change in there for effect in ("less", "more")]
    more = [sum(one.effect == effect for one in change.differences) for change in back for effect in ("more", "less")]
    assert less == more


@settings(max_examples=30, deadline=None)
@given(promises, st.integers(1, 60))
def test_fewer_minutes_are_always_said_to_be_less(facts, cut):
    lower = replace(facts, session_minutes=facts.session_minutes + cut)
    change = one(promise(lower), promise(facts))
    assert change.is_less
    assert any("less" in words for words in change.sentences)
    assert one(promise(facts), promise(lower)).is_more


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab .\n", max_size=40), st.text(alphabet="ab .\n", max_size=40))
def test_the_pieces_hold_both_texts(before, after):
    found = pieces(before, after)
    assert " ".join(one.text for one in found if one.kind != "removed").split() == after.split()
    assert " ".join(one.text for one in found if one.kind != "added").split() == before.split()


@pytest.mark.parametrize(
    ("changed", "words", "is_less"),
    [
        ({"often": HowOften(1, "week")}, "was 1 hour a week|twice a week, now 30 minutes, once a week", True),
        ({"often": HowOften(1, "week"), "session_minutes": 60}, "it is as much as before", False),
        ({"role": "teaching assistant"}, "The new one needs less training", True),
        ({"ratio": Ratio(6)}, "was one-to-one, now in a group of up to 6", True),
        ({"ratio": None}, "It no longer says so", True),
        ({"mode": "coaching"}, "was given to the child, now coaching for staff", True),
        ({"often": None}, "no longer says how often", True),
        ({"expertise": "makaton"}, "now says what training they must have", False),
    ],
)
def test_a_changed_promise_in_words(changed, words, is_less):
    change = one(promise(THERAPY), promise(replace(THERAPY, **changed)))
    assert any(each in " ".join(change.sentences) for each in words.split("|"))
    assert change.is_less is is_less


def block(weeks):
    words = f"Speech and language therapy by a speech and language therapist, 30 minutes each week, {weeks}."
    return Compared("1", "F", words)


def test_weeks_of_a_term_are_compared():
    change = one(block("6 weeks a term"), block("12 weeks a term"))
    assert change.sentences == ("Speech and language therapy: was 6 weeks a term, now 12.",)
    assert change.is_more
    assert one(block("12 weeks each term"), block("10 weeks each term")).is_less


@pytest.mark.parametrize(
    "weaker",
    [
        "A speech and language therapist will see Nia for 30 minutes each week where resources allow.",
        "Nia will have the opportunity of 30 minutes each week with a speech and language therapist.",
        "A speech and language therapist will see Nia for up to 30 minutes each week.",
    ],
)
def test_words_that_take_a_promise_back_are_less(weaker):
    firm = "A speech and language therapist will see Nia for 30 minutes each week to build her words for feelings."
    assert one(Compared("1", "F", firm), Compared("1", "F", weaker)).is_less
    assert one(Compared("1", "F", weaker), Compared("1", "F", firm)).is_more


@pytest.mark.parametrize(
    ("old", "new", "is_less"),
    [("F", "G", True), ("G", "F", False), ("B", "A", True), ("H1", "H2", False), ("F", "A", True), ("C", "B", False)],
)
def test_a_move_says_what_it_does_to_the_right(old, new, is_less):
    words = "Nia cannot yet follow two steps."
    change = one(Compared("1", old, words), Compared("1", new, words))
    assert (change.kind, change.is_less) == (Kind.MOVED, is_less)
    assert f"from Section {old} to Section {new}" in change.sentences[0]


def test_help_or_a_need_taken_out_is_less_and_a_wish_is_not():
    for section, is_less in (("F", True), ("B", True), ("A", False), ("E", False)):
        (change,) = compare([Compared("1", section, "Nia likes trains.")], [])
        assert (change.kind, change.is_less) == (Kind.REMOVED, is_less)


def test_a_promise_cut_in_two_does_not_hide_a_loss():
    before = [promise(THERAPY)]
    after = [
        promise(replace(THERAPY, often=HowOften(1, "week"))),
        promise(replace(THERAPY, session_minutes=10, often=HowOften(1, "week")), "2"),
    ]
    (total,) = totals(before, after)
    assert (total.before, total.after, total.effect) == (2280, 1520, "less")
    assert "was 38 hours in a school year, now 25 hours and 20 minutes" in total.sentence
    assert totals(before, [*after, Compared("3", "F", "Speech and language therapy as required.")]) == []


def test_the_summary_says_how_many_promise_less():
    before = [promise(THERAPY), Compared("2", "A", "Nia likes trains.")]
    after = [promise(replace(THERAPY, session_minutes=20)), Compared("2", "A", "Nia loves trains.")]
    assert summary(compare(before, after)) == (
        "What has changed: 1 changed, 1 in other words.",
        "1 of these promises less than before.",
    )
    assert summary([]) == ("Nothing has changed.",)


@settings(max_examples=30, deadline=None)
@given(promises, promises)
def test_beside_advice_nothing_is_said_to_have_been(asked, written):
    found = differences(help_in(write_provision(asked), asked), help_in(write_provision(written), written))
    told = beside_advice(found)
    assert [each.effect for each in told] == [each.effect for each in found]
    assert not any(re.search(r"\b(?:was|no longer|now)\b", each.words) for each in told), told


def test_a_lineage_twice_in_a_version_is_refused():
    with pytest.raises(ValueError, match="twice"):
        compare([promise(THERAPY), promise(THERAPY)], [])
