"""What every personal row has: a time-ordered key and its local area."""

from __future__ import annotations

from django.db import models

from kept.rules.identifiers.keys import uuid7


class Row(models.Model):
    """A row with a key made in Python (UUIDv7), so that areas can be merged or split without clashes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class AreaRow(Row):
    """A row that belongs to one local area. Its table must be protected by `kept.access.protection.protect`."""

    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
