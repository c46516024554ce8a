"""Section F by what grows less: tapers with no dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import clauses, frames, numbers
from kept.rules.plans.checks.provision_change import TAPER_CONTENT, UNILATERAL
from kept.rules.plans.dates import dates
from kept.rules.plans.reading import Document, Hit, Reading

TAPER = re.compile(
    r"\b(?:(?:after (?:that|this)|afterwards|thereafter|then|later|following that|from then on),? (?:rather "
    r"|somewhat |a little |much )?(?:less|fewer|not so"
    r" (?:much|often|long))|(?:thinn|slacken|peter|fall)ing (?:out|away|off|back|down)|gradually (?:gives?"
    r"|becomes?|turns?|moves?"
    r"|shifts?|goes|chang\w+|give|become|turn|move|shift)|giv(?:es?|ing)"
    r" way to"
    r"|(?:doing|does|do|doing|seeing) less (?:as|when|once|later|over)|(?:will|shall) begin (?:with|at|on) (?:an?"
    r" )?(?:daily|weekly|fortnightly|monthly|full|hours?|half|\d+|two|three|four|five|every)\b"
    r"|(?:at|in) the (?:beginning|start)\b[^.;]{0,30}?,? (?:and|then|but) (?:rather |then )?(?:less|fewer)"
    r"|for (?:now|the moment)\b|as (?:the )?(?:time|years?|terms?|weeks|months|school year) (?:goes?|pass(?:es)?"
    r"|progress(?:es)?"
    r"|moves?|wears?)|becom(?:e|es|ing) (?:weekly|fortnightly|monthly"
    r"|termly|half-termly)|initially|at first|to (?:begin|start) with|in the first instance|at the outset"
    r"|(?:become|becoming|be|get|getting|grow|made|making|with) (?:progressively |gradually "
    r"|increasingly )?(?:less|fewer|more spaced|more widely|shorter|lighter|rarer|thinner)[a-z -]{0,20}"
    r"|(?:longer|wider|greater|lengthening) (?:intervals|gaps)|in the (?:early|initial|beginning) (?:stages?"
    r"|weeks?|phase|period)?|for the time being|to begin"
    r"|start(?:s|ing)? (?:at|with|off|on)|beginning (?:with|at)|(?:gradual(?:ly)?|slowly|steadily"
    r"|progressively|over time|then|before|and)? ?(?<!-)(?:(?:thin|drop|fall|fade|die|ease|wind|scale|step"
    r"|peter|tail|slacken)s? (?:out|away|off|back|down)|reduc(?:e|es|ing|ed)(?!-)(?! (?:class|set|size|timetable))"
    r"|fad(?:e|es|ing"
    r"|ed)(?! colours)|decreas(?:e|es|ing|ed)|taper(?:s|ed|ing)?|phas(?:ed|ing) (?:out|in|down)"
    r"|wean(?:ed|ing)|winding down|tail(?:s|ed|ing)? off|dropp?(?:ing|s)? (?:to|off|down|back)"
    r"|lessen(?:s|ing)?|moving to|stepp(?:ed|ing) (?:down|back)|step(?:s)? down|scal(?:ed|ing) (?:back"
    r"|down)|diminish(?:es|ing)?|easing (?:off|back)|building (?:up|down)|withdraw(?:n|ing)? (?:slowly"
    r"|gradually|over|as)|(?<!be )stretch(?:ing|ed) (?:out )?to|becoming less|getting less|spac(?:ed|ing) out"
    r"|cut(?:ting)? (?:back|down)|pull(?:ed|ing) back) ?(?:over time|as|to|gradually|down|when|once"
    r"|from|in time|later|by degrees|with|slowly)?|over time|in due course|as (?:he|she|they"
    r"|[a-z]+) (?:becomes?|gains?|grows?|gets?|makes?|settles?|develops?|progress(?:es)?|improves?"
    r"|matures?)|later on|eventually|with a view to|as (?:confidence|skills?|independence"
    r"|progress) (?:grows?|develops?|improves?|builds?|increases?|is made)|for the first few"
    r"|for an initial period|intensive(?:ly)? at first|and less (?:often )?(?:after|there)"
    r"|thereafter less|once settled|once (?:he|she|they|[a-z]+) (?:has|have|is) (?:settled|confident"
    r"|secure|used))\b"
)
_STRONG_TAPER = re.compile(
    r"\b(?:(?:after|then|later|follow|from)[a-z ,]* (?:less|fewer|not so)|giv(?:e|es|ing) way|thinning"
    r"|slackening|petering|falling (?:away|off|back|down)|begin|for (?:now|the moment)"
    r"|as (?:the )?(?:time|year|term|weeks|months|school)|becom(?:e|es|ing) (?:weekly|fortnightly|monthly"
    r"|termly|half-termly)"
    r"|initially|at first|to (?:begin|start) with|in the first instance|at the outset|reduc"
    r"|fad(?:e|ing)|decreas|taper|phas(?:ed|ing)|wean|tail|moving to|step|scal|gradual|dropp|drop to"
    r"|lessen|diminish|(?:longer|wider|greater|lengthening) (?:intervals|gaps)|(?:thin|drop|fall|fade|die|ease"
    r"|wind|scale|step|peter|tail)s? (?:out|away|off|back|down)"
    r"|(?:less|fewer|shorter|lighter|rarer|thinner|more spaced|widely)|eas(?:ing|ed) (?:off"
    r"|back)|building (?:up|down)|start(?:s|ing)? (?:at|with|off"
    r"|on)|becoming less|spac|over time|stretch|early (?:stages|weeks)|initial|first few|less (?:often"
    r"|after)|thereafter less|winding|withdraw|cut|pull)"
)
# A fall in how much or how often, whoever makes it: the steps are undated whatever else is wrong.
_LESS_OFTEN = re.compile(
    r"\b(?:taper|(?:thin|drop|fall|fade|die|ease|wind|scale|peter|tail)s? (?:out|away|off|back|down)|fad(?:e|es"
    r"|ing)|phas(?:e|es|ed|ing) (?:out|down)|wean|tail(?:s|ing)? off|gradual|less (?:often"
    r"|frequent\w*|regular\w*)|fewer|further apart|(?:longer|wider|greater|lengthening|increasing) (?:intervals"
    r"|gaps)|spaced out|then (?:weekly|fortnightly|monthly|termly"
    r"|half-termly|every)"
    r"|(?:moving|dropping|falling|going|down|reducing|stepping) (?:down )?to (?:\w+ )?(?:weekly|fortnightly"
    r"|monthly|termly|once|twice|half|one|two|every|an?\b))"
)


def _order_of_work(reading: Reading, match: re.Match[str]) -> bool:
    """Whether 'at first' only orders what is done in time already stated, with no amount or fall after it."""
    head, tail = reading.text.before(match.start()), reading.text.after(match.end())
    return bool(
        re.match(r"(?:initially|at first|to (?:begin|start) with|in the first instance|start)", match.group())
        and clauses.measured(head)
        and not (numbers.durations(tail) or numbers.frequencies(tail) or _LESS_OFTEN.search(tail))
        and not re.search(
            r"\b(?:reduc|less|fewer|moving|review|longer|shorter|sessions?|support|hours?"
            r"|then (?!on|in|with|to|at|from|the|by|using)[a-z])",
            tail,
        )
    )


def taper(reading: Reading, document: Document) -> Iterator[Hit]:
    """F16: a reduction without dates. Not when every step is dated, nor what falls is noise or prompting."""
    plan_date = document.context.plan_date
    for match in reading.said(TAPER):
        if _order_of_work(reading, match):
            continue
        if not _STRONG_TAPER.search(match.group()):
            continue
        first, last = reading.text.sentence_at(match.start())
        sentence = reading.low[first:last]
        if dates(sentence, year=plan_date.year if plan_date else 2000) or re.search(
            rf"for the first {numbers.NUMBER} (?:school )?weeks|(?:in|from) week {numbers.NUMBER}", sentence
        ):
            continue
        if TAPER_CONTENT.search(reading.low[match.start() : match.end() + 40]):
            continue
        if UNILATERAL.search(sentence) and not _LESS_OFTEN.search(sentence):
            continue
        if re.match(
            r"(?:and |then |before )?(?:start|beginning|step|cut|building|phas|stretch|withdraw)", match.group()
        ) and not re.search(
            r"\b(?:reduc|decreas|fad|less|week|fortnight|month|term|half|hours?|daily|then|taper"
            r"|drop)",
            sentence[match.end() - first :],
        ):
            continue
        if re.match(
            r"(?:initially|at first|to (?:begin|start) with|for (?:now|the moment)|as time)", match.group()
        ) and not re.search(
            r"\b(?:then|reduc|mov|fad|fewer|less|before|afterwards|later|drop|becom|week|month|fortnight|daily"
            r"|day|term|session|hours?|support|until|after|follow|increas)",
            sentence,
        ):
            continue
        if (
            re.search(
                r"\bto (?:help|teach|support)?[a-z ]{0,12}$", reading.low[max(first, match.start() - 8) : match.start()]
            )
            and not re.search(
                r"\b(?:support|session|hours|therapy|help|visits?|input|time)\b", sentence[match.end() - first :][:40]
            )
            and match.group().lstrip().startswith(("reduc", "decreas", "lessen", "drop"))
        ):
            continue
        yield reading.hit("F16", match)
        return
    for match in frames.dwindles(reading.low):
        span = (match.start("less"), match.end("less"))
        head = reading.text.before(span[0])
        if (
            reading.text.quoted(span[0])
            or UNILATERAL.search(reading.low)
            or re.match(r"(?:withdr[a-z]+|tak[a-z]+ out) (?:from|to|for|into)\b", reading.low[span[0] :])
            or TAPER_CONTENT.search(reading.low[span[0] : span[1] + 40])
            or re.search(
                r"\b(?:may|can|could|might|if|so that|he|she|they|not|never|to|without)(?: be)?(?: [a-z]+)? $"
                r"|\b(?:who|which|on|about|of) $|\b(?:on|about) (?:[a-z]+ing, )*$",
                head,
            )
            or numbers.durations(reading.low[span[1] : span[1] + 5])
        ):
            continue
        yield reading.hit("F16", span)
        return
