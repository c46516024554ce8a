"""Short ways to write cases in tests: `ev("request_received 2026-01-05 by=parent")`."""

from __future__ import annotations

from datetime import date
from typing import Any

from kept.rules.process import REFERENCE, CaseState, Event, Readings, Rounds, Settings, fold

D = date.fromisoformat


def ev(text: str, **more: Any) -> Event:
    kind, day, *pairs = text.split()
    details: dict[str, Any] = dict(pair.split("=") for pair in pairs)
    flags = {"true": True, "false": False}
    return Event(kind, D(day), {k: flags.get(v, v) for k, v in details.items()} | more)


def evs(*texts: str) -> list[Event]:
    return [ev(text) for text in texts]


def exception(day: str, clock: str, name: str, *, impractical: Any = True, instance: str | None = None, **facts: Any):
    details = {"clock": clock, "exception": name, "facts": facts, "impractical": impractical}
    return Event("exception_recorded", D(day), details | ({"instance": instance} if instance else {}))


def on(as_of: str, *events: Event | str, readings: Readings | None = None, every: bool = False) -> CaseState:
    facts = [ev(one) if isinstance(one, str) else one for one in events]
    settings = Settings(readings=readings or Readings(), rounds=Rounds.EVERY if every else Rounds.FIRST)
    assert every or readings or settings == REFERENCE
    return fold(facts, as_of=D(as_of), settings=settings)


def brief(state: CaseState, name: str, instance: str | None = None) -> str:
    """A clock as `due status days`, or not_running."""
    one = state.clock(name, instance)
    if one is None:
        return "not_running"
    return " ".join(str(part) for part in (one.due, one.status, one.days) if part is not None)
