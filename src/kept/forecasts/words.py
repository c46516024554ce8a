"""The closed lists of the forecasts, in the words that people read."""

from __future__ import annotations

from django.db import models


class PostKind(models.TextChoices):
    """What a post is today."""

    HELD = "held", "Somebody is in post"
    VACANT = "vacant", "Vacant, being recruited to"
    TRAINEES = "trainees", "A group in training"


class Withheld(models.TextChoices):
    """Why a family is given no date. The names are those of `kept.rules.waits.statements.Withheld`."""

    TOO_FEW_SEEN = "too_few_seen", "Too few children were seen lately"
    GROWING = "growing", "The list is growing"
    TOO_WIDE = "too_wide", "The span would be more than a year"
    SUSPENDED = "suspended", "Our statements were not right often enough"
    TOO_FEW_PATHS = "too_few_paths", "Not worked out with enough care"


class RunState(models.TextChoices):
    """Where a simulation stands."""

    QUEUED = "queued", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Finished"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Stopped with a problem"


OVER: tuple[str, ...] = (RunState.DONE, RunState.CANCELLED, RunState.FAILED)
