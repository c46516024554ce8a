from __future__ import annotations

import random
from datetime import date

import pytest

from kept.demo import drawing, figures, lives, stories
from kept.demo.histories import as_recorded, history
from kept.rules.process import Event, check_event, fold

TODAY = date(2026, 11, 23)


def histories(name: str, *, plans: int, today: date = TODAY, seed: int = 0) -> list[tuple[lives.Life, list[Event]]]:
    rng = random.Random(seed)
    made = lives.make(figures.read(name), today=today, plans=plans, seed=seed)
    return [(life, history(life, today=today, rng=rng)) for life in made]


def check_possible(events: list[Event], born: date, today: date) -> None:
    recorded = as_recorded(events)
    for place, event in enumerate(recorded):
        check_event(recorded[:place], event, as_of=today, person=born)
    assert fold(events, as_of=today, born=born).position.out_of_order == ()


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Southend-on-Sea", TODAY),
        ("Newham", date(2026, 1, 5)),
        ("Surrey", date(2027, 8, 31)),
        ("Isles of Scilly", date(2028, 2, 29)),
    ],
)
def test_everything_that_happened_was_possible(name: str, today: date) -> None:
    for life, events in histories(name, plans=60, today=today):
        assert events
        check_possible(events, life.born_on, today)


def test_the_stories_were_possible_on_any_day_of_the_week() -> None:
    for day in range(1, 15):
        today = date(2026, 9, day)
        for story in stories.stories(today, random.Random(1)):
            assert max(event.date for event in story.events) <= today
            check_possible(list(story.events), story.life.born_on, today)


def test_the_stories_show_what_their_titles_say() -> None:
    told = {story.key: story for story in stories.stories(TODAY, random.Random(1))}
    states = {key: fold(story.events, as_of=TODAY, born=story.life.born_on) for key, story in told.items()}
    assert states["late"].clock("assess.final_plan").status == "released"
    assert states["draft"].clock("draft.representations").status == "window_open"
    assert states["overdue-review"].clock("review.first").status == "overdue"
    assert states["order"].clock("order.amend").status == "open"
    assert states["refused"].stage.name == "NOT_ASSESSED"
    assert states["moved-in"].stage.name == "PLAN_MAINTAINED"  # here: who moved in reads of no other council
    assert {overlay.name for overlay in states["refused"].overlays} == {"APPEAL"}
    assert told["sixteen"].life.born_on <= drawing.years_before(TODAY, 16)


def test_the_same_seed_gives_the_same_children_and_another_seed_others() -> None:
    assert histories("Southend-on-Sea", plans=60) == histories("Southend-on-Sea", plans=60)
    assert histories("Southend-on-Sea", plans=60) != histories("Southend-on-Sea", plans=60, seed=1)


def test_each_published_year_has_its_requests_refusals_and_plans() -> None:
    published = figures.read("Southend-on-Sea")
    made = lives.make(published, today=TODAY)
    for year in published.years:
        moved = year.year + 1
        asked = [life for life in made if life.requested_on and life.requested_on.year == moved]
        planned = [life for life in made if life.requested_on and life.planned_on and life.planned_on.year == moved]
        assert len(asked) == pytest.approx(year.requests, abs=3)
        assert sum(life.kind == "refused" for life in asked) == year.refused
        assert len(planned) == year.new_plans


def test_the_latest_published_year_becomes_the_last_full_one() -> None:
    made = lives.make(figures.read("Southend-on-Sea"), today=date(2030, 3, 1), plans=200)
    asked = {life.requested_on.year for life in made if life.requested_on}
    assert {2027, 2028, 2029, 2030} <= asked
    assert min(asked) >= 2024


def test_quotas_add_up_and_keep_the_proportions() -> None:
    assert drawing.quotas({"a": 2, "b": 1, "c": 1}, 8) == {"a": 4, "b": 2, "c": 2}
    assert sum(drawing.quotas({"a": 1, "b": 1, "c": 1}, 10).values()) == 10
    assert drawing.quotas({"a": 0}, 5) == {}
    assert drawing.left_over({"a": 3, "b": 1}, ["a", "b", "b", "z"]) == {"a": 2}
    assert drawing.working(date(2026, 11, 21)) == date(2026, 11, 23)
