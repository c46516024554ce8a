"""The words of what is recorded: questions about an event's details and the answers, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kept.rules.process.catalogue import EVENTS, Field
from kept.rules.process.events import as_date
from kept.rules.process.explain import day_words
from kept.rules.process.grounds import ASKED, GROUND_WORDS
from kept.rules.process.table import Exemption, clocks

# Questions by event and detail; "" stands for any event.
QUESTIONS: Mapping[tuple[str, str], str] = {
    ("", "by"): "Who asked?",
    ("advice_requested", "from"): "Who was asked?",
    ("advice_received", "from"): "Who gave the advice?",
    ("detained_advice_received", "from"): "Who gave the advice?",
    ("", "from"): "Who was asked?",
    ("tribunal_order", "received"): "Date we received the order",
    ("", "received"): "Date they received it",
    ("", "heard"): "Date of the hearing",
    ("school_consulted", "school"): "Which school or college was asked?",
    ("school_replied", "school"): "Which school or college replied?",
    ("", "outcome"): "What was decided?",
    ("tribunal_order", "kind"): "What does the Tribunal order?",
    ("unopposed_notified", "kind"): "What do we concede?",
    ("mediation_agreement", "kind"): "What was agreed?",
    ("phase_transfer", "kind"): "Which phase begins?",
    ("", "kind"): "Which kind?",
    ("", "section_i"): "Does it also settle the school to be named (section I)?",
    ("", "sent_early"): "Was it sent on that day although the family still had time to respond?",
    ("", "la_party"): "Is the council a party to the agreed step?",
    ("mediation_requested", "health"): "Is the mediation about health care?",
    ("", "health_only"): "Is it about health care only?",
    ("", "decision"): "Which decision is the notice about?",
    ("", "same_la"): "Do they live in our area after release?",
}
ANSWERS: Mapping[tuple[str, str], str] = {
    ("by", "parent"): "A parent or carer",
    ("by", "young_person"): "The young person",
    ("by", "school"): "A school or early years setting",
    ("by", "post16"): "A college or other post-16 institution",
    ("by", "health"): "A health service",
    ("by", "other"): "Somebody else",
    ("outcome", "assess"): "To assess",
    ("outcome", "refuse"): "To refuse",
    ("outcome", "reassess"): "To assess again",
    ("outcome", "maintain"): "To keep the plan as it is",
    ("outcome", "amend"): "To amend the plan",
    ("outcome", "cease"): "To cease the plan",
    ("kind", "assess"): "An assessment",
    ("kind", "make_plan"): "A plan",
    ("kind", "reconsider"): "That we think again",
    ("kind", "amend"): "Changes to the plan",
    ("kind", "school_only"): "Only the school to be named (section I)",
    ("kind", "maintain"): "That the plan continues",
    ("kind", "maintain_amend"): "That the plan continues, with changes",
    ("kind", "dismiss_cease"): "That the plan may cease (appeal dismissed)",
    ("kind", "non_appealable"): "A step that cannot be appealed",
    ("kind", "other"): "Nursery, primary, secondary or another key phase",
    ("kind", "secondary_to_post16"): "From secondary school to post-16",
    ("decision", "refuse_assess"): "Not to assess",
    ("decision", "refuse_issue"): "Not to make a plan",
    ("decision", "final_plan"): "The final plan",
    ("decision", "amended_plan"): "The amended plan",
    ("decision", "not_amend"): "Not to amend the plan",
    ("decision", "refuse_reassess"): "Not to re-assess",
    ("decision", "cease"): "To cease the plan",
}
SHORT: Mapping[str, str] = {
    "by": "Asked by",
    "from": "From",
    "received": "Received by them",
    "school": "School or college",
    "outcome": "Decision",
    "kind": "What",
    "decision": "Decision",
    "heard": "Heard",
    "clock": "Time limit",
    "instance": "For",
    "exception": "Ground",
    "impractical": "Impractical to keep the time limit",
    "section_i": "Also settles the school (section I)",
    "sent_early": "Sent before the family’s time to respond was over",
    "la_party": "The council is a party",
    "health": "About health care",
    "health_only": "About health care only",
    "same_la": "Lives in our area",
}


# Where an event stands on the page of everything that can be recorded; the first group with such a word has it.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Custody", ("detained", "detention", "custody", "released")),
    ("Mediation and agreements", ("mediation", "agreement")),
    ("Appeal and Tribunal", ("appeal", "la_response", "tribunal", "unopposed", "order_", "reconsidered")),
    ("Review", ("review_",)),
    ("Ceasing the plan", ("cease", "plan_maintained")),
    ("Moves and transfers", ("move", "phase", "transfer", "stays_on", "new_la", "icb_")),
    ("Health and social care", ("s23", "health", "care_", "recommendation", "direct_payment")),
    ("Re-assessment", ("reassess",)),
    ("Plan", ("plan", "draft", "amend", "school", "family_responded", "provision", "decision_notice")),
    ("Request and assessment", ("request", "responsible", "consulted", "assess", "advice", "withdrawn")),
)
OTHER = "Everything else"


def group_of(kind: str) -> str:
    """The group of an event, in words."""
    return next((title for title, marks in GROUPS if any(mark in kind for mark in marks)), OTHER)


def question(event: str, field: Field) -> str:
    """What a form asks for a detail of an event."""
    found = QUESTIONS.get((event, field.name)) or QUESTIONS.get(("", field.name))
    return found or field.name.replace("_", " ").capitalize()


def answer(name: str, value: str) -> str:
    """A choice as a form shows it."""
    return ANSWERS.get((name, value)) or value.replace("_", " ").capitalize()


def ground_words(listed: Exemption, ground: str) -> str:
    """A ground for an exception in a few words."""
    if ground == "absence":
        return f"{GROUND_WORDS[ground]} for {listed.days or 28} days or more"
    if ground == "closure" and "early_years" in listed.id:
        return "Early years setting closed for 28 days or more"
    if ground == "closure" and "school" in listed.id:
        return "School or college closed for 28 days or more"
    return GROUND_WORDS[ground]


def shown(name: str, value: Any) -> str:
    """A detail's value as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "clock" and value in clocks():
        return clocks()[value].name
    if name == "exception":
        return exception_words(str(value))
    day = as_date(value)
    return day_words(day) if day else ANSWERS.get((name, str(value)), str(value))


def exception_words(name: str) -> str:
    """A listed exception by its id, in a few words; the id itself when the law lists none such."""
    for clock in clocks().values():
        for one in clock.exceptions:
            if one.id == name:
                ground = one.test if one.test in GROUND_WORDS else "circumstances"
                return ground_words(one, ground) if one.test in GROUND_WORDS else "A circumstance of regulation 13(3)"
    return name


def details_shown(kind: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details of an entry as pairs of words; the decision itself is left out where the title says it."""
    pairs = []
    for name, value in details.items():
        if value is None or value == "" or (name == "outcome" and kind in EVENTS):
            continue
        if name == "facts" and isinstance(value, Mapping):
            pairs += [(_fact_question(fact), shown(fact, given)) for fact, given in value.items()]
        else:
            pairs.append((SHORT.get(name, name.replace("_", " ").capitalize()), shown(name, value)))
    return pairs


def _fact_question(name: str) -> str:
    for facts in ASKED.values():
        for asked in facts:
            if asked.name == name:
                return asked.question
    return name.replace("_", " ").capitalize()
