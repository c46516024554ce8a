"""Look through what a machine read: each entry is confirmed, mended, split or taken out by a person."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.plans import actions
from kept.plans.access import check_open
from kept.plans.facts import provision_of
from kept.plans.import_reading import doubts
from kept.plans.importing import others_named, without
from kept.plans.models import Entry, Version
from kept.plans.outputs import saying
from kept.plans.section_sets import Section, set_of
from kept.plans.words import DRAFT_STAGES, Kind

_EMPTY_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Row:
    """One entry to look at: what was read of it, and what to look at twice."""

    entry: Entry
    label: str
    reading: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """A section with how many of its entries wait."""

    section: Section
    entries: int
    waiting: int


@dataclass(frozen=True)
class ReviewPage:
    """One section of a version that was read in. names: other children's names that stand in the text."""

    tabs: tuple[Tab, ...]
    section: Section
    rows: tuple[Row, ...]
    left: int
    total: int
    names: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sure(self) -> int:
        """How many entries of the section wait and have nothing to look at twice."""
        return sum(one.entry.read_by_machine and not one.doubts for one in self.rows)


def may_come_into_force(version: Version) -> bool:
    """Whether the version is an old final that is not in force yet."""
    return version.stage not in DRAFT_STAGES and version.issued_on is None


def page_of(actor: Actor, version: Version, code: str) -> ReviewPage:
    """One section: the one asked for, or the first with entries that wait. A constant number of queries."""
    entries = list(Entry.objects.filter(area=actor.area, version=version).order_by("position", "pk"))
    order = set_of(version.section_set).sections
    counts, waiting = Counter(e.section for e in entries), Counter(e.section for e in entries if e.read_by_machine)
    tabs = tuple(Tab(one, counts[one.code], waiting[one.code]) for one in order)
    chosen = next((one for one in order if one.code == code), None)
    chosen = chosen or next((one.section for one in tabs if one.waiting), order[0])
    names = tuple(one.words for one in others_named(actor, version.child, "\n".join(one.text for one in entries)))
    rows = tuple(
        _row(one, place, names) for place, one in enumerate((e for e in entries if e.section == chosen.code), 1)
    )
    return ReviewPage(
        tabs, chosen, rows, sum(waiting.values()), len(entries), names, _notes(actor, version)
    )  # fmt: skip


def _notes(actor: Actor, version: Version) -> tuple[str, ...]:
    from kept.plans.import_models import PlanImport

    found = PlanImport.objects.filter(area=actor.area, version=version).values_list("notes", flat=True).first()
    return tuple(found or ())


def _row(entry: Entry, place: int, names: tuple[str, ...]) -> Row:
    provision = provision_of(entry.provision)
    label = f"{entry.section}{'.' if entry.section[-1].isdigit() else ''}{place}"
    found = doubts(Kind(entry.kind), entry.text, provision) if entry.read_by_machine else []
    found += [f"“{name}” is the name of another child." for name in names if name in entry.text]
    return Row(entry, label, saying.lines(provision) if provision else (), tuple(found))


def entry_of(actor: Actor, version: Version, lineage: UUID) -> Entry | None:
    """One entry of the version."""
    return Entry.objects.filter(area=actor.area, version=version, lineage=lineage).select_related("version").first()


def confirm(*, by: Actor, entry: Entry) -> None:
    """Say that the reading is right."""
    actions.confirm_reading(by=by, entry=entry)


@transaction.atomic
def mend(*, by: Actor, version: Version, entry: Entry, given: dict[str, Any]) -> int:
    """Save mended words and confirm them; an empty line splits them. How many entries there are now.

    The parts after the first are read anew and wait to be confirmed. Raises Refused with a sentence.
    """
    parts = [part.strip() for part in _EMPTY_LINE.split(given["text"].replace("\r\n", "\n")) if part.strip()]
    if not parts:
        raise Refused("Write something first: an entry is never empty. Take it out if it does not belong here.")
    first = _words(given, parts[0], original=entry.original)
    saved = actions.save_entry(by=by, version=version, given=first, lineage=entry.lineage, based_on=given["revision"])
    for part in parts[1:]:
        actions.save_entry(by=by, version=version, given=_words(given, part, original=part))
    if len(parts) == 1:
        saved.version = version
        actions.confirm_reading(by=by, entry=saved)
    return len(parts)


def _words(given: dict[str, Any], text: str, *, original: str) -> actions.EntryWords:
    return actions.EntryWords(
        section=given["section"], kind=Kind(given["kind"]), text=text, original=original, read_by_machine=True
    )


def take_out(*, by: Actor, version: Version, entry: Entry) -> None:
    """Take an entry out that does not belong to the plan (a page number, a contents list)."""
    actions.remove_entry(by=by, version=version, lineage=entry.lineage, based_on=entry.revision)


@transaction.atomic
def confirm_without_doubts(*, by: Actor, version: Version, section: str) -> int:
    """Confirm the entries of a section that have nothing to look at twice. How many."""
    page = page_of(by, version, section)
    done = 0
    for row in page.rows:
        if row.entry.read_by_machine and not row.doubts:
            row.entry.version = version
            actions.confirm_reading(by=by, entry=row.entry)
            done += 1
    return done


@transaction.atomic
def take_names_out(*, by: Actor, version: Version) -> int:
    """Put “another child” in place of other children's names, in the words and in what is kept of the original."""
    check_open(by, version)
    entries = list(Entry.objects.select_for_update().filter(area=by.area, version=version))
    names = [one.words for one in others_named(by, version.child, "\n".join(one.text for one in entries))]
    changed = [one for one in entries if any(name in f"{one.text}\n{one.original}" for name in names)]
    for one in changed:
        if one.order_id:
            raise Refused("A tribunal ordered some of these words. They stand as ordered.")
        one.text, one.original = without(one.text, names), without(one.original, names)
        one.revision += 1
        one.changed_by = by.user
    Entry.objects.bulk_update(changed, ["text", "original", "revision", "changed_by"])
    return len(changed)
