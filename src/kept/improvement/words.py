"""The closed lists of a programme, in the words of the page."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    """Kinds of programme."""

    WSOA = "wsoa", "Written statement of action"
    APP = "app", "Accelerated progress plan"
    PRIORITY = "priority", "Priority action plan"
    STRATEGIC = "strategic", "Strategic plan"
    NOTICE = "notice", "Improvement notice"
    LOCAL = "local", "Local programme"


class FindingKind(TextChoices):
    """Whose finding it is and how grave."""

    WEAKNESS = "weakness", "Significant weakness"
    PRIORITY = "priority", "Area for priority action"
    IMPROVE = "improve", "Area for improvement"
    LOCAL = "local", "Local finding"


class CauseState(TextChoices):
    """How sure we are of a cause."""

    GUESS = "guess", "A guess"
    TESTED = "tested", "Tested"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"


class Claim(TextChoices):
    """What evidence is said to prove."""

    DELIVERY = "delivery", "That it was delivered"
    PRACTICE = "practice", "That practice changed"
    IMPACT = "impact", "That children and families are better off"


class EvidenceKind(TextChoices):
    """Kinds of evidence."""

    DOCUMENT = "document", "Policy, minutes, job advert, contract or training numbers"
    AUDIT = "audit", "Audit or observation of real cases"
    MEASURE = "measure", "A measure and its chart"
    FAMILIES = "families", "Families' verdict, complaints, appeals or a survey with its response rate"


class Answer(TextChoices):
    """Whether it worked, in the families' words."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNSURE = "unsure", "Cannot tell yet"


class Method(TextChoices):
    """How families were asked."""

    PANEL = "panel", "Panel of the forum"
    SURVEY = "survey", "Survey"
    VISITS = "visits", "Conversations and visits"


class Delivery(TextChoices):
    """The delivery status: computed, never typed."""

    PLANNED = "planned", "Planned"
    ON_TIME = "on_time", "On time"
    LATE = "late", "Late"
    DELIVERED = "delivered", "Delivered"
    UNKNOWN = "unknown", "Unknown: no news for 45 days"


class Impact(TextChoices):
    """The impact status: computed, never typed."""

    NO_MEASURE = "no_measure", "No measure"
    NO_DATA = "no_data", "No data"
    TOO_EARLY = "too_early", "Too early to tell"
    NONE_SHOWN = "none_shown", "No impact shown"
    NO_CHANGE = "no_change", "No change"
    IMPROVING = "improving", "Improving"
    RELIABLE = "reliable", "Reliable at target"
    WORSE = "worse", "Worse"
    UNKNOWN = "unknown", "Unknown: no figure for 45 days"


class Stage(TextChoices):
    """Where a finding stands in its life: computed."""

    OPEN = "open", "Open"
    CAUSES = "causes", "Causes agreed"
    DELIVERING = "delivering", "In delivery"
    NOT_SHOWN = "not_shown", "Delivered, impact not shown"
    SIGNAL = "signal", "Impact signal"
    AGREED = "agreed", "Families agree"
    SUSTAINED = "sustained", "Sustained"
    CLOSED = "closed", "Closed"
    REGRESSED = "regressed", "Got worse again"
    DISPUTED = "disputed", "Disputed by families"


class Body(TextChoices):
    """Who meets."""

    BOARD = "board", "Improvement board"
    WORKSTREAM = "workstream", "Workstream"
    SCRUTINY = "scrutiny", "Scrutiny"
    FORUM = "forum", "Parent carer forum"
