"""Figures by month, as computed. Counts only: no row here is about one child, and the pages suppress small ones."""

from __future__ import annotations

from django.db import models


class Value(models.Model):
    """One figure of one month, for everybody or one group of a split, with the version of the query that made it."""

    pk = models.CompositePrimaryKey("area", "code", "month", "split", "group")
    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+", editable=False, db_index=False)
    code = models.CharField(max_length=8)
    month = models.DateField(help_text="its first day")
    split = models.CharField(max_length=12, blank=True, help_text="empty for everybody")
    group = models.CharField(max_length=60, blank=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    middle = models.FloatField("median in days", null=True)
    ninth = models.FloatField("90th percentile in days", null=True)
    longest = models.IntegerField("longest in days", null=True)
    query_version = models.CharField(max_length=24)
    computed_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.code} {self.month} {self.group}"


from kept.measures.rebase_models import ChartSetting  # noqa: E402, F401 - Django finds models here only
