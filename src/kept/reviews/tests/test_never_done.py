"""A review whose meeting came to nothing is never "late" by what next year's review brought, anywhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kept.access.acting import acting_as_system
from kept.cases import actions as cases
from kept.duties.models import Duty
from kept.reviews.figures import figures
from kept.reviews.tests.place import a_child_with_a_plan, a_place
from tests import made_up
from tests.standing import standing

pytestmark = pytest.mark.django_db
MEETING, NEXT = date(2025, 3, 3), date(2026, 3, 2)
STEPS = (
    ("review_meeting", MEETING, {}),
    ("review_notice_given", NEXT - timedelta(days=20), {}),
    ("review_advice_circulated", NEXT - timedelta(days=20), {}),
    ("review_meeting", NEXT, {}),
    ("review_report_issued", NEXT + timedelta(days=8), {}),
    ("review_decision", NEXT + timedelta(days=18), {"outcome": "maintain"}),
)


@standing
def place():
    made = a_place()
    child, case = a_child_with_a_plan(made, "Ivo", date(2015, 5, 4), made_on=date(2024, 4, 2))
    with acting_as_system(made.area, today=made.today) as by:
        for kind, on, details in STEPS:
            case.refresh_from_db()
            cases.record(by=by, case=case, kind=kind, on=on, details=details, with_beside=True)
    made.nia, made.child, made.case = made.child, child, case
    return made


def test_the_ledger_says_that_it_was_never_done(place):
    with acting_as_system(place.area, today=place.today):
        rows = Duty.objects.filter(child=place.child, rule__in=("review.meeting_notice", "review.decision"))
        found = {(one.rule, one.starts_on): (one.met_on, one.ended_on) for one in rows}
        said = rows.get(rule="review.decision", starts_on=MEETING).because
    assert found == {
        ("review.meeting_notice", MEETING): (None, MEETING),
        ("review.meeting_notice", NEXT): (NEXT - timedelta(days=20), None),
        ("review.decision", MEETING): (None, NEXT),
        ("review.decision", NEXT): (NEXT + timedelta(days=18), None),
    }
    assert "It was not done, and since 2 March 2026 it no longer can be" in said


def test_the_figures_count_it_against_us_in_the_month_in_which_it_was_due(place):
    with place.acting(place.officer) as by:
        then = {one.key: one for one in figures(by, since=MEETING, until=date(2025, 5, 1)).all}
        now = {one.key: one for one in figures(by, since=NEXT, until=place.today).all}
    assert [(one.good, one.of) for one in (then["report"], then["decision"])] == [(0, 1), (0, 1)]
    assert [one.says for one in then["decision"].rows] == ["Never done"]
    assert [(one.good, one.of) for one in (now["report"], now["decision"])] == [(1, 1), (1, 1)]


def test_the_case_page_says_not_done(place, client):
    client.force_login(place.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/cases/{place.case.pk}/").content.decode()
    assert page.count("Not done</strong>") == 4  # notice, papers, report and decision of the meeting that was not held
    assert "(again, 2)" in page


def test_the_family_reads_that_it_was_never_done(place, client):
    client.force_login(
        made_up.a_parent_of(place.child, "Ida Sample"), backend="django.contrib.auth.backends.ModelBackend"
    )
    said = " ".join(client.get(reverse("family:owed", args=[place.child.pk])).content.decode().split())
    never = said[said.index("Never done (4)") : said.index("If a promise is late")]
    assert "had to tell you if the plan stays, changes or ends. The day was 31 March 2025." in never
    assert "had to tell you the day of the review meeting. The day was 17 February 2025." in never
    first = client.get(reverse("family:child", args=[place.child.pk])).content.decode()
    assert "Never done: 4" in first
    client.force_login(place.mother, backend="django.contrib.auth.backends.ModelBackend")
    assert "Never done" not in client.get(reverse("family:child", args=[place.nia.pk])).content.decode()
