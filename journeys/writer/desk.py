"""What the writers' journeys share: a child whose case is at the draft, two officers, and the steps of the desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from journeys.visitor import Visitor
from kept.access.acting import today_here
from kept.plans.tests.made import an_assessed_case, officers
from tests.made_up import a_child, a_parent_of, an_area

Visit = Callable[..., Visitor]


def a_place() -> SimpleNamespace:
    """Nia, her mother, Olga and Oscar, and a case that began ten weeks ago."""
    area = an_area()
    olga, oscar = officers(area)
    child = a_child(area, "Nia", "Sample")
    mother = a_parent_of(child, "Mina Sample")
    case = an_assessed_case(area, olga, child, begun=today_here() - timedelta(weeks=10))
    return SimpleNamespace(area=area, olga=olga, oscar=oscar, child=child, mother=mother, case=case)


def looks_well(visitor: Visitor, name: str) -> None:
    """No accessibility fault, no sideways scrolling; with JOURNEY_PICTURES, a picture of the page is kept there."""
    visitor.finds_the_page_accessible()
    visitor.does_not_scroll_sideways()
    folder = os.environ.get("JOURNEY_PICTURES")
    if folder and visitor.has_scripts:
        visitor.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def opens_section(visitor: Visitor, version: object, code: str) -> None:
    """Go to the page of a section."""
    visitor.goes_to(f"/plans/versions/{version}/sections/{code}/")
    visitor.is_on(f"Section {code}")
