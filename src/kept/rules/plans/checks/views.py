"""Section A: whose views, how gathered, in whose words, with which hopes."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import concepts, dates
from kept.rules.plans.model import Context
from kept.rules.plans.reading import Document, Hit, Reading
from kept.rules.plans.text import syllables, words

_PARENT_LABEL = re.compile(
    r"\bparental responsibility\b|\b(?:parents?'?s?'?|mother'?s?|father'?s?|mum'?s?|dad'?s?|family'?s?|carers?'?s?'?"
    r"|grandmother'?s?|foster carers?'?)(?: and (?:mum|dad|father|carers?'?|mother))?(?:'s)? (?:views?"
    r"|wishes|hopes|aspirations|voice|say|tell|told|hopes?|wants?|would like|feels?|said|explained"
    r"|report|describes?|think|thinks|worry|worries|believes?|written|contribution)\b|\b(?:views of"
    r"|from|said by|told by|spoke (?:to|with)|meeting with|call with|visit to) (?:his |her |their "
    r"|the )?(?:parents?|mother|father|mum|dad|family|carers?)\b|\bwe (?:want|hope|feel|would like"
    r"|think|worry|wish|believe|are)\b|\b(?:mum|dad|mother|father|parents)\b[^.:]{0,60}\b(?:hopes?"
    r"|wants?|would like|said|says|told|feels?|wishes|thinks?|describes?|explained|adds?|worr(?:y"
    r"|ies))\b"
)
_CHILD_LABEL = (
    r"(?:child|young person|pupil|student|his|her|their|my|{name})(?:'s)? (?:own )?(?:views?|wishes"
    r"|voice|feelings|words|contribution|story|say)"
)
_CHILD_ACT = (
    r"(?:likes?|loves?|enjoys?|wants?|told|tells|said|says|showed|shows|chose|chooses|pointed|points"
    r"|drew|smiled|smiles|picked|would like|hopes?|prefers?|wrote|explained|dislikes?|hates?|cannot (?:stand|bear)"
    r"|can't (?:stand|bear)|dreads?|thinks?|misses|worries|is (?:frightened|scared|afraid|worried)|fears?"
    r"|does not like|doesn't like|feels?|wishes|dreams?|laughs|signed|communicated|indicated|reached"
    r"|looked|turned)"
)
_NO_VIEWS = re.compile(
    r"\b(?:too young|(?:is|as|being|because|since|due to|given)[^.]{0,40}(?:non[- ]?verbal"
    r"|pre[- ]?verbal|does not (?:talk|speak)|cannot (?:talk|speak)|unable to (?:speak|talk"
    r"|communicate)|no speech|limited (?:speech|language|communication|understanding))|non[- ]?verbal"
    r"|not (?:yet |really |quite )?able to (?:say|tell|speak|give|express|share|comment|answer)|unable to"
    r" (?:give|express|share|offer|contribute|communicate|provide|state"
    r"|tell)[a-z ]{0,30}(?:views?|opinions?|wishes|us)|(?:could|can|was|were|did|do|does|has"
    r"|have) ?not (?:be )?(?:able to )?(?:obtain|obtained|sought|gathered|gather|get|give|given"
    r"|express|expressed|collected|ascertained|ascertain|recorded|possible|take part|contribute|share"
    r"|shared|asked|available|provided?|received)|couldn't|no (?:child's |pupil )?views? (?:were|was"
    r"|have|could|available|given|obtained|recorded|received)|views? (?:not|were not|was not|could not"
    r"|have not|are not|is not)|not (?:been )?(?:obtained|sought|gathered|available|possible|asked"
    r"|applicable|recorded|provided|given)|to follow(?=\W*(?:$|[.;)]))|n/a|none given|not of an age|of an age to"
    r"|lacks? (?:the )?(?:understanding|capacity|language|speech)|because of (?:his|her|their) (?:age"
    r"|level|communication|speech|language|difficult))"
)
_TRIED = re.compile(
    r"\b(?:talking mats?|pictures?|photos?|symbols?|objects? of reference|choice|choices|observ(?:ed"
    r"|ation)|point(?:ed|ing)|eye[- ]point|smil(?:ed|es)|drawing|draws?|drew|reached|video|play(?:ed)?"
    r"|turned (?:away|to)|vocalis|cards?|mosaic|laughed|switch|signed|signs?|watched)\b"
)
_METHOD = re.compile(
    r"\b(?:drawings?|drew|pictures?|photos?|symbols?|cards?|talking mats?|meeting|met|visit(?:ed)?"
    r"|conversation|chat|talk(?:ed|ing)?(?! (?:about|to (?:people|him|her)))|questionnaire|form"
    r"|interview(?:ed)?|phone|call|telephone|observ(?:ed|ation)|watched|pointing|pointed|video"
    r"|scrib(?:ed|e)|collected|gathered|recorded|written down|wrote|survey|workshop|booklet"
    r"|one-page profile|session with|said to|told (?:to |his |her |their |the |us|me|miss|mr|mrs|ms"
    r"|[a-z]+)|spoke|spoken|discussion|typed|dictated|asked by|shared with|completed with"
    r"|with help from|word for word|activity|email|letter|review|puppets?|walk|emoji|choice)\b"
)
_PERSON = re.compile(
    r"\b(?:with|to|by|from)(?: (?:the|his|her|their|a|an|my))?(?: [a-z]+){0,2} (?:teacher|tutor|adult"
    r"|assistant|worker|senco|psychologist|therapist|mum|dad|mother|father|parents?|ta|mentor|staff"
    r"|officer|coordinator|nurse|headteacher|carer|keyworker|practitioner|advocate|person|leader"
    r"|head)\b|\b(?:miss|mr|mrs|ms|dr|mx) [a-z]+|key adult|home visit|phone call"
)
_ASPIRE = re.compile(
    r"\b(?:(?:i|we|he|she|they|and|who|parents?|mum|dad|mother|father|family|also|really"
    r"|[a-z]+) (?:would (?:really |both |also )?(?:like|love)|want(?:s|ed)?|hope(?:s|d)?|wish(?:es)?"
    r"|dream(?:s)?|aspire(?:s)?|long(?:s)? (?:for|to)|aim(?:s)?|plan(?:s)?)\b|want(?:s|ed)? (?:to|him|her|them)"
    r"|would like|would love|hopes?\b|dreams?|aspir|when (?:i|he|she|they) (?:grow|am|is|are|leave"
    r"|leaves|grows)|when older|in the future|long[- ]term|one day|ambition|goal|to become"
    r"|looking forward|wish(?:es)?\b(?! list))"
)
_STRENGTH = re.compile(
    r"(?<!not )(?<!n't )(?<!never )(?<!doesn't )(?<!hardly )(?<!nothing he )(?<!nothing she"
    r" )\b(?:(?:also |really |still |most |and |he |she |they |i |who |[a-z]+ )(?:likes?|loves?"
    r"|enjoys?|adores?|prefers?|collects?|cares?)(?! (?:a|an|the|his|her) [a-z]+ (?:noise|bee)\b)"
    r"|(?<=[:;] )likes?|loves?|enjoys?|favourites?|(?:good|great) (?:at|with)|brilliant|interest(?:s|ed) ?(?:in"
    r"|are|include)?"
    r"|proud|best|strengths?|fond|keen|happiest|happy (?:when|with)|fun\b|funny|kind\b|(?:laugh|smil)(?:ed|s"
    r"|ing) at|giggle|reached for|makes (?:me|him"
    r"|her|them) (?:laugh|smile)|fan of|hobb(?:y|ies)|talent|skilled|cheerful|patient\b|gentle|determined"
    r"|creative|curious|thoughtful|helpful|polite|generous|brave|friendly|loving|affectionate|imaginative"
    r"|artistic|musical|sporty|bright\b|clever|hard-working|loyal|good-natured|lovely|warm|passion|knows (?:a lot"
    r"|everything|all)|expert|caring|enthusias|smiles when|laughs when|lights up|fascinated"
    r"|relax(?:es)? with|chose|can already)"
)
_ATTRIBUTED = re.compile(
    r"\b(?:said to|told (?:to|the|his|her|miss|mr|mrs|ms)|word for word|own words|written (?:down"
    r"|with)|wrote (?:this|it)|dictated|scribed|interpret|with (?:help|support) from|helped (?:him|her"
    r"|them|me) (?:write|to write)|recorded by|in (?:his|her|their) words|typed|the wording is|quoted"
    r"|read back|helped me)\b"
)
_ADULT_WORDS = re.compile(
    r"\b(?:[a-z]{4,}(?:ceptive|ivity|ability|isation|ization|ological|ulated?|ulation|ational|ptions?)|profile"
    r"|feedback|restricted|range|preferred|limited|scope|relate|principal\w*|primar(?:y|ily)|predominant\w*"
    r"|particular\w*|aspire|aspirations?|various|regarding|sensory|regulat\w*|dysregulat\w*|transition\w*"
    r"|peers?|executive|engag\w+"
    r"|provision|outcomes?|significant\w*|impact\w*|expressive|receptive|attainment|interaction\w*"
    r"|self-esteem|facilitat\w*|strateg\w*|cognitive|cognition|present(?:s|ing|ation)?|exhibit\w*"
    r"|demonstrat\w*|appropriate\w*|stimul\w*|proficien\w*|differentiat\w*|processing|comprehen\w*"
    r"|anxiety|independen\w*|interventions?|centre on|facets?|cohort|curriculum|vulnerab\w*"
    r"|emotional\w*|difficult(?:y|ies)|developmental\w*|functional\w*|acquisition|preferences?"
    r"|environments?|co-regulat\w*|tolerat\w*|require\w*|additional|experience\w*|struggle with"
    r"|communicat\w+|relationships?|adverse\w*|consistent\w*|predictab\w*|structured?|motivat\w*"
    r"|resilien\w*|auditory|tactile|overwhelm\w*|repetitive|social|areas?|respond|benefit|encounter\w*"
    r"|hypersensitiv\w*|neuro\w*|participat\w*|specific|concentration|unstructured|familiar|access"
    r"|adult support|literacy|numeracy)\b"
)


def _child_segment(reading: Reading, document: Document) -> tuple[str, bool]:
    """The words that give the child's side, and whether a label for them stands empty."""
    name = re.escape(document.name or "child")
    low = reading.low
    label = re.search(rf"\b{_CHILD_LABEL.format(name=name)}\b[^:.]{{0,80}}[:.]?", low)
    if label:
        rest = low[label.end() :]
        cut = _PARENT_LABEL.search(rest)
        body = rest[: cut.start()] if cut and cut.start() < len(rest) else rest
        return label.group() + body, not re.search(r"[a-z]{3}", body)
    spoken = _after_parent(low)
    kept = [
        low[first:last]
        for first, last in reading.text.sentences
        if not _PARENT_LABEL.search(low[first:last]) and not spoken <= first
    ]
    mine = [each for each in kept if re.search(rf"\b(?:i|my|me|i'm|{name}|he|she|they)\b", each)]
    return " ".join(mine), not mine


# How the child tells people things is no view of theirs.
_HOW_THEY_SPEAK = re.compile(
    r"[^.:]*\b(?:points?|signs?|uses?|shows?|taps?|looks?|reaches|pushes|nods?|shakes|smiles|leads|turns|gives?"
    r"|hands?)\b[^.]{0,60}\b(?:to (?:ask|tell|say|let|show)|for (?:yes|no|more|stop|things))\b[^.]*"
)
_PARENT_SPEAKS = re.compile(
    r"\b(?:parents?|mother|father|mum|dad|mam|family|carers?|grandmother|gran|nan)(?:'s?"
    r"|s')? (?:and [a-z]+(?:'s)? )?(?:views?"
    r"|wishes|hopes|words|contribution)?[^:.]{0,80}:"
)


def _after_parent(low: str) -> int:
    """Where a parent's labelled words begin that no other label ends: from there on it is the parent who speaks."""
    labels = list(_PARENT_SPEAKS.finditer(low))
    return labels[-1].start() if labels else len(low)


def _over_school_age(context: Context) -> bool:
    child = context.child
    return (child.age is not None and child.age >= 17) or (child.nc_year is not None and child.nc_year >= 12)


# A young person for whom somebody else speaks.
_SPOKEN_FOR = re.compile(
    r"\bviews?\b[^.]{0,40}\b(?:given|provided|supplied|expressed|reported|shared|put|represented|told|spoken|taken"
    r"|written"
    r"|completed|offered|come|came)(?: [a-z]+){0,5}? (?:by|from|through) (?:his|her|their|[a-z]+'s) (?:mother|father"
    r"|mum|dad"
    r"|parents?|carers?|grandmother|guardian|family|sister|brother|aunt)"
    r"|\bon (?:his|her|their|[a-z]+'s) behalf\b|\bon behalf of\b"
    r"|\b(?:mother|father|mum|dad|parents?|carers?) (?:has |have )?(?:spoke|speaks?|spoken|answer(?:s|ed)|repl(?:ies"
    r"|ied)|wrote"
    r"|writes|completed|filled in)[^.]{0,25}\bfor (?:him|her|them|[a-z]+)\b"
)


def own_views(document: Document) -> Iterator[Hit]:
    """A01: the child's own views are missing, or age or manner of communication is given as the reason."""
    parts = document.of("A")
    if not document.context.whole_section or not parts:
        return
    reading = parts[0]
    segments = [_child_segment(each, document) for each in parts]
    said = " ".join(words_ for words_, empty in segments if not empty)
    low = " ".join(each.low for each in parts)
    heard = re.search(_CHILD_ACT, said) and dates.DATE.search(said)
    refused = _NO_VIEWS.search(said) or (None if heard else _NO_VIEWS.search(low))
    said = _HOW_THEY_SPEAK.sub(" ", said)
    tried = bool(_TRIED.search(said) and re.search(_CHILD_ACT, said))
    name = re.escape(document.name or "child")
    acts = re.search(
        rf"\b(?:i|i'm|my|me)\b|\b(?:{name}|he|she|they|who|and)\b[^.]{{0,40}}\b{_CHILD_ACT}\b|\b(?:likes"
        rf"|loves|enjoys|wants|dislikes)\b",
        said,
    )
    if _over_school_age(document.context) and _SPOKEN_FOR.search(low) and not re.search(r"\b(?:i|my|me)\b|\"", low):
        yield reading.hit("A01")
        return
    if (refused and not tried) or not acts:
        yield reading.hit(
            "A01",
            (refused.start(), refused.end())
            if refused
            and len(parts) == 1
            and refused.end() < len(low)
            and refused.group() in reading.low
            and reading.low.find(refused.group()) == refused.start()
            else None,
        )


_PARENT_WORD = re.compile(r"\b(?:parents?|mother|father|mum|dad|mam|family|carers?|gran\w*|nan)\b")


def method(document: Document) -> Iterator[Hit]:
    """A02: no method, person and date for the child's views."""
    parts = document.of("A")
    if not document.context.whole_section or not parts:
        return
    texts = [_child_segment(each, document) for each in parts]
    low = " ".join(words_ for words_, _ in texts) or " ".join(each.low for each in parts)
    if all(empty for _, empty in texts):
        return
    whole = " ".join(each.low for each in parts)
    for bracket in re.finditer(r"\(([^()]{10,160})\)", whole):
        own = not _PARENT_WORD.search(whole[max(0, bracket.start() - 40) : bracket.start()])
        if own and dates.DATE.search(bracket.group()) and len(bracket.group().split()) > 5:
            return
    known = sum((bool(_METHOD.search(low)), bool(_PERSON.search(low)), bool(dates.DATE.search(low))))
    if known < 2:
        yield parts[0].hit("A02")


def adult_words(reading: Reading, document: Document) -> Iterator[Hit]:
    """A03: first-person text far beyond the child's level, unattributed."""
    if _ATTRIBUTED.search(reading.low):
        return
    age = document.context.child.age or 9
    for first, last in reading.text.sentences:
        sentence = reading.low[first:last]
        if not re.search(r"\b(?:i|my|me|i'm)\b", sentence) or re.search(
            r"\bwe\b|\bmy (?:son|daughter|child|grandson|granddaughter)\b", sentence
        ):
            continue
        counted = [word for word in words(sentence) if len(word) > 1]
        adult = len({each.group() for each in _ADULT_WORDS.finditer(sentence)})
        long_words = sum(syllables(word) >= 3 for word in counted)
        if adult >= (2 if age <= 13 else 3) and (long_words >= 2 or adult >= 3):
            yield reading.hit("A03", (first, last))
            return


def aspirations(document: Document) -> Iterator[Hit]:
    """A04: no hope, wish or long-term aim."""
    parts = document.of("A")
    if document.context.whole_section and parts and not any(_ASPIRE.search(each.low) for each in parts):
        yield parts[0].hit("A04")


# What the child would like to be or do one day is an interest of theirs.
_OWN_WISH = re.compile(
    r"\b(?:i(?:'d| would) (?:really )?(?:like|love)|i (?:really )?want|i hope|my dream is|i dream of) (?:to )?(?:be"
    r"|become"
    r"|being|drive|work|have my own|make|play|build|fly|design|own)\b"
)


def strengths(document: Document) -> Iterator[Hit]:
    """A05: no strength, interest or preference."""
    parts = document.of("A")
    if not document.context.whole_section or not parts:
        return
    low = " ".join(each.low for each in parts)
    if _OWN_WISH.search(low):
        return
    if not _STRENGTH.search(
        re.sub(
            r"\b(?:been|be|is|was|looks?|seems?|feels?|sounds?|just|things) like\b|\b(?:would|'d|i'd) (?:really"
            r" )?(?:like|love)\b|\bwant\w*\b|\b(?:not|never|hardly|nobody|none|no one"
            r"|nothing)(?: [a-z]+)? (?:like|enjoy|love|good)\w*|n't (?:like|enjoy)\w*",
            " ",
            low,
        )
    ):
        yield parts[0].hit("A05")


def parents(document: Document) -> Iterator[Hit]:
    """A06: no parent's views for a child of compulsory school age or under."""
    parts = document.of("A")
    if not document.context.whole_section or not parts or _over_school_age(document.context):
        return
    spoken = [re.sub(r" ?\([^)]*\)", "", each.low) for each in parts]
    if not any(
        _PARENT_LABEL.search(each) or _PARENT_SPEAKS.search(each) for each in [*spoken, *(p.low for p in parts)]
    ):
        yield parts[0].hit("A06")


_NEEDY = re.compile(
    r"\b(?:needs?|requires?|cannot|can't|has to have|gets? (?:headaches|tired|upset|lost|very)"
    r"|headaches?|difficult|struggles?|unable|has to be|terrified|has trouble|only (?:sleeps|eats|settles|copes)|must"
    r" have"
    r"|relies on|uses? (?:a|an|his|her)|falls|panics|chokes|doesn't sleep|does not sleep|wets|wakes)\b"
)


def stranded(document: Document) -> Iterator[Hit]:
    """A07: a need or provision that appears only in Section A."""
    others = document.of("B", "C", "D", "F", "G", "H1", "H2")
    if not others:
        return
    rest = " ".join(each.low for each in others)
    for reading in document.of("A"):
        for first, last in reading.text.sentences:
            sentence = reading.low[first:last]
            if _NEEDY.search(sentence) and not re.search(
                r"disput|does not agree|answered in|see (?:section|b\d|f\d)", sentence
            ):
                about = re.sub(r"^[^:]{0,60}: ?", "", sentence)
                if not concepts.covered(about, rest):
                    yield reading.hit("A07", (first, last))
                    return


def how_to_talk(document: Document) -> Iterator[Hit]:
    """A08: nothing on how the child says yes, no, more or stop."""
    parts = document.of("A")
    if (
        document.context.whole_section
        and parts
        and not any(
            re.search(
                r"\b(?:communicat|tells? people|says? (?:yes|no)|signs?|points?|symbols?|talk to (?:me|him|her"
                r"|them)|give (?:me|him|her|them) (?:time|\w+ seconds)|eye-point|understand me)\b",
                each.low,
            )
            for each in parts
        )
    ):
        yield parts[0].hit("A08", (0, 0))


def stale_views(reading: Reading, document: Document) -> Iterator[Hit]:
    """A09: views older than 12 months at issue."""
    today, taken = document.context.plan_date, reading.part.views_on
    if today and taken and (today - taken).days > 366:
        yield reading.hit("A09")
