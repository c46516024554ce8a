"""Every kind of event: its words, its details, and what a record of it must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """A detail of an event. `kind` is text, date, bool, mapping or choice; `choices` go with choice."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class EventKind:
    """A kind of event: `label` is the button's words, `words` complete "On 3 March ..."."""

    type: str
    label: str
    words: str
    fields: tuple[Field, ...] = ()
    planned: bool = False
    repeats: bool = True

    @property
    def field_names(self) -> frozenset[str]:
        """The names of its details."""
        return frozenset(field.name for field in self.fields)


def _choice(name: str, *choices: str, required: bool = True) -> Field:
    return Field(name, "choice", choices, required)


_FROM = (Field("from"), Field("received", "date", required=False))
_YES_NO = "bool"
_SENT = (Field("sent_early", _YES_NO, required=False),)
_ORDERS = ("assess", "make_plan", "reconsider", "amend", "school_only", "maintain", "maintain_amend", "dismiss_cease")
_ORDER = (
    _choice("kind", *_ORDERS),
    Field("section_i", _YES_NO, required=False),
    Field("heard", "date", required=False),
    Field("received", "date", required=False),
)
_CONCEDED = ("assess", "make_plan", "amend", "school_only", "maintain", "maintain_amend")
_AGREEMENT = (
    _choice("kind", *_ORDERS, "non_appealable"),
    Field("la_party", _YES_NO, required=False),
    Field("section_i", _YES_NO, required=False),
)
_DECISIONS = (
    "refuse_assess",
    "refuse_issue",
    "final_plan",
    "amended_plan",
    "not_amend",
    "refuse_reassess",
    "cease",
)
_EXCEPTION = (
    Field("clock"),
    Field("instance", required=False),
    Field("exception"),
    Field("facts", "mapping"),
    Field("impractical", _YES_NO),
)
_BY = (_choice("by", "parent", "young_person", "school", "post16", "health", "other", required=False),)
_KIND_OF_TRANSFER = (_choice("kind", "other", "secondary_to_post16"),)
_HEALTH = (Field("health", _YES_NO, required=False),)
_HEALTH_ONLY = (Field("health_only", _YES_NO, required=False),)
_REVIEW_OUTCOME = (_choice("outcome", "maintain", "amend", "cease"),)
_DETAINED_OUTCOME = (_choice("outcome", "assess", "refuse", required=False),)

# type | label | words | details | p = may be planned, 1 = happens once
_ROWS: tuple[tuple[str, str, str, tuple[Field, ...], str], ...] = (
    ("request_received", "Record a request for an assessment", "the request was received", _BY, ""),
    ("became_responsible", "Record that we became responsible", "the authority became responsible", (), ""),
    ("family_consulted", "Record that the family was consulted", "the family was consulted", (), ""),
    (
        "assess_decision",
        "Record the decision whether to assess",
        "the decision whether to assess was notified",
        (_choice("outcome", "assess", "refuse"),),
        "",
    ),
    ("advice_requested", "Ask for advice", "the body received the request for advice", _FROM, ""),
    ("advice_received", "Record advice received", "the advice was received", (Field("from"),), ""),
    ("no_plan_decision", "Record the decision not to make a plan", "the family was told of no plan", (), ""),
    ("draft_plan_served", "Serve the draft plan", "the draft plan was served", (), ""),
    ("family_responded", "Record the family's response", "the family responded", (), ""),
    ("school_consulted", "Consult a school or college", "the school was consulted", (Field("school"),), ""),
    ("school_replied", "Record a school's reply", "the school replied", (Field("school"),), ""),
    ("final_plan_sent", "Send the final plan", "the final plan was sent", _SENT, ""),
    ("plan_first_made", "Record the date the plan was first made", "the plan was first made", (), "1"),
    ("review_notice_given", "Give notice of the review meeting", "notice of the meeting was given", (), ""),
    ("review_advice_circulated", "Circulate advice for the review", "the papers were circulated", (), ""),
    ("review_meeting", "Record the review meeting", "the review meeting is held", (), "p"),
    ("review_report_issued", "Issue the review report", "the report was issued", (), ""),
    ("review_decision", "Record the review decision", "the review decision was notified", _REVIEW_OUTCOME, ""),
    ("review_completed", "Record that the review is complete", "the review was completed", (), ""),
    ("amendment_notice_sent", "Send the amendment notice", "the amendment notice was sent", (), ""),
    ("amended_plan_sent", "Send the amended plan", "the amended plan was sent", _SENT, ""),
    ("no_amendment_decision", "Record the decision not to amend", "the family was told of no change", (), ""),
    ("phase_transfer", "Record a phase transfer", "the new phase begins", _KIND_OF_TRANSFER, "p"),
    ("stays_on", "Record staying on at the same school", "the young person stays on", (), ""),
    ("post16_move", "Record a move between post-16 institutions", "the post-16 move happens", (), "p"),
    ("phase_plan_finalised", "Finalise the plan for the transfer", "the transfer plan was finalised", (), ""),
    ("reassessment_requested", "Record a request to re-assess", "the request to re-assess was received", _BY, ""),
    (
        "reassessment_decision",
        "Record the decision whether to re-assess",
        "the re-assessment decision was notified",
        (_choice("outcome", "reassess", "refuse"),),
        "",
    ),
    ("reassessment_own_initiative", "Decide to re-assess", "the authority decided to re-assess", (), ""),
    ("previous_assessment_completed", "Record an earlier assessment", "an earlier assessment was completed", (), ""),
    ("move_known", "Record that a move is known", "the authority became aware of the move", (), ""),
    ("moved", "Record the move", "the family moves", (), "p"),
    ("plan_transferred", "Transfer the plan", "the plan was transferred", (), ""),
    ("new_la_notice", "Tell the family the plan has transferred", "the new authority told the family", (), ""),
    ("icb_move_known", "Record that health knows of the move", "the commissioner became aware of the move", (), ""),
    ("icb_change_known", "Record that health knows of its change", "the commissioner knew of the change", (), ""),
    ("icb_notified", "Record that the new commissioner was told", "the new commissioner was told", (), ""),
    ("icb_change_known_by_new", "Record that the new commissioner knows", "the new commissioner knew", (), ""),
    ("icb_request_made", "Record health's request to assess or review", "the commissioner made its request", (), ""),
    ("cease_considered", "Tell the family ceasing is considered", "the family was told ceasing is considered", (), ""),
    ("cease_decision", "Record the decision to cease", "the decision to cease was made", (), ""),
    ("plan_ceased", "Cease the plan", "the plan ceased", (), ""),
    (
        "decision_notice_sent",
        "Send the decision notice",
        "the decision notice was sent",
        (_choice("decision", *_DECISIONS),),
        "",
    ),
    ("mediation_adviser_contacted", "Record contact with the adviser", "the adviser was contacted", (), ""),
    ("mediation_declined", "Record that mediation is declined", "mediation was declined", (), ""),
    ("mediation_requested", "Record a request for mediation", "the authority was told of mediation", _HEALTH, ""),
    ("mediation_icb_informed", "Tell the health commissioner", "the commissioner was told", _HEALTH_ONLY, ""),
    ("mediation_unarranged_reported", "Report mediation cannot be arranged", "the adviser was told", (), ""),
    ("mediation_held", "Record the mediation", "mediation was held", (), ""),
    ("mediation_certificate_issued", "Record the mediation certificate", "the certificate was issued", (), ""),
    ("mediation_agreement", "Record the mediation agreement", "the agreement was made", _AGREEMENT, ""),
    ("appeal_lodged", "Record an appeal", "the appeal reached the Tribunal", (), ""),
    ("appeal_sent_to_la", "Record the appeal sent to us", "the appeal was sent to the authority", (), ""),
    ("la_response", "Respond to the appeal", "the authority responded", (), ""),
    ("appeal_finally_determined", "Record the end of the appeal", "the appeal was finally determined", (), ""),
    ("tribunal_order", "Record the Tribunal's order", "the Tribunal made its order", _ORDER, ""),
    (
        "unopposed_notified",
        "Tell the Tribunal the appeal is unopposed",
        "the Tribunal was told the appeal is unopposed",
        (_choice("kind", *_CONCEDED), Field("section_i", _YES_NO, required=False)),
        "",
    ),
    ("order_assess_notified", "Tell the family we will assess", "the family was told of the assessment", (), ""),
    ("reconsidered", "Record the reconsideration", "the case was reconsidered", (), ""),
    ("detained_request_received", "Record a request in custody", "the custody request was received", _BY, ""),
    ("detained_brought_to_attention", "Record a person in custody", "the person was brought to attention", (), ""),
    (
        "detained_assess_decision",
        "Record the custody decision",
        "the custody decision was notified",
        _DETAINED_OUTCOME,
        "",
    ),
    ("detained_draft_served", "Serve the draft plan in custody", "the custody draft was served", (), ""),
    ("detained_no_plan_decision", "Record no plan in custody", "the person was told of no plan", (), ""),
    ("detained_final_plan_sent", "Send the final plan in custody", "the custody plan was sent", _SENT, ""),
    ("detention_known", "Record that detention is known", "the authority learned of the detention", (), ""),
    ("plan_sent_to_custody", "Send the kept plan to custody", "the kept plan was sent", (), ""),
    (
        "released",
        "Record the release",
        "the person was released",
        (Field("same_la", _YES_NO, required=False),),
        "",
    ),
    ("direct_payment_started", "Record the first direct payment", "the first direct payment was made", (), ""),
    ("direct_payment_reviewed", "Record the direct payment review", "direct payments were reviewed", (), ""),
    (
        "direct_payment_decision",
        "Record a decision to refuse, reduce or stop direct payments",
        "the decision about direct payments was made",
        (_choice("outcome", "refuse", "reduce", "stop"),),
        "",
    ),
    (
        "direct_payment_reconsideration_asked",
        "Record that reconsideration was asked for",
        "the family asked us to think again about direct payments",
        (),
        "",
    ),
    (
        "direct_payment_reconsidered",
        "Record the answer on direct payments",
        "the family was answered about direct payments in writing",
        (),
        "",
    ),
    ("withdrawn", "Record that the request is withdrawn", "the request was withdrawn", (), ""),
    ("moved_out", "Record that the family moved out", "the family moved out", (), ""),
    ("agreement_step_done", "Record the agreed step", "the agreed step was done", (), ""),
    ("la_told_of_agreement", "Record that we were told", "the authority was told of the agreement", (), ""),
    ("plan_maintained", "Record that the plan continues", "the plan was continued", (), ""),
    ("detained_advice_requested", "Ask for advice in custody", "the body received the request", _FROM, ""),
    ("detained_advice_received", "Record advice in custody", "the advice was received", (Field("from"),), ""),
    ("health_recommendation_made", "Record a health recommendation", "health was recommended to act", (), ""),
    ("health_recommendation_answered", "Record health's answer", "health answered", (), ""),
    ("care_recommendation_made", "Record a care recommendation", "social care was recommended to act", (), ""),
    ("care_recommendation_answered", "Record social care's answer", "social care answered", (), ""),
    ("recommendation_answered", "Record the answer", "the recommendation was answered", (), ""),
    ("recommendation_copied", "Copy the answer to the Secretary of State", "the answer was copied", (), ""),
    ("provision_in_place", "Record section F in place", "the provision was in place", (), ""),
    ("health_provision_in_place", "Record section G in place", "the health provision was in place", (), ""),
    ("s23_parent_discussion", "Record health's talk with the parent", "health spoke with the parent", (), ""),
    ("s23_notified", "Record health's notification", "health told the authority", (), ""),
    ("local_offer_comments_published", "Publish Local Offer comments", "comments were published", (), ""),
    ("exception_recorded", "Record an exception", "an exception was recorded", _EXCEPTION, ""),
)

EVENTS: Mapping[str, EventKind] = {
    row[0]: EventKind(row[0], row[1], row[2], row[3], planned="p" in row[4], repeats="1" not in row[4]) for row in _ROWS
}


def words_for(event_type: str) -> str:
    """What happened, in words that follow a date; the type itself for an unknown kind."""
    kind = EVENTS.get(event_type)
    return kind.words if kind else event_type.replace("_", " ")


def detail_words(value: Any) -> str:
    """A detail as read by a person."""
    return str(value).replace("_", " ")
