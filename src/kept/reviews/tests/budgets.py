"""How to get the pages of the reviews with a number of rows."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from kept.access.acting import today_here
from kept.reviews import actions
from kept.reviews.tests.place import a_child_with_a_plan, a_place
from kept.rules.reviews import earliest_meeting
from tests.budgets import Visit


def _place(rows: int):
    place = a_place(today_here())
    for number in range(rows):
        child, _ = a_child_with_a_plan(place, f"Pupil{number}", date(2016, 1, 1) + timedelta(days=number))
        if number % 2:
            with place.acting(place.officer) as by:
                actions.plan(by=by, child=child, meets_on=earliest_meeting(place.today))
    return place


def home(rows: int) -> Visit:
    """All reviews."""
    return Visit(_place(rows).officer, reverse("reviews:home"))


def year(rows: int) -> Visit:
    """The year ahead."""
    return Visit(_place(rows).officer, reverse("reviews:year"))


def school(rows: int) -> Visit:
    """A school's reviews."""
    place = _place(rows)
    return Visit(place.senco, reverse("reviews:school", args=[place.school.pk]))


PAGES = {"reviews:home": home, "reviews:year": year, "reviews:school": school}
