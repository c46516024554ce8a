"""Who provides: registered or qualified professions, generic roles, organisations, relatives; and expertise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Catalogue name -> pattern over normal text. Order matters: the longer name first.
REGISTERED: dict[str, str] = {
    "speech and language therapist": r"speech(?:,| and|-and-|/"
        r"| &)?[ -]?(?:language(?: and communication)? )?therapists?|salts?|slts?"
        r"|s&l therapists?",
    "occupational therapist": r"occupational therapists?|ots?",
    "physiotherapist": r"physio(?:therapist)?s?",
    "educational psychologist": r"educational(?: and child)? psychologists?|eps?",
    "clinical psychologist": r"(?:clinical|child|counselling|forensic)? ?psychologists?",
    "music therapist": r"music therapists?",
    "art therapist": r"(?:art|drama|dance|play|creative|arts|dramatherapy|family|cognitive behavioural?|cbt|talking"
        r"|behaviour|rebound|hydro) ?therapists?|dramatherapists?|psychotherapists?|counsellors?",
    "teacher of the deaf": r"teachers? of the deaf|teachers? of deaf (?:children|pupils|young people)|tods?",
    "teacher of vision impairment": r"teachers? of (?:children and young people with )?(?:vision"
        r"|visual)(?:ly)? impair(?:ment"
        r"|ed)(?: children)?|qtvis?|teachers? for (?:the )?(?:vision|visual)(?:ly)? impair(?:ment|ed)",
    "teacher of multi-sensory impairment": r"teachers? of multi-?sensory impairment|intervenors?",
    "specialist teacher": r"(?:specialist|advisory|outreach|dyslexia|literacy|autism)(?: [a-z-]+){0,3}? teachers?"
        r"|teachers? (?:who (?:is|are) )?speciali[sz]ing",
    "qualified teacher": r"(?:qualified|class|form|subject|head|deputy head|maths|english|science|music|art|pe|drama"
        r"|reading|nursery|reception|cookery|swimming|literacy|phonics|supply|cover|lead"
        r"|special(?:ist)?(?: needs)?|home|hospital|teaching) ?-?teachers?"
        r"|(?<!assistant )teachers?(?! assistant)(?! training)(?!'s (?:desk|chair|table))|tutors?"
        r"|lecturers?|senc?os?|sendcos?|special educational needs(?: and disabilit(?:y"
        r"|ies))? co-?ordinators?|head of year|headteacher|instructors?",
    "paediatrician": r"paediatricians?|consultants?|doctors?|gps?",
    "nurse": r"(?:[a-z']+ )?nurses?|health visitors?",
    "dietitian": r"dietici?ans?|dietitians?",
    "orthoptist": r"orthoptists?|audiologists?|optometrists?|orthotists?|podiatrists?|prosthetists?",
    "social worker": r"social workers?",
    "rehabilitation officer": r"(?:re)?habilitation (?:officers?|specialists?|workers?)|mobility officers?",
    "sign language interpreter": r"(?:qualified |registered )?(?:bsl|sign language) interpreters?"
        r"|communication support workers?",
    "travel trainer": r"(?:qualified )?travel trainers?",
    "job coach": r"(?:qualified )?job coach(?:es)?|careers? advis[eo]rs?",
}  # fmt: skip
GENERIC: dict[str, str] = {
    "teaching assistant": r"(?:higher[- ]level )?(?:teaching|classroom|class|learning|education"
        r"|educational) assistants?"
        r"|h?l?tas?|lsas?|lsps?|learning (?:support )?(?:assistants?|practitioners?|mentors?|partners?)"
        r"|(?:learning|pupil|student|classroom|behaviour|pastoral|inclusion|special needs|teaching|welfare"
        r"|one-to-one|1:1|communication|personal|family|education) (?:support )?(?:assistants?|workers?"
        r"|practitioners?|partners?|officers?)",
    "emotional literacy support assistant": r"emotional literacy support assistants?|elsas?",
    "midday supervisor": r"(?:midday|lunchtime|playground|lunch) (?:supervisors?|assistants?|staff)|dinner ladies",
    "mentor": r"(?:peer |learning |adult |pastoral |academic |behaviour )?mentors?|pastoral leads?",
    "key worker": r"key ?-?(?:workers?|adults?|persons?|people)|link workers?|trusted adults?|named adults?"
        r"|familiar adults?|designated adults?",
    "nursery practitioner": r"nursery (?:nurses?|practitioners?|assistants?|workers?)|early years (?:practitioners?"
        r"|educators?"
        r"|workers?)|practitioners?",
    "therapy assistant": r"(?:therapy|speech therapy|physiotherapy|occupational therapy) (?:technical )?(?:assistants?"
        r"|instructors?|technicians?)",
    "carer": r"(?:personal assistants?|support staff|care staff|carers?|helpers?|volunteers?"
        r"|coach(?:es)?(?! (?:the|his|her|their|both|staff|two|all|class|school|adults?|teachers?|a"
        r"|parents|key|[a-z]+'s))|support workers?|play ?workers?|befrienders?|facilitators?)",
    "adult": r"adults?|grown-?ups?",
    "member of staff": r"members? of (?:the )?(?:[a-z]+ )?(?:staff|team)|(?:(?!(?:to|by|with|from|for|of|the"
        r"|and|as|that|if|when|all|any|or|other|how|what|so|then|on|in|coaching|training|briefing|advising|guiding"
        r"|coach|train|brief|advise|guide|upskill"
        r"|show|tell|ask|meet|help|upskilling)\b)[a-z]+ )?staff(?: members?"
        r"| team)?(?! room)(?!room)(?!ing)|team members?|colleagues?|(?:someone|somebody)(?! else)"
        r"|(?:pastoral|inclusion|nurture|sen|send|behaviour|learning support|support|wellbeing|phase|year"
        r"|safeguarding|classroom) (?:team|lead|leader|manager|hub)s?"
    r"|a (?:trained )?person|professionals|assistants?|personnel|scribes?"
        r"|(?<!screen-)(?<!screen )readers?(?! pens?)(?!-)|prompters?|note-?takers?|invigilators?|technicians?"
        r"|librarians?|chaplains?|(?:youth|play|group|club|session|team|forest school|activity|cookery"
        r"|sports?) leaders?"
        r"|(?:[a-z]+ )?(?:officers?|co-?ordinators?|advis[eo]rs?)(?! (?:advice|report))|specialists?(?= (?:in|will"
        r"|from|who"
        r"|for|at|to)\b|[.,;]|$)|workers?",
}  # fmt: skip
ORGANISATION = (
    r"(?:the |his |her |their )?(?:school|setting|college|nursery|academy|local authority|council"
    r"|provision|placement|service|team|nhs trust|trust|health service|outreach|sen team|department)s?"
)
RELATIVE = (
    r"(?:mother|mum|mam|mummy|father|dad|daddy|parents?(?!-carer forum)|carers?|foster carers?"
    r"|grandmother|grandfather|grandparents?|gran|nan|nana|grandma|grandad|granddad|brother|sister"
    r"|siblings?|aunt|auntie|uncle|step-?(?:mother|father|mum|dad)|guardian|family|mum and dad|cousin)"
)

_REGISTERED_RE = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in REGISTERED.items()}
_GENERIC_RE = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in GENERIC.items()}
_ALL = re.compile(
    "|".join(
        [rf"(?P<g{i}>\b(?:{p})\b)" for i, p in enumerate(list(GENERIC.values())[:8])]
        + [rf"(?P<r{i}>\b(?:{p})\b)" for i, p in enumerate(REGISTERED.values())]
        + [rf"(?P<h{i}>\b(?:{p})\b)" for i, p in enumerate(list(GENERIC.values())[8:])]
    )
)
_NAMED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir)\.? [A-Z][\w'-]+")


@dataclass(frozen=True)
class Role:
    """Someone who may provide: a catalogue name, where it stands, and whether the role is generic."""

    name: str
    generic: bool
    start: int
    end: int


@lru_cache(maxsize=8192)
def roles(low: str) -> list[Role]:
    """Every role named in a normal text, the longest name first where two overlap."""
    found = []
    generic, registered = list(GENERIC), list(REGISTERED)
    for match in _ALL.finditer(low):
        group = match.lastgroup or "h0"
        kind, index = group[0], int(group[1:])
        if low[match.end() : match.end() + 2] in {"'s", "s'"} and kind != "g" and _is_thing(low[match.end() + 2 :]):
            continue
        name = registered[index] if kind == "r" else generic[index + (8 if kind == "h" else 0)]
        found.append(Role(name, kind != "r", match.start(), match.end()))
    return found


def _is_thing(after: str) -> bool:
    return bool(
        re.match(r" (?:advice|report|recommendations?|programme|plan|assessment|desk|chair|room|notes?)\b", after)
    )


_RECIPIENT = re.compile(
    r"\b(?:coach(?:es|ing)?|train(?:s|ing)?|show(?:s|ing)?|model(?:s|ling)?(?: [a-z]+){0,4} (?:for|to)"
    r"|advis(?:e|es|ing)|teach(?:ing)?"
    r"|meet(?:s|ing)?(?: with)?|liais(?:e|es|ing|on) with|demonstrat(?:e|es|ing)(?: [a-z]+){0,4} (?:to"
    r"|for)|upskill(?:ing)?"
    r"|guid(?:e|es|ing)|brief(?:s|ing)?|observ(?:e|es|ing)|review(?:s|ing)?(?: [a-z]+){0,4} with"
    r"|written for|programme for|guidance (?:for|to)"
    r"|advice (?:for|to)|training (?:for|to|of)|coaching (?:for|to|of|with)|watch(?:es|ing)?"
    r"|support(?:s|ing)? (?=the (?:class|teach))"
    r"|explain(?:s|ing)?(?: [a-z]+){0,4} to|hand(?:s|ing)?(?: [a-z]+){0,4} to|talk(?:s|ing)? to"
    r"|ask(?:s|ing)?(?: for help from| help from)?|discuss(?:es|ing)?(?: [a-z]+){0,4} with"
    r"|share[sd]?(?: [a-z]+){0,5} with|given to|sent to|copied to|(?:plan|programme|sheet|record"
    r"|session|hour|minutes|hours) (?:for|with) (?=the (?:class|teach|staff|school)))"
    r"(?: (?:the|her|his|their|both|two|three|all|each|every|a|an|any|class|classroom|new|whole|named|same|and))*"
    r"(?: [a-z'-]+(?: [a-z'-]+){0,2},? and(?: the| her| his| their| both| two| all| each)*)? $"
)
_SUPERVISOR = re.compile(
    r"(?:trained|supervised|overseen|supported|advised|coached|guided|written|designed"
    r"|(?<!size )(?<!a )(?<!maths )(?<!english )set|devised"
    r"|drawn up|planned|recommended|agreed|modelled|shown|prepared|monitored|signed off|employed"
    r"|fitted|supplied|assessed|checked|reviewed|provided|set up|managed)"
    r"(?: (?:and|then) [a-z]+)?(?: [a-z' -]{0,60}?)? by(?: (?:a|an|the|her|his|their"
    r"|our))*(?: (?:registered|qualified|paediatric|specialist|school|link|visiting|council's"
    r"|community|same|[a-z]+'s)){0,3} $"
    r"|(?:under the|with|weekly|monthly|termly|half-termly|fortnightly|clinical) supervision (?:of"
    r"|from|by|with)(?: (?:a|an|the|her|his|their))?(?: (?:registered|qualified|[a-z]+)){0,2} $"
    r"|(?:training|course|advice|programme|plan|supervision|coaching|instruction"
    r"|qualification) (?:from|given by|led by|run by|delivered by|provided by)(?: (?:a|an|the|her|his"
    r"|their))?(?: (?:registered|qualified|[a-z]+)){0,2} $"
)


def is_recipient(low: str, role: Role) -> bool:
    """Whether the role is coached, met or advised rather than providing."""
    return bool(_RECIPIENT.search(low[max(0, role.start - 90) : role.start]))


def is_supervisor(low: str, role: Role) -> bool:
    """Whether the role trains or supervises the one who provides, or wrote what they follow."""
    return bool(_SUPERVISOR.search(low[max(0, role.start - 110) : role.start]))


EXPERTISE = re.compile(
    r"\b(?:trained|accredited|certified|certificated|qualified|credentialed|instructed"
    r"|schooled)(?: (?:and|,)? ?(?:assessed as )?(?:supervised|competent|accredited|experienced))?"
    r"(?: [a-z]+ly)?(?: to [a-z0-9]+ [a-z0-9 ]{1,30}?)? (?:in|by|as|at|to use|to deliver|to run"
    r"|to level|through|on|for|with|under)\b(?! (?:this|the) (?:area|field|need|role|task)s?\b)"
    r"|\b[a-z0-9-]+(?: [a-z0-9-]+){0,2}-(?:trained|accredited|qualified|certified|licensed)\b"
    r"|\b(?:makaton|elsa|thrive|lego|signalong|pecs|numicon|elklan|tacpac|bsl|braille|dyslexia|autism"
    r"|phonics) (?:trained|accredited|qualified|certified)"
    r"|\bwho (?:completed|passed|took|attended|gained) (?:[a-z0-9'-]+ ){1,6}?(?:course|award|certificate|diploma"
    r"|qualification"
    r"|module|training)\b"
    r"|\bwho (?:has|have|holds?|had) (?:[a-z]+ ){0,3}?(?:completed|passed|done|undertaken|attended"
    r"|gained|been trained|a (?:[a-z0-9-]+ ){0,5}(?:qualification|certificate|diploma|award|degree"
    r"|licence)|level \w+|(?:the|an?) [a-z0-9 -]{2,50}(?:course|certificate|qualification|diploma"
    r"|award|module))"
    r"|\b(?:holding|holds|with|having) (?:an?|the|at least|current|full|recognised|completed"
    r"|up-to-date) ?(?:[a-z0-9-]+ ){0,6}(?:qualification|certificate|diploma|award|degree|licen[cs]e"
    r"|accreditation|nvq|registration|level (?:two|three|four|five|[2-7])|training in)"
    r"|\b(?:with|has|have|had|having|following|completed|received"
    r"|after) (?:[a-z0-9'-]+ ){0,4}?training (?:in|on|from|by)\b"
    r"|\b(?:level (?:two|three|four|five|[2-7])|nvq|hlta status)\b"
    r"|\b(?:supervised|overseen|monitored|shadowed|coached|mentored)(?: [a-z0-9,' -]{0,60}?)? by\b"
    r"|\b(?:under|with) (?:the )?(?:[a-z-]+ ){0,3}supervision (?:of|from|by)\b|\bsupervision (?:from"
    r"|by)\b"
    r"|\btaught (?:the|how)[a-z ]{0,40} by\b|\b(?:he|she|they) (?:was|were|is|are|has been|have been"
    r"|will be) (?:first )?(?:trained|coached|shown|taught)\b[^.]{0,40} (?:by|in)\b"
    r"|\bsigned off (?:as competent )?(?:in|by)\b|\bassessed as competent\b|\b(?:certificate|diploma"
    r"|qualification|accreditation) in\b"
    r"|\bwhose? (?:training|qualification)\b|\bwhom (?:[a-z' ]{1,50}? )?(?:has |have |had )?(?:trained"
    r"|supervis\w+|coached|taught)\b"
)
_NOT_EXPERTISE = re.compile(r"(?:not|never|no longer|untrained|un) $|(?:be|become|being|get|getting) $")


_OF_WHOM = re.compile(r"\b(?:each|both|all|either|one|two|every one) of whom\b")


def expertise(low: str) -> re.Match[str] | None:
    """The words that state a qualification, a named training or supervision; 'trained' alone is none."""
    low = _OF_WHOM.sub(lambda found: "who".rjust(len(found.group())), low)
    for match in EXPERTISE.finditer(low):
        if not _NOT_EXPERTISE.search(low[max(0, match.start() - 12) : match.start()]):
            return match
    return None


def named_person(plain: str) -> bool:
    """Whether a titled person is named ('Mr Okafor')."""
    return bool(_NAMED.search(plain))
