"""The nightly questions, and files of other systems: what is refused, what is added, what is never changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kept.access.acting import Refused
from kept.people.models import Child
from kept.rules.identifiers.made_up import made_up_nhs_number
from kept.rules.sheets import read_sheet
from kept.waiting import actions, checking, importing, reading
from kept.waiting.models import Batch, Event, Finding, Referral
from kept.waiting.tests.house import an_area_with_lists, refer
from kept.waiting.words import Answer, EventKind, State
from tests import made_up
from tests.standing import standing

pytestmark = pytest.mark.django_db
HEADS = (
    "Referral ID,NHS number,First name,Surname,DOB,List,Referral date,Priority,Appointment date,Outcome,"
    "Closed date,Reason"
)


@standing
def people():
    return an_area_with_lists()


def day(people, days):
    return (people.today - timedelta(days=days)).strftime("%d/%m/%Y")


def plan(by, people, rows, source="Trust system"):
    table = read_sheet("\n".join([HEADS, *rows]))
    mapping = importing.mapping_of(by, source, table.headings)
    stages = {"asc": people.lists.first, "paeds": people.lists.rtt}
    return mapping, importing.plan_of(by=by, table=table, source=source, mapping=mapping, stages=stages, only=None)


def bring_in(by, people, rows):
    mapping, found = plan(by, people, rows)
    return importing.bring_in(by=by, plan=found, mapping=mapping, stage_words={})


def bad_rows(people):
    """Each row with the words that say what is wrong with it."""
    d = lambda n: day(people, n)  # noqa: E731
    who = "Ada,Ashby,03/04/2017,asc"
    return [
        (f"A1,,{who},{d(-3)},,,,,", "is after today"),
        (f"A2,,{who},{d(9)},,,,{d(30)},seen", "closed before it began"),
        (f"A3,,{who},01/01/1970,,,,,", "puts in when nothing is known"),
        (f"A4,,{who},31/02/2026,,,,,", "cannot be read"),
        (f"A5,999,{who},{d(9)},,,,,", "NHS number"),
        (f"A6,,{who},{d(9)},whenever,,,,", "priority “whenever” is not known"),
        (f"A7,,Ada,Ashby,03/04/2017,dentists,{d(9)},,,,,", "“dentists” is not matched"),
        (f"A8,,Ada,,03/04/2017,asc,{d(9)},,,,,", "name and date of birth are not there"),
        (f"A9,,{who},{d(9)},,,seen,,", "no day of the appointment"),
        (f",,{who},{d(9)},,,,,", "reference is missing"),
        (f"B1,,{who},{d(9)},,,,{d(2)},because", "reason “because” is not known"),
        (f"B2,,Ada,Ashby,{d(2)},asc,{d(9)},,,,,", "before they were born"),
        (f"B3,,Nya,Sample,{people.child.born_on:%d/%m/%Y},asc,{d(9)},,,,,", "may be Nia Sample"),
    ]


def test_a_row_that_is_wrong_is_named_and_never_half_taken(people):
    rows = bad_rows(people)
    with people.acting(people.manager) as mo:
        _, found = plan(mo, people, [row for row, _ in rows])
        for step, (_, words) in zip(found.steps, rows, strict=True):
            assert step.what == "wrong", words
            assert words in " ".join(step.problems)
        batch = bring_in(mo, people, [row for row, _ in rows])
        assert (batch.added, len(batch.refused), Referral.objects.count()) == (0, len(rows), 0)
        assert not any("Sample" in sentence for _, sentence in batch.refused), "a batch keeps no names"
    with people.acting(people.therapist) as tam, pytest.raises(Refused):
        plan(tam, people, [rows[0][0]])


def test_a_file_comes_in_once_and_the_next_adds_what_happened(people):
    nhs = made_up_nhs_number(7)
    first = [
        f"R1,{nhs},Ada,Ashby,03/04/2017,ASC,{day(people, 90)},urgent,,,,",
        f"R2,,Nia,Sample,{people.child.born_on:%d/%m/%Y},paeds,{day(people, 80)},,{day(people, 20)},DNA,,",
    ]
    with people.acting(people.manager) as mo:
        batch = bring_in(mo, people, first)
        assert (batch.added, batch.open_rows, bring_in(mo, people, first).pk) == (2, 2, batch.pk)
        ada, nia = Referral.objects.get(ref="R1"), Referral.objects.get(ref="R2")
        assert (ada.priority, ada.state, nia.child_id, nia.missed) == (1, State.REFERRED, people.child.pk, 1)
        children = Child.objects.count()
        second = [
            f"R1,{nhs},Ada,Ashby,03/04/2017,ASC,{day(people, 90)},urgent,{day(people, 5)},attended,,",
            f"R2,,Nia,Sample,{people.child.born_on:%d/%m/%Y},paeds,{day(people, 70)},,{day(people, 20)},DNA,,",
            f"R3,{nhs},Ada,Ashby,03/04/2017,ASC,{day(people, 8)},,,,,",
        ]
        _, found = plan(mo, people, second)
        assert [step.what.value for step in found.steps] == ["changed", "wrong", "wrong"]
        assert "A wait is never reset" in found.steps[1].problems[0]
        bring_in(mo, people, second)
        ada.refresh_from_db()
        assert (ada.state, ada.closed_on, Child.objects.count()) == (State.SEEN, mo.today - timedelta(days=5), children)
        assert Event.objects.filter(referral=ada, kind=EventKind.ASSESSMENT_STARTED).exists()
    with people.acting(people.therapist) as tam:
        assert importing.batches_of(tam)


def test_default_dates_and_children_left_out_are_said(people):
    today = f"{people.today:%d/%m/%Y}"
    names = ["Ada,Ash", "Ben,Bracken", "Cai,Clover", "Dee,Daisy"]
    rows = [f"R{i},,{name},0{i + 1}/04/201{i},asc,{today},,,,," for i, name in enumerate(names)]
    with people.acting(people.manager) as mo:
        _, found = plan(mo, people, rows)
        assert "4 of 4 rows were referred today" in found.warnings[0]
        bring_in(mo, people, rows)
    with people.system() as by:
        checking.check_lists(by=by)
        assert "4 of 4 were referred on the day of the import" in Finding.objects.get(code="V11").sentence
    with people.acting(people.manager) as mo:
        _, found = plan(mo, people, rows[:1])
        assert any("3 children who wait" in one for one in found.warnings)


def codes(by):
    return set(Finding.objects.filter(area=by.area, answer="").values_list("code", flat=True))


@pytest.mark.parametrize(
    ("born", "words"), [("01/01/1900", "puts in when nothing is known"), ("03/04/1950", "26 or older when referred")]
)
def test_nobody_older_than_a_young_person_is_referred(born, words):
    mapping = {"ref": "Ref", "born_on": "Born", "made_on": "Referred"}
    row = reading.read_row(2, {"Ref": "1", "Born": born, "Referred": "01/06/2026"}, mapping, date(2026, 6, 20))
    assert any(words in problem for problem in row.problems)
    good = reading.read_row(2, {"Ref": "1", "Born": "01/01/2001", "Referred": "01/06/2026"}, mapping, date(2026, 6, 20))
    assert good.problems == ()


def test_columns_that_nothing_reads_are_named(people):
    row = f"A1,,Ada,Ashby,03/04/2017,asc,{day(people, 9)},,,,,,01/05/2026"
    with people.acting(people.manager) as by:
        table = read_sheet(f"{HEADS},Seen on\n{row}")
        mapping = importing.mapping_of(by, "x", table.headings)
        made = importing.plan_of(by=by, table=table, source="x", mapping=mapping, stages={}, only=people.lists.first)
    assert any("“Seen on”" in warning and "when a child was seen" in warning for warning in made.warnings)


def test_the_night_asks_and_changes_nothing(people):
    old = made_up.a_child(people.area, "Old", "Enough", born_on=people.today - timedelta(days=20 * 366))
    refer(people, people.lists.second, 100, child=old)
    made = refer(people, people.lists.first, 40, accept=False)
    with people.system() as by:
        twice = Referral.objects.get(pk=made.pk)
        twice.pk = twice.id = None
        twice.__dict__["id"] = made.pk.__class__(int=made.pk.int + 1)
        twice.ref, twice.token, twice._state.adding = "AGAIN", None, True
        twice.save(force_insert=True)
        actions.record(by=by, referral=made, kind=EventKind.ACCEPTED)
        for on, rows in ((100, 50), (60, 20)):
            Batch.objects.create(
                area=by.area, source="Trust", on=by.today - timedelta(days=on), rows=rows, open_rows=rows, by=by.user,
                reported_total=25, digest="x",
            )  # fmt: skip
        before = list(Referral.objects.order_by("pk").values())
        assert checking.check_lists(by=by) == checking.check_lists(by=by)
        assert codes(by) == {"V2", "V3", "V4", "V10", "V12", "V13"}
        assert list(Referral.objects.order_by("pk").values()) == before
        assert checking.silent_providers(by)[0][2]


def test_an_answer_holds_until_it_is_no_longer_true(people):
    made = refer(people, people.lists.first, 120)
    with people.system() as by:
        checking.check_lists(by=by)
    with people.acting(people.therapist) as tam:
        finding = checking.findings_of(tam).get(code="V2")
        checking.answer(by=tam, finding=finding, said=Answer.RIGHT)
    for later, is_open in ((10, False), (95, True)):
        with people.system(people.today + timedelta(days=later)) as by:
            checking.check_lists(by=by)
            assert ("V2" in codes(by)) is is_open
    with people.acting(people.therapist, people.today + timedelta(days=95)) as tam:
        checking.mend(by=tam, finding=checking.findings_of(tam).get(code="V2"))
        assert Referral.objects.get(pk=made.pk).contacted_on == tam.today
    with people.acting(people.stranger) as otto:
        assert not checking.findings_of(otto).exists()
        with pytest.raises(Refused):
            checking.answer(by=otto, finding=finding, said=Answer.RIGHT)
