"""A small area with an officer, a therapy trust that was asked for advice, and Nia."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from kept.cases import actions as cases
from tests.small_area import browse, case, place
from tests.standing import standing

__all__ = ["asked", "browse", "case", "place"]


@standing
def asked(place: SimpleNamespace, case: object) -> object:
    """The therapy trust was asked on 4 May 2026: advice is owed by 15 June."""
    details = {"outcome": "assess"}
    with place.acting(place.officer) as actor:
        cases.record(by=actor, case=case, kind="assess_decision", on=date(2026, 5, 4), details=details)
        return cases.ask_for_advice(
            by=actor,
            case=case,
            kind="health",
            body="Therapy trust",
            asked_on=date(2026, 5, 4),
            received_on=date(2026, 5, 4),
            agency=place.health,
        )
