"""Where a person's day begins."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kept.access.roles import ROLES, Role
from tests import made_up
from tests.budgets import client_of

LANDS = {
    Role.CASE_OFFICER: "worklist:my_work",
    Role.CASE_MANAGER: "worklist:my_work",
    Role.DIRECTOR: "worklist:team",
    Role.DESIGNATED_OFFICER: "worklist:team",
    Role.PROFESSIONAL: "worklist:my_work",
    Role.SCHOOL: "worklist:my_work",
    Role.FAMILY: "family:home",
    Role.ADVOCATE: "family:home",
    Role.ANALYST: "measures:wall",
    Role.AUDITOR: "records:trails",
    Role.INSPECTOR: "administration:my_visits",
    Role.DATA_PROTECTION: "records:trails",
    Role.ADMINISTRATOR: "administration:people",
    Role.OFFER_EDITOR: "desk:home",
    Role.PROVIDER: "desk:mine",
    Role.FORUM: "improvement:home",
    Role.TRANSPORT: "access:account",  # nothing of theirs is in the programme yet
}


def test_the_table_below_speaks_of_everybody_who_signs_in():
    assert set(LANDS) == set(ROLES) - {Role.SYSTEM}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(LANDS), ids=str)
def test_each_person_lands_on_what_they_come_for_and_may_open_it(role):
    area = made_up.an_area()
    client = client_of(made_up.a_person(area, role, agency=made_up.an_agency(area)))
    answer = client.get("/")
    assert answer.url == reverse(LANDS[role])
    assert client.get(answer.url).status_code in {200, 302}
