"""Notices, to whom each goes, the letters as they went, and the proof. Letters and proof are never edited."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.cases.models import Case, Event
from kept.letters import Look
from kept.people.models import Carer, Child


class Way(models.TextChoices):
    """How a letter goes. Being shown on a page is not a way: it never counts as sent."""

    POST = "post", "Letter by post"
    EMAIL = "email", "Email with the letter attached"
    HAND = "hand", "Given by hand"
    TEXT = "text", "Text that a letter is on its way"


class Proved(models.TextChoices):
    """What is known of a letter that went out."""

    ACCEPTED = "accepted", "Accepted by the mail server"
    POSTED = "posted", "Posted"
    HANDED = "handed", "Given by hand"
    FAILED = "failed", "Could not be sent"
    BOUNCED = "bounced", "Came back"
    STOPPED = "stopped", "Not sent: made again"


WENT = frozenset({Proved.ACCEPTED, Proved.POSTED, Proved.HANDED})


class Looks(models.TextChoices):
    """How a letter is drawn."""

    STANDARD = Look.STANDARD.value, "Standard"
    LARGE = Look.LARGE.value, "Large print"
    EASY = Look.EASY.value, "Easy read"


class Letterhead(AreaRow):
    """What the council's letters say of itself and of the services they must name. The latest row is in force."""

    facts = models.JSONField(default=dict)
    post_days = models.PositiveSmallIntegerField(default=2)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.facts.get("council", ""))


class Wording(AreaRow):
    """One version of the council's template for one sort of notice. The latest version is in force."""

    sort = models.CharField(max_length=20)
    is_easy = models.BooleanField(default=False)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    why = models.CharField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "sort", "is_easy", "version"], name="one_wording_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.sort} version {self.version}"


class Notice(AreaRow):
    """A notice about one step of a case, being prepared or sent."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    sort = models.CharField(max_length=20)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    event_on = models.DateField(null=True, blank=True)
    facts = models.JSONField(default=dict, help_text="what the officer wrote for it: reasons, days, places")
    sent_on = models.DateField(null=True, blank=True, help_text="the day by which it had gone to everybody")
    recorded = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["area", "case"]), models.Index(fields=["area", "sent_on", "made_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "case", "sort", "event"], nulls_distinct=True, name="one_notice_a_step"
            )
        ]

    def __str__(self) -> str:
        return self.sort


class Recipient(AreaRow):
    """Somebody to whom a notice goes, and how. `none_because`: the law names them, and there is no such person."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="recipients")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80, blank=True, help_text="as the law names them; empty for others")
    name = models.CharField(max_length=150, blank=True)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    is_family = models.BooleanField(default=False)
    is_young_person = models.BooleanField(default=False)
    way = models.CharField(max_length=6, choices=Way, default=Way.POST)
    look = models.CharField(max_length=10, choices=Looks, default=Looks.STANDARD)
    address = models.TextField(blank=True)
    email = models.CharField(max_length=254, blank=True)
    none_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-is_family", "role", "name", "id"]
        indexes = [models.Index(fields=["area", "notice"])]

    def __str__(self) -> str:
        return self.name or self.role


class Enclosure(AreaRow):
    """Something that lies in the envelope: a file, or paper only (no file, so it cannot go by email)."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="enclosures")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=150)
    content = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "notice"])]

    def __str__(self) -> str:
        return self.title


class Dispatch(AreaRow):
    """One letter as it went, or goes, to one recipient: its words frozen, with their digest. Never edited."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="dispatches")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=Way)
    dated = models.DateField()
    letter = models.JSONField()
    digest = models.CharField(max_length=64)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    to = models.CharField(max_length=254, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    held_until = models.DateTimeField(null=True, blank=True, help_text="quiet hours: not before")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "notice"]), models.Index(fields=["area", "way", "dated"])]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.dated}"


class Proof(AreaRow):
    """What became of a letter: who says so, when, under which reference. Never edited; the latest counts."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="proofs")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=Proved)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "dispatch"])]
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch"], condition=Q(what__in=["accepted", "posted", "handed"]), name="a_letter_goes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.on}"
