"""How to get the pages of import, documents and the night with a number of entries and plans, for the budgets."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from kept.access.acting import acting, acting_as_system
from kept.access.models import User
from kept.access.roles import Role
from kept.plans import caseload as nightly
from kept.plans import importing
from kept.plans.models import Version
from kept.plans.tests.made import a_written_plan
from tests.budgets import Visit
from tests.made_up import a_child, a_person, an_area

OLD = "Section B: needs\nB1. Nia joins two words.\nSection F: provision\n"


def _read_in(rows: int) -> tuple[User, Version]:
    area = an_area()
    olga = a_person(area, Role.CASE_OFFICER)
    child = a_child(area, born_on=date(2016, 5, 4))
    text = OLD + "".join(
        f"F{n}. A teacher will read with Nia for {10 + n} minutes each day.\n" for n in range(1, rows + 1)
    )
    with acting(user=olga, area=area) as by:
        one = importing.begin(by=by, child=child, text=text)
        return olga, importing.make_version(by=by, one=one, is_in_force=True)


def look_through(rows: int) -> Visit:
    """What was read of a plan with more entries."""
    olga, version = _read_in(rows)
    return Visit(olga, reverse("plans:import_review", args=[version.pk]) + "?section=F")


def document(rows: int) -> Visit:
    """A plan with more entries on paper."""
    olga, version = _read_in(rows)
    return Visit(olga, reverse("plans:document", args=[version.pk]))


def caseload(rows: int) -> Visit:
    """The report of the night over more plans."""
    area = an_area()
    olga = a_person(area, Role.CASE_OFFICER)
    with acting(user=olga, area=area) as by:
        for number in range(rows):
            a_written_plan(by, a_child(area, f"Nia{number}"))
    with acting_as_system(area) as by:
        nightly.check_all(by=by)
    return Visit(olga, reverse("plans:caseload"))


PAGES = {"plans:import_review": look_through, "plans:document": document, "plans:caseload": caseload}
