"""What is wrong with a form, in sentences, each linked to the box that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import Promise

from kept.design.words import inside

CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


def _asks(label: str) -> bool:
    return label.rstrip().endswith("?")


def _required(field: Any) -> str:
    label, widget = str(field.label), field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick to confirm: {inside(label)}"
    if _asks(label):
        return f"Answer the question: {label}"
    if isinstance(widget, forms.FileInput):
        return f"Choose a file for {inside(label)}"
    return f"{'Choose' if isinstance(widget, CHOOSING) else 'Enter'} {inside(label)}"


def _subject(field: Any) -> str:
    return "Your answer" if _asks(str(field.label)) else str(field.label)


def _invalid(field: Any) -> str:
    subject = _subject(field)
    if isinstance(field.field, forms.EmailField):
        return f"Enter {inside(subject)} in the correct form, like name@example.com"
    for kind, sentence in INVALID:
        if isinstance(field.field, kind):
            return sentence.format(subject)
    return f"{subject} is not in a form that we can read"


INVALID = (
    (forms.URLField, "{} must be a web address, like https://www.example.com"),
    (forms.FloatField, "{} must be a number, like 12.5"),
    (forms.DecimalField, "{} must be a number, like 12.5"),
    (forms.IntegerField, "{} must be a whole number, like 15"),
    (forms.DateField, "{} must be a real date, like 27/3/2026"),
    (forms.TimeField, "{} must be a time, like 9:30"),
    (forms.FileField, "We could not read the file. Try again"),
)

# Django's own sentences by their code, said our way. `limit` is the limit, `shown` what was given.
REWORDED = {
    "max_length": "{subject} must be {limit} characters or fewer. You have written {shown}",
    "min_length": "{subject} must be {limit} characters or more. You have written {shown}",
    "max_value": "{subject} must be {limit} or less",
    "min_value": "{subject} must be {limit} or more",
    "max_decimal_places": "{subject} must have no more than {max} decimal places",
    "invalid_choice": "{subject}: choose one of the answers shown",
    "invalid_list": "{subject}: choose from the answers shown",
    "invalid_pk_value": "{subject}: choose one of the answers shown",
    "empty": "The file is empty. Choose another",
    "missing": "No file was sent. Choose it again",
    "max_digits": "{subject} must have no more than {max} digits",
    "max_whole_digits": "{subject} must have no more than {max} digits before the point",
    "null_characters_not_allowed": "{subject} has a hidden character in it that we cannot keep. Type it again",
}
HIDDEN = "Part of this form was lost on its way to us. Go back, load the page again and send it once more"


def _sentences(field: Any, error: ValidationError) -> list[str]:
    """One error's sentences. Django's own are lazy translations and are said again our way; ours are plain text."""
    if not isinstance(error.message, Promise):
        return list(error.messages)
    return [_said_again(field, error)]


def _said_again(field: Any, error: ValidationError) -> str:
    if field.is_hidden:
        return HIDDEN
    if error.code == "required":
        return _required(field)
    if isinstance(field.field, forms.FileField) and error.code == "max_length":
        return "The name of the file is too long. Give it a shorter name and choose it again"
    if error.code not in REWORDED:
        return _invalid(field)
    params = error.params or {}
    limit, shown = params.get("limit_value", ""), params.get("show_value", "")
    return REWORDED[error.code].format(**{**params, "subject": _subject(field), "limit": limit, "shown": shown})


def sentences_of(form: Any) -> dict[str, list[str]]:
    """The sentences about each field of a form that is at fault, by its name; for pages that draw a form themselves."""
    return {field.name: found for field in form if (found := messages(field))}


def messages(field: Any) -> list[str]:
    """The sentences about one bound field, none when it is well."""
    if not field.form.is_bound:
        return []
    return [sentence for error in field.errors.as_data() for sentence in _sentences(field, error)]


def faulty_parts(field: Any) -> frozenset[str]:
    """Which boxes of a field of several boxes are at fault: all that any error names."""
    if not field.form.is_bound:
        return frozenset()
    return frozenset(part for error in field.errors.as_data() for part in (error.params or {}).get("parts", ()))


def _links_of(form: Any) -> Iterator[dict[str, str]]:
    for sentence in form.errors.get(NON_FIELD_ERRORS, ()):
        yield {"text": str(sentence)}
    for field in form:
        for sentence in messages(field):
            if field.is_hidden:
                yield {"text": sentence}
            else:
                yield {"text": sentence, "href": f"#{field.focus_id}"}


def error_links(*forms_or_sets: Any) -> list[dict[str, str]]:
    """Everything wrong with forms and formsets, in the order of the page, each with a link to its box.

    Returns the `errorList` of the error summary: dictionaries of `text` and, where there is a box, `href`.
    """
    links: list[dict[str, str]] = []
    for item in forms_or_sets:
        if isinstance(item, forms.BaseFormSet):
            if item.is_bound:
                links += [{"text": str(sentence)} for sentence in item.non_form_errors()]
                links += [link for form in item.forms for link in _links_of(form)]
        elif isinstance(item, forms.BaseForm) and item.is_bound:
            links += _links_of(item)
    return links
