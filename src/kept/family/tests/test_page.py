"""Tests of the family's page: what it says, to whom, and how easily it reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept.access.acting import acting_as_system
from kept.access.models import Grant, Relation
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.duties.models import Duty
from kept.family import actions
from kept.family.answering import EIGHT, answers
from kept.family.page import family_page
from kept.family.words import LET_GO, OWED, STEP_OF, STEPS, WHERE, let_go_words, owed_words
from kept.messages import actions as talking
from kept.messages.emails import deliver_waiting
from kept.rules.process import Stage
from kept.rules.process.table import clocks
from kept.rules.reading import measure, text_blocks
from tests import made_up

PAGES = ["", "owed/", "questions/", "help/", "letters/", "messages/", "story/", "views/", "write/", "views/add/"]
OLDEST_READER = 11


def page_for(place, user, on=None):
    with place.acting(user, on or place.today) as actor:
        return family_page(actor, place.child, is_family=True)


def decision(place):
    return Duty.objects.get(rule="assess.decision", area=place.area)


def test_every_stage_and_every_duty_of_the_law_has_plain_words():
    assert set(WHERE) == set(Stage)
    assert all(1 <= step <= len(STEPS) for step in STEP_OF.values())
    from kept.cases.projection import FAMILY, NOT_OWED

    owed = {c.id for c in clocks().values() if c.nature not in NOT_OWED and c.duty_holder != FAMILY}
    assert owed <= set(OWED), owed - set(OWED)


def test_plain_words_read_younger_than_eleven():
    said = [words.format(name="Sam") for words in (*WHERE.values(), *OWED.values())]
    for words in said:
        assert measure([f"We must {words}" if words in OWED.values() else words]).age < OLDEST_READER + 3, words
    assert measure(said).age < OLDEST_READER


def test_every_reason_for_which_the_law_lets_a_day_pass_has_plain_words():
    tests = {one.test for clock in clocks().values() for one in clock.exceptions}
    assert tests == set(LET_GO)
    assert let_go_words("assess.final_plan", "reg13_3.absence_4w", "Sam") == (
        "You were away from this area for 4 weeks or more."
    )
    assert let_go_words("assess.final_plan", "no_such.code", "Sam") == ""


def test_the_page_says_who_has_it_and_what_is_next(place, case):
    page = page_for(place, place.mother)
    assert (page.step, page.case.officer, page.case.deputy) == (1, place.officer, place.deputy)
    first = page.steps_owed[0]
    assert (first.who, first.what) == ("We", "tell you if we will find out more")
    assert first.duty.due_on == date(2026, 6, 1)
    assert not page.late


def test_late_is_said_plainly_and_the_day_stays(place, case, browse):
    with time_machine.travel(date(2026, 6, 9)):
        html = browse(place.mother).get(f"/family/{place.child.pk}/").content.decode()
    assert "It is 8 days late." in html
    assert "We did not tell you before the day. We should have." in html


def test_told_before_the_day_with_reason_and_new_day(place, case, browse):
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        notice = actions.say_it_will_be_late(
            by=actor, duty=decision(place), new_date=date(2026, 6, 12), reason="The report has not come."
        )
    assert notice.was_in_time
    with time_machine.travel(date(2026, 6, 15)):
        html = browse(place.mother).get(f"/family/{place.child.pk}/owed/").content.decode()
    assert "The report has not come." in html
    assert "We missed the new day too." in html
    assert "The day was Monday 1 June 2026. It is 14 days late." in html


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 5, 20)])
def test_a_new_day_must_be_later(place, case, day):
    with place.acting(place.officer, date(2026, 5, 28)) as actor, pytest.raises(actions.Refused, match="must be after"):
        actions.say_it_will_be_late(by=actor, duty=decision(place), new_date=day, reason="Because")


def test_staff_are_given_the_duty_to_tell_before_the_day_and_it_is_met_by_telling(place, case):
    with place.system(date(2026, 5, 27)) as system:
        assert actions.look_ahead(by=system) == 1
        actions.look_ahead(by=system)  # a job that runs twice gives the duty once
        (tell,) = Duty.objects.filter(source="family.tell")
    assert (tell.due_on, tell.person, tell.met_on) == (date(2026, 5, 29), place.officer, None)
    said = [one.what for one in page_for(place, place.mother, date(2026, 5, 27)).open]
    assert "warn you in good time if we will be late to tell you if we will find out more" in said
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        duty = decision(place)
        actions.say_it_will_be_late(by=actor, duty=duty, new_date=date(2026, 6, 12), reason="The report is late.")
        tell.refresh_from_db()
        assert tell.met_on == date(2026, 5, 28)


def test_the_duty_to_tell_goes_when_it_was_done_in_time(place, case):
    with place.system(date(2026, 5, 27)) as system:
        actions.look_ahead(by=system)
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        details = {"outcome": "assess"}
        cases.record(by=actor, case=case, kind="assess_decision", on=date(2026, 5, 28), details=details)
    with place.system(date(2026, 5, 29)) as system:
        actions.look_ahead(by=system)
        assert not Duty.objects.filter(source="family.tell").exists()


def test_a_parent_asks_and_the_six_weeks_run_from_today(place):
    with place.acting(place.mother) as actor:
        case = actions.ask_for_assessment(by=actor, child=place.child, text="Reading is hard.")
    page = page_for(place, place.mother)
    assert page.case == case
    assert page.steps_owed[0].duty.due_on == place.today + timedelta(days=42)
    assert [thread.subject for thread in page.threads] == ["Request for an assessment"]
    assert page_for(place, place.father).threads == []


def test_nobody_but_the_family_asks(place):
    with place.acting(place.therapist) as actor, pytest.raises(actions.Refused):
        actions.ask_for_assessment(by=actor, child=place.child, text="Reading is hard.")


def test_the_story_is_read_only_by_those_whom_the_family_chose(place):
    def read(user):
        with place.acting(user) as actor:
            story = family_page(actor, place.child, is_family=False).story
            return story.text if story else None

    with place.acting(place.mother) as actor:
        actions.tell_story(by=actor, child=place.child, text="She likes trains.")
    assert [read(place.father), read(place.officer), read(place.therapist)] == ["She likes trains.", None, None]
    with place.acting(place.mother) as actor:
        actions.share_with(by=actor, child=place.child, chosen=[place.health])
    assert [read(place.officer), read(place.therapist)] == [None, "She likes trains."]
    with place.acting(place.mother) as actor:
        actions.share_with(by=actor, child=place.child, chosen=[place.send])
        actions.share_with(by=actor, child=place.child, chosen=[place.send])
    assert [read(place.officer), read(place.therapist)] == ["She likes trains.", None]


def test_an_interpreted_view_says_by_whom(place):
    facts = {"asked": "Lunch", "method": "watched", "words": "Turned away", "on": place.today}
    with place.acting(place.mother) as actor:
        with pytest.raises(actions.Refused, match="Say who took it"):
            actions.record_view(by=actor, child=place.child, voice="interpreted", **facts)
        view = actions.record_view(
            by=actor, child=place.child, voice="interpreted", interpreter="Ann Lee, her teacher", **facts
        )
    assert view.interpreter == "Ann Lee, her teacher"


def test_all_eight_questions_have_an_answer_or_an_honest_not_yet(place, case):
    with place.acting(place.mother) as actor:
        found = answers(actor, family_page(actor, place.child, is_family=True))
    assert tuple(one.question for one in found[:8]) == EIGHT
    assert found[0].said[0] == "Olu Officer has it."
    assert all(one.is_known for one in found[:8])
    assert all(one.is_known or "not yet" in one.said[0] for one in found)


def test_what_was_said_by_phone_runs_the_same_clock_and_a_copy_is_owed(place, case):
    with place.acting(place.officer) as actor:
        carer = place.child.links.select_related("carer").get(carer__user=place.mother).carer
        thread = actions.write_down(
            by=actor,
            child=place.child,
            carer=carer,
            subject="The bus",
            text="It did not come.",
            how="phone",
            said_on=date(2026, 5, 29),
        )
        assert thread.answer_by == date(2026, 6, 12)
        copy = Duty.objects.get(source="family.copy")
        assert copy.met_on is None
        actions.copy_sent(by=actor, thread=thread, on=place.today)
        copy.refresh_from_db()
        assert copy.met_on == place.today
    assert [t.subject for t in page_for(place, place.mother).threads] == ["The bus"]
    assert page_for(place, place.father).threads == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_family_reads_younger_than_eleven(place, case, browse, path):
    with place.acting(place.mother) as actor:
        talking.start(by=actor, child=place.child, subject="Reading", text="When?", with_user=place.mother)
        actions.tell_story(by=actor, child=place.child, text="She likes trains.")
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        details = {"outcome": "assess"}
        cases.record(by=actor, case=case, kind="assess_decision", on=date(2026, 5, 28), details=details)
        cases.ask_for_advice(
            by=actor,
            case=case,
            kind="health",
            body="Therapy trust",
            asked_on=date(2026, 5, 28),
            received_on=date(2026, 5, 28),
            agency=place.health,
        )
    with time_machine.travel(date(2026, 9, 15)):
        answer = browse(place.mother).get(f"/family/{place.child.pk}/{path}")
    assert answer.status_code == 200
    found = measure(text_blocks(answer.content.decode()))
    assert found.words > 10
    assert found.age < OLDEST_READER, f"{path}: {found.age:.1f}"


def test_the_number_of_queries_does_not_grow(place, case, browse):
    def count():
        client = browse(place.mother)
        client.get(f"/family/{place.child.pk}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/family/{place.child.pk}/").status_code == 200
        return len(queries)

    before = count()
    with place.acting(place.mother) as actor:
        for number in range(6):
            talking.start(by=actor, child=place.child, subject=f"Question {number}", text="?", with_user=place.mother)
    assert count() <= before + 1


def test_both_parents_are_emailed_of_a_delay_without_a_name(
    place, case, mailoutbox, django_capture_on_commit_callbacks
):
    with (
        django_capture_on_commit_callbacks(execute=True),
        place.acting(place.officer, date(2026, 5, 20)) as actor,
    ):
        actions.say_it_will_be_late(
            by=actor, duty=decision(place), new_date=date(2026, 6, 12), reason="Nia was not seen in time."
        )
    with place.system() as by:
        deliver_waiting(by=by, moment=datetime(2026, 5, 20, 12, tzinfo=UTC))
    assert {to for one in mailoutbox for to in one.to} == {place.mother.email, place.father.email}
    for one in mailoutbox:
        assert "12 June 2026" in one.body
        assert "Nia" not in one.subject + one.body
        assert len(one.to) == 1


@pytest.mark.parametrize("rule", ["waits.rtt", "waits.community_2029", "waits.answer", "delivery.shortfall"])
def test_what_a_service_owes_is_said_to_the_family_without_its_codes(rule):
    words = owed_words(rule, "Community paediatrics, First clinic: Referral to treatment, consultant-led", "Sam")
    assert "Referral" not in words
    assert measure([f"Community paediatrics must {words}"]).age < OLDEST_READER + 3


OTHER_PAGES = (
    "/documents/child/{}/",
    "/records/children/{}/sharing/",
    "/records/children/{}/who-looked/",
    "/rights/children/{}/copy/",
    "/rights/children/{}/corrections/",
    "/invite/{}/advocate/",
    "/messages/emails/",
)


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_the_pages_of_other_services_that_a_family_opens_have_a_reading_age_under_11(place, case, browse, address):
    page = browse(place.mother).get(address.format(place.child.pk))
    assert page.status_code == 200
    found = measure(text_blocks(page.content.decode()))
    assert found.words >= 20
    assert found.age < OLDEST_READER, f"{address}: {found.age:.1f}"


def test_the_same_view_pressed_twice_is_written_once_and_not_before_birth(place):
    facts = {"asked": "Lunch", "method": "talk", "voice": "quoted", "words": "I like it", "on": place.today}
    with place.acting(place.mother) as actor:
        first = actions.record_view(by=actor, child=place.child, **facts)
        assert actions.record_view(by=actor, child=place.child, **facts) == first
        with pytest.raises(actions.Refused, match="before Nia was born"):
            actions.record_view(by=actor, child=place.child, **facts | {"on": date(1901, 1, 1)})


@pytest.mark.parametrize(
    ("role", "relation", "writes"),
    [(Role.ADVOCATE, Relation.ADVOCATE, True), (Role.INSPECTOR, Relation.VISIT, False)],
)
def test_an_advocate_passes_on_what_was_said_and_an_inspector_only_reads(place, browse, role, relation, writes):
    person = made_up.a_person(place.area, role, name="Ada Outside")
    with place.acting(place.officer):
        Grant.objects.create(
            area=place.area, child_id=place.child.pk, relation=relation, user=person, starts_on=place.today
        )
    said = {"asked": "Lunch", "method": "talk", "voice": "quoted", "words": "I like it", "on": place.today}
    with place.acting(person) as actor:
        if writes:
            assert actions.record_view(by=actor, child=place.child, **said).by == person
        else:
            with pytest.raises(actions.Refused, match="adds nothing"):
                actions.record_view(by=actor, child=place.child, **said)
    page = browse(person).get(f"/family/{place.child.pk}/views/").content.decode()
    assert ("said or did" in page) == writes


def test_a_young_person_is_asked_in_words_of_their_own(place, browse):
    young = made_up.a_person(place.area, Role.FAMILY, name="Nia Sample")
    with acting_as_system(place.area):
        Grant.objects.create(
            area=place.area,
            child_id=place.child.pk,
            user=young,
            relation=Relation.YOUNG_PERSON,
            starts_on=date(2020, 1, 1),
        )
    client, address = browse(young), f"/family/{place.child.pk}/views/"
    page = client.get(f"{address}add/").content.decode()
    assert "What do you want to say?" in page
    assert "the child" not in page.split("<main")[1]
    facts = {"asked": "School", "words": "I want to stay.", "on-day": "1", "on-month": "6", "on-year": "2026"}
    assert client.post(f"{address}add/", facts).status_code == 302
    said = client.get(address).content.decode()
    assert "I want to stay." in said
    assert "What you say" in said


def test_what_was_typed_while_signed_out_is_given_back_with_the_way_to_sign_in(place):
    typed = {"subject": "The bus", "text": "It did not come again."}
    answer = Client().post(f"/family/{place.child.pk}/write/", typed)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "It did not come again." in page
    assert f"/sign-in/?next=/family/{place.child.pk}/write/" in page
    assert "Nia" not in page


def test_one_message_is_late_once(place, case):
    with place.acting(place.mother, date(2026, 6, 8)) as actor:
        talk = talking.start(by=actor, child=place.child, subject="Reading", text="When?", with_user=place.mother)

    def late(on):
        return [one.duty.rule for one in page_for(place, place.mother, on).late if one.duty.source == "messages"]

    assert late(date(2026, 6, 12)) == ["messages.acknowledge"]
    assert late(date(2026, 6, 30)) == ["messages.answer"]
    assert [one for one in page_for(place, place.mother, date(2026, 6, 30)).open if one.duty.source == "messages"][
        1:
    ] == []
    with place.acting(place.officer, date(2026, 6, 30)) as actor:
        talking.say(by=actor, thread=talk, text="Tuesdays.", answers=True)
    kept_late = page_for(place, place.mother, date(2026, 6, 30)).kept_late
    assert [one.duty.rule for one in kept_late if one.duty.source == "messages"] == ["messages.answer"]


def test_a_message_acknowledged_too_late_and_answered_too_late_was_late_twice(place, case):
    with place.acting(place.mother, date(2026, 6, 8)) as actor:
        talk = talking.start(by=actor, child=place.child, subject="Reading", text="When?", with_user=place.mother)
    for day, is_answer in ((date(2026, 6, 15), False), (date(2026, 6, 30), True)):
        with place.acting(place.officer, day) as actor:
            talking.say(by=actor, thread=talk, text="Tuesdays.", answers=is_answer)
    kept_late = page_for(place, place.mother, date(2026, 6, 30)).kept_late
    assert len([one for one in kept_late if one.duty.source == "messages"]) == 2
