"""Sentences by who does what to the provision: lessened by somebody, left for somebody, or said without a promise.

The words of each place in a frame are classes (verbs.py, roles.py), so that a sentence is known by its build: an amount
as subject, a verb of lessening, and somebody or some state of things on whose word it happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kept.rules.plans import clauses, numbers, verbs
from kept.rules.plans.dates import DATE

# What a text must name before a frame is worth trying.
_SPEAKS_OF_LESS = verbs.LESSEN_WORDS | verbs.ALTER_WORDS
_SPEAKS_OF_LESS |= {"until", "till", "reduction", "variation", "withdrawal", "alteration", "lessening", "ending"}
_SPEAKS_OF_LESS |= {
    "lengthen",
    "widen",
    "increase",
    "extend",
    "stretch",
    "bring",
    "draw",
    "put",
    "change",
    "close",
    "discharge",
    "end",
    "stop",
    "move",
    "moving",
    "go",
}
# Verbs and nouns that speak of a choice by themselves; the commoner ones do so only with their small word.
_SPEAKS_OF_CHOICE = verbs.DECIDE_WORDS - verbs.COMMON_WORDS | {
    "matter", "decision", "question", "judgement", "choice", "issue", "discussion", "conversation", "steer", "verdict",
    "ruling", "allocates", "recommend", "advise", "suggest", "propose", "report", "say", "indicate", "inform", "tell",
    "await", "hang", "flow", "guided", "informed", "shaped", "steered", "driven", "dictated",
}  # fmt: skip
_CHOICE_IN_TWO = re.compile(
    r"\b(?:work|map|spell|share|sort|iron|firm|draw|divide|pin|tie|rule|set|call|look|talk|word|chat|think|view"
    r"|thought|wait|turn|follow)[a-z]* (?:out|up|down|on|for|of|about|at|over|into|as to|regarding|from|the"
    r" outcome|to)\b"
    r"|\b(?:dr[ae]wn?) up\b|'s? (?:call|choice)\b"
)
# What is specified, as the subject or the object of a change.
AMOUNT = (
    r"(?:hours?|time|sessions?|visits?|support|help|provision|amounts?|numbers?|frequency|lengths?|duration|levels?"
    r"|minutes|input|package|programme|arrangements?|allocation|contact|therapy|teaching|tuition|lessons?|quantity"
    r"|intensity|dosage|ratio|cover|care|entitlement|block|timetable|attendance|places?|it|this|these|they|them)"
)
_MAY = (
    r"(?:may|can|could|might|(?:has|have) (?:leave|the right|permission|licence) to|(?:is|are) (?:free|able|entitled"
    r"|at liberty|permitted|allowed|authorised|empowered"
    r"|likely|liable) to)"
)
_ADVERB = r"(?:also |then |later |thereafter |subsequently |be |[a-z]+ly |in time |at any (?:time|point) )*"
_LESS = rf"(?:{verbs.LESSEN}|{verbs.ALTER})"
_AGENT = rf"(?:the |a |an |his |her |their |its )?{clauses.AGENT}"
_STATE = r"(?:if|when|once|as soon as|should|where|whenever|after|following|on|upon|subject to|depending on|by|at)"
_LESSENED = re.compile(
    rf"\b{AMOUNT}\b[^.;:]{{0,45}}? {_MAY} {_ADVERB}{_LESS}\b"
    rf"|\b{_MAY} {_ADVERB}(?:lengthen|widen|increase|extend|stretch) (?:the |these |any )?(?:gaps?|intervals?|time"
    rf"|weeks)"
    r" between\b"
    rf"|\b{_MAY} {_ADVERB}(?:bring|draw|put) (?:it|this|them|these|the [a-z]+) to (?:a|an) (?:close|end|halt|stop)\b"
    rf"|\b{_AGENT}(?: and {_AGENT})?,? {_MAY} {_ADVERB}{_LESS} (?:[a-z']+ ){{0,3}}?{AMOUNT}\b"
    rf"|\b{AMOUNT}\b[^.;:]{{0,40}}? (?:will|shall|to|is to|are to) (?:[a-z]+ ){{0,6}}?{_LESS}\b(?: [a-z]+)?"
    rf" {_STATE}\b[^.;]{{0,60}}?(?:{_AGENT}|progress\w*|targets?|goals?|agree\w*|ready|confident|settled|secure)\b"
    rf"|\b{_MAY} {_ADVERB}(?:{_LESS}|close|discharge|end|stop)\b[^.;]{{0,30}}? (?:at any (?:point|time|stage"
    rf"|moment)|without (?:notice|consultation|warning))\b"
    rf"|\b(?:{_AGENT}|it|they|who|which) {_MAY} {_ADVERB}(?:discharge|sign off|release|deregister|drop|let go"
    rf" of|step back|withdraw|stand down|stop seeing)\b"
    rf"|\b(?:option|right|freedom|scope|possibility|flexibility|discretion|latitude|power) (?:to|of|for)"
    rf" (?:{_AGENT} to )?{_ADVERB}(?:{_LESS}|drop|dropping|go down|move|moving)"
    rf" (?:to|from|by|down|it|this|them|the|these|sessions|hours|in)\b"
    rf"|\b(?:until|till)(?: such time as)? {_AGENT}(?: and {_AGENT})? (?!(?:is|are) (?:in|at|on|back)\b|arriv"
    rf"|com(?:e|es)\b|return|ha(?:s|ve) "
    rf"(?:arrived|finished)|rings?|says? (?:stop|the|go|ready)|asks?|takes?|hands?|gives?|will\b|and\b|to\b"
    rf"|of\b|who\b|from\b)[a-z]+"
    rf"|\b(?:reduction|variation|withdrawal|alteration|lessening|ending|cut|change)s? (?:in|to|of) (?:[a-z']+ ){{0,3}}?"
    rf"{AMOUNT}\b[^.;]{{0,30}}? (?:at|on) (?:[a-z']+ )?{clauses.AGENT}"
)
_CONTENT = re.compile(
    r"\b(?:content(?! (?:with|that|to))|subjects?|topics?|exercises?|activit\w+|order|words?|books?|games?"
    r"|materials?|pace|tasks?|steps"
    r"|targets|place|room|day of the week|not\b|never|only (?:by|at|through|after)|no (?:part|change))\b"
)


_OTHER_USE = re.compile(
    r"\b(?:may|can|could|might|(?:has|have) (?:leave|the right|permission) to|(?:is|are) (?:free|at liberty|able"
    r"|entitled"
    r"|allowed) to) (?:also |then |instead )?(?:use|spend|put|move|give|lend"
    r"|employ|deploy|apply|divert|redirect)(?: (?:it|them|this|these|some|part|the (?:time|hours?|sessions?"
    r"|assistant|money)))*"
    r" (?:otherwise|elsewhere|for (?:other|another|the class|the whole)|with other|on other|to (?:an)?other|as (?:it"
    r"|they) (?:see|think|wish|like))"
)


def lessened(low: str) -> Iterator[re.Match[str]]:
    """Words by which somebody may lessen what is specified, outside the review. Dated steps and content are none."""
    yield from _OTHER_USE.finditer(low)
    if not verbs.words_of(low) & _SPEAKS_OF_LESS:
        return
    for match in _LESSENED.finditer(low):
        around = low[max(0, match.start() - 30) : match.end() + 30]
        if not DATE.search(low[match.start() :]) and not _CONTENT.search(around):
            yield match


_LESS_TIME = re.compile(
    rf"\b(?:{AMOUNT}|{numbers.COUNT}[- ](?:minutes?|hours?)|daily|weekly|fortnightly|every|each)\b[^.;]{{0,180}}?"
    rf"(?:,| and| then| before| but| will| to| be| with)? (?:be |then |gradually |slowly |steadily "
    rf"|progressively |eventually )*"
    rf"(?P<less>{verbs.LESSEN})(?= (?:as|once|when|over|until|in (?:line|time|due|frequency|length|number"
    rf"|intensity|amount|step|stages)|from|after|thereafter|gradually|slowly|later|eventually"
    rf"|progressively|with)\b|[.,;]|$)"
)


def dwindles(low: str) -> Iterator[re.Match[str]]:
    """Words by which what is given grows less, with no date for any step."""
    if not verbs.words_of(low) & verbs.LESSEN_WORDS or DATE.search(low):
        return
    for match in _LESS_TIME.finditer(low):
        if not _CONTENT.search(match.group()[-40:]):
            yield match


_LEFT = re.compile(
    r"\b(?:is|are|be|remains?|becomes?) (?:very much |entirely |largely |really )?(?:an? |the )?(?:[a-z]+ )?(?:matter"
    r"|decision|question|judgement|choice|call|issue) (?:for|of|between) (?:the |his |her |their |its |[a-z]+'s"
    r" )?[a-z]+"
    rf"|\b(?:is|are|be|remains?|becomes?) (?:entirely |solely )?(?:the |his |her |their )?{clauses.AGENT}(?:'s?|s') "
    r"(?:call|decision|choice|judgement|to (?:decide|determine|make|call))\b"
)


_ASKED = r"(?:how (?:much|often|many|long|frequently)|what|whether|when|which|who)"
_NAMED = (
    r"(?:amounts?|numbers? of|frequency|lengths?|durations?|levels? of|extent|intensity|hours|minutes|timings?|details?"
    r"|arrangements?|sessions|package|provision|support|ratio|dosage|quantity|quantum|scope|scale|allocation|staffing)"
)
_DECIDED = re.compile(
    rf"\b(?:{_NAMED}|how (?:much|often|many|long|frequently))\b[^.;:]{{0,60}}? (?:will|shall|(?:is|are) to"
    rf"|remains? to|has yet to|have yet to)"
    rf" (?:then |later |first |only |all )?be (?:[a-z]+ly |jointly |[a-z]+ed and )?{verbs.DECIDE}\b"
    rf"|\b{_AGENT}(?: and {_AGENT})?,? (?:will|shall|can|may|(?:is|are) to) (?:then |later |first |together "
    rf"|jointly |[a-z]+ly )*"
    rf"{verbs.DECIDE} (?:on |upon |about )?(?:the |a |an |his |her |their |any )?(?:[a-z]+ ){{0,2}}?(?:{_ASKED}"
    rf"|{_NAMED})\b"
    r"|\b(?:will|shall|can|may) (?:then |later |afterwards |subsequently |also |first )*(?:recommend|advise|suggest"
    r"|propose|report"
    r"|say|indicate|inform|tell)(?: (?:the )?[a-z]+)?(?: on| about| as to)? (?:how (?:much|often|many|long"
    r"|frequently)|what"
    r" (?:level|amount|support|help|provision|therapy|input)|whether (?:(?:he|she|they) (?:needs?|requires?|is to"
    r"|should|will)|any|more|further))\b"
    r"|\b(?:will|shall|is to) (?:then |later )?(?:tell|inform|advise|let|notify) [^.;]{2,45}? (?:what|how (?:much"
    r"|often|long))"
    r" (?:he|she|they|[a-z]+) (?:needs?|requires?|is to have|should have|will have|gets?)\b"
    rf"|\b{_NAMED} of (?:which|it|this|that)\b[^.;]{{0,20}}? {_AGENT} (?:will|shall|can|may|(?:is|are) to)"
    rf" (?:then )?{verbs.DECIDE}\b"
    rf"|\b(?:think|look|view|thought|decision|discussion|conversation|judgement|steer|talk|word|chat|ruling"
    rf"|verdict) (?:about|at|on|over|into|as to|regarding"
    rf"|to) (?:just |exactly )?{_ASKED}\b"
    rf"|\b{_AGENT} (?:then |alone |later )?(?:decides|determines|settles|judges|chooses|fixes|specifies"
    rf"|stipulates|sets|allocates)\b[^.;]{{0,40}}?(?:{_ASKED}|if\b|{_NAMED})"
    rf"|\b(?:{AMOUNT})\b[^.;]{{0,60}}? (?:can|will|shall|should|must|(?:is|are) to) (?:await|wait (?:for|on"
    rf"|until)|hang on|flow from|turn on"
    rf"|follow (?:from|on from|the outcome)|be (?:[a-z]+ly )?(?:guided|informed|shaped|steered|driven|dictated) by)\b"
)


@lru_cache(maxsize=4096)
def left_for(low: str) -> re.Match[str] | None:
    """Words that call the provision somebody's matter or decision."""
    said = verbs.words_of(low)
    if not said & _SPEAKS_OF_CHOICE and not _CHOICE_IN_TWO.search(low):
        return None
    match = _LEFT.search(low) or _DECIDED.search(low)
    fixed = numbers.durations(low) and numbers.frequencies(low)
    return None if match is None or fixed or clauses.LESSON_CHOICE.search(low[: match.start()]) else match


_THEN_SET = re.compile(
    r"\bwill (?:first )?(?:assess|see|meet|observe|review|test|screen|visit)\b[^.;]{2,60}? and (?:then |will "
    r"|will then )*(?:set"
    r"(?: out)?|decide|specify|determine|draw up|lay down|prescribe|fix|work out|recommend|say|state|plan) (?:the "
    r"|his |her |their"
    r" |what |how |any )?(?:[a-z]+ )?(?:help|lessons?|sessions?|support|hours|provision|programme|package|therapy"
    r"|input|much"
    r"|often|many|long)\b"
)
_UNSETTLED = re.compile(
    rf"\b(?:{_NAMED}|{_ASKED})\b[^.;:]{{0,60}}? (?:has|have|is|are) (?:still |as )*(?:not|yet to|to) (?:yet |been "
    rf"|be )*{verbs.DECIDE}\b"
    rf"|\bno (?:[a-z]+ )?(?:{_NAMED}|amount|number|length|figure|decision|agreement)s?\b[^.;:]{{0,40}}? (?:has|have|is"
    rf"|are) (?:yet |been |as yet |currently )*(?:set|reached|made|named|put on it|{verbs.DECIDE})\b"
)


def unsettled(low: str) -> re.Match[str] | None:
    """Words by which an amount or who gives it has not been settled, with none stated beside."""
    match = _UNSETTLED.search(low) or _THEN_SET.search(low)
    return None if match is None or (numbers.durations(low) and numbers.frequencies(low)) else match


_FIRM = re.compile(
    r"\b(?:will|shall|must|'ll|(?:is|are) to|(?:has|have) to|undertakes? to|guarantee\w*)\b"
    r"|\b(?:sees?|teaches|delivers?|visits?|leads?|runs?|provides?|receives?|gets?|attends?|works?) "
)
# A modal verb with another beside it, or with nothing after it, is what a lesson is about.
_AS_WORDS = r",? (?:(?:and|or) )?(?:may|might|can|could|should|would|must|ought)\b| (?:in|when)\b|[.;]"
_OPINION = re.compile(
    r"\b(?:opinions?|views?|advice|advis\w+|suggest\w*|recommend\w*|propos\w+|benefi\w+|gain|profit|merits?|deserv\w+"
    r"|warrant\w*|worth\w*|case for|desirab\w+|ideal\w*|prefer\w*|thought|considered|felt|feels?|believ\w+|hop\w+"
    r"|wish\w*|keen|sensibl[ey]|wise|useful\w*|valuable|good|best|appropriate|indicated|candidate|favour\w*|expect\w*"
    r"|inten[dt]\w*|aims?|aspir\w+|planned|helpful|beneficial|important|support(?:s|ed)? (?:the|a)|conceivabl\w+"
    rf"|would(?!{_AS_WORDS})|(?:should|ought|might|could|may)(?! (?:not|to)\b|{_AS_WORDS}))\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|would|should|might|could|may|ought|has|have|makes?|merits?|deserves?|stands?|seems?"
    r"|appears?|looks?|thinks?|feels?|considers?|believes?|hopes?|favours?|supports|endorses?|backs?|prefers?"
    r"|wants?|urges?|suggests?|recommends?|proposes?|advises?"
    r"|calls?|sees?)\b"
)


# What hangs on the main clause: conditions, relative clauses, purposes, comparisons.
_SIDE = re.compile(
    r"\b(?:which|what|how|who|whom|whose|that(?= (?:may|might|can|could|is|are|has))|if|when|whenever|where|once|as|so"
    r" that|while|until|unless|(?<!and )(?<!or )should(?= [a-z]+ [a-z]+)"
    r"|because|whatever|whichever|however|to be|with good)\b[^,.;:]*"
)


@lru_cache(maxsize=4096)
def unpromised(low: str) -> re.Match[str] | None:
    """The words of opinion in an item where nobody undertakes anything: no 'will', 'is to', nor anyone's act."""
    if _FIRM.search(low):
        return None
    main = _SIDE.sub(lambda match: "#" * len(match.group()), low)
    return _OPINION.search(main) if _FINITE.search(main) else None
