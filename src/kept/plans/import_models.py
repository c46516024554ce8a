"""An existing plan being read in: how far it is, what was read, and the version that it became."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.documents.models import Document
from kept.people.models import Child


class PlanImport(AreaRow):
    """One file or pasted text. Its words are kept here only until the version is made, or what was wrong is said."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=200)
    pages = models.PositiveSmallIntegerField(default=0)
    pages_read = models.PositiveSmallIntegerField(default=0)
    texts = models.JSONField("the words of each page read so far", default=list, encoder=DjangoJSONEncoder)
    notes = models.JSONField("what was left aside, in sentences", default=list)
    problem = models.CharField("why it cannot be read", max_length=500, blank=True)
    version = models.ForeignKey("plans.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["area", "child"]), models.Index(fields=["area", "version"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_read(self) -> bool:
        """Whether every page was read."""
        return bool(self.pages) and self.pages_read >= self.pages
