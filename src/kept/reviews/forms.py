"""The forms of a review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kept.access.models import Agency
from kept.design.forms import DateField
from kept.design.words import short_day
from kept.reviews.models import Invitee
from kept.reviews.plan_facts import Item
from kept.reviews.words import Changed, Kind, Outcome, Part, Topic

LONG = {"rows": "6"}
LONGEST_WORDS = 10_000


def _long(label: str, hint: str = "", *, required: bool = True, rows: int = 6) -> forms.CharField:
    attrs = {"rows": str(rows)}
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=10_000, widget=forms.Textarea(attrs=attrs)
    )


class OnReview(forms.Form):
    """A form about one review as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlanForm(forms.Form):
    """When and where a review is held."""

    kind = forms.ChoiceField(label="What kind of review", choices=Kind, widget=forms.RadioSelect)
    meets_on = DateField(label="Day of the meeting")
    meets_at = forms.CharField(label="Time", max_length=20, required=False)
    place = forms.CharField(label="Where", help_text="Empty: at the setting.", max_length=200, required=False)


class MoveForm(OnReview):
    """Another day."""

    to = DateField(label="New day of the meeting")
    why = forms.CharField(label="Why it is moved", max_length=300)
    asked_by_family = forms.BooleanField(label="The family asked for it", required=False)


class WhyForm(OnReview):
    """A reason."""

    why = forms.CharField(label="Why", max_length=300)


class PersonForm(forms.Form):
    """Somebody to invite."""

    part = forms.ChoiceField(label="Who they are", choices=Part)
    name = forms.CharField(label="Name or service", max_length=150)
    email = forms.EmailField(label="Email address", help_text="Empty: a letter to print.", required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Service, if it is in Kept", required=False)

    def __init__(self, *args: Any, agencies: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = agencies


class InviteForm(OnReview):
    """Send the invitations."""

    posted = forms.BooleanField(
        label="The letters of those without an email address are printed and posted, or given by hand", required=False
    )


class WriteForm(forms.Form):
    """One part of the papers."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": "10"}), max_length=LONGEST_WORDS)
    how = forms.CharField(label="How were they asked?", max_length=200, required=False)

    def __init__(self, *args: Any, topic: Topic, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label, self.fields["words"].help_text = topic.title, topic.hint
        if topic.key != "child":
            del self.fields["how"]
        else:
            self.fields["how"].required = True
            self.fields["how"].help_text = "Talking, pictures, watching with somebody who knows them ..."


class CirculateForm(OnReview):
    """Send the papers."""

    not_heard_because = forms.CharField(
        label="There is no child’s part yet. Why?",
        help_text="It is better to ask the child first. If that cannot be, say why: everybody reads it.",
        max_length=300,
        required=False,
    )


class HeldForm(OnReview):
    """Who came."""

    came = forms.MultipleChoiceField(label="Who came", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, invitees: Sequence[Invitee], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["came"].choices = [(str(one.pk), f"{one.name}, {one.get_part_display()}") for one in invitees]


class JudgeForm(forms.Form):
    """What the meeting says of one outcome or one item of help."""

    verdict = forms.ChoiceField(label="What the meeting says", required=False)
    evidence = _long("What shows it", required=False, rows=3)
    given_because = forms.CharField(
        label="If you say that it did not work: what shows that it was given?", max_length=500, required=False
    )
    family = forms.CharField(label="Where the family sees it otherwise", max_length=1000, required=False)

    mark_optional = False

    def __init__(self, *args: Any, item: Item, **more: Any) -> None:
        super().__init__(*args, **more)
        self.item = item
        self.fields["verdict"].choices = [("", "Not judged yet"), *((one.value, one.words) for one in item.verdicts)]
        if not item.is_provision:
            del self.fields["given_because"]


class TypeForm(forms.Form):
    """An outcome or help from the paper plan."""

    section = forms.ChoiceField(
        label="Section of the plan",
        choices=[
            ("E", "E: outcome"), ("F", "F: special educational provision"), ("G", "G: health care provision"),
            ("H1", "H1: social care under 18"), ("H2", "H2: other social care"),
        ],
    )  # fmt: skip
    text = _long("The words of the plan", rows=3)


class MeasureForm(forms.Form):
    """Where a child stands on an outcome."""

    lineage = forms.ChoiceField(label="Which outcome")
    value = forms.CharField(label="What was measured", max_length=300)
    on = DateField(label="On which day")

    def __init__(self, *args: Any, items: Sequence[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["lineage"].choices = [
            (str(one.lineage), f"{one.label}: {one.text[:80]}") for one in items if not one.is_provision
        ]


class ReportForm(OnReview):
    """The report."""

    summary = _long("What was said and agreed", "Progress, what helped, what the child and the family want.")
    recommends = forms.ChoiceField(label="What the meeting recommends", choices=Outcome, widget=forms.RadioSelect)
    changes = _long("What should be changed in the plan", "By section, with the words wanted.", required=False)
    disagreements = _long("Where people see it differently", "Who, and why.", required=False, rows=3)


class DecideForm(OnReview):
    """The council's decision."""

    outcome = forms.ChoiceField(label="The decision", choices=Outcome, widget=forms.RadioSelect)
    reasons = _long("The reasons", "The family is told them.")
    on = DateField(label="Day on which the family was told")


class FeedbackForm(forms.Form):
    """What a family says afterwards."""

    changed = forms.ChoiceField(label="Did the meeting change something?", choices=Changed, widget=forms.RadioSelect)
    words = _long("What changed, or should have", required=False, rows=3)


class EarlyForm(forms.Form):
    """Why a review is needed now."""

    why = _long("What has changed?", "Why the review cannot wait: what is not working, what the child needs now.")


class AnswerForm(forms.Form):
    """The answer to it."""

    agreed = forms.ChoiceField(
        label="Your answer", choices=[("yes", "Yes, we hold a review"), ("no", "No")], widget=forms.RadioSelect
    )
    meets_on = DateField(label="Day of the meeting, if yes", required=False)
    answer = _long("What you tell them", required=False, rows=3)


class FilterForm(forms.Form):
    """Which reviews are shown."""

    mark_optional = False
    which = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("open", "All that are open"), ("mine", "Mine"), ("held", "The day has passed: was it held?"),
            ("report", "Report to write"), ("decide", "Decision owed"), ("over", "Decided or cancelled"),
        ],
    )  # fmt: skip
    q = forms.CharField(label="Name", required=False, max_length=80)


class YearForm(forms.Form):
    """Which of the year."""

    mark_optional = False
    month = forms.ChoiceField(label="Must be complete in", required=False)
    planned = forms.ChoiceField(
        label="Planned",
        required=False,
        choices=[("", "All"), ("no", "Not planned"), ("yes", "Planned"), ("late", "Planned too late")],
    )
    q = forms.CharField(label="Name", required=False, max_length=80)

    def __init__(self, *args: Any, months: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        names = [(f"{one:%Y-%m}", short_day(one).split(" ", 1)[1]) for one in months]
        self.fields["month"].choices = [("", "Any month"), *names]
