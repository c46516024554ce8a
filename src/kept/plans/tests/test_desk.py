"""The writer's pages: typed provision and its sentence, checks while typing, the thread, what is read by machine."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.access.acting import acting
from kept.people.actions import record_details
from kept.plans import actions, queries, writing
from kept.plans.actions import EntryWords, sentence_of
from kept.plans.facts import BadProvision, WholeEntry, check_provision, provision_data, provision_of, unscheduled
from kept.plans.models import Entry
from kept.plans.provision_form import initial_provision, provision_from
from kept.plans.section_sets import read_set, set_of
from kept.plans.tests.made import SPEECH, a_written_plan
from kept.plans.thread import thread_of
from kept.plans.words import Kind, Thread
from kept.rules.delivery.calendars import monday_of
from kept.rules.identifiers.keys import uuid7
from kept.rules.plans import Provision, read_provision
from kept.rules.plans.provision import HowOften, Ratio, Step

UNITS = st.sampled_from(["day", "week", "fortnight", "half-term", "term", "year"])
OFTEN = st.builds(HowOften, st.integers(1, 5), UNITS, st.integers(1, 6))
DAYS = st.dates(date(2025, 9, 1), date(2030, 7, 31))
PROVISION = st.builds(
    Provision,
    service=st.sampled_from(["speech and language therapy", "occupational therapy"]),
    session_minutes=st.integers(5, 120),
    often=OFTEN,
    ratio=st.one_of(st.none(), st.builds(Ratio, st.integers(2, 8), of=st.sampled_from(["group", "class"]))),
    role=st.sampled_from(["speech and language therapist", "teaching assistant", "occupational therapist"]),
    minimum=st.booleans(),
    start=st.one_of(st.none(), DAYS),
    steps=st.lists(st.builds(Step, DAYS, st.integers(5, 60), OFTEN), max_size=4).map(
        lambda steps: tuple(sorted(steps, key=lambda one: one.until))
    ),
    week_list=st.lists(st.dates(date(2025, 9, 1), date(2030, 7, 31)).map(monday_of), unique=True, max_size=2).map(
        lambda days: tuple(sorted(days))
    ),
)


def _problem_of(one: Provision) -> str:
    try:
        check_provision(one)
    except BadProvision as problem:
        return str(problem)
    return ""


@settings(max_examples=50, deadline=None)
@given(PROVISION)
def test_a_typed_provision_survives_its_json_and_words_say_its_numbers(one: Provision) -> None:
    known = provision_of(provision_data(one))
    assert known is not None
    assert provision_data(known) == provision_data(one)
    if problem := _problem_of(one):
        assert problem in known.reasons
        return
    assert known.reasons == ()
    assert read_provision(sentence_of(one)) == one
    entry = WholeEntry(
        pk=uuid7(), lineage=uuid7(), section="F", kind=Kind.PROVISION, position=0, text="", provision=one
    )
    assert provision_from(initial_provision(entry)) == one


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weekly_minutes": 60}, "one way only"),
        ({"start": date(2026, 9, 1), "end": date(2026, 8, 31)}, "ends before it starts"),
        ({"focus": "practise for 20 minutes twice a week"}, "how much or how often as well"),
        ({"steps": (Step(date(2026, 5, 1), 5, HowOften(1, "week")),) * 2}, "later than the step before"),
        ({"service": ""}, "what will be provided"),
        ({"trigger": "the bell rings"}, "not both"),
        ({"weeks": "term time", "week_list": (date(2026, 10, 26),)}, "one way only"),
        (
            {"end": date(2026, 5, 1), "steps": (Step(date(2026, 6, 1), 5, HowOften(1, "week")),)},
            "goes on after the provision ends",
        ),
        ({"weeks": "", "end": date(2026, 5, 1), "week_list": (date(2026, 10, 26),)}, "begins after the provision ends"),
    ],
)
def test_fields_that_cannot_all_be_true_are_refused_with_a_sentence(wrong: dict, words: str) -> None:
    from dataclasses import replace

    with pytest.raises(BadProvision, match=words):
        sentence_of(replace(SPEECH, **wrong))


def test_what_cannot_be_counted_says_why() -> None:
    assert unscheduled(Provision(service="mentoring")) == [
        "This does not say for how long.",
        "This does not say how often.",
        "This does not say who will do it.",
    ]


def test_another_kind_of_plan_is_only_other_data() -> None:
    section = {"code": "1", "title": "What helps", "kinds": ["provision"], "role": "provision", "citation": "policy"}
    found = read_set(
        {"key": "isp", "title": "Support plan", "citation": "policy", "starts_on": "2030-09-01", "ends_on": None,
         "sections": [section]}
    )  # fmt: skip
    assert found.section("1").kind is Kind.PROVISION
    assert not found.is_open(date(2026, 1, 1))
    assert set_of("ehcp-2014").section("F").needs == "B"


def test_the_thread_names_each_broken_link(place, as_person) -> None:
    by = as_person(place.olga)
    version, first = a_written_plan(by, place.child)
    second = actions.save_entry(by=by, version=version, given=EntryWords(section="B", text="Nia tires after lunch."))
    actions.set_links(by=by, version=version, lineage=first["F"], links={Thread.PROVISION_OUTCOME: []})
    found = thread_of(queries.whole_plan(by, version.pk))
    assert found.score == 0.5
    assert found.broken[second.lineage] == ["No provision meets this need.", "No outcome is about this need."]
    assert found.broken[first["F"]] == ["This provision works towards no outcome."]


def test_boxes_become_a_sentence_and_a_sentence_is_checked_while_it_is_typed(place, as_person, browse) -> None:
    with acting(user=place.olga, area=place.area) as by:
        version, first = a_written_plan(by, place.child)
    olga, entry = browse(place.olga), reverse("plans:entry", args=[version.pk, first["F"]])
    shown = olga.get(entry).content.decode()
    assert 'value="45"' in shown
    lineage = uuid7()
    new = reverse("plans:entry", args=[version.pk, lineage])
    typed = {"section": "F", "way": "words", "text": "Nia will have access to therapy as required.\0", "based_on": "0"}
    answer = olga.post(reverse("plans:check", args=[version.pk, lineage]), typed).json()
    assert "Stops a final" in answer["html"]
    assert "Kept" in answer["saved"]
    assert "as required" in olga.get(new + "?section=F").content.decode()
    other = {"section": "B", "text": "Nia joins two words. He guesses the rest.", "based_on": "0"}
    with acting(user=place.olga, area=place.area) as by:
        record_details(by=by, child=place.child, pronouns="she/her")
    told = olga.post(reverse("plans:check", args=[version.pk, uuid7()]), other).json()["html"]
    assert "pronoun" in told  # the record says how Nia is spoken of
    boxes = {"section": "F", "way": "fields", "service": "mentoring", "amount": "weekly", "weekly_minutes": "90",
             "session_minutes": "45", "role": "learning mentor", "floor": "floor", "based_on": "0"}  # fmt: skip
    assert olga.post(new, boxes).status_code == 302
    by = as_person(place.olga)
    made = Entry.objects.get(version=version, lineage=lineage)
    assert made.text == "A learning mentor will deliver mentoring for at least 90 minutes a week."
    assert made.provision["weekly_minutes"] == 90
    assert "session_minutes" not in made.provision
    assert made.schedulable
    assert [row.section for row in writing.mine(by, version)] == ["B"]


def test_any_number_of_steps_is_added_without_scripts_and_an_unfinished_one_is_named(place, browse) -> None:
    with acting(user=place.olga, area=place.area) as by:
        version, _ = a_written_plan(by, place.child)
    lineage = uuid7()
    olga, new = browse(place.olga), reverse("plans:entry", args=[version.pk, lineage]) + "?section=F"
    boxes = {"section": "F", "way": "fields", "service": "mentoring", "amount": "session", "session_minutes": "30",
             "times": "2", "every": "3", "unit": "week", "role": "learning mentor", "based_on": "0"}  # fmt: skip
    for row in range(1, 6):
        day = {
            "until-day": "1",
            "until-month": str(row),
            "until-year": "2027",
            "minutes": str(50 - row),
            "unit": "week",
        }
        boxes |= {f"step{row}_{name}": value for name, value in day.items()}
        page = olga.post(new, {**boxes, "press": "step"}).content.decode()
        assert f"step{row + 1}_until-day" in page
        assert f"step{row + 2}_until-day" not in page
    unfinished = olga.post(new, {**boxes, "step6_minutes": "10", "step6_unit": ""}).content.decode()
    assert "Say until which day step 6 lasts" in unfinished
    assert "Say how often in step 6" in unfinished
    assert olga.post(new, boxes).status_code == 302
    with acting(user=place.olga, area=place.area):
        made = Entry.objects.get(version=version, lineage=lineage)
    assert made.text.endswith(
        "until 1 May 2027: 45 minutes, once each week; after that: 30 minutes, twice every 3 weeks."
    )
    assert len(made.provision["steps"]) == 5
    assert made.schedulable


def test_an_old_save_is_answered_with_both_texts(place, browse) -> None:
    given = EntryWords(section="B", text="Olga’s words.")
    with acting(user=place.olga, area=place.area) as by:
        version, first = a_written_plan(by, place.child)
        actions.save_entry(by=by, version=version, lineage=first["B"], given=given)
    page = browse(place.oscar).post(
        reverse("plans:entry", args=[version.pk, first["B"]]), {"section": "B", "text": "Mine.", "based_on": "1"}
    )
    assert page.status_code == 409
    assert "Olga’s words." in page.content.decode()
    assert "Mine." in page.content.decode()


def test_a_machines_reading_is_confirmed_and_then_stands(place, as_person) -> None:
    by = as_person(place.olga)
    version, _ = a_written_plan(by, place.child)
    text = "A teaching assistant will read with Nia for 20 minutes each school day."
    row = actions.save_entry(by=by, version=version, given=EntryWords(section="F", text=text, read_by_machine=True))
    assert row.provision["session_minutes"] == 20
    mended = provision_of({**row.provision, "session_minutes": 25})
    confirmed = actions.confirm_reading(by=by, entry=row, provision=mended)
    assert not confirmed.read_by_machine
    given = EntryWords(section="F", text=text)
    again = actions.save_entry(by=by, version=version, lineage=row.lineage, given=given)
    assert again.provision["session_minutes"] == 25


def test_a_departure_from_advice_needs_its_reason_and_stands_beside_the_entry(place, browse) -> None:
    with acting(user=place.olga, area=place.area) as by:
        version, first = a_written_plan(by, place.child)
    page = reverse("plans:grounds", args=[version.pk, first["F"]])
    olga, told = (
        browse(place.olga),
        {"said_by": "Therapy service", "words": "60 minutes weekly", "instead": "45 minutes"},
    )
    assert "Say what the plan does instead, and why" in olga.post(page, told).content.decode()
    assert olga.post(page, {**told, "reason": "Her mother asked for shorter sessions."}).status_code == 302
    with acting(user=place.olga, area=place.area) as by:
        entry = queries.whole_plan(by, version.pk).by_lineage[first["F"]]
        assert [one.reason for one in entry.departures] == ["Her mother asked for shorter sessions."]
        assert [one.words for one in entry.sources] == ["60 minutes weekly"]
