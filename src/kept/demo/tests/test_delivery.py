"""Weeks of the demonstration: what schools wrote down, what families say of it, and where the two differ."""

from __future__ import annotations

from datetime import date

from kept.access.acting import acting_as_system
from kept.delivery.models import FamilyReport, Reconciliation
from kept.demo.delivery import load_delivery
from kept.demo.load import Loaded
from kept.demo.plans import load_plans


def test_families_say_something_else_than_schools_and_one_difference_is_settled(area: Loaded, today: date) -> None:
    load_plans(area.area, today, most=40)
    load_delivery(area.area, today, most=40)
    with acting_as_system(area.area, today=today):
        said = set(FamilyReport.objects.values_list("said", flat=True))
        settled = list(Reconciliation.objects.order_by("pk").values_list("settled_on", flat=True))
    assert {"no", "partly"} <= said
    assert settled[0] == today
    assert None in settled[1:]
