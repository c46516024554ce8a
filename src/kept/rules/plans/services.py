"""What is provided: the catalogue of services, and words for content, groups, places and coverage."""

from __future__ import annotations

import re
from functools import lru_cache

from kept.rules.plans import numbers

# Catalogue name -> pattern over normal text, the most particular first.
SERVICES: dict[str, str] = {
    "speech and language therapy": r"speech(?:,| and|-and-|/"
        r"| &)?[ -]?(?:language(?: and communication)? )?(?:therap(?:y|ists?)|input"
        r"|sessions?)|salt|slt|communication therapy",
    "occupational therapy": r"occupational therap(?:y|ists?)|ot",
    "physiotherapy": r"physio(?:therap(?:y|ists?))?|hydrotherapy",
    "music therapy": r"music therap(?:y|ists?)",
    "art therapy": r"(?:art|drama|play|creative|arts)[ -]?(?:psycho)?therap(?:y|ists?)|dramatherap(?:y|ists?)",
    "psychology": r"(?:educational|clinical|child|counselling)? ?psycholog(?:y|ists?)"
        r"|cognitive behaviou?ral? therapy|cbt|psychotherap(?:y|ists?)",
    "counselling": r"counsell(?:ing|ors?)|talking therapy|mental health (?:support|practitioner|worker)",
    "sensory teaching": r"teachers? of (?:the )?(?:deaf|vision|visual|multi)[a-z -]*|qtvi|tod|(?:hearing|vision|visual"
        r"|sensory) (?:impairment )?(?:advisory |support )?(?:service|team|teacher)",
    "habilitation": r"(?:re)?habilitation|mobility officers?|cane (?:training|skills)",
    "travel training": r"travel train(?:ing|ers?)",
    "specialist teaching": r"(?:specialist|advisory|dyslexia|outreach) (?:[a-z]+ )?(?:teach(?:ing|ers?)|tuition)",
    "mentoring": r"(?:peer )?mentor(?:ing|s)?|elsa|emotional literacy(?: support)?|nurture (?:group|session|room)"
        r"|key ?workers?|job coach(?:ing)?",
    "teaching": r"teach(?:ing|ers?)(?! assistants?)|tuition|tutor(?:ing|s)?|lessons?|phonics|reading|maths"
        r"|literacy|numeracy",
    "adult support": r"(?:teaching|learning|classroom|support) (?:support )?(?:assistants?|workers?|practitioners?)"
        r"|adults?|staff|support|assistants?|helpers?",
    "social skills group": r"social (?:skills|communication|thinking|stories)",
    "nursing": r"nurs(?:e|es|ing)|gastrostomy|catheter|tracheostomy|suction|medication",
    "dietetics": r"diet(?:itian|ician|etics)s?",
    "short breaks": r"short breaks?|respite|overnight stays?",
    "personal care": r"personal (?:care|assistants?)|direct payments?|care package",
    "equipment": r"equipment|laptop|tablet|desk|chair|walker|standing frame|hoist|radio aid|overlay|software",
    "transport": r"taxi|minibus|transport",
}  # fmt: skip
SERVICE_RE = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in SERVICES.items()}
THERAPIES = frozenset(list(SERVICES)[:10]) | {"dietetics"}
SPLIT_SERVICES = frozenset(
    {
        "speech and language therapy",
        "occupational therapy",
        "physiotherapy",
        "music therapy",
        "art therapy",
        "psychology",
    }
)
PROFESSION_SERVICE = re.compile(
    r"\b(?:speech(?:,| and|-and-|/| &)?[ -]?(?:language(?: and communication)? )?therapy"
    r"|occupational therapy|physiotherapy|physio|hydrotherapy"
    r"|(?:music|art|drama|play|dance|family)[ -]?therapy|dramatherapy|psychotherapy"
    r"|cognitive behaviou?ral therapy|cbt|educational psychology|clinical psychology|psychology"
    r"|dietetics?"
    r"|salt|slt|ot|habilitation|orthoptics?|audiology|nursing|counselling)\b"
)
GROUP = re.compile(
    r"\b(?:(?:small|larger?|nurture|social(?: skills| communication)?|therapy|friendship|lunchtime"
    r"|weekly|intervention|teaching|language|phonics|talk(?:ing)?|reading|maths|literacy|lego"
    r"|structured|supported|play|discussion|skills|daily|guided)(?:[- ](?:therapy|skills"
    r"|based))? groups?(?! of (?:sounds|words|letters|objects|muscles))"
    r"|(?:in|as part of|within|with|join(?:s|ing)?|run(?:s|ning)?|lead(?:s|ing)?|attend(?:s)?) (?:a|an"
    r"|the|his|her|their) (?:[a-z-]+ ){0,3}groups?(?! of (?:sounds|words|letters|objects|muscles))"
    r"|(?:booster|catch-up|support|nurture|intervention|skills|special|withdrawal|remedial|transition"
    r"|bridging) class(?:es)?(?! (?:teacher|room|assistant))"
    r"|part of (?:an?|the) (?:[a-z-]+ ){0,3}groups?|(?:reduced|small|smaller|low|half|bottom|support"
    r"|nurture)[- ]?(?:size|sized|number)? (?:set|class|classes|sets)"
    r"|(?:mixed|[a-z]+-ability|[a-z]+-age|targeted|friendship|peer|intimate|little|compact|select|modest"
    r"|close-knit) groups?"
    r"|(?:\b(?:an?|this|each|one|the)|'s) (?:(?!age|year|blood|parent|parents'|ethnic|key|target|working"
    r"|steering|support"
    r"|peer|user|focus)[a-z-]+ ){1,3}(?<!age )(?<!year )(?<!blood )(?<!parent )(?<!working )group\b(?! of"
    r" (?:sounds|words|letters|objects|muscles))"
    r"|(?:friendship|talking|social|listening|language) circles?|(?<=[a-z] )and (?:some |a few |the |several"
    r" )?others\b(?! who)"
    r"|group (?:music|singing|art|play|discussion|reading|learning|talk|cooking|drama|sports?)\b"
    r"|groups? (?:session|work|intervention|lesson|activit|therapy|tuition|setting|teaching|time|basis"
    r"|programme|games)[a-z]*|in (?:small )?groups?|a group (?:for|on|to|led|run|that|which|will|in|at"
    r"|with|of)"
    r"|small-groups?\b|group-based|(?:cluster|bunch|handful|set|circle|huddle|gathering|cohort"
    r"|band) of (?:[a-z]+ )?(?:pupils"
    r"|children|peers"
    r"|friends|classmates|students|learners|others)|(?:circle|clusters?|peer sets?) (?:session|time|work)"
    r"|group-based|(?:small|smaller|reduced|low)(?:er)?[- ](?:class(?:es)?(?: sizes?)?|pupil numbers?"
    r"|teaching (?:class|group)s?)|small(?:er)? (?:classroom|setting|number of (?:pupils|children"
    r"|peers|classmates|students))"
    r"|(?:few|handful|couple|number|some|several|group) of (?:his|her|their|the) (?:friends|peers|classmates"
    r"|class|year|form|cohort|tutor group)"
    r"|(?:'s|\bhis|\bher|\btheir) (?:own )?(?:friends|peers|classmates)(?= (?:will|join|are to|come|can)\b)"
    r"|(?:a )?(?:few|handful of|couple of|number of|some|several) (?:others\b|(?:other )?(?:peers|classmates"
    r"|pupils|children|students|friends|learners))"
    r"|high(?:er)? (?:staff|adult|staffing)[a-z -]{0,12}(?:ratio|level)s?|(?:favourable|enhanced|good"
    r"|increased|improved) (?:staff|adult|staffing|pupil)[a-z -]{0,12}ratios?"
    r"|(?:alongside|together with|with|joins?|joining) (?:his |her |their |other |selected |chosen )*(?:peers|pupils"
    r"|children"
    r"|students|learners"
    r"|classmates)(?= (?:for|in|on|who|whose|with|to|at|of|from|each|every|during|working)\b|[.,;]|$))\b"
)
_PEOPLE = (
    r"(?:other |named |younger |chosen |selected |more |matched |familiar |same-age )*(?:pupils?"
    r"|children|peers?|classmates?|students?|learners?|others?|young people|friends?|members"
    r"|participants|at most|of them|people)"
)
_NUM = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|one)"
GROUP_SIZE = re.compile(
    rf"\b(?:(?:group|class|set|groups|classes|classroom|base)[a-z -]{{0,20}}? (?:of|with|for|has|having"
    rf"|holds?|never more than|limited to|capped at|size (?:of|is)|containing"
    rf"|numbering) ?(?:a )?(?:at most |no more than |up to |a maximum of |maximum(?: of)? "
    rf"|max(?:imum)? |not more than |fewer than |never more than |exactly "
    rf"|between )*{_NUM}\b(?! (?:minutes|hours|weeks|sessions))"
    rf"|(?:no more than|at most|maximum(?: of)?|max\.?|up to|not more than|fewer than|never more than"
    rf"|limited to|capped at|only|with|alongside|of) {_NUM} {_PEOPLE}|{_NUM} {_PEOPLE}"
    rf"|(?:group|class)[a-z ]{{0,12}}\((?:max(?:imum)?\.?|up to|no more than|of|at most)? ?{_NUM}"
    rf"|\d ?: ?\d+|{_NUM} ?(?:to|adults? to|adults? (?:for|per)(?: every)?) {_NUM} {_PEOPLE}"
    rf"|one[- ]to[- ](?:two|three|four|five|six|eight|ten)|(?:a|one) (?:named |chosen )?(?:classmate"
    rf"|friend|peer|partner|buddy)|in pairs|in threes|paired|a pair|{_NUM}-(?:pupil|child|person|place)"
    rf"|(?:group|class) size(?: is| of|:)?(?: no more than| at most| never more than)? {_NUM}"
    rf"|groups? of {_NUM})\b"
)
ONE_TO_ONE = re.compile(
    r"\b(?:one[- ](?:to|on)[- ]one|1[ -]?(?::|to|-to-|on|-on-)[ -]?1|individually"
    r"|individual (?:session|lesson|teaching|tuition|therapy|time|support|basis|work|programme"
    r"|coaching)s?|on (?:his|her|their) own|alone|just the two|face to face with)\b"
)
COVERAGE = re.compile(
    r"\b(?:full[- ]time|throughout (?:the|each|every|all|his|her|their)(?: whole| entire"
    r"| full)? ?(?:school|college|nursery)? ?(?:days?|(?<=whole )weeks?|(?<=entire )weeks?|(?<=full )weeks?"
    r"|(?<=school )weeks?|lessons?|sessions?|mornings?|afternoons?"
    r"|mealtimes?|break|lunch)(?: time)?s?"
    r"|throughout (?:lunch|break|registration|assembly|playtime|lunchtimes?|mealtimes?|breaks)(?: (?:and|or) [a-z]+)?"
    r"|on (?:every|each) (?:[a-z]+ )?(?:journey|trip|move|transition|walk|outing)"
    r"|(?:for|during|across|in|at|of) (?:the )?(?:whole|entire|all|full|entirety)(?: of)?(?: the"
    r"| every| each| his| her| their)? ?(?:school |of |[a-z]+ )?(?:days?|weeks?|lessons?|sessions?"
    r"|lunch(?:time)?s?|breaks?|mornings?|afternoons?|playtimes?|mealtimes?|transitions?"
    r"|unstructured times?|assembl(?:y|ies)|break and lunch|lunch and break|time|journeys?|trips?"
    r"|meals?|swimming lessons?)"
    r"|(?:in|for|during|at|through|within) (?:all|every|each|both)(?: of)?(?: (?:his|her|their|the"
    r"|one of|single|timetabled|taught|classroom|core|practical"
    r"|weekly))*(?: [a-z-]+){0,3}? ?(?:lessons?|transfers?|transitions?|mealtimes?|breaks?|break ?times?"
    r"|lunch ?times?|playtimes?|assembl(?:y|ies)|periods?|journeys?|meals?|sessions|trips?"
    r"|change(?: of (?:room|classroom|activity|lesson|place))?|handovers?|arrivals?|unstructured times?|move"
    r"|moves|class"
    r"|classes|subjects?|exams?|tests?|assessments?|feeds?)"
    r"|all of (?:every |each |the )?(?:lunch|break|playtime|morning|afternoon|day)[a-z ]*|all (?:day"
    r"|morning|afternoon|week)(?: long)?|(?:every|each) (?:minute|hour) of|whenever (?:he|she|they"
    r"|[a-z]+) (?:is|are) (?:in|on|at) (?:school|site|the)|at all times|round the clock"
    r"|24[- ]hours?(?: a day)?|from (?:arrival|the start of the day|registration"
    r"|the time)(?: [a-z ]+)? (?:to|until|till)|waking[- ]day|from bell to bell"
    r"|the whole (?:school )?(?:day|week|lesson|of (?:lunch|break))"
    rf"|in [a-z]+(?:, [a-z]+)*(?:,? and [a-z]+)? \((?:all )?(?:{numbers.NUMBER}) (?:lessons|periods) (?:a|per"
    rf"|each) (?:week|fortnight)"
    r"|(?:the )?whole of (?:each|every) [a-z]+|from (?:lesson|class|room) to (?:lesson|class|room)"
    r"|(?:for |in |of |during )?all [a-z0-9-]+ (?:hours|days|lessons|periods|sessions|mornings) (?:of|in) (?:the"
    r"|each|every|his|her"
    r"|their)(?: [a-z]+)? (?:day|week|timetable|fortnight)"
    r"|every (?:lesson|transition)|(?:every|each) (?:single )?(?:[a-z-]+ )?(?:assembly|explanation|instruction"
    r"|question|examination|exam|test|trip|move|discussion|film)\b|for the duration of (?:every|each|all|the)"
    r"|each lesson|all lessons"
    r"|(?:for|throughout|during|across) (?:the )?(?:whole|all|entirety|full length) of (?:each|every|his|her|their"
    r"|the)(?! (?:pupils|children|class|classmates|peers|students|learners)\b)(?: [a-z-]+){1,4}"
    r"|throughout (?:each|every|all|the whole of)(?: [a-z]+){1,4}|from (?:the )?(?:start"
    r"|beginning) to (?:the )?(?:end|finish)"
    r"|(?:at|for|during) (?:lunch|break|lunchtimes?|playtimes?|registration|arrival)(?:,"
    r"| and) [a-z ]{0,20}(?:every|each) (?:school )?day)\b"
)
TRIGGER = re.compile(
    r"\b(?:(?:every|each) time (?:that )?(?:(?:he|she|they|the [a-z]+|[a-z]+)(?! will\b| shall\b| is to\b))|whenever"
    r"|on each occasion"
    r"|on every occasion|as soon as|immediately|within (?:one|two|three|five|ten|\d+) minutes? of"
    r"|(?:before|after|at the start of|at the end of|at the beginning of) (?:each|every|any)(?: of)?"
    r"|when(?:ever)? (?:he|she|they|[a-z]+) (?:shows?|signs?|hands?|holds?|points?|presses|says|uses"
    r"|raises|puts?|asks?|leaves?|arrives?|enters?|has a (?:seizure|meltdown)|gives?|covers?|hits?"
    r"|bites?|shouts?|cries|taps?|moves|starts|stops|finishes))\b"
)
PLACES: dict[str, str] = {
    "class": r"in (?:the |his |her |their )?(?:class(?:room)?|lessons?)\b",
    "withdrawn": r"withdrawn|out of class|outside (?:the )?class(?:room)?|quiet room|separate room|therapy room"
    r"|in a quiet|away from the class|in the library|small room|sensory room",
    "home": r"\bat home\b|in the home|home visit",
    "clinic": r"\bclinic\b|health centre|hospital|hydrotherapy pool",
}
PLACE_RE = {name: re.compile(pattern) for name, pattern in PLACES.items()}


@lru_cache(maxsize=8192)
def services(low: str) -> list[tuple[str, int]]:
    """Catalogue services named in a normal text with where each first stands, in order of place.

    A word inside a longer service name does not count twice.
    """
    taken: list[tuple[int, int]] = []
    found = []
    for name, pattern in SERVICE_RE.items():
        for match in pattern.finditer(low):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            found.append((name, match.start()))
    first: dict[str, int] = {}
    for name, start in sorted(found, key=lambda each: each[1]):
        first.setdefault(name, start)
    return list(first.items())
