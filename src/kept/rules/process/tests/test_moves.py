import pytest

from kept.rules.process import Event, NotPossible, Overlay, Stage, check_event, fold, preview, states_diagram
from kept.rules.process.notices import KINDS, STANDARD_RIGHTS, missing
from kept.rules.process.stages import MOVES, moves_for

from .cases import D, ev, evs, on

TODAY = D("2027-06-01")
ASSESSING = ("request_received 2026-01-05 by=parent", "assess_decision 2026-02-10 outcome=assess")
REFUSED = ("request_received 2026-01-05", "assess_decision 2026-02-10 outcome=refuse")
DRAFT = (*ASSESSING, "draft_plan_served 2026-04-01")
PLAN = (*DRAFT, "final_plan_sent 2026-05-20")
NOTICE = "decision_notice_sent 2026-02-10 decision=refuse_assess"
CEASING = (*PLAN, "cease_considered 2026-06-01", "cease_decision 2026-07-01")
ORDERED = (*REFUSED, NOTICE, "appeal_lodged 2026-03-01", "tribunal_order 2026-04-01 kind=assess")

STORIES = [
    ((), Stage.NONE),
    (ASSESSING[:1], Stage.REQUEST_UNDER_CONSIDERATION),
    (ASSESSING, Stage.ASSESSING),
    (REFUSED, Stage.NOT_ASSESSED),
    ((*REFUSED, "request_received 2026-09-01"), Stage.REQUEST_UNDER_CONSIDERATION),
    ((*ASSESSING, "no_plan_decision 2026-04-01"), Stage.NO_PLAN),
    (DRAFT, Stage.DRAFT_ISSUED),
    ((*DRAFT, "draft_plan_served 2026-04-10"), Stage.DRAFT_ISSUED),
    (PLAN, Stage.PLAN_MAINTAINED),
    ((*PLAN, "review_meeting 2026-09-01"), Stage.REVIEW_OPEN),
    ((*PLAN, "review_meeting 2026-09-01", "review_decision 2026-09-20 outcome=maintain"), Stage.PLAN_MAINTAINED),
    ((*PLAN, "review_meeting 2026-09-01", "review_decision 2026-09-20 outcome=amend"), Stage.AMENDING),
    ((*PLAN, "review_meeting 2026-09-01", "review_decision 2026-09-20 outcome=cease"), Stage.CEASE_PENDING),
    ((*PLAN, "amendment_notice_sent 2026-09-01"), Stage.AMENDING),
    ((*PLAN, "amendment_notice_sent 2026-09-01", "amended_plan_sent 2026-10-01"), Stage.PLAN_MAINTAINED),
    ((*PLAN, "reassessment_requested 2026-09-01"), Stage.REASSESS_UNDER_CONSIDERATION),
    ((*PLAN, "reassessment_own_initiative 2026-09-01"), Stage.REASSESSING),
    ((*PLAN, "reassessment_own_initiative 2026-09-01", "draft_plan_served 2026-10-01"), Stage.REASSESSING),
    (CEASING, Stage.CEASE_PENDING),
    ((*CEASING, "plan_ceased 2026-10-01"), Stage.CEASED),
    ((*PLAN, "moved 2026-09-01"), Stage.TRANSFER_DUE),
    ((*PLAN, "moved 2026-09-01", "plan_transferred 2026-09-01"), Stage.TRANSFERRED_OUT),
    ((*PLAN, "moved 2028-09-01"), Stage.PLAN_MAINTAINED),
    ((*PLAN, "detention_known 2026-09-01"), Stage.KEPT),
    ((*ORDERED, "order_assess_notified 2026-04-10"), Stage.ASSESSING),
    (("plan_first_made 2026-01-01",), Stage.PLAN_MAINTAINED),
    (("review_meeting 2026-01-01",), Stage.REVIEW_OPEN),
    ((ASSESSING[0], "final_plan_sent 2026-05-20"), Stage.PLAN_MAINTAINED),
    ((*PLAN, "assess_decision 2026-09-01 outcome=refuse"), Stage.PLAN_MAINTAINED),
]


@pytest.mark.parametrize(("story", "stage"), STORIES)
def test_the_stage_follows_the_events(story, stage):
    assert on("2027-06-01", *story).stage is stage


def test_a_step_out_of_order_is_a_warning_not_an_error():
    state = on("2027-06-01", ASSESSING[0], "final_plan_sent 2026-05-20")
    assert len(state.warnings) == 1
    assert "Request under consideration" in state.warnings[0]
    assert on("2027-06-01", *PLAN).warnings == ()


@pytest.mark.parametrize("row", MOVES, ids=lambda row: f"{row.event.type}-{row.event.value}-{row.target.name}")
def test_each_row_of_the_table_is_offered_from_each_of_its_stages(row):
    for source in row.sources:
        assert row in moves_for(source, row.event.type)
    assert row.notice is None or row.notice in KINDS


def test_every_stage_can_be_reached_and_the_diagram_shows_every_move():
    assert {move.target for move in MOVES} == set(Stage) - {Stage.NONE}
    diagram = states_diagram()
    assert diagram.count(" --> ") == 1 + sum(len(move.sources) for move in MOVES)
    assert "ASSESSING --> NO_PLAN : no_plan_decision\n" in diagram
    assert "CEASE_PENDING --> CEASED : plan_ceased, gate open\n" in diagram


@pytest.mark.parametrize("story", [story for story, _stage in STORIES if "moved 2028-09-01" not in story])
def test_what_is_offered_can_be_recorded(story):
    """A move that is offered passes the guard once its details are given."""
    state = on("2027-06-01", *story, every=True)
    for move in state.allowed_moves:
        if move.event in {row.event.type for row in MOVES}:
            check_event(evs(*story), Event(move.event, TODAY, move.details), as_of=TODAY)


def test_offers_say_what_starts_and_what_stops():
    offered = {(one.label): one for one in on("2026-03-01", ASSESSING[0]).allowed_moves}
    refuse = offered["Refuse to assess"]
    assert refuse.target is Stage.NOT_ASSESSED
    assert refuse.notice == "N2-refuse"
    assert refuse.stops == ("Tell the parent or young person whether an EHC needs assessment will be secured",)
    assert "Consult parent" in offered["Record that the family was consulted"].stops[0]


@pytest.mark.parametrize(
    ("story", "new", "words"),
    [
        ((), "party 2026-01-01", "not something"),
        ((), "final_plan_sent 2026-01-01", "“No request”"),
        (ASSESSING[:1], "assess_decision 2026-01-10", "needs “outcome”: one of assess, refuse"),
        (ASSESSING[:1], "assess_decision 2026-01-10 outcome=perhaps", "“perhaps” cannot be the outcome"),
        (ASSESSING[:1], "assess_decision 2026-01-01 outcome=assess", "“No request”"),
        (ASSESSING, "assess_decision 2026-03-01 outcome=refuse", "notified already"),
        (ASSESSING, "assess_decision 2026-02-01 outcome=refuse", "contradicts what was recorded after it"),
        (ASSESSING[:1], "draft_plan_served 2026-02-01", "“Request under consideration”"),
        (ASSESSING, "request_received 2026-01-05 by=parent", "already recorded for 5 January 2026"),
        (ASSESSING, "no_plan_decision 2027-06-02", "in the future"),
        (ASSESSING, "advice_received 2026-03-01 from=ep", "nothing to follow for ep"),
        (ASSESSING, "family_responded 2026-03-01", "nothing to follow"),
        (DRAFT, "family_responded 2026-03-31", "nothing to follow"),
        (REFUSED, "order_assess_notified 2026-04-10", "nothing to follow"),
        ((*REFUSED, NOTICE), "draft_plan_served 2026-04-10", "needs an order"),
        (CEASING, "plan_ceased 2026-08-01", "not possible before 2 September 2026"),
        (
            (*CEASING, "decision_notice_sent 2026-07-01 decision=cease", "appeal_lodged 2026-08-01"),
            "plan_ceased 2026-12-01",
            "appeal",
        ),
        (("plan_first_made 2026-01-01",), "plan_first_made 2026-02-01", "already recorded, for 1 January 2026"),
    ],
)
def test_the_guard_says_what_is_wrong(story, new, words):
    with pytest.raises(NotPossible, match=words):
        check_event(evs(*story), ev(new), as_of=TODAY)


@pytest.mark.parametrize(
    ("clock", "name", "words"),
    [
        ("no.clock", "x", "not a time limit"),
        ("review.decision", "reg10_4.school_closure", "allows no exception"),
        ("assess.decision", "workforce_shortage", "Accepted: reg5_4.school_closure"),
    ],
)
def test_the_guard_refuses_exceptions_the_law_does_not_list(clock, name, words):
    details = {"clock": clock, "exception": name, "facts": {}, "impractical": True}
    with pytest.raises(NotPossible, match=words):
        check_event(evs(*ASSESSING), Event("exception_recorded", TODAY, details), as_of=TODAY)


def test_the_guard_knows_the_person():
    request = ev("request_received 2026-01-05")
    check_event([], request, as_of=TODAY, person=D("2015-01-05"))
    check_event([], request, as_of=TODAY, person=D("2000-01-05"))
    with pytest.raises(NotPossible, match="before the date of birth"):
        check_event([], request, as_of=TODAY, person=D("2026-01-06"))
    with pytest.raises(NotPossible, match="after the 26th birthday, 4 January 2026"):
        check_event([], request, as_of=TODAY, person=D("2000-01-04"))


def test_planned_events_and_late_arrivals_are_accepted():
    check_event(evs(*PLAN), ev("review_meeting 2027-07-01"), as_of=TODAY)
    check_event(evs(*PLAN), ev("family_responded 2026-04-08"), as_of=TODAY)
    check_event(evs(ASSESSING[0], *DRAFT[2:]), ev(ASSESSING[1]), as_of=TODAY)
    correction = Event("request_received", D("2026-01-07"), {"by": "parent"}, "b", "a")
    check_event([Event("request_received", D("2026-01-05"), {}, "a")], correction, as_of=TODAY)


def test_overlays_come_and_go():
    def overlays(*story):
        return on("2027-06-01", *story).overlays

    assert overlays(*ORDERED[:4]) == {Overlay.APPEAL}
    assert overlays(*ORDERED) == {Overlay.ORDER_COMPLIANCE}
    assert overlays(*REFUSED, "mediation_requested 2026-03-01") == {Overlay.MEDIATION}
    assert overlays(*REFUSED, "mediation_requested 2026-03-01", "mediation_certificate_issued 2026-03-05") == set()
    assert overlays("mediation_agreement 2026-03-01 kind=non_appealable") == set()
    assert overlays(*PLAN, "detention_known 2026-09-01") == {Overlay.CUSTODY}
    assert overlays(*PLAN, "detention_known 2026-09-01", "released 2026-10-01 same_la=true") == set()


def test_the_preview_gives_the_dates():
    said = " ".join(preview([], ev("request_received 2026-06-02"), as_of=D("2026-06-02")))
    assert "Decision due 14 July 2026; if you refuse on that day" in said
    assert "mediation adviser until 14 September 2026, and appeal until 14 September 2026" in said
    refused = preview(evs(REFUSED[0]), ev(REFUSED[1]), as_of=D("2026-02-10"))
    assert refused[0] == "The case becomes “Not assessed”."
    assert any("appeal until 10 April 2026" in sentence for sentence in refused)
    assert any("Send the finalised EHC plan: no longer applies." in sentence for sentence in refused)
    early = preview(evs(*DRAFT), ev("final_plan_sent 2026-04-10"), as_of=D("2026-04-10"))
    assert any("before they had responded" in sentence for sentence in early)


def test_a_notice_carries_the_familys_dates():
    unsent = on("2026-03-01", *REFUSED).notices[-1]
    assert (unsent.number, unsent.sent, unsent.rights.appeal_by) == ("N2-refuse", None, D("2026-04-10"))
    sent = on("2026-03-01", *REFUSED, "decision_notice_sent 2026-02-12 decision=refuse_assess").notices[-1]
    assert (sent.sent, sent.rights.contact_adviser_by) == (D("2026-02-12"), D("2026-04-12"))
    assert on("2026-03-01", *ASSESSING).notices[-1].rights is None
    amend = on("2027-01-01", *PLAN, "review_meeting 2026-09-01", "review_decision 2026-09-20 outcome=amend").notices[-1]
    assert (amend.number, amend.rights) == ("N7", None)


def test_a_notice_is_complete_only_with_every_recipient_and_item():
    kind = KINDS["N3"]
    everything = {*kind.content, *STANDARD_RIGHTS}
    assert missing(kind, told=set(kind.to), included=everything) == []
    assert missing(kind, told={"family"}, included=everything - {"the reasons"}) == [
        "Tell the responsible commissioning body.",
        "Tell the head, principal or early years lead.",
        "Include the reasons.",
    ]
    assert {number.split("-")[0] for number in KINDS} == {f"N{number}" for number in range(1, 15)}


def test_a_plan_that_ceased_too_early_is_pointed_out():
    assert "before 2 September 2026" in on("2027-06-01", *CEASING, "plan_ceased 2026-08-01").warnings[-1]
    assert on("2027-06-01", *CEASING, "plan_ceased 2026-09-02").warnings == ()


def test_a_living_case_judges_each_round_and_a_restart_needs_an_end():
    year = "review_meeting {0}-03-02", "review_decision {0}-03-20 outcome=maintain", "review_completed {0}-03-20"
    story = ["plan_first_made 2024-04-01", *(step.format(n) for n in (2025, 2026) for step in year)]
    state = on("2026-06-01", *story, every=True)
    decisions = [(one.round, one.status, str(one.due)) for one in state.clocks if one.id == "review.decision"]
    assert decisions == [(1, "met", "2025-03-30"), (2, "met", "2026-03-30")]
    assert [str(one.due) for one in state.clocks if one.id == "review.next"] == ["2026-03-19", "2027-03-19"]
    assert [one.status for one in state.clocks if one.id == "review.next"] == ["late", "open"]
    again = fold(evs("request_received 2026-01-05", "request_received 2026-02-01"), as_of=D("2026-03-01"))
    assert [str(one.due) for one in again.clocks if one.id == "assess.decision"] == ["2026-02-16"]
    asked_again = on("2026-10-01", *REFUSED, "request_received 2026-09-01", every=True)
    assert [str(one.due) for one in asked_again.clocks if one.id == "assess.final_plan"] == ["2026-05-25", "2027-01-19"]


def test_under_five_reviews_are_for_children_under_five():
    made = [ev("plan_first_made 2026-01-05")]
    for born, runs in (("2021-01-06", True), ("2021-01-05", False), ("2012-01-01", False)):
        state = fold(made, as_of=D("2026-02-01"), born=D(born))
        assert (state.clock("review.under5") is not None) is runs


@pytest.mark.parametrize(
    ("before", "kind", "refused", "free"),
    [
        (DRAFT, "final_plan_sent", "2026-04-15", "2026-04-16"),
        ((*PLAN, "amendment_notice_sent 2026-09-01"), "amended_plan_sent", "2026-09-15", "2026-09-16"),
    ],
)
def test_a_plan_waits_for_the_familys_fifteen_days_or_for_their_response(before, kind, refused, free):
    known, proposed = evs(*before), before[-1].split()[1]
    with pytest.raises(NotPossible, match="still had time to respond") as wrong:
        check_event(known, ev(f"{kind} {refused}"), as_of=TODAY)
    assert wrong.value.field == "date"
    check_event(known, ev(f"{kind} {free}"), as_of=TODAY)
    check_event([*known, ev(f"family_responded {proposed}")], ev(f"{kind} {refused}"), as_of=TODAY)
    check_event([*known, ev(f"family_responded {refused}")], ev(f"{kind} {refused}"), as_of=TODAY)


def test_a_plan_that_was_sent_early_is_recorded_as_it_was_and_flagged():
    early = ev("final_plan_sent 2026-04-15 sent_early=true")
    check_event(evs(*DRAFT), early, as_of=TODAY)
    assert on(TODAY.isoformat(), *DRAFT, early).flags == ("finalised_inside_window",)
    with pytest.raises(NotPossible, match="sent that day all the same, say so"):
        check_event(evs(*DRAFT), ev("final_plan_sent 2026-04-15 sent_early=false"), as_of=TODAY)
    with pytest.raises(NotPossible, match=r"record the family's response first\.$"):
        check_event(evs(*DRAFT), early, as_of=early.date)
