"""Measures of messages, audits, what families say, minutes of help, attendance, the Local Offer and posts."""

from __future__ import annotations

from kept.measures import sql, sql_more, sql_things
from kept.measures.definition import COUNT, DOWN, NEUTRAL, UP, define
from kept.rules.spc import Direction

BY_BODY = tuple(
    define(
        code, f"Advice in 6 weeks: {words}", "Replies within 42 days of being asked",
        f"Replies due in the month from {words}", UP, statutory=True, better_off=True, query=sql_more.advice_of(kind),
        counter=("T8",), part_of="T8", exclusions="Requests that ceased to be owed before their date.",
    )
    for code, kind, words in (
        ("T8a", "school", "schools and settings"), ("T8b", "psychology", "educational psychologists"),
        ("T8c", "health", "health"), ("T8d", "social_care", "social care"),
    )
)  # fmt: skip
QUALITY = (
    define(
        "R7", "Health and social care reports at reviews",
        "With a report from each health and social care body that was asked, by the day of the meeting",
        "Reviews held in the month to which health or social care was asked to report", UP, better_off=True,
        query=sql_more.REPORTS_AT_REVIEWS, counter=("R1",),
        trap="Only bodies that were asked are counted: a body that nobody asked is in neither number.",
    ),
    define(
        "Q1", "Records complete", "With sex, ethnicity, main need, setting and a pupil or NHS number on the record",
        "Children with a plan in force at the month’s end", UP, stock=True, query=sql_more.COMPLETE, counter=("T2",),
        trap="As the record stood on the day of counting. The checks of the statutory return ask for more.",
    ),
    define(
        "Q2", "Plans audited good or better", "Good or outstanding as a whole, by the agreed or the moderated grade",
        "Plans on which both auditors had judged in the month", UP, better_off=True, query=sql_more.AUDITED_GOOD,
        counter=("Q2b",), exclusions="Plans whose two grades are too far apart and wait for a moderator.",
        trap="A random sample: with fewer than twenty audits a month a change is mostly chance.",
    ),
    define(
        "Q2b", "Audits whose two auditors were far apart", "Grades of the whole plan more than one apart",
        "Plans on which both auditors had judged in the month", DOWN, query=sql_more.AUDITORS_APART, counter=("Q2",),
        trap="High: judges do not agree on what good is. Nought for long: they may not be judging by themselves.",
    ),
    define(
        "Q4", "Plans with the child’s own words", "The child’s own words on record in the year before",
        "Plans issued in the month", UP, better_off=True, query=sql_more.OWN_WORDS, counter=("Q2",),
        exclusions="Plans taken over from files of another system.",
        trap="Words that somebody else took the child to mean are not counted as the child’s own.",
    ),
)  # fmt: skip
HELP = (
    define(
        "D4", "Help found in place when looked at", "All that was looked at was in place as the plan says",
        "Children for whom somebody looked in the month", UP, better_off=True, query=sql_more.HELP_LOOKED_AT,
        counter=("V2",),
    ),
    define(
        "D5", "Minutes of help that came", "Minutes that came", "Minutes due in the half-term", UP, better_off=True,
        query=sql_more.MINUTES_THAT_CAME, counter=("V2", "D2"), adds_up="minutes", by_half_term=True,
        exclusions="Help that the plan counts in sessions only.",
        trap="A half-term counts in the month in which it ends. Weeks that nobody recorded did not come.",
    ),
    define(
        "D6", "Minutes paid for, of those in plans", "Minutes that contracts and budgets pay for",
        "Minutes that plans specify, for services of which somebody said what is paid for", UP,
        query=sql_more.MINUTES_PAID_FOR, counter=("D5",), adds_up="minutes", by_half_term=True, is_whole=True,
        trap="Over 100% means that more is paid for than plans specify. Two months are taken for a half-term.",
    ),
    define(
        "W7", "Seen or helped within the limit of the list", "Seen, or help begun, by the standard of the list",
        "Children whose limit fell in the month", UP, better_off=True, counter=("W4",),
        exclusions="Referrals that ended.",
        query=sql.due(where="d.area_id = %(area)s AND d.source = 'waiting' AND d.rule NOT IN ('waits.answer', "
                      "'waits.contact')"),
    ),
)  # fmt: skip
VOICES = (
    define(
        "M1", "Messages from families answered in time", "Answered by the day that the area promises",
        "Answers due in the month", UP, better_off=True, query=sql.due("messages.answer"), counter=("M2",),
    ),
    define(
        "M2", "Messages from families acknowledged in time", "Acknowledged by the day that the area promises",
        "Acknowledgements due in the month", UP, query=sql.due("messages.acknowledge"), counter=("M1",),
    ),
    define(
        "V2", "What we were promised is happening", "The family said yes of all that it answered about",
        "Children whose family answered in the month", UP, better_off=True, query=sql_more.FAMILY_SAYS,
        counter=("D5",), exclusions="Answers that they do not know.",
        trap="From the family’s own column, week by week. Families who answer may differ from those who do not.",
    ),
    define(
        "V4", "Actions of which families said whether they worked", "With a verdict of families since it was delivered",
        "Milestones of improvement delivered by the month’s end", UP, stock=True, query=sql_more.MILESTONES_JUDGED,
        about="milestone", adds_up="milestones", counter=("V2",),
    ),
    define(
        "V5", "Families who say that the review changed something", "Said yes", "Answers after a review in the month",
        UP, better_off=True, query=sql_more.REVIEW_CHANGED, counter=("R1",), trap="“Partly” is not counted as a yes.",
    ),
    define(
        "E2", "Appeals that ended in the family’s favour", "Conceded, or an order that is not a dismissal",
        "Appeals ended in the month of which the record says how", DOWN, query=sql_more.APPEALS_ENDED, counter=("T6",),
        exclusions="Appeals withdrawn, and those whose order is not on the record.",
    ),
    define(
        "E3b", "Mediation agreements kept on time", "Kept by the date owed", "Due in the month", UP, statutory=True,
        better_off=True, query=sql.due("mediation.agreement_other", "mediation.agreement_tell_la"), counter=("E1",),
    ),
)  # fmt: skip
OFFER = (
    define(
        "L1", "Local Offer entries out of date", "Not checked in the 12 months before, or with a broken link",
        "Entries published at the month’s end", DOWN, stock=True, query=sql_things.OUT_OF_DATE, about="entry",
        adds_up="entries", counter=("L3",),
    ),
    define(
        "L2", "Comments on the Local Offer answered in 28 days", "Answered within 28 days", "Comments due an answer in "
        "the month", UP, query=sql_things.COMMENTS_ANSWERED, about="comment", adds_up="comments", counter=("L1",),
        exclusions="Comments that could not be published.",
    ),
    define(
        "L3", "What the law asks of the Local Offer", "Carried by an entry or a page",
        "Items that Schedule 2 asked for at the month’s end", UP, stock=True, query=sql_things.ITEMS_COVERED,
        about="item", adds_up="items", counter=("L1",),
        trap="Whether an item is carried, not how well. What is carried today is taken as carried since it was made.",
    ),
    define(
        "S1", "Vacant posts", "Vacant at the month’s end", "Funded posts on record", DOWN, stock=True, counter=("W2",),
        query=sql_things.POSTS_VACANT, about="post", adds_up="posts",
        trap="Posts of the services with a waiting list. Who held a post before its present holder is not on record.",
    ),
)  # fmt: skip
SCHOOL = (
    define(
        "O1", "Sessions of school missed", "Sessions missed", "Sessions possible, in registers that end in the month",
        DOWN, better_off=True, query=sql_more.SESSIONS_MISSED, adds_up="sessions", counter=("P1",),
        trap="Children whose school sent its register only. Suspensions and exclusions have no source yet.",
    ),
    define(
        "O1b", "Missing half of school or more", "Missed half of their sessions or more",
        "Children in registers that end in the month", DOWN, better_off=True, query=sql_more.HALF_MISSED,
        counter=("P1",),
    ),
    define(
        "P1", "Children without full-time education", "Part-time, not attending, without a place, or nobody knows",
        "Children whose schooling somebody had confirmed by the month’s end", DOWN, stock=True, better_off=True,
        query=sql_more.NOT_FULL_TIME, counter=("O1",), exclusions="Children who left, or are taught at home by choice.",
    ),
)  # fmt: skip
_OUTSIDE: tuple[tuple[str, str, str, str, Direction, str, str, dict[str, object]], ...] = (
    ("E4", "Complaints", "Complaints received", "Complaints received", DOWN, "complaints, which are not recorded here",
     "council’s complaints register", {"unit": COUNT}),
    ("V1", "Families who rate their experience good", "Good or very good", "Answers", UP, "a survey of families",
     "yearly survey, such as POET", {"better_off": True}),
    ("V3", "Told our story once", "Said yes", "Answers", UP, "a survey of families", "yearly survey, such as POET",
     {"better_off": True}),
    ("H1", "Journeys to school on time", "Journeys on time", "Journeys booked", UP, "transport",
     "operators’ journey logs", {"adds_up": "journeys"}),
    ("H2", "Transport decided before term", "Decided by 31 July", "Applications that came in time", UP, "transport",
     "council’s transport system", {}),
    ("O2", "In education, employment or training", "In education, employment or training",
     "Young people of whom it is known", UP, "destinations", "return to the national client caseload system",
     {"better_off": True, "stock": True}),
    ("O4", "A good level of development", "With a good level of development", "Children with a plan at five", UP,
     "national results", "results published by the DfE", {"better_off": True}),
    ("O5", "Suspensions for each 100 pupils with a plan", "Suspensions", "Pupils with a plan", DOWN,
     "the school census", "school census", {"better_off": True}),
    ("S2", "Cases for each case worker", "Cases for each full post", "Cases for each full post", DOWN,
     "the history of who held a case", "team’s own counts", {"unit": COUNT, "stock": True, "about": "post",
     "adds_up": "cases"}),
    ("F1", "High-needs spending against budget", "Pounds spent", "Pounds of the budget for the month", NEUTRAL,
     "the finance ledger", "council’s finance ledger", {"about": "budget", "adds_up": "pounds", "is_whole": True}),
)  # fmt: skip
WAITING = tuple(
    define(
        code, title, numerator, denominator, direction, waits_for=waits_for,
        exclusions=f"As the source says. It can be brought in from a file, for example from the {source}.", **more,
    )
    for code, title, numerator, denominator, direction, waits_for, source, more in _OUTSIDE
)  # fmt: skip
MORE = (*BY_BODY, *QUALITY, *HELP, *VOICES, *OFFER, *SCHOOL)
