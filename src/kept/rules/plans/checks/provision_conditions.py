"""Section F by its conditions: discretion and resources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import changes, clauses, items, promises, roles
from kept.rules.plans.checks.provision_change import UNILATERAL
from kept.rules.plans.conditions import Turns, conditions
from kept.rules.plans.reading import Document, Hit, Reading

# 'Where clinically justified': a condition with its verb left out, whatever the word of fitness.
_FITNESS = (
    r"(?:if|when|where|whenever|wherever|unless|as)(?: and when| and where)?(?: not)?(?: [a-z]+ly)? (?:(?!avail"
    r"|afford|vari|compar|suitable for|quiet"
    r"|respons|memor|capable|table)[a-z]{3,}(?:able|ible)|justified|merited|warranted|indicated|pertinent|apt"
    r"|opportune|viable|realistic|convenient"
    r"|expedient|proportionate|productive|constructive|meaningful|worthwhile|deserved|desired|propitious|safe"
    r" to do so)\b(?! (?:to|as) )"
)
DISCRETION = re.compile(
    rf"\b(?:{_FITNESS}|as (?:often|frequently|regularly|intensively) (?!as (?:\d|once|twice|every|his peers|her"
    rf" peers))(?:[a-z]+ ){{0,3}}?as [a-z]"
    r"|(?:as|if|when|where|whenever|wherever|should it be|unless|to the extent|insofar as"
    r"|so far as|as far as|as and when|if and when|where and when|when and where|until no longer"
    r"|only when|only if)(?: (?:it is|is|this is|they are|that is|reasonably|deemed|considered|thought"
    r"|felt|found to be|judged|clinically|may be|might be|and when|and where|and if|it's|far as|this proves|need"
    r"|and as|it seems|it proves|believed|practically|seen as|professionally))* ?(?:required|needed"
    r"|necessary|appropriate|possible|practicable|applicable|indicated|helpful|desirable|feasible"
    r"|relevant|suitable|wanted|requested|useful|beneficial|reasonable|advisable|fit|warranted|prudent"
    r"|called for|best)\b"
    r"|(?:if|when|where|whenever|as|should) (?:the )?(?:need|needs|circumstances|occasion|situation"
    r"|situations|requirement|difficulty|difficulties|problems?)(?: (?:should|ever|for it"
    r"|for this))? (?:arises?|dictates?|demands?|emerges?|presents?|requires?|occurs?|permits?|allows?"
    r"|calls?)"
    r"|(?:at|left to|in) (?:the )?(?:[a-z']+ ){0,3}discretion|(?:at|in) times of (?:need|difficulty"
    r"|stress|distress|anxiety)|(?:according|in response|responsive|appropriate|relative|matched"
    r"|proportionate|in proportion|in relation|tailored) to (?:his|her|their|the|individual|presenting"
    r"|current|changing|day-to-day|[a-z]+'s)? ?(?:assessed |individual |current |changing |presenting "
    r"|daily )?(?:needs?|presentation|mood|progress|circumstances|level of need|arousal)"
    r"|dependent (?:up)?on (?:his|her|their|the|individual|how) (?:needs?|presentation|mood|progress"
    r"|day|he|she|they|circumstances)|depending (?:up)?on (?!(?:staff|budget|fund|availab|the availab"
    r"|resourc|capacity|recruit))(?:[a-z' ]{0,30})|(?:when|if|where|whenever|as) (?:he|she|they|[a-z]+"
    r"|the (?:teacher|class teacher|school|staff|therapist|adult|senco|setting|adults|team|child"
    r"|service)|school|staff|teachers|adults) (?:needs?|requires?|wants?|wishes|feels?|thinks?"
    r"|considers?|judges?|deems?|sees?|believes?|chooses?|would like"
    r"|asks? for)(?: [a-z]+){0,3}? ?(?:it|this|that|them|help|support|to|a break|fit|necessary"
    r"|appropriate|best|so|one|reassurance|is needed|time|extra)\b|in (?:the"
    r"|their) (?:professional )?(?:judgement|opinion|view) of|if (?:it is )?(?:felt|thought|considered"
    r"|judged|deemed|believed|agreed)|on an? (?:as[- ]needed|as[- ]required|needs|ad hoc"
    r"|case[- ]by[- ]case|needs-led|flexible|when-needed) basis|ad hoc|needs[- ]led|as (?:staff|school"
    r"|teachers|he|she|they|the (?:school|teacher|staff|therapist|setting|team|adults?)) (?:see|sees"
    r"|think|thinks|feel|feels|consider|considers|judge|judges|deem|deems) (?:fit|best|necessary"
    r"|appropriate|right|it)|used flexibly|flexibl[ey](?: [a-z]+)? (?:use|support|approach|to"
    r"|according|as|deploy)[a-z]*|deployed flexibly|provided flexibly|reasonable (?:steps|efforts"
    r"|attempts)|(?:every|best|all reasonable) (?:effort|endeavour)s?|as (?:much|often|far|many"
    r"|frequently|long|soon|little|regularly) [a-z ]{0,15}?(?:as )?(?:is )?(?:possible|practicable"
    r"|needed|necessary|required|can be|he needs|she needs|they need|he likes|feasible|reasonable"
    r"|appropriate|helpful)|should (?:he|she|they|it|this|[a-z]+) (?:need|require|wish|be (?:needed"
    r"|required|necessary))|in line with (?:his|her|their|need|needs|presenting"
    r"|[a-z]+'s)(?: [a-z]+)? ?needs?|on request|at (?:his|her|their) request|if (?:requested|asked)"
    r"|when asked|as directed|as the case may be|on demand|when (?:things|it) (?:gets?"
    r"|becomes?) (?:too )?(?:hard|difficult|tricky|much)|when struggling|when (?:he|she|they"
    r"|[a-z]+) (?:is|are|becomes?|gets?|finds?) (?:struggling|finding|things (?:hard|difficult)"
    r"|it (?:hard|difficult)))"
)
_CERTAIN = re.compile(
    r"\b(?:for \w+ minutes|every time|on (?:each|every) occasion|within \w+ (?:minutes?|seconds?)"
    r"|at once|immediately)\b"
)
RESOURCES = re.compile(
    r"\b(?:(?:subject|conditional|contingent|dependent|depending|reliant|provisional|depends?|hinges?"
    r"|relies) (?:to|up ?on|on) (?:[a-z']+ ){0,5}?(?:availab[a-z]+|funding|funds|budgets?"
    r"|staff(?:ing)?|resourc[a-z]+|recruit[a-z]+|capacity|waiting|finding|vacanc[a-z]+|places?"
    r"|appoint(?:ing|ment)|timetabl[a-z]+|room|rota|workforce|cost|finance[s]?|money|caseloads?|demand"
    r"|commission[a-z]*|cover|therapists?|specialists?|numbers|someone|service|workload)"
    r"|(?:if|when|once|where|as long as|whenever|provided|providing|as|until|unless|while|only when"
    r"|only if|so long as|assuming)(?: that)? (?:[a-z']+ ){0,5}?(?:is|are|becomes?|be|can be|has been"
    r"|have been|get|gets) (?:[a-z]+ )?(?:available|recruited|appointed|found|in post|free|funded"
    r"|employed|secured|identified|back (?:at work|from)|affordable|released|vacant|filled|freed up"
    r"|spare|allocated)|(?:if|when|once|where|until|after|as soon as|provided|unless"
    r"|while) (?:[a-z']+ ){0,4}?(?:has|have|can|is able to|are able to|manages? to|succeeds? in"
    r"|could) (?:[a-z]+ )?(?:recruit(?:ed|s|ing)?|appoint(?:ed|ing)?|employ(?:ed|ing)?|hire[d]?"
    r"|fill(?:ed)?|fund(?:ed)?|found|find|release[d]?|spare[d]?|afford(?:ed)?|secure[d]?|freed?)"
    r"|if available|when available|where available|as available|availability (?:permitting|allowing)"
    r"|(?:within|from within|out of|using|from) (?:the )?(?:(?:limits?|confines|constraints|bounds"
    r"|scope) of (?:the )?)?(?:[a-z]+'s )?(?:school'?s?'? |existing |available |current |its |their "
    r"|delegated |own |normal |service )*(?:resources|budgets?|funding|staffing|capacity|means"
    r"|finances|envelope)|(?:staff(?:ing)?(?: levels?| absences?| sickness| numbers)?|resources?|budgets?|funding"
    r"|funds|capacity"
    r"|time|timetable|timetabling|finances?|workload|caseloads?|rotas?|cover|numbers|money|space"
    r"|the (?:budget|rota|timetable|service|team)(?:'s capacity)?)(?: levels?)? (?:permit|permitting"
    r"|allow|allowing|permits|allows|permitted)|waiting[- ]lists?|(?:a|the) (?:place|slot|space"
    r"|vacancy|appointment|therapist|post|post-holder|worker|member of staff|suitable person"
    r"|specialist)(?: (?:in|at|on|for|with) [^.;,]{2,30}?)? (?:comes up|becomes (?:free|available)|opens|arises"
    r"|is (?:found|free(?! to)|recruited"
    r"|appointed|available|filled|released|in post))|(?:as|if|when|where) (?:staffing|resources?"
    r"|capacity|funding|budgets?|the (?:budget|rota|timetable|waiting list|caseload)|the service (?=can|allows?"
    r"|permits?|is able|has|gets))"
    r"|(?:whichever|whoever)[a-z ]{1,30} (?:is|are) (?:free|available|on duty|around|spare|to hand|about)"
    r"|who(?:ever)? (?:is|are|happens to be) (?:free|available|on duty|spare)"
    r"|(?:any|a|some) spare (?:places?|slots?|capacity|time|staff|hours|rooms?)|places? (?:left over"
    r"|permitting)|priority (?:will be|is|to be) given"
    r"|(?:pending|awaiting|following|after|on|upon|until) (?:the )?(?:successful )?(?:recruitment"
    r"|appointment of|funding|allocation of (?:funding|a)|a vacancy|filling(?: of)? (?:the |a |this )?(?:post|vacanc"
    r"|role|gap)"
    r"|budget"
    r"|confirmation of funding)|resources? allow|availability of|(?:the )?(?:availability|capacity) of (?:a |an |the "
    r"|suitable |trained |specialist |school |appropriate )*(?:staff|therap[a-z]+|teachers?"
    r"|assistants?|resources|rooms?|funding|places?|adults?|nurses?|specialists?|personnel|service"
    r"|equipment|psychologists?|practitioners?|mentors?)|as resources|stretched|short[- ]staffed|in short supply|hard"
    r" to (?:recruit|come by)"
    r"|staff shortages?|when (?:there is|there are) (?:enough |sufficient |spare |a |an "
    r"|any )*(?:staff|capacity|adult|money|funding|cover|room|space|therapist|place|slot|vacancy|gap)"
    r"|if (?:there is|there are|it has|they have|the (?:service|school|team|budget|therapist|trust"
    r"|setting) (?:has|have|can)) (?:[a-z]+ ){0,4}?(?:staff|capacity|adults?|money|funding|cover|room"
    r"|space|therapists?|place|slot|vacancy|afford|spare|release|resources?|budget|time)|(?:can"
    r"|able to) (?:be )?(?:afford|spared?|released?|recruit)|(?:top|head|front) of (?:the )?(?:[a-z']+"
    r" )?(?:waiting )?(?:list|queue)"
    r"|reaches the (?:top|front)|the service (?:can|has) (?:accommodate|capacity)|capacity within)\b"
)
_NOT_RESOURCE = re.compile(
    r"resource base|resourced? (?:unit|provision)|practi[sc]\w* (?:[a-z]+ing|what|how|when|for)\b|role[- ]?play"
    r"|learn(?:s|ing)? (?:about"
    r"|to wait)|(?:to|of|in) (?:join|wait|queue)"
)


def discretion(reading: Reading, _: Document) -> Iterator[Hit]:
    """F05: as required, where possible, when staff think. Not a certain trigger with its response."""
    for match in reading.said(DISCRETION):
        words = match.group()
        after = reading.text.after(match.end())
        if re.match(
            r"(?:when|whenever|if|as) (?:he|she|they|[a-z]+) (?:asks? for|wants?|wishes|would like|needs?|is"
            r"|are|becomes?|gets?|finds?|requires?)",
            words,
        ) and _CERTAIN.search(after + reading.text.before(match.start())):
            continue
        if re.match(
            r"(?:when|whenever|if) (?:he|she|they|[a-z]+) (?:thinks|feels|believes|chooses|sees|considers)", words
        ) and not re.search(r"necessary|appropriate|fit|best|needed|help|support|break|wants|needs|them$", words):
            continue
        if clauses.learner_says(reading.text.before(match.start())[-100:]) and re.match(r"when|if|where", words):
            continue
        if (
            re.match(r"as soon as", words)
            or re.search(r"\b(?:delete|strike out|cross out|amend) $", reading.text.before(match.start()))
            or _BY_LAW.match(after)
            or clauses.tells_what(reading.text.before(match.start()))
        ):
            continue
        if any(first <= match.start() < last for first, last in _endings(reading)) or _other_rule(reading, match):
            continue
        yield reading.hit("F05", match)
        return
    ended = _endings(reading)
    for match in clauses.judged_condition(reading.low):
        if any(first <= match.start() < last for first, last in ended):
            continue
        if (
            not reading.text.quoted(match.start())
            and not reading.ruled_out(match.start())
            and not _BY_LAW.match(reading.low[match.end() :])
            and not clauses.tells_what(reading.text.before(match.start()))
            and not _other_rule(reading, match)
        ):
            yield reading.hit("F05", match)
            return
    yield from _open_condition(reading, "F05", Turns.JUDGEMENT)


def _other_rule(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the same words leave the decision to somebody (F12), let it be ended (F14) or wait for means (F06)."""
    first, last = reading.text.sentence_at(match.start())
    low, at = reading.low[first:last], match.start() - first
    left = items.delegated(low)
    spans = [left.span()] if left else []
    spans += [each.span() for each in RESOURCES.finditer(low) if "timetabl" not in each.group()]
    ended = [*UNILATERAL.finditer(low), *changes.changed_by_provider(low)]
    return any(start <= at < end and match.end() - first <= end for start, end in spans) or any(
        each.start() <= at < each.end() for each in ended
    )


def _endings(reading: Reading) -> list[tuple[int, int]]:
    return [each.span() for each in promises.ended_without_review(reading.low)]


def _open_condition(reading: Reading, rule: str, turns: Turns) -> Iterator[Hit]:
    """A condition of a sentence that turns on this."""
    for first, last in reading.text.sentences:
        low = reading.low[first:last]
        ended = [each.span() for each in promises.ended_without_review(low)] + [
            each.span() for each in UNILATERAL.finditer(low)
        ]
        for each in conditions(low):
            if (
                each.turns is turns
                and not reading.text.quoted(first + each.start)
                and not reading.ruled_out(first + each.start)
                and not any(start <= each.start < end for start, end in ended)
                and not items.guests(low)
                and not _BY_LAW.match(low[each.end :])
                and not clauses.tells_what(low[: each.start])
            ):
                yield reading.hit(rule, (first + each.start, first + each.end))
                return


# What a rule of law requires is at nobody's discretion.
_BY_LAW = re.compile(
    r" (?:by|under|in) (?:the |an? )?(?:[a-z]+ ){0,2}(?:regulations?|law|act|section|code|statute|order|tribunal"
    r"|guidance)\b"
)


def resources(reading: Reading, _: Document) -> Iterator[Hit]:
    """F06: provision on condition of staff, money, capacity or a waiting list."""
    for match in reading.said(RESOURCES):
        around = clauses.near(reading.low, match.start(), 40) + reading.low[match.start() : match.end() + 25]
        if _NOT_RESOURCE.search(around) or re.search(r"\b(?:outcome|result|finding|conclusion)s? of\b", match.group()):
            continue
        if (
            re.match(r"(?:when|once|while|as|until|unless|if|where|as long as)\b", match.group())
            and re.search(r"(?:free|found|identified|back)$", match.group())
            and not (
                re.search(
                    r"staff|adult|therap|place|room|someone|person|post|tutor|psycholog|counsel|coach|money"
                    r"|slot|cover",
                    match.group(),
                )
                or roles.roles(match.group())
            )
        ):
            continue
        yield reading.hit("F06", match)
        return
    for match in clauses.resource_condition(reading.low):
        if (
            not reading.text.quoted(match.start())
            and not reading.ruled_out(match.start())
            and not _NOT_RESOURCE.search(match.group())
            and not clauses.tells_what(reading.text.before(match.start()))
        ):
            yield reading.hit("F06", match)
            return
    yield from _open_condition(reading, "F06", Turns.MEANS)
