"""Invitations, and the answers of the quarterly review of access."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower

from kept.access.models import Agency, Membership, Team, User
from kept.access.roles import ROLES, Role, RoleFacts
from kept.access.rows import AreaRow
from kept.people.models import Carer


def new_secret() -> str:
    """A random word that only the newest letter holds."""
    return secrets.token_urlsafe(16)


class Invitation(AreaRow):
    """An offer of one role to one address, until it is accepted, withdrawn or too old."""

    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=30, choices=[(role.value, ROLES[role].name) for role in Role])
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    child_id = models.UUIDField(null=True, blank=True, help_text="the child whom an invited advocate helps")
    secret = models.CharField(max_length=40, default=new_secret)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text="why the email did not arrive")

    class Meta:
        indexes = [models.Index("area", Lower("email"), name="invitation_by_address")]

    def __str__(self) -> str:
        return f"{self.role} to {self.email}"

    @property
    def facts(self) -> RoleFacts:
        """The role in plain words."""
        return ROLES[Role(self.role)]

    def state(self, now: datetime) -> str:
        """Where it stands, in a word: computed from its dates."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= now else "open"


class ReviewAnswer(AreaRow):
    """That somebody looked, in a quarter, whether a person still needs a role, and what they found."""

    quarter = models.DateField(help_text="the first day of the quarter")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="reviews")
    is_needed = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "quarter", "membership"], name="one_answer_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.quarter}"


from kept.administration.retention_models import RetentionPeriod, RetentionReview  # noqa: E402, F401 - and here
from kept.administration.visit_models import Visit, VisitChild, VisitInspector  # noqa: E402, F401 - Django looks here
