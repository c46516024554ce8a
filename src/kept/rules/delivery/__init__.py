"""Delivered against specified: expectations from a plan, counting of what came, silence, and the term's shortfall."""

from kept.rules.delivery.calendars import BadCalendar, Calendar, HalfTerm, calendar, monday_of, spliced
from kept.rules.delivery.expectations import expectations
from kept.rules.delivery.from_plans import item_of
from kept.rules.delivery.model import (
    GIVEN,
    STANDARD,
    Amount,
    Expectation,
    Measure,
    ProvisionItem,
    Reason,
    Record,
    Settings,
    Status,
    Step,
    Unit,
)
from kept.rules.delivery.silence import Silence, silence
from kept.rules.delivery.statements import CatchUp, Line, Statement, hours_a_month, statement
from kept.rules.delivery.tally import Count, Standing, band, standing, tally, total
from kept.rules.delivery.usual import say_half_term, say_term, school_year_of, usual_calendar, usual_half_terms

__all__ = [
    "GIVEN", "STANDARD", "Amount", "BadCalendar", "Calendar", "CatchUp", "Count", "Expectation", "HalfTerm", "Line",
    "Measure", "ProvisionItem", "Reason", "Record", "Settings", "Silence", "Standing", "Statement", "Status", "Step",
    "Unit", "band", "calendar", "expectations", "hours_a_month", "item_of", "monday_of", "say_half_term", "say_term",
    "school_year_of", "silence", "spliced",
    "standing", "statement", "tally", "total",
    "usual_calendar", "usual_half_terms",
]  # fmt: skip
