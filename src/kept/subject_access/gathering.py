"""Everything about a child, from every table that has rows about children, as its reader may see it.

The rows are read while acting as the person who gets the copy, so that the database keeps back what is not theirs: a
hidden address, the other parent's telephone. Tables of services that do not exist yet are included by being there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone

from kept.access.acting import Actor
from kept.access.models import Change
from kept.access.rows import AreaRow
from kept.people.models import Child
from kept.subject_access import plain_words
from kept.subject_access.models import CopyRequest, Redaction

LEFT_OUT = (Change, CopyRequest, Redaction)
SILENT = {
    "id",
    "area",
    "child",
    "token",
    "version",
    "name_keys",
    "sort_key",
    "source",
    "source_id",
    "child_id",
    "page",
    "row_id",
    "table",
}
ISO_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")
RECORDS_NAME = re.compile(r"[a-z]+(_[a-z]+)+")  # "request_received": a name of the record, never words of people
DEEPEST = 3
NEWEST_KEY = ("happened_on", "starts_on", "on", "asked_on", "meets_on", "at", "made_at", "recorded_at", "opened_on")


@dataclass(frozen=True)
class Text:
    """One field of an entry, in words. `hidden` when somebody decided so; `free` when people wrote it at length."""

    field: str
    label: str
    value: str
    free: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Entry:
    """One row about the child."""

    table: str
    row_id: UUID
    title: str
    on: date | None
    texts: tuple[Text, ...]
    disputes: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """All entries of one table."""

    table: str
    title: str
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def tables() -> list[tuple[type[models.Model], str]]:
    """Every model with rows about children, or about their reader, and the path by which a row names them."""
    found: list[tuple[type[models.Model], str]] = []
    for model in apps.get_models():
        if not issubclass(model, AreaRow) or issubclass(model, LEFT_OUT):
            continue
        path = "pk" if model is Child else path_to_child(model) or path_to_reader(model)
        if path:
            found.append((model, path))
    return found


def path_to_reader(model: type[models.Model]) -> str:
    """How a row names the account it is about ("user"), when it names no child: the reader's own contact details."""
    return "user" if "user" in {one.name for one in model._meta.concrete_fields} else ""


def path_to_child(model: type[models.Model], depth: int = DEEPEST) -> str:
    """How a row of a model names its child: "child", "child_id", "case__child"; empty when it does not."""
    names = {one.name: one for one in model._meta.concrete_fields}
    for name in ("child", "child_id"):
        if name in names:
            return name
    if depth == 0:
        return ""
    for one in names.values():
        if isinstance(one, models.ForeignKey) and issubclass(one.related_model, AreaRow) and one.related_model != model:
            further = path_to_child(one.related_model, depth - 1)
            if further:
                return f"{one.name}__{further}"
    return ""


def rows_of(actor: Actor, model: type[models.Model], path: str, child_id: UUID) -> models.QuerySet[Any]:
    """The rows of one model about one child that the person may see."""
    joined = [one.name for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    joined = [name for name in joined if name not in {"area", "child"}]
    wanted = actor.user if path == "user" else child_id
    found = model._base_manager.filter(area=actor.area, **{path: wanted}).select_related(*joined)
    order = next((name for name in NEWEST_KEY if name in {one.name for one in model._meta.concrete_fields}), "pk")
    return found.order_by(order, "pk")


def gather(actor: Actor, child_id: UUID) -> list[Chapter]:
    """Everything about a child that this person may have. One query a table."""
    chapters = []
    for model, path in tables():
        entries = tuple(_entry(model, row) for row in rows_of(actor, model, path, child_id))
        if entries:
            chapters.append(Chapter(model._meta.db_table, title_of(model), entries))
    return sorted(chapters, key=_place)


def title_of(model: type[models.Model]) -> str:
    """What the chapter of a table is called."""
    kind = plain_words.kinds().get(model._meta.db_table)
    return kind.many if kind else str(model._meta.verbose_name_plural).capitalize()


def _place(chapter: Chapter) -> int:
    if chapter.table == "people_child":
        return 0
    return 2 if chapter.table.startswith("access_") else 1


def counts(actor: Actor, child_id: UUID) -> dict[str, int]:
    """How many rows of each table this person sees about a child; to say how many another does not."""
    return {
        model._meta.db_table: rows_of(actor, model, path, child_id).count()
        for model, path in tables()
        if path != "user"
    }


def _entry(model: type[models.Model], row: Any) -> Entry:
    texts = tuple(_texts(model, row))
    dated = next((getattr(row, name) for name in NEWEST_KEY if getattr(row, name, None)), None)
    on = timezone.localdate(dated) if isinstance(dated, datetime) else dated
    return Entry(model._meta.db_table, row.pk, plain(_title(row, texts), on), on, texts)


def plain(words: str, on: date | None) -> str:
    """A title without the day that is said beside it, and without the record's own names for things."""
    if on is not None:
        words = words.removesuffix(on.isoformat()).rstrip(" ,")
    return words.replace("_", " ").capitalize() if RECORDS_NAME.fullmatch(words) else words


def _title(row: Any, texts: tuple[Text, ...]) -> str:
    """What an entry is called, in words that also stand in one of its texts: so what is hidden there is hidden here."""
    kind = plain_words.kinds().get(row._meta.db_table)
    if kind is None or kind.called == "!":
        return plain_words.without_keys(str(row)) or str(row._meta.verbose_name).capitalize()
    named = next((text.value for text in texts if text.field == kind.field), "")
    if kind.alone and named:
        return named
    short = named if len(named) <= plain_words.LONG and "\n" not in named else ""
    return f"{kind.one}: {short}" if short else kind.one


def _texts(model: type[models.Model], row: Any) -> Iterator[Text]:
    for one in model._meta.concrete_fields:
        label = "" if one.name in SILENT else label_of(model, one)
        value = in_words(one, row) if label else ""
        if value:
            free = isinstance(one, (models.TextField, models.JSONField)) or (
                isinstance(one, models.CharField) and not one.choices and (one.max_length or 0) >= plain_words.LONG
            )
            yield Text(one.name, label, value, free)


def label_of(model: type[models.Model], one: models.Field) -> str:
    """What a field is called in a copy; empty when it is not for readers."""
    said = plain_words.label(model, one)
    return str(one.verbose_name).capitalize() if said is None else said


def in_words(one: models.Field, row: Any) -> str:
    """The value of one field as people read it; empty when there is none."""
    if isinstance(one, models.ForeignKey):
        related = getattr(row, one.name)
        return plain_words.of_related(related) if related is not None else ""
    if isinstance(one, models.BinaryField):
        return "A file. Ask us for it." if getattr(row, one.attname) else ""
    said = plain_words.in_code(type(row), one, row)
    if said is not None:
        return said
    value = getattr(row, one.attname)
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    return value if isinstance(one, models.TextField) else say(value)


def say(value: Any) -> str:
    """Any value in words: dates as we write them, lists and dictionaries line by line."""
    if value is None or value in ("", [], {}):
        return ""
    return next(words(value) for kind, words in WORDS if isinstance(value, kind))


def _text_in_words(value: str) -> str:
    """A text as people read it: days as we write them, no keys, no names of the record for things."""
    if ISO_DAY.fullmatch(value):
        return date.fromisoformat(value).strftime("%-d %B %Y")
    return "" if plain_words.KEY.fullmatch(value) else plain_words.unscored(value)


WORDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "Yes" if value else "No"),
    (datetime, lambda value: timezone.localtime(value).strftime("%-d %B %Y, %H:%M")),
    (date, lambda value: value.strftime("%-d %B %Y")),
    (
        dict,
        lambda value: "\n".join(
            f"{str(key).replace('_', ' ').capitalize()}: {say(one)}" for key, one in value.items() if say(one)
        ),
    ),
    (list, lambda value: ", ".join(filter(None, map(say, value)))),
    (float, lambda value: f"{value:g}"),
    (str, _text_in_words),
    (object, str),
)


def with_disputes(chapters: list[Chapter], corrections: list[Any]) -> list[Chapter]:
    """The chapters with each correction beside the entry that it disputes."""
    by_entry: dict[tuple[str, UUID], list[Any]] = {}
    for correction in corrections:
        by_entry.setdefault((correction.table, correction.row_id), []).append(correction)
    return [
        replace(
            chapter,
            entries=tuple(
                replace(entry, disputes=tuple(by_entry.get((entry.table, entry.row_id), ())))
                for entry in chapter.entries
            ),
        )
        for chapter in chapters
    ]
