"""The test vectors of the plans reference, part 7, hold exactly, from the words of the plan to the colour."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from kept.rules.delivery import (
    Amount,
    Calendar,
    HalfTerm,
    ProvisionItem,
    Record,
    Standing,
    Status,
    Step,
    Unit,
    calendar,
    expectations,
    item_of,
    standing,
    tally,
    total,
)
from kept.rules.plans import Provision, read_provision, write_provision
from kept.rules.plans.provision import HowOften
from kept.rules.plans.provision import Step as DatedStep

SET = json.loads((Path(__file__).resolve().parents[5] / "tests/data/delivery-vectors.json").read_text("utf-8"))
AFTER = date(2026, 8, 31)


def the_year() -> Calendar:
    terms = [HalfTerm(key, date.fromisoformat(a), date.fromisoformat(b)) for key, a, b in SET["year"]["half_terms"]]
    return calendar(terms)


def item(vector: dict, year: Calendar) -> ProvisionItem:
    if "words" in vector:
        return item_of(read_provision(vector["words"]), id="x", in_force_on=year.days[0])
    weeks = year.groups(Unit.WEEK)
    steps = [
        Step(Amount(1, one["minutes"], Unit(one["unit"])), weeks[one["until_week"] - 1][-1]) for one in vector["steps"]
    ]
    return ProvisionItem("x", "therapy", year.days[0], tuple(steps), ends_on=steps[-1].until)


def records(vector: dict, expected: list) -> list[Record]:
    """Every due session in turn until the minutes are used up; the rest is recorded as missed."""
    left, made, too_many = vector["delivered"] + vector.get("part", 0), [], vector.get("too_many", 0)
    for one in expected:
        each = one.quantity // one.sessions
        for number in range(one.sessions):
            minutes = min(each, left)
            left -= minutes
            status = Status.DELIVERED if minutes else Status.MISSED
            crowd = vector["pupils"] if too_many else None
            too_many = max(too_many - 1, 0)
            day = min(one.starts_on + timedelta(days=number), one.ends_on)
            made.append(Record(day, status, minutes, pupils=crowd, id=f"{day}{number}"))
    return made


def test_the_year_of_the_vectors_is_the_usual_one():
    year = the_year()
    assert (len(year.days), len(year.groups(Unit.WEEK)), len(year.half_terms)) == (190, 38, 6)


@pytest.mark.parametrize("vector", SET["vectors"], ids=lambda vector: vector["name"])
def test_a_vector_holds_exactly(vector):
    year = the_year()
    one = item(vector, year)
    if "due" not in vector:
        assert not one.schedulable
        assert not expectations(one, year)
        return
    absent = frozenset(year.days[10 : 10 + vector.get("absent_days", 0)])
    expected = list(expectations(one, year, absent=absent))
    counts, astray = tally(one, expected, records(vector, expected), today=AFTER)
    whole = total(counts)
    assert not astray
    assert (sum(e.sessions for e in expected), whole.due) == (vector["sessions"], vector["due"])
    assert (whole.delivered, whole.part) == (vector["delivered"], vector.get("part", 0))
    assert round(whole.rate, 3) == vector["rate"]
    assert round(whole.rate_with_part, 3) == vector.get("rate_with_part", vector["rate"])
    assert standing(whole) == vector["standing"]


def test_absence_written_down_day_by_day_counts_the_same():
    year = the_year()
    one = item(SET["vectors"][2], year)
    expected = list(expectations(one, year))
    said = [
        Record(day.starts_on, Status.ABSENT if number < 12 else Status.DELIVERED, id=str(number))
        for number, day in enumerate(expected)
    ]
    whole = total(tally(one, expected, said, today=AFTER)[0])
    assert (whole.due, whole.absent, whole.rate) == (1780, 120, 1.0)
    assert standing(whole) is Standing.GREEN


THERAPY = {"service": "speech and language therapy", "role": "speech and language therapist"}


@pytest.mark.parametrize(
    ("facts", "sessions", "minutes"),
    [
        ({"session_minutes": 45, "often": HowOften(1, "week", 3)}, 12, 540),
        ({"session_minutes": 45, "often": HowOften(2, "week", 3)}, 24, 1080),
        ({"session_minutes": 20, "often": HowOften(1, "week", 2)}, 19, 380),
        ({"session_minutes": 60, "often": HowOften(1, "half-term")}, 6, 360),
        ({"session_minutes": 60, "often": HowOften(1, "half-term", 2)}, 3, 180),
        ({"session_minutes": 60, "often": HowOften(2, "term")}, 6, 360),
        ({"session_minutes": 30, "often": HowOften(1, "fortnight", 2)}, 9, 270),
        ({"session_minutes": 10, "trigger": "the fire alarm sounds"}, 38, 38),
        (
            {
                "session_minutes": 30,
                "often": HowOften(1, "week", 2),
                "steps": (DatedStep(date(2025, 12, 19), 45, HowOften(2, "week", 3)),),
            },
            # fifteen weeks until the day are five times three; twenty-three weeks are left, eleven times two
            10 + 11,
            450 + 330,
        ),
    ],
)
def test_how_often_is_owed_as_the_sentence_of_the_fields_says(facts, sessions, minutes):
    year = the_year()
    written = Provision(**THERAPY, **facts)
    read = read_provision(write_provision(written))
    assert read == written
    expected = expectations(item_of(read, id="x", in_force_on=year.days[0]), year)
    assert (sum(one.sessions for one in expected), sum(one.quantity for one in expected)) == (sessions, minutes)


def test_listed_weeks_alone_are_owed_also_in_the_holidays():
    year = the_year()
    term, holiday = date(2025, 11, 3), date(2025, 10, 27)
    assert holiday not in year.open_days
    written = Provision(**THERAPY, session_minutes=60, often=HowOften(1, "day"), week_list=(holiday, term))
    expected = expectations(item_of(written, id="x", in_force_on=year.days[0]), year)
    assert [one.starts_on for one in expected] == [day + timedelta(n) for day in (holiday, term) for n in range(5)]
