"""What a proposed move would bring about, in sentences, before anybody commits to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kept.rules.calendar import calendar_with

from .catalogue import words_for
from .events import Event
from .explain import day_words, days_words
from .facts import Facts
from .flags import INSIDE_WINDOW, REJECTED
from .fold import CaseState, fold
from .moves import UNFINISHED
from .notices import KINDS, RightsBlock, rights_from
from .readings import DEFAULT, Settings
from .stages import MOVES
from .status import ClockState

FINISHED = ("met", "late", "superseded")
_Key = tuple[str, str | None, int]


@dataclass(frozen=True)
class Consequences:
    """What would follow: `sentences` say what happens, `warnings` what a manager should then look at."""

    sentences: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def foresee(
    events: Iterable[Event], new_event: Event, *, as_of: date, settings: Settings = DEFAULT, born: date | None = None
) -> Consequences:
    """The consequences of adding an event, or of putting it in place of another, as on the later of `as_of` and its
    day. Nothing is checked: `check_event` says whether it is possible."""
    known = list(events)
    day = max(as_of, new_event.date)
    before = fold(known, as_of=day, settings=settings, born=born)
    after = fold([*known, new_event], as_of=day, settings=settings, born=born)
    sentences = (
        *_stage(before, after),
        *_clocks(before, after),
        *_rights(after, new_event),
        *_if_refused(after, new_event, settings),
        *_notice(new_event),
    )
    return Consequences(sentences, tuple(_warnings(before, after)))


def foresee_without(
    events: Iterable[Event], key: str, *, as_of: date, settings: Settings = DEFAULT, born: date | None = None
) -> Consequences:
    """The consequences of taking an event, named by its key, out of the record."""
    known = list(events)
    before = fold(known, as_of=as_of, settings=settings, born=born)
    rest = [event for event in known if event.key != key]
    after = fold(rest, as_of=as_of, settings=settings, born=born)
    return Consequences((*_stage(before, after), *_clocks(before, after)), tuple(_warnings(before, after)))


def preview(
    events: Iterable[Event], new_event: Event, *, as_of: date, settings: Settings = DEFAULT, born: date | None = None
) -> tuple[str, ...]:
    """The consequences of adding an event as one run of sentences, the warnings last."""
    told = foresee(events, new_event, as_of=as_of, settings=settings, born=born)
    return (*told.sentences, *told.warnings)


def _by_key(state: CaseState) -> dict[_Key, ClockState]:
    return {(one.id, one.instance, one.round): one for one in state.clocks}


def _stage(before: CaseState, after: CaseState) -> list[str]:
    return [f"The case becomes “{after.stage.value}”."] if before.stage is not after.stage else []


def _clocks(before: CaseState, after: CaseState) -> list[str]:
    old, new = _by_key(before), _by_key(after)
    said = []
    for key, one in new.items():
        previous = old.get(key)
        if previous is None:
            said.append(_started(one))
        elif previous.status != one.status and previous.status in FINISHED and one.status in UNFINISHED:
            said.append(_resumed(one))
        elif previous.status != one.status and previous.status in (*UNFINISHED, *FINISHED):
            said.append(_ended(one))
        elif previous.due != one.due and one.due is not None:
            said.append(f"{_name(one)}: the date becomes {day_words(one.due)}.")
    said += [f"{_name(one)}: no longer runs." for key, one in old.items() if key not in new]
    return [sentence for sentence in said if sentence]


def _name(one: ClockState) -> str:
    return f"{one.clock.name} ({one.instance})" if one.instance else one.clock.name


def _started(one: ClockState) -> str:
    """What a clock that starts means; nothing for one that ends in the same breath or is a ground, not a duty."""
    if one.clock.counting == "CEASE_GATE":
        until = f"until {day_words(one.due)}" if one.due else "until the appeal is finally determined"
        return f"The plan must be kept, and everything in it delivered, {until}."
    if one.clock.counting == "WINDOW_ENDING" or one.status == "superseded":
        return ""
    if one.clock.nature == "minimum_window":
        return f"The family has until {day_words(one.due)} to respond."
    when = f"due {day_words(one.due)}" if one.due else "as soon as practicable"
    return f"{_name(one)}: {when}{f', {one.status}' if one.status in ('met', 'late') else ''}."


def _resumed(one: ClockState) -> str:
    """A clock that runs again, because an entry was corrected or withdrawn, or an order brought it back."""
    when = f", due {day_words(one.due)}" if one.due else ""
    past = f", {days_words(one.days)} past the limit" if one.status == "overdue" else ""
    return f"{_name(one)}: runs again{when}{past}."


def _ended(one: ClockState) -> str:
    if one.status == "superseded":
        return f"{_name(one)}: no longer applies."
    if one.status == "late":
        return f"{_name(one)}: done {days_words(one.days)} late."
    if one.status in ("met", "released"):
        return f"{_name(one)}: {'done in time' if one.status == 'met' else 'released by a recorded exception'}."
    return ""


def _rights(after: CaseState, event: Event) -> list[str]:
    """The family's dates where the move is a decision that they may challenge and its notice goes the same day."""
    for notice in after.notices:
        if notice.event == event.type and notice.on == event.date and notice.rights is not None:
            return [f"If the notice goes on {day_words(notice.rights.sent)}, {_dates(notice.rights)}."]
    return []


def _dates(rights: RightsBlock) -> str:
    return (
        f"the family may contact a mediation adviser until {day_words(rights.contact_adviser_by)}, "
        f"and appeal until {day_words(rights.appeal_by)}"
    )


def _if_refused(after: CaseState, event: Event, settings: Settings) -> list[str]:
    """For a request: when the decision is due, and the family's dates should it be refused on that day."""
    decisions = {
        "request_received": "assess.decision",
        "became_responsible": "assess.decision",
        "reassessment_requested": "reassess.decision",
    }
    one = after.clock(decisions[event.type]) if event.type in decisions else None
    if one is None or one.due is None:
        return []
    calendar = calendar_with(settings.extra_bank_holidays)
    rights = rights_from(one.due, Facts([], one.due), calendar)
    return [f"Decision due {day_words(one.due)}; if you refuse on that day, {_dates(rights)}."]


def _notice(event: Event) -> list[str]:
    for move in MOVES:
        if move.event.type == event.type and move.event.fits(event.details):
            if move.notice is None:
                return []
            kind = KINDS[move.notice]
            return [f"A notice is owed ({kind.number}, {kind.title.lower()}) to: {', '.join(kind.to)}."]
    return []


def _warnings(before: CaseState, after: CaseState) -> list[str]:
    return [sentence for sentence in after.warnings if sentence not in before.warnings]


def warnings_for(state: CaseState) -> tuple[str, ...]:
    """What a manager should look at, as sentences: flags, steps out of order, a plan ceased too early."""
    said = []
    for flag in state.flags:
        if flag == INSIDE_WINDOW:
            said.append("The plan was sent inside the family's 15 days, before they had responded.")
        elif flag.startswith(REJECTED):
            name = flag.removeprefix(REJECTED)
            said.append(f"The exception {name} was recorded, but the law or the recorded facts do not support it.")
    for kind, stage in state.position.out_of_order:
        said.append(f"Recorded while the case was “{stage.value}”, where it is not usual: {words_for(kind)}.")
    gate = state.clock("cease.earliest")
    if gate is not None and gate.stop is not None and (gate.due is None or gate.stop < gate.due):
        first = f"it could not lawfully cease before {day_words(gate.due)}" if gate.due else "an appeal is undetermined"
        said.append(f"The plan ceased on {day_words(gate.stop)}, but {first}.")
    return tuple(said)
