"""What a setting, or somebody who called, confirmed about where a child is. Never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

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
    COMING = "coming", "On the register, and coming"
    ABSENT = "absent", "On the register, missing one session in ten or more"
    SEVERE = "severe", "On the register, missing half of the sessions or more"


BY_REGISTER = (Attends.COMING, Attends.ABSENT, Attends.SEVERE)
"""What only a register says; nobody chooses these on a page."""


class RegisterFile(AreaRow):
    """A file of attendance that was read in: which columns it had, how many rows came in, and why others did not."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=200)
    columns = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(help_text="pupils without a plan, assessment or need on this record")
    refused = models.JSONField(default=list, help_text="[row, what is wrong] of each; no names")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["area", "agency", "at"])]

    def __str__(self) -> str:
        return self.name


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
    register = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, related_name="confirmations", null=True, blank=True
    )
    from_on = models.DateField(null=True, blank=True, help_text="first day of the register's period")
    possible = models.PositiveSmallIntegerField(null=True, blank=True, help_text="sessions; two in a school day")
    present = models.PositiveSmallIntegerField(null=True, blank=True, help_text="sessions that the child attended")

    class Meta:
        ordering = ["-confirmed_on", "-at"]
        indexes = [models.Index(fields=["area", "child", "-confirmed_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | (Q(attends="part") & Q(hours__gt=0)),
                name="hours_of_a_part_time_table",
            ),
            models.CheckConstraint(
                condition=Q(register__isnull=True, possible__isnull=True)
                | Q(register__isnull=False, possible__gt=0, present__lte=F("possible"), from_on__lte=F("confirmed_on")),
                name="sessions_come_from_a_register",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attends}, {self.confirmed_on}"
