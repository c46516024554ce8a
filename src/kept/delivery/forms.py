"""The forms of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kept.delivery import words
from kept.delivery.confirming import is_ours
from kept.delivery.queries import ChildWeek, ItemWeek
from kept.delivery.recording import Given
from kept.design.forms import DateField, InputWithUnit, RadiosWithHints
from kept.rules.dates_as_typed import read_date

WEEK_STATUS = [
    ("", "Not recorded"),
    (words.Came.DELIVERED, words.Came.DELIVERED.label),
    (words.Came.PART, words.Came.PART.label),
    (words.Came.MISSED, words.Came.MISSED.label),
    (words.Came.ABSENT, "Child was absent all week"),
    (words.Came.DECLINED, words.Came.DECLINED.label),
]
REASONS = [("", "Choose if it did not all come"), *words.Why.choices]
MOST_MINUTES = 6000


class WeekForm(forms.Form):
    """One child's week: what became of each item."""

    def __init__(self, *args: Any, week: ChildWeek, setting_id: object, **more: Any) -> None:
        super().__init__(*args, **more)
        self.week = week
        self.ours = [one for one in week.due if is_ours(one, setting_id)]  # type: ignore[arg-type]
        for one in self.ours:
            self._add(one)

    def _add(self, one: ItemWeek) -> None:
        key, name = one.row.pk, one.name
        latest = next((row for row in reversed(one.records) if row.whole_week), None)
        self.fields[f"status_{key}"] = forms.ChoiceField(
            label=f"{name}: what came?",
            choices=WEEK_STATUS,
            required=False,
            initial=latest.status if latest else "",
            help_text=f"Due: {one.due_words}. {one.row.words}",
        )
        if not one.ledger.in_sessions:
            self.fields[f"minutes_{key}"] = forms.IntegerField(
                label=f"{name}: minutes that came, if not all",
                required=False,
                min_value=0,
                max_value=MOST_MINUTES,
                initial=latest.minutes if latest and latest.minutes else None,
                widget=InputWithUnit(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}, suffix="minutes"),
            )
        self.fields[f"reason_{key}"] = forms.ChoiceField(
            label=f"{name}: why, if not all came",
            choices=REASONS,
            required=False,
            initial=latest.reason if latest else "",
        )
        if one.ledger.item.group_max:
            self.fields[f"pupils_{key}"] = forms.IntegerField(
                label=f"{name}: pupils in the group (the plan says no more than {one.ledger.item.group_max})",
                required=False,
                min_value=1,
                max_value=60,
                initial=latest.pupils if latest else None,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
            )

    def clean(self) -> dict[str, Any]:
        """What came in part has its minutes; what did not come has its reason."""
        facts = super().clean() or {}
        for one in self.ours:
            key, name = one.row.pk, one.name
            status = facts.get(f"status_{key}")
            if status in {words.Came.PART, words.Came.MISSED} and not facts.get(f"reason_{key}"):
                self.add_error(f"reason_{key}", f"{name}: say why; “Nobody knows” is an answer too.")
            counts_minutes = f"minutes_{key}" in self.fields
            amount = facts.get(f"minutes_{key}") or facts.get(f"pupils_{key}")
            if status == words.Came.PART and counts_minutes and not amount:
                self.add_error(f"minutes_{key}", f"{name}: say how many minutes came.")
            due, pupils = sum(each.quantity for each in one.due), facts.get(f"pupils_{key}")
            came = facts.get(f"minutes_{key}") or 0
            if status == words.Came.PART and counts_minutes and came >= due and not pupils:
                self.add_error(
                    f"minutes_{key}", f"{name}: {due} minutes are due. If all came, choose as the plan says."
                )
        return facts

    def given(self, monday: date) -> list[Given]:
        """What was said, of the items of which something was chosen."""
        facts, found = self.cleaned_data, []
        for one in self.ours:
            key = one.row.pk
            status = facts.get(f"status_{key}")
            if not status:
                continue
            in_part = status == words.Came.PART
            found.append(
                Given(
                    item_id=key,
                    on=monday,
                    status=status,
                    minutes=facts.get(f"minutes_{key}") or 0 if in_part else 0,
                    whole_week=True,
                    pupils=facts.get(f"pupils_{key}"),
                    reason="" if status == words.Came.DELIVERED else facts.get(f"reason_{key}") or "",
                )
            )
        return found


class SessionForm(forms.Form):
    """One session."""

    on = DateField(label="On which day?")
    status = forms.ChoiceField(
        label="What became of it?",
        choices=[choice for choice in words.Came.choices if choice[0] != words.Came.CLOSED],
        widget=RadiosWithHints(
            choice_hints={
                words.Came.PART: "Shorter, in a larger group or by another role than the plan says",
                words.Came.REPLACED: "Say below which day it stands for",
            }
        ),
    )
    minutes = forms.IntegerField(
        label="Minutes given",
        required=False,
        min_value=1,
        max_value=600,
        help_text="Leave empty if it lasted as long as the plan says",
        widget=InputWithUnit(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}, suffix="minutes"),
    )
    pupils = forms.IntegerField(
        label="Pupils in the group",
        required=False,
        min_value=1,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )
    other_role = forms.BooleanField(label="It was done by another role than the plan says", required=False)
    reason = forms.ChoiceField(label="Why, if it did not all come", choices=REASONS, required=False)
    for_on = DateField(label="Instead of the session on", required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """What did not come has its reason; what replaces says what it replaces."""
        facts = super().clean() or {}
        if facts.get("status") in {words.Came.PART, words.Came.MISSED} and not facts.get("reason"):
            self.add_error("reason", "Say why it did not all come; “Nobody knows” is an answer too.")
        if facts.get("status") == words.Came.REPLACED and not facts.get("for_on"):
            self.add_error("for_on", "Say which day it stands for.")
        short = facts.get("minutes") or facts.get("pupils") or facts.get("other_role")
        if facts.get("status") == words.Came.PART and not short:
            self.add_error("minutes", "Say how many minutes came, or what was different.")
        return facts

    def given(self, item_id: Any) -> Given:
        """The session."""
        facts = self.cleaned_data
        return Given(
            item_id=item_id,
            on=facts["on"],
            status=facts["status"],
            minutes=facts["minutes"] or 0,
            pupils=facts["pupils"],
            right_role=not facts["other_role"],
            reason=facts["reason"],
            for_on=facts["for_on"],
            note=facts["note"],
        )


class CheckForm(forms.Form):
    """What somebody found who looked."""

    found = forms.ChoiceField(label="Is it in place?", choices=words.InPlace.choices, widget=forms.RadioSelect)
    why = forms.ChoiceField(label="Why did you look?", choices=words.CheckedFor.choices, widget=forms.RadioSelect)
    checked_on = DateField(label="On which day?")
    evidence = forms.CharField(
        label="How do you know?",
        max_length=300,
        help_text="What you saw, whom you spoke to, which certificate you read",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CatchUpForm(forms.Form):
    """An agreement to make up minutes."""

    service = forms.ChoiceField(label="Which service?")
    minutes = forms.IntegerField(
        label="Minutes to be made up",
        min_value=1,
        max_value=60_000,
        widget=InputWithUnit(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}, suffix="minutes"),
    )
    by_on = DateField(label="By which day?")
    how = forms.CharField(
        label="How will it be made up?", max_length=300, help_text="When, by whom, how long each time"
    )
    agreed_with = forms.CharField(label="With whom of the family was it agreed?", max_length=200)
    agreed_on = DateField(label="When was it agreed?")
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, services: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["service"].choices = [(one, one) for one in services]  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """What was found."""

    found = forms.ChoiceField(label="What was found?", choices=words.Finding.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label="Minutes that came, if in part",
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        widget=InputWithUnit(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}, suffix="minutes"),
    )
    account = forms.CharField(
        label="How do you know?",
        help_text="The family and the setting both read this",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """What came in part has its minutes."""
        facts = super().clean() or {}
        if facts.get("found") == words.Finding.PART and not facts.get("minutes"):
            self.add_error("minutes", "Say how many minutes came.")
        return facts


class FamilyForm(forms.Form):
    """What the family says of a week."""

    def __init__(self, *args: Any, items: list[ItemWeek], said: dict[Any, tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.items = items
        for one in items:
            key = one.row.pk
            answer, note = said.get(key, ("", ""))
            self.fields[f"said_{key}"] = forms.ChoiceField(
                label=f"{one.name}: did it come?",
                choices=words.Said.choices,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
                required=False,
                initial=answer,
                help_text=one.row.words,
            )
            self.fields[f"note_{key}"] = forms.CharField(
                label=f"{one.name}: anything to add", max_length=300, required=False, initial=note
            )

    def clean(self) -> dict[str, Any]:
        """At least one answer."""
        facts = super().clean() or {}
        if self.items and not any(facts.get(f"said_{one.row.pk}") for one in self.items) and not self.errors:
            self.add_error(f"said_{self.items[0].row.pk}", "Answer for at least one, or close the page.")
        return facts

    def said(self) -> dict[Any, tuple[str, str]]:
        """The answers that were chosen."""
        facts = self.cleaned_data
        return {
            one.row.pk: (facts[f"said_{one.row.pk}"], facts.get(f"note_{one.row.pk}") or "")
            for one in self.items
            if facts.get(f"said_{one.row.pk}")
        }


class AskForm(forms.Form):
    """How often somebody wishes to be asked."""

    every = forms.ChoiceField(
        label="How often shall we ask you by email?",
        choices=[("week", "Every week"), ("half-term", "Once every half-term"), ("never", "Do not ask me")],
        widget=forms.RadioSelect,
    )


class FundingForm(forms.Form):
    """What is paid for."""

    service = forms.CharField(label="Service", max_length=120, help_text="As plans name it")
    hours = forms.DecimalField(
        label="Hours a month that are paid for",
        min_value=0,
        max_value=100_000,
        max_digits=8,
        decimal_places=2,
        widget=InputWithUnit(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}, suffix="hours"),
    )
    from_on = DateField(label="From which day?")
    source = forms.CharField(label="Which contract or budget pays?", max_length=200)


class CalendarForm(forms.Form):
    """A setting's dates from a day on."""

    from_on = DateField(label="From which day do these dates hold?", help_text="Days before it stay as they were")
    closed = forms.CharField(
        label="Closed on (INSET days and others), one day on each line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="For example 3 September 2026",
    )
    note = forms.CharField(label="Why did the dates change?", max_length=200, required=False)

    def __init__(self, *args: Any, half_terms: list[tuple[str, str, date, date]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.keys = [key for key, *_ in half_terms]
        for key, name, first, last in half_terms:
            self.fields[f"first_{key}"] = DateField(label=f"{name}: first day", initial=first)
            self.fields[f"last_{key}"] = DateField(label=f"{name}: last day", initial=last)

    def clean_closed(self) -> list[date]:
        """The closed days."""
        found = []
        for line in filter(str.strip, self.cleaned_data["closed"].splitlines()):
            try:
                found.append(read_date(line))
            except ValueError as problem:
                raise forms.ValidationError(str(problem)) from problem
        return found

    def half_terms(self) -> list[tuple[str, date, date]]:
        """The half-terms as typed."""
        return [(key, self.cleaned_data[f"first_{key}"], self.cleaned_data[f"last_{key}"]) for key in self.keys]


class GivenForm(forms.Form):
    """Minutes that were made up."""

    on = DateField(label="On which day?")
    minutes = forms.IntegerField(
        label="Minutes given",
        min_value=1,
        max_value=600,
        widget=InputWithUnit(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}, suffix="minutes"),
    )
    note = forms.CharField(label="Note", max_length=300, required=False)


class AssignForm(forms.Form):
    """Who delivers an item."""

    deliverer = forms.ChoiceField(label="Who delivers and records this?", required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["deliverer"].choices = [("", "The child’s setting"), *agencies]  # type: ignore[attr-defined]
