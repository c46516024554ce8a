"""A list of duties as CSV that a spreadsheet reads without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from kept.duties.statuses import Status
from kept.worklist.overview import stage_words
from kept.worklist.queries import Line, days_late

COLUMNS = (
    "Case", "Child", "What is owed", "Owed by", "With", "Stage", "From", "Due", "Plan to do it by", "Days late",
    "Status",
    "Required by law", "Why", "Authority", "How the date was counted",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(lines: Iterable[Line], today: date) -> str:
    """The lines as text with a byte order mark, so that a spreadsheet knows the letters. Dates are year-month-day."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([_safe(cell) for cell in _cells(line, today)])
    return text.getvalue()


def _cells(line: Line, today: date) -> list[str]:
    duty = line.duty
    return [
        duty.reference or "",
        duty.child.full_name if duty.child else "",
        duty.what,
        duty.owed_by,
        holder(line),
        stage_words(duty.stage or "") if duty.stage else "",
        duty.starts_on.isoformat(),
        duty.due_on.isoformat() if duty.due_on else "",
        duty.plan_by.isoformat() if duty.plan_by else "",
        str(days_late(duty, today)),
        Status(duty.status).label,
        "Yes" if duty.is_statutory else "No",
        "; ".join(line.reasons),
        duty.authority,
        duty.because,
    ]


def holder(line: Line) -> str:
    """Who has a duty, in words."""
    duty = line.duty
    if duty.person:
        return str(duty.person.name)
    return str(duty.team or duty.agency or "Nobody yet")


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
