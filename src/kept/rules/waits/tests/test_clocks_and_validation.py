"""The two clocks folded from events, the standards as dated rows, and the checks of a list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kept.rules.waits import clocks
from kept.rules.waits.clocks import Event, both_clocks, lived_wait, reportable_wait, standard
from kept.rules.waits.validation import Entry, Offer, Pause, Policy, validate

TODAY = date(2026, 6, 1)
RTT = standard("rtt", TODAY)


def event(kind, day, **more):
    return Event(kind, date.fromisoformat(day), **more)


def test_same_day_is_no_wait():
    found = lived_wait([event("referred", "2026-05-01"), event("attended", "2026-05-01")], TODAY)
    assert (found.days, found.stop) == (0, date(2026, 5, 1))


def test_lived_wait_is_never_reset():
    events = [event("referred", "2026-01-01"), event("not_brought", "2026-02-01"), event("referred", "2026-03-01")]
    assert lived_wait(events, TODAY).days == 151


def test_first_missed_appointment_sets_the_count_back_until_a_new_date():
    events = [event("referred", "2026-01-01"), event("not_brought", "2026-02-01")]
    assert reportable_wait(events, TODAY, RTT).days is None
    again = reportable_wait([*events, event("new_date_agreed", "2026-05-22")], TODAY, RTT)
    assert again.days == 10
    assert len(again.reasons) == 2


def test_missed_appointment_that_was_not_told_changes_nothing():
    events = [event("referred", "2026-01-01"), event("not_brought", "2026-02-01", told=False)]
    assert reportable_wait(events, TODAY, RTT).days == 151


def test_later_missed_appointment_changes_nothing():
    events = [event("referred", "2026-01-01"), event("attended", "2026-01-20"), event("not_brought", "2026-02-01")]
    assert reportable_wait(events, TODAY, RTT).days == 151


def test_active_monitoring_stops_and_resuming_starts_anew():
    events = [event("referred", "2026-01-01"), event("monitoring_started", "2026-02-01")]
    assert reportable_wait(events, TODAY, RTT).days == 31
    assert reportable_wait([*events, event("resumed", "2026-05-25")], TODAY, RTT).days == 7


def test_events_after_today_are_not_known_yet():
    assert reportable_wait([event("referred", "2026-05-31"), event("discharged", "2026-06-09")], TODAY, RTT).days == 1


def test_shortage_of_staff_never_pauses_a_clock():
    row = standard("ehc_final_plan", TODAY)
    events = [
        event("request_received", "2026-01-01"),
        event("paused", "2026-02-01", reason="no_professional_available"),
    ]
    with pytest.raises(ValueError, match="shortage of staff"):
        reportable_wait(events, TODAY, row)


def test_pause_counts_only_for_its_reason():
    row = replace(RTT, pause_reasons=("family_away",))
    events = [event("referred", "2026-01-01"), event("paused", "2026-02-01", reason="family_away")]
    assert reportable_wait(events, TODAY, row).days == 31
    assert reportable_wait([*events, event("resumed", "2026-02-11")], TODAY, row).days == 141
    with pytest.raises(ValueError, match="not a reason"):
        reportable_wait(events, TODAY, RTT)


def test_both_clocks_are_shown_when_they_differ():
    events = [
        event("referred", "2026-01-01"),
        event("not_brought", "2026-02-01"),
        event("new_date_agreed", "2026-02-10"),
    ]
    found = both_clocks(events, TODAY, RTT)
    assert (found.lived.days, found.reportable.days, found.show_both) == (151, 111, True)
    assert "missed on 2026-02-01" in found.why
    assert not both_clocks(events[:1], TODAY, RTT).show_both


def test_withdrawal_ends_both():
    found = both_clocks([event("referred", "2026-01-01"), event("withdrawn", "2026-01-31")], TODAY, RTT)
    assert (found.lived.days, found.reportable.days) == (30, 30)


def test_no_referral_no_wait():
    assert lived_wait([event("attended", "2026-01-31")], TODAY).days is None


@pytest.mark.parametrize(
    ("start", "stop", "inside"),
    [
        ("2025-11-30", "2026-02-28", (True, True)),  # clamped to the end of the month; 90 days
        ("2025-11-30", "2026-03-01", (False, True)),  # 91 days, but after the three months
        ("2026-07-01", "2026-10-01", (True, False)),  # three months to the day, 92 days
    ],
)
def test_three_months_and_ninety_one_days_are_not_the_same(start, stop, inside):
    row = standard("autism_start", TODAY)
    assert clocks.within(date.fromisoformat(start), date.fromisoformat(stop), row) == inside


def test_within_weeks_is_days():
    start = date(2026, 1, 1)
    assert clocks.within(start, start + timedelta(days=126), RTT) == (True, True)
    assert clocks.within(start, start + timedelta(days=127), RTT) == (False, False)


def test_standards_are_dated():
    with pytest.raises(ValueError, match="in force"):
        standard("community_2029", date(2024, 1, 1))
    assert {row.status for row in clocks.standards()} == {"checked", "secondary", "proposed"}


# --- validation -----------------------------------------------------------------------------------------------------

POLICY = Policy({"speech": 17}, longest_pause=28)
GOOD = Entry(
    "r1",
    "c1",
    "speech",
    "assessment",
    referral_made_on=date(2026, 4, 1),
    referral_received_on=date(2026, 4, 2),
    accepted_on=date(2026, 4, 16),
    clock_start_on=date(2026, 4, 1),
    born_on=date(2018, 1, 1),
    offers=(Offer(date(2026, 5, 1), date(2026, 5, 20)),),
    last_event_on=date(2026, 5, 20),
)


def codes(*entries, **more):
    return [finding.code for finding in validate(entries, today=TODAY, policy=POLICY, **more)]


def test_good_entry_has_no_findings():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("V1", {"closed_on": date(2026, 3, 1), "closed_reason": "withdrawn_by_family"}),
        (
            "V2",
            {
                "offers": (),
                "last_event_on": None,
                "referral_made_on": date(2026, 1, 1),
                "referral_received_on": None,
                "accepted_on": None,
                "clock_start_on": None,
            },
        ),
        ("V3", {"born_on": date(2008, 6, 1)}),
        ("V5", {"closed_on": date(2026, 5, 20), "closed_reason": "seen"}),
        ("V6", {"clock_start_on": date(2026, 5, 2)}),
        ("V7", {"nullified_on": (date(2026, 5, 3), date(2026, 5, 9))}),
        ("V8", {"pauses": (Pause(date(2026, 5, 3), None),)}),
        ("V9", {"closed_on": date(2026, 6, 2), "closed_reason": "withdrawn_by_family"}),
        ("V10", {"accepted_on": date(2026, 4, 17)}),
    ],
)
def test_each_check_finds_its_own_fault_alone(code, change):
    assert codes(replace(GOOD, **change)) == [code]


def test_age_limit_is_the_last_birthday():
    assert codes(replace(GOOD, born_on=date(2008, 6, 2))) == []


def test_duplicates_are_one_finding():
    (found,) = validate([GOOD, replace(GOOD, ref="r2")], today=TODAY, policy=POLICY)
    assert (found.code, found.refs) == ("V4", ("r1", "r2"))
    assert codes(GOOD, replace(GOOD, ref="r2", stage="therapy")) == []


def test_default_dates_of_an_import():
    day = date(2026, 5, 4)
    batch = [replace(GOOD, ref=f"r{i}", child=f"c{i}", imported_on=day, batch="b") for i in range(20)]
    suspect = replace(
        batch[0], referral_made_on=day, accepted_on=None, clock_start_on=None, referral_received_on=None, offers=()
    )
    assert codes(suspect, *batch[1:]) == []  # one in twenty is 5%, not more
    assert codes(suspect, *batch[1:19]) == ["V11"]


def test_source_that_stopped_and_totals_that_do_not_add_up():
    entries = [replace(GOOD, ref=f"r{i}", child=f"c{i}", source="trust") for i in range(4)]
    assert codes(*entries, last_month={"trust": 8}) == []
    assert codes(*entries, last_month={"trust": 9, "gone": 1}) == ["V12", "V12"]
    assert codes(GOOD, totals=[("referrals", 10, [4, 6]), ("seen", 10, [4, 5])]) == ["V13"]


def test_extreme_waits_are_checked_by_hand():
    entries = [
        replace(GOOD, ref=f"r{i}", child=f"c{i}", referral_made_on=date(2026, 4, 1) - timedelta(days=i))
        for i in range(400)
    ]
    found = [finding for finding in validate(entries, today=TODAY, policy=POLICY) if finding.code == "V14"]
    assert [finding.refs for finding in found] == [("r398",), ("r399",)]
