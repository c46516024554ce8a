"""What a setting, or somebody who called, confirmed about where a child is. Never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.messages.models import How
from kept.people.models import Child


class Attends(models.TextChoices):
    """How the child attends."""

    FULL = "full", "On roll and attending full time"
    PART = "part", "On roll, part-time timetable"
    NOT = "not", "On roll, not attending"
    GONE = "gone", "Not on roll any more"
    EOTAS = "eotas", "Educated otherwise than at school, and it happens"
    AWAITING = "awaiting", "Awaiting a place, at home"
    HOME = "home", "Educated at home by choice"
    UNKNOWN = "unknown", "Nobody could say"


class Confirmation(AreaRow):
    """That somebody said where a child is, on a day."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="confirmations")
    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    attends = models.CharField(max_length=10, choices=Attends)
    hours = models.DecimalField(
        "hours a week", max_digits=4, decimal_places=1, null=True, blank=True, help_text="of a part-time timetable"
    )
    note = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=200)
    confirmed_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(max_length=6, choices=How, default=How.PORTAL)

    class Meta:
        ordering = ["-confirmed_on", "-at"]
        indexes = [models.Index(fields=["area", "child", "-confirmed_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | (Q(attends="part") & Q(hours__gt=0)),
                name="hours_of_a_part_time_table",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attends}, {self.confirmed_on}"
