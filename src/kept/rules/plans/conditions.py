"""Conditions of a promise, read by what they turn on: money or people, a decision, a judgement, or a sure event.

Each clause that opens with a word of condition is sorted by its words; one that turns on nothing that can be seen to
have happened (an act of the child, a time, a lesson, a missed session) is no promise, however it is put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kept.rules.plans import numbers, roles


class Turns(StrEnum):
    """What a condition turns on."""

    MEANS = "means"
    DECISION = "decision"
    JUDGEMENT = "judgement"
    CHANGE = "change"


@dataclass(frozen=True)
class Condition:
    """A condition that leaves a promise open, with the span of its clause."""

    turns: Turns
    start: int
    end: int


_OPENS = re.compile(
    r"\b(?:if|unless|whenever|wherever|provided(?= (?:that|the|a|there|he|she|they|it|[a-z]+ (?:is|are|has|have"
    r"|can))\b)"
    r"|providing(?= (?:that|there|he|she|they|it|(?:the|a|an) [a-z]+ (?:is|are|has|have|can))\b)"
    r"|assuming|supposing|as long as|so long as|insofar as|in so far as|so far as|to the extent|in the event"
    r"|in case of|on condition"
    r"|on the understanding|depend(?:s|ent|ant|ing)? (?:up)?on|subject to|contingent (?:up)?on"
    r"|conditional (?:up)?on|pending|awaiting"
    r"|hing(?:es?|ing) on|rests on|turns on|guided by|driven by|led by(?= (?:need|demand|his|her|their|how))"
    r"|in the light of|in light of"
    r"|based on|according to|in proportion to|in response to|only when|only where|only once|once"
    r"|where(?= (?:this|it|that|they|there"
    r"|he|she|the|staff|an? [a-z ]{2,30} (?:is|are|has|can|becomes?|comes?)|possible|[a-z]+ (?:is|are|has|have"
    r"|can|permits?|allows?)|[a-z' ]{2,40}? (?:allows?|permits?|requires?|suits?|warrants?|demands?"
    r"|dictates?))\b)|when|until|as and when|should(?! not\b)(?= (?:he|she|they"
    r"|it|this|that|the|a|an|any|there|[a-z]+) (?:[a-z]+ )?(?:be|need|become|show|find|feel|have|arise|require"
    r"|appear|seem|want|wish|prove"
    r"|struggle|get|ask|present|occur|emerge|continue|decide|allow|permit|come|fall|remain|want)\b))\b"
)
_STOPS = re.compile(
    r"[,;:.]|\b(?:will|shall|must)\b(?! (?:be )?(?:made|needed|available|allow|permit|benefit|agree|decide))"
    r"|\bfor (?:\d|half|an|a|one|two|ten|fifteen)\b|$"
)
_MEANS = re.compile(
    r"\b(?:vacanc\w+|capacity|commitments?|invigilation|(?:other|competing) (?:duties|calls|priorities)"
    r"|(?:school|college|club|setting|service|provider|unit|base|farm|centre|group|class"
    r"|clinic) (?:can|could|is able to|will) (?:still )?(?:take|offer|manage|host|have|fit|admit|accept|cope)"
    r"|fund(?:s|ed|ing)?|budgets?|financ\w+|afford\w*|resourc(?!ed? (?:base|provision"
    r"|unit|room|cent))\w+|recruit\w*|appoint(?:ed|ment|ing)?|staffing"
    r"|(?:waiting )?lists?\b(?! of)|pressures?|demands? (?:on|elsewhere)|elsewhere|priorit\w+|accommodat\w+"
    r"|fitted in|fit (?:it|this|him|her|them) in|squeezed|workforce|rotas?|caseloads?|workloads?|waiting|queue"
    r"|post ?(?:holder)?s?\b"
    r"|vacant|spare|shortages?"
    r"|headcount|savings|(?:can|could|be able to|manages? to|able to) find"
    r"|money|slots?|in post|availab\w+|cover\b|released|freed|grants?|procure\w+|contracts?|commission\w*"
    r"|numbers (?:on roll )?(?:permit|allow)|cover(?:ing|s)? (?:an?other|for)|(?:needed|required|called|wanted"
    r"|deployed|sent) (?:at|in|by|for"
    r"|to) (?:an?other|others"
    r"|somewhere|different)"
    r"|understaffed|fully staffed|short[- ]staffed"
    r"|staff(?:ing)? (?:sickness|absences?|levels?|numbers|ratios?"
    r"|changes|time|can|is|are (?:free|on|present|in))"
    r"|(?:enough|sufficient|adequate|too few|not many|ample) (?!notice|warning|sleep|food|practice"
    r"|progress)(?:[a-z-]+ )?(?:[a-z-]+s|people|staff"
    r"|personnel|money|time|take-up|space|room|cash|cover|interest)\b"
    r"|there (?:is|are) (?:still )?(?:somebody|someone|anybody|anyone|an? (?:[a-z]+ )?(?:adult|assistant|teacher"
    r"|therapist"
    r"|person|member of staff|worker|volunteer|driver)|people|adults|staff) (?:to|free|who|around|in|on)\b"
    r"|(?:class|room|hall|pool|gym|minibus|unit|everyone|staff|day|week|rota|base)(?: (?:at|in|on"
    r"|of) [a-z' ]{2,25}?)? (?:is|are|gets?|looks?|seems?"
    r"|proves?) (?:too"
    r" |very |so |not )?(?:free|booked|taken|busy|full|short|stretched|crowded)"
    r"|(?:service|team|school|department|trust|clinic|provider|hospital|college|setting) (?:is|are|has|have|can"
    r"|gets?) "
    r"(?:[a-z]+ )*(?:able|able to|busy|stretched|full|pressure|pressed|offer|room|space|time|room|manage)"
    r"|(?:a|the) (?:place|space|room|therapist|psychologist|tutor|mentor|counsellor|nurse|specialist|assistant"
    r"|teacher|worker|adult"
    r"|person|member of staff|provider) (?:is (?:available|free|found|recruited|appointed|in post|able|back"
    r"|employed|hired|identified|in place)"
    r"|can be |has been |comes? (?:free|up|forward|into post|along)|becomes? |joins?|starts?|returns?"
    r"|takes? up|opens?)(?!.*\b(?:with|beside) (?:him|her|them)\b))"
)
_DECIDES = re.compile(
    r"\b(?:(?<!dis)agree(?:d|s|ment)?|decid\w+|decision|approv\w+|authoris\w+|panel|assess(?:ed|es|ment|ments)?"
    r"|report(?:s|ed)?|evaluation"
    r"|advice|advis(?:es|ed)|recommend\w*|determin\w+|consult(?:ation|ed|ing)|discuss\w*|meeting|specif\w+"
    r"|finali[sz]ed|drawn up|worked out"
    r"|planning (?:meeting|cycle)|provision map|observation|findings|results? of|outcome of|says?|conclu\w+)\b"
)
_JUDGED = re.compile(
    r"\b(?:need(?:s|ed)?|necess\w+|requir\w+|appropriate|possible|practica\w+|helpful|useful|benefi\w+"
    r"|warrant\w*|justif\w+|suitable"
    r"|sensible|wise|feasible|worthwhile|right|best|timely|fit|prudent|desirable|judg\w+|think\w*|thought|feel"
    r"|felt|feels|consider\w*"
    r"|deem\w*|believ\w*|sees?|seen|view|opinion|would (?:like|love|prefer|help)|likes?|wish\w*|prefer\w*"
    r"|wants?|willing|able|ready|problem\w*"
    r"|difficult\w*|issues?"
    r"|concerns?|concerned|worr\w+|struggl\w+|coping|cop(?:e|es)|managing|unsettled|anxious|anxiety|distress\w*"
    r"|upset|overwhelmed|tired|dysregulat\w+|mood"
    r"|presentation|presents|progress\w*|response|engag\w+|well|badly|hard|arises?|demands?|circumstances"
    r"|situation|suits?|interests?"
    r"|time (?:allows|permits)|timetabl\w+ (?:allows|permits)|allows?|permits?|convenient|opportune|looks?|seems?"
    r"|appears?|falls? behind|too much|feeling|having a (?:hard|bad|difficult|tough|wobbly)"
    r"|(?:can|could) be (?:done|managed|achieved|arranged|tolerated)|workable|without (?:disruption|upset|fuss"
    r"|difficulty|harm)"
    r"|good day|bad day|stuck|confiden\w+|motivat\w+|receptive|tolerat\w+|level of|severity|how (?:he|she|they"
    r"|[a-z]+) (?:is|are|feels?|responds?|copes?|manages?|gets? on|does|presents?))\b"
)
# What can be seen to have happened, or is on the timetable.
_SURE_ACT = re.compile(
    r"\b(?:he|she|they|[a-z]+) (?:then )?(?:shows?|signs?|hands?|holds?|points?|presse?s|says|uses|raises?"
    r"|puts?|asks?|leaves?|arrives?|enters?|gives?"
    r"|covers?|hits?|bites?|shouts?|cries|taps?|moves?|starts?|stops?|finishe?s|has (?:a|an|had)|goes|comes"
    r"|changes|is (?:in|at|on|out)|are (?:in|at|on)"
    r"|is (?:absent|away|off|ill|missing|marked)|are (?:absent|away)|opens?|rings?|begins?|ends|eats|drinks"
    r"|walks|runs|throws|falls over|wakes|gets (?:to|off|on|home)"
    r"|reaches|turns|takes off|drops|breaks?|fails?|wears? out|jams?|leaks?|sticks?|tears?|runs? out|goes flat"
    r"|is (?:broken|damaged|lost|outgrown|worn|closed"
    r"|shut|full|wet)|are (?:broken|damaged|lost)|swaps|chooses|touche?s|looks at|lies|sits|stands|picks|writes"
    r"|reads|brings|wears|travels|completes|answers|spells|hears|sees a)\b"
    r"|\b(?:session|lesson|visit|appointment|day|week|therapist|assistant|teacher|adult|school|bell|trip|test"
    r"|exam|transition|fire alarm|term|seizure|reading"
    r"|temperature|book|task|instruction|class)(?:'s)? (?:[a-z]+ )?(?:is|are|has been|falls|clashes|includes"
    r"|involves|takes place|closes|begins|starts|ends|changes|lasts|rings|sounds)"
    r" ?(?:missed|cancelled|lost|postponed|absent|away|ill|on|over|off|rearranged|closed|given|set|read|in)?\b"
    r"|\b(?:missed|cancelled|lost|postponed|absent|absence|illness|closure|closed|broken|damaged|breaks?|fails?"
    r"|faulty|outgrown)\b|\b(?:19|20)\d\d\b|\d ?[ap]m\b"
    r"|\b(?:monday|tuesday|wednesday|thursday|friday|january|february|march|april|june|july|august|september"
    r"|october|november|december)\b"
)
_SURE_REPLY = re.compile(
    r"\b(?:every time|on (?:each|every) occasion|within \w+ (?:minutes?|seconds?|school days?|days?)|at once"
    r"|immediately|straight away"
    r"|each time|without delay)\b"
)
_LEARNT = re.compile(
    r"\b(?:ask(?:s|ing)?|say(?:s|ing)?|tell(?:s|ing)?|recogni[sz]\w*"
    r"|know(?:s|ing)?|show(?:s|ing)?|signal\w*|notic\w*"
    r"|choos\w*|decid\w*|agree|settle|determine|work(?:s|ing)? out|explain\w*"
    r"|what to do|what (?:he|she"
    r"|they) (?:should|must|can|could|will|might) do|how|stories|talk(?:s|ing)? about|plan(?:s|ning)? for"
    r"|stop|wait|use)(?: [a-z'-]+){0,6} $"
    r"|\b(?:learn\w*|teach(?:es|ing)?(?! assistant)|practi[sc]\w*|rehears\w*|(?:work|lessons?|sessions?|time|teaching"
    r"|practice) (?:on|in))(?: (?:him|her|them|what|how|about|to|the|which|[a-z]+ing))*(?: [a-z'-]+)? $"
)
# The second of several things that are taught: 'to say when she is lost, when she is ill and when ...'.
_LISTED = re.compile(
    r"\b(?:teach|learn|practi[sc]e)[a-z]*\b[^.;:]{0,40}\b(?:say|tell|ask|show|signal|know|recogni[sz]e|explain"
    r"|notice)\b"
    r"[^.;:]{0,12}\b(?:when|if|where|how|what)\b[^.;:]*(?:,| and| or) ?$"
)


def _learnt(before: str) -> bool:
    """Whether what follows is part of what is learnt: no time stands between the verb of learning and it."""
    match = _LEARNT.search(before)
    return bool(match and not numbers.durations(match.group()) and not numbers.frequencies(match.group()))


_SOFT_OPENERS = re.compile(
    r"(?:when|until|once|whenever|wherever|where|based on|according to|in response to|awaiting|pending)$"
)


def _turns_on(opener: str, clause: str, after: str, low: str) -> Turns | None:  # noqa: PLR0911 - one sign after the other
    sure = bool(_SURE_ACT.search(clause))
    if _CHANGED.search(clause):
        return Turns.CHANGE
    if _MEANS.search(clause) or (opener.startswith("depend") and re.search(r"\b(?:place|space|slot|spot|turn)\b", low)):
        return None if sure and re.search(r"\b(?:absent|away|ill|missed|cancelled)\b", clause) else Turns.MEANS
    fixed = bool(numbers.durations(low) and numbers.frequencies(low))
    if _DECIDES.search(clause) and not re.match(r"(?:when|whenever|wherever|where|until|if)$", opener):
        return (
            None
            if fixed
            and re.match(
                r"(?:once|based on|in (?:the )?light of|awaiting|pending|according to|guided by|led by)$", opener
            )
            else Turns.DECISION
        )
    if re.match(r"(?:once|until)$", opener):
        return None
    reply = bool(_SURE_REPLY.search(after))
    if _JUDGED.search(clause) or _STATE.match(clause):
        return None if reply and not _AGENT_JUDGES.search(clause) else Turns.JUDGEMENT
    if sure or reply or _SOFT_OPENERS.match(opener) or re.match(r" ?(?:he|she|they)\b", clause):
        return None
    return Turns.JUDGEMENT


# How the pupil is, which somebody has to judge; where they are and what is done to them can be seen.
_STATE = re.compile(
    r" ?(?:he|she|they|q[a-z]+) (?:[a-z]+ly )?(?:is|are|gets?|becomes?|feels?|seems?|appears?|looks?"
    r"|grows?) (?:too |very |so |more |a bit |really )?"
    r"(?!in\b|at\b|on\b|out\b|off\b|to\b|up\b|into\b|under|over|above|below|away|absent|ill\b|home|late|early"
    r"|with\b|by\b|back|there|the\b|an?\b|his\b|her\b|not\b|asked|given|told"
    r"|shown|called|marked|moved|taken|handed|offered|finished|seated|sick\b|alone|outside|inside|next|near|wet"
    r"|hungry|[a-z]+ing\b|\d|five|six|seven|eight|ten)[a-z]+"
)
# The provision itself altered by somebody: 'unless the manager changes them'.
_CHANGED = re.compile(
    r"^[a-z' ]{3,40}\b(?:alters?|changes?|reduces?|varies|amends?|withdraws?|cancels?|stops?|ends?|revises?"
    r"|lowers?|replaces?|cuts?|closes?|redeploys?) (?:it|them|this|these|that|the (?:hours|amount|sessions?"
    r"|support|provision|arrangement|package|number|frequency|level))\b"
)
# Joining words that are themselves taught: 'because, so, if and unless'.
_JOIN = r"(?:if|unless|because|so|but|when|while|until|although|before|after|and|or)"
_JOINING_WORDS = re.compile(rf"(?:,| and| or),? (?:{_JOIN}(?:[,.;]| and\b| or\b)|{_JOIN}\W*$)")
_AFTER_JOINING = re.compile(rf"\b(?:because|so|but|although|while), (?:{_JOIN}(?:, | and | or ))*(?:and |or )?$")
# 'It would be helpful if he had' puts what is wished for, and no condition.
_WISHED = re.compile(r"\b(?:would|might|could|may) (?:be (?:[a-z]+ ){1,4}|help (?:[a-z]+ )?)$")
# What is given comes to its end on a condition, whatever that is.
_ENDS = re.compile(
    r"\b(?:arrangement|provision|support|sessions|package|place|programme|therapy|involvement|help|input|offer"
    r"|tuition|visits"
    r"|it|this|these|they|case)(?: (?:will|shall|then|automatically|also))*"
    r" (?:ends?|stops?|ceases?|lapses?|(?:is|are|be) (?:withdrawn|stopped|ended|cancelled|closed|terminated|suspended)"
    r"|comes? to an end) $"
)
_AGENT_JUDGES = re.compile(
    r"\b(?:judg|think|thought|feel|felt|consider|deem|believ|decid|view|opinion|necess|appropriate|helpful"
    r"|useful|warrant|possible|needed|practica|required)"
)


@lru_cache(maxsize=4096)
def conditions(low: str) -> tuple[Condition, ...]:
    """The conditions of one sentence that leave its promise open, in order. Those within what is taught are none."""
    return tuple(_conditions(low))


def _conditions(low: str) -> Iterator[Condition]:
    for match in _OPENS.finditer(low):
        opener = match.group()
        before = low[max(0, match.start() - 60) : match.start()]
        if _LISTED.search(low[max(0, match.start() - 150) : match.start()]):
            continue
        if _JOINING_WORDS.match(low[match.end() :]) or _AFTER_JOINING.search(before):
            continue
        if opener == "if" and _WISHED.search(before):
            continue
        if (_learnt(before) and before.strip()) or re.search(r"\b(?:not|never|nor|without being) $", before):
            continue
        stop = _STOPS.search(low, match.end())
        end = stop.start() if stop else len(low)
        clause = low[match.end() : end]
        if opener in {"when", "where"} and re.search(
            r"\b(?:\d|[a-z]+day|easter|christmas|january|february|march|april|may|june|july|august|september"
            r"|october|november|december|term|half-term|review), $",
            before,
        ):
            continue
        if opener == "provided" and re.match(r" (?:by|with|for|in|at|to|each|every|as)\b", clause):
            continue
        if re.search(rf"\b{roles.RELATIVE} (?:will|may|can)?\b", before[-18:]):
            continue
        if (
            opener == "unless"
            and re.search(r"\bnot\b", low[: match.start()])
            and re.search(r"\b(?:plan|review|amend\w*)\b", clause)
        ):
            continue
        turns = Turns.CHANGE if _ENDS.search(before) else _turns_on(opener, clause, low[end:], low)
        if turns:
            yield Condition(turns, match.start(), end)
