from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.process import DEFAULT, REFERENCE, Event, NotPossible, check_event, fold, preview
from kept.rules.process.catalogue import EVENTS
from kept.rules.process.table import clocks
from kept.rules.process.verify import answer

START = date(2025, 1, 1)
STATUSES = {
    *("met", "released", "late", "superseded", "open", "overdue", "window_open", "window_closed"),
    *("gate_open", "gate_closed", "bar_available", "bar_not_available"),
}
DAYS = st.integers(0, 900).map(lambda days: START + timedelta(days=days))


def values(field):
    kinds = {
        "text": st.sampled_from(["a", "b"]),
        "date": DAYS.map(date.isoformat),
        "bool": st.booleans(),
        "choice": st.sampled_from(field.choices or ("a",)),
        "mapping": st.dictionaries(
            st.sampled_from(["from", "to", "date", "description", "closed_from"]), DAYS.map(date.isoformat)
        ),
    }
    if field.name == "clock":
        return st.sampled_from(sorted(clocks()))
    if field.name == "exception":
        return st.sampled_from(sorted({e.id for c in clocks().values() for e in c.exceptions}))
    return kinds[field.kind]


@st.composite
def event(draw, days=DAYS):
    kind = EVENTS[draw(st.sampled_from(sorted(EVENTS)))]
    details = {field.name: draw(values(field)) for field in kind.fields if field.required or draw(st.booleans())}
    return Event(kind.type, draw(days), details)


HISTORIES = st.lists(event(), max_size=14)
DISTINCT = st.lists(event(), max_size=12, unique_by=lambda one: one.date)


@settings(max_examples=150, deadline=None)
@given(HISTORIES, DAYS, st.sampled_from([DEFAULT, REFERENCE]))
def test_nothing_throws_and_every_clock_has_one_status(events, as_of, chosen):
    state = fold(events, as_of=as_of, settings=chosen)
    assert all(one.status in STATUSES and one.explanation for one in state.clocks)
    keys = [(one.id, one.instance, one.round) for one in state.clocks]
    assert len(keys) == len(set(keys))
    assert state.stage is not None
    assert all(move.label for move in state.allowed_moves)
    assert all(notice.kind.to for notice in state.notices)
    assert isinstance(state.warnings, tuple)


@settings(max_examples=100, deadline=None)
@given(st.data(), DISTINCT, DAYS, st.sampled_from([DEFAULT, REFERENCE]))
def test_the_order_of_arrival_changes_nothing(data, events, as_of, chosen):
    shuffled = data.draw(st.permutations(events))
    here, there = fold(events, as_of=as_of, settings=chosen), fold(shuffled, as_of=as_of, settings=chosen)
    assert here == there
    assert (here.stage, here.overlays, here.warnings) == (there.stage, there.overlays, there.warnings)


@settings(max_examples=100, deadline=None)
@given(HISTORIES, DAYS)
def test_no_exception_moves_a_due_date_or_a_trigger(events, as_of):
    without = [one for one in events if one.type != "exception_recorded"]
    shown = [
        [(one.id, one.instance, one.trigger, one.due) for one in fold(known, as_of=as_of, settings=REFERENCE).clocks]
        for known in (events, without)
    ]
    assert shown[0] == shown[1]


@settings(max_examples=100, deadline=None)
@given(HISTORIES, DAYS)
def test_later_events_are_not_known_yet_unless_planned(events, as_of):
    known = [one for one in events if one.date <= as_of or EVENTS[one.type].planned]
    assert fold(events, as_of=as_of, settings=REFERENCE).clocks == fold(known, as_of=as_of, settings=REFERENCE).clocks


@settings(max_examples=100, deadline=None)
@given(HISTORIES, DAYS)
def test_days_say_how_far_past_the_limit(events, as_of):
    for one in fold(events, as_of=as_of, settings=REFERENCE).clocks:
        end = one.stop or as_of
        if one.status in ("late", "overdue"):
            assert one.days == (end - one.due).days > 0
        elif one.status in ("met", "open") and one.due is not None:
            assert end <= one.due
            assert one.days is None
        assert one.due is None or one.operational_target is None or one.operational_target <= one.due


@settings(max_examples=100, deadline=None)
@given(HISTORIES, event(), DAYS)
def test_the_guard_and_the_preview_speak_and_never_break(events, new, as_of):
    refused = ""
    try:
        check_event(events, new, as_of=as_of)
    except NotPossible as reason:
        refused = str(reason)
    assert refused == "" or refused.endswith(".")
    assert all(sentence.endswith(".") for sentence in preview(events, new, as_of=as_of))


@settings(max_examples=60, deadline=None)
@given(st.lists(event(), max_size=10), DAYS)
def test_a_correction_counts_instead_of_what_it_replaces(events, as_of):
    wrong = Event("request_received", START, key="first")
    right = Event("request_received", START + timedelta(days=9), key="second", replaces="first")
    assert fold([wrong, *events, right], as_of=as_of) == fold([*events, right], as_of=as_of)


@settings(max_examples=60, deadline=None)
@given(HISTORIES, DAYS)
def test_the_answer_names_every_clock(events, as_of):
    written = [{"type": one.type, "date": one.date.isoformat()} | dict(one.details) for one in events]
    given = answer([{"id": "x", "as_of": as_of.isoformat(), "events": written}])[0]
    assert {entry["clock"] for entry in given["clocks"]} == set(clocks())
