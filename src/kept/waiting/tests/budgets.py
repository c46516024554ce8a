"""How to get the pages of the waiting lists with a number of children on them."""

from __future__ import annotations

from types import SimpleNamespace

from django.urls import reverse

from kept.waiting.checking import check_lists
from kept.waiting.tests.house import an_area_with_lists, refer
from tests.budgets import Visit
from tests.made_up import a_child


def _people(rows: int) -> SimpleNamespace:
    people = an_area_with_lists()
    for number in range(rows):
        refer(people, people.lists.first, 120 + number, child=a_child(people.area, f"Ada{number}", "Ash"))
    refer(people, people.lists.first, 100)
    refer(people, people.lists.second, 90)
    return people


def the_list(rows: int) -> Visit:
    people = _people(rows)
    return Visit(people.therapist, reverse("waiting:list", args=[people.lists.first.pk]))


def home(rows: int) -> Visit:
    return Visit(_people(rows).manager, reverse("waiting:home"))


def checks(rows: int) -> Visit:
    people = _people(rows)
    with people.system() as by:
        check_lists(by=by)
    return Visit(people.manager, reverse("waiting:checks"))


def wait_of(rows: int) -> Visit:
    people = _people(rows)
    return Visit(people.mother, reverse("waiting:wait_of", args=[people.child.pk]))


PAGES = {"waiting:list": the_list, "waiting:home": home, "waiting:checks": checks, "waiting:wait_of": wait_of}
