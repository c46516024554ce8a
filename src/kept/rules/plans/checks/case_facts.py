"""Case data against the words: another child's name, pronouns, age and year."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kept.rules.plans import roles
from kept.rules.plans.checks.needs import LABEL
from kept.rules.plans.numbers import value
from kept.rules.plans.reading import Document, Hit, Reading


def _words_in(name: str) -> frozenset[str]:
    path = Path(__file__).parent.parent / "data" / name
    return frozenset(path.read_text(encoding="utf-8").split())


# Own compilations: names that are also words or places, and capitalised words that are no names.
_AMBIGUOUS = _words_in("names-that-are-words.txt")
_VERB = (
    r"(?:will|can|cannot|can't|is|has|had|was|needs?|likes?|loves?|finds?|uses?|enjoys?|does|did"
    r"|should|must|would|may|struggles?|reads?|writes?|speaks?|wants?|requires?|attends?|goes|works?"
    r"|learns?|understands?|knows|becomes?|feels?|gets?|shows?|takes?|makes?|asks?|plays?|tells?|says"
    r"|sees|receives?|benefits?|responds?|presents?|often|also|currently|still|now|already|prefers?"
    r"|sometimes|and|to|with|in|for|at|on|by|through|follow|read|write|say|join|start|use|ask|practise"
    r"|settle|come|arrive|when|during|each|every|one-to-one|himself|herself)"
)
_OTHER_PERSON = re.compile(
    rf"(?:{roles.RELATIVE}|friend|friends|classmate|cousin|peer|twin|dog|cat|pet|pony|horse|rabbit"
    rf"|hamster|teacher|assistant|ta|therapist|psychologist|worker|tutor|mentor|nurse|doctor|senco|head"
    rf"|adult|coach|key ?worker|called|named|character|book|author|singer|player|actor|puppet|toy|teddy"
    rf"|doll|game|saint|st|mr|mrs|ms|miss|dr|sir|lady|king|queen|prince|princess|aunt|uncle"
    rf"|and their baby|baby|paediatrician|officer|colleague|neighbour|hero|film|story|programme|app|by"
    rf"|from),? $"
)
_PLACE_AFTER = re.compile(
    r"^(?:'s)? ?(?:school|academy|college|primary|street|road|house|park|hospital|centre|hall|approach"
    r"|method|programme|technique|close|avenue|lane|ward|trust|clinic|unit|scale|test|system|therapy"
    r"|infants?|junior|nursery|cross|court|place)\b",
    re.I,
)
_WORD = re.compile(r"(?<![\w'-])([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?:'s\b|(?=[\s,.;:!?)]|$))")
_NOT_NAMES = _words_in("words-that-are-no-names.txt")


@cache
def first_names() -> frozenset[str]:
    """Common first names in England, own compilation; a name outside it is still found by what it does."""
    return _words_in("names.txt")


def wrong_name(reading: Reading, document: Document) -> Iterator[Hit]:
    """S06: a first name that acts as the child and is neither theirs nor a known person's."""
    if reading.part.section in {"I", "K"} or not document.child_names:
        return
    known = document.known_names
    plain = reading.text.plain
    for match in _WORD.finditer(plain):
        word = match.group(1)
        low = word.lower()
        if (
            low in known
            or low in _NOT_NAMES
            or re.fullmatch(roles.RELATIVE, low)
            or LABEL.search(low)
            or reading.text.quoted(match.start())
        ):
            continue
        if not _acts_as_child(reading, match, low):
            continue
        yield reading.hit("S06", (match.start(1), match.end(1)))
        return


def _acts_as_child(  # noqa: PLR0911 - one sign after the other
    reading: Reading, match: re.Match[str], low: str
) -> bool:
    plain = reading.text.plain
    before, after = plain[max(0, match.start() - 80) : match.start()], plain[match.end() : match.end() + 60]
    tail = reading.low[max(0, match.start() - 30) : match.start()]
    if re.search(r"(?:\b[A-Z][\w.'-]*|\b(?:Mr|Mrs|Ms|Miss|Dr))\.? $", before) and not re.search(
        r"(?:^|[.!?:] )[A-Z][a-z]+ $", before
    ):
        return False
    if (
        re.match(r" [A-Z][a-z]", after)
        or _PLACE_AFTER.match(after)
        or _OTHER_PERSON.search(tail)
        or re.match(rf" \(|, (?:his|her|their|the|an?|who|{roles.RELATIVE})\b", after.lower())
    ):
        return False
    if _TAUGHT.search(reading.low[max(0, match.start() - 40) : match.start()]) and _HOW.match(after):
        return True
    possessive = match.group().endswith("'s")
    listed = low in first_names()
    if low in _AMBIGUOUS or not listed:
        verb = re.match(r" (?:will|needs|is|has|can|cannot|likes|finds|struggles|uses|enjoys) ", after)
        if listed:
            return bool(verb) or possessive
        starts = not before.strip() or re.search(r"[.!?:]\s+$", before)
        return bool(
            verb
            and not starts
            and re.match(r"^[a-z]{3,}$", low)
            and re.search(r"(?:,|that|and|where|when|because) $", before)
        ) or bool(
            verb
            and re.match(r" (?:will|cannot|needs|struggles) ", after)
            and starts
            and len(low) > 2
            and not low.endswith(
                (
                    "ing",
                    "tion",
                    "ment",
                    "ness",
                    "ists",
                    "ers",
                    "ly",
                    "ts",
                    "ns",
                    "es",
                    "ist",
                    "therapy",
                    "apy",
                    "ory",
                    "ics",
                    "time",
                    "ity",
                )
            )
            and _rare(low)
        )
    if possessive:
        return not re.match(r" (?:mother|mum|dad|father|house|car|report|advice|recommendation|assessment)\b", after)
    return bool(re.match(rf" {_VERB}\b| [a-z]+s (?!of\b)|[.,;:!?]|\s*$", after))


# 'Will see Mason one-to-one': whoever is seen, taught or helped in that way is the child, whatever the word means
# elsewhere.
_TAUGHT = re.compile(
    r"\b(?:will|to|and|shall) (?:also )?(?:see|meet|accompany|greet|remind|prompt|(?:work|sit|read|practise|stay"
    r"|walk) (?:with|beside)) $"
)
_HOW = re.compile(
    r" (?:one-to-one|alone|individually|for (?:\d|an? |half|\w+ minutes)|each|every|once|twice|weekly|daily"
    r"|at the start)\b"
)


def _rare(low: str) -> bool:
    return low not in {
        "everyone",
        "nobody",
        "someone",
        "progress",
        "transport",
        "training",
        "equipment",
        "funding",
        "contact",
        "access",
        "behaviour",
        "attendance",
        "homework",
        "handwriting",
        "lunch",
        "break",
        "swimming",
        "music",
        "phonics",
        "laptop",
        "desk",
        "provision",
        "maths",
        "speech",
        "noise",
        "play",
        "praise",
        "content",
        "nothing",
        "everything",
        "placement",
        "additional",
        "family",
        "neither",
        "either",
        "several",
        "people",
        "college",
        "camhs",
        "nurse",
        "tutor",
        "physio",
        "council",
        "communication",
        "language",
        "print",
        "hearing",
        "vision",
    }


_PRONOUNS = {
    "he/him": re.compile(r"\b(she|her|hers|herself)\b"),
    "she/her": re.compile(r"\b(he|him|his|himself)\b"),
    "they/them": re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b"),
}
_FEMALE = (
    r"(?:mothers?|mums?|mummy|mam|sisters?|aunt(?:ie|y)?|grandmothers?|nana?|gran|grandma|step-?mother"
    r"|stepmum|girls?|mrs [a-z'-]+|ms [a-z'-]+|miss [a-z'-]+|woman|lady|wife|daughter|niece"
    r"|headmistress|girlfriend)"
)
_MALE = (
    r"(?:fathers?|dads?|daddy|brothers?|uncle|grandfathers?|grandad|granddad|step-?father|stepdad"
    r"|boys?|mr [a-z'-]+|man|husband|son|nephew|headmaster|boyfriend|sir)"
)
_EITHER = (
    r"(?:teachers?|therapists?|psychologists?|assistants?|adults?|mentors?|nurses?|key ?workers?"
    r"|workers?|doctors?|paediatricians?|tutors?|senco|headteacher|friends?|classmates?|peers?|pupils?"
    r"|child(?:ren)?|cousins?|twins?|siblings?|parents?|carers?|dr [a-z'-]+|trainers?|coach(?:es)?"
    r"|physio(?:therapist)?|practitioners?|physiotherapists?|officers?|supervisors?|consultants?"
    r"|dietitians?|buddy|partner|person|someone|staff|counsellors?|interpreters?|dogs?|cats?|pony"
    r"|horse|hamster|character|guardian|author|member)"
)
_CHILDS_OWN = re.compile(
    r"^ (?:own |new |individual |current |daily )*(?:plan|needs?|programme|targets?|hearing"
    r"|class(?:room)?|peers|classmates|autism|learning|communication|book|wheelchair|chair|timetable"
    r"|desk|education|outcomes?|progress|provision|speech|anxiety|reading|writing|friends|parents?"
    r"|mother|father|mum|dad|sensory|school|behaviour|feelings?|emotions?|spelling|vocabulary|sentence"
    r"|walker|frame|laptop|eye|gastrostomy|medication|diagnosis|peg|tablet|handwriting|language"
    r"|attention)\b"
)


_LEARNER = re.compile(
    r" (?:will (?:work on|learn|practise|be taught|have|need|use|attend|sit|join|start|follow|read"
    r"|write)|cannot|can(?! be)|does not|did not|needs?|struggles|finds|likes|loves|enjoys|reads"
    r"|writes|speaks|is (?:in|aged|\w+ years|unable|able|learning|working)|has (?:a diagnosis|autism"
    r"|difficult|no |trouble)|becomes|gets|hears|sees|knows|wants|says|tells|leaves|forgets|loses"
    r"|misses)\b"
)


def wrong_pronoun(reading: Reading, document: Document) -> Iterator[Hit]:
    """S07: a pronoun whose only possible antecedent is the child differs from the recorded ones."""
    recorded = document.context.child.pronouns.lower()
    pattern = _PRONOUNS.get(recorded)
    if pattern is None or reading.part.section in {"I", "K"}:
        return
    others = {
        word.lower() for person in document.context.known_people for word in re.findall(r"[A-Za-z'-]+", person)
    } - document.child_names
    for match in reading.find(pattern):
        word = match.group(1)
        if re.search(
            r"\b(?:he/she|him/her|his/her|she/he|her/him)\b", reading.low[max(0, match.start() - 4) : match.end() + 4]
        ):
            continue
        if not _other_antecedent(reading, match, word, others, document):
            yield reading.hit("S07", match)
            return


def _other_antecedent(  # noqa: PLR0911 - one way of finding another antecedent after the other
    reading: Reading, match: re.Match[str], word: str, others: set[str], document: Document
) -> bool:
    sentences = list(reading.text.sentences)
    here = reading.text.sentence_at(match.start())
    place = sentences.index(here) if here in sentences else 0
    head = reading.low[here[0] : match.start()]
    previous = reading.low[slice(*sentences[place - 1])] if place else ""
    female = word in {"she", "her", "hers", "herself"}
    gendered = _FEMALE if female else _MALE
    opposite = _MALE if female else _FEMALE
    if re.search(rf"\b{gendered}\b", head) or re.search(rf"\b{gendered}\b", previous):
        return True
    named = [
        name
        for name in others
        if re.search(rf"\b{re.escape(name)}\b", head + " " + previous) and name not in {"mr", "mrs", "ms", "miss", "dr"}
    ]
    if named and not all(
        re.search(rf"\b(?:{opposite})\b", f"{title} {name}")
        for name in named
        for title in _titles(name, head + previous)
    ):
        return True
    after = reading.low[match.end() :]
    either = [
        each
        for each in re.finditer(rf"\b{_EITHER}\b(?! (?:in|of) )?", head)
        if not re.search(r"\b(?:speech|support) $", head[: each.start()][-8:])
    ]
    if not head.strip() and _LEARNER.match(reading.low[match.end() :]):
        return False
    if re.search(r"(?:^|[.;:] )$", head) or not head.strip():
        return (
            bool(re.search(rf"\b(?:{_EITHER})\b", previous))
            and not re.search(r"\b(?:child|pupil)\b", previous)
            and word in {"he", "she"}
        )
    if not either:
        subject = word in {"he", "she"} and re.search(rf"\b(?:{_EITHER})\b", previous)
        return bool(subject) and not _LEARNER.match(after)
    objective = (
        word in {"him"}
        or (word == "her" and not re.match(r" [a-z]+", after))
        or (
            word == "her"
            and re.match(
                r" (?:one|for|to|in|with|at|on|every|each|when|and|by|before|after|twice|once|through|during|how"
                r"|daily|weekly|as|if|from|individually)\b",
                after,
            )
        )
    )
    if objective and len(either) <= 1:
        return False
    if objective and all(roles_like(head, each) for each in either[1:]):
        return False
    possessive = word == "his" or (word == "her" and not objective)
    if possessive and _nearest_is_child(head, either, document.child_names):
        return bool(_STAFFS_OWN.match(after))
    return not (possessive and _CHILDS_OWN.match(after))


# What an unnamed member of staff has of their own; anything else that is somebody's is the child's.
_STAFFS_OWN = re.compile(
    r" (?:own )?(?:clinic|caseload|office|room|supervisor|line manager|team|colleagues?|notes|report|advice"
    r"|training|registration|absence|shift|visit|service|department|professional|view|opinion|judgement|discretion)\b"
)


def _nearest_is_child(head: str, people: list[re.Match[str]], names: frozenset[str]) -> bool:
    """Whether the child is the last person named before the pronoun, or the only one."""
    child = max((head.rfind(name) for name in names), default=-1)
    return child >= 0 and all(each.start() < child for each in people)


def roles_like(head: str, match: re.Match[str]) -> bool:
    """Whether a later person in the clause only trained or supervises, so that an object pronoun is not theirs."""
    return bool(re.search(r"\b(?:by|from|of|and) (?:an?|the) (?:[a-z]+ ){0,3}$", head[: match.start()])) or bool(
        re.search(
            r"\b(?:registered|qualified|specialist|paediatric|language|support|teaching"
            r"|class) $",
            head[: match.start()],
        )
    )


def _titles(name: str, text: str) -> list[str]:
    found = re.findall(rf"\b(mr|mrs|ms|miss)\.? {re.escape(name)}\b", text)
    return found or [""]


_NUM_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_N = rf"(?:\d{{1,2}}|{'|'.join(sorted(_NUM_WORDS, key=len, reverse=True))})"
_YEAR = re.compile(
    rf"\b(?:year|y|yr) ?-?(?P<y>{_N})(?: (?:pupil|student|child|class|boy|girl"
    rf"|learner))?\b(?!s?[- ](?:old|curriculum|level|spelling|word|phonics|expectation|text|book|reader"
    rf"|maths|group of|ago|mentor|buddy|pupils\b|students\b|children\b|helper|plan|review|olds?))"
    rf"|\b(?P<r>reception|nursery)(?: (?:class|child|pupil|year|aged))?\b(?! (?:nurse|practitioner|desk"
    rf"|area|teacher|staff|assistant|rhyme|school))"
)
_AGE = re.compile(
    rf"\b(?:aged? (?P<a>{_N})\b(?! (?:and a half )?(?:months|weeks))|(?P<b>{_N})(?: years?[- ]old"
    rf"|-year-old| years of age)|(?:is|turned|now|just|already) (?:now |just "
    rf"|currently )?(?P<c>{_N})(?=[.,;]| and (?:lives|attends|is|in|has|goes|can|cannot)"
    rf"| years\b(?! (?:ago|behind|below|in|at|later|of (?!age)))))"
)
_STAGE = re.compile(
    r"\b(?:key stage|ks) ?(?P<k>[1-5]|one|two|three|four|five)\b(?! (?:curriculum|level|test|text"
    r"|assessment|work|maths|expect|material|result|sats|book))|\b(?P<p>early years foundation stage"
    r"|foundation stage|pre-?school(?:er)?|primary[- ](?:aged?|school|phase)(?: (?:pupil|child))?"
    r"|secondary[- ](?:aged?|school|phase)(?: (?:pupil|child))?|sixth[- ]form(?:er)?)\b"
)
_PRESENT = re.compile(
    r"\b(?:is|are|now|currently|attends|goes to|today|presently|at present|this year|in (?:his|her"
    r"|their)|remains|as an?|who is|still|has (?:now )?(?:moved|started|joined)|studies|studying"
    r"|at the moment|he's|she's|at the age of|is in)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|moved|left|when (?:he|she|they|[a-z]+) (?:was|were)|previously|formerly"
    r"|used to|in the past|at the (?:time|end of)|during|since|from|until|began|started in|joined in"
    r"|diagnosed|repeated|did|assessed (?:in|at|when)|went|attended|transferred|came|arrived|by|before"
    r"|last year|spent|struggled|excluded|stopped|first)\b[^.;]{0,60}$"
)
_FUTURE = re.compile(
    r"\b(?:by|until|end of|will (?:be|move|start|go|join|transfer|enter)|when (?:he|she|they) (?:is"
    r"|are|starts?|moves?|reaches|turns)|transition|transfer(?:s|ring)? to|moves? (?:up )?to"
    r"|from september|next|before|into|for|ready for|start(?:s|ing)?|preparing|to|after|reaches|turns"
    r"|ahead of|at the start of|nearly|almost|approaching)\b[^.;]{0,32}$"
)
_LEVEL = re.compile(
    r"\b(?:level|expected|typical|equivalent|reading age|spelling age|standard|like|curriculum"
    r"|work(?:s|ing)? (?:at|within|on|towards)|age of|ability|books?|texts?|suited|designed|aimed"
    r"|average|objectives|score|scored|developmental|functioning|meant|similar to|vocabulary"
    r"|profile of|compared|same as|peers|children|pupils|typically|sister|brother|siblings?|cousin"
    r"|friend|friends|buddy|mentor|twin|class of|mixed|with (?:the )?|alongside|joins|teaches|a child"
    r"|other)\b[^.;]{0,40}$"
)


def out_of_date(reading: Reading, document: Document) -> Iterator[Hit]:
    """S08: a stated present age, year group or phase differs from the computed one."""
    child = document.context.child
    if reading.part.section == "K":
        return
    for pattern in (_YEAR, _AGE, _STAGE):
        for match in reading.find(pattern):
            head = reading.text.before(match.start())
            tail = reading.text.after(match.end())[:40]
            stated_now = re.search(
                r"\b(?:now|currently|is(?: [a-z]+)?|today|presently)(?: (?:an?|in|aged|still in|at))*(?: [a-z]+)? $",
                head[-30:],
            )
            if not stated_now and (_PAST.search(head) or _FUTURE.search(head)):
                continue
            if match.groupdict().get("r") and re.search(
                r"\b(?:the|his|her|their|our|at|this|work in an?|works? at an?) $", head
            ):
                continue
            if (
                _LEVEL.search(head[-50:])
                or re.match(r"'?s? (?:level|curriculum|expectations?|standard|work\b)", tail)
                or re.match(r" ?\(?(?:he|she|they)? ?(?:was|moved|left|had|began|repeated)\b", tail)
            ):
                continue
            if re.search(
                r"\b(?:moved|left|was|were|had|began|began to|attended|repeated|started|went|spent|first|became"
                r"|joined)\b",
                tail,
            ) and not _PRESENT.search(head):
                continue
            if not (
                _PRESENT.search(head)
                or re.match(r"(?:is|now|just|already)\b", match.group())
                or (re.match(r"at (?:the age of )?$", head) and not re.search(r"\b(?:could|was|were|had|did)\b", tail))
                or re.match(r"[^a-z]*(?:as |an? |our |this )*$", head)
                or re.search(r"\b(?:an?|this|our|the) $", head)
                or re.search(rf"(?:^|[.,;] )(?:{'|'.join(map(re.escape, document.child_names)) or 'x'}),? ?\(?$", head)
            ):
                continue
            if _contradicts(match, child.age, child.nc_year):
                yield reading.hit("S08", match)
                return


def _contradicts(match: re.Match[str], age: int | None, year: int | None) -> bool:  # noqa: PLR0911
    group = match.groupdict()
    if group.get("y"):
        return year is not None and int(value(group["y"])) != year
    if group.get("r"):
        return year is not None and year > (0 if group["r"] == "reception" else -1) + 0
    said = group.get("a") or group.get("b") or group.get("c")
    if said:
        return age is not None and int(value(said)) != age
    if year is None:
        return False
    if group.get("k"):
        first, last = {1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 14)}[int(value(group["k"]))]
        return not first <= year <= last
    phase = group.get("p") or ""
    if phase.startswith(("early", "foundation", "pre")):
        return year > 0
    if phase.startswith("primary"):
        return year > 6
    if phase.startswith("secondary"):
        return year < 7
    return year < 12
