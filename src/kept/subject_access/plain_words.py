"""The plain words of a copy: what each kind of entry, each field and each code is called when a family reads it.

The lists stand in `words/`. A test walks over every table that a copy holds and fails for one without plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import models

from kept.cases.labels import details_shown, exception_words
from kept.cases.panels import QUESTIONS
from kept.cases.states import MEANING
from kept.design.words import day
from kept.duties.words import OWNERS
from kept.people.codes import Need
from kept.people.languages import LANGUAGES
from kept.reviews.words import TOPIC
from kept.rules.delivery import say_half_term, say_term
from kept.rules.process import Stage
from kept.rules.process.catalogue import EVENTS
from kept.rules.process.notices import KINDS as NOTICES

NOT_SHOWN = "-"
LONG = 100  # characters: longer fields are written by people at length
KEY = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
CODE = re.compile(
    r"(?=[^_]*_)[a-z][a-z0-9]*([_.][a-z0-9]+)+"
)  # "request_received": a name of the record, never words of people
DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)\b")
ENTRY_OF_CASE = re.compile(r"^Event of the case: (\w+)")


@dataclass(frozen=True)
class Kind:
    """One kind of entry: what one and many are called, and the field that names the single one; "!" for it alone."""

    one: str
    many: str
    called: str

    @property
    def alone(self) -> bool:
        """Whether the field says enough, without the name of the kind."""
        return self.called.startswith("!")

    @property
    def field(self) -> str:
        """The field that names the single one; "" for none."""
        return self.called.removeprefix("!")


def _rows(name: str) -> list[list[str]]:
    text = files("kept.subject_access").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [[part.strip() for part in line.split("|")] for line in lines]


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of entries by table."""
    return {table: Kind(one, many, called) for table, one, many, called in _rows("kinds")}


@cache
def _labels() -> Mapping[str, str]:
    return {name: label for name, label in _rows("fields")}  # noqa: C416 -- each row has exactly two parts


def label(model: type[models.Model], one: models.Field[Any, Any]) -> str | None:
    """What a field is called; "" when it is not for readers, None when nobody said what it is called.

    The words of this table come first, then the model's own words, then the words for all tables.
    """
    own, common = _labels().get(f"{model._meta.db_table}.{one.name}"), _labels().get(one.name)
    if isinstance(one, models.UUIDField) or NOT_SHOWN in (own, common if own is None else own):
        return ""
    if own:
        return own
    said = str(one.verbose_name)
    if said != one.name.replace("_", " "):
        return _large(said)
    return common


def _event(kind: str) -> str:
    return _large(EVENTS[kind].words) if kind in EVENTS else unscored(kind)


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _evidence(words: str) -> str:
    found = ENTRY_OF_CASE.match(words)
    return _event(found.group(1)) if found else words


def _ended(words: str) -> str:
    return _event(words) if words in EVENTS else unscored(words)


def unscored(words: str) -> str:
    """A name of the record as words: "moved_away" is "Moved away"; anything else as it is."""
    if not CODE.fullmatch(words):
        return words
    return re.sub(r"[_.]", " ", words).capitalize()


VERDICTS = {
    "clean": "No virus was found", "infected": "A virus was found", "waiting": "Waits for the check for viruses",
    "rule": "Not checked: only kinds of files are taken that are safe to open",
}  # fmt: skip
SEVERITIES = {"minor": "Small", "major": "Big", "blocker": "Must be put right first"}
CLOSED = {"seen": "Seen", "duplicate": "Entered twice", "withdrawn": "Withdrawn by the family", "died": "Died"}
CODES: Mapping[str, Callable[[str], str]] = {
    "cases_event.kind": _event,
    "cases_case.stage": lambda value: MEANING[Stage[value]] if value in Stage.__members__ else value,
    "cases_panelitem.question": lambda value: QUESTIONS[value].words if value in QUESTIONS else unscored(value),
    "delivery_counted.half_term": say_half_term,
    "delivery_counted.term": say_term,
    "delivery_catchup.term": say_term,
    "documents_document.verdict": lambda value: VERDICTS.get(value, value),
    "duties_duty.because": lambda value: DAY.sub(lambda found: day(date.fromisoformat(found.group())), value),
    "duties_duty.evidence": _evidence,
    "duties_duty.ended_because": _ended,
    "duties_duty.released_by": exception_words,
    "duties_duty.owed_by": lambda value: {**OWNERS, "local authority": "The council"}.get(value, _large(value)),
    "people_carer.language": lambda value: LANGUAGES.get(value, value),
    "people_child.language": lambda value: LANGUAGES.get(value, value),
    "notices_notice.sort": lambda value: NOTICES[value].title if value in NOTICES else value,
    "quality_sampled.need": lambda value: str(Need(value).label) if value in Need.values else value,
    "reviews_contribution.topic": lambda value: TOPIC[value].title if value in TOPIC else unscored(value),
    "plans_lintnight.severity": lambda value: SEVERITIES.get(value, value),
    "plans_override.severity": lambda value: SEVERITIES.get(value, value),
    "waiting_referral.closed_reason": lambda value: CLOSED.get(value, unscored(value)),
}


def in_code(model: type[models.Model], one: models.Field[Any, Any], row: Any) -> str | None:
    """The words of a value that the record keeps as a code; None where it keeps words."""
    value = getattr(row, one.attname)
    if model._meta.db_table == "cases_event" and one.name == "details":
        return "\n".join(f"{name}: {unscored(words)}" for name, words in details_shown(row.kind, value or {}))
    words = CODES.get(f"{model._meta.db_table}.{one.name}")
    return words(value) if words and value else None


def _may_be_hidden(field: models.Field[Any, Any]) -> bool:
    """Whether people write it at length, so that words of it may be hidden where the entry itself stands."""
    at_length = isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) >= LONG
    return at_length and field.name != "name"


def of_related(row: models.Model) -> str:
    """How an entry is called where another one points to it: never by a key, nor by text that may be hidden there."""
    kind = kinds().get(row._meta.db_table)
    if kind is None or kind.called == "!":
        return without_keys(str(row))
    fields = {one.name: one for one in row._meta.concrete_fields}
    field = fields.get(kind.field)
    if field is None or isinstance(field, (models.ForeignKey, models.TextField)) or _may_be_hidden(field):
        return kind.one
    said = in_code(type(row), field, row)
    if said is None:
        said = str(getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name) or "")
    return said or kind.one


def without_keys(words: str) -> str:
    """Words of people as they are; nothing where only a key of the record names it."""
    return "" if KEY.search(words) else words
