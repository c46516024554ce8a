"""Sections G, H1 and H2: therapy in the wrong section, quantity, agreement, the right subsection."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import dates, numbers, roles, services
from kept.rules.plans.checks import provision_conditions, provision_words
from kept.rules.plans.checks.provision_elements import has_amount, has_frequency
from kept.rules.plans.reading import Document, Hit, Reading

_THERAPY = re.compile(
    r"\b(?:speech(?: and|,)? ?(?:language )?therap|occupational therap|physio|psycholog"
    r"|cognitive behaviou?ral|music therap|art therap|play therap|drama|counsell|salt\b|ot\b|therapist"
    r"|therapy)"
)
_EDUCATES = re.compile(
    r"\b(?:teach|learn|lesson|communicat|language|speech|sounds|words|sentence|vocabulary|read|writ"
    r"|handwriting|independen|dress|buttons|zips|curriculum|class|attention|social|play|turn-taking"
    r"|friend|understand|instruction|self-care|feed(?:ing)? (?:himself|herself)|cutlery|walk"
    r"|school day|emotion|feelings|anxiety|calm|coping|regulat|conversation|pencil|scissors|sensory"
    r"|skills|typing|sit(?:ting)? (?:at|upright)|balance|strategies|school|stairs|travel"
    r"|access learning)"
)
_MEDICAL = re.compile(
    r"\b(?:botulinum|botox|injection|surgery|post-operative|swallow|dysphagia|chest|airway|suction"
    r"|splints?|orthos|medication|gastrostomy|wound|catheter|chok|videofluoroscopy|feeding tube"
    r"|tracheostomy|pain|hip surveillance|spasticity|clinical procedure|rescue medication|cough"
    r"|secretions|oxygen|seizure)"
)


_PROFESSION = re.compile(r"\bspeech(?:,| and) language (?:therap(?:y|ists?))\b")


def educates(document: Document) -> Iterator[Hit]:
    """G01: therapy aimed at learning, communication or independence, in G and not in F."""
    in_f = " ".join(each.low for each in document.of("F"))
    for reading in document.of("G"):
        for first, last in reading.text.sentences:
            low = reading.low[first:last]
            if not (_THERAPY.search(low) and _EDUCATES.search(low)):
                continue
            aim = _PROFESSION.sub(" ", low)
            if _MEDICAL.search(low) and not re.search(
                r"\b(?:teach|lesson|learn|speech sounds|language|handwriting|sentence)", aim
            ):
                continue
            same = [name for name, _ in services.services(low) if name in services.THERAPIES]
            if in_f and same and any(services.SERVICE_RE[name].search(in_f) for name in same):
                continue
            yield reading.hit("G01", (first, last))
            return


_VAGUE = (provision_words.VAGUE_FREQUENCY, provision_conditions.DISCRETION, provision_conditions.RESOURCES)
_SOFT = re.compile(
    r"\b(?:will be (?:considered|reviewed as|offered if|explored|looked at|discussed)|considered"
    r"|can (?:ask|request|be (?:requested|accessed|provided|arranged|discussed|considered|offered)"
    r"|apply|contact|access|call)|may (?:ask|request|be|access|have|apply|include)|as assessed"
    r"|access to|support from|respite|if eligible|explore|to be (?:agreed|confirmed|determined|decided"
    r"|assessed)|would benefit|should|could|might|when (?:ill|unwell|the family|needed|they)"
    r"|a package of|some |monitor(?:ed|ing)?|review(?:ed)? by|input|(?:remain|stay|continue)s? (?:open"
    r"|under)|under the care|ongoing|follow-up|where|support (?:the|to) family|help (?:the|with)|up to"
    r"|universal|signpost|opportunit)\b"
)


def _specific(low: str) -> bool:
    counted = bool(
        numbers.durations(low)
        or re.search(
            rf"\b{numbers.NUMBER} (?:[a-z-]+ )?(?:nights?|days?|hours?|weekends?|visits?|appointments?|doses?"
            rf"|ml|mg|sessions?|milligrams)\b"
            r"|\bfrom \d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)? (?:to|until|till) (?:\d|noon|mid)"
            r"|\b(?:fri|satur|sun|thurs)day\b[^.;]{0,14}? (?:to|until)"
            r" (?:[a-z]+ )?(?:satur|sun|mon)day\b|\bevery (?:[a-z]+ )?weekend\b|\bfrom (?:[a-z]+day|after school"
            r"|breakfast|noon|tea)[^.;]{0,30}? (?:to"
            r"|until)"
            r" (?:the )?(?:[a-z]+ )?(?:[a-z]+day|breakfast|lunch|noon|tea|bedtime|evening|morning)"
            r"|\b(?:an?|one|two|three) (?:week|weekend|day|night)s?'s?\b"
            r"|\b(?:an?|one|two) (?:[a-z]+ )?(?:[a-z]+day|fortnight|week|weekend|night|day|afternoon"
            r"|evening)s?,? (?:in )?(?:each|every|a|per)\b",
            low,
        )
        or has_amount(low)
    )
    return counted and has_frequency_or_total(low)


def has_frequency_or_total(low: str) -> bool:
    """Whether a health or care item says how often, or a total for the year."""
    return has_frequency(low) or bool(
        re.search(
            r"\b(?:each|every)(?: [a-z]+)? (?:summer|winter|spring|autumn|christmas|easter|weekend"
            r"|[a-z-]* ?holidays?)\b",
            low,
        )
        or re.search(
            rf"\b{numbers.NUMBER} (?:[a-z-]+ )?(?:nights?|days?|hours?|weekends?) (?:a|per|each|every"
            rf"|in) ",
            low,
        )
    )


_PROVIDER = re.compile(
    r"\b(?:team|service|agency|unit|house|home|club|scheme|centre|clinic|hospital|department|council"
    r"|trust|board|workers?|provider|worker)\b"
)


# A home is adapted once: what is fitted and by when says it all.
_ADAPTED = re.compile(
    r"\b(?:ramps?|rails?|hoists?|stairlift|adaptations?|shower|wet room|door widening|alarm"
    r"|locks?)\b[^.;]{0,80}?\b(?:fitted"
    r"|installed|built|put in|made)\b"
)


def _vague(reading: Reading, *, needs_provider: bool) -> tuple[int, int] | None:
    low = reading.low
    if reading.blank or re.search(
        r"\b(?:no (?:health|social|provision)|none (?:is )?(?:required|needed)|not required)\b", low
    ):
        return None
    for pattern in _VAGUE:
        match = next(iter(reading.find(pattern)), None)
        if (
            match
            and not (pattern is provision_words.VAGUE_FREQUENCY and _specific(low))
            and not (
                pattern is provision_conditions.DISCRETION
                and re.match(r"when(?:ever)? (?:he|she|they)|as directed", match.group())
            )
        ):
            return match.span()
    if _specific(low) or (_ADAPTED.search(low) and dates.DATE.search(low)):
        return None
    if re.search(r"\bwithin \w+ (?:minutes?|seconds)|every time|mg\b|ml\b|each seizure|longer than", low) and re.search(
        r"\btrained\b|nurse", low
    ):
        return None
    soft = _SOFT.search(low)
    named = bool(roles.roles(low) or _PROVIDER.search(low))
    if soft or not named or not needs_provider or not has_amount(low) or not has_frequency_or_total(low):
        return soft.span() if soft else (0, len(low))
    return None


def vague_health(reading: Reading, _: Document) -> Iterator[Hit]:
    """G02: no quantity, frequency or provider, or discretion words."""
    span = _vague(reading, needs_provider=True)
    if span:
        yield reading.hit("G02", span)


def vague_care(reading: Reading, _: Document) -> Iterator[Hit]:
    """H03: considered, can ask, as assessed; no hours, place or provider."""
    span = _vague(reading, needs_provider=True)
    if span:
        yield reading.hit("H03", span)


_AGREED = re.compile(
    r"\b(?:agreed|confirmed|approved|authorised|signed off"
    r"|commissioned) (?:[a-z]+ ){0,4}?by (?:the )?(?:[a-z]+ )*(?:integrated care board|icb"
    r"|commissioner|commissioning (?:body|board)|nhs)|\b(?:icb|integrated care board"
    r"|commissioner)[a-z ]{0,40}(?:has|have|had)? ?(?:agreed|confirmed|approved)"
)
_NOT_AGREED = re.compile(
    r"\b(?:not (?:yet )?(?:been )?(?:agreed|confirmed|approved|authorised)|awaiting (?:agreement"
    r"|approval|confirmation|sign-off)|agreement (?:is )?(?:awaited|pending|outstanding"
    r"|has been requested)|to be agreed|still (?:to|considering)|has not (?:yet )?(?:agreed|replied"
    r"|responded|confirmed)|(?:was|were) not consulted|yet to (?:agree|confirm|reply))\b"
)


def not_agreed(reading: Reading, document: Document) -> Iterator[Hit]:
    """G03: no recorded agreement by the responsible commissioning body."""
    agreed = reading.part.commissioner_agreed
    if reading.blank:
        return
    said_not = _NOT_AGREED.search(reading.low)
    if (
        agreed is False
        or said_not
        or (agreed is None and document.context.whole_section and not _AGREED.search(reading.low))
    ):
        yield reading.hit("G03", said_not)


def plan_not_attached(reading: Reading, _: Document) -> Iterator[Hit]:
    """G04: an individual health care plan is mentioned with no copy."""
    match = re.search(r"\b(?:individual )?health ?care plan\b", reading.low)
    if (
        match
        and not re.search(r"\b(?:attached|appended|appendix|annex|copy)\b", reading.low)
        and reading.part.attached is not True
    ):
        yield reading.hit("G04", match)


def no_organisation(reading: Reading, _: Document) -> Iterator[Hit]:
    """G05: neither commissioner nor provider organisation named."""
    if not reading.blank and not re.search(
        r"\b(?:trust|board|nhs|service|team|hospital|commission|provider|clinic|icb)\b", reading.low
    ):
        yield reading.hit("G05", (0, 0))


_RESIDENTIAL = re.compile(
    r"\b(?:overnight|residential(?<!non-residential)|nights?\b|sleep-?overs?|sleep(?:s|ing)? (?:at|in|away|over)"
    r"|stay(?:s|ing)? (?:over"
    r"|away)|children's home|foster (?:carer|family|placement)|weekend(?:s)? away|stays?\b|beds?\b)"
)
_SECTION_2 = re.compile(
    r"\b(?:section 2|s\.? ?2\b|chronically sick|1970 act|csdpa|(?:play ?scheme|holiday club|youth club"
    r"|home help|adaptations?|practical assistance|help (?:with )?(?:washing|dressing|bathing"
    r"|personal care)|personal care (?:at|in the) home|personal assistant|non-residential|day ?care"
    r"|after-school club|befriend|sitting service|sitter|stairlift|ramp|meals|domiciliary|recreation"
    r"|leisure|telephone|support worker|buddy|saturday club|holiday play|hoist))\b"
)


def wrong_subsection(reading: Reading, document: Document) -> Iterator[Hit]:
    """H01: a residential short break in H1, or a section 2 service for a child in H2."""
    low, age = reading.low, document.context.child.age
    residential = _RESIDENTIAL.search(re.sub(r"non-residential", "", low))
    if (
        reading.part.section == "H1"
        and residential
        and not re.search(
            r"\bno overnight|non-residential|not (?:include )?overnight|night[- ]?sitter|in (?:his|her"
            r"|their) own home|at home overnight",
            low,
        )
    ):
        yield reading.hit("H01", _RESIDENTIAL.search(low))
    elif reading.part.section == "H2" and not residential and (age is None or age < 18):
        match = _SECTION_2.search(low)
        if match and not re.search(r"\bparent carer|carer's assessment|sibling|young carer|care act\b", low):
            yield reading.hit("H01", match)


def adult_in_h1(reading: Reading, document: Document) -> Iterator[Hit]:
    """H02: a young person aged 18 or over has an H1 item."""
    age = document.context.child.age
    if (
        age is not None
        and age >= 18
        and not reading.blank
        and not re.match(r"\W*(?:n/?a|none|not applicable|nil|no provision)\b", reading.low)
    ):
        yield reading.hit("H02")
