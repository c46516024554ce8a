"""The forms of the partners' desk."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.access.models import Team, User
from kept.design.forms import DateField
from kept.documents.files import FilesField, SeveralFiles
from kept.messages.forms import message_field
from kept.partners.sections import LONGEST, SECTIONS, missing


class AdviceForm(forms.Form):
    """Advice in sections. A draft may have gaps; what is returned may not, so each says for itself what may be left."""

    mark_optional = False
    earlier_stands = forms.BooleanField(
        label="Our earlier advice still stands",
        help_text="Only if you, the family and the council agree that it is enough (regulation 6(4)). "
        "Then nothing more is needed.",
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in SECTIONS:
            self.fields[one.key] = forms.CharField(
                label=one.question if one.needed else f"{one.question} (optional)",
                help_text=one.hint,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": "5"}),
            )
        self.fields["files"] = FilesField(
            label="Files that belong to it (optional)",
            help_text="Reports or test sheets. Each can have up to 100 MB. They are sent when you return the advice.",
            widget=SeveralFiles(attrs={"multiple": True}),
            required=False,
        )
        self.order_fields([*(one.key for one in SECTIONS), "files", "earlier_stands"])

    def chosen_files(self) -> list[Any]:
        """The files that were chosen."""
        return [file for file in self.cleaned_data.get("files") or [] if file]

    def sections(self) -> dict[str, str]:
        """What was written."""
        return {one.key: self.cleaned_data.get(one.key, "") for one in SECTIONS}

    def check_whole(self) -> bool:
        """Whether it can be returned; what lacks is put beside its box."""
        lacking = missing(self.sections(), earlier_stands=self.cleaned_data["earlier_stands"])
        for one in SECTIONS:
            if one.question in lacking:
                self.add_error(one.key, f"Answer before you return the advice: {one.question}")
        return not lacking


class LinkAdviceForm(AdviceForm):
    """Advice through a link: the professional also says who they are."""

    role = forms.CharField(label="Your job", max_length=120, help_text="For example: speech and language therapist")


class HandOnForm(forms.Form):
    """A colleague or another team of the service."""

    person = forms.ModelChoiceField(User.objects.none(), label="A colleague", required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label="Or a team", required=False)
    why = forms.CharField(label="Why?", max_length=200)

    def __init__(self, *args: Any, people: Any, teams: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people
        self.fields["team"].queryset = teams


class QuestionForm(forms.Form):
    """A question to the case officer."""

    mark_optional = False
    text = message_field("Your question", empty="Write your question before you send it.")


class WhenForm(forms.Form):
    """When the advice will be there."""

    expected_on = DateField(label="Day on which you will send the advice")
    why = forms.CharField(label="If that is later than the law allows: why?", max_length=300, required=False)


class LinkForm(forms.Form):
    """Who gets a link."""

    mark_optional = False
    name = forms.CharField(label="Name of the professional", max_length=150)
    email = forms.EmailField(label="Work email address")


class BirthForm(forms.Form):
    """What shows that the link is in the right hands."""

    mark_optional = False
    born_on = DateField(label="The child’s date of birth")
