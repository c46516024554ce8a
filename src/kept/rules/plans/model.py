"""The facts a plan is checked on, and what a check finds: typed, frozen, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SECTIONS = ("A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K")
PROVISION_SECTIONS = ("F", "G", "H1", "H2")
NEED_SECTIONS = ("B", "C", "D")


class Severity(StrEnum):
    """How much a finding matters. The order is the order in which findings are shown."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


class Stage(StrEnum):
    """The stages at which wording is checked (plans.md, part 4)."""

    DRAFT = "draft"
    PROPOSED_AMENDMENT = "proposed amendment"
    FINAL = "final"
    AMENDED_FINAL = "amended final"
    TRIBUNAL_ORDERED = "tribunal ordered"


DRAFT_STAGES = frozenset({Stage.DRAFT, Stage.PROPOSED_AMENDMENT})


@dataclass(frozen=True)
class Child:
    """The child or young person as the case file knows them. Age in whole years on the plan's date."""

    first_name: str = ""
    pronouns: str = ""
    age: int | None = None
    nc_year: int | None = None
    also_known_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ordered:
    """A passage that a tribunal ordered, word for word."""

    part: str
    words: str


@dataclass(frozen=True)
class Delivery:
    """Ledger facts of one provision item, for rules L01 to L07. Rates are shares of 1; days are school days."""

    part: str
    days_since_session: int | None = None
    due_weekly: bool = True
    rate: float | None = None
    provider_assigned: bool = True
    start_overdue: bool = False
    days_since_issue_or_change: int | None = None
    in_place_checked: bool | None = None
    missed_without_reason: int = 0
    capacity_reasons: int = 0
    family_says_not_happening: bool = False
    recorded_as_delivered: bool = False


@dataclass(frozen=True)
class Process:
    """Dates of issue and review, for rules R01 to R05, I06, S10 and S11. None means not known to the caller."""

    issued_on: date | None = None
    last_review_completed_on: date | None = None
    review_meeting_on: date | None = None
    amendment_notice_on: date | None = None
    amended_final_on: date | None = None
    changes_marked: bool | None = None
    unchanged_reviews: int = 0
    confirmed_recipients: frozenset[str] | None = None
    phase_transfer_deadline: date | None = None
    phase_final_issued: bool | None = None
    version: str | None = None
    signed_by: str | None = None
    next_review_due: date | None = None
    draft_sent_on: date | None = None


@dataclass(frozen=True)
class Context:
    """What the linter may know besides the words.

    `whole_section` and `whole_plan` say whether a missing element may be called missing: an excerpt is not a plan.
    """

    stage: Stage = Stage.DRAFT
    plan_date: date | None = None
    child: Child = field(default_factory=Child)
    known_people: tuple[str, ...] = ()
    setting: str | None = None
    whole_section: bool = False
    whole_plan: bool = False
    eotas: bool = False
    special_school: bool = False
    ordered: tuple[Ordered, ...] = ()
    delivery: tuple[Delivery, ...] = ()
    process: Process | None = None
    effective_on: date | None = None


@dataclass(frozen=True)
class Part:
    """One entry of a plan, with its links. A link tuple of None means that links are not known, () that there are none.

    `start` is the offset of the text in the pasted document it came from, when it came from one.
    """

    id: str
    section: str
    text: str
    meets: tuple[str, ...] | None = None
    serves: tuple[str, ...] | None = None
    supports: tuple[str, ...] | None = None
    about: str | None = None
    source: str | None = None
    sourced: bool | None = None
    departure_reason: str | None = None
    commissioner_agreed: bool | None = None
    attached: bool | None = None
    views_on: date | None = None
    priced_cost: float | None = None
    new: bool = False
    start: int = 0


@dataclass(frozen=True)
class Plan:
    """A plan, or an excerpt of one, ready to be checked."""

    parts: tuple[Part, ...]
    context: Context = field(default_factory=Context)


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    `start` and `end` are offsets into the part's text (equal when something is absent); `words` is that stretch.
    `why` and `authority` are for the officer, `plain` for the family, `rewrite` a wording with blanks to fill.
    """

    rule: str
    part: str
    words: str
    start: int
    end: int
    severity: Severity
    why: str
    authority: tuple[str, ...]
    rewrite: str
    plain: str
