"""Every field of every public case, spoilt in every way: refused alone with a sentence that names the field."""

import copy
import json
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

from kept.rules.waits import numbers, verify

DOCUMENT = json.loads((Path(__file__).parent / "data" / "waits-dev.json").read_text(encoding="utf-8"))
BY_KIND = {case["kind"]: case for case in reversed(DOCUMENT["cases"])}
NOT_NUMBERS = (True, "x", "12", {}, {"a": 1}, [None], [["a"]], 10**400, 1e308, -1e308, float("nan"), float("inf"))


def places(value, here=()):
    """The way to every value inside; of a list the first two entries."""
    inside = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*here, key)
        yield from places(one, (*here, key))


def spoilt(case, place, value):
    """The same case with another value in one place."""
    case = copy.deepcopy({key: case[key] for key in ("id", "kind", "input")})
    if "replications_min" in case["input"]:
        case["input"]["replications_min"] = 2
        case["input"]["weeks"] = 30
    inside = case["input"]
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = value
    return case


def is_lawful(place, value):
    """A name may be any text, an area may have no counts, a choice may be true."""
    return (
        (place[-1] == "name" and isinstance(value, str))
        or (place[0] == "series" and value == {})
        or (place[-1] == "missed_child_keeps_place" and value is True)
    )


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_spoilt_field_is_named(kind):
    case = BY_KIND[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for place in places(case["input"]):
            for value in NOT_NUMBERS:
                if is_lawful(place, value):
                    continue
                (found,) = verify.answer({"cases": [spoilt(case, place, value)]})
                sentence = found["result"].get("error")
                assert sentence, (place, value, found)
                assert sentence.startswith(f"Case {case['id']}: "), sentence
                assert all(key in sentence for key in place if isinstance(key, str)), (place, value, sentence)
                assert "has not the form" not in sentence


@pytest.mark.parametrize("name", ["missed_child_keeps_place", "discipline", "urgent_share", "missed_probability"])
@pytest.mark.parametrize("value", ["", [], {}, "false"])
def test_an_empty_text_or_list_is_no_default(name, value):
    assert name in one("T14a", **{name: value})["error"]


@pytest.mark.parametrize("value", ["", [], {}])
def test_an_empty_capacity_is_no_missing_capacity(value):
    assert "capacity has to be a number" in one("T1a", capacity=value)["error"]
    assert one("T1a", capacity=0)["load"] is None


def test_a_growth_beyond_counting_is_refused():
    assert "joiner_growth" in one("T11a", joiner_growth=1e6, years=1000)["error"]


def test_a_row_of_rounded_shares_may_come_out_a_little_above_one():
    shares = [[0.3333334, 0.3333333, 0.3333334]] * 3
    assert one("T11a", P=shares)["year1"][0] == pytest.approx(12 + 240 / 3, rel=1e-5)
    assert "Row 2 of P" in one("T11a", P=[[0, 0, 0], [0.4, 0.4, 0.21], [0, 0, 0]])["error"]


def test_a_week_in_a_key_has_all_its_digits():
    found = one("T9", referral_weeks=[40.0, 12.34567891, 1234567])
    assert {"list_at_40", "list_at_12.34567891", "list_at_1234567"} <= set(found)


def test_slots_out_of_order_are_answered_in_their_order():
    found = one("T13a", schedule={"referral_days": [5, 0], "slot_days": [9, 3, 1]})["schedule"]
    assert found == {"removal_days": [1, 9], "slot_used": [1, 0, 1]}


@pytest.mark.parametrize(
    ("id_", "change"),
    [
        ("T6a", {"referrals_poisson": 99_999, "slots": 100_000}),
        ("T8", {"list": 10_000_000, "referrals_poisson": 1e5, "slots": 100_000, "weeks": [3]}),
    ],
)
def test_what_is_too_large_is_refused_before_the_work(id_, change):
    before = time.process_time()
    assert "too" in one(id_, **change)["error"]
    assert time.process_time() - before < 2


def test_factorials_of_large_numbers_are_those_of_the_small_ones():
    found = numbers.log_factorials(1500)
    steps = np.diff(found)
    assert steps == pytest.approx(np.log(np.arange(1, 1501)), abs=1e-10)


def one(id_, **change):
    case = next(case for case in DOCUMENT["cases"] if case["id"] == id_)
    small = {"replications_min": 2, "weeks": 30} if "replications_min" in case["input"] else {}
    given = {"id": id_, "kind": case["kind"], "input": {**case["input"], **small, **change}}
    (found,) = verify.answer({"cases": [given]})
    return found["result"]
