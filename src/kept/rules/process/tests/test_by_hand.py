"""Corners worked out on paper from the reference: leap days, year ends, August, Christmas, exactly on the day."""

import pytest

from kept.rules.process.verify import answer

MOVED = ("moved", "2026-01-20")
AMENDING = (("review_meeting", "2026-06-01"), ("review_decision", "2026-06-29", {"outcome": "amend"}))
CEASING = ("cease_decision", "2026-05-01")
CASES = [
    ("2024-04-11", [("request_received", "2024-02-29")], "assess.decision", {"due": "2024-04-11", "status": "open"}),
    ("2025-03-01", [("plan_first_made", "2024-02-29")], "review.first", {"due": "2025-02-28", "days": 1}),
    ("2024-02-29", [("plan_first_made", "2023-03-01")], "review.first", {"due": "2024-02-29", "status": "open"}),
    ("2026-01-01", [("decision_notice_sent", "2025-12-31")], "mediation.contact_adviser", {"due": "2026-02-28"}),
    ("2026-01-01", [("decision_notice_sent", "2025-12-31")], "appeal.lodge", {"due": "2026-03-02"}),
    ("2026-12-01", [("decision_notice_sent", "2026-10-26")], "appeal.lodge", {"due": "2027-01-04"}),
    ("2026-07-01", [("decision_notice_sent", "2026-06-30")], "appeal.lodge", {"due": "2026-09-01"}),
    ("2026-10-05", [("appeal_sent_to_la", "2026-07-24")], "appeal.response", {"due": "2026-10-05", "status": "open"}),
    ("2026-01-25", [("move_known", "2025-12-29"), MOVED], "move.transfer_plan", {"due": "2026-01-20", "days": 5}),
    (
        "2026-01-15",
        [("move_known", "2026-01-02"), MOVED],
        "move.transfer_plan",
        {"due": "2026-01-22", "cutoff": "2025-12-29", "status": "open"},
    ),
    ("2026-01-15", [("icb_change_known", "2026-01-04")], "icb_change.notify", {"due": "2026-01-23"}),
    ("2026-02-01", [("post16_move", "2026-07-31")], "phase.post16_to_post16", {"due": "2026-02-28"}),
    (
        "2026-08-25",
        [*AMENDING, ("amendment_notice_sent", "2026-07-06")],
        "amend.final",
        {"due": "2026-08-24", "status": "overdue", "days": 1},
    ),
    ("2026-07-02", [CEASING], "cease.earliest", {"due": "2026-07-02", "status": "gate_open"}),
    (
        "2026-07-02",
        [CEASING, ("mediation_certificate_issued", "2026-06-20")],
        "cease.earliest",
        {"due": "2026-07-21", "status": "gate_closed"},
    ),
    ("2026-07-02", [CEASING, ("appeal_lodged", "2026-06-30")], "cease.earliest", {"due": None}),
    ("2027-01-06", [("detention_known", "2026-12-24")], "detained.send_plan", {"due": "2027-01-05", "days": 1}),
    ("2026-06-01", [("direct_payment_started", "2025-11-30")], "direct_payment.first_review", {"due": "2026-02-28"}),
    ("2026-06-01", [("direct_payment_started", "2025-11-28")], "direct_payment.first_review", {"due": "2026-02-27"}),
]


def given(as_of, events):
    written = [{"type": kind, "date": day, **(rest[0] if rest else {})} for kind, day, *rest in events]
    return answer([{"id": "by hand", "as_of": as_of, "events": written}])[0]


@pytest.mark.parametrize(("as_of", "events", "clock", "expected"), CASES)
def test_corner(as_of, events, clock, expected):
    (entry,) = [one for one in given(as_of, events)["clocks"] if one["clock"] == clock]
    assert {key: entry.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("absences", "status"),
    [
        ([("2026-01-10", "2026-02-07")], "released"),  # 28 days exactly
        ([("2026-01-10", "2026-02-06")], "late"),
        ([("2026-01-20", "2026-03-30")], "released"),  # 20 January to 16 February, the due date: 28 days
        ([("2026-01-21", "2026-03-30")], "late"),
        ([("2026-01-10", "2026-01-24"), ("2026-01-25", "2026-02-08")], "late"),  # never added together
    ],
)
def test_absence_exactly_on_the_limit(absences, status):
    named = {"clock": "assess.decision", "exception": "reg5_4.absence_4w", "impractical": True}
    recorded = [
        ("exception_recorded", "2026-02-20", named | {"facts": {"absent_from": left, "returned": back}})
        for left, back in absences
    ]
    events = [("request_received", "2026-01-05"), ("assess_decision", "2026-02-20", {"outcome": "assess"}), *recorded]
    found = given("2026-03-01", events)
    (entry,) = [one for one in found["clocks"] if one["clock"] == "assess.decision"]
    assert (entry["status"], entry["days"]) == (status, 4)
    assert found["flags"] == ([] if status == "released" else ["exception_rejected:reg5_4.absence_4w"])
