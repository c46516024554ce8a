"""Audits: a round with its sample, redacted copies, the seats of those who judge, grades, moderation and actions.

Auditors never reach a child: they hold a seat at a copy without names. Which child a copy is of stands in `Sampled`,
which only those see who may see the child.
"""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.people.models import Child
from kept.rules.quality import Grade


def _person(**more: Any) -> Any:
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", **more)


class Chair(models.TextChoices):
    """Whose judgement a seat holds."""

    FIRST = "first", "First auditor"
    SECOND = "second", "Second auditor, of another agency"
    PARENT = "parent", "Parent-carer representative"
    MODERATOR = "moderator", "Moderator"


PAIR = (Chair.FIRST, Chair.SECOND)


class Round(AreaRow):
    """One audit: how many plans, drawn how and from how many. The draw can be repeated from its seed."""

    name = models.CharField(max_length=120)
    drawn_on = models.DateField()
    seed = models.PositiveBigIntegerField()
    size = models.PositiveSmallIntegerField()
    frame_size = models.PositiveIntegerField(help_text="plans from which the sample was drawn")
    frame_from = models.DateField(help_text="plans issued from this day")
    frame_to = models.DateField()
    strata = models.JSONField(default=list, help_text="each stratum with how many there were and how many were drawn")
    closed_on = models.DateField(null=True, blank=True)
    by = _person()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-drawn_on", "-id"]

    def __str__(self) -> str:
        return self.name


class Copy(AreaRow):
    """The words of one plan without names, as all its auditors read them. Never edited."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    parts = models.JSONField(encoder=DjangoJSONEncoder, help_text="list of [entry, section, words]")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_copy_a_number")]

    def __str__(self) -> str:
        return f"Plan {self.number}"


class Sampled(AreaRow):
    """Which plan a copy is of, who wrote it and for which stratum it was drawn."""

    copy = models.OneToOneField(Copy, on_delete=models.PROTECT, related_name="sampled")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    plan_version = models.UUIDField()
    writer = _person(null=True, blank=True)
    phase = models.CharField(max_length=20)
    need = models.CharField(max_length=5, blank=True)
    is_new = models.BooleanField(help_text="the first plan, and not an amended one")
    services = models.JSONField(default=list, help_text="services whose help the plan names")

    def __str__(self) -> str:
        return f"{self.copy_id}"


class Machine(AreaRow):
    """What the wording check found in a copy. Hidden until both auditors of the pair have judged."""

    copy = models.OneToOneField(Copy, on_delete=models.PROTECT, related_name="machine")
    findings = models.JSONField(default=list, help_text="list of [rule, severity, section, entry, words, plain]")
    released = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.copy_id}"


class Seat(AreaRow):
    """Somebody who judges one copy."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="seats")
    chair = models.CharField(max_length=10, choices=Chair)
    auditor = _person()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_on = models.DateField()
    judged_on = models.DateField(null=True, blank=True)
    stood_down_because = models.CharField(max_length=300, blank=True, help_text="they knew the plan, or may not judge")

    class Meta:
        ordering = ["copy", "chair"]
        constraints = [
            models.UniqueConstraint(
                fields=["copy", "chair"], condition=Q(stood_down_because=""), name="one_auditor_a_chair"
            ),
            models.UniqueConstraint(fields=["copy", "auditor"], name="one_chair_an_auditor_and_copy"),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.chair}"


class Mark(AreaRow):
    """The grade of one seat for one section. Not changed once the seat has judged; `released` opens it to others."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="marks")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="marks")
    auditor = _person()
    chair = models.CharField(max_length=10, choices=Chair)
    agency_name = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=20, help_text="a section, or `whole`")
    grade = models.PositiveSmallIntegerField(choices=[(one.value, one.words) for one in Grade])
    why = models.TextField()
    released = models.BooleanField(default=False)

    class Meta:
        ordering = ["copy", "section", "chair"]
        constraints = [models.UniqueConstraint(fields=["seat", "section"], name="one_grade_a_seat_and_section")]

    def __str__(self) -> str:
        return f"{self.section}: {self.grade}"


class Action(AreaRow):
    """Something to be done about what an audit found. Closed by somebody else, on evidence."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="actions")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="actions", null=True, blank=True)
    section = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=8, blank=True)
    what = models.CharField(max_length=300)
    owner = _person()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = _person(null=True, blank=True)
    sent_back = models.TextField("why the evidence was not enough", blank=True)
    made_on = models.DateField()
    by = _person()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("owner")), name="another_person_closes_an_action"
            )
        ]

    def __str__(self) -> str:
        return self.what[:60]
