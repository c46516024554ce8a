"""The words of an old plan as entries: sections, entries, quantities, and what to look at twice. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kept.plans.facts import BadProvision, check_provision
from kept.plans.import_together import shared_out
from kept.plans.section_sets import SectionSet
from kept.plans.words import Kind
from kept.rules.plans import Provision, read_provision
from kept.rules.plans.dates import dates
from kept.rules.plans.numbers import durations, frequencies
from kept.rules.plans.split import split_plan
from kept.rules.plans.text import normal

MOST_ENTRIES = 600
MOST_WORDS_IN_ENTRY = 900
MOST_WORDS_SHOWN = 3
_ADMINISTRATIVE = re.compile(r"^(?:not applicable|n/?a|none|nil|-|—)\.?$", re.I)
_ASPIRES = re.compile(
    r"\b(?:when (?:i|he|she|they) (?:am|is|are) (?:grown|older|an adult)|aspir|hopes? to (?:be|become)"
    r"|would like to (?:be|become|work|live)|dreams? of|want(?:s)? to (?:be|become) an? )",
    re.I,
)
_STRENGTH = re.compile(r"^strengths?\b", re.I)
_NO_NEED = re.compile(
    r"\b(?:no|not|none|nil)\b.{0,80}\b(?:need(?:s|ed)?|known|identified|applicable|provision|required)\b", re.I
)
_MONEY = re.compile(r"£\s?[\d,]+|\bpounds?\b", re.I)
_REVIEWS = re.compile(r"\breview")
_SUPERVISES = re.compile(r"\bsupervis|\btrain(?:ed|ing)\b|\brefresher\b")
_NUMBERS = re.compile(r"\b([B-G])\.?(\d{1,2})\b")
_REST_OF_HEADING = re.compile(r"^[–—-][ \t]*[^\n.]{0,40}$")  # “– SEN” of a line “Section B – SEN”
_NAMES = re.compile(r"\b([A-Z][\w’'\-]+)(?=\s+([A-Z][\w’'\-]+))")


@dataclass(frozen=True)
class Proposed:
    """One entry as a machine read it. `doubts` are sentences for the person who confirms it.

    number: what the old plan calls it (B2). refers: numbers of other entries that its words name.
    """

    section: str
    kind: Kind
    text: str
    original: str
    provision: Provision | None = None
    doubts: tuple[str, ...] = ()
    number: str = ""
    refers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Everything that was read of a plan, with what was left aside."""

    entries: tuple[Proposed, ...]
    notes: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections with entries, in order."""
        return tuple(dict.fromkeys(one.section for one in self.entries))


def propose(text: str, sections: SectionSet) -> Proposal:
    """The entries of a plan in words. Raises ValueError with a sentence when no section is found."""
    known = {one.code: one for one in sections.sections}
    text, notes = shared_out(text, sections)
    found, without = [], []
    for part in split_plan(text):
        words = _one_paragraph(part.text)
        if part.section not in known or _REST_OF_HEADING.match(part.text):
            continue
        if not re.search(r"\w", words):
            without.append(part.section)
            continue
        made = _entry(part.section, known[part.section].kinds, words, part.text)
        found.append(replace(made, number=part.id, refers=_refers(words, part.id)))
    if not found:
        raise ValueError("The headings of sections were found, but no words beneath them.")
    if len(found) > MOST_ENTRIES:
        raise ValueError(f"More than {MOST_ENTRIES} entries were found; no plan has so many. Is it the right file?")
    before = _before_sections(text)
    if before:
        notes.append(f"{before} words before the first section (cover, contents) were left out.")
    missing = [code for code in known if code not in {one.section for one in found}]
    if missing:
        notes.append(f"Nothing was found for section {', '.join(missing)}. Look whether it stands elsewhere.")
    return Proposal(tuple(_repeats_marked(found)), tuple(notes))


def _refers(words: str, own: str) -> tuple[str, ...]:
    """Numbers such as B2 or E1 that the words name, other than the entry's own."""
    named = (f"{letter.upper()}{number}" for letter, number in _NUMBERS.findall(words))
    return tuple(dict.fromkeys(one for one in named if one != own))


def _one_paragraph(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())


def _before_sections(text: str) -> int:
    from kept.rules.plans.split import _headings

    headings = _headings(normal(text))
    return len(text[: headings[0][0]].split()) if headings else 0


def _entry(section: str, kinds: Sequence[Kind], words: str, original: str) -> Proposed:
    kind = kind_of(kinds, words)
    provision = read_provision(words) if kind is Kind.PROVISION else None
    return Proposed(section, kind, words, original.strip(), provision, tuple(doubts(kind, words, provision)))


def kind_of(kinds: Sequence[Kind], words: str) -> Kind:
    """Which of the kinds that a section may hold these words are."""
    if Kind.ASPIRATION in kinds and _ASPIRES.search(words):
        return Kind.ASPIRATION
    if Kind.STRENGTH in kinds and _STRENGTH.search(words):
        return Kind.STRENGTH
    says_nothing = bool(_ADMINISTRATIVE.match(words) or (_NO_NEED.search(words) and len(words.split()) < 40))  # noqa: PLR2004
    if Kind.NOTE in kinds and says_nothing:
        return Kind.NOTE
    if Kind.PAYMENT in kinds and Kind.NOTE in kinds and not _MONEY.search(words):
        return Kind.NOTE
    return kinds[0]


def doubts(kind: Kind, words: str, provision: Provision | None) -> list[str]:
    """What a person should look at before confirming, in sentences."""
    found = []
    if len(words.split()) > MOST_WORDS_IN_ENTRY:
        found.append("This is very long: it may be several entries. Split it.")
    if kind is Kind.PROVISION and provision is not None:
        found += quantity_doubts(words)
        found += _order_doubts(words, provision)
        found += list(provision.reasons)
    return list(dict.fromkeys(found))


def quantity_doubts(words: str) -> list[str]:
    """Quantities that contradict each other within one entry that describes one thing."""
    found = []
    for sentence in re.split(r"(?<=[.;])\s+|\n", normal(words)):
        if _REVIEWS.search(sentence) or _SUPERVISES.search(sentence):
            continue
        lengths = list(dict.fromkeys(_said(sentence, each.start, each.end) for each in durations(sentence)))
        rates = list(dict.fromkeys(_said(sentence, each.start, each.end) for each in frequencies(sentence)))
        minutes = {each.value for each in durations(sentence)}
        per = {(each.times, each.unit, each.every) for each in frequencies(sentence)}
        if (
            len(minutes) > 1
            and len(per) <= 1
            and not re.search(r"\b(?:then|and a|followed|rising|until|from)\b", sentence)
        ):
            found.append(f"It says more than one length: {_listed(lengths)}. Which one holds?")
        if len(per) > 1 and len(minutes) <= 1 and not re.search(r"\b(?:then|until|rising|reducing)\b", sentence):
            found.append(f"It says more than one frequency: {_listed(rates)}. Which one holds?")
    return found


def _said(sentence: str, start: int, end: int) -> str:
    return sentence[start:end].strip()


def _listed(said: Sequence[str]) -> str:
    return " and ".join(f"“{one}”" for one in said[:MOST_WORDS_SHOWN])


def _order_doubts(words: str, provision: Provision) -> list[str]:
    """Provision that ends before it starts, and steps out of order."""
    try:
        check_provision(replace(provision, reasons=()))
    except BadProvision as problem:
        return [str(problem)]
    span = re.search(r"\bfrom (.{4,30}?) (?:to|until) (.{4,30}?)(?:[,.;]|$)", normal(words))
    days = [dates(part) for part in span.groups()] if span else []
    if all(days) and days and days[1][0].on < days[0][0].on:
        return ["This provision ends before it starts."]
    return []


def _repeats_marked(found: list[Proposed]) -> list[Proposed]:
    """Entries with the same words as one before them say so."""
    seen: dict[tuple[str, str], bool] = {}
    made = []
    for one in found:
        key = (one.section, normal(one.text))
        again = "The same words stand in an entry before this one."
        made.append(replace(one, doubts=(*one.doubts, again)) if key in seen else one)
        seen[key] = True
    return made


def possible_names(text: str) -> set[tuple[str, str]]:
    """Pairs of capitalised words side by side, either of which may be a given and a family name."""
    return {(first, re.sub(r"[’']s?$", "", last)) for first, last in _NAMES.findall(text)}


def ended(provision: Provision | None, today: date) -> bool:
    """Whether the provision's last day has passed."""
    return bool(provision and provision.end and provision.end < today)
