"""What the desks keep of their own: handovers that can be undone, and the private addresses of calendars."""

from __future__ import annotations

from django.db import models

from kept.access.models import Team, User
from kept.access.rows import AreaRow


class Handover(AreaRow):
    """That somebody gave several duties away at once, with who held each before, so that it can be undone."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    before = models.JSONField(help_text="for each duty that moved: its key, the person and the team that held it")
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{len(self.before)} duties to {self.person_id or self.team_id}"


class CalendarLink(AreaRow):
    """A private address at which a person's calendar program reads their dates. Only a digest of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_read_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "user", "made_at"])]

    def __str__(self) -> str:
        return self.name
