"""What a programme records. No row says how well it goes: statuses are worked out from dated facts."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.improvement import words

PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class Programme(AreaRow):
    """A programme, with an accountable officer of the council and one of the NHS."""

    kind = models.CharField(max_length=10, choices=words.Kind)
    name = models.CharField(max_length=200)
    council_officer = models.ForeignKey(User, null=True, **PERSON)
    nhs_officer = models.ForeignKey(User, null=True, **PERSON)
    started_on = models.DateField(help_text="baselines end the day before, for good")
    report_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    source_link = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Finding(AreaRow):
    """A weakness in the words of whoever found it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=words.FindingKind)
    text = models.TextField()
    is_illustrative = models.BooleanField(default=False)
    source_link = models.URLField(blank=True)
    bodies = ArrayField(models.UUIDField(), help_text="the agencies responsible, one or more")
    outcome = models.TextField(help_text="what will be different, in words a family would use")
    children_affected = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["area", "programme", "number"], name="one_finding_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class Cause(AreaRow):
    """Why it is so."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="causes")
    statement = models.TextField()
    how_tested = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=words.CauseState, default=words.CauseState.GUESS)
    agreed_by = ArrayField(models.UUIDField(), default=list, help_text="the agencies that agreed; two are needed")

    def __str__(self) -> str:
        return self.statement[:60]


class Action(AreaRow):
    """What is done about causes, and what it is expected to move, by how much and when."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions")
    causes = models.ManyToManyField(Cause, through="ActionCause", related_name="actions")
    what = models.TextField()
    agency = models.ForeignKey(Agency, **PERSON)
    lead = models.ForeignKey(User, **PERSON)
    starts_on = models.DateField()
    effect_code = models.CharField(max_length=8, blank=True)
    effect_size = models.CharField(max_length=60, blank=True)
    lag_months = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.TextField(blank=True)
    enables = models.ForeignKey("self", null=True, blank=True, **PERSON)

    class Meta:
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return self.what[:60]


class ActionCause(AreaRow):
    """That an action answers a cause."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.action_id} {self.cause_id}"


class Milestone(AreaRow):
    """A deliverable with its test. The promised date is never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    deliverable = models.CharField(max_length=200)
    acceptance_test = models.CharField(max_length=300)
    promised_on = models.DateField()

    class Meta:
        ordering = ["promised_on", "id"]

    def __str__(self) -> str:
        return self.deliverable


class Forecast(AreaRow):
    """That a milestone's date was moved: to when, why, by whom. Never changed."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="forecasts")
    expected_on = models.DateField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.expected_on}"


class Update(AreaRow):
    """News of an action, on a day. It holds for 45 days."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    on = models.DateField()
    words = models.TextField()
    by = models.ForeignKey(User, **PERSON)

    def __str__(self) -> str:
        return f"{self.on}"


class Evidence(AreaRow):
    """Something that is said to prove a claim; somebody from another agency says whether it does."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="evidence", null=True, blank=True)
    claim = models.CharField(max_length=10, choices=words.Claim)
    kind = models.CharField(max_length=10, choices=words.EvidenceKind)
    what = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    submitted_by = models.ForeignKey(User, **PERSON)
    agency = models.ForeignKey(Agency, **PERSON)
    submitted_on = models.DateField()
    reviewed_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    reviewer_agency = models.ForeignKey(Agency, null=True, blank=True, **PERSON)
    reviewed_on = models.DateField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)
    said = models.TextField("what the reviewer says", blank=True)

    class Meta:
        ordering = ["submitted_on", "id"]

    def __str__(self) -> str:
        return self.what


class Aim(AreaRow):
    """One version of how a finding is measured. A change is a further row; the old line stays. Never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="aims")
    code = models.CharField(max_length=8)
    target = models.FloatField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    baseline_until = models.DateField()
    why = models.CharField(max_length=300)
    version = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(User, **PERSON)
    on = models.DateField()

    class Meta:
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["area", "finding", "code", "version"], name="one_aim_a_version")]

    def __str__(self) -> str:
        return f"{self.code}.{self.version}"


class Comment(AreaRow):
    """What an officer says beside a chart, marked as a comment. The chart's own words are generated. Never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="comments")
    code = models.CharField(max_length=8)
    words = models.TextField()
    by = models.ForeignKey(User, **PERSON)
    on = models.DateField()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.on}"


class ImpactClaim(AreaRow):
    """That the agencies say it worked, with the chart as it was, what speaks against it, and their answers."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="claims")
    on = models.DateField()
    by = models.ForeignKey(User, **PERSON)
    words = models.TextField()
    snapshot = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    against = models.JSONField(default=list)
    answers = models.JSONField(default=list)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on}"


class Verdict(AreaRow):
    """What families say, entered by their forum. Agencies read it; nobody changes it."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="verdicts")
    on = models.DateField()
    method = models.CharField(max_length=10, choices=words.Method)
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    answer = models.CharField(max_length=10, choices=words.Answer)
    words = models.TextField()
    by = models.ForeignKey(User, **PERSON)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered__lte=models.F("asked")), name="no_more_answers_than_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.answer}"


class ReAudit(AreaRow):
    """That a finding was audited again, by the forum and by an agency, and whether it still holds."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reaudits")
    on = models.DateField()
    by = models.ForeignKey(User, **PERSON)
    agency = models.ForeignKey(Agency, null=True, **PERSON)
    is_forum = models.BooleanField()
    holds = models.BooleanField()
    words = models.TextField()

    def __str__(self) -> str:
        return f"{self.on}"


class Closing(AreaRow):
    """That an accountable officer agreed to close a finding; two make it closed. Never changed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="closings")
    on = models.DateField()
    by = models.ForeignKey(User, **PERSON)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "finding", "by"], name="each_officer_agrees_once")]

    def __str__(self) -> str:
        return f"{self.on}"


class Challenge(AreaRow):
    """A question to the programme, with a date for its answer. Only whoever asked says that it is resolved."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="challenges")
    asked_by = models.ForeignKey(User, **PERSON)
    on_behalf_of = models.CharField(max_length=120)
    words = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    resolved_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.words[:60]


class Investment(AreaRow):
    """Money, with the outcome that it was promised for beside it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="investments")
    what = models.CharField(max_length=200)
    pounds = models.PositiveBigIntegerField()
    is_yearly = models.BooleanField(default=False)
    promised = models.CharField("benefit promised", max_length=300)
    realised = models.CharField("benefit realised", max_length=300, blank=True)

    def __str__(self) -> str:
        return self.what


class Pack(AreaRow):
    """A review pack as it stood on its freeze date. Never changed."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="packs")
    frozen_on = models.DateField()
    title = models.CharField(max_length=200)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, **PERSON)

    class Meta:
        ordering = ["-frozen_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Meeting(AreaRow):
    """A meeting of a body, with the agenda that was built for it from what moved, and its minutes."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(max_length=10, choices=words.Body)
    meets_on = models.DateField()
    agenda = models.JSONField(encoder=DjangoJSONEncoder)
    minutes = models.TextField(blank=True)
    chair_note = models.TextField("the chair's public note", blank=True)
    noted_on = models.DateField("day on which the note was published", null=True, blank=True)

    class Meta:
        ordering = ["-meets_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "programme", "body", "meets_on"], name="one_meeting_a_body_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.meets_on}"


class Decision(AreaRow):
    """What a meeting decided, who does it and by when: a duty until it is done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, **PERSON)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.what
