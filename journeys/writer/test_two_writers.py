"""Two officers write the same entry at once: they see each other, and neither loses a word."""

from __future__ import annotations

from journeys.writer.desk import Visit, a_place, looks_well
from kept.access.acting import acting
from kept.plans.tests.made import a_written_plan


def test_two_writers_see_each_other_and_lose_nothing(visit: Visit) -> None:
    place = a_place()
    with acting(user=place.olga, area=place.area) as by:
        version, first = a_written_plan(by, place.child)
    entry = f"/plans/versions/{version.pk}/entries/{first['B']}/"
    olga, oscar = visit(place.olga), visit(place.oscar, phone=True)
    olga.goes_to(entry)
    oscar.goes_to(entry)
    oscar.sees("Olga Officer has this open")
    olga.fills("The need", "Olga’s words about the need.")
    oscar.fills("The need", "Oscar’s words about the need.")
    olga.presses("Save", exact=True)
    olga.sees("Olga’s words about the need.")
    oscar.presses("Save", exact=True)
    oscar.sees("Olga Officer changed this entry while you had it open")
    oscar.sees("Olga’s words about the need.")
    assert oscar.page.get_by_label("The need").input_value() == "Oscar’s words about the need."
    looks_well(oscar, "two-writers")
    oscar.fills("The need", "What both of them say about the need.")
    oscar.presses("Save", exact=True)
    oscar.sees("What both of them say about the need.")
    the_version_is_sent_while_one_still_writes(olga, oscar, entry, version, place)


def the_version_is_sent_while_one_still_writes(olga, oscar, entry: str, version, place) -> None:
    oscar.goes_to(entry)
    oscar.fills("The need", "Words that came too late.")
    with acting(user=place.olga, area=place.area) as by:
        from kept.plans import versions

        versions.send_draft(by=by, version=version)
    oscar.presses("Save", exact=True)
    oscar.sees("was sent or closed while you had it open")
    assert oscar.page.get_by_label("The need").input_value() == "Words that came too late."
