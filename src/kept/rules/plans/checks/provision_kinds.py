"""Section F by kind: delegated, money, universal, totals, training, transport, equipment, family, bundles."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import dates, items, kind_words, numbers, roles, services
from kept.rules.plans.checks.provision_elements import has_amount, has_frequency, providers
from kept.rules.plans.items import Item, Kind
from kept.rules.plans.reading import Document, Hit, Reading


def _first(reading: Reading, rule: str, finder: object) -> Iterator[Hit]:
    for item in reading.provisions:
        match = finder(item.low)  # type: ignore[operator]
        if match and not reading.text.quoted(item.start + match.start()):
            yield reading.hit(rule, items.span_in(item, match))
            return


def delegated(reading: Reading, _: Document) -> Iterator[Hit]:
    """F12: the decision is left to someone else, or to a later document."""
    yield from _first(reading, "F12", items.delegated)


def money(reading: Reading, _: Document) -> Iterator[Hit]:
    """F13: a band, points or pounds standing for provision."""
    yield from _first(reading, "F13", items.funding)


def transport(reading: Reading, _: Document) -> Iterator[Hit]:
    """F25: being carried to the setting. Learning to travel is provision."""
    yield from _first(reading, "F25", items.transport)


def family(reading: Reading, _: Document) -> Iterator[Hit]:
    """F27: a relative delivers. Not when the family is shown, coached or invited."""
    for item in reading.provisions:
        match = items.family(item.low) if item.kind is Kind.FAMILY else None
        if match:
            yield reading.hit("F27", items.span_in(item, match))
            return


def _more(item: Item) -> bool:
    """Whether an item gives something measured beside what every pupil has, so that this is not the only offer."""
    return item.kind in {Kind.DIRECT, Kind.INDIRECT} and bool(
        providers(item.low) and has_amount(item.low) and has_frequency(item.low)
    )


def universal(reading: Reading, _: Document) -> Iterator[Hit]:
    """F21: what every pupil gets."""
    for item in reading.provisions:
        match = items.universal(item.low) if item.kind is Kind.UNIVERSAL else None
        if match and any(_more(other) for other in reading.provisions if other is not item):
            continue
        if match and not reading.text.quoted(item.start + match.start()):
            yield reading.hit("F21", items.span_in(item, match))
            return


_PER_LONG = re.compile(
    rf"\b(?:{numbers.COUNT}(?:\.\d+)?[ -]*(?:hours?|hrs?|days?|sessions?)\b'?(?: [a-z]+){{0,7}}? (?:per|a"
    rf"|an|each|every|over the|during the|across the|in the|in each|over each|over a|in a|within each"
    rf"|for the|throughout the|spread (?:over|across) the|this|allocated each) (?:academic |school "
    rf"|full |autumn |spring |summer |plan |calendar |twelve[- ]month )*(?:half-term|half term|term"
    rf"|year|months?)|(?:annual|termly|yearly|half-termly) (?:total|allocation|allowance|entitlement"
    rf"|package|quota)?[a-z ]{{0,45}}?(?:of |: )?{numbers.COUNT}(?:\.\d+)?[ -]*(?:hours?|hrs?|days?"
    rf"|sessions)|{numbers.COUNT}[ -]*(?:hours?|hrs?|days?)[a-z -]{{0,50}}? (?:termly|annually|yearly"
    rf"|half-termly|per annum|pa))\b"
)
_PARTS = re.compile(
    r"\b(?:direct|one-to-one|programme|report|writing|coach(?:ing)?|training staff|review(?:ing)?"
    r"|liaison|assessment|consultation|modelling|planning|indirect|meeting|face to face|(?:in"
    r"|to) class|to teach|to work)\b"
)


_SPREAD = re.compile(
    r"\b(?:over|across|in|during|throughout|within) (?:the course of )?(?:an?|each|every|the|one|all|two|three"
    r"|both|six)(?: three|"
    r" six)? (?:school |academic "
    r"|whole |full )?(?:half[- ])?(?:terms?|year)\b"
)


def _long_total(low: str) -> re.Match[str] | None:
    """Two hours or more for a half-term, term or year, in whatever order they are said."""
    total = next((each for each in numbers.durations(low) if each.value >= 120), None)
    spread = bool(_SPREAD.search(low)) or any(
        each.unit in {"half-term", "term", "year"} for each in numbers.frequencies(low)
    )
    return re.compile(".*").match(low, total.start, total.end) if total and spread else None


def split(reading: Reading, _: Document) -> Iterator[Hit]:
    """F22: therapist hours per term or year, or 'input', with no direct, programme, coaching and review parts."""
    for item in reading.provisions:
        therapy = any(name in services.SPLIT_SERVICES for name, _ in services.services(item.low)) or re.search(
            r"\btherap(?:y|ists?)\b", item.low
        )
        match = _PER_LONG.search(item.low) or _long_total(item.low)
        if (
            not therapy
            or not match
            or item.kind not in {Kind.DIRECT, Kind.INDIRECT, Kind.OTHER, Kind.REVIEW, Kind.UNIVERSAL}
        ):
            continue
        lengths = numbers.durations(item.low)
        if re.search(
            r"\b(?:coaching|training|review|writing|planning|modelling|consultation|assessment)\b", match.group()
        ):
            continue
        if match.group().endswith(("month", "months")) and services.ONE_TO_ONE.search(item.low):
            continue
        if len(lengths) >= 2 and _PARTS.search(item.low):
            continue
        if (
            re.search(r"\bsessions?|appointments?|visits?\b", match.group())
            and lengths
            and re.search(r"minute|hour", item.low)
        ) and re.search(r"\b(?:one-to-one|direct|to (?:teach|work|build|practi))", item.low):
            continue
        if (
            len(lengths) == 1
            and lengths[0].value <= 90
            and re.search(
                r"\b(?:to|for) (?:review|check|update|write|coach|meet|fit|adjust|measure|assess|reassess|train)",
                item.low,
            )
        ):
            continue
        yield reading.hit("F22", items.span_in(item, match))
        return


def _training_missing(item: Item) -> list[str]:
    low = item.low
    missing = []
    if not numbers.durations(low) and not re.search(r"\b(?:half|one|two|full|a)[- ]day\b", low):
        missing.append("hours")
    if not dates.PERIOD.search(low) and not dates.DATE.search(low):
        missing.append("date")
    trainer = [r for r in roles.roles(low) if not r.generic]
    if not trainer and not re.search(r"(?:delivered|led|given|provided|run|taught) by|from (?:the|a|an) ", low):
        missing.append("trainer")
    if not re.search(r"\b(?:in|on|covering|about|how to|to use|content|of)\b", low):
        missing.append("content")
    return missing


def training(reading: Reading, _: Document) -> Iterator[Hit]:
    """F23: staff will be trained, without who, content, trainer, hours and date."""
    for item in reading.provisions:
        if item.kind is Kind.TRAINING and _training_missing(item):
            match = items.training(item.low)
            if match:
                yield reading.hit("F23", items.span_in(item, match))
                return


_SPECIFIED = re.compile(
    r"\b(?:suppl(?:ied|y|ier|ies)|maintain(?:ed|s)?|servic(?:ed|es|ing)|checked|fitted|fits"
    r"|maintenance|repair(?:ed|s)?|replac(?:ed|ement|es)|calibrat(?:ed|es)|inspected|upkeep|loaned by"
    r"|issued by|lent|loaned|checks|mend(?:ed|s)|swap(?:ped|s)|look(?:ed|s) after|kept in (?:repair|order)"
    r"|purchased by|set up by|adjusted|charged|insured|bought by|measured|re-?fitted"
    r"|reprogrammed|lends?|replace|repair|(?:test|service|check|maintain)s? (?:it|them))\b"
)
_VAGUE_EQUIPMENT = re.compile(
    r"\b(?:appropriate|suitable|specialist|relevant|necessary|adapted|right|proper|adequate|any|some"
    r"|additional|various|a range of|a variety of|whatever|special|useful|helpful|sensory|assistive"
    r"|required|the correct) (?:[a-z]+ ){0,3}?(?:equipment|aids?|resources|technology|seating"
    r"|materials|apparatus|devices?|software|toys|tools|kit|furniture|ict)\b"
)


_THING_FIRST = re.compile(rf"\W*(?:an? |the |some |any |all |such )?(?:[a-z-]+ ){{0,2}}?{kind_words.EQUIP_NOUN}\b")


def equipment(reading: Reading, _: Document) -> Iterator[Hit]:
    """F26: suitable or bare equipment with no specification, supplier, checks or upkeep."""
    for item in reading.provisions:
        bare = item.kind is Kind.DELEGATED and not numbers.durations(item.low)
        bare = bare and (not roles.roles(item.low) or bool(_THING_FIRST.match(item.low)))
        if item.kind is not Kind.EQUIPMENT and not bare:
            continue
        vague, match = (
            _VAGUE_EQUIPMENT.search(item.low),
            kind_words.EQUIPMENT.search(item.low)
            or kind_words.EQUIPPED.search(item.low)
            or kind_words.BARE_THING.match(item.low)
            or kind_words.ACQUIRED.search(item.low)
            or _THING_FIRST.match(item.low),
        )
        if match and (
            not _SPECIFIED.search(item.low)
            or (vague and not re.search(r"\b(?:yearly|every|each|within|termly|annually|monthly|weekly)\b", item.low))
        ):
            yield reading.hit("F26", items.span_in(item, vague or match))
            return


_NUMBERED = re.compile(r"(?:^|[.;:,\n] ?)(?:and )?\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|v)[.)] ?(?=[a-z0-9])")
_ELEMENT = re.compile(r"(?:,|;|\band\b|\bplus\b|\btogether with\b|\bas well as\b|\balong with\b|\balso\b|\.)\s")
_SERVICE_NOUN = re.compile(
    r"\b(?:session|lesson|therapy|teaching|tuition|check|visit|support|laptop|tablet|equipment|chair"
    r"|desk|group|programme|counselling|mentor(?:ing)?|training|input|club|class|swim|practice"
    r"|coaching|appointment|review|walker|frame|software|radio aid|hours?|minutes)\w*\b"
)


def bundle(reading: Reading, _: Document) -> Iterator[Hit]:
    """F29: three or more separate services or providers in one item."""
    low = reading.low
    first, last = max(reading.text.sentences or ((0, 0),), key=lambda span: span[1] - span[0])
    if all(item.kind is Kind.TRAINING for item in reading.provisions):
        return
    bulleted = len(re.findall(r"(?:^|\n)[ \t]*[-*\u2022(]", low)) >= 3
    numbered = len(_NUMBERED.findall(low)) >= 3
    if numbered:
        first, last, bulleted = 0, len(low), True
    sentence = (low.replace("\n", "; ") if bulleted else low[first:last]).replace(
        "speech and language", "speech-and-language"
    )
    distinct: set[str] = set()
    measured_pieces = 0
    for piece in _ELEMENT.split(sentence):
        named = [name for name, _ in services.services(piece)]
        who = [role.name for role in providers(piece)]
        measured = (
            numbers.durations(piece)
            or numbers.frequencies(piece)
            or kind_words.EQUIPMENT.search(piece)
            or (_SERVICE_NOUN.search(piece) and len(piece) < 90)
        )
        particular = [
            name
            for name in named
            if name in services.THERAPIES
            or name
            in {"counselling", "nursing", "mentoring", "equipment", "dietetics", "social skills group", "short breaks"}
        ]
        if (particular or who) and (measured or particular):
            key = (
                particular[0]
                if particular
                else ("teaching" if who and not roles.roles(piece)[0].generic else "adult support")
            )
            distinct.add(key)
            measured_pieces += bool(numbers.durations(piece))
    whole = [each for each in sentence.split(";") if numbers.durations(each) and providers(each)]
    if len(whole) >= 3 and len({providers(each)[0].name for each in whole}) >= 2:
        yield reading.hit("F29", (first, last))
        return
    if len(_givers(reading)) >= 3:
        yield reading.hit("F29", (first, last))
        return
    measured_pieces = max(measured_pieces, len(numbers.durations(sentence)))
    if len(distinct) >= 3 and measured_pieces >= 2 and (bulleted or len(_ELEMENT.findall(sentence)) >= 2):
        yield reading.hit("F29", (first, last))


def _givers(reading: Reading) -> set[str]:
    """Whoever gives a timed service of their own in a part: one name for each separate item."""
    timed = [item for item in reading.provisions if item.kind is Kind.DIRECT and numbers.durations(item.low)]
    return {who[0].name for item in timed if (who := providers(item.low))} if len(timed) >= 3 else set()


_BULK = re.compile(
    rf"\b{numbers.NUMBER}(?:\.\d+)?[ -]*(?:hours?|hrs?)\b[a-z -]{{0,40}}?(?:per|a|each|every) (?:school )?week"
)


def bulk_hours(reading: Reading, _: Document) -> Iterator[Hit]:
    """F32: weekly adult hours with nothing on when or for what."""
    for item in reading.provisions:
        match = _BULK.search(item.low)
        if match and item.kind is Kind.DIRECT and any(role.generic for role in providers(item.low)):
            hours = numbers.durations(item.low)
            if (
                hours
                and hours[0].value >= 300
                and not re.search(
                    r"\b(?:during|in|for) (?:each|every|all|english|maths|science|lessons|lunch|break)|\bto [a-z]+|:",
                    item.low[match.end() :],
                )
            ):
                yield reading.hit("F32", items.span_in(item, match))
                return


_REVIEWED = re.compile(r"\breview|\bmonitor|\bevaluat|\bmeasured\b|\brecorded\b|\bre-?assess")
_WEEKS = re.compile(
    r"\b(?:term[- ]time|\d+ weeks|year[- ]round|school (?:week|day|year)s?|each (?:half-)?term"
    r"|every (?:half-)?term|termly|holidays?|academic year|all year)\b"
)
_START = re.compile(r"\b(?:from|starting|beginning|start(?:s)? (?:on|in)|with effect)\b|\bby \d")


def weeks(reading: Reading, _: Document) -> Iterator[Hit]:
    """F24: no term time, number of weeks or year-round, for an item that repeats."""
    repeating = [each for each in reading.frequencies if each.unit in {"day", "week", "fortnight"}]
    if repeating and not _WEEKS.search(reading.low):
        yield reading.hit("F24", (repeating[0].start, repeating[0].end))


def start(reading: Reading, _: Document) -> Iterator[Hit]:
    """F28: a new or changed item with no start date."""
    if reading.part.new and not (_START.search(reading.low) and (reading.dates or dates.PERIOD.search(reading.low))):
        yield reading.hit("F28")


def reviewed(document: Document) -> Iterator[Hit]:
    """F17: nothing in Section F on who reviews the provision and how often."""
    parts = document.of("F")
    if document.context.whole_section and parts and not any(_REVIEWED.search(each.low) for each in parts):
        yield parts[0].hit("F17", (0, 0))
