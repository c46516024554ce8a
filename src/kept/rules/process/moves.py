"""What may happen next in a case, and the guard that says why something may not.

Both read the one table of states and moves; steps that change no stage have their prerequisites in a table here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kept.rules.calendar import add_months

from .catalogue import EVENTS, Field, words_for
from .events import Event, as_date, in_force
from .explain import day_words
from .facts import Facts
from .flags import window_open_until
from .judge import Judge
from .readings import DEFAULT, Settings
from .stages import MOVES, STANDS_ALONE, Move, Overlay, Position, Stage, position
from .status import ClockState
from .table import Pattern, patterns

LATEST_BIRTHDAY = 26
UNFINISHED = ("open", "overdue", "released", "window_open")

LABELS: Mapping[tuple[str, str], str] = {
    ("assess_decision", "assess"): "Agree to assess",
    ("assess_decision", "refuse"): "Refuse to assess",
    ("review_decision", "maintain"): "Keep the plan as it is",
    ("review_decision", "amend"): "Amend the plan",
    ("review_decision", "cease"): "Decide to cease the plan",
    ("reassessment_decision", "reassess"): "Agree to re-assess",
    ("reassessment_decision", "refuse"): "Refuse to re-assess",
    ("detained_assess_decision", "refuse"): "Refuse to assess (custody)",
}

_S = Stage
_PLAN = (_S.PLAN_MAINTAINED, _S.REVIEW_OPEN, _S.AMENDING, _S.REASSESSING)
# Steps that move no stage: where they are offered, and what must have happened first (a, b = either).
STEPS: Mapping[str, tuple[tuple[Stage, ...], str]] = {
    "family_consulted": ((_S.REQUEST_UNDER_CONSIDERATION,), "request_received|became_responsible"),
    "advice_requested": ((_S.ASSESSING, _S.REASSESSING), ""),
    "advice_received": ((_S.ASSESSING, _S.REASSESSING), "advice_requested"),
    "family_responded": (
        (_S.DRAFT_ISSUED, _S.AMENDING),
        "draft_plan_served|amendment_notice_sent|detained_draft_served",
    ),
    "school_consulted": ((_S.DRAFT_ISSUED, _S.AMENDING), ""),
    "school_replied": ((_S.DRAFT_ISSUED, _S.AMENDING), "school_consulted"),
    "plan_first_made": (_PLAN, ""),
    "review_notice_given": (_PLAN, ""),
    "review_advice_circulated": (_PLAN, ""),
    "review_report_issued": ((_S.REVIEW_OPEN,), "review_meeting"),
    "review_completed": ((*_PLAN, _S.CEASE_PENDING), "review_decision"),
    "phase_transfer": (_PLAN, ""),
    "post16_move": (_PLAN, ""),
    "phase_plan_finalised": (_PLAN, "phase_transfer|post16_move"),
    "provision_in_place": (_PLAN, "final_plan_sent|amended_plan_sent"),
    "health_provision_in_place": (_PLAN, "final_plan_sent|amended_plan_sent"),
    "move_known": (_PLAN, ""),
    "direct_payment_started": (_PLAN, ""),
    "direct_payment_reviewed": (_PLAN, "direct_payment_started"),
    # SI 2014/1652: asked for while a draft is prepared, at a review or at a re-assessment
    "direct_payment_decision": ((_S.ASSESSING, _S.DRAFT_ISSUED, *_PLAN), ""),
    "direct_payment_reconsideration_asked": ((_S.ASSESSING, _S.DRAFT_ISSUED, *_PLAN), "direct_payment_decision"),
    "direct_payment_reconsidered": (
        (_S.ASSESSING, _S.DRAFT_ISSUED, *_PLAN),
        "direct_payment_reconsideration_asked",
    ),
    "mediation_declined": ((), "decision_notice_sent"),
    "mediation_adviser_contacted": ((), "decision_notice_sent"),
    "mediation_requested": ((), "decision_notice_sent"),
    "mediation_icb_informed": ((), "mediation_requested"),
    "mediation_unarranged_reported": ((), "mediation_requested"),
    "mediation_held": ((), "mediation_requested|mediation_icb_informed"),
    "mediation_certificate_issued": ((), "decision_notice_sent"),
    "mediation_agreement": ((), "mediation_held|mediation_requested|mediation_icb_informed"),
    "appeal_lodged": ((), "decision_notice_sent"),
    "appeal_sent_to_la": ((), "appeal_lodged"),
    "la_response": ((), "appeal_sent_to_la"),
    "appeal_finally_determined": ((), "appeal_lodged"),
    "tribunal_order": ((), "appeal_lodged"),
    "unopposed_notified": ((), "appeal_lodged"),
    "order_assess_notified": ((), "tribunal_order|unopposed_notified|mediation_agreement"),
    "reconsidered": ((), "tribunal_order|mediation_agreement"),
    "agreement_step_done": ((), "mediation_agreement"),
    "la_told_of_agreement": ((), "mediation_agreement"),
    "new_la_notice": ((), "plan_transferred"),
    "plan_sent_to_custody": ((), "detention_known"),
    "detained_advice_received": ((), "detained_advice_requested"),
    "health_recommendation_answered": ((), "health_recommendation_made"),
    "care_recommendation_answered": ((), "care_recommendation_made"),
    "recommendation_copied": ((), "recommendation_answered"),
    "s23_notified": ((_S.NONE,), ""),
    "s23_parent_discussion": ((_S.NONE,), ""),
    "exception_recorded": ((), ""),
}
# Steps that are usual while something runs beside the stage, whether or not a clock waits for them.
BESIDE_STEPS: Mapping[Overlay, frozenset[str]] = {
    Overlay.MEDIATION: frozenset(
        {
            "mediation_declined",
            "mediation_requested",
            "mediation_held",
            "mediation_certificate_issued",
            "mediation_agreement",
        }
    ),
    Overlay.APPEAL: frozenset(
        {"appeal_sent_to_la", "la_response", "tribunal_order", "unopposed_notified", "appeal_finally_determined"}
    ),
    Overlay.ORDER_COMPLIANCE: frozenset({"reconsidered"}),
}
# The same step for another body or school is not a duplicate; these name which.
_NAMED = ("from", "school", "decision", "clock", "exception")


class NotPossible(ValueError):
    """An event that cannot be recorded; the message says what is wrong and what would be accepted.

    `field` names what is at fault: "date", one of the event's details, or nothing when it is the step itself.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class AllowedMove:
    """A next step: its event with the detail that decides it, the button's words, and what it starts and stops."""

    event: str
    details: Mapping[str, str]
    label: str
    target: Stage
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    notice: str | None = None


def allowed_moves(
    facts: Facts, where: Position, running: Sequence[ClockState], judge: Judge
) -> tuple[AllowedMove, ...]:
    """The moves of the table that are open from here, then the steps that would end a running clock or are usual."""
    unfinished = [state for state in running if state.status in UNFINISHED]
    found = [
        _allowed(move.event, move.target, move.notice, unfinished, judge)
        for move in MOVES
        if where.stage in move.sources and _open(move, where, judge)
    ]
    moving = {move.event for move in found}
    waiting = {pattern.type for state in unfinished for pattern in state.clock.stops}
    waiting = waiting.union(*(BESIDE_STEPS.get(overlay, ()) for overlay in where.overlays))
    for kind, (stages, before) in STEPS.items():
        usual = where.stage in stages or (not stages and kind in waiting)
        if kind not in moving and usual and (not before or _happened(facts, before)):
            found.append(_allowed(Pattern(kind), where.stage, None, unfinished, judge))
    return tuple(found)


def _open(move: Move, where: Position, judge: Judge) -> bool:
    if move.needs is not None and move.needs not in where.overlays:
        return False
    if move.gate is None:
        return True
    return any(state.status == "gate_open" for state in judge.states_of(move.gate))


def _happened(facts: Facts, text: str) -> bool:
    return any(pattern.type in facts.known or pattern.type in facts.planned for pattern in patterns(text))


def _allowed(
    event: Pattern, target: Stage, notice: str | None, unfinished: Sequence[ClockState], judge: Judge
) -> AllowedMove:
    details = {event.field: event.value} if event.field and event.value else {}
    label = LABELS.get((event.type, event.value or ""), EVENTS[event.type].label)
    names = judge.table.by_trigger.get(event.type, ())
    starts = [
        judge.table.clocks[name].name
        for name in names
        if _meant(judge.table.clocks[name].triggers, event.type, details)
    ]
    stops = [state.clock.name for state in unfinished if _meant(state.clock.stops, event.type, details)]
    return AllowedMove(event.type, details, label, target, tuple(starts), tuple(dict.fromkeys(stops)), notice)


def _meant(found: Sequence[Pattern], event_type: str, details: Mapping[str, str]) -> bool:
    """Whether a pattern fits the event, or may once the details that are still open are filled in."""
    return any(one.type == event_type and (not details or one.fits(details)) for one in found)


# The guard


def check_event(
    events: Iterable[Event],
    new_event: Event,
    *,
    as_of: date,
    person: date | None = None,
    settings: Settings = DEFAULT,
) -> None:
    """Raise NotPossible unless the event may be added to these. `person` is the date of birth where it is known."""
    known = in_force(events)
    if new_event.replaces is not None:
        known = [event for event in known if event.key != new_event.replaces]
    _check_details(new_event)
    _check_dates(new_event, person, as_of)
    _check_duplicate(known, new_event)
    _check_before(known, new_event)
    _check_exception(new_event)
    _check_place(known, new_event, settings)
    _check_window(known, new_event, as_of, settings)


def _check_details(event: Event) -> None:
    kind = EVENTS.get(event.type)
    if kind is None:
        raise NotPossible(f"“{event.type}” is not something that Kept can record. Choose one of the steps offered.")
    for field in kind.fields:
        value = event.details.get(field.name)
        name = field.name.replace("_", " ")
        if value is None or value == "":
            if field.required:
                raise NotPossible(f"“{kind.label}” needs “{name}”{_choices(field)}.", field.name)
        elif not _good(field, value):
            reason = f"“{value}” cannot be the {name} of “{kind.label}”{_choices(field) or _kinds(field)}."
            raise NotPossible(reason, field.name)


def _choices(field: Field) -> str:
    return f": one of {', '.join(choice.replace('_', ' ') for choice in field.choices)}" if field.choices else ""


def _kinds(field: Field) -> str:
    words = {
        "date": ": give a date",
        "bool": ": answer yes or no",
        "mapping": ": give the facts",
        "text": ": give text",
    }
    return words[field.kind]


def _good(field: Field, value: Any) -> bool:
    checks = {
        "text": lambda: isinstance(value, str),
        "choice": lambda: value in field.choices,
        "date": lambda: as_date(value) is not None,
        "bool": lambda: isinstance(value, bool),
        "mapping": lambda: isinstance(value, Mapping),
    }
    return bool(checks[field.kind]())


def _check_dates(event: Event, born: date | None, as_of: date) -> None:
    if event.date > as_of and not EVENTS[event.type].planned:
        raise NotPossible(
            f"{day_words(event.date)} is in the future. Give a date up to {day_words(as_of)}; "
            "only meetings, moves and phase transfers can be planned ahead.",
            "date",
        )
    if born is None:
        return
    if event.date < born:
        raise NotPossible(f"{day_words(event.date)} is before the date of birth, {day_words(born)}.", "date")
    last = add_months(born, LATEST_BIRTHDAY * 12)[0]
    if event.date > last:
        raise NotPossible(
            f"{day_words(event.date)} is after the 26th birthday, {day_words(last)}. No plan can last that long.",
            "date",
        )


def _check_duplicate(known: Sequence[Event], event: Event) -> None:
    kind = EVENTS[event.type]
    for other in known:
        if other.type != event.type:
            continue
        same = other.date == event.date and all(other.details.get(n) == event.details.get(n) for n in _NAMED)
        if same and (dict(other.details) == dict(event.details) or kind.type.endswith("_decision")):
            raise NotPossible(
                f"“{kind.label}” is already recorded for {day_words(event.date)}. Correct that record instead."
            )
        if not kind.repeats:
            raise NotPossible(
                f"“{kind.label}” is already recorded, for {day_words(other.date)}. Correct that record instead."
            )


def _check_before(known: Sequence[Event], event: Event) -> None:
    """What must have happened on or before the day; for a body or a school, to the same one."""
    before = STEPS.get(event.type, ((), ""))[1]
    if not before:
        return
    named = next((name for name in ("from", "school") if event.details.get(name)), None)
    planned = event.type == "phase_plan_finalised"
    for other in known:
        if other.date > event.date and not planned:
            break
        if any(p.type == other.type and p.fits(other.details) for p in patterns(before)) and (
            named is None or other.details.get(named) == event.details.get(named)
        ):
            return
    needed = " or ".join(f"“{EVENTS[pattern.type].label.lower()}”" for pattern in patterns(before))
    whom = f" for {event.details[named]}" if named else ""
    raise NotPossible(
        f"“{EVENTS[event.type].label}” on {day_words(event.date)} has nothing to follow{whom}: first record {needed}, "
        "on or before that day."
    )


def _check_exception(event: Event) -> None:
    """An exception must be one that the law lists for the clock that it names."""
    if event.type != "exception_recorded":
        return
    from .table import clocks

    clock = clocks().get(str(event.details["clock"]))
    if clock is None:
        raise NotPossible(f"“{event.details['clock']}” is not a time limit that Kept knows.")
    listed = [one.id for one in clock.exceptions]
    if not listed:
        raise NotPossible(f"The law allows no exception to “{clock.name}”. The limit stands and any delay counts.")
    if event.details["exception"] not in listed:
        raise NotPossible(
            f"“{event.details['exception']}” is not an exception to “{clock.name}”. Accepted: {', '.join(listed)}."
        )


def _check_place(known: Sequence[Event], event: Event, settings: Settings) -> None:
    """The table must allow the event where it falls, and what was recorded after it must still fit."""
    earlier = [other for other in known if other.date <= event.date]
    here = position(Facts(earlier, event.date))
    rows = [move for move in MOVES if move.event.type == event.type and move.event.fits(event.details)]
    if rows:
        fitting = [move for move in rows if here.stage in move.sources]
        if not fitting and not (here.stage is Stage.NONE and event.type in STANDS_ALONE):
            raise NotPossible(_out_of_place(event, here, rows, earlier))
        judge = Judge(Facts([*earlier], event.date), settings)
        if fitting and not any(_open(move, here, judge) for move in fitting):
            raise NotPossible(_closed(event, fitting[0], judge))
    last = max([other.date for other in known] + [event.date])
    before, after = position(Facts(known, last)), position(Facts([*known, event], last))
    if len(after.out_of_order) > len(before.out_of_order):
        kind, stage = after.out_of_order[-1]
        raise NotPossible(
            f"“{EVENTS[event.type].label}” on {day_words(event.date)} contradicts what was recorded after it: "
            f"“{EVENTS[kind].label.lower()}” could not happen while the case was “{stage.value}”."
        )


def _check_window(known: Sequence[Event], event: Event, as_of: date, settings: Settings) -> None:
    """A plan is not sent inside the family's time to respond, unless they have responded (SEND Regulations r 13).

    One that was sent on a day that is over is a fact, which is recorded for what it was and flagged: to refuse it would
    ask for a false date.
    """
    if event.details.get("sent_early") is True and event.date < as_of:
        return
    earlier = Facts([other for other in known if other.date <= event.date], event.date)
    free = window_open_until(earlier, event, Judge(earlier, settings))
    if free is None:
        return
    raise NotPossible(
        f"On {day_words(event.date)} the family still had time to respond to what was proposed, and no response is "
        f"recorded. Give a day from {day_words(free)} on, or record the family's response first."
        + (" If it was sent that day all the same, say so." if event.date < as_of else ""),
        "date",
    )


def _out_of_place(event: Event, here: Position, rows: Sequence[Move], earlier: Sequence[Event]) -> str:
    said = [other for other in earlier if other.type == event.type]
    label = EVENTS[event.type].label
    again = f"On {day_words(said[-1].date)} {words_for(event.type)} already. " if said else ""
    stages = " or ".join(f"“{stage.value}”" for move in rows for stage in move.sources)
    accepted = [EVENTS[move.event.type].label for move in MOVES if here.stage in move.sources and move.needs is None]
    now = "; ".join(dict.fromkeys(accepted))
    return (
        f"{again}On {day_words(event.date)} the case was “{here.stage.value}”, so “{label.lower()}” is not possible: "
        f"that needs {stages}. " + (f"What could be recorded: {now}." if now else "Nothing more can be recorded.")
    )


def _closed(event: Event, move: Move, judge: Judge) -> str:
    label = EVENTS[event.type].label
    if move.gate is None:
        missing = "a detention" if move.needs is Overlay.CUSTODY else "an order, a concession or an agreement"
        return f"“{label}” needs {missing} here. Record that first."
    gates = judge.states_of(move.gate)
    due = gates[-1].due if gates else None
    if due is None:
        return (
            f"“{label}” is not possible yet: an appeal must be finally determined, or the decision to cease recorded."
        )
    return f"“{label}” is not possible before {day_words(due)}, the first day after the time to appeal."
