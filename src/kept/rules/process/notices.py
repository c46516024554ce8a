"""The notices that the law requires at each step: who is told, and what the notice must hold (section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kept.rules.calendar import WorkingCalendar

from .due import appeal_limit, due_date
from .facts import Facts, Placed
from .readings import Readings
from .stages import MOVES
from .table import clocks

STANDARD_RIGHTS = (
    "the right to appeal and its time limits",
    "mediation: the right to it, when a certificate is needed, the adviser's contact, the timescales, how to tell us",
    "that disagreement resolution is available",
    "that information and advice is available",
)


@dataclass(frozen=True)
class NoticeKind:
    """A notice: its number in the reference, recipients, contents, authority and verification mark (P, S, U)."""

    number: str
    title: str
    to: tuple[str, ...]
    content: tuple[str, ...]
    rights: bool
    source: str
    mark: str
    decision: str | None = None


FAMILY, RCB = "family", "responsible commissioning body"
HEAD = "head, principal or early years lead"
_N1_TO = (FAMILY, RCB, "social care officers", HEAD)

KINDS: Mapping[str, NoticeKind] = {
    kind.number: kind
    for kind in (
        NoticeKind(
            "N1",
            "Considering an assessment",
            _N1_TO,
            ("that an assessment is being considered", "the right to give views and evidence"),
            False,
            "CFA s.36(7); reg 4(2)",
            "S",
        ),
        NoticeKind("N2-yes", "We will assess", _N1_TO, ("the decision",), False, "reg 5(1)-(2)", "P"),
        NoticeKind(
            "N2-refuse",
            "We will not assess",
            _N1_TO,
            ("the decision", "the reasons"),
            True,
            "CFA s.36(5); reg 5(3)",
            "P",
            "refuse_assess",
        ),
        NoticeKind(
            "N3",
            "No plan",
            (FAMILY, RCB, HEAD),
            ("the decision", "the reasons"),
            True,
            "CFA s.36(9); reg 10(1)-(3)",
            "P",
            "refuse_issue",
        ),
        NoticeKind(
            "N4",
            "Draft plan",
            (FAMILY,),
            (
                "the draft plan and the advice",
                "15 days to respond, with the last day",
                "the right to make representations, ask for a school and ask for a meeting",
                "where to find information about schools and colleges",
            ),
            False,
            "CFA s.38; reg 13(1)",
            "P",
        ),
        NoticeKind(
            "N5",
            "Final plan",
            (FAMILY, "named institution", RCB),
            (
                "the final plan",
                "the right to appeal sections B, F and I",
                "that the Tribunal can make recommendations on health and social care",
            ),
            True,
            "reg 13(2); reg 14",
            "S",
            "final_plan",
        ),
        NoticeKind(
            "N6",
            "Review meeting",
            (
                FAMILY,
                "provider, head or principal",
                "LA education officer",
                "health professional",
                "social care officer",
            ),
            ("the date, two weeks ahead", "the papers, two weeks ahead"),
            False,
            "regs 20-21",
            "P",
        ),
        NoticeKind(
            "N7",
            "Review decision",
            (FAMILY, "provider, head or principal"),
            ("whether the plan is kept, amended or ceased", "the reasons"),
            True,
            "reg 20(10)-(11), 21",
            "S",
            "not_amend",
        ),
        NoticeKind(
            "N8",
            "Proposed amendments",
            (FAMILY,),
            (
                "the existing plan",
                "notice of each change",
                "the evidence for it",
                "the right to ask for a school",
                "15 days to respond, with the last day",
                "the right to a meeting",
                "where to find information about schools and colleges",
            ),
            False,
            "reg 22(2)",
            "P",
        ),
        NoticeKind(
            "N9",
            "Amended plan, or decision not to amend",
            (FAMILY, "named institution", RCB),
            ("the amended plan, or the reasons for not amending",),
            True,
            "reg 22(3)-(5)",
            "P",
            "amended_plan",
        ),
        NoticeKind(
            "N10",
            "Considering ceasing, or decision to cease",
            (FAMILY, "head or principal", "named institution", RCB),
            ("that ceasing is considered and views are sought, or the decision",),
            True,
            "reg 31",
            "S",
            "cease",
        ),
        NoticeKind("N11", "Re-assessment decision", (FAMILY,), ("the decision",), False, "reg 25", "S"),
        NoticeKind(
            "N11-refuse",
            "We will not re-assess",
            (FAMILY,),
            ("the decision", "the reasons"),
            True,
            "reg 25",
            "S",
            "refuse_reassess",
        ),
        NoticeKind(
            "N12",
            "Plan transferred",
            ("family, from the new authority",),
            ("that the plan has transferred", "whether we will assess", "when we will review the plan"),
            False,
            "reg 15(4)",
            "P",
        ),
        NoticeKind(
            "N13",
            "Notice about a detained person",
            (
                "appropriate person",
                "person in charge",
                "youth offending team",
                "home commissioning body",
                "detained person's health services commissioner",
                "school",
            ),
            ("what the same notice outside custody must hold", "mediation information (SI 2015/62 reg 18)"),
            False,
            "SI 2015/62 regs 4, 5, 13, 18",
            "P",
        ),
        NoticeKind(
            "N14",
            "Refusing, reducing or stopping direct payments",
            ("recipient or requester",),
            (
                "the decision in writing",
                "the reasons",
                "reasonable notice before reducing or stopping",
                "the right to ask once for reconsideration, with a written answer",
            ),
            False,
            "SI 2014/1652 regs 7, 12, 14",
            "S",
        ),
    )
}
# Steps that move no stage and call for a notice.
_OF_STEPS = {"direct_payment_decision": "N14"}
# Steps of a notice that carry no right of appeal although the notice can.
_NO_RIGHTS = {("N7", "amend"), ("N10", "cease_considered")}


@dataclass(frozen=True)
class RightsBlock:
    """The standard rights block with its dates, from the day the notice is sent."""

    sent: date
    contact_adviser_by: date
    appeal_by: date
    content: tuple[str, ...] = STANDARD_RIGHTS


@dataclass(frozen=True)
class Notice:
    """A notice owed for a step. `sent` is the day of its decision notice where that is recorded."""

    kind: NoticeKind
    event: str
    on: date
    sent: date | None
    rights: RightsBlock | None

    @property
    def number(self) -> str:
        """Its number, N1 to N14."""
        return self.kind.number


def rights_from(sent: date, facts: Facts, calendar: WorkingCalendar) -> RightsBlock:
    """The family's dates when a decision notice is sent on a day."""
    table = clocks()
    contact = due_date(table["mediation.contact_adviser"], sent, calendar, Readings())
    appeal, _issued = appeal_limit(table["appeal.lodge"], sent, facts, calendar)
    return RightsBlock(sent, contact, appeal)


def notices(facts: Facts, calendar: WorkingCalendar) -> tuple[Notice, ...]:
    """The notices owed for the steps recorded so far, oldest first."""
    owed = []
    for kind, placed_list in facts.known.items():
        for placed in placed_list:
            number = _number(kind, placed)
            if number is not None:
                owed.append((placed, _notice(KINDS[number], placed, facts, calendar)))
    return tuple(notice for _placed, notice in sorted(owed, key=lambda pair: (pair[0].day, pair[0].place)))


def _number(kind: str, placed: Placed) -> str | None:
    for move in MOVES:
        if move.event.type == kind and move.event.fits(placed.event.details):
            return move.notice
    return _OF_STEPS.get(kind)


def _notice(kind: NoticeKind, placed: Placed, facts: Facts, calendar: WorkingCalendar) -> Notice:
    event = placed.event
    rights = None
    sent = None
    if kind.rights and not {(kind.number, event.type), (kind.number, event.details.get("outcome"))} & _NO_RIGHTS:
        sent = sent_for(placed, _decisions(kind, placed), facts)
        rights = rights_from(sent or placed.day, facts, calendar)
    return Notice(kind, event.type, placed.day, sent, rights)


def _decisions(kind: NoticeKind, placed: Placed) -> set[str | None]:
    return {kind.decision, "cease" if placed.event.details.get("outcome") == "cease" else kind.decision}


def sent_for(placed: Placed, decisions: set[str | None], facts: Facts) -> date | None:
    """The day on which the decision notice of a step was sent: one sent after the next such step is of that one."""
    later = (one.day for one in facts.known.get(placed.event.type, ()) if one.day > placed.day)
    until = min(later, default=date.max)
    for found in facts.known.get("decision_notice_sent", ()):
        if placed.day <= found.day < until and found.event.details.get("decision") in decisions:
            return found.day
    return None


def missing(kind: NoticeKind, *, told: set[str], included: set[str]) -> list[str]:
    """What stops a notice being marked as sent: recipients not told and contents not included, as sentences."""
    content = (*kind.content, *(STANDARD_RIGHTS if kind.rights else ()))
    return [f"Tell the {one}." for one in kind.to if one not in told] + [
        f"Include {one}." for one in content if one not in included
    ]
