"""Did it work? The director claims too early, the forum disagrees, a pack is frozen, a parent reads the public page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from journeys.visitor import Visitor
from kept.access.acting import acting, acting_as_system, today_here
from kept.access.models import AgencyKind, User
from kept.access.roles import Role
from kept.improvement import actions
from kept.improvement.models import Finding
from kept.measures.computing import last_full_month, month_after
from kept.measures.models import Value
from tests import made_up

Visit = Callable[..., Visitor]
FLAT = [(30, 100), (28, 100), (33, 100), (31, 100)] * 3


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    """A director, the forum, and a councillor who reads figures."""
    area = made_up.an_area()
    made_up.an_agency(area, AgencyKind.SEND)
    return {
        "director": made_up.a_person(area, Role.DIRECTOR, name="Dil Director"),
        "forum": made_up.a_person(area, Role.FORUM, name="Fay Forum"),
        "analyst": made_up.a_person(area, Role.ANALYST, name="Ana Analyst"),
    }


@pytest.fixture
def finding(people: dict[str, User]) -> Finding:
    """Plans are late; a programme began a year ago and the figure has risen since."""
    area = made_up.an_area()
    last = last_full_month(today_here())
    with acting(user=people["director"], area=area) as by:
        programme = actions.start(
            by=by, kind="local", name="Plans on time", started_on=month_after(last, -12), published_on=date(2025, 1, 1)
        )
        body = made_up.an_agency(area, AgencyKind.SEND)
        made = actions.find(
            by=by, programme=programme, kind="local", text="Plans are late.", outcome="Plans come in time.",
            bodies=[body],
        )  # fmt: skip
        actions.aim(by=by, finding=made, code="T1", target=50.0, target_on=None, why="The finding says so")
    with acting_as_system(area):
        pairs = [*FLAT, *[(60, 100), (62, 100), (58, 100)] * 4, (61, 100)]
        Value.objects.bulk_create(
            Value(
                area=area, code="T1", month=month_after(last, at + 1 - len(pairs)), numerator=hits, denominator=base,
                query_version="T1.1", computed_on=last + timedelta(days=40),
            )
            for at, (hits, base) in enumerate(pairs)
        )  # fmt: skip
    return made


def test_the_forum_disagrees(visit: Visit, people: dict[str, User], finding: Finding) -> None:
    director = visit(people["director"])
    the_director_must_answer_what_speaks_against_the_claim(director, finding)
    forum = visit(people["forum"])
    the_forum_says_no(forum, finding)
    director.goes_to(f"/improvement/findings/{finding.pk}/")
    director.sees("Disputed:")
    director.does_not_see("Give the families’ verdict")
    looks_well(director)
    a_pack_is_frozen(director, finding)
    a_parent_reads_the_public_page(visit(phone=True))
    the_analyst_brings_in_a_survey(visit(people["analyst"], phone=True))


def looks_well(visitor: Visitor) -> None:
    visitor.finds_the_page_accessible()
    visitor.does_not_scroll_sideways()


def the_director_must_answer_what_speaks_against_the_claim(director: Visitor, finding: Finding) -> None:
    director.goes_to(f"/improvement/findings/{finding.pk}/")
    director.follows("Claim that it worked")
    director.fills("What changed for children and families", "Plans come sooner")
    director.presses("Claim")
    director.sees("Answer each line of evidence against the claim.")
    looks_well(director)


def the_forum_says_no(forum: Visitor, finding: Finding) -> None:
    forum.goes_to("/measures/")
    looks_well(forum)
    forum.goes_to("/measures/T1/")
    looks_well(forum)
    forum.goes_to(f"/improvement/findings/{finding.pk}/")
    forum.follows("Give the families’ verdict")
    forum.fills("How many families were asked", "40")
    forum.fills("How many answered", "25")
    forum.selects("Did it work?", "No")
    forum.fills("In your words", "The plan came sooner. The help did not.")
    looks_well(forum)
    forum.presses("Save")
    forum.sees("The help did not.")
    forum.sees("Disputed:")


def a_pack_is_frozen(director: Visitor, finding: Finding) -> None:
    director.goes_to(f"/improvement/{finding.programme_id}/")
    looks_well(director)
    director.presses("Freeze a pack today")
    director.sees("Nothing here changes afterwards.")
    looks_well(director)


def a_parent_reads_the_public_page(parent: Visitor) -> None:
    parent.goes_to("/improvement/public/sandhaven/")
    parent.is_on("What we promised, what happened, did it work?")
    parent.sees("The help did not.")
    parent.sees("Disputed:")
    looks_well(parent)
    parent.follows("Easy read, with pictures")
    parent.sees("We did not help children well enough.")
    looks_well(parent)
    parent.goes_to("/improvement/examples/southend/")
    parent.sees("One green number proves little")
    looks_well(parent)


def the_analyst_brings_in_a_survey(analyst: Visitor) -> None:
    """Two rows of a file: one comes in and says its source from then on, the other says what is wrong with it."""
    text = "measure,month,numerator,denominator\nV1,2025-01,31,40\nV1,soon,31,40\n"
    analyst.goes_to("/measures/")
    analyst.follows("Figures from outside")
    analyst.is_on("Figures from outside")
    analyst.fills("Where do the figures come from?", "Survey of families")
    analyst.fills_date("Date of the source", last_full_month(today_here()))
    analyst.page.locator("input[type=file]").set_input_files(
        {"name": "answers.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    analyst.presses("Look at the file")
    analyst.is_on("What the file would bring")
    analyst.sees("“soon” is not a month")
    looks_well(analyst)
    analyst.presses("Bring in 1 figure")
    analyst.is_on("Figures from outside")
    analyst.sees("1 figure came in.")
    looks_well(analyst)
    analyst.goes_to("/measures/V1/")
    analyst.sees("From outside.")
    looks_well(analyst)
    analyst.goes_to("/measures/neighbours/")
    analyst.is_on("Areas to compare with")
    looks_well(analyst)
