"""Identifiers: worked examples from the published rules, mistakes people make, and properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.rules import identifiers as ids
from kept.rules.identifiers import made_up
from kept.rules.identifiers.pupils import UPN_AUTHORITIES, UPN_LETTERS

CHECKS = [
    ids.check_upn,
    ids.check_uln,
    ids.check_nhs_number,
    ids.check_urn,
    ids.check_ukprn,
    ids.check_la_code,
    ids.check_laestab,
    ids.check_postcode,
    ids.check_district,
]


@pytest.mark.parametrize(
    ("check", "typed", "tidy"),
    [
        (ids.check_upn, "P207000016049", "P207000016049"),
        (ids.check_upn, " b8012 0000 5001", "B801200005001"),
        (ids.check_upn, "E316900118001", "E316900118001"),
        (ids.check_upn, "l31690012507k", "L31690012507K"),
        (ids.check_uln, "9276 308 686", "9276308686"),
        (ids.check_nhs_number, "943 476 5919", "9434765919"),
        (ids.check_nhs_number, "943-476-5919", "9434765919"),
        (ids.check_urn, "123456", "123456"),
        (ids.check_ukprn, "10099001", "10099001"),
        (ids.check_la_code, "882", "882"),
        (ids.check_laestab, "882/4001", "8824001"),
        (ids.check_laestab, "8824001", "8824001"),
        (ids.check_postcode, "qx11aa", "QX1 1AA"),
        (ids.check_postcode, " ec1a  1bb ", "EC1A 1BB"),
        (ids.check_postcode, "QX10\u00a01AA", "QX10 1AA"),
        (ids.check_postcode, "gir 0aa", "GIR 0AA"),
        (ids.check_postcode, "QX１ 1AA", "QX1 1AA"),
        (ids.check_district, "qx2", "QX2"),
        (ids.check_district, "QX2 3DE", "QX2"),
    ],
)
def test_a_valid_identifier_is_tidied(check, typed, tidy):
    assert check(typed) == tidy


@pytest.mark.parametrize(
    ("check", "typed", "words"),
    [
        (ids.check_upn, "", "No UPN"),
        (ids.check_upn, "P20700001604", "12 characters"),
        (ids.check_upn, "1207000016049", "begins with a letter"),
        (ids.check_upn, "P2O7000016049", "letter O or I"),
        (ids.check_upn, "P20700001604O", "ends in a figure"),
        (ids.check_upn, "A316900118001", "needs E at the front"),
        (ids.check_upn, "A999900118001", "No local authority has the code 999"),
        (ids.check_uln, "927630868", "9 figures"),
        (ids.check_uln, "0276308686", "begins with 0"),
        (ids.check_uln, "9276308687", "does not fit"),
        (ids.check_uln, "9999999999", "not known yet"),
        (ids.check_uln, "92763O8686", "figures only"),
        (ids.check_nhs_number, "9434765918", "does not fit"),
        (ids.check_nhs_number, "943476591", "9 figures"),
        (ids.check_nhs_number, "4000000080", "does not fit"),
        (ids.check_nhs_number, "0000000000", "same figure"),
        (ids.check_urn, "12345", "5 figures"),
        (ids.check_urn, "012345", "begins with 0"),
        (ids.check_urn, "12345A", "figures only"),
        (ids.check_ukprn, "20099001", "begins with 2"),
        (ids.check_la_code, "835", "use 838"),
        (ids.check_la_code, "999", "No English local authority"),
        (ids.check_la_code, "Essex", "not an authority code"),
        (ids.check_laestab, "9994001", "999"),
        (ids.check_postcode, "QX1", "first half"),
        (ids.check_postcode, "SS1 IAA", "SS1 1AA"),
        (ids.check_postcode, "SSI 1AA", "SS1 1AA"),
        (ids.check_postcode, "5S1 1AA", "SS1 1AA"),
        (ids.check_postcode, "QX1 1AC", "not in the form"),
        (ids.check_postcode, "12345", "not in the form"),
        (ids.check_postcode, "QX1 1AA QX1", "has 9"),
        (ids.check_district, "saltmere", "first half"),
    ],
)
def test_a_wrong_identifier_is_refused_with_a_sentence(check, typed, words):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        check(typed)
    assert words in str(refusal.value)


@pytest.mark.parametrize("check", CHECKS)
@given(text=st.text(max_size=30) | st.text(alphabet="0123456789ABCX -", max_size=16))
def test_a_check_gives_a_tidy_form_or_a_sentence_whatever_is_typed(check, text):
    try:
        tidy = check(text)
    except ValueError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017
    else:
        assert check(tidy) == tidy


@pytest.mark.parametrize("check", CHECKS)
def test_a_very_long_text_is_refused_shortly(check):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        check("9" * 100_000)
    assert len(str(refusal.value)) < 300


@given(number=st.integers(0, 89_999), position=st.integers(1, 12), other=st.integers(0, 9))
def test_one_wrong_figure_in_a_upn_is_found(number, position, other):
    """Weights 2 to 13 and differences below 10 are no multiples of 23, so no single slip passes."""
    upn = made_up.made_up_upn(number)
    changed = upn[:position] + str(other) + upn[position + 1 :]
    assert ids.is_upn(changed) == (changed == upn)


@given(number=st.integers(0, 8_999), position=st.integers(0, 8))
def test_two_swapped_figures_in_an_nhs_number_or_uln_are_found(number, position):
    for right, is_valid in (
        (made_up.made_up_nhs_number(number), ids.is_nhs_number),
        (made_up.made_up_uln(number), ids.is_uln),
    ):
        swapped = right[:position] + right[position + 1] + right[position] + right[position + 2 :]
        assert is_valid(swapped) == (swapped == right)


@given(number=st.integers(0, 99_999), temporary=st.booleans(), la_code=st.sampled_from(sorted(UPN_AUTHORITIES)))
def test_made_up_pupils_have_valid_numbers(number, temporary, la_code):
    upn = made_up.made_up_upn(number, la_code=la_code, temporary=temporary)
    assert ids.check_upn(upn) == upn
    assert ids.is_temporary_upn(upn) == temporary
    assert ids.laestab_of_upn(upn).startswith(la_code + "00")


def test_made_up_identifiers_differ_and_are_valid():
    makers = [
        (made_up.made_up_nhs_number, ids.is_test_nhs_number, 2_000),
        (made_up.made_up_uln, ids.is_uln, 2_000),
        (made_up.made_up_upn, ids.is_upn, 2_000),
        (lambda n: made_up.made_up_upn(n, temporary=True), ids.is_temporary_upn, 2_000),
        (made_up.made_up_urn, ids.is_urn, 2_000),
        (made_up.made_up_postcode, ids.is_postcode, 2_000),
    ]
    for make, is_valid, count in makers:
        made = {make(number) for number in range(count)}
        assert len(made) == count
        assert all(is_valid(text) for text in made)


@pytest.mark.parametrize(
    ("make", "last"),
    [
        (made_up.made_up_nhs_number, 899_999),
        (made_up.made_up_uln, 8_999),
        (made_up.made_up_upn, 99_999),
        (made_up.made_up_urn, 9_999),
        (made_up.made_up_postcode, 35_999),
    ],
)
def test_made_up_ranges_end_where_they_say(make, last):
    assert make(last)
    with pytest.raises(ValueError, match=r"\.$"):
        make(last + 1)
    with pytest.raises(ValueError, match=r"\.$"):
        make(-1)


def test_the_worked_nhs_number_that_cannot_exist():
    from kept.rules.identifiers.health import nhs_check_digit

    with pytest.raises(ValueError, match="No NHS number begins with 400000008"):
        nhs_check_digit("400000008")


def test_authorities_are_the_153_of_today_and_those_before():
    current = [authority for authority in ids.authorities().values() if authority.current]
    assert len(current) == 153
    assert ids.authorities()["882"].name == "Southend-on-Sea"


def test_parts_of_a_postcode():
    assert ids.district("qx12 3de") == "QX12"
    assert ids.sector("qx12 3de") == "QX12 3"
    assert ids.show_nhs_number("9434765919") == "943 476 5919"


def test_upn_letters_leave_out_the_look_alikes():
    assert set("IOS").isdisjoint(UPN_LETTERS)
    assert len(UPN_LETTERS) == 23
