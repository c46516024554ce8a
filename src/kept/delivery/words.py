"""The closed lists of the ledger in the words of its pages."""

from __future__ import annotations

from django.db import models


class Came(models.TextChoices):
    """What became of a session or a week: the statuses of `kept.rules.delivery`."""

    DELIVERED = "delivered", "Came as the plan says"
    PART = "part", "Came in part"
    MISSED = "missed", "Did not come"
    DECLINED = "declined", "Offered, and declined"
    ABSENT = "absent", "Child was absent"
    CLOSED = "closed", "Setting was closed"
    REPLACED = "replaced", "Given on another day instead"


class Why(models.TextChoices):
    """Why something did not come: the reasons of `kept.rules.delivery`."""

    CAPACITY = "capacity", "Nobody to do it (vacancy or too few staff)"
    SICKNESS = "sickness", "Staff were ill or away"
    CHILD_ILL = "child_ill", "Child was ill"
    REFUSED = "refused", "Child or family said no"
    CLASH = "clash", "Clashed with something else"
    CLOSED = "closed", "Setting was closed"
    GROUP = "group", "Group was larger than the plan says"
    ROLE = "role", "Done by another role than the plan says"
    UNKNOWN = "unknown", "Nobody knows"


class Said(models.TextChoices):
    """What the family says of an item in a week."""

    YES = "yes", "Yes, it came"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    DONT_KNOW = "dont_know", "I don’t know"


class InPlace(models.TextChoices):
    """What a check on the spot found."""

    YES = "yes", "In place as the plan says"
    PARTLY = "partly", "Partly in place"
    NO = "no", "Not in place"


class CheckedFor(models.TextChoices):
    """Why a check on the spot was made."""

    NEW = "new", "The plan is new or was changed"
    MOVED = "moved", "The child changed setting"
    REVIEW = "review", "Annual review"
    COMPLAINT = "complaint", "Somebody said that it does not happen"
    SAMPLE = "sample", "Spot check"


class How(models.TextChoices):
    """How a record came into the ledger."""

    WEEK = "week", "Confirmed with the week"
    SESSION = "session", "Written down session by session"
    FILE = "file", "Read from a file"
    SETTLED = "settled", "Settled between family and setting"


class Finding(models.TextChoices):
    """What was found when family and setting had said different things."""

    DELIVERED = "delivered", "It came as the plan says"
    PART = "part", "It came in part"
    MISSED = "missed", "It did not come"
    UNKNOWN = "unknown", "Nobody can tell any more"


class Kind(models.TextChoices):
    """What an escalation is about."""

    SILENCE = "silence", "Nothing recorded"
    SHORTFALL = "shortfall", "Too little came"
    SUITABILITY = "suitability", "The child misses or declines it"
    CAPACITY = "capacity", "Too few staff"
    CHECK = "check", "Check that it is in place"
