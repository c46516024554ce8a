"""What became of a record whose time was up. The row outlives the record: it says that there was one, and no more."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from kept.access.models import User
from kept.access.rows import AreaRow


class Of(models.TextChoices):
    """What a review is about."""

    CHILD = "child", "A child’s record"
    ACCOUNT = "account", "An account"


class Decision(models.TextChoices):
    """What the reviewer decided."""

    WAITING = "", "Not decided yet"
    REMOVE = "remove", "Remove it"
    KEEP = "keep", "Keep it longer"


class RetentionPeriod(AreaRow):
    """The area's own period for a rule, from a day on. Rows are added, never changed: the latest that began counts."""

    rule = models.CharField(max_length=30)
    years = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["rule", "-from_on", "-made_at"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.years} years from {self.from_on}"


class RetentionReview(AreaRow):
    """A record whose time is up: listed by night, decided by one person, and removed after another confirmed it.

    `subject_id` is the key of the child or the account: no foreign key, because the row stays when they are gone.
    """

    of = models.CharField(max_length=8, choices=Of)
    subject_id = models.UUIDField()
    rule = models.CharField(max_length=30)
    due_on = models.DateField(help_text="the day from which it may be removed")
    because = models.CharField(max_length=200)
    listed_on = models.DateField()
    decision = models.CharField(max_length=6, choices=Decision, default=Decision.WAITING, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed = models.JSONField(default=dict, blank=True, help_text="how many rows went, by table")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["area", "decision", "removed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["area", "of", "subject_id", "due_on"], name="listed_once_a_due_day"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("decided_by")),
                name="two_people_remove_a_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_of_display()}, due on {self.due_on}"

    def state(self, today: date) -> str:
        """Where it stands, in words: computed."""
        if self.removed_at:
            return "removed"
        if self.decision == Decision.KEEP:
            return "kept" if self.keep_until and self.keep_until > today else "kept until now"
        return "to be confirmed" if self.decision == Decision.REMOVE else "to be decided"
