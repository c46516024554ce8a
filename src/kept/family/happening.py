"""Is it happening? What came of the help that the plan promises, this term, in the family's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.delivery.counting import ChildLedger, ledgers
from kept.delivery.queries import statement_of
from kept.design.words import counted
from kept.people.models import Child
from kept.rules.delivery import Standing, Statement, say_term

KINDS = ("kind of help", "kinds of help")
SHORT = frozenset({Standing.RED, Standing.AMBER})
# What is said of each standing, the worst first. Unknown is never counted as given.
SAID: Sequence[tuple[frozenset[Standing], Callable[[int], str]]] = (
    (SHORT, lambda n: f"{counted(n, *KINDS)} did not all come."),
    (frozenset({Standing.UNKNOWN}), lambda n: f"For {counted(n, *KINDS)} we do not know. Too little was written down."),
    (frozenset({Standing.GREEN}), lambda n: f"{counted(n, *KINDS)} came as the plan says."),
)


@dataclass(frozen=True)
class Happening:
    """A term of the plan: which one in words, and what is said of it, the worst first."""

    term: str
    said: tuple[str, ...]
    is_short: bool = False
    is_unknown: bool = False


def happening(actor: Actor, child: Child) -> Happening:
    """What came this term, or in the last one that began. A constant number of queries."""
    return happenings(actor, [child.pk])[child.pk]


def happenings(actor: Actor, child_ids: Sequence[UUID]) -> dict[UUID, Happening]:
    """The same for some children at once. As many queries as for one."""
    found = ledgers(actor, child_ids, since=date(actor.today.year - 1, 9, 1))
    return {pk: _happening(actor, mine) for pk, mine in found.items()}


def _happening(actor: Actor, mine: ChildLedger) -> Happening:
    begun = [one for one in mine.calendar.half_terms if one.starts_on <= actor.today]
    if not begun or not mine.items:
        return Happening("", ())
    term = begun[-1].term
    made = statement_of(mine, term, ())  # what was made up later does not change what came
    if not made:
        return Happening(say_term(term), ())
    standings = {one.standing for one in made.lines}
    short, unknown = bool(standings & SHORT), Standing.UNKNOWN in standings
    return Happening(say_term(term), _said(made), is_short=short, is_unknown=unknown)


def _said(made: Statement) -> tuple[str, ...]:
    found = []
    for standings, words in SAID:
        number = sum(one.standing in standings for one in made.lines)
        if number:
            found.append(words(number))
    if made.not_measurable:
        number = len(made.not_measurable)
        found.append(f"For {counted(number, *KINDS)} nobody can count it. The plan does not say how much.")
    return tuple(found)
