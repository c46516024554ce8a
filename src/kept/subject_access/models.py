"""Requests for a copy, what is hidden in it, corrections asked for, and rights passing to a young person."""

from __future__ import annotations

from django.db import models

from kept.access.models import User
from kept.people.models import ChildRow


class CopyRequest(ChildRow):
    """That somebody asked for a copy of everything about a child. Released once what is about others was looked at."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField(help_text="one month after it was asked for")
    released_on = models.DateField(null=True, blank=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "released_on", "due_on"]), models.Index(fields=["area", "child"])]

    def __str__(self) -> str:
        return f"Copy asked for on {self.asked_on}"


class Showing(models.TextChoices):
    """What to do with words that may be about somebody else."""

    SHOW = "show", "Show it as it is"
    WORDS = "words", "Hide some of the words"
    ALL = "all", "Hide the whole entry"


class Redaction(ChildRow):
    """What was decided about one text of one entry, for one copy."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(CopyRequest, on_delete=models.PROTECT, related_name="redactions")
    table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    field = models.CharField(max_length=63)
    showing = models.CharField(max_length=5, choices=Showing)
    words = models.TextField(blank=True, help_text="what to hide, one a line")
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "copy", "table", "row_id", "field"], name="decided_once")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.showing}"


class Outcome(models.TextChoices):
    """What came of a correction that was asked for."""

    OPEN = "", "Not decided yet"
    CORRECTED = "corrected", "Corrected"
    PARTLY = "partly", "Corrected in part"
    REFUSED = "refused", "Not changed"


class Correction(ChildRow):
    """That somebody says an entry is wrong: shown beside it, with what was decided and why, for as long as both are."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    entry = models.CharField(max_length=300, help_text="what the entry was called when it was disputed")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField(help_text="one month after it was asked for")
    says = models.TextField("what is wrong")
    wants = models.TextField("what it should say", blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    token = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "child"]), models.Index(fields=["area", "table", "row_id"])]
        constraints = [models.UniqueConstraint(fields=["area", "token"], name="a_form_disputes_once")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_outcome_display()}"


class Step(models.TextChoices):
    """What may be recorded when rights pass to a young person."""

    TOLD = "told", "Told that the rights are now theirs"
    ALONE = "alone", "Decides alone: parents no longer see the record"
    WITH_HELP = "with_help", "Decides, and wants their parents to go on seeing the record"
    LACKS_CAPACITY = "lacks_capacity", "Lacks capacity for this decision: a representative decides"
    HAS_CAPACITY = "has_capacity", "Has capacity for this decision"


class PassingOn(ChildRow):
    """A step in passing the rights over a record to the young person. Never edited: a later step says what changed."""

    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16, choices=Step)
    on = models.DateField()
    decision = models.CharField("which decision it is about", max_length=300, blank=True)
    how = models.TextField("how they were asked or assessed, and what they said")
    representative = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "recorded_at"]
        indexes = [models.Index(fields=["area", "child", "on"])]

    def __str__(self) -> str:
        return self.get_step_display()
