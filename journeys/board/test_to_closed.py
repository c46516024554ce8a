"""From finding to closed: another agency sees the work, families say yes, it is audited again, new limits are set."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from journeys.board.conftest import FLAT, RISEN, figures
from journeys.visitor import Visitor
from kept.improvement import actions

Visit = Callable[..., Visitor]


def test_from_finding_to_closed(visit: Visit, board: SimpleNamespace) -> None:
    figures(board, [*FLAT, *RISEN])
    director, nurse, forum = visit(board.director), visit(board.officer), visit(board.forum)
    the_director_hands_in_evidence(director, board)
    the_nurse_looks_at_it(nurse, board)
    closing_is_refused_while_families_were_not_asked(director, board)
    families_say_yes(board)
    each_audits_again(forum, board)
    each_audits_again(nurse, board)
    the_analyst_sets_new_limits(visit(board.analyst), board)
    agrees_to_close(nurse, board)
    nurse.sees("Sustained")
    agrees_to_close(director, board)
    director.sees(": Closed")
    looks_well(director)


def looks_well(visitor: Visitor) -> None:
    visitor.finds_the_page_accessible()
    visitor.does_not_scroll_sideways()


def page(board: SimpleNamespace, what: str = "") -> str:
    return f"/improvement/findings/{board.finding.pk}/{what}"


def the_director_hands_in_evidence(director: Visitor, board: SimpleNamespace) -> None:
    director.goes_to(page(board))
    director.follows("Submit evidence")
    director.selects("What it proves", "That children and families are better off")
    director.fills("What it is", "Minutes of eight panels")
    director.fills("Where it can be seen", "Shared folder")
    director.selects("Which milestone it delivers", "Panel")
    director.presses("Save")
    director.sees("cannot prove that children and families are better off")
    looks_well(director)
    director.selects("What it proves", "That it was delivered")
    director.presses("Save")
    director.sees("Waits for another agency")


def the_nurse_looks_at_it(nurse: Visitor, board: SimpleNamespace) -> None:
    nurse.goes_to(page(board, "review/"))
    nurse.selects("Which evidence", "Minutes of eight panels")
    nurse.fills("Why", "I sat in one of them")
    nurse.presses("Save")
    nurse.sees("Delivered")


def closing_is_refused_while_families_were_not_asked(director: Visitor, board: SimpleNamespace) -> None:
    director.goes_to(page(board, "close/"))
    director.presses("Agree to close")
    director.sees("Families have not said yes or partly")


def families_say_yes(board: SimpleNamespace) -> None:
    with board.acting(board.forum) as by:
        for method in ("panel", "survey"):
            actions.judge(
                by=by, finding=board.finding, method=method, asked=40, answered=25, answer="yes", words="It came."
            )


def each_audits_again(visitor: Visitor, board: SimpleNamespace) -> None:
    visitor.goes_to(page(board, "reaudit/"))
    visitor.fills("What you saw", "Ten plans, all in time")
    visitor.presses("Save")
    visitor.sees("Plans are late.")


def the_analyst_sets_new_limits(analyst: Visitor, board: SimpleNamespace) -> None:
    analyst.goes_to(page(board))
    analyst.follows("Limits of this chart")
    analyst.chooses("New limits from a month on")
    analyst.selects("From which month", f"{board.programme.started_on:%B %Y}")
    analyst.presses("Show what would change")
    analyst.sees("As it would be")
    looks_well(analyst)
    analyst.fills("What changed in the work, and when", "A panel meets each week since the programme began")
    analyst.fills("Why the chart should follow it", "The new level has held for a year")
    analyst.presses("Set it")
    analyst.sees("The reason stands under the chart from now on.")
    looks_well(analyst)


def agrees_to_close(visitor: Visitor, board: SimpleNamespace) -> None:
    visitor.goes_to(page(board, "close/"))
    visitor.presses("Agree to close")
    visitor.is_on("Plans are late.")
