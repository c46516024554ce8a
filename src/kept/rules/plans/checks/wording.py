"""Wording anywhere in a plan: residue, readability, blame, private facts, length, repetition."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import roles
from kept.rules.plans.reading import LONGEST_PART, Document, Hit, Reading
from kept.rules.plans.text import grade, stem, syllables, words
from kept.rules.plans.verbs import words_of

_RESIDUE = re.compile(
    r"\[(?! ?(?:sic|\.\.\.|…|he|she|they|the|is|him|her|his|it|my|was)\b ?\]|\.\.\.\]"
    r"|…\])[^\]\n]{0,120}\]|<<[^>]{0,60}>>|«[^»]{0,60}»|\{\{[^}]{0,60}\}\}|\{[a-z_ ]{2,40}\}"
    r"|<[a-z][a-z _'/-]{1,40}>|\$\{[^}]*\}|%[a-z_]+%|_{3,}|\.{5,}|…{2,}|\bx{2,}\b(?!l)"
    r"|\bt\.?b\.?[acd]\b\.?|\bto be (?:completed|inserted|added|filled in|populated)\b|\b(?:delete"
    r"|amend|circle|tick|strike out|cross out) (?:as|if|where|one|which|either"
    r"|whichever)(?: [a-z]+)? ?(?:appropriate|applicable|necessary|required|applies|not applicable"
    r"|apply)?\b|\blorem\b|\bipsum\b|\b(?:insert|enter|add|type|paste) (?:the )?(?:child'?s?|pupil'?s?"
    r"|young person'?s?|name|date|text|details|here|your|school|hours|number|dob|surname"
    r"|first name)\b(?! (?:to|on|in|of (?:the|his|her)) (?:the )?(?:keyboard|calendar|line|worksheet"
    r"|page|story|game|board))|\bclick (?:or tap )?here\b|\berror! (?:reference|bookmark)"
    r"|\bdd/mm/(?:yy)?yy|\bcomment \[[a-z]*\d+\]|\b(?:he/she|she/he|his/her|him/her|her/his|s/he"
    r"|himself/herself|(?:mr|mrs|miss)/(?:mr|mrs|ms|miss))\b|\?\?+|\bsurname, forename\b|\b(?:child"
    r"|pupil|student|young person) (?:x|y|z|a\b(?= (?:will|has|is|needs)))\b"
    r"|[(](?:the |insert )?(?:child|pupil|student|young person|yp|cyp|learner)(?:'s)?(?: (?:first |full"
    r" )?name)?[)]|[(](?:first |full |child's |pupil's )?name[)]"
    r"|\bfirst ?name\b(?= (?:will|has|is|needs|can|should))|\b(?:child|pupil|student|young person"
    r"|learner)'?s? name\b(?= (?:will|has|is|needs"
    r"|can|here|should))|\b(?:asdf|qwerty|abc123)\b|\bsample text\b|\bplaceholder\b|\bexample only\b"
    r"|\((?:[^()]*\b(?:to (?:check|confirm|add|chase|update|complete|amend|insert|reword|verify|supply)|please(?!"
    r" (?:ask|contact|request|write))|query"
    r"|check (?:this|with|if|whether|that)|not sure|(?:is|are) (?:this|these) (?:right|correct|still)"
    r"|needs? (?:checking|updating"
    r"|adding|confirming)|before (?:sending|issue|issuing|it goes))\b[^()]*|[^()]{3,}[?!])\)|(?:^"
    r"|(?<=[.!?:] ))(?:name|child|pupil|student|forename|first name|yp|cyp)(?:'s)? (?=(?:will|has|is|needs|can"
    r"|cannot|should"
    r"|must|finds|reads|struggles|likes|plan|receives|attends)\b)|\b(?:delete|remove|replace|overwrite|complete|use"
    r"|fill in|expand) (?:this|these) (?:line|text|sentence|paragraph|section|box|bit|row"
    r"|heading|wording|field|page|example)s?\b|\bdraft note\b|\bnote to (?:self|author|editor|writer|caseworker)\b"
    r"|\*+ ?(?:delete|insert|amend|check|add|choose|select)\b|\b(?:delete|choose|select): ?[a-z]+ ?/"
    r"|#+[a-z_]+#+|@@|\bxx/xx\b"
    r"|\b00/00/0000\b|\bn(?:ame)? of (?:child|pupil|school)\b(?= (?:will|has|is|needs|here))"
)


# Without one of these marks or words there is no residue to look for.
_MARKS = re.compile(r"[\[\]<>{}\u00ab\u00bb_$%#@*/(\u2026]|\?\?|\.{5}|\bx{2,}\b|\bt\.?b\.?[ac]\b")
_RESIDUE_WORDS = frozenset(
    [
        "completed",
        "inserted",
        "added",
        "filled",
        "populated",
        "delete",
        "amend",
        "circle",
        "tick",
        "strike",
        "cross",
        "lorem",
        "ipsum",
        "insert",
        "enter",
        "add",
        "type",
        "paste",
        "click",
        "error",
        "comment",
        "surname",
        "child",
        "pupil",
        "student",
        "young",
        "forename",
        "firstname",
        "first",
        "asdf",
        "qwerty",
        "sample",
        "placeholder",
        "example",
        "name",
        "yp",
        "cyp",
        "remove",
        "replace",
        "overwrite",
        "complete",
        "use",
        "fill",
        "expand",
        "draft",
        "note",
        "choose",
        "select",
        "abc",
    ]
)


def residue(reading: Reading, _: Document) -> Iterator[Hit]:
    """S05: a template's instruction, merge field, dummy text or choice left in."""
    if not _MARKS.search(reading.low) and not words_of(reading.low) & _RESIDUE_WORDS:
        return
    for match in _RESIDUE.finditer(reading.low):
        words_ = match.group()
        if words_.startswith("[") and re.match(
            r"\[(?:[a-z]|[a-z]+ed|[^\]]*\b(?:laughs|smiles|points|signs|translated|laughing|pause|inaudible"
            r"|mum|dad|brother|sister)\b[^\]]*|\d+)\]",
            words_,
        ):
            continue
        if re.match(r"t\.?b\.?[ac]|to be (?:completed|added)", words_) and re.search(
            r"\bwill\b.{0,20}$", reading.low[max(0, match.start() - 5) : match.start()]
        ):
            continue
        if words_.startswith("to be completed") and re.match(
            r" (?:by|each|in|within|every|before|with|daily|weekly|at)\b", reading.low[match.end() :]
        ):
            continue
        if words_.startswith(("to be added", "to be inserted")) and re.match(
            r" (?:to|in|by)\b", reading.low[match.end() :]
        ):
            continue
        if (
            words_.startswith(("tick", "circle", "cross", "add", "type", "enter", "insert", "paste", "_"))
            and reading.part.section in {"E", "F"}
            and re.search(r"\b(?:learn|practise|teach|will|to|can)\b[^.]{0,40}$", reading.low[: match.start()])
            and not re.search(r"(?:delete|appropriate|applicable)", words_)
            and not words_.startswith("_")
        ):
            continue
        yield reading.hit("S05", match)
        return


def readability(reading: Reading, _: Document) -> Iterator[Hit]:
    """S14: in A and E, a sentence over 35 words or a passage above US grade 10. Not a quotation."""
    for first, last in reading.text.sentences:
        body = re.sub(r"\([^)]*\)", "", reading.low[first:last])
        body = re.sub(r"^[^:]{0,60}views?[^:]{0,60}: ?", "", body)
        inside = sum(end - start for start, end in reading.text.quotes if first <= start < last)
        if len(body.split()) > 35 and inside < (last - first) / 2:
            yield reading.hit("S14", (first, last))
            return
    kept = [
        re.sub(r"\([^)]*\)", "", reading.low[first:last])
        for first, last in reading.text.sentences
        if not reading.text.quoted(first + 1)
    ]
    counted = words(" ".join(kept))
    if len(counted) >= 28 and grade(kept) > 11.5:
        yield reading.hit("S14")
        return
    for first, last in reading.text.sentences:
        sentence = words(reading.low[first:last])
        if (
            len(sentence) >= 16
            and grade([reading.low[first:last]]) > 15
            and sum(syllables(word) >= 4 for word in sentence) >= 3
            and not reading.text.quoted(first + 1)
        ):
            yield reading.hit("S14", (first, last))
            return


_BLAME = re.compile(
    r"\b(?:laz(?:y|iness|ily)(?![- ]eye)|attention[- ]seek\w*|seeks? attention|(?:only|just|all (?:he|she"
    r"|they)) (?:wants?|after|seeks?) (?:is )?attention"
    r"|spoils (?:lessons?|games?|things|it|the class|everything)\b|manipulat(?:ive"
    r"|es? (?:adults|staff|others|people|situations|his|her|the)|ing (?:adults|staff|others|people))"
    r"|non-?complian\w+|(?<!oppositional )defian(?:t|ce)|naught\w+|stubborn\w*|wilful\w*"
    r"|oppositional(?! defiant disorder)|(?:will not|won't|refuses to|doesn't|does not|never) (?:try"
    r"|bother|make (?:any|an|the) effort|put (?:in )?(?:any )?effort|behave|listen to reason"
    r"|do as (?:he|she|they) (?:is|are) told|cooperate|co-operate|apply (?:himself|herself"
    r"|themselves))|can(?:'t|not) be bothered|suffer(?:s|ing|ed|er)?(?: [a-z]+)? (?:from|with)"
    r"|sufferer|afflicted|victim of|wheelchair[- ]bound|confined to (?:a|his|her|their) wheelchair"
    r"|bed-bound|low[- ]functioning|high[- ]functioning|mentally (?:handicapped|retarded)|handicap\w*"
    r"|retard\w*|backward(?!s| chain)|abnormal|bad (?:attitude|behaviour|boy|girl)|badly behaved|ill-behaved"
    r"|(?:attitude|effort|behaviour) is (?:very |often )?(?:bad|poor|appalling|unacceptable|terrible|dreadful)"
    r"|poor (?:attitude|behaviour|effort|parenting)|(?:challenging|difficult|problem|naughty|demanding"
    r"|troubled|troublesome) (?:child|pupil|boy|girl|student|young (?:person|man|woman))"
    r"|trouble-?maker|spoil(?:t|ed)(?! (?:food|work|paper|milk))|work-?shy|idle(?! (?:chat|hands"
    r"|animation))|chooses? (?:not to|to misbehave|to ignore|to be)|deliberate(?:ly)? (?:disrupt"
    r"|disobe|ignor|provok|annoy|winds?|refus|break|hurt|mis)\w*|plays? up|acts? up|acting out"
    r"|kicks? off|tantrums?|lashes out|aggressive (?:child|boy|girl|pupil)|violent (?:child|boy|girl"
    r"|pupil|towards)|disruptive (?:child|boy|girl|pupil|influence|presence|member|to (?:others"
    r"|the class|lessons|peers)|in)|(?:is (?:very |often |always |extremely )?"
    r"|(?:an?|this|such a) (?:[a-z]+ly |very |rather )?(?=[a-z-]+ (?:boy|girl|child|pupil|student|lad|young"
    r"|teenager)\b))(?:disruptive"
    r"|rude|unruly|disobedient|uncooperative|unco-operative|obstinate|difficult|lazy(?![- ]eye)|immature|clingy"
    r"|bossy|needy"
    r"|sly|spiteful|malicious|vindictive|deceitful|cruel|nasty|mean\b(?! (?:age|score))|devious|disrespectful"
    r"|aggressive|unmotivated|careless|a burden|babyish|selfish"
    r"|attention-seeking|a handful|a nuisance|a nightmare|uncontrollable|out of control|silly"
    r"|slow\b(?! (?:to|at|and|in|when|reader|writer|process|down)))|a (?:handful(?! of)|nuisance|nightmare"
    r"|burden|bully|liar|menace|loner)|(?:pushes|pushing) (?:the )?boundaries|(?:knows"
    r"|playing) (?:how to )?(?:push|pressing|which) (?:buttons|people's buttons)|winds? (?:others"
    r"|people|staff|peers) up|gets? away with|makes? excuses|task[- ]avoidan\w*|lacks? (?:motivation"
    r"|effort|willpower|self-control|discipline)|puts? in (?:little|no|minimal) effort"
    r"|makes? (?:little|no) effort|could (?:do better|try harder)|needs? to try harder|doesn't care"
    r"|plays? (?:the (?:victim|fool|clown|system|martyr)|on (?:it|his|her|their)|people off)|mak(?:es?"
    r"|ing) a (?:fuss|scene)"
    r"|put(?:s|ting)? on an act|own worst enemy|to blame|fault|unwilling to (?:learn|try|work|engage|cooperate)"
    r"|unteachable"
    r"|hopeless|incapable|attention-needing|bone idle|slow learner|special needs child"
    r"|normal (?:children|child|peers|pupils)|not normal|over-?(?:anxious|protective) (?:mother|mum"
    r"|parent|parents|father)|pester\w*|bad-tempered|sulk(?:s|y|ing)?|whin(?:es|ing|ey)|brat|cheeky"
    r"|demanding behaviour)\b"
)


def blame(reading: Reading, _: Document) -> Iterator[Hit]:
    """S15: blaming or deficit words. Not when quoted, nor a medical use such as a lazy eye."""
    for match in reading.find(_BLAME):
        before = reading.text.before(match.start())
        if re.search(
            r"\b(?:call(?:s|ed)?|label(?:led)?|described as|word|been called|not|never|no|rather than|isn't"
            r"|says? (?:people|others|children|they) (?:call|think)|told (?:he|she) is|thinks? (?:he|she"
            r"|they) (?:is|are)|says? (?:he|she) is|accused of being|fear of being|worried (?:that )?(?:he|she"
            r"|people))\b[^.;,]{0,25}$",
            before,
        ):
            continue
        if re.search(rf"\b{_REL} (?:was|is|were|are|has been|became) (?:[a-z]+ )?$", before):
            continue
        if re.search(r"\b(?:about|of|called|titled|named|played|drew|draws) (?:an?|the|his|her|two|three) $", before):
            continue
        if match.group() == "fault" and re.search(r"\b(?:a|any|each|every|no) $", before):
            continue
        if match.group().startswith("chooses") and re.match(
            r" (?:with|the|a|alone|quiet|outside)", reading.low[match.end() :]
        ):
            continue
        if re.match(r"fault|is difficult|hopeless|incapable|abnormal|suffer", match.group()) and (
            re.match(
                r" (?:to|for|in|when|gait|movement|eeg|ecg|muscle|brain|chromosome|results?|hearing)\b",
                reading.low[match.end() :],
            )
            and not match.group().startswith("suffer")
        ):
            continue
        yield reading.hit("S15", match)
        return


_REL = (
    rf"(?:(?:birth |step|foster |older |elder |younger |half-|biological |adoptive "
    rf"|ex-)*{roles.RELATIVE}|partner|boyfriend|ex-husband|ex-wife|husband|family friend|neighbour"
    rf"|lodger|half-brother|half-sister|stepfather|stepmother|both parents)"
)
_PRIVATE = re.compile(
    r"\b(?:depress(?:ion|ed|ive)|anti-?depressants?|sertraline|citalopram|fluoxetine|prozac|diazepam"
    r"|lithium|methadone|bipolar|schizophreni\w+|psychosis|psychotic|personality disorder|post-?natal"
    r"|mental (?:health (?:problems|illness|difficulties|condition|crisis|breakdown|unit|team|services"
    r"|issues)|illness|breakdown)|breakdown|suicid\w+|overdose\w*|self-harm(?:s|ed|ing)?|sectioned"
    r"|anxiety (?:disorder|medication)|ptsd|prison|jail|custody|convict\w+|offen[cd]\w+|arrest\w*"
    r"|charged with|probation|criminal|court (?:case|order|hearing)|police|bail|tag(?:ged)?"
    r"|sentence of|(?:serv\w+|given|got) (?:a|an|his|her) (?:[a-z-]+ )?sentence|sentenced|drug(?:s)?(?! (?:chart"
    r"|round))|alcohol\w*|drink(?:s|ing)? (?:heavily"
    r"|problem|too much)|(?:been|is|was|started|stopped) drinking|heavy drink\w*|addict\w*|rehab\w*|heroin"
    r"|cocaine|cannabis|substance|affair"
    r"|separat(?:ed|ion|ing)|divorc\w+|domestic (?:abuse|violence)|violent relationship|abusive"
    r"|infidelity|refuge\b|women's aid|restraining order|non-molestation|asylum|immigration|visa\b"
    r"|deport\w*|leave to remain|undocumented|overstayed|home office|refugee status|benefits?(?: claim"
    r"| fraud)?(?= (?:claim|sanction|cheat|cap))|on benefits|bankrupt\w*|debts?|rent arrears|evict\w*"
    r"|gambl\w+|hiv|cancer|chemotherapy|tumour|miscarriage|pregnan\w+|abortion|infertil\w+"
    r"|heart (?:attack|disease)|stroke|diabet\w+|epileps\w+|multiple sclerosis|dementia|hepatitis"
    r"|terminal\w*|surgery|hysterectomy|learning (?:disability|difficulties)|adhd|autis\w+|medication"
    r"|tablets for|prescribed|takes [a-z]+(?:ine|pam|one|ol)\b|counselling for|therapy for (?:her|his)"
    r"|(?:has|with|being treated for|treated for|diagnosed with) (?:an? )?(?:[a-z]+ ){0,2}(?:disease"
    r"|condition|disorder|illness)|lost (?:her|his) job|unemployed|sacked|dismissed from|lives (?:at"
    r"|in) (?:\d|a hostel|a refuge|hiding)|address is|hostel|homeless\w*|sex(?:ual)? (?:abuse|offender"
    r"|worker)|abused as a child|in care as a child|estranged|new (?:partner|boyfriend|girlfriend)"
    r"|had an affair|remarried|illegal\w*|trafficked|whereabouts|adopted as a)\b"
)
_REPORTS = re.compile(
    r"\b(?:says?|said|reports?|reported|told|describes?|described|feels?|thinks?|wants?|worr(?:y|ies"
    r"|ied)|hopes?|explains?|explained|asked|noticed|believes?|notes?|would like|concerned|gives?"
    r"|helps?|sees|knows|is aware|told us|observes|shares|shared|taking (?:him|her|them)|brought"
    r"|agreed|manages?|administers?|supports?|hears)\b"
)


def third_party(reading: Reading, _: Document) -> Iterator[Hit]:
    """S17: health, offence, relationship, immigration or money facts about someone else. Not a young carer's need."""
    for first, last in reading.text.sentences:
        sentence = reading.low[first:last]
        person = re.search(rf"\b{_REL}\b", sentence)
        if not person or re.search(
            r"\byoung carer|(?:helps?|cares?|caring|looks? after|interprets?|translates?) (?:to )?(?:care "
            r"|look after |dress |feed |lift |sign )?(?:for )?(?:his|her|their) (?:mother|mum|dad|father"
            r"|parent|brother|sister|gran)|\bwith (?:[a-z' ]{0,30})?(?:consent|agreement|permission)"
            r"|\bconsent(?:s|ed)?\b|agreed (?:to|that) (?:this|it)|asked (?:for this|us) to (?:be )?includ",
            sentence,
        ):
            continue
        for fact in _PRIVATE.finditer(sentence):
            if reading.text.quoted(first + fact.start()):
                continue
            people = [each for each in re.finditer(rf"\b{_REL}\b", sentence) if each.start() < fact.start()]
            nearest = people[-1] if people else person
            between = (
                sentence[min(nearest.end(), fact.start()) : fact.start()]
                if nearest.start() < fact.start()
                else sentence[fact.end() : nearest.start()]
            )
            between = re.sub(r", who [^,.;]*,", " ", between)
            if nearest.start() < fact.start() and (
                _REPORTS.search(between)
                or (re.search(r"\b(?:he|she|they) (?:has|is|was|takes|needs)\b", between) and _REPORTS.search(between))
            ):
                continue
            if nearest.start() > fact.start() and not re.search(
                r"\b(?:of|by|in|to|between|from|with|for|s)\b|^\W*$", between
            ):
                continue
            if (
                re.match(
                    r"medication|prescribed|drug|epilep|diabet|surgery|adhd|autis|learning"
                    r"|tablets",
                    fact.group(),
                )
                and re.search(r"\b(?:his|her|their) $", sentence[: fact.start()])
                and nearest.start() < fact.start()
                and re.search(r"\b(?:give|administer|manage)", between)
            ):
                continue
            yield reading.hit("S17", (first + min(nearest.start(), fact.start()), first + fact.end()))
            return


def repeated(document: Document) -> Iterator[Hit]:
    """S12: a block of more than 25 words that stands nearly the same in two sections."""
    seen: list[tuple[str, frozenset[str]]] = []
    for reading in document.readings:
        for first, last in reading.text.sentences:
            found = words(reading.low[first:last])
            if len(found) <= 25:
                continue
            stems = frozenset(stem(word) for word in found)
            if any(
                section != reading.part.id and len(stems & other) >= 0.9 * max(len(stems), len(other))
                for section, other in seen
            ):
                yield reading.hit("S12", (first, last))
            seen.append((reading.part.id, stems))


def too_long(document: Document) -> Iterator[Hit]:
    """S16: over 20 pages of about 450 words without K, or a provision item over 120 words."""
    total = 0
    for reading in document.readings:
        count = len(reading.low.split())
        total += count if reading.part.section != "K" else 0
        if (reading.part.section == "F" and count > 120) or len(reading.part.text) > LONGEST_PART:
            yield reading.hit("S16")
    if total > 20 * 450 and document.readings:
        yield document.readings[0].hit("S16", (0, 0))
