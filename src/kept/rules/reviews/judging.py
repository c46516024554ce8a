"""What may be said of an outcome and of help at a review, and what must stand behind it (plans.md, part 8).

Help that did not come cannot have failed: where the record of delivery says that it was not given, "did not work" is
refused; where it says nothing, whoever says so must name what shows that the help was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GIVEN = 0.8  # below this share the ledger is red: the help was not given as written
PROVISION = frozenset({"F", "G", "H1", "H2"})


class NotProven(ValueError):
    """A judgement lacks what must stand behind it; the text says what."""


class Verdict(StrEnum):
    """What people at the review say of one entry of the plan."""

    MET = "met"
    ON_TRACK = "on_track"
    NOT_ON_TRACK = "not_on_track"
    NO_LONGER_RIGHT = "no_longer_right"
    WORKED = "worked"
    DID_NOT_WORK = "did_not_work"
    NOT_DELIVERED = "not_delivered"
    NOT_NEEDED = "not_needed"

    @property
    def words(self) -> str:
        """As the page says it."""
        return WORDS[self]


WORDS: dict[Verdict, str] = {
    Verdict.MET: "Met",
    Verdict.ON_TRACK: "On track",
    Verdict.NOT_ON_TRACK: "Not on track",
    Verdict.NO_LONGER_RIGHT: "No longer the right aim",
    Verdict.WORKED: "It worked",
    Verdict.DID_NOT_WORK: "It was given and did not work",
    Verdict.NOT_DELIVERED: "It was not given as written",
    Verdict.NOT_NEEDED: "No longer needed",
}
OF_OUTCOMES = (Verdict.MET, Verdict.ON_TRACK, Verdict.NOT_ON_TRACK, Verdict.NO_LONGER_RIGHT)
OF_PROVISION = (Verdict.WORKED, Verdict.DID_NOT_WORK, Verdict.NOT_DELIVERED, Verdict.NOT_NEEDED)


@dataclass(frozen=True)
class Shown:
    """What the record of delivery shows of one item in a time: due, given as written, and what nobody recorded."""

    due: float
    given: float
    unknown: float = 0.0

    @property
    def rate(self) -> float | None:
        """The share given; None while nothing was due or while what is not recorded could bring it over the line."""
        if not self.due:
            return None
        known = self.given / self.due
        at_best = (self.given + self.unknown) / self.due
        return None if known < GIVEN <= at_best else known


def verdicts_for(section: str) -> tuple[Verdict, ...]:
    """What may be said of an entry of a section."""
    return OF_PROVISION if section in PROVISION else OF_OUTCOMES


def check_judgement(
    *, section: str, verdict: Verdict, evidence: str, shown: Shown | None = None, given_because: str = ""
) -> None:
    """Raise NotProven, with a sentence, unless the judgement may stand.

    evidence: what it rests on. shown: what was delivered, None where nothing is recorded. given_because: what shows
    that the help was given, where the record is silent.
    """
    if verdict not in verdicts_for(section):
        raise NotProven(f"“{verdict.words}” cannot be said of section {section}.")
    if not evidence.strip():
        raise NotProven("Say what shows it: a score, a record, an observation, what the child or the family says.")
    rate = shown.rate if shown else None
    if verdict is Verdict.WORKED and rate == 0:
        raise NotProven("The record shows that none of it was given, so it cannot have worked. Choose “not given”.")
    if verdict is not Verdict.DID_NOT_WORK:
        return
    if rate is not None and rate < GIVEN:
        raise NotProven(
            f"The record shows that {int(rate * 100)}% of it was given. Help that was not given as written cannot be "
            "said not to work: choose “not given as written”, and say what will be made up."
        )
    if rate is None and not given_because.strip():
        raise NotProven(
            "Nothing is recorded of this being given. Say what shows that it was given as written, "
            "or choose “not given as written”."
        )
