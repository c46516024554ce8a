"""The directory as facts: what the pages show, what search indexes and what the open feed says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from kept.rules.oruk.entry import EMPTY
from kept.rules.oruk.freshness import Standing, standing

WAIT_IS_OLD = 45  # days
_SPACE = UUID("6f1c1d0e-4a55-5b0e-9c5f-0f3a5a6f2d11")


def key(*parts: object) -> str:
    """A key that is the same whenever it is made from the same parts."""
    return str(uuid5(_SPACE, "/".join(map(str, parts))))


@dataclass(frozen=True)
class Organisation:
    """Who provides it."""

    id: str
    name: str
    description: str
    url: str = ""
    email: str = ""
    identifiers: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Place:
    """A location, with the key of its tie to the service."""

    id: str
    tie: str
    name: str
    address_1: str
    city: str
    county: str
    postcode: str
    latitude: float | None = None
    longitude: float | None = None
    uprn: str = ""
    accessibility: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term of a taxonomy."""

    id: str
    taxonomy: str
    taxonomy_id: str
    name: str
    description: str
    parent_id: str = ""


@dataclass(frozen=True)
class Wait:
    """A measured wait, in weeks; None where too few people were seen for a figure."""

    as_at: date
    clock_starts: str
    clock_stops: str
    period_weeks: int
    seen: int | None
    waiting: int | None
    p10_weeks: float | None
    median_weeks: float | None
    p90_weeks: float | None
    longest_weeks: float | None
    target_weeks: float | None
    within_target_percent: float | None
    trend_weeks: float | None
    bands: Sequence[Mapping[str, Any]] = ()

    def is_old(self, today: date) -> bool:
        """Whether it is too old to be shown."""
        return (today - self.as_at).days > WAIT_IS_OLD


NO_REFERRAL = {"anyone", "self"}
FULL = {"closed", "waiting_list"}
SCHOOLS = frozenset({"LO-01", "LO-02"})  # items of the checklist that places of education carry


@dataclass(frozen=True)
class Entry:
    """One published service. `content` has the fields of `entry.FIELDS`."""

    id: str
    content: Mapping[str, Any]
    organisation: Organisation
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    wait: Wait | None = None
    assured_on: date | None = None
    assured_by: str = ""
    review_on: date | None = None
    archived_on: date | None = None
    link_broken_on: date | None = None
    changed_at: datetime | None = None
    comments: int = 0
    while_waiting: tuple[str, ...] = field(default=())

    def __getattr__(self, name: str) -> Any:
        """A field of the content by its name."""
        try:
            return self.__dict__["content"][name]
        except KeyError:
            if name in EMPTY:
                return EMPTY[name]
            raise AttributeError(name) from None

    def stands(self, today: date) -> Standing:
        """How fresh it is today."""
        return standing(
            assured_on=self.assured_on, review_on=self.review_on, is_statutory=bool(self.items), today=today
        )

    def terms_of(self, taxonomy: str) -> list[str]:
        """The names of its terms in one taxonomy."""
        return [term.name for term in self.terms if term.taxonomy == taxonomy]

    @cached_property
    def features(self) -> frozenset[str]:
        """What a family narrows a list by: "free", "places", "while_waiting", and "has_hours" where opening is known.

        Useful while waiting is what can be used today without anybody's referral; a school is nothing to use while
        one waits.
        """
        is_school = not SCHOOLS.isdisjoint(self.items)
        usable = self.route in NO_REFERRAL and self.capacity not in FULL and self.status == "active"
        said = {
            "free": self.fees.strip().lower().startswith("free"),
            "places": self.capacity in {"open", "limited"},
            "while_waiting": usable and not is_school,
            "has_hours": any(row.get("opens") for row in self.schedules),
        }
        return frozenset(name for name, is_so in said.items() if is_so)

    @cached_property
    def ages(self) -> str:
        """Who it is for by age, in words; "" for all ages."""
        low, high = self.minimum_age, self.maximum_age
        if low is None and high is None:
            return ""
        if high is None:
            return f"From age {low:g}"
        return f"Up to age {high:g}" if not low else f"Ages {low:g} to {high:g}"
