"""An annual review on time: planned, everybody invited, the child heard first, judged with evidence, decided."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.access.acting import today_here
from kept.reviews import actions, meeting, sending
from kept.reviews.tests.place import a_place
from kept.rules.calendar import ENGLAND
from kept.rules.reviews import earliest_meeting


@pytest.fixture
def place(transactional_db):
    return a_place(today_here())


def test_planned_and_everybody_is_heard_before_the_meeting(visit, place):
    olu = visit(place.officer)
    # given the year ahead, in which Nia's review is not planned
    olu.goes_to("/reviews/year/?planned=no")
    olu.sees("Nia Sample")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.follows("Plan the review of Nia Sample")
    olu.sees("as the decision may take so long")
    olu.finds_the_page_accessible()
    # when it is planned, those whom the law names stand on the list
    olu.presses("Plan the review")
    olu.is_on("Who is invited")
    for name in ("Pat Sample", "Harbour Primary", "Therapy trust", "Social care", "Olu Officer"):
        olu.sees(name)
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.presses("Send the invitations")
    olu.sees("The invitations go out now.")
    olu.goes_to("/reviews/")
    olu.sees("Invitations sent")
    # and the mother writes what Nia says, and asks nobody's leave
    mum = visit(place.mother, phone=True)
    mum.goes_to("/reviews/")
    mum.finds_the_page_accessible()
    mum.follows("Nia Sample")
    mum.does_not_scroll_sideways()
    mum.finds_the_page_accessible()
    mum.follows("The child’s part")
    mum.fills("The child’s part", "I like swimming. Assembly is too loud.")
    mum.presses("Save")
    mum.follows_the_error("Answer the question: How were they asked?")
    mum.fills("How were they asked?", "Talking in the car")
    mum.finds_the_page_accessible()
    mum.presses("Save")
    mum.sees("Everybody who is invited reads it.")
    # then the papers go round, the child first
    olu.follows("Nia Sample")
    olu.finds_the_page_accessible()
    olu.follows("Send the papers round")
    olu.sees("Therapy trust")
    olu.finds_the_page_accessible()
    olu.follows("Read the papers first")
    olu.sees("Assembly is too loud.")
    olu.finds_the_page_accessible()
    olu.page.go_back()
    olu.presses("Send the papers")
    olu.sees("Papers for the meeting, as sent on")
    olu.follows("Move the meeting")
    olu.finds_the_page_accessible()
    olu.fills_date("New day of the meeting", earliest_meeting(today_here() + timedelta(days=14)))
    olu.presses("Move the meeting")
    olu.follows_the_error("Enter why it is moved")
    olu.fills("Why it is moved", "The head is ill")
    olu.presses("Move the meeting")
    olu.sees("not yet for the new day")


@pytest.fixture
def met(place):
    """The meeting was planned five weeks ago for the last working day, with an outcome and help from the paper plan."""
    day = ENGLAND.on_or_before(place.today - timedelta(days=1))
    with place.acting(place.officer, place.today - timedelta(days=40)) as by:
        place.review = actions.plan(by=by, child=place.child, meets_on=day)
        meeting.type_in(by=by, review=place.review, section="E", text="By July Nia asks for a turn.")
    with place.acting(place.senco, place.today - timedelta(days=30)) as by:
        sending.circulate(by=by, review=place.review, not_heard_because="She is away")
    return place


def test_held_judged_reported_and_decided(visit, met):  # noqa: PLR0915 - one story, told to its end
    sen = visit(met.senco)
    sen.goes_to(f"/reviews/{met.review.pk}/")
    sen.sees("was the meeting held?")
    sen.follows("The meeting was held")
    sen.chooses("Pat Sample, Parent or carer")
    sen.finds_the_page_accessible()
    sen.presses("Yes, it was held on that day")
    # help from the paper plan is added, and what was not recorded cannot be said to have failed
    sen.follows("Add an outcome or help from the paper plan")
    sen.selects("Section of the plan", "F: special educational provision")
    sen.fills("The words of the plan", "45 minutes of speech therapy every week.")
    sen.finds_the_page_accessible()
    sen.presses("Add")
    outcome, help_ = (sen.page.get_by_role("group").filter(has_text=words) for words in ("asks for a turn", "therapy"))
    outcome.get_by_label("What the meeting says").select_option(label="On track")
    outcome.get_by_label("What shows it", exact=True).fill("Six of ten turns asked for")
    help_.get_by_label("What the meeting says").select_option(label="It was given and did not work")
    help_.get_by_label("What shows it", exact=True).fill("The scores did not change")
    sen.presses("Save")
    sen.sees("Nothing is recorded of this being given.")
    sen.finds_the_page_accessible()
    help_.get_by_label("What the meeting says").select_option(label="It was not given as written")
    sen.presses("Save")
    sen.sees("All are judged.")
    sen.goes_to(f"/reviews/{met.review.pk}/measure/")
    sen.fills("What was measured", "Six of ten")
    sen.finds_the_page_accessible()
    sen.presses("Save")
    sen.goes_to(f"/reviews/{met.review.pk}/report/")
    sen.fills("What was said and agreed", "Nia asks for turns; the therapy did not come.")
    sen.chooses("Amend the plan")
    sen.fills("What should be changed in the plan", "F: name who steps in when the therapist is away.")
    sen.finds_the_page_accessible()
    sen.presses("Send the report")
    sen.sees("The report goes out now.")
    # the council decides within four weeks, and the family says whether it changed something
    olu = visit(met.officer)
    olu.goes_to(f"/reviews/{met.review.pk}/decide/")
    olu.chooses("Amend the plan")
    olu.fills("The reasons", "The plan must say who steps in.")
    olu.finds_the_page_accessible()
    olu.presses("Record the decision")
    olu.sees("The next twelve months have begun.")
    olu.sees("Where the decision is to amend")
    olu.goes_to("/reviews/figures/")
    olu.sees("Decisions within four weeks")
    olu.finds_the_page_accessible()
    mum = visit(met.mother, phone=True)
    mum.goes_to(f"/reviews/{met.review.pk}/")
    mum.follows("Did the meeting change something?")
    mum.chooses("Partly")
    mum.finds_the_page_accessible()
    mum.presses("Send")
    mum.sees("Thank you.")
    olu.goes_to("/reviews/figures/")
    olu.sees("Whether the plan changed")
    olu.finds_the_page_accessible()
    olu.follows("Families who say that the meeting changed something")
    olu.sees("Partly")
    olu.finds_the_page_accessible()


def test_an_early_review_is_asked_for_and_agreed(visit, place):
    mum = visit(place.mother, phone=True)
    mum.goes_to("/reviews/")
    mum.follows("Ask for an early review for Nia")
    mum.fills("What has changed?", "She no longer goes to school.")
    mum.finds_the_page_accessible()
    mum.presses("Ask")
    mum.sees("An answer is owed within ten working days.")
    olu = visit(place.officer)
    olu.goes_to("/reviews/")
    olu.follows("Nia Sample: Pat Sample")
    olu.chooses("Yes, we hold a review")
    olu.fills_date("Day of the meeting", earliest_meeting(place.today))
    olu.finds_the_page_accessible()
    olu.presses("Answer")
    olu.follows("Nia Sample")
    olu.sees("Early review")
    olu.follows("Cancel this review")
    olu.finds_the_page_accessible()
    olu.fills("Why", "The family moved away")
    olu.presses("Cancel the review")
    olu.sees("Cancelled on")
