"""The forms of a programme: one for each thing that may be recorded on a finding."""

from __future__ import annotations

from typing import Any

from django import forms

from kept.access.acting import Actor
from kept.access.models import Agency, AgencyKind, User
from kept.access.queries import colleagues
from kept.access.roles import Role
from kept.design.forms import DateField
from kept.improvement import words
from kept.improvement.models import Action, Cause, Evidence, Finding, Milestone
from kept.measures.catalogue import BY_CODE, COMPUTED

LONG = {"rows": "4"}
LEADS = (Role.DIRECTOR, Role.CASE_MANAGER, Role.DESIGNATED_OFFICER, Role.CASE_OFFICER)


def _text(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=2000, widget=forms.Textarea(attrs=LONG)
    )


def in_full(cause: Cause) -> str:
    """A cause in a list: all its words, and how sure anybody is of it."""
    return f"{cause.statement} ({cause.get_state_display().lower()})"


class OnFinding(forms.Form):
    """A form that knows the finding, and who fills it in."""

    button = "Save"
    lead = ""

    def __init__(self, *args: Any, finding: Finding, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.finding, self.actor = finding, actor
        self.prepare()

    def prepare(self) -> None:
        """Set what may be chosen."""

    def choose(self, name: str, found: Any) -> None:
        """What a drop-down list offers."""
        self.fields[name].queryset = found


class CauseForm(OnFinding):
    """A root cause."""

    lead = "Why is it so? A cause counts when it was tested."
    statement = _text("The cause")
    how_tested = _text("How it was tested", "Leave empty while it is a guess.", required=False)


class AgreeForm(OnFinding):
    """An agency agrees to a cause."""

    button = "We agree"
    cause = forms.ModelChoiceField(Cause.objects.none(), label="The cause")

    def prepare(self) -> None:
        """The causes of this finding."""
        self.choose("cause", Cause.objects.filter(area=self.actor.area, finding=self.finding))
        self.fields["cause"].label_from_instance = in_full  # type: ignore[attr-defined]


class ActionForm(OnFinding):
    """An action."""

    lead = "An action answers a tested cause, and says what it will move, by how much, how soon and why."
    causes = forms.ModelMultipleChoiceField(Cause.objects.none(), label="Which causes", required=False)
    what = _text("What will be done")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Which agency")
    lead_person = forms.ModelChoiceField(User.objects.none(), label="Who leads it")
    starts_on = DateField(label="When it starts")
    effect_code = forms.ChoiceField(label="Which measure it will move", required=False)
    effect_size = forms.CharField(label="By how much", required=False, max_length=60)
    lag_months = forms.IntegerField(label="After how many months", required=False, min_value=0, max_value=60)
    because = _text("Why it will", required=False)
    enables = forms.ModelChoiceField(Action.objects.none(), label="Or: which action it makes possible", required=False)

    def prepare(self) -> None:
        """Causes and actions of this finding, agencies and people of the area."""
        area = self.actor.area
        self.choose("causes", Cause.objects.filter(area=area, finding=self.finding))
        self.fields["causes"].label_from_instance = in_full  # type: ignore[attr-defined]
        self.choose("agency", Agency.objects.filter(area=area).exclude(kind=AgencyKind.SCHOOL).order_by("name"))
        self.choose("enables", Action.objects.filter(area=area, finding=self.finding))
        people = [user.pk for user in colleagues(self.actor, *LEADS)]
        self.choose("lead_person", User.objects.filter(pk__in=people).order_by("name"))
        self.fields["effect_code"].choices = [("", ""), *((one.code, f"{one.code} {one.title}") for one in COMPUTED)]


class MilestoneForm(OnFinding):
    """A milestone."""

    lead = "The date that you promise here is kept for good; later forecasts stand beside it."
    action = forms.ModelChoiceField(Action.objects.none(), label="Of which action")
    deliverable = forms.CharField(label="What will be there", max_length=200)
    acceptance_test = forms.CharField(label="How somebody else can tell that it is", max_length=300)
    promised_on = DateField(label="By when")

    def prepare(self) -> None:
        """The actions of this finding."""
        self.choose("action", Action.objects.filter(area=self.actor.area, finding=self.finding))


class ForecastForm(OnFinding):
    """A new forecast."""

    milestone = forms.ModelChoiceField(Milestone.objects.none(), label="Which milestone")
    expected_on = DateField(label="When it is now expected")
    why = forms.CharField(label="Why it moved", max_length=300)

    def prepare(self) -> None:
        """The milestones of this finding."""
        self.choose("milestone", Milestone.objects.filter(area=self.actor.area, action__finding=self.finding))


class NewsForm(OnFinding):
    """News of an action."""

    action = forms.ModelChoiceField(Action.objects.none(), label="Which action")
    words = _text("What is new")
    prepare = MilestoneForm.prepare


class EvidenceForm(OnFinding):
    """Evidence."""

    claim = forms.ChoiceField(label="What it proves", choices=words.Claim)
    kind = forms.ChoiceField(label="What kind it is", choices=words.EvidenceKind)
    what = forms.CharField(label="What it is", max_length=300)
    source = forms.CharField(label="Where it can be seen", max_length=300)
    milestone = forms.ModelChoiceField(Milestone.objects.none(), label="Which milestone it delivers", required=False)
    prepare = ForecastForm.prepare


class ReviewForm(OnFinding):
    """A review of evidence."""

    lead = "You can review what another agency submitted."
    evidence = forms.ModelChoiceField(Evidence.objects.none(), label="Which evidence")
    accepted = forms.ChoiceField(label="Does it prove the claim?", choices=[("yes", "Yes"), ("no", "No")])
    said = _text("Why")

    def prepare(self) -> None:
        """What waits for review."""
        self.choose(
            "evidence", Evidence.objects.filter(area=self.actor.area, finding=self.finding, reviewed_on__isnull=True)
        )


class AimForm(OnFinding):
    """How the finding is measured."""

    lead = "A change is a new version; the old line stays on the page. The baseline does not move."
    code = forms.ChoiceField(
        label="Measure", choices=[(one.code, f"{one.code} {one.title}") for one in BY_CODE.values()]
    )
    target = forms.FloatField(label="Target", required=False)
    target_on = DateField(label="By when", required=False)
    why = forms.CharField(label="Why this", max_length=300)


class CommentForm(OnFinding):
    """A comment beside a chart."""

    lead = "It stands beside the chart, marked as a comment with your name. What the chart says stays as computed."
    code = forms.ChoiceField(label="Which measure")
    words = _text("Your comment", "Name no child and no family.")

    def prepare(self) -> None:
        """The measures of this finding."""
        codes = dict.fromkeys(aim.code for aim in self.finding.aims.all())
        self.fields["code"].choices = [(code, f"{code} {BY_CODE[code].title}") for code in codes]  # type: ignore[attr-defined]


class ClaimForm(OnFinding):
    """A claim that it worked, with an answer to each line of evidence against it."""

    button = "Claim"
    lead = "Each line that the records hold against it needs an answer. Figures that do not bear it out refuse it."
    mark_optional = False  # the rule asks for every answer, and names the lines that have none
    words = _text("What changed for children and families")

    def __init__(self, *args: Any, against: tuple[str, ...] = (), **more: Any) -> None:
        self.against = against
        super().__init__(*args, **more)

    def prepare(self) -> None:
        """A box for each line of counter-evidence."""
        for at, line in enumerate(self.against):
            self.fields[f"answer_{at}"] = _text(f"What do you say to this? {line}", required=False)

    def answers(self) -> list[str]:
        """The answers in the order of the lines."""
        return [self.cleaned_data.get(f"answer_{at}", "") for at in range(len(self.against))]


class VerdictForm(OnFinding):
    """The families' verdict."""

    lead = "Only the forum enters this, and nobody can change it."
    method = forms.ChoiceField(label="How you asked", choices=words.Method)
    asked = forms.IntegerField(label="How many families were asked", min_value=1)
    answered = forms.IntegerField(label="How many answered", min_value=1)
    answer = forms.ChoiceField(label="Did it work?", choices=words.Answer)
    words = _text("In your words", "Nobody should be recognisable from this.")


class ReAuditForm(OnFinding):
    """A re-audit."""

    holds = forms.ChoiceField(label="Does the improvement still hold?", choices=[("yes", "Yes"), ("no", "No")])
    words = _text("What you saw")


class CloseForm(OnFinding):
    """An accountable officer agrees to close."""

    button = "Agree to close"


class ChallengeForm(forms.Form):
    """A challenge."""

    on_behalf_of = forms.CharField(label="For whom you ask", max_length=120, help_text="For example: scrutiny")
    words = _text("Your question")


class ReplyForm(forms.Form):
    """A reply."""

    words = _text("Your reply")


class ProgrammeForm(forms.Form):
    """A new programme."""

    kind = forms.ChoiceField(label="Kind", choices=words.Kind)
    name = forms.CharField(label="Name", max_length=200)
    started_on = DateField(label="When it started", help_text="Baselines end the day before, for good.")


class FindingForm(forms.Form):
    """A new finding."""

    kind = forms.ChoiceField(label="Kind", choices=words.FindingKind)
    text = _text("The finding, in the words of whoever found it")
    outcome = _text("What will be different, in words a family would use")
    bodies = forms.ModelMultipleChoiceField(Agency.objects.none(), label="Who is responsible", required=False)

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        found = Agency.objects.filter(area=actor.area).exclude(kind=AgencyKind.SCHOOL).order_by("name")
        self.fields["bodies"].queryset = found  # type: ignore[attr-defined]


class OfficersForm(forms.Form):
    """The two accountable officers."""

    button = "Name them"
    lead = "Nothing is closed before both agree. One answers for the council, the other for the NHS."
    council_officer = forms.ModelChoiceField(User.objects.none(), label="Who answers for the council")
    nhs_officer = forms.ModelChoiceField(User.objects.none(), label="Who answers for the NHS")

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, roles in (("council_officer", (Role.DIRECTOR,)), ("nhs_officer", (Role.DESIGNATED_OFFICER,))):
            people = [user.pk for user in colleagues(actor, *roles)]
            self.fields[name].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]


class InvestmentForm(forms.Form):
    """A line of money."""

    lead = "Money stands here with what families were promised for it, and with what came of it."
    what = forms.CharField(label="What the money is for", max_length=200)
    pounds = forms.IntegerField(label="How many pounds", min_value=1, max_value=10**12)
    is_yearly = forms.BooleanField(label="Each year", required=False)
    promised = forms.CharField(label="What families will notice", max_length=300)


class RealisedForm(forms.Form):
    """What came of money."""

    realised = forms.CharField(label="What came of it", max_length=300)
