"""What a search gives back: hits that explain themselves, filters, and how the query was understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from kept.rules.search.entries import Service
from kept.rules.search.query import Query


@dataclass(frozen=True)
class Hit:
    """One result: the service's id, its score, and why it is here.

    `words` of the query that it holds, `also` the names of what else it answers, `kilometres` from the searcher where
    families travel to it; `starting_point` when nothing matched and it is only a place to begin.
    """

    service_id: str
    score: float
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    kilometres: float | None = None
    starting_point: bool = False

    @property
    def because(self) -> str:
        """Why it was found, as a line to print; "" when it was only listed."""
        if self.starting_point:
            return "nothing matched your words: a place to begin"
        own = f"matches: {', '.join(self.words)}" if self.words else ""
        other = f"also matches: {', '.join(within_a_line(name) for name in self.also)}" if self.also else ""
        return "; ".join(part for part in (own, other) if part)


def within_a_line(name: str) -> str:
    """A concept's name with a small first letter, unless it is an acronym or a proper name."""
    first = name.split(" ", maxsplit=1)[0].rstrip(",")
    return name[0].lower() + name[1:] if first[1:].islower() and first not in _PROPER_NAMES else name


_PROPER_NAMES = frozenset({"Down", "Down's", "Tourette", "Tourette's", "British", "Carer's", "Disability", "Universal"})


@dataclass(frozen=True)
class Filters:
    """What results must be. Between filters all must hold, within one any. Unknown facts of an entry do not exclude it
    by age, but do by cost and delivery.
    """

    age: float | None = None
    free: bool = False
    delivery: frozenset[str] = field(default=frozenset())
    categories: frozenset[str] = field(default=frozenset())

    @property
    def empty(self) -> bool:
        """Whether nothing is asked."""
        return self == Filters()

    def allow(self, service: Service) -> bool:
        """Whether a service passes."""
        return (
            (self.age is None or _for_age(service, self.age))
            and (not self.free or service.cost.strip().lower().startswith("free"))
            and (not self.delivery or service.delivery in self.delivery)
            and (not self.categories or not self.categories.isdisjoint(service.categories))
        )


def _for_age(service: Service, age: float) -> bool:
    """minimum age <= age <= maximum age, open ends allowed; the maximum includes the whole year."""
    youngest_fits = service.minimum_age is None or service.minimum_age <= age
    return youngest_fits and (service.maximum_age is None or age < service.maximum_age + 1)


@dataclass(frozen=True)
class Understanding:
    """How a query was read, for the line above the results and for the crisis panel."""

    mended: tuple[tuple[str, str], ...]
    concepts: tuple[str, ...]
    ages: tuple[float, float] | None
    district: str
    near: bool
    free: bool
    delivery: str
    crisis: bool

    @property
    def sentence(self) -> str:
        """What to say above the results, or ""."""
        if not self.mended:
            return ""
        read = ", ".join(f"{right} (you typed {typed})" for typed, right in self.mended)
        return f"Showing results for {read}."


def asked_of(query: Query) -> Understanding:
    """The understanding of a query that was read."""
    named = sorted(query.concepts, key=lambda found: -found.strength)
    said = query.intents
    return Understanding(
        mended=query.mended,
        concepts=tuple(dict.fromkeys(found.concept.name for found in named)),
        ages=said.ages,
        district=said.district,
        near=said.near,
        free=said.free,
        delivery=said.delivery,
        crisis=said.crisis,
    )
