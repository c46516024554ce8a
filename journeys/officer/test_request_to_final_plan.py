"""Request to final plan: a mother rings, and twenty weeks later her daughter has a plan."""

from __future__ import annotations

from journeys.officer.desk import AtTheCase, Visit, requests_an_assessment
from kept.design.words import day


def test_from_the_request_to_the_final_plan(visit: Visit) -> None:
    at = requests_an_assessment(visit, weeks_ago=19)
    at.looks_well("case-requested")
    at.records("Agree to assess", at.after(5), "done in time", "A notice is owed", stage="Assessing")
    asks_for_advice(at)
    answers_arrive(at)
    at.records("Serve the draft plan", at.after(14), "The family has until", stage="Draft issued")
    the_family_answers_and_a_school_is_asked(at)
    the_plan_is_sent(at)
    the_case_is_found_by_a_misspelt_name(at)


def asks_for_advice(at: AtTheCase) -> None:
    visitor = at.visitor
    at.starts("Ask for advice")
    for body in ("Made-up Primary School", "Psychology service", "Therapy service"):
        visitor.chooses(body)
    at.says_when(at.after(5), "Date on which we asked")
    at.says_when(at.after(5.5), "Date on which they received the request")
    visitor.fills("What are they asked?", "What helps, how much of it and how often")
    at.looks_well("ask-advice")
    at.checks(f"(Psychology service): due {day(at.after(11.5))}")
    at.confirms("Assessing")
    visitor.sees("Therapy service")


def answers_arrive(at: AtTheCase) -> None:
    for body, weeks in (("Made-up Primary School", 8.0), ("Psychology service", 11.0), ("Therapy service", 12.0)):
        at.visitor.follows(f"Record answer of {body}")
        assert at.visitor.page.get_by_label("Who gave the advice?").input_value() == body
        at.says_when(at.after(weeks))
        at.checks("4 days late" if body == "Therapy service" else "done in time")
        at.confirms()
    at.looks_well("case-assessing")


def the_family_answers_and_a_school_is_asked(at: AtTheCase) -> None:
    visitor = at.visitor
    at.starts("Consult a school or college")
    visitor.fills("Which school or college was asked?", "Made-up Primary School")
    at.says_when(at.after(14.5))
    at.checks("Consulted school or institution replies")
    at.confirms()
    at.starts("Record a school's reply")
    visitor.fills("Which school or college replied?", "Made-up Primary School")
    at.says_when(at.after(16))
    at.checks("done in time")
    at.confirms()
    at.records("Record the family's response", at.after(16), stage="Draft issued")


def the_plan_is_sent(at: AtTheCase) -> None:
    visitor = at.visitor
    at.starts("Send the final plan")
    visitor.fills_date("Date on which", at.after(30))
    visitor.presses("Check what happens")
    visitor.sees("There is a problem")
    at.looks_well("wrong-date")
    visitor.follows_the_error("is in the future")
    at.says_when(at.after(18.5))
    at.checks("The case becomes “Plan maintained”.", "Send the finalised EHC plan: done in time.", "and appeal until")
    at.looks_well("check-final-plan")
    at.confirms("Plan maintained")
    at.looks_well("case-plan")
    visitor.sees("The final plan was sent")
    visitor.sees("First review of the plan completed")


def the_case_is_found_by_a_misspelt_name(at: AtTheCase) -> None:
    visitor = at.visitor
    visitor.goes_to("/cases/")
    visitor.fills("Name, date of birth, number or case", "nya sampel")
    visitor.presses("Show")
    visitor.sees("has a plan")
    at.looks_well("list-found")
    visitor.follows("Nia Sample")
    at.stands_at("Plan maintained")
