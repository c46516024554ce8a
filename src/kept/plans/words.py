"""The closed lists of the service, with the words that people read."""

from __future__ import annotations

from django.db import models


class Stage(models.TextChoices):
    """What a version is, in law (plans.md part 4)."""

    DRAFT = "draft", "Draft"
    PROPOSED_AMENDMENT = "proposed amendment", "Proposed amendment"
    FINAL = "final", "Final plan"
    AMENDED_FINAL = "amended final", "Amended final plan"
    TRIBUNAL_ORDERED = "tribunal ordered", "Plan as the tribunal ordered"
    TRANSFERRED_IN = "transferred in", "Plan taken over from another council"


DRAFT_STAGES = frozenset({Stage.DRAFT, Stage.PROPOSED_AMENDMENT})
FINAL_STAGES = frozenset(Stage) - DRAFT_STAGES


class Kind(models.TextChoices):
    """What an entry is. Which section holds which is in the section set, not here."""

    VIEW = "view", "View"
    ASPIRATION = "aspiration", "Aspiration"
    STRENGTH = "strength", "Strength"
    NEED = "need", "Need"
    OUTCOME = "outcome", "Outcome"
    PROVISION = "provision", "Provision"
    PLACEMENT = "placement", "Placement"
    PAYMENT = "payment", "Direct payment"
    ADVICE = "advice", "Advice"
    NOTE = "note", "Statement"


class Thread(models.TextChoices):
    """A link of the golden thread, read from its first entry to its second."""

    OUTCOME_ASPIRATION = "supports", "supports the aspiration"
    OUTCOME_NEED = "about", "is about the need"
    PROVISION_NEED = "meets", "meets the need"
    PROVISION_OUTCOME = "serves", "works towards the outcome"
    NEED_ASPIRATION = "holds back", "stands in the way of the aspiration"
    PAYMENT_PROVISION = "pays for", "pays for the provision"


class Answer(models.TextChoices):
    """What the council answers to a point of the family."""

    ACCEPT = "accept", "Accepted"
    PARTLY = "partly", "Accepted in part"
    DECLINE = "decline", "Not accepted"


class Use(models.TextChoices):
    """What became of a recommendation of an adviser."""

    USED = "used", "Used"
    CHANGED = "changed", "Used with a change"
    DECLINED = "declined", "Not used"


class Point(models.TextChoices):
    """What a family says on a draft."""

    COMMENT = "comment", "Comment"
    MEETING = "meeting", "Asks for a meeting"
    SETTING = "setting", "Asks for a school or other place"


class To(models.TextChoices):
    """To whom a version goes."""

    FAMILY = "family", "Parent or carer"
    YOUNG_PERSON = "young_person", "Young person"
    SETTING = "setting", "School, college or nursery"
    NEW_SETTING = "new_setting", "New school, college or nursery"
    HEALTH = "health", "Health commissioner"
    SOCIAL_CARE = "social_care", "Social care"
    OTHER = "other", "Somebody else"


class How(models.TextChoices):
    """How a version was sent. Being in the portal alone is never sending (LGSCO 21 019 072)."""

    POST = "post", "Post"
    EMAIL = "email", "Email"
    HAND = "hand", "By hand"
