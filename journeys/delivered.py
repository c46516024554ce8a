"""What the journeys of delivery share: the people of the small area, with provision in Nia's plan."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from journeys.people import a_case, an_area_of_people
from kept.access.roles import Role
from kept.delivery.tests.made import PHONICS, SPEECH, VAGUE, an_item, last_school_week
from tests import made_up


def provision() -> SimpleNamespace:
    """Phonics by the school, speech therapy by the trust, and one item that nobody can count."""
    people = an_area_of_people()
    a_case(people)
    made_up.involve(people.child, people.health)
    people.manager = made_up.a_person(people.area, Role.CASE_MANAGER, name="Max Manager", agency=people.team.agency)
    people.phonics = an_item(people.child, PHONICS)
    people.speech = an_item(people.child, SPEECH, deliverer=people.health)
    people.vague = an_item(people.child, VAGUE)
    people.monday = last_school_week(people.today)
    return people


def week(path: str, monday: date) -> str:
    """The address of a week."""
    return f"{path}?week={monday.isoformat()}"
