"""Where a service above says what it knows of a wait, without being imported from here.

`kept.forecasts` fills `statement_for` and `meanwhile_for` when it is ready: `hooks.fill(statement=..., ...)` in its
`AppConfig.ready`. Until then the family's page shows both clocks and what is next, and gives no date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kept.access.acting import Actor
from kept.waiting.models import Referral


@dataclass(frozen=True)
class StatementFacts:
    """What a family is told of its date: the sentence, how it was worked out, when, and where to read more.

    `baselines`: pairs of a plain rule in words and what it would have said. `first`, `last`: None where withheld.
    """

    sentence: str
    made_on: date
    is_given: bool
    first: date | None = None
    last: date | None = None
    method: str = ""
    baselines: tuple[tuple[str, str], ...] = ()
    were_we_right: str = ""
    more_href: str = ""
    meanwhile: tuple[tuple[str, str], ...] = field(default=())


StatementHook = Callable[[Actor, Referral], StatementFacts | None]
_filled: dict[str, StatementHook] = {}


def fill(*, statement: StatementHook) -> None:
    """Say who makes statements; called once when the programme starts."""
    _filled["statement"] = statement


def statement_for(actor: Actor, referral: Referral) -> StatementFacts | None:
    """The statement that holds for a referral today, or None where nobody makes any."""
    made = _filled.get("statement")
    return made(actor, referral) if made else None
