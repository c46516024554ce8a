"""A map of where children live, drawn here without anybody else's tiles: one circle for each part of the area.

A part is a postcode sector ("SS0 7") or, where too few sectors have a known place, a postcode district ("SS0"). Places
come from the directory of postcodes that the council brought in for its Local Offer. A child with a confidential
address is on no map, not even by an older address.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Avg, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, Length

from kept.access.acting import Actor
from kept.offer.models import Place
from kept.people.models import Address, Child
from kept.whereabouts.half_terms import half_term_of
from kept.whereabouts.queries import WORRYING, every_child

FULL = r"^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"
PART = re.compile(r"[A-Z]{1,2}\d[0-9A-Z]?( \d)?")
ENOUGH = 0.8
"""The share of children whose sector must have a known place for the map to be drawn by sectors."""

LARGEST, SMALLEST = 34.0, 5.0
EDGE = 46
TALLEST = 0.75  # height of the drawing for each unit of its width, at most
LETTER = 9.0
LABEL = 16  # room for the lowest label


@dataclass
class Part:
    """A part of the area: how many children live there, how many are unconfirmed, how many are a worry."""

    key: str
    children: int = 0
    unconfirmed: int = 0
    worrying: int = 0
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Circle:
    """A part as it is drawn, in the drawing's units; `label` is empty where another label stands in the way."""

    part: Part
    x: float
    y: float
    radius: float
    inner: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """A drawing of circles."""

    circles: tuple[Circle, ...]
    width: int
    height: int
    summary: str


@dataclass(frozen=True)
class Map:
    """All that the page says."""

    parts: Sequence[Part]
    by_sector: bool
    without_address: int
    not_placed: Sequence[Part] = field(default_factory=tuple)

    def drawing(self, width: int) -> Drawing:
        """The circles laid out at a width."""
        return drawn(self.parts, width)


def living_in(actor: Actor, part: str) -> Q:
    """The children who live in a part, by their address of today; those with a confidential address are in none."""
    here = Address.objects.filter(
        _now(actor), area=actor.area, child=OuterRef("pk"), is_confidential=False, postcode__startswith=_beginning(part)
    )
    return Q(Exists(here)) & ~Q(Exists(_hidden(actor)))


def _beginning(part: str) -> str:
    return part if " " in part else f"{part} "


def _now(actor: Actor) -> Q:
    return Q(starts_on__lte=actor.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today))


def _hidden(actor: Actor) -> QuerySet[Address]:
    return Address.objects.filter(_now(actor), area=actor.area, child=OuterRef("pk"), is_confidential=True)


def places(actor: Actor, *, letters: int) -> dict[str, tuple[float, float]]:
    """Where sectors (2 letters left off a postcode) or districts (3) lie: the middle of their postcodes. One query."""
    found = (
        Place.objects.filter(area=actor.area, name__regex=FULL)
        .annotate(part=Left("name", Length("name") - letters))
        .values("part")
        .annotate(north=Avg("latitude"), east=Avg("longitude"))
        .order_by("part")
    )
    return {one["part"]: (one["north"], one["east"]) for one in found}


def map_of(actor: Actor, **asked: object) -> Map:
    """Where the children of the list live. Three queries."""
    home = Address.objects.filter(_now(actor), area=actor.area, child=OuterRef("pk"), is_confidential=False)
    found: QuerySet[Child] = every_child(actor, **asked).order_by()  # type: ignore[arg-type]
    rows = list(
        found.annotate(
            postcode=Subquery(home.exclude(postcode="").order_by("-starts_on").values("postcode")[:1]),
            is_hidden=Exists(_hidden(actor)),
        ).values_list("postcode", "is_hidden", "where", "confirmed_on")
    )
    term = half_term_of(actor.today).starts_on
    known = [(code, where, on) for code, is_hidden, where, on in rows if code and " " in code and not is_hidden]
    sectors, districts = places(actor, letters=2), places(actor, letters=3)
    with_place = sum(code[:-2].replace(" ", "") in sectors for code, _, _ in known)
    by_sector = bool(known) and with_place >= ENOUGH * len(known)
    parts: dict[str, Part] = {}
    for code, where, on in known:
        key = code[:-2] if by_sector else code.split(" ")[0]
        part = parts.setdefault(key, Part(key))
        part.children += 1
        part.unconfirmed += on is None or on < term
        part.worrying += where in WORRYING or where in {"none", "awaiting"}
    at: Mapping[str, tuple[float, float]] = sectors if by_sector else districts
    for part in parts.values():
        part.at = at.get(part.key.replace(" ", ""))
    ordered = sorted(parts.values(), key=lambda part: (-part.unconfirmed, part.key))
    missing = tuple(part for part in ordered if part.at is None)
    return Map(ordered, by_sector, len(rows) - len(known), missing)


def drawn(parts: Sequence[Part], width: int) -> Drawing:
    """Circles by place: the area of each tells how many children, the dark part of it how many are unconfirmed."""
    placed = [(part, part.at) for part in parts if part.at is not None]
    if not placed:
        return Drawing((), width, 0, "")
    north = [at[0] for _, at in placed]
    shrink = math.cos(math.radians(sum(north) / len(north)))
    east = [at[1] * shrink for _, at in placed]
    wide, tall = max(east) - min(east), max(north) - min(north)
    room = width - 2 * EDGE
    scale = min(room / wide if wide else math.inf, width * TALLEST / tall if tall else math.inf)
    scale = 0 if math.isinf(scale) else scale
    height = round(tall * scale + 2 * EDGE + LABEL)
    aside = (room - wide * scale) / 2
    most = max(part.children for part, _ in placed)
    largest = LARGEST if width > 500 else LARGEST * 0.62  # noqa: PLR2004 - the narrow drawing is for telephones
    circles: list[Circle] = []
    taken: list[tuple[float, float, float]] = []
    for part, at in sorted(placed, key=lambda one: -one[0].children):
        x = round(EDGE + aside + (at[1] * shrink - min(east)) * scale, 1)
        y = round(EDGE + (max(north) - at[0]) * scale, 1)
        radius = round(max(largest * math.sqrt(part.children / most), SMALLEST), 1)
        inner = round(radius * math.sqrt(part.unconfirmed / part.children), 1)
        half = LETTER * len(part.key) / 2
        below = y + radius + 15
        is_free = all(abs(x - a) > half + other or abs(below - b) > 16 for a, b, other in taken)  # noqa: PLR2004
        if is_free:
            taken.append((x, below, half))
        circles.append(Circle(part, x, y, radius, inner, part.key if is_free else ""))
    words = " ".join(f"{one.key}: {one.children} children, {one.unconfirmed} unconfirmed." for one, _ in placed)
    return Drawing(tuple(circles), width, height, words)
