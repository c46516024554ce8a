"""A school confirms its week in two minutes: a tick for what came as planned, a page for what was different."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from journeys.delivered import provision, week
from tests import made_up


@pytest.fixture
def people(transactional_db):
    return provision()


def test_a_school_confirms_its_week(visit, people):
    sen = visit(people.senco, phone=True)
    sen.goes_to(week("/delivery/week/", people.monday))
    sen.sees("What nobody ticks stays unknown.")
    sen.sees("5 sessions of 10 minutes")
    sen.sees("cannot be counted as the plan is written")
    sen.finds_the_page_accessible()
    sen.does_not_scroll_sideways()
    sen.presses("Confirm the children ticked")
    sen.sees("Nobody was ticked, so nothing was recorded.")
    sen.chooses("Came as planned for Nia Sample")
    sen.presses("Confirm the children ticked")
    sen.sees("The week is confirmed for 1 child.")
    sen.follows("Something was different for Nia Sample")
    sen.selects("Teaching: what came?", "Came in part")
    sen.presses("Save this week")
    sen.follows_the_error("Teaching: say how many minutes came.")
    sen.fills("Teaching: minutes that came, if not all", "30")
    sen.selects("Teaching: why, if not all came", "Staff were ill or away")
    sen.finds_the_page_accessible()
    sen.does_not_scroll_sideways()
    sen.presses("Save this week")
    sen.sees("1 recorded for this week.")
    sen.goes_to(week("/delivery/school/", people.monday))
    sen.sees("Came in part")
    sen.finds_the_page_accessible()


def test_a_school_sends_a_file(visit, people, tmp_path: Path):
    made_up.a_child(people.area, "Bo", "Otherby")
    sheet = tmp_path / "map.csv"
    days = [day.strftime("%d/%m/%Y") for day in (people.monday, people.monday - timedelta(days=2))]
    sheet.write_text(
        "Pupil Name,Intervention,Session Date,Duration,Outcome\n"
        f"Nia Sample,Letters and sounds,{days[0]},10 mins,Delivered\n"
        f"Nia Sample,Letters and sounds,{days[1]},10 mins,Delivered\n"
        f"Somebody Else,Letters and sounds,{days[0]},10,Delivered\n",
        encoding="utf-8",
    )
    sen = visit(people.senco)
    sen.goes_to("/delivery/import/")
    sen.finds_the_page_accessible()
    sen.page.get_by_label("The file").set_input_files(str(sheet))
    sen.presses("Look at the file")
    sen.sees("Somebody Else is not one of your pupils")
    sen.finds_the_page_accessible()
    sen.selects("“Letters and sounds”", "Teaching")
    sen.presses("Look again with these")
    sen.sees("was no school day")
    sen.presses("Keep 1 row")
    sen.sees("1 record is kept.")
    sen.goes_to("/delivery/dates/")
    sen.sees("Nobody has said these dates yet")
    sen.finds_the_page_accessible()
    sen.presses("Keep these dates")
    sen.sees("Days before stay as they were.")
