"""Areas to compare with, beside England: those that the area itself named, else those most like it by our own method.

Our method is ours, and is not the Department for Education's list of statistical neighbours: that one weighs what is
known of the children's families (income, health, schooling), which is not in the figures published about plans.
Ours asks which authorities have plans most like this area's: how many, how fast they grow, how many are new, where the
children are placed and what their main needs are. None of what is compared afterwards (timeliness, refusals, reviews)
goes into it. The same figures always give the same list.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import dist, log
from pathlib import Path
from statistics import fmean, pstdev

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Area
from kept.access.roles import Can
from kept.measures.models import NeighbourList
from kept.measures.national import Published, published_of

FILE = Path(__file__).parent / "data" / "authorities.csv"
HOW_MANY = 10
MOST = 20
OWN_NAME = "Areas most like this one, by our own method"
FEATURES = (
    "plans, in orders of size",
    "plans against three years before",
    "new plans for each plan",
    "share in mainstream schools",
    "share in special schools",
    "share in further education",
    "share with autism as main need",
    "share with speech, language and communication needs",
    "share with social, emotional and mental health needs",
    "share with moderate learning difficulty",
)


@dataclass(frozen=True)
class Authority:
    """An authority, and what is known of its plans; no features where something was not published."""

    code: str
    name: str
    region: str
    features: tuple[float, ...] = ()


@dataclass(frozen=True)
class Compared:
    """With whom an area compares itself: named by it, or found by our method (`chosen` is None)."""

    name: str
    authorities: tuple[Authority, ...]
    chosen: NeighbourList | None = None


@cache
def authorities() -> dict[str, Authority]:
    """Every authority of 2024/25 by its code of three digits."""
    with FILE.open(encoding="utf-8") as opened:
        return {row["la_code"]: _authority(row) for row in csv.DictReader(opened)}


def _authority(row: dict[str, str]) -> Authority:
    names = (
        "plans_2025",
        "plans_2022",
        "new_plans_2024",
        "mainstream",
        "special",
        "further",
        "asd",
        "slcn",
        "semh",
        "mld",
    )
    known = [float(row[name]) for name in names if row[name]]
    if len(known) < len(names) or not known[0] or not known[1]:
        return Authority(row["la_code"], row["name"], row["region"])
    plans, before, *parts = known
    features = (log(plans), plans / before, *(part / plans for part in parts))
    return Authority(row["la_code"], row["name"], row["region"], features)


@cache
def most_like(code: str, number: int = HOW_MANY) -> tuple[Authority, ...]:
    """The authorities whose plans are most like this one's, the nearest first; none where too little is published.

    Each feature is measured in standard deviations of all authorities, and the distance is the ordinary one. Of two as
    near the lower code stands first.
    """
    known = [one for one in authorities().values() if one.features]
    own = authorities().get(code)
    if own is None or not own.features:
        return ()
    columns = list(zip(*(one.features for one in known), strict=True))
    scale = [(fmean(column), pstdev(column) or 1.0) for column in columns]

    def placed(one: Authority) -> list[float]:
        return [(value - mean) / spread for value, (mean, spread) in zip(one.features, scale, strict=True)]

    here = placed(own)
    others = [one for one in known if one.code != code]
    return tuple(sorted(others, key=lambda one: (dist(here, placed(one)), one.code))[:number])


def chosen(area: Area) -> NeighbourList | None:
    """The list that the area set last; one without codes sets our own method again."""
    return NeighbourList.objects.filter(area=area).select_related("by").first()


def history(area: Area) -> list[NeighbourList]:
    """Every list that was ever set, the latest first."""
    return list(NeighbourList.objects.filter(area=area).select_related("by"))


def compared_with(area: Area) -> Compared:
    """With whom the area compares itself today. One query."""
    named = chosen(area)
    if named and named.codes:
        known = authorities()
        return Compared(named.name, tuple(known[code] for code in named.codes if code in known), named)
    return Compared(OWN_NAME, most_like(area.la_code))


def together(code: str, those: Sequence[Authority], where: str) -> list[Published]:
    """The published figures of some authorities added up, by year: of those that published it that year."""
    sums: dict[int, list[int]] = {}
    for row in published_of(code, frozenset(one.code for one in those)):
        two = sums.setdefault(row.year, [0, 0])
        two[0] += row.numerator
        two[1] += row.denominator
    return [Published(where, year, hits, base) for year, (hits, base) in sorted(sums.items()) if base]


@transaction.atomic
def choose(*, by: Actor, name: str, codes: Sequence[str], source: str, why: str) -> NeighbourList:
    """Set the areas to compare with; no codes for our own method again. Raises Refused with a sentence."""
    check_can(by, Can.BRING_FIGURES)
    unknown = [code for code in codes if code not in authorities()]
    if unknown:
        raise Refused(f"There is no authority with the code {unknown[0]}.")
    if by.area.la_code in codes:
        raise Refused("An area is not its own neighbour.")
    if len(set(codes)) != len(codes) or len(codes) > MOST:
        raise Refused(f"Name each authority once, and {MOST} at most.")
    if not why.strip() or (codes and not (name.strip() and source.strip())):
        raise Refused("Say what the list is called, where it comes from and why it is set.")
    return NeighbourList.objects.create(
        area=by.area, name=(name.strip() or OWN_NAME)[:120], codes=list(codes), source=source.strip()[:200],
        why=why.strip()[:300], by=by.user,
    )  # fmt: skip
