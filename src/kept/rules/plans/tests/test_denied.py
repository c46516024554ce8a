"""What a part rules out, tells of a place or only mentions raises nothing; the same words used raise their rule."""

import pytest

from kept.rules.plans import acts, denied, matter
from kept.rules.plans.engine import lint
from kept.rules.plans.model import Child, Context, Part, Plan

SEEN = "A registered physiotherapist will see Sam one-to-one for an hour each week of term to practise stairs. "


def raised(text, section="F"):
    plan = Plan((Part("X1", section, text),), Context(child=Child("Sam", "he/him", 9, 4)))
    return {each.rule for each in lint(plan)} - {"F24", "B07", "E04"}


@pytest.mark.parametrize(
    ("denies", "uses", "rule"),
    [
        ("This does not depend on funding.", "This depends on funding.", "F06"),
        (
            "No session will be given up because of staff shortages.",
            "There will be gaps because of staff shortages.",
            "F06",
        ),
        (
            "It will not be left to the school to decide how often.",
            "It is left to the school to decide how often.",
            "F12",
        ),
        ("None of the time may be used for other pupils.", "The time may be used for other pupils.", "F14"),
        ("The hour must never be reduced by the service.", "The hour can be reduced by the service.", "F14"),
    ],
)
def test_what_is_denied_raises_nothing(denies, uses, rule):
    assert rule not in raised(SEEN + denies)
    assert rule in raised(SEEN + uses)


def test_a_denial_ends_with_its_clause():
    assert "F06" in raised(SEEN + "It will not start until a therapist has been recruited.")
    assert "F05" in raised("Sam cannot sit for long and will have physiotherapy as needed.")


@pytest.mark.parametrize(
    "amount",
    ["No amount has been set", "Nothing has been decided about the hours", "No hours have been agreed"],
)
def test_an_amount_that_nobody_has_set_is_not_ruled_out(amount):
    assert not denied.only_denies(amount.lower() + ".")


def test_where_a_place_is_gives_nothing():
    assert denied.tells_of_place("access to the hall is by ramp.")
    assert not denied.tells_of_place("access to a quiet room is by request to a teacher.")
    assert raised("Access to the hall is by ramp. " + SEEN) == set()
    assert "F04" in raised("Sam will have access to the sensory room.")


def test_a_title_is_who_somebody_is():
    text = (
        "The opportunities co-ordinator, a qualified teacher, will teach Sam alone to use maps for an hour each week."
    )
    assert raised(text) == set()
    assert "F04" in raised("There will be opportunities for Sam to see a qualified teacher.")


def test_a_pupil_taken_out_of_a_lesson_is_no_provision_withdrawn():
    assert raised("Sam will be withdrawn from French. " + SEEN) == set()
    assert "F14" in raised(SEEN + "The therapy will be withdrawn when Sam makes progress.")


def test_where_a_seat_stands_is_no_equipment():
    assert denied.stands("sam's seat will be by the door.")
    assert "F26" in raised("Sam will have a seat.")


def test_what_a_lesson_is_about_is_mentioned():
    head = "a qualified drama teacher will meet sam alone for an hour each week to act scenes about "
    assert matter.mentioned(head)
    assert not matter.mentioned("scenes about ")
    assert not matter.mentioned(head + "school, if ")


@pytest.mark.parametrize(
    "says",
    [
        "sam transposes letters and muddles 'was' and 'saw'.",
        "hypermobility makes sam's pencil slide out of his fingers.",
        "sam, who is autistic, bolts from the hall.",
        "because of his tourette's sam's head jerks.",
    ],
)
def test_what_a_child_does_is_known_by_any_verb(says):
    assert acts.does_something(says)
    assert "B01" not in raised(says[0].upper() + says[1:], "B")


@pytest.mark.parametrize(
    "says",
    [
        "sam has autism, learning difficulties and sensory needs.",
        "sam has adhd. this impacts his learning in lots of ways.",
        "sam's diagnosis is dyslexia.",
    ],
)
def test_having_a_label_is_no_act(says):
    assert not acts.does_something(says)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By July 2027 Sam will have completed a course of play therapy.", {"E01"}),
        ("By July 2027 there will be a laptop for Sam.", {"E01"}),
        ("By July 2027 Sam's speech will be clearer.", {"E02"}),
        ("By July 2027 Sam will have fewer outbursts.", {"E02"}),
        ("By July 2027 Sam will get help by pressing his buzzer on eight occasions out of ten.", set()),
        ("By July 2027 mum will have completed the course.", {"E07"}),
        ("By July 2027 there will be no more hitting.", {"E13"}),
    ],
)
def test_outcomes_by_what_is_laid_on_and_what_is_better(text, expected):
    assert raised(text, "E") & {"E01", "E02", "E07", "E13"} == expected


@pytest.mark.parametrize(
    "often",
    [
        "for 1.5 hrs/wk",
        "for one period (55 minutes) on day 3 and day 8 of the ten-day timetable",
        "on weekdays, at 9.10, for twenty minutes",
        "for twelve and a half hours a week",
    ],
)
def test_unusual_ways_to_say_how_often(often):
    assert raised(f"A qualified specialist teacher will teach Sam alone {often}, blending three sounds.") == set()


def test_a_setting_is_whatever_opens_section_i():
    plan = Plan((Part("I1", "I", "Greyfriars. The placement depends on transport."),), Context(stage="final"))
    assert {"I03", "I05"} <= {each.rule for each in lint(plan)}


def test_three_givers_of_timed_services_are_three_services():
    each = "{}: 30 minutes each week, one-to-one, on {}."
    three = [("Speech and language therapist", "words"), ("Physiotherapist", "stairs"), ("Counsellor", "loss")]
    assert "F29" in raised(" ".join(each.format(*one) for one in three))
    assert "F29" not in raised(" ".join(each.format(*one) for one in three[:2]))


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        (" when the service has a vacancy.", "F06"),
        (", provided a therapist has been recruited.", "F06"),
        (". It will not start until a therapist has been recruited.", "F06"),
        (", when the teacher thinks it helpful.", "F05"),
    ],
)
def test_a_condition_after_what_is_practised_is_a_condition_still(tail, rule):
    assert rule in raised(SEEN.strip(" .") + tail)


def test_a_condition_that_is_learnt_is_none():
    teacher = "A qualified teacher will teach Sam alone for an hour a week to "
    for learns in ("say when he needs help.", "practise what to do if the bus is full.", "learn when to wait."):
        assert raised(teacher + learns) == set()


def test_what_happens_in_absence_is_no_second_provision():
    assert raised(SEEN + "If the therapist is ill another registered physiotherapist takes the session.") == set()


@pytest.mark.parametrize(
    "ends",
    [
        "When his targets have been met this will come to an end.",
        "The therapist can bring this to a close.",
        "The school has leave to move the time to another pupil.",
        "She may shorten the sessions.",
    ],
)
def test_an_end_or_another_use_is_known_by_its_build(ends):
    assert raised(SEEN + ends) & {"F01", "F02", "F14"} == {"F14"}


def test_a_strange_name_is_whom_the_pronoun_means():
    girl = Context(child=Child("Eve", "she/her", 9, 4))
    told = "A registered art therapist will see Daniel one-to-one for 50 minutes a week. In the sessions he will draw."
    assert {"S06", "S07"} <= {each.rule for each in lint(Plan((Part("F1", "F", told),), girl))}


@pytest.mark.parametrize(
    ("payment", "differs"),
    [("A direct payment covers music therapy once a fortnight.", True), ("It covers music therapy each week.", False)],
)
def test_a_payment_for_another_number_of_times_contradicts(payment, differs):
    given = "A registered music therapist will see Sam one-to-one for 40 minutes every week in term time to sing."
    plan = Plan((Part("F1", "F", given), Part("J1", "J", payment)), Context(child=Child("Sam", "he/him", 9, 4)))
    assert ("S18" in {each.rule for each in lint(plan)}) is differs


def test_advice_that_will_not_put_a_number_is_too_vague():
    assert "K05" in raised("Physiotherapy advice, 8 January 2026: I am not able to put hours in my advice.", "K")
    assert "K05" not in raised("Physiotherapy advice, 8 January 2026: he does not walk more than ten metres.", "K")
