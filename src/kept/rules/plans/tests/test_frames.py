"""Sentences known by their build: verbs in all forms, who lessens, who decides, and nobody promising."""

import pytest

from kept.rules.plans import frames, verbs
from kept.rules.plans.engine import lint_section


@pytest.mark.parametrize(
    ("verb", "found"),
    [
        ("bring", {"bring", "brings", "bringing", "brought"}),
        ("trim", {"trim", "trims", "trimmed", "trimming"}),
        ("vary", {"vary", "varies", "varied", "varying"}),
        ("reduce", {"reduce", "reduces", "reduced", "reducing"}),
        ("relax", {"relax", "relaxes", "relaxed", "relaxing"}),
    ],
)
def test_every_form_of_a_verb(verb, found):
    assert set(verbs.forms(verb)) == found


@pytest.mark.parametrize(
    "words",
    [
        "the number of visits may be brought down by agreement with the school.",
        "the therapist can pare back the sessions in the spring.",
        "the hours are liable to be trimmed.",
    ],
)
def test_who_may_lessen_what_is_specified(words):
    assert list(frames.lessened(words))


@pytest.mark.parametrize(
    "words",
    [
        "the sessions may be brought down to 20 minutes on 4 may 2027.",
        "the topic of each session may vary.",
        "the hours may not be reduced.",
    ],
)
def test_dates_content_and_prohibitions_lessen_nothing(words):
    assert not list(frames.lessened(words))


def test_a_stated_amount_is_nobodys_matter():
    assert frames.left_for("how much help he has will be settled by the school.")
    assert not frames.left_for("which game is played is a matter for the class, 20 minutes each school day.")


def test_opinion_is_no_promise():
    assert frames.unpromised("there is merit in a weekly session.")
    assert not frames.unpromised("a teacher will see him weekly, which may be useful.")
    assert not frames.unpromised("30 minutes each week with a qualified teacher.")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("F07", "In my opinion Asha ought really to be seen weekly."),
        ("F12", "The amount of help is a matter for the head teacher."),
        ("F13", "A supplement of nine units is passed to the school each term."),
        ("F14", "Thirty minutes a week with a registered dietitian, with the option to drop to advice by telephone."),
        ("F15", "Something in the region of half an hour a day of reading with a qualified teacher."),
        ("F21", "Displays of the kind found in all good classrooms."),
    ],
)
def test_a_rule_is_raised_by_the_build_of_a_sentence(rule, text):
    assert rule in {each.rule for each in lint_section("F", text)}
