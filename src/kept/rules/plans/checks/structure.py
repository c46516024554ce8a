"""Structure, dates, ordered text and the delivery ledger: what needs case and ledger facts besides the words."""

# ruff: noqa: PLR2004 - counts of words and of matches read best as numbers

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kept.rules.plans import concepts
from kept.rules.plans.model import DRAFT_STAGES, SECTIONS, Delivery
from kept.rules.plans.reading import Document, Hit
from kept.rules.plans.text import normal

_NIL = re.compile(r"^\W*(?:n/?a|none|nil|not applicable|no)?\W*$")


def missing_sections(document: Document) -> Iterator[Hit]:
    """S01: a lettered section is absent as its own labelled section."""
    if document.context.whole_plan:
        have = {reading.part.section for reading in document.readings}
        for section in SECTIONS:
            if section not in have:
                yield Hit("S01", section)


def empty_sections(document: Document) -> Iterator[Hit]:
    """S02: a section is empty, with no reasoned nil entry."""
    if document.context.whole_plan or document.context.whole_section:
        for reading in document.of("B", "C", "D", "G", "H1", "H2", "J"):
            if _NIL.match(reading.low):
                yield reading.hit("S02", (0, 0))


def administration(document: Document) -> Iterator[Hit]:
    """S10 and S11: version, dates, signatory and the next review."""
    process, context = document.context.process, document.context
    if not context.whole_plan or process is None:
        return
    final = context.stage not in DRAFT_STAGES
    if not process.version or (final and (not process.issued_on or not process.signed_by)):
        yield Hit("S10", "plan")
    if not process.next_review_due or not any(
        re.search(r"\breview|\bmonitor", each.low) for each in document.of("E", "F")
    ):
        yield Hit("S11", "plan")


def unsourced(document: Document) -> Iterator[Hit]:
    """S19: a need, outcome or provision with no link to advice, a report, an order or a family view."""
    for reading in document.of("B", "C", "D", "E", "F", "G", "H1", "H2"):
        if reading.part.sourced is False:
            yield reading.hit("S19", (0, 0))


def ordered_text(document: Document) -> Iterator[Hit]:
    """S20: the text of a passage that a tribunal ordered differs from the order."""
    texts = {reading.part.id: " ".join(reading.low.split()) for reading in document.readings}
    for passage in document.context.ordered:
        if " ".join(normal(passage.words).split()) not in texts.get(passage.part, ""):
            yield Hit("S20", passage.part)


def section_two(document: Document) -> Iterator[Hit]:
    """H04: the assessment in D finds an eligible section 2 need and H1 holds nothing."""
    for reading in document.of("D"):
        match = re.search(r"\b(?:eligible|assessed)\b[^.;]{0,60}\b(?:section 2|1970 act|chronically sick)", reading.low)
        if match and not any(not each.blank and not _NIL.match(each.low) for each in document.of("H1")):
            yield reading.hit("H04", match)


def package_elsewhere(document: Document) -> Iterator[Hit]:
    """F30: education otherwise than in a school is decided, and Section F relies on school routines."""
    if document.context.eotas:
        for reading in document.of("F"):
            match = re.search(
                r"\b(?:class teacher|in class|assembly|break ?time|lunchtime|playground|each lesson|every lesson"
                r"|school staff|form tutor)\b",
                reading.low,
            )
            if match:
                yield reading.hit("F30", match)
                return


def transfer_date(document: Document) -> Iterator[Hit]:
    """I06: a transfer year with no amended final by the statutory date (regulation 18)."""
    process, today = document.context.process, document.context.plan_date
    if (
        process
        and today
        and process.phase_transfer_deadline
        and process.phase_final_issued is False
        and today >= process.phase_transfer_deadline
    ):
        yield Hit("I06", "plan")


def _anniversary(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def process_dates(document: Document) -> Iterator[Hit]:
    """R01 to R05: review overdue, decision late, changes not shown, unchanged text, recipients.

    Each twelve months starts with the date of issue or of the last completed review (section 44(1)); the notice is due
    within four weeks of the meeting, the final within eight weeks of the notice and twelve of the meeting.
    """
    process, today = document.context.process, document.context.plan_date
    if process is None or today is None:
        return
    base = process.last_review_completed_on or process.issued_on
    if base and today >= _anniversary(base):
        yield Hit("R01", "plan")
    if (
        _late(process.review_meeting_on, process.amendment_notice_on, today, 4)
        or _late(process.amendment_notice_on, process.amended_final_on, today, 8)
        or (process.amendment_notice_on and _late(process.review_meeting_on, process.amended_final_on, today, 12))
    ):
        yield Hit("R02", "plan")
    if process.changes_marked is False:
        yield Hit("R03", "plan")
    if process.unchanged_reviews >= 2:
        yield Hit("R04", "plan")
    if process.confirmed_recipients is not None and not {"family", "setting", "health"} <= process.confirmed_recipients:
        yield Hit("R05", "plan")


def _late(start: date | None, done: date | None, today: date, weeks: int) -> bool:
    return bool(start and (done or today) > start + timedelta(weeks=weeks))


def _delivery_rules(row: Delivery) -> Iterator[str]:
    if row.due_weekly and row.days_since_session is not None and row.days_since_session >= 15:
        yield "L01"
    if row.rate is not None and row.rate < 0.8:
        yield "L02"
    if not row.provider_assigned or row.start_overdue:
        yield "L03"
    if row.in_place_checked is False and (row.days_since_issue_or_change or 0) > 20:
        yield "L04"
    if row.missed_without_reason:
        yield "L05"
    if row.capacity_reasons:
        yield "L06"
    if row.family_says_not_happening and row.recorded_as_delivered:
        yield "L07"


def delivery(document: Document) -> Iterator[Hit]:
    """L01 to L07: the ledger's facts of each item."""
    for row in document.context.delivery:
        for rule in _delivery_rules(row):
            yield Hit(rule, row.part)


def unmatched_concepts(document: Document) -> frozenset[str]:
    """Areas of need in B to D that no provision part mentions: a hint for the officer, not a rule."""
    needs = concepts.areas(" ".join(each.low for each in document.of("B", "C", "D")))
    return needs - concepts.areas(" ".join(each.low for each in document.of("F", "G", "H1", "H2")))
