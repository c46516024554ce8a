"""What a family is told of a wait, in plain words, from the record alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kept.rules.dates_as_typed import say_date
from kept.waiting.hooks import StatementFacts
from kept.waiting.listing import Line
from kept.waiting.words import State

WEEK = 7
A_LONG_WHILE = 8


def in_weeks(days: int | None) -> str:
    """Days as people say them: "3 days", "1 week", "40 weeks"."""
    if days is None:
        return "not known"
    if days < 2 * WEEK:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // WEEK} weeks"


@dataclass(frozen=True)
class Told:
    """One wait of one child for the family's page."""

    line: Line
    is_open: bool
    waited: str
    counted: str
    next_words: str
    statement: StatementFacts | None


def told_to_family(line: Line, statement: StatementFacts | None, today: date) -> Told:
    """The words for one referral."""
    referral = line.referral
    is_open = referral.closed_on is None or referral.closed_on > today
    counted = in_weeks(line.clocks.counted.days) if line.clocks.show_both and line.clocks.standard else ""
    return Told(
        line=line,
        is_open=is_open,
        waited=in_weeks(line.clocks.lived.days),
        counted=counted,
        next_words=next_of(line, today),
        statement=statement if is_open else None,
    )


def next_of(line: Line, today: date) -> str:
    """Whose turn it is and what comes next."""
    referral, service = line.referral, line.referral.stage.service.name
    if referral.closed_on is not None and referral.closed_on <= today:
        if referral.state == State.SEEN:
            return f"{referral.child.first_name} was seen on {say_date(referral.closed_on)}."
        return f"This referral was closed on {say_date(referral.closed_on)}: {_why(referral.closed_reason)}."
    if referral.next_offer_on and referral.next_offer_on >= today:
        return f"You have an appointment on {say_date(referral.next_offer_on)}."
    if referral.next_offer_on:
        day = say_date(referral.next_offer_on)
        return f"There was an appointment on {day}. {service} has not yet written down what came of it."
    words = {
        State.REFERRED: f"{service} reads the referral. They must answer within 14 days of getting it.",
        State.RETURNED: f"{service} asked a question about the referral. Whoever made the referral answers it.",
        State.MONITORING: f"{service} watches how things go. Tell them if something changes.",
    }
    return words.get(State(referral.state), f"{service} will offer you an appointment. You need do nothing now.")


def _why(reason: str) -> str:
    return {
        "withdrawn": "you asked us to",
        "not_accepted": "the service did not accept it",
        "moved_away": "you moved away",
        "aged_out": "the service is for younger children",
        "transferred": "another service took over",
        "died": "we are sorry for your loss",
    }.get(reason, "it ended")
