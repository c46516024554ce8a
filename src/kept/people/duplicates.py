"""Is this child already on the record? Asked before one is added; the answer is a question to a person."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from kept.access.acting import Actor
from kept.people.models import Child, Identifier, IdentifierKind, NameKey
from kept.rules.names import Duplicate, Known, duplicate_score, query_keys

MOST_CANDIDATES = 1000
MOST_SHOWN = 10


@dataclass(frozen=True)
class Match:
    """A child on the record who may be the one in hand, how likely that is and why."""

    child: Child
    duplicate: Duplicate


class PossibleDuplicate(Exception):
    """Children on the record who may be the one to be added; none was added."""

    def __init__(self, matches: tuple[Match, ...]) -> None:
        names = ", ".join(match.child.full_name for match in matches)
        super().__init__(f"This may be a child who is already on the record: {names}. Say whether it is one of them.")
        self.matches = matches


def possible_duplicates(actor: Actor, known: Known) -> tuple[Match, ...]:
    """Children of the area who may be the one described, the likeliest first; at most ten. Four queries.

    Candidates are those born on the day or a slip away from it, those with an identifier of the one described, and
    those with a name like theirs at their postcode; `kept.rules.names.duplicate_score` judges them.
    """
    matches = [Match(child, duplicate_score(known, facts_of(child))) for child in _candidates(actor, known)]
    possible = [match for match in matches if match.duplicate.possible]
    return tuple(sorted(possible, key=lambda match: (-match.duplicate.score, match.child.sort_key))[:MOST_SHOWN])


def _candidates(actor: Actor, known: Known) -> Iterator[Child]:
    test = Q(born_on__in=near_dates(known.birth_date)) if known.birth_date else Q()
    numbers = [number for number in (known.upn, *known.former_upns, known.nhs_number) if number]
    if numbers:
        test |= Q(pk__in=Identifier.objects.filter(area=actor.area, value__in=numbers).values("child_id"))
    if known.postcode:
        alike = NameKey.objects.filter(area=actor.area, key__in=query_keys(f"{known.forenames} {known.surname}"))
        at_home = Child.objects.filter(
            area=actor.area, addresses__postcode=known.postcode, pk__in=alike.values("child_id")
        )
        test |= Q(pk__in=at_home.values("pk"))
    if not test:
        return iter(())
    found = (
        Child.objects.filter(test, area=actor.area)
        .defer("name_keys")
        .prefetch_related("former_names", "identifiers", "addresses")
    )
    return iter(found[:MOST_CANDIDATES])


def facts_of(child: Child) -> Known:
    """What the record knows of a child whose names, identifiers and addresses were fetched with it."""
    numbers = list(child.identifiers.all())
    upns = [number for number in numbers if number.kind == IdentifierKind.UPN]
    current = next((upn.value for upn in upns if upn.is_current), "")
    addresses = sorted(child.addresses.all(), key=lambda address: (address.ends_on is None, address.starts_on))
    former = list(child.former_names.all())
    return Known(
        forenames=child.given_names,
        surname=child.family_name,
        other_forenames=tuple(filter(None, (child.known_as, *(name.given_names for name in former)))),
        former_surnames=tuple(name.family_name for name in former),
        birth_date=child.born_on,
        postcode=addresses[-1].postcode if addresses else "",
        upn=current,
        former_upns=tuple(upn.value for upn in upns if upn.value != current),
        nhs_number=next((number.value for number in numbers if number.kind == IdentifierKind.NHS), ""),
    )


@lru_cache(maxsize=256)
def near_dates(day: date) -> frozenset[date]:
    """The date and every real date one slip away: a figure wrong, two or day and month swapped, a year out."""
    near = {day}
    text = day.strftime("%d%m%Y")
    for place in range(len(text)):
        near.update(filter(None, (_date(f"{text[:place]}{figure}{text[place + 1 :]}") for figure in "0123456789")))
    for place in range(len(text) - 1):
        near.add(_date(text[:place] + text[place + 1] + text[place] + text[place + 2 :]) or day)
    near.add(_date(text[2:4] + text[:2] + text[4:]) or day)
    near.update(
        date(year, day.month, min(day.day, monthrange(year, day.month)[1])) for year in (day.year - 1, day.year + 1)
    )
    return frozenset(near)


def _date(text: str) -> date | None:
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
