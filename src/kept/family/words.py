"""The law's steps and duties in words that a child of ten can read. One table each; nothing here counts a date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kept.duties.words import OWNERS, WE
from kept.rules.process import Overlay, Stage
from kept.rules.process.table import clocks

S = Stage
STEPS = ("We were asked", "We find out more", "You check the draft", "The plan is sent", "The plan is used")
STEP_OF: Mapping[Stage, int] = {
    S.REQUEST_UNDER_CONSIDERATION: 1,
    S.ASSESSING: 2,
    S.DRAFT_ISSUED: 3,
    S.PLAN_MAINTAINED: 5,
    S.REVIEW_OPEN: 5,
    S.AMENDING: 5,
    S.REASSESS_UNDER_CONSIDERATION: 5,
    S.REASSESSING: 5,
    S.CEASE_PENDING: 5,
    S.TRANSFER_DUE: 5,
    S.KEPT: 5,
}
# In each sentence {name} is the child and "you" the parent; `said_of` makes it "you" for a young person who reads it.
WHERE: Mapping[Stage, str] = {
    S.NONE: "Nobody has asked for a plan for {name} yet.",
    S.REQUEST_UNDER_CONSIDERATION: "We were asked to find out what {name} needs. Now we must say yes or no.",
    S.NOT_ASSESSED: "We said no: we will not find out more.",
    S.ASSESSING: "We said yes. Now we ask people who know {name} what help is needed.",
    S.NO_PLAN: "We found out more and said no to a plan.",
    S.DRAFT_ISSUED: "We wrote a draft plan. You have it now. Tell us what is right and what is wrong.",
    S.PLAN_MAINTAINED: "{name} has a plan. All the help in the plan must be given.",
    S.REVIEW_OPEN: "We are checking the plan with you. The plan still counts, and the help must still be given.",
    S.AMENDING: "We are changing the plan. The old plan still counts until the new one is sent.",
    S.REASSESS_UNDER_CONSIDERATION: "We were asked to look again at what {name} needs. The plan still counts.",
    S.REASSESSING: "We are finding out again what {name} needs. The plan still counts.",
    S.CEASE_PENDING: "We said that we want to end the plan. The help must go on.",
    S.CEASED: "The plan has ended.",
    S.TRANSFER_DUE: "You are moving. The plan goes with {name} to the new council.",
    S.TRANSFERRED_OUT: "The plan went to the new council when you moved.",
    S.KEPT: "The plan is kept while {name} is in custody. We must still give the help where we can.",
    S.CLOSED: "This was stopped before there was a plan.",
}
BESIDE: Mapping[Overlay, str] = {
    Overlay.MEDIATION: "You and we are talking it over with somebody who takes no side (mediation).",
    Overlay.APPEAL: "You asked a judge to look at what we said (an appeal).",
    Overlay.ORDER_COMPLIANCE: "The judge told us what to do, and we must do it.",
    Overlay.CUSTODY: "The time limits for young people in custody count.",
}

# What is owed, by its clock, as words that follow "must" and that follow "to".
OWED: Mapping[str, str] = {
    "assess.consult": "ask you what you think",
    "assess.decision": "tell you if we will find out more",
    "advice.response": "say what help {name} needs",
    "assess.no_plan_notice": "tell you if there will be no plan",
    "assess.final_plan": "send you the final plan",
    "draft.school_consultation": "say if it has a place",
    "draft.latest_safe_service": "send you the draft plan in good time",
    "review.first": "check the plan for the first time",
    "review.next": "check the plan again",
    "review.under5": "think about checking the plan",
    "review.meeting_notice": "tell you the day of the review meeting",
    "review.advice_circulated": "send you the papers for the meeting",
    "review.report": "write down what the meeting said",
    "review.decision": "tell you if the plan stays, changes or ends",
    "review.amendment_notice": "send you the changes to the plan",
    "amend.final": "send you the changed plan",
    "amend.no_change_notice": "tell you if the plan will not change",
    "review.longstop": "finish the whole review",
    "phase.general": "make the plan ready for the next school",
    "phase.post16": "make the plan ready for after year 11",
    "phase.post16_to_post16": "make the plan ready for the next college",
    "reassess.decision": "tell you if we will look again",
    "reassess.final_plan": "send you the new final plan",
    "move.transfer_plan": "send the plan to your new council",
    "move.inform_family": "tell you that we have the plan now",
    "move.review": "check the plan after your move",
    "move.icb_notify": "tell the health team where you live now",
    "move.icb_request": "say if the health help can be given here",
    "icb_change.notify": "tell the new health team",
    "mediation.certificate_declined": "send you the mediation paper",
    "mediation.arrange_la": "set up the mediation meeting",
    "mediation.tell_icb": "tell the health team what you want",
    "mediation.arrange_icb": "set up the mediation meeting about health",
    "mediation.certificate_unarranged": "send you the mediation paper, as no meeting was set up",
    "mediation.certificate_held": "send you the mediation paper after the meeting",
    "mediation.agreement_other": "do what was agreed",
    "mediation.agreement_tell_la": "tell the council what was agreed",
    "appeal.response": "answer your appeal",
    "order.assess_notify": "tell you that we will find out more",
    "order.assess_no_plan": "tell you if there will be no plan",
    "order.assess_final_plan": "send you the final plan",
    "order.plan_draft": "send you the draft plan",
    "order.plan_final": "send you the final plan",
    "order.reconsider": "think again, as the judge said",
    "order.amend": "send you the plan as the judge changed it",
    "order.school_only": "send you the plan with the school that the judge chose",
    "order.maintain": "keep the plan going",
    "order.maintain_amend": "keep the plan going and change it",
    "order.cease": "end the plan",
    "unopposed.assess_notify": "tell you that we will find out more",
    "unopposed.assess_no_plan": "tell you if there will be no plan",
    "unopposed.assess_final_plan": "send you the final plan",
    "unopposed.amend": "send you the changed plan",
    "unopposed.school_only": "send you the plan with the new school",
    "unopposed.plan_draft": "send you the draft plan",
    "unopposed.plan_final": "send you the final plan",
    "unopposed.maintain": "keep the plan going",
    "recommendation.health": "answer what the judge asked for on health",
    "recommendation.social_care": "answer what the judge asked for on care",
    "recommendation.copy_to_sos": "send that answer to the minister",
    "detained.decision": "tell you if we will find out more",
    "detained.advice": "say what help {name} needs",
    "detained.no_plan_notice": "tell you if there will be no plan",
    "detained.final_plan": "send you the final plan",
    "detained.send_plan": "send the plan to those who look after {name} now",
    "detained.incomplete_on_release": "finish what was begun",
    "detained.review_on_release": "check the plan after release",
    "provision.secure": "give the help that the plan says",
    "provision.health": "give the health help that the plan says",
    "s23.notify": "tell the council that {name} may need help",
    "direct_payment.first_review": "check how the direct payments work",
    "local_offer.comments": "print what families said, and our answer",
    "messages.acknowledge": "say that we have your message",
    "messages.answer": "answer your message",
    "family.tell_before": "tell you if something will be late",
    "family.copy": "send you a copy of what you told us",
    "messages.post": "post our answer to you",
    "partners.first_step": "decide what to do next",
    "partners.warn": "say if the advice will be on time",
    "partners.escalate": "find out why the advice is late",
    "plans.answer_points": "answer what you said on the draft plan",
    "plans.meeting": "agree a day to meet you about the draft plan",
    "handover.tell": "tell you who has your case now",
    "delivery.check": "check that all the help in the new plan is in place",
    "delivery.reconcile": "settle what is said in two ways about the help",
    "delivery.catch_up": "make up for the help that did not come",
    "reviews.advice": "send papers for the review",
    "reviews.early": "say if the plan will be checked early",
    "partners.next_step": "decide what to do next",
    "whereabouts.confirm": "say that {name} is at school",
    "delivery.shortfall": "put right the help that did not come",
    "delivery.silence": "find out if the help in the plan is given",
    "waits.answer": "take {name} on the list, or say why not",
    "waits.contact": "get in touch with you while you wait",
    "waits.autism_start": "begin to assess {name}",
    "waits.ehc_advice": "give its advice on {name}",
    "waits.not_brought": "find out why {name} was not there",
}
WAITS = "waits."  # each standard of a waiting list has a rule of its own
YOUR_TURN: Mapping[str, str] = {
    "draft.representations": "Tell us what you think of the draft plan. You can ask for a school and for a meeting.",
    "amend.representations": "Tell us what you think of the changes to the plan.",
    "detained.representations": "Tell us what you think of the draft plan.",
    "mediation.contact_adviser": "If you do not agree, call the mediation adviser. Do this before you appeal.",
    "appeal.lodge": "If you do not agree, you can ask a judge to look at it. This is called an appeal. It is free.",
}
# What is owed only if something is decided first: the duty to decide it, and the words that follow "only". Until it is
# decided the page must not promise a plan.
SAID_YES = "if we say yes"
A_PLAN = "if there is to be a plan"
A_CHANGE = "if the plan is to change"
ONLY_IF: Mapping[str, Sequence[tuple[str, str]]] = {
    "assess.no_plan_notice": (("assess.decision", SAID_YES),),
    "draft.latest_safe_service": (("assess.decision", SAID_YES), ("assess.no_plan_notice", A_PLAN)),
    "assess.final_plan": (("assess.decision", SAID_YES), ("assess.no_plan_notice", A_PLAN)),
    "reassess.final_plan": (("reassess.decision", SAID_YES),),
    "detained.no_plan_notice": (("detained.decision", SAID_YES),),
    "detained.final_plan": (("detained.decision", SAID_YES), ("detained.no_plan_notice", A_PLAN)),
    "order.assess_final_plan": (("order.assess_no_plan", A_PLAN),),
    "unopposed.assess_final_plan": (("unopposed.assess_no_plan", A_PLAN),),
    "amend.final": (("amend.no_change_notice", A_CHANGE),),
}
# What comes next when no step is owed, by where things stand.
NOTHING_OWED: Mapping[Stage, str] = {
    S.NONE: "You can ask us. Then we must say yes or no in six weeks.",
    S.NOT_ASSESSED: "We owe you no step now. You can ask us again if things change.",
    S.NO_PLAN: "We owe you no step now. You can ask us again if things change.",
    S.TRANSFERRED_OUT: "Your new council has the plan now. Ask them what comes next.",
    S.CEASED: "We owe you no step now. You can ask us again if {name} needs help.",
    S.CLOSED: "We owe you no step now. You can ask us again if {name} needs help.",
}
YOUR_STEP = "It is your turn now. See what you can do, and until when."
JUDGES_STEP = "The judges decide now. They write to you with the day. We must do what they say."
NO_STEP = "We owe you no step now. If you think that we do, write to us."
# With what a family may disagree, by where things stand; the words end with a comma.
DISAGREE = "If you do not agree,"
DISAGREE_WITH: Mapping[Stage, str] = {
    S.NOT_ASSESSED: "If you do not agree with our no,",
    S.NO_PLAN: "If you do not agree with our no,",
    S.CEASE_PENDING: "If you do not agree that the plan should end,",
    S.PLAN_MAINTAINED: "If you do not agree with the plan,",
}
# Why the law lets a day pass, by the test that the exception sets.
LET_GO: Mapping[str, str] = {
    "closure": "The school was shut for four weeks or more.",
    "circumstances": "Something very unusual happened to {name} or to you.",
    "absence": "You were away from this area for {weeks} weeks or more.",
    "appointment": "{name} was not at a meeting to find out what help is needed.",
    "agreement": "You and we agreed on another day in writing.",
    "any_of_reg13_3": "One of the reasons that the law allows was there.",
}
# Said above the forms of a family: who reads what is written there, and where a complaint goes.
COMPLAINT = "A complaint"
COMPLAINING = (
    "Say what went wrong, when, what it did to you, and what would put it right.",
    "It goes to the team and its manager, not just to whoever has your case.",
    "If our answer does not help, the Ombudsman can look at it. That is free.",
)
READ_BY_US = "Only you and we read it. Nobody else of the family does."
READ_BY_US_ONLY = "Only you and we read it. The family does not, so tell them what you ask."
STORY_NOTES = (
    "Tell it once. You choose which services may read it. We put it into each form for you.",
    "Each parent with an account here can read it and change it too. So can your child from 16.",
    "Is there something that one of them must not know? Do not put it here. Send it to us in a message: "
    "the other parent cannot read your messages.",
)
OWN_STORY_NOTES = (
    "Tell it once. You choose which services may read it. We put it into each form for you.",
    "Each parent with an account here can read it and change it too.",
    "Is there something that a parent must not know? Do not put it here. Send it to us in a message: "
    "your parents cannot read your messages.",
)


YOU = "you"  # the name by which a young person's own page calls them
# What follows a name and sounds wrong after "you".
AFTER_YOU = (
    (" to {name} or to you", " to you"),
    ("{name} has", "{name} have"),
    ("{name} is", "{name} are"),
    ("{name} was", "{name} were"),
    ("{name} needs", "{name} need"),
)


def said_of(sentence: str, name: str, **more: object) -> str:
    """A sentence of these tables about a child, or said to the young person themself where the name is `YOU`."""
    if name == YOU:
        for third, second in AFTER_YOU:
            sentence = sentence.replace(third, second)
    said = sentence.format(name=name, **more)
    return said[:1].upper() + said[1:] if sentence.startswith("{name}") else said


def where_words(stage: Stage, name: str) -> str:
    """Where things stand."""
    return said_of(WHERE[stage], name)


def owed_words(rule: str, what: str, name: str) -> str:
    """What is owed, as words that follow "must"; the ledger's own words for what is not in the table."""
    if rule in OWED:
        return said_of(OWED[rule], name)
    return f"see {name} for the first time" if rule.startswith(WAITS) else what[:1].lower() + what[1:]


def only_if(rule: str, undecided: Collection[str]) -> str:
    """What must be decided first, as words that follow "only"; "" when nothing of it is still to be decided."""
    return next((words for decision, words in ONLY_IF.get(rule, ()) if decision in undecided), "")


def inside_owner(who: str) -> str:
    """Who owes it as it reads inside a sentence: names of services keep their capital."""
    return who[:1].lower() + who[1:] if who == WE or who in OWNERS.values() else who


def owner_words(owed_by: str) -> str:
    """Who owes it, at the start of a sentence: "We" for the council, which writes the page."""
    if owed_by in OWNERS:
        return OWNERS[owed_by]
    if not owed_by or owed_by == "the council" or "authority" in owed_by:
        return WE
    return owed_by[:1].upper() + owed_by[1:]


def let_go_words(rule: str, released_by: str, name: str) -> str:
    """Why the law let a day pass, with no code in it; what is on the record where the law's table does not know it."""
    clock = clocks().get(rule)
    found = next((one for one in clock.exceptions if one.id == released_by), None) if clock else None
    if found is None:
        return "" if "_" in released_by else released_by
    return said_of(LET_GO[found.test], name, weeks=(found.days or 0) // 7)
