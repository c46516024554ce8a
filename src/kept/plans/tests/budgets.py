"""How to get the writer's pages with a number of entries and versions, for the budgets of queries."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from kept.access.acting import acting
from kept.access.models import User
from kept.plans import actions
from kept.plans.actions import EntryWords
from kept.plans.models import Version
from kept.plans.tests import family_budgets, output_budgets
from kept.plans.tests.made import a_written_plan, officers
from tests.budgets import Visit
from tests.made_up import a_child, an_area


def _written(rows: int) -> tuple[User, Version]:
    area = an_area()
    olga, _ = officers(area)
    child = a_child(area, born_on=date(2016, 5, 4))
    with acting(user=olga, area=area) as by:
        version, _ = a_written_plan(by, child)
        for number in range(rows):
            given = EntryWords(section="F", text=f"A teacher will read with Nia for {10 + number} minutes each day.")
            actions.save_entry(by=by, version=version, given=given)
    return olga, version


def desk(rows: int) -> Visit:
    """More plans that one officer writes."""
    area = an_area()
    olga, _ = officers(area)
    with acting(user=olga, area=area) as by:
        for number in range(rows):
            a_written_plan(by, a_child(area, f"Nia{number}"))
    return Visit(olga, reverse("plans:desk"))


def section(rows: int) -> Visit:
    """A section with more entries."""
    olga, version = _written(rows)
    return Visit(olga, reverse("plans:section", args=[version.pk, "F"]))


def whole(rows: int) -> Visit:
    """A version with more entries."""
    olga, version = _written(rows)
    return Visit(olga, reverse("plans:version", args=[version.pk]))


def gate(rows: int) -> Visit:
    """The gate of a version with more entries."""
    olga, version = _written(rows)
    return Visit(olga, reverse("plans:gate", args=[version.pk]))


PAGES = {
    "plans:desk": desk,
    "plans:section": section,
    "plans:version": whole,
    "plans:gate": gate,
    **family_budgets.PAGES,
    **output_budgets.PAGES,
}
