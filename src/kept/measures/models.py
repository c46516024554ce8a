"""Figures by month, as computed or as brought in from outside, and the areas to compare with.

Counts only: no row here is about one child, and the pages suppress small ones.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kept.access.models import User
from kept.access.rows import AreaRow

PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


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
    children = models.PositiveIntegerField("children, where something else is added up", null=True)
    query_version = models.CharField(max_length=24)
    computed_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.code} {self.month} {self.group}"


from kept.measures.rebase_models import ChartSetting  # noqa: E402, F401 - Django finds models here only


class SeriesFile(AreaRow):
    """A file of figures that came from outside: whose they are, as of when. Undoing keeps its figures, unused."""

    name = models.CharField(max_length=200)
    source = models.CharField("where the figures come from", max_length=200)
    source_on = models.DateField("date of the source")
    note = models.CharField("what to know about them", max_length=300, blank=True)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, **PERSON)
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | (Q(undone_by__isnull=False) & ~Q(undone_because="")),
                name="a_file_is_undone_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.source_on}"


class SeriesValue(AreaRow):
    """One figure of one month from a file. Never changed; a later file takes its place, and undoing brings it back."""

    file = models.ForeignKey(SeriesFile, on_delete=models.PROTECT, related_name="values")
    code = models.CharField(max_length=8)
    month = models.DateField(help_text="its first day")
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    middle = models.FloatField("median in days", null=True)
    children = models.PositiveIntegerField("children, where minutes or sessions are added up", null=True)

    class Meta:
        ordering = ["month"]
        indexes = [models.Index(fields=["area", "code", "month"])]
        constraints = [
            models.UniqueConstraint(fields=["file", "code", "month"], name="one_figure_a_file_and_month"),
            models.CheckConstraint(
                condition=Q(denominator__gte=0, numerator__gte=0), name="figures_from_outside_count"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.month}"


class NeighbourList(AreaRow):
    """Which authorities the area compares itself with, and who says so. Never changed: the latest is in force."""

    name = models.CharField(max_length=120)
    codes = ArrayField(models.CharField(max_length=3), help_text="three-digit codes of the DfE; none: our own method")
    source = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(User, **PERSON)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name
