"""Two versions of a plan side by side: what is new, gone, moved or reworded, and what promises less than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from kept.rules.plans.compare_help import (
    Difference,
    Effect,
    Help,
    differences,
    help_in,
    length_words,
    minutes_a_year,
)
from kept.rules.plans.dates import dates
from kept.rules.plans.engine import lint
from kept.rules.plans.model import NEED_SECTIONS, PROVISION_SECTIONS, SECTIONS, Part, Plan
from kept.rules.plans.provision import Provision
from kept.rules.plans.rulebook import rules
from kept.rules.plans.text import normal

__all__ = ["Change", "Compared", "Difference", "Effect", "Kind", "Piece", "Total", "by_section", "compare", "pieces",
           "summary", "totals"]  # fmt: skip


class Kind(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    REWORDED = "reworded"


@dataclass(frozen=True)
class Compared:
    """One entry of a version: its lineage (the same in every version), section, words and typed facts if it has any."""

    lineage: str
    section: str
    text: str
    facts: Provision | None = None

    @cached_property
    def plain(self) -> str:
        """The words without what does not matter: letter case, kinds of quotes, and space."""
        return " ".join(normal(self.text).split())

    @cached_property
    def help(self) -> Help:
        """The entry as a promise of help."""
        return help_in(self.text, self.facts)

    @property
    def title(self) -> str:
        """A few words by which a reader knows the entry."""
        service = self.help.facts.service if self.section in PROVISION_SECTIONS else ""
        if service:
            return service[0].upper() + service[1:]
        words = self.text.split()
        return " ".join(words[:_TITLE_WORDS]).rstrip(".,;:") + ("…" if len(words) > _TITLE_WORDS else "")


@dataclass(frozen=True)
class Piece:
    """Some words of a reworded entry: kept, taken out (`removed`) or put in (`added`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """What happened to one entry between two versions, with every difference as a sentence."""

    kind: Kind
    section: str
    before: Compared | None
    after: Compared | None
    differences: tuple[Difference, ...] = ()

    @property
    def entry(self) -> Compared:
        """The entry as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has at least one side
        return found

    @property
    def lineage(self) -> str:
        """Which entry it is."""
        return self.entry.lineage

    @property
    def title(self) -> str:
        """A few words by which a reader knows the entry."""
        return self.entry.title

    @property
    def is_less(self) -> bool:
        """Whether something in it promises less than before, whatever else promises more."""
        return any(each.effect is Effect.LESS for each in self.differences)

    @property
    def is_more(self) -> bool:
        """Whether something in it promises more and nothing less."""
        return not self.is_less and any(each.effect is Effect.MORE for each in self.differences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The differences as sentences that begin with the entry's name."""
        return tuple(f"{self.title}: {each.words}" for each in self.differences)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The old and the new words as one text."""
        return pieces(self.before.text if self.before else "", self.after.text if self.after else "")


_TITLE_WORDS = 9
_COUNCIL = "Only help in Section F must be given by the council, by law (Children and Families Act 2014, section 42)."
# Who must act on an entry of a section: the higher, the more a family can rely on it.
_WEIGHT = {"F": 3, "G": 2, "H1": 2, "H2": 2, "B": 3, "C": 2, "D": 2}
# Rules on words that take a promise back, or make a need or an outcome too loose to hold anybody to it.
_LOOSE = frozenset(
    {"F03", "F04", "F05", "F06", "F07", "F11", "F12", "F13", "F14", "F16", "F21", "F27", "F32", "G02", "H03"}
    | {"B04", "B05", "E02", "E03", "I05"}
)


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of two texts as one: kept, removed and added, in order. Between pieces stands a space."""
    old, new = before.split(), after.split()
    found: list[Piece] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", " ".join(new[start:end])))
            continue
        if first < last:
            found.append(Piece("removed", " ".join(old[first:last])))
        if start < end:
            found.append(Piece("added", " ".join(new[start:end])))
    return tuple(found)


def compare(before: Iterable[Compared], after: Iterable[Compared]) -> list[Change]:
    """What changed from one version to the next, in the order of the plan's sections.

    Entries are matched by lineage, and where a lineage was lost by words that are the same in the same section. The
    order of entries inside a section is no change. Raises ValueError when a version holds a lineage twice.
    """
    old, new = _by_lineage(before), _by_lineage(after)
    pairs: list[tuple[Compared | None, Compared | None]] = [(old[key], new[key]) for key in new if key in old]
    gone = [old[key] for key in sorted(old) if key not in new]
    for entry in (new[key] for key in sorted(new) if key not in old):
        twin = next((each for each in gone if (each.section, each.plain) == (entry.section, entry.plain)), None)
        if twin:
            gone.remove(twin)
        pairs.append((twin, entry))
    pairs += [(entry, None) for entry in gone]
    found = [change for first, second in pairs if (change := _change(first, second))]
    return sorted(found, key=lambda change: (_place(change.section), not change.is_less))


def _by_lineage(entries: Iterable[Compared]) -> dict[str, Compared]:
    found: dict[str, Compared] = {}
    for entry in entries:
        if entry.lineage in found:
            raise ValueError(f"The version holds the entry {entry.lineage} twice.")
        found[entry.lineage] = entry
    return found


def _place(section: str) -> int:
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)


def _change(was: Compared | None, now: Compared | None) -> Change | None:
    if was is None or now is None:
        return _come_or_gone(was, now)
    moved = was.section != now.section
    same_words = was.plain == now.plain
    if same_words and not moved:
        return None
    found = (*(_moved(was.section, now.section) if moved else ()), *(() if same_words else _differences(was, now)))
    kind = Kind.MOVED if moved else Kind.CHANGED if found else Kind.REWORDED
    return Change(kind, now.section, was, now, tuple(found))


def _come_or_gone(was: Compared | None, now: Compared | None) -> Change | None:
    if now is not None:
        effect = Effect.MORE if now.section in PROVISION_SECTIONS else Effect.NEITHER
        return Change(Kind.ADDED, now.section, None, now, (Difference("is new.", effect),))
    if was is None:
        return None
    promised = was.section in PROVISION_SECTIONS
    lost = promised or was.section in NEED_SECTIONS
    words = "this help was taken out of the plan." if promised else "was taken out of the plan."
    if was.section in NEED_SECTIONS:
        words = "this need was taken out of the plan. Nobody has to meet a need that is not in it."
    return Change(Kind.REMOVED, was.section, was, None, (Difference(words, Effect.LESS if lost else Effect.NEITHER),))


def _moved(old: str, new: str) -> tuple[Difference, ...]:
    words = f"was moved from Section {old} to Section {new}."
    first, second = _WEIGHT.get(old, 1), _WEIGHT.get(new, 1)
    if first == second:
        return (Difference(words),)
    if "F" in (old, new):
        words += f" {_COUNCIL}"
    elif "B" in (old, new):
        words += " Only needs in Section B must be met by the teaching and help in Section F."
    return (Difference(words, Effect.MORE if second > first else Effect.LESS),)


def _differences(was: Compared, now: Compared) -> Iterator[Difference]:
    promised = PROVISION_SECTIONS
    if was.section in promised and now.section in promised:
        yield from differences(was.help, now.help)
    if was.section == now.section == "E":
        yield from _outcome_dates(was, now)
    yield from _looser(was, now)


def _outcome_dates(was: Compared, now: Compared) -> Iterator[Difference]:
    first, second = dates(normal(was.text)), dates(normal(now.text))
    if not first or not second or first[-1].on == second[-1].on:
        return
    before, after = (f"{each.on.day} {each.on:%B} {each.on.year}" for each in (first[-1], second[-1]))
    yield Difference(f"the day to reach it was {before}, now {after}.")


def _loose_rules(entry: Compared) -> list[str]:
    found = lint(Plan((Part("1", entry.section, entry.text),)), only=_LOOSE)
    return list(dict.fromkeys(each.rule for each in found))


def _looser(was: Compared, now: Compared) -> Iterator[Difference]:
    before, after = _loose_rules(was), _loose_rules(now)
    for rule in after:
        if rule not in before:
            yield Difference(f"the new words hold less firmly. {rules()[rule].plain}", Effect.LESS)
    for rule in before:
        if rule not in after:
            yield Difference(f"this was mended: {_small(rules()[rule].plain)}", Effect.MORE)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def by_section(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes by the section in which they stand now, in the order of the plan."""
    found: dict[str, list[Change]] = {}
    for change in sorted(changes, key=lambda each: _place(each.section)):
        found.setdefault(change.section, []).append(change)
    return found


_SUMMARY = {
    Kind.ADDED: "new",
    Kind.REMOVED: "taken out",
    Kind.MOVED: "moved",
    Kind.CHANGED: "changed",
    Kind.REWORDED: "in other words",
}


def summary(changes: Sequence[Change]) -> tuple[str, ...]:
    """The whole in two or three sentences, with what promises less said as such."""
    if not changes:
        return ("Nothing has changed.",)
    counts = [(sum(each.kind is kind for each in changes), words) for kind, words in _SUMMARY.items()]
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    less = sum(each.is_less for each in changes)
    first = f"What has changed: {said}."
    if not less:
        return (first, "Nothing promises less than before.")
    return (first, f"{less} of these {'promises' if less == 1 else 'promise'} less than before.")


@dataclass(frozen=True)
class Total:
    """All that two versions promise of one service, in minutes of a school year of 38 weeks."""

    service: str
    before: float
    after: float

    @property
    def effect(self) -> Effect:
        """Whether there is less of it in all."""
        return Effect.LESS if self.after < self.before else Effect.MORE

    @property
    def sentence(self) -> str:
        """The totals in words."""
        name = self.service[0].upper() + self.service[1:]
        much = length_words(abs(self.after - self.before))
        less = "less" if self.effect is Effect.LESS else "more"
        was, now = (length_words(each) if each else "none" for each in (self.before, self.after))
        return f"{name} in all: was {was} in a school year, now {now}. That is {much} {less}."


def totals(before: Iterable[Compared], after: Iterable[Compared]) -> list[Total]:
    """Services of which the whole plan promises less or more time, so that a promise cut in two cannot hide a loss.

    A service is left out when some entry of it, before or after, does not say how much.
    """
    old, new = _minutes(before), _minutes(after)
    found = []
    for service in dict.fromkeys([*old, *new]):
        first, second = old.get(service, 0.0), new.get(service, 0.0)
        if first is not None and second is not None and first != second:
            found.append(Total(service, first, second))
    return found


def _minutes(entries: Iterable[Compared]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for entry in entries:
        service = entry.help.facts.service if entry.section in PROVISION_SECTIONS else ""
        if not service or entry.help.facts.mode != "direct":
            continue
        minutes, so_far = minutes_a_year(entry.help), found.get(service, 0.0)
        found[service] = None if minutes is None or so_far is None else so_far + minutes
    return found
