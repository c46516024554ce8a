"""Reckonings and statements (never changed), scores by month, real posts, and simulations of what would change.

A post is a post, not a person: no row here holds a name of anybody who works.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.forecasts import words
from kept.people.models import Child
from kept.waiting.models import Referral, Stage

KEPT: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}
SHARE = (MinValueValidator(0.0), MaxValueValidator(1.0))
NONE_BELOW = (MinValueValidator(0.0),)


class Reckoning(AreaRow):
    """One night's work on one list: what went in, under which version and seed, and what a reader has to know."""

    stage = models.ForeignKey(Stage, **KEPT)
    on = models.DateField()
    version = models.CharField(max_length=20)
    inputs_hash = models.CharField(max_length=64)
    seed = models.PositiveIntegerField(default=1)
    paths = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    seen_in_26_weeks = models.PositiveIntegerField()
    referred_a_week = models.FloatField()
    left_a_week = models.FloatField(default=0)
    kept_a_week = models.FloatField("appointments kept a week, expected")
    load = models.FloatField(null=True, help_text="none where nobody can be seen at all")
    is_funded = models.BooleanField("a dated plan brings the load to one or below", default=False)
    withheld = models.CharField(max_length=16, choices=words.Withheld, blank=True)
    widened_by = models.FloatField("weeks added at both ends", default=0)
    causes = ArrayField(models.CharField(max_length=200), default=list)
    warnings = ArrayField(models.CharField(max_length=300), default=list)

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["area", "stage", "on"], name="one_reckoning_a_night")]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.on}"


class Statement(AreaRow):
    """What one family was told on a day. Never changed; a later one takes its place. Weeks count from `made_on`."""

    reckoning = models.ForeignKey(Reckoning, on_delete=models.PROTECT, related_name="statements")
    stage = models.ForeignKey(Stage, **KEPT)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="statements")
    child = models.ForeignKey(Child, **KEPT)
    made_on = models.DateField()
    priority = models.PositiveSmallIntegerField()
    ahead = models.PositiveIntegerField("children who are served before")
    withheld = models.CharField(max_length=16, choices=words.Withheld, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    low = models.PositiveSmallIntegerField(null=True)
    median = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    deciles = ArrayField(models.FloatField(), default=list, help_text="10th to 90th percentile, weeks")
    sentence = models.TextField()
    baselines = models.JSONField(default=dict, help_text="what five plain rules said that day, weeks")

    class Meta:
        ordering = ["-made_on"]
        constraints = [
            models.UniqueConstraint(fields=["area", "referral", "made_on"], name="one_statement_a_day"),
            models.CheckConstraint(
                condition=Q(withheld="", first__isnull=False, last__gte=F("first"))
                | ~Q(withheld="") & Q(first__isnull=True, last__isnull=True),
                name="a_date_or_a_reason_why_not",
            ),
        ]
        indexes = [models.Index(fields=["area", "stage", "made_on"], name="statements_of_a_list")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.made_on}"


class Score(AreaRow):
    """How the statements resolved in a month did, for one list or (none) the area. Published, never changed."""

    stage = models.ForeignKey(Stage, null=True, **KEPT)
    month = models.DateField(help_text="its first day")
    computed_on = models.DateField()
    resolved = models.PositiveIntegerField()
    inside = models.PositiveIntegerField()
    in_months_told = models.PositiveIntegerField("seen in the months that were named")
    coverage = models.FloatField(null=True)
    beyond = models.FloatField(null=True)
    band_low = models.PositiveIntegerField(default=0)
    band_high = models.PositiveIntegerField(default=0)
    accepted = models.BooleanField(null=True)
    interval_score = models.FloatField(null=True)
    mean_width = models.FloatField(null=True)
    errors = models.JSONField(default=dict, help_text="mean absolute error in weeks: ours and each plain rule's")
    rank_counts = ArrayField(models.PositiveIntegerField(), default=list)
    by_priority = models.JSONField(default=dict)
    by_group = models.JSONField(default=dict, help_text="split to group to [resolved, inside, coverage]")

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["area", "stage", "month"], name="one_score_a_month", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.month:%Y-%m}"


class Recalibration(AreaRow):
    """A manager's signature under wider statements, after which a list's statements are given again."""

    stage = models.ForeignKey(Stage, **KEPT)
    on = models.DateField()
    by = models.ForeignKey(User, **KEPT)
    widen_by = models.FloatField()
    statements = models.PositiveIntegerField("statements it was worked out from")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.on}"


class Profession(AreaRow):
    """How a profession works here. Every figure is a planning assumption until the area puts in its own record."""

    name = models.CharField(max_length=60)
    hours_per_week = models.FloatField("hours of a full-time week", default=37.5, validators=NONE_BELOW)
    leave_weeks = models.FloatField("weeks of leave and training a year", default=8, validators=NONE_BELOW)
    sickness = models.FloatField("share of time lost to sickness", default=0.045, validators=SHARE)
    annual_leaving = models.FloatField("share that leaves in a year", default=0.12, validators=SHARE)
    ramp_start = models.FloatField("share of full work in the first week", default=0.25, validators=SHARE)
    ramp_weeks = models.FloatField("weeks until full work", default=26, validators=NONE_BELOW)
    supervision_hours = models.FloatField("hours a week to supervise a newcomer", default=1.5, validators=NONE_BELOW)
    lead_weeks = models.FloatField("weeks from advert to first day, median", default=16, validators=NONE_BELOW)
    lead_spread = models.FloatField(default=0.4, validators=NONE_BELOW)
    round_fails = models.FloatField("chance that an advert finds nobody", default=0.3, validators=SHARE)
    cost_per_week = models.FloatField("cost of one full-time week, pounds", default=0, validators=NONE_BELOW)
    source = models.CharField("where the figures come from", max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_profession_a_name")]

    def __str__(self) -> str:
        return self.name


class Share(AreaRow):
    """How much of a profession's time goes to one list from a day on, and the hours of one appointment there."""

    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, related_name="shares")
    stage = models.ForeignKey(Stage, **KEPT)
    share = models.FloatField("share of working time", validators=SHARE)
    hours_per_slot = models.FloatField("hours of work for one child", validators=[MinValueValidator(0.05)])
    starts_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["area", "profession", "stage", "starts_on"], name="one_share_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.share}"


class Post(AreaRow):
    """A funded post, or a group in training who may take posts here."""

    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField("what the post is called, never who holds it", max_length=80)
    kind = models.CharField(max_length=10, choices=words.PostKind)
    fte = models.FloatField(
        "full-time equivalent", default=1, validators=[MinValueValidator(0.01), MaxValueValidator(1.5)]
    )
    starts_on = models.DateField(
        "first day, day of the advert, or end of training", null=True, blank=True,
        help_text="empty for somebody long in post",
    )  # fmt: skip
    ends_on = models.DateField("last day, where it is known", null=True, blank=True)
    is_term_time = models.BooleanField("works in term time only", default=False)
    tied_until = models.DateField("stays at least until", null=True, blank=True)
    people = models.PositiveSmallIntegerField("how many in training", default=1)
    completing = models.FloatField("share that finishes", default=0.9, validators=SHARE)
    staying = models.FloatField("share that stays here", default=0.5, validators=SHARE)
    closed_on = models.DateField("not counted from this day", null=True, blank=True)

    class Meta:
        ordering = ["profession__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "profession", "name"], name="one_post_a_name"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Run(AreaRow):
    """A simulation of one list: what was asked, how far it is, what it was made from and what it found."""

    stage = models.ForeignKey(Stage, **KEPT)
    name = models.CharField(max_length=200)
    change = models.JSONField(default=dict, help_text="what would be different; empty = as planned")
    weeks = models.PositiveSmallIntegerField(default=156)
    replications = models.PositiveIntegerField(default=500)
    seed = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(User, **KEPT)
    asked_on = models.DateField()
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=words.RunState, default=words.RunState.QUEUED)
    cancel_asked = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, help_text="when it last said how far it is")
    finished_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=20, blank=True)
    inputs_hash = models.CharField(max_length=64, blank=True)
    warnings = ArrayField(models.CharField(max_length=300), default=list)
    found = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["area", "stage", "-asked_at"], name="runs_of_a_list")]

    def __str__(self) -> str:
        return self.name
