"""Read a file of referrals that another system sent: which column is what, and what one row says. Pure: no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kept.design.words import day as in_words
from kept.rules.ages import age_on
from kept.rules.dates_as_typed import read_date
from kept.rules.identifiers.health import check_nhs_number
from kept.rules.identifiers.pupils import check_upn
from kept.waiting.words import EventKind, Priority

EARLIEST = date(2000, 1, 1)
OLDEST = 26  # years; nobody older is referred to a list of children and young people
DEFAULT_DATES = frozenset({date(1900, 1, 1), date(1970, 1, 1), date(2000, 1, 1), date(1899, 12, 30)})


@dataclass(frozen=True)
class Column:
    """A field that we can read: its words, the headings by which other systems call it, whether a row needs it."""

    key: str
    label: str
    headings: tuple[str, ...]
    needed: bool = False


COLUMNS = (
    Column("ref", "Reference", ("reference", "ref", "referral id", "referral number", "ubrn", "id"), True),
    Column("nhs", "NHS number", ("nhs number", "nhs no", "nhs")),
    Column("upn", "Unique pupil number", ("upn", "unique pupil number")),
    Column("given_names", "First names", ("first name", "forename", "forenames", "given name", "given names")),
    Column("family_name", "Family name", ("surname", "last name", "family name")),
    Column("born_on", "Date of birth", ("date of birth", "dob", "birth date", "born")),
    Column("list", "Which list", ("list", "service", "clinic", "specialty", "team", "waiting list")),
    Column("made_on", "Day of referral", ("referral date", "date of referral", "referred on", "date referred"), True),
    Column("received_on", "Day received", ("received date", "date received", "received on", "referral received")),
    Column("accepted_on", "Day accepted", ("accepted date", "date accepted", "accepted on", "triage date")),
    Column("priority", "Priority", ("priority", "urgency")),
    Column("offer_on", "Day of appointment", ("appointment date", "appointment", "next appointment", "appt date")),
    Column("outcome", "What came of it", ("outcome", "attendance", "appointment outcome", "attended")),
    Column("closed_on", "Day closed", ("closed date", "discharge date", "date closed", "closed on", "end date")),
    Column("closed_reason", "Why closed", ("closed reason", "discharge reason", "reason", "end reason")),
    Column("referred_by", "Referred by", ("referred by", "referrer", "source of referral")),
)  # fmt: skip
DATES = ("born_on", "made_on", "received_on", "accepted_on", "offer_on", "closed_on")
OUTCOME_WORDS: tuple[tuple[str, str], ...] = (
    (r"not brought|wnb|dna|did not attend|no show|missed", EventKind.NOT_BROUGHT),
    (r"cancel\w* .*(patient|family|parent|carer)|(patient|family|parent) cancel", EventKind.CANCELLED_BY_FAMILY),
    (r"cancel", EventKind.CANCELLED_BY_SERVICE),
    (r"declin|refus", EventKind.DECLINED),
    (r"attend|seen|arrived|kept|complete", EventKind.ATTENDED),
)
CLOSING_WORDS: tuple[tuple[str, str], ...] = (
    (r"duplicat|entered twice|in error", EventKind.DUPLICATE),
    (r"withdr|no longer|declin|family.*(ask|choice)|opted out", EventKind.WITHDRAWN),
    (r"moved|out of area", EventKind.MOVED),
    (r"aged? out|too old|adult", EventKind.AGED_OUT),
    (r"transfer|passed on|another (service|provider)", EventKind.TRANSFERRED),
    (r"not accept|reject|inappropriate|criteria", EventKind.NOT_ACCEPTED),
    (r"died|deceased|death", EventKind.DIED),
    (r"seen|complete|discharg|treat|assess|diagnos", EventKind.CLOSED),
)
PRIORITY_WORDS: tuple[tuple[str, int], ...] = (
    (r"^(p?\s*1|urgent|emergency|high|priority one)", Priority.URGENT),
    (r"^(p?\s*2|soon|medium|two week)", Priority.SOON),
    (r"^(p?\s*3|routine|low|standard|normal|)$", Priority.ROUTINE),
)


@dataclass(frozen=True)
class ReadRow:
    """What one row says, and what is wrong with it. `number`: the row of the file, the heading being row 1."""

    number: int
    text: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    priority: int = Priority.ROUTINE
    outcome: str = ""
    closing: str = ""
    problems: tuple[str, ...] = ()


def _tidy(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Which heading is probably which field: our field to their heading."""
    tidied = {_tidy(heading): heading for heading in headings if heading}
    found: dict[str, str] = {}
    for column in COLUMNS:
        for called in (*column.headings, _tidy(column.label)):
            if called in tidied and tidied[called] not in found.values():
                found[column.key] = tidied[called]
                break
    return found


def check_mapping(mapping: Mapping[str, str], headings: Sequence[str]) -> list[str]:
    """What is wrong with a mapping, in sentences."""
    problems = [
        f"Say which column holds the {column.label.lower()}."
        for column in COLUMNS
        if column.needed and not mapping.get(column.key)
    ]
    known = any(mapping.get(key) for key in ("nhs", "upn")) or all(
        mapping.get(key) for key in ("given_names", "family_name", "born_on")
    )
    if not known:
        problems.append("Say which columns tell who the child is: the NHS number, the pupil number, or name and birth.")
    chosen = [heading for heading in mapping.values() if heading]
    problems += [f"The file has no column “{heading}”." for heading in chosen if heading not in headings]
    twice = {heading for heading in chosen if chosen.count(heading) > 1}
    problems += [f"The column “{heading}” is chosen for two things." for heading in sorted(twice)]
    return problems


def read_row(number: int, row: Mapping[str, str], mapping: Mapping[str, str], today: date) -> ReadRow:
    """One row in our words, with every problem that can be seen in the row alone."""
    text = {key: row.get(heading, "") or "" for key, heading in mapping.items() if heading}
    problems: list[str] = []
    days = _days(text, today, problems)
    for key, check in (("nhs", check_nhs_number), ("upn", check_upn)):
        if text.get(key):
            try:
                text[key] = check(text[key])
            except ValueError as problem:
                problems.append(str(problem))
    if not text.get("ref"):
        problems.append("The reference is missing.")
    if "made_on" not in days and not any("day of referral" in one for one in problems):
        problems.append("The day of referral is missing.")
    priority = next((value for words, value in PRIORITY_WORDS if re.search(words, text.get("priority", "").lower())), 0)
    if not priority:
        problems.append(f"The priority “{text['priority']}” is not known: use urgent, soon or routine.")
    outcome = _word(text.get("outcome", ""), OUTCOME_WORDS)
    if text.get("outcome") and not outcome:
        problems.append(f"The outcome “{text['outcome']}” is not known.")
    closing = _word(text.get("closed_reason", ""), CLOSING_WORDS)
    if "closed_on" in days and not closing:
        problems.append(f"It is closed, and the reason “{text.get('closed_reason', '')}” is not known.")
    if outcome and "offer_on" not in days:
        problems.append("It has an outcome but no day of the appointment.")
    problems += _order(days)
    return ReadRow(number, text, days, priority or Priority.ROUTINE, outcome, closing, tuple(problems))


def _word(text: str, known: Sequence[tuple[str, str]]) -> str:
    return next((value for words, value in known if text and re.search(words, text.lower())), "")


def _days(text: Mapping[str, str], today: date, problems: list[str]) -> dict[str, date]:
    labels = {column.key: column.label.lower() for column in COLUMNS}
    days: dict[str, date] = {}
    for key in DATES:
        typed = re.sub(r"[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?$", "", text.get(key, ""))
        if not typed:
            continue
        try:
            day = read_date(typed)
        except ValueError as problem:
            problems.append(f"The {labels[key]} cannot be read: {problem}")
            continue
        if day in DEFAULT_DATES and (key != "born_on" or day < EARLIEST):
            problems.append(f"The {labels[key]} is {in_words(day)}, which a system puts in when nothing is known.")
        elif key != "born_on" and day < EARLIEST:
            problems.append(f"The {labels[key]} is before the year 2000.")
        elif key != "offer_on" and day > today:
            problems.append(f"The {labels[key]} is after today.")
        else:
            days[key] = day
    return days


ORDER = (
    ("born_on", "made_on", "The child was referred before they were born."),
    ("made_on", "received_on", "It was received before it was referred."),
    ("made_on", "accepted_on", "It was accepted before it was referred."),
    ("made_on", "closed_on", "It was closed before it began."),
    ("made_on", "offer_on", "The appointment was before the referral."),
)


def _order(days: Mapping[str, date]) -> list[str]:
    wrong = [words for first, then, words in ORDER if first in days and then in days and days[then] < days[first]]
    if {"born_on", "made_on"} <= set(days) and age_on(days["born_on"], max(days["made_on"], days["born_on"])) >= OLDEST:
        wrong.append(f"Whoever was born on {in_words(days['born_on'])} was {OLDEST} or older when referred.")
    return wrong
