"""Section F by its words: vague frequency, opportunity, permission."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import clauses, conditions, denied, items, kind_words, numbers, promises, roles
from kept.rules.plans.checks.provision_change import UNILATERAL
from kept.rules.plans.reading import Document, Hit, Reading

_CURRICULUM = (
    r"(?! (?:and irregular|or irregular|verbs?|nouns?|plurals?|past|polygons?|shapes?|spellings?"
    r"|forms?|patterns?|words?|hexagons?|pentagons?|endings?|heart|rhythm|beat|intervals?|attenders?))"
)
VAGUE_FREQUENCY = re.compile(
    rf"\b(?:(?<!irregular and )(?<!irregular or )regular(?! (?:class|classroom|teacher|tutor|form|school|timetable"
    rf"|curriculum"
    rf"|staff|bus|seat|place|room|playground)\b)(?:ly|ised)?{_CURRICULUM}"
    rf"|(?<!high-)(?<!high )frequent(?:ly)?|occasional(?:ly)?|on-?going(?! record)|at (?:regular "
    rf"|various |suitable |appropriate |agreed |different )?intervals(?! of)|from time to time"
    rf"|periodic(?:ally)?(?! table)|now and (?:then|again)|every so often|(?<!how )(?<!as )(?<!so )(?<!too"
    rf" )often(?! (?:used|confus|mis"
    rf"|found|heard|called))|on an? (?:routine|semi-regular|periodic|rolling|part-time) basis|routinely"
    rf"|sporadic(?:ally)?|intermittent(?:ly)?|continual(?:ly)?"
    rf"|continuous(?:ly)?(?! (?:line|glucose))|repeated(?:ly)? (?=(?:session|input|practice|through))"
    rf"|(?<!how )(?:a )?(?:few|couple of|several|(?<!how )(?<!as )many|(?<!the )number of|some|various) (?:times"
    rf"|occasions|sessions|slots"
    rf"|visits|days|mornings|afternoons|times)(?: (?:a|each|per|every|in a|over) [a-z-]+)?|most (?:days"
    rf"|weeks|mornings|lessons|afternoons)|some (?:days|weeks|lessons|mornings)|sometimes"
    rf"|habitually|recurrent(?:ly)?|(?:every )?now and again|on occasions?(?! when)|off and on|at odd (?:times"
    rf"|moments)|every few (?:days|weeks)"
    rf"|(?:fairly|quite|reasonably|very|relatively) often|as a (?:routine|regular) (?:part|feature)|a (?:good"
    rf"|fair) (?:bit|deal|amount) of the time"
    rf"|(?:the|an) odd (?:session|visit|lesson|check|morning|afternoon)|repeatedly|perennial(?:ly)?|steady"
    rf" (?:diet|stream|flow) of"
    rf"|at (?:reasonable|frequent|sensible|convenient) (?:intervals|times)|several times|much of the (?:week"
    rf"|day|time)|daily or thereabouts"
    rf"|little and often|on and off(?! (?:an?|the|his|her|their|[a-z]+s)\b)|throughout the (?:week|term|year)"
    rf"|across the (?:school )?(?:day"
    rf"|week|term|year)|when(?:ever)? (?:time|the timetable|timetabling) (?:allows|permits)"
    rf"|at various (?:times|points)|at (?:different|key|certain) (?:times|points)|once in a while"
    rf"|as a matter of routine|consistent(?:ly)? (?:input|session|support)|for (?:some|part|much"
    rf"|most) of (?:the|each|his|her|their) (?:school )?(?:day|week|lessons?)|in (?:some|most"
    rf"|many) (?:lessons|classes|subjects|sessions)|at points (?:in|during)|multiple times"
    rf"|more than once|plenty of(?! (?:opportunit|chance|time|space))|lots of(?= (?:sessions|visits|times"
    rf"|breaks|occasions|slots|input|contact)\b)|numerous(?= (?:sessions|visits|times|breaks|occasions|slots"
    rf"|opportunit)))\b"
)
_PROVISION_CONTEXT = re.compile(
    r"\b(?:will|shall|must|to|session|sessions|support|therapy|input|teaching|programme|with|by"
    r"|breaks?|check-ins?|intervention|visits?|help)\b"
)

_PHYSICAL = (
    r"(?:ramps?|lifts?|stairs?|staircase|stairlift|buildings?|entrances?|doors?|doorways?|gates?|site"
    r"|corridors?|playground|hall|toilets?|changing (?:room|place)|car park|upper floor|ground floor"
    r"|first floor|upstairs|floors|field|steps|path|classrooms?(?! (?:support|assist|help))"
    r"|rooms? (?:by|via|through)|canteen|dining (?:hall|room)|minibus|pool|kitchen)"
)
_CHOICES = r"(?:chances?|opportunit(?:y|ies))"
OPPORTUNITY = re.compile(
    rf"\b(?:(?:to which|which|that) [a-z]+ (?:will |may |can )?(?:has|have) (?:access|recourse|entry)\b|(?:(?:have|has"
    rf"|given|gain|gains|gets?|receive|provided with|offered|allowed|with|need|needs"
    rf"|requires?|enjoy|ensure|provide|including|continued|continue to have|increased|supervised"
    rf"|supported|direct|ready|timely|full|free|regular|daily|weekly|priority|immediate|open"
    rf"|some) )?access(?:,[^,.;]{{1,30}},)? to(?! work\b)(?! (?:(?:a|an|the|his|her|their|any|all|every"
    rf"|each) )?{_PHYSICAL})(?: (?:a|an|the|his|her|their|any|all))? "
    rf"|(?:be )?(?:able|enabled|supported|helped|permitted|allowed|free|entitled|welcome"
    rf"|eligible) to (?:access|attend|use|join|take part in|participate in|have|request|ask for|go to"
    rf"|visit|make use of|drop in)|(?:can|may|could) be (?:called (?:up)?on|drawn (?:up)?on|requested|accessed"
    rf"|turned to|sought|booked|consulted|tapped|approached|visited|joined)|hav(?:e|ing) (?:recourse|resort) to"
    rf"|(?:can|may|could) (?:access|attend|use(?![a-z])|join|go to|visit|drop in"
    rf"|make use of|request|ask for|call on|book|choose to)"
    rf"|(?:will|shall|to) (?:also |then |continue to |be able to |regularly )?access (?!(?:the |a |his "
    rf"|her |their )?{_PHYSICAL})(?=[a-z' -]{{0,40}}(?:therapy|support|group|intervention|sessions?"
    rf"|programme|provision|teaching|input|curriculum|lessons?|tuition|mentor|counsell|room|space"
    rf"|clubs?|service|equipment))"
    rf"|encouragement to|{_CHOICES} (?:to|for|of|in|within|at|throughout|during|every|each|with)|(?:have|given|offered"
    rf"|provided with|plenty of|frequent|regular|many|more|further|increased|structured|planned|daily"
    rf"|social|learning|overlearning|practice|sufficient|ample) {_CHOICES}|expos(?:ed|ure"
    rf"|ing)(?: [a-z]+){{0,2}} to(?! (?:feared|the feared))|(?:be |is |are )?(?:encouraged|invited"
    rf"|welcomed|prompted and encouraged|motivated) (?:to|into)|encourage (?:him|her|them|[a-z]+) to"
    rf"|(?:be |is |are |been )offered(?! (?:by|a choice of))|(?:the )?option (?:of|to)|be made available"
    rf"|made available to (?:him|her|them)|(?:will|to|shall) be available|is available|available (?:to"
    rf"|for) (?:him|her|them|use|[a-z]+ to)|(?:can|may) choose to|open to (?:him|her|them)"
    rf"|(?:will|shall|is to) be (?:able|free|welcome|entitled|eligible|permitted|allowed|at liberty) to"
    rf"|there (?:is|are|will be) (?:the |some )?(?:potential|scope|possibility|chance|opening|provision"
    rf"|room) (?:for|to)|(?:introduced to(?= (?:a|an|the|new|different|various|enrich|community|wider|activities)\b)"
    rf"|at liberty to|free to (?:attend|join|come|use)|(?:wider|new|enrichment|range of"
    rf"|varied) (?:enrichment )?experiences)|the (?:possibility|offer|choice) of|(?:have|has) the (?:use of"
    rf"|right to)|benefit of access)"
)
_NOT_OPPORTUNITY = re.compile(
    r"(?:so that|so|in order|to (?:give|allow|enable|improve|gain|ensure|support|help|widen|increase)"
    r"|for|gives?|giving|enabling|allowing|barriers? to|equal|same|wheelchair|step-free|level|key|pass"
    r"|code|fob|independent|keyboard|door|lift|swipe)(?: [a-z']+){0,4} $"
)


def _with_provision(reading: Reading, start: int) -> bool:
    first, last = reading.text.sentence_at(start)
    return bool(_PROVISION_CONTEXT.search(reading.low[first:last]))


_PROVISION_NOUN = re.compile(
    r" (?:(?!(?:in|of|on|at|for|with|to|from|and|about)\b)[a-z-]+ ){0,3}(?:session|support|input|visit|break|therap"
    r"|check|review|contact|opportunit"
    r"|basis|meeting|intervention|practice|help|monitor|prompt|supervis|teaching|tuition|lesson"
    r"|programme|coaching|mentoring|access|reminder|time|exercise|movement|assessment|liaison|work"
    r"|advice|feedback|reading|counsel|physio|appointment)"
)


def vague_frequency(reading: Reading, _: Document) -> Iterator[Hit]:
    """F03: 'regular', 'ongoing', 'a few times' in place of how often. Not as lesson content."""
    for match in reading.said(VAGUE_FREQUENCY):
        if match.group().startswith("when") and numbers.frequencies(_sentence(reading, match.start())):
            continue
        sentence = reading.text.before(match.start()) + reading.text.after(match.start())
        if re.match(
            r"across|throughout|often|routinely|sometimes|some|in (?:some|most)|for (?:some|part)|at (?:key"
            r"|certain|different)|lots|plenty|numerous|more than",
            match.group(),
        ) and (
            numbers.frequencies(sentence)
            or (re.match(r"across|throughout", match.group()) and numbers.durations(sentence))
            or re.search(
                r"\b(?:because|who|which|when|whenever|that) [^,.;]{0,40}$", reading.text.before(match.start())
            )
        ):
            continue
        if (
            re.match(r"frequent|often|occasional|sometimes|regular", match.group())
            and re.search(
                r"\b(?:because|as|who|which|that|when) (?:he|she|they|[a-z]+)?[^,.;]{0,25}$",
                reading.text.before(match.start()),
            )
            and numbers.frequencies(sentence)
        ):
            continue
        if match.group().startswith("frequent") and re.match(
            r" (?:absence|seizure|flyer|word)", reading.low[match.end() :]
        ):
            continue
        if (
            re.match(r"(?:regular|frequent|occasional|on-?going|continuous)$", match.group())
            and numbers.frequencies(sentence)
            and not _PROVISION_NOUN.match(reading.low[match.end() :])
        ):
            continue
        if _with_provision(reading, match.start()) or len(sentence) < 120:
            yield reading.hit("F03", match)
            return


def opportunity(reading: Reading, _: Document) -> Iterator[Hit]:
    """F04:

    access to, opportunities for, encouraged to. Not ways into a building, nor a purpose of what is specified.
    """
    if items.transport(reading.low):
        return
    for match in reading.said(OPPORTUNITY):
        if denied.title(reading.low, *match.span()) or denied.tells_of_place(_sentence(reading, match.start())):
            continue
        if match.group().endswith("access ") and items.universal(_sentence(reading, match.start())):
            continue
        if _no_offer(reading, match, reading.text.before(match.start())):
            continue
        yield reading.hit("F04", match)
        return
    for match in promises.offered(reading.low):
        before = reading.text.before(match.start())
        if _OF_THE_WORLD.search(before) and re.match(r"opportunit|chances?", match.group()):
            continue
        if denied.title(reading.low, *match.span()) or reading.ruled_out(match.start()):
            continue
        if reading.text.quoted(match.start()) or any(
            each.search(before)
            for each in (_NOT_OPPORTUNITY, _LOOKS_INTO, *(() if _IS_NEAR.match(match.group()) else (_LEARNS,)))
        ):
            continue
        if agent_before(before) or any(
            each.start() <= match.end() and match.start() < each.end() for each in UNILATERAL.finditer(reading.low)
        ):
            continue
        if (
            _purpose(before + match.group(), match)
            or of_guests(reading, match.start())
            or re.search(rf"\b{roles.RELATIVE} $", before)
        ):
            continue
        yield reading.hit("F04", match)
        return


def _sentence(reading: Reading, start: int) -> str:
    return reading.low[slice(*reading.text.sentence_at(start))]


def in_condition(reading: Reading, start: int) -> bool:
    """Whether the words stand in a condition, whose judgement is somebody's discretion and no advice."""
    first = reading.text.sentence_at(start)[0]
    return any(
        first + each.start < start < first + each.end for each in conditions.conditions(_sentence(reading, start))
    )


def _no_offer(  # noqa: PLR0911 - one exception after the other
    reading: Reading, match: re.Match[str], before: str
) -> bool:
    """Whether the words are a way in, a purpose, or what is measured all the same."""
    inside = before + match.group()
    if (_NOT_OPPORTUNITY.search(before) and not _MAKES_ROOM.search(before)) or _purpose(inside, match):
        return True
    if re.search(r"opportunit|chance|option", match.group()) and _LOOKS_INTO.search(before):
        return True
    if re.match(r"opportunit|options?|chances?", match.group()) and _OF_THE_WORLD.search(before):
        return True
    if re.match(r"(?:has|have|having|with) ", match.group() + " ") and re.search(r"\bwho(?: also)? $", before):
        return bool(roles.roles(before))
    if match.group().endswith("to") and _IS_MEASURED.match(reading.text.after(match.end())):
        return True
    if re.search(r"exposure", match.group()) and re.search(
        r"(?:grad(?:ed|ing)|gradual|exposure hierarchy|prolonged|step-by-step)(?: (?:the|his|her|their))? $", before
    ):
        return True
    if (
        re.match(r"(?:can|may|could) ", match.group())
        and re.search(r"\b(?:so|that|which|he|she|who|when|until|if)(?: [a-z]+)? $", before)
        and (
            re.search(r"\b(?:that|which|what|how|whether|where)\b[^.;,]{0,25}\b(?:he|she|they) $", before)
            or not re.search(r"^(?:he|she) $", before[-4:].lstrip())
        )
    ):
        return True
    if re.search(r"\b(?:free|able|entitled|welcome|allowed|liberty)\b", match.group()) and agent_before(before):
        return True
    if "available" in match.group() and numbers.durations(reading.low) and numbers.frequencies(reading.low):
        return True
    if re.match(
        r"(?:is|made|will be|to be|be made) ?available|be made|available", match.group()
    ) and kind_words.EQUIPMENT.search(reading.low):
        return True
    if of_guests(reading, match.start()) or re.search(rf"\b{roles.RELATIVE} $", before):
        return True
    return any(each.start() <= match.start() < each.end() for each in UNILATERAL.finditer(reading.low))


_IS_NEAR = re.compile(
    r"(?:is|are|be|being) (?:around|about|close by|nearby|to hand|in reach|ready)|(?:to|on|upon) wh(?:ich|om)\b"
)
# 'Exposure to loud noise is measured' tells what is done about it.
_IS_MEASURED = re.compile(
    r"[^.;,]{2,40}? (?:is|are|will be) (?:[a-z]+ly )?(?:measured|limited|checked|avoided|kept|recorded|controlled"
    r"|restricted)\b"
)
# Work, jobs and the like are what is on offer in the world, and the matter of a lesson.
_OF_THE_WORLD = re.compile(r"\b(?:job|work|career|employment|volunteering|training|apprenticeship|photo) $")
# What is looked into, listed or talked over is the matter of a session.
_LOOKS_INTO = re.compile(
    r"\b(?:look(?:s|ing)? (?:at|into|for)|find(?:s|ing)? out about|read(?:s|ing)? about|learn(?:s|ing)? about"
    r"|list(?:s|ing)?"
    r"|compar(?:e|es|ing)|discuss(?:es|ing)?|research(?:es|ing)?|explor(?:e|es|ing)|talk(?:s|ing)? about"
    r"|weigh(?:s|ing)? up"
    r"|apply(?:ing)? for|about) (?:the |all |local |what |which )*$"
)
# Time or a timetable that 'allows for' a thing offers it all the same.
_MAKES_ROOM = re.compile(
    r"\b(?:allows?|provides?|caters?|mak(?:es?|ing) (?:room|time|space|provision)|time|scope|room) for $"
)
# What the pupil learns to do for themselves is taught, not offered.
_LEARNS = re.compile(
    r"\b(?:learn\w*|teach(?:es|ing(?! (?:assistant|staff)))?|practi[sc]\w*|rehears\w*|so that|until|how|who"
    r"|which)\b[^.;]{0,40}$"
)


def of_guests(reading: Reading, start: int) -> bool:
    """Whether the words stand in a sentence that only says that relatives may come, watch or are told."""
    return items.guests(reading.low[slice(*reading.text.sentence_at(start))])


def agent_before(before: str) -> bool:
    """Whether the one who is free to do a thing is staff, which changes the promise rather than offers it."""
    if _ENDS_IN_AGENT.search(before):
        return True
    first = next(iter(roles.roles(before)), None)
    return bool(first and first.start <= _SUBJECT_WITHIN and _JOINED_VERB.search(before))


_SUBJECT_WITHIN = 30  # letters before the role that is a sentence's subject: its article and describing words
_JOINED_VERB = re.compile(r"\b(?:will|shall|is to)\b[^.;]*\band (?:also |then |(?:will|may|can|is|be) )*$")
_ENDS_IN_AGENT = re.compile(rf"\b{clauses.AGENT}(?:'s)? (?:(?:will|may|can|also|then|be|is|are) ){{0,3}}$")


def _purpose(inside: str, match: re.Match[str]) -> bool:
    head = inside[: len(inside) - len(match.group())]
    return bool(
        re.search(r"\b(?:so that|so (?:he|she|they)|in order (?:to|that)|which (?:gives|lets|allows))\b[^.;]*$", head)
        or (
            re.match(r"(?:have|gain|give)?", match.group())
            and re.search(r"\bto (?:give|allow|enable|secure|ensure|provide) [a-z]+ $", head)
        )
    )
