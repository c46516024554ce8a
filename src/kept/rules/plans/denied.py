"""What a provision part says only to rule it out, and what it tells about a place: neither promises nor leaves open.

'Nothing here depends on funding' and 'the hours will not be left to the school' speak of conditions and choices to deny
them. Words within such a clause raise nothing. 'Access to the hall is by ramp' tells of a building and gives nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kept.rules.plans import roles, services, verbs
from kept.rules.plans.text import Span

_NONE = (
    r"(?:nothing|none|neither|nobody|no-?one|not (?:one|any)|at no (?:time|point)|under no circumstances|in no case"
    r"|no (?:part|item|element|session|lesson|visit|hour|minute|amount|time|change|reduction|decision|adult|other)s?)"
)
# 'No amount has been set' leaves the amount open, which is the reverse of ruling something out.
_UNSETTLED = re.compile(
    r"[^.;]{0,40}?\b(?:has|have|is|are|was|can|will)\b(?: yet| currently| be| been)* (?:set|fixed|given(?! up)|stated"
    r"|agreed|decided|specified|guaranteed|promised|made|available|known|quantified|settled|confirmed)\b"
)
_NOT = (
    r"(?:(?:is|are|was|were|does|do|did|will|shall|may|must|can|should|has|have)(?: (?:it|they|he|she))?(?: then"
    r"| therefore| ever| in any way)* (?:not|never)\b(?! (?:only|just|yet|necessarily|always|be (?:able|guaranteed)"
    r"|guaranteed|possible|able|been (?:agreed|decided|set|fixed)|specified|stated|quantified|given|known|clear|fixed"
    r"|agreed|set|decided))|cannot(?! (?:be (?:guaranteed|specified|quantified|stated)|always|guarantee|promise))"
    r"|never to|not to(?= be)|in no way|without (?:being|depending|waiting|having to)"
    r"|(?:regardless|irrespective|independent(?:ly)?) of|whether or not|no matter|even (?:if|when|where)|rather than"
    r"|instead of|nor\b|neither)"
)
_DENIES = re.compile(rf"\b(?:(?P<none>(?:^|(?<=[.;:] )){_NONE})|(?P<not>{_NOT}))\b")
_CLAUSE_ENDS = re.compile(
    r"[,;:.()]| (?:but|yet|however|and (?:will|is|are|has|have|so|then|he|she|they|this|may|can|could|should|would)"
    r"|until|unless|except|before|if|when|where|while|as long|so long|so that|because|although|though|save|only)\b"
)
_LOST = re.compile(
    rf"\b(?:{verbs.LESSEN}|lost|lose[sd]?|miss(?:ed)?|given up|give up|shared|moved|put off|postponed|drop(?:ped)?"
    rf"|stopped|ended|removed|changed|left)\b"
)


@lru_cache(maxsize=4096)
def spans(low: str) -> tuple[Span, ...]:
    """The spans of a normal text that only say what is not so."""
    found = []
    for match in _DENIES.finditer(low):
        if match.group("none") and _UNSETTLED.match(low[match.end() :]):
            continue
        end = _end(low, match)
        found.append((match.start(), end))
    return tuple(found)


def _end(low: str, match: re.Match[str]) -> int:
    """Where the denial ends: at the clause's end, or at the sentence's where a loss is denied with its reason."""
    stop = _CLAUSE_ENDS.search(low, match.end())
    end = stop.start() if stop else len(low)
    if re.match(r"even|whether|no matter", match.group()) and stop and not re.match(r"[,;:.()]", stop.group()):
        comma = re.compile(r"[,;:.()]").search(low, match.end())
        return comma.start() if comma else len(low)
    if _LOST.search(low[match.end() : end]):
        reason = re.match(r"(?P<list>(?:,| or| nor| and)[a-z ,]{0,50}?)? (?:because|if|when|where)\b[^.;]*", low[end:])
        if reason and re.search(r"\b(?:but|will|may|can|shall|he|she|they|it)\b", reason.group("list") or ""):
            return end
        return end + (reason.end() if reason else 0)
    return end


def denied(low: str, start: int) -> bool:
    """Whether the words at `start` stand in a clause that rules them out."""
    return any(first < start < last for first, last in spans(low)) or any(
        first == start
        for first, last in spans(low)
        if re.match(
            r"regardless|irrespective|whether"
            r"|no matter",
            low[first:],
        )
    )


def only_denies(low: str) -> bool:
    """Whether a sentence does no more than rule something out, naming no amount and nobody who does anything."""
    match = _DENIES.match(low.strip())
    return bool(match and match.group("none") and not _UNSETTLED.match(low.strip()[match.end() :]))


# A pupil who is taken out of a lesson or a room: said of the pupil, it neither gives nor ends anything.
_TAKEN_OUT = re.compile(
    r"(?:[a-z'-]+|he|she|they) (?:will|is to|shall) be (?:withdrawn|excused|released|exempt(?:ed)?|disapplied|taken out"
    r"|let off) (?:from|of) (?!(?:the )?(?:therapy|support|programme|provision|service|sessions?)\b)[a-z]"
)


def taken_out(low: str) -> bool:
    """Whether a sentence only says which lessons the pupil leaves, which is when the help is given."""
    return bool(_TAKEN_OUT.match(low.strip())) and not roles.roles(low)


_PREDICATE = (
    r"(?:by|via|through|up|from|on|at|in|near|next to|beside|behind|opposite|over|level|step-free|wheelchair|accessible"
    r"|reached|entered|kept|called|known|named|open|closed|closest|upstairs|downstairs|away|fully accessible)"
)
_TELLS = re.compile(
    rf"(?:there (?:is|are) (?:an? )?(?:(?:level|step-free|wheelchair|ramped) access|(?:[a-z]+ )?(?:ramps?|lifts?"
    rf"|entrances?|doors?))\b"
    rf"|[a-z][a-z0-9' -]{{2,60}}? (?:is|are|was|were) (?:[a-z]+ly )?{_PREDICATE}\b)[^.;]*\.?$"
)
# Where the pupil sits or a thing stands is how a room is laid out.
_STANDS = re.compile(
    r"(?:[a-z'-]+ ){1,4}(?:will|is to|shall|must) (?:always |then |also )?(?:be|stand|stay|remain|hang"
    r"|face) (?:placed |kept "
    r"|set |fixed |put )?(?:by|near|at(?! (?:[a-z']+ )?(?:disposal|hand|all))|beside|next to|behind|in front of"
    r"|facing|opposite|away from|close to|under)\b"
)


def stands(low: str) -> bool:
    """Whether a sentence says where a thing or a seat is, naming nobody."""
    main = re.split(r"[,;:]", low, maxsplit=1)[0]
    return bool(_STANDS.match(main.strip())) and not roles.roles(main) and not services.services(main)


_PROMISES = re.compile(
    r"\b(?:will|shall|must|should|would|may|might|could|can|ought|session|support|help|input|intervention|programme"
    r"|provision|breaks?|group|lessons?|therapy|teaching|place|offer\w*|available|provid\w+|weekly|daily|regular\w*"
    r"|time"
    r"|curriculum|to (?:have|be|see|get|receive|attend))\b"
)


@lru_cache(maxsize=4096)
def tells_of_place(low: str) -> bool:
    """Whether a sentence only tells where something is or how it is reached: no service, nobody, no promise."""
    body = low.strip()
    return bool(
        _TELLS.match(body) and not _PROMISES.search(body) and not roles.roles(body) and not services.services(body)
    )


# A title is who somebody is: 'the opportunities co-ordinator', 'an access officer'.
_TITLE = re.compile(
    r"(?:[- ][a-z]+){0,2}?[- ](?:co-?ordinators?|officers?|managers?|lead(?:er)?s?|teachers?|workers?|advis[eo]rs?"
    r"|directors?|assistants?|mentors?|champions?|governors?|team|department|service|office|hub|centre|unit|fair|board"
    r"|class|room|lab|bus|card|code|scheme called|page|magazine|newsletter|website|act)\b"
)


_NAMES = re.compile(r"(?:opportunit(?:y|ies)|access|chances?|options?|choices?|experiences|support)$")


def title(low: str, start: int, end: int) -> bool:
    """Whether the word that ends at `end` belongs to a title or a name of a place ('opportunities co-ordinator')."""
    return bool(_NAMES.search(low[start:end].strip()) and _TITLE.match(low[end : end + 50]))
