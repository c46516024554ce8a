"""The forms of conversations."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.access.models import User
from kept.design.forms import DateField
from kept.messages.actions import LONGEST
from kept.messages.promises import LONGEST_ACKNOWLEDGE, LONGEST_ANSWER
from kept.rules.identifiers import uuid7

TOO_LONG = f"Keep it to {LONGEST:,} letters (it has %(show_value)s), or send the long part as a document."


def message_field(label: str, hint: str = "", rows: int = 6, empty: str = "") -> forms.CharField:
    """A box for a long text, clear about its limit. empty: what is said of an empty one, if not the usual words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
        error_messages={"max_length": TOO_LONG, **({"required": empty} if empty else {})},
    )


class SayForm(forms.Form):
    """One more message in a conversation."""

    mark_optional = False
    text = message_field("Your message", empty="Write your message before you send it.")
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class AnswerForm(SayForm):
    """The council's message: an answer, or word that one is coming."""

    answers = forms.TypedChoiceField(
        label="What is this?",
        choices=[("yes", "It answers the question"), ("no", "It says that we have the message, the answer follows")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether this answers the question."},
    )


class StartForm(SayForm):
    """A new conversation."""

    field_order = ["subject", "text"]
    subject = forms.CharField(
        label="What is it about?",
        max_length=120,
        error_messages={"required": "Say in a few words what it is about."},
    )


class HandOnForm(forms.Form):
    """Who holds the conversation from now on."""

    person = forms.ModelChoiceField(User.objects.none(), label="Give it to")
    why = forms.CharField(label="Why?", max_length=300, required=False)

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people


class StandardForm(forms.Form):
    """How soon families are answered."""

    mark_optional = False
    acknowledge_days = forms.IntegerField(
        label="Say that we have the message within (working days)", min_value=1, max_value=LONGEST_ACKNOWLEDGE
    )
    answer_days = forms.IntegerField(label="Answer within (working days)", min_value=1, max_value=LONGEST_ANSWER)
    from_on = DateField(
        label="From which day?", help_text="Questions asked before that day keep what they were promised."
    )


class QuietForm(forms.Form):
    """When families are sent no email."""

    mark_optional = False
    begins = forms.TimeField(label="No emails from", help_text="For example 20:00", input_formats=["%H:%M", "%H.%M"])
    ends = forms.TimeField(label="Until", help_text="For example 8:00", input_formats=["%H:%M", "%H.%M"])
    sundays = forms.BooleanField(label="No emails on Sundays", required=False)


class EmailsForm(forms.Form):
    """Of what one wants to be told by email."""

    mark_optional = False
    messages = forms.BooleanField(label="When there is a new message for me", required=False)
    delays = forms.BooleanField(label="When something will be late", required=False)
