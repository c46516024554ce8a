"""One area with an officer, two schools and a child added through the actions."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import acting
from kept.access.roles import Role
from kept.people import actions
from tests import made_up
from tests.standing import standing

TODAY = date(2026, 11, 23)


@standing
def area():
    return made_up.an_area()


@standing
def olu(area):
    return made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")


@pytest.fixture
def officer(area, olu):
    with acting(user=olu, area=area, today=TODAY) as actor:
        yield actor


@standing
def school(area):
    return made_up.an_agency(area, "school", "Made-up Primary", setting_kind="mainstream")


@standing
def other_school(area):
    return made_up.an_agency(area, "school", "Other Primary", setting_kind="mainstream")


@standing
def nia(area, olu):
    with acting(user=olu, area=area, today=TODAY) as officer:
        return actions.add_child(
            by=officer,
            given_names="Nia",
            family_name="Sample",
            born_on=date(2016, 5, 4),
            address="1 Made Up Road\nSandhaven",
            postcode="qx11ab",
        )
