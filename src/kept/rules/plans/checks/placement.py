"""Sections I, J and K: naming, direct payments, advice."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import dates, roles
from kept.rules.plans.checks.provision_conditions import DISCRETION
from kept.rules.plans.checks.provision_words import OPPORTUNITY
from kept.rules.plans.model import DRAFT_STAGES, Stage
from kept.rules.plans.reading import Document, Hit, Reading

_BLANK = re.compile(
    r"\b(?:left blank|blank|intentionally|will be (?:completed|named|added|filled)|to be (?:completed"
    r"|named|confirmed|decided|determined|added|agreed)|not (?:yet )?(?:named|completed|specified"
    r"|decided|filled)|no (?:setting|school|placement|institution|name|type)|nothing (?:is )?(?:named"
    r"|entered)|tbc|tba|n/a|under consultation|pending|awaiting|consult(?:ing|ation))\b"
)
_TYPE = re.compile(
    r"\b(?:mainstream|maintained|special (?:school|academy|free school|college|post-16)|independent"
    r"|academy school|non-maintained|resourced? (?:base|provision|unit)|specialist (?:base|unit"
    r"|resource|post-16|college|provision|setting|school|placement)|further education|general fe"
    r"|sixth[- ]form college|nursery school|free school|alternative provision|pupil referral unit"
    r"|community school|foundation school|voluntary (?:aided|controlled)|section 41|type:? ?[a-z]"
    r"|special academy|primary phase|all-age|day school|residential special|post-16 institution"
    r"|apprenticeship provider|early years (?:provider|setting)|school for (?:children|pupils|deaf"
    r"|young)|special$)\b"
)
_NAME = re.compile(
    r"\b(?:[A-Z][\w'.-]*\s+){1,5}(?:School|Academy|College|Primary|Infants?|Juniors?|High|Grammar"
    r"|Nursery|Centre|Campus|Unit|Base|Trust|House|Sixth Form|Lodge|Hall|Park)\b|\bSt\.? [A-Z]\w+"
)
# In Section I what opens with a capital, whatever it is called, is the setting that is named.
_OPENS_NAMED = re.compile(
    r"^\W*(?:(?:Name|School|Setting|Placement)(?: of (?:school|setting))?: ?)?(?!(?:Type|Name|Section|The (?:school"
    r"|placement"
    r"|setting)|A|An|To|No|None|Not|Left|Blank|Nothing|Home|Education|Tuition|Special|Mainstream|Maintained|Independent"
    r"|This|It|Under|In|Subject|Provision|Online|Elective|Parent\w*|Mother\w*|His|Her|Their|Awaiting|Consult\w*|Pending"
    r"|Further|Alternative|Any|Once|When|If|School|Setting|Placement|Child|Pupil|Nursery|Primary|Secondary|College"
    r"|We|At"
    r"|From|Package|Bespoke|Residential|Full|Part|Place|Named|See|As|Early|Sixth|General|Specialist|Academy)\b)"
    r"[A-Z][a-z'-]+(?: (?:[A-Z][\w'-]*|of|the|and|upon|St\.))*(?=[.,;:(]|$| (?:from|if|when|once|until|while|for|as"
    r"|provided"
    r"|subject|unless|on|with)\b)"
)


def _is_named(reading: Reading, document: Document) -> bool:
    """Whether a setting is named: by a word for one, by the case's own setting, or as the first name in Section I."""
    low, setting = reading.low, (document.context.setting or "").lower()
    if _NAME.search(reading.text.plain) or (setting and setting in low):
        return True
    match = _OPENS_NAMED.match(reading.text.plain)
    return bool(match and match.group().strip().lower() not in document.child_names)


_HOME = re.compile(
    r"\b(?:(?:[a-z]+'s (?<!children's )(?<!care )home\b)|(?:at|from) (?:the family )?home\b|home[- ](?:educat|school"
    r"|tuition|based|learning|teach"
    r"|programme)\w*|elective|electively|education (?:otherwise|other than)|otherwise than (?:at|in)"
    r"|other than (?:at|in) (?:a )?school|eotas|eotis|eotic|e\.o\.t\.a\.s|family home|his home"
    r"|her home|their home|home address|parental home|tuition at|section 61|s\.? ?61|not (?:in"
    r"|at) (?:a )?school|outside (?:of )?(?:a )?school|bespoke package|in the community|own home"
    r"|(?:grandparents?'?s?'?|gran's|nan's|aunt's|family's|mother's|father's|parents'|childminder's|relative's"
    r"|tutor's) (?:house|home|flat)|(?:educated|taught|tuition|taught) (?:[a-z]+ ){0,4}by (?:[a-z]+ )?tutors?"
    r"|visiting tutors?|online (?:school|tuition|learning)|tutors? at"
    r"|educated otherwise|(?:will|does|is|to) not (?:attend|going to|go to|be attending) (?:an? "
    r"|any )?(?:school|institution|setting|college)"
    r"|home\b(?=,? (?:with|and|setting|education|placement)))"
)
_CONDITION = re.compile(
    r"\b(?:subject to|conditional|provided (?:that|a|there|the)|providing|on condition|dependent"
    r"|depend(?:s|ing)|hing(?:es|ing) on|rests on|contingent|if\b|if (?:a|the|there|parents|transport|funding"
    r"|places?|he|she|they|agreed|no|space)"
    r"|as long as|so long as|pending|when a place|once a place|unless|until (?:a|such|the|places?)"
    r"|with a view to|on the basis that|on the understanding|assuming|parents?(?: to| will| must"
    r"| are to| agree to)? (?:be responsible|transport|provid|pay|fund|meet|cover|make)[a-z]*"
    r"|parental preference|at parents'? (?:expense|cost|request)|at no (?:additional )?cost"
    r"|transport (?:will|is|costs?|to be)|with (?:the |all )?(?:transport|travel|fees|costs?)\b|(?:paid|funded|driven"
    r"|met) by"
    r"|nearest suitable|(?:a|small|small,) (?:nurturing|quiet|calm"
    r"|small) |with (?:small|a small|high|therap|trained|low)|which (?:can|will|offers?|has)"
    r"|able to meet|that can meet|who can|offering|from (?:september|january|april)"
    r"|in the first instance|initially|trial|temporar\w*|interim|only (?:if|when|until)|awaiting"
    r"|(?:when|once|as soon as|after) (?:a|an|the|one|it|its)\b|waiting list|availability|panel|funding)\b"
)
_FROM_DATE = re.compile(r"^from (?:september|january|april)$")


def draft_names(document: Document) -> Iterator[Hit]:
    """S03: a draft names a setting or a type."""
    context = document.context
    if context.stage not in DRAFT_STAGES:
        return
    for reading in document.of("I"):
        low = reading.low.strip()
        plain = reading.text.plain
        if reading.blank or _HOME.search(low):
            continue
        if context.stage is Stage.PROPOSED_AMENDMENT and context.setting and context.setting.lower() in low:
            continue
        if (
            _BLANK.search(low)
            and not (_NAME.search(plain) and not re.search(r"\bblank\b", low))
            and not (
                _TYPE.search(low)
                and not re.search(
                    r"\b(?:blank|no (?:setting|school|name|type|placement)|nothing|not (?:yet )?(?:named|specified)"
                    r"|neither|nor)\b",
                    low,
                )
            )
        ):
            continue
        if re.fullmatch(r"[^a-z]*(?:section i|setting|placement|name|type|school|:|\W)*[^a-z]*", low):
            continue
        yield reading.hit("S03")


def final_blank(document: Document) -> Iterator[Hit]:
    """S04: a final plan has neither name nor type of setting, and no decision that none is appropriate is recorded."""
    context = document.context
    if context.stage in DRAFT_STAGES or context.eotas:
        return
    for reading in document.of("I"):
        low = reading.low
        if _HOME.search(low) or re.search(r"no school or (?:other )?institution (?:is|would be) appropriate", low):
            continue
        named = _is_named(reading, document)
        if not named and (reading.blank or _BLANK.search(low) or not _TYPE.search(re.sub(r"type: ?$", "", low))):
            yield reading.hit("S04")


# What a placement waits for is no type of it.
_CONDITION_CLAUSE = re.compile(
    r"\b(?:until|unless|subject to|provided|pending|if|when|once|while|on condition|on the understanding)\b[^.]*"
)


def no_type(document: Document) -> Iterator[Hit]:
    """I03: a setting is named without its type."""
    if document.context.stage in DRAFT_STAGES:
        return
    for reading in document.of("I"):
        body = _CONDITION_CLAUSE.sub("", reading.low)
        if (
            _is_named(reading, document)
            and not _HOME.search(body)
            and not _TYPE.search(re.sub(r"\btype\b\s*:?\s*(?:\(?(?:tbc|blank|-)\)?)?\s*$", "", body))
        ):
            yield reading.hit("I03")


def home_named(document: Document) -> Iterator[Hit]:
    """I04: home, or education otherwise than in a school, named in Section I."""
    for reading in document.of("I"):
        match = _HOME.search(reading.low)
        if match and not re.search(r"children's home", reading.low) and not re.search(r"\bblank\b", reading.low):
            yield reading.hit("I04", match)


def conditional(document: Document) -> Iterator[Hit]:
    """I05: naming subject to a place, transport, funding, or with descriptive extras."""
    for reading in document.of("I"):
        if reading.blank or _HOME.search(reading.low):
            continue
        for match in _CONDITION.finditer(reading.low):
            if _FROM_DATE.match(match.group()) and not re.search(r"\bif\b|subject", reading.low):
                continue
            if not _is_named(reading, document) and not _TYPE.search(reading.low):
                continue
            if document.context.stage in DRAFT_STAGES and not re.search(
                r"subject|condition|provided|if |once|when|depend|unless|pending|agree", match.group()
            ):
                continue
            yield reading.hit("I05", match)
            return


_PAYMENT = re.compile(r"\b(?:direct payments?|personal budget|£|payments?|paid|fund(?:s|ed|ing)?|budget)\b|£")
_NO_PAYMENT = re.compile(
    r"\b(?:no (?:direct payment|personal budget|budget|payment|request)|not (?:been )?(?:asked"
    r"|requested|sought|wanted|applied)|none|declined|did not (?:ask|request|want)|n/?a)\b"
)
_NEED_REF = re.compile(
    r"\bb ?\d+|\bneeds? (?:in|for|set out|b|to)\b|\b(?:meets?|meeting|addresses|to meet"
    r"|answers) (?:[a-z]+ ){0,5}?needs?|\b[a-z]+ needs? (?:in|at|set out|under|b)|(?:section|part) b\b"
    r"|\bc ?\d\b|\bd ?\d\b|need(?:s)? (?:numbered|number)|difficulty|because (?:he|she|they) cannot"
)
_OUTCOME_REF = re.compile(
    r"\be ?\d+|\boutcomes?\b|(?:section|part) e\b|works? towards|so that (?:he|she|they) (?:will|can)"
)


def unlinked_payment(document: Document) -> Iterator[Hit]:
    """J01: a direct payment with no linked need and outcome."""
    for reading in document.of("J"):
        low, part = reading.low, reading.part
        if not _PAYMENT.search(low) or (_NO_PAYMENT.search(low) and not re.search(r"£\d", low)):
            continue
        need = bool(_NEED_REF.search(low)) or bool(part.meets)
        outcome = bool(_OUTCOME_REF.search(low) and not re.search(r"\bno outcome", low)) or bool(
            part.supports or part.serves
        )
        if not (need and outcome):
            yield reading.hit("J01")


def no_budget_statement(reading: Reading, _: Document) -> Iterator[Hit]:
    """J03: nothing said on a personal budget."""
    if reading.blank:
        yield reading.hit("J03", (0, 0))


def payment_too_small(document: Document) -> Iterator[Hit]:
    """J02: the payment is below the priced cost of what it buys, or matches no item of F."""
    ids = {reading.part.id.lower() for reading in document.readings}
    for reading in document.of("J"):
        match = re.search(r"£ ?([\d,]+(?:\.\d+)?)", reading.low)
        if not match:
            continue
        cost = reading.part.priced_cost
        cited = re.findall(r"\b[fgh]\d+\b", reading.low)
        short = cost is not None and float(match.group(1).replace(",", "")) + 0.005 < cost
        if short or (document.context.whole_plan and cited and not any(each in ids for each in cited)):
            yield reading.hit("J02", match)


_ADVICE_KINDS: dict[str, re.Pattern[str]] = {
    "parent or young person": re.compile(
        r"\b(?:parents?'?s?'?|mother|father|family|carers?|young person)(?:'s)? ?(?:views?|advice"
        r"|contribution|report|form|letter|statement|\(|,|:|\d|- )|\b(?:mother|father|parents?|family|mum"
        r"|dad|parental|young person'?s?)\b"
    ),
    "education": re.compile(
        r"\b(?:school|education(?!al psych)|head ?teacher|college|nursery|senco|setting|teacher"
        r"|educational advice|principal|class)\b"
    ),
    "medical": re.compile(
        r"\b(?:medical|health|paediatric\w*|nurse|gp|doctor|clinical officer|physiotherap\w*|speech)\b"
    ),
    "psychology": re.compile(r"\bpsycholog\w*|\bep (?:advice|report)\b"),
    "social care": re.compile(
        r"\bsocial (?:care|work\w*|services)|early help|disabled children'?s? team|family support"
    ),
}
_ADULT_ADVICE = re.compile(r"\b(?:adulthood|careers?|transition|employment|independent living|post-16|pfa)\b")
_SENSORY_ADVICE = re.compile(
    r"\b(?:teacher of (?:the )?(?:deaf|children with vision|vision|visual|multi)|qtvi"
    r"|qualified teacher (?:of|for)|sensory (?:support|impairment|advisory)|hearing impairment"
    r"|vision impairment|visual impairment)"
)
_IMPAIRED = re.compile(
    r"\b(?:deaf(?!.{0,20}awareness)|hearing (?:loss|impairment|aids?)|cochlear|blind\b"
    r"|vision impair\w*|visual(?:ly)? impair\w*|severe sight)"
)


def missing_advice(document: Document) -> Iterator[Hit]:
    """K01:

    the list lacks parent, education, medical, psychology or social care (year 9+: adulthood; sensory teacher).
    """
    parts = document.of("K")
    if not document.context.whole_section or not parts:
        return
    low = " ".join(each.low for each in parts)
    if re.search(
        r"reg(?:ulation)?\.? ?6\(4\)|earlier advice (?:was )?accepted"
        r"|agreed (?:by all )?(?:that )?(?:the )?(?:earlier|existing) advice",
        low,
    ):
        return
    missing = [kind for kind, pattern in _ADVICE_KINDS.items() if not pattern.search(low)]
    stripped_medical = re.sub(r"speech|physiotherap\w*", "", low)
    if "medical" not in missing and not _ADVICE_KINDS["medical"].search(stripped_medical):
        missing.append("medical")
    no_school = re.sub(
        r"school nurse|school health|educational psycholog\w*|special educational needs|school age", "", low
    )
    if "education" not in missing and not _ADVICE_KINDS["education"].search(no_school):
        missing.append("education")
    year = document.context.child.nc_year
    if year is not None and year >= 9 and not _ADULT_ADVICE.search(low):
        missing.append("preparation for adulthood")
    needs = " ".join(each.low for each in document.of("B", "C"))
    if _IMPAIRED.search(needs) and not _SENSORY_ADVICE.search(low):
        missing.append("sensory teacher")
    if missing:
        yield parts[0].hit("K01")


_SIGNED = re.compile(
    r"\b(?:[A-Z]\.? ?){1,3}[A-Z][a-z'-]+\b|\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z]"
    r"|\b[A-Z][a-z'-]+ [A-Z][a-z'-]+,|\b(?:by|from) [A-Z][a-z]+ [A-Z][a-z]+"
)


def undated_advice(document: Document) -> Iterator[Hit]:
    """K02: an entry with no date, author or role, or over 12 months old without agreement."""
    today = document.context.plan_date
    for reading in document.of("K"):
        if reading.blank:
            continue
        unsaid = re.search(
            r"\b(?:undated|unsigned|no date|not dated|not signed|date (?:not|un)known|date unclear"
            r"|author (?:not|un)\w+|anonymous|no (?:author|signature)|without (?:a )?(?:date|signature"
            r"|author)|no (?:name|author|role|signature)[a-z]* (?:or|and|nor) (?:date|name|role)|no [a-z]+ (?:or|and"
            r"|nor) date"
            r"|(?:name|author|date|signature)s? (?:is |are |was |has been )?(?:missing|blank|omitted|left out"
            r"|absent))\b",
            reading.low,
        )
        entries = [
            each
            for each in re.split(r";|\n|(?<=\))\.\s|(?<![A-Z])(?<!Dr)\.\s+(?=[A-Z(])", reading.text.plain)
            if re.search(
                r"\b(?:advice|report|letter|views?|assessment|psycholog|therap|medical|health|social|school)",
                each.lower(),
            )
        ]
        lacking = document.context.whole_section and any(not _dated_and_signed(each) for each in entries)
        old = (
            today
            and any((today - found.on).days > 366 for found in reading.dates)
            and not re.search(r"\bagreed|accept|still (?:right|accurate|current)|6\(4\)", reading.low)
        )
        if unsaid or lacking or (old and document.context.whole_section):
            yield reading.hit("K02", unsaid)


def _dated_and_signed(entry: str) -> bool:
    low = entry.lower()
    if not dates.DATE.search(low):
        return False
    return bool(
        _SIGNED.search(entry) or re.search(r"\b(?:parents?|mother|father|family|young person|mum|dad)\b", low)
    ) or bool(re.search(r"\bby (?:the )?[a-z]+", low) and roles.roles(low))


_NOT_ATTACHED = re.compile(
    r"\b(?:unavailable|inaccessible|mislaid|left out|missing from|omitted from|withheld|removed from|detached"
    r"|(?:reports?|copy|copies|documents?"
    r"|letters?|papers?|advice) (?:itself |themselves )?(?:has|have|is"
    r"|are|was|were)(?: not|n't) (?:yet )?(?:been )?(?!signed|dated|reviewed|updated"
    r"|agreed)[a-z]+|not (?:yet |been |currently |presently )*(?:attached|enclosed|appended|included|provided"
    r"|supplied|in the (?:pack|appendix)|with this plan|annexed|available|received|sent|on file"
    r"|reproduced|circulated)|(?:will|to) (?:follow|be (?:sent|attached|forwarded|added|provided"
    r"|supplied|circulated|shared))|available (?:on|from|up)|(?:copy|report|original)s? (?:with|at"
    r"|in) (?:the )?(?:school|clinic|office|service|trust|author"
    r"|file)|(?:held|retained|filed|lodged|archived|saved"
    r"|logged|uploaded|deposited) (?:on|by|at|in|to|with|separately|under)|(?:copy"
    r"|copies) (?:on request|available|can be|may be|held|to follow|kept)|kept (?:on|by|at|in)"
    r"|on request|unattached|missing|listed only|no copy|without (?:a |the )?(?:copy|attachment"
    r"|report)|awaited|outstanding|can be (?:requested|obtained|viewed|seen|found)|please (?:ask"
    r"|contact|request)|in the (?:child's |school )?(?:file|records?)|stored|separate cover"
    r"|(?:collect|request|obtain|ask for|pick up|download|view|see|read|borrow) (?:a |the |their "
    r"|its )?(?:full |own )?(?:copy|copies|report|document)|under separate|omitted|left out of the (?:pack"
    r"|appendix))\b"
)


def not_attached(document: Document) -> Iterator[Hit]:
    """K03: advice is listed but not attached."""
    for reading in document.of("K"):
        match = _NOT_ATTACHED.search(reading.low)
        if match or reading.part.attached is False:
            yield reading.hit("K03", match)


_DECLINES = re.compile(
    r"\b(?:(?:not|n't|unable|declin\w+|refus\w+|reluctant|rather than|avoid\w*|nor|never|without)\b[^.;]{0,40}?"
    r" (?:put|giv|stat|say|specif|quantif|writ|attach|set|nam|includ|list|indicat|prescrib|commit|express|provid"
    r"|recommend|suggest|fix)[a-z]*\b[^.;]{0,40}?\b(?:hours|amounts?|frequenc\w+|how (?:much|often|many|long)"
    r"|quantit\w+|figures?|numbers? (?:of|on|to|in)|durations?|lengths?|dosage)|(?:do|does|did|can|will|shall"
    r"|would)(?: not|n't)(?: [a-z]+){1,4}? (?:numbers?|figures?|hours"
    r"|amounts?|quantit\w+|frequenc\w+|times?)\b|not (?:our|the service's|the service|this service's|trust"
    r"|service|their|a) ?(?:policy"
    r"|practice|able)|(?:does|do|can|could|is|are|will|would|have|has)(?: not|n't"
    r"|not)(?: been)?(?: able| usual| possible| my| our)?(?: to| possible to"
    r"| in a position to)? (?:specify|quantify|state|give|recommend|commit|indicate|set|name|put"
    r"|prescribe|suggest|advise)[a-z]*[^.;]{0,50}\b(?:hours?|amounts?|times?|frequency|number"
    r"|how (?:much|often|many)|quantit\w+|levels?|provision|figures?|minutes|sessions|it)"
    r"|unable to (?:quantify|specify|state|say|recommend|give)|cannot be (?:quantified|specified)"
    r"|no (?:hours|amount|frequency|number|quantity|figures?) (?:is|are|can|has|have|given|stated"
    r"|specified|recommended)|declin\w+ to (?:quantify|specify|state|say|give|put)"
    r"|depends on (?:progress|need)|for (?:the )?(?:school|council|local authority|panel) to (?:decide"
    r"|determine|quantify))\b"
)
_ADVICE_VAGUE = re.compile(
    r"\b(?:(?:appropriate|suitable|adequate|sufficient|relevant|extra|additional|plenty of|good"
    r"|more) (?:[a-z]+ )?(?:help|support|input|intervention|provision|assistance|strategies|breaks|time)"
    r"|would benefit from|should be (?:considered|encouraged|given the|offered|supported)"
    r"|might (?:benefit|help)|plenty of|lots of|regular(?:ly)?|ongoing|as (?:much|often) as|a high level of|a level of"
    r"|some (?:support|help|input|form)|access to|should (?:have )?access|opportunit(?:y|ies)"
    r"|frequent(?:ly)?|where possible|consider)\b"
)


def vague_advice(document: Document) -> Iterator[Hit]:
    """K05: advice with discretion or access wording, or that declines to quantify."""
    for reading in document.of("K"):
        for pattern in (_DECLINES, DISCRETION, OPPORTUNITY, _ADVICE_VAGUE):
            match = pattern.search(reading.low)
            if (
                match
                and pattern is not _DECLINES
                and re.search(
                    r"\b(?:\d+|one|two|three|four|five|ten|fifteen|twenty|thirty|forty) ?-?(?:minutes?|hours?"
                    r"|sessions?)",
                    reading.low,
                )
                and pattern in {_ADVICE_VAGUE, OPPORTUNITY}
            ):
                continue
            if match and pattern is DISCRETION and reading.low[match.end() :].startswith(" to "):
                continue
            if match and not re.search(r"on request", match.group()):
                yield reading.hit("K05", match)
                return


def late_advice(document: Document) -> Iterator[Hit]:
    """K04: advice is dated after the draft was sent and no reconciliation is recorded."""
    process = document.context.process
    sent = process.draft_sent_on if process else None
    for reading in document.of("K") if sent else []:
        for found in reading.dates:
            if (
                sent
                and found.on > sent
                and not re.search(r"\breflected|reconcil|taken into account|now in\b", reading.low)
            ):
                yield reading.hit("K04", (found.start, found.end))
                break
