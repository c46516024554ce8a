"""A tribunal orders words: they go in as ordered, nobody edits them, and old copies are called back."""

from __future__ import annotations

from journeys.writer.desk import Visit, a_place, looks_well, opens_section
from kept.access.acting import acting
from kept.plans import recipients
from kept.plans.tests.made import a_plan_in_force, override_all, the_tribunal_orders_an_amendment

ORDERED = "A speech and language therapist will deliver direct therapy one-to-one for 60 minutes, once each week."


def test_ordered_words_are_put_in_locked_and_issued(visit: Visit) -> None:
    place = a_place()
    before, _ = a_plan_in_force(place.area, place.olga, place.oscar, place.child)
    with acting(user=place.olga, area=place.area) as by:
        school = recipients.add_recipient(by=by, version=before, to="setting", name="Sandhaven Primary School")
        recipients.mark_sent(by=by, recipient=school, how="post", on=by.today)
        the_tribunal_orders_an_amendment(by, place.case)
    olga = visit(place.olga)
    olga.goes_to(f"/plans/children/{place.child.pk}/")
    olga.follows("Record a tribunal’s order")
    olga.fills("Reference of the order", "EH882/26/00007")
    olga.fills_date("Day of the order", by.today)
    olga.fills("F1 as ordered", ORDERED)
    looks_well(olga, "order")
    olga.presses("Put the ordered words in")
    olga.sees("in a new version and locked")
    version = olga.page.url.rstrip("/").rsplit("/", 1)[1]
    opens_section(olga, version, "F")
    olga.sees("Ordered by the tribunal, EH882/26/00007")
    olga.follows("Change F1")
    olga.sees("These words stand as the tribunal ordered them")
    olga.fills("The words of the provision", "Up to 60 minutes of therapy.")
    olga.presses("Save", exact=True)
    olga.sees("were ordered by the tribunal")
    looks_well(olga, "order-refused")
    olga.goes_to(f"/plans/versions/{version}/entries/{olga.page.url.rstrip('/').rsplit('/', 1)[1]}/release/")
    olga.fills("Why", "We would like to.")
    olga.presses("End the lock")
    olga.sees("Ordered words change only in an amendment")
    with acting(user=place.olga, area=place.area) as by, acting(user=place.oscar, area=place.area) as other:
        from kept.plans.models import Version

        override_all(by, other, Version.objects.select_related("plan", "child").get(pk=version))
    olga.goes_to(f"/plans/versions/{version}/gate/")
    olga.sees("Let pass by two officers")
    olga.presses("Issue it today")
    olga.sees("Old copies still out")
    looks_well(olga, "recalls")
    olga.presses("They no longer use it")
    olga.does_not_see("Old copies still out")
