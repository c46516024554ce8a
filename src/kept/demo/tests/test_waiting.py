"""The stories of the lists: who is called while they wait."""

import random
from datetime import date

from kept.demo.waiting import LISTS, WEEKS, Story
from kept.waiting.words import EventKind

TODAY = date(2026, 11, 23)


def calls(listed):
    """How many calls a list made, and how many histories it has; each in the order of its days."""
    histories = Story(listed, 0.3, TODAY, random.Random(3)).make()
    for one in histories:
        days = [fact.on for fact in one.facts if fact.kind in {EventKind.CONTACTED, EventKind.ATTENDED}]
        assert days == sorted(days)
        assert all(day <= TODAY for day in days)
    return sum(fact.kind == EventKind.CONTACTED for one in histories for fact in one.facts), len(histories)


def test_the_longest_list_calls_some_and_the_list_of_one_nobody_yet():
    by_name = {one.service: one for one in LISTS}
    made, of = calls(by_name["Autism and ADHD assessment clinic"])
    assert 0 < made < of * WEEKS // 12
    assert calls(by_name["Eating and growing team"])[0] <= 1
