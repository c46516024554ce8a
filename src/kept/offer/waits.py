"""Measured waits, pushed here by the service that runs the lists; and what a page says of them in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kept.access.acting import Actor, check_can
from kept.access.roles import Can
from kept.offer.models import Service, Wait
from kept.offer.publishing import touch
from kept.offer.states import ENOUGH_TO_TELL
from kept.rules.oruk.bands import split
from kept.rules.oruk.model import Wait as WaitFacts

MONTH = 8  # weeks: from here months say more than weeks


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A wait as a waiting list measured it: weeks waited by each person seen in the period, and weeks so far."""

    clock_starts: str
    clock_stops: str
    weeks_of_seen: tuple[float, ...]
    weeks_so_far: tuple[float, ...]
    period_weeks: int = 13
    target_weeks: float | None = None
    median_before: float | None = None
    ages_of_seen: tuple[float, ...] = ()
    ages_so_far: tuple[float, ...] = ()
    """Ages in years beside the weeks, in the same order; empty where they are not known."""


def by_age(measured: Measured) -> list[dict[str, float | int]]:
    """The figures of each band of ages that has ten people seen; none when ages are not known or bands cannot be told.

    How many wait is said only when each band has ten of them, so that no small number follows from the total.
    """
    if len(measured.ages_of_seen) != len(measured.weeks_of_seen) or len(measured.ages_so_far) != len(
        measured.weeks_so_far
    ):
        return []
    bands = split(
        list(zip(measured.ages_of_seen, measured.weeks_of_seen, strict=True)),
        list(zip(measured.ages_so_far, measured.weeks_so_far, strict=True)),
    )
    told = all(len(band.weeks_so_far) >= ENOUGH_TO_TELL for band in bands)
    return [
        {
            "low": band.low,
            "high": band.high,
            "seen": len(band.weeks_of_seen),
            "median_weeks": round(_at(list(band.weeks_of_seen), 0.5), 1),
            "p90_weeks": round(_at(list(band.weeks_of_seen), 0.9), 1),
        }
        | ({"waiting": len(band.weeks_so_far)} if told else {})
        for band in bands
    ]


def _at(ordered: list[float], share: float) -> float:
    """The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7)."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def figures(measured: Measured) -> dict[str, float | int | None]:
    """The figures that may be published: none from fewer than ten people."""
    seen, waiting = sorted(measured.weeks_of_seen), sorted(measured.weeks_so_far)
    told = len(seen) >= ENOUGH_TO_TELL
    shown = len(waiting) >= ENOUGH_TO_TELL
    median = round(_at(seen, 0.5), 1) if told else None
    target = measured.target_weeks
    within = 100 * sum(weeks <= target for weeks in seen) / len(seen) if told and target is not None else None
    return {
        "seen": len(seen) if told else None,
        "waiting": len(waiting) if shown else None,
        "p10_weeks": round(_at(seen, 0.1), 1) if told else None,
        "median_weeks": median,
        "p90_weeks": round(_at(seen, 0.9), 1) if told else None,
        "longest_weeks": round(waiting[-1], 1) if shown else None,
        "target_weeks": target,
        "within_target_percent": round(within, 0) if within is not None else None,
        "trend_weeks": round(median - measured.median_before, 1)
        if median is not None and measured.median_before is not None
        else None,
    }


@transaction.atomic
def record_wait(*, by: Actor, service: Service, measured: Measured, as_at: date | None = None) -> Wait:
    """Publish the wait for a service as measured today. Called by the service that runs the list; safe to repeat.

    Raises Refused unless the actor edits the Local Offer (Kept itself does).
    """
    check_can(by, Can.EDIT_OFFER)
    wait, _ = Wait.objects.update_or_create(
        area=by.area,
        service=service,
        as_at=as_at or by.today,
        defaults={
            "clock_starts": measured.clock_starts,
            "clock_stops": measured.clock_stops,
            "period_weeks": measured.period_weeks,
            "bands": by_age(measured),
            **figures(measured),
        },
    )
    touch(by.area)
    return wait


def _month(day: date, today: date) -> str:
    return f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"


@dataclass(frozen=True)
class WaitWords:
    """What a page says of a wait: one headline, and lines beneath."""

    headline: str
    lines: tuple[str, ...] = ()
    source: str = ""


def in_words(wait: WaitFacts | None, *, stated: str, stated_on: str | None, today: date) -> WaitWords | None:
    """The wait in words; None when nothing is known.

    The interval is of those seen lately: eight in ten waited between the tenth and the ninetieth percentile. For
    somebody who asks today it is given as months, and said to hold only if the wait stays as it is.
    """
    if wait and wait.is_old(today):
        return WaitWords("We do not have an up-to-date figure for this wait.", source="Measured, but too old to show")
    if wait and wait.p10_weeks is not None and wait.p90_weeks is not None:
        return _measured(wait, today)
    if wait:
        return WaitWords(
            "Too few people were seen lately to give a figure.",
            (_waiting(wait),),
            f"Measured from the waiting list on {wait.as_at.day} {wait.as_at:%B %Y}",
        )
    if stated:
        on = date.fromisoformat(stated_on) if stated_on else None
        when = f" on {on.day} {on:%B %Y}" if on else ""
        return WaitWords(stated, (), f"Stated by the provider{when}, not measured")
    return None


def _measured(wait: WaitFacts, today: date) -> WaitWords:
    low, high = float(wait.p10_weeks or 0), float(wait.p90_weeks or 0)
    first, last = today + timedelta(weeks=low), today + timedelta(weeks=high)
    if high < MONTH:
        headline = f"8 in 10 are seen within {max(1, round(low))} to {round(high)} weeks of asking."
    elif _month(first, today) == _month(last, today):
        headline = f"If you ask today: 8 in 10 are seen in {_month(first, today)}."
    else:
        headline = f"If you ask today: 8 in 10 are seen between {_month(first, today)} and {_month(last, today)}."
    since = wait.as_at - timedelta(weeks=wait.period_weeks)
    lines = [
        f"Half of the people seen since {since.day} {since:%B} waited more than {round(wait.median_weeks or 0)} weeks. "
        f"One in ten waited more than {round(high)} weeks.",
        _waiting(wait),
    ]
    if wait.within_target_percent is not None and wait.target_weeks is not None:
        share = f"{wait.within_target_percent:.0f}% of them were" if wait.within_target_percent else "None of them was"
        lines.append(f"{share} seen within {wait.target_weeks:.0f} weeks.")
    if wait.trend_weeks:
        way = "longer" if wait.trend_weeks > 0 else "shorter"
        lines.append(
            f"That is about {abs(wait.trend_weeks):.0f} weeks {way} than in the {wait.period_weeks} weeks before."
        )
    lines.extend(_band_in_words(band) for band in wait.bands)
    lines.append(f"The wait is counted from {wait.clock_starts} to {wait.clock_stops}.")
    as_at = f"{wait.as_at.day} {wait.as_at:%B %Y}"
    return WaitWords(
        headline, tuple(lines), f"Measured from the waiting list on {as_at}. It changes if demand changes."
    )


def _waiting(wait: WaitFacts) -> str:
    if wait.waiting is None:
        return "Fewer than 10 people are waiting now."
    return f"{wait.waiting} people are waiting now; the longest has waited {round(wait.longest_weeks or 0)} weeks."


def _band_in_words(band: Mapping[str, Any]) -> str:
    waiting = f" {band['waiting']} wait now." if "waiting" in band else ""
    return (
        f"Aged {band['low']} to {band['high']}: half waited more than {round(band['median_weeks'])} weeks, "
        f"one in ten more than {round(band['p90_weeks'])}.{waiting}"
    )
