"""Cases and their append-only events."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kept.access.models import Agency, Team, User
from kept.access.rows import AreaRow
from kept.people.models import Child


class Case(AreaRow):
    """One child's EHC case. `stage` and `next_due_on` are projections of the events, rewritten by every action."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=20)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="officer_of", null=True, blank=True)
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputy_of", null=True, blank=True)
    opened_on = models.DateField()
    stage = models.CharField(max_length=40, editable=False)
    stage_since = models.DateField(null=True, editable=False)
    next_due_on = models.DateField(null=True, editable=False)
    next_what = models.CharField(max_length=300, blank=True, editable=False)
    has_plan = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["area", "child", "-opened_on"], include=["stage", "has_plan"], name="cases_of_a_child"
            ),
            models.Index(fields=["area", "stage", "next_due_on"]),
            models.Index(fields=["area", "officer", "stage"], include=["child"], name="cases_of_an_officer"),
            models.Index(fields=["area", "next_due_on"]),
        ]
        constraints = [models.UniqueConstraint(fields=["area", "reference"], name="one_case_a_reference")]

    def __str__(self) -> str:
        return self.reference


class Event(AreaRow):
    """Something that happened, on a date. Never edited: a correction is a new event that supersedes the old one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    happened_on = models.DateField()
    details = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    is_withdrawal = models.BooleanField(
        default=False, help_text="the superseded event was recorded in error and nothing takes its place"
    )
    token = models.UUIDField(null=True, blank=True, help_text="the form it came from: a double click records once")

    class Meta:
        ordering = ["happened_on", "id"]
        indexes = [
            models.Index(fields=["area", "case", "happened_on"]),
            models.Index(fields=["area", "kind", "happened_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "token"], name="a_form_records_once"),
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(supersedes__isnull=False), name="a_withdrawal_withdraws_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class AdviceRequest(AreaRow):
    """One body asked for advice in an assessment; its clock runs from the day it received the request."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advice_requests")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=200, help_text="who was asked, as the clock names it")
    kind = models.CharField(max_length=30)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_for = models.TextField(blank=True)
    asked_on = models.DateField()
    received_on = models.DateField(help_text="the day on which the body received it")
    answered_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["received_on", "body"]
        constraints = [
            models.UniqueConstraint(fields=["area", "case", "body", "received_on"], name="one_request_a_body_and_day")
        ]
        indexes = [
            models.Index(fields=["area", "agency"], condition=Q(answered_on__isnull=True), name="advice_still_awaited")
        ]

    def __str__(self) -> str:
        return self.body


class PanelItem(AreaRow):
    """A case on the list of a decision panel. Recommending is the panel's; deciding is an event of the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="panel_items")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    meets_on = models.DateField()
    question = models.CharField(max_length=40)
    summary = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    considered_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meets_on", "id"]
        indexes = [models.Index(fields=["area", "meets_on"])]
        constraints = [
            models.UniqueConstraint(fields=["area", "case", "question", "meets_on"], name="listed_once_a_panel")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.meets_on}"


class ReadingChoice(AreaRow):
    """That the area chose how to read a point of law, from when, by whom and why. The latest that has begun holds."""

    reading = models.CharField(max_length=40)
    choice = models.CharField(max_length=60)
    why = models.TextField()
    starts_on = models.DateField(null=True, blank=True, help_text="the first day on which it holds; from once if empty")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "made_at"])]

    def __str__(self) -> str:
        return f"{self.reading}: {self.choice}"
