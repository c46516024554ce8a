"""Every widget is drawn as its component, keeps what was typed, and says in a sentence what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from lxml import html

from kept.design.forms import (
    CheckboxesWithHints,
    DateField,
    InputWithUnit,
    RadiosWithHints,
    SuggestingInput,
    formfield_for,
)
from kept.design.problems import HIDDEN, error_links

CHOICES = [("a", "Alder"), ("b", "Birch")]


def drawn(field: forms.Field, data: dict | None = None, **options: object) -> html.HtmlElement:
    form = type("Form", (forms.Form,), {"answer": field})(data, **options)
    return html.fragment_fromstring(str(form), create_parent="div")


def only(found: list) -> object:
    assert len(found) == 1
    return found[0]


def test_checkboxes_are_checkboxes_though_django_makes_them_radios():
    page = drawn(forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple), {"answer": ["b"]})
    assert [box.get("type") for box in page.xpath("//input")] == ["checkbox", "checkbox"]
    assert page.xpath("//input[@checked]/@value") == ["b"]
    assert page.xpath("//div[@data-module='govuk-checkboxes']")


def test_a_list_of_many_is_drawn_as_checkboxes():
    page = drawn(forms.MultipleChoiceField(choices=CHOICES))
    assert page.xpath("//input/@type") == ["checkbox", "checkbox"]


def test_radios_with_hints():
    widget = RadiosWithHints(choice_hints={"b": "A tree by the water."})
    page = drawn(forms.ChoiceField(choices=CHOICES, widget=widget), {"answer": "a"})
    assert page.xpath("//input/@type") == ["radio", "radio"]
    assert page.xpath("//input[@checked]/@value") == ["a"]
    described = page.xpath("//input[@value='b']/@aria-describedby")[0]
    assert page.xpath(f"//*[@id='{described}']")[0].text_content().strip() == "A tree by the water."


def test_checkboxes_with_hints():
    page = drawn(forms.MultipleChoiceField(choices=CHOICES, widget=CheckboxesWithHints(choice_hints={"a": "First."})))
    assert "First." in page.text_content()


def test_required_radios_offer_no_empty_answer_and_optional_ones_say_it_in_words():
    blank = [("", "---------"), *CHOICES]
    assert drawn(forms.ChoiceField(choices=blank, widget=forms.RadioSelect)).xpath("//input/@value") == ["a", "b"]
    page = drawn(forms.ChoiceField(choices=blank, widget=forms.RadioSelect, required=False))
    assert "None of these" in page.text_content()


def test_select_and_its_groups():
    page = drawn(forms.ChoiceField(choices=[("", "---------"), *CHOICES]), {"answer": "b"})
    assert page.xpath("//option/text()") == ["Choose one", "Alder", "Birch"]
    assert page.xpath("//option[@selected]/@value") == ["b"]
    page = drawn(forms.ChoiceField(choices=[("Trees", CHOICES), ("Other", [("x", "None")])]), {"answer": "x"})
    assert page.xpath("//optgroup/@label") == ["Trees", "Other"]
    assert page.xpath("//optgroup[2]/option[@selected]/@value") == ["x"]


@pytest.mark.parametrize(
    ("field", "type_", "mode"),
    [
        (forms.CharField(), "text", None),
        (forms.EmailField(), "email", None),
        (forms.URLField(assume_scheme="https"), "url", None),
        (forms.IntegerField(), "text", "numeric"),
        (forms.DecimalField(), "text", "decimal"),
        (forms.FloatField(), "text", "decimal"),
        (forms.CharField(widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})), "tel", None),
        (forms.DateField(), "text", None),
    ],
)
def test_inputs_have_the_type_that_helps(field, type_, mode):
    box = only(drawn(field).xpath("//input"))
    assert (box.get("type"), box.get("inputmode")) == (type_, mode)
    assert "govuk-input" in box.get("class").split()


def test_what_django_adds_for_the_browser_is_left_out():
    page = drawn(forms.CharField(max_length=10, min_length=2))
    assert not {"required", "maxlength", "minlength"} & set(only(page.xpath("//input")).attrib)
    page = drawn(forms.CharField(max_length=500, widget=forms.Textarea))
    assert not {"cols", "maxlength", "required"} & set(only(page.xpath("//textarea")).attrib)


def test_autocomplete_unit_and_suggestions():
    box = only(drawn(forms.CharField(widget=forms.TextInput({"autocomplete": "bday"}))).xpath("//input"))
    assert box.get("autocomplete") == "bday"
    assert drawn(forms.IntegerField(widget=InputWithUnit(suffix="minutes"))).text_content().split()[-1] == "minutes"
    page = drawn(forms.CharField(widget=SuggestingInput(["Alder", 'A "quoted" school'])))
    assert page.xpath("//datalist/@id") == page.xpath("//input/@list")
    assert page.xpath("//datalist/option/@value") == ["Alder", 'A "quoted" school']


def test_textarea_with_and_without_a_limit():
    page = drawn(forms.CharField(widget=forms.Textarea), {"answer": "Line 1\nLine <2>"})
    assert page.xpath("//textarea")[0].text == "Line 1\nLine <2>"
    assert not page.xpath("//*[@data-module]")
    page = drawn(forms.CharField(widget=forms.Textarea, max_length=20))
    assert page.xpath("//*[@data-module='govuk-character-count']/@data-maxlength") == ["20"]
    page = drawn(forms.CharField(widget=forms.Textarea({"maxwords": 50})))
    assert page.xpath("//*[@data-module='govuk-character-count']/@data-maxwords") == ["50"]


def test_one_checkbox_has_its_label_beside_it():
    page = drawn(forms.BooleanField(label="I agree"), {"answer": "on"})
    box = only(page.xpath("//input[@type='checkbox'][@checked]"))
    assert page.xpath(f"//label[@for='{box.get('id')}']")[0].text_content().strip() == "I agree"


def test_password_is_never_sent_back():
    page = drawn(forms.CharField(widget=forms.PasswordInput), {"answer": "secret-words"})
    assert "secret-words" not in html.tostring(page).decode()
    assert only(page.xpath("//input")).get("type") == "password"


def test_file_upload_and_the_file_that_is_held():
    assert only(drawn(forms.FileField(), {}).xpath("//input")).get("type") == "file"
    held = SimpleUploadedFile("plan.pdf", b"x")
    held.url = "/files/1/"
    page = drawn(forms.FileField(required=False), initial={"answer": held})
    assert page.xpath("//a/@href") == ["/files/1/"]
    assert page.xpath("//input[@type='checkbox']/@name") == ["answer-clear"]


def test_hidden_and_unknown_widgets():
    assert only(drawn(forms.CharField(widget=forms.HiddenInput)).xpath("//input")).get("type") == "hidden"
    page = drawn(forms.SplitDateTimeField(label="When", help_text="Both parts."), {"answer_0": "", "answer_1": ""})
    assert page.xpath("//fieldset/legend")[0].text_content().strip() == "When"
    assert page.xpath("//input/@name") == ["answer_0", "answer_1"]
    assert "Both parts." in page.text_content()


def test_labels_are_escaped_and_say_optional():
    page = drawn(forms.CharField(label="<b>Bold</b>", required=False))
    assert page.xpath("//label")[0].text_content().strip() == "<b>Bold</b> (optional)"
    form = type(
        "Form", (forms.Form,), {"mark_optional": False, "answer": forms.CharField(label="Name", required=False)}
    )()
    assert "optional" not in str(form)


def test_a_label_can_be_the_heading_of_the_page():
    form = type("Form", (forms.Form,), {"answer": DateField(label="When was it sent?")})()
    page = html.fragment_fromstring(str(form["answer"].as_page_heading()), create_parent="div")
    assert page.xpath("//fieldset/legend/h1")[0].text_content().strip() == "When was it sent?"


def wrong(field: forms.Field, data: dict) -> list[str]:
    form = type("Form", (forms.Form,), {"answer": field})(data)
    form.is_valid()
    return [link["text"] for link in error_links(form)]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(label="NHS number"), "", "Enter NHS number"),
        (forms.CharField(label="Full name"), "", "Enter full name"),
        (forms.CharField(label="Where do they live?"), "", "Answer the question: Where do they live?"),
        (forms.ChoiceField(label="Team", choices=CHOICES), "", "Choose team"),
        (forms.ChoiceField(label="Team", choices=CHOICES), "z", "Team: choose one of the answers shown"),
        (forms.IntegerField(label="Minutes"), "lots", "Minutes must be a whole number, like 15"),
        (forms.IntegerField(label="Minutes", max_value=60), "61", "Minutes must be 60 or less"),
        (forms.DecimalField(label="Cost"), "x", "Cost must be a number, like 12.5"),
        (forms.EmailField(label="Email"), "x", "Enter email in the correct form, like name@example.com"),
        (forms.CharField(label="Why", max_length=3), "four", "Why must be 3 characters or fewer. You have written 4"),
        (forms.CharField(label="Why", error_messages={"required": "Say why"}), "", "Say why"),
        (forms.CharField(label="Why"), "a\x00b", "Why has a hidden character in it that we cannot keep. Type it again"),
        (forms.DecimalField(label="Cost", max_digits=3), "1234", "Cost must have no more than 3 digits"),
        (forms.UUIDField(widget=forms.HiddenInput), "x", HIDDEN),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(field, typed, sentence):
    assert wrong(field, {"answer": typed}) == [sentence]


def test_no_field_says_django_s_own_words():
    """Whatever is typed into whichever field: no sentence that reaches a person is Django's."""
    fields = [kind for kind in vars(forms.fields).values() if isinstance(kind, type) and issubclass(kind, forms.Field)]
    needy = {forms.URLField, forms.DurationField, forms.fields.BaseTemporalField}  # no page of ours asks for a duration
    kinds = [*(kind for kind in fields if kind not in needy), partial(forms.URLField, assume_scheme="https")]
    made = [one for one in map(_made, kinds) if one is not None]
    assert len(made) >= 15
    for field in made:
        for typed in ("", "\x00", "a\x00b", "x" * 400, "-1", "1e999", "99999999999999999999"):
            try:
                field.clean(typed)
            except ValidationError as problem:
                djangos = {str(words) for words in problem.messages}
            else:
                continue
            assert not djangos & set(wrong(field, {"answer": typed})), (type(field), typed)


def _made(kind: Callable[..., forms.Field]) -> forms.Field | None:
    try:
        return kind(label="Answer")
    except TypeError:
        return None  # it needs more than a label


def test_a_name_of_a_file_that_is_too_long_is_said():
    sent = SimpleUploadedFile("x" * 30 + ".pdf", b"%PDF")
    form = type("Form", (forms.Form,), {"answer": forms.FileField(max_length=10)})({}, {"answer": sent})
    assert "shorter name" in only(error_links(form))["text"]


def test_the_count_of_a_long_text_is_not_in_the_way():
    page = drawn(forms.CharField(label="Your message", max_length=20_000, widget=forms.Textarea))
    assert page.xpath("//@data-threshold") == ["75"]
    assert "You can write up to 20,000 characters" in page.text_content()
    assert not drawn(forms.CharField(max_length=200, widget=forms.Textarea)).xpath("//@data-threshold")


def test_errors_of_several_forms_come_in_order_each_with_its_link():
    form_class = type("Form", (forms.Form,), {"answer": forms.CharField(), "sent": DateField(label="Sent")})
    formset = forms.formset_factory(form_class, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-answer": "", "form-0-sent-day": "3"}
    )
    first = form_class({"answer": "x", "sent-day": "1", "sent-month": "13", "sent-year": "2026"})
    first.add_error(None, "Both together are impossible")
    links = [link.get("href") for link in error_links(first, formset)]
    assert links == [None, "#id_sent-month", "#id_form-0-answer", "#id_form-0-sent-month"]


def test_a_form_that_nobody_sent_has_no_errors():
    form = type("Form", (forms.Form,), {"answer": forms.CharField()})()
    assert error_links(form) == []
    assert "error" not in str(form)


def test_model_dates_come_in_three_boxes():
    field = formfield_for(models.DateField("sent on"))
    assert isinstance(field, DateField)
    assert field.clean("2026-07-14") == date(2026, 7, 14)
    assert not isinstance(formfield_for(models.DateTimeField("at")), DateField)
