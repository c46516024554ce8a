"""What the demonstration's programme records, in words: nobody's real plan, and no status among it.

Days are counted from the day on which the programme began. Whatever the page then says of a finding is worked out from
these facts and from the demonstration's own figures.
"""

from __future__ import annotations

from dataclasses import dataclass

NAME = "SEND priority action plan"


@dataclass(frozen=True)
class Cause:
    """A cause, and how it was tested (empty: a guess). Both agencies agree to a tested one."""

    statement: str
    how_tested: str = ""


@dataclass(frozen=True)
class Step:
    """A milestone: its test, the promise, when its evidence was handed in, when it was moved, to when and why."""

    deliverable: str
    test: str
    promised: int
    evidence: str = ""
    accepted: int | None = None
    moves: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Deed:
    """An action against causes (by number), with what it is expected to move."""

    what: str
    agency: str
    starts: int
    code: str
    size: str
    lag: int
    because: str
    causes: tuple[int, ...] = (0,)
    steps: tuple[Step, ...] = ()
    news: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Said:
    """A verdict of families, entered by their forum."""

    at: int
    method: str
    asked: int
    answered: int
    answer: str
    words: str


@dataclass(frozen=True)
class Proof:
    """Evidence for more than delivery: who handed it in, and what the other agency said of it."""

    at: int
    by: str
    claim: str
    kind: str
    what: str
    source: str
    accepted: bool
    said: str


@dataclass(frozen=True)
class NewLimits:
    """New limits on a chart: set on a day, for a measure, from the month of another day on, and why."""

    at: int
    code: str
    since: int
    happened: str
    reason: str


@dataclass(frozen=True)
class Wanting:
    """A finding with everything on it. Measures: code, target (none for a count that has to fall), why."""

    kind: str
    text: str
    outcome: str
    bodies: tuple[str, ...]
    causes: tuple[Cause, ...]
    measures: tuple[tuple[str, float | None, str], ...]
    deeds: tuple[Deed, ...] = ()
    proofs: tuple[Proof, ...] = ()
    verdicts: tuple[Said, ...] = ()
    claim: tuple[int, str] | None = None
    answers: str = ""


LATE_PLANS = Wanting(
    "priority",
    "Too many children wait longer than 20 weeks for an education, health and care (EHC) plan, and their families are "
    "not told why.",
    "If your child needs a plan, you get it in 20 weeks. If it will be late, we tell you before the day and say why.",
    ("send", "ep"),
    (
        Cause(
            "A third of the posts for educational psychologists were empty, so advice came weeks late.",
            "Every request of one term was followed step by step: psychological advice came last in most late cases.",
        ),
        Cause(
            "No step of the process makes anybody write to a family whose plan will be late.",
            "The letters of 40 late cases were read; 31 families had heard nothing for ten weeks.",
        ),
        Cause("Schools ask too late in the school year."),
    ),
    (
        ("T2", 60.0, "The finding is about the 20 weeks, and no exception helps a child who waits"),
        ("T3", None, "A rising share can hide children who still wait"),
        ("T8", 90.0, "Late advice is the cause that was tested"),
    ),
    (
        Deed(
            "Fill the empty posts for educational psychologists, and pay associates until they are filled.",
            "ep", 30, "T8", "25 points", 6, "advice in six weeks lets a plan be written in time",
            steps=(
                Step("Associates under contract", "Contracts seen, first advice given", 60, "Four contracts", 72),
                Step("Three more psychologists at work", "On the rota and seen there", 150, "The term’s rota", 171),
            ),
        ),
        Deed(
            "Look at every case past week 12 each Monday, and write to the family the same day.",
            "send", 40, "T3", "Half as many", 4, "cases that somebody looks at each week do not stand still",
            causes=(1,),
            steps=(Step("The Monday meeting runs", "Four weeks of notes and letters", 75, "Notes of six weeks", 88),),
        ),
    ),
    verdicts=(
        Said(215, "survey", 140, 61, "partly", "We hear from the council now. Most of us heard that it is late."),
        Said(345, "panel", 12, 12, "no", "The letters are polite and the plans still late. A letter teaches nobody."),
    ),
    claim=(350, "Families are told each week where their plan stands."),
)  # fmt: skip
REVIEWS = Wanting(
    "priority",
    "Annual reviews are held late, and plans are not changed after them.",
    "We meet with you each year on time, and the plan changes when your child has changed.",
    ("send",),
    (
        Cause(
            "Nobody plans reviews ahead: the date is looked up when a school asks.",
            "The dates of 60 reviews were laid beside the first letter about each; 41 letters came after the date.",
        ),
    ),
    (
        ("R1", 85.0, "The law gives a date for each review"),
        ("R4", None, "Reviews that nobody holds are in no percentage"),
        ("R2", 85.0, "A review that changes nothing for months is no review"),
    ),
    (
        Deed(
            "Send each school the list of its reviews a term ahead, and a team that comes to the hard ones.",
            "send", 60, "R1", "20 points", 5, "a school that knows the date keeps it",
            steps=(
                Step("Lists sent for every school", "Three schools show theirs", 120, "The mailing and answers", 127),
                Step(
                    "A review team of four at work", "Four names, each at ten reviews", 210,
                    moves=(
                        (196, 270, "Nobody suitable applied"),
                        (262, 360, "Two offers were turned down"),
                        (352, 455, "The posts are advertised again at a higher grade"),
                    ),
                ),
            ),
            news=((200, "First interviews held."), (300, "Two people offered a post."), (402, "Advertised again.")),
        ),
    ),
    proofs=(
        Proof(
            300, "director", "practice", "audit", "Twenty reviews read through", "Folder of the quality group", False,
            "Only reviews that were held were read. Those that were missed are the finding.",
        ),
    ),
    verdicts=(Said(385, "survey", 95, 33, "partly", "The date comes sooner. The plan comes when the year is out."),),
)  # fmt: skip
WORDING = Wanting(
    "improve",
    "Plans say little that a family could hold anybody to.",
    "The plan says who works with your child, on what, how often and for how long.",
    ("send", "therapy"),
    (
        Cause(
            "Writers copy the words of advice, and advice says “regular” and “access to”.",
            "Fifty sentences of provision were traced back: 38 were the words of the advice.",
        ),
    ),
    (
        ("Q3", 95.0, "A sentence that cannot be counted cannot be kept"),
        ("D2", None, "Words are worth what then happens in school"),
    ),
    (
        Deed(
            "Write provision from fields for who, how often and how long, and check each plan before it goes.",
            "send", 90, "Q3", "20 points", 6, "a field that stands empty asks for an answer",
            steps=(Step("All writers use it", "Ten new plans read by the trust", 200, "Ten plans, names out", 214),),
            news=((230, "All eleven writers have changed over."), (405, "Two advice forms now ask the same.")),
        ),
    ),
    proofs=(
        Proof(
            320, "clinical-officer", "practice", "audit", "Thirty plans read by three agencies",
            "Report of the audit round", True, "Drawn by lot, read without names, each by two agencies.",
        ),
    ),
    verdicts=(
        Said(330, "survey", 88, 41, "partly", "New plans are clear. Our old one still says “regular”."),
        Said(400, "panel", 12, 11, "partly", "You can read it and know what should happen. Now it has to happen."),
    ),
)  # fmt: skip
WAITS = Wanting(
    "priority",
    "Children wait too long for therapies and for autism assessments, and families are left alone while they wait.",
    "You are seen within 18 weeks. While you wait, somebody calls you and you get help without a diagnosis.",
    ("therapy", "icb"),
    (
        Cause(
            "There are fewer assessment days than referrals, and the difference has grown for three years.",
            "Referrals and first appointments of 36 months were added up beside the hours of the posts.",
        ),
        Cause("Families do not know what help there is before a diagnosis.", "Nineteen of 26 families asked had none."),
    ),
    (
        ("W2", None, "18 weeks is the national standard for community services"),
        ("W1", None, "A shorter wait for those who are seen can hide a longer list"),
        ("W6", 80.0, "Nobody should wait alone"),
    ),
    (
        Deed(
            "Open two more assessment days a week.",
            "therapy", 120, "W2", "15 points", 9, "more first appointments than referrals makes a list shorter",
            steps=(
                Step("The first extra day runs", "The diary of four weeks", 200, "Diary, names out", 208),
                Step("The second extra day runs", "The diary of four weeks", 460),
            ),
            news=((215, "The first day runs on Tuesdays."), (340, "A room for the second day is found.")),
        ),
        Deed(
            "Call each waiting family once in twelve weeks and offer what needs no diagnosis.",
            "therapy", 150, "W6", "40 points", 3, "a call that is on a list gets made",
            causes=(1,),
            steps=(Step("Calls are on the list of each team", "Twenty families say that they were called", 480),),
            news=((338, "Two teams of four have begun."),),
        ),
    ),
    verdicts=(Said(372, "visits", 30, 24, "no", "Two of us were called. The list looks the same from our kitchen."),),
)  # fmt: skip
OLD_PLANS = Wanting(
    "improve",
    "Plans stand for years without being brought up to date.",
    "Your child’s plan is about your child as they are now.",
    ("send",),
    (
        Cause(
            "Nobody could see which plans were old.",
            "Officers were asked to name their oldest plan; three of eleven could.",
        ),
    ),
    (("R5", None, "The finding is about plans older than three years"),),
    (
        Deed(
            "Give each officer the list of their oldest plans, and amend two a week.",
            "send", 45, "R5", "A third fewer", 4, "two a week for a year is more than there are",
            steps=(Step("Lists with every officer", "Officers show theirs", 80, "Lists of eleven officers", 84),),
            news=((120, "Two a week since the first."), (404, "Still two a week.")),
        ),
    ),
    verdicts=(
        Said(290, "survey", 64, 29, "yes", "The new one is about a child in Year 9. The old one was about Year 4."),
        Said(390, "panel", 12, 12, "partly", "It works for those whose turn came. Tell the others when theirs is."),
    ),
    claim=(395, "Fewer children have a plan that is older than three years."),
    answers="We publish it each month, and the case officer of each of these children has told the family a date.",
)  # fmt: skip
TOLD = Wanting(
    "local",
    "Families tell their story again to each new person, and learn by accident that the person has changed.",
    "You tell your story once. When your person changes, the old one and the new one call you together.",
    ("send", "care"),
    (
        Cause(
            "Nothing is handed over when an officer leaves.",
            "The forum asked 40 families: 27 had three officers or more in two years.",
        ),
    ),
    (("V3", None, "Only families can say whether they had to tell it again"),),
    (
        Deed(
            "Hand each case over with a note and a call to the family.",
            "send", 455, "V3", "30 points", 3, "whoever has read the note does not ask again",
            steps=(Step("A note for every case that changes hands", "Ten families say so", 540),),
        ),
    ),
)  # fmt: skip
FINDINGS = (LATE_PLANS, REVIEWS, WORDING, WAITS, OLD_PLANS, TOLD)
MONEY = (  # what, pounds, yearly, promised, realised
    ("Posts for educational psychologists", 210_000, True, "Advice in six weeks for nine children in ten", ""),
    ("A review team of four", 164_000, True, "Nine reviews in ten on time", "Nothing yet: nobody is in post"),
    ("Two more assessment days a week", 145_000, False, "Nobody waits longer than 18 weeks to be seen", ""),
)
QUESTIONS = (  # asked on, by, for whom, words, answered on, answer, resolved on
    (
        150, "director", "Children’s scrutiny committee", "What would it take for every plan to come in 20 weeks?",
        170, "Two more psychologists than are in post, and the backlog gone first: about 14 months.", 200,
    ),
    (
        348, "forum", "Parent carer forum", "Your letters say that the plan is late. Why not when it comes?",
        368, "Because we did not know. From next month each gives a week, and we publish how often it held.", None,
    ),
    (
        398, "clinical-officer", "NHS England adviser", "Show us each child who waits more than a year.",
        None, "", None,
    ),
)  # fmt: skip
MEETINGS = (  # body, day, minutes, the chair's note (empty: none), decisions: what, due, done
    (
        "board", 62, "The forum spoke first: “we want dates, not thanks”. The board agreed to print moved dates.", "",
        (("Print how often each date was moved", 90, 70),),
    ),
    (
        "scrutiny", 201, "Members asked for numbers of children beside percentages, and for what families say.", "",
        (("Bring the same charts to each meeting, with the families’ verdict", 260, 240),),
    ),
    (
        "board", 302, "Reviews: the team is not there. The chair would not call it “on track”.",
        "The forum told us that new plans come when the school year is out. The review team is still not there.\n"
        "We will ask for a higher grade for these posts, and read the reviews that were missed as well.",
        (("Ask for a higher grade for the review posts", 340, 351), ("Audit again, missed ones included", 410, None)),
    ),
    (
        "forum", 374, "Families read the page aloud and marked what they disagree with. It is printed as disputed.", "",
        (("Answer the question about dates in letters", 400, 402),),
    ),
    (
        "board", 397, "Late plans: delivered, and no impact shown. The board did not close it.",
        "Young people asked why a plan for Year 9 arrives in Year 10. We had no answer that we were content with.\n"
        "All that we promised about late plans is done, and plans are still late. We do not call that finished.",
        (("Case by case for each child past a year, weekly", 430, None),),
    ),
)  # fmt: skip
LIMITS = NewLimits(
    390, "R5", 80, "Each officer has the list of their oldest plans since November, and amends two a week.",
    "The number has stayed lower for months, so the old limits no longer say what chance alone would give.",
)  # fmt: skip
PACKS = ((209, "Six-month review pack"), (396, "Twelve-month review pack"))
