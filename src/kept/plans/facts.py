"""A whole plan as frozen facts: what outputs, comparisons, families' pages and the delivery ledger read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kept.plans.section_sets import SectionSet
from kept.plans.words import DRAFT_STAGES, Kind, Stage, Thread
from kept.rules.plans import Provision
from kept.rules.plans.provision import HowOften, Ratio, Review, Step

# What an entry may say besides its words, by kind. Days are ISO text. Everything else is left out on saving.
DETAILS: dict[Kind, tuple[str, ...]] = {
    Kind.VIEW: ("whose", "gathered_on", "method"),
    Kind.ASPIRATION: ("whose",),
    Kind.STRENGTH: (),
    Kind.NEED: ("area", "level", "impact"),
    Kind.OUTCOME: ("measure", "baseline", "by", "phase", "steps"),
    Kind.PROVISION: ("commissioner_agreed", "person", "contract"),
    Kind.PLACEMENT: ("name", "type", "urn", "from"),
    Kind.PAYMENT: ("pounds", "period"),
    Kind.ADVICE: ("author", "role", "dated", "attached"),
    Kind.NOTE: (),
}


class BadProvision(ValueError):
    """The fields contradict one another; the text is a sentence for the writer, `field` the box that it is about."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class SourceSpan:
    """Where an entry comes from."""

    said_by: str
    said_on: date | None = None
    place: str = ""
    words: str = ""
    document_id: UUID | None = None
    advice_id: UUID | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Departed:
    """That an entry does something else than the advice."""

    advice: str
    instead: str
    reason: str
    evidence: str
    on: date


@dataclass(frozen=True, kw_only=True)
class WholeEntry:
    """One entry with its links by lineage. `locked` holds the order's reference when a tribunal ordered the words.

    schedulable: whether the delivery ledger can count it; None for entries that are no provision.
    """

    pk: UUID
    lineage: UUID
    section: str
    kind: Kind
    position: int
    text: str
    original: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    provision: Provision | None = None
    provider: str = ""
    is_typed: bool = False
    schedulable: bool | None = None
    read_by_machine: bool = False
    locked: str = ""
    revision: int = 0
    meets: tuple[UUID, ...] = ()
    serves: tuple[UUID, ...] = ()
    about: tuple[UUID, ...] = ()
    supports: tuple[UUID, ...] = ()
    pays_for: tuple[UUID, ...] = ()
    sources: tuple[SourceSpan, ...] = ()
    departures: tuple[Departed, ...] = ()

    @property
    def is_floor(self) -> bool | None:
        """Whether its quantity is a least amount (True) or exact (False); None without typed provision."""
        return self.provision.minimum if self.provision else None

    @property
    def links(self) -> tuple[UUID, ...]:
        """Every lineage that it points to."""
        return (*self.meets, *self.serves, *self.about, *self.supports, *self.pays_for)


@dataclass(frozen=True, kw_only=True)
class WholePlan:
    """One version of a plan with everything in it, in the order of its sections."""

    plan_id: UUID
    version_id: UUID
    child_id: UUID
    first_name: str
    full_name: str
    born_on: date
    number: int
    stage: Stage
    section_set: SectionSet
    entries: tuple[WholeEntry, ...]
    area_name: str = ""
    case_id: UUID | None = None
    writer: str = ""
    signed_by: str = ""
    reason: str = ""
    sent_on: date | None = None
    issued_on: date | None = None
    notice_on: date | None = None
    superseded_on: date | None = None
    superseded_by: UUID | None = None
    ceased_on: date | None = None
    is_eotas: bool = False
    is_imported: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft or a proposed amendment."""
        return self.stage in DRAFT_STAGES

    @property
    def title(self) -> str:
        """What to call it, without the child's name."""
        return f"{self.stage.label}, version {self.number}"

    @property
    def dated(self) -> date | None:
        """The day that stands on it: issued, else sent."""
        return self.issued_on or self.sent_on

    def of_section(self, code: str) -> tuple[WholeEntry, ...]:
        """The entries of one section in their order."""
        return tuple(one for one in self.entries if one.section == code)

    def of_kind(self, kind: Kind) -> tuple[WholeEntry, ...]:
        """The entries of one kind."""
        return tuple(one for one in self.entries if one.kind is kind)

    @property
    def by_lineage(self) -> dict[UUID, WholeEntry]:
        """The entries by lineage."""
        return {one.lineage: one for one in self.entries}

    def label_of(self, lineage: UUID) -> str:
        """A short name such as B2 (the second entry of section B); "" for a lineage that is not in this version."""
        return self.labels.get(lineage, "")

    @property
    def labels(self) -> dict[UUID, str]:
        """A short name for each entry: section and running number."""
        found: dict[UUID, str] = {}
        counts: dict[str, int] = {}
        for one in self.entries:
            counts[one.section] = counts.get(one.section, 0) + 1
            found[one.lineage] = f"{one.section}{'.' if one.section[-1].isdigit() else ''}{counts[one.section]}"
        return found

    @property
    def schedulable_share(self) -> float | None:
        """Share of the provision entries whose delivery can be counted; None without provision."""
        known = [one for one in self.entries if one.schedulable is not None]
        return sum(bool(one.schedulable) for one in known) / len(known) if known else None


LINK_FIELDS = {
    Thread.PROVISION_NEED: "meets",
    Thread.PROVISION_OUTCOME: "serves",
    Thread.OUTCOME_NEED: "about",
    Thread.OUTCOME_ASPIRATION: "supports",
    Thread.PAYMENT_PROVISION: "pays_for",
}


def clean_details(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of the details of an entry of a kind: known names with something in them."""
    return {name: given[name] for name in DETAILS[kind] if given.get(name) not in (None, "")}


def provision_data(found: Provision) -> dict[str, Any]:
    """A typed provision as JSON: only what is said; days as ISO text."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [plain(one) for one in value]
        return value

    given = dataclasses.asdict(found)
    given.pop("reasons", None)
    return {key: plain(value) for key, value in given.items() if value not in (None, "", (), [], False)}


_FIELDS = {one.name for one in dataclasses.fields(Provision)}


def _day(given: Any, name: str) -> date | None:
    if not given:
        return None
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise BadProvision(f"{given} is not a day.", name) from None


def _often(given: Mapping[str, Any] | None) -> HowOften | None:
    return HowOften(int(given["times"]), str(given["unit"]), int(given.get("every", 1))) if given else None


def provision_of(given: Mapping[str, Any] | None) -> Provision | None:
    """A typed provision from its JSON; fields unknown here are left out. Raises BadProvision for what cannot be read.

    Whether its fields contradict one another is asked by `check_provision` on writing, and stands in `reasons` here.
    """
    if given is None:
        return None
    known = {key: value for key, value in given.items() if key in _FIELDS and key != "reasons"}
    try:
        if known.get("often") is not None:
            known["often"] = _often(known["often"])
        if known.get("ratio") is not None:
            known["ratio"] = Ratio(**known["ratio"])
        if known.get("review") is not None:
            known["review"] = Review(**known["review"])
        known["steps"] = tuple(
            Step(
                _day(one["until"], "steps") or date.max,
                int(one["minutes"]),
                _often(one["often"]) or HowOften(1, "week"),
            )
            for one in known.get("steps", ())
        )
        known["week_list"] = tuple(day for one in known.get("week_list", ()) if (day := _day(one, "week_list")))
        known["start"], known["end"] = _day(known.get("start"), "start"), _day(known.get("end"), "end")
        found = Provision(**known)
    except (KeyError, TypeError, ValueError) as problem:
        if isinstance(problem, BadProvision):
            raise
        raise BadProvision("The fields of this provision cannot be read.") from problem
    return dataclasses.replace(found, reasons=tuple(unscheduled(found)))


def check_provision(found: Provision) -> None:
    """Raise BadProvision where fields contradict one another (plans.md part 3: exactly one way to say how much)."""
    amounts = [found.session_minutes is not None, found.weekly_minutes is not None, bool(found.coverage)]
    if sum(amounts) > 1:
        raise BadProvision(
            "Say how much in one way only: minutes a session, minutes a week, or when all through.", "amount"
        )
    for name in ("session_minutes", "weekly_minutes"):
        value = getattr(found, name)
        if value is not None and value <= 0:
            raise BadProvision("The minutes must be more than none.", name)
    if found.start and found.end and found.end < found.start:
        raise BadProvision("This provision ends before it starts.", "end")
    days = [one.until for one in found.steps]
    if days != sorted(set(days)):
        raise BadProvision("Each step must end later than the step before it.", "steps")
    if found.steps and found.start and found.steps[0].until < found.start:
        raise BadProvision("The first step ends before the provision starts.", "steps")
    if found.steps and found.end and found.steps[-1].until > found.end:
        raise BadProvision("The last step goes on after the provision ends.", "steps")
    if any(one.minutes <= 0 or one.often.times < 1 or one.often.every < 1 for one in found.steps):
        raise BadProvision("Each step says how many minutes and how often, more than none.", "steps")
    if found.trigger and (found.often or found.weekly_minutes is not None):
        raise BadProvision("Say either how often, or each time what happens, not both.", "trigger")
    _check_weeks(found)
    if found.often and (found.often.times < 1 or found.often.every < 1):
        raise BadProvision("How often must be at least once.", "often")
    if found.ratio and (found.ratio.pupils < 1 or found.ratio.adults < 1):
        raise BadProvision("A group has at least one adult and one pupil.", "ratio")


def _check_weeks(found: Provision) -> None:
    if found.week_list and found.weeks:
        raise BadProvision("Say in which weeks in one way only: by name, or by a list of weeks.", "weeks")
    if any(found.end and day > found.end for day in found.week_list):
        raise BadProvision("A week of the list begins after the provision ends.", "week_list")
    if any(found.start and day + timedelta(days=6) < found.start for day in found.week_list):
        raise BadProvision("A week of the list is over before the provision starts.", "week_list")


def unscheduled(found: Provision) -> list[str]:
    """Why the ledger cannot count a typed provision, in plain sentences; none when it can."""
    reasons = []
    try:
        check_provision(found)
    except BadProvision as problem:
        reasons.append(str(problem))
    if found.mode == "direct":
        if found.session_minutes is None and found.weekly_minutes is None and not found.coverage and not found.steps:
            reasons.append("This does not say for how long.")
        how_often = found.often or found.trigger or found.steps
        if found.weekly_minutes is None and not found.coverage and not how_often:
            reasons.append("This does not say how often.")
    if not found.role:
        reasons.append("This does not say who will do it.")
    if not found.service:
        reasons.append("This does not say what will be done.")
    return reasons


def thread_links(rows: Iterable[tuple[str, UUID, UUID]]) -> dict[UUID, dict[str, tuple[UUID, ...]]]:
    """Links as they stand on each entry: (kind, first, second) becomes {first: {"meets": (second, ...)}}."""
    found: dict[UUID, dict[str, tuple[UUID, ...]]] = {}
    for kind, first, second in rows:
        name = LINK_FIELDS.get(Thread(kind))
        if name:
            mine = found.setdefault(first, {})
            mine[name] = (*mine.get(name, ()), second)
    return found
