"""Whether a plan says something else after a review."""

from __future__ import annotations

import pytest

from kept.rules.reviews.changes import changed_sections, substance

HELP = ("F", "A speech and language therapist will work with Nia for 30 minutes, once each week.")
NEED = ("B", "Nia understands one key word out of ten given in class.")
GOAL = ("E", "By July 2026 Nia will follow two key words in nine of ten tries.")


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ([GOAL, NEED, HELP], ()),
        ([NEED, ("E", GOAL[1].replace("July 2026", "July 2027")), HELP], ()),
        ([NEED, ("E", GOAL[1].replace("By July 2026", "by 31/07/2027,")), HELP], ()),
        ([NEED, GOAL, ("F", HELP[1].replace("30", "45"))], ("F",)),
        ([NEED, GOAL, HELP, HELP], ("F",)),
        ([("B", "Nia understands two key words."), GOAL], ("B", "F")),
        ([GOAL, HELP, ("F", NEED[1])], ("B", "F")),
        ([NEED, GOAL, HELP, ("A", "I like trains."), ("I", "A special school")], ()),
        ([], ("B", "E", "F")),
    ],
)
def test_a_section_has_changed_when_it_says_something_else(after, changed):
    assert changed_sections([NEED, GOAL, HELP], after) == changed


def test_numbers_of_help_are_no_dates():
    assert substance("20 minutes, 5 times a week") != substance("25 minutes, 5 times a week")
    assert substance("In 2026/27: weekly") == substance("In 2027/28: weekly.")
