"""Annual reviews: when to meet, what may be said of an outcome or of help, what the papers hold. No clock of the law.

The clocks (12 months, two, four, eight and twelve weeks) are in `kept.rules.process`; here is what a good plan of the
year makes of their dates.
"""

from kept.rules.reviews.judging import (
    NotProven,
    Shown,
    Verdict,
    check_judgement,
    verdicts_for,
)
from kept.rules.reviews.planning import Latest, advice_by, earliest_meeting, latest_meeting, notice_by, propose, spread
from kept.rules.reviews.transfers import Transfer, next_transfer

__all__ = [
    "Latest",
    "NotProven",
    "Shown",
    "Transfer",
    "Verdict",
    "advice_by",
    "check_judgement",
    "earliest_meeting",
    "latest_meeting",
    "next_transfer",
    "notice_by",
    "propose",
    "spread",
    "verdicts_for",
]
