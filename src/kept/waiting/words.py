"""The closed lists of the waiting service, in the words that people read."""

from __future__ import annotations

from django.db import models


class ServiceKind(models.TextChoices):
    """What a service does for children."""

    AUTISM = "autism", "Autism assessment"
    ADHD = "adhd", "Attention deficit hyperactivity disorder (ADHD) assessment"
    SPEECH = "speech", "Speech and language therapy"
    OCCUPATIONAL = "occupational", "Occupational therapy"
    PHYSIOTHERAPY = "physiotherapy", "Physiotherapy"
    PAEDIATRICS = "paediatrics", "Community paediatrics"
    MENTAL_HEALTH = "mental_health", "Mental health"
    PSYCHOLOGY = "psychology", "Educational psychology"
    ADVICE = "advice", "Statutory advice for EHC needs assessments"
    OTHER = "other", "Another service"


class Discipline(models.TextChoices):
    """Who is next on a list."""

    PRIORITY = "priority", "Urgent first, then whoever has waited longest"
    DUE = "due", "Whoever's target comes first"
    SHARED = "shared", "Urgent first, with a share of places kept for whoever has waited longest"


class Priority(models.IntegerChoices):
    """How soon a child has to be seen."""

    URGENT = 1, "P1 urgent"
    SOON = 2, "P2 soon"
    ROUTINE = 3, "P3 routine"


class EventKind(models.TextChoices):
    """What can happen to a referral. The values are those that the clocks of `kept.rules.waits` read."""

    REFERRED = "referred", "Referred"
    RECEIVED = "received", "Referral received"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Sent back with questions"
    ANSWERED = "answered", "Questions answered"
    PRIORITY = "priority_set", "Priority set"
    OFFERED = "offered", "Appointment offered"
    ATTENDED = "attended", "Attended"
    NOT_BROUGHT = "not_brought", "Was not brought"
    CANCELLED_BY_FAMILY = "cancelled_by_family", "Cancelled by the family"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "Cancelled by the service"
    DECLINED = "declined", "Offer declined"
    NEW_DATE = "new_date_agreed", "New date agreed"
    PAUSED = "paused", "Count paused"
    RESUMED = "resumed", "Count resumed"
    MONITORING = "monitoring_started", "Active monitoring started"
    ASSESSMENT_STARTED = "assessment_started", "Assessment started"
    FIRST_CONTACT = "first_contact", "First contact"
    TREATMENT_STARTED = "treatment_started", "Help started"
    NOT_TREATED = "decision_not_to_treat", "Decided that no help is needed"
    REPORT = "report_received", "Report given"
    DIAGNOSIS = "diagnosis_given", "Diagnosis given"
    CONTACTED = "contacted", "Family contacted while waiting"
    CHECKED = "checked", "Checked that the child is safe"
    DELAY = "delay_cause", "Cause of delay recorded"
    CLOSED = "closed", "Closed as seen"
    WITHDRAWN = "withdrawn", "Withdrawn by the family"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    MOVED = "moved_away", "Moved away"
    AGED_OUT = "aged_out", "Too old for the service"
    TRANSFERRED = "transferred", "Transferred to another service"
    DUPLICATE = "duplicate", "Entered twice"
    DIED = "died", "Died"
    UNDONE = "undone", "Taken back: it was recorded by mistake"


ENDINGS: tuple[str, ...] = (
    EventKind.WITHDRAWN,
    EventKind.NOT_ACCEPTED,
    EventKind.MOVED,
    EventKind.AGED_OUT,
    EventKind.TRANSFERRED,
    EventKind.DUPLICATE,
    EventKind.DIED,
)
OUTCOMES: tuple[str, ...] = (
    EventKind.ATTENDED,
    EventKind.NOT_BROUGHT,
    EventKind.CANCELLED_BY_FAMILY,
    EventKind.CANCELLED_BY_SERVICE,
    EventKind.DECLINED,
)
STOPS: tuple[str, ...] = (
    EventKind.ASSESSMENT_STARTED,
    EventKind.FIRST_CONTACT,
    EventKind.TREATMENT_STARTED,
    EventKind.NOT_TREATED,
    EventKind.REPORT,
    EventKind.DIAGNOSIS,
)


class State(models.TextChoices):
    """Where a referral stands. Worked out from its events, never typed in."""

    REFERRED = "referred", "To be accepted"
    RETURNED = "returned", "Sent back with questions"
    WAITING = "waiting", "Waiting"
    OFFERED = "offered", "Appointment offered"
    MONITORING = "monitoring", "Active monitoring"
    SEEN = "seen", "Seen"
    CLOSED = "closed", "Closed without being seen"


WAITING_STATES: tuple[str, ...] = (
    State.REFERRED,
    State.RETURNED,
    State.WAITING,
    State.OFFERED,
    State.MONITORING,
)


class Answer(models.TextChoices):
    """What a person says to a finding of the nightly check."""

    RIGHT = "right", "It is right as it stands"
    MENDED = "mended", "Mended in the record"
    ASKED = "asked", "Asked the service that sent it"
    GONE = "gone", "No longer found"


PAUSES: dict[str, str] = {
    "family_asked": "The family asked to wait",
    "child_unwell": "The child is not well enough",
    "away": "The family is away",
    "awaiting_tests": "Waiting for tests by another service",
}
CAUSES: dict[str, str] = {
    "staff_shortage": "Shortage of staff",
    "no_professional_available": "No professional was available",
    "family_asked": "The family asked for a later date",
    "information_missing": "Information was missing",
    "interpreter": "An interpreter could not be found",
    "other": "Something else",
}
