"""Which day a letter bears when the family is left in peace: the hours are those of the area's emails. Pure."""

from __future__ import annotations

from datetime import date, datetime

from kept.rules.quiet import Hours, next_allowed


def day_on_letter(moment: datetime, hours: Hours, *, mails_family: bool, limit: date | None) -> date:
    """The day that the letters bear: the day on which they will go.

    An email to a family waits for the morning, and then all letters of the notice bear that day; unless the limit would
    be missed by waiting, when it goes at once.
    """
    today = moment.date()
    if not mails_family or must_go_now(moment, hours, limit):
        return today
    return next_allowed(moment, hours).date()


def must_go_now(moment: datetime, hours: Hours, limit: date | None) -> bool:
    """Whether waiting for the morning would miss a limit that can still be kept."""
    return limit is not None and moment.date() <= limit < next_allowed(moment, hours).date()
