"""Section F by its words: vague frequency, opportunity, discretion, resources, permission."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import clauses, items, numbers, promises, roles
from kept.rules.plans.checks.provision_change import UNILATERAL
from kept.rules.plans.conditions import Turns, conditions
from kept.rules.plans.reading import Document, Hit, Reading

_CURRICULUM = (
    r"(?! (?:and irregular|or irregular|verbs?|nouns?|plurals?|past|polygons?|shapes?|spellings?"
    r"|forms?|patterns?|words?|hexagons?|pentagons?|endings?|heart|rhythm|beat|intervals?|attenders?))"
)
VAGUE_FREQUENCY = re.compile(
    rf"\b(?:(?<!irregular and )(?<!irregular or )regular(?:ly|ised)?{_CURRICULUM}"
    rf"|(?<!high-)(?<!high )frequent(?:ly)?|occasional(?:ly)?|on-?going(?! record)|at (?:regular "
    rf"|various |suitable |appropriate |agreed |different )?intervals(?! of)|from time to time"
    rf"|periodic(?:ally)?(?! table)|now and (?:then|again)|every so often|(?<!how )(?<!as )(?<!so )(?<!too"
    rf" )often(?! (?:used|confus|mis"
    rf"|found|heard|called))|on an? (?:routine|semi-regular|periodic|rolling|part-time) basis|routinely"
    rf"|sporadic(?:ally)?|intermittent(?:ly)?|continual(?:ly)?"
    rf"|continuous(?:ly)?(?! (?:line|glucose))|repeated(?:ly)? (?=(?:session|input|practice|through))"
    rf"|(?<!how )(?:a )?(?:few|couple of|several|(?<!how )many|(?<!the )number of|some|various) (?:times"
    rf"|occasions|sessions|slots"
    rf"|visits|days|mornings|afternoons|times)(?: (?:a|each|per|every|in a|over) [a-z-]+)?|most (?:days"
    rf"|weeks|mornings|lessons|afternoons)|some (?:days|weeks|lessons|mornings)|sometimes"
    rf"|little and often|on and off|throughout the (?:week|term|year)|across the (?:school )?(?:day"
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
    rf"\b(?:(?:(?:have|has|given|gain|gains|gets?|receive|provided with|offered|allowed|with|need|needs"
    rf"|requires?|enjoy|ensure|provide|including|continued|continue to have|increased|supervised"
    rf"|supported|direct|ready|timely|full|free|regular|daily|weekly|priority|immediate|open"
    rf"|some) )?access to(?! work\b)(?: (?:a|an|the|his|her|their|any|all))? (?!{_PHYSICAL})"
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
    rf"|{_CHOICES} (?:to|for|of|in|within|at|throughout|during|every|each|with)|(?:have|given|offered"
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
    rf"|varied) (?:enrichment )?experiences)|the (?:possibility|offer|choice) of|have the use of|benefit of access)"
)
_NOT_OPPORTUNITY = re.compile(
    r"(?:so that|so|in order|to (?:give|allow|enable|improve|gain|ensure|support|help|widen|increase)"
    r"|for|gives?|giving|enabling|allowing|barriers? to|equal|same|wheelchair|step-free|level|key|pass"
    r"|code|fob|independent|keyboard|door|lift|swipe)(?: [a-z']+){0,4} $"
)
DISCRETION = re.compile(
    r"\b(?:(?:as|if|when|where|whenever|wherever|should it be|unless|to the extent|insofar as"
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
    r"|finances|envelope)|(?:staff(?:ing)?(?: levels?)?|resources?|budgets?|funding|funds|capacity"
    r"|time|timetable|timetabling|finances?|workload|caseloads?|rotas?|cover|numbers|money|space"
    r"|the (?:budget|rota|timetable|service|team)(?:'s capacity)?)(?: levels?)? (?:permit|permitting"
    r"|allow|allowing|permits|allows|permitted)|waiting[- ]lists?|(?:a|the) (?:place|slot|space"
    r"|vacancy|appointment|therapist|post|post-holder|worker|member of staff|suitable person"
    r"|specialist) (?:comes up|becomes (?:free|available)|opens|arises|is (?:found|free(?! to)|recruited"
    r"|appointed|available|filled|released|in post))|(?:as|if|when|where) (?:staffing|resources?"
    r"|capacity|funding|budgets?|the (?:budget|rota|timetable|service|waiting list|caseload))"
    r"|(?:pending|awaiting|following|after|on|upon|until) (?:the )?(?:successful )?(?:recruitment"
    r"|appointment of|funding|allocation of (?:funding|a)|a vacancy|filling|budget"
    r"|confirmation of funding)|resources? allow|availability of|(?:the )?(?:availability|capacity) of (?:a |an |the "
    r"|suitable |trained |specialist |school |appropriate )*(?:staff|therap[a-z]+|teachers?"
    r"|assistants?|resources|rooms?|funding|places?|adults?|nurses?|specialists?|personnel|service"
    r"|equipment|psychologists?|practitioners?|mentors?)|as resources|stretched|short[- ]staffed"
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
    r"resource base|resourced? (?:unit|provision)|practi[sc]e|role[- ]?play|learn(?:s|ing)? (?:about"
    r"|to wait)|(?:to|of|in) (?:join|wait|queue)"
)
_MODAL = r"(?:may(?! (?:20\d\d|half|bank|\d|day)\b)|might|could|should|ought to)"
PERMISSIVE = re.compile(
    rf"\b(?:(?:would|will|could|may|might|can) (?:also |greatly |really |particularly |further "
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
    rf"|(?:will|to|shall|should|could) be considered|(?:will|to|shall) consider|considered for|(?:we|i"
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
    rf"|is) (?:encouraged|advised|asked|urged|reminded|invited) to|(?:be|is) worth|can be (?:helpful"
    rf"|useful|given|provided|used|offered|arranged|considered)|it (?:may|might|could|would) |perhaps"
    rf"|possibly|potentially|is desirable|{_MODAL}(?=,? (?:also |always |then |ideally |only |not "
    rf"|well |still |sometimes |normally |usually )*[a-z]+))\b"
)
_LESSON_CONTENT = re.compile(
    r"(?:modal|verbs?|words?|spell(?:ing|ings)?|such as|like|read(?:ing)?|called|including|sight words"
    r"|tricky words) ?[:(]?(?: [a-z',\"]+){0,6} ?[\"']?$"
)
_SUBORDINATE = re.compile(
    r"\b(?:so(?: that)?|because|as (?=he|she|they|[a-z]+ (?:may|might|could))|since|if|when|whenever"
    r"|in case|where|what|whether|until|unless|how|who|anything|everything|signs?|things|places|foods?"
    r"|situations?|noises|hazards?|advice|advised|report|recommend\w*|states?|said|says|that (?:he|she"
    r"|they|it))\b[^.;:]{0,45}$"
)


def _with_provision(reading: Reading, start: int) -> bool:
    first, last = reading.text.sentence_at(start)
    return bool(_PROVISION_CONTEXT.search(reading.low[first:last]))


_PROVISION_NOUN = re.compile(
    r" (?:[a-z-]+ ){0,3}(?:session|support|input|visit|break|therap|check|review|contact|opportunit"
    r"|basis|meeting|intervention|practice|help|monitor|prompt|supervis|teaching|tuition|lesson"
    r"|programme|coaching|mentoring|access|reminder|time|exercise|movement|assessment|liaison|work"
    r"|advice|feedback|reading|counsel|physio|appointment)"
)


def vague_frequency(reading: Reading, _: Document) -> Iterator[Hit]:
    """F03: 'regular', 'ongoing', 'a few times' in place of how often. Not as lesson content."""
    for match in reading.find(VAGUE_FREQUENCY):
        sentence = reading.text.before(match.start()) + reading.text.after(match.start())
        if re.match(
            r"across|throughout|often|routinely|sometimes|some|in (?:some|most)|for (?:some|part)|at (?:key"
            r"|certain|different)|lots|plenty|numerous|more than",
            match.group(),
        ) and (
            numbers.frequencies(sentence)
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
    for match in reading.find(OPPORTUNITY):
        before = reading.text.before(match.start())
        inside = before + match.group()
        if (_NOT_OPPORTUNITY.search(before) and not _MAKES_ROOM.search(before)) or _purpose(inside, match):
            continue
        if re.search(r"exposure", match.group()) and re.search(
            r"(?:grad(?:ed|ing)|gradual|exposure hierarchy|prolonged|step-by-step)(?: (?:the|his|her|their))? $", before
        ):
            continue
        if (
            re.match(r"(?:can|may|could) ", match.group())
            and re.search(r"\b(?:so|that|which|he|she|who|when|until|if)(?: [a-z]+)? $", before)
            and (
                re.search(r"\b(?:that|which|what|how|whether|where)\b[^.;,]{0,25}\b(?:he|she|they) $", before)
                or not re.search(r"^(?:he|she) $", before[-4:].lstrip())
            )
        ):
            continue
        if re.search(r"\b(?:free|able|entitled|welcome|allowed)\b", match.group()) and _agent_before(before):
            continue
        if "available" in match.group() and numbers.durations(reading.low) and numbers.frequencies(reading.low):
            continue
        if re.match(
            r"(?:is|made|will be|to be|be made) ?available|be made|available", match.group()
        ) and items.EQUIPMENT.search(reading.low):
            continue
        if items.guests(reading.low[reading.text.sentence_at(match.start())[0] :]):
            continue
        if any(each.start() <= match.start() < each.end() for each in UNILATERAL.finditer(reading.low)):
            continue
        yield reading.hit("F04", match)
        return
    for match in promises.offered(reading.low):
        before = reading.text.before(match.start())
        if reading.text.quoted(match.start()) or _NOT_OPPORTUNITY.search(before) or _LEARNS.search(before):
            continue
        if _agent_before(before) or any(
            each.start() <= match.end() and match.start() < each.end() for each in UNILATERAL.finditer(reading.low)
        ):
            continue
        if _purpose(before + match.group(), match) or items.guests(
            reading.low[reading.text.sentence_at(match.start())[0] :]
        ):
            continue
        yield reading.hit("F04", match)
        return


# Time or a timetable that 'allows for' a thing offers it all the same.
_MAKES_ROOM = re.compile(
    r"\b(?:allows?|provides?|caters?|mak(?:es?|ing) (?:room|time|space|provision)|time|scope|room) for $"
)
# What the pupil learns to do for themselves is taught, not offered.
_LEARNS = re.compile(
    r"\b(?:learn\w*|teach(?:es|ing(?! (?:assistant|staff)))?|practi[sc]\w*|rehears\w*|so that|until|how|who"
    r"|which)\b[^.;]{0,40}$"
)


def _of_guests(reading: Reading, start: int) -> bool:
    return items.guests(reading.low[slice(*reading.text.sentence_at(start))])


def _agent_before(before: str) -> bool:
    """Whether the one who is free to do a thing is staff, which changes the promise rather than offers it."""
    return bool(_ENDS_IN_AGENT.search(before))


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


def discretion(reading: Reading, _: Document) -> Iterator[Hit]:
    """F05: as required, where possible, when staff think. Not a certain trigger with its response."""
    for match in reading.find(DISCRETION):
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
        if re.search(
            r"\b(?:asking|ask|say|says|saying|tell|telling|recognise|recognising|learn|learns|teach(?:es"
            r"|ing(?! (?:assistant|staff)))?"
            r"|shows?|signals?|know)\b[^.;]{0,40}$",
            reading.text.before(match.start()),
        ) and re.match(r"when|if|where", words):
            continue
        if re.match(r"as soon as", words) or _BY_LAW.match(after):
            continue
        if any(first <= match.start() < last for first, last in _endings(reading)):
            continue
        yield reading.hit("F05", match)
        return
    ended = _endings(reading)
    for match in clauses.judged_condition(reading.low):
        if any(first <= match.start() < last for first, last in ended):
            continue
        if not reading.text.quoted(match.start()) and not _BY_LAW.match(reading.low[match.end() :]):
            yield reading.hit("F05", match)
            return
    yield from _open_condition(reading, "F05", Turns.JUDGEMENT)


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
                and not any(start <= each.start < end for start, end in ended)
                and not items.guests(low)
                and not _BY_LAW.match(low[each.end :])
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
    for match in reading.find(RESOURCES):
        around = reading.low[max(0, match.start() - 40) : match.end() + 25]
        if _NOT_RESOURCE.search(around):
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
        if not reading.text.quoted(match.start()) and not _NOT_RESOURCE.search(match.group()):
            yield reading.hit("F06", match)
            return
    yield from _open_condition(reading, "F06", Turns.MEANS)


def permissive(  # noqa: PLR0912 - one exception after the other
    reading: Reading, _: Document
) -> Iterator[Hit]:
    """F07: would benefit from, should, is recommended. Not the month, lesson content, or a risk in a side clause."""
    for match in reading.find(PERMISSIVE):
        words, before = match.group(), reading.text.before(match.start())
        if (
            before.strip()
            and items.pupils_leave(before + words + reading.text.after(match.end()))
            and len(reading.provisions) < len(reading.text.sentences)
        ):
            continue
        if re.search(rf"\b{roles.RELATIVE} $", before):
            continue
        if _of_guests(reading, match.start()):
            continue
        if re.match(r"(?:we|i|the|[a-z]+ist)\b", words) and re.search(
            r"\b(?:when|if|until|unless|as|what|where|that|once|whenever|which) $", before
        ):
            continue
        if re.match(r"be (?:advised|recommended|suggested|proposed)", words) and before.endswith("to "):
            continue
        if re.match(rf"{_MODAL}$", words) and re.match(r" not\b", reading.low[match.end() :]):
            continue
        named = re.match(r"should$", words) and re.match(
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
        if words == "may" and (reading.text.raw[match.start()] == "M" and before):
            continue
        if re.match(r"should$", words) and not re.sub(r"\W", "", before.strip()):
            continue
        if words.startswith("should") and re.search(r"(?:[:,;] |^)$", before):
            continue
        first, last = reading.text.sentence_at(match.start())
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
        if (
            reading.text.quoted(match.start())
            or _SUBORDINATE.search(before)
            or re.search(rf"\b{roles.RELATIVE} $", before)
        ):
            continue
        yield reading.hit("F07", match)
        return
