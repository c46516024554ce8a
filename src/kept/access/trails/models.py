"""The trails' tables. None can be changed or emptied by the service: the database refuses."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kept.access.rows import AreaRow, Row


class Change(AreaRow):
    """That a row was added, changed or removed: by whom, when, which fields. Written by a trigger alone."""

    area = models.ForeignKey(  # type: ignore[assignment]  # a change of an account belongs to no area
        "access.Area", on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False
    )
    child_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "access.User", on_delete=models.DO_NOTHING, related_name="+", null=True, db_constraint=False
    )
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField(null=True)
    operation = models.CharField(max_length=10)
    fields = ArrayField(models.CharField(max_length=63), default=list)

    class Meta:
        app_label = "access"
        db_table = "access_change"
        indexes = [
            models.Index(fields=["area", "at"]),
            models.Index(fields=["area", "child_id", "at"]),
            models.Index(fields=["area", "row_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.operation}"


class ChangeValue(models.Model):
    """What the fields held before and after. Kept apart, so that an auditor can read the trail without the record."""

    change = models.OneToOneField(
        Change, on_delete=models.DO_NOTHING, related_name="values", primary_key=True, db_constraint=False
    )
    area = models.ForeignKey(
        "access.Area", on_delete=models.DO_NOTHING, related_name="+", null=True, db_constraint=False, db_index=False
    )
    child_id = models.UUIDField(null=True)
    was = models.JSONField(null=True)
    became = models.JSONField(null=True)

    class Meta:
        app_label = "access"
        db_table = "access_changevalue"

    def __str__(self) -> str:
        return str(self.change_id)


class Reading(AreaRow):
    """That somebody was shown a child: who, when, on which page, file, export or list, from which service and why."""

    child_id = models.UUIDField()
    at = models.DateTimeField()
    person = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    page = models.CharField(max_length=100, help_text="the name of the address")
    what = models.CharField(max_length=200, help_text="what was shown, in words")
    service = models.CharField(max_length=200, help_text="the agency or role they acted for")
    why = models.CharField(max_length=300, help_text="what let them see it")
    by_family = models.BooleanField(default=False)

    class Meta:
        app_label = "access"
        indexes = [models.Index(fields=["area", "child_id", "at"]), models.Index(fields=["area", "at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.what}"


class SecurityEvent(Row):
    """A sign-in, a failed one, a sign-out or a refusal."""

    area = models.ForeignKey("access.Area", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    person = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=300, blank=True)
    network_address = models.CharField(max_length=45, blank=True)

    class Meta:
        app_label = "access"
        indexes = [models.Index(fields=["area", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
