"""What the journeys of a case share: an officer at work, a child on the record, and the steps on the case's page."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import expect

from journeys.visitor import Visitor
from kept.access.acting import acting, today_here
from kept.access.models import AgencyKind, User
from kept.access.roles import Role
from kept.people import actions as people
from tests.made_up import a_person, a_team, an_agency, an_area

Visit = Callable[..., Visitor]


def an_officer() -> User:
    """Olga, a case officer of Sandhaven."""
    area = an_area()
    team = a_team(an_agency(area))
    return a_person(area, Role.CASE_OFFICER, agency=team.agency, team=team, name="Olga Officer")


def nia_is_on_the_record(officer: User) -> None:
    """Nia Sample, with her mother and her school, and the services that give advice."""
    area = an_area()
    school = an_agency(area, AgencyKind.SCHOOL, "Made-up Primary School", setting_kind="mainstream")
    an_agency(area, AgencyKind.PSYCHOLOGY, "Psychology service")
    an_agency(area, AgencyKind.HEALTH, "Therapy service")
    born_on = date(today_here().year - 8, 5, 4)
    with acting(user=officer, area=area) as by:
        child = people.add_child(by=by, given_names="Nia", family_name="Sample", born_on=born_on)
        mother = people.add_carer(by=by, name="Pat Sample", phone="07700 900123", prefers="phone")
        people.link_carer(
            by=by,
            child=child,
            carer=mother,
            relationship="mother",
            starts_on=born_on,
            has_responsibility=True,
            evidence="Birth certificate seen",
        )
        people.enrol(by=by, child=child, setting=school, starts_on=today_here() - timedelta(days=400))


class AtTheCase:
    """An officer with the case's page open."""

    def __init__(self, visitor: Visitor, begun: date) -> None:
        self.visitor = visitor
        self.begun = begun

    def after(self, weeks: float) -> date:
        """So many weeks after the request."""
        return self.begun + timedelta(days=round(weeks * 7))

    def looks_well(self, name: str) -> None:
        """No accessibility fault, nothing too wide; a picture is kept where JOURNEY_PICTURES names a folder."""
        self.visitor.finds_the_page_accessible()
        self.visitor.does_not_scroll_sideways()
        folder = os.environ.get("JOURNEY_PICTURES")
        if folder and self.visitor.has_scripts:
            for width in (1440, 320):
                self.visitor.page.set_viewport_size({"width": width, "height": 900})
                self.visitor.does_not_scroll_sideways()
                self.visitor.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
            self.visitor.page.set_viewport_size({"width": 1280, "height": 800})

    def starts(self, button: str) -> None:
        """Follow a button or a link of the case's page, once that page is there."""
        expect(self.visitor.page.locator("#stands")).to_be_visible()
        link = self.visitor.page.get_by_role("link", name=button).or_(
            self.visitor.page.get_by_role("button", name=button)
        )
        more = self.visitor.page.get_by_text("More that can be recorded")
        if not link.first.is_visible() and more.count():
            more.click()
        if not link.first.is_visible():
            self.visitor.follows("Record something else")
        link.first.click()
        self.visitor.is_on(button)

    def says_when(self, day: date, legend: str = "Date on which") -> None:
        """Type the date of what happened."""
        self.visitor.fills_date(legend, day)

    def checks(self, *consequences: str | re.Pattern[str]) -> None:
        """Look at what would follow before it is recorded."""
        self.visitor.presses("Check what happens")
        self.visitor.is_on("Check what happens")
        for words in consequences:
            self.visitor.sees(words)

    def confirms(self, stage: str = "") -> None:
        """Record it; the case's page says where the case stands now."""
        self.visitor.presses("Confirm")
        self.visitor.is_on("Nia Sample")
        if stage:
            self.stands_at(stage)

    def stands_at(self, stage: str) -> None:
        """The heading of the case's page says so."""
        expect(self.visitor.page.locator("#stands")).to_have_text(stage)

    def records(self, button: str, day: date, *consequences: str, stage: str = "") -> None:
        """One move: the button, the date, what follows, confirm."""
        self.starts(button)
        self.says_when(day)
        self.checks(*consequences)
        self.confirms(stage)


def requests_an_assessment(visit: Visit, weeks_ago: int) -> AtTheCase:
    """A parent rang: find the child, record the request, and stand at the new case."""
    officer = an_officer()
    nia_is_on_the_record(officer)
    at = AtTheCase(visit(officer), today_here() - timedelta(weeks=weeks_ago))
    visitor = at.visitor
    visitor.goes_to("/cases/")
    at.looks_well("list-empty")
    visitor.page.get_by_role("button", name="Record a request").first.click()
    visitor.is_on("Record a request")
    visitor.fills("Name, date of birth", "nia sampel")
    visitor.presses("Search")
    at.looks_well("new")
    visitor.follows("Record a request for Nia Sample")
    visitor.chooses("A parent or carer")
    at.says_when(at.begun)
    at.looks_well("begin")
    at.checks("Decision due", "if you refuse on that day")
    at.looks_well("check-request")
    at.confirms("Request under consideration")
    return at
