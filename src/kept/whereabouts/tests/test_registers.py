"""Tests of registers read in from files, and of the map."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.duties.models import Duty
from kept.offer.models import Place
from kept.people.actions import enrol
from kept.people.models import Address, Identifier
from kept.rules.identifiers.made_up import made_up_upn
from kept.rules.sheets import read_sheet
from kept.whereabouts import actions, importing, mapping, queries
from kept.whereabouts.actions import Said
from kept.whereabouts.models import Confirmation
from kept.whereabouts.registers import guess
from tests import made_up

TODAY = date(2026, 11, 23)
HEADINGS = "UPN,Surname,Forename,DOB,Start date,End date,Possible sessions,Attended\n"


@pytest.fixture
def school(db):
    """A school with Ada and Bea, who have cases; a SENCO, a director and a school across the road."""
    area = made_up.an_area()
    place = made_up.an_agency(area, AgencyKind.SCHOOL, "Harbour Primary")
    found = {"area": area, "school": place, "upns": [made_up_upn(one) for one in range(3)]}
    found["other"] = made_up.an_agency(area, AgencyKind.SCHOOL, "Hill Primary")
    found["senco"] = made_up.a_person(area, Role.SCHOOL, agency=place)
    found["director"] = made_up.a_person(area, Role.DIRECTOR)
    found["children"] = [made_up.a_child(area, name, "Sample") for name in ("Ada", "Bea")]
    with acting_as_system(area, today=TODAY) as system:
        for child, upn in zip(found["children"], found["upns"], strict=False):
            cases.open_case(
                by=system, child=child, kind="request_received", on=date(2026, 11, 2), details={"by": "parent"}
            )
            enrol(by=system, child=child, setting=place, starts_on=date(2021, 9, 1))
            Identifier.objects.create(area=area, child=child, kind="upn", value=upn)
    return found


def plan(actor, school, rows, *, as_council=False, period=(None, None)):
    table = read_sheet(HEADINGS + "\n".join(rows))
    setting = None if as_council else school["school"]
    return importing.plan_of(by=actor, table=table, mapping=guess(table.headings), setting=setting, period=period)


def test_a_register_confirms_pupils_and_meets_the_duty_of_the_school(school):
    ada, bea = school["children"]
    rows = [
        f"{school['upns'][0]},Sample,Ada,04/05/2016,02/11/2026,20/11/2026,30,29",
        ",Sample,Bea,2016-05-04,02/11/2026,20/11/2026,30,14",
        f"{school['upns'][2]},Pupil,Some,01/02/2017,02/11/2026,20/11/2026,30,30",
    ]
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        found = plan(actor, school, rows)
        assert [step.what for step in found.steps] == ["new", "new", "left_out"]
        assert not Confirmation.objects.exists(), "a dry run keeps nothing"
        kept = importing.bring_in(by=actor, plan=found, mapping={}, setting=school["school"])
        again = plan(actor, school, rows)
        assert importing.bring_in(by=actor, plan=again, mapping={}, setting=school["school"]) == kept
    with acting(user=school["director"], area=school["area"], today=TODAY) as actor:
        said = {child.pk: (child.where, child.confirmed_on) for child in queries.every_child(actor)}
        assert said == {ada.pk: ("coming", date(2026, 11, 20)), bea.pk: ("severe", date(2026, 11, 20))}
        assert queries.totals(actor)["unconfirmed"] == 0
        assert Confirmation.objects.get(child=bea).said_by.endswith("14 of 30 sessions")
    with acting_as_system(school["area"], today=TODAY):
        assert Duty.objects.get(source="whereabouts").met_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{0},Sample,Ada,04/05/2016,02/11/2026,20/11/2026,30,31", "More sessions were attended"),
        ("{0},Sample,Ada,04/05/2016,02/11/2026,30/11/2026,30,3", "ends after today"),
        ("{0},Sample,Ada,04/05/2016,20/11/2026,02/11/2026,30,3", "ends before it begins"),
        ("{0},Sample,Ada,04/05/2016,02/11/2026,03/11/2026,30,3", "a school day has two"),
        ("{0},Sample,Ada,05/04/2016,02/11/2026,20/11/2026,30,3", "another date of birth"),
        ("{2},Sample,Ada,04/05/2016,02/11/2026,20/11/2026,30,3", "another pupil number"),
        ("X12,Sample,Ada,04/05/2016,02/11/2026,20/11/2026,30,3", "UPN"),
        (",Sample,Ada,,02/11/2026,20/11/2026,30,3", "who the pupil is"),
        ("{0},Sample,Ada,04/05/2016,02/11/2026,20/11/2026,many,3", "a whole number"),
        ("{0},Sample,Ada,04/05/2016,02/11/2026,20/11/2026,0,0", "says nothing"),
    ],
)
def test_a_row_that_is_wrong_says_why_and_the_others_come_in(school, row, why):
    good = f"{school['upns'][1]},,,,02/11/2026,20/11/2026,30,30"
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        found = plan(actor, school, [row.format(*school["upns"]), good])
        assert [step.what for step in found.steps] == ["wrong", "new"]
        assert why in " ".join(found.steps[0].problems)
        made = importing.bring_in(by=actor, plan=found, mapping={}, setting=school["school"])
        assert (made.kept, [number for number, _ in made.refused]) == (1, [2])
        assert "Ada" not in str(made.refused)


def test_a_call_after_the_register_is_what_counts(school):
    ada, _ = school["children"]
    with acting(user=school["director"], area=school["area"], today=TODAY) as actor:
        actions.confirm(by=actor, child=ada, said=Said("gone"), how="phone", said_by="Head", on=TODAY)
        found = plan(actor, school, [f"{school['upns'][0]},,,,02/11/2026,20/11/2026,30,30"], as_council=True)
        importing.bring_in(by=actor, plan=found, mapping={}, setting=None)
        assert queries.every_child(actor).get(pk=ada.pk).where == "gone"


def test_a_school_sends_only_its_own_register(school):
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        for setting in (school["other"], None):
            table = read_sheet(HEADINGS + ",Sample,Ada,04/05/2016,,,1,1")
            with pytest.raises(Refused):
                importing.plan_of(
                    by=actor, table=table, mapping=guess(table.headings), setting=setting, period=(None, None)
                )


def test_wrong_columns_are_said_in_sentences(school):
    with acting(user=school["senco"], area=school["area"], today=TODAY) as actor:
        table = read_sheet("Name,Sessions\nAda,3\n")
        with pytest.raises(ValueError, match=r"who the pupil is.*possible.*attended.*which days"):
            importing.plan_of(by=actor, table=table, mapping={}, setting=school["school"], period=(None, None))


def lives(system, child, postcode, **more):
    facts = {"lines": "1 Road", "postcode": postcode, "starts_on": date(2020, 1, 1)}
    Address.objects.create(area=system.area, child=child, **facts, **more)


def test_the_map_has_each_part_and_never_a_confidential_address(school):
    ada, bea = school["children"]
    with acting_as_system(school["area"], today=TODAY) as system:
        for name, at in {"QX11AA": (53.9, 1.4), "QX11ZZ": (53.92, 1.42), "QX24AA": (54.0, 1.5)}.items():
            Place.objects.create(area=system.area, name=name, latitude=at[0], longitude=at[1])
        lives(system, ada, "QX1 1BB")
        lives(system, bea, "QX2 4BB")
    with acting(user=school["director"], area=school["area"], today=TODAY) as actor:
        found = mapping.map_of(actor)
        assert found.by_sector
        assert {part.key: part.at for part in found.parts} == {
            "QX1 1": pytest.approx((53.91, 1.41)),
            "QX2 4": (54, 1.5),
        }
        north, south = sorted(found.drawing(720).circles, key=lambda one: one.y)
        assert (north.part.key, north.x > south.x) == ("QX2 4", True), "north is up, east is right"
        assert queries.every_child(actor).filter(mapping.living_in(actor, "QX1")).get().pk == ada.pk
    with acting_as_system(school["area"], today=TODAY) as system:
        lives(system, bea, "QX9 9ZZ", is_confidential=True)
    with acting(user=school["director"], area=school["area"], today=TODAY) as actor:
        found = mapping.map_of(actor)
        assert [part.key for part in found.parts] == ["QX1 1"]
        assert found.without_address == 1
        assert not queries.every_child(actor).filter(mapping.living_in(actor, "QX2")).exists()
