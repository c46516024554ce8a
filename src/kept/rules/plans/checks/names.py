"""Case data against the words: another child's name where this child's should be."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kept.rules.plans import roles
from kept.rules.plans.checks.needs import LABEL
from kept.rules.plans.reading import Document, Hit, Reading


def _words_in(name: str) -> frozenset[str]:
    path = Path(__file__).parent.parent / "data" / name
    return frozenset(path.read_text(encoding="utf-8").split())


# Own compilations: names that are also words or places, and capitalised words that are no names.
_AMBIGUOUS = _words_in("names-that-are-words.txt")
_VERB = (
    r"(?:will|can|cannot|can't|is|has|had|was|needs?|likes?|loves?|finds?|uses?|enjoys?|does|did"
    r"|should|must|would|may|struggles?|reads?|writes?|speaks?|wants?|requires?|attends?|goes|works?"
    r"|learns?|understands?|knows|becomes?|feels?|gets?|shows?|takes?|makes?|asks?|plays?|tells?|says"
    r"|sees|receives?|benefits?|responds?|presents?|often|also|currently|still|now|already|prefers?"
    r"|sometimes|and|to|with|in|for|at|on|by|through|follow|read|write|say|join|start|use|ask|practise"
    r"|settle|come|arrive|when|during|each|every|one-to-one|himself|herself)"
)
_OTHER_PERSON = re.compile(
    rf"(?:{roles.RELATIVE}|friend|friends|classmate|cousin|peer|twin|dog|cat|pet|pony|horse|rabbit"
    rf"|hamster|teacher|assistant|ta|therapist|psychologist|worker|tutor|mentor|nurse|doctor|senco|head"
    rf"|adult|coach|key ?worker|called|named|character|book|author|singer|player|actor|puppet|toy|teddy"
    rf"|doll|game|saint|st|mr|mrs|ms|miss|dr|sir|lady|king|queen|prince|princess|aunt|uncle"
    rf"|and their baby|baby|paediatrician|officer|colleague|neighbour|hero|film|story|programme|app|by"
    rf"|from),? $"
)
_PLACE_AFTER = re.compile(
    r"^(?:'s)? ?(?:school|academy|college|primary|street|road|house|park|hospital|centre|hall|approach"
    r"|method|programme|technique|close|avenue|lane|ward|trust|clinic|unit|scale|test|system|therapy"
    r"|infants?|junior|nursery|cross|court|place)\b",
    re.I,
)
_WORD = re.compile(r"(?<![\w'-])([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?:'s\b|(?=[\s,.;:!?)]|$))")
_NOT_NAMES = _words_in("words-that-are-no-names.txt")


@cache
def first_names() -> frozenset[str]:
    """Common first names in England, own compilation; a name outside it is still found by what it does."""
    return _words_in("names.txt")


def wrong_name(reading: Reading, document: Document) -> Iterator[Hit]:
    """S06: a first name that acts as the child and is neither theirs nor a known person's."""
    if reading.part.section in {"I", "K"} or not document.child_names:
        return
    known = document.known_names
    plain = reading.text.plain
    for match in _WORD.finditer(plain):
        word = match.group(1)
        low = word.lower()
        if (
            low in known
            or low in _NOT_NAMES
            or re.fullmatch(roles.RELATIVE, low)
            or LABEL.search(low)
            or reading.text.quoted(match.start())
        ):
            continue
        if not _acts_as_child(reading, match, low):
            continue
        yield reading.hit("S06", (match.start(1), match.end(1)))
        return


def _acts_as_child(  # noqa: PLR0911 - one sign after the other
    reading: Reading, match: re.Match[str], low: str
) -> bool:
    plain = reading.text.plain
    before, after = plain[max(0, match.start() - 80) : match.start()], plain[match.end() : match.end() + 60]
    tail = reading.low[max(0, match.start() - 30) : match.start()]
    opens = any(start == match.start() for start, _ in reading.text.sentences)
    if (
        not opens
        and re.search(r"(?:\b[A-Z][\w.'-]*|\b(?:Mr|Mrs|Ms|Miss|Dr))\.? $", before)
        and not re.search(r"(?:^|[.!?:] )[A-Z][a-z]+ $", before)
    ):
        return False
    if (
        re.match(r" [A-Z][a-z]", after)
        or _PLACE_AFTER.match(after)
        or _OTHER_PERSON.search(tail)
        or re.match(rf" \(|, (?:his|her|their|the|an?|who|{roles.RELATIVE})\b", after.lower())
    ):
        return False
    if _TAUGHT.search(reading.low[max(0, match.start() - 40) : match.start()]) and _HOW.match(after):
        return True
    first, last = reading.text.sentence_at(match.start())
    if re.search(r"\b(?:i|my|me|i'm|i'd)\b", reading.low[first:last]):
        return False
    if low in first_names() and re.match(r" to [a-z]", after) and _HELPED.search(tail):
        return True
    possessive = match.group().endswith("'s")
    listed = low in first_names()
    if not listed and re.match(r" will be (?:given|made|taken|paid|had|held)\b", after):
        return False
    if low in _AMBIGUOUS or not listed:
        verb = re.match(r" (?:will|needs|is|has|can|cannot|likes|finds|struggles|uses|enjoys) ", after)
        if listed:
            return bool(verb) or possessive
        starts = not before.strip() or re.search(r"[.!?:]\s+$", before)
        return bool(
            verb
            and not starts
            and re.match(r"^[a-z]{3,}$", low)
            and re.search(r"(?:,|that|and|where|when|because) $", before)
        ) or bool(
            verb
            and re.match(r" (?:will|cannot|needs|struggles) ", after)
            and starts
            and len(low) > 2
            and not low.endswith(
                (
                    "ing",
                    "tion",
                    "ment",
                    "ness",
                    "ists",
                    "ers",
                    "ly",
                    "ts",
                    "ns",
                    "es",
                    "ist",
                    "therapy",
                    "apy",
                    "ory",
                    "ics",
                    "time",
                    "ity",
                )
            )
            and _rare(low)
        )
    if possessive:
        return not re.match(r" (?:mother|mum|dad|father|house|car|report|advice|recommendation|assessment)\b", after)
    return bool(re.match(rf" {_VERB}\b| [a-z]+s (?!of\b)|[.,;:!?]|\s*$", after))


# 'Will see Mason one-to-one': whoever is seen, taught or helped in that way is the child, whatever the word means
# elsewhere.
_TAUGHT = re.compile(
    r"\b(?:will|to|and|shall) (?:also )?(?:see|meet|accompany|greet|remind|prompt|(?:work|sit|read|practise|stay"
    r"|walk) (?:with|beside)) $"
)
_HELPED = re.compile(r"\b(?:teach|help|support|coach|enable|prompt|remind)(?:es|s|ing)? $")
_HOW = re.compile(
    r" (?:one-to-one|alone|individually|for (?:\d|an? |half|\w+ minutes)|each|every|once|twice|weekly|daily"
    r"|at the start)\b"
)


def _rare(low: str) -> bool:
    return low not in {
        "everyone",
        "nobody",
        "someone",
        "progress",
        "transport",
        "training",
        "equipment",
        "funding",
        "contact",
        "access",
        "behaviour",
        "attendance",
        "homework",
        "handwriting",
        "lunch",
        "break",
        "swimming",
        "music",
        "phonics",
        "laptop",
        "desk",
        "provision",
        "maths",
        "speech",
        "noise",
        "play",
        "praise",
        "content",
        "nothing",
        "everything",
        "placement",
        "additional",
        "family",
        "neither",
        "either",
        "several",
        "people",
        "college",
        "camhs",
        "nurse",
        "tutor",
        "physio",
        "council",
        "communication",
        "language",
        "print",
        "hearing",
        "vision",
    }
