"""A review from its planning to its decision, and everything that may go wrong on the way."""

from __future__ import annotations

from datetime import date, timedelta
from email import message_from_bytes

import pytest

from kept.access.acting import Refused
from kept.delivery.calendars import set_calendar
from kept.duties.models import Duty
from kept.family.actions import tell_story
from kept.quality.tests.place import a_final
from kept.reviews import actions, bulk, deciding, following, meeting, packs, plan_facts, queries, recording, sending
from kept.reviews.figures import figures
from kept.reviews.models import Invitee, Moved
from kept.reviews.states import State, state_of
from kept.reviews.tests.place import a_child_with_a_plan, a_place
from kept.rules.delivery import Count
from kept.rules.process import NotPossible
from tests import made_up
from tests.standing import standing

DAY = date(2026, 10, 21)


@standing
def place():
    return a_place()


@pytest.fixture
def outbox(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def a_review(place, day=DAY):
    with place.acting(place.senco) as by:
        return actions.plan(by=by, child=place.child, meets_on=day)


def duty(place, rule):
    with place.acting(place.officer) as by:
        return Duty.objects.filter(area=by.area, source="cases", rule=rule).order_by("-due_on").first()


def test_planning_puts_the_meeting_in_the_case_and_those_the_law_names_on_the_list(place):
    review = a_review(place)
    assert duty(place, "review.meeting_notice").due_on == DAY - timedelta(days=14)
    assert duty(place, "review.report") is None or duty(place, "review.report").met_on is None
    with place.acting(place.senco) as by:
        people = list(review.invitees.all())
        assert {one.part for one in people} == {"parent", "setting", "education", "health", "care"}
        assert sending.missing(people) == []
        assert actions.plan(by=by, child=place.child, meets_on=DAY).pk == review.pk  # a double click
        with pytest.raises(Refused, match="planned for 21 October 2026 already"):
            actions.plan(by=by, child=place.child, meets_on=DAY + timedelta(days=1))


@pytest.mark.parametrize(("day", "words"), [(date(2026, 10, 24), "weekend"), (date(2029, 1, 9), "eighteen months")])
def test_a_day_on_which_nobody_can_meet_is_refused(place, day, words):
    with place.acting(place.officer) as by, pytest.raises(Refused, match=words):
        actions.plan(by=by, child=place.child, meets_on=day)


def test_invitations_go_out_and_the_notice_is_recorded_when_everybody_has_had_it(
    place, outbox, django_capture_on_commit_callbacks
):
    review = a_review(place)
    with django_capture_on_commit_callbacks(execute=True), place.acting(place.senco) as by:
        Invitee.objects.filter(area=by.area, review=review, part="care").update(email="")
        sending.invite(by=by, review=review)
    with place.acting(place.senco) as by:
        review.refresh_from_db()
        assert review.invited_on is None, "one letter is still to be posted"
        letters = [message_from_bytes(file.read_bytes()) for file in outbox.glob("*.eml")]
        assert len(letters) == 4
        for letter in letters:  # the child is named in the letter inside, never in the email's own words
            words, inside = letter.get_payload()
            assert "Nia" not in letter["Subject"] + words.get_payload(decode=True).decode()
            assert inside.get_payload(decode=True).startswith(b"%PDF")
        sending.invite(by=by, review=review, posted=True)
        review.refresh_from_db()
    assert state_of(review, place.today) is State.INVITED
    assert duty(place, "review.meeting_notice").met_on == place.today
    with place.acting(place.therapist) as by:
        owed = Duty.objects.get(area=by.area, source="reviews", agency=place.health)
        assert (owed.met_on, owed.due_on) == (None, date(2026, 9, 29))
        meeting.contribute(by=by, review=review, topic="advice", words="She asks for a turn with one prompt.")
        owed.refresh_from_db()
        assert owed.met_on == place.today


def test_a_meeting_moved_three_times_keeps_each_reason_and_needs_a_new_notice(place):
    review = a_review(place)
    with place.acting(place.senco) as by:
        Invitee.objects.filter(area=by.area, review=review).update(email="")
        sending.invite(by=by, review=review, posted=True)
        for number, why in enumerate(["The mother is ill", "The head is away", "Snow"], start=1):
            review = actions.move(by=by, review=review, to=DAY + timedelta(days=7 * number), why=why)
        with pytest.raises(Refused, match="Say why"):
            actions.move(by=by, review=review, to=DAY, why=" ")
        with pytest.raises(actions.Overtaken):
            actions.move(by=by, review=review, to=DAY, why="Again", version=0)
        assert [one.why for one in Moved.objects.filter(review=review)] == [
            "The mother is ill",
            "The head is away",
            "Snow",
        ]
        assert review.invited_on is None
    notice = duty(place, "review.meeting_notice")
    assert (notice.due_on, notice.met_on) == (DAY + timedelta(days=7), None)


def test_from_the_meeting_to_the_decision(place, outbox, django_capture_on_commit_callbacks):
    review = a_review(place)
    with place.acting(place.mother) as by:
        meeting.contribute(by=by, review=review, topic="child", words="I like swimming.", how="Talking in the car")
        with pytest.raises(Refused, match="Only people"):
            meeting.contribute(by=by, review=review, topic="advice", words="Mine")
    with place.acting(place.senco) as by:
        sending.circulate(by=by, review=review)
        with pytest.raises(Refused, match="If it was held earlier"):
            meeting.held(by=by, review=review, came=())
    with place.acting(place.senco, DAY) as by:
        outcome = meeting.type_in(by=by, review=review, section="E", text="By July Nia asks for a turn.")
        help_ = meeting.type_in(by=by, review=review, section="F", text="45 minutes of speech therapy a week.")
        with pytest.raises(Refused, match="too early"):
            deciding.report(by=by, review=review, summary="All", recommends="amend")
        review = meeting.held(by=by, review=review, came=[review.invitees.first().pk])
        with pytest.raises(Refused, match="2 entries of the plan not judged yet"):
            deciding.report(by=by, review=review, summary="All", recommends="amend", changes="F: weekly")
        wrong = meeting.judge(
            by=by, review=review,
            said={
                outcome.pk: meeting.Said("on_track", "Six of ten turns asked for"),
                help_.pk: meeting.Said("did_not_work", "No change in scores"),
            },
        )  # fmt: skip
        assert list(wrong) == [help_.pk]
        assert "Nothing is recorded of this being given" in wrong[help_.pk]
        told = meeting.Said("not_delivered", "Four of thirty sessions", family="None came")
        assert meeting.judge(by=by, review=review, said={help_.pk: told}) == {}
        with django_capture_on_commit_callbacks(execute=True):
            paper = deciding.report(by=by, review=review, summary="All", recommends="amend", changes="F: weekly")
        assert paper.content["judged"][1]["verdict"] == "It was not given as written"
    assert duty(place, "review.report").met_on == DAY
    later = DAY + timedelta(days=20)
    with place.acting(place.senco, later) as by, pytest.raises(Refused):
        deciding.decide(by=by, review=review, outcome="amend", reasons="Agreed")
    with place.acting(place.officer, later) as by:
        done = deciding.decide(by=by, review=review, outcome="amend", reasons="The meeting asks for weekly sessions.")
        assert state_of(done, later) is State.DECIDED
        assert {one.key: (one.good, one.of) for one in figures(by, since=DAY, until=later).all}["decision"] == (
            1,
            1,
        )
    assert duty(place, "review.decision").met_on == later
    assert duty(place, "review.longstop").due_on == DAY + timedelta(weeks=12)
    next_one = duty(place, "review.next")
    assert next_one.due_on == date(2027, 11, 9), "the year begins with the decision, not with the meeting"
    with place.acting(place.mother, later) as by:
        meeting.say_afterwards(by=by, review=review, changed="yes", words="Weekly at last")
        meeting.say_afterwards(by=by, review=review, changed="no")
        assert [one.changed for one in review.feedback.all()] == ["yes"]


def test_the_papers_put_the_child_first_and_say_what_is_not_recorded(place):
    review = a_review(place)
    with place.acting(place.senco) as by:
        with pytest.raises(Refused, match="own part comes first"):
            sending.circulate(by=by, review=review)
        sending.circulate(by=by, review=review, not_heard_because="She is in hospital this week.")
        meeting.type_in(by=by, review=review, section="F", text="Speech therapy weekly.")
        content = packs.content_of(by, review)
    assert content["said"][0]["key"] == "child"
    assert content["said"][0]["entries"][0]["words"].startswith("Not given yet. She is in hospital")
    assert content["delivery"][0]["given"] == "Not recorded"
    assert set(content["waited_for"]) == {"Harbour Primary", "Therapy trust", "Social care"}
    assert not content["adulthood"]


def test_the_papers_are_built_from_the_plan_and_from_what_was_delivered(place, monkeypatch):
    version = a_final(place.area, place.child, place.officer, issued_on=place.today - timedelta(days=200))
    review = a_review(place)
    with place.acting(place.officer) as by:
        items = {item.section: item for item in plan_facts.items_of(by, review)}
        meeting.measure(by=by, review=review, lineage=items["E"].lineage, value="Four of ten", on=place.today)
        week = Count(place.today - timedelta(days=14), place.today, due=100, delivered=20, missing=80, records=["1"])
        monkeypatch.setattr(plan_facts, "record_facts", lambda *_: {str(items["F"].lineage): [week]})
        content = packs.content_of(by, review)
        sending.circulate(by=by, review=review, not_heard_because="Away")
    assert version.pk
    assert content["outcomes"][0]["latest"] == "Four of ten"
    assert content["outcomes"][0]["baseline"] == "Not recorded"
    assert content["delivery"][0]["given"] == "20 of 100 due given as written"
    assert {"F04", "F05"} <= {one["rule"] for one in content["findings"]}
    assert not any(one["again"] for one in content["findings"])
    with place.acting(place.senco, DAY) as by:
        meeting.held(by=by, review=review, came=())
        wrong = meeting.judge(
            by=by, review=review, said={items["F"].lineage: meeting.Said("did_not_work", "No change")}
        )
        assert "20% of it was given" in wrong[items["F"].lineage]
        outcome = {items["E"].lineage: meeting.Said("on_track", "Four of ten")}
        assert meeting.judge(by=by, review=review, said=outcome) == {}
    later = DAY + timedelta(days=20)
    with place.acting(place.officer, later) as by:
        deciding.decide(by=by, review=review, outcome="maintain", reasons="Kept")
        following_year = actions.plan(by=by, child=place.child, meets_on=date(2027, 9, 22))
        again = packs.content_of(by, following_year)
    assert all(one["again"] for one in again["findings"]), "what was found last time and stands is said to be so"


def test_parents_who_parted_do_not_read_each_others_names(place, client):
    father = made_up.a_parent_of(place.child, "Hidden Farid")
    review = a_review(place)
    with place.acting(father) as by:
        meeting.contribute(by=by, review=review, topic="family", words="The evenings are calm.")
    for who, sees in ((place.mother, False), (place.officer, True)):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(place.area.pk)
        session.save()
        for page in ("", "papers/"):
            text = client.get(f"/reviews/{review.pk}/{page}").content.decode()
            assert "The evenings are calm." in text
            assert ("Hidden Farid" in text) is (sees and not page)


def test_what_the_family_told_once_stands_in_its_own_form_and_in_nobody_elses(place, client):
    review = a_review(place)
    with place.acting(place.mother) as by:
        tell_story(by=by, child=place.child, text="She loves boats.")
    address = f"/reviews/{review.pk}/write/family/"
    for user, stands in ((place.mother, True), (place.senco, False), (place.therapist, False)):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(address)
        assert ("She loves boats." in page.content.decode()) is stands
        if stands:
            client.post(address, {"words": "He loves boats, and trains."})
            assert "She loves boats." not in client.get(address).content.decode(), "what was written stays"


def test_adulthood_is_asked_from_year_nine(place):
    child, _ = a_child_with_a_plan(place, "Tomas", date(2012, 10, 1))
    with place.acting(place.senco) as by:
        review = actions.plan(by=by, child=child, meets_on=DAY)
        content = packs.content_of(by, review)
    assert content["adulthood"]
    assert [one["key"] for one in content["said"]][-1] == "adulthood"


def test_thirty_reviews_of_a_school_on_one_page(place, django_assert_max_num_queries):
    for number in range(5):
        a_child_with_a_plan(place, f"Child{number}", date(2016, 1, 1 + number))
    with place.acting(place.senco) as by:
        with django_assert_max_num_queries(9):
            lines = queries.of_setting(by, place.school)
        days = [line.proposed for line in lines]
        assert max(days.count(day) for day in days) <= 2
        assert all(line.proposed <= line.latest.day for line in lines)
        data = {f"do-{line.child.pk}": "1" for line in lines}
        data |= {f"day-{line.child.pk}": f"{line.proposed:%d/%m/%Y}" for line in lines}
        data[f"day-{lines[0].child.pk}"] = "31/2/2027"
        rows = bulk.save(by, lines, data)
        assert [bool(row.wrong) for row in rows] == [True] + [False] * 5
        assert [bool(row.done) for row in rows] == [False] + [True] * 5
        again = queries.of_setting(by, place.school)
        moved = bulk.save(by, again, {f"do-{again[1].child.pk}": "1", f"day-{again[1].child.pk}": "12/11/2026"})
        assert moved[1].wrong.startswith("Say why")


def test_a_day_that_has_passed_is_no_day_to_plan_for(place):
    with place.acting(place.senco) as by:
        planned = actions.plan(by=by, child=place.child, meets_on=date(2026, 11, 10))
        with pytest.raises(Refused, match="more than three months ago"):
            actions.move(by=by, review=planned, to=date(2025, 12, 1), why="The year was mistyped")
        lines = queries.of_setting(by, place.school)
        key = place.child.pk
        (row,) = bulk.save(by, lines, {f"do-{key}": "1", f"day-{key}": "18/9/2026", f"why-{key}": "Moved"})
        assert "has passed" in row.wrong
        planned.refresh_from_db()
        assert planned.meets_on == date(2026, 11, 10)
        actions.move(by=by, review=planned, to=date(2026, 9, 18), why="It was held on Friday already")
        planned.refresh_from_db()
        assert planned.meets_on == date(2026, 9, 18)


def test_no_meeting_is_proposed_on_a_day_on_which_the_school_is_shut(place):
    with place.acting(place.senco) as by:
        before = next(line.proposed for line in queries.of_setting(by, place.school) if line.proposed)
        terms = [("autumn", date(2026, 9, 1), date(2026, 12, 18)), ("spring", date(2027, 1, 4), date(2027, 3, 25)),
                 ("summer", date(2027, 4, 12), date(2027, 7, 22))]  # fmt: skip
        set_calendar(by=by, setting=place.school, from_on=date(2026, 9, 1), half_terms=terms, closed=[before])
        after = [line.proposed for line in queries.of_setting(by, place.school) if line.proposed]
        assert before not in after
        assert queries.proposed_for(by, queries.of_setting(by, place.school)[0]) != before


def test_a_change_of_phase_moves_the_meeting_forward(place):
    child, case = a_child_with_a_plan(place, "Six", date(2016, 1, 9), made_on=date(2026, 8, 3))
    with place.acting(place.officer) as by:
        moving = {row.child.pk: row for row in queries.transfers(by, 2027)[1]}
        assert moving[child.pk].transfer.kind == "other"
        recording.record(by, case.pk, "phase_transfer", date(2027, 9, 1), note="", details={"kind": "other"})
        assert {row.child.pk: row.is_recorded for row in queries.transfers(by, 2027)[1]}[child.pk]
        line = queries.line_of(by, child.pk)
        assert line.transfer_by == date(2027, 2, 14)
        assert line.latest.day == date(2026, 11, 20)
        assert "next phase" in line.latest.because


def test_a_review_is_asked_for_early_and_answered(place):
    with place.acting(place.mother) as by:
        ask = actions.ask_early(by=by, child=place.child, why="She no longer goes to school.")
        assert actions.ask_early(by=by, child=place.child, why="Again").pk == ask.pk
    with place.acting(place.officer) as by:
        assert Duty.objects.get(area=by.area, rule="reviews.early").due_on == date(2026, 10, 5)
        with pytest.raises(Refused, match="Say why not"):
            actions.answer_early(by=by, ask=ask, agreed=False, answer="")
        done = actions.answer_early(by=by, ask=ask, agreed=True, answer="Yes", meets_on=DAY)
        assert done.review.kind == "early"
        assert Duty.objects.get(area=by.area, rule="reviews.early").met_on == place.today
        with pytest.raises(Refused, match="answered already"):
            actions.answer_early(by=by, ask=ask, agreed=True, answer="", meets_on=DAY)


def test_a_cancelled_review_leaves_the_year_running(place):
    review = a_review(place)
    with place.acting(place.officer) as by:
        actions.cancel(by=by, review=review, why="The family asked for another school first.")
        assert actions.plan(by=by, child=place.child, meets_on=DAY + timedelta(days=2)).pk != review.pk
    assert duty(place, "review.first").met_on is None


def test_what_is_recorded_on_the_case_reaches_the_review_at_night(place):
    review = a_review(place)
    with place.acting(place.officer) as by:
        moved = recording.move(by, review.meeting_event, to=DAY + timedelta(days=1), why="Corrected on the case")
        assert following.follow_cases(by=by) == 1
        assert following.follow_cases(by=by) == 0
        review.refresh_from_db()
        assert (review.meets_on, review.meeting_event) == (DAY + timedelta(days=1), moved.pk)
    with place.acting(place.officer, DAY + timedelta(days=20)) as by:
        recording.record(
            by, place.case.pk, "review_decision", DAY + timedelta(days=15), note="Kept", details={"outcome": "maintain"}
        )
        following.follow_cases(by=by)
        review.refresh_from_db()
        assert (review.held_on, review.outcome) == (DAY + timedelta(days=1), "maintain")
        assert state_of(review, by.today) is State.DECIDED


def test_a_child_without_a_plan_has_no_review(place):
    other = made_up.a_child(place.area, "Bo", "Otherby")
    with place.acting(place.officer) as by, pytest.raises((Refused, NotPossible), match="no plan"):
        actions.plan(by=by, child=other, meets_on=DAY)
