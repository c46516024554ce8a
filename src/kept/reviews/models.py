"""Reviews, who is invited, what they write and judge, and what was decided. The law's clocks are the case's."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.cases.models import Case
from kept.people.models import Child
from kept.reviews.words import Changed, Kind, Outcome, Part
from kept.rules.reviews import Verdict


def _person(**more: Any) -> Any:
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", **more)


class ReviewRow(AreaRow):
    """A row about one child."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Review(ReviewRow):
    """One review of one child's plan. Where it stands is computed from its dates; see `states`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ANNUAL)
    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    meets_on = models.DateField()
    meets_at = models.CharField("time", max_length=20, blank=True)
    place = models.CharField("where", max_length=200, blank=True)
    meeting_event = models.UUIDField(help_text="the entry of the case that is this meeting")
    notice_event = models.UUIDField(null=True, blank=True, help_text="the entry of the case that is the notice")
    invited_on = models.DateField(null=True, blank=True)
    circulated_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = _person()

    class Meta:
        ordering = ["meets_on", "id"]
        indexes = [
            models.Index(fields=["area", "child", "meets_on"]),
            models.Index(fields=["area", "setting", "meets_on"]),
            models.Index(
                fields=["area", "meets_on"], condition=Q(decided_on=None, cancelled_on=None), name="reviews_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "case"], condition=Q(decided_on=None, cancelled_on=None), name="one_open_review_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.meets_on}"


class Moved(ReviewRow):
    """That a meeting was moved, and why. Never edited."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="moves")
    before = models.DateField()
    after = models.DateField()
    why = models.CharField(max_length=300)
    asked_by_family = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = _person()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class Invitee(ReviewRow):
    """Somebody who is invited, asked for advice, and came or not."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="invitees")
    part = models.CharField(max_length=12, choices=Part)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    user = _person(null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_for_advice = models.BooleanField(default=True)
    invited_on = models.DateField(null=True, blank=True)
    invited_for = models.DateField(null=True, blank=True, help_text="the day of the meeting in the invitation")
    proof = models.CharField(max_length=300, blank=True, help_text="how it went, and the reference of its sending")
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["part", "name", "id"]
        indexes = [models.Index(fields=["area", "agency"])]

    def __str__(self) -> str:
        return self.name


class Contribution(ReviewRow):
    """What somebody wrote for a review: the child's part, a view, advice, an update. A new telling is a new row."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="contributions")
    topic = models.CharField(max_length=14)
    words = models.TextField()
    how = models.CharField("how the child was asked", max_length=200, blank=True)
    said_by = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = _person()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.topic}: {self.said_by}"


class TypedEntry(ReviewRow):
    """An outcome or help of a plan that Kept does not hold as data: typed in from the paper for this review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="typed")
    section = models.CharField(max_length=20)
    text = models.TextField()
    by = _person()

    class Meta:
        ordering = ["section", "id"]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"


class Progress(ReviewRow):
    """One measure of one outcome on one day. Never edited: the pack shows the latest beside the baseline."""

    lineage = models.UUIDField(help_text="the outcome, across the versions of the plan")
    on = models.DateField()
    value = models.CharField(max_length=300)
    by = _person()
    said_by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "at", "id"]
        indexes = [models.Index(fields=["area", "child", "lineage", "on"])]

    def __str__(self) -> str:
        return f"{self.value}, {self.on}"


class Judgement(ReviewRow):
    """What the review says of one outcome or one item of help, with its evidence."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="judgements")
    lineage = models.UUIDField()
    section = models.CharField(max_length=20)
    text = models.TextField(help_text="the entry as it stood")
    verdict = models.CharField(max_length=16, choices=[(one.value, one.words) for one in Verdict])
    evidence = models.TextField()
    given_because = models.TextField("what shows that it was given", blank=True)
    family_disagrees = models.TextField("where the family sees it otherwise", blank=True)
    at = models.DateTimeField(auto_now=True)
    by = _person()

    class Meta:
        ordering = ["section", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "review", "lineage"], name="one_judgement_an_entry")]

    def __str__(self) -> str:
        return f"{self.section}: {self.verdict}"


class Paper(ReviewRow):
    """A paper as it went out, frozen: the pack before the meeting, or the report after it. Never edited."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="papers")
    what = models.CharField(max_length=6, choices=[("pack", "Papers for the meeting"), ("report", "Report")])
    on = models.DateField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = _person()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.what}, {self.on}"


class Feedback(ReviewRow):
    """What a family says of the review afterwards. Each says it once."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="feedback")
    changed = models.CharField(max_length=6, choices=Changed)
    words = models.TextField(blank=True)
    on = models.DateField()
    by = _person()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "review", "by"], name="feedback_once_a_person")]

    def __str__(self) -> str:
        return self.changed


class PlanChange(ReviewRow):
    """Which sections of the plan say something else after a review. Both versions are fixed, so it is kept as found."""

    event = models.UUIDField("the entry of the case that is the decision of the review", unique=True)
    before = models.UUIDField("version of the plan on the day of the meeting")
    after = models.UUIDField("the first version issued after the decision, or the same")
    sections = ArrayField(models.CharField(max_length=20), default=list, help_text="of B, E and F, those that changed")
    on = models.DateField("compared on")

    def __str__(self) -> str:
        return ", ".join(self.sections) or "unchanged"


class EarlyAsk(ReviewRow):
    """That somebody asked for a review before its time, and the answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    asked_on = models.DateField()
    asked_by = _person()
    said_by = models.CharField(max_length=200)
    answered_on = models.DateField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = _person(null=True, blank=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="early_asks", null=True, blank=True)

    class Meta:
        ordering = ["asked_on", "id"]

    def __str__(self) -> str:
        return f"{self.said_by}, {self.asked_on}"
