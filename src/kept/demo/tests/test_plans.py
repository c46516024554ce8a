"""The demonstration's plans read like real ones, good and bad, and fit their cases."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kept.access.acting import acting_as_system
from kept.cases.models import Event
from kept.demo.plan_parts import AREAS
from kept.demo.plan_sketch import Person, sketch
from kept.demo.plans import check_plans, load_plans
from kept.family.models import ChildView
from kept.plans import caseload_queries as report
from kept.plans.models import Entry, PlanNight, Version
from kept.plans.queries import whole_plan
from kept.rules.plans import Child, Context, Part, Plan, Severity, Stage, lint

DAY = date(2026, 3, 10)


def found(quality: float, seed: int) -> list[Severity]:
    """How grave the findings on a made-up final are."""
    dice = random.Random(seed)
    person = Person(
        "Kofi", "M", dice.choice(sorted(AREAS)), dice.randint(4, 17), DAY, "Harbour School", "maintained special school"
    )
    made = sketch(person, quality=quality, final=True, dice=dice)

    def linked(kind: str, key: str) -> tuple[str, ...]:
        return tuple(second for thread, first, second in made.links if thread == kind and first == key)

    parts = tuple(
        Part(one.key, one.section, one.text, meets=linked("meets", one.key), supports=linked("serves", one.key))
        if one.kind == "provision"
        else Part(one.key, one.section, one.text, serves=linked("about", one.key) if one.kind == "outcome" else None)
        for one in made.pieces
    )
    child = Child("Kofi", age=person.age, nc_year=max(0, person.age - 5))
    known = Context(stage=Stage.FINAL, plan_date=DAY, child=child, whole_section=True, whole_plan=True)
    return [one.severity for one in lint(Plan(parts, known))]


@pytest.mark.parametrize("seed", range(8))
def test_a_good_writers_plan_can_be_enforced_and_a_bad_ones_cannot(seed):
    assert Severity.BLOCKER not in found(1.0, seed)
    assert found(0.3, seed).count(Severity.BLOCKER) >= 2


def test_no_two_plans_are_alike():
    texts = set()
    for seed in range(40):
        person = Person("Kofi", "M", "ASD", 9, DAY)
        texts.add(tuple(one.text for one in sketch(person, quality=0.8, final=True, dice=random.Random(seed)).pieces))
    assert len(texts) == 40


def test_the_days_of_a_plan_are_the_days_of_its_case_and_the_night_ranks_them(area, today):
    assert load_plans(area.area, today, most=40) == 40
    assert check_plans(area.area, today, workers=1) >= 40
    with acting_as_system(area.area, today=today) as by:
        finals = Version.objects.filter(stage="final", issued_on__isnull=False).select_related("plan")
        days = {
            (case, day)
            for case, day in Event.objects.filter(kind__in=["final_plan_sent", "plan_first_made"]).values_list(
                "case_id", "happened_on"
            )
        }
        assert finals
        assert all((one.plan.case_id, one.issued_on) in days for one in finals)
        assert not Version.objects.filter(stage="draft", sent_on__isnull=True, plan__versions__issued_on__isnull=False)
        whole = whole_plan(by, finals[0].pk)
        assert {"A", "B", "E", "F", "K"} <= {one.section for one in whole.entries}
        assert any(one.meets for one in whole.entries)
        assert Entry.objects.filter(schedulable=True).exists()
        assert Entry.objects.filter(schedulable=False).exists()
        said = set(Entry.objects.filter(section="A", kind="view").values_list("child_id", "text"))
        heard = set(ChildView.objects.values_list("child_id", "words"))
        assert heard
        assert heard < said
        points = [one.points for one in report.plans_found(by, report.Asked())]
        assert len(points) == PlanNight.objects.count()
        assert points[0] > points[-1]
