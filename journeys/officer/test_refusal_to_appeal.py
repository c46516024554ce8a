"""Refusal to appeal: a request is refused, the wrong date is corrected, the family appeals and wins."""

from __future__ import annotations

import re

from journeys.officer.desk import AtTheCase, Visit, requests_an_assessment
from kept.access.acting import today_here
from kept.design.words import day


def test_from_the_refusal_to_the_order(visit: Visit) -> None:
    at = requests_an_assessment(visit, weeks_ago=30)
    the_panel_is_asked(at)
    the_request_is_refused(at)
    the_date_was_wrong_and_is_corrected(at)
    the_notice_goes(at)
    the_family_tries_mediation_and_appeals(at)
    the_tribunal_orders_an_assessment(at)


def the_panel_is_asked(at: AtTheCase) -> None:
    visitor = at.visitor
    visitor.follows("Put on a panel")
    visitor.is_on("Put on a panel")
    visitor.fills_date("Day of the meeting", today_here())
    visitor.fills("What should the panel know?", "The school's evidence is thin")
    at.looks_well("put-on-panel")
    visitor.presses("Put on the list")
    visitor.sees("The case is on the list of the panel.")
    visitor.follows("Panel")
    at.looks_well("panel")
    visitor.follows("Nia Sample")
    visitor.is_on("Whether to assess")
    at.looks_well("panel-item")
    visitor.follows("The case: its time limits")


def the_request_is_refused(at: AtTheCase) -> None:
    at.starts("Refuse to assess")
    at.says_when(at.after(5))
    at.visitor.fills("Note", "The school can meet her needs from its own resources")
    at.checks("The case becomes “Not assessed”.", "and appeal until", "We will not assess")
    at.looks_well("check-refusal")
    at.visitor.presses("Change")
    at.visitor.is_on("Refuse to assess")
    assert "own resources" in at.visitor.page.get_by_label("Note").input_value()
    at.checks()
    at.confirms("Not assessed")
    at.looks_well("case-refused")


def the_date_was_wrong_and_is_corrected(at: AtTheCase) -> None:
    visitor = at.visitor
    visitor.follows(f"Correct the entry of {day(at.after(5))}: The decision whether to assess")
    visitor.is_on("Correct an entry")
    at.says_when(at.after(6))
    visitor.fills("Why is this corrected?", "The letter went a week later")
    at.looks_well("correct")
    at.checks()
    at.confirms("Not assessed")
    visitor.sees("Corrected because: The letter went a week later")


def the_notice_goes(at: AtTheCase) -> None:
    visitor = at.visitor
    here = visitor.page.url
    at.starts("Record something else")
    at.looks_well("anything")
    visitor.goes_to(here)
    visitor.page.get_by_role("button", name="Send the notice: we will not assess").click()
    visitor.sees("Not to assess.")
    at.says_when(at.after(6))
    at.checks(re.compile("appeal", re.IGNORECASE))
    at.confirms("Not assessed")
    visitor.does_not_see("Send the notice")


def the_family_tries_mediation_and_appeals(at: AtTheCase) -> None:
    at.records("Record contact with the adviser", at.after(7))
    at.visitor.sees("Mediation about a decision is under way.")
    at.records("Record the mediation certificate", at.after(9))
    at.records("Record an appeal", at.after(12))
    at.visitor.sees("The family has appealed to the Tribunal.")
    at.looks_well("case-appeal")


def the_tribunal_orders_an_assessment(at: AtTheCase) -> None:
    visitor = at.visitor
    at.starts("Record the Tribunal's order")
    visitor.chooses("An assessment")
    at.says_when(at.after(26))
    at.checks(f"due {day(at.after(28))}")
    at.confirms("Not assessed")
    visitor.sees("The Tribunal's order, or an agreement, is being carried out.")
    an_exception_that_does_not_hold_is_refused(at)
    at.records("Tell the family we will assess", at.after(27.5), stage="Assessing")
    at.looks_well("case-ordered")


def an_exception_that_does_not_hold_is_refused(at: AtTheCase) -> None:
    visitor = at.visitor
    visitor.follows("Record an exception to a time limit")
    at.looks_well("exceptions")
    visitor.follows("Away from the area for 14 days or more")
    at.says_when(at.after(26), "First day away from the area")
    at.says_when(at.after(27), "Day on which they returned")
    visitor.chooses("Because of this it was impractical")
    at.says_when(at.after(28), "Date on which this was established")
    visitor.fills("What shows it?", "A postcard")
    visitor.presses("Check what happens")
    visitor.sees("This exception does not hold")
    visitor.sees("They were away for 7 days")
    at.looks_well("exception-refused")
    visitor.follows("Cancel")
