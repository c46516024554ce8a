"""What a duty's status is, computed from its dates and today, in SQL and in Python from one definition of the order."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When

SOON = timedelta(days=7)


class Status(models.TextChoices):
    """The statuses of a duty, in the words of the page."""

    OPEN = "open", "Open"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    MET = "met", "Kept"
    MET_LATE = "met_late", "Kept late"
    RELEASED = "released", "Released by an exception"
    ENDED = "ended", "No longer owed"


def _questions(today: date) -> list[tuple[Q, Status]]:
    """The ordered questions; the first that is true gives the status (statutory-process reference, section 3.5)."""
    return [
        (Q(met_on__isnull=False) & (Q(due_on__isnull=True) | Q(met_on__lte=F("due_on"))), Status.MET),
        (~Q(released_by=""), Status.RELEASED),
        (Q(met_on__isnull=False), Status.MET_LATE),
        (Q(ended_on__isnull=False), Status.ENDED),
        (Q(due_on__lt=today), Status.OVERDUE),
        (Q(due_on__lte=today + SOON), Status.DUE_SOON),
    ]


def status_expression(today: date) -> Case:
    """The status as a SQL expression, for `annotate`."""
    whens = [When(test, then=Value(status.value)) for test, status in _questions(today)]
    return Case(*whens, default=Value(Status.OPEN.value), output_field=CharField())


def outstanding() -> Q:
    """Duties still owed: not met and not ended."""
    return Q(met_on__isnull=True, ended_on__isnull=True)
