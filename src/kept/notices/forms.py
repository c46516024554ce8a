"""The forms of the notice pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from kept.design.forms import DateField
from kept.notices.making import LETTERHEAD, TYPED_DAYS
from kept.notices.models import Looks, Recipient, Way
from kept.notices.recipients import SETTING_ROLES
from kept.notices.sorts import Sort

ASKED: Mapping[str, tuple[str, str]] = {
    "reasons": ("The reasons", "Write to the family, in plain words. Leave an empty line between paragraphs."),
    "changes": (
        "The changes that are proposed",
        "One on each line: which section, what it says now, what it would say.",
    ),
    "meeting_where": ("Time and place of the meeting", "For example, 10am at the school, or by video call"),
    "will_assess": ("Will we carry out an EHC needs assessment?", ""),
    "views_by": ("Ask for views by", "For example, 27 3 2027"),
    "takes_effect_on": ("Date on which it takes effect", "Reasonable notice: after the letter has arrived"),
    "review_by": ("We will review the plan by", "For example, 27 3 2027"),
}


class WriteForm(forms.Form):
    """What an officer writes for a notice; all may be kept half done."""

    mark_optional = False

    def __init__(self, *args: Any, sort: Sort, facts: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in sort.asks:
            label, hint = ASKED[name]
            if name in TYPED_DAYS:
                initial: Any = date.fromisoformat(facts[name]) if facts.get(name) else None
                self.fields[name] = DateField(label=label, help_text=hint, required=False, initial=initial)
            elif name == "will_assess":
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=[("yes", "Yes"), ("no", "No")],
                    widget=forms.RadioSelect,
                    required=False,
                    initial=facts.get(name, ""),
                )
            else:
                is_long = name in {"reasons", "changes"}
                self.fields[name] = forms.CharField(
                    label=label,
                    help_text=hint,
                    required=False,
                    max_length=20_000 if is_long else 300,
                    widget=forms.Textarea(attrs={"rows": "8"}) if is_long else forms.TextInput(),
                    initial=facts.get(name, ""),
                )


class RecipientForm(forms.Form):
    """Somebody to whom a notice goes."""

    mark_optional = False
    name = forms.CharField(label="Name", max_length=150, required=False)
    way = forms.ChoiceField(
        label="How does it go?",
        choices=[(way.value, way.label) for way in (Way.POST, Way.EMAIL, Way.HAND)],
        widget=forms.RadioSelect,
        help_text="Showing it on a page never counts as sending it.",
    )
    look = forms.ChoiceField(label="How is it drawn?", choices=Looks.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label="Address, with the postcode on the last line",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "5"}),
    )
    email = forms.CharField(label="Email address", required=False, max_length=254)
    none_because = forms.CharField(
        label="If there is none: why",
        required=False,
        max_length=200,
        help_text="For example, the child is at no school. Leave it empty otherwise.",
    )

    def __init__(self, *args: Any, role: str = "", recipient: Recipient | None = None, **more: Any) -> None:
        if recipient is not None:
            more["initial"] = {name: getattr(recipient, name) for name in self.base_fields}
        else:
            more["initial"] = {"way": Way.POST, "look": Looks.STANDARD}
        super().__init__(*args, **more)
        if recipient is not None and (recipient.carer_id or recipient.is_young_person):
            del self.fields["name"]
        if role not in SETTING_ROLES:
            del self.fields["none_because"]


class EncloseForm(forms.Form):
    """Something that goes with the letter."""

    mark_optional = False

    title = forms.CharField(label="What is it, as the letter calls it?", max_length=150)
    what = forms.ChoiceField(label="Which required paper is it?", required=False)
    file = forms.FileField(
        label="The file, as PDF", required=False, help_text="Leave it empty for paper, which cannot go by email."
    )

    def __init__(self, *args: Any, sort: Sort, **more: Any) -> None:
        super().__init__(*args, **more)
        if sort.encloses:
            words = [(one, one[:1].upper() + one[1:]) for one in sort.encloses]
            self.fields["what"].choices = [*words, ("", "None of these")]
        else:
            del self.fields["what"]


class CameBackForm(forms.Form):
    """That a letter came back."""

    why = forms.CharField(label="What does the mail server or the envelope say?", max_length=300)


class PostedForm(forms.Form):
    """That the letters of the post list were posted."""

    on = DateField(label="Date on which they were posted", help_text="The day that is on the letters")


class LetterheadForm(forms.Form):
    """What letters say of the council."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in LETTERHEAD.items():
            long = name in {"address", "tribunal", "schools_where"}
            self.fields[name] = forms.CharField(
                label=label,
                max_length=600,
                required=name != "tribunal",
                widget=forms.Textarea(attrs={"rows": "3"}) if long else forms.TextInput(),
            )
        self.fields["post_days"] = forms.IntegerField(
            label="Working days after posting on which a letter counts as delivered", min_value=0, max_value=10
        )


class WordingForm(forms.Form):
    """A template."""

    title = forms.CharField(label="Title", max_length=200)
    body = forms.CharField(label="Text", max_length=20_000, widget=forms.Textarea(attrs={"rows": "18"}))
    why = forms.CharField(
        label="Why does it change?", max_length=300, required=False, help_text="Kept with the version."
    )
