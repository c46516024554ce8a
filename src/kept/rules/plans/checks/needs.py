"""Sections B, C and D: labels, provision written as need, vagueness, hedging, needs in the wrong place, nil returns."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import acts, concepts, dates, numbers
from kept.rules.plans.reading import Document, Hit, Reading

LABEL = re.compile(
    r"\b(?:autis(?:m|tic)|asd|asc|adhd|add|attention[- ]deficit|hyperactivity disorder|dyslexi[ac]"
    r"|dyspraxi[ac]|dyscalculi[ac]|down'?s? syndrome|cerebral palsy|epilepsy|(?:[a-z]+ )?syndrome"
    r"|(?:developmental|language|spectrum|conduct|attachment|mood|anxiety|processing|co-?ordination"
    r"|communication|spectrum|personality|eating|oppositional defiant|fetal alcohol spectrum|speech sound) disorder"
    r"|global developmental delay|(?:moderate|severe|profound|specific|multiple|complex"
    r"|significant)(?:,? and multiple| and complex)? learning (?:difficult(?:y|ies)|disabilit(?:y"
    r"|ies))|learning disabilit(?:y|ies)|(?:hearing|vision|visual|physical|sensory"
    r"|multi-sensory) (?:impairment|disability)|social,? emotional and mental health|semh|mld|sld|pmld"
    r"|slcn|speech,? language and communication needs|tourette'?s?|selective mutism"
    r"|pathological demand avoidance|pda|odd|hypermobility|muscular dystrophy|spina bifida|blind"
    r"|deaf(?:ness)?|cognition and learning|communication and interaction|diagnos(?:is|ed)|condition"
    r"|chromosom\w+|category of need|primary need|area of need)\b"
)
_VAGUE = re.compile(
    r"\b(?:(?:some|significant|a number of|various|general|many|certain|real|particular|considerable"
    r"|marked|ongoing|mild|moderate|severe|minor|major|wide-ranging|a range of|several|difficulties"
    r"|has|have|had|experiences?|presents? with|shows?|displays?|faces?|having|a|of"
    r"|with) (?:[a-z]+ ){0,3}?(?:difficult(?:y|ies)|problems?|issues?|challenges?|needs|delays?"
    r"|weakness(?:es)?|barriers?|trouble|gaps?|struggles?|limitations?)|struggles?|struggling"
    r"|finds? (?:[a-z]+ ){1,6}?(?:hard|difficult|challenging|tricky|tough|a challenge|overwhelming|stressful"
    r"|demanding|confusing|exhausting|daunting|frustrating|a struggle|scary|distressing|upsetting|boring)|(?:is"
    r"|are) (?:[a-z]+ )?(?:behind|below|delayed|weak|poor|low|limited|immature|variable|inconsistent"
    r"|challenging|unpredictable|concerning|disruptive|worrying|patchy|slow|an area of (?:[a-z]+ )?(?:concern"
    r"|difficulty|weakness|need|challenge|development)|an issue|a concern"
    r"|a problem|a challenge|affected|impaired|emerging|underdeveloped|not good"
    r"|hard|difficult)|(?:poor|weak|low|limited|delayed|reduced|inconsistent"
    r"|immature) (?:[a-z-]+ ){0,2}(?:skills?|memory|attention|concentration|language|vocabulary"
    r"|confidence|understanding|self-esteem|attainment|progress|literacy|numeracy|co-?ordination"
    r"|attendance|behaviour|listening|handwriting|spelling|reading|motor|control|regulation|awareness"
    r"|social|speech)|below (?:average|age|expected|expectations|his|her|their)|behind (?:his|her"
    r"|their)|not (?:at|meeting|making) (?:the )?(?:expected|age|good)"
    r"|can be (?:a bit )?(?:challenging|difficult|hard|anxious|demanding|reluctant|distracted|loud)"
    r"|(?:easily|often|sometimes) (?:distracted|upset|anxious|frustrated|tired|overwhelmed)"
    r"|not (?:[a-z]+ ){0,2}(?:what|where|as [a-z]+ as|how) (?:it|he|she|they|we|one) (?:could|should|might|would"
    r"|ought to|can|are|is)\b"
    r"|(?:does|do|did) not find (?:[a-z]+ ){1,5}?(?:easy|simple|straightforward)|(?:is|are) not (?:[a-z]+ )?(?:easy"
    r"|straightforward|simple|strong|a strength|secure|where [a-z ]{2,20})(?! (?:to read|enough))"
    r"|(?:does|do|did) (?:less|not so|not as|badly|poorly)\b|not come (?:[a-z]+ )?(?:easily|naturally)"
    r"|gets? (?:very |quite |easily |really )*(?:upset|anxious|angry|frustrated|cross|distressed|tired|overwhelmed"
    r"|worried)"
    r"(?: quite)? (?:a lot|often|easily|sometimes|at times|in class|at school|regularly)|(?:low|poor|weak) levels? of"
    r"|(?:hard|difficult|tough|bad|rough|torrid) (?:time|day)s?\b"
    r"|could be (?:better|improved|stronger)|not (?:doing|performing|achieving|progressing) (?:as )?well"
    r"|lacks? (?:confidence|focus|concentration|skills|resilience|motivation)|not (?:very )?(?:good"
    r"|confident) (?:at|with|in)|affects? (?:his|her|their) (?:learning|progress|access|education|life"
    r"|day)|impacts? (?:up)?on|has an impact|does not (?:always )?(?:cope|do) well|copes? (?:poorly"
    r"|badly))\b"
)
_CONCRETE = re.compile(
    rf"\b(?:cannot (?!cope|be bothered|be trusted|manage|access|engage|always|concentrate|focus|learn)[a-z]+|can't"
    rf"|can(?! be)(?: only| already| now)? (?!cope|access|engage|struggle|find|become|get|have|present"
    rf"|seem)[a-z]+|(?:does|do|did|will) not(?: yet)? (?!have|always|cope|engage|access|like"
    rf"|make|comply|try|behave|cooperate|co-operate|conform|bother|care)[a-z]+|is unable to [a-z]+|(?:is )?not yet"
    rf" (?:able to )?[a-z]+|unless|until|(?:he|she|they"
    rf"|who|and|then|[a-z]+) (?:remembers|remember|recalls|reads|writes|speaks|says|uses|follows|names|counts"
    rf"|walks|hears|misses"
    rf"|leaves|hides|runs|stops|guesses|copies|loses|falls|drops|holds|sleeps|eats|refuses|screams|hits"
    rf"|bites|throws|wakes|cries|answers|asks|completes|waits|sits|stands|joins|plays(?! up)|talks|forgets"
    rf"|repeats|knows|recognises|spells|needs (?:each|every|spoken|an? (?:instruction|word|question)"
    rf"|instructions|things|to (?:lie|be told|see|hear|sit|rest|hold|have [a-z]+ (?:said|read|repeated"
    rf"|shown)))|takes|covers|puts|puts down|tires|confuses|mixes|skips|tears|chews|climbs|paces|rocks"
    rf"|freezes|shuts|blinks|turns|tips|trips|spills|confuses|skips|sees|manages (?:about|only|one|two"
    rf"|three|\w+ (?:minutes|words|steps))|speak|read|write|understands? (?:about|only|one|two|three"
    rf"|single|short)|follow|stays|arrives|attends|has (?:about|around|up to|no friends"
    rf"|\w+ (?:seizures|friends|words))|becomes confused|works (?:for|at)|reaches|responds|looks|shouts"
    rf"|swears|pushes|kicks|signs)\b|{numbers.NUMBER}(?:[- ](?:to|or) {numbers.NUMBER})?[- ](?:words?"
    rf"|minutes?|seconds?|letters?|steps?|sounds?|times?|metres?|out of|in|per|days?|lessons?|months?"
    rf"|years?|hours?|friends?|questions?|sentences?|pupils|people|weeks?|%|percent|of|objects|lines?"
    rf"|items?|pages?|mm|cm|seizures?|falls?|falls)|\d+(?:st|nd|rd|th)? (?:per)?centile|percentile"
    rf"|standard score|half of|most of what|age[- ]equivalent|for example|for instance|such as|e\.g\."
    rf"|this means|which means|means (?:that|she|he|they)|in (?:lessons|class|practice) (?:this|he|she"
    rf"|they)|shows (?:as|itself|when)|as a result|because of this|the result is)"
)
_STRONG_CONCRETE = re.compile(rf"{numbers.NUMBER}|cannot|not yet|for example|such as|means|so (?:he|she|they) ")


def _functional(low: str) -> bool:
    body = re.sub(
        r"\b(?:was |were |been |is |received |has )?(?:given |an? )?diagnos\w+[^.;]*?(?:in |on |aged? |by "
        r"|at )[^.;,]*",
        "diagnosis ",
        low,
    )
    body = re.sub(r"\b(?:in|since|on) (?:[a-z]+ )?(?:19|20)\d\d\b|\baged? \w+\b|\b\d{1,2} [a-z]+ 20\d\d", " ", body)
    return bool(_CONCRETE.search(body)) or acts.does_something(body)


_HELP = (
    r"(?:help|support|supervision|somebody|someone|a person|assistance|therapy|therapist|adults?|teaching assistants?"
    r"|assistants?|one-to-one|1:1|programme|hours?|minutes|equipment|small class|small group"
    r"|specialist|laptop|intervention|input|provision|class sizes?|class of|tuition|mentor(?:ing)?|counselling"
    r"|session|sessions|placement|special school|resource base|strategies|approach(?:es)?|teacher"
    r"|teaching|curriculum|environment|ratio|ta\b|lsa|support worker|physiotherapy|breaks?|timetable"
    r"|wheelchair|key ?worker|staff|nurture|group|sensory diet|communication aid|radio aid|desk|chair"
    r"|escort|package)"
)
_NEED_PROVISION = re.compile(
    rf"\b(?:needs?|requires?|must have|should have|cannot (?:do|manage|cope|be) without|(?:is|are) to (?:have"
    rf"|be given|receive|get|be (?:in|taught"
    rf"|supported))|(?:should|must|ought to) (?:be (?:in|given|placed|taught|supported"
    rf"|provided)|attend|receive)|will need|will require|would benefit from"
    rf"|benefits? from|is in need of|has to have|ought to have|depends on having|would need|needing"
    rf"|requiring|the need for|need for|requirement (?:is )?(?:for|of)|in need of|his need is for|her need is for"
    rf"|relies on|(?:is|are) (?:essential|vital|important|necessary|crucial|imperative) (?:that|for)(?= [^.;]{{1,30}}"
    rf" (?:has"
    rf"|have|gets?|receives?|is given|be given|is provided|be provided|to have|to receive|to be given)\b))\b(?! to"
    rf" (?!have|be (?:given|taught|supported|supervised|seen|in|provided|placed)"
    rf"|attend|receive|access|work with|see))[^.;]{{0,70}}?\b{_HELP}"
)
_NEEDED = re.compile(
    rf"\b{_HELP}\b[^.;,]{{0,40}}? (?:is|are|will be) (?:always |often )?(?:needed|required|essential|vital|called"
    r" for|indicated|warranted|necessary|imperative|a must|crucial)\b"
    rf"|\b{_HELP}\b[^.;]{{0,60}}? (?:is|are) what [a-z]+ (?:[a-z]+ )?(?:needs?|requires?|lacks?|must have|has"
    rf" to have)\b"
    rf"|\bwhat [a-z]+ (?:[a-z]+ )?(?:needs?|requires?|must have) (?:is|are|most is)\b[^.;]{{0,60}}?\b{_HELP}\b"
)
_DIFFICULTY = re.compile(
    r"\b(?:cannot|can't|does not|not yet|because|unless|without (?:it|this|help|them|one)"
    r"|so that (?:he|she|they)|difficult|unable|before (?:he|she|they) can|otherwise|or (?:he|she"
    r"|they)|misses|loses|falls|forgets|only when|when (?:he|she|they) (?:does|is) not|if (?:left"
    r"|alone|not)|since (?:he|she|they)|as (?:he|she|they) (?:cannot|does|loses|falls|misses|forgets"
    r"|has no)|due to|this is because)\b|:(?!\d)"
)
_HEDGE = re.compile(
    r"\b(?:may(?! (?:20|\d|half))(?= (?:well |possibly |also |perhaps |still |be (?!(?:shown|told|asked|given"
    r"|seen|heard|left|offered|helped|moved|read|the (?:last|first|only)|found (?:at|in|under)|taken)\b)|have |not "
    r"|indicate"
    r"|suggest|need|point|reflect|benefit|turn))"
    r"|might(?! be (?:shown|told|asked|given|seen|heard|left|offered|helped|moved|read|taken)\b)|possibl[ye]|perhaps"
    r"|probabl[ye]|maybe"
    r"|conceivabl[ye]|potential(?:ly)?(?= (?:dyslexi|autis|adhd|an?|diagnos|signs?|difficult|needs?))"
    r"|(?:appears?|seems?)(?= (?:to|that|like|as if|possible|likely|quite|very|rather|unable|anxious"
    r"|behind))|(?<!what it )(?<!than it )(?<!as it )could (?:be(?! [a-z]+ing\b)|have|indicate|suggest|point|reflect"
    r"|mean"
    r"|possibly|well)|suspect(?:s|ed)?"
    r"|suspicion|query|queried|(?:it is|is|are|was) (?:thought|believed|felt|suggested|considered"
    r"|assumed|reported|understood|possible|likely|likely that|wondered|unclear (?:whether|if)"
    r"|not clear (?:whether|if)|unsure)(?= (?:to|that|he|she|they|whether|if|likely|by [^.;]{1,60}? (?:to|that)\b))"
    r"|likely (?:to (?:be|have)|that|has|dyslexi|autis)|traits of|signs (?:suggestive )?of"
    r"|indications? (?:of|that)|suggestive of|hints? of|wonder(?:s|ed|ing)? (?:if|whether|about)|hypothes[ie]s"
    r"|(?:family|parents?|mother|father|mum|dad|school|staff|teachers?|gp|we|nursery|doctors?) (?:all |now "
    r"|also )?(?:thinks?|believes?|suspects?"
    r"|wonders?|fears?|reckons?)(?= (?:that|it|he|she|they|there|this|[a-z]+ (?:has|is|may|might|could)))"
    r"|unconfirmed|(?:un|not (?:yet )?)(?:confirmed|proven|determined|established)"
    r"|presum(?:ed|ably)|supposed(?:ly)?|apparently|putative|provisional(?:ly)?|tentative(?:ly)?"
    r"|hypothesi[sz]ed|working theory|speculat\w+"
    r"|there is a (?:chance|possibility|question|suggestion|query)|a possible|some evidence of"
    r"|tendenc(?:y|ies) towards|borderline|question mark|possibilit(?:y|ies)|likelihood|probability"
    r"|not ruled out|cannot be ruled out"
    r"|(?:cannot|can not|has not been|not) (?:yet )?(?:be(?:en)? )?(?:ruled out|excluded|discounted|dismissed)"
    r"|features (?:of|consistent)|consistent with|presents as if|we think|undiagnosed"
    r"|as though (?:he|she|they) (?:has|have|is|are)|not sure (?:if|whether)|not be (?:surprising|surprised)"
    r"|what looks like"
    r"|under investigation|being investigated|awaiting (?:a |an )?(?:diagnosis|assessment)"
    r"|on the (?:waiting list|pathway)|\?[a-z])"
)
_FINDING_OUT = re.compile(
    r"\b(?:will|is to|booked|is due to|appointment|has an appointment)\b[^.;]{0,80}\b(?:assess|test"
    r"|see|screen|examin|check|investigat|appointment|measure|clinic|review)\w*|\b(?:assess|test"
    r"|screen|appointment|clinic|examin)\w*\b[^.;]{0,60}\b(?:on|booked|by|in) "
)
_NO_HEDGE = re.compile(
    r"\b(?:when|as soon as|if|until|whenever|what|which|that|who) [^,.;]{0,30}(?:appears?|seems?)$"
    r"|\bappears? (?:on|in|at)\b"
)


# 'He may not look at you when you speak' says what he does, not what he may have.
_HABIT = re.compile(
    r"(?:may|might) (?:not |also |then |even |still |well |sometimes )*(?!(?:be|have|has|need|indicate|suggest"
    r"|mean|point"
    r"|reflect|benefit|turn|suffer|possibly|require|lack|qualify|relate|stem|come|arise|prove|fall|meet|account|explain"
    r"|present|experience|find)\b)[a-z]+ "
)
_ON_AN_OCCASION = re.compile(
    r"\b(?:for (?:longer|more|less) than|when(?:ever)?|if|unless|before|after|while|until"
    r"|at the end of|during|each time)\b"
)


def label_only(reading: Reading, _: Document) -> Iterator[Hit]:
    """B01: a diagnosis or category with no functional description."""
    match = LABEL.search(reading.low)
    if (
        match
        and not _functional(reading.low)
        and not _HEDGE.search(reading.low)
        and not _NEED_PROVISION.search(reading.low)
    ):
        yield reading.hit("B01", match)


def provision_as_need(reading: Reading, _: Document) -> Iterator[Hit]:
    """B02: 'needs one-to-one help' with no difficulty described."""
    for match in (*reading.find(_NEED_PROVISION), *reading.find(_NEEDED)):
        first, last = reading.text.sentence_at(match.start())
        sentence = reading.low[first:last]
        if _DIFFICULTY.search(sentence) or re.search(
            r"\bneeds? (?:each|spoken|every|instructions|longer|more time|extra time)", sentence
        ):
            continue
        rest = reading.low[:first] + reading.low[last:]
        if _CONCRETE.search(rest) and _STRONG_CONCRETE.search(rest):
            continue
        yield reading.hit("B02", match)
        return
    if len(reading.low.split()) <= 10 and _BARE_HELP.match(reading.low) and not _ANY_VERB.search(reading.low):
        yield reading.hit("B02")


# Help and nothing else, with no verb: 'Full-time adult.'
_BARE_HELP = re.compile(
    rf"\W*(?:(?!of\b|with\b|in\b|from\b)[a-z0-9:-]+ ){{0,4}}?(?:1:1|{_HELP})(?![a-z])(?:,? (?:and |of |for |in |at |per"
    rf" |with |from "
    rf"|a |the )*[a-z0-9:-]+){{0,5}}\.?\s*$"
)
_ANY_VERB = re.compile(
    r"\b(?:is|are|was|has|have|had|can|cannot|does|do|did|will|needs?|requires?|finds?|he|she|they|not|no|without"
    r"|limited|poor|weak"
    r"|difficult\w*|seek\w*|refus\w*|avoid\w*|dislike\w*)\b|[a-z]{3,}(?<!ss)s (?:the|a|an|his|her|their|out|on|to|in|at"
    r"|with|when)\b"
)


def vague(reading: Reading, _: Document) -> Iterator[Hit]:
    """B04: 'some difficulties', 'struggles' with no level, measure, frequency or example."""
    for match in reading.find(_VAGUE):
        if _HEDGE.search(reading.text.before(match.start())):
            continue
        body = reading.low[: match.start()] + " " + reading.low[match.end() :]
        if not _functional(body) and not re.search(r"\bno (?:[a-z]+ )?$", reading.low[: match.start()]):
            yield reading.hit("B04", match)
        return


def hedged(reading: Reading, _: Document) -> Iterator[Hit]:
    """B05: speculation with no dated plan to find out. The month of May and what appears on a page are none."""
    for match in reading.find(_HEDGE):
        first, last = reading.text.sentence_at(match.start())
        around = reading.low[first : match.end() + 12]
        if _NO_HEDGE.search(around) or (match.group() == "may" and reading.text.raw[match.start()] == "M"):
            continue
        if (
            match.group() in {"may", "might"}
            and re.search(
                r"\b(?:so that|in case|who|which|that|things|when|because|words|he|she) [^.;,]{0,15}$",
                reading.low[first : match.start()],
            )
            and re.search(r"\b(?:in case|so that|because)\b", reading.low[first : match.start()])
        ):
            continue
        if _HABIT.match(reading.low[match.start() : last]) and _ON_AN_OCCASION.search(reading.low[first:last]):
            continue
        if _FINDING_OUT.search(reading.low) and dates.DATE.search(reading.low):
            return
        if re.match(r"signs of|consistent with|likely", match.group()) and _functional(reading.low[first:last]):
            continue
        yield reading.hit("B05", match)
        return


def no_strength(reading: Reading, _: Document) -> Iterator[Hit]:
    """B07: a need with no strength or starting point beside it."""
    if not re.search(
        r"\bstrength|\bcan\b|\benjoys?|\blikes?|\bgood at|\bremembers|\bwell\b|\breads\b|\buses\b", reading.low
    ):
        yield reading.hit("B07", (0, 0))


_LEARN_NEED = re.compile(
    r"\b(?:expressive|receptive|language|speech|vocabulary|attention|concentrat\w+|memory|learning"
    r"|remember\w*|forget\w*|recall\w*|reading|writing|literacy|numeracy|spelling|phonolog\w+|communicat\w+"
    r"|sentences?|instructions?"
    r"|social (?:skills|interaction|communication)|understand(?:s|ing)?|words|sensory|processing"
    r"|distract\w+|reads?|writes?|written|tasks?|what (?:(?:the|his|her|their|a) [a-z]+|people|others|adults"
    r"|is) (?:says?|said|asks?)|maths"
    r"|print|board|lessons?)\b"
)
_DEFICIT = re.compile(
    r"\b(?:disorder|difficult\w*|delay\w*|cannot|not yet|struggl\w*|impair\w*|poor|weak|limited|severe"
    r"|\d+(?:st|nd|rd|th)? (?:per)?centile|percentile|centile|lowest|significant|unable|do not|that of a|level of a"
    r"|only|loses|forgets?|misses|does"
    r" not|finds|needs|behind|below|short"
    r"|sensitiv\w*|overload\w*)\b"
)


_MEDICAL = re.compile(
    r"\b(?:diabet\w+|insulin|blood (?:sugar|glucose|pressure)|pump|seizures?|epilep\w+|asthma\w*|inhaler|allerg\w+"
    r"|eczema|gastrostomy|catheter|stoma|tracheostomy|oxygen|medication|medicine|dose|injection|surgery|heart|kidney)\b"
)


# Hearing or sight is a need of learning when the words say what is missed of teaching.
_IN_LESSONS = re.compile(
    r"\b(?:miss(?:es|ed|ing)?|follow(?:s|ing)?|hears?|sees?|reads?|copy|copies|make out|cannot|lose[sd]?"
    r"|loses)\b[^.;]{0,70}?"
    r"\b(?:lessons?|class(?:room|mates?)?|teach(?:er|ers|ing)|board|worksheets?|print|page|text|talk(?:er|ing|s)?"
    r"|speech"
    r"|instructions?|said|says|spoken|words)\b"
)


def learning_in_health(document: Document) -> Iterator[Hit]:
    """C01: a learning or communication need in C that is absent from B."""
    needs = " ".join(each.low for each in document.of("B"))
    for reading in document.of("C"):
        for first, last in reading.text.sentences:
            sentence = reading.low[first:last]
            if not (_LEARN_NEED.search(sentence) and _DEFICIT.search(sentence)) or re.search(
                r"\bno (?:health|medical|other)\b|special educational needs|see (?:section )?b"
                r"|also (?:set out )?in (?:section )?b|b\d|\bno needs?\b|\b(?:does|do|did) not (?:[a-z]+ )?(?:affect"
                r"|bear|impact)",
                sentence,
            ):
                continue
            if _MEDICAL.search(reading.low) and not re.search(
                r"\b(?:language|speech|lessons?|class|learn\w*|memory|attention)\b", sentence
            ):
                continue
            about = concepts.areas(sentence) & (concepts.LEARNING | {"hearing", "vision", "sensory", "noise"})
            if about <= {"hearing", "vision"} and not _IN_LESSONS.search(sentence):
                continue
            if about and not (about & concepts.areas(needs)):
                yield reading.hit("C01", (first, last))
                return


_NIL = re.compile(
    r"\b(?:not (?:currently |previously |yet |otherwise |presently )*(?:known|open|involved|under"
    r"|in receipt|registered|referred|on the caseload|seen|active|been known|had (?:any )?(?:contact"
    r"|involvement))|unknown to|no (?:medical |clinical |nhs |professional |specialist |agency |multi-agency |current "
    r"|known |previous |active |social care |health "
    r"|record of |records? of |existing |history of |open |formal |ongoing |identified |such |further "
    r"|other |recorded )*(?:involvement|contact|referrals?|records?|services?|professionals?|needs?"
    r"|case|cases|input|information|agency|agencies|team|worker|health needs|medical needs|concerns"
    r"|issues|file|trace|engagement|history|support|workers|needs identified|response|reply|advice)"
    r"|(?:has|have|had) (?:had )?no (?:cause|reason|need|occasion|call) (?:to|for)"
    r"|(?:does|do|did|is|has|have) (?:not|never) (?:currently |presently |at present )?(?:see|seen|seeing) (?:anyone"
    r"|anybody|any"
    r"|a)\b|(?:does|do|did|has|have) (?:not|never) (?:needed|required|sought|used|wanted|asked|called|come to|have"
    r"|had|hold|held|meet|require|receive|know|recorded?|met|been(?! (?:to|in|at|on|out|with|able|ill|well|away|allowed"
    r"|invited)\b)"
    r"|worked)|never (?:been|had|worked|met|heard)|unaware of|(?<!who )(?<!that )(?:do|does|did) not know|closed"
    r" (?:(?:his|her|their|the) (?:file|case)|to"
    r"|case)"
    r"|(?:case|file) (?:is |was "
    r"|has been )?closed|nil(?: return)?|none(?: known)?|n/a|not applicable|(?:gp|general practitioner|family doctor)"
    r" only|not (?:a|an|one of the) (?:child|children|family|families|name|young person|case)(?: (?:that|who) (?:is"
    r"|are))? (?:known|open)"
    r"|outside (?:the )?(?:remit"
    r"|service)|discharged from|nothing (?:known|held|recorded|to (?:report|add|say|contribute|tell|record)"
    r"|of note|on (?:file|record|the system|our))|without"
    r" (?:any )?involvement"
    r"|is not a client|holds? nothing|(?:holds?|have|has) no (?:[a-z]+ ){0,3}?(?:involvement|contacts?|records?"
    r"|services?|workers?|needs?"
    r"|professionals?|history|referrals?|file|case|input|knowledge|information|concerns?|support|allocated|dealings)"
    r"|nobody from)\b"
)
_REASONED = re.compile(
    r"\b(?:assess(?:ed|ment)|examin(?:ed|ation)|met|visited|saw|seen by|checked|reviewed|looked at"
    r"|interviewed|considered|(?:having|has|have) read|read (?:his|her|their|the)|went through|looked (?:through"
    r"|into)|spoke (?:to|with)|home visit|screened)\b"
)


_KNOWN = re.compile(r"\b(?:known|open|involved|involvement|allocated|referr\w+|contact|caseload|under)\b")


_SATISFIED = re.compile(
    r"\b(?:confirmed|concluded|found|satisfied|established|identified)\b[^.;]{0,60}?\b(?:officer|doctor|nurse|social"
    r" worker"
    r"|team manager|assessment|practitioner)|\b(?:officer|doctor|nurse|worker|manager|assessment"
    r"|practitioner)\b[^.;]{0,60}?"
    r"\b(?:confirm(?:s|ed)|conclud(?:es|ed)|f(?:ound|inds)|identified|satisfied)\b"
)


def _finding(reading: Reading) -> bool:
    """Whether a named profession says on a date that there is no need: a finding, not that nobody knows the child."""
    return bool(
        (any(not role.generic for role in reading.roles) or _SATISFIED.search(reading.low))
        and dates.DATE.search(reading.low)
        and re.search(r"\bno\b[^.;]{0,40}\bneeds?\b", reading.low)
        and not _KNOWN.search(reading.low)
    )


_ABSENT = (
    r"(?:no|none|nobody|no one|not|nothing|never|neither|nor|nil|without|hasn't|isn't|don't|doesn't|yet"
    r" to|unallocated|ceased|ended|closed|lapsed|blank|zero)"
)
_INVOLVED = (
    r"(?:paediatricians?|nurses?|nursing|therapists?|doctors?|gp|caseloads?|cases?|episodes?|teams?|workers?|services?"
    r"|social (?:care|work(?:er)?s?)|health|camhs|referr\w+|agenc(?:y|ies)|allocat\w+|files?|records?"
    r"|department|involve\w*"
    r"|contact|clinics?|trust|hospital|appointments?|early help|consultants?|professionals?|practitioners?"
    r"|system|database"
    r"|register|interactions?|dealings|input|open to|under the care|key ?workers?)"
)
_NOBODY = re.compile(
    rf"\b{_ABSENT}\b[^.;]{{0,60}}?\b{_INVOLVED}\b|\b{_INVOLVED}\b[^.;]{{0,60}}?\b{_ABSENT}\b|^\W*{_ABSENT}\W*$"
)
_NIL_WORDS = 32  # an entry that only says nobody is involved is short


def _nobody(reading: Reading) -> re.Match[str] | None:
    """In any wording: a short entry, no difficulty in it, and nothing, nobody or never beside a service."""
    if len(reading.low.split()) > _NIL_WORDS or LABEL.search(reading.low) or _LEARN_NEED.search(reading.low):
        return None
    if _SYMPTOM.search(reading.low) or re.search(
        r"\b(?:he|she|they|[a-z]+) (?:cannot|can't|needs?|wears?|takes?)\b", reading.low
    ):
        return None
    return _NOBODY.search(reading.low)


_SYMPTOM = re.compile(
    r"\b(?:pain|asthma|epilep\w*|seizures?|allerg\w*|diabet\w*|eczema|sleep|weight|glasses|hearing aids?|medication)\b"
)


def _only_nil(reading: Reading) -> re.Match[str] | None:
    match = next(
        (
            each
            for each in _NIL.finditer(reading.low)
            if not re.search(r"\b(?:who|that) $", reading.low[: each.start()])
        ),
        None,
    )
    match = match or _nobody(reading)
    if not match:
        return None
    reasoned = _REASONED.search(reading.low)
    if (
        reasoned
        and dates.DATE.search(reading.low)
        and not re.search(r"\b(?:not|never|without|no)\b[^.;]{0,12}$", reading.low[: reasoned.start()])
    ):
        return None
    if _finding(reading):
        return None
    others = [reading.low[first:last] for first, last in reading.text.sentences if not first <= match.start() < last]
    if any(
        _CONCRETE.search(each)
        and concepts.areas(each)
        and not re.search(r"\b(?:mum|dad|mother|father|parent|sister|brother)", each)
        for each in others
    ):
        return None
    first, last = reading.text.sentence_at(match.start())
    if last - first > 220 or (
        concepts.areas(reading.low[first:last]) & {"seizures", "breathing", "eating", "toileting", "pain"}
    ):
        return None
    return match


def no_health(reading: Reading, _: Document) -> Iterator[Hit]:
    """C03: the whole entry says only that no health service is involved."""
    match = _only_nil(reading)
    if match:
        yield reading.hit("C03", match)


def no_social_care(reading: Reading, _: Document) -> Iterator[Hit]:
    """D01: the whole entry says only that social care is not involved."""
    match = _only_nil(reading)
    if match:
        yield reading.hit("D01", match)
