"""What advice asks for: each recommendation picked out of its words, so that none is dropped unseen.

Returned advice comes in sections (Special Educational Needs and Disability Regulations 2014 reg 6(1): needs, provision
and outcomes); a report comes as one text. In a section that asks for something, every statement counts. Elsewhere a
sentence counts when it recommends. To pick out too much costs a reader one press; to miss one costs a child the help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kept.rules.plans.provision import read_provision
from kept.rules.plans.text import Span, Text


class Asks(StrEnum):
    """What a recommendation is for."""

    NEED = "need"
    OUTCOME = "outcome"
    PROVISION = "provision"


@dataclass(frozen=True)
class Recommended:
    """One recommendation: its words, lines joined, and where they stand. `unsaid`: what the help leaves open."""

    asks: Asks
    text: str
    start: int
    end: int
    unsaid: tuple[str, ...] = ()


# A section of returned advice that asks for something, by its key (the questions that advisers answer).
ASKING: dict[str, Asks] = {"needs": Asks.NEED, "outcomes": Asks.OUTCOME, "provision": Asks.PROVISION}
_BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u25cf\u25aa\u2013]|\(?(?:\d{1,2}(?:\.\d{1,2})?|[a-z]|[ivx]{1,4})[.)])[ \t]+")
_CONTINUES = re.compile(
    r"(?:this|these|those|it|they|each session|the sessions?|both|such|here|so|in addition to this|for example|e\.g"
    r"|that is|which)\b(?! (?:is recommended|should also|should be noted|was\b|were\b|is noted|is clear))"
)
_RECOMMENDS = re.compile(
    r"\b(?:recommend(?:s|ed|ation|ing)?|advis(?:e|es|ed|able|ing that)|suggest(?:s|ed|ion)?|propose[sd]?"
    r"|request(?:s|ed)?|urge[sd]?|(?:should|must|ought to|shall)(?! (?:be noted|not be confused|be read))"
    r"|needs? to (?:be|have|receive|get|see|work)|will (?:need|require|benefit)|would (?:benefit|need|require|help"
    r"|be helpful|be important|be essential|like)|(?:requires?|needs?) (?:an?|the|access|daily|weekly|regular|direct"
    r"|specialist|individual|one|support|help|more|further|ongoing|continued|small|some|\d+)"
    r"|it is (?:important|essential|vital|necessary|crucial|strongly felt|felt) (?:that|for|to)"
    r"|(?:is|are) (?:indicated|warranted|required|needed|necessary|essential)"
    r"|in (?:my|our) (?:opinion|view)[^.]{0,60}\b(?:need|require|benefit))\b"
)
_OUTCOME = re.compile(
    r"\b(?:by (?:the end of|july|june|the age of|year \d|key stage|(?:the )?(?:summer|spring|autumn)|\d)[^.]{0,160}"
    r"\bwill\b|will be able to|\boutcomes?\b[^.]{0,12}:|can (?:be expected|hope) to)"
)
_REGION = re.compile(
    r"^[ \t#*\d.()]*(?P<title>(?:summary of |key |specific |my |our )?(?:recommendations?|recommended \w+|advice"
    r"|provision(?: (?:required|needed|sought))?|(?:what )?(?:help|support)(?: is| that is)? (?:needed|required)"
    r"|outcomes?(?: (?:sought|proposed|recommended))?))\b[^.\n]{0,60}:?[ \t]*$"
)
_WORDS_IN_HEADING = 8
_PAST = re.compile(
    r"\b(?:previous|earlier|last) (?:report|plan|advice)\b[^.]{0,80}\b(?:recommended|advised|suggested)\b"
    r"|\b(?:was|were|had been) (?:previously )?(?:recommended|advised|suggested)\b[^.]{0,40}\b(?:in|by|last) (?:20\d\d"
    r"|previous|year)"
)
_WRAPPED = re.compile(r"(?<=[\w,])\r?\n(?=[ \t]*[a-z(])")  # a line that a printer broke goes on in small letters
_SAYS = re.compile(r"\b(?:will|should|must|is|are|has|have|needs?|requires?|can|cannot|minutes?|hours?|weekly)\b")
_EMPTY = re.compile(r"^(?:n/?a|none|nil|no (?:further )?(?:recommendations?|needs?|outcomes?|advice)[^.]{0,60})\.?$")


def _lines(text: Text) -> Iterator[Span]:
    start = 0
    for line in text.raw.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _is_heading(low: str) -> bool:
    words = low.strip(" \t#*:").split()
    if not words or len(words) > _WORDS_IN_HEADING or low.rstrip().endswith((".", ";", "!", "?")):
        return False
    return not re.search(
        r"\b(?:will|should|must|is|are|has|have|needs?|requires?|can|cannot|minutes?|hours?|weekly)\b", low
    )


def _is_title(low: str) -> bool:
    """Whether a line in a section that asks is a title for sure; what may be a statement is taken for one."""
    return low.lstrip().startswith("#") or low.rstrip().endswith(":")


def _region_of(low: str) -> Asks | None:
    match = _REGION.match(low.strip("\n\r"))
    if match is None:
        return None
    return Asks.OUTCOME if "outcome" in match.group("title") else Asks.PROVISION


def _sentences(text: Text, first: int, last: int) -> Iterator[Span]:
    """The sentences of one line, without its bullet."""
    bullet = _BULLET.match(text.plain[first:last])
    begin = first + (bullet.end() if bullet else 0)
    for start, end in text.sentences:
        low, high = max(start, begin), min(end, last)
        while low < high and text.raw[low].isspace():
            low += 1
        while high > low and text.raw[high - 1].isspace():
            high -= 1
        if low < high and re.search(r"\w{2}", text.low[low:high]):
            yield low, high


def _made(text: Text, asks: Asks, start: int, end: int) -> Recommended:
    words = text.raw[start:end]
    if asks is Asks.PROVISION and _OUTCOME.search(text.low[start:end]) and not read_provision(words).schedulable:
        asks = Asks.OUTCOME
    unsaid = read_provision(words).reasons if asks is Asks.PROVISION else ()
    return Recommended(asks, words, start, end, unsaid)


def recommendations(words: str, *, section: str = "") -> list[Recommended]:
    """Every recommendation in a text, in order, with offsets into it.

    section: the key of a section of returned advice ("needs", "outcomes", "provision": all that it says counts; any
    other key or none: what recommends counts, and all that stands under a heading such as "Recommendations"). A
    sentence that only continues the one before ("These will be reviewed each term.") joins it.
    """
    text = Text(_WRAPPED.sub(lambda match: " " * len(match.group()), words))
    whole = ASKING.get(section)
    region = whole
    found: list[Recommended] = []
    lead: Asks | None = None
    for first, last in _lines(text):
        low = text.low[first:last]
        bulleted = bool(_BULLET.match(text.plain[first:last]))
        if _is_heading(low) and (_is_title(low) if whole else not bulleted or _region_of(low)):
            region = whole or _region_of(low)
            lead = None
            continue
        lead = lead if bulleted else None
        fresh = True
        for start, end in _sentences(text, first, last):
            said = text.low[start:end]
            if not bulleted and said.endswith(":"):
                lead = region or (Asks.PROVISION if _RECOMMENDS.search(said) else None)
                fresh = True
                continue
            asks = region or lead or _asked(said)
            if _EMPTY.match(said) or (asks and not whole and _PAST.search(said)):
                continue
            joins = found and not fresh and found[-1].end <= start and _CONTINUES.match(said)
            if joins and (asks or text.raw[found[-1].end : start].isspace()):
                found[-1] = _made(text, found[-1].asks, found[-1].start, end)
            elif asks:
                found.append(_made(text, asks, start, end))
                fresh = False
            else:
                fresh = True
    return found


def _asked(said: str) -> Asks | None:
    return Asks.PROVISION if _RECOMMENDS.search(said) else None
