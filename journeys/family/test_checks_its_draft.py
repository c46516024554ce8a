"""A mother checks the draft on her phone at night, says what is wrong, and the officer answers each point."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journeys.people import an_area_of_people
from kept.access.acting import acting
from kept.documents.actions import keep
from kept.plans import actions, advice_in, comments, versions
from kept.plans.actions import EntryWords
from kept.plans.advice_in import AdviceText
from kept.plans.tests.made import a_plan_in_force, a_written_plan, an_assessed_case
from kept.plans.tests.test_papers import PIXEL
from tests.made_up import a_parent_of

LOOSE = "Nia will have access to a teaching assistant as required."
WEEKLY = (
    "An occupational therapist will deliver occupational therapy one-to-one for 30 minutes, once each week, "
    "to build the strength of her hands."
)
LESS = WEEKLY.replace("once each week", "once each half-term")


@pytest.fixture
def people(transactional_db, monkeypatch):
    people = an_area_of_people()
    people.father = a_parent_of(people.child, "Femi Sample")
    an_assessed_case(people.area, people.officer, people.child, begun=people.today - timedelta(weeks=14))
    advised = AdviceText(said_by="Therapy Trust", said_on=date(2026, 3, 1), part="provision", text=WEEKLY)
    monkeypatch.setattr(advice_in, "_READERS", [lambda actor, child: [advised]])
    return people


def a_draft_that_was_sent_twice(people):
    """The second draft gives less therapy than the first, and says why."""
    with acting(user=people.officer, area=people.area, today=people.today - timedelta(days=26)) as by:
        first, _ = a_written_plan(by, people.child)
        loose = actions.save_entry(by=by, version=first, given=EntryWords(section="F", text=LOOSE))
        therapy = actions.save_entry(by=by, version=first, given=EntryWords(section="F", text=WEEKLY))
        first = versions.send_draft(by=by, version=first)
    with acting(user=people.officer, area=people.area, today=people.today - timedelta(days=5)) as by:
        second = versions.write_next(by=by, version=first, move="redraft")
        actions.save_entry(
            by=by, version=second, lineage=therapy.lineage, given=EntryWords(section="F", text=LESS), based_on=1
        )
        advice_in.pick_out(by=by, plan=second.plan)
        row = advice_in.recommendations_of(by, second.plan).get()
        advice_in.answer_recommendation(
            by=by,
            row=row,
            version=second,
            use="changed",
            reason="There is one therapist at present.",
            lineage=therapy.lineage,
        )
        return versions.send_draft(by=by, version=second), loose


def looks_well(visitor):
    visitor.finds_the_page_accessible()
    visitor.does_not_scroll_sideways()


def test_the_family_checks_its_draft(visit, people):
    draft, loose = a_draft_that_was_sent_twice(people)
    # given the draft on her phone, with the days counted in front of her
    mina = visit(people.mother, phone=True)
    mina.goes_to(f"/plans/children/{people.child.pk}/draft/")
    mina.is_on("The draft plan")
    mina.sees("Today is day 6 of 15.")
    looks_well(mina)
    # when she sees what changed and what the therapist had asked for
    mina.follows("What changed since the last plan")
    mina.sees("Promises less")
    mina.sees("Over a school year that is 16 hours less.")
    looks_well(mina)
    mina.goes_to(f"/plans/drafts/{draft.pk}/")
    mina.follows("What the experts said")
    mina.sees("We changed it")
    mina.sees("There is one therapist at present.")
    looks_well(mina)
    # and reads the part with the help, with its checks in plain sentences
    mina.goes_to(f"/plans/drafts/{draft.pk}/parts/F/")
    mina.sees("This does not say how often.")
    looks_well(mina)
    # then what she types is kept, can be taken back and put back, and is sent when she says so
    part = mina.page.locator(f"#part-{loose.lineage}")
    part.get_by_role("textbox").fill("Every day, please. She cannot ask for help.")
    if mina.has_scripts:
        mina.sees("Not sent yet.")
    else:
        part.get_by_role("button", name="Save").click()
    part.get_by_role("button", name="Take it back").click()
    mina.sees("You took it back. You can put it back.")
    part.get_by_role("button", name="Put it back").click()
    mina.sees("It is back.")
    mina.follows("Send what you said")
    mina.sees("Every day, please. She cannot ask for help.")
    looks_well(mina)
    mina.presses("Send to the council")
    mina.sees("We have what you said. We must answer each point.")
    mina.follows("Ask to meet us")
    looks_well(mina)
    mina.fills("When can you meet us", "Tuesday after five, by phone.")
    mina.presses("Send")
    mina.sees("We have it. We must answer you.")
    mina.follows("Ask for a school")
    looks_well(mina)


def test_each_point_is_answered_to_whom_it_belongs(visit, people):
    draft, loose = a_draft_that_was_sent_twice(people)
    with acting(user=people.mother, area=people.area) as by:
        said = {"lineage": loose.lineage, "section": "F", "text": "Every day, please."}
        comments.save_point(by=by, version=draft, **said)
        comments.send_points(by=by, version=draft)
    # given a point, when the officer says no without a reason, then the page asks for one
    olu = visit(people.officer)
    olu.goes_to(f"/plans/versions/{draft.pk}/points/")
    olu.sees("1 point waits for an answer")
    olu.finds_the_page_accessible()
    olu.chooses("Not accepted")
    olu.presses("Answer")
    olu.follows_the_error("Give the reason")
    olu.finds_the_page_accessible()
    olu.fills("Reason", "The school sees to it in each lesson: see F1.")
    olu.presses("Answer")
    olu.sees("The answer is saved.")
    # and the mother reads it in her table, and the father does not
    mina = visit(people.mother, phone=True)
    mina.goes_to(f"/plans/versions/{draft.pk}/answers/")
    mina.sees("The school sees to it in each lesson: see F1.")
    looks_well(mina)
    femi = visit(people.father)
    femi.goes_to(f"/plans/versions/{draft.pk}/answers/")
    femi.sees("You have sent us nothing on this draft.")
    femi.does_not_see("Every day, please")


def test_no_advice_is_dropped_silently(visit, people):
    with acting(user=people.officer, area=people.area) as by:
        version, _ = a_written_plan(by, people.child)
    # given advice that came in, when the officer lists it, then it waits for an answer with a reason
    olu = visit(people.officer)
    olu.goes_to(f"/plans/versions/{version.pk}/advice/")
    olu.sees("1 recommendation that is not listed here yet")
    olu.presses("List it")
    olu.sees("No answer yet (1)")
    olu.finds_the_page_accessible()
    olu.follows("Say what the plan does with it")
    olu.finds_the_page_accessible()
    olu.chooses("Not used")
    olu.presses("Save")
    olu.follows_the_error("Give the reason")
    olu.fills("Reason", "Her hands are strong enough now, by the report of June.")
    olu.presses("Save")
    olu.sees("It is saved.")
    olu.sees("Reason: Her hands are strong enough now")
    # and a photo that came with the advice cannot be read by a machine: it waits until somebody looked at it
    with acting(user=people.officer, area=people.area) as by:
        photo = SimpleUploadedFile("drawing.png", b"\x89PNG\r\n\x1a\n" + PIXEL)
        keep(by=by, child=people.child, file=photo, source="partners.advice")
    olu.goes_to(f"/plans/versions/{version.pk}/advice/")
    olu.sees("1 file came with advice and is being read")
    olu.presses("Read now")
    olu.sees("this is another kind of file")
    looks_well(olu)
    olu.presses("I have looked it through")
    olu.sees("Looked through by")


def test_what_is_promised_now(visit, people):
    a_plan_in_force(people.area, people.officer, people.deputy, people.child)
    mina = visit(people.mother, phone=True)
    mina.goes_to(f"/plans/children/{people.child.pk}/promised/")
    mina.sees("The council must see to this")
    mina.sees("45 minutes, once a week")
    looks_well(mina)
    mina.follows("See what it should change")
    mina.sees("Nobody has written down yet how this goes.")
    looks_well(mina)
