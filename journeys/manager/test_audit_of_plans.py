"""An audit by two agencies and a parent: drawn by chance, read without names, settled, followed to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.access.acting import today_here
from kept.quality import judging
from kept.quality.models import Chair, Seat
from kept.quality.tests.place import a_place


@pytest.fixture
def place(transactional_db):
    place = a_place(2, today_here())
    place.users = {
        user.pk: user for user in (place.writer, place.officer, place.therapist, place.nurse, place.senco, place.parent)
    }
    return place


def seats(place):
    with place.acting(place.manager) as by:
        return {seat.chair: seat for seat in Seat.objects.filter(area=by.area, copy__number=1).select_related("copy")}


def test_audit_by_two_agencies_and_a_parent(visit, place):  # noqa: PLR0915 - one story, told to its end
    mo = visit(place.manager)
    # given a sample drawn by chance, with doubtful words to look at before it opens
    mo.goes_to("/audits/")
    mo.finds_the_page_accessible()
    mo.follows("Draw a sample")
    mo.fills("Name of the audit", "Autumn audit")
    mo.fills("How many plans", "2")
    for name in ("Tam Therapist", "Noor Nurse", "Sen Senco", "Fay Forum", "Olu Officer", "Dee Deputy"):
        mo.chooses(name)
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.presses("See the sample")
    mo.sees("Are any of these names?")
    mo.chooses("Barnaby")
    mo.finds_the_page_accessible()
    mo.presses("Open the audit")
    mo.is_on("Autumn audit")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    # when the first judges alone, with a grade and a reason for each section
    known = seats(place)
    first = known[Chair.FIRST]
    auditor = visit(place.users[first.auditor_id])
    auditor.goes_to("/audits/mine/")
    auditor.finds_the_page_accessible()
    auditor.goes_to(f"/audits/seats/{first.pk}/stand-down/")
    auditor.finds_the_page_accessible()
    auditor.goes_to(f"/audits/seats/{first.pk}/")
    for name in ("Barnaby", "Nia ", "Tomas", "Harbour"):
        auditor.does_not_see(name)
    auditor.presses("This is my final judgement")
    auditor.sees("Choose a grade.")
    auditor.finds_the_page_accessible()
    for section in judging.sections_of(first.copy):
        group = auditor.page.locator(f"[name='s-{section}-grade'][value='{1 if section == 'F' else 3}']")
        group.check()
        auditor.page.locator(f"[name='s-{section}-why']").fill("Because of what it says")
    auditor.presses("This is my final judgement")
    auditor.sees("The others are shown when both of the pair have judged.")
    auditor.finds_the_page_accessible()
    # and the second sees section F quite otherwise
    for chair in (Chair.SECOND, Chair.PARENT):
        seat = known[chair]
        with place.acting(place.users[seat.auditor_id]) as by:
            grades = dict.fromkeys(judging.sections_of(seat.copy), (3, "Clear"))
            judging.judge(by=by, seat=seat, grades=grades)
    # then the manager settles it, beside what the wording check found
    mo.goes_to(f"/audits/copies/{first.copy_id}/")
    mo.sees("Settle what is far apart")
    mo.sees("What the wording check found")
    mo.finds_the_page_accessible()
    mo.chooses("Requires improvement")
    mo.fills("Why", "It does not say how often.")
    mo.presses("Settle")
    mo.sees("F: special educational provision: Requires improvement")
    mo.goes_to("/audits/")
    mo.follows("Autumn audit")
    mo.sees("Agreement of the pair beyond chance")
    mo.follows("Add an action")
    mo.fills("What is to be done", "Teach how to say how often")
    mo.selects("Who does it", "Tam Therapist")
    mo.fills_date("By when", today_here() + timedelta(days=30))
    mo.finds_the_page_accessible()
    mo.presses("Save")
    tam = visit(place.therapist, phone=True)
    tam.goes_to("/audits/mine/")
    tam.follows("Teach how to say how often")
    tam.fills("What shows that it is done", "Nine came to the session.")
    tam.finds_the_page_accessible()
    tam.does_not_scroll_sideways()
    tam.presses("Save")
    mo.follows("Teach how to say how often")
    mo.chooses("Yes, close it")
    mo.presses("Save")
    mo.sees("by Mo Manager")
    mo.goes_to("/audits/results/")
    mo.sees("Autumn audit")
    mo.finds_the_page_accessible()
