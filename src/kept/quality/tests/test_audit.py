"""An audit from the draw to its closed actions: nobody sees too much, nobody judges what they know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kept.access.acting import Refused
from kept.duties.models import Duty
from kept.quality import drawing, following, judging, queries
from kept.quality.models import Chair, Copy, Machine, Mark, Sampled, Seat
from kept.quality.tests.place import a_place, judges
from kept.rules.plans import rules
from kept.rules.quality import Grade
from tests.standing import standing


@standing
def place():
    return a_place(4)


def opened(place, **more):
    facts = {
        "name": "Autumn", "size": 4, "seed": 7, "since": place.today - timedelta(days=90), "until": place.today,
        "auditors": judges(place), "due_on": place.today + timedelta(days=28), "also": ("Barnaby",), **more,
    }  # fmt: skip
    with place.acting(place.manager) as by:
        return drawing.open_round(by=by, **facts)


def judge(place, seat, grade=3, **special):
    with place.acting(seat.auditor) as by:
        grades = {
            section: (special.get(section, grade), "Because of what it says")
            for section in judging.sections_of(seat.copy)
        }
        return judging.judge(by=by, seat=seat, grades=grades)


def seats_of(place, number=1):
    with place.acting(place.manager) as by:
        found = Seat.objects.filter(area=by.area, copy__number=number, stood_down_because="")
        return {seat.chair: seat for seat in found.select_related("copy__round", "auditor")}


def test_the_sample_can_be_drawn_again_and_names_are_gone(place):
    made = opened(place)
    with place.acting(place.manager) as by:
        asked = {"size": 4, "seed": 7, "since": made.frame_from, "until": made.frame_to}
        again = drawing.foresee(by=by, **asked, also=("Barnaby",))
        kept = set(Sampled.objects.values_list("plan_version", flat=True))
        assert {one.version.pk for one, _ in again.plans} == kept
        assert "Barnaby" in drawing.foresee(by=by, **asked).doubtful
        words = " ".join(str(copy.parts) for copy in Copy.objects.all())
        words += " ".join(str(machine.findings) for machine in Machine.objects.all())
        for name in ("Nia", "Sample", "Fernsby", "Harbour", "Barnaby"):
            assert name not in words
        assert "[child]" in words
        assert "S05" not in words, "our own marks are not taken for what a form left behind"
        assert made.frame_size == 4
        assert sum(one["drawn"] for one in made.strata) == 4


def test_two_agencies_and_a_parent_sit_at_each_plan_and_nobody_at_one_that_they_know(place):
    opened(place)
    with place.acting(place.manager) as by:
        for copy in Copy.objects.filter(area=by.area):
            seats = {seat.chair: seat for seat in copy.seats.all()}
            assert seats[Chair.FIRST].agency_id != seats[Chair.SECOND].agency_id
            assert seats[Chair.PARENT].auditor_id == place.parent.pk
            fact = copy.sampled
            assert fact.writer_id not in {seat.auditor_id for seat in seats.values()}
            if fact.child_id == place.children[0].pk:
                sitting = {seat.auditor_id for seat in seats.values()}
                assert not sitting & {place.therapist.pk, place.nurse.pk}
        with pytest.raises(Refused, match="parent-carer"):
            drawing.open_round(
                by=by, name="Without parents", size=2, seed=1, since=place.today - timedelta(days=90),
                until=place.today, auditors=judges(place) - {place.parent.pk}, due_on=place.today,
            )  # fmt: skip


def test_each_judges_alone_and_the_machine_is_shown_when_both_have(place):
    opened(place)
    seats = seats_of(place)
    first, second, parent = seats[Chair.FIRST], seats[Chair.SECOND], seats[Chair.PARENT]
    with place.acting(first.auditor) as by:
        _, wrong = judging.judge(by=by, seat=first, grades={"A": (3, "Clear")})
        assert wrong["F"] == "Choose a grade."
        assert first.judged_on is None
    judge(place, first, F=1)
    with place.acting(first.auditor) as by:
        own = queries.seat_of(by, first.pk)
        [row] = queries.judged(by, [own.copy], own=own)
        assert (row.marks, row.findings) == ([], []), "one alone sees nothing"
    if not second.auditor.memberships.filter(role="case_officer"):
        with place.acting(second.auditor):
            assert not Machine.objects.exists(), "the database hides it too"
            assert not Mark.objects.exists()
            assert not Sampled.objects.exists(), "nor whose plan it is"
    judge(place, second, F=2)
    with place.acting(parent.auditor) as by:
        own = queries.seat_of(by, parent.pk)
        [row] = queries.judged(by, [own.copy], own=own)
        assert row.marks == [], "the parent judges without having read the others"
    judge(place, parent)
    with place.acting(parent.auditor) as by:
        own = queries.seat_of(by, parent.pk)
        [row] = queries.judged(by, [own.copy], own=own)
        assert row.final["F"] is Grade.INADEQUATE
        assert row.final["A"] is Grade.GOOD
        assert any(one.section == "F" for one in row.findings), "the check reads the same words"
        assert "F" in row.compared.both
    with place.acting(place.manager) as by:
        assert Duty.objects.filter(area=by.area, rule="quality.judge", met_on=place.today).count() == 3


def test_grades_far_apart_wait_for_somebody_who_did_not_judge(place):
    made = opened(place)
    seats = seats_of(place)
    judge(place, seats[Chair.FIRST], E=4)
    judge(place, seats[Chair.SECOND], E=2)
    copy = seats[Chair.FIRST].copy
    with place.acting(place.manager) as by:
        [row] = queries.judged(by, [copy])
        assert list(row.apart) == ["E"]
        assert "E" not in row.final
        with pytest.raises(Refused, match="not far apart"):
            judging.moderate(by=by, copy=copy, section="A", grade=2, why="No")
        with pytest.raises(Refused, match="not judged yet"):
            judging.close_round(by=by, round=made)
        judging.moderate(by=by, copy=copy, section="E", grade=3, why="The date is there and the measure is weak.")
        [row] = queries.judged(by, [copy])
        assert row.final["E"] is Grade.GOOD
    with place.acting(place.other_manager) as by, pytest.raises(Refused, match="Mo Manager moderates"):
        judging.moderate(by=by, copy=copy, section="E", grade=2, why="No")


def test_somebody_who_knows_the_plan_stands_down_and_another_agency_takes_the_chair(place):
    opened(place)
    seat = seats_of(place, 2)[Chair.FIRST]
    with place.acting(seat.auditor) as by:
        with pytest.raises(Refused, match="Say why"):
            judging.stand_down(by=by, seat=seat, why="")
        judging.stand_down(by=by, seat=seat, why="I taught this child.")
        assert queries.seat_of(by, seat.pk) is None
    other = seats_of(place, 2)[Chair.SECOND]
    with place.acting(place.manager) as by:
        facts = {"by": by, "copy": seat.copy, "chair": Chair.FIRST, "due_on": place.today}
        with pytest.raises(Refused, match="had a seat"):
            drawing.reseat(auditor=seat.auditor_id, **facts)
        for one in drawing.pool(by):
            if one.agency_id == other.agency_id and one.user_id != other.auditor_id:
                with pytest.raises(Refused, match=r"one agency|wrote this plan|had a seat"):
                    drawing.reseat(auditor=one.user_id, **facts)


def test_an_action_is_followed_until_somebody_else_closes_it(place):
    made = opened(place)
    with place.acting(place.manager) as by:
        action = following.add_action(
            by=by, round=made, what="Teach quantities in F", owner=place.therapist, due_on=place.today, section="F"
        )
        with pytest.raises(Refused, match="has not said"):
            following.close_action(by=by, action=action, enough=True)
    with place.acting(place.therapist) as by:
        following.say_done(by=by, action=action, evidence="Session on 20 September, nine came.")
    with place.acting(place.manager) as by:
        following.close_action(by=by, action=action, enough=False, why="Did the plans change?")
        assert Duty.objects.get(area=by.area, rule="quality.action").met_on is None
    with place.acting(place.therapist) as by:
        following.say_done(by=by, action=action, evidence="Five plans since say how often.")
        with pytest.raises(Refused):
            following.close_action(by=by, action=action, enough=True)
    with place.acting(place.manager) as by:
        following.close_action(by=by, action=action, enough=True)
        assert Duty.objects.get(area=by.area, rule="quality.action").met_on == place.today


def test_results_say_nothing_of_too_few(place, django_assert_max_num_queries):
    made = opened(place)
    for number in range(1, 5):
        for chair, seat in seats_of(place, number).items():
            judge(place, seat, grade=2 if chair == Chair.FIRST else 3)
    with place.acting(place.manager) as by:
        judging.close_round(by=by, round=made)
        with django_assert_max_num_queries(6):
            [found] = queries.results(by, [made])
    assert found.whole.mean == 2
    assert [line.mean for line in found.by_writer] == [None, None]
    assert found.kappa is None or found.kappa <= 1
    assert found.by_rule
    assert {name for name, _ in found.by_rule} <= {rule.title for rule in rules().values()}
    assert {line.group for line in found.by_section} == {"A", "B", "E", "F"}
