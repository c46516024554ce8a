"""Checks of a waiting list (V1 to V14). Each finding is a task for a person; none changes a record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .clocks import add_months

QUIET_DAYS = 90
ACCEPT_WITHIN_DAYS = 14
DEFAULT_DATE_SHARE = 0.05
DROP_SHARE = 0.5
EXTREME = 0.995
FEWEST_FOR_EXTREME = 200


@dataclass(frozen=True)
class Offer:
    """An appointment and what came of it: attended, was_not_brought, cancelled_by_..., declined, or "" = open."""

    offered_on: date
    for_date: date
    outcome: str = ""


@dataclass(frozen=True)
class Pause:
    """A pause of the reportable clock; `end` None = still paused."""

    start: date
    end: date | None
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """One child x one stage x one service."""

    ref: str
    child: str
    service: str
    stage: str
    referral_made_on: date
    referral_received_on: date | None = None
    accepted_on: date | None = None
    clock_start_on: date | None = None
    born_on: date | None = None
    offers: tuple[Offer, ...] = ()
    pauses: tuple[Pause, ...] = ()
    nullified_on: tuple[date, ...] = ()
    closed_on: date | None = None
    closed_reason: str = ""
    last_event_on: date | None = None
    imported_on: date | None = None
    batch: str = ""
    source: str = ""

    def open_on(self, day: date) -> bool:
        """Whether the child still waits at the end of a day."""
        return self.closed_on is None or self.closed_on > day


@dataclass(frozen=True)
class Policy:
    """Local settings: the last age that a service sees (years), the longest pause (days)."""

    upper_age: Mapping[str, int]
    longest_pause: int = 28


@dataclass(frozen=True)
class Finding:
    """One task: the check's code, the entries it is about, and a sentence."""

    code: str
    refs: tuple[str, ...]
    sentence: str


Check = Callable[[Entry, date, Policy], str | None]


def _stop_before_start(entry: Entry, today: date, policy: Policy) -> str | None:
    start = entry.clock_start_on or entry.referral_made_on
    if entry.closed_on is not None and entry.closed_on < min(start, entry.referral_made_on):
        return "It was closed before it began."
    return None


def _quiet(entry: Entry, today: date, policy: Policy) -> str | None:
    days = [entry.referral_made_on, entry.referral_received_on, entry.accepted_on, entry.last_event_on]
    days += [offer.offered_on for offer in entry.offers] + [offer.for_date for offer in entry.offers]
    last = max(day for day in days if day is not None)
    if entry.open_on(today) and (today - last).days >= QUIET_DAYS:
        return f"Nothing has happened for {(today - last).days} days."
    return None


def _too_old(entry: Entry, today: date, policy: Policy) -> str | None:
    limit = policy.upper_age.get(entry.service)
    if limit is None or entry.born_on is None or not entry.open_on(today):
        return None
    return f"The child is older than {limit}." if add_months(entry.born_on, 12 * (limit + 1)) <= today else None


def _seen_without_attendance(entry: Entry, today: date, policy: Policy) -> str | None:
    attended = any(offer.outcome == "attended" for offer in entry.offers)
    return (
        "It is closed as seen, but no appointment was attended."
        if entry.closed_reason == "seen" and not attended
        else None
    )


def _clock_after_offer(entry: Entry, today: date, policy: Policy) -> str | None:
    first = min((offer.offered_on for offer in entry.offers), default=None)
    if entry.clock_start_on is not None and first is not None and entry.clock_start_on > first:
        return "The clock starts after the first offer."
    return None


def _twice_set_back(entry: Entry, today: date, policy: Policy) -> str | None:
    return "The clock was set back more than once." if len(entry.nullified_on) > 1 else None


def _long_pause(entry: Entry, today: date, policy: Policy) -> str | None:
    longest = max((((pause.end or today) - pause.start).days for pause in entry.pauses), default=0)
    return f"It was paused for {longest} days." if longest > policy.longest_pause else None


def _closed_in_future(entry: Entry, today: date, policy: Policy) -> str | None:
    return "It has a closing date in the future." if entry.closed_on is not None and entry.closed_on > today else None


def _slow_acceptance(entry: Entry, today: date, policy: Policy) -> str | None:
    if entry.accepted_on is None or entry.referral_received_on is None:
        return None
    days = (entry.accepted_on - entry.referral_received_on).days
    return f"It was accepted {days} days after it was received." if days > ACCEPT_WITHIN_DAYS else None


CHECKS: Mapping[str, Check] = {
    "V1": _stop_before_start,
    "V2": _quiet,
    "V3": _too_old,
    "V5": _seen_without_attendance,
    "V6": _clock_after_offer,
    "V7": _twice_set_back,
    "V8": _long_pause,
    "V9": _closed_in_future,
    "V10": _slow_acceptance,
}


def validate(
    entries: Sequence[Entry],
    *,
    today: date,
    policy: Policy,
    last_month: Mapping[str, int] | None = None,
    totals: Sequence[tuple[str, int, Sequence[int]]] = (),
) -> list[Finding]:
    """All findings of a list on a day.

    `last_month`: open entries by source a month ago (V12); `totals`: (what, total, parts) of figures reported (V13).
    """
    found = [
        Finding(code, (entry.ref,), sentence)
        for entry in entries
        for code, check in CHECKS.items()
        if (sentence := check(entry, today, policy)) is not None
    ]
    found += [*_duplicates(entries, today), *_default_dates(entries), *_extremes(entries, today)]
    found += [*_drops(entries, today, last_month or {}), *_sums(totals)]
    return sorted(found, key=lambda finding: (int(finding.code[1:]), finding.refs))


def _duplicates(entries: Sequence[Entry], today: date) -> Iterator[Finding]:
    same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for entry in entries:
        if entry.open_on(today):
            same[entry.child, entry.service, entry.stage].append(entry.ref)
    for refs in same.values():
        if len(refs) > 1:
            yield Finding("V4", tuple(refs), "The child has more than one open entry for this stage of this service.")


def _default_dates(entries: Sequence[Entry]) -> Iterator[Finding]:
    batches: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.imported_on is not None:
            batches[entry.batch, entry.imported_on].append(entry)
    for (_, day), batch in batches.items():
        suspect = tuple(entry.ref for entry in batch if entry.referral_made_on == day)
        if len(suspect) > DEFAULT_DATE_SHARE * len(batch):
            yield Finding("V11", suspect, f"{len(suspect)} of {len(batch)} were referred on the day of the import.")


def _drops(entries: Sequence[Entry], today: date, last_month: Mapping[str, int]) -> Iterator[Finding]:
    now = Counter(entry.source for entry in entries if entry.open_on(today))
    for source, before in last_month.items():
        if before > 0 and now[source] < (1 - DROP_SHARE) * before:
            sentence = f"{source} has {now[source]} open entries after {before} a month ago: has it stopped sending?"
            yield Finding("V12", (), sentence)


def _sums(totals: Sequence[tuple[str, int, Sequence[int]]]) -> Iterator[Finding]:
    for what, total, parts in totals:
        if sum(parts) != total:
            yield Finding("V13", (), f"{what}: the parts add up to {sum(parts)}, the total is {total}.")


def _extremes(entries: Sequence[Entry], today: date) -> Iterator[Finding]:
    waits = sorted((today - entry.referral_made_on, entry.ref) for entry in entries if entry.open_on(today))
    if len(waits) < FEWEST_FOR_EXTREME:
        return
    limit = waits[int(EXTREME * len(waits))][0]
    for wait, ref in waits:
        if wait >= limit > timedelta():
            yield Finding(
                "V14", (ref,), f"It has waited {wait.days} days, longer than all but 1 in 200: check by hand."
            )
