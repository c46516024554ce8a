"""The sorts of statutory notice: which step each answers, what it must hold and where that stands, whom it goes to.

`kept.rules.process.notices` says what the law requires of N1 to N14. A notice that takes several forms (a review that
keeps, amends or ends the plan) has a sort for each. The table is checked against the rules by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kept.rules.process.notices import KINDS, STANDARD_RIGHTS, Notice, NoticeKind

RIGHTS = dict(
    zip(STANDARD_RIGHTS, ("rights_appeal", "rights_mediation", "rights_disagreement", "rights_advice"), strict=True)
)
_WINDOW = {
    "15 days to respond, with the last day": ("window",),
    "where to find information about schools and colleges": ("school_information",),
}
_DETAINED = "what the same notice outside custody must hold"
_DETAINED_MEDIATION = "mediation information (SI 2015/62 reg 18)"


@dataclass(frozen=True)
class Sort:
    """One sort of notice.

    holds: each thing that the law requires, with the statements that say it. asks: what an officer must write or choose
    for it. encloses: what must lie in the envelope. decision: the decision whose sending starts the time to appeal.
    records: the event of the case that its sending is. limit: the clock it should go out within.
    """

    key: str
    number: str
    title: str
    holds: Mapping[str, tuple[str, ...]]
    asks: tuple[str, ...] = ()
    encloses: tuple[str, ...] = ()
    decision: str = ""
    records: str = ""
    limit: str = ""
    group: str = ""

    @property
    def kind(self) -> NoticeKind:
        """What the law says of it."""
        return KINDS[self.number]

    @property
    def has_rights(self) -> bool:
        """Whether it carries the right of appeal."""
        return bool(self.decision)

    @property
    def statements(self) -> frozenset[str]:
        """The statements that a template for it may not leave out."""
        needed = {name for names in self.holds.values() for name in names}
        return frozenset(needed | set(RIGHTS.values()) if self.has_rights else needed)

    @property
    def recording(self) -> tuple[str, dict[str, str]] | None:
        """The event to record when it went to everybody, with its details."""
        if self.decision:
            return "decision_notice_sent", {"decision": self.decision}
        return (self.records, {}) if self.records else None


DRAFT = {
    "the draft plan and the advice": ("draft_and_advice",),
    "the right to make representations, ask for a school and ask for a meeting": ("draft_rights",),
    **_WINDOW,
}
FINAL = {
    "the final plan": ("final_plan",),
    "the right to appeal sections B, F and I": ("appeal_sections",),
    "that the Tribunal can make recommendations on health and social care": ("recommendations",),
}
DECIDED = {"the decision": ("decision",)}
REASONED = {"the decision": ("decision",), "the reasons": ("written_reasons",)}
REVIEWED = {"whether the plan is kept, amended or ceased": ("decision",), "the reasons": ("written_reasons",)}
CEASING = "that ceasing is considered and views are sought, or the decision"
AMENDING = "the amended plan, or the reasons for not amending"
PAID = {
    "the decision in writing": ("decision",),
    "the reasons": ("written_reasons",),
    "the right to ask once for reconsideration, with a written answer": ("reconsideration",),
}
NOTICE_PERIOD = "reasonable notice before reducing or stopping"
PLAN_AND_ADVICE = ("draft plan", "advice")


def _detained(*names: str) -> dict[str, tuple[str, ...]]:
    return {_DETAINED: names, _DETAINED_MEDIATION: ("mediation_detained",)}


_ALL = (
    Sort(
        "N1",
        "N1",
        "Considering an assessment",
        {
            "that an assessment is being considered": ("considering",),
            "the right to give views and evidence": ("views_right",),
        },
        limit="assess.consult",
    ),
    Sort("N2-yes", "N2-yes", "We will assess", DECIDED, limit="assess.decision"),
    Sort(
        "N2-refuse",
        "N2-refuse",
        "We will not assess",
        REASONED,
        ("reasons",),
        decision="refuse_assess",
        limit="assess.decision",
    ),
    Sort("N3", "N3", "No plan", REASONED, ("reasons",), decision="refuse_issue", limit="assess.no_plan_notice"),
    Sort("N4", "N4", "Draft plan", DRAFT, encloses=PLAN_AND_ADVICE),
    Sort(
        "N5",
        "N5",
        "Final plan",
        FINAL,
        encloses=("final plan",),
        decision="final_plan",
        limit="assess.final_plan",
        group="plan",
    ),
    Sort(
        "N6",
        "N6",
        "Review meeting",
        {"the date, two weeks ahead": ("meeting",), "the papers, two weeks ahead": ("papers",)},
        ("meeting_where",),
        ("papers",),
        records="review_notice_given",
        limit="review.meeting_notice",
    ),
    Sort(
        "N7-maintain",
        "N7",
        "Review decision: the plan is kept",
        REVIEWED,
        ("reasons",),
        decision="not_amend",
        limit="review.decision",
        group="plan",
    ),
    Sort("N7-amend", "N7", "Review decision: the plan is amended", REVIEWED, ("reasons",), limit="review.decision"),
    Sort(
        "N7-cease",
        "N7",
        "Review decision: the plan ends",
        REVIEWED,
        ("reasons",),
        decision="cease",
        limit="review.decision",
    ),
    Sort(
        "N8",
        "N8",
        "Proposed amendments",
        {
            "the existing plan": ("existing_plan",),
            "notice of each change": ("changes",),
            "the evidence for it": ("evidence",),
            "the right to ask for a school": ("draft_rights",),
            "the right to a meeting": ("draft_rights",),
            **_WINDOW,
        },
        ("changes",),
        ("existing plan", "evidence"),
        limit="review.amendment_notice",
    ),
    Sort(
        "N9-plan",
        "N9",
        "Amended plan",
        {AMENDING: ("amended_plan",)},
        encloses=("amended plan",),
        decision="amended_plan",
        limit="amend.final",
        group="plan",
    ),
    Sort(
        "N9-none",
        "N9",
        "Decision not to amend",
        {AMENDING: ("decision", "written_reasons")},
        ("reasons",),
        decision="not_amend",
        limit="amend.no_change_notice",
        group="plan",
    ),
    Sort(
        "N10-consider",
        "N10",
        "Considering ceasing",
        {CEASING: ("ceasing_considered",)},
        ("reasons", "views_by"),
    ),
    Sort(
        "N10-cease",
        "N10",
        "Decision to cease",
        {CEASING: ("decision",), "the reasons": ("written_reasons",)},
        ("reasons",),
        decision="cease",
    ),
    Sort("N11", "N11", "We will re-assess", DECIDED, limit="reassess.decision"),
    Sort(
        "N11-refuse",
        "N11-refuse",
        "We will not re-assess",
        REASONED,
        ("reasons",),
        decision="refuse_reassess",
        limit="reassess.decision",
    ),
    Sort(
        "N12",
        "N12",
        "Plan transferred to us",
        {
            "that the plan has transferred": ("transferred",),
            "whether we will assess": ("will_assess",),
            "when we will review the plan": ("review_when",),
        },
        ("will_assess", "review_by"),
        records="new_la_notice",
    ),
    Sort("N13-request", "N13", "Detained: considering an assessment", _detained("considering", "views_right")),
    Sort(
        "N13-yes", "N13", "Detained: we will assess", _detained("decision"), group="N2-yes", limit="detained.decision"
    ),
    Sort(
        "N13-refuse",
        "N13",
        "Detained: we will not assess",
        _detained("decision", "written_reasons"),
        ("reasons",),
        decision="refuse_assess",
        group="N2-refuse",
        limit="detained.decision",
    ),
    Sort(
        "N13-none",
        "N13",
        "Detained: no plan",
        _detained("decision", "written_reasons"),
        ("reasons",),
        decision="refuse_issue",
        group="N3",
    ),
    Sort(
        "N13-draft",
        "N13",
        "Detained: draft plan",
        _detained("draft_and_advice", "window", "draft_rights", "school_information"),
        encloses=PLAN_AND_ADVICE,
    ),
    Sort(
        "N13-final",
        "N13",
        "Detained: final plan",
        _detained("final_plan", "appeal_sections", "recommendations"),
        encloses=("final plan",),
        decision="final_plan",
        group="plan",
    ),
    Sort(
        "N13-known",
        "N13",
        "Detained: the plan is kept",
        _detained("decision"),
        encloses=("plan",),
        records="plan_sent_to_custody",
        limit="detained.send_plan",
    ),
    Sort(
        "N14-refuse",
        "N14",
        "Direct payments refused",
        PAID,
        ("reasons",),
        group="payments_refuse",
    ),
    Sort(
        "N14-reduce",
        "N14",
        "Direct payments reduced",
        {**PAID, NOTICE_PERIOD: ("notice_period",)},
        ("takes_effect_on", "reasons"),
        group="payments_reduce",
    ),
    Sort(
        "N14-stop",
        "N14",
        "Direct payments stopped",
        {**PAID, NOTICE_PERIOD: ("notice_period",)},
        ("takes_effect_on", "reasons"),
        group="payments_stop",
    ),
)
SORTS: Mapping[str, Sort] = {sort.key: sort for sort in _ALL}
_BY_EVENT = {
    ("N7", "maintain"): "N7-maintain",
    ("N7", "amend"): "N7-amend",
    ("N7", "cease"): "N7-cease",
    ("N9", "amended_plan_sent"): "N9-plan",
    ("N9", "no_amendment_decision"): "N9-none",
    ("N10", "cease_considered"): "N10-consider",
    ("N10", "cease_decision"): "N10-cease",
    ("N13", "detained_request_received"): "N13-request",
    ("N13", "detained_brought_to_attention"): "N13-request",
    ("N13", "assess"): "N13-yes",
    ("N13", "refuse"): "N13-refuse",
    ("N13", "detained_no_plan_decision"): "N13-none",
    ("N13", "detained_draft_served"): "N13-draft",
    ("N13", "detained_final_plan_sent"): "N13-final",
    ("N13", "detention_known"): "N13-known",
    ("N14", "refuse"): "N14-refuse",
    ("N14", "reduce"): "N14-reduce",
    ("N14", "stop"): "N14-stop",
}


def sort_of(notice: Notice, outcome: str = "") -> Sort:
    """The sort of a notice that the rules say is owed. outcome: that of its decision, where it has one."""
    key = _BY_EVENT.get((notice.number, outcome)) or _BY_EVENT.get((notice.number, notice.event)) or notice.number
    return SORTS[key]
