"""The catalogue of measures: what each counts, which way is better, what keeps it honest, and where its rows come from.

Source of the codes and definitions: the key performance indicators of local area SEND improvement programmes, the
definitions of the SEN2 return (Department for Education) and the tribunal statistics. A measure that no service records
yet says whose records it waits for; nobody types it in, a file of its source can be brought in.
"""

from __future__ import annotations

from kept.measures import sql, sql_services
from kept.measures.catalogue_more import MORE, WAITING
from kept.measures.definition import COUNT, DAYS, DOWN, LAW, NEUTRAL, SHARE, UP, Definition
from kept.measures.definition import define as _d

__all__ = ["ALL", "BY_CODE", "COMPUTED", "COUNT", "DAYS", "SHARE", "SUBJECTS", "WAITING", "Definition"]

TIMELINESS = (
    _d(
        "T1",
        "Plans in 20 weeks, exceptions left out",
        "First final plans sent within 140 days of the request",
        "First final plans sent in the month",
        UP,
        **LAW,
        exclusions="Plans with a named exception of regulation 13(3).",
        query=sql.met("assess.final_plan", within=140, also="d.released_by = ''"),
        part_of="T2",
        counter=("Q2", "T2", "T6"),
        trap="Measured on plans issued, so it falls while a backlog clears: read it with T3.",
    ),
    _d(
        "T2",
        "Plans in 20 weeks, exceptions included",
        "First final plans sent within 140 days of the request",
        "First final plans sent in the month",
        UP,
        **LAW,
        query=sql.met("assess.final_plan", within=140),
        counter=("T3",),
    ),
    _d(
        "T3",
        "Waiting more than 20 weeks for a plan",
        "Open assessments past 20 weeks at the month's end",
        "Open assessments at the month's end",
        DOWN,
        unit=COUNT,
        stock=True,
        **LAW,
        query=sql.open_past("assess.final_plan", days=140),
        counter=("Q2",),
    ),
    _d(
        "T3a",
        "Waiting more than 30 weeks for a plan",
        "Open assessments past 30 weeks at the month's end",
        "Open assessments at the month's end",
        DOWN,
        unit=COUNT,
        stock=True,
        **LAW,
        query=sql.open_past("assess.final_plan", days=210),
        within="T3",
        counter=("Q2",),
    ),
    _d(
        "T3b",
        "Waiting more than a year for a plan",
        "Open assessments past 52 weeks at the month's end",
        "Open assessments at the month's end",
        DOWN,
        unit=COUNT,
        stock=True,
        **LAW,
        query=sql.open_past("assess.final_plan", days=364),
        within="T3a",
        counter=("Q2",),
    ),
    _d(
        "T4",
        "Decision whether to assess in 6 weeks",
        "Decisions within 42 days of the request",
        "Decisions in the month",
        UP,
        **LAW,
        query=sql.met("assess.decision", within=42),
        counter=("T6",),
    ),
    _d(
        "T5",
        "Told in 16 weeks that there will be no plan",
        "Told within 112 days of the request",
        "Decisions to make no plan in the month",
        UP,
        **LAW,
        query=sql.met("assess.no_plan_notice", within=112),
        counter=("T6",),
    ),
    _d(
        "T6",
        "Requests for assessment refused",
        "Refusals to assess",
        "Decisions whether to assess in the month",
        NEUTRAL,
        query=sql.outcome("assess_decision", "refuse"),
        counter=("E3",),
        trap="Divided by decisions. The published share divides by all requests, withdrawn and undecided included.",
    ),
    _d(
        "T7",
        "Days from request to plan, in the middle",
        "The median of the days, with the 90th percentile",
        "First final plans sent in the month",
        DOWN,
        unit=DAYS,
        better_off=True,
        query=sql.met("assess.final_plan", within=140),
        counter=("Q2",),
    ),
    _d(
        "T8",
        "Advice in 6 weeks",
        "Replies within 42 days of being asked",
        "Replies due in the month",
        UP,
        **LAW,
        query=sql.due("advice.response", within=42),
        counter=("Q3",),
        exclusions="Requests that ceased to be owed before their date.",
    ),
)
REVIEWS = (
    _d(
        "R1",
        "Annual review completed on time",
        "Reviews completed on or before their date",
        "Reviews due in the month",
        UP,
        **LAW,
        query=sql.due("review.first", "review.next", "review.under5"),
        counter=("Q2",),
        exclusions="None. The look at plans of children under five, every three to six months, is among them.",
    ),
    _d(
        "R2",
        "Decision within 4 weeks of the review meeting",
        "Decisions within 28 days of the meeting",
        "Decisions in the month",
        UP,
        **LAW,
        query=sql.met("review.decision", within=28),
        counter=("R4",),
        trap="Counts decisions made, so decisions never made vanish: read it with R4.",
    ),
    _d(
        "R3",
        "Amended plan within 12 weeks of the review meeting",
        "Sent by the twelve-week limit",
        "Amended plans sent in the month after a review",
        UP,
        **LAW,
        query=sql.met("review.longstop", "amend.final"),
        counter=("Q2",),
    ),
    _d(
        "R4",
        "Annual reviews overdue",
        "Reviews past their date at the month's end",
        "Reviews owed at the month's end",
        DOWN,
        unit=COUNT,
        stock=True,
        **LAW,
        query=sql.open_late("review.first", "review.next", "review.under5"),
        counter=("Q2",),
        exclusions="None. The look at plans of children under five, every three to six months, is among them.",
    ),
    _d(
        "R5",
        "Plans not amended for 3 years",
        "Plans last sent more than 3 years before the month's end",
        "Plans in force at the month's end",
        DOWN,
        unit=COUNT,
        stock=True,
        query=sql.OLD_PLANS,
        counter=("R3",),
        better_off=True,
    ),
    _d(
        "R6",
        "Transfer between phases on time",
        "Plans finalised on or before the date for the transfer",
        "Transfers due in the month",
        UP,
        **LAW,
        query=sql.due("phase.general", "phase.post16", "phase.post16_to_post16"),
        counter=("Q2",),
    ),
)
PROVISION = (
    _d(
        "D1", "Provision in Section F in place on time", "Confirmed in place by the date owed", "Due in the month", UP,
        **LAW, query=sql.due("provision.secure"), counter=("V2",),
    ),
    _d(
        "D3", "Health provision in Section G in place on time", "Confirmed in place by the date owed",
        "Due in the month", UP, **LAW, query=sql.due("provision.health"), counter=("V2",),
    ),
    _d(
        "E1", "Appeals registered", "Appeals lodged in the month", "Appeals lodged in the month", DOWN, unit=COUNT,
        query=sql.happened("appeal_lodged"), counter=("T6",),
        trap="A count. The published rate divides a year's appeals by its appealable decisions.",
    ),
    _d(
        "E3", "Mediation arranged in 30 days", "Arranged by the date owed", "Due in the month", UP, **LAW,
        query=sql.due("mediation.arrange_la", "mediation.arrange_icb"), counter=("E1",),
    ),
    _d(
        "F2", "Requests for an assessment", "Requests received in the month", "Requests received in the month", NEUTRAL,
        unit=COUNT, query=sql.happened("request_received"),
        trap="A count: population figures are not held, so there is no rate for each 10,000 children.",
    ),
)  # fmt: skip
LISTS = (
    _d(
        "W1", "Waiting for a service", "Children on a list at the month's end", "Children on a list at the month's end",
        NEUTRAL, unit=COUNT, stock=True, query=sql_services.waiting("true"), counter=("W4",),
        exclusions="Referrals entered twice.", trap="A child on two lists is counted on each.",
    ),
    _d(
        "W2", "Waiting more than 18 weeks", "Waiting longer than 126 days at the month's end",
        "Children on a list at the month's end", DOWN, stock=True, better_off=True,
        query=sql_services.waiting_longer(126), counter=("W1", "W4"), exclusions="Referrals entered twice.",
        trap="From the day on which the service received the referral; a family’s own wait began earlier.",
    ),
    _d(
        "W2b", "Waiting more than a year for a service", "Waiting longer than 364 days at the month's end",
        "Children on a list at the month's end", DOWN, unit=COUNT, stock=True, better_off=True,
        query=sql_services.waiting_longer(364), within="W2", counter=("W4",), exclusions="Referrals entered twice.",
    ),
    _d(
        "W3", "Suspected autism, 13 weeks or more", "Open for 13 weeks or more, or first seen after as long",
        "Referrals for an autism assessment open in the month", DOWN, stock=True, better_off=True,
        query=sql_services.AUTISM_13_WEEKS, counter=("W4",), exclusions="Referrals entered twice.",
    ),
    _d(
        "W4", "Removed from a list without being seen", "Left the list without being seen",
        "Left the list in the month", DOWN, query=sql_services.LEFT_UNSEEN, better_off=True, counter=("W2",),
        exclusions="Referrals entered twice.",
    ),
    _d(
        "W5", "Days from referral to a report or diagnosis, in the middle", "The median of the days",
        "First reports or diagnoses given in the month", DOWN, unit=DAYS, better_off=True,
        query=sql_services.OUTCOME_GIVEN, counter=("W4",),
    ),
    _d(
        "W6", "Contacted while waiting", "With a contact recorded in the 90 days before the month's end",
        "Children on a list at the month's end", UP, stock=True, better_off=True, query=sql_services.CONTACTED,
        counter=("W2",),
    ),
    _d(
        "W8", "Waits that came true as told", "Seen between the first and the last day that the family was told",
        "First statements that came due, or whose child was seen, in the month", UP, better_off=True,
        query=sql_services.TOLD_RIGHT, counter=("W2",), exclusions="Families told that no date can be given.",
        trap="Wide statements come true more often: read it with the scores of the forecasts.",
    ),
)  # fmt: skip
PLANS = (
    _d(
        "Q3", "Plans in which all provision can be counted", "Every entry of Section F says who, how often, how long",
        "Plans issued in the month", UP, query=sql_services.ALL_COUNTABLE, counter=("T2",),
        exclusions="Plans taken over from files of another system.",
        trap="By plan, not by entry: one vague entry is enough to leave a family without an answer.",
    ),
    _d(
        "D2", "Children who got all that was recorded as due", "Nothing recorded as missed or given in part",
        "Children with anything recorded in the month", UP, better_off=True, query=sql_services.GIVEN_IN_FULL,
        counter=("Q3",), trap="Weeks that nobody recorded are in neither number: read it with the silent settings.",
    ),
    _d(
        "O3", "Reviews that found every outcome met or on track", "Every outcome of Section E met or on track",
        "Reviews held in the month whose outcomes were judged", UP, better_off=True, query=sql_services.OUTCOMES_MET,
        counter=("Q3",),
    ),
)  # fmt: skip
ALL: tuple[Definition, ...] = (*TIMELINESS, *REVIEWS, *PROVISION, *LISTS, *PLANS, *MORE, *WAITING)
BY_CODE = {one.code: one for one in ALL}
SUBJECTS = {
    "T": "Assessments and plans", "R": "Annual reviews", "Q": "What plans and records say", "D": "Help in plans",
    "W": "Waiting lists and posts", "S": "Waiting lists and posts", "V": "What families say", "M": "What families say",
    "E": "Disagreements", "L": "Local Offer", "O": "School and life", "P": "School and life", "H": "Journeys to school",
    "F": "Demand and money",
}  # fmt: skip
COMPUTED = tuple(one for one in ALL if one.is_computed)
