"""A file about a child. The file itself lies on disk under a name that says nothing."""

from __future__ import annotations

from django.db import models

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.documents.scanning import Verdict
from kept.messages.models import How
from kept.people.models import Child


class Audience(models.TextChoices):
    """Who may open a document, besides whoever sent it and the case team."""

    TEAM = "team", "Only the case team"
    EVERYBODY = "everybody", "Everybody who may see the child’s record, the family included"


class Document(AreaRow):
    """A document, photo or recording about one child."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    media = models.CharField(max_length=100)
    ending = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    verdict = models.CharField(max_length=8, choices=[(one.value, one.name.title()) for one in Verdict])
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.TEAM)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    source = models.CharField(max_length=30, blank=True, help_text="the service that it belongs to")
    source_id = models.UUIDField(null=True, blank=True)
    sent_by = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=6, choices=How, default=How.PORTAL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["area", "child", "at"]),
            models.Index(fields=["area", "source", "source_id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "child", "sha256", "by"], name="the_same_file_is_kept_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def can_be_opened(self) -> bool:
        """Whether it was scanned, or is of a kind that needs none."""
        return self.verdict in {Verdict.CLEAN, Verdict.RULE}

    @property
    def file_name(self) -> str:
        """Its name with the ending of what it truly is."""
        stem = self.title.rsplit(".", 1)[0] if self.title.lower().endswith(f".{self.ending}") else self.title
        return f"{stem}.{self.ending}"
