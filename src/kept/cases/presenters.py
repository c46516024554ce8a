"""From a case's facts and its fold to exactly what the case page shows. Nothing here computes a date of the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from kept.cases.access import ENDED
from kept.cases.advice import AdviceKind
from kept.cases.labels import details_shown
from kept.cases.models import AdviceRequest, Case, Event, PanelItem
from kept.cases.panels import QUESTIONS, Outcome
from kept.cases.projection import ADVICE, FAMILY, is_owed
from kept.cases.queries import SOON
from kept.cases.states import MEANING, OVERLAY_MEANING, move_label
from kept.design.charts import Clock as StripClock
from kept.design.words import day
from kept.rules.ages import curriculum_year
from kept.rules.process import AllowedMove, CaseState, ClockState, Notice, Stage
from kept.rules.process.catalogue import EVENTS

TRANSITION_FROM = 9  # the school year from which advice on adulthood is due (SEND Regulations 2014 reg 6(1)(g))
RUNNING = frozenset({"open", "overdue", "window_open"})
COUNCIL = frozenset({"local authority", "home authority", "local authority maintaining the plan"})
# How the fold's statuses are shown; "open" becomes "due_soon" in the last week.
TAGS = {
    "open": "open",
    "overdue": "overdue",
    "met": "met",
    "late": "met_late",
    "released": "released",
    "superseded": "ended",
    "window_open": "open",
    "window_closed": "ended",
    "gate_open": "ended",
    "gate_closed": "open",
}


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, for what, by when, with the law one press away.

    plan_by: the last working day before the due date, where that is none itself.
    """

    who: str
    what: str
    due: date | None
    status: str
    citation: str
    explanation: str
    law_href: str
    plan_by: date | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `struck` entries were corrected or withdrawn; `because` says why."""

    event: Event
    title: str
    facts: list[tuple[str, str]]
    struck: bool
    because: str = ""
    replaced: str = ""

    @property
    def on(self) -> date:
        """The day on which it happened."""
        return self.event.happened_on


@dataclass(frozen=True)
class AdviceLine:
    """One body that was asked, with its own clock."""

    body: str
    kind: str
    asked_on: date | None
    received_on: date | None
    due_on: date | None
    answered_on: date | None
    status: str
    explanation: str
    asked_for: str = ""
    desk: str = ""


@dataclass(frozen=True)
class NextMove:
    """A button: its words, where it leads and what it starts and stops."""

    label: str
    href: str
    hint: str
    is_main: bool


@dataclass(frozen=True)
class PanelLine:
    """A panel that considered the case or will."""

    item: PanelItem
    question: str
    outcome: str
    href: str


def law_href(clock: str) -> str:
    """The page of a clock's law, "" where there is none."""
    try:
        return reverse("worklist:clock", args=[clock])
    except NoReverseMatch:
        return ""


def status_of(clock: ClockState, today: date) -> str:
    """The tag for a clock on a day."""
    tag = "ended" if unused(clock) else TAGS.get(clock.status, "ended")
    return "due_soon" if tag == "open" and clock.due and today <= clock.due <= today + SOON else tag


def unused(clock: ClockState) -> bool:
    """Whether it is a right of the family that was not used in its time: nobody is late with it."""
    return clock.status == "overdue" and clock.clock.duty_holder == FAMILY


def runs(clock: ClockState) -> bool:
    """Whether somebody must or may still do it."""
    return clock.status in RUNNING and not unused(clock)


def holder(clock: ClockState) -> str:
    """Who has to act, in words that begin a sentence."""
    if clock.clock.duty_holder == FAMILY:
        return "The family may act"
    if clock.clock.nature == "minimum_window":
        return "The family may respond"
    if clock.clock.duty_holder in COUNCIL:
        return "The council owes"
    return f"{_upper(clock.instance or 'the ' + clock.clock.duty_holder)} owes"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def clock_name(clock: ClockState) -> str:
    """The clock's name, with whose it is and which round."""
    name = f"{clock.name}: {clock.instance}" if clock.instance else clock.name
    return f"{name} (again, {clock.round})" if clock.round > 1 else name


@dataclass(frozen=True)
class CasePage:
    """All that a case's page says of the case itself."""

    case: Case
    state: CaseState
    rows: Sequence[Event]
    requests: Sequence[AdviceRequest]
    panel_items: Sequence[PanelItem]
    may_work: bool

    @property
    def today(self) -> date:
        """The day of the page."""
        return self.state.as_of

    @property
    def stage(self) -> str:
        """Where the case stands."""
        return self.state.stage.value

    @property
    def meaning(self) -> str:
        """What that means, in a sentence."""
        return MEANING[self.state.stage]

    @property
    def overlays(self) -> list[str]:
        """What runs beside the stage."""
        return [OVERLAY_MEANING[one] for one in sorted(self.state.overlays, key=lambda one: one.name)]

    @property
    def has_ended(self) -> bool:
        """Whether nothing more runs but the family's rights."""
        return self.case.stage in ENDED

    @cached_property
    def running(self) -> list[ClockState]:
        """The clocks that somebody must or may still meet, the most urgent first."""
        found = [one for one in self.state.clocks if runs(one) and _counts(one)]
        return sorted(found, key=lambda one: (one.due or date.max, one.clock.name))

    @property
    def turns(self) -> list[Turn]:
        """Whose turn it is: what is owed first, by law before guidance, and, beside it, what the family may do."""
        owed = sorted((one for one in self.running if is_owed(one)), key=lambda one: one.clock.kind != "statutory")
        family = [one for one in self.running if not is_owed(one)]
        return [self._turn(one) for one in (*owed[:1], *family[:1])]

    def _turn(self, one: ClockState) -> Turn:
        return Turn(
            who=holder(one),
            what=clock_name(one),
            due=one.due,
            status=status_of(one, self.today),
            citation=one.citation,
            explanation=one.explanation,
            law_href=law_href(one.id),
            plan_by=_working_day_before(one, self.today),
        )

    @property
    def also_owed(self) -> int:
        """How many other things are owed now."""
        return max(sum(is_owed(one) for one in self.running) - 1, 0)

    @property
    def strip(self) -> list[StripClock]:
        """The running clocks for the drawing."""
        return [self._strip(one) for one in self.running if one.due]

    @property
    def finished(self) -> list[tuple[StripClock, ClockState]]:
        """The clocks that ended, the latest first."""
        ended = [one for one in self.state.clocks if not runs(one) and one.trigger and _counts(one)]
        ended.sort(key=lambda one: one.stop or one.superseded_on or one.due or date.min, reverse=True)
        return [(self._strip(one), one) for one in ended]

    def _strip(self, one: ClockState) -> StripClock:
        return StripClock(
            name=clock_name(one),
            start=one.trigger or self.case.opened_on,
            due=one.due,
            status=status_of(one, self.today),
            stop=one.stop or one.superseded_on,
            note=one.citation,
        )

    @cached_property
    def timeline(self) -> list[Entry]:
        """Every entry, the latest first; corrected ones struck, with the reason."""
        replaced_by = {row.supersedes_id: row for row in self.rows if row.supersedes_id}
        shown = [row for row in self.rows if not row.is_withdrawal]
        entries = [_entry(row, replaced_by.get(row.pk)) for row in shown]
        return sorted(entries, key=lambda entry: (entry.on, entry.event.pk), reverse=True)

    @property
    def advice(self) -> list[AdviceLine]:
        """Every body that was asked, by its due date."""
        asked = {(row.body, row.received_on): row for row in self.requests}
        lines = [self._advice(one, asked) for one in self.state.clocks if one.id in ADVICE]
        return sorted(lines, key=lambda line: (line.answered_on is not None, line.due_on or date.max, line.body))

    def _advice(self, one: ClockState, asked: Mapping[Any, AdviceRequest]) -> AdviceLine:
        row = asked.get((one.instance, one.trigger))
        return AdviceLine(
            body=one.instance or "",
            kind=AdviceKind(row.kind).label if row and row.kind in AdviceKind.values else "",
            asked_on=row.asked_on if row else one.trigger,
            received_on=one.trigger,
            due_on=one.due,
            answered_on=one.stop,
            status=status_of(one, self.today),
            explanation=one.explanation,
            asked_for=row.asked_for if row else "",
            desk=str(row.team) if row and row.team else "",
        )

    @property
    def moves(self) -> list[NextMove]:
        """What may be recorded next. Main ones end a running time limit; of two decisions the refusal comes second."""
        if not self.may_work:
            return []
        found = [self._move(move) for move in self.state.allowed_moves if move.event != "exception_recorded"]
        found += self._unsent_notice()
        return sorted(found, key=lambda move: (not move.is_main, "outcome=refuse" in move.href))

    def _unsent_notice(self) -> list[NextMove]:
        """Sending the notice of the latest decision that may be challenged: the family's time runs from it."""
        owed = [one for one in self.state.notices if one.rights is not None and one.kind.decision]
        if not owed or owed[-1].sent is not None:
            return []
        href = record_href(self.case, "decision_notice_sent", decision=owed[-1].kind.decision or "")
        hint = "The family's time to appeal runs from the day on which it is sent."
        return [NextMove(f"Send the notice: {owed[-1].kind.title.lower()}", href, hint, is_main=True)]

    def _move(self, move: AllowedMove) -> NextMove:
        changes = move.target is not self.state.stage
        ended = f"Ends: {', '.join(move.stops)}." if move.stops else ""
        return NextMove(
            label=move.label,
            href=record_href(self.case, move.event, move.details.get("outcome", "")),
            hint=f"The case becomes “{move.target.value}”." if changes else ended,
            is_main=bool(move.stops),
        )

    @property
    def advice_not_asked(self) -> list[str]:
        """The advice that an assessment must have (reg 6(1)) and nobody was asked for, while it is under way.

        Nothing where a request stands in the entries only, so that what it was for is not known.
        """
        if self.state.stage not in {Stage.ASSESSING, Stage.REASSESSING} or any(not line.kind for line in self.advice):
            return []
        needed = [AdviceKind.EDUCATION, AdviceKind.PSYCHOLOGY, AdviceKind.HEALTH, AdviceKind.SOCIAL_CARE]
        if curriculum_year(self.case.child.born_on, self.today) >= TRANSITION_FROM:
            needed.append(AdviceKind.TRANSITION)
        asked = {row.kind for row in self.requests}
        return [kind.label for kind in needed if kind.value not in asked]

    @property
    def may_ask_advice(self) -> bool:
        """Whether bodies can be asked for advice now."""
        return self.may_work and any(move.href.endswith("/advice/") for move in self.moves)

    @property
    def exceptions_possible(self) -> bool:
        """Whether a running time limit has exceptions in law."""
        return any(one.clock.exceptions and one.status in {"open", "overdue"} for one in self.state.clocks)

    @property
    def notices(self) -> list[Notice]:
        """The notices owed for the steps so far, the latest first."""
        return list(reversed(self.state.notices))

    @property
    def panels(self) -> list[PanelLine]:
        """The panels of the case."""
        return [panel_line(item) for item in self.panel_items]


def _working_day_before(one: ClockState, today: date) -> date | None:
    """The last working day before a due date at a weekend or on a bank holiday, while it is still to come."""
    target = one.operational_target
    return target if target and target != one.due and target >= today else None


def _counts(one: ClockState) -> bool:
    """Whether a clock belongs on the page: grounds for refusing (bars) do not, nor planning aids that have passed."""
    return not one.status.startswith("bar_") and not (one.clock.nature == "planning" and one.status == "overdue")


def _entry(row: Event, newer: Event | None) -> Entry:
    replaced = ""
    if newer is not None:
        replaced = "Withdrawn" if newer.is_withdrawal else "Corrected"
    return Entry(
        event=row,
        title=entry_title(row),
        facts=details_shown(row.kind, row.details),
        struck=newer is not None,
        because=newer.note if newer else "",
        replaced=replaced,
    )


def entry_title(row: Event) -> str:
    """What an entry says happened, as a heading."""
    return what_happened(row.kind, row.details.get("outcome"))


def what_happened(kind: str, outcome: str | None = None) -> str:
    """What an event says happened, as a sentence without its stop."""
    known = EVENTS.get(kind)
    words = _upper(known.words if known else kind.replace("_", " "))
    return f"{words}: {move_label(kind, outcome).lower()}" if outcome else words


def record_href(case: Case, kind: str, outcome: str = "", *, decision: str = "") -> str:
    """The page on which a kind of event is recorded; some have a page of their own."""
    if kind in {"advice_requested", "detained_advice_requested"}:
        return reverse("cases:ask_advice", args=[case.pk])
    if kind == "exception_recorded":
        return reverse("cases:exceptions", args=[case.pk])
    href = reverse("cases:record", args=[case.pk, kind])
    given = {name: value for name, value in (("outcome", outcome), ("decision", decision)) if value}
    return f"{href}?{urlencode(given)}" if given else href


def panel_line(item: PanelItem) -> PanelLine:
    """A panel's item in words."""
    question = QUESTIONS.get(item.question)
    return PanelLine(
        item=item,
        question=question.words if question else item.question,
        outcome=Outcome(item.outcome).label if item.outcome in Outcome.values else "Not considered yet",
        href=reverse("cases:panel_item", args=[item.pk]),
    )


def changes_shown(rows: Iterable[Event]) -> list[str]:
    """What others recorded meanwhile, in sentences."""
    return [_change(row) for row in rows]


def _change(row: Event) -> str:
    who = row.recorded_by.name
    on = day(row.happened_on)
    if row.is_withdrawal and row.supersedes:
        return f"{who} withdrew an entry of {on}: {entry_title(row.supersedes).lower()}. {row.note}".strip()
    verb = "corrected an entry" if row.supersedes_id else "recorded"
    return f"{who} {verb}: {entry_title(row)[:1].lower()}{entry_title(row)[1:]}, {on}. {row.note}".strip()
