"""The forms of where children are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from kept.design.forms import DateField
from kept.messages.models import How
from kept.whereabouts.actions import Said
from kept.whereabouts.models import BY_REGISTER, Attends
from kept.whereabouts.queries import Pupil
from kept.whereabouts.registers import COLUMNS

TOLD = [choice for choice in Attends.choices if choice[0] not in BY_REGISTER]
AT_SCHOOL = [choice for choice in Attends.choices if choice[0] in {"full", "part", "not", "gone"}]


class ConfirmForm(forms.Form):
    """What somebody said on the phone."""

    attends = forms.ChoiceField(label="Where is the child?", choices=TOLD, widget=forms.RadioSelect)
    hours = forms.DecimalField(
        label="Hours a week, if part-time", required=False, min_value=Decimal("0.5"), max_value=Decimal(40)
    )
    said_by = forms.CharField(label="Who said so?", max_length=200, help_text="Name, job and where they work")
    how = forms.ChoiceField(
        label="How?", choices=[choice for choice in How.choices if choice[0] != How.PORTAL], widget=forms.RadioSelect
    )
    on = DateField(label="On which day?")
    note = forms.CharField(label="Note", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A part-time timetable has its hours, and hours alone say nothing."""
        facts = super().clean() or {}
        if facts.get("attends") == Attends.PART and not facts.get("hours"):
            self.add_error("hours", "Say how many hours a week the part-time timetable has.")
        return facts

    def said(self) -> Said:
        """What was said."""
        return Said(self.cleaned_data["attends"], self.cleaned_data.get("hours"), self.cleaned_data["note"])


class RollForm(forms.Form):
    """One page for the whole school: a row for each pupil."""

    def __init__(self, *args: Any, pupils: list[Pupil], **more: Any) -> None:
        super().__init__(*args, **more)
        self.pupils = pupils
        for pupil in pupils:
            name = pupil.child.full_name
            self.fields[f"attends_{pupil.child.pk}"] = forms.ChoiceField(
                label=f"{name}: where?", choices=[("", "Choose"), *AT_SCHOOL], required=False
            )
            self.fields[f"hours_{pupil.child.pk}"] = forms.DecimalField(
                label=f"{name}: hours a week, if part-time",
                required=False,
                min_value=Decimal("0.5"),
                max_value=Decimal(40),
            )

    def clean(self) -> dict[str, Any]:
        """A part-time timetable has its hours."""
        facts = super().clean() or {}
        for pupil in self.pupils:
            key = pupil.child.pk
            if facts.get(f"attends_{key}") == Attends.PART and not facts.get(f"hours_{key}"):
                self.add_error(f"hours_{key}", f"{pupil.child.full_name}: say how many hours a week.")
            if facts.get(f"hours_{key}") and not facts.get(f"attends_{key}"):
                self.add_error(f"attends_{key}", f"{pupil.child.full_name}: choose where, or take the hours out.")
        return facts

    def said(self) -> dict[UUID, Said]:
        """What was said, of the pupils for whom something was chosen."""
        facts = self.cleaned_data
        keys = [pupil.child.pk for pupil in self.pupils if facts.get(f"attends_{pupil.child.pk}")]
        return {key: Said(facts[f"attends_{key}"], facts.get(f"hours_{key}")) for key in keys}


class RegisterForm(forms.Form):
    """A file of attendance, and the period that it is about where the file does not say."""

    mark_optional = False
    file = forms.FileField(
        label="The file (CSV)", required=False, help_text="One row for each pupil, with headings in the first row."
    )
    from_on = DateField(
        label="First day of the period", required=False, help_text="Leave it out if a column of the file says so."
    )
    to_on = DateField(
        label="Last day of the period", required=False, help_text="Leave it out if a column of the file says so."
    )


class ColumnsForm(forms.Form):
    """Which column is what."""

    mark_optional = False

    def __init__(self, *args: Any, headings: Sequence[str], mapping: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "Not in this file"), *((heading, heading) for heading in headings if heading)]
        for column in COLUMNS:
            self.fields[f"column_{column.key}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=False, initial=mapping.get(column.key, "")
            )

    def mapping(self) -> dict[str, str]:
        """Our field to their heading, as chosen or else as guessed."""
        return {column.key: self._answer(f"column_{column.key}") for column in COLUMNS}

    def _answer(self, name: str) -> str:
        if self.is_bound and name in self.data:
            return str(self.data[name])
        return str(self.fields[name].initial or "")
