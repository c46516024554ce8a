"""Forms of copies, corrections and rights that pass on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from kept.design.dates import DateField
from kept.rules.identifiers.keys import uuid7
from kept.subject_access.models import Outcome, Showing, Step


class TextForm(forms.Form):
    """What to do with one text that may be about somebody else."""

    showing = forms.ChoiceField(choices=Showing.choices, widget=forms.RadioSelect, label="What do you decide?")
    words = forms.CharField(
        widget=forms.Textarea, required=False, label="Words to hide", help_text="One name or phrase on each line."
    )
    reason = forms.CharField(max_length=300, required=False, label="Why is it hidden?")


class AskedForm(forms.Form):
    """That somebody asked for a copy by letter, email or phone."""

    who = forms.ChoiceField(label="Who asked?", widget=forms.RadioSelect)
    on = DateField(label="On which day did it come?", help_text="The month in which it is owed runs from this day")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"].choices = list(people)


class DisputeForm(forms.Form):
    """What is wrong with an entry."""

    says = forms.CharField(widget=forms.Textarea, max_length=4000, label="What is wrong?")
    wants = forms.CharField(widget=forms.Textarea, max_length=4000, required=False, label="What should it say?")
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)


class DecideForm(forms.Form):
    """What came of a correction."""

    outcome = forms.ChoiceField(
        choices=[choice for choice in Outcome.choices if choice[0]], widget=forms.RadioSelect, label="What came of it?"
    )
    reason = forms.CharField(widget=forms.Textarea, max_length=4000, label="Why? The family reads this.")


class StepForm(forms.Form):
    """One step in passing rights on."""

    step = forms.ChoiceField(choices=Step.choices, widget=forms.RadioSelect, label="What happened?")
    on = DateField(label="On which day?")
    how = forms.CharField(widget=forms.Textarea, max_length=4000, label="How were they asked, and what did they say?")
    decision = forms.CharField(
        max_length=300, required=False, label="Which decision is it about?", help_text="For capacity only."
    )
    representative = forms.CharField(
        max_length=200, required=False, label="Who decides for them?", help_text="Only when they lack capacity."
    )
