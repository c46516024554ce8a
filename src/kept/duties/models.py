"""Duties and who holds them. Only facts are stored; whether a duty is late is computed (see `queries`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kept.access.models import Agency, Team, User
from kept.access.rows import AreaRow
from kept.people.models import Child


class Duty(AreaRow):
    """One thing owed. Written only by `kept.duties.actions.sync`, from facts that a service holds."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="duties", null=True, blank=True)
    source = models.CharField(max_length=30, help_text="the service that wrote it")
    source_id = models.UUIDField(help_text="the thing in that service that it comes from")
    key = models.CharField(max_length=160, help_text="which duty of that thing it is")
    what = models.CharField(max_length=300)
    because = models.TextField(blank=True, help_text="how the date was counted, in a sentence")
    authority = models.CharField(max_length=300, help_text="the citation, item of a plan, standard or promise")
    rule = models.CharField(max_length=60, blank=True, help_text="the clock or standard that sets it")
    is_statutory = models.BooleanField(default=True)
    owed_by = models.CharField(max_length=200, help_text="who owes it, in words")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duties", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="duties", null=True, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties", null=True, blank=True)
    starts_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    plan_by = models.DateField(null=True, blank=True, help_text="last working day on or before the due date")
    met_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    released_by = models.CharField(max_length=300, blank=True, help_text="the named exception")
    ended_on = models.DateField(null=True, blank=True, help_text="the day on which it ceased to be owed")
    ended_because = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=200, blank=True, help_text="the page on which it is done")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["area", "source", "source_id", "key"], name="one_row_a_duty"),
        ]
        indexes = [
            models.Index(
                fields=["area", "person", "due_on"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True),
                name="my_list",
            ),
            models.Index(
                fields=["area", "team", "due_on"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True),
                name="our_list",
            ),
            models.Index(
                fields=["area", "due_on"],
                include=[
                    "child",
                    "person",
                    "team",
                    "agency",
                    "source",
                    "source_id",
                    "rule",
                    "released_by",
                    "is_statutory",
                    "owed_by",
                ],
                condition=Q(met_on__isnull=True, ended_on__isnull=True),
                name="owed_whole",
            ),
            models.Index(
                fields=["area", "source_id"],
                include=["child", "source", "rule", "due_on", "owed_by"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True),
                name="still_owed_on",
            ),
            models.Index(
                fields=["area"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True) & ~Q(released_by=""),
                name="released_still_owed",
            ),
            models.Index(fields=["area", "child", "due_on"], name="this_childs"),
            models.Index(fields=["area", "team", "met_on"], name="team_kept"),
            models.Index(fields=["area", "rule", "due_on"], name="by_rule"),
            models.Index(
                fields=["area", "agency", "rule"],
                include=["child", "source", "due_on", "met_on", "ended_on", "released_by"],
                condition=Q(agency__isnull=False),
                name="how_an_agency_keeps",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Handing(AreaRow):
    """That a duty was given to somebody: the history of who held it. Never changed."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="handings")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.duty_id} to {self.person_id or self.team_id}"
