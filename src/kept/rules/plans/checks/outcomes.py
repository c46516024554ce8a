"""Section E: whether an outcome is the child's, measurable, dated and reachable."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kept.rules.plans import dates, numbers, roles
from kept.rules.plans.checks import outcome_words
from kept.rules.plans.reading import Document, Hit, Reading

_SERVICE = outcome_words.SERVICE
SERVICE_OUTCOME = re.compile(
    rf"\b(?:will|to|shall|should|can) (?:also |now |continue to |be able to |still |regularly |be "
    rf"|each week |have (?:the )?)*(?:be in (?:receipt of|regular)|be on (?:the|a)|remain in|continue in"
    rf"|draw on|be open to|be under|have(?! (?:a conversation|conversations)"
    rf"|(?! (?:received|attended|had|accessed|been|undertaken|seen|joined)\b) (?:[a-z]+ed|[a-z]+en|made|told|kept|read"
    rf"|sent|spent|held|paid|met|found|bought|caught|built|learnt|begun|sung|rung|swum|run) (?:his|her|their|an?|the"
    rf"|all|both|each|every|to|for|in|out|up|on|at|off|down|{numbers.NUMBER})\b)|has|had|receive|attend"
    rf"|access|get|be given|given|be supported|supported|be provided with|provided with|be offered"
    rf"|offered|take part in|participate in|be taught|taught|be helped|be referred|referred|undertake"
    rf"|undergo|be (?:a |an )?(?:active |regular )?member of|be part of|part of|benefit from|go to"
    rf"|engage (?:with|in)|see|be seen|seen|be placed"
    rf"|placed|be enrolled|enrolled|join|use|complete|be included|be allocated|allocated|spend"
    rf"|(?:be )?(?:working with|seeing|having|receiving|getting|attending|accessing|going to|taking part in|meeting"
    rf"|undertaking|undergoing|enrolled (?:on|in|at))|be assessed|assessed|opportunit(?:y|ies) to|work with|meet with"
    rf"|be exposed to)\b(?! (?:himself|herself|themselves|there|home|dressed)\b)(?:(?!\b(?:without"
    rf"|no)\b)[^.;]){{0,70}}?\b{_SERVICE}\b"
)
_SUPPORTED = re.compile(
    r"\bwill (?:continue to )?be (?!supported (?:by|on|with) (?:[a-z]+ ){0,2}(?:hands?|rails?|frame|elbows?|sticks?"
    r"|wall|cushions?)\b)(?:supported|helped|encouraged|taught|given|provided|offered|assisted"
    r"|referred|monitored)\b"
)
_CHANGE = re.compile(
    r"\b(?:without|independently|on (?:his|her|their) own|by (?:himself|herself|themselves)|unaided"
    r"|unprompted|alone|out of|in (?:four|three|eight|nine|two|seven|\d+) (?:of|out)|correctly"
    r"|accura\w+|fewer than|no more than|at least|with (?:only )?(?:one|two|a single|no) (?:prompt"
    r"|reminder|verbal)|asks?|choose|chooses|tell|explain|say|stay(?:ing)?|initiate|invite|start"
    r"|by [a-z]+ing|answer|speak|contribut\w+|join(?:ing)? in|with his own|with her own)\b"
)
_WEAK = re.compile(
    r"\b(?:improv(?:e|es|ed|ing|ement|ements)|develop(?:s|ed|ing|ment)?|increas(?:e|es|ed|ing|ingly)"
    r"|(?:make|making|show|see|sustain) (?:[a-z]+ ){0,3}progress|progress(?:es|ed|ing)?|feel(?:s|ing)?"
    r"|understand(?:s|ing)?|gain(?:s|ing)?|(?:be|become|becoming|being|get|grow|feel|is) (?:a |much "
    r"|far |a lot |even )?(?:more|less|better|happier|calmer|safer|stronger|fitter|able to (?:cope"
    r"|engage|access|manage|regulate|participate|understand|communicate|interact|express)|aware"
    r"|confident|comfortable|resilient|independent|motivated|included|happy|ready|regulated|settled"
    r"|secure|accepted|valued|closer|nearer|successful)|continu(?:e|es|ing)(?: to)?|engag(?:e|es|ing"
    r"|ement)|build(?:s|ing)?(?: (?:up|on|his|her|their|positive|more|better|good|self"
    r"|relationships?))|enhanc(?:e|es|ed|ing)|strengthen(?:s|ed|ing)?|extend(?:s|ed|ing)?|better"
    r"|cop(?:e|es|ing)|manag(?:e|es|ing) (?:his|her|their|emotions?|feelings|anxiety|transitions?"
    r"|change)|greater|widen(?:s|ed|ing)?|broaden(?:s|ed|ing)?|raise|boost|reduc(?:e|es|ed|ing)"
    r"|appreciat(?:e|es)|enjoy(?:s|ing)?|access(?:es|ing)? (?:learning|the (?:full )?curriculum"
    r"|education|a)|reach (?:his|her|their) (?:full )?potential|fulfil|achieve (?:his|her|their)"
    r"|catch up|close the gap|move (?:on|forward)|work towards|be able to (?:access|engage|cope"
    r"|regulate)|participate(?: more| fully)?|know(?: more| how)|learn(?: more| about| to (?:cope"
    r"|manage|regulate|engage|understand))|have (?:better|improved|more|good|greater|positive"
    r"|increased|a better|a greater|a wider|higher|stronger)|express (?:himself|herself|themselves|his"
    r"|her|their)|communicate(?: (?:more|better|effectively|his|her|their))?|interact|socialise"
    r"|form (?:positive )?(?:relationships|friendships)|regulate|begin to|start to|experience|thrive"
    r"|maximi[sz]e|optimi[sz]e|internali[sz]e|function|maintain|consolidate|expand|grow|flourish"
    r"|be supported to|demonstrate|show (?:more|greater"
    r"|better|increased|improved)|do better|try harder|settle"
    r"|(?:take|show|have|pay|put|give) (?:in )?(?:more|greater|better|increased) [a-z]+)\b"
)
_MEASURE = re.compile(
    rf"\b(?:{numbers.NUMBER} (?:[a-z]+ )?(?:out of|in every) {numbers.NUMBER}|{numbers.NUMBER}(?: |-)(?:tries"
    rf"|trials|attempts|goes|visits|out of|in every|of|in (?:ten|five|four|\d+)|words?|minutes?"
    rf"|times?|steps?|prompts?|days?|lessons?|occasions?|sessions?|books?|sounds?|pupils?|peers?"
    rf"|friends?|sentences?|questions?|objects|weeks?|different|metres?|seconds|classmates?|items"
    rf"|letters?|more|fewer|hours?|correct|pages?|errors?|marks?|numbers?|tasks?|signs?|symbols?|meals?"
    rf"|foods?|key|spoken|new|children|adults?|turns?|points?|mornings?|people|consecutive|full|whole"
    rf"|percent|per|trips?|journeys?|stops?|exchanges?|spellings?|facts?|instructions?|activities"
    rf"|breaks|situations|ideas?|things|ingredients|stitches|examples|step|word|minute|place|familiar"
    rf"|simple|named|unfamiliar|short)|at least {numbers.NUMBER}|no more than|fewer than|\d+ ?%"
    rf"|per cent|percent|{numbers.NUMBER} (?:words|minutes)|without (?:any |an? )?(?:adult|help"
    rf"|prompt\w*|reminder\w*|support|being|assistance|a reminder|physical|verbal)|independently"
    rf"|unaided|on (?:his|her|their) own|by (?:himself|herself|themselves)|with (?:one|two|only|no"
    rf"|a single|fewer) (?:[a-z]+ )?(?:prompts?|reminders?|adult|hand)|(?:once|twice|three times|every"
    rf"|each|daily|weekly) ?(?:a |each |every )?(?:week|day|morning|lesson|term|fortnight|school day"
    rf"|evening|lunchtime|break)?|age[- ]appropriate level"
    rf"|from [a-z0-9]+ (?:[a-z]+ )?to {numbers.NUMBER}|all (?:of )?(?:the )?{numbers.NUMBER}|level \d"
    rf"|grade \d|both|\d+-(?:word|step|minute|page)|standard(?:ised)? score|reading age|entry level)\b"
)
# An outcome that is only the name of what is laid on, with no verb for anybody.
_BARE_SERVICE = re.compile(
    rf"\W*(?:[a-z-]+ ){{0,5}}?(?:{_SERVICE}|approach(?:es)?|environment|curriculum|access to [a-z]+)\b"
)
_DOES_ANYTHING = re.compile(r"\b(?:will|shall|can|to|is|are|has|does|be)\b|\b(?:he|she|they|i)\b|^\W*[a-z]+ing\b")
_STAFF = (
    r"(?:(?:the |a |an |his |her |their |all |class |school |both |each |every |[a-z]+'s )*(?:school"
    r"|staff|teachers?|therapists?|psychologists?|senco|sendco|teaching assistants?|assistants?"
    r"|adults?|council|local authority|services?|college|nursery|nurse|social worker|professionals?"
    r"|mum|dad|mother|father|team|setting|headteacher|tutors?|mentors?|paediatrician|occupational therapist"
    r"|speech and language therapist|physiotherapist|physio|camhs|health visitor|provision|programme"
    r"|key ?worker|key adults?|specialists?|department|parents?|family|dietitian|caseworker"
    r"|careers adviser|trainer|practitioners?|report|assessment|referral|meeting|plan|timetable"
    r"|visual timetable|profile|training)s?)"
)
_STAFF_SUBJECT = re.compile(
    rf"^(?:[^a-z]*|(?:by|before|from|within|during|at|in|throughout|over|each|every|after|until"
    rf"|following)\b[^,]{{0,70}}?,? ?)??(?:(?:an? |the |his |her |their |all "
    rf"|any )?(?:[a-z-]+ ){{0,4}}?)?{_STAFF}(?:,? (?:and|with|at|from|in|of|for|working"
    rf"|who) [^.,]{{0,50}}?)? (?:will|shall|to|should|must|is to|are to|continues? to|needs? to|ensures?|makes? sure"
    rf"|provides?|completes?|arranges?"
    rf"|delivers?)\b"
)
_PERCEIVE = re.compile(
    r"\b(?:will|can|able to) (?:be able to )?(?:understand|notice|hear|see (?:him|her|that)"
    r"|recogni[sz]e|report that|record that|observe (?:him|her)|rate|know what)\b"
)
_LIFE = re.compile(
    r"(?:^\W*(?:an? )?(?:[a-z]+ )?(?:career|job|marriage|place of (?:his|her|their) own)\b(?!.* will )"
    r"|\b(?:(?:get|have|find|hold|gain|secure|be in|go into|keep|obtain|land) (?:a |an |his |her "
    r"|their |paid |full-time |part-time |meaningful |good |some |sustained )*(?:jobs?|employment"
    r"|work\b(?! experience)|career|flat|house|home of|own home|place of (?:his|her|their) own"
    r"|apprenticeship|family|partner|girlfriend|boyfriend|husband|wife|children|wife and)|(?:become|becoming|being"
    r"|working as|be"
    r"|work as|train as|qualify as|make (?:his|her|their) living as|earn (?:his|her|their) living as"
    r"|employed as|trained as|is) (?:a |an )(?:professional |qualified |famous |self-employed "
    r"|successful )?(?:chef|mechanic|teacher|nurse|vet|doctor|footballer|pilot|engineer|actor|singer"
    r"|artist|builder|police officer|firefighter|train driver|driver|hairdresser|gardener|designer"
    r"|programmer|zookeeper|electrician|plumber|farmer|scientist|musician|dancer|writer|author|lawyer"
    r"|paramedic|youtuber|baker|carpenter|joiner|receptionist|cook|animator|photographer|architect"
    r"|soldier|beautician|barber|shopkeeper|lorry driver|game designer|games designer|(?!learn|read|writ|speak"
    r"|listen|memb|help|play|swimm|think|partn|numb|answ|lett|ord|mann|wond|bett|lat|aft|oth|mast|lead)[a-z]+(?:er|ist"
    r"|ian|or))(?! of (?:the|his|her) (?:class|group|team))|(?:live"
    r"|living) (?:[a-z]+ ){0,4}?(?:independently|alone|on (?:his|her|their) own|in (?:his|her"
    r"|their) own|by (?:himself|herself)|with (?:a partner|friends|minimal)|in supported|as an adult)"
    r"|(?:sees?|pictures?|imagines?|thinks? of) (?:himself|herself|themselves|themself) (?:as|with|in|having"
    r"|being|working)\b"
    r"|place of (?:his|her|their) own|(?:owning|buying|renting|having|own|buy|rent|share|sharing) (?:a|an|his own"
    r"|her own|their own)"
    r" (?:[a-z]+ )?(?:flat|home|house"
    r"|car|place|business|bungalow|farm|shop|pub|café|cafe|restaurant|garage|salon|boat|caravan|lorry|studio)\b"
    r"|(?:be|become) (?:a |an )?(?:[a-z]+ )?(?:mum|dad|mother|father|parent|grandparent|husband|wife)\b|liv(?:e"
    r"|es|ing) (?:by|near|beside)"
    r" the (?:sea|beach|coast)"
    r"|own (?:flat|home|house|car|place|business)|married\b|with (?:a|his|her) (?:own )?(?:flat|house|job|car|wife"
    r"|husband)\b|marry|settle down"
    r"|start (?:a|his|her) family|go to (?:university|uni\b)|(?:degree|university) (?:place|course)"
    r"|run (?:his|her|their) own|move out|leave home|drive (?:a|his|her) (?:own )?car|earn (?:a|his"
    r"|her) (?:own )?(?:living|wage)|when (?:he|she|they) (?:is|are) (?:an adult|grown up|older)|(?:as"
    r"|in) (?:an adult|adult life|adulthood|later life)|grow(?:s)? up|financially independent"
    r"|(?:will|to) (?:one day )?work (?:in|at|for|with|on) (?:an? |the )?(?:nursery|shop|garage|farm|hotel"
    r"|office|hospital|cafe|salon|kitchen|school|zoo|animals|children|cars|computers|building|care home|factory"
    r"|theatre|trade)|live with (?:his|her|their) (?:friends?|partner|girlfriend|boyfriend|own)"
    r"|paid (?:employment|work)|lifelong|independent adult)\b)"
)
_STAGE = re.compile(
    r"\b(?:work experience|placement of|photo list|hours? (?:a|each|per) week|at least|out of|without"
    r"|with (?:one|two)|complete|plan and|college (?:visit|taster)|apply for|fill in|bus|journey"
    r"|travel|cook|make (?:a|his|her)|three|four|five|two|six|ten|\d+ (?:hours|days|times|out))\b"
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|every (?:single )?[a-z]+ (?:right|correct(?:ly)?)\b|(?:entirety|whole|all) of (?:every"
    r"|each|all)|each and every|100 ?(?:% (?:of|accura\w+|correct|success\w*|in|attendance)|per ?cent)|one"
    r" hundred per ?cent|every single [a-z]+|every (?:time"
    r"|instruction|occasion|situation|request|day without|word|rule)|at all times"
    r"|all (?:of )?(?:the )?(?:time|lessons|situations|settings|instructions|environments|subjects"
    r"|day, every day|rules|occasions|classes|his lessons|her lessons|their lessons|contexts)|(?:no"
    r"|not have any|without any|zero|have no|free (?:of|from)|experience no|show no|without ever"
    r"|not ever) (?:more |further |longer |all |any |other |such )*(?:anxiety|worr|meltdown|outburst|incident|conflict"
    r"|difficult|distress|mistake|error|behaviour|fear|upset|aggress|refus|pain|accident|exclusion"
    r"|challenging|physical|absence)[a-z]*|eliminate[sd]?|completely|entirely|totally"
    r"|fully (?:independent|regulate|recover|overcome)|all lessons|every lesson(?! out)|(?:will"
    r"|to) (?:stop|cease|no longer|not be|not feel|not get|not hit|not run|not refuse"
    r"|not shout) [a-z]*|(?:will|to) not [a-z]+ [^.;]{0,40}?\b(?:again|ever|any ?more|at all)\b|perfect(?:ly)?"
    r"|cured?|whenever asked|in every (?:lesson|situation|setting"
    r"|subject)|on every occasion|without (?:fail|exception)|not (?:once|a single)|any and all"
    r"|everything|everyone|whatever the|no more [a-z]+ing|(?:full|top) marks (?:in|on|for) (?:all|every|each|any)"
    r"|all (?:foods|textures|people|adults|staff|noises|places|changes|subjects|demands|types of|kinds of|manner of"
    r"|aspects|areas|parts of|of (?:his|her|their) (?:work|tests|lessons|homework|targets)))\b"
)
_SHORT_TASK = re.compile(
    r"\b(?:ten out of ten|out of (?:ten|five|four|eight|\d+)|of the (?:ten|five|twenty|\d+)|in (?:a"
    r"|one) (?:test|task|quiz|game)|spelling test)\b"
)
_EVERYWHERE = re.compile(r"\b(?:every|all|always|any|each|never|whatever)\b")
_ADULTHOOD = re.compile(
    r"\b(?:employ\w*|work(?:place| experience|ing life)?\b(?! (?:with|on|out|for \d|through))|job"
    r"|career|college|apprentic\w*|internship|volunteer\w*|travel\w*|bus\b|train journey"
    r"|independent living|liv(?:e|ing) independently|cook\w*|budget\w*|(?:manag\w+|handl\w+"
    r"|look\w* after|sav\w+|own|spend\w*) (?:his |her |their |own |some )*money|pay(?:ing|s)? for"
    r"|shop(?:ping|s)?\b|bank (?:account|card)|community|adult(?:hood)?(?: life)|as an adult|tenancy"
    r"|flat|laundry|wash(?:ing)? (?:his|her|their) (?:own )?clothes|gp appointment|prescription"
    r"|own health|health appointment|healthy|exercise|sexual|friendships? outside|leisure|vote|voting"
    r"|preparing for adulthood|preparation for adulthood|supported living|meal|sandwich|road safety"
    r"|gym|youth club|medication himself|own medication|register with)\b"
)


def _outcome_sentences(reading: Reading) -> list[tuple[int, int, str]]:
    found = []
    for first, last in reading.text.sentences:
        low = reading.low[first:last]
        if re.search(
            r"\b(?:at present|currently|now|in [a-z]+ 20\d\d (?:he|she|they)|today|baseline|starting point"
            r"|at the moment)\b",
            low,
        ) and not re.search(r"\bwill\b", low):
            continue
        found.append((first, last, low))
    return found


def service(reading: Reading, _: Document) -> Iterator[Hit]:
    """E01: the outcome is a service or an activity, with no change in the child."""
    for first, _last, low in _outcome_sentences(reading):
        match = SERVICE_OUTCOME.search(low) or _SUPPORTED.search(low) or outcome_words.DONE_BY.search(low)
        match = match or outcome_words.LAID_ON.search(low)
        if (
            first == 0
            and not match
            and not _DOES_ANYTHING.search(re.sub(r"\baccess to\b", " ", low))
            and _BARE_SERVICE.match(low)
        ):
            yield reading.hit("E01", (first, _last))
            return
        if not match or _STAFF_SUBJECT.search(low):
            continue
        if re.match(r" (?:from|by|of) (?:nobody|no-?one)\b", low[match.end() :]):
            continue
        behaviour = _CHANGE.search(low)
        if (
            not SERVICE_OUTCOME.search(low)
            and behaviour
            and re.search(r" and [a-z]+ ", low[match.end() : behaviour.start()])
        ):
            continue
        own = re.search(
            r"\b(?:attend|access|have|use|go to|see|join|complete|take part in|participate in|spend"
            r"|engage (?:with|in)|get|work with|meet with)\b",
            match.group(),
        )
        if (
            own
            and behaviour
            and not re.search(r"\b(?:therap|support|intervention|provision|programme)\w*", match.group())
        ):
            continue
        if (
            own
            and re.search(r"\b(?:use|complete|join|go to|spend|engage (?:with|in)|see)\b", match.group())
            and (
                behaviour
                or (
                    _MEASURE.search(re.sub(dates.DATE, " ", low))
                    and not re.search(
                        r"\b(?:group|club|session|programme|therap|intervention|clinic)\w*$", match.group()
                    )
                )
            )
        ):
            continue
        yield reading.hit("E01", (first + match.start(), first + match.end()))
        return


def immeasurable(reading: Reading, _: Document) -> Iterator[Hit]:
    """E02: a weak verb with no count, accuracy or level of help."""
    if not reading.blank:
        body = re.sub(dates.DATE, " ", reading.low)
        body = (
            re.sub(
                r"\b(?:key stage|year|ks|within|in|over|for|next|age|aged) (?:the )?(?:next )?\w+(?: (?:months?"
                r"|years?|terms?|weeks?))?",
                " ",
                body,
            )
            if not _MEASURE.search(
                re.sub(
                    r"\b(?:within|in|over|next|the next) \w+ (?:months?|years?|terms?|weeks?)|\b(?:key stage"
                    r"|year) \w+",
                    " ",
                    body,
                )
            )
            else body
        )
        clean = re.sub(
            r"\b(?:within|in|over|next|the next) \w+ (?:months?|years?|terms?|weeks?)|\b(?:key stage|year) \w+",
            " ",
            body,
        )
        match = _WEAK.search(reading.low) or outcome_words.BETTER.search(reading.low)
        if match and not _MEASURE.search(clean):
            yield reading.hit("E02", match)


def undated(reading: Reading, _: Document) -> Iterator[Hit]:
    """E03: no date, phase end or period."""
    if not reading.blank and not dates.has_deadline(reading.low):
        yield reading.hit("E03")


def baseline(reading: Reading, _: Document) -> Iterator[Hit]:
    """E04: no starting point."""
    if not reading.blank and not re.search(
        r"\b(?:at present|currently|now|today|baseline|starting point|at the moment|in [a-z]+ 20\d\d (?:he"
        r"|she|they)|compared with|than in|from \w+ to)\b",
        reading.low,
    ):
        yield reading.hit("E04", (0, 0))


def _role_acts(low: str) -> re.Match[str] | None:
    """The words up to 'will' when a member of staff, by whatever long name, stands right before it."""
    head = re.match(r"[^;]*?(?= (?:will|shall|is to|are to)\b)", low)
    named = roles.roles(head.group()) if head else []
    return head if named and head and head.end() - named[-1].end <= 1 else None


def staff_task(reading: Reading, document: Document) -> Iterator[Hit]:
    """E07:

    the subject is a service, school or professional. What others notice of the child's speech is the child's.
    """
    names = document.child_names
    for first, last, low in _outcome_sentences(reading):
        match = _STAFF_SUBJECT.search(low)
        match = match or _role_acts(low)
        if match and any(
            re.search(
                rf"(?<!with )(?<!for )(?<!around )(?<!of )(?<!teaching )(?<!supporting )\b{re.escape(name)}\b(?!'s)",
                match.group(),
            )
            for name in names
        ):
            match = None
        if match and re.search(r"\b(?:he|she|they)\b", match.group()):
            match = None
        passive = re.search(
            r"\bwill (?:be|have been) (?:[a-z]+ )?(?:completed|written|carried out|provided|delivered|arranged"
            r"|put in place"
            r"|set up|reviewed|trained|produced|made|updated|implemented|in place|established|shared|created"
            r"|drawn up|ready for (?:him|her|them|[a-z]+)(?= (?:by|before|in|from)\b)|available|installed|bought"
            r"|ordered)\b",
            low,
        )
        if match and not _PERCEIVE.search(low):
            yield reading.hit("E07", (first, last))
            return
        if (
            passive
            and not any(
                re.search(rf"(?<!for )(?<!of )(?<!about )(?<!with )\b{re.escape(name)} will\b", low) for name in names
            )
            and not re.search(r"\b(?:he|she|they) will\b", low)
        ):
            yield reading.hit("E07", (first, last))
            return


def life_goal(reading: Reading, _: Document) -> Iterator[Hit]:
    """E08: a job, home or relationship of adult life, with no stage within the plan's control."""
    for first, _last, low in _outcome_sentences(reading):
        match = _LIFE.search(low)
        if (
            match
            and not (_STAGE.search(low) and dates.has_deadline(low))
            and not re.search(r"work experience|\bvisit", low)
        ):
            yield reading.hit("E08", (first + match.start(), first + match.end()))
            return


def past_date(reading: Reading, document: Document) -> Iterator[Hit]:
    """E09: the target date is before the plan's date, or the target year group is already behind."""
    today = document.context.plan_date
    for first, _last, low in _outcome_sentences(reading):
        for found in dates.dates(low) if today else []:
            before = low[max(0, found.start - 45) : found.start]
            target = re.search(
                r"\b(?:by|before|until|end of|no later than|on or before|during|in time for|at the|term|in|within"
                r"|to)(?: (?:the|end|of|his|her|their|beginning|start|[a-z]+ term|close|half-term|middle))* ?(?:\("
                r"|, )?$",
                before,
            )
            base = re.search(
                r"\b(?:than|since|from|compared (?:with|to)|assessed|baseline|was|had|report of|review of|did"
                r"|in)[a-z ]{0,20}$",
                before,
            )
            if (
                found.on < (today or date.min)
                and target
                and not (base and not re.search(r"\b(?:by|before|until|end of|no later than)\b", before))
                and not re.search(r"\b(?:was|were|had|(?<!will )(?<!to )read|did)\b", low[: found.start])
            ):
                yield reading.hit("E09", (first + found.start, first + found.end))
                return
        year = document.context.child.nc_year
        behind = re.search(r"\bby (?:the )?(?:end|start|beginning) of (?:year|y) ?(\d+|[a-z]+)", low)
        if behind and year is not None and 0 < numbers.value(behind.group(1)) < year:
            yield reading.hit("E09", (first + behind.start(), first + behind.end()))
            return


def adulthood(document: Document) -> Iterator[Hit]:
    """E10: year 9 or over with no outcome on employment, independent living, community or adult health."""
    year, outcomes = document.context.child.nc_year, document.of("E")
    if (
        document.context.whole_plan
        and year is not None
        and year >= 9
        and outcomes
        and not any(_ADULTHOOD.search(each.low) for each in outcomes)
    ):
        yield outcomes[0].hit("E10", (0, 0))


def adulthood_provision(document: Document) -> Iterator[Hit]:
    """F31: year 9 or over with no provision for adulthood."""
    year, provision = document.context.child.nc_year, document.of("F", "G", "H1", "H2")
    if (
        document.context.whole_plan
        and year is not None
        and year >= 9
        and provision
        and not any(_ADULTHOOD.search(each.low) for each in provision)
    ):
        yield provision[0].hit("F31", (0, 0))


def short_steps(document: Document) -> Iterator[Hit]:
    """E11: nothing on who sets and checks shorter-term targets."""
    outcomes = document.of("E")
    if (
        document.context.whole_section
        and outcomes
        and not any(
            re.search(
                r"\b(?:short(?:er)?[- ]term|termly|half-termly) (?:targets?|steps?|goals?)|set (?:and|by)"
                r"|steps? towards",
                each.low,
            )
            for each in outcomes
        )
    ):
        yield outcomes[0].hit("E11", (0, 0))


def several(reading: Reading, _: Document) -> Iterator[Hit]:
    """E12: two or more independent changes joined."""
    match = re.search(r"\bwill\b[^.;]{5,120}\band (?:will|he will|she will|they will|also)\b", reading.low)
    if match:
        yield reading.hit("E12", match)


def absolute(reading: Reading, _: Document) -> Iterator[Hit]:
    """E13: always, never, 100%, or total absence of a feeling or behaviour as the target."""
    for first, _last, low in _outcome_sentences(reading):
        for match in _ABSOLUTE.finditer(low):
            if _STAFF_SUBJECT.search(low):
                break
            if not re.search(r"\bwill\b|\bto be\b", low) or reading.text.quoted(first + match.start()):
                continue
            if match.group() == "never" and re.match(r" (?:[a-z]+ )?(?:more|fewer|less) than\b", low[match.end() :]):
                continue
            if re.match(r"(?:no|without any|zero) (?:mistake|error)", match.group()) and not _EVERYWHERE.search(low):
                continue
            if _SHORT_TASK.search(low) and not re.search(r"always|never|all (?:the )?(?:time|lessons)", match.group()):
                continue
            if re.match(
                r"(?:everything|everyone|completely|entirely|perfect|no longer|(?:will|to) (?:stop|no longer|cease"
                r"|not))",
                match.group(),
            ) and re.search(
                r"\b(?:stop (?:at|when|the|and|signs?|his|her work)|no longer needs?|stop [a-z]* ?(?:sign|light))\b",
                low,
            ):
                continue
            if re.search(r"\bwill (?:stop)\b", match.group()) and re.search(
                r"\bstop (?:at|and|for|when|work|on)\b", low
            ):
                continue
            if match.start() > low.find(" at present") > 0:
                continue
            yield reading.hit("E13", (first + match.start(), first + match.end()))
            return
