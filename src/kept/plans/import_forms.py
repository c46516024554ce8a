"""Forms of reading in an old plan."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.design.forms import DateField
from kept.plans.section_sets import SectionSet
from kept.plans.words import Kind

LONGEST_ENTRY = 20_000


class BeginForm(forms.Form):
    """The plan to read in: pasted words or a file."""

    mark_optional = False
    file = forms.FileField(
        label="File of the plan",
        required=False,
        allow_empty_file=True,
        help_text="A Word document (.docx), a PDF with words in it, or plain text.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = forms.CharField(
        label="Or paste the words of the plan",
        required=False,
        strip=False,
        help_text="With its headings, such as “Section F”.",
        widget=forms.Textarea(attrs={"rows": "10"}),
    )
    is_in_force = forms.ChoiceField(
        label="What is it?",
        choices=[("yes", "The plan in force: I will look through it and say since when"),
                 ("no", "Words for a draft that I will go on writing")],
        initial="yes",
        widget=forms.RadioSelect,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        given = super().clean() or {}
        if not given.get("file") and not (given.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("file", "Choose a file, or paste the words of the plan.")
        return given


class MendForm(forms.Form):
    """One entry as a machine read it: its words, and where they belong. An empty line splits it into two."""

    mark_optional = False
    text = forms.CharField(
        label="Words",
        max_length=LONGEST_ENTRY,
        help_text="An empty line between two parts makes two entries of them.",
        widget=forms.Textarea(attrs={"rows": "5"}),
    )
    section = forms.ChoiceField(label="Section")
    kind = forms.ChoiceField(label="What it is", choices=Kind.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sections: SectionSet, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sections = sections
        self.fields["section"].choices = [(one.code, one.name) for one in sections.sections]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A section holds only some kinds of entry; where the kind does not fit, the section's own is taken."""
        given = super().clean() or {}
        if given.get("section") and given.get("kind"):
            kinds = self.sections.section(given["section"]).kinds
            given["kind"] = Kind(given["kind"]) if given["kind"] in kinds else kinds[0]
        return given


class InForceForm(forms.Form):
    """Since when a plan that was read in is in force."""

    on = DateField(label="In force since", help_text="The day on which the final plan was issued.")
    signed_by = forms.CharField(label="Signed by", required=False, max_length=120)
