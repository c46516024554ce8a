"""September: a SENCO plans all reviews of the school on one page, mends a day, moves one, and prints the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from kept.access.acting import today_here
from kept.reviews import queries
from kept.reviews.tests.place import a_child_with_a_plan, a_place
from kept.rules.calendar import ENGLAND

PUPILS = 30


def a_school(pupils: int):
    """A school whose pupils' plans were made on many days of the last ten months."""
    today = today_here()
    place = a_place(today)
    for number in range(1, pupils):
        made_on = today - timedelta(days=300 - 9 * number)
        a_child_with_a_plan(place, f"Pupil{number:02}", date(2016, 1, 1) + timedelta(days=number), made_on=made_on)
    return place


def day_of(sen, name):
    return sen.page.get_by_role("textbox", name=f"Day for {name} Sample")


@pytest.mark.parametrize("scripts", [False], ids=["without JavaScript"])
def test_a_schools_thirty_reviews(visit, transactional_db):
    place = a_school(PUPILS)
    sen = visit(place.senco)
    # given a day proposed for each pupil, all of them in time and no more than two on one day
    sen.goes_to("/reviews/")
    sen.follows("All our reviews on one page")
    expect(sen.page.get_by_role("textbox", name="Day for")).to_have_count(PUPILS)
    # when all are saved in one press
    sen.presses("Save all that are ticked")
    sen.sees(f"Saved: {PUPILS} reviews planned or moved.")
    with place.acting(place.senco) as by:
        lines = queries.of_setting(by, place.school)
    days = [line.review.meets_on for line in lines]
    assert max(days.count(day) for day in days) <= 2
    assert not any(line.too_late for line in lines)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_wrong_day_is_mended_and_a_planned_one_moves_with_a_reason(visit, transactional_db, phone):
    place = a_school(3)
    sen = visit(place.senco, phone=phone)
    sen.goes_to(f"/reviews/schools/{place.school.pk}/")
    sen.finds_the_page_accessible()
    sen.does_not_scroll_sideways()
    day_of(sen, "Pupil01").fill("31/2/2027")
    sen.presses("Save all that are ticked")
    sen.sees("Give a day such as 14/7/2027.")
    sen.follows_the_error("Pupil01 Sample: Give a day such as")
    sen.finds_the_page_accessible()
    with place.acting(place.senco) as by:
        lines = queries.of_setting(by, place.school)
    assert sum(line.review is not None for line in lines) == len(lines) - 1
    day = ENGLAND.on_or_after(max(line.review.meets_on for line in lines if line.review) + timedelta(days=1))
    typed = f"{day.day}/{day.month}/{day.year}"
    day_of(sen, "Pupil01").fill(typed)
    sen.presses("Save all that are ticked")
    sen.sees("Saved: 1 review planned or moved.")
    day_of(sen, "Nia").fill(typed)
    sen.chooses("Save the day for Nia Sample")
    sen.presses("Save all that are ticked")
    sen.sees("Say why the meeting is moved")
    sen.page.get_by_role("textbox", name="Why the review of Nia Sample is moved").fill("The mother asked for it")
    sen.presses("Save all that are ticked")
    sen.sees("Saved: 1 review planned or moved.")
