"""A pasted plan cut into its lettered sections and their entries, with offsets into what was pasted."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re

from kept.rules.plans.model import Part
from kept.rules.plans.text import normal

_TITLES = {
    "A": r"(?:the )?(?:views|child'?s (?:and|views)|aspirations|all about me|my (?:story|views))",
    "B": r"(?:special educational needs\b(?! provision)|(?:the )?(?:child'?s "
        r"|young person'?s )?(?:special )?educational needs)",
    "C": r"health (?:care )?needs",
    "D": r"social care needs",
    "E": r"(?:the )?outcomes",
    "F": r"(?:special )?educational provision",
    "G": r"(?:any )?health (?:care )?provision",
    "H1": r"(?:any )?social care provision (?:under|which must|required|for (?:a )?child)",
    "H2": r"(?:any )?other social care",
    "I": r"(?:placement|(?:name and )?type of|named? (?:school|setting|placement))",
    "J": r"(?:personal budget|direct payments?)",
    "K": r"(?:advice|appendices|reports)",
}  # fmt: skip
_LETTERED = re.compile(
    r"^[ \t#*|]*(?:(?:section|part)[ \t]*(?P<s>h ?1|h ?2|[a-k])\b(?P<rest>[^\n]{0,160})|(?P<b>h ?1"
    r"|h ?2|[a-k])[ \t]*[:.)\-|][ \t]*(?P<t>[^\n]{0,160}))$",
    re.M,
)
_TITLED = {section: re.compile(rf"^[ \t#*|]*{title}[^\n.]{{0,80}}$", re.M) for section, title in _TITLES.items()}
_TITLE_WORDS = re.compile(
    r"\b(?:views|interests|aspirations|needs|outcomes|provision|placement|budget|advice|information"
    r"|social|health|educational|school|setting|payments?|appendices|name|type)\b"
)
_ITEM = re.compile(
    r"^[ \t]*(?:(?P<id>(?:h[12]|[a-k])[ .]?\d{1,2}(?:\.\d{1,2})?)\b[.:)\-]*"
    r"|\(?\d{1,2}(?:\.\d{1,2})?[.)]|[-*\u2022\u25cf\u25aa])[ \t]+",
    re.M,
)
MOST_CHARACTERS = 2_000_000


def _headings(low: str) -> list[tuple[int, int, str, str]]:
    """Start and end of each heading line, its section, and text on the same line that is content, not title."""
    found = []
    for match in _LETTERED.finditer(low):
        named = str(match.group("s") or match.group("b"))
        rest = str((match.group("rest") if match.group("s") else match.group("t")) or "")
        title = bool(_TITLE_WORDS.search(rest)) and len(rest.split()) <= 16
        if match.group("b") and not title:
            continue
        section = named.replace(" ", "").upper()
        kept = 0 if title or not re.search(r"\w{3}", rest) else len(rest)
        found.append((match.start(), match.end() - kept, section, ""))
    if {each[2] for each in found} & {"B", "F"}:
        return found
    for section, pattern in _TITLED.items():
        titled = pattern.search(low)
        if titled:
            found.append((titled.start(), titled.end(), section, ""))
    return sorted(found)


def _entries(section: str, text: str, low: str, start: int, end: int) -> list[Part]:
    cuts = [
        match
        for match in _ITEM.finditer(low, start, end)
        if match.start() == start or low[match.start() - 1] in "\n" or low[start : match.start()].isspace()
    ]
    pieces: list[tuple[int, int, str]] = []
    if cuts:
        if low[start : cuts[0].start()].strip():
            pieces.append((start, cuts[0].start(), ""))
        stops = [each.start() for each in cuts[1:]] + [end]
        for match, stop in zip(cuts, stops, strict=True):
            named = (match.group("id") or "").replace(" ", "").replace(".", "").upper()
            pieces.append((match.end(), stop, named))
    else:
        place = start
        for block in re.split(r"(\n\s*\n)", text[start:end]):
            if block.strip():
                pieces.append((place, place + len(block), ""))
            place += len(block)
    parts: list[Part] = []
    taken: set[str] = set()
    for first, last, named in pieces:
        words = text[first:last]
        lead = len(words) - len(words.lstrip())
        if not words.strip():
            continue
        name = named if named.startswith(section) and named not in taken else ""
        number = len(parts) + 1
        while not name or name in taken:
            name, number = f"{section}-{number}" if section in {"H1", "H2"} else f"{section}{number}", number + 1
        taken.add(name)
        parts.append(Part(name, section, words.strip(), start=first + lead))
    return parts or [Part(f"{section}-1" if section.startswith("H") else f"{section}1", section, "", start=start)]


def split_plan(text: str) -> list[Part]:
    """The entries of a pasted plan by section, in its own order.

    Headings such as 'Section F: special educational provision', 'F. Educational provision' or a bare title are found.
    Entries are numbered or bulleted items, or else paragraphs. Text before the first heading belongs to no section and
    is left out. Raises ValueError with a sentence when no section heading is found or the text is too large.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError("The text is longer than any plan; more than two million characters are not read.")
    low = normal(text)
    headings = _headings(low)
    if not headings:
        raise ValueError("No section headings from A to K were found, so the text cannot be cut into sections.")
    parts: list[Part] = []
    merged: dict[str, int] = {}
    for place, (_, end, section, _) in enumerate(headings):
        stop = headings[place + 1][0] if place + 1 < len(headings) else len(text)
        entries = _entries(section, text, low, end, stop)
        if section in merged and all(not each.text for each in entries):
            continue
        merged[section] = merged.get(section, 0) + 1
        parts.extend(_renamed(entries, parts))
    return parts


def _renamed(entries: list[Part], before: list[Part]) -> list[Part]:
    from dataclasses import replace

    taken = {part.id for part in before}
    found = []
    for entry in entries:
        name, number = entry.id, 1
        while name in taken:
            number += 1
            name = f"{entry.id}-{number}"
        taken.add(name)
        found.append(replace(entry, id=name))
    return found
