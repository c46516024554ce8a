"""One area with an officer, two schools and a child added through the actions.

The imports stand in the fixtures because this file is read before Django is ready.
"""

from __future__ import annotations

from datetime import date

import pytest

TODAY = date(2026, 11, 23)


@pytest.fixture
def area(db):
    from tests import made_up

    return made_up.an_area()


@pytest.fixture
def officer(area):
    from kept.access.acting import acting
    from kept.access.roles import Role
    from tests import made_up

    user = made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")
    with acting(user=user, area=area, today=TODAY) as actor:
        yield actor


@pytest.fixture
def school(area):
    from tests import made_up

    return made_up.an_agency(area, "school", "Made-up Primary", setting_kind="mainstream")


@pytest.fixture
def other_school(area):
    from tests import made_up

    return made_up.an_agency(area, "school", "Other Primary", setting_kind="mainstream")


@pytest.fixture
def nia(officer):
    from kept.people import actions

    return actions.add_child(
        by=officer,
        given_names="Nia",
        family_name="Sample",
        born_on=date(2016, 5, 4),
        address="1 Made Up Road\nSandhaven",
        postcode="qx11ab",
    )
