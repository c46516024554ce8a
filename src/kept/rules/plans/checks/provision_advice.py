"""Section F by its force: provision that is recommended, hoped for or allowed, and not undertaken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import changes, clauses, frames, items, numbers, promises, roles
from kept.rules.plans.checks.provision_change import UNILATERAL
from kept.rules.plans.checks.provision_words import agent_before, in_condition, of_guests
from kept.rules.plans.reading import Document, Hit, Reading

_MODAL = (
    r"(?:may(?! (?:20\d\d|half|bank|\d|day)\b)|might|could|should|ought(?: [a-z]+ly)? to"
    r"|would(?! (?:otherwise|normally|usually|have (?:been|had))))"
)
PERMISSIVE = re.compile(
    rf"\b(?:(?:reasonable|best|every|all|strenuous) (?:endeavours?|efforts?|attempts?) (?:will|shall|to|is|are)"
    rf"|(?:would|will|could|may|might|can) (?:also |greatly |really |particularly |further "
    rf"|continue to |likely |probably )*(?:benefit|profit|gain|do well)(?: [a-z]+ly| enormously| a lot"
    rf"| much)? (?:from|with|by)|all being well|all things being equal|hopefully|with luck|in principle"
    rf"|in theory|if all goes well|where we can|(?:would|might"
    rf"|could|may) (?:be|prove|also be|well be) (?:[a-z]+ )?(?:beneficial|helpful|useful|desirable|good"
    rf"|advisable|appropriate|of benefit|of help|worth|worthwhile|valuable|advantageous|ideal|suitable)"
    rf"|(?:it )?(?:is|are|was|were|be|remains?|has been|have been) (?:also |strongly |therefore "
    rf"|further )*(?:recommended|advised|suggested|proposed|advisable|desirable|hoped|envisaged"
    rf"|anticipated|expected that|intended|preferable|the (?:intention|hope|aim|aspiration)"
    rf"|good practice|beneficial|helpful|important (?:that|for|to)|suggested)(?! by the therapist in)"
    rf"|(?:consideration|thought) (?:will|should|could|may|is to|to|might|needs to|must) be given"
    rf"|(?:will|to|shall|should|could) be considered|(?:will|shall|(?:is|are|needs?|asked(?: the| its)?(?:"
    rf" [a-z]+)?) to) consider|considered for|(?:we|i"
    rf"|the (?:therapist|psychologist|report|service|school|paediatrician|council|team|local authority)"
    rf"|[a-z]+ist) (?:would |do |does |also |have )?(?:recommends?|suggests?|advises?|proposes?|envisages?"
    rf"|anticipates?|expects?|foresees?|believes?|feels?|thinks?|considers?|intends? (?:that|to|for)|hopes?"
    rf"|are keen|is keen|wish(?:es)?)|recommendations? (?:is|are"
    rf"|include|for|would)|(?:aim|aims|try|tries|endeavour|endeavours|seek|seeks|hope|hopes|intend"
    rf"|intends|strive|strives|attempt|attempts|plan|plans|look|work) to(?= )(?! (?:the|an?|his|her|their|him"
    rf"|them)\b)(?:(?<=aim to)"
    rf"|(?<=aims to)|(?<=try to)|(?<=endeavour to)|(?<=endeavours to)|(?<=seek to)|(?<=seeks to)"
    rf"|(?<=hope to)|(?<=hopes to)|(?<=intend to)|(?<=intends to)|(?<=strive to)|(?<=attempt to)"
    rf"|(?<=plans to)|(?<=look to)|(?<=tries to))|ideally|where it would help|would (?:be likely to "
    rf"|probably )?(?:need|require|like|suit|help|support|thrive|respond well|welcome|enjoy|appreciate"
    rf"|be likely)|is likely to (?:need|require|benefit)|(?:staff|school|teachers|adults) (?:are"
    rf"|is) (?:encouraged|advised|asked|urged|reminded|invited) to|(?:be|is) worth(?! (?:£|\d))|(?:is"
    rf"|are) (?:to )?be asked (?:whether|if)|can be (?:helpful"
    rf"|useful|given|provided|used|offered|arranged|considered)|it (?:may|might|could|would) |perhaps"
    rf"|possibly|potentially|is desirable|{_MODAL}(?=,? (?:also |always |then |ideally |only |not "
    rf"|well |still |sometimes |normally |usually )*[a-z]+))\b"
)
_LESSON_CONTENT = re.compile(
    r"(?:modal|verbs?|words?|spell(?:ing|ings)?|such as|like|read(?:ing)?|called|including|sight words"
    r"|tricky words|using(?= (?:(?:may|might|could|should|must|would|can)\b|$))) ?[:(]?(?: [a-z',\"]+){0,6} ?[\"']?$"
)
_SUBORDINATE = re.compile(
    r"\b(?:so(?: that)?|because|as (?=he|she|they|[a-z]+ (?:may|might|could))|since|if|when|whenever"
    r"|in case|where|what|whether|until|unless|how|who|anything|everything|signs?|things|places|foods?"
    r"|situations?|noises|hazards?|any|every|advice|advised|report|recommend\w*|states?|said|says|that (?:he|she"
    r"|they|it))\b[^.;:]{0,45}$"
)


# Whoever teaches may choose what is used, so long as it is no amount.
_CHOOSES = re.compile(
    rf" (?:also |then )?(?:choose|pick|select|swap|vary|change|adapt|decide on|bring|use) (?:the |a |an |other "
    rf"|another |any |which |what |different )*"
    rf"(?!(?:[a-z]+ )?{frames.AMOUNT}\b)[a-z]+"
)


def permissive(  # noqa: PLR0912 - one exception after the other
    reading: Reading, _: Document
) -> Iterator[Hit]:
    """F07: would benefit from, should, is recommended. Not the month, lesson content, or a risk in a side clause."""
    for match in reading.said(PERMISSIVE):
        words, before = match.group(), reading.text.before(match.start())
        if in_condition(reading, match.start()):
            continue
        if (
            before.strip()
            and items.pupils_leave(before + words + reading.text.after(match.end()))
            and len(reading.provisions) < len(reading.text.sentences)
        ):
            continue
        if re.search(rf"\b{roles.RELATIVE} $", before):
            continue
        if of_guests(reading, match.start()):
            continue
        if re.match(r"(?:we|i|the|[a-z]+ist)\b", words) and re.search(
            r"\b(?:when|if|until|unless|as|what|where|that|once|whenever|which) $", before
        ):
            continue
        if re.match(r"be (?:advised|recommended|suggested|proposed)", words) and before.endswith("to "):
            continue
        if re.match(rf"{_MODAL}$", words) and re.match(r" not\b", reading.low[match.end() :]):
            continue
        named = re.match(r"(?:should|ought(?: to)?)$", words) and re.match(
            r" (?:be (?:an? |given|offered|seen|taught|supported|provided|prioriti)|receive|have\b"
            r"|get\b)",
            reading.low[match.end() :],
        )
        if (
            not named
            and re.match(rf"{_MODAL}$", words)
            and (_SUBORDINATE.search(before) or _LESSON_CONTENT.search(before))
        ):
            continue
        if re.match(rf"{_MODAL}$", words) and (
            re.match(rf",? (?:and|or) {_MODAL}|,? (?:and|or) can|[,.;]|$", reading.low[match.end() :])
            or re.search(r"\b(?:may|might|can|could|should|must|would) (?:and|or) $", before)
        ):
            continue
        if (
            words in {"may", "can"}
            and _CHOOSES.match(reading.low[match.end() :])
            and (agent_before(before) or re.search(r"\b(?:he|she|they) $", before))
            and numbers.durations(reading.low)
        ):
            continue
        if (
            words in {"may", "can"}
            and re.search(r"\b(?:he|she|they) $", before)
            and not re.match(
                r" (?:[a-z]+ly )?(?:be(?! (?:late|early|away|absent|tired|unwell|ill|sick|cross|upset|slow|hungry"
                r"|out|back)\b)"
                r"|have|get|receive|attend|need|require|see|access|benefit)\b",
                reading.low[match.end() :],
            )
            and clauses.measured(reading.low[: match.start()])
        ):
            continue
        if words == "may" and (reading.text.raw[match.start()] == "M" and before):
            continue
        if re.match(r"should$", words) and not re.sub(r"\W", "", before.strip()):
            continue
        if words.startswith("should") and (
            re.search(r"(?:[:,;] |^)$", before)
            or re.match(
                r" (?:he|she|they|it|this|that|(?:his|her|their) [a-z]+|the need|there|any|a need|(?:staffing"
                r"|progress|needs?"
                r"|circumstances|funding|numbers|demand|difficulties|problems|concerns|attendance|capacity) [a-z]+)\b",
                reading.low[match.end() :],
            )
        ):
            continue
        first, last = reading.text.sentence_at(match.start())
        if re.match(r"(?:it )?(?:may|might|could|can)\b", words) and any(
            first + each.start() <= match.start() < first + each.end()
            for each in (
                *frames.lessened(reading.low[first:last]),
                *changes.changed_by_provider(reading.low[first:last]),
            )
        ):
            continue
        left = items.delegated(reading.low[first:last])
        if left and first + left.start() <= match.start() and match.end() <= first + left.end():
            continue
        if re.match(r"(?:may|might|could|can)\b", words) and any(
            first + each.start() <= match.start() < first + each.end()
            for each in UNILATERAL.finditer(reading.low[first:last])
        ):
            continue
        if re.match(r"(?:may|might)$", words) and re.match(
            r" (?:also )?(?:change|vary|adapt|adjust|alter|choose|swap|update|rearrange|refresh|replace|reorder"
            r"|rewrite) (?:the |one |an? |any |these |her "
            r"|his |their )?(?:content|exercises?|activit|order|games?|materials|topics?|targets?|words"
            r"|books?|tasks?|steps|method|sequence|theme|type)",
            reading.low[match.end() :],
        ):
            continue
        if re.match(
            r"(?:recommend|[a-z ]+(?:recommends?|suggests?|advises?|proposes?)$|(?:is|are|was|were|been|be|has been"
            r"|have been)\b.*(?:recommended|advised|suggested"
            r"|proposed))",
            words,
        ) and re.search(r"\b(?:as|which|that|than|instead of|although|not|whatever|what) (?:[a-z]+ ){0,3}$", before):
            continue
        if (
            re.match(r"(?:try|aim|look|plan|seek|hope|attempt|tries)", words)
            and re.search(r"\b(?:to|will learn|and|practi[sc]e) $", before[-12:])
            and not re.search(r"\bwill $", before)
        ):
            continue
        if re.match(r"it (?:may|might|could|would) |would (?:like|enjoy|help|suit)", words) and _SUBORDINATE.search(
            before
        ):
            continue
        yield reading.hit("F07", match)
        return
    yield from _advised(reading)


def _advised(reading: Reading) -> Iterator[Hit]:
    for match in promises.advised(reading.low):
        before = reading.text.before(match.start())
        if reading.ruled_out(match.start()) or in_condition(reading, match.start()):
            continue
        if (
            reading.text.quoted(match.start())
            or _SUBORDINATE.search(before)
            or re.search(rf"\b{roles.RELATIVE} $", before)
        ):
            continue
        yield reading.hit("F07", match)
        return
    opinion = frames.unpromised(reading.low)
    changed = UNILATERAL.search(reading.low) or any(frames.lessened(reading.low))
    if opinion and not changed and not reading.text.quoted(opinion.start()):
        yield reading.hit("F07", opinion)
