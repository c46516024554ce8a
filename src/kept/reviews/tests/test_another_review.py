"""A review that came to nothing is not held, decided or closed by what was recorded for the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.access.acting import acting_as_system
from kept.reviews import actions, following, recording
from kept.reviews.tests.place import TODAY, a_place

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=28)


@pytest.mark.parametrize(("weeks", "decided"), [(12, True), (13, False)])
def test_the_next_reviews_decision_is_not_this_ones(weeks, decided):
    place = a_place()
    with place.acting(place.officer) as by:
        review = actions.plan(by=by, child=place.child, meets_on=DAY)
    second = DAY + timedelta(weeks=weeks)
    later = second + timedelta(days=14)
    with acting_as_system(place.area, today=later) as by:
        recording.record(by, place.case.pk, "review_meeting", second, note="The meeting")
        recording.record(by, place.case.pk, "review_decision", later, note="Kept", details={"outcome": "maintain"})
        assert following.follow_cases(by=by) == int(decided)
        review.refresh_from_db()
    assert (review.decided_on, review.held_on) == ((later, DAY) if decided else (None, None))
