"""Search: how it reads what was typed, whom it finds however misspelt, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random  # repeatable, and nothing secret

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kept.access.acting import acting
from kept.access.roles import Role
from kept.people import actions
from kept.people.asking import near_numbers, read_search
from kept.people.duplicates import near_dates
from kept.people.finding import search_children
from kept.people.models import Child
from kept.people.queries import child_summary
from kept.people.tests.conftest import TODAY
from kept.rules.identifiers.made_up import made_up_nhs_number, made_up_upn
from tests import made_up

GIVEN = [
    "Oliver", "Amelia", "Muhammad", "Isla", "Stephen", "Catherine", "Aisha", "Zainab", "Ibrahim", "Kwame", "Tomasz",
    "Zofia", "Priya", "Arjun", "Siobhan", "Callum", "Dimitri", "Elena", "Florence", "Theodore", "Isabella",
    "Alexander", "Yusuf", "Fatima", "Rhiannon", "Bartholomew", "Nnamdi", "Svetlana",
]  # fmt: skip
FAMILY = [
    "Smith", "Robinson", "Thompson", "Kowalski", "Hussain", "Begum", "Chowdhury", "Okafor", "Fernandes", "Popescu",
    "Phillips", "Richardson", "MacDonald", "Wilkinson", "Nguyen", "Abernathy", "Cholmondeley", "Fitzgerald",
    "Iqbal", "Mensah", "Quartermaine", "Zielinski", "Haughton", "Whittaker",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nia Sample", {"name": "Nia Sample"}),
        ("nia 4/5/2016", {"name": "nia", "born_on": date(2016, 5, 4)}),
        ("4 May 2016", {"born_on": date(2016, 5, 4)}),
        ("sample born 2016-05-04", {"name": "sample born", "born_on": date(2016, 5, 4)}),
        ("qx1 1ab", {"postcode": "QX1 1AB"}),
        ("QX11AB O'Brien", {"postcode": "QX1 1AB", "name": "O'Brien"}),
        ("999 000 0018", {"numbers": ("9990000018",)}),
        ("999-000-0018", {"numbers": ("9990000018",)}),
        ("T882000122001", {"numbers": ("T882000122001",)}),
        ("LIQ-2044", {"numbers": ("LIQ-2044",)}),
        ("Mae Jones", {"name": "Mae Jones"}),
        ("  ", {}),
        ("%_'\";--", {}),
    ],
)
def test_what_was_typed_is_read(text, parts):
    asked = read_search(text)
    found = {name: getattr(asked, name) for name in ("name", "born_on", "postcode", "numbers")}
    assert {name: value for name, value in found.items() if value} == parts
    assert asked.is_empty == (not parts)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("30/2/2016", "There is no 30 February 2016"),
        ("Nia 4/5/16", "four figures"),
        ("5/14/2016", "The day comes first: if you mean 14 May 2016, type 14/5/2016"),
        ("999 000 0019", "not a valid NHS number"),
        ("A882000122001", "not a valid unique pupil number"),
    ],
)
def test_what_cannot_be_read_is_said(text, note):
    assert note in read_search(text).notes[0]


@given(st.text(max_size=250))
def test_any_text_is_read(text):
    read_search(text)


def test_near_numbers_and_dates():
    number = made_up_nhs_number(12)
    wrong = number[:4] + ("1" if number[4] != "1" else "2") + number[5:]
    assert number in near_numbers(wrong)
    assert {date(2016, 4, 5), date(2016, 5, 14), date(2015, 5, 4), date(2016, 5, 4)} <= near_dates(date(2016, 5, 4))
    assert near_dates(date(2016, 2, 29))


@pytest.fixture
def many(area, officer):
    """Six hundred made-up children; every name is held by several."""
    chance = Random(7)  # noqa: S311
    children = [
        Child(
            area=area,
            born_on=date(2004, 1, 1) + timedelta(days=chance.randrange(8000)),
            **actions.name_facts(given_names=chance.choice(GIVEN), family_name=chance.choice(FAMILY)),
        )
        for _ in range(600)
    ]
    return Child.objects.bulk_create(children)


def misspelt(word: str, chance: Random) -> str:
    """The word with one letter dropped, doubled, changed or swapped, not the first."""
    at = chance.randrange(1, len(word) - 1)
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice("aeioubstn") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return chance.choice(slips)


def found_within(actor, child, text, first) -> bool:
    return any(found.child.pk == child.pk for found in search_children(actor, text, per_page=first).found)


def test_misspelt_names_are_found(officer, many):
    """One slip in each of the two names; children of one name share the first places, so twenty are looked at."""
    chance = Random(11)  # noqa: S311
    tried = chance.sample(many, 120)
    hits = sum(
        found_within(officer, child, f"{misspelt(child.given_names, chance)} {misspelt(child.family_name, chance)}", 20)
        for child in tried
    )
    assert hits / len(tried) >= 0.95


def test_parts_and_exact_names_are_found_first(officer, many):
    chance = Random(13)  # noqa: S311
    for child in chance.sample(many, 40):
        top = search_children(officer, child.full_name.upper()).found[0]
        assert top.child.full_name == child.full_name
        assert top.reasons == ()
        part = search_children(officer, child.family_name[:5].lower(), per_page=200).found
        assert child.pk in {found.child.pk for found in part}
        back_to_front = search_children(officer, f"{child.family_name}, {child.given_names}").found[0]
        assert back_to_front.child.full_name == child.full_name


def test_a_name_with_a_date_finds_the_one(officer, many):
    chance = Random(17)  # noqa: S311
    for child in chance.sample(many, 30):
        text = f"{misspelt(child.family_name, chance)} {child.born_on:%d/%m/%Y}"
        found = search_children(officer, text).found
        assert found[0].child.born_on == child.born_on
        assert any(each.child.pk == child.pk for each in found)


def test_a_former_name_a_number_and_a_home_are_found_with_the_reason(officer, nia):
    actions.add_identifier(by=officer, child=nia, kind="nhs", value=made_up_nhs_number(3))
    actions.change_name(by=officer, child=nia, given_names="Nia", family_name="Quill", from_day=date(2026, 9, 1))
    number = made_up_nhs_number(3)
    for text, reason in {
        "nia sampel": "was Nia Sample until 1 September 2026",
        number: f"NHS number {number[:3]} {number[3:6]} {number[6:]}",
        "qx1 1ab": "lives at QX1 1AB",
        "4/5/2016": "born 4 May 2016",
        "5/4/2016": "born 4 May 2016, nearly the date you typed",
        number[:-1]
        + ("1" if number[-1] != "1" else "2"): f"NHS number {number[:3]} {number[3:6]} {number[6:]}, nearly",
    }.items():
        reasons = [found.reasons for found in search_children(officer, text).found]
        assert any(reason in said for found in reasons for said in found), text


def test_what_one_may_not_see_is_not_found(officer, area, nia, school, many):
    senco = made_up.a_person(area, Role.SCHOOL, agency=school)
    actions.enrol(by=officer, child=nia, setting=school, starts_on=date(2021, 9, 1))
    with acting(user=senco, area=area, today=TODAY) as actor:
        assert [found.child for found in search_children(actor, "").found] == [nia]
        assert search_children(actor, many[0].full_name).total == 0
        assert search_children(actor, str(many[0].born_on)).total == 0
        assert search_children(actor, "Nia").found[0].child.settings[0].setting == school


def test_pages(officer, many):
    first, last = (search_children(officer, "", page=page) for page in (1, 99))
    assert (first.total, first.page, first.pages, last.page) == (600, 1, 24, 24)
    names = [found.child.sort_key for found in first.found + last.found]
    assert names == sorted(names)
    assert search_children(officer, "31/2/2016").total == 0


def test_the_number_of_queries_does_not_grow(officer, nia, many, django_assert_num_queries):
    for name in ("Pat Sample", "Kit Sample"):
        carer = actions.add_carer(by=officer, name=name)
        actions.link_carer(by=officer, child=nia, carer=carer, relationship="parent", starts_on=nia.born_on)
    for text, most in {"": 3, "smith": 4, "smith 1/2/2010": 5, "zz": 1}.items():
        with django_assert_num_queries(most):
            search_children(officer, text)
    with django_assert_num_queries(8):
        child_summary(officer, nia.pk)


def test_the_index_is_used_behind_row_level_security(officer, many):
    """Were the test of the key one that could leak, PostgreSQL would read every row of the area."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT child_id FROM people_namekey WHERE area_id = %s AND key IN ('w:smith', 'w:nia')",
            [officer.area.pk],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: ((area_id" in plan
    assert "AND ((key)" in plan


def test_upns_are_found_in_any_writing(officer, nia):
    upn = made_up_upn(44)
    actions.add_identifier(by=officer, child=nia, kind="upn", value=upn)
    for text in (upn, upn.lower(), f"{upn[0]} {upn[1:4]} {upn[4:8]} {upn[8:12]}{upn[12]}", f"nia {upn}"):
        assert search_children(officer, text).found[0].child == nia
