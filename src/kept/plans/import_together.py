"""A heading for several sections at once (“Sections E & F”): what stands beneath it is shared out. Pure.

Many councils put outcomes and provision, or needs, outcomes and provision, side by side in one table. Each row of it is
read as a sentence with its columns named (`import_files`), so its columns say where each part belongs; a paragraph
without them goes by what it says. A person looks at every entry, and a note says that this was done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kept.plans.section_sets import SectionSet
from kept.plans.words import Kind
from kept.rules.plans.numbers import durations, frequencies
from kept.rules.plans.text import normal

_CODE = r"[Hh] ?[12]|[A-K]"
_HEADING = re.compile(
    rf"^[ \t#*|]*(?i:sections?|parts?)[ \t]+(?P<codes>(?:{_CODE})(?:[ \t]*(?:,|&|/|\+|\band\b)[ \t]*"
    rf"(?i:and[ \t]+)?(?:{_CODE})\b)+)(?P<rest>[^\n]{{0,160}})$",
    re.M,
)
_NEXT = re.compile(r"^[ \t#*|]*(?:section|part)s?[ \t]+(?:h ?[12]|[a-k])\b", re.M | re.I)
_COLUMN = re.compile(r"(?:(?<=[.?!] )|^)(?P<name>[A-Z][A-Za-z /’'()-]{1,48}): ", re.M)
_NAMES = (
    (Kind.NEED, re.compile(r"\bneeds?\b|\bdifficult|\bsen\b", re.I)),
    (Kind.OUTCOME, re.compile(r"\boutcomes?\b|\btargets?\b|\bobjectives?\b", re.I)),
    (Kind.PROVISION, re.compile(r"provision|support|\bwhom?\b|how often|frequency|staff|\bwhe(?:n|re)\b", re.I)),
)  # fmt: skip
_AIMS = re.compile(r"\bwill be able to\b|^by (?:the end of|[a-z]+ \d{4}|\d)", re.I)


def shared_out(text: str, sections: SectionSet) -> tuple[str, list[str]]:
    """The text with each heading for several sections made into one heading a section, and what to say of it."""
    made, notes, place = [], [], 0
    for heading in _HEADING.finditer(text):
        if heading.start() < place:
            continue
        after = _NEXT.search(text, heading.end())
        stop = after.start() if after else len(text)
        codes = [code.replace(" ", "").upper() for code in re.findall(_CODE, heading["codes"])]
        made += [text[place : heading.start()], _sections(text[heading.end() : stop], codes, sections)]
        place = stop
        notes.append(
            f"“{heading[0].strip()}” is one heading for several sections. What stands beneath it was shared out by "
            "what it says: look at each entry."
        )
    return "".join([*made, text[place:]]), notes


def _sections(body: str, codes: Sequence[str], sections: SectionSet) -> str:
    """The words beneath a heading, as one section after the other."""
    kinds = {one.code: one.kinds[0] for one in sections.sections}
    by_kind: dict[Kind, str] = {}
    for code in codes:
        by_kind.setdefault(kinds.get(code, Kind.NOTE), code)
    parts: dict[str, list[str]] = {code: [] for code in codes}
    for block in re.split(r"\n\s*\n", body):
        for code, words in _of_block(block.strip(), by_kind, codes[0]):
            parts[code].append(words)
    return "\n\n".join(
        "\n\n".join([f"Section {code}", *(f"- {words}" for words in said)]) for code, said in parts.items() if said
    ) + ("\n\n" if body.strip() else "\n")


def _of_block(block: str, by_kind: dict[Kind, str], first: str) -> list[tuple[str, str]]:
    """The parts of one paragraph or row with the section of each; what names no section here goes with the last."""
    if not block:
        return []
    columns = list(_COLUMN.finditer(block))
    if not any(_kind_named(each["name"]) for each in columns):
        return [(by_kind.get(_kind_said(block), first), block)]
    named = {kind for each in columns if (kind := _kind_named(each["name"]))}
    lead = block[: columns[0].start()].strip()
    rest = [kind for kind in (Kind.OUTCOME, Kind.PROVISION, Kind.NEED) if kind in by_kind and kind not in named]
    found: list[tuple[Kind, str]] = [(rest[0] if rest else _kind_said(lead), lead)] if lead else []
    stops = [each.start() for each in columns[1:]] + [len(block)]
    for each, stop in zip(columns, stops, strict=True):
        words, kind = block[each.end() : stop].strip(), _kind_named(each["name"])
        if kind is None or kind not in by_kind:
            words, kind = f"{each['name']}: {words}", kind or Kind.PROVISION
        found.append((kind, words))
    together: dict[str, str] = {}
    for kind, words in found:
        code = by_kind.get(kind) or (next(reversed(together), None) or first)
        together[code] = f"{together[code]} {words}" if code in together else words
    return list(together.items())


def _kind_named(name: str) -> Kind | None:
    return next((kind for kind, pattern in _NAMES if pattern.search(name)), None)


def _kind_said(words: str) -> Kind:
    """What a paragraph is, from what it says: an amount makes it provision, an aim by a day an outcome."""
    low = normal(words)
    if _AIMS.search(low):
        return Kind.OUTCOME
    return Kind.PROVISION if durations(low) or frequencies(low) else Kind.NEED
