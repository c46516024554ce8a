"""Tests of plans with families: points and their answers, whose they are, the days, advice that must be answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from kept.access.acting import Refused, acting, acting_as_system, today_here
from kept.access.models import Grant, Relation
from kept.access.roles import Role
from kept.cases.folding import state_of as case_state
from kept.documents.actions import keep
from kept.duties.models import Duty
from kept.people.models import Carer, ParentalLink
from kept.plans import actions, advice_in, advice_papers, comments, gate, promised, queries, replying, versions
from kept.plans.actions import EntryWords
from kept.plans.advice_in import AdviceText
from kept.plans.models import DraftComment
from kept.plans.tests.made import a_plan_in_force, a_written_plan, override_all
from kept.plans.writing_down import Speaker, speakers, write_down
from kept.rules.reading import measure, text_blocks
from tests.made_up import a_parent_of, a_person

pytestmark = pytest.mark.django_db
OLDEST_READER = 11


def browse_as(place, user):
    """A browser in which somebody has signed in, whoever acts here."""
    with acting(user=user, area=place.area):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(place.area.pk)
        session.save()
        return client


def days(number: int):
    return today_here() + timedelta(days=number)


@pytest.fixture
def draft(place, as_person):
    """A draft sent five days ago, with its first lineages by section."""
    by = as_person(place.olga, today=days(-5))
    version, first = a_written_plan(by, place.child)
    version = versions.send_draft(by=by, version=version)
    return version, first


@pytest.fixture
def father(place):
    return a_parent_of(place.child, "Femi Sample")


def say(by, draft, text="She needs more.", section="F"):
    version, first = draft
    return comments.save_point(by=by, version=version, text=text, lineage=first[section], section=section)


def test_typing_is_kept_once_and_is_the_councils_only_when_sent(place, as_person, draft):
    by = as_person(place.mother)
    for text in ("She", "She needs", "She needs more."):
        say(by, draft, text)
    assert [point.text for point in comments.own_points(by, draft[0])] == ["She needs more."]
    officer = as_person(place.olga)
    assert comments.sent_points(officer, draft[0]) == []
    assert comments.unsent_count(officer, draft[0]) == 1
    by = as_person(place.mother)
    assert comments.send_points(by=by, version=draft[0]) == 1
    assert comments.send_points(by=by, version=draft[0]) == 0
    assert [point.text for point in comments.sent_points(as_person(place.olga), draft[0])] == ["She needs more."]
    duty = Duty.objects.get(source=comments.SOURCE, key="answer")
    assert (duty.person, duty.met_on) == (place.olga, None)


def test_a_letter_is_written_down_and_answered_like_the_rest(place, as_person, draft, father):
    """Without an account the officer keeps it in the parent's name; with one it is the parent's own."""
    version, first = draft
    with acting_as_system(place.area):
        gran = Carer.objects.create(area=place.area, name="Gran Sample", phone="01632 960009")
        ParentalLink.objects.create(
            area=place.area, child=place.child, carer=gran, relationship="grandmother", starts_on=date(2020, 1, 1)
        )
    olga = as_person(place.olga)
    who = {one.name: one for one in speakers(olga, version)}
    facts = {"by": olga, "version": version, "on": days(-2)}
    for _ in range(2):
        write_down(speaker=who["Gran Sample"], text="Twice a week, please.", lineage=first["F"], **facts)
    write_down(speaker=who["Femi Sample"], text="He agrees with Gran.", **facts)
    table = [(one.said_by, one.section, one.said_on, one.written_by) for one in comments.table_for(olga, version)]
    assert sorted(table, key=str) == sorted(
        [("Femi Sample", "", days(-2), place.olga), ("Gran Sample", "F", days(-2), place.olga)], key=str
    )
    assert len(comments.unanswered(olga, version)) == 2
    assert Duty.objects.get(source=comments.SOURCE, key="answer").met_on is None
    assert [one.text for one in comments.table_for(as_person(father), version)] == ["He agrees with Gran."]
    assert comments.table_for(as_person(place.mother), version) == []


def test_what_is_written_down_ends_the_days_only_if_they_said_so(place, as_person, draft):
    version, olga = draft[0], as_person(place.olga)
    who = speakers(olga, version)[-1]
    write_down(by=olga, version=version, speaker=who, text="Yes to all.", on=days(-1))
    assert case_state(place.case, olga.today).clock("draft.representations").stop is None
    with pytest.raises(Refused, match="between the day the draft was sent"):
        write_down(by=olga, version=version, speaker=who, text="Before", on=days(-6))
    write_down(by=olga, version=version, speaker=who, text="That is all.", on=days(-1), is_all=True)
    assert case_state(place.case, olga.today).clock("draft.representations").stop == days(-1)


def test_the_table_of_one_parent_holds_nothing_written_down_for_the_other(place, as_person, draft):
    """Both points are kept by one officer: the printed table of the one leaves the other's out."""
    version, olga = draft[0], as_person(place.olga)
    for name in ("Ann Sample", "Ben Sample"):
        speaker = Speaker(name, name, name)
        write_down(by=olga, version=version, speaker=speaker, text=f"Said by {name}", on=days(-1))
    final = versions.write_next(by=olga, version=version, move="final")
    client = browse_as(place, place.olga)
    address = f"/plans/versions/{final.pk}/document/?answers_of={place.olga.pk}"
    assert b"Said by" not in client.get(address).content
    page = client.get(f"{address}&said=Ann+Sample").content.decode()
    assert "Said by Ann Sample" in page
    assert "Said by Ben Sample" not in page


def test_a_letter_is_written_down_on_the_page(place, draft):
    client = browse_as(place, place.olga)
    address = f"/plans/versions/{draft[0].pk}/points/write/"
    assert (
        f"/plans/versions/{draft[0].pk}/points/write/"
        in client.get(f"/plans/versions/{draft[0].pk}/points/").content.decode()
    )
    day = today_here()
    typed = {"who": "child", "kind": "comment", "lineage": str(draft[1]["F"]), "text": "I want Tam, not Sam."}
    sent = client.post(address, typed | {"on-day": day.day, "on-month": day.month, "on-year": day.year}, follow=True)
    page = sent.content.decode()
    assert "I want Tam, not Sam." in page
    assert "Written down by Olga Officer" in page


def test_only_the_family_ends_its_days_and_not_while_the_other_parent_writes(place, as_person, draft, father):
    """Points end nothing; that it is all stands in the case, stops its clock, and lets the final be issued."""
    mother = as_person(place.mother)
    say(mother, draft)
    assert replying.send(by=mother, version=draft[0]) == (1, False)
    say(as_person(father), draft, "His own")
    assert replying.send(by=as_person(place.mother), version=draft[0], after=replying.After.ALL) == (0, False)
    olga = as_person(place.olga)
    final = versions.write_next(by=olga, version=draft[0], move="final")
    assert versions.window_left(olga, final) == days(-5) + timedelta(days=14)
    assert case_state(place.case, olga.today).clock("draft.representations").stop is None
    assert replying.send(by=as_person(father), version=draft[0], after=replying.After.ALL) == (1, True)
    assert replying.send(by=as_person(father), version=draft[0], after=replying.After.ALL) == (0, True)
    olga = as_person(place.olga)
    assert case_state(place.case, olga.today).clock("draft.representations").stop == olga.today
    assert versions.window_left(olga, final) is None
    assert place.case.events.filter(kind="family_responded").count() == 1


def test_the_family_agrees_on_its_page(place, as_person, draft):
    address = f"/plans/drafts/{draft[0].pk}/send/"
    client = browse_as(place, place.mother)
    page = client.get(address).content
    assert b"I agree with the draft plan" in page
    assert b"You have not typed anything yet." in page
    assert b"What you typed before is sent." not in page
    assert client.post(address, {"after": "agree"}).status_code == 302
    olga = as_person(place.olga)
    draft[0].refresh_from_db()
    assert draft[0].agreed_on == olga.today
    assert case_state(place.case, olga.today).clock("draft.representations").stop == olga.today


def test_what_is_taken_back_can_be_put_back_and_words_typed_meanwhile_stay(place, as_person, draft):
    by = as_person(place.mother)
    point = say(by, draft, "First")
    assert say(by, draft, "").withdrawn_at is not None
    say(by, draft, "Second")
    back = comments.put_back(by=by, point=point)
    assert (back.text, back.withdrawn_at) == ("First\nSecond", None)
    assert comments.unsent_count(as_person(place.olga), draft[0]) == 1


def test_a_parents_points_are_their_own_in_code_and_in_the_database(place, as_person, draft, father):
    by = as_person(place.mother)
    point = say(by, draft, "About his new house")
    comments.send_points(by=by, version=draft[0])
    other = as_person(father)
    assert comments.table_for(other, draft[0]) == []
    assert not DraftComment.objects.exists()
    for act in (comments.take_back, comments.put_back):
        with pytest.raises(Refused, match="not yours"):
            act(by=other, point=point)
    say(other, draft, "His own")
    assert [one.text for one in DraftComment.objects.all()] == ["His own"]
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftComment.objects.create(
            area=place.area, version=draft[0], child=place.child, by=place.mother, said_by="x", text="x"
        )


@pytest.mark.parametrize(("answer", "reason"), [("partly", ""), ("decline", " "), ("maybe", "x")])
def test_no_refusal_without_a_reason(place, as_person, draft, answer, reason):
    by = as_person(place.mother)
    point = say(by, draft)
    with pytest.raises(Refused, match="has not sent it"):
        comments.answer_point(by=as_person(place.olga), point=point, answer="accept")
    comments.send_points(by=as_person(place.mother), version=draft[0])
    with pytest.raises(Refused):
        comments.answer_point(by=as_person(place.olga), point=point, answer=answer, reason=reason)


def test_answers_go_with_the_final_and_then_stand(place, as_person, draft):
    by = as_person(place.mother)
    point, second = say(by, draft), say(by, draft, "And this", section="B")
    comments.send_points(by=by, version=draft[0])
    officer = as_person(place.olga)
    comments.answer_point(by=officer, point=point, answer="decline", reason="The advice says weekly.")
    final = versions.write_next(by=as_person(place.olga, today=days(11)), version=draft[0], move="final")
    lines = [line.words for line in gate.gate_of(as_person(place.olga, today=days(11)), final).stopping]
    assert "And this" in lines
    assert point.text not in lines
    comments.answer_point(by=as_person(place.olga, today=days(11)), point=second, answer="accept")
    assert Duty.objects.get(source=comments.SOURCE, key="answer").met_on == days(11)
    placed = EntryWords(section="I", text="A mainstream primary school: Sandhaven Primary School.")
    officer = as_person(place.olga, today=days(11))
    actions.save_entry(by=officer, version=final, given=placed)
    override_all(officer, as_person(place.oscar, today=days(11)), final)
    versions.issue(by=as_person(place.olga, today=days(11)), version=final)
    with pytest.raises(Refused, match="stands as it was sent"):
        comments.answer_point(by=as_person(place.olga, today=days(11)), point=point, answer="accept")
    by = as_person(place.mother, today=days(12))
    assert [(one.text, one.answer) for one in comments.table_for(by, final)] == [
        ("And this", "accept"),
        ("She needs more.", "decline"),
    ]
    with pytest.raises(Refused, match="finished after this draft"):
        say(by, draft, "Too late")


def test_the_fifteen_days_are_counted_as_the_law_counts_them(draft):
    window = comments.window_of(draft[0])
    assert (window.days, window.last, window.day_on(window.first)) == (15, draft[0].sent_on + timedelta(days=14), 1)
    assert window.left_on(window.last) == 1
    assert window.left_on(window.last + timedelta(days=1)) == 0


def test_a_meeting_and_a_school_are_asked_for_and_owed(place, as_person, draft):
    by = as_person(place.mother)
    with pytest.raises(Refused, match="which place"):
        comments.ask_for(by=by, version=draft[0], kind="setting", text=" ")
    comments.ask_for(by=by, version=draft[0], kind="setting", text="Hill School")
    meeting = comments.ask_for(by=by, version=draft[0], kind="meeting", text="Tuesday")
    duty = Duty.objects.get(source=comments.SOURCE, key=f"meeting.{meeting.pk}")
    assert (duty.due_on, duty.met_on) == (draft[0].sent_on + timedelta(days=14), None)
    with pytest.raises(Refused, match="when and where"):
        comments.answer_point(by=as_person(place.olga), point=meeting, answer="accept")
    comments.answer_point(by=as_person(place.olga), point=meeting, answer="accept", reason="Tuesday at ten, by phone.")
    duty.refresh_from_db()
    assert duty.met_on == today_here()


def test_only_the_family_speaks_and_only_on_a_draft_that_was_sent(place, as_person, draft):
    with pytest.raises(Refused, match="Only Nia’s family"):
        say(as_person(place.olga), draft)
    by = as_person(place.olga)
    again = versions.write_next(by=by, version=draft[0], move="redraft")
    versions.send_draft(by=by, version=again)
    with pytest.raises(Refused, match="newer draft"):
        say(as_person(place.mother), draft)
    assert comments.draft_with_family(as_person(place.mother), place.child.pk) == again


def test_the_right_goes_with_the_person_who_holds_it(place, as_person, draft, father):
    """When rights pass to a young person, the parent's grant ends, and with it the pages and the right to speak."""
    with acting(user=place.olga, area=place.area):
        young = a_person(place.area, Role.FAMILY, name="Nia Sample")
        facts = {"area": place.area, "child_id": place.child.pk, "starts_on": days(-9)}
        Grant.objects.create(user=young, relation=Relation.YOUNG_PERSON, **facts)
        Grant.objects.filter(user=father, child_id=place.child.pk).update(ends_on=days(-1))
    with pytest.raises(Refused, match="Only Nia’s family"):
        say(as_person(father), draft)
    say(as_person(young), draft, "I want to choose my own help.")
    assert browse_as(place, father).get(f"/plans/drafts/{draft[0].pk}/").status_code == 404
    page = browse_as(place, young).get(f"/plans/drafts/{draft[0].pk}/parts/F/").content.decode()
    assert "I want to choose my own help." in page


@pytest.fixture
def advice(monkeypatch):
    """Advice of a therapist as it would come from the services above."""
    text = "Weekly speech and language therapy for 45 minutes from a therapist.\nA visual timetable."
    given = [AdviceText(said_by="Therapy Trust", text=text, part="provision", said_on=days(-30), advice=_KEY)]
    monkeypatch.setattr(advice_in, "_READERS", [lambda actor, child: list(given)])
    return given


_KEY = "0198a0a0-0000-7000-8000-000000000001"


def test_every_recommendation_is_answered_before_a_final(place, as_person, draft, advice):
    version, first = draft
    officer = as_person(place.olga)
    plan = version.plan
    assert len(advice_in.unanswered(officer, version)) == 2  # before anybody has looked
    assert advice_in.pick_out(by=officer, plan=plan) == 2
    assert advice_in.pick_out(by=officer, plan=plan) == 0
    therapy, timetable = advice_in.recommendations_of(officer, plan)
    for use, reason, lineage in (("declined", "", None), ("changed", "", first["F"]), ("used", "", None)):
        with pytest.raises(Refused):
            advice_in.answer_recommendation(
                by=officer, row=timetable, version=version, use=use, reason=reason, lineage=lineage
            )
    advice_in.answer_recommendation(by=officer, row=therapy, version=version, use="used", lineage=first["F"])
    advice_in.answer_recommendation(
        by=officer, row=timetable, version=version, use="declined", reason="The school gives it to all."
    )
    assert advice_in.unanswered(officer, version) == []
    advice.append(AdviceText(said_by="Trust", text="She must see a dietitian.", said_on=days(-1), document=None))
    assert [row.text for row in advice_in.unanswered(officer, version)] == ["She must see a dietitian."]


def test_advice_used_by_an_entry_that_is_gone_waits_again(place, as_person, draft, advice):
    version, first = draft
    officer = as_person(place.olga)
    advice_in.pick_out(by=officer, plan=version.plan)
    for row in advice_in.recommendations_of(officer, version.plan):
        advice_in.answer_recommendation(by=officer, row=row, version=version, use="used", lineage=first["F"])
    final = versions.write_next(by=officer, version=version, move="final")
    assert advice_in.unanswered(officer, final) == []
    actions.remove_entry(by=officer, version=final, lineage=first["F"])
    assert len(advice_in.unanswered(officer, final)) == 2


def test_what_is_promised_now_says_who_and_how_often(place, as_person):
    version, _ = a_plan_in_force(place.area, place.olga, place.oscar, place.child)
    found = promised.promised_to(as_person(place.mother), place.child.pk)
    assert found.whole.version_id == version.pk
    (section,) = found.sections
    assert section.must == "The council"
    facts = dict(section.promises[0].facts)
    assert facts["How much"] == "45 minutes, once a week"
    assert facts["In a school year"] == "28 hours and 30 minutes"
    assert facts["Who gives it"].startswith("Speech and language therapist")
    assert promised.promised_to(as_person(place.mother), place.child.pk, days(-1)) is None
    _, aims = promised.outcomes_of(as_person(place.mother), place.child.pk)
    assert [(aim.label, aim.by) for aim in aims] == [("E1", date(2027, 7, 31))]


def test_a_paper_is_read_for_what_it_recommends(place, as_person, draft, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    officer = as_person(place.olga)
    words = b"Nia likes trains.\n\nRecommendations\n1. Therapy each week for 30 minutes.\n2. A visual timetable."
    paper = keep(by=officer, child=place.child, file=SimpleUploadedFile("report.txt", words))
    assert advice_papers.papers_of(officer, place.child.pk) == [paper]
    answer = browse_as(place, place.olga).post(
        f"/plans/versions/{draft[0].pk}/advice/", {"paper": str(paper.pk), "said_by": ""}
    )
    assert "Say who wrote it." in answer.content.decode()
    officer = as_person(place.olga)
    facts = {"by": officer, "plan": draft[0].plan, "paper": paper, "said_by": "Ann Lee, therapist"}
    assert advice_papers.pick_out_of_paper(**facts) == (2, [])
    assert advice_papers.pick_out_of_paper(**facts) == (0, [])
    assert {row.document_id for row in advice_in.unanswered(officer, draft[0])} == {paper.pk}
    assert advice_papers.papers_of(officer, place.child.pk) == []


def test_a_copy_for_one_parent_holds_nothing_of_the_other(place, as_person, father):
    with acting(user=place.olga, area=place.area, today=days(-20)) as by:
        version, first = a_written_plan(by, place.child)
        version = versions.send_draft(by=by, version=version)
    for user, text in ((place.mother, "Hers alone"), (father, "His alone")):
        with acting(user=user, area=place.area, today=days(-19)) as by:
            comments.save_point(by=by, version=version, text=text, lineage=first["F"], section="F")
            comments.send_points(by=by, version=version)
    with acting(user=place.olga, area=place.area) as by:
        for point in comments.sent_points(by, version):
            comments.answer_point(by=by, point=point, answer="accept")
        final = versions.write_next(by=by, version=version, move="final")
        actions.save_entry(by=by, version=final, given=EntryWords(section="I", text="A mainstream primary school."))
        officer = by
    with acting(user=place.oscar, area=place.area) as by:
        override_all(officer, by, final)
    with acting(user=place.olga, area=place.area) as by:
        final = versions.issue(by=by, version=final)
    address = f"/plans/versions/{final.pk}/document/"
    assert "alone" not in browse_as(place, place.olga).get(address).content.decode()
    hers = browse_as(place, place.olga).get(address, {"answers_of": str(place.mother.pk)}).content.decode()
    assert ("Hers alone" in hers, "His alone" in hers) == (True, False)
    own = browse_as(place, father).get(address, {"answers_of": str(place.mother.pk)}).content.decode()
    assert ("Hers alone" in own, "His alone" in own) == (False, True)


PAGES = ["drafts/{v}/", "drafts/{v}/parts/F/", "drafts/{v}/send/", "drafts/{v}/ask/meeting/", "drafts/{v}/ask/setting/",
         "versions/{v}/answers/", "versions/{v}/changes/", "versions/{v}/advice-used/", "children/{c}/promised/",
         "children/{c}/outcomes/"]  # fmt: skip


def test_every_page_of_the_family_opens_and_reads_younger_than_eleven(place, as_person, draft, browse):
    by = as_person(place.mother)
    say(by, draft)
    comments.ask_for(by=by, version=draft[0], kind="meeting", text="Tuesday")
    browser = browse(place.mother)
    for path in PAGES:
        address = "/plans/" + path.format(v=draft[0].pk, c=place.child.pk)
        answer = browser.get(address)
        assert answer.status_code == 200, address
        found = measure(text_blocks(answer.content.decode()))
        assert found.age < OLDEST_READER, f"{address}: {found.age:.1f}"


def test_a_script_saves_and_a_form_does_too(place, as_person, draft, browse):
    as_person(place.mother)
    browser, version = browse(place.mother), draft[0]
    address = f"/plans/drafts/{version.pk}/point/"
    sent = {"lineage": str(draft[1]["F"]), "text": "At eleven at night"}
    data = browser.post(address, sent, headers={"Accept": "application/json"}).json()
    assert data["saved"].startswith("Saved")
    page = browser.get(f"/plans/drafts/{version.pk}/parts/F/").content.decode()
    assert "At eleven at night" in page
    assert browser.post(data["undo"]).status_code == 302
    page = browser.get(f"/plans/drafts/{version.pk}/parts/F/").content.decode()
    assert "At eleven at night" not in page
    assert "Put it back" in page
    answer = browser.post(address, sent | {"text": "x" * 10_001}, headers={"Accept": "application/json"})
    assert (answer.status_code, "10,001" in answer.json()["problem"]) == (422, True)
    assert queries.version_of(as_person(place.mother), version.pk) == version
