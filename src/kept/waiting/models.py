"""What a waiting list records: how the area set it up, referrals with their append-only events, imports, findings.

State, priority and dates on a referral are a copy of what its events say (`folding`), kept so that lists of thousands
are quick; nobody types them in, and the nightly work makes them anew where they differ.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.people.models import Child
from kept.waiting import words

KEPT: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class Dated(AreaRow):
    """A row of the area's configuration that holds from and until the dates given, both included."""

    starts_on = models.DateField(default="2014-09-01")
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Service(Dated):
    """A service that children wait for, run by one agency."""

    kind = models.CharField(max_length=16, choices=words.ServiceKind)
    name = models.CharField(max_length=160)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    entry_id = models.UUIDField("entry in the Local Offer", null=True, blank=True)
    upper_age = models.PositiveSmallIntegerField("last age it sees", default=18)
    longest_pause_days = models.PositiveSmallIntegerField(default=28)
    discipline = models.CharField(max_length=10, choices=words.Discipline, default=words.Discipline.PRIORITY)
    reserved_percent = models.PositiveSmallIntegerField("share kept for the longest wait, %", default=0)
    contact_weeks = models.PositiveSmallIntegerField("weeks between waiting-well contacts", default=12)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "agency", "name"], name="one_waiting_service_a_name")]

    def __str__(self) -> str:
        return self.name


class Pathway(Dated):
    """The way from a referral to an answer: stages one after another, of one service or several."""

    name = models.CharField(max_length=160)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_pathway_a_name")]

    def __str__(self) -> str:
        return self.name


class Stage(Dated):
    """One stage of a pathway = one waiting list of one service."""

    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="stages")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=160)
    standard = models.CharField("standard it is counted by", max_length=40, blank=True)
    ends_with = ArrayField(
        models.CharField(max_length=24), default=list, help_text="events after which the child has been seen"
    )
    attended_means = models.CharField(
        "what a first attended appointment also is",
        max_length=24,
        blank=True,
        help_text="such as the start of the assessment, so that one press records both",
    )
    urgent_weeks = models.PositiveSmallIntegerField("target of P1, weeks", default=2)
    soon_weeks = models.PositiveSmallIntegerField("target of P2, weeks", default=6)
    routine_weeks = models.PositiveSmallIntegerField("target of P3, weeks", default=18)
    profession = models.CharField(max_length=60, blank=True)
    hours = models.FloatField("hours of work for one child", null=True, blank=True)

    class Meta:
        ordering = ["service__name", "order"]
        constraints = [models.UniqueConstraint(fields=["area", "pathway", "service", "name"], name="one_stage_a_name")]

    def __str__(self) -> str:
        return self.name

    def weeks_for(self, priority: int) -> int:
        """The target of a priority, weeks."""
        return {1: self.urgent_weeks, 2: self.soon_weeks}.get(priority, self.routine_weeks)


class Standard(AreaRow):
    """One dated row of a standard: what starts, stops, pauses and resets its clock, and how long is allowed."""

    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    starts = ArrayField(models.CharField(max_length=24))
    stops = ArrayField(models.CharField(max_length=24))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    days_reported = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.FloatField(null=True, blank=True)
    is_statutory = models.BooleanField(default=False)
    status = models.CharField(max_length=12)
    source = models.CharField(max_length=300)
    first_missed_nullifies = models.BooleanField(default=False)
    monitoring_stops = models.BooleanField(default=False)
    pause_reasons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    why = models.TextField("why the area counts so from then on", blank=True)
    made_by = models.ForeignKey(User, null=True, blank=True, **KEPT)

    class Meta:
        ordering = ["key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["area", "key", "valid_from"], name="one_standard_row_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="standard_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mapping(AreaRow):
    """Which column of another system's file holds what: kept for the next file of the same source."""

    source = models.CharField(max_length=120)
    columns = models.JSONField(default=dict, help_text="our field -> their heading")
    stage_words = models.JSONField(default=dict, help_text="their word for a list -> key of our stage")
    changed_on = models.DateField()
    by = models.ForeignKey(User, **KEPT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "source"], name="one_mapping_a_source")]

    def __str__(self) -> str:
        return self.source


class Batch(AreaRow):
    """One file that a provider sent: when, how many rows, how many of them open, what was refused and why."""

    source = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, null=True, blank=True, **KEPT)
    on = models.DateField()
    rows = models.PositiveIntegerField()
    open_rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, help_text="pairs of row number and sentence; no names")
    reported_total = models.PositiveIntegerField(null=True, blank=True, help_text="what the sender says it holds open")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, **KEPT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-at"]
        indexes = [models.Index(fields=["area", "source", "on"])]

    def __str__(self) -> str:
        return f"{self.source} {self.on}"


class Referral(AreaRow):
    """One child on one list. Everything below the line is a copy of what the events say."""

    ref = models.CharField(max_length=60)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="waiting_referrals")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="referrals")
    source = models.CharField("system it came from", max_length=120, blank=True)
    batch = models.ForeignKey(Batch, null=True, blank=True, **KEPT)
    referred_by = models.CharField("who referred", max_length=160, blank=True)
    referrer = models.ForeignKey(Agency, null=True, blank=True, **KEPT)
    why = models.TextField("why the child was referred", blank=True)
    earlier = models.ForeignKey("self", null=True, blank=True, **KEPT)
    token = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    # ---- worked out from the events
    state = models.CharField(max_length=12, choices=words.State, default=words.State.REFERRED)
    priority = models.PositiveSmallIntegerField(choices=words.Priority, default=words.Priority.ROUTINE)
    referral_made_on = models.DateField(help_text="the lived wait counts from here, and nothing resets it")
    joined_on = models.DateField(help_text="the day the service received it")
    accepted_on = models.DateField(null=True)
    target_on = models.DateField(null=True)
    next_offer_on = models.DateField(null=True)
    offers = models.PositiveSmallIntegerField(default=0)
    missed = models.PositiveSmallIntegerField(default=0)
    paused_since = models.DateField(null=True)
    contacted_on = models.DateField(null=True)
    last_event_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "source", "ref"], name="one_referral_a_reference"),
            models.UniqueConstraint(fields=["area", "token"], name="a_form_makes_one_referral"),
        ]
        indexes = [
            models.Index(
                fields=["area", "stage", "priority", "referral_made_on"],
                condition=Q(closed_on__isnull=True),
                name="next_to_see",
            ),
            models.Index(fields=["area", "child"], name="waits_of_a_child"),
            models.Index(fields=["area", "stage", "closed_on"], name="seen_lately"),
        ]

    def __str__(self) -> str:
        return self.ref


class Event(AreaRow):
    """A dated fact of a referral. Never changed or removed; a mistake is taken back by an event that names it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    child = models.ForeignKey(Child, **KEPT)
    kind = models.CharField(max_length=24, choices=words.EventKind)
    on = models.DateField()
    for_on = models.DateField("day of the appointment", null=True, blank=True)
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    told = models.BooleanField("the appointment had been clearly communicated", default=True)
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    undoes = models.ForeignKey("self", null=True, blank=True, **KEPT)
    token = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, **KEPT)

    class Meta:
        ordering = ["on", "at", "id"]
        indexes = [
            models.Index(fields=["area", "referral"]),
            models.Index(fields=["area", "by", "at"], name="recorded_lately"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "token"], name="a_press_records_once"),
            models.UniqueConstraint(fields=["area", "undoes"], name="undone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Finding(AreaRow):
    """Something that the nightly check asks a person about. It changes no referral."""

    code = models.CharField(max_length=3)
    key = models.CharField(max_length=200, help_text="the same finding of another night has the same key")
    service = models.ForeignKey(Service, null=True, blank=True, **KEPT)
    child = models.ForeignKey(Child, null=True, blank=True, **KEPT)
    referral = models.ForeignKey(Referral, null=True, blank=True, **KEPT)
    refs = ArrayField(models.CharField(max_length=60), default=list)
    sentence = models.CharField(max_length=300)
    found_on = models.DateField()
    last_found_on = models.DateField()
    answer = models.CharField(max_length=10, choices=words.Answer, blank=True)
    answer_note = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, **KEPT)

    class Meta:
        ordering = ["found_on", "code", "key"]
        constraints = [models.UniqueConstraint(fields=["area", "code", "key"], name="one_finding_a_key")]
        indexes = [models.Index(fields=["area", "service"], condition=Q(answer=""), name="findings_open")]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"
