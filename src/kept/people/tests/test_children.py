"""Adding a child and changing what is known of one."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import Refused, acting
from kept.access.roles import Role
from kept.people import actions, queries
from kept.people.models import Change, Child, FormerName, Identifier, NameKey
from kept.people.tests.conftest import TODAY
from kept.rules.identifiers import uuid7
from kept.rules.identifiers.made_up import made_up_nhs_number, made_up_uln, made_up_upn
from tests import made_up

pytestmark = pytest.mark.django_db
SAMPLE = {"given_names": "Nia", "family_name": "Sample", "born_on": date(2016, 5, 4)}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SCHOOL, Role.PROFESSIONAL, Role.FAMILY, Role.ANALYST])
def test_only_the_case_team_adds_and_edits(area, nia, role):
    with acting(user=made_up.a_person(area, role), area=area, today=TODAY) as actor:
        with pytest.raises(Refused, match="You cannot add a child to the record"):
            actions.add_child(by=actor, **SAMPLE)
        with pytest.raises(Refused, match="You cannot change names"):
            actions.record_details(by=actor, child=nia, sex="F")


def test_a_child_of_another_area_is_not_there(nia):
    elsewhere = made_up.an_area("Fellmoor")
    stranger = made_up.a_person(elsewhere, Role.CASE_OFFICER)
    with acting(user=stranger, area=elsewhere, today=TODAY) as actor:
        assert queries.child_summary(actor, nia.pk) is None
        with pytest.raises(Refused, match="not in your record"):
            actions.record_details(by=actor, child=nia, sex="F")


def test_adding_keeps_names_tidy_and_writes_history(officer):
    child = actions.add_child(
        by=officer,
        given_names="  Zoë   May ",
        family_name="O’Brien",
        born_on=date(2012, 2, 29),
        identifiers={"nhs": made_up_nhs_number(1), "upn": made_up_upn(1).lower(), "uln": ""},
    )
    assert child.full_name == "Zoë May O’Brien"
    assert child.sort_key == "obrien, zoe may"
    assert {number.kind: number.value for number in child.identifiers.all()} == {
        "nhs": made_up_nhs_number(1),
        "upn": made_up_upn(1),
    }
    assert Change.objects.get(child=child).by == officer.user


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"born_on": date(2026, 11, 24)}, "born_on", "24 November 2026 is in the future"),
        ({"born_on": date(2000, 11, 23)}, "born_on", "is 26"),
        ({"family_name": "  "}, "family_name", "Enter the family name"),
        ({"given_names": "N1a"}, "given_names", "has no figures"),
        ({"given_names": "--"}, "given_names", "at least one letter"),
        ({"family_name": "x" * 121}, "family_name", "120 characters or fewer"),
        ({"sex": "Q"}, "sex", "not a code for sex"),
        ({"pronouns": "it"}, "pronouns", "not a code for pronouns"),
        ({"ethnicity": "XXXX"}, "ethnicity", "not a code for ethnicity"),
        ({"language": "xx"}, "language", "not a code for first language"),
        ({"postcode": "QX1"}, "postcode", "only the first half"),
        ({"identifiers": {"nhs": "999 000 0019"}}, "nhs", "does not fit the others"),
        ({"identifiers": {"upn": "B882000122001"}}, "upn", "check letter does not fit"),
        ({"identifiers": {"uln": "1234567890"}}, "uln", "does not fit the others"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(officer, facts, field, sentence):
    with pytest.raises(actions.NotPossible, match=sentence) as problem:
        actions.add_child(by=officer, **SAMPLE | facts)
    assert problem.value.field == field
    assert not Child.objects.exists()


def test_25_is_not_too_old(officer):
    assert actions.add_child(by=officer, **SAMPLE | {"born_on": date(2000, 11, 24)}).age_on(TODAY) == 25


@pytest.mark.parametrize(
    "again",
    [
        SAMPLE,
        SAMPLE | {"given_names": "Niah"},
        SAMPLE | {"born_on": date(2016, 4, 5)},
        SAMPLE | {"given_names": "Sample", "family_name": "Nia"},
        SAMPLE | {"family_name": "Other", "postcode": "QX1 1AB"},
    ],
)
def test_the_same_child_twice_is_asked_about(officer, nia, again):
    with pytest.raises(actions.PossibleDuplicate) as found:
        actions.add_child(by=officer, **again)
    assert [match.child for match in found.value.matches] == [nia]
    assert found.value.matches[0].duplicate.reasons
    other = actions.add_child(by=officer, **again, confirmed_not=[nia.pk])
    assert other != nia
    assert Change.objects.get(child=other).details == {"is not": [str(nia.pk)]}


def test_a_twin_and_a_namesake_are_not_asked_about(officer, nia):
    actions.add_child(by=officer, **SAMPLE | {"given_names": "Tomasz"})
    actions.add_child(by=officer, **SAMPLE | {"born_on": date(2009, 1, 30)})
    assert Child.objects.count() == 3


def test_a_number_can_be_only_one_childs(officer, nia):
    number = made_up_nhs_number(7)
    actions.add_identifier(by=officer, child=nia, kind="nhs", value=number)
    other = {"given_names": "Leo", "family_name": "Zebra", "born_on": date(2011, 1, 1)}
    with pytest.raises(actions.NotPossible, match="is on the record of Nia Sample, born 4 May 2016"):
        actions.add_child(by=officer, **other, identifiers={"nhs": number}, confirmed_not=[nia.pk])
    with pytest.raises(actions.PossibleDuplicate) as found:
        actions.add_child(by=officer, **SAMPLE | {"given_names": "Leo"}, identifiers={"nhs": number})
    assert found.value.matches[0].duplicate.reasons[0] == "same NHS number"


def test_a_double_click_adds_one_child(officer):
    token = uuid7()
    first = actions.add_child(by=officer, **SAMPLE, token=token)
    assert actions.add_child(by=officer, **SAMPLE, token=token) == first
    assert Child.objects.count() == 1


def test_two_at_once_the_second_is_told(officer, nia):
    actions.record_details(by=officer, child=nia, sex="F", version=nia.version)
    with pytest.raises(actions.SomebodyElseWasFirst, match="Somebody else changed Nia's record"):
        actions.record_details(by=officer, child=nia, language="pol", version=nia.version)
    assert Child.objects.get(pk=nia.pk).language == ""


def test_the_same_change_twice_is_one_change(officer, nia):
    before = nia.version
    for _ in range(2):
        actions.record_details(by=officer, child=nia, sex="F", version=before)
    assert Child.objects.get(pk=nia.pk).version == before + 1
    assert Change.objects.get(child=nia, what="Details changed: sex").details == {"sex": ["", "F"]}


def test_a_former_name_is_kept_and_its_keys_too(officer, nia):
    for _ in range(2):
        actions.change_name(by=officer, child=nia, given_names="Nia", family_name="Quill", from_day=date(2026, 9, 1))
    former = FormerName.objects.get(child=nia)
    assert (str(former), former.until) == ("Nia Sample", date(2026, 9, 1))
    keys = set(NameKey.objects.filter(child=nia).values_list("key", flat=True))
    assert {"w:nia", "w:quill", "w:sample"} <= keys


def test_the_search_table_follows_every_change_of_keys(officer, nia):
    def keys() -> set[str]:
        return set(NameKey.objects.filter(child_id=nia.pk).values_list("key", flat=True))

    assert keys() == set(nia.name_keys)
    Child.objects.filter(pk=nia.pk).update(name_keys=["w:nia", "w:new"])
    assert keys() == {"w:nia", "w:new"}
    Child.objects.bulk_create(
        [Child(area=officer.area, born_on=date(2015, 1, 1), **actions.name_facts(given_names="A", family_name="Bulk"))]
    )
    assert NameKey.objects.filter(key="w:bulk").count() == 1


def test_a_new_number_makes_the_old_one_a_former_one(officer, nia):
    temporary, permanent = made_up_upn(5, temporary=True), made_up_upn(6)
    actions.add_identifier(by=officer, child=nia, kind="upn", value=temporary)
    actions.add_identifier(by=officer, child=nia, kind="upn", value=permanent)
    actions.add_identifier(by=officer, child=nia, kind="upn", value=permanent)
    held = {number.value: number.is_current for number in Identifier.objects.filter(child=nia)}
    assert held == {temporary: False, permanent: True}
    current = Identifier.objects.get(value=permanent)
    assert actions.end_identifier(by=officer, child=nia, identifier=current).is_current is False


def test_numbers_of_other_systems_stand_side_by_side(officer, nia):
    actions.add_identifier(by=officer, child=nia, kind="local", value=" SC/1 ")
    actions.add_identifier(by=officer, child=nia, kind="local", value="LIQ 22")
    actions.add_identifier(by=officer, child=nia, kind="uln", value=made_up_uln(4))
    assert Identifier.objects.filter(child=nia, is_current=True).count() == 3


def test_details_must_fit_the_life(officer, nia):
    with pytest.raises(actions.NotPossible, match="is before the date of birth, 4 May 2016"):
        actions.record_details(by=officer, child=nia, looked_after_from=date(2016, 5, 3))
    with pytest.raises(actions.NotPossible, match="in the future"):
        actions.record_details(by=officer, child=nia, died_on=date(2026, 11, 24))
    with pytest.raises(TypeError, match="no shoe_size"):
        actions.record_details(by=officer, child=nia, shoe_size=4)
