"""That a case changed hands, and that somebody is away."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.cases.models import Case
from kept.people.models import Child


class Handover(AreaRow):
    """A case that changed hands, with the note that went with it. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    from_officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to_officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    duties_moved = models.PositiveIntegerField(default=0)
    told_by = models.CharField(max_length=300, blank=True, help_text="how the family was told")
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["area", "case", "at"])]

    def __str__(self) -> str:
        return f"{self.case_id}, {self.on}"


class Absence(AreaRow):
    """That an officer is away; the deputies of their cases stand in. Both days count."""

    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    covered_at = models.DateTimeField(null=True, blank=True)
    back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_starts")
        ]
        indexes = [models.Index(fields=["area", "officer", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.officer_id}, {self.starts_on}"
