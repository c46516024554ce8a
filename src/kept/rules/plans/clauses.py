"""Clauses by their shape: who decides what, on which condition. Word lists name parts of speech here, never phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kept.rules.plans import numbers, roles

_ROLE = "|".join([*roles.REGISTERED.values(), *roles.GENERIC.values()])
_BODY = (
    r"(?:school|setting|college|nursery|academy|council|local authority|authority|service|team|trust|department"
    r"|provider|panel|clinic|commissioner|hospital|board|head|professionals?|practitioners?|clinicians?|leadership"
    r"|managers?|therapists?|psychologists?|co-?ordinators?|leaders?|experts?|specialists?|advis[eo]rs?|outreach"
    r"|unit|base|placement|governors?)s?"
)
# Someone who may decide: a role or a body, with its article and describing words.
AGENT = (
    rf"(?:(?:[a-z]+ )?(?:{_ROLE})|(?:[a-z]+ ){{0,2}}{_BODY}|those (?:who|working)[a-z ]{{0,20}}"
    rf"|whoever [a-z ]{{1,25}})"
)
THE = r"(?:(?:the|a|an|his|her|their|each|any|our|its|[a-z]+'s) )?"
# What a provision must state: how much, how often, who, and of what kind.
_MEASURE = (
    r"(?:amounts?|levels?(?! \d)|numbers?|frequenc(?:y|ies)|lengths?|durations?|extent|degree|quantity|intensity|hours"
    r"|minutes|timings?|times(?= (?:and|to be|are|will))|staffing|(?:group )?sizes?(?! \d)|ratios?|dosage|scale|rota"
    r"|shape|nature|format|details?"
    r"|arrangements?|allocation|make-?up|model of|mix of|balance of|type of (?:support|help|provision|therapy|input)"
    r"|form of|timetables? (?:of|for) (?:support|help|sessions|provision)|sessions|provision|package)"
)
_ASKED = (
    r"(?:how (?:much|often|many|long|frequently|and when|regularly|best|[a-z]+ is )|who\b|when\b|whether|for how long"
    r"|(?:what|which) (?:(?:type|kind|form|level|sort|amount) of |extra |additional |further |adult |specialist "
    r"|level ?)*"
    r"(?:help|support|provision|therapy|input|intervention|teaching|adult|sessions?|hours?|time|will|is|he|she|they))"
)
_BE = (
    r"(?:is|are|will be|shall be|being|to be|be|has been|have been|was|remains?|rests?|lies?|stays?"
    r"|(?<!will )(?<!shall )(?<!to )sits?"
    r"|falls?|stands?)"
)
_OPEN = (
    rf"(?:a |an )?(?:(?:professional |clinical |local )?(?:matter|decision|question|judgement|choice|call"
    rf"|issue) (?:for|of)|(?:up|down|left) to|open to (?:debate|discussion|negotiation|interpretation|review|question)"
    rf"|for {THE}{AGENT}|with {THE}{AGENT}|in (?:the hands of|(?:its|their|his|her) own hands"
    rf"|{THE}{AGENT}'?s? (?:hands|gift))"
    rf"|left (?:open|until|for|with)|open\b(?! to)|tb[acd]\b|pending|unknown|undecided|unresolved|yet to"
    rf"|not (?:yet )?(?:been )?(?:known|fixed|decided|settled|agreed|set|clear)|under (?:discussion|consideration)"
    rf"|(?:dictated|governed|driven|influenced|controlled|resolved|negotiated|shaped|ruled|steered|informed"
    rf"|dealt with"
    rf"|arranged|reached|addressed|picked up|clarified|firmed up|filled in|spelt out|spelled out|supplied|advised"
    rf"|notified|communicated|chosen|calculated|assigned|allotted|worked out|thrashed out|scoped)"
    rf"(?: [a-z]+)? (?:by|at|in|once|when|after|following|between|with|through|later|on)\b|to follow\b|whatever\b)"
)
_FIX = (
    r"(?:decid|determin|fix|choos|work(?:s|ing)? out|judg|settl|allocat(?!ion)|dictat|calculat|rul|arbitrat|select"
    r"|specif(?:y|ies)|prescrib|stipulat|govern|control|propos|map(?:s)? out|make (?:the|a) (?:decision|judgement)"
    r"|(?:has|have) the (?:final|last) (?:say|word)|set(?:s|ting)?(?: out)?(?! (?:up )?(?:the |his |her "
    r"|their )?(?:work|tasks?|homework|targets?)\b)|la(?:y|ys|id) down|draw(?:s)? up"
    r"|negotiat|agre(?:e|es|eing)(?! (?:that|with (?:him|her|them)\b))|confirm|advis(?:e|es)|spell(?:s)? out"
    r"|(?:(?:best|well|better) placed|in (?:the best|a better|a good|a) position|trusted|relied on) to [a-z]"
    r"|put(?:s)? (?:forward|together)|(?:form|take|reach|com)(?:s|es|e|ing)? (?:to )?(?:a|an|their|its|his"
    r"|her) (?:[a-z]+ )?(?:view|decision|judgement|opinion|conclusion)"
    r"|(?:us|exercis)(?:e|es|ing) (?:its|their|his|her|professional|the) (?:own )?(?:judgement|discretion)"
    r"|(?:tell|inform|notif(?:y|ies)|let|report to|write to)s?(?: [a-z']+){1,3}?(?: know)?(?= (?:what|how|which"
    r"|who|when)\b))"
)
_DEFERS = re.compile(
    rf"\b{_MEASURE}\b[^.;]{{0,80}}?\b{_BE} (?:then |also |still |entirely |largely |really |something |one "
    rf"|very much )?{_OPEN}"
    rf"|\b(?:how (?:much|often|many|long|frequently)|whether|(?<!on )what|^which|^who)\b[^.;]{{0,80}}? {_BE} (?:then "
    rf"|also "
    rf"|still |entirely |largely |really )?{_OPEN}"
    rf"|\b(?:how (?:much|often|many|long|frequently)|what|which)\b[^.;]{{2,60}}?\b(?:gets?|has|have|receives?"
    rf"|needs?|given|provided|used|takes?)\b[^.;]{{0,20}} (?:depends?|rests?|lies|hinges|turns|varies|follows)\b"
    r"|\b(?:provision|support|help|package|input|therapy|teaching)\b[^.;]{0,30} (?:will be|is|are|shall be) (?:as |that"
    r" |what"
    r" is )?(?:set out|described|given|stated|listed|detailed|recommended|specified|shown|laid out|outlined|contained"
    r"|found"
    r"|proposed) in (?:the |a |an |his |her |their )?(?:[a-z']+ ){0,4}(?:report|advice|plan|document|assessment|map"
    r"|timetable"
    r"|letter|profile|schedule)\b"
    rf"|\b(?:retain|keep|hold|reserv|exercis|ha(?:s|ve|ving)\b)(?:s|es|ing|ed|e)? (?:the |some |full )?(?:flexibility"
    rf"|discretion"
    rf"|control|choice|say|freedom|latitude|power) (?:over|as to|about|in|on|to (?:decide|set|choose"
    rf"|fix))\b[^.;]{{0,20}}?"
    rf"(?:{_ASKED}|{_MEASURE}\b)"
    rf"|\b{_MEASURE}\b[^.;:]{{0,60}}: ?(?:at|for|up to|left to|as (?:decided|advised|agreed|set) by)"
    rf" {THE}{AGENT}(?:'s)?\b"
    rf"|\b{_MEASURE}\b[^.;:]{{0,25}} (?:is |are |to be )?(?:tb[acd]\b|t\.b\.[acd]\b|not known|unknown)"
    rf"|\b{_MEASURE}\b[^.;:]{{0,60}}: ?(?:tb[acd]|t\.b\.c|to follow|pending|not (?:yet )?(?:known|agreed|set))\b"
    rf"|\b{AGENT}(?:'s|,(?: in| together)? (?:with|and|alongside|discussion|consultation) [^,.;]{{2,40}},)? (?:[a-z]+"
    rf" ){{0,3}}?{_FIX}[a-z]*(?: [a-z'-]+){{0,4}}? (?:{_ASKED}|{_MEASURE}\b)"
    rf"|\b(?:it|this|that) (?:is|will be|remains|rests) (?:for|up to|down to|with) {THE}{AGENT}(?:'s)? to\b"
    rf"|\b{_MEASURE}\b[^.;]{{0,80}}? (?:is|are|remains?) (?:still |currently |now )?(?:being|under) (?:discuss"
    rf"|negotiat|consider|work|finalis|explor|agre|drawn|review)\w*"
    rf"|\b(?:whatever|whichever(?! [a-z ]{{1,30}} (?:is|are) (?:free|available|on duty|around|spare))"
    rf"|however (?:much|many|often|long))\b[^.;]{{0,30}}?\b{AGENT}(?:'s)?"
    rf" (?:[a-z]+ ){{0,3}}?[a-z]+"
    rf"|\bsuch (?!times?\b|occasions?\b|an?\b|days\b|moments\b"
    rf"|ways?\b)(?:[a-z'-]+ ){{1,6}}?as {THE}(?:[a-z'-]+ ){{1,6}}?(?:considers?|thinks?|deems?|judges?|decides?"
    rf"|determines?"
    rf"|directs?|advises?|recommends?|specif(?:y|ies)|sees? fit|(?:may|shall|will|can) [a-z]+)\b"
    rf"|\b{_MEASURE} (?:has |have |is |are )?(?:still |yet )?to be (?!(?:given|taught|provided|delivered|used|followed)"
    rf" (?:by|to|in"
    rf"|each|every|for)\b)[a-z]+(?:ed|en|wn|out|up|ght|un)\b"
    rf"|\bwhich (?:they|he and|she and|{THE}{AGENT})(?: [a-z]+){{0,3}}? (?:will|can|may) (?:then "
    rf"|jointly )?{_FIX}[a-z]*\b"
    rf"|\b(?:direction|guidance|instructions?|a (?:decision|steer|ruling)|advice) (?:as to|on|about|regarding"
    rf"|for|over) [^.;]{{0,40}}?(?:{_ASKED}|{_MEASURE}\b)"
    rf"|\b(?:choos|decid|agree|negotiat|determin|settl|judg|fix|calculat)(?:ing|es|e|s)? (?:on |upon "
    rf"|about )?(?:the |his |her "
    rf"|their )?(?:{_ASKED}|{_MEASURE}\b)"
    r"|\b(?:she|he|they) (?:will|is to|are to|shall) (?:then )?(?:tell|inform|advise|notify|let) (?:the |his "
    r"|her |their )?(?:school|staff|setting|council|teachers?|college|class teacher)"
    r"(?: know)? (?:what|how|which|who|when)\b"
    rf"|\b(?:to|at) the (?:professional )?(?:discretion|judgement|choice|decision|opinion) of {THE}{AGENT}"
    rf"|\bas [a-z]+ (?:and|or) (?:as )?[a-z]+ as {THE}(?:{AGENT}|he|she|they)\b"
    rf"|\b(?:leav(?:e|es|ing)|left|delegat\w+|hand(?:s|ed|ing)? (?:over )?|entrust\w*|pass(?:es|ed)) (?:it |this "
    rf"|that )?"
    rf"(?:entirely |over )?to {THE}{AGENT}(?:'s)?\b"
    rf"|\b{AGENT}(?: and {THE}{AGENT})? (?:is|are|will be) (?:still |currently |now |yet )?(?:working out|deciding"
    rf"|discussing"
    r"|considering|finali[sz]ing|exploring|agreeing|looking at|thinking about|negotiating|talking about|drawing up"
    r"|debating)\b"
    rf"|\b(?:please |kindly )?(?:refer to|see|consult|check|turn to|look in|given in|found in|shown in|appears? in"
    rf"|listed in|recorded in"
    rf"|kept in|held in|covered by|as (?:set out|given|described|shown|detailed|listed|stated|recorded) in"
    rf"|as per) (?:the |a |an |his |her"
    rf" |their )?(?:[a-z'-]+ ){{0,3}}(?:map|plan|programme|timetable|profile|passport|policy|pathway|iep|schedule"
    rf"|handbook|record|file"
    rf"|document|agreement|offer|contract|menu)\b(?= for\b| to find|[^.;]{{0,40}}{_MEASURE})"
    r"|\b(?:commensurate with|proportionate to|in proportion to|consistent with|determined from) (?:the |his |her "
    r"|their )?"
    r"(?:[a-z]+ ){0,2}?(?:findings?|assessments?|advice|reports?|reviews?|recommendations?)\b"
    r"|\b(?:in line with|in accordance with|according to|under|following|as per|consistent with|subject to"
    r"|within) (?:the |its |their |our )?"
    r"(?:[a-z']+ ){0,3}(?:core offer|care aims|model of (?:care|delivery)|care pathway|pathway|service (?:model"
    r"|offer|criteria|specification)"
    r"|thresholds?|eligibility criteria|entry criteria|prioriti[sz]ation|menu of)\b"
    r"|\b(?:once|when|after|until|as soon as) (?:the |his |her |their |new |joint |some )*(?:goals?|targets?|plans?"
    r"|programmes?|aims|details"
    r"|arrangements|needs|timetables?|priorities|terms) (?:is|are|have been|has been|can be"
    r"|become) (?:[a-z]+ )?(?:drawn up|agreed|written|set"
    r"|known|clear|clearer|decided|fixed|in place|settled|identified|established|understood|finali[sz]ed|confirmed"
    r"|sorted)"
    rf"|\b(?:will|to|shall|can) (?:then |first )?(?:meet|talk|sit down|hold|convene|discuss|get together"
    rf"|liaise)\b[^.;]{{0,60}}? to"
    rf" (?:settle|decide|agree|fix|set|plan|work out|determine|discuss|consider|arrange)\b[^.;]{{0,40}}?(?:{_ASKED}"
    rf"|{_MEASURE}\b)"
    rf"|\b(?:report|assessment|advice|review|meeting|document|profile|policy|observation|panel|conference|letter"
    rf"|findings|timetable|plan)\b[^.;]{{0,50}}?"
    rf" (?:will|shall|is to|are to) (?:then |also )?(?:say|state|show|tell|give|inform|guide|make clear|reveal"
    rf"|indicate|settle|{_FIX}[a-z]*)"
    rf"(?: [a-z'-]+){{0,4}}? (?:{_ASKED}|{_MEASURE}\b)"
    rf"|\b{_MEASURE}\b[^.;]{{0,30}}? (?:has|have|is|are|will) (?:[a-z]+ )?not (?:yet )?(?:been |be )?(?:stated"
    rf"|specified|quantified|given"
    rf"|prescribed|written|laid down|detailed|included|stipulated|recorded)|\bno (?:set|fixed|specific|particular"
    rf"|stated) {_MEASURE}\b"
    rf"|\b(?:as|in the way|in such (?:a )?(?:way|amounts?)(?: as)?|on whatever [a-z]+) {THE}{AGENT} (?:may |shall "
    rf"|will )?"
    rf"(?:advis|recommend|decid|direct|prescrib|specif|suggest|determin|choos|propos)"
)
# Choices within a lesson, which whoever teaches may make.
LESSON_CHOICE = re.compile(
    r"\b(?:which|what|next|new|the|his|her|their) (?:[a-z-]+ )?(?:words?|books?|games?|sounds?|targets?|topics?"
    r"|exercises?|content|activit|songs?|stor(?:y|ies)|texts?|vocabulary|steps?|recipes?|routes?|materials?|tasks?"
    r"|jobs?)"
)
_FLOOR = re.compile(r"\b(?:at least|no (?:less|fewer) than|not (?:less|fewer) than|a minimum|minimum of|the minimum)\b")
# 'Will allocate a total of ten hours' decides it here and now.
_NUMBERED = re.compile(rf"\b(?:allocat|set|confirm|agree|fix|put)\w*(?: [a-z]+){{0,4}} {numbers.NUMBER} [a-z]+$")


# Whether the pupil can do it is what a review finds, and no decision on provision.
_SKILL = re.compile(r" (?:he|she|they|[a-z]+) (?:can|could|knows?|did|does|has (?:learnt|met|reached)|is able)\b")


def measured(low: str) -> bool:
    """Whether these words say both how long and how often."""
    return bool(numbers.durations(low) and numbers.frequencies(low))


@lru_cache(maxsize=4096)
def deferred(low: str) -> re.Match[str] | None:
    """Words that leave how much, how often, who or what kind to someone or to later.

    Choices within a lesson are none.
    """
    for match in _DEFERS.finditer(low):
        if match.group().endswith("whether") and _SKILL.match(low[match.end() :]):
            continue
        tail = low[match.start() : match.end() + 30]
        if _NUMBERED.search(match.group()) and numbers.durations(match.group() + low[match.end() : match.end() + 12]):
            continue
        if LESSON_CHOICE.search(tail) and not re.search(rf"\b{_MEASURE}\b", match.group()):
            continue
        if measured(low) and re.match(
            r"(?:will|to|shall|can) (?:then |first )?(?:meet|talk|sit|hold|convene"
            r"|discuss|get|liaise)\b",
            match.group(),
        ):
            continue
        if measured(low) and (_FLOOR.search(low) or LESSON_CHOICE.search(tail)):
            continue
        if measured(low) and re.search(r"\b(?:may|must|can|could|will) not\b|\bcannot\b", low[match.start() :]):
            continue
        return match
    return None


_TELLS_WHAT = re.compile(
    r"(?:\b(?:on|about|over) (?:what|how|when|who|whom|which|whether|why|where)|(?::|,|\band) (?:what|how|why))\b"
    r"(?P<rest>[^.;]*)$"
)
_TURNS_BACK = re.compile(r", (?:and |but )?(?:subject|if|unless|provided|depending|where|when|as|which|will|may|can)\b")


def tells_what(head: str) -> bool:
    """Whether words after this head only say what a lesson, measured before them, is about.

    'For 45 minutes every Wednesday, on what they might say when' is such a head; a comma with a condition ends it.
    """
    match = _TELLS_WHAT.search(head)
    return bool(match and measured(head[: match.start()]) and not _TURNS_BACK.search(match.group("rest")))


_IF = (
    r"(?:if|when|whenever|where|wherever|unless|until|once|provided|providing|assuming|supposing|so long as"
    r"|as long as"
    r"|in the event|on condition|given|only|while|whilst|as soon as|should"
    r"|in (?:weeks|terms|months|lessons) (?:when|where|that)|(?:after|following|during|on) any [a-z]+ (?:that|when"
    r"|in which)"
    r"|on any [a-z]+(?: that| when| in which)?|on (?:days|weeks|mornings|afternoons|occasions|those days"
    r"|any day)(?: when| that| on which| where)?)"
)
_DEPENDS = (
    r"(?:depend(?:s|ing|ent|ant)?(?: up)? ?on|subject to|contingent (?:up)?on|conditional (?:up)?on|according to"
    r"|linked to"
    r"|limited by|governed by|dictated by|determined by|relies on|reliant on|hinges? on|rests on|in proportion to"
    r"|allowing for"
    r"|bearing in mind|taking (?:into )?account(?: of)?|because of|owing to|whatever|within what|as far as)"
)
_MEANS = (
    r"(?:vacanc\w+|capacity|fund(?:s|ed|ing)?|budgets?|financ\w+|afford\w*|resourc(?:es|ing)|recruit\w*|appointed"
    r"|appointments? (?:of|being|is|are)|staffing|workforce|rotas?|caseloads?|workloads?|waiting|queue|(?:the|its"
    r"|their|a) list"
    r"|(?:the|a|this) post(?:holder)?\b|commission(?:s|ed|ing)?|vacant|to spare|spare|shortages?|on duty|headcount"
    r"|savings"
    r"|(?:enough|sufficient|how many|numbers? of|adequate) (?:[a-z]+ )?(?:staff|adults?|assistants?|therapists?"
    r"|teachers?"
    r"|people|hours|slots|money|rooms?|hands)|money|slots?|in post|availab\w+|cover (?:is|can|has)"
    r"|can be (?:released|found|freed)"
    r"|has (?:room|space|time)|have (?:room|space|time)|staff (?:sickness|absence|changes|levels)"
    r"|timetable (?:allow|permit)|premises"
    r"|(?:team|service|school|department|unit|clinic|therapists?|staff|everyone) (?:is|are|gets?|becomes?"
    r"|seems?)(?: too| very| not)?"
    r" (?:short|busy|full|stretched|quiet|quieter|under|over|down|able|big enough|coping)"
    r"|pressure on|room (?:on|in)|(?:one|someone|somebody|a volunteer|anyone) (?:comes? (?:in|free|up|forward)"
    r"|turns? up|offers?"
    r"|is free|can be)|runs? out|lasts?(?! (?:lesson|week|term|year|half))"
    r"|can (?:pay|manage|staff|meet the cost)|grant|procure\w+|contract (?:is|has|with)|renew\w+)"
)
_RESOURCE_CONDITION = re.compile(rf"\b(?:{_IF}|{_DEPENDS})\b(?P<gap>[^.;,]{{0,70}}?)\b{_MEANS}\b")
# A post still to be filled, told by the one who is to fill it.
_ARRIVAL = re.compile(
    rf"\b{_IF}\b (?:the |a |an |our |its |their )?(?:new |replacement |permanent |second |further |another "
    rf"|additional |locum |next )*"
    rf"{AGENT} (?:has |have |is |are |can |will )?(?:started|starts?|joined|joins?|returned|returns?|arrived"
    rf"|arrives?|been (?:found|appointed"
    r"|engaged|hired|trained|identified|replaced|released|confirmed)|come into post|taken up|takes up|back|in place"
    r"|signed up|up and running|settled in|on board|here|with us|working|ready)\b(?! (?:with|beside|for) (?:him|her"
    r"|them))"
)
# Money or people asked for and not yet got.
_SOUGHT = re.compile(
    r"\b(?:recruitment|funding|staffing|appointment|budget|posts?|vacanc(?:y|ies)|money|cover|capacity"
    r"|staff)\b[^.;,]{0,40}?"
    r" (?:having|being) (?:first |already |duly )?(?:been )?[a-z]+(?:ed|nd|ent|able|ice|ace)\b|"
    r"\b(?:pay(?:ing|ment)?|fund(?:s|ing)?|money|monies|posts?|commission\w*|budgets?|recruit\w*|staffing"
    r"|business case|bids?|procurement|contracts?)\b[^.;]{0,50}?"
    r" (?:is|are|has been|have been|was|were|being|remains?)(?: still| now| currently)? (?:being )?(?:sought"
    r"|requested|applied for|awaited|pending|outstanding"
    r"|advertised|submitted|explored|pursued|in hand|under (?:discussion|consideration|negotiation)|with (?:the"
    r" )?(?:panel|board|commissioners?)|unfilled|vacant"
    r"|frozen|on hold|not (?:yet )?(?:confirmed|secured|agreed|in place|approved|filled))\b"
)
_LEARNT = re.compile(
    r"\b(?:learn|practi[sc]\w*|rehears\w*|shop\w*|spend\w*|pretend|role[- ]?play|coins?|purse|pocket|bus"
    r"|visual timetable"
    r"|post ?box|wish|his timetable|her timetable|their timetable|own timetable)\b"
)


def near(low: str, start: int, letters: int) -> str:
    """The last letters before `start` in the same run of words: what stands before a stop or a comma is another's."""
    return re.split(r"[.;:!?,] ", low[max(0, start - letters) : start])[-1]


def resource_condition(low: str) -> Iterator[re.Match[str]]:
    """Conditions on money, people, places or queues: an opening word of condition, then the means."""
    yield from _ARRIVAL.finditer(low)
    yield from _SOUGHT.finditer(low)
    for match in _RESOURCE_CONDITION.finditer(low):
        around = near(low, match.start(), 60) + low[match.start() : match.end() + 20]
        if _LEARNT.search(around):
            continue
        if re.match(r"(?:given|only|because of|according to)\b", match.group()) and not re.search(
            r"\b(?:if|when|where|availab|staff|budget|fund|vacanc|capacity|caseload|rota)", match.group()
        ):
            continue
        yield match


_THINK = (
    r"(?:judg|think|thought|feel|felt|consider|deem|believ|decid|see fit|sees fit|see (?:a |the |any )?(?:need"
    r"|benefit|value|point)"
    r"|sees (?:a |the |any |no |little )?(?:need|benefit|value|point|use)|find(?:s)? (?:it|this|that|a need"
    r"|the time)|regard|say so|says so"
    r"|wish|prefer|choos|are minded|is minded|suggest|recommend|advis|identif|agree)"
)
_NEED = (
    r"(?:(?:it|this|that|they|these|the [a-z]+|a break|help|support|such help|one|any of these|more|extra help"
    r"|further [a-z]+)"
    r"(?: [a-z]+)? (?:is|are|would be|seems?|proves?|becomes?|appears?|looks?|might be|may be) (?:[a-z]+ly )?"
    r"(?:(?:thought|felt|judged|considered|deemed|seen|found|believed|likely) (?:to be )?)?"
    r"(?:needed|necessary|required|called for|appropriate|helpful|useful|beneficial|warranted|justified|indicated"
    r"|suitable|sensible|wise|possible|practical|practicable|feasible|wanted|worthwhile|right|best|timely|of (?:use"
    r"|help|benefit)"
    r"|in (?:his|her|their) interests?|an issue|a problem|a difficulty)"
    r"|(?:the|a|any|that|this|such a|further|more) ?(?:[a-z]+ )?(?:need|occasion|situation|difficult(?:y|ies)"
    r"|problem|issue|moment"
    r"|opportunity) (?:for (?:it|this|them) )?(?:arises?|arise|emerges?|presents?|dictates?|demands?|requires?"
    r"|crops? up|comes? up"
    r"|occurs?|warrants?|calls?|allows?|permits?|suggests?)"
    r"|(?:there is|there's|there are|there should be|he has|she has|they have) (?:a|any|some|an identified|clear"
    r"|further|perceived)? ?(?:[a-z]+ )?(?:need|call|reason|cause)\b"
    r"|(?:he|she|they|[a-z]+) (?:seems?|appears?|looks?) (?:to (?:need|be|require|want)|anxious|upset|tired"
    r"|unsettled|ready|distressed"
    r"|overwhelmed|stuck|in need|worried|able|willing|unsure|lost|low|dysregulated|fidgety))"
)
_JUDGED = re.compile(
    rf"\b(?:{_IF}|as|at times(?: when)?|at (?:any )?(?:points|moments) when)(?: that| when| and when| or when"
    rf"| ever)? {THE}"
    rf"(?:{AGENT}|they|he|she|we|one|[a-z]+)(?:'s)? (?:[a-z]+ ){{0,3}}?{_THINK}(?:e?s|ed|es)?\b"
    rf"|\b(?:{_IF}|as)(?: that| and when| and where| or when| ever)? {_NEED}\b"
    rf"|\b{_IF} (?:in|to|from) (?:the |his |her |their )?[a-z' ]{{0,40}}?(?:view|judgement|opinion|estimation|eyes"
    rf"|mind|experience)\b"
    rf"|\bas (?:many|much|often|long|few|little|frequently|regularly)\b[^.;]{{0,40}}? as (?:{THE}{AGENT}|he|she"
    rf"|they|[a-z]+)"
    r" (?:[a-z]+ )?(?:need|want|like|seem|think|feel|can manage|choos|wish|ask|requir|see|appear|find|judg|consider"
    r"|decid)"
    rf"|\b(?:{_MEASURE}|help|support|input|time|teaching|therapy) [^.;]{{0,60}}?(?:will|to|can|may|shall"
    rf"|should) (?:be )?(?:flex|vary|varied"
    r"|change|fluctuat|rise|fall|track|reflect|mirror|follow|respond|adapt|match|tailor|shap|adjust|scale|tun|align"
    r"|pitch|gear)\w*"
    r" (?:with|to|by|as|according|up and down|around|against|from|in line)?"
    r" ?(?:the |his |her |their |[a-z]+'s |how |what )?(?:[a-z]+ )?(?:progress|needs?|mood|day|presentation"
    r"|response|anxiety|energy"
    r"|circumstances|demand|he|she|they|[a-z]+ (?:presents?|copes?|is|feels?|manages?|responds?)|timetable|pace"
    r"|readiness|confidence|tolerance)\b"
    rf"|\b(?:if|when|whenever|where|unless|in [a-z]+ when|(?:after|following|on|in) any [a-z]+)"
    r" (?:that|he|she|they|things?|it|this|that|matters|the (?:day|week|lesson|class|work|task))"
    r" (?:has|have|is|are|gets?|becomes?|goes|feels?|needs?|wants?|finds?|had|goes|gone|was|were)"
    r" (?:(?:the|it|this|things|that|a) ?)?(?:[a-z]+ ){0,2}?(?:gone |going |been )?(?:badly|hard|difficult|tricky"
    r"|needed|required|necessary|struggling|anxious|upset|tired"
    r"|unsettled|overwhelmed|distressed|stuck|in need|dysregulated|low|ready|able|willing|well|receptive|calm"
    r"|unwell|poorly|too much"
    r"|help|support|a break|time|warranted|helpful|appropriate|useful)\b"
    r"|\b(?:to|at|by|with|in) (?:the|whatever|any|an?|such) (?:intensity|frequency|degree|extent|level|rate"
    r"|amount|pace|number|quantity)[a-z ]{0,12} (?:his|her|their|the child's|[a-z]+'s) (?:needs?|presentation"
    r"|progress|circumstances|anxiety)"
    r"|\bas (?:many|much|often)\b[^.;]{0,50}? as (?:the |his |her |their )?[a-z' ]{1,30}? (?:can|is able to"
    r"|has time|are able to|will stretch|permits?|allows?)"
    r"|\b(?:to|at|by) (?:the|whatever|any) (?:degree|extent|level|rate|amount) (?:that |to which |at which "
    r"|which )?(?:he|she|they|[a-z]+) "
    r"(?:[a-z]+ )?(?:needs?|wants?|requires?|can|is|tolerates?|manages?|shows?)\b"
    rf"|\b(?:{_IF}|at (?:moments|times|points) when) (?:he|she|they|[a-z]+) (?:is|are|seems?|appears?|looks?"
    rf"|becomes?|gets?) (?:not |less |too |most |more |very )?"
    r"(?:managing|coping|struggling|settled|unsettled|calm|focused|engaged|regulated|dysregulated|anxious|upset"
    r"|overwhelmed|receptive"
    r"|distressed|tired|agitated|distracted|overloaded|stressed|worried|frustrated|off task|losing|finding"
    r"|having (?:a |trouble|difficult))"
    rf"|\b(?:{_IF}|as) (?:this|it|that|these|they|such [a-z]+) (?:is|are|was) (?:[a-z]+ly )?(?:felt|thought|judged"
    rf"|considered|deemed|seen"
    r"|believed|known|found|expected|likely|agreed)\b"
    r"|\bat (?:(?:more|very|particularly|especially) )?(?:difficult|hard|tricky|stressful|busy|anxious|challenging"
    r"|tough|unsettled|bad|low"
    r"|worrying|emotional|vulnerable|wobbly|sensitive|crunch|trigger|opportune|suitable|appropriate|convenient"
    r"|quiet) (?:times|moments|points)\b"
    r"|\b(?:at|in|during) (?:moments?|times?|points?|periods?|spells?|bouts?) of (?:[a-z]+ )?(?!transition|day"
    r"|year|week|term|arrival|the\b)[a-z]+"
    rf"|\bat {THE}{AGENT}'?s? (?:own |professional )?(?:judgement|discretion|call|say-so|choice|initiative)\b"
    r"|\bas (?:he|she|they) (?:needs?|requires?|wants?|wishes|likes?|chooses)\b"
    rf"|\b(?:what (?:[a-z]+ )?(?:help|support|time|input|hours|sessions|assistance|resources|cover|teaching"
    rf"|therapy)|whatever(?: [a-z]+)?) (?:{AGENT}|they|the school|we) (?:can|could|are able to|is able to"
    rf"|feels? able to)\b"
    r"|\b(?:as and when|if and when|when and if|where and when|as and where|when and where)\b"
)
_SURE = re.compile(
    r"\b(?:for \w+ minutes|every time|on (?:each|every) occasion|within \w+ (?:minutes?|seconds?)|at once"
    r"|immediately)\b"
)
_LEARNER_SAYS = re.compile(
    r"\b(?:ask\w*|say\w*|tell\w*|recogni[sz]\w*|show\w*"
    r"|signal\w*|know\w*|choos\w*|decid\w*|work out"
    r"|judg\w*|explain\w*|notic\w*|describ\w*)\b[^.;]{0,85}$"
    r"|\b(?:learn\w*|teach(?:es|ing(?! (?:assistant|staff)))?|practi[sc]\w*)\b(?: (?:him|her|them|what|how|about|to"
    r"|the|which"
    r"|[a-z]+ing))*(?: [a-z]+)?,? $"
)


def learner_says(before: str) -> bool:
    """Whether what follows is what the pupil learns to say or see: no time stands between that verb and it."""
    match = _LEARNER_SAYS.search(before)
    while match and (numbers.durations(match.group()) or numbers.frequencies(match.group())):
        match = _LEARNER_SAYS.search(before, match.start() + 1)
    return match is not None


def judged_condition(low: str) -> Iterator[re.Match[str]]:
    """Conditions on what somebody thinks or on an unstated need. A certain trigger with its response is none."""
    for match in _JUDGED.finditer(low):
        before = re.split(r"[.!?] ", low[max(0, match.start() - 70) : match.start()])[-1]
        if learner_says(before):
            continue
        if re.search(
            r"\b(?:he|she|they) (?:[a-z]+ ){0,3}(?:think|feel|believ|choos|decid|see(?!m|s? (?:no|a|the|any|fit"
            r"|little) ?(?:need|benefit|value|use|point)?)|prefer|wish|agree)",
            match.group(),
        ):
            continue
        if re.match(
            r"(?:as (?!many|much|often|long|few|little|freq|reg)|should\b|only\b)", match.group()
        ) and not re.search(r"need|necess|requir|arise|\bfit\b|judg|deem|consider", match.group()):
            continue
        if re.match(r"until|once|as soon as|given|while", match.group()):
            continue
        if (
            _SURE.search(low[match.end() :])
            and re.match(r"if|when|where|unless", match.group())
            and not re.search(rf"\b{_THINK}|necess|appropriate|helpful|useful|warrant", match.group())
        ):
            continue
        yield match
