"""The parts that made-up plans are put together from: good wording, and the bad wording that real plans are full of.

`[a|b]` is a choice. `{n}` is the child's first name, `{he} {him} {his} {He} {His}` pronouns, `{by}` a day or month to
come, `{was}` one that has passed, `{small} {mid} {big}` numbers of a fitting size.
"""

# ruff: noqa: E501 -- sentences
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Help:
    """Provision that a need calls for: typed facts (of `kept.rules.plans.Provision`), or a good sentence of its own."""

    service: str
    words: str = ""
    role: str = ""
    focus: str = ""
    minutes: tuple[int, ...] = (30,)
    often: tuple[tuple[int, str, int], ...] = ((1, "week", 1),)
    pupils: int = 1
    expertise: str = ""
    place: str = ""
    review: str = ""
    by: str = "school"


@dataclass(frozen=True)
class Theme:
    """A need as it shows, what would be different, and what brings that about; for some ages only where they are given."""

    key: str
    strength: str
    need: str
    outcome: str
    helps: tuple[Help, ...]
    bad_need: str
    bad_outcome: str
    adviser: str
    youngest: int = 0
    oldest: int = 25


SLT, OT, PHYSIO, EP = (
    "speech and language therapist",
    "occupational therapist",
    "physiotherapist",
    "educational psychologist",
)
TA, TEACHER = "teaching assistant", "qualified teacher"
TERMLY = "every term"

THEMES: dict[str, tuple[Theme, ...]] = {
    "talk": (
        Theme(
            "phrases",
            "Strength: {he} [points to what {he} wants|uses {small} signs without help|laughs at a joke and repeats it].",
            "{n} joins two words and is understood by [family but not by new adults|about half of those who meet {him}]. In class this means that {he} [takes what {he} wants instead of asking|stops trying after {small} goes].",
            "By {by} {n} will use phrases of three words to ask for help in {small} lessons out of five, counted by the class teacher. In {was} {he} did so in one lesson out of five.",
            (
                Help(
                    "speech and language therapy",
                    role=SLT,
                    focus="build three-word phrases",
                    minutes=(30, 40, 45),
                    often=((1, "week", 1), (1, "fortnight", 1)),
                    place="withdrawn",
                    review="phrases used in class",
                    by="health",
                ),
                Help(
                    "adult support",
                    "A teaching assistant trained in {n}'s speech programme by the speech and language therapist will practise phrases with {him} one-to-one for {ten} minutes each school day.",
                ),
            ),
            "{n} has speech and language difficulties.",
            "{n} will improve {his} communication skills.",
            SLT,
            oldest=11,
        ),
        Theme(
            "understanding",
            "Strength: {he} remembers what {he} has [seen done|heard in a story|drawn].",
            "{n} follows spoken instructions one step at a time. With two steps together {he} [completes the first and then waits|copies the pupil beside {him}|leaves {his} seat].",
            "By {by} {n} will follow instructions of two steps without a prompt in four lessons out of five. In {was} {he} followed them in {small} lessons out of ten.",
            (
                Help(
                    "speech and language therapy",
                    role=SLT,
                    focus="follow instructions of two steps",
                    minutes=(30, 45),
                    often=((1, "week", 1), (3, "half-term", 1)),
                    review="instructions followed in class",
                    by="health",
                ),
                Help(
                    "adult support",
                    "In every lesson a teaching assistant trained in task boards by the speech and language therapist will show {n} each step on a board before {he} begins.",
                ),
            ),
            "{n} has difficulties with understanding at times.",
            "{n} will follow instructions better.",
            SLT,
        ),
        Theme(
            "conversation",
            "Strength: {he} knows [all the bus routes of the town|every bird by its song|how to mend a bicycle] and explains it well.",
            "{n} has autism. {He} begins a conversation on {his} own subject and does not notice when the other [turns away|changes the subject], so that break times end in [quarrels|{his} sitting alone] on {small} days out of five.",
            "By {by} {n} will keep up a conversation on another's subject for {mid} turns with two different classmates each week. In {was} {he} managed {small} turns.",
            (
                Help(
                    "social skills group",
                    "An emotional literacy support assistant, supervised every half-term by the educational psychologist, will lead a group of no more than {small} pupils for 30 minutes every [Tuesday|Thursday] in term time, in which {n} practises taking turns in talk.",
                ),
                Help(
                    "speech and language therapy",
                    role=SLT,
                    focus="plan and review conversation practice",
                    minutes=(45, 60),
                    often=((1, "half-term", 1),),
                    review="turns counted at lunch",
                    by="health",
                ),
            ),
            "{n} has autism.",
            "{n} will develop friendships and social skills.",
            SLT,
            youngest=7,
        ),
    ),
    "learn": (
        Theme(
            "reading",
            "Strength: {he} [remembers facts {he} has heard|tells a story in order|knows what {he} likes to read about].",
            "{n} reads {mid} words a minute and guesses [any word of more than five letters|words from the first letter]. {He} stops trying after two lines.",
            "By {by} {n} will read {big} words a minute from a text {he} has not seen, with at most {small} mistakes. In {was} {he} read {mid}.",
            (
                Help(
                    "specialist teaching",
                    role="specialist teacher",
                    expertise="dyslexia",
                    focus="read and spell words of two syllables",
                    minutes=(30, 45, 50),
                    often=((2, "week", 1), (3, "week", 1)),
                    place="withdrawn",
                    review="words read a minute",
                    by="council",
                ),
                Help(
                    "teaching",
                    "A teaching assistant who has completed a recognised precision-teaching course will teach {n} five words one-to-one for ten minutes each school day.",
                ),
            ),
            "{n} has some difficulties with literacy.",
            "{n} will improve {his} reading.",
            EP,
            youngest=5,
        ),
        Theme(
            "number",
            "Strength: {he} [matches colours and shapes|sorts objects|helps to share out the fruit] without help.",
            "{n} counts to {small} and cannot yet say which of two sets is larger. {He} [does not use money|relies on an adult in a shop].",
            "By {by} {n} will count {mid} objects and say which of two sets is larger, on four days out of five. In {was} {he} counted {small}.",
            (
                Help(
                    "teaching",
                    role=TEACHER,
                    expertise="the Numicon approach",
                    focus="count and compare sets",
                    minutes=(20, 30),
                    often=((4, "week", 1), (1, "day", 1)),
                    pupils=3,
                    place="class",
                    review="sets counted",
                ),
            ),
            "{n} is below age-related expectations in maths.",
            "{n} will make progress in maths.",
            EP,
        ),
        Theme(
            "attention",
            "Strength: {he} builds [models|dens|train tracks] for half an hour at a time.",
            "{n} works on a task that an adult gives {him} for {small} minutes, then [leaves {his} place|talks to others|puts {his} head down]. Work in class is unfinished on most days.",
            "By {by} {n} will finish {small} tasks of ten minutes each day on {his} own, with a timer. In {was} {he} finished one.",
            (
                Help(
                    "adult support",
                    "A teaching assistant trained by the educational psychologist in task planning will set out each task with {n} at the beginning of every lesson, and will check it with {him} one-to-one for five minutes at the end.",
                ),
                Help(
                    "psychology",
                    role=EP,
                    focus="review how tasks are set out, with the class team",
                    minutes=(60, 90),
                    often=((1, "term", 1),),
                    review="tasks finished",
                    by="council",
                ),
            ),
            "{n} struggles to concentrate in class.",
            "{n} will concentrate for longer.",
            EP,
        ),
        Theme(
            "early learning",
            "Strength: {he} [turns to {his} name|smiles at music|reaches for what is bright].",
            "{n} shows what {he} wants by [eye-pointing|reaching|a sound that family know]. {He} needs {big} seconds to answer, and new adults often act before then.",
            "By {by} {n} will choose between two objects by looking, within {big} seconds, on four days out of five. In {was} {he} did so on {small} days out of ten.",
            (
                Help(
                    "teaching",
                    role=TEACHER,
                    expertise="profound and multiple learning difficulties",
                    focus="choose between two objects by looking",
                    minutes=(20, 30),
                    often=((1, "day", 1),),
                    place="class",
                    review="choices made",
                ),
                Help(
                    "speech and language therapy",
                    role=SLT,
                    focus="set up and adjust the communication aid",
                    minutes=(45, 60),
                    often=((2, "half-term", 1),),
                    review="choices made with the aid",
                    by="health",
                ),
            ),
            "{n} has profound and multiple learning difficulties.",
            "{n} will enjoy sensory activities.",
            "teacher of multi-sensory impairment",
        ),
    ),
    "feel": (
        Theme(
            "calm",
            "Strength: {he} is [kind to younger children|funny|the one who looks after the class hamster].",
            "{n} [shouts and runs from the room|hides beneath a table|tears up {his} work] when a lesson changes without warning, about {small} times a week. Calm takes {mid} minutes.",
            "By {by} {n} will show a card and go to the quiet room before {he} is upset, {small} times out of five. In {was} {he} did so once in {mid}.",
            (
                Help(
                    "mentoring",
                    "An emotional literacy support assistant, supervised every half-term by the educational psychologist, will see {n} one-to-one for {ten} minutes at the beginning and at the end of each school day to name feelings and plan the day.",
                ),
                Help(
                    "adult support",
                    "A teaching assistant trained in {n}'s calm plan by the educational psychologist will tell {him} of every change of lesson five minutes before, with a picture, and will go with {him} to the quiet room whenever {he} shows {his} card, within one minute.",
                ),
            ),
            "{n} can display challenging behaviour.",
            "{n} will manage {his} emotions.",
            EP,
        ),
        Theme(
            "worry",
            "Strength: {he} [writes songs|draws comics|swims for the school].",
            "{n} came to school on {mid} of the last forty days. {He} [is sick before lessons|cannot enter a room with more than ten people|has not eaten at school since {was}].",
            "By {by} {n} will attend {mid} lessons a week in a room of at most eight pupils. In {was} {he} attended {small}.",
            (
                Help(
                    "psychology",
                    role="clinical psychologist",
                    focus="work on anxiety about school with cognitive behavioural therapy",
                    minutes=(50,),
                    often=((1, "week", 1),),
                    place="withdrawn",
                    review="lessons attended",
                    by="health",
                ),
                Help(
                    "teaching",
                    role=TEACHER,
                    focus="teach the missed parts of English and mathematics",
                    minutes=(60,),
                    often=((3, "week", 1), (4, "week", 1)),
                    pupils=4,
                    place="withdrawn",
                    review="lessons attended",
                ),
            ),
            "{n} suffers from anxiety.",
            "{n} will feel happier at school.",
            "clinical psychologist",
            youngest=9,
        ),
    ),
    "sense": (
        Theme(
            "hearing",
            "Strength: {he} [lip-reads people {he} knows|asks to have things said again].",
            "{n} is deaf in [both ears|the left ear]. With {his} hearing aids on {he} follows a talker within two metres in a quiet room, and misses about half of what is said in a classroom.",
            "By {by} {n} will tell an adult each time that {his} hearing aid or radio aid does not work, nine times out of ten. In {was} {he} told one {small} times out of ten.",
            (
                Help(
                    "sensory teaching",
                    role="teacher of the deaf",
                    focus="listen with the radio aid and learn new words before they come up in class",
                    minutes=(45, 60),
                    often=((1, "week", 1), (1, "fortnight", 1)),
                    place="withdrawn",
                    review="words learnt",
                    by="council",
                ),
                Help(
                    "equipment",
                    "The council's sensory service will supply a radio aid, check it every half-term and replace it within two school days when it fails.",
                ),
            ),
            "{n} has a hearing impairment.",
            "{n} will access the curriculum.",
            "teacher of the deaf",
        ),
        Theme(
            "sight",
            "Strength: {he} [knows every room by its sound|learns tunes by ear].",
            "{n} sees print of {big} point at {mid} centimetres. {He} misses what is on the board and trips on steps that are not marked.",
            "By {by} {n} will type {mid} words a minute without looking at the keys. In {was} {he} typed {small}.",
            (
                Help(
                    "sensory teaching",
                    "A qualified teacher of vision impairment will visit for one hour each fortnight in term time: 30 minutes of one-to-one touch-typing with {n}, then 30 minutes preparing large-print materials with the class team.",
                ),
                Help(
                    "habilitation",
                    role="rehabilitation officer",
                    focus="cross the road to school and use the stairs",
                    minutes=(60,),
                    often=((1, "fortnight", 1),),
                    review="routes walked alone",
                    by="council",
                ),
            ),
            "{n} has a visual impairment.",
            "{n} will have access to a touch-typing programme.",
            "teacher of vision impairment",
        ),
    ),
    "body": (
        Theme(
            "hands",
            "Strength: {he} [never gives up|explains to others how to help].",
            "{n} cannot yet hold a pencil in a three-finger grip, and {his} letters are too large to fit the line. {He} needs an adult for buttons and zips.",
            "By {by} {n} will write {his} first name on a 15 mm line, with every letter readable, on four days out of five. In {was} {he} did so on {small} days out of ten.",
            (
                Help(
                    "occupational therapy",
                    role=OT,
                    focus="teach pencil grip and letter size",
                    minutes=(30, 40),
                    often=((1, "week", 1), (1, "fortnight", 1)),
                    place="withdrawn",
                    review="letters that fit the line",
                    by="health",
                ),
                Help(
                    "adult support",
                    "A teaching assistant trained in {n}'s hand programme by the occupational therapist will practise it with {him} one-to-one for {ten} minutes before the first lesson each school day.",
                ),
            ),
            "{n} finds fine motor skills tricky.",
            "{n} will have better handwriting.",
            OT,
            oldest=12,
        ),
        Theme(
            "moving",
            "Strength: {he} [swims on {his} back|steers {his} chair through any door].",
            "{n} walks {big} metres with a frame and uses a wheelchair beyond. {He} tires by [noon|the third lesson] and then falls.",
            "By {by} {n} will walk from the classroom to the hall with the frame, {small} days out of five. In {was} {he} walked {mid} metres.",
            (
                Help(
                    "physiotherapy",
                    role=PHYSIO,
                    focus="walk with the frame and keep hips and knees supple",
                    minutes=(30, 40, 45),
                    often=((1, "week", 1), (1, "fortnight", 1)),
                    review="metres walked",
                    by="health",
                ),
                Help(
                    "adult support",
                    "A teaching assistant trained in {n}'s moving and handling plan by the physiotherapist will be with {him} one-to-one for every transition between lessons, and for all of lunch and break, each school day.",
                ),
                Help(
                    "equipment",
                    "A height-adjustable desk, supplied and serviced yearly by the council's equipment store, will be in every classroom {n} uses.",
                ),
            ),
            "{n} has a physical disability.",
            "{n} will receive physiotherapy.",
            PHYSIO,
        ),
    ),
    "adult": (
        Theme(
            "travel",
            "Strength: {he} reads a map and keeps to time.",
            "{n} has not yet travelled alone. {He} [crosses roads without looking left|gets on the first bus that comes].",
            "By {by} {n} will travel by bus to college on {his} own, on four days out of five. In {was} {he} travelled with an adult every day.",
            (
                Help(
                    "travel training",
                    "A qualified travel trainer will work one-to-one with {n} for two hours every Friday in term time on crossing roads and catching the number {small} bus.",
                ),
            ),
            "{n} lacks independence.",
            "{n} will become an electrician and live independently.",
            EP,
            youngest=14,
        ),
        Theme(
            "work",
            "Strength: {he} [turns up on time|learns a job by watching].",
            "{n} has [not had a job interview|left two work placements in the first week] because {he} does not say when {he} has not understood.",
            "By {by} {n} will complete a work placement of {small} weeks and ask for help at least once a day. In {was} {he} completed {small} days.",
            (
                Help(
                    "mentoring",
                    "A qualified job coach will go with {n} to a work placement one-to-one for {small} hours every week in term time, to practise asking for help.",
                ),
            ),
            "{n} needs support with preparing for adulthood.",
            "{n} will gain employment skills.",
            EP,
            youngest=15,
        ),
    ),
}

AREAS: dict[str, tuple[str, ...]] = {
    "ASD": ("talk", "feel", "learn"), "SLCN": ("talk", "learn"), "SEMH": ("feel", "learn"), "MLD": ("learn", "talk"),
    "SLD": ("learn", "body", "talk"), "PMLD": ("learn", "body"), "SPLD": ("learn", "feel"), "HI": ("sense", "talk"),
    "VI": ("sense", "body"), "MSI": ("sense", "learn"), "PD": ("body", "learn"), "DS": ("learn", "talk", "body"),
    "OTH": ("learn", "feel"), "NSA": ("learn", "talk"),
}  # fmt: skip

BAD_PROVISION = (
    "{n} will have access to regular {service} as required.",
    "{n} would benefit from {service}.",
    "{n} will receive support from an adult in class.",
    "Up to {mid} hours a week of support from a teaching assistant.",
    "{n} will have opportunities to take part in small group work.",
    "The school will provide {service} as appropriate, subject to the availability of staff.",
    "{Service} will be provided regularly by a trained member of staff.",
    "Provision will be funded at band {small}.",
    "{n} requires a high level of adult support throughout the day.",
    "A weekly session of {service} in a small group.",
    "Support will be set out in the individual education plan, to be agreed by the school.",
    "{n} will be given access to {service} when needed. This will reduce over time.",
)
