"""Links between needs, outcomes, provision, advice and payments: the golden thread, and amounts that disagree."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import concepts, numbers, services
from kept.rules.plans.model import NEED_SECTIONS, PROVISION_SECTIONS
from kept.rules.plans.provision import weekly_minutes
from kept.rules.plans.reading import Document, Hit, Reading


def _linked(document: Document, field: str, *sections: str) -> set[str] | None:
    known = [getattr(each.part, field) for each in document.of(*sections)]
    given = [each for each in known if each is not None]
    return {link for links in given for link in links} if given else None


def need_unmet(document: Document) -> Iterator[Hit]:
    """B03, C02 and D02: a need that no provision meets. Only where links are given.

    That there are no such needs is a statement, not a need: nothing has to meet it.
    """
    met = _linked(document, "meets", *PROVISION_SECTIONS)
    if met is None:
        return
    rule = {"B": "B03", "C": "C02", "D": "D02"}
    for reading in document.of(*NEED_SECTIONS):
        if reading.part.id not in met and not reading.blank and not _says_none(reading):
            yield reading.hit(rule[reading.part.section])


def provision_unneeded(document: Document) -> Iterator[Hit]:
    """F18: provision linked to no need."""
    for reading in document.of("F"):
        if reading.part.meets is not None and not reading.part.meets:
            yield reading.hit("F18")


def outcome_links(document: Document) -> Iterator[Hit]:
    """E05, E06, E14 and F19: outcomes that serve nothing, needs and provision without an outcome."""
    outcomes = document.of("E")
    for reading in outcomes:
        if reading.part.serves is not None and not reading.part.serves:
            yield reading.hit("E05")
    served = _linked(document, "serves", "E")
    if served is not None:
        for reading in document.of("B"):
            if reading.part.id not in served:
                yield reading.hit("E06", (0, 0))
        care = [each for each in document.of("C", "D") if not each.blank and not _says_none(each)]
        if document.context.whole_plan and care and not any(each.part.id in served for each in care):
            yield care[0].hit("E14", (0, 0))
    for reading in document.of("F"):
        if reading.part.supports is not None and not reading.part.supports:
            yield reading.hit("F19", (0, 0))


_NO_NEEDS = re.compile(
    r"\bno (?:known |identified |current |additional |further |other |such |special )*"
    r"(?:health|medical|social care|care|healthcare)?(?: care)? ?needs?\b(?! (?:help|support|to be))"
    r"|^\W*(?:none|nil|n/?a|not applicable)\b[^.]{0,40}\.?\s*$"
)


def _says_none(reading: Reading) -> bool:
    """Whether a part of C or D says, in all that it says, that there are no such needs."""
    sentences = [low for start, end in reading.text.sentences if re.search(r"\w", low := reading.low[start:end])]
    return reading.part.section in {"C", "D"} and bool(sentences) and all(_NO_NEEDS.search(low) for low in sentences)


_REASON = re.compile(r"\b(?:because|reason|conflict|differ|prefers?|does not agree|explained|superseded|no longer)\b")
_HEAD = re.compile(r"^[^:]{0,140}: ?")
_FINE = re.compile(
    r"\b(?:no (?:concerns?|difficult)|age[- ]appropriate|strength|within the average|average range|can |good )\b"
)


def need_left_out(document: Document) -> Iterator[Hit]:
    """B06: a need stated in advice has no counterpart in B, C or D and no recorded reason."""
    needs = " ".join(each.low for each in document.of(*NEED_SECTIONS))
    if not needs:
        return
    for reading in document.of("K"):
        if reading.part.about not in {"needs", "need"} and not (reading.part.about or "").startswith(("B", "C", "D")):
            continue
        if _REASON.search(needs) and "report" in needs:
            continue
        body = _HEAD.sub("", reading.low)
        for clause in re.split(r"[;.]|, and | and (?=[a-z]+ (?:difficulty|difficulties|loss|impairment|needs))", body):
            if len(clause.split()) >= 3 and not _FINE.search(clause) and not concepts.covered(clause, needs):
                start = reading.low.find(clause)
                yield reading.hit("B06", (start, start + len(clause)))
                return


def _ratio_size(low: str) -> int:
    if services.ONE_TO_ONE.search(low):
        return 1
    match = services.GROUP_SIZE.search(low)
    found = re.findall(rf"{numbers.NUMBER}", match.group()) if match else []
    if found:
        return int(numbers.value(found[-1])) or 99
    return 99 if services.GROUP.search(low) else 0


_ASSISTANT = re.compile(r"\b(?:assistant|support worker|lsa|ta|key ?worker|mentor|school staff|staff)\b")
_PROFESSIONAL = re.compile(
    r"\b(?:[a-z]*therapist|psychologist|qualified teacher|specialist teacher|teacher of|nurse|dietitian)\b"
)


def weaker_than_advice(document: Document) -> Iterator[Hit]:
    """F20: amount, ratio, provider or directness below the linked advice, with no recorded reason."""
    for advice in document.of("K"):
        target = next(
            (
                each
                for each in document.of("F", "G")
                if advice.part.about and each.part.id in re.split(r"[,\s]+", advice.part.about)
            ),
            None,
        )
        if target is None or target.part.departure_reason:
            continue
        if re.search(
            r"\b(?:reason|because|departs? from|instead of|rather than)\b[^.;]*\b(?:advice|evidence|report"
            r"|trial|progress|recommend|found|showed)|\b(?:advice|recommend\w*)\b[^.;]*\b(?:not followed"
            r"|because|departure)",
            target.low,
        ) or (
            re.search(r"\b(?:advice|advised|recommend\w*|report)\b", target.low)
            and re.search(r"\b(?:because|reason|agreed|so that|since|evidence)\b", target.low)
        ):
            continue
        if _weaker(target.low, advice.low):
            yield target.hit("F20")


def _weaker(low: str, advice: str) -> bool:
    have, want = weekly_minutes(low), weekly_minutes(advice)
    if have and want and have < want * 0.98:
        return True
    if want and not have and not numbers.durations(low):
        return True
    if _ratio_size(advice) == 1 and _ratio_size(low) > 1:
        return True
    if 1 < _ratio_size(advice) < _ratio_size(low) < 90:
        return True
    direct = bool(re.search(r"\bdirect\b|one-to-one|face to face", advice))
    if (
        direct
        and re.search(r"\b(?:programme|advice|consult\w*|coach\w*|advise)\b", low)
        and not re.search(r"\b(?:direct|one-to-one|see|teach|work with)\b", low)
    ):
        return True
    by_professional = _PROFESSIONAL.search(_HEAD.sub("", advice)) and not re.search(
        r"delivered by (?:a |an )?(?:teaching )?assistant|by (?:a |an )?(?:trained )?(?:teaching )?assistant", advice
    )
    first = re.split(r"trained|supervised|overseen|under the", low)[0]
    return bool(by_professional and _ASSISTANT.search(first) and not _PROFESSIONAL.search(first))


def _series(reading: Reading) -> list[tuple[str, float, int, tuple[int, int]]]:
    """Service, minutes a week, group size and span of every measured sentence."""
    found = []
    for first, last in reading.text.sentences:
        low = reading.low[first:last]
        named = [
            name
            for name, _ in services.services(low)
            if name not in {"adult support", "teaching", "personal care", "transport", "equipment"}
        ] or [name for name, _ in services.services(low)]
        minutes = weekly_minutes(low)
        if named and minutes:
            found.append((named[0], minutes, _ratio_size(low), (first, last)))
    return found


_SEPARATE = re.compile(
    r"\b(?:also|in addition|additional|further|another|extra|as well|separate|plus|second"
    r"|follow(?:ing)? up|practice|repeat|on top)\b"
)


def contradictions(document: Document) -> Iterator[Hit]:
    """S18: the same service has different hours, frequency or ratio in two places. Totals that add up are fine."""
    parts = [
        each
        for each in document.of("F", "G", "H1", "H2", "J")
        if each.durations or (each.part.section == "J" and each.frequencies)
    ]
    yield from _wrong_totals(parts)
    for place, later in enumerate(parts):
        for earlier in parts[:place]:
            if _disagree(earlier, later, document):
                later_first = later if later.part.section == "J" or earlier.part.section != "J" else earlier
                yield later_first.hit("S18")
                return
        own = _series(later)
        for index, second in enumerate(own):
            for first in own[:index]:
                span = later.low[slice(*second[3])]
                if (
                    first[0] == second[0]
                    and abs(first[1] - second[1]) > 0.5
                    and not _SEPARATE.search(span)
                    and re.search(r"\b(?:the|this|these) (?:\w+[ -]){0,4}(?:hours?|minutes?|sessions?|total)", span)
                ):
                    yield later.hit("S18", second[3])
                    return


def _disagree(first: Reading, second: Reading, document: Document) -> bool:
    payment = next((each for each in (first, second) if each.part.section == "J"), None)
    other = second if payment is first else first
    if payment:
        cited = re.findall(r"\b[fgh]\d+\b", payment.low)
        known = {each.part.id.lower() for each in document.readings}
        if cited and other.part.id.lower() not in cited and any(each in known for each in cited):
            return False
        same = bool(cited and other.part.id.lower() in cited) or _same_service(payment, other)
        have, want = weekly_minutes(payment.low), weekly_minutes(other.low)
        if same and have and want and abs(have - want) > 0.5:
            return True
        if same and not payment.durations:
            return _other_rate(payment, other)
        one, two = _single_length(payment), _single_length(other)
        return bool(
            same and (have is None or want is None) and one and two and abs(one - two) > 0.5 and not (have and want)
        )
    for name, minutes, size, span in _series(first):
        for other_name, other_minutes, other_size, other_span in _series(second):
            words = first.low[slice(*span)] + " | " + second.low[slice(*other_span)]
            if name != other_name or _apart(words, name) or name in {"teaching", "adult support", "mentoring"}:
                continue
            if not _same_purpose(first.low[slice(*span)], second.low[slice(*other_span)]):
                continue
            if _by_assistant(first.low[slice(*span)]) != _by_assistant(second.low[slice(*other_span)]):
                continue  # a therapist's session and the assistant's practice between sessions are two things
            if abs(minutes - other_minutes) > 0.5 or (size and other_size and size != other_size):
                return True
    return False


def _other_rate(payment: Reading, other: Reading) -> bool:
    """Whether a payment that states no length says another number of times than the one that the provision states."""
    rates = [{round(each.per_year, 1) for each in reading.frequencies} for reading in (payment, other)]
    return all(len(each) == 1 for each in rates) and rates[0] != rates[1]


def _by_assistant(low: str) -> bool:
    """Whether an assistant gives it: the first who is named, before who trains or supervises them."""
    giver = re.split(r"trained|supervised|overseen|under the| by the ", low)[0]
    return bool(_ASSISTANT.search(giver)) and not _PROFESSIONAL.search(giver)


def _apart(words: str, name: str) -> bool:
    """Whether the words set two amounts of a service apart; practice with the same professional is no other thing."""
    with_same = name in services.THERAPIES and re.search(r"\bpractice with (?:the|a|an|his|her|their) ", words)
    return bool(_SEPARATE.search(re.sub(r"\bpractice\b", " ", words) if with_same else words))


def _same_purpose(one: str, two: str) -> bool:
    kinds = [
        bool(re.search(r"\b(?:programme|coach|train|review|liais|write|meet)\w*", each))
        and not re.search(r"\b(?:see|teach|one-to-one|direct|group)\b", each)
        for each in (one, two)
    ]
    groups = [bool(services.GROUP.search(each)) for each in (one, two)]
    if kinds[0] != kinds[1] or groups[0] != groups[1]:
        return False
    about = [concepts.areas(each) - {"expression"} for each in (one, two)]
    return not (about[0] and about[1]) or bool(about[0] & about[1])


def _same_service(one: Reading, two: Reading) -> bool:
    named = [{name for name, _ in services.services(each.low)} - {"personal care"} for each in (one, two)]
    return bool(named[0] & named[1])


def _single_length(reading: Reading) -> float | None:
    lengths = {each.value for each in reading.durations}
    return lengths.pop() if len(lengths) == 1 else None


_TOTAL = re.compile(
    r"\b(?:in (?:all|total)|total(?:ling|s)?(?: of)?|altogether|making|adding up to|amounting to"
    r"|that is|equal to|which is|=)\b"
)


def _wrong_totals(parts: list[Reading]) -> Iterator[Hit]:
    for reading in parts:
        for first, last in reading.text.sentences:
            low = reading.low[first:last]
            match = _TOTAL.search(low)
            if not match:
                continue
            sessions = re.search(
                rf"\b({numbers.NUMBER}) (?:[a-z-]+ )*?({numbers.NUMBER})[- ]minute (?:[a-z-]+ )?(?:sessions|lessons"
                rf"|visits|slots)|\b({numbers.NUMBER}) (?:[a-z-]+ )?(?:sessions|lessons"
                rf"|visits) of ({numbers.NUMBER}) minutes",
                low,
            )
            lengths = numbers.durations(low)
            if not sessions or len(lengths) != 2:
                continue
            count, each = (
                (sessions.group(1), sessions.group(2)) if sessions.group(1) else (sessions.group(3), sessions.group(4))
            )
            product = numbers.value(count) * numbers.value(each)
            total = next((one.value for one in lengths if one.value != numbers.value(each)), product)
            if abs(product - total) > 0.5:
                yield reading.hit("S18", (first, last))
                return
