"""A paper with advice: what a machine read of it, what it could not read, and who looked it through."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kept.access.models import User
from kept.access.rows import AreaRow
from kept.documents.models import Document
from kept.people.models import Child


class AdvicePaper(AreaRow):
    """One file that holds advice. It stands at the gate until somebody has looked it through, read or not."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField("whose advice", max_length=200)
    said_on = models.DateField()
    pages = models.PositiveSmallIntegerField(default=0)
    pages_read = models.PositiveSmallIntegerField(default=0)
    texts = models.JSONField("the words of each page read so far", default=list, encoder=DjangoJSONEncoder)
    notes = models.JSONField("what was left aside, in sentences", default=list)
    problem = models.CharField("why it cannot be read", max_length=500, blank=True)
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    looked_on = models.DateField("day on which somebody looked it through", null=True, blank=True)

    class Meta:
        ordering = ["said_on", "id"]
        indexes = [models.Index(fields=["area", "child"])]

    def __str__(self) -> str:
        return self.said_by

    @property
    def is_read(self) -> bool:
        """Whether the machine is done with it, well or ill."""
        return bool(self.problem) or (bool(self.pages) and self.pages_read >= self.pages)
