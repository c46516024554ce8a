"""The forms of an audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kept.access.models import Membership, User
from kept.access.roles import Role
from kept.design.forms import DateField
from kept.quality.prompts import section_name
from kept.rules.quality import Grade

GRADES = [(str(one.value), one.words) for one in reversed(Grade)]


class DrawForm(forms.Form):
    """How the sample is drawn and who judges."""

    name = forms.CharField(label="Name of the audit", max_length=120)
    since = DateField(label="Plans issued from")
    until = DateField(label="Plans issued up to")
    size = forms.IntegerField(label="How many plans", min_value=1, max_value=60)
    seed = forms.IntegerField(
        label="Seed of the draw",
        help_text="Any number. The same number draws the same plans again, so nobody can say that they were picked.",
        min_value=0,
        max_value=2**31 - 1,
    )
    due_on = DateField(label="Judged by")
    auditors = forms.MultipleChoiceField(
        label="Who may be asked to judge",
        help_text="Two of different agencies and a parent carer are seated at each plan; nobody at one that they know.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Sequence[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["auditors"].choices = [(str(one.user_id), _said(one)) for one in people]


def _said(one: Membership) -> str:
    what = "parent-carer representative" if one.role == Role.FORUM else one.role_name.lower()
    return f"{one.user.name}, {what}{', ' + one.agency.name if one.agency else ''}"


class GradeForm(forms.Form):
    """The grade of one section."""

    grade = forms.ChoiceField(label="Grade", choices=GRADES, widget=forms.RadioSelect, required=False)
    why = forms.CharField(label="Why", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": "3"}))
    mark_optional = False


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label="Why", max_length=300)


class ReseatForm(forms.Form):
    """Who sits in a chair that was left."""

    auditor = forms.ChoiceField(label="Who judges instead")
    due_on = DateField(label="Judged by")

    def __init__(self, *args: Any, people: Sequence[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["auditor"].choices = [(str(one.user_id), _said(one)) for one in people]


class ModerateForm(forms.Form):
    """The grade that settles it."""

    section = forms.ChoiceField(label="Section")
    grade = forms.ChoiceField(label="Grade", choices=GRADES, widget=forms.RadioSelect)
    why = forms.CharField(label="Why", max_length=3000, widget=forms.Textarea(attrs={"rows": "3"}))

    def __init__(self, *args: Any, sections: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["section"].choices = [(one, section_name(one)) for one in sections]


class ActionForm(forms.Form):
    """What is to be done."""

    what = forms.CharField(label="What is to be done", max_length=300)
    owner = forms.ModelChoiceField(User.objects.none(), label="Who does it")
    due_on = DateField(label="By when")
    section = forms.CharField(label="About which section", max_length=20, required=False)
    rule = forms.CharField(label="About which check", help_text="Such as F02.", max_length=8, required=False)

    def __init__(self, *args: Any, owners: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = owners


class DoneForm(forms.Form):
    """What shows that it is done."""

    evidence = forms.CharField(
        label="What shows that it is done", max_length=3000, widget=forms.Textarea(attrs={"rows": "3"})
    )


class CloseForm(forms.Form):
    """Whether the evidence is enough."""

    enough = forms.ChoiceField(
        label="Is that enough?", choices=[("yes", "Yes, close it"), ("no", "No, send it back")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = forms.CharField(label="What is missing, if not", max_length=300, required=False)
