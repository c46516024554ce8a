"""Whether reviews change the plan: compared at night, told as shares, and opened to their rows."""

from __future__ import annotations

from datetime import date, timedelta

from kept.access.acting import acting_as_system
from kept.cases.models import Event
from kept.plans.models import Entry, Version
from kept.plans.words import Kind
from kept.quality.tests.place import a_final
from kept.reviews.changing import compare_plans
from kept.reviews.figures import figures
from kept.reviews.models import PlanChange
from kept.reviews.tests.place import a_child_with_a_plan, a_place
from tests.standing import standing

HELD = date(2026, 5, 11)
NEW = "Nia will have speech and language therapy for 30 minutes each week from a therapist."


@standing
def place():
    return a_place()


def a_decided_review(place, outcome, *, name="Nia", with_plan=True):
    """A review decided in June; the plan that was in force says what the made-up plans say."""
    child, case = (place.child, place.case) if name == "Nia" else a_child_with_a_plan(place, name, date(2016, 3, 3))
    if with_plan:
        a_final(place.area, child, place.officer, issued_on=HELD - timedelta(days=200))
    with acting_as_system(place.area, today=place.today) as by:
        for kind, days, details in (("review_meeting", 0, {}), ("review_decision", 20, {"outcome": outcome})):
            event = Event.objects.create(
                area=by.area, case=case, child=child, kind=kind, happened_on=HELD + timedelta(days=days),
                details=details, recorded_by=by.user,
            )  # fmt: skip
    return event


def amended(place, review, text, *, issued_on=HELD + timedelta(days=60)):
    """The amended plan: the same but for section F."""
    with acting_as_system(place.area, today=place.today) as by:
        old = Version.objects.get(child_id=review.child_id)
        new = Version.objects.create(
            area=by.area, plan=old.plan, child_id=review.child_id, number=2, stage="amended final", supersedes=old,
            section_set=old.section_set, writer=old.writer,
        )  # fmt: skip
        for one in Entry.objects.filter(version=old):
            words = text if one.kind == Kind.PROVISION else one.text
            Entry.objects.create(
                area=by.area, version=new, child_id=review.child_id, lineage=one.lineage, section=one.section,
                kind=one.kind, text=words,
            )  # fmt: skip
        new.issued_on, new.signed_by = issued_on, old.writer
        new.save()


def told(place):
    with place.acting(place.officer) as by:
        found = figures(by, since=HELD - timedelta(days=5), until=place.today)
    return {one.key: (one.good, one.of) for one in found.all}, len(found.not_compared)


def compared(place):
    with acting_as_system(place.area, today=place.today) as system:
        return compare_plans(by=system)


def test_a_plan_that_says_something_else_in_f_counts_as_changed_in_f_alone(place):
    review = a_decided_review(place, "amend")
    assert compared(place) == 0, "the amended plan has not been issued"
    assert told(place)[1] == 1
    amended(place, review, NEW)
    assert compared(place) == 1
    assert compared(place) == 0
    shares, left = told(place)
    assert left == 0
    assert [shares[key] for key in ("changed", "changed-B", "changed-E", "changed-F")] == [
        (1, 1),
        (0, 1),
        (0, 1),
        (1, 1),
    ]


def test_new_dates_alone_and_a_plan_that_is_kept_are_no_change(place):
    kept = a_decided_review(place, "maintain", name="Bo")
    same = a_decided_review(place, "amend")
    words = Entry.objects.filter(version__child=same.child_id, kind=Kind.PROVISION)
    with acting_as_system(place.area):
        text = words.get().text
    amended(place, same, f"{text} ".upper())
    assert compared(place) == 2
    assert told(place)[0]["changed"] == (0, 2)
    with acting_as_system(place.area):
        assert {one.event: one.sections for one in PlanChange.objects.all()} == {kept.pk: [], same.pk: []}


def test_plans_that_kept_does_not_hold_and_plans_that_end_are_left_out_and_the_first_are_named(place):
    a_decided_review(place, "maintain", with_plan=False)
    a_decided_review(place, "cease", name="Bo")
    assert compared(place) == 0
    shares, left = told(place)
    assert (shares["changed"], shares["amend"], left) == ((0, 0), (0, 2), 1)


def test_each_figure_opens_to_its_rows(place, client):
    review = a_decided_review(place, "amend")
    amended(place, review, NEW)
    compared(place)
    client.force_login(place.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/reviews/figures/").content.decode()
    assert "/reviews/figures/changed-F/" in page
    with place.acting(place.officer) as by:
        found = figures(by, since=HELD - timedelta(days=5), until=place.today)
    assert [row.says for row in found.rows_of("changed-F")] == ["Changed in F"]
    assert found.rows_of("nothing") is None
    assert client.get("/reviews/figures/nothing/").status_code == 404
    assert client.get("/reviews/figures/changed/?only=yes").status_code == 200
