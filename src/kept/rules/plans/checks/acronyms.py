"""Abbreviations and terms of a trade that a plan does not explain where they first stand."""

# ruff: noqa: PLR2004 - counts of letters read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans.reading import Document, Hit

_CAPITALS = re.compile(
    r"(?<![\w.])(?:[A-Z]{2,}(?:&[A-Z]+)?s?|[A-Z]+[a-z]?[A-Z]+[a-z]?[A-Z]*|[A-Z](?:\.[A-Z])+\.?|SENDCo"
    r"|SENCo|SaLT|KS\d|QTVI|ToD)(?![\w@])"
)
ALLOWED = frozenset(["SEN", "SEND", "EHC", "NHS", "GCSE", "TV", "PE", "ICT", "UK", "ADHD"])
_COMMON = frozenset(
    [
        "TBC",
        "TBD",
        "TBA",
        "XX",
        "XXX",
        "I",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "OK",
        "AM",
        "PM",
        "CD",
        "DVD",
        "USB",
        "PC",
        "LEGO",
        "A",
        "AN",
        "THE",
        "AND",
        "OR",
        "NOT",
        "NO",
        "ALL",
        "MUST",
        "WILL",
        "DO",
        "ONE",
        "TO",
        "IN",
        "ON",
        "OF",
        "IS",
        "HE",
        "SHE",
        "WE",
        "IT",
        "BE",
        "AS",
        "AT",
        "BY",
        "IF",
        "ME",
        "MY",
        "UP",
        "US",
        "SO",
        "GO",
        "EVERY",
        "ONLY",
        "ALWAYS",
        "NEVER",
        "NOW",
        "STOP",
        "YES",
        "HELP",
        "WITH",
        "FOR",
        "FROM",
        "THIS",
        "THAT",
        "AAA",
        "ID",
        "PIN",
        "GB",
        "EU",
        "BBC",
        "IKEA",
        "XL",
    ]
)
_JARGON = re.compile(
    r"\b(?:proprioceptive|vestibular|dysdiadochokinesis|graphomotor|interoception|praxis|hypotonia"
    r"|hypotonic|dysarthria|echolalia|echolalic|metacognit\w+|phonological (?:loop|encoding)"
    r"|semantic-pragmatic|ideational|stereognosis|visuospatial|oculomotor|morphosyntax|dyadic"
    r"|psychoeducation\w*|dysgraphia|bilateral integration|sensory modulation|alexithymia"
    r"|executive functioning deficits|perseverat\w+|pragmatics|praxic|kinaesthetic|myofunctional"
    r"|hyperacusis)\b"
)


def acronyms(document: Document) -> Iterator[Hit]:
    """S13: two or more capitals, or a specialist term, not explained at its first use in the document."""
    explained: set[str] = set()
    for reading in document.readings:
        plain = reading.text.plain
        raised = False
        for match in _CAPITALS.finditer(plain):
            token = re.sub(r"[.]", "", match.group())
            bare = token[:-1] if token.endswith("s") and token[:-1].isupper() else token
            if (
                bare in ALLOWED
                or bare in _COMMON
                or bare in explained
                or re.fullmatch(r"[IVX]+", bare)
                or re.fullmatch(r"Mc[A-Z]\w*", token)
                or _shouted(plain, match)
            ):
                continue
            if len(re.findall(r"[A-Z]", bare)) < 2 or _initials(plain, match):
                continue
            if bare in {"EHCP"} or not _expanded(plain, match):
                if not raised:
                    yield reading.hit("S13", match)
                    raised = True
                explained.add(bare)
                continue
            explained.add(bare)
        term = next(iter(reading.find(_JARGON)), None)
        if (
            term
            and not raised
            and not re.search(
                r"\(|that is|which means|meaning|in other words|, or ",
                reading.low[max(0, term.start() - 45) : term.end() + 50],
            )
        ):
            yield reading.hit("S13", term)


# Words that stand beside a shouted one, so that it is a word too: 'IT IS ORDERED'.
_SMALL = r"(?:IS|THIS|IF|ARE|BE|NOT|AND|THE|OR|OF|TO|BY|WILL|SHALL|MUST|FOR|IN|IT|ALL)"
_BEFORE, _AFTER = re.compile(rf"\b{_SMALL} $"), re.compile(rf" {_SMALL}\b")


def _shouted(plain: str, match: re.Match[str]) -> bool:
    return len(match.group()) > 3 and bool(_BEFORE.search(plain[: match.start()]) or _AFTER.match(plain[match.end() :]))


def _initials(plain: str, match: re.Match[str]) -> bool:
    return bool(re.match(r"\.? [A-Z][a-z]+", plain[match.end() :]) and "." in match.group()) or bool(
        re.match(r"\d", plain[match.end() :])
        or re.search(r"\d$", plain[: match.start()])
        or (re.match(r"-\d", plain[match.end() :]) and re.search(r"\b[Mm]odel $", plain[: match.start()]))
    )


def _expanded(plain: str, match: re.Match[str]) -> bool:
    letters = re.sub(r"[^a-z]", "", match.group().lower().rstrip("s"))
    before, after = plain[max(0, match.start() - 110) : match.start()], plain[match.end() : match.end() + 110]
    if re.search(r"\($", before) or re.search(r"\((?:known as|called|the|or) $", before):
        return _spells(re.findall(r"[A-Za-z]+", before), letters, last=True)
    opened = re.match(
        r"(?:s)? ?\(([^)]{4,100})\)|, (?:which (?:is|means|stands for)|that is|short for|meaning|or|an?"
        r"|the) ([^,.;]{4,80})|(?: means| stands for| is short for) ([^.;]{4,80})|: ([a-z][^.;]{4,60})"
        r"|, ([a-z][^,.;]{6,80}),",
        after,
    )
    if opened:
        return True
    return bool(
        re.search(r"(?:, or|also known as|or) $", before)
        and _spells(re.findall(r"[A-Za-z]+", before), letters, last=True)
    ) or bool(re.search(r"\([^)]*$", before) and _spells(re.findall(r"[A-Za-z]+", before), letters, last=True))


def _spells(found: list[str], letters: str, *, last: bool) -> bool:
    initials = "".join(word[0].lower() for word in found)
    small = "".join(
        word[0].lower()
        for word in found
        if word.lower() not in {"and", "of", "the", "for", "a", "in", "to", "or", "known", "as"}
    )
    sequence = [initials, small]
    if any(letters in each for each in sequence):
        return True
    joined = iter("".join(word.lower() for word in found[-6:]))
    return last and all(letter in joined for letter in letters)
