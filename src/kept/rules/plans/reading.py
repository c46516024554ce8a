"""A part and a plan as read once: every check works from these, so nothing is extracted twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kept.rules.plans import dates, denied, items, matter, numbers, roles
from kept.rules.plans.model import Context, Part, Plan
from kept.rules.plans.text import Span, Text, mask


@dataclass(frozen=True)
class Hit:
    """A rule raised on a part, with the span of the words that raised it (empty span: something is absent)."""

    rule: str
    part: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Reading:
    """One part with its words read."""

    part: Part
    text: Text

    @property
    def low(self) -> str:
        """The normal text."""
        return self.text.low

    @property
    def blank(self) -> bool:
        """Whether the part says nothing."""
        return not re.search(r"\w", self.low)

    @cached_property
    def roles(self) -> list[roles.Role]:
        """Every role named."""
        return roles.roles(self.low)

    @cached_property
    def durations(self) -> list[numbers.Amount]:
        """Every length of time."""
        return numbers.durations(self.low)

    @cached_property
    def frequencies(self) -> list[numbers.Frequency]:
        """Every precise frequency."""
        return numbers.frequencies(self.low)

    @cached_property
    def dates(self) -> list[dates.Dated]:
        """Every date."""
        return dates.dates(self.low)

    @cached_property
    def provisions(self) -> list[items.Item]:
        """The part's provisions, each with the sentences that continue it."""
        return items.items(self.text)

    def hit(self, rule: str, span: Span | re.Match[str] | None = None) -> Hit:
        """A hit of a rule on these words, or on the whole part."""
        if span is None:
            return Hit(rule, self.part.id, 0, len(self.text.raw))
        start, end = span.span() if isinstance(span, re.Match) else span
        return Hit(rule, self.part.id, start, end)

    def find(self, pattern: re.Pattern[str], *, in_quotes: bool = False) -> Iterator[re.Match[str]]:
        """Matches of a pattern in the normal text, outside quotations unless asked."""
        for match in pattern.finditer(self.low):
            if in_quotes or not self.text.quoted(match.start()):
                yield match

    def said(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches outside quotations that the part does not itself rule out ('does not depend on funding')."""
        for match in self.find(pattern):
            if not self.ruled_out(match.start()):
                yield match

    def ruled_out(self, start: int) -> bool:
        """Whether the words at `start` stand in a clause that denies them, or only name what a lesson is about."""
        first, last = self.text.sentence_at(start)
        return denied.denied(self.low[first:last], start - first) or matter.mentioned(self.low[first:start])


@dataclass(frozen=True)
class Document:
    """A plan with all its parts read."""

    plan: Plan
    readings: tuple[Reading, ...]

    @property
    def context(self) -> Context:
        """The case facts."""
        return self.plan.context

    def of(self, *sections: str) -> list[Reading]:
        """The parts of some sections."""
        return [reading for reading in self.readings if reading.part.section in sections]

    @cached_property
    def all_low(self) -> str:
        """All parts' normal text, one after the other."""
        return "\n".join(reading.low for reading in self.readings)

    @cached_property
    def child_names(self) -> frozenset[str]:
        """Every first name the child goes by, lower case."""
        child = self.context.child
        names = {name.lower() for name in (child.first_name, *child.also_known_as) if name}
        return frozenset(names | {mask(name) for name in names})

    @property
    def name(self) -> str:
        """The child's first name as it stands in the normal text."""
        low = self.context.child.first_name.lower()
        return mask(low) if low.isalpha() else low

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Names that are no defect, lower case: the child's, known people's, the setting's, and stated nicknames."""
        known = set(self.child_names)
        for words in (*self.context.known_people, self.context.setting or ""):
            known |= {piece.lower() for piece in re.findall(r"[\w'-]+", words)}
        aliases = re.findall(r"\b(?:known as|called|prefers|nickname(?:d)?) ['\"]?([a-z]+)", self.all_low)
        return frozenset(known | set(aliases))


def read(plan: Plan) -> Document:
    """Read every part of a plan."""
    masked = _masked(plan.context)
    return Document(plan, tuple(Reading(part, Text(part.text[:LONGEST_PART], masked)) for part in plan.parts))


def _masked(context: Context) -> frozenset[str]:
    names = (context.child.first_name, *context.child.also_known_as)
    return frozenset(name for name in names if name.isalpha())


# No entry of a plan is longer; what stands beyond is not read, so that a pasted book cannot hang a check.
LONGEST_PART = 12_000

PartCheck = Callable[[Reading, Document], Iterable[Hit]]
PlanCheck = Callable[[Document], Iterable[Hit]]
