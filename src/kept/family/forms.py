"""The forms of the family's page: one thing at a time, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.access.models import Agency
from kept.design.forms import DateField
from kept.family.actions import LONGEST_STORY
from kept.family.models import Method, Voice
from kept.messages.forms import message_field
from kept.messages.models import How
from kept.rules.identifiers import uuid7


class AskForm(forms.Form):
    """A request for an assessment, in the family's words."""

    mark_optional = False
    text = message_field(
        "What help does your child need?",
        "Say what is hard at school and at home. You do not need special words. "
        "You can send letters and reports later.",
        rows=10,
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, is_own: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_own:
            self.fields["text"].label = "What help do you need?"


class StoryForm(forms.Form):
    """The family's story."""

    mark_optional = False
    text = forms.CharField(
        label="Our story",
        help_text="What should people know before they meet you? What works, what does not, what you hope for.",
        max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": "14"}),
        error_messages={"required": "Write your story before you save it."},
    )


class ShareForm(forms.Form):
    """Who may read the story."""

    mark_optional = False
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Who may read it?",
        help_text="Tick as many as you like. You can stop at any time. Those you do not tick cannot read it.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, offered: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agencies"].queryset = offered


class ViewForm(forms.Form):
    """What a child said or showed."""

    asked = forms.CharField(label="What was asked or looked at?", max_length=300)
    method = forms.ChoiceField(label="How?", choices=Method.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What did the child say or do?",
        help_text="Use the child’s own words, or say what you saw.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "6"}),
    )
    voice = forms.ChoiceField(label="Whose words are these?", choices=Voice.choices, widget=forms.RadioSelect)
    interpreter = forms.CharField(
        label="Who took it to mean this?",
        help_text="Only if it is not in the child’s own words. For example: Ann Lee, who has taught her for 2 years.",
        max_length=200,
        required=False,
    )
    with_whom = forms.CharField(label="Who asked?", max_length=200, required=False)
    place = forms.CharField(label="Where?", max_length=200, required=False)
    tried = forms.CharField(
        label="What did you try that did not work?",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    on = DateField(label="On which day?")

    def clean(self) -> dict[str, Any]:
        """An interpreted view says by whom."""
        facts = super().clean() or {}
        if facts.get("voice") == Voice.INTERPRETED and not facts.get("interpreter"):
            self.add_error("interpreter", "Say who took it to mean this, and who they are to the child.")
        return facts


class OwnViewForm(forms.Form):
    """What a young person wants to say, in their own words."""

    mark_optional = False
    asked = forms.CharField(label="What is it about?", max_length=300)
    words = message_field("What do you want to say?", "What is good, what is hard, and what you hope for.", rows=6)
    on = DateField(label="On which day?")

    def clean(self) -> dict[str, Any]:
        """They are their own words, written by themselves."""
        return {**(super().clean() or {}), "method": Method.TALK, "voice": Voice.QUOTED}


class LateForm(forms.Form):
    """What the family is told of a delay."""

    mark_optional = False
    new_date = DateField(
        label="New day", help_text="The day by which it will be done. Be sure: the family counts on it."
    )
    reason = message_field(
        "Why it will be late",
        "The family reads this word for word. Say what happened; do not soften it.",
        rows=4,
        empty="Say why it will be late.",
    )


class WriteDownForm(forms.Form):
    """What was said by phone, in a letter or face to face."""

    carer = forms.ChoiceField(label="Who said it?", widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label="How did it come?",
        choices=[choice for choice in How.choices if choice[0] != How.PORTAL],
        widget=forms.RadioSelect,
    )
    said_on = DateField(label="On which day?")
    subject = forms.CharField(label="What is it about?", max_length=120)
    text = message_field(
        "What was said?", "In their words, as near as you can.", rows=8, empty="Write down what was said."
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, carers: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.known = {str(carer.pk): carer for carer in carers}
        self.fields["carer"].choices = [(key, carer.name) for key, carer in self.known.items()]


class CopyForm(forms.Form):
    """When the copy went out."""

    mark_optional = False
    on = DateField(label="Sent on")
