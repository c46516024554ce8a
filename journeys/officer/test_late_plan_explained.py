"""An officer is asked why a plan is late: the duty says how the date was counted, the exception, and the law."""

from __future__ import annotations

import pytest

from kept.access.acting import acting_as_system
from kept.cases.actions import record
from kept.worklist.tests.office import Office, make_office


@pytest.fixture
def office(transactional_db) -> Office:
    """Two requests of 22 weeks ago that have no plan yet; one has an exception recorded."""
    office = make_office()
    nia, bo = office.child("Nia", "Sampelworth"), office.child("Bo", "Otherby")
    for child in (nia, bo):
        case = office.case(child, asked_on=office.day(-154), officer=office.olu)
        with acting_as_system(office.area, today=office.today) as system:
            record(by=system, case=case, kind="assess_decision", on=office.day(-115), details={"outcome": "assess"})
            if child is bo:
                facts = {"from": office.day(-60).isoformat(), "description": "A death in the family"}
                details = {
                    "clock": "assess.final_plan",
                    "exception": "reg13_3.exceptional_personal",
                    "facts": facts,
                    "impractical": True,
                }
                record(by=system, case=case, kind="exception_recorded", on=office.day(-50), details=details)
    return office


def test_a_late_plan_is_explained_from_the_list_to_the_law(visit, office):
    olu = visit(office.olu)
    # given a plan past its 20 weeks
    olu.goes_to("/work/?kind=assess.final_plan")
    olu.sees("14 days late")
    # when they open the duty
    olu.goes_to("/work/?kind=assess.final_plan&child=sampelworth")
    olu.follows("Send the finalised EHC plan")
    # then the sentence, the missing exception and the law are there
    olu.sees("the request was received. 20 weeks from then, not counting that day, end on")
    olu.sees("No exception is recorded. The law lists 4 exceptions for this time limit.")
    olu.finds_the_page_accessible()
    olu.follows("What the law says")
    olu.is_on("Send the finalised EHC plan")
    olu.sees("SEND Regulations 2014 (SI 2014/1530) reg 13(2)")
    olu.sees("The text of the law was read.")
    olu.finds_the_page_accessible()


def test_a_released_plan_names_its_exception(visit, office):
    olu = visit(office.olu, phone=True)
    olu.goes_to("/work/?kind=assess.final_plan&child=otherby")
    olu.sees("Released: Exceptional personal circumstances (reg")
    olu.follows("Send the finalised EHC plan")
    olu.sees("released by an exception")
    olu.sees("The exception adds no days.")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
