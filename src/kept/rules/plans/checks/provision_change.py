"""Section F by how amounts change: ceilings and ranges, undated tapers, changes outside the review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kept.rules.plans import changes, clauses, denied, frames, numbers, promises
from kept.rules.plans.conditions import Turns, conditions
from kept.rules.plans.dates import DATE
from kept.rules.plans.reading import Document, Hit, Reading

UNILATERAL = re.compile(
    r"\b(?:(?:can|may|might|could|will|to|shall|would|should|is to|are to) (?:then |also "
    r"|be )*(?:(?:be )?(?:reduced?|varied|vary|decreased?|adjust(?:ed)?|amend(?:ed)?|alter(?:ed)?"
    r"|changed?|withdrawn|withdraw|ended?|stopp?(?:ed)?|cease[d]?|discontinued?|faded out"
    r"|scaled (?:back|down)|scale (?:back|down)|stepped down|step down|phased out|tapered|taper"
    r"|cut(?: back)?|suspend(?:ed)?|paused?|discharged?|replaced?|removed?|lessen(?:ed)?|modif(?:y"
    r"|ied)|revis(?:e|ed)|re-?allocated?|re-?deployed|re-?directed|shared (?:with|between|among"
    r"|across) (?:an)?other|lowered|moved (?:to"
    r"|down|on to|onto) (?:an? )?(?:lower|different|universal|less|consultative)[a-z ]*"
    r"|increased or (?:decreased|reduced)|be less|drop(?:ped)?"
    r"|(?:go|come) down(?! (?:the|stairs|steps|a|to|on)\b)|closed|relaxed|swapped|substituted|terminated?|lifted"
    r"|shortened|switched|wound down|trimmed"
    r"|diverted|redeployed))\b(?! (?:the|her|his|their|its) (?:order|sequence|topics?|theme|wording"
    r"|way|method|place|room|materials|pictures|level of difficulty|type|content|activities|exercises"
    r"|targets?|games|book|words|size|chair|desk|height|brightness|volume|text|task|anxiety|sound"
    r"|pitch|clothes|shoes|demands?|language|noise|speed|level of (?:demand|language|difficulty)))"
    r"|(?:may|might|can|could) (?:then |also |at any time )?(?:end|close) (?:it|them|this|these|(?:the|his|her"
    r"|their) (?:sessions?"
    r"|support|therapy|work|block|provision|arrangement|programme|case|file|input|visits?))"
    r"|until (?:[a-z']+ ){0,5}?(?:targets?|goals?|objectives|outcomes?|criteria|aims|progress|gap"
    r"|therapist|service|school|teacher|he|she|they|staff) (?:are|is|has been|have been|has|have"
    r"|feels?|can|no longer|considers?|judges?|decides?|thinks?|catch(?:es)? up|makes?|discharges?"
    r"|settles?|deems?) ?[a-z ]{0,25}(?:met|achieved|reached|closed|reached|made|sufficient|mastered"
    r"|secure|caught up|progress|confident|necessary|needed|discharged?|ready|independent|ends?|stop"
    r"|enough|required)?|following (?:a )?(?:discussion|consultation|conversation|agreement"
    r"|review) (?:with|between|by) (?:the )?(?:school|staff|parents|family|teacher|service|therapist"
    r"|senco)|(?:discharged?|discharge) (?:from|by|when|once|after|following|if)|episodes? of care"
    r"|(?:at|by|in) (?:the )?(?:school|service|therapist|team|trust|setting|provider|department"
    r"|college)'?s?'? (?:own )?discretion to (?:reduce|vary|end|change)|(?:(?:reserv|retain|keep|hold)(?:es?|s|ing|ed)?"
    r"|(?:service|therapist|school|team|college|setting|provider|trust|teacher|council) (?:has|have|will have))"
    r" the (?:right|option|power|freedom|flexibility|ability) (?:of|to)"
    r"|will (?:then |also )?(?:vary|alter|adjust|change|reduce|amend|revise|lessen) (?:its|their|the|this|these"
    r"|his|her) (?:length|amount|frequency|hours|number|duration|time|level|intensity|minutes)"
    r"|(?:and|then|or) (?:will be |be )?(?:lowered|reduced|cut|withdrawn|removed|decreased|scaled back|ended"
    r"|stopped|stepped down) (?:if|when|once|as soon as|should)\b"
    r"|(?:open|liable|susceptible|subject) to (?:[a-z]+ )?(?:variation|change|reduction|amendment|alteration"
    r"|adjustment|withdrawal|revision|cancellation)"
    r"|(?:withdrawal|reduction|variation|change|alteration|ending|cessation|decrease|removal|adjustment"
    r"|cut)s? (?:of|in|to) [^.;]{3,90}? (?:is|are|will be|rests?|lies|remains?) (?:an? )?(?:decision|matter"
    r"|decided|made|agreed|up|at|for|with|left)\b"
    r"|(?:is|are|remains?|being) (?:variable|adjustable|negotiable|changeable|not fixed|not guaranteed|not protected)"
    r"|(?:as|so) long as (?:the |his |her |their |a )?(?:[a-z]+ ){1,3}(?:judges?|thinks?|feels?|considers?|believes?"
    r"|deems?"
    r"|sees? (?:fit|a|the)|decides?|finds?)\b"
    r"|(?:decreas|reduc|lessen|chang|vary|varied|ending|ceas|stopp|taper|fad|adjust)\w* (?:at|by) the (?:discretion"
    r"|judgement"
    r"|choice|decision|wish|request) of"
    r"|without (?:a |further |the need for (?:a )?)?(?:review|amendment|reference)|(?:reduction"
    r"|variation|change|decrease)s? (?:will|can|may|to) be (?:made|agreed|decided)"
    r"|unless the (?:service|therapist|school|team) (?:decides|considers|thinks|changes|reduces)"
    r"|(?:service|therapist|school|team|senco|college|setting|teacher|headteacher) (?:can|may|will"
    r"|could|is free to|is able to) (?:then |also |at any time |later )?(?:reduce|vary|end|stop"
    r"|change (?:this|it|the (?:amount|frequency|hours|number|level))|alter|adjust|withdraw|decrease"
    r"|cut|amend|discharge|cease|close|step|scale|bring|lower|shorten|drop|remove|pause|suspend|modify"
    r"|taper|phase|wind)\b)"
)
_DATED_CHANGE = re.compile(
    r"\bcontent\b|\bexercises\b|\bactivit|through (?:the )?(?:annual )?review and amend|only (?:by"
    r"|through|at|after) (?:an? |the )?(?:annual |statutory )?(?:review|amend)|cannot|can not|may not"
    r"|must not|will not|shall not|no (?:change|reduction)|(?:not|never) (?:the|its|their|his"
    r"|her) (?:time|amount|hours?|number|minutes|frequency|quantity|length)|not be (?:reduced|changed"
    r"|varied|ended)"
)
CEILING = re.compile(
    rf"\b(?:(?:up to|a maximum of|maximum of|max(?:imum)?\.?(?: of)?|no more than|not more than"
    rf"|not exceeding|at (?:the )?(?:very |absolute )?most|as much as|as many as|to a limit of|limited to|capped at"
    rf"|not to exceed|to a maximum of|within a limit of|to a ceiling of) (?:a total of |about "
    rf"|around )?(?:£)?{numbers.COUNT}(?: full)?[- ]*(?:hours?|hrs?|minutes?|mins?|sessions?|times"
    rf"|days?|weeks?|visits?|lessons|half|blocks|periods|mornings|afternoons|appointments)"
    rf"|(?:around|about|approximately|approx\.?|roughly|some|circa|c\.|in the region of|something like"
    rf"|typically|usually|nearly|almost|on average|an average of|averaging|in the order of|or so"
    rf"|more or less|normally|close to|somewhere around|an estimated"
    rf"|of the order of) {numbers.COUNT}[- ]*(?:full )?(?:to \w+ )?(?:hours?|hrs?|minutes?|mins?"
    rf"|sessions?|times|days?|weeks?|visits?|lessons|half|blocks|periods)|(?:approximately|approx"
    rf"|roughly|around|about) (?:half an hour|once|twice|an hour|weekly|fortnightly|every|half)"
    rf"|(?:between )?{numbers.NUMBER}(?:[- ]?(?:minutes?|hours?|mins|hrs))? ?(?:to|-|or"
    rf"|and) ?{numbers.NUMBER}[- ](?:hours?|hrs?|minutes?|mins?|sessions?|times|days|visits?|lessons)"
    rf"|(?:hours?|minutes|sessions|times?): ?{numbers.NUMBER} ?(?:to|-|or) ?{numbers.NUMBER}"
    rf"|(?!one[- ]to[- ]one)(?!1[- ]to[- ]1){numbers.NUMBER} ?(?:to|-|or) ?{numbers.NUMBER} (?:[a-z0-9-]+"
    rf" ){{1,3}}(?:sessions"
    rf"|visits|lessons|appointments|slots|blocks)"
    rf"|(?:daily|weekly|fortnightly|monthly|termly) or (?:weekly|fortnightly|monthly|termly|half-termly)"
    rf"|(?:once|twice|three times|weekly|one) (?:or|to) (?:twice|three times|four times|fortnightly"
    rf"|two times|two sessions|two)|{numbers.COUNT}(?:[- ]*)(?:hours?|minutes?|mins|sessions"
    rf"|times) or (?:so|less|fewer|thereabouts|under)|(?:hours?|minutes|sessions|times)(?: (?:a|per"
    rf"|each) \w+)? or (?:so|less|fewer|thereabouts)|(?:hours?|minutes|sessions)[a-z ]{{0,20}} (?:as a "
    rf"|at )?(?:maximum|most|ceiling)|an hour or (?:two|so)|(?:a )?couple of (?:hours?|sessions|times"
    rf"|minutes)|once or twice|(?:not|no) (?:longer|more) than (?:an|{numbers.NUMBER}) (?:hour"
    rf"|minutes))"
)
# 'Twenty-five minutes' is one number.
_SPELT_OUT = re.compile(
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:one|two|three|four|five|six|seven|eight"
    r"|nine)[- ][a-z]+$"
)
# So many goes in one session are what is practised, and no limit on what is given.
_REPEATS = re.compile(
    r" (?:in|per|each|every|a|during) (?:an? |each |every |one )?(?:session|lesson|turn|go|minute"
    r"|visit)\b"
)
_FLOOR = re.compile(
    r"\b(?:at least|a minimum|minimum of|no (?:less|fewer) than|not (?:less|fewer) than|never (?:less"
    r"|fewer)|minimum)\b"
)
_CURRICULUM_NUMBER = re.compile(
    r"\b(?:count(?:s|ing)?|number bonds?|add(?:s|ing)?|subtract\w*|tables?|numbers?|sums|wait(?:s"
    r"|ing)?|run|jump|reach|reads?|listen(?:s|ing)?|sit(?:s|ting)?|recall|throw|measure|weigh|walk(?:s"
    r"|ing)?|stand(?:s|ing)?|tell(?:ing)? the time|quantities|objects|place value|times table"
    r"|of no more than|group of|groups? of|break(?:s)? of)(?: [a-z]+){0,6}? $"
)
# What grows less is what the pupil meets, and not what is given.
TAPER_CONTENT = re.compile(
    r"(?:reduc\w*|decreas\w*|lessen\w*|fad\w*|drop\w*|withdraw\w*|step\w*|diminish\w*|taper\w*|eas\w*"
    r"|cut\w*)(?: (?:a|an|each|the|her|his|their|his or her|any|all|adult|visual|verbal|physical"
    r"|background))* (?:anxiety|noise|distraction|prompts?|demands?|language|fatigue|stress|pain|glare"
    r"|errors?|stiffness|tension|arousal|worry|clutter|echo|risk|reliance|frustration|overload|saliva"
    r"|recipe|task|sentence|text|word|sum|fraction|number|instruction|problem|story|page|list|drool|swelling"
    r"|distress|sound|light|hand|on|out|stories)"
)


# What waits until somebody is paid for or found has not begun, so it cannot be ended.
_WAITS = re.compile(r"(?:until|till)\b[^,.;]*?\b(?:commission|fund|recruit|appoint|employ|fill)")


def unilateral(reading: Reading, _: Document) -> Iterator[Hit]:
    """F14: amounts that a service may change outside review. Not dated steps, nor a change of content only."""
    for match in reading.said(UNILATERAL):
        if denied.taken_out(reading.low[slice(*reading.text.sentence_at(match.start()))]):
            continue
        if _changes_no_amount(reading, match) or clauses.tells_what(reading.text.before(match.start())):
            continue
        yield reading.hit("F14", match)
        return
    for start, end in reading.text.sentences:
        for each in conditions(reading.low[start:end]):
            if (
                each.turns is Turns.CHANGE
                and not reading.ruled_out(start + each.start)
                and not clauses.tells_what(reading.low[start : start + each.start])
            ):
                yield reading.hit("F14", (start + each.start, start + each.end))
                return
    for match in (
        *changes.changed_by_provider(reading.low),
        *promises.ended_without_review(reading.low),
        *frames.lessened(reading.low),
    ):
        if _leaves_open(reading, match.start()):
            yield reading.hit("F14", match)
            return


def _leaves_open(reading: Reading, start: int) -> bool:
    """Whether a change said here has no date, is nobody's quotation and is not what a lesson is about."""
    first, last = reading.text.sentence_at(start)
    return not (
        reading.text.quoted(start)
        or reading.ruled_out(start)
        or _dated(reading.low[first:last])
        or _WAITS.match(reading.low[start:])
        or clauses.tells_what(reading.low[first:start])
    )


def _changes_no_amount(  # noqa: PLR0911, PLR0912 - one kind of change after the other
    reading: Reading, match: re.Match[str]
) -> bool:
    """Whether the words change content, have dates, or say what the pupil does."""
    first, last = reading.text.sentence_at(match.start())
    sentence = reading.low[first:last]
    head, head_on = reading.low[first : match.start()], reading.low[match.start() : last]
    if _DATED_CHANGE.search(head[-60:] + match.group() + reading.low[match.end() : match.end() + 60]):
        return True
    if re.match(r"(?:will|to|shall|is to|are to)\b", match.group()) and _dated(sentence):
        return True
    if re.match(
        r"(?:will|shall|is to|are to) (?:then |be )*(?:taper|phased|faded|stepped|step|drop)", match.group()
    ) and not re.search(
        r"\b(?:by|at) (?:the|its|his|her|their)\b|\b(?:when|once|as soon as|after|if)\b[^.;]*\b(?:goals?|targets?|aims"
        r"|criteria)\b",
        sentence[match.end() - first :],
    ):
        return True
    if (
        re.match(
            r"(?:to|will|and) (?:be )?(?:reduce|lessen|replace|change|adjust|alter|end|stop|lift|remove|share"
            r"|close|drop|swap|switch|cut|pause|relax|vary|modify|increase)",
            match.group(),
        )
        and not re.search(r"\b(?:by|at|if|when|once|after|following|with)\b", sentence[match.end() - first :])
        and not (_MUCH.search(head) and re.match(r"[a-z ]{0,20}\bas [a-z]+", reading.low[match.end() :]))
        and not _QUANTITY.search(match.group())
    ):
        return True
    if re.match(r"to (?:be )?", match.group()) and TAPER_CONTENT.search(reading.low[match.start() : match.end() + 40]):
        return True
    if (
        re.match(r"(?:can|could|may|might|to|will|would)\b", match.group())
        and re.search(r"\b(?:he|she|they|his|her) (?:[a-z]+ )?$", head[-12:])
        and "discharg" not in match.group()
    ):
        return True
    if re.search(r"(?:stop|end|change)$", match.group()) and re.match(
        r" (?:for an?|to|at|into|with)\b(?!"
        r" (?:the|any|each) (?:end|time|point))",
        reading.low[match.end() :],
    ):
        return True
    if re.search(
        rf"\b{clauses.AGENT} (?:will|shall) (?:reduce|lower|lessen|decrease|remove|cut|stop)$", match.group()
    ) and _OTHER_MASS.match(reading.low[match.end() :]):
        return True
    if (
        re.match(r"(?:to|will|shall|can|may|could|might)\b", match.group())
        and _OTHER_OBJECT.match(reading.low[match.end() :])
        and not re.search(rf"\b(?<!term ){frames.AMOUNT}(?: also| then)? ?$", head)
        and not re.search(rf"{clauses.AGENT}\b", match.group())
    ):
        return True
    if re.search(r"(?:vary|change|alter|differ)$", match.group()) and re.match(
        r"(?:may|can|might|could|will)\b", match.group()
    ):
        subject = re.split(r" (?:of|for|in|on|with) ", re.split(r"[.;:,]|\b(?:and|but|which)\b", head)[-1])[0]
        if (
            subject.strip()
            and not re.search(rf"\b{frames.AMOUNT}\b|\b{clauses.AGENT}\b", subject)
            and not re.search(rf"\b{clauses.AGENT} ?$", head)
        ):
            return True
    if _WAITS.match(head_on):
        return True
    if re.match(r"until", match.group()) and re.search(
        r"\b(?:practi[sc]e|repeat|prompt|wait|hold|stay|sit|read|model)[a-z]* [^,.;]{0,40}$", head
    ):
        return True
    return bool(_CHILD_GOES.match(reading.low[match.start() :]))


# A verb of change whose object is a thing: a battery, a dressing.
_OTHER_OBJECT = re.compile(
    rf" (?:an? |the |any |one |his |her |their |[a-z]+'s )(?!(?:[a-z-]+ )?(?:{frames.AMOUNT}|cases?|files?"
    rf"|pathway|status|plan|offer|service|place)\b)(?:[a-z-]+"
    rf" ){{0,2}}?[a-z-]+(?=[.,;:]| and\b| when\b| or\b| each\b| every\b| for\b| at\b| in\b| on\b| to\b"
    r"|$)"
)
_OTHER_MASS = re.compile(
    rf" (?!(?:{frames.AMOUNT}|as|if|when|once|to|gradually|slowly|over|by|in|and|or|at|from|down|back"
    rf"|[a-z]+ly)\b)[a-z-]+ (?:by [a-z]+ing|so that|in the|for (?:him|her|them))\b"
)
_MUCH = re.compile(
    r"\b(?:hours?|sessions?|support|provision|visits?|tuition|input|time|amount|number|frequency|lessons?|minutes|it"
    r"|this|they|these)(?: (?:will|is|are|to|shall))?(?: also| then)? ?$"
)
_QUANTITY = re.compile(r"\b(?:length|amount|frequency|hours|number|duration|time|level|intensity|minutes)$")
# A child withdrawn from a lesson to be taught, and a visitor who drops in, change no amount.
_CHILD_GOES = re.compile(
    r"[a-z ]{0,12}?\b(?:be )?withdrawn? (?:for (?!good|the rest|all)[a-z]+|from (?:the |his |her "
    r"|their )?(?:[a-z]+ )?(?:class|lesson|assembl|room"
    r"|group|register)"
    r"|for (?:a |an |one|half|\d|[a-z]+ minutes|[a-z]+-minute)|to (?:a|an|the|work|practise|learn))"
    r"|[a-z ]{0,40}?\bdrop (?:in|into|by|off|round)\b"
    r"|[a-z ]{0,12}?\bwithdrawn from [^.;]{2,50}? to (?:be (?:taught|seen)|work|practi[sc]e|learn|read|go)\b"
)


def _dated(sentence: str) -> bool:
    return bool(DATE.search(sentence))


def ceiling(reading: Reading, _: Document) -> Iterator[Hit]:
    """F15:

    up to, around, two to three. Not with a stated minimum, nor a number that is lesson content or group size.
    """
    for match in reading.find(CEILING):
        first, last = reading.text.sentence_at(match.start())
        if _FLOOR.search(reading.low[first:last]):
            continue
        before = reading.low[first : match.start()]
        if _SPELT_OUT.match(match.group()) or (
            match.group().endswith("times") and _REPEATS.match(reading.low[match.end() :])
        ):
            continue
        if _CURRICULUM_NUMBER.search(before) or re.search(
            r"\b(?:for|in|with|of) (?:groups?|class(?:es)?) (?:of )?$", before
        ):
            continue
        if re.search(r"(?:who|which|that|because) [^,.;]{0,40}$", before) and not re.search(r"\bfor $", before):
            continue
        if (
            re.match(r"\d+(?:\.\d+)? ?(?:to|-|and) ?\d", match.group())
            and re.search(r"(?:from|between) $", before)
            and re.search(r"[:.]\d\d", match.group())
        ):
            continue
        if re.search(r"\band\b", match.group()) and not match.group().startswith("between"):
            continue
        yield reading.hit("F15", match)
        return
    yield from _range_of_lengths(reading)
    yield from _rough_lengths(reading)


def _range_of_lengths(reading: Reading) -> Iterator[Hit]:
    """Two lengths of time joined as a range, in any units:

    'between half an hour and an hour', '45 minutes to an hour'.
    """
    lengths = reading.durations
    for first, second in pairwise(lengths):
        joint = reading.low[first.end : second.start].strip()
        between = re.search(r"\bbetween $", reading.low[max(0, first.start - 8) : first.start])
        span = (first.start, second.end)
        sentence = reading.low[slice(*reading.text.sentence_at(first.start))]
        if (joint in {"to", "or", "-"} or (joint == "and" and between)) and not _FLOOR.search(sentence):
            yield reading.hit("F15", span)
            return


_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|approximately|approx\.?|circa|some|nearly|almost|close to|in the (?:order"
    r"|region|neighbourhood|vicinity|realm)"
    r" of|(?:something|somewhere|anything) (?:like|in the order of|near|approaching|around)|up to|as much as|no"
    r" more than|not more than|never more than|not above|not over|not beyond|no longer than|no greater than|not"
    r" (?:to )?exceed(?:ing)?"
    r"|at (?:the )?most|an? (?:maximum|ceiling|limit|cap|estimated|average|notional|indicative|target|typical)"
    r" (?:of )?|under|less than|a shade (?:over|under)"
    r"|just (?:under|short of)|typically|usually|normally|generally|on average|averaging|getting on for"
    r"|approaching|upwards? to|or thereabouts) $"
)
_OR_SO = re.compile(
    r"(?: [a-z]+){0,2}?,? (?:or (?:so|thereabouts|less|under)|give or take|more or less|at (?:the )?(?:very"
    r" )?most|maximum|tops|as an? (?:maximum"
    r"|guide|ceiling|limit|average|estimate))\b"
)


def _rough_lengths(reading: Reading) -> Iterator[Hit]:
    """Any length of time with a word before or after it that makes it rough, or a limit, and no floor."""
    for each in reading.durations:
        before = reading.text.before(each.start)
        sentence = reading.low[slice(*reading.text.sentence_at(each.start))]
        if _FLOOR.search(sentence) or _CURRICULUM_NUMBER.search(before):
            continue
        if re.search(
            r"\b(?:who|which|that|because|within|last(?:s|ing)?|wait\w*|sit\w*|stay\w*|listen\w*"
            r"|walk\w*|run\w*|break\w*)\b[^,.;]{0,30}$",
            before,
        ):
            continue
        if _ROUGHLY.search(before) or _OR_SO.match(reading.low[each.end :]):
            yield reading.hit("F15", (each.start, each.end))
            return
