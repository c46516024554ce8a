"""Duplicates: the same child with the slips people make, and children who only look alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules.identifiers.made_up import made_up_nhs_number, made_up_upn
from kept.rules.names import Known, duplicate_score

WILLIAM = Known(
    forenames="William Arthur",
    surname="Tidewater",
    birth_date=date(2015, 3, 9),
    postcode="QX1 2BB",
    upn=made_up_upn(7),
    nhs_number=made_up_nhs_number(7),
)
BARE = Known(forenames="William", surname="Tidewater", birth_date=date(2015, 3, 9), postcode="QX1 2BB")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "same birth date"),
        ({"forenames": "Bill"}, "forename alike"),
        ({"forenames": "Wiliam"}, "forename alike"),
        ({"surname": "Tidewatter"}, "surname alike"),
        ({"surname": "Tidewater-Marsh"}, "surname alike"),
        ({"surname": "Marsh", "former_surnames": ("Tidewater",)}, "same surname as a former one"),
        ({"birth_date": date(2015, 9, 3)}, "day and month swapped"),
        ({"birth_date": date(2015, 3, 8)}, "one figure different"),
        ({"birth_date": date(2016, 3, 9)}, "one figure different"),
        ({"birth_date": None}, "same postcode"),
        ({"postcode": ""}, "same birth date"),
        ({"postcode": "QX6 7NP"}, "same birth date"),
        ({"forenames": "Tidewater", "surname": "William"}, "swapped"),
        ({"forenames": "WILLIAM", "surname": "tidewater"}, "same surname"),
    ],
)
def test_the_same_child_with_a_slip_is_likely(changes, reason):
    found = duplicate_score(BARE, replace(BARE, **changes))
    assert found.likely, found
    assert any(reason in words for words in found.reasons)


@pytest.mark.parametrize(
    "other",
    [
        Known(forenames="Wilhelmina", surname="Anchor", birth_date=date(2011, 1, 1), postcode="QX3 4EF"),
        Known(forenames="William", surname="Anchor", birth_date=date(2012, 6, 21), postcode="QX3 4EF"),
        Known(forenames="William", surname="Tidewater", birth_date=date(2009, 6, 21), postcode="QX3 4EF"),
        Known(forenames="Ruby", surname="Tidewater", birth_date=date(2017, 6, 21), postcode="QX1 2BB"),
        Known(forenames="Oscar", surname="Pebble", birth_date=date(2015, 3, 9), postcode="QX6 7NP"),
        Known(forenames="", surname=""),
    ],
)
def test_another_child_is_not_possible(other):
    found = duplicate_score(BARE, other)
    assert not found.possible, found


def test_twins_are_told_apart():
    twin = replace(BARE, forenames="Ruby")
    found = duplicate_score(BARE, twin)
    assert not found.likely
    assert any("twin" in reason for reason in found.reasons)


def test_an_identifier_outweighs_other_names():
    found = duplicate_score(WILLIAM, Known(forenames="Noah", surname="Anchor", nhs_number=WILLIAM.nhs_number))
    assert found.possible
    assert found.reasons[0] == "same NHS number"


def test_other_identifiers_weigh_against():
    same = duplicate_score(WILLIAM, WILLIAM)
    other = duplicate_score(WILLIAM, replace(WILLIAM, upn=made_up_upn(500), nhs_number=made_up_nhs_number(600)))
    assert other.score < same.score
    assert {"other UPN", "other NHS number"} <= set(other.reasons)


def test_a_former_upn_still_counts():
    found = duplicate_score(
        replace(WILLIAM, upn=made_up_upn(9), former_upns=(WILLIAM.upn,)), replace(WILLIAM, nhs_number="")
    )
    assert "same UPN" in found.reasons


def test_a_missing_name_is_no_swapped_name():
    one, other = Known(forenames="", surname="Marsh"), Known(forenames="Marsh", surname="")
    assert duplicate_score(one, other) == duplicate_score(other, one)
    assert not duplicate_score(one, other).possible


PEOPLE = st.builds(
    Known,
    forenames=st.text(max_size=12),
    surname=st.text(max_size=12),
    former_surnames=st.lists(st.text(max_size=8), max_size=2).map(tuple),
    birth_date=st.none() | st.dates(),
    postcode=st.text(max_size=8),
    upn=st.text(max_size=13),
    nhs_number=st.text(max_size=10),
)


@given(first=PEOPLE, second=PEOPLE)
def test_the_order_of_the_two_does_not_matter(first, second):
    assert duplicate_score(first, second) == duplicate_score(second, first)


@given(person=PEOPLE)
def test_the_more_agrees_the_higher_the_score(person):
    named = replace(person, forenames="William", surname="Tidewater", birth_date=date(2015, 3, 9))
    without = replace(named, birth_date=None)
    assert duplicate_score(named, named).score >= duplicate_score(named, without).score
