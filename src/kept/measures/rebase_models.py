"""What was set on the chart of a measure, by whom, when and why: limits, a way of counting, a screening."""

from __future__ import annotations

from django.db import models

from kept.access.models import User
from kept.access.rows import AreaRow


class Setting(models.TextChoices):
    """What can be set on a chart."""

    REBASE = "rebase", "New limits from a month on"
    DEFINITION = "definition", "Counted in another way from a month on"
    FIX = "fix", "Limits kept as they were before a month"
    SCREEN = "screen", "Unusually large steps left out of the limits"


class ChartSetting(AreaRow):
    """One setting of a chart, or the undoing of one. Never changed: what no longer holds is undone by a further row."""

    code = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=Setting)
    starts = models.DateField(null=True, blank=True, help_text="the first day of the month from which it holds")
    happened = models.CharField("what changed in the work, and when", max_length=300)
    reason = models.TextField()
    hid = models.PositiveSmallIntegerField("marks for the worse that it took away on the day it was set", default=0)
    said = models.JSONField("what it changed, in sentences that everybody may see", default=list)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.starts or ''}"
