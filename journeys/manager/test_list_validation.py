"""List validation: a file is brought in, the night asks its questions, a manager answers them with one press."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.waiting import checking
from kept.waiting.models import Batch, Referral
from kept.waiting.tests.house import an_area_with_lists, refer
from tests import made_up

DAYS_AGO = (130, 40, 40)


def a_file(people):
    """Three children who can be taken in and three rows that cannot."""
    day = {n: (people.today - timedelta(days=n)).strftime("%d/%m/%Y") for n in (1, 40, 130)}
    return "\n".join(
        [
            "Referral ID,First name,Surname,DOB,Referral date,Urgency,Discharge date,Discharge reason",
            f"R1,Ada,Ashby,03/04/2017,{day[130]},Routine,,",
            f"R2,Ben,Birchwood,05/06/2016,{day[40]},Urgent,,",
            f"R3,Cai,Cedarland,07/08/2015,{day[40]},Routine,{day[1]},Seen",
            f"R4,Dot,Dellwood,07/08/2014,{day[40]},Routine,{day[130]},Seen",
            "R5,Eve,Elmhurst,07/08/2013,01/01/1900,Routine,,",
            f"R2,Fay,Firtree,07/08/2012,{day[40]},Routine,,",
        ]
    )


@pytest.fixture
def people(transactional_db, tmp_path):
    people = an_area_with_lists()
    people.file = tmp_path / "list.csv"
    people.file.write_text(a_file(people), encoding="utf-8")
    return people


def given_a_file_is_brought_in(mo, people):
    mo.goes_to("/waiting/files/")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.fills("Which system does it come from?", "Trust system")
    mo.page.set_input_files("input[type=file]", people.file)
    mo.presses("Look at the file")
    mo.sees("Choose the list that all rows belong to")
    mo.selects("All rows belong to the list", "Autism assessment: Assessment")
    mo.presses("Check again")
    mo.sees("It was closed before it began.")
    mo.sees("which a system puts in when nothing is known")
    mo.sees("The reference R2 is in the file twice.")
    with people.system():
        assert not Referral.objects.exists(), "nothing comes in before somebody says so"
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.presses("Bring in 3 rows")
    mo.sees("Brought in from Trust system: 3 new, 0 changed, 0 as they were.")


def and_the_list_is_set_up_as_it_should_be(mo):
    mo.goes_to("/waiting/set-up/")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.follows("Assessment", exact=True)
    mo.fills("Target of P3, weeks", "26")
    mo.finds_the_page_accessible()
    mo.presses("Save")
    mo.sees("Changed: Assessment.")
    mo.sees("2, 6, 26")


def when_the_night_has_asked(people):
    with people.system() as by:
        old = made_up.a_child(people.area, "Old", "Enough", born_on=people.today - timedelta(days=20 * 366))
    refer(people, people.lists.first, 30, child=old)
    with people.system() as by:
        assert checking.check_lists(by=by) == checking.check_lists(by=by) > 0


def then_each_is_answered_with_one_press(mo, people):
    mo.goes_to("/waiting/checks/")
    mo.sees("The child is older than 18.")
    mo.sees("Nothing has happened for 130 days.")
    mo.sees("It is closed as seen, but no appointment was attended.")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.presses("We spoke to the family today: Ada Ashby")
    mo.sees("Answered: nothing has happened for 90 days.")
    mo.presses("Close it: too old for the service: Old Enough")
    mo.presses("Asked the sender: Cai Cedarland")
    mo.sees("Nothing is asked.")


def and_a_standard_is_superseded_when_it_changes(mo):
    mo.goes_to("/waiting/set-up/standards/autism_start/")
    mo.sees("3 months")
    mo.fills("How many weeks or months", "2")
    mo.presses("See what would change")
    mo.sees("What would change today")
    mo.finds_the_page_accessible()
    mo.does_not_scroll_sideways()
    mo.fills("Document that says so", "Board paper 4")
    mo.fills("Why the area counts so from then on", "Agreed with the trust")
    mo.presses("Supersede", exact=True)
    mo.sees("2 months")
    mo.sees("Agreed with the trust")


def test_a_list_is_put_right(visit, people):
    mo = visit(people.manager)
    given_a_file_is_brought_in(mo, people)
    and_the_list_is_set_up_as_it_should_be(mo)
    when_the_night_has_asked(people)
    then_each_is_answered_with_one_press(mo, people)
    and_a_standard_is_superseded_when_it_changes(mo)
    with people.system():
        assert Batch.objects.get().added == 3
        assert Referral.objects.get(child__given_names="Old").closed_reason == "aged_out"
