"""The closed lists of a review, in the words of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    """Why there is a review."""

    FIRST = "first", "First review of the plan"
    ANNUAL = "annual", "Annual review"
    TRANSFER = "transfer", "Review before a change of phase"
    EARLY = "early", "Early review"


class Part(models.TextChoices):
    """Whom an invitation is for. The first five must be invited (SEND Regulations 2014 reg 20(2))."""

    PARENT = "parent", "Parent or carer"
    YOUNG_PERSON = "young_person", "Young person"
    SETTING = "setting", "Head, principal or provider"
    EDUCATION = "education", "Education officer of the council"
    HEALTH = "health", "Health professional"
    CARE = "care", "Social care officer of the council"
    SERVICE = "service", "Service that works with the child"
    OTHER = "other", "Somebody else"


MUST_COME: tuple[tuple[str, frozenset[str]], ...] = (
    ("the parent or the young person", frozenset({Part.PARENT, Part.YOUNG_PERSON})),
    ("the head, principal or provider", frozenset({Part.SETTING})),
    ("an education officer of the council", frozenset({Part.EDUCATION})),
    ("a health professional whom the integrated care board (ICB) names", frozenset({Part.HEALTH})),
    ("a social care officer of the council", frozenset({Part.CARE})),
)


class Outcome(models.TextChoices):
    """What a review may end in."""

    MAINTAIN = "maintain", "Keep the plan as it is"
    AMEND = "amend", "Amend the plan"
    CEASE = "cease", "Cease the plan"


class Changed(models.TextChoices):
    """Whether the family says that the meeting changed something."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


@dataclass(frozen=True)
class Topic:
    """One thing that people write before the meeting. group: under which heading the papers show it."""

    key: str
    title: str
    hint: str
    group: str
    by_family: bool = False
    from_year: int | None = None


_CHILD = (
    "What is going well, what is hard, what should change, what they hope for. Their own words, drawings or signs "
    "where they can be had."
)
_FAMILY = "What is working, what is not, what has changed at home, what you want from this review."
_ADVICE = "Progress since the last review, what helped and what did not, what you would change in the plan and why."
_MONEY = "What is paid for, whether it is used as agreed, and whether the family wants it changed."
_WORK = "Higher or further education, training, apprenticeships, work."
_ADULT = "Preparing for adulthood: "

# Key, title, hint, group, whether the family may write it, and from which curriculum year it is asked.
_ROWS: tuple[tuple[str, str, str, str, bool, int | None], ...] = (
    ("child", "The child’s part", _CHILD, "child", True, None),
    ("family", "What the family thinks", _FAMILY, "family", True, None),
    ("advice", "Advice and information for the review", _ADVICE, "advice", False, None),
    ("transport", "Travel", "What travel help there is, and whether it still fits.", "arrangements", True, None),
    ("money", "Personal budget and direct payments", _MONEY, "arrangements", True, None),
    ("health", "Health", "Changes in health needs or care since the last review.", "arrangements", True, None),
    ("care", "Social care", "Changes in social care since the last review.", "arrangements", True, None),
    ("next_phase", "The next step", "What comes next, when, and what has to be ready.", "next", True, None),
    ("adult_work", f"{_ADULT}work and learning", _WORK, "adulthood", True, 9),
    ("adult_home", f"{_ADULT}independent living", "Choices over where and how to live.", "adulthood", True, 9),
    ("adult_friends", f"{_ADULT}friends and community", "Friendships, taking part.", "adulthood", True, 9),
    ("adult_health", f"{_ADULT}being healthy", "The move to adult health services.", "adulthood", True, 9),
)
TOPICS = tuple(Topic(*row) for row in _ROWS)
TOPIC = {one.key: one for one in TOPICS}
GROUPS: tuple[tuple[str, str], ...] = (
    ("child", "The child’s part"),
    ("family", "What the family thinks"),
    ("advice", "Advice"),
    ("arrangements", "Travel, money, health and care"),
    ("next", "The next step"),
    ("adulthood", "Preparing for adulthood"),
)
ADULTHOOD_FROM = 9


def topics_for(curriculum_year: int) -> tuple[Topic, ...]:
    """What is written before a review: adulthood from year 9 on (SEND Regulations 2014 regs 20(6), 21(6))."""
    return tuple(one for one in TOPICS if one.from_year is None or curriculum_year >= one.from_year)
