"""Plain facts that other services read: what a list is, who waits on it, how long it took. No rows of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.rules.waits.survival import End


@dataclass(frozen=True)
class WaitingList:
    """One list: a stage of a service, how many wait on it and how long the longest has waited (days)."""

    stage_id: UUID
    stage: str
    service_id: UUID
    service: str
    service_kind: str
    pathway: str
    agency_id: UUID
    agency: str
    entry_id: UUID | None
    discipline: str
    profession: str
    hours: float | None
    waiting: int
    longest_days: int


@dataclass(frozen=True)
class InLine:
    """An open entry in the order in which it will be served; `ahead` are served before it. Days, not weeks."""

    referral_id: UUID
    child_id: UUID
    priority: int
    referral_made_on: date
    joined_on: date
    state: str
    next_offer_on: date | None
    ahead: int


@dataclass(frozen=True)
class Stay:
    """One child's time on one list, finished or not: for survival curves, hazards, baselines and scores."""

    referral_id: UUID
    child_id: UUID
    priority: int
    referral_made_on: date
    joined_on: date
    ended_on: date | None
    end: End
    reason: str
    missed: int
    offers: int

    @property
    def days(self) -> int | None:
        """Days from the first referral to the end; None while waiting."""
        return (self.ended_on - self.referral_made_on).days if self.ended_on else None


@dataclass(frozen=True)
class History:
    """What `kept.rules.waits` needs to make a statement about one list on a day.

    `stays`: everybody who was on it in the last `weeks` weeks, those still waiting included; `weekly_referrals` and
    `weekly_seen`: counts by week, the oldest first, the last one ending yesterday; `missed` of `offered` appointments.
    """

    stage_id: UUID
    on: date
    weeks: int
    stays: tuple[Stay, ...]
    weekly_referrals: tuple[int, ...]
    weekly_seen: tuple[int, ...]
    urgent_referrals: int
    missed: int
    offered: int
    seen_in_26_weeks: int


@dataclass(frozen=True)
class ChildsWait:
    """One referral of a child, for pages of other services."""

    referral_id: UUID
    ref: str
    service: str
    stage: str
    stage_id: UUID
    state: str
    state_words: str
    referral_made_on: date
    closed_on: date | None
    closed_reason: str
    next_offer_on: date | None
    is_open: bool
