"""The form renderer: plain Django forms in, GOV.UK components out.

Write an ordinary `forms.Form` or `forms.ModelForm`; in a page `{{ form }}` draws every field and
`{{ form.name.as_field_group() }}` one. `{{ form.name.as_page_heading() }}` makes the label the heading of a page that
asks one thing. The layout draws the error summary for `form` by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, Jinja2
from django.template.loader import get_template
from django.utils.safestring import SafeString

from kept.design import parameters, problems
from kept.design.dates import PARTS, DateBoxes, DateField

__all__ = [
    "CheckboxesWithHints",
    "DateBoxes",
    "DateField",
    "GovukBoundField",
    "GovukRenderer",
    "InputWithUnit",
    "RadiosWithHints",
    "SuggestingInput",
    "formfield_for",
]


class GovukBoundField(BoundField):
    """A field of a form that knows the GOV.UK component it is drawn with."""

    is_page_heading = False

    @property
    def control_id(self) -> str:
        """The id of the input, or the beginning of the ids of its parts."""
        return self.field.widget.attrs.get("id") or self.auto_id or self.html_name

    @property
    def focus_id(self) -> str:
        """The id of the first box that is at fault, where an error summary's link goes."""
        if not isinstance(self.field.widget, DateBoxes):
            return self.control_id
        at_fault = problems.faulty_parts(self) or frozenset(PARTS)
        return f"{self.control_id}-{next(part for part in PARTS if part in at_fault)}"

    @property
    def component(self) -> str:
        """Which drawing it takes."""
        return parameters.kind_of(self)

    def parameters(self) -> dict[str, Any]:
        """What the macro is called with. A method, because Jinja would take a fault in a property for an absent one."""
        return parameters.parameters_of(self)

    def as_page_heading(self) -> SafeString:
        """The field with its label as the heading of the page, for a page that asks one thing."""
        self.is_page_heading = True
        return self.as_field_group()


class GovukRenderer(BaseRenderer):
    """The renderer that settings name: our templates for fields, forms and formsets, Django's own for the rest."""

    form_template_name = "design/form.html"
    formset_template_name = "design/formset.html"
    field_template_name = "design/field.html"
    bound_field_class = GovukBoundField

    @cached_property
    def _djangos(self) -> Jinja2:
        return Jinja2()

    def get_template(self, template_name: str) -> Any:
        """A template by its name."""
        if template_name.startswith("django/forms/"):
            return self._djangos.get_template(template_name)
        return get_template(template_name)


class _WithHints:
    def __init__(self, *args: Any, choice_hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice_hints = {str(value): hint for value, hint in (choice_hints or {}).items()}


class RadiosWithHints(_WithHints, forms.RadioSelect):
    """Radios with a line of help under some choices: `choice_hints` by value."""


class CheckboxesWithHints(_WithHints, forms.CheckboxSelectMultiple):
    """Checkboxes with a line of help under some choices: `choice_hints` by value."""


class InputWithUnit(forms.TextInput):
    """A text input with a unit before or after it: `InputWithUnit(prefix="£")`, `InputWithUnit(suffix="minutes")`."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, prefix: str = "", suffix: str = "") -> None:
        super().__init__(dict(attrs or {}))
        self.prefix = prefix
        self.suffix = suffix


class SuggestingInput(forms.TextInput):
    """A text input with suggestions from the browser's own list; any other text may be typed too."""

    def __init__(self, suggestions: Iterable[str] = (), attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(dict(attrs or {}))
        self.suggestions = list(suggestions)


def formfield_for(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """A model field's form field, dates in three boxes: `formfield_callback = formfield_for` in a form's `Meta`."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        kwargs.setdefault("form_class", DateField)
    return db_field.formfield(**kwargs)
