"""Forms on a draft: what a family asks for, and what the council answers."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.design.forms import DateField
from kept.plans.replying import After
from kept.plans.words import Answer, Point, Use


class AskForm(forms.Form):
    """Ask for a meeting."""

    text = forms.CharField(
        label="When can you meet us, and what do you want to talk about?",
        help_text="Say if you want to meet on the phone, online or face to face. You can bring somebody with you.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        error_messages={"required": "Say when you can meet us."},
    )


class PlaceForm(forms.Form):
    """Ask for a school, college or other place."""

    text = forms.CharField(
        label="Which school or college do you want, and why?",
        help_text="Give the name and the town. You can ask for more than one.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        error_messages={"required": "Say which school or college you want."},
    )


class ReplyForm(forms.Form):
    """What the family says besides its points: more may follow, that is all, or it agrees."""

    mark_optional = False
    after = forms.ChoiceField(
        label="Is this all that you want to say?",
        help_text="You have the days that are left whatever you choose first. Only you can end them sooner.",
        choices=After.choices,
        initial=After.MORE,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether this is all."},
    )


class WrittenForm(forms.Form):
    """A point that came by letter, by phone or in a meeting."""

    mark_optional = False
    who = forms.ChoiceField(label="Who said it?", widget=forms.RadioSelect)
    on = DateField(label="On which day?", help_text="The day on which the letter came, or of the call")
    kind = forms.ChoiceField(
        label="What is it?", choices=Point.choices, initial=Point.COMMENT, widget=forms.RadioSelect
    )
    lineage = forms.ChoiceField(label="Which part of the draft is it about?", required=False)
    text = forms.CharField(
        label="What they said, in their words",
        help_text="One point at a time: each gets an answer of its own.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        error_messages={"required": "Write what they said."},
    )
    is_all = forms.BooleanField(
        label="They said that this is all",
        help_text="Their 15 days end with it. Tick it only if they said so.",
        required=False,
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people
        self.fields["lineage"].choices = [("", "The whole plan"), *parts]


class AnswerForm(forms.Form):
    """The council's answer to one point."""

    mark_optional = False
    answer = forms.ChoiceField(
        label="Your answer",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )
    reason = forms.CharField(
        label="Reason, as the family will read it",
        help_text="Needed unless you accept the whole point. For a meeting, say when and where.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A refusal has a reason."""
        found = super().clean() or {}
        if found.get("answer") in {Answer.PARTLY, Answer.DECLINE} and not found.get("reason", "").strip():
            self.add_error("reason", "Give the reason. The family reads it with the final plan.")
        return found


class PaperForm(forms.Form):
    """A paper to read for what it recommends."""

    paper = forms.ChoiceField(label="Which paper?", error_messages={"required": "Choose a paper."})
    said_by = forms.CharField(
        label="Who wrote it?",
        help_text="Name and role, as the family reads it.",
        max_length=200,
        error_messages={"required": "Say who wrote it."},
    )

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = papers


class UseForm(forms.Form):
    """What the plan does with a recommendation of an adviser."""

    mark_optional = False
    NONE = "none"
    use = forms.ChoiceField(
        label="What does the plan do with it?",
        choices=[*Use.choices, (NONE, "This is no recommendation")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the plan does with it."},
    )
    lineage = forms.ChoiceField(label="Which part of the plan uses it?", required=False)
    reason = forms.CharField(
        label="Reason",
        help_text="Needed unless it is used as it stands. The family and the adviser can read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
        required=False,
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lineage"].choices = [("", "No part"), *parts]

    def clean(self) -> dict[str, Any]:
        """What is used names its part; what is not used as it stands has a reason."""
        found = super().clean() or {}
        use = found.get("use")
        if use in {Use.USED, Use.CHANGED} and not found.get("lineage"):
            self.add_error("lineage", "Choose the part of the plan that uses it.")
        if use and use != Use.USED and not found.get("reason", "").strip():
            self.add_error("reason", "Give the reason. The family and the adviser can read it.")
        return found
