"""Which kinds of statement a provision part makes: direct service, equipment, training, money, review and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kept.rules.plans import (
    changes,
    clauses,
    conditions,
    denied,
    frames,
    kind_words,
    knowing,
    numbers,
    promises,
    roles,
    services,
)
from kept.rules.plans.text import Span, Text


class Kind(StrEnum):
    """What one sentence of provision is about."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    EQUIPMENT = "equipment"
    ENVIRONMENT = "environment"
    TRAINING = "training"
    FUNDING = "funding"
    TRANSPORT = "transport"
    UNIVERSAL = "universal"
    FAMILY = "family"
    DELEGATED = "delegated"
    REVIEW = "review"
    OTHER = "other"


@dataclass(frozen=True)
class Item:
    """One provision in a part: a sentence and those that continue it."""

    kind: Kind
    start: int
    end: int
    low: str


_JOINS = frozenset({Kind.DIRECT, Kind.INDIRECT, Kind.REVIEW})


@lru_cache(maxsize=4096)
def kind_of(low: str) -> Kind:  # noqa: PLR0911 - a table of kinds in their order of precedence
    """The kind of one sentence of provision, in normal text."""
    body = low.strip()
    if family(body):
        return Kind.FAMILY
    if kind_words.GUESTS.search(body) or kind_words.LEAVE.search(body) or kind_words.BELONGINGS.match(body):
        return Kind.OTHER
    if denied.only_denies(body) or denied.tells_of_place(body) or denied.taken_out(body):
        return Kind.OTHER
    if delegated(body):
        return Kind.DELEGATED
    if funding(body):
        return Kind.FUNDING
    if transport(body):
        return Kind.TRANSPORT
    measured = bool(numbers.durations(body)) and bool(numbers.frequencies(body))
    if training(body):
        return Kind.TRAINING
    if universal(body) and not numbers.durations(body):
        return Kind.UNIVERSAL
    if denied.stands(body) and not kind_words.UPKEEP.search(body):
        return Kind.ENVIRONMENT
    firm = promise(body)
    if _thing(body, firm, measured):
        return Kind.EQUIPMENT
    if (
        kind_words.ENVIRONMENT.search(firm)
        and not _served(body, measured)
        and not _STAFFED.search(body)
        and not kind_words.GOES.search(body)
    ):
        return Kind.ENVIRONMENT
    return _kind_of_work(body, measured)


# Somebody who is to be there makes a service of a place.
_STAFFED = re.compile(
    r"\b(?:staff|adults?|assistants?|mentors?|workers?|teachers?) will be (?:on hand|there|present|around|close"
    r" by|nearby)\b"
)


_LEARNS = re.compile(
    r"(?:he|she|they|[a-z]+) (?:will|is to) (?:then |also )?(?:learn|practi[sc]e|be (?:taught|shown)) (?:how )?(?:to )?"
)


def _thing(body: str, firm: str, measured: bool) -> bool:
    if _LEARNS.match(body) and not kind_words.UPKEEP.search(firm):
        return False
    if kind_words.BARE_THING.match(body) and not roles.roles(body) and not numbers.durations(body):
        return True
    if kind_words.ACQUIRED.search(body):
        return True
    return bool(
        kind_words.EQUIPMENT.search(firm) or kind_words.EQUIPPED.search(firm) or kind_words.UPKEEP.search(firm)
    ) and not _served(body, measured)


def _kind_of_work(body: str, measured: bool) -> Kind:
    if (
        kind_words.REVIEW.search(body)
        and not (measured and kind_words.SERVICE_VERB.search(body))
        and not kind_words.HAS.match(body)
    ):
        return Kind.REVIEW
    if kind_words.INDIRECT.search(body) and not re.search(
        r"\b(?:teach|see|(?:sit|play|read|stay|be) with|work (?:with|on|one)|one-to-one|deliver|practi[sc]e)\b", body
    ):
        return Kind.INDIRECT
    if _TELLS_OF_CHILD.match(body) and not measured and not _serves(body):
        return Kind.OTHER
    return Kind.DIRECT if re.search(r"[a-z]{3,} [a-z]{2,}", body) else Kind.OTHER


# 'His first language is Polish': a fact about the pupil, with nobody and nothing laid on.
_TELLS_OF_CHILD = re.compile(
    r"(?:(?:[a-z-]+'s?|his|her|their) (?:[a-z]+ ){1,4}(?:is|are|was|were)\b"
    r"|what(?:ever)? (?:is|was|he|she|they) [a-z]+ (?:is|are|stays|remains) [a-z]+"
    r"|(?:[a-z-]+|he|she|they) (?:likes|loves|speaks|reads|wears|lives|finds|knows|enjoys|understands|cannot))\b"
)
_UNDERTAKES = re.compile(
    r"\b(?:will|shall|must|should|would|may|might|could|ought|needs?|requires?|entitled|due|eligible)\b"
)


def _serves(body: str) -> bool:
    return bool(
        _UNDERTAKES.search(body)
        or roles.roles(body)
        or numbers.durations(body)
        or numbers.frequencies(body)
        or re.search(
            r"\b(?:support|help|input|session|intervention|programme|provision|break|group|lessons|therapy)s?\b", body
        )
    )


def promise(body: str) -> str:
    """The words without their open conditions, which say on what the promise turns and not what is promised."""
    kept_from = len(body)
    for each in reversed(conditions.conditions(body)):
        body = body[: each.start] + body[max(each.start, min(each.end, kept_from)) :]
        kept_from = each.start
    return body.strip(" ,")


def _served(body: str, measured: bool) -> bool:
    provider = any(
        not roles.is_recipient(body, role) and not roles.is_supervisor(body, role) for role in roles.roles(body)
    )
    return measured or bool(
        provider
        and re.search(
            r"\b(?:teach|see|work with|sit with|help (?:him|her|them)|support(?:s|ing)? (?:him|her|them))\b", body
        )
    )


def family(body: str) -> re.Match[str] | None:
    """Words by which a relative delivers; one who watches, is shown or is told does not."""
    if kind_words.NOT_FAMILY.search(body) or kind_words.GUESTS.search(body):
        return None
    return kind_words.FAMILY.search(body) or promises.family_gives(body)


def guests(body: str) -> bool:
    """Whether a sentence only says that relatives may watch, come or are told."""
    return bool(kind_words.GUESTS.match(body))


def pupils_leave(body: str) -> bool:
    """Whether a sentence only says what the pupil may do besides what is provided."""
    return bool(kind_words.LEAVE.match(body))


@lru_cache(maxsize=4096)
def funding(body: str) -> re.Match[str] | None:
    """Words in which money or a band stands for provision; a musical or elastic band is none."""
    for match in kind_words.FUNDING.finditer(body):
        around = body[max(0, match.start() - 30) : match.end() + 12]
        if re.search(
            r"(?:resistance|elastic|rubber|brass|steel|wrist|head|arm|school|exercise|thera|rock|loop|stretch"
            r"|coloured|colour|red|blue|green|yellow)[ -]?band",
            around,
        ):
            continue
        if re.search(
            r"(?:house|merit|reward|dojo|team|class|behaviour|bonus|star) points|points? (?:system|chart)"
            r"|point size|game|coins?|pretend|shop|purse|worth of (?:coins|goods)|to spend"
            r"|budget(?:ing)? (?:skills|plan)|count(?:s|ing)?|money skills|learn(?:s|ing)?|pocket money"
            r"|\bpay(?:s|ing)? for",
            around,
        ):
            continue
        if re.match(r"top[- ]?up$", match.group()) and numbers.durations(body) and not _PAID.search(body):
            continue
        if match.group() == "band of" and not re.match(
            r" (?:[a-z]+ )?(?:fund|support|resourc|top-up|need)", body[match.end() :]
        ):
            continue
        if not re.match(r"(?:band|level|tier|element|tariff)", match.group()) and re.search(
            r"\b(?:if|until|unless|when|once|while|as long as|provided|providing|assuming|subject to"
            r"|depend\w+ (?:up)?on"
            r"|conditional (?:up)?on|contingent (?:up)?on|hing\w+ on|rel(?:y|ies|iant) on|rests? on|within"
            r"|pending|awaiting)(?: [a-z]+){0,4} $",
            body[: match.start()],
        ):
            continue
        if any(each.start <= match.end() - 1 and match.start() < each.end for each in conditions.conditions(body)):
            continue
        if (
            numbers.durations(body)
            and numbers.frequencies(body)
            and re.search(
                r"\b(?:teach|learn|practis|how to|buy|shop|budget|price)\w*\b[^.;]{0,90}$", body[: match.start()]
            )
        ):
            continue
        if re.match(r"£|gbp|[a-z0-9,]+ pounds", match.group()) and (
            numbers.durations(body) and numbers.frequencies(body) and not _PAID.search(body)
        ):
            continue
        return match
    return None


# 'Twelve hours of therapy will be provided' states the amount that it speaks of.
_COUNTED = re.compile(
    rf"\b{numbers.NUMBER} (?:full |half |whole )?(?:hours?|minutes|sessions)\b[^.;]{{0,50}}\bprovided$"
)
_PAID = re.compile(r"\b(?:fund|pay|paid|cost|allocat|budget|resourc|worth|grant|award)")


def transport(body: str) -> re.Match[str] | None:
    """Words about being carried to the setting; learning to travel is none."""
    match = kind_words.TRANSPORT.search(body)
    if match and _LESSON.search(body[: match.start()]) and clauses.measured(body[: match.start()]):
        return None
    return None if match is None or kind_words.NOT_TRANSPORT.search(body) else match


_LESSON = re.compile(r"\b(?:teach|learn|sort|name|read|write|draw|talk|plan|match|spell|say)\w*\b")


# 'She and some of her peers do cookery' is a group, and no comparison.
_SOME_OF = re.compile(r"\b(?:and|with) (?:some|a few|two|three|several|others?)(?: of)? (?:his|her|their|the)? ?$")


def universal(body: str) -> re.Match[str] | None:
    """Words of what every pupil gets."""
    match = next(
        (each for each in kind_words.UNIVERSAL.finditer(body) if not _SOME_OF.search(body[: each.start()])), None
    )
    if match or services.ONE_TO_ONE.search(body) or services.COVERAGE.search(body):
        return match
    return kind_words.COMPARED.search(body)


def training(body: str) -> re.Match[str] | None:
    """Words in which staff are to be trained; an assistant 'trained by the therapist in' is none."""
    match = kind_words.TRAINING.search(body) or knowing.staff_learn(body)
    if match is None or kind_words.NOT_TRAINING.search(body) or _lesson_of_friends(body):
        return None
    if _describes_provider(body, match):
        return None
    before = body[max(0, match.start() - 30) : match.start()]
    if re.search(r"(?:with|after|following|who|in|,) $", before) and re.search(
        r"\b(?:teach|see|deliver|lead|run|work|sit|practi[sc]e)", body[match.end() :]
    ):
        return None
    if re.search(r"\bwho (?:has|have|is|are) $|\bwhom [^,.;]{0,40}$", before) or re.search(
        r"\bwho (?:has|have|had|is|are|will have|will be|must have)(?: all| each)? $",
        before + match.group()[: match.group().find(" ") + 1],
    ):
        return None
    if re.match(r"(?:has|have|had|who|is|are)\b", match.group()) and re.search(r"\bwho $", before):
        return None
    return match


def _lesson_of_friends(body: str) -> bool:
    """Whether pupils are taught together, so that what friends learn is no training of staff."""
    return bool(re.search(r"\bfriends?|classmates?|peers\b", body) and "lesson" in body and clauses.measured(body))


_HOLDS = re.compile(r"\b(?:holding|holds|hold|with|having|who (?:has|have|holds?|completed|passed|took)|whose)\b")


def _describes_provider(body: str, match: re.Match[str]) -> bool:
    """Whether the training is what somebody already has, who then does something else than be trained."""
    head = body[: match.start() + 8]
    held = [each for each in _HOLDS.finditer(head) if roles.roles(body[: each.start()])]
    acts = re.search(
        r"\b(?:will|shall) (?!(?:be )?(?:train|attend|receive|have|undertake|complete))[a-z]+", body[match.start() :]
    )
    return bool(
        held and acts and numbers.durations(body) and not re.search(r"\b(?:will|shall|to)\b", head[held[-1].start() :])
    )


@lru_cache(maxsize=4096)
def delegated(body: str) -> re.Match[str] | None:
    """Words that leave the amount or kind of provision to someone else or later; the therapist's content is none."""
    for match in kind_words.DELEGATED.finditer(body):
        before = body[max(0, match.start() - 45) : match.start()]
        if re.match(r"(?:as|however|whatever|for as)\b", match.group()) and re.search(
            r"\b(?:he|she|they) (?:feels?|thinks?|chooses?|wants?)", match.group()
        ):
            continue
        if kind_words.NOT_DELEGATED.search(before) or _COUNTED.search(before + match.group()):
            continue
        if denied.denied(body, match.start()):
            continue
        if re.match(
            r"(?: out)?(?: in| at| under| by)?(?: the)? (?:needs?|outcomes?|sections?|parts?"
            r"|need )? ?(?:[b-f]\d|section|need|outcome)",
            body[match.end() :],
        ):
            continue
        if any(
            match.start() < each.start() <= match.end() for each in clauses.resource_condition(body)
        ) and not re.search(r"\b(?:determin|decid|agree|settl|specif|confirm)", match.group()):
            continue
        if re.match(r"as (?:[a-z]+ )?(?:deemed|judged|considered|thought)\b", match.group()) and not re.search(
            r"\b(?:by|in|at)\b", match.group() + body[match.end() : match.end() + 4]
        ):
            continue
        if clauses.LESSON_CHOICE.match(body[match.end() :].strip()) and numbers.durations(body):
            continue
        if re.search(r"\b(?:he|she|they|child) $", before[-6:]) or re.search(
            r"\b(?:so that|which|that) (?:he|she|they)\b[a-z ]{0,20}$", before
        ):
            continue
        if (
            re.match(r"(?:after|following|once|until|based on)", match.group())
            and numbers.durations(body)
            and numbers.frequencies(body)
        ):
            continue
        return match
    if funding(body):
        return None
    left = clauses.deferred(body) or frames.left_for(body) or frames.unsettled(body) or _decided(body)
    return None if left and denied.denied(body, left.start()) else left


def _decided(body: str) -> re.Match[str] | None:
    """The words of a condition on a decision still to be taken."""
    for each in conditions.conditions(body):
        if each.turns is conditions.Turns.DECISION:
            return re.compile(".*", re.S).match(body, each.start, each.end)
    return None


def items(text: Text) -> list[Item]:
    """The provisions of a part, in order. A sentence that continues the one before joins it."""
    found: list[Item] = []
    fields: set[str] = set()
    for start, end in text.sentences:
        low = text.low[start:end]
        kind = kind_of(low)
        body = re.sub(r"^[-*\u2022(\d.)\s]+", "", low)
        aside = low.strip().startswith("(") and low.strip(" .").endswith(")")
        joins = kind in _JOINS and (kind_words.CONTINUES.match(body) or (found and _nothing_new(low, found[-1].low)))
        label = _FIELD.match(low)
        again = bool(label and label.group(1) in fields)
        fields = (set() if again else fields) | {label.group(1)} if label else set()
        joins = joins or bool(
            kind is Kind.EQUIPMENT
            and found
            and found[-1].kind is kind
            and re.search(
                r"\b(?:it|them|this|these"
                r"|both)\b",
                low,
            )
        )
        joins = joins or bool(label and not again)
        joins = joins or bool(kind is Kind.DIRECT and found and _completes(low, found[-1]))
        joins = joins or (kind in _JOINS and not numbers.durations(low) and _only_changes(low))
        if found and (aside or kind is Kind.OTHER or joins):
            last = found[-1]
            found[-1] = Item(last.kind, last.start, end, text.low[last.start : end])
            continue
        found.append(Item(kind, start, end, low))
    return found


# 'Who: ...' and the like on lines of their own describe one provision; a label that comes again opens the next.
_FIELD = re.compile(
    r"[-*\u2022\u25cf\s|]*(who|by whom|delivered by|provided by|led by|provider|staff(?:ing)?|adult|role|person|when"
    r"|how often"
    r"|frequency|how long|duration|length|time|minutes|where|place|location|focus|aim|content|what|method|target"
    r"|purpose"
    r"|group(?: size)?|ratio|size|review(?:ed)?|start|training|expertise|qualification|resources?|activity|approach)\b"
    r"[a-z ]{0,12}[:|]"
)
_ADDS = re.compile(
    r"\b(?:also|in addition|additional(?:ly)?|as well|further|another|separate(?:ly)?|alongside this|besides)\b"
)


def _completes(low: str, last: Item) -> bool:
    """Whether a sentence says who does what the one before has timed: one gives the time and the other the person."""
    if last.kind is not Kind.DIRECT or _ADDS.search(low) or numbers.durations(low) or numbers.frequencies(low):
        return False
    timed = numbers.durations(last.low) and numbers.frequencies(last.low)
    return bool(timed and not roles.roles(last.low) and roles.roles(low))


# Somebody who stands in a side clause does not provide: 'what he could say when somebody teases him'.
_OF_OTHERS = re.compile(r"\b(?:when|whenever|if|that|who|what|until|how|to|from|with) (?:an?|the|his|her|their)? ?$")


def _only_changes(low: str) -> bool:
    """Whether a sentence says how what was told before may be lessened, ended or used otherwise."""
    return bool(
        any(changes.changed_by_provider(low)) or any(frames.lessened(low)) or any(promises.ended_without_review(low))
    )


def _nothing_new(low: str, before: str) -> bool:
    """Whether a sentence names no service and nobody that the one before has not named: it says more about the same."""
    if _ADDS.search(low) or services.GROUP.search(low) or not numbers.durations(before):
        return False
    named = {name for name, _ in services.services(low)} - {name for name, _ in services.services(before)}
    people = {role.name for role in roles.roles(low) if not _OF_OTHERS.search(low[: role.start])}
    people -= {role.name for role in roles.roles(before)}
    return not named and not people


def span_in(item: Item, match: re.Match[str]) -> Span:
    """A match within an item as a span of the part."""
    return (item.start + match.start(), item.start + match.end())
