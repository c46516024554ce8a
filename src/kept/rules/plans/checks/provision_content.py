"""Section F by what is done: support, input, help and the like with nothing said of their content."""

# ruff: noqa: PLR2004 - counts of parts read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import items, numbers, services
from kept.rules.plans.items import Kind
from kept.rules.plans.reading import Document, Hit, Reading

_GENERIC_NOUN = re.compile(
    r"\b(?:(?<=some )(?:1:1|one-to-one)(?= (?:in|for|with|during|throughout|each|every|at|a)\b|[.,;]|$)|(?:ta|lsa"
    r"|adult|assistant|staff|teaching assistant) (?:time|hours|cover|presence)"
    r"|(?:(?:one-to-one|1:1|adult|individual|additional|extra|specialist|targeted|small[- ]group"
    r"|in-class|classroom|direct|high level of|level of|levels? of|general|learning|academic|pastoral"
    r"|emotional|behaviou?ral|social|daily|weekly|nurture|ta|therapy|therapeutic|bespoke|tailored"
    r"|personalised|sensory|literacy|language|appropriate|suitable|enhanced|wrap-?around|curriculum"
    r"|mentoring|key ?worker|intensive|structured|holistic|practical)[ -])*"
    r"(?:support(?! (?:assistants?|workers?|staff|teachers?|practitioners?|partners?|officers?|plans?"
    r"|service|team|base|sheets?|cards?|books?|folders?|groups?|frames?|rails?|bars?|bags?|cushions?))(?:ed|s"
    r"|ing)?|input|interventions?(?! (?:called|named))"
    r"|programmes?(?! of work called)|packages?|strategies|strategy|help(?:ed|s|ing)?|provision"
    r"|assistance|assist(?:s|ed|ing)?|guidance|attention|approach(?:es)?|therapies|(?:pastoral|adult|nurturing"
    r"|emotional"
    r"|wrap-?around|extra|special|additional) (?:care|reassurance|encouragement|nurture|back-?up|contact"
    r"|oversight|backing)"
    r"|(?:a|a helping|an extra|a guiding) hand(?! (?:over|under|on|drum|bell|puppet|signal))|moral support"
    r"|reassurance|encouragement|nurturing|backup|aftercare|facilitation|scaffolding|(?<!ing )(?<!language )(?<!speech"
    r" )(?<!sound )(?<!motor )"
    r"(?<!word )(?<!balance )(?<!youth )(?<!social )(?<!care )work(?= (?:with|in|from|by"
    r"|will|on (?:his|her|their)))))\b"
)
_NAMED_METHOD = re.compile(
    r"\b(?:numicon|pecs|makaton|colourful semantics|lego|precision teaching|paired reading"
    r"|attention autism|bucket time|social stor(?:y|ies)|comic strip conversations?"
    r"|zones of regulation|teacch|intensive interaction|elklan|nessy|toe by toe|read write inc"
    r"|jolly phonics|sounds-?write|thrive|tacpac|signalong|signed english|bsl|british sign language"
    r"|precision|fisher family trust|reciprocal reading|pre-?teaching|over-?learning|task boards?"
    r"|visual timetable|now-and-next|sensory circuits?|sensory diet|brushing|heavy work"
    r"|cognitive behaviou?ral therapy|cbt|emdr|talking mats|blank level|word aware|narrative therapy"
    r"|lidcombe|cued articulation|phonics|touch[- ]typing|speech sounds?|word[- ]finding"
    r"|handwriting)\b"
)
_DESCRIBED = re.compile(
    r"\b(?:to|by|(?:with|when|while)(?= [a-z]+ing (?!(?:and|or|at|in|each|every|for|from|by|during|as|where|when"
    r"|across|skills?|work|difficult\w*|support|activities|tasks)\b)[a-z])|who will|and will|will"
    r"|in which|where|who|during which|consisting of|made up of"
    r"|comprising|covering|working on|focus(?:ed|ing|es)? on|aimed at|such as|including|namely|that is"
    r"|practising|rehearsing|(?:he|she|they) (?:may|can)|for example|based on|using|through|:) ?(?:[a-z]+ (?:and"
    r"|,) )?(?:help(?:ing)? (?:him|her|them|[a-z]+)(?: to)? |support(?:ing)? (?:him|her|them"
    r"|[a-z]+) (?:to|in|with) |enabl(?:e|ing) (?:him|her|them|[a-z]+) to )?"
    r"(?:(?:read|writ|break|check|pre-?teach|teach|show|model|repeat|rehears|practi[sc]|sort|scrib|cut"
    r"|count|dress|fasten|point|prompt|guid|walk|sit|sign|record|transfer|hoist|feed|open|carry"
    r"|set (?:out|up)|lay|join|start|finish|say|name|blend|segment|spell|copy|type|follow|ask|answer"
    r"|retell|tell|match|build|label|describe|listen|plan|list|highlight|explain|breath|stretch|balanc"
    r"|climb|catch|throw|grip|hold|form|play|greet|take turns?|turn-taking|cross|cook|shop|pay|travel"
    r"|wash|toilet|toothbrush|put|lift|move|roll|stand|draw|mark|track|scan|find|choos|us(?:e"
    r"|ing) (?:the |a |an |his |her |their )?[a-z]|prepar|review(?:ing)? (?:the )?day"
    r"|talk(?:ing)? (?:through|about)|role[- ]?play|reduce the|give|keep|link|replay|order|sequenc"
    r"|divide|chunk|act(?:ing)?|sing|press|swap|translat|interpret|adapt|enlarg|simplif|note|wait|calm"
    r"|settle|organis|pack|unpack|collect|fetch|work(?:ing)? (?:on|through)|spot|recognis|identif"
    r"|notic|manag(?:e|ing) (?:money|time|the bus|zips|buttons)|complet(?:e|ing) (?:a|the|each|his|her"
    r"|five|two|three)|learn(?:ing)? (?:to|the|five|ten|how)|tie|eat|drink|swallow|chew"
    r"|touch[- ]typ))[a-z-]*"
)
_ASKED_FOR = re.compile(
    r"\b(?:ask(?:s|ing|ed)?|request(?:s|ing)?|signal(?:s|ling)?|sign(?:s|ing)?|without|says?|saying"
    r"|(?:if|when|that) (?:he|she|they)\b[^.;]{0,50}? (?:wants?|needs?|seeks?)|accept(?:s|ing)?|refus\w+|card"
    r"|symbol)(?: (?:for|an?|the|adult|to get))* $"
    r"|\b(?:he|she|they) [^.;]{0,70}?\b(?:picks?|chooses?|uses|tries|names?|selects?|tells|rates) (?:an?|one|two"
    r"|the|his|her|their) $"
)
_WORK_ON = re.compile(
    r"\bwork(?:s|ing)? (?:[a-z]+ly |closely |alone )?(?:with|alongside) [^.;]{2,150}? on '?(?!(?:a|an|the|his"
    r"|her|their)? ?(?:regular"
    r"|daily|weekly|monday|tuesday|wednesday|thursday|friday|needs?|basis|learning|development|areas?"
    r"|progress|skills?\b))[a-z]|\bhelp(?:s|ing)? (?:him|her|them) (?:up|down|onto|off|out of|into"
    r"|with (?:his|her|their) [a-z]+)\b"
)
_SKILL_TOPIC = re.compile(
    r"\b(?:session|sessions|time|lesson|therapy|work|practice|programme|input|intervention|support|guidance"
    r"|advice|coaching"
    r"|help) (?:(?:in )?(?:each|every) [a-z-]+ |a week |weekly |daily |in school |will be |is |shall be )*(?:on"
    r"|of) (?!(?:a|the"
    r"|his|her|their)? ?(?:(?:adult|individual|additional|extra|general|targeted|specialist|bespoke"
    r"|tailored) )?(?:regular"
    r"|daily|weekly|\d+|one|two|three|four|five|half|an hour|monday|tuesday|wednesday|thursday|friday|needs?"
    r"|basis|support|help|intervention|input"
    r"|provision|assistance"
    r"|strategies|guidance|care|work\b"
    r"|request|staff|learning|development|areas?|one-to-one|progress|skills?\b|an?\b))[a-z]"
)


def content(reading: Reading, _: Document) -> Iterator[Hit]:
    """F11: support, input, programme, help and the like, with no named method and nothing said of what is done."""
    for item in reading.provisions:
        if item.kind not in {Kind.DIRECT, Kind.INDIRECT}:
            continue
        match = next(
            (
                each
                for each in _GENERIC_NOUN.finditer(item.low)
                if not _ASKED_FOR.search(item.low[: each.start()])
                and not _REVIEWED.search(item.low[: each.start()])
                and not _TRAINED_IN.search(item.low[: each.start()])
                and not _QUALIFICATION.match(item.low[each.end() :])
            ),
            None,
        )
        if match is None or _is_described(item.low, match) or _divided(item.low):
            continue
        yield reading.hit("F11", items.span_in(item, match))
        return


# A programme that is written, checked or reviewed is what the time is for.
_REVIEWED = re.compile(
    r"\b(?:review|updat|writ|check|revis|adjust|design|prepar|advis|discuss|plan)(?:ing|e|es|s|n)?(?: on"
    r"| about)? (?:his|her|their|the|an?"
    r"|[a-z]+'s) (?:[a-z]+ )?$"
)
# A programme that somebody is trained in says what they know, not what is given.
_TRAINED_IN = re.compile(
    r"\b(?:trained|coached|instructed|course|training|award|certificate)\b[^.;]{0,70}? in (?:[a-z']+ ){0,3}$"
)
_QUALIFICATION = re.compile(
    r"(?: (?!(?:during|in|on|for|at|from|with|throughout|through|across|by|to)\b)[a-z]+){0,3} (?:diploma|certificate"
    r"|course|qualification|award|degree|licence|nvq)\b"
)


def _divided(low: str) -> bool:
    """Whether a total is divided into timed parts, each of which says what is done."""
    parts = re.findall(
        r"\b(?:one-to-one|direct|writing|coaching|reviewing|review|training|modelling|teaching|meeting)\b", low
    )
    return len(numbers.durations(low)) >= 3 and len(set(parts)) >= 3


# What somebody does, said of the pupil or of a helper: any verb but those that say no more than help, time or change.
_NO_ACT = (
    r"(?:will|shall|can|may|to|be|been|being|is|are|was|were|has|have|had|having|receive|get|given|give|access"
    r"|attend|benefit|need|require"
    r"|engage|participat|develop|improv|progress|mak(?:e|es|ing) progress|support|help|assist|work|continu|feel|tak(?:e"
    r"|es|ing) (?:place|part)|last|run|start|begin|happen|occur|focus|aim|includ|see|meet|visit|come|go|deliver|provid"
    r"|offer|spend|us(?:e|es|ing)|review|monitor|liais|shar|discuss|plan|learn|build|gain|grow|increas|enabl|ensur"
    r"|allow"
    r"|address|promot|encourag|facilitat|target|depend|vary|stay|remain|follow|join|cope|manag|settl|also|then|always"
    r"|both|each|not|never|only|still|usually|often|normally|not)"
)
_ACTS = re.compile(
    rf"(?:^|[.:;] +)(?:he|she|they|together they) (?:(?:will|then|also|each week) )*(?!{_NO_ACT})[a-z]+"
    rf"|(?:^|[.:;] +)[a-z]+ (?:will (?:then |also )?(?!{_NO_ACT})[a-z]+|(?!{_NO_ACT})[a-z]{{3,}}(?<!s)s (?:the|an?|his"
    rf"|her|their|what|how|each|two|three|five|ten|one|it|them|up|out|aloud|back|through|with|to)\b)"
)
_WHO_DOES = re.compile(
    r"\bwho (?!(?:is|was|has|does|holds|knows|supports|helps|assists|supervises)\b)[a-z]+s (?:each|every|the"
    r"|his|her|their|what|out|an?|any|aloud)\b"
)


def _is_described(low: str, match: re.Match[str]) -> bool:
    verb = re.match(r"(?:support|help|assist)(?:s|ed|ing)?$", match.group())
    if _NAMED_METHOD.search(low) or _SKILL_TOPIC.search(low) or _WORK_ON.search(low):
        return True
    for described in _DESCRIBED.finditer(low):
        if re.match(r"to (?:start|begin) with", low[described.start() :]):
            continue
        if described.start() <= match.start() < described.end() and not re.search(r"to\b", described.group()[1:]):
            continue
        if re.match(
            r"(?:will|to|who will|and will) (?:us|give|follow|complet|find|start|work|hav|set up|put|plan"
            r"|prepar|model|shar|show|teach|adapt|writ)",
            described.group(),
        ) and _GENERIC_NOUN.search(low[described.end() : described.end() + 40]):
            continue
        return True
    if _WHO_DOES.search(low[match.end() :]) or _ACTS.search(low[match.end() :]):
        return True
    if verb and re.match(
        r" (?:(?:him|her|them|[a-z]+) to|(?:him|her|them|[a-z]+'s|(?!(?:of|with|in|from|for|by|and|at|on|during|to|each"
        r"|every|an?|per|weekly|daily|throughout|over|across|when|if|as|where|while)\b)[a-z]+)) (?!(?:to|with|in|from"
        r"|for|by|and|at|on|during|each|every|access|engage|learn"
        r"|progress|participate|succeed|cope|achieve"
        r"|(?:learning|inclusion|needs?|development|well-?being|independence|engagement|behaviours?|emotional"
        r"|education\w*"
        r"|participation|understanding|access|confidence|attainment|achievement|regulation|care|communication)\b"
        r"|develop|improve|make|thrive|benefit|integrate|focus|understand|reach|meet|be|feel|manage"
        r"|have)\b)[a-z]+",
        low[match.end() :],
    ):
        return True
    return bool(services.PROFESSION_SERVICE.search(match.group()))
