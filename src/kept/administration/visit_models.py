"""Inspection visits: who comes, from and until when, and which children were sampled for them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.people.models import Child


class Visit(AreaRow):
    """An inspection visit. What it may see ends by itself after its last day."""

    name = models.CharField(max_length=150)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True, help_text="ended before its last day")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_visit_ends_after")]

    def __str__(self) -> str:
        return self.name

    def state(self, today: date) -> str:
        """Where it stands, in a word: computed from its dates."""
        if self.ended_on or self.ends_on < today:
            return "over"
        return "to come" if self.starts_on > today else "running"


class VisitInspector(AreaRow):
    """That somebody comes on a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="inspectors")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "visit", "user"], name="an_inspector_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.visit_id}"


class VisitChild(AreaRow):
    """A child of the sample, and how they came into it."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="sample")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField(null=True, blank=True, help_text="the draw that chose them; none: by name")
    drawn_from = models.PositiveIntegerField(null=True, blank=True, help_text="how many children were drawn from")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "child"])]
        constraints = [models.UniqueConstraint(fields=["area", "visit", "child"], name="a_child_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.child_id} on {self.visit_id}"
