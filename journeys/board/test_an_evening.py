"""A scrutiny evening: a claim without impact is refused, a pack is frozen, members ask, the chair tells everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from journeys.board.conftest import FLAT, figures
from journeys.board.test_to_closed import looks_well, page
from journeys.visitor import Visitor
from kept.access.acting import today_here

Visit = Callable[..., Visitor]


def test_scrutiny_asks_and_everybody_can_read_what_came_of_it(visit: Visit, board: SimpleNamespace) -> None:
    figures(board, [*FLAT, *FLAT])
    director = visit(board.director)
    a_claim_is_refused_for_lack_of_impact(director, board)
    scrutiny_meets(director, board)
    the_pack_is_frozen_in_three_layouts(director, visit(board.analyst), board)
    a_councillor_and_a_parent_read_the_public_page(visit(phone=True))


def a_claim_is_refused_for_lack_of_impact(director: Visitor, board: SimpleNamespace) -> None:
    director.goes_to(page(board, "claim/"))
    director.fills("What changed for children and families", "The panel meets each week")
    director.presses("Claim")
    director.sees("The claim is refused. No measure shows a real improvement")


def scrutiny_meets(director: Visitor, board: SimpleNamespace) -> None:
    director.goes_to(f"/improvement/{board.programme.pk}/call/")
    director.selects("Who meets", "Scrutiny")
    director.fills_date("On which day", today_here())
    director.presses("Build the agenda")
    director.sees("Did not move, or got worse")
    director.fills("What was decided", "Show how many children wait past a year")
    director.selects("Who does it", "Dil Director")
    director.fills_date("By when", today_here() + timedelta(days=30))
    director.presses("Record it")
    director.follows("Write the minutes")
    director.fills("What was said", "Members asked for children beside percentages.")
    looks_well(director)
    director.presses("Save")
    director.follows("Publish the chair’s note")
    director.fills("What was said, and what you will do", "Parents spoke first. Plans are still late.")
    director.presses("Publish")
    director.sees("Members asked for children beside percentages.")
    looks_well(director)


def the_pack_is_frozen_in_three_layouts(director: Visitor, analyst: Visitor, board: SimpleNamespace) -> None:
    director.goes_to(f"/improvement/{board.programme.pk}/")
    director.presses("Freeze a pack today")
    analyst.goes_to(director.page.url.removeprefix(director.base_url))
    analyst.follows("Report for scrutiny")
    analyst.sees("What you asked for before, and what happened")
    analyst.sees("Show how many children wait past a year")
    looks_well(analyst)
    analyst.follows("Table of measures and actions")
    analyst.sees("Times moved")
    looks_well(analyst)


def a_councillor_and_a_parent_read_the_public_page(visitor: Visitor) -> None:
    visitor.goes_to("/improvement/public/sandhaven/")
    visitor.sees("Parents spoke first. Plans are still late.")
    visitor.sees("Show how many children wait past a year")
    visitor.does_not_see("Members asked for children")
    visitor.follows("Open everything, to print it")
    visitor.sees("What was wrong: Plans are late.")
    looks_well(visitor)
    visitor.follows("Easy read, with pictures")
    visitor.sees("What we said when we met")
