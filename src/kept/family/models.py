"""What belongs to the family: its story, the child's views, who may read both; and what it was told of delay."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kept.access.models import Agency, User
from kept.access.rows import AreaRow
from kept.messages.models import How
from kept.people.models import Child


class Story(AreaRow):
    """The family's story, told once and owned by the family. A new telling is a new row; the latest is the story."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="stories")
    text = models.TextField()
    told_by = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(max_length=6, choices=How, default=How.PORTAL)

    class Meta:
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["area", "child", "at"])]

    def __str__(self) -> str:
        return f"{self.told_by}, {self.at:%Y-%m-%d}"


class Voice(models.TextChoices):
    """Whose words the child's views are."""

    QUOTED = "quoted", "The child’s own words"
    HELPED = "helped", "The child’s words, written with help"
    INTERPRETED = "interpreted", "What somebody who knows the child saw and took it to mean"


class Method(models.TextChoices):
    """How the child was asked."""

    TALK = "talk", "Talking, drawing or writing"
    CLIP = "clip", "A voice or video clip"
    CARDS = "cards", "Choice cards, scales or a board of pictures"
    TOUR = "tour", "A photo tour or a map of safe and hard places"
    WATCHED = "watched", "Watching in several places"
    PASSPORT = "passport", "A communication passport"
    TRUSTED = "trusted", "Through a trusted adult, friend or advocate"
    CHECK_IN = "check_in", "Short check-ins, again and again"


class ChildView(AreaRow):
    """What a child said or showed: how they were asked, and whose words these are."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="views")
    asked = models.CharField(max_length=300)
    method = models.CharField(max_length=10, choices=Method)
    voice = models.CharField(max_length=12, choices=Voice)
    words = models.TextField(help_text="the child's words or acts")
    with_whom = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    interpreter = models.CharField("who they are to the child", max_length=200, blank=True)
    tried = models.TextField("what was tried and did not work", blank=True)
    on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["area", "child", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(voice="interpreted") | ~Q(interpreter=""), name="an_interpreted_view_says_by_whom"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked}, {self.on}"


class Share(AreaRow):
    """That the family lets one agency read its story and the child's views, from and until the dates given."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="stopped at once")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "child"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="share_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["area", "child", "agency"],
                condition=Q(ended_at__isnull=True),
                name="shared_once_with_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} from {self.starts_on}"


class LateNotice(AreaRow):
    """That the family was told that something will be late: why, and the new day. Never changed."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="late_notices")
    duty_id = models.UUIDField(help_text="the duty in the ledger")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    new_date = models.DateField()
    reason = models.TextField()
    told_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["area", "child", "at"])]

    def __str__(self) -> str:
        return f"{self.what}: {self.new_date}"

    @property
    def was_in_time(self) -> bool:
        """Whether the family was told before the day."""
        return self.told_on < self.due_on
