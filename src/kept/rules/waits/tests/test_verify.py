"""The public cases, and inputs beside them that a careful stranger would try."""

import json
import math
from pathlib import Path

import pytest

from kept.rules.waits import verify

DOCUMENT = json.loads((Path(__file__).parent / "data" / "waits-dev.json").read_text(encoding="utf-8"))
SIMULATED = ("standard_job", "wait_statement")


def smaller(case):
    """The same case with fewer replications, so that the test is quick; the tolerance stays."""
    if case["kind"] in SIMULATED:
        return {**case, "input": {**case["input"], "replications_min": 250}}
    return case


@pytest.mark.parametrize("case", [smaller(case) for case in DOCUMENT["cases"]], ids=lambda case: case["id"])
def test_public_case_agrees(case):
    document = {"cases": [case]}
    lines, agrees = verify.compare(document, verify.answer(document))
    assert agrees, lines


def one(kind, **given):
    (found,) = verify.answer({"cases": [{"id": "x", "kind": kind, "input": given}]})
    return found["result"]


def test_wrong_answer_is_reported():
    document = {"cases": [DOCUMENT["cases"][0]]}
    answers = verify.answer(document)
    answers[0]["result"]["load"] *= 1.001
    lines, agrees = verify.compare(document, answers)
    assert not agrees
    assert "T1a: load" in lines[0]


def test_missing_key_is_reported():
    document = {"cases": [DOCUMENT["cases"][0]]}
    answers = verify.answer(document)
    del answers[0]["result"]["pressure"]
    assert not verify.compare(document, answers)[1]


def test_one_bad_case_does_not_spoil_the_others():
    document = {
        "cases": [
            {"id": 1, "kind": "mmc", "input": {"lambda": 1}},
            DOCUMENT["cases"][0],
            {"id": 3, "kind": "no", "input": {}},
        ]
    }
    bad, good, unknown = verify.answer(document)
    assert "needs mu" in bad["result"]["error"]
    assert good["result"]["exp_factor"] == 4
    assert "no kind" in unknown["result"]["error"]


@pytest.mark.parametrize("document", [{}, {"cases": "x"}, 3])
def test_no_file_of_cases(document):
    with pytest.raises(ValueError, match="cases"):
        verify.answer(document)


def test_growing_queues_have_no_mean():
    assert one("mmc", **{"lambda": 9, "mu": 3, "c": 3, "t": 1})["Wq"] is None
    assert one("mmc", **{"lambda": 9, "mu": 3, "c": 3, "t": 1})["P_wait_gt_t"] == 1
    assert one("mg1", **{"lambda": 2, "mean_service": 1, "cv2": 1}) == {"Wq": None, "Lq": None, "rho": 2}
    found = one("weekly_lindley", referrals_poisson=10, slots=10, missed_probability=0)
    assert (found["mean_left"], found["P_empty"], found["P_gt_20"], found["p95"]) == (None, 0, 1, None)
    assert one("weekly_lindley", referrals_poisson=1, slots=0, missed_probability=0)["mean_left"] is None


def test_light_queue_waits_for_nobody():
    found = one("mmc", **{"lambda": 0.1, "mu": 10, "c": 2, "t": 1})
    assert found["erlang_c"] < 0.05
    assert found["p95_wait"] == 0


def test_fong_without_need_of_relief():
    found = one("fong_calc", demand=30, target_wait=52, factor=4, queue=400, mean_wait=10)
    assert found["relief_capacity"] is None
    assert "load" not in found


def test_position_with_closed_weeks_and_too_few():
    found = one("position_quantile", position=5, slots_by_week=[0, 4, 0, 4], missed_probability=0, levels=[0.5, 0.9])
    assert found["weeks"] == [4, 4]
    assert [found[f"P_seen_within_{n}_weeks"] for n in (1, 2, 3, 4)] == [0, 0, 0, 1]
    assert one("position_quantile", position=9, slots_by_week=[0, 0], missed_probability=0, levels=[0.5])["weeks"] == [
        None
    ]
    assert one("position_quantile", position=1, slots_by_week=[], missed_probability=0, levels=[0.5])["weeks"] == [None]


def test_position_with_one_number_of_slots():
    found = one("position_quantile", position=180, slots_by_week=25, missed_probability=0.1, levels=[0.1, 0.5, 0.9])
    assert found["weeks"] == [8, 8, 9]


def test_fluid_with_changes_of_capacity():
    capacity = [{"from_week": 0, "per_week": 10}, {"from_week": 10, "per_week": 30}]
    found = one("fluid_fifo", backlog=0, referrals_per_week=20, capacity=capacity, referral_weeks=[0, 5, 10, 20, 30])
    # the list grows by 10 a week to 100 at week 10, then falls by 10 a week to nothing at week 20
    assert found["cleared_week"] == 20
    assert [found[f"list_at_{week}"] for week in (0, 5, 10, 20, 30)] == [0, 50, 100, 0, 0]
    assert found["waits"] == pytest.approx([0, 5, 100 / 30, 0, 0])


def test_fluid_never_seen():
    found = one(
        "fluid_fifo", backlog=5, referrals_per_week=1, capacity=[{"from_week": 0, "per_week": 0}], referral_weeks=[0]
    )
    assert found["waits"] == [None]
    assert found["cleared_week"] is None


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("fluid_fifo", {"referrals_per_week": 1, "capacity": [5]}, "capacity[0] must be an object, not 5."),
        ("interval_score", {"level": 0.8, "items": [3]}, "items[0] must be a list, not 3."),
        ("interval_score", {"coverage": 5}, "coverage must be an object, not 5."),
        ("cohort_projection", {"x0": [1], "P": [1], "years": 1}, "P[0] must be a list, not 1."),
        ("wl_stats_compat", {"lists": ["a"]}, "lists[0] must be an object, not “a”."),
        ("backtest", {"national": {"2024": "x"}, "series": {}, "origins": []}, "national.2024 has to be a number"),
        ("backtest", {"national": {"a": 1}, "series": {}, "origins": []}, "national needs years such as 2024"),
        ("backtest", {"national": {}, "series": {"X": 5}, "origins": []}, "The series of X needs one count per year"),
    ],
)
def test_a_malformed_field_is_named(kind, given, words):
    assert words in one(kind, **given)["error"]


def test_lists_of_one_name_are_refused():
    one_list = {"name": "A", "referral_days": [0], "removal_days": [None]}
    assert one("wl_stats_compat", lists=[one_list])["A"]["queue"] == 1
    assert one("wl_stats_compat", lists=[one_list, one_list])["error"] == "Case x: Two lists are called A."


def test_a_year_without_weeks_is_refused():
    job = next(case["input"] for case in DOCUMENT["cases"] if case["kind"] == "standard_job")
    assert "weeks_per_year has to be more than 0" in one("standard_job", **job | {"weeks_per_year": 0})["error"]


def test_the_chance_to_have_been_empty_never_falls():
    # nobody waits at first: by the end of week 1 the list is empty unless two or more come, P(Poisson(1) <= 1) = 2 / e
    found = one("clear_probability", list=0, referrals_poisson=1, slots=1, weeks=[0, 1, 2, 9])
    chances = found["probability_list_has_been_empty_at_some_week_end"]
    assert chances == sorted(chances)
    assert chances[:2] == [0, pytest.approx(2 / math.e)]


def test_clear_probability_of_an_empty_start():
    found = one("clear_probability", list=0, referrals_poisson=0, slots=0, weeks=[0, 3])
    assert found["probability_list_has_been_empty_at_some_week_end"] == [0, 1]


def test_empty_lists_are_answered():
    assert one("percentile_interp", band_counts=[0, 0], quantile=0.5) == {"percentile": None}
    assert one("interval_score", level=0.8, items=[])["mean_interval_score"] is None
    found = one(
        "wl_stats_compat",
        lists=[{"name": "B", "referral_days": [], "removal_days": [], "start": 0, "end": 3, "target_weeks": 4}],
    )
    assert found["B"]["queue_series"] == [0, 0, 0, 0]
    assert found["B"]["load"] is None


def test_peer_capacity_begins_again_when_the_list_is_empty():
    lists = [
        {
            "name": "C",
            "referral_days": [0, 10, 20],
            "removal_days": [4, 12, None],
            "start": 0,
            "end": 20,
            "target_weeks": 4,
        }
    ]
    found = one("wl_stats_compat", lists=lists)["C"]
    # the list is empty on days 4 to 9 and 12 to 19; the gaps are 4 - 4 and 12 - 12, counted from the empty day itself
    assert found["queue_series"] == [1] * 4 + [0] * 6 + [1] * 2 + [0] * 8 + [1]
    assert found["capacity_weekly"] is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"max_attempts": 0}, "max_attempts"),
        ({"missed_probability": 1.2}, "missed_probability"),
        ({"list_shares": [1, 2]}, "one entry per list"),
        ({"discipline": "newest_first"}, "discipline"),
        ({"replications_min": 10**9}, "replications_min"),
    ],
)
def test_impossible_job_is_refused_with_a_sentence(change, words):
    given = next(case["input"] for case in DOCUMENT["cases"] if case["id"] == "T14a")
    assert words in one("standard_job", **{**given, **change})["error"]


def test_nobody_seen_has_no_mean():
    given = next(case["input"] for case in DOCUMENT["cases"] if case["id"] == "T14a")
    nobody = {**given, "slots_per_fte_week": [0] * 6, "replications_min": 5, "weeks": 20}
    found = one("standard_job", **nobody)
    assert found["seen"] == 0
    assert found["mean_wait_weeks"] is None


def test_statement_for_a_list_without_capacity():
    given = next(case["input"] for case in DOCUMENT["cases"] if case["id"] == "T15")
    found = one("wait_statement", **{**given, "slots_per_fte_week": 0})
    assert "no date" in found["error"]


def test_statement_with_capacity_to_spare_is_right_at_once():
    given = next(case["input"] for case in DOCUMENT["cases"] if case["id"] == "T15")
    found = one("wait_statement", **{**given, "slots_per_fte_week": 9, "replications_min": 20})
    assert found == {"true_mean_wait": 0, "bias_mean_waited_so_far": 0, "bias_position_planned_capacity": 0}


def test_a_statement_does_not_count_children_who_have_left():
    # 100 referrals a week for 21 weeks, 5% leave each week, the first slots in week 21: 100 (1 - 0.95^21) / 0.05 = 1319
    # children are on the list at the end of week 20, not the 2100 who were referred; at 100 slots a week that is 13.7
    found = one(
        "wait_statement",
        referrals_per_week=100,
        weekly_withdrawal_hazard=0.05,
        slots_per_fte_week=1,
        fte_by_period=[{"from_week": 0, "fte": 0}, {"from_week": 21, "fte": 100}],
        backlog_mean=0,
        backlog_weeks=0,
        referral_week=20,
        replications_min=100,
    )
    assert found["true_mean_wait"] + found["bias_position_planned_capacity"] == pytest.approx(13.7, abs=0.3)


def test_where_all_are_urgent_the_child_waits_as_where_nobody_is():
    given = next(case["input"] for case in DOCUMENT["cases"] if case["id"] == "T15")
    nobody, everybody = (one("wait_statement", **{**given, "urgent_share": x, "replications_min": 40}) for x in (0, 1))
    assert everybody["true_mean_wait"] == pytest.approx(nobody["true_mean_wait"], abs=1.5)
    assert abs(everybody["bias_position_planned_capacity"]) < 0.3
