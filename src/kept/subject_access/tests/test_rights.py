"""A copy of everything, what is hidden in it, corrections, and rights that pass to the young person."""

from __future__ import annotations

import io
import json
import time
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kept.access.acting import Refused, acting_as_system
from kept.access.models import Grant, Relation
from kept.access.rows import AreaRow
from kept.access.tests.test_permission_table import sign_in
from kept.access.tests.world import MOTHERS_PHONE, REFUGE, Who, World, make_world
from kept.duties.actions import DutyFacts, sync
from kept.people.models import Child, ChildNeed
from kept.rules.identifiers.keys import uuid7
from kept.subject_access import actions, passing_on, third_parties
from kept.subject_access.document import as_data, as_pdf
from kept.subject_access.gathering import LEFT_OUT, Chapter, Entry, Text, gather, path_to_child, plain, tables
from kept.subject_access.models import CopyRequest, Correction, Outcome, PassingOn, Redaction, Showing, Step
from tests.standing import standing

pytestmark = pytest.mark.django_db
NOTE = "Nia said that her friend Esme from 12 Sand Lane, 07700 900222, saw #evil() and <script>alert(1)</script>"


@standing
def world() -> World:
    return make_world()


def duty(world: World, text: str) -> None:
    with acting_as_system(world.area) as kept:
        facts = DutyFacts(
            key="x", what=text, authority="a promise", owed_by="school", starts_on=world.today, due_on=world.today
        )
        sync(by=kept, source="test", source_id=uuid7(), child_id=world.nia.pk, duties=[facts])


def asked_by(world: World, who: Who) -> CopyRequest:
    with world.acting(who) as reader:
        return actions.ask_for_copy(by=reader, child_id=world.nia.pk)


def given(world: World, who: Who) -> CopyRequest:
    copy = asked_by(world, who)
    with world.acting(Who.OFFICER) as officer:
        return actions.release(by=officer, copy=copy)


def whole(world: World, copy: CopyRequest) -> str:
    with world.acting(Who.OFFICER) as officer:
        return json.dumps(as_data(copy, actions.finished_chapters(officer, copy)), ensure_ascii=False)


def test_every_table_with_rows_about_a_child_is_in_the_copy() -> None:
    from django.apps import apps

    def names_a_child(model: type) -> bool:
        return any(one.attname == "child_id" for one in model._meta.concrete_fields)

    with_child = {m for m in apps.get_models() if issubclass(m, AreaRow) and names_a_child(m)}
    assert with_child - {model for model, _ in tables()} == set(LEFT_OUT)
    assert path_to_child(Child._meta.get_field("area").related_model) == ""


def test_a_title_says_its_day_once_and_no_name_of_the_record() -> None:
    day = date(2026, 9, 9)
    assert plain("request_received 2026-09-09", day) == "Request received"
    assert plain("What is hard, 2026-09-09", day) == "What is hard"
    assert plain("Until 2026-10-01", day) == "Until 2026-10-01"
    assert plain("loud", day) == "loud"


def test_a_copy_is_owed_within_a_month_and_a_double_click_asks_once(world: World) -> None:
    first, second = asked_by(world, Who.MOTHER), asked_by(world, Who.MOTHER)
    assert first == second
    assert first.due_on == actions.one_month_after(world.today)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 3), date(2027, 1, 3)),
        (date(2026, 8, 31), date(2026, 9, 30)),
    ],
)
def test_a_month_is_a_calendar_month(asked: date, due: date) -> None:
    assert actions.one_month_after(asked) == due


def test_each_parents_copy_has_their_own_and_never_the_other_parents_home_or_telephone(world: World) -> None:
    mothers, fathers = whole(world, given(world, Who.MOTHER)), whole(world, given(world, Who.FATHER))
    for secret in (REFUGE.split("\n")[0], REFUGE.split("\n")[1], MOTHERS_PHONE):
        assert secret in mothers
        assert secret not in fathers
    assert "Sampelworth" in fathers


def test_a_parent_does_not_learn_that_the_other_asked(world: World) -> None:
    asked_by(world, Who.MOTHER)
    with world.acting(Who.FATHER):
        assert not CopyRequest.objects.exists()
    assert "Copy request" not in whole(world, given(world, Who.FATHER))


def test_a_text_about_somebody_else_stops_the_copy_until_somebody_decides(world: World) -> None:
    duty(world, NOTE)
    copy = asked_by(world, Who.MOTHER)
    with world.acting(Who.OFFICER) as officer:
        with pytest.raises(Refused, match="may be about somebody else"):
            actions.release(by=officer, copy=copy)
        flags = actions.flags_of(officer, copy, actions.chapters_for_reader(copy, today=world.today))
        flag = next(one for one in flags if one.text.value == NOTE)
        assert {"friend", "07700 900222"} <= set(flag.words)
        table, row, field = flag.key
        choose = {"by": officer, "copy": copy, "table": table, "row_id": row, "field": field}
        with pytest.raises(Refused, match="one on each line"):
            actions.decide_text(**choose, showing=Showing.WORDS, reason="Third party")
        with pytest.raises(Refused, match="not in this text"):
            actions.decide_text(**choose, showing=Showing.WORDS, words="Zebra", reason="Third party")
        with pytest.raises(Refused, match="Say why"):
            actions.decide_text(**choose, showing=Showing.WORDS, words="esme")
        actions.decide_text(
            **choose, showing=Showing.WORDS, words="esme\n12 Sand Lane\n07700 900222", reason="Her friend"
        )
        copy = actions.release(by=officer, copy=copy)
        data = as_data(copy, actions.finished_chapters(officer, copy))
    words = json.dumps(data)
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(data))).pages)
    for secret in ("Esme", "Sand Lane", "900222"):
        assert secret not in words
        assert secret not in pdf
    assert third_parties.HIDDEN in words
    with world.acting(Who.MOTHER):
        assert not Redaction.objects.exists()
    client = Client()
    sign_in(client, world, Who.MOTHER)
    page = client.get(reverse("subject_access:copy", args=[copy.pk])).content.decode()
    assert "Esme" not in page
    assert "<script>alert(1)" not in page
    assert "#evil()" in page


def test_hiding_a_whole_text_hides_it_in_the_title_too(world: World) -> None:
    duty(world, NOTE)
    copy = asked_by(world, Who.MOTHER)
    with world.acting(Who.OFFICER) as officer:
        flags = actions.flags_of(officer, copy, actions.chapters_for_reader(copy, today=world.today))
        for flag in flags:
            table, row, field = flag.key
            actions.decide_text(
                by=officer, copy=copy, table=table, row_id=row, field=field, showing=Showing.ALL, reason="Third party"
            )
        copy = actions.release(by=officer, copy=copy)
    assert "Esme" not in whole(world, copy)


def test_somebody_who_may_no_longer_see_the_child_gets_no_copy(world: World) -> None:
    copy = asked_by(world, Who.FATHER)
    ready = given(world, Who.MOTHER)
    with acting_as_system(world.area):
        Grant.objects.filter(relation=Relation.FAMILY).update(ends_on=world.today - timedelta(days=1))
    with world.acting(Who.OFFICER) as officer, pytest.raises(Refused, match="may no longer see"):
        actions.release(by=officer, copy=copy)
    client = Client()
    sign_in(client, world, Who.MOTHER)
    assert client.get(reverse("subject_access:copy_pdf", args=[ready.pk])).status_code == 404


def test_the_pdf_declares_that_it_is_accessible(world: World) -> None:
    copy = given(world, Who.MOTHER)
    with world.acting(Who.OFFICER) as officer:
        data = as_data(copy, actions.finished_chapters(officer, copy))
    reader = PdfReader(io.BytesIO(as_pdf(data)))
    assert reader.trailer["/Root"]["/Lang"].lower() == "en-gb"
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata.title == "Everything recorded about Nia Sampelworth"
    fonts = {str(f) for page in reader.pages for f in _fonts(page)}
    assert all("SourceSans3" in name for name in fonts), fonts


def _fonts(page: object) -> list[str]:
    return [font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()]


def test_a_ten_year_record_is_copied_in_well_under_a_minute(world: World) -> None:
    days = [world.today - timedelta(days=n) for n in range(3650)]
    with acting_as_system(world.area) as kept:
        ChildNeed.objects.bulk_create(
            ChildNeed(area=kept.area, child=world.nia, need="ASD", rank=1, starts_on=day, ends_on=day) for day in days
        )
    copy = asked_by(world, Who.MOTHER)
    began = time.monotonic()
    with world.acting(Who.OFFICER) as officer:
        copy = actions.release(by=officer, copy=copy)
        pdf = as_pdf(as_data(copy, actions.finished_chapters(officer, copy)))
    took = time.monotonic() - began
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 100
    assert took < 60, took  # the promise itself, not a measurement: see bench/bench_access.py


def entries(*texts: str) -> list[Chapter]:
    made = [Entry("t", uuid7(), "E", None, (Text("note", "Note", one, True),)) for one in texts]
    return [Chapter("t", "T", tuple(made))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Her brother was there", ("brother",)),
        ("Farid rang", ("Farid",)),
        ("Write to a.person@example.org", ("a.person@example.org",)),
        ("Another pupil hit her", ("Another pupil",)),
        ("Lives at QX9 9XQ", ("QX9 9XQ",)),
        ("She likes drawing", ()),
        ("Her own number is 07700 900111", ()),
        ("Made 2016-05-04 by the therapist", ()),
    ],
)
def test_what_raises_a_flag(text: str, words: tuple[str, ...]) -> None:
    found = third_parties.flags(entries(text), names={"Farid"}, own={"07700900111"})
    assert tuple(word for flag in found for word in flag.words) == words


def test_a_correction_stands_beside_the_entry_from_asking_to_answer(world: World) -> None:
    where = {"child_id": world.nia.pk, "table": "people_child", "row_id": world.nia.pk}
    with world.acting(Who.MOTHER) as mother:
        token = uuid7()
        asked = actions.ask_for_correction(by=mother, **where, says="Her name is spelt wrong", wants="Nía", token=token)
        again = actions.ask_for_correction(by=mother, **where, says="Her name is spelt wrong", token=token)
        assert asked == again
        assert actions.entry_of(gather(mother, world.nia.pk), "people_child", world.nia.pk)
    with world.acting(Who.SCHOOL) as school:
        assert actions.corrections_beside(school, world.nia.pk) == {("people_child", world.nia.pk): [asked]}
    with world.acting(Who.FATHER):
        assert not Correction.objects.exists()
    with world.acting(Who.OFFICER) as officer:
        with pytest.raises(Refused, match="Say why"):
            actions.decide_correction(by=officer, correction=asked, outcome=Outcome.REFUSED, reason=" ")
        with pytest.raises(Refused, match="Choose"):
            actions.decide_correction(by=officer, correction=asked, outcome="", reason="x")
        actions.decide_correction(by=officer, correction=asked, outcome=Outcome.REFUSED, reason="As on the certificate")
        actions.decide_correction(by=officer, correction=asked, outcome=Outcome.REFUSED, reason="again")
        with pytest.raises(Refused, match="already"):
            actions.decide_correction(by=officer, correction=asked, outcome=Outcome.CORRECTED, reason="x")
    words = whole(world, given(world, Who.MOTHER))
    for part in ("Her name is spelt wrong", "It should say: Nía", "Not changed on", "As on the certificate"):
        assert part in words


def test_nobody_disputes_an_entry_that_is_not_in_their_record(world: World) -> None:
    with world.acting(Who.MOTHER) as mother, pytest.raises(Refused, match="not in your record"):
        actions.ask_for_correction(
            by=mother, child_id=world.nia.pk, table="people_child", row_id=world.bo.pk, says="Wrong"
        )
    with world.acting(Who.OTHER_FAMILY) as other, pytest.raises(Refused):
        actions.ask_for_correction(
            by=other, child_id=world.nia.pk, table="people_child", row_id=world.nia.pk, says="Wrong"
        )


def record(world: World, child: Child, step: str, **more: object) -> PassingOn:
    facts = {"on": world.today, "how": "Asked at the review in plain words", **more}
    with world.acting(Who.OFFICER) as officer:
        return passing_on.record_step(by=officer, child=child, step=step, **facts)


def test_rights_pass_when_compulsory_school_age_has_ended_and_not_before(world: World) -> None:
    with pytest.raises(Refused, match="compulsory school age"):
        record(world, world.nia, Step.ALONE)
    with pytest.raises(Refused, match="was told"):
        record(world, world.zac, Step.ALONE)
    with acting_as_system(world.area):
        Grant.objects.create(
            area=world.area,
            child_id=world.zac.pk,
            user=world.users[Who.OTHER_FAMILY],
            relation=Relation.FAMILY,
            starts_on=world.zac.born_on,
        )
    record(world, world.zac, Step.TOLD)
    with world.acting(Who.OTHER_FAMILY):
        assert Child.objects.filter(pk=world.zac.pk).exists()
    assert record(world, world.zac, Step.ALONE) == record(world, world.zac, Step.ALONE)
    with world.acting(Who.OTHER_FAMILY):
        assert not Child.objects.filter(pk=world.zac.pk).exists()
    with world.acting(Who.YOUNG_PERSON) as zac:
        assert "decides alone" in passing_on.whose_rights(zac, world.zac)
        assert len(passing_on.history(zac, world.zac)) == len([Step.TOLD, Step.ALONE])


def test_capacity_is_about_one_decision_and_is_kept(world: World) -> None:
    with pytest.raises(Refused, match="which decision"):
        record(world, world.zac, Step.LACKS_CAPACITY)
    with pytest.raises(Refused, match="who decides for them"):
        record(world, world.zac, Step.LACKS_CAPACITY, decision="which college to ask for")
    kept = record(
        world, world.zac, Step.LACKS_CAPACITY, decision="which college to ask for", representative="Their mother"
    )
    record(world, world.zac, Step.HAS_CAPACITY, decision="who sees the record")
    for attempt in (lambda: PassingOn.objects.filter(pk=kept.pk).update(how="changed"), kept.delete):
        with world.acting(Who.OFFICER), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_a_request_by_letter_is_written_down_and_the_month_runs_from_the_day_it_came(world, client):
    came = world.today - timedelta(days=9)
    sign_in(client, world, Who.OFFICER)
    address = reverse("subject_access:ask", args=[world.nia.pk])
    assert "They asked by letter, email or phone?" in client.get(address).content.decode()
    mother = world.users[Who.MOTHER]
    typed = {"who": mother.pk, "on-day": came.day, "on-month": came.month, "on-year": came.year}
    for _ in range(2):
        assert client.post(address, typed).status_code == 302
    with acting_as_system(world.area):
        copy = CopyRequest.objects.get(child=world.nia)
        assert (copy.asked_by, copy.asked_on) == (mother, came)
        assert copy.due_on == actions.one_month_after(came)
    assert world.nia.first_name in whole(world, copy)


def test_nobody_gets_a_copy_who_does_not_see_the_record(world):
    with world.acting(Who.OFFICER) as officer:
        facts = {"by": officer, "child_id": world.nia.pk, "on": world.today}
        with pytest.raises(Refused, match="does not see this record"):
            actions.write_down_request(asked_by=world.users[Who.OTHER_FAMILY], **facts)
        mother = world.users[Who.MOTHER]
        with pytest.raises(Refused, match="today or earlier"):
            actions.write_down_request(asked_by=mother, **{**facts, "on": world.today + timedelta(days=1)})
    with world.acting(Who.SCHOOL) as school, pytest.raises(Refused):
        actions.write_down_request(asked_by=mother, **{**facts, "by": school})
