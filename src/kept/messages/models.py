"""Conversations, what was said in them, and the standard of reply that the area publishes."""

from __future__ import annotations

from django.db import models

from kept.access.models import Agency, Team, User
from kept.access.rows import AreaRow
from kept.people.models import Carer, Child


class How(models.TextChoices):
    """How a message came or went."""

    PORTAL = "portal", "On this page"
    PHONE = "phone", "By phone"
    POST = "post", "By letter"
    EMAIL = "email", "By email"
    VISIT = "visit", "Face to face"


class WaitingFor(models.TextChoices):
    """Whose turn it is in a conversation."""

    US = "us", "Waiting for the council"
    THEM = "them", "Waiting for them"
    NOBODY = "nobody", "Closed"


class Thread(AreaRow):
    """A conversation about one child with one person of the family, or with one agency. Parents who have parted each

    have their own: the database shows a conversation to the case team and to those it is with, nobody else.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="threads")
    subject = models.CharField(max_length=120)
    with_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    with_carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    with_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)
    waiting_for = models.CharField(max_length=6, choices=WaitingFor, default=WaitingFor.US)
    answer_by = models.DateField(null=True, blank=True, help_text="when the open question is owed an answer")

    class Meta:
        indexes = [
            models.Index(fields=["area", "child", "last_at"]),
            models.Index(fields=["area", "waiting_for", "answer_by"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(with_agency__isnull=True)
                | models.Q(with_user__isnull=True, with_carer__isnull=True),
                name="a_thread_is_with_the_family_or_an_agency",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Message(AreaRow):
    """Something said in a conversation. Never changed: a mistake is put right by a further message."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="said")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    is_theirs = models.BooleanField(help_text="said by the family or the partner, not by the council")
    answers = models.BooleanField(default=False, help_text="ours, and it answers what was asked")
    said_by = models.CharField(max_length=200, help_text="who said it, as the other side reads it")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who wrote it down")
    said_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(max_length=6, choices=How, default=How.PORTAL)
    token = models.UUIDField(null=True, blank=True, help_text="the form it came from: a double click says it once")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["area", "thread", "at"])]
        constraints = [models.UniqueConstraint(fields=["area", "token"], name="a_form_says_it_once")]

    def __str__(self) -> str:
        return f"{self.said_by}, {self.said_on}"


class EmailKind(models.TextChoices):
    """What an email to a family is about."""

    MESSAGE = "message", "A new message"
    LATE = "late", "Something will be late"


class Email(AreaRow):
    """An email to somebody of a family that there is something to read: queued, held in quiet hours, sent.

    It names no child, no need and nothing that was said: email is read on shared telephones and forwarded.
    """

    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=EmailKind)
    about = models.UUIDField(help_text="the conversation or the notice of delay")
    subject = models.CharField(max_length=120)
    words = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    held_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=200, blank=True, help_text="why it will not go")
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, help_text="what the mail server said last")

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(
                fields=["area", "held_until"],
                condition=models.Q(sent_at__isnull=True, stopped_because=""),
                name="emails_that_wait",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "to", "kind", "about"],
                condition=models.Q(sent_at__isnull=True, stopped_because=""),
                name="one_waiting_email_about_a_thing",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class EmailChoice(AreaRow):
    """Of what somebody of a family wants to be told by email; without a row, of everything."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    messages = models.BooleanField(default=True)
    delays = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "user"], name="one_email_choice_a_person")]

    def __str__(self) -> str:
        return f"messages {self.messages}, delays {self.delays}"


class QuietHours(AreaRow):
    """When the area sends families no email. The latest row is in force."""

    begins = models.TimeField()
    ends = models.TimeField()
    sundays = models.BooleanField(default=True)
    from_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.begins:%H:%M} to {self.ends:%H:%M}"


class ReplyStandard(AreaRow):
    """How soon the area promises to acknowledge and to answer, in working days. The latest row is in force."""

    acknowledge_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.acknowledge_days} and {self.answer_days} working days"
