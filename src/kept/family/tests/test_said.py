"""What the family's pages say is true on the day: nothing promised that is not yet decided, nobody called by a code."""

from __future__ import annotations

import html as markup
import re
from datetime import date, timedelta

import pytest
import time_machine

from kept.access.acting import acting_as_system
from kept.access.models import Grant, Relation
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.cases.projection import FAMILY, NOT_OWED
from kept.family import actions
from kept.family.page import ADVISER, APPEAL, Turn, family_page
from kept.family.words import (
    DISAGREE,
    DISAGREE_WITH,
    LET_GO,
    NOTHING_OWED,
    ONLY_IF,
    OWED,
    WE,
    WHERE,
    YOU,
    YOUR_TURN,
    inside_owner,
    owner_words,
    said_of,
)
from kept.messages.models import Thread
from kept.rules.process.table import clocks
from tests import made_up

BAD_AFTER_YOU = re.compile(r"\byou (has|is|was|needs)\b|\{", re.IGNORECASE)


def page_on(place, day, **more):
    with place.acting(place.mother, day) as actor:
        return family_page(actor, place.child, is_family=True, **more)


def said(browse, who, path, on):
    with time_machine.travel(on):
        page = browse(who).get(path).content.decode()
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_nobody_who_owes_something_is_called_by_the_words_of_the_table_of_law():
    owners = {c.duty_holder for c in clocks().values() if c.nature not in NOT_OWED and c.duty_holder != FAMILY}
    for owner in owners:
        words = owner_words(owner)
        assert not re.search(r"\(|\breg\b|\bs\.|LA\b|ICB|commissioning|authority", words), words
        assert inside_owner(words)[0].islower(), words
    assert owner_words("local authority (social care)") == owner_words("the council") == WE
    assert inside_owner(owner_words("Harbour Primary")) == "Harbour Primary"


def test_what_waits_for_a_decision_is_not_promised(place, case):
    waiting = {one.duty.rule: one.only_if for one in page_on(place, date(2026, 5, 1)).open}
    assert waiting["assess.decision"] == ""
    assert waiting["assess.final_plan"] == waiting["assess.no_plan_notice"] == "if we say yes"
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        facts = {"outcome": "assess"}
        cases.record(by=actor, case=case, kind="assess_decision", on=date(2026, 5, 28), details=facts)
    agreed = {one.duty.rule: one.only_if for one in page_on(place, date(2026, 6, 1)).open}
    assert (agreed["assess.no_plan_notice"], agreed["assess.final_plan"]) == ("", "if there is to be a plan")
    late = {one.duty.rule: one.only_if for one in page_on(place, date(2026, 10, 1)).open}
    assert late["assess.final_plan"] == ""  # what is late is not softened


def test_what_may_be_disagreed_with_is_named_in_sentences_that_have_the_words():
    assert all(words.startswith(DISAGREE[:-1]) and words.endswith(",") for words in DISAGREE_WITH.values())
    assert {clock for clock, words in YOUR_TURN.items() if DISAGREE in words} == {APPEAL, ADVISER}


def test_every_rule_of_a_condition_is_one_of_the_law():
    named = {rule for rule, found in ONLY_IF.items() for rule in (rule, *(decision for decision, _ in found))}
    assert named <= set(clocks())


def test_the_day_stands_before_what_is_to_be_done(place, case, browse):
    words = said(browse, place.mother, f"/family/{place.child.pk}/", date(2026, 5, 1))
    assert re.search(r"By \w+ \d+ \w+ 2026, we must tell you if there will be no plan \(if we say yes\)\.", words)
    assert "no plan by" not in words


def refuse(place, case):
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        day = date(2026, 5, 28)
        cases.record(by=actor, case=case, kind="assess_decision", on=day, details={"outcome": "refuse"})
        facts = {"decision": "refuse_assess"}
        cases.record(by=actor, case=case, kind="decision_notice_sent", on=day, details=facts)


def test_a_refusal_says_until_when_a_judge_can_be_asked_and_then_that_the_day_has_passed(place, case):
    refuse(place, case)
    open_still, over = page_on(place, date(2026, 6, 15)), page_on(place, date(2027, 6, 15))
    assert "You can ask a judge to look at this until" in open_still.where
    assert [turn.text.split(",")[0] for turn in open_still.rights] == ["If you do not agree with our no"] * 2
    assert open_still.nothing_next.startswith("It is your turn")
    assert "The last day to appeal was" in over.where
    assert "You can ask a judge to look at this" not in over.where
    assert over.nothing_next.startswith("We owe you no step now. You can ask us again")


def test_who_has_asked_a_judge_is_not_told_to_ask_one(place, case, browse):
    refuse(place, case)
    with place.acting(place.officer, date(2026, 6, 20)) as actor:
        for kind in ("mediation_adviser_contacted", "mediation_certificate_issued", "appeal_lodged"):
            cases.record(by=actor, case=case, kind=kind, on=date(2026, 6, 20), details={})
    page = page_on(place, date(2026, 6, 22))
    assert "judge" not in page.where
    assert page.nothing_next.startswith("The judges decide now")


def test_a_refused_family_is_not_first_asked_to_begin_again(place, case, browse):
    path = f"/family/{place.child.pk}/"
    before = browse(place.mother).get(path).content.decode()
    refuse(place, case)
    with time_machine.travel(date(2026, 6, 15)):
        page = browse(place.mother).get(path).content.decode()
    assert "govuk-button" not in page[page.index("Where we are") : page.index("Who has it")]
    assert "You can ask us again if things have changed." in page
    assert "#appeal" in page
    assert "How to ask a judge" in page
    assert "How to reach the adviser" in page
    assert "You can ask us again" not in before


@pytest.mark.parametrize(
    ("due", "by"), [(date(2026, 12, 26), date(2026, 12, 24)), (date(2026, 12, 14), None), (None, None)]
)
def test_a_call_on_a_day_off_is_to_be_made_before_it(due, by):
    assert Turn("Call", due, is_call=True).by_then == by
    assert Turn("Write", due).by_then is None


def test_a_young_person_is_spoken_to(place, case, browse):
    young = made_up.a_person(place.area, Role.FAMILY, name="Nia Sample")
    with acting_as_system(place.area):
        Grant.objects.create(
            area=place.area, child_id=place.child.pk, user=young, relation=Relation.YOUNG_PERSON,
            starts_on=date(2026, 1, 1),
        )  # fmt: skip
    words = said(browse, young, f"/family/{place.child.pk}/", date(2026, 5, 1))
    assert "We were asked to find out what you need." in words
    assert "What we know of you" in words
    assert "What you say" in words
    assert "What Nia" not in words
    assert "what Nia" not in words
    story = said(browse, young, f"/family/{place.child.pk}/story/", date(2026, 5, 1))
    assert "your parents cannot read your messages" in story
    assert "your child" not in story
    assert "what Nia needs" in said(browse, place.mother, f"/family/{place.child.pk}/", date(2026, 5, 1))


def test_no_sentence_goes_wrong_when_it_is_said_to_a_young_person():
    for sentence in (*WHERE.values(), *OWED.values(), *LET_GO.values(), *NOTHING_OWED.values()):
        words = said_of(sentence, YOU, weeks=4)
        assert not BAD_AFTER_YOU.search(words), words
        assert "you or to you" not in words
        assert (not sentence[0].isupper() and not sentence.startswith("{")) or words[0].isupper(), words


def test_the_story_says_who_else_reads_it_before_it_is_written(place, browse):
    with place.acting(place.father) as actor:
        actions.tell_story(by=actor, child=place.child, text="She likes trains.")
    words = said(browse, place.mother, f"/family/{place.child.pk}/story/", place.today)
    assert "Each parent with an account here can read it and change it too." in words
    assert "the other parent cannot read your messages" in words
    assert "Kit Sample told it last" in words
    assert "nobody reads it until you say" not in words


def test_a_complaint_is_the_teams_and_not_its_subjects(place, case, browse):
    client = browse(place.mother)
    path = f"/family/{place.child.pk}/write/?about=complaint"
    assert "Make a complaint" in client.get(path).content.decode()
    client.post(path, {"subject": "A complaint", "text": "Nobody calls back.", "token": ""})
    client.post(path, {"subject": "A complaint", "text": "Nobody calls back.", "token": str(case.pk)})
    with place.acting(place.officer):
        thread = Thread.objects.get()
    assert (thread.owner_id, thread.team_id) == (None, place.team.pk)


def test_what_is_done_comes_latest_first(place, case):
    with place.acting(place.officer, date(2026, 5, 28)) as actor:
        day = date(2026, 5, 28)
        cases.record(by=actor, case=case, kind="family_consulted", on=date(2026, 5, 4), details={})
        cases.record(by=actor, case=case, kind="assess_decision", on=day, details={"outcome": "assess"})
    page = page_on(place, day + timedelta(days=1))
    assert [one.duty.met_on for one in page.kept] == [day, date(2026, 5, 4)]
    assert {one.must for one in page.kept} == {"had to"}


def test_whoever_helps_the_family_is_told_whom_the_page_speaks_to_and_who_reads_what_they_write(place, case, browse):
    helper = made_up.a_person(place.area, Role.ADVOCATE, name="Ada Advocate")
    with acting_as_system(place.area):
        Grant.objects.create(
            area=place.area, child_id=place.child.pk, user=helper, relation=Relation.ADVOCATE,
            starts_on=date(2026, 1, 1),
        )  # fmt: skip
    home, form = f"/family/{place.child.pk}/", f"/family/{place.child.pk}/write/"
    assert "You help this family. On this page “you” is the family." in said(browse, helper, home, place.today)
    assert "The family does not, so tell them what you ask." in said(browse, helper, form, place.today)
    assert "You help this family" not in said(browse, place.mother, home, place.today)
    assert "Nobody else of the family does." in said(browse, place.mother, form, place.today)
