"""Reading and writing provision: numbers, frequencies, dates, and the round trip between facts and sentence."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.plans import Child, Context, Part, Plan, lint, numbers
from kept.rules.plans.dates import dates
from kept.rules.plans.provision import HowOften, Provision, Ratio, Review, Step, read_provision
from kept.rules.plans.provision_sentence import write_provision


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("for 45 minutes", [45]),
        ("half an hour", [30]),
        ("an hour and a half", [90]),
        ("one and a half hours", [90]),
        ("1 hour and 15 minutes", [75]),
        ("three-quarters of an hour", [45]),
        ("a 20-minute session", [20]),
        ("twenty-five minutes", [25]),
        ("from 9.00 to 10.30", [90]),
        ("within ten minutes", []),
        ("ten minutes before lunch", []),
    ],
)
def test_durations(words, minutes):
    assert [each.value for each in numbers.durations(words)] == minutes


@pytest.mark.parametrize(
    ("words", "times", "unit", "every"),
    [
        ("twice a week", 2, "week", 1),
        ("every tuesday and thursday", 2, "week", 1),
        ("once a fortnight", 1, "fortnight", 1),
        ("every six weeks", 1, "week", 6),
        ("every other week", 1, "week", 2),
        ("three 20-minute sessions each week", 3, "week", 1),
        ("half-termly", 1, "half-term", 1),
        ("each school day", 1, "day", 1),
        ("in every maths lesson", 1, "lesson", 1),
    ],
)
def test_frequencies(words, times, unit, every):
    first = numbers.frequencies(words)[0]
    assert (first.times, first.unit, first.every) == (times, unit, every)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by 3 june 2026", date(2026, 6, 3)),
        ("by july 2026", date(2026, 7, 31)),
        ("by 03/06/26", date(2026, 6, 3)),
        ("summer term 2026", date(2026, 7, 31)),
        ("by 31 february 2026", None),
    ],
)
def test_dates(words, day):
    assert [each.on for each in dates(words)][:1] == ([day] if day else [])


def test_year_totals_follow_the_school_year():
    weekly = read_provision(
        "A registered speech and language therapist will see her one-to-one for 45 minutes each week."
    )
    fortnightly = read_provision("A registered physiotherapist will see him for 30 minutes once a fortnight.")
    assert (weekly.minutes_a_year, fortnightly.minutes_a_year) == (1710, 570)


def test_what_cannot_be_scheduled_says_why():
    vague = read_provision("Regular speech therapy as required.")
    assert not vague.schedulable
    assert "This does not say for how long." in vague.reasons
    limit = read_provision("Up to 15 hours per week of support from a teaching assistant.")
    assert limit.reasons == ("The amount is a limit, not a promise.",)


DAYS = st.dates(date(2024, 9, 1), date(2030, 7, 31))
OFTEN = st.one_of(
    st.builds(
        HowOften, st.integers(1, 5), st.sampled_from(["day", "week", "fortnight", "month", "half-term", "term", "year"])
    ),
    st.builds(
        HowOften, st.integers(1, 3), st.sampled_from(["week", "month", "half-term", "term", "year"]), st.integers(2, 8)
    ),
)
ROLES = [
    "speech and language therapist",
    "occupational therapist",
    "physiotherapist",
    "teaching assistant",
    "qualified teacher",
    "music therapist",
]
COMMON = {
    "service": st.sampled_from(
        ["speech and language therapy", "occupational therapy", "physiotherapy", "music therapy"]
    ),
    "weeks": st.sampled_from(["", "term time", "year-round"]),
    "ratio": st.one_of(
        st.none(),
        st.builds(Ratio, st.integers(1, 12)),
        st.builds(Ratio, st.integers(3, 9), st.integers(2, 3)),
        st.builds(Ratio, st.integers(4, 12), of=st.just("class")),
    ),
    "week_list": st.lists(DAYS, max_size=3).map(tuple),
    "role": st.sampled_from(ROLES),
    "expertise": st.sampled_from(["", "makaton", "the numicon approach"]),
    "supervised_by": st.sampled_from(["", "educational psychologist", "occupational therapist"]),
    "place": st.sampled_from(["", "withdrawn", "home", "clinic"]),
    "start": st.one_of(st.none(), DAYS),
    "end": st.one_of(st.none(), DAYS),
    "steps": st.lists(st.builds(Step, DAYS, st.integers(5, 90), OFTEN), max_size=2).map(tuple),
    "review": st.one_of(
        st.none(),
        st.builds(
            Review,
            st.sampled_from(["physiotherapist", "class teacher"]),
            st.sampled_from(["", "each term", "every half-term"]),
            st.sampled_from(["", "the count of words said"]),
        ),
    ),
    "minimum": st.booleans(),
    "focus": st.sampled_from(["", "build two-word phrases", "practise zips and buttons"]),
}


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.builds(Provision, session_minutes=st.integers(5, 180), often=OFTEN, **COMMON),
        st.builds(
            Provision,
            session_minutes=st.integers(5, 60),
            trigger=st.sampled_from(["the fire alarm sounds", "she leaves a lesson early"]),
            **COMMON,
        ),
        st.builds(Provision, weekly_minutes=st.integers(5, 1500), **COMMON),
        st.builds(
            Provision,
            coverage=st.sampled_from(["in every lesson", "full time", "for every transition"]),
            **(COMMON | {"minimum": st.just(False)}),
        ),
    ).map(lambda made: replace(made, weeks="") if made.week_list else made)  # one way to say in which weeks
)
def test_reading_what_was_written_gives_the_facts_back(provision):
    assert read_provision(write_provision(provision)) == provision


FULL = Provision(
    service="speech and language therapy",
    role="speech and language therapist",
    expertise="developmental language disorder",
    ratio=Ratio(1),
    focus="teach her to follow instructions with two key words",
    review=Review("speech and language therapist", "each term", "the number of instructions followed"),
)


@pytest.mark.parametrize(
    "amount",
    [
        {"session_minutes": 45, "often": HowOften(2, "week", 3), "place": "withdrawn"},
        {"session_minutes": 45, "often": HowOften(1, "half-term"), "place": "clinic", "weeks": "year-round"},
        {"session_minutes": 10, "trigger": "the fire alarm sounds", "place": "class"},
        {"coverage": "in all lessons", "weeks": "term time"},
        {"session_minutes": 60, "often": HowOften(1, "day"), "week_list": (date(2026, 10, 26), date(2027, 2, 15))},
        {
            "session_minutes": 30,
            "often": HowOften(1, "fortnight"),
            "steps": (Step(date(2026, 12, 18), 40, HowOften(1, "week")),),
            "place": "home",
        },
    ],
)
def test_the_sentence_of_full_boxes_is_not_complained_of(amount):
    words = write_provision(replace(FULL, **amount))
    known = Context(child=Child("Nia", "she/her", 8, 4))
    assert [(one.rule, one.words) for one in lint(Plan((Part("x", "F", words),), known))] == []
