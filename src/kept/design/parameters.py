"""From a Django field to the parameters of the GOV.UK macro that draws it, chosen by the widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kept.design import problems
from kept.design.dates import PARTS, DateBoxes

# Attributes that Django adds and that let the browser hide our own messages, or that the macros write themselves.
DROPPED = {
    "class",
    "cols",
    "id",
    "max",
    "maxlength",
    "maxwords",
    "min",
    "minlength",
    "required",
    "rows",
    "step",
    "value",
}
NO_ANSWER = "---------"  # Django's words for the empty choice
Parameters = dict[str, Any]

LONG, NEARLY = 1_000, 75  # characters from which a text is long; per cent of its limit at which the count is shown
NARROW, MIDDLING = 10, 20  # lengths in characters up to which a box is drawn narrow


def text_or_html(text: object) -> dict[str, Any] | None:
    """A macro's text parameter: marked-safe text as HTML, any other escaped, None when there is none."""
    if not text:
        return None
    text = str(text) if not isinstance(text, SafeString) else text
    return {"html": text} if isinstance(text, SafeString) else {"text": text}


def _message(field: Any) -> dict[str, Any] | None:
    sentences = problems.messages(field)
    if len(sentences) <= 1:
        return text_or_html(sentences[0] if sentences else "")
    return {"html": mark_safe("<br>".join(conditional_escape(sentence) for sentence in sentences))}  # noqa: S308


def label_text(field: Any) -> str:
    """The label, saying so when an answer is optional."""
    says = getattr(field.form, "mark_optional", True) and not isinstance(field.field.widget, forms.CheckboxInput)
    optional = says and not field.field.required and not field.field.disabled
    return f"{field.label} (optional)" if optional else str(field.label)


def _heading(field: Any, kind: str) -> Parameters:
    size = "l" if field.is_page_heading else "s"
    return {"text": label_text(field), "classes": f"govuk-{kind}--{size}", "isPageHeading": field.is_page_heading}


def _common(field: Any) -> Parameters:
    attrs = field.field.widget.attrs
    attributes = {name: value for name, value in attrs.items() if name not in DROPPED and value is not False}
    return {
        "id": field.control_id,
        "idPrefix": field.control_id,
        "name": field.html_name,
        "hint": text_or_html(field.help_text),
        "errorMessage": _message(field),
        "classes": attrs.get("class", ""),
        "attributes": {name: "" if value is True else str(value) for name, value in attributes.items()},
        "disabled": field.field.disabled,
    }


def _labelled(field: Any) -> Parameters:
    return {**_common(field), "label": _heading(field, "label")}


def _in_fieldset(field: Any) -> Parameters:
    return {**_common(field), "fieldset": {"legend": _heading(field, "fieldset__legend")}}


def _shown(field: Any) -> str:
    shown = field.field.widget.format_value(field.value())
    return "" if shown is None else str(shown)


def _width(field: Any) -> str:
    if isinstance(field.field, forms.IntegerField):
        return "govuk-input--width-5"
    if isinstance(field.field.widget, (forms.DateInput, forms.DateTimeInput, forms.TimeInput)):
        return "govuk-input--width-10"
    longest = getattr(field.field, "max_length", None)
    if longest and longest <= MIDDLING:
        return "govuk-input--width-10" if longest <= NARROW else "govuk-input--width-20"
    return "govuk-!-width-two-thirds"


def text_input(field: Any) -> Parameters:
    """Text, email, telephone, web address and numbers. Numbers are text with a number pad, as GOV.UK advises."""
    widget = field.field.widget
    found = _labelled(field)
    found["value"] = _shown(field)
    found["type"] = widget.input_type
    if isinstance(field.field, forms.IntegerField):  # Django's decimal and float fields are kinds of it
        whole = not isinstance(field.field, (forms.FloatField, forms.DecimalField))
        found.update(type="text", inputmode="numeric" if whole else "decimal", spellcheck=False)
    if isinstance(widget, forms.EmailInput):
        found["spellcheck"] = False
    if "width" not in found["classes"]:
        found["classes"] = f"{found['classes']} {_width(field)}".strip()
    for name in ("autocomplete", "inputmode", "spellcheck"):
        if name in found["attributes"]:
            found[name] = found["attributes"].pop(name)
    found["prefix"] = text_or_html(getattr(widget, "prefix", ""))
    found["suffix"] = text_or_html(getattr(widget, "suffix", ""))
    suggestions = getattr(widget, "suggestions", None)
    if suggestions is not None:
        found["attributes"]["list"] = f"{field.control_id}-suggestions"
        found["formGroup"] = {"afterInput": {"html": _datalist(field, suggestions)}}
    return found


def _datalist(field: Any, suggestions: Any) -> SafeString:
    options = [format_html('<option value="{}"></option>', each) for each in suggestions]
    return format_html('<datalist id="{}-suggestions">{}</datalist>', field.control_id, mark_safe("".join(options)))  # noqa: S308


def textarea(field: Any) -> Parameters:
    """Many lines of text."""
    attrs = field.field.widget.attrs
    rows = str(attrs.get("rows", "") or "")
    return {**_labelled(field), "value": _shown(field), "rows": "5" if rows in {"", "10"} else rows}


def character_count(field: Any) -> Parameters:
    """Many lines of text with a limit: the field's `max_length`, or `maxwords` among the widget's attributes."""
    words = field.field.widget.attrs.get("maxwords")
    if words:
        return {**textarea(field), "maxwords": words}
    most = int(field.field.max_length)
    said = f"You can write up to {most:,} characters"
    # The count of a long text would only be in the way: it is shown once three quarters are used.
    count = {"threshold": NEARLY, "textareaDescriptionText": said} if most >= LONG else {}
    return {**textarea(field), "maxlength": most, **count}


def password(field: Any) -> Parameters:
    """A password, with a button to show it. What was typed is never sent back."""
    found = _labelled(field)
    if "autocomplete" in found["attributes"]:
        found["autocomplete"] = found["attributes"].pop("autocomplete")
    return found


def _options(field: Any) -> list[tuple[str | None, list[Parameters]]]:
    """The choices by group, the empty one in words, each with whether it is chosen and its hint."""
    widget = field.field.widget
    context = widget.get_context(field.html_name, field.value(), {})
    hints = getattr(widget, "choice_hints", {})
    found = []
    for group, options, _ in context["widget"]["optgroups"]:
        items = [
            {
                "value": str(option["value"]),
                "text": str(option["label"]),
                "selected": bool(option["selected"]),
                "checked": bool(option["selected"]),
                "disabled": field.field.disabled or bool(option["attrs"].get("disabled")),
                "hint": text_or_html(hints.get(str(option["value"]))),
            }
            for option in options
        ]
        found.append((str(group) if group is not None else None, items))
    return found


def select(field: Any) -> Parameters:
    """A drop-down list, in groups when the choices are."""
    groups = _options(field)
    for _, items in groups:
        for item in items:
            if item["text"] == NO_ANSWER:
                item["text"] = "Choose one" if field.field.required else "None"
    return {**_labelled(field), "groups": groups, "items": [item for _, items in groups for item in items]}


def _choices(field: Any) -> Parameters:
    items: list[Parameters] = []
    for group, options in _options(field):
        if group is not None:
            items.append({"divider": group})
        items += [item for item in options if item["text"] != NO_ANSWER or not field.field.required]
    for item in items:
        if item.get("text") == NO_ANSWER:
            item["text"] = "None of these"
    return {**_in_fieldset(field), "items": items}


def radios(field: Any) -> Parameters:
    """One of several."""
    return _choices(field)


def checkboxes(field: Any) -> Parameters:
    """Any number of several."""
    return _choices(field)


def one_checkbox(field: Any) -> Parameters:
    """Yes or no by a single box; the label stands beside it."""
    widget = field.field.widget
    found = _common(field)
    hint = found.pop("hint")
    item = {
        "value": str(widget.attrs.get("value", "on")),
        "text": label_text(field),
        "checked": bool(widget.check_test(field.value())),
        "hint": hint,
        "disabled": field.field.disabled,
    }
    return {**found, "items": [item]}


def date_boxes(field: Any) -> Parameters:
    """A date in three boxes; only the boxes at fault are marked."""
    typed = field.field.widget.format_value(field.value())
    at_fault = (problems.faulty_parts(field) or frozenset(PARTS)) if problems.messages(field) else frozenset()
    found = _in_fieldset(field)
    automatic = found["attributes"].pop("autocomplete", "")
    found["namePrefix"] = field.html_name
    found["items"] = [
        {
            "name": part,
            "value": getattr(typed, part),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in at_fault else ""),
            "inputmode": "text" if part == "month" and not typed.month.isdecimal() and typed.month else "numeric",
            "autocomplete": f"{automatic}-{part}" if automatic == "bday" else "",
            "attributes": {"disabled": ""} if field.field.disabled else {},
        }
        for part in PARTS
    ]
    return found


def file_upload(field: Any) -> Parameters:
    """A file, naming the one already held and, when it is optional, offering to remove it."""
    widget = field.field.widget
    found = _labelled(field)
    found["multiple"] = widget.allow_multiple_selected
    found["javascript"] = True
    value = field.initial
    if isinstance(widget, forms.ClearableFileInput) and widget.is_initial(value):
        held = format_html(
            '<p class="govuk-body">We hold the file <a class="govuk-link" href="{}">{}</a>.</p>', value.url, value
        )
        found["formGroup"] = {"beforeInput": {"html": held}, "afterInput": {"html": _removal(field)}}
    return found


def _removal(field: Any) -> SafeString:
    widget = field.field.widget
    if field.field.required:
        return SafeString("")
    name = widget.clear_checkbox_name(field.html_name)
    return format_html(REMOVAL, field.control_id, name)


REMOVAL = """
<div class="govuk-checkboxes govuk-checkboxes--small govuk-!-margin-top-2"><div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" type="checkbox" id="{0}-clear" name="{1}" value="on">
<label class="govuk-label govuk-checkboxes__label" for="{0}-clear">Remove the file that we hold</label>
</div></div>
"""


def other(field: Any) -> Parameters:
    """A widget that we do not know: its own markup between our label, hint and message."""
    found = _in_fieldset(field) if field.use_fieldset else _labelled(field)
    described = [
        f"{field.control_id}-{part}" for part, key in (("hint", "hint"), ("error", "errorMessage")) if found[key]
    ]
    attrs = {"aria-describedby": " ".join(described)} if described else {}
    return {**found, "html": field.as_widget(attrs=attrs), "for": field.id_for_label}


def hidden(field: Any) -> Parameters:
    """A hidden input."""
    return {"html": field.as_widget()}


def _textarea_kind(field: Any) -> str:
    limited = getattr(field.field, "max_length", None) or field.field.widget.attrs.get("maxwords")
    return "character_count" if limited else "textarea"


# The first kind that fits wins. CheckboxSelectMultiple comes before RadioSelect because Django makes it a kind of
# RadioSelect, and everything before Select and Input that is a kind of them.
KINDS: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    ((forms.HiddenInput, forms.MultipleHiddenInput), "hidden"),
    (DateBoxes, "date_boxes"),
    ((forms.CheckboxSelectMultiple, forms.SelectMultiple), "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "one_checkbox"),
    (forms.FileInput, "file_upload"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.widgets.Input, "text_input"),
)
BUILDERS: dict[str, Callable[[Any], Parameters]] = {
    builder.__name__: builder
    for builder in (
        hidden, date_boxes, checkboxes, radios, select, one_checkbox, file_upload, password, textarea,
        character_count, text_input, other,
    )
}  # fmt: skip


def kind_of(field: Any) -> str:
    """Which drawing a bound field takes, by its widget."""
    widget = field.field.widget
    found = next((name for kinds, name in KINDS if isinstance(widget, kinds)), "other")
    return _textarea_kind(field) if found == "textarea" else found


def parameters_of(field: Any) -> Parameters:
    """The parameters with which a bound field's macro is called."""
    return BUILDERS[kind_of(field)](field)
