"""A writer reads in an old plan: pasted, looked through entry by entry, put in force; a scan has a clear answer."""

from __future__ import annotations

from datetime import timedelta

from journeys.writer.desk import Visit, a_place, looks_well
from kept.access.acting import acting_as_system, today_here
from kept.people.models import Child
from kept.plans.caseload import check_all
from kept.plans.tests.test_importing import pdf_file
from kept.rules.names import name_keys
from tests.made_up import a_child

OLD = """Section A: Views, interests and aspirations
1. Nia said that she likes swimming with Tariq Ahmadi.
Section B: Special educational needs
B1. Nia joins two words.
Section E: Outcomes
E1. Nia will improve her communication.
Section F: Special educational provision
F1. Teaching assistant support for 20 minutes daily and 45 minutes, for reading.
Section I: Placement
Harbour Primary. Type: maintained mainstream school.
"""


def test_an_old_plan_is_read_in_looked_through_and_in_force(visit: Visit) -> None:
    place = a_place()
    a_child(place.area, "Tariq", "Ahmadi", name_keys=sorted(name_keys("Tariq Ahmadi")))
    olga = visit(place.olga, phone=True)
    olga.goes_to(f"/plans/children/{place.child.pk}/")
    olga.follows("Bring in a plan that exists already")
    olga.is_on("Read in a plan")
    looks_well(olga, "import-begin")
    a_scan_is_refused_with_what_to_do(olga, place.child)
    # the words are pasted, and another child's name is seen and taken out
    olga.goes_to(f"/plans/children/{place.child.pk}/import/")
    olga.fills("Or paste the words of the plan", OLD)
    olga.presses("Read it in")
    olga.is_on("Look through what was read")
    olga.sees("Other children of the area are named in this text: Tariq Ahmadi.")
    looks_well(olga, "import-review")
    olga.presses("Put “another child” in place of these names")
    olga.sees("likes swimming with another child")
    every_entry_is_confirmed_or_mended(olga)
    # the plan is in force, and reads well on paper and in pictures
    olga.fills_date("In force since", today_here() - timedelta(days=200))
    olga.presses("This plan is in force")
    olga.is_on("Education, health and care plan of Nia Sample")
    looks_well(olga, "document")
    olga.follows("Easy read", exact=True)
    olga.sees("This is an easy version of Nia’s plan.")
    looks_well(olga, "easy-read")
    the_night_says_what_to_mend(olga, place)


def a_scan_is_refused_with_what_to_do(olga, child: Child) -> None:
    scan = pdf_file(3)
    file = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": scan.read()}
    olga.page.locator("input[type=file]").set_input_files(file)
    olga.presses("Read it in")
    olga.is_on("This file cannot be read")
    olga.sees("is a picture of its pages, a scan")
    looks_well(olga, "import-scan")


def every_entry_is_confirmed_or_mended(olga) -> None:
    for section in ("A", "B", "E", "I"):
        olga.page.goto(f"{olga.page.url.split('?')[0]}?section={section}")
        olga.presses("Confirm")
        olga.sees("Confirmed.")
    olga.page.goto(f"{olga.page.url.split('?')[0]}?section=F")
    olga.sees("It says more than one length")
    olga.page.locator("summary", has_text="Mend, split or take out").first.click()
    olga.fills("Words", "A teaching assistant will read with Nia one-to-one for 20 minutes each school day.")
    olga.presses("Save and confirm")
    olga.sees("Everything was looked through.")


def the_night_says_what_to_mend(olga, place) -> None:
    with acting_as_system(place.area) as by:
        check_all(by=by)
    olga.goes_to("/plans/caseload/")
    olga.is_on("Plans to mend first")
    looks_well(olga, "caseload")
    olga.opens_the_filter()
    olga.selects("Show", "Rules")
    olga.presses("Show", exact=True)
    olga.sees("Rules by what was found")
    olga.goes_to("/plans/caseload/")
    olga.follows("Nia Sample")
    olga.is_on("What was found")
    looks_well(olga, "caseload-plan")
