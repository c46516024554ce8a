"""Section F by its missing elements: amount, frequency, provider, expertise, group size."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import clauses, conditions, items, numbers, roles, services
from kept.rules.plans.checks.provision_words import VAGUE_FREQUENCY
from kept.rules.plans.items import Item, Kind
from kept.rules.plans.reading import Document, Hit, Reading

_VISITOR = re.compile(r"\bvisit|\bwill call (?!on\b|for\b)|\bcomes? (?:in|into|to)\b|attend school")
_OVER_PERIOD = re.compile(
    rf"\b(?:annual|yearly|termly|half-termly|monthly|weekly|daily) [a-z]+(?: of| for)?[a-z ]{{0,40}}?(?: of"
    rf"|:) {numbers.COUNT}[ -](?:hours?|days?"
    rf"|sessions|minutes)\b"
    rf"|\b{numbers.COUNT}[ -](?:hours?|days?|sessions)\b[^.;]{{0,70}}\b(?:over|across|during|in"
    rf"|throughout|spread over) (?:the|a|each|this|two|three|four|six|both|all) (?:[a-z]+ )?(?:terms?|year|half-term)"
)
_THROUGH = re.compile(
    r"\b(?:over|across) the course of (?:an?|each|every|the|one) (?:[a-z]+ )?(?:half-term|term|year)\b"
)
_BLOCK = re.compile(
    rf"(?<!to-)(?<!on-)(?<!:)\b{numbers.NUMBER} (?:[a-z-]+ ){{0,3}}(?:sessions|lessons|visits|appointments|days)\b"
)


def _served(item: Item) -> bool:
    if item.kind is Kind.DIRECT:
        return True
    return item.kind in {Kind.INDIRECT, Kind.REVIEW} and bool(_VISITOR.search(item.low))


def has_amount(low: str) -> bool:
    """Whether a length of time, weekly hours, or coverage wording is stated."""
    return bool(
        numbers.durations(low)
        or services.COVERAGE.search(low)
        or re.search(r"\b(?:hours?|minutes|mins|duration|length|time)[a-z ]{0,16}: ?(?:\d|half|one|two|three)", low)
        or re.search(
            r"\b(?:half|full|whole|\w+)[- ]days? (?:a|per|each|every) week|\b(?:a|one|two|three|half a"
            r"|full) (?:full )?(?:school )?(?:days?|mornings?|afternoons?)\b(?= (?:a|per|each|every))",
            low,
        )
    )


def has_frequency(low: str) -> bool:
    """Whether it is stated precisely how often, by number, coverage or a certain trigger."""
    found = [each for each in numbers.frequencies(low) if not _of_review(low, each.start)]
    return bool(
        found
        or _OVER_PERIOD.search(low)
        or (_THROUGH.search(low) and numbers.durations(low))
        or services.COVERAGE.search(low)
        or services.TRIGGER.search(low)
        or _EVENT.search(low)
        or _BLOCK.search(low)
    )


def _of_review(low: str, start: int) -> bool:
    if re.search(
        r"\b(?:will|shall|to|is|are) be (?:supervised|overseen|monitored|checked) (?:(?:at|by|in"
        r"|for) [a-z0-9.: ]{1,24})?$",
        low[max(0, start - 50) : start],
    ):
        return False
    return bool(
        re.search(
            r"(?:review(?:ed|s)?|supervised|overseen|monitored|(?:will |to |and )report|reported|reports"
            r"|updated|refresher|serviced"
            r"|checked|supervision)(?: [a-z]+){0,6} $",
            low[max(0, start - 60) : start],
        )
    )


# Whatever the event, a response within seconds or on every occasion says how much and how often.
_EVENT = re.compile(
    r"\b(?:if|when|whenever|each time|every time)\b[^.;]{3,260}?\b(?:within \w+ (?:seconds?|minutes?)|at once"
    r"|immediately|until it|until (?:he|she|they))"
)


def _trigger_with_response(low: str) -> bool:
    return bool(_EVENT.search(low)) or bool(
        services.TRIGGER.search(low)
        and re.search(
            r"\b(?:will|to) (?:take(?! place)|sit|give|stay|walk|go|show|point|hold|read|say|model|repeat|check|bring"
            r"|lead|help|offer|move|stop|use|guide|prompt|ask)\b",
            low,
        )
    )


def amount(reading: Reading, _: Document) -> Iterator[Hit]:
    """F01: a direct service with no session length, weekly hours or coverage."""
    for item in reading.provisions:
        if _served(item) and not has_amount(item.low) and not _trigger_with_response(item.low):
            yield reading.hit("F01", (item.start, item.end))
            return


def frequency(reading: Reading, _: Document) -> Iterator[Hit]:
    """F02: a direct service with neither a precise nor a vague frequency."""
    for item in reading.provisions:
        if (
            item.kind is Kind.DIRECT
            and not has_frequency(_without_means(items.promise(item.low)))
            and not VAGUE_FREQUENCY.search(item.low)
        ):
            yield reading.hit("F02", (item.start, item.end))
            return


def _without_means(low: str) -> str:
    """The words without what the start waits for, which is no frequency."""
    for match in clauses.resource_condition(low):
        if re.match(r"as soon as|once|when", match.group()):
            rest = low.find(",", match.end()) if not low[: match.start()].strip(" ifand") else -1
            return low[rest:] if rest >= 0 else low[: match.start()]
    return low


def providers(low: str) -> list[roles.Role]:
    """Roles that provide, without those who are coached and those who only train or supervise."""
    asides = conditions.conditions(low)
    found = [
        role
        for role in roles.roles(low)
        if not roles.is_recipient(low, role)
        and not roles.is_supervisor(low, role)
        and not any(each.start <= role.start < each.end for each in asides)
    ]
    acting = [role for role in found if not _adjective(low, role)]
    if not found and not re.match(r"(?:the|a|an) ", low):
        # Whoever the pupil meets or sees is the one who provides.
        acting = [role for role in roles.roles(low) if _MET.search(low[: role.start])][:1]
    return (
        acting
        or _implied(low, found)
        or [role for role in roles.roles(low) if role.generic and roles.is_supervisor(low, role)]
    )


_MET = re.compile(
    r"\b(?:meets?|sees?|talks? to|speaks? (?:to|with)) (?:with )?(?:(?:an?|the|his|her|their) )?(?:[a-z]+ )?$"
)


def _implied(low: str, found: list[roles.Role]) -> list[roles.Role]:
    """Roles named only by what they do ('adult prompting'): someone provides, and nothing says with which training."""
    return [
        role for role in found if role.generic and re.match(r" (?:prompting|prompts?|modelling)\b", low[role.end :])
    ]


_RATIO_AFTER = re.compile(
    rf" (?:to|for|per)(?: every| each)? {numbers.COUNT} (?:[a-z]+ )?(?:pupils?|child|children|students?|learners?)\b"
)
_RATIO_BEFORE = re.compile(rf"\b{numbers.COUNT} (?:[a-z]+ )?$")


def _adjective(low: str, role: roles.Role) -> bool:
    before, after = low[max(0, role.start - 30) : role.start], low[role.end : role.end + 40]
    if (
        role.name in {"adult", "carer", "member of staff", "key worker"}
        and re.search(r"(?:without|no|from|another|an unfamiliar|familiar) (?:any )?$", before[-18:])
        and "support from" not in before
        and "help from" not in before
        and re.search(r"(?:without|no|unfamiliar) (?:any )?$", before[-18:])
    ):
        return True
    if _RATIO_AFTER.match(after) and _RATIO_BEFORE.search(before):
        return True
    if re.match(
        r" (?:(?:is|are|being) (?:in post|available|appointed|recruited|employed|in place)|(?:is"
        r"|are) (?:satisfied|happy|content|confident|sure|agreed)|judges?|thinks?|feels?|considers?"
        r"|deems?|believes?|decides?|sees? fit)\b",
        after,
    ):
        return True
    if re.match(r" (?:support|help|attention|input|time|supervision|guidance|assistance)\b", after):
        return False
    if role.name == "member of staff" and re.search(r"passenger $", before):
        return True
    return bool(
        re.match(
            r"(?:'s|s')? (?:absences?|sickness|shortages?|turnover|changes?|availability|rota|team|service|agency"
            r"|training|room|programme|plan|report|advice|recommendations?"
            r"|ratio|levels?|voices?|prompting|prompts?|modelling)\b",
            after,
        )
    )


# 'She will also show the class teacher': the one who was named before, teaching somebody else than the pupil.
_SAME_PERSON = re.compile(
    r"[^.;]{0,60}?\b(?:he|she|they) will (?:also |then )?(?:spend (?:[a-z0-9-]+ ){1,6})?(?:show|teach|coach|train"
    r"|visit|brief|meet"
    r"|advise|model|write|see|observe|review)(?:ing|s)?\b"
)


def provider(reading: Reading, _: Document) -> Iterator[Hit]:
    """F08: no role or person who provides. A service delivered by one registered profession counts as a role."""
    for item in reading.provisions:
        if item.kind is not Kind.DIRECT and not (item.kind is Kind.INDIRECT and not roles.roles(item.low)):
            continue
        if (
            providers(item.low)
            or services.PROFESSION_SERVICE.search(item.low)
            or roles.named_person(reading.text.plain[item.start : item.end])
        ):
            continue
        if _SAME_PERSON.match(item.low) and any(
            providers(each.low) for each in reading.provisions if each.start < item.start
        ):
            continue
        if item.kind is Kind.INDIRECT or (re.search(r"\btherapist|\bpsychologist", item.low) and roles.roles(item.low)):
            continue
        yield reading.hit("F08", (item.start, item.end))
        return


def expertise(reading: Reading, _: Document) -> Iterator[Hit]:
    """F09: a generic role with no qualification, named training or supervision; 'trained' alone does not count."""
    for item in reading.provisions:
        if item.kind not in {Kind.DIRECT, Kind.INDIRECT, Kind.ENVIRONMENT}:
            continue
        generic = [role for role in providers(item.low) if role.generic and not _beside_registered(item.low, role)]
        if not generic or (item.kind is Kind.ENVIRONMENT and generic[0].start > 30):
            continue
        for role in generic:
            if reading.text.quoted(item.start + role.start):
                continue
            if not _has_expertise(item.low, role) and not roles.named_person(reading.text.plain[item.start : item.end]):
                yield reading.hit("F09", (item.start + role.start, item.start + role.end))
                return


def _watched_by_anyone(around: str, match: re.Match[str]) -> bool:
    """Whether the 'supervision' is an unqualified adult watching, which states no expertise."""
    if not re.search(r"supervis|overseen|monitored", match.group()):
        return False
    by = roles.roles(around[match.start() : match.end() + 60])
    return bool(by) and by[0].generic


_ON_TELLING = re.compile(r"[^.;]*\b(?:is|are|will be) on\b[^.;]*\b(?:telling|asking|showing|finding) (?:an?|the) $")


# 'The careers co-ordinator, a qualified teacher, will ...': the second name says what the first one is.
_WHO_IS = re.compile(r"(?:, [a-z' ]{2,24})?, (?:who is )?(?:also )?an? ")


def _beside_registered(low: str, role: roles.Role) -> bool:
    before = low[max(0, role.start - 60) : role.start]
    named = _WHO_IS.match(low[role.end :])
    if named and any(0 <= each.start - role.end - named.end() <= 25 and not each.generic for each in roles.roles(low)):
        return True
    if re.search(r"\band (?:then )?with (?:his|her|their|the|both|two) (?:[a-z]+ )?$", before) and any(
        not each.generic for each in roles.roles(low[: role.start])
    ):
        return True
    if _ON_TELLING.match(low[: role.start]):
        return True
    if re.search(
        r"(?:pupils?|children|classmates?|peers|teacher|therapist|nurse) and (?:an?|one|the|his|her|two"
        r"|both)(?: [a-z]+)? $",
        before,
    ) and re.search(r"\b(?:coach|train|show|model|advis|meet|teach|with|for)\b", before):
        return True
    if (
        re.search(
            r"\b(?:asks?|asking|tells?|telling|signals?|gives?|hands?|shows?|bring|brings|find(?:s)?|seek"
            r"|greet|understood by|familiar to|so that|for|to|of)(?: the| an?| his| her| their| all| any"
            r"| every| nearest| trusted| familiar)* $",
            before,
        )
        and re.search(r"\b(?:he|she|they|to|so that|how|on|about) |ing(?: an?| the)* $", before)
        and bool([each for each in roles.roles(low) if each.start < role.start and not roles.is_supervisor(low, each)])
    ):
        return True
    return bool(
        re.search(r"\b(?:how|when|what|so that|which)(?: the| an| all)? $", before)
        and roles.roles(low)[0].start < role.start
    )


def _has_expertise(low: str, role: roles.Role) -> bool:
    if role.name == "emotional literacy support assistant":
        return True
    around = low[max(0, role.start - 60) : role.end + 220]
    match = roles.expertise(around)
    if match:
        return not _watched_by_anyone(around, match)
    return bool(
        re.search(
            r"\b(?:supervis(?!ion\b(?! (?:by|from|of)))|overs(?:ee|een)|trained by|coach(?:es|ed))", low[role.end :]
        )
        and not re.search(r"trained$", low)
    )


def group_size(reading: Reading, _: Document) -> Iterator[Hit]:
    """F10: a group or class setting with no number or maximum."""
    for item in reading.provisions:
        if item.kind in {Kind.TRAINING, Kind.FUNDING, Kind.TRANSPORT, Kind.REVIEW, Kind.FAMILY}:
            continue
        for match in services.GROUP.finditer(item.low):
            if reading.text.quoted(item.start + match.start()) or services.GROUP_SIZE.search(item.low):
                continue
            before = item.low[max(0, match.start() - 25) : match.start()]
            if match.group().startswith("with") and re.search(
                r"\b(?:experienced?|skilled|qualified|trained|used|worked)(?: [a-z]+)? (?:in |at |to )?working $",
                before,
            ):
                continue
            if re.search(
                r"(?:age|year|blood|parent|peer|ethnic|whole|key|joining|join|leave|leaving|into|tables?|support) $",
                before,
            ):
                continue
            yield reading.hit("F10", items.span_in(item, match))
            return
