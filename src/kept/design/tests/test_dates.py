"""A date in three boxes: read however people type it, refused with the box that is wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kept.design.dates import Typed, month_number
from kept.design.forms import DateField


class Form(forms.Form):
    sent = DateField(label="Sent", latest=date(2026, 7, 14), earliest=lambda: date(2020, 1, 1))


def form(day: str = "", month: str = "", year: str = "") -> Form:
    return Form({"sent-day": day, "sent-month": month, "sent-year": year})


@pytest.mark.parametrize(
    "typed",
    [("14", "7", "2026"), ("14", "07", "2026"), (" 14 ", "July", "2026"), ("14", "jul", "2026"), ("14/7/2026", "", "")],
)
def test_read(typed):
    bound = form(*typed)
    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["sent"] == date(2026, 7, 14)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_comes_back_as_it_went_in(day):
    field = DateField()
    assert field.clean(field.widget.format_value(day)) == day


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("", "", ""), "This field is required.", None),
        (("14", "", "2026"), "Sent must include a month", {"month"}),
        (("14", "", ""), "Sent must include a month and a year", {"month", "year"}),
        (("31", "2", "2026"), "Sent must have a real day of February 2026", {"day"}),
        (("0", "2", "2026"), "Sent must have a real day of February 2026", {"day"}),
        (("x", "2", "2026"), "Sent must have a real day of February 2026", {"day"}),
        (("1", "13", "2026"), "Sent must have a real month, like 3 or March", {"month"}),
        (("1", "Ju", "2026"), "Sent must have a real month, like 3 or March", {"month"}),
        (("1", "7", "26"), "Sent must have a year of 4 numbers, like 2026", {"year"}),
        (("1", "7", "0026"), "Sent must have a year between 1900 and 2100", {"year"}),
        (("15", "7", "2026"), "Sent must be on or before 14 July 2026", {"day", "month", "year"}),
        (("31", "12", "2019"), "Sent must be on or after 1 January 2020", {"day", "month", "year"}),
    ],
)
def test_refused(typed, sentence, parts):
    bound = form(*typed)
    error = bound.errors.as_data()["sent"][0]
    assert error.messages == [sentence]
    assert parts is None or set(error.params["parts"]) == parts


def test_a_whole_text_that_is_no_date_is_refused_with_the_reason():
    with pytest.raises(ValidationError, match="Sent"):
        DateField(label="Sent").clean(Typed(day="32/7/2026"))


@pytest.mark.parametrize("digits", ["²", "٣", "１４"])
def test_figures_that_are_not_plain_never_break_it(digits):
    form(digits, digits, "2026").is_valid()
    form("1", digits, "2026").is_valid()
    form("1", "1", digits * 4).is_valid()


def test_what_was_typed_stays_and_only_the_wrong_box_is_marked():
    page = html.fragment_fromstring(str(form("31", "Feb", "2026")), create_parent="div")
    assert page.xpath("//input/@value") == ["31", "Feb", "2026"]
    marked = [box.get("id") for box in page.xpath("//input") if "govuk-input--error" in box.get("class")]
    assert marked == ["id_sent-day"]


def test_one_value_in_an_address_is_read_too():
    bound = Form({"sent": "2026-07-01"})
    assert bound.is_valid()
    assert bound.cleaned_data["sent"] == date(2026, 7, 1)
    page = html.fragment_fromstring(str(bound), create_parent="div")
    assert page.xpath("//input/@value") == ["1", "7", "2026"]


def test_a_changed_date_is_noticed_and_the_same_one_is_not():
    day = date(2026, 7, 1)
    data = {"sent-day": "1", "sent-month": "7", "sent-year": "2026"}
    assert not Form(data, initial={"sent": day}).has_changed()
    assert Form(data, initial={"sent": day - timedelta(days=1)}).has_changed()


def test_bare_boxes_can_be_drawn_without_a_label():
    assert str(Form()["sent"]).count("<input") == 3


def test_months():
    assert [month_number(word) for word in ("1", "12", "Sept", "DEC.", "june")] == [1, 12, 9, 12, 6]
    for word in ("", "Ma", "Foo"):
        with pytest.raises(ValueError, match=f"^{word}$"):
            month_number(word)
