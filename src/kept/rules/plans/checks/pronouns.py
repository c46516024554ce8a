"""Case data against the words: a pronoun that can only be the child's and is not the one recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans.checks.names import wrong_name
from kept.rules.plans.reading import Document, Hit, Reading

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
    r"(?:visitors?|teachers?|therapists?|psychologists?|assistants?|adults?|mentors?|nurses?|key ?workers?"
    r"|workers?|doctors?|paediatricians?|tutors?|senco|headteacher|friends?|classmates?|peers?|pupils?"
    r"|child(?:ren)?|cousins?|twins?|siblings?|parents?|carers?|dr [a-z'-]+|trainers?|coach(?:es)?"
    r"|physio(?:therapist)?|practitioners?|physiotherapists?|officers?|supervisors?|consultants?"
    r"|dietitians?|buddy|partner|person|someone|staff|advis[eo]rs?|instructors?|leaders?|technicians?|librarians?"
    r"|specialists?|counsellors?|interpreters?|dogs?|cats?|pony"
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
    r" (?:will (?:then |also |now |next )?(?:work on|learn|practise|be taught|have|need|use|attend|sit|join"
    r"|start|follow|read"
    r"|write)|cannot|can(?! be)|does not|did not|needs?|struggles|finds|likes|loves|enjoys|reads"
    r"|writes|speaks|is (?:in|aged|\w+ years|unable|able|learning|working)|has (?:a diagnosis|autism"
    r"|difficult|no |trouble)|becomes|gets|hears|sees|knows|wants|says|tells|leaves|forgets|loses"
    r"|misses)\b"
)


# Pronouns as what is taught or confused: 'mixes up he and she'.
_NAMED_AS_WORDS = re.compile(
    r"\b(?:he|she|him|her|his|they) (?:and|or|for|with|instead of) (?:he|she|him|her"
    r"|hers|his|they)\b(?! [a-z]+(?:s|ed)?\b)"
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
        if _NAMED_AS_WORDS.search(reading.low[max(0, match.start() - 12) : match.end() + 12]):
            continue
        if re.search(
            r"\b(?:he/she|him/her|his/her|she/he|her/him)\b", reading.low[max(0, match.start() - 4) : match.end() + 4]
        ):
            continue
        if not _other_antecedent(reading, match, word, others, document):
            yield reading.hit("S07", match)
            return


def _other_antecedent(  # noqa: PLR0911, PLR0912 - one way of finding another antecedent after the other
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
    if not head.strip() and word in {"his", "her"} and _STAFFS_OWN.match(after):
        return bool(re.search(rf"\b(?:{_EITHER})\b", previous))
    if (not head.strip() or head.endswith(("; ", ": "))) and _LEARNER.match(reading.low[match.end() :]):
        return False
    if re.search(r"(?:^|[.;:] )$", head) or not head.strip():
        return (
            bool(re.search(rf"\b(?:{_EITHER})\b", f"{previous} {head}"))
            and not re.search(r"\b(?:child|pupil)\b", previous)
            and word in {"he", "she"}
        )
    if re.search(r"\b(?:spare|release|send|replace|free|employ|appoint|pay|recruit|find)s? $", head) and either:
        return True
    if word in {"he", "she"} and not either and _strange_name(reading, document, sentences, place):
        return bool(_STAFF_ACTS.match(after))
    if not either:
        subject = word in {"he", "she"} and re.search(rf"\b(?:{_EITHER})\b", previous)
        beside = re.search(
            rf"\b{'he' if female else 'she'} (?:will|can|is|has)\b[^.;]*\b(?:with|for|to|from|by) $", head
        )
        if beside and re.search(rf"\b(?:{_EITHER})\b", previous):
            return True
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
    if objective and re.search(r"\bby $", head):
        return True
    if objective and len(either) <= 1:
        return False
    if objective and all(roles_like(head, each) for each in either[1:]):
        return False
    possessive = word == "his" or (word == "her" and not objective)
    if any(
        here[0] + max(each.start() for each in either) < hit.start < match.start()
        for hit in wrong_name(reading, document)
    ):
        return possessive and bool(_STAFFS_OWN.match(after))
    if possessive and _nearest_is_child(head, either, document.child_names):
        return bool(_STAFFS_OWN.match(after))
    return not (possessive and _CHILDS_OWN.match(after))


# What those who provide do, and the pupil does not.
_STAFF_ACTS = re.compile(
    r" (?:will |also |then |is to |has )*(?:review|writ|train|coach|report|teach|see|visit|assess|monitor|meet"
    r"|provid|deliver"
    r"|supervis|advis|set|model|check|liais|record|updat|show|observ|support|lead|run|discharg)[a-z]*\b"
)


def _strange_name(reading: Reading, document: Document, sentences: list[tuple[int, int]], place: int) -> bool:
    """Whether the sentence before names another child where this one should stand, whom the pronoun then means."""
    if not place:
        return False
    first, last = sentences[place - 1]
    return any(first <= hit.start < last for hit in wrong_name(reading, document))


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
