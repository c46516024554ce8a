"""Write entries: every change of words, fields and links of a version goes through here, by a person or an import.

Versions are made, sent and issued in `versions`; orders of a tribunal are in `orders`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q

from kept.access.acting import Actor, Refused
from kept.plans import writing
from kept.plans.access import TooLate, check_open, locked
from kept.plans.facts import BadProvision, check_provision, clean_details, provision_data, provision_of, unscheduled
from kept.plans.models import Departure, Entry, Link, Source, Version
from kept.plans.section_sets import set_of
from kept.plans.words import Kind, Thread
from kept.rules import plans as rules
from kept.rules.identifiers.keys import uuid7
from kept.rules.plans import Provision, numbers

LONGEST = 20_000


class Ordered(Refused):
    """The words were ordered by a tribunal and cannot be changed here."""


class SomebodyElseWrote(TooLate):
    """Another writer saved this entry meanwhile. Holds what stands there now; what was typed is not lost."""

    def __init__(self, theirs: Entry | None) -> None:
        who = theirs.changed_by.name if theirs and theirs.changed_by else "Somebody else"
        done = "changed" if theirs else "removed"
        super().__init__(f"{who} {done} this entry while you had it open. Look at both, then save what should stand.")
        self.theirs = theirs


def sentence_of(found: Provision) -> str:
    """The sentence that the typed fields make. Raises BadProvision when the fields cannot agree with it."""
    check_provision(found)
    for name in ("focus", "service", "expertise"):
        words = getattr(found, name).lower()
        if numbers.durations(words) or numbers.frequencies(words):
            raise BadProvision(
                "The description says how much or how often as well. Put that in its own box, so that words and "
                "numbers cannot differ.",
                name,
            )
    if not found.service:
        raise BadProvision("Say what will be provided.", "service")
    return rules.write_provision(found)


@dataclasses.dataclass(frozen=True, kw_only=True)
class EntryWords:
    """What a form or an import gives for one entry.

    provision with is_typed: the sentence is written from the fields and `text` is left aside. provision without: the
    words stand as they are and the fields are a reading of them. links: lineages by kind of thread; None leaves them.
    """

    section: str
    kind: Kind | None = None
    text: str = ""
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    provision: Provision | None = None
    is_typed: bool = False
    provider: str = ""
    original: str = ""
    read_by_machine: bool = False
    links: Mapping[Thread, Iterable[UUID]] | None = None


def _reading(given: EntryWords, kind: Kind, text: str) -> Provision | None:
    if kind is not Kind.PROVISION:
        return None
    return given.provision if given.provision is not None else rules.read_provision(text)


def _check_words(given: EntryWords, version: Version) -> tuple[Kind, str]:
    try:
        section = set_of(version.section_set).section(given.section)
    except KeyError:
        raise Refused(f"This kind of plan has no section {given.section}.") from None
    kind = given.kind or section.kind
    if kind not in section.kinds:
        raise Refused(f"Section {section.code} does not hold an entry of the kind “{kind.label.lower()}”.")
    if given.is_typed and given.provision is not None:
        return kind, sentence_of(given.provision)
    text = given.text.replace("\x00", "").strip()
    if not text and kind is not Kind.PLACEMENT:
        raise Refused("Write something first: this entry is empty.")
    if len(text) > LONGEST:
        raise Refused("This entry is longer than 20,000 characters. Split it into entries that each say one thing.")
    return kind, text


@transaction.atomic
def save_entry(
    *, by: Actor, version: Version, given: EntryWords, lineage: UUID | None = None, based_on: int | None = None
) -> Entry:
    """Write an entry, new (no lineage, or one that is not there yet) or changed. Saving the same twice does nothing.

    based_on: the revision that the writer saw; None for imports, where nobody looked. Raises Refused, Ordered,
    TooLate, SomebodyElseWrote or BadProvision, each with a sentence.
    """
    version = locked(by, version)
    check_open(by, version)
    kind, text = _check_words(given, version)
    entry = Entry.objects.filter(version=version, lineage=lineage).select_related("changed_by", "order").first()
    if based_on is not None and lineage and (entry.revision if entry else 0) != based_on:
        raise SomebodyElseWrote(entry)
    found = _reading(given, kind, text)
    values: dict[str, Any] = {
        "section": given.section,
        "kind": kind,
        "text": text,
        "details": clean_details(kind, given.details),
        "provision": provision_data(found) if found else None,
        "schedulable": _schedulable(found, is_typed=given.is_typed),
        "is_typed": bool(given.is_typed and found),
        "provider": given.provider.strip()[:200],
        "original": given.original,
        "read_by_machine": given.read_by_machine,
    }
    if entry and found and given.provision is None and not entry.is_typed and entry.text == text:
        values |= {"provision": entry.provision, "schedulable": entry.schedulable}  # the reading that was confirmed
    if entry is None:
        entry = _add(by, version, lineage or uuid7(), values)
    else:
        _change(by, entry, values)
    if given.links is not None:
        set_links(by=by, version=version, lineage=entry.lineage, links=given.links)
    writing.drop(by=by, version=version, lineage=entry.lineage)
    return entry


def _schedulable(found: Provision | None, *, is_typed: bool) -> bool | None:
    if found is None:
        return None
    return not unscheduled(found) if is_typed else found.schedulable and not _contradiction(found)


def _contradiction(found: Provision) -> bool:
    try:
        check_provision(found)
    except BadProvision:
        return True
    return False


def _add(by: Actor, version: Version, lineage: UUID, values: dict[str, Any]) -> Entry:
    last = Entry.objects.filter(version=version, section=values["section"]).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    _touch(version)
    return Entry.objects.create(
        area=by.area, version=version, child_id=version.child_id, lineage=lineage, position=position, revision=1,
        changed_by=by.user, **values,
    )  # fmt: skip


def _change(by: Actor, entry: Entry, values: dict[str, Any]) -> None:
    if not values["original"]:
        values["original"] = entry.original
    if all(getattr(entry, name) == value for name, value in values.items()):
        return
    if entry.order_id and (entry.text, entry.section) != (values["text"], values["section"]):
        raise Ordered(_ordered_words(entry))
    for name, value in values.items():
        setattr(entry, name, value)
    entry.revision += 1
    entry.changed_by = by.user
    entry.save()
    _touch(entry.version)


def _ordered_words(entry: Entry) -> str:
    reference = entry.order.reference if entry.order else ""
    return (
        f"These words were ordered by the tribunal ({reference}) and stand as ordered. They change only by a later "
        "order, or by an amendment in law after a review: end the lock first, with the reason."
    )


def _touch(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(revision=F("revision") + 1)


def _entry(by: Actor, version: Version, lineage: UUID) -> Entry:
    found = writing.entry_of(by, version, lineage)
    if found is None:
        raise TooLate("This entry is not in the version any more.")
    return found


@transaction.atomic
def remove_entry(*, by: Actor, version: Version, lineage: UUID, based_on: int | None = None) -> None:
    """Take an entry and its links out of a version that is being written. Raises Ordered for a tribunal's words."""
    version = locked(by, version)
    check_open(by, version)
    entry = _entry(by, version, lineage)
    if based_on is not None and entry.revision != based_on:
        raise SomebodyElseWrote(entry)
    if entry.order_id:
        raise Ordered(_ordered_words(entry))
    Link.objects.filter(Q(first=lineage) | Q(second=lineage), version=version).delete()
    Source.objects.filter(version=version, lineage=lineage).delete()
    Departure.objects.filter(version=version, lineage=lineage).delete()
    entry.delete()
    writing.drop(by=by, version=version, lineage=lineage)
    _touch(version)


@transaction.atomic
def move_entry(*, by: Actor, version: Version, lineage: UUID, up: bool) -> None:
    """Move an entry one place up or down in its section; at the end nothing happens."""
    version = locked(by, version)
    check_open(by, version)
    entry = _entry(by, version, lineage)
    rows = list(Entry.objects.filter(version=version, section=entry.section).order_by("position", "pk"))
    place = next(number for number, row in enumerate(rows) if row.pk == entry.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        if row.position != number:
            Entry.objects.filter(pk=row.pk).update(position=number)
    _touch(version)


@transaction.atomic
def set_links(*, by: Actor, version: Version, lineage: UUID, links: Mapping[Thread, Iterable[UUID]]) -> None:
    """Say what an entry is linked to, for each kind of thread that is given. Unknown entries are refused."""
    check_open(by, version)
    there = set(Entry.objects.filter(version=version).values_list("lineage", flat=True))
    for kind, others in links.items():
        wanted = set(others)
        if not wanted <= there or lineage not in there:
            raise TooLate("An entry that you linked to is not in the version any more. Choose again.")
        if lineage in wanted:
            raise Refused("An entry cannot be linked to itself.")
        rows = Link.objects.filter(version=version, kind=kind, first=lineage)
        rows.exclude(second__in=wanted).delete()
        known = set(rows.values_list("second", flat=True))
        Link.objects.bulk_create(
            Link(area=by.area, version=version, child_id=version.child_id, kind=kind, first=lineage, second=one)
            for one in sorted(wanted - known)
        )


@transaction.atomic
def add_source(*, by: Actor, version: Version, lineage: UUID, said_by: str, **more: Any) -> Source:
    """Say where an entry comes from: a span of a document or of advice. The same span is kept once."""
    check_open(by, version)
    _entry(by, version, lineage)
    found, _ = Source.objects.get_or_create(
        area=by.area, version=version, child_id=version.child_id, lineage=lineage, said_by=said_by[:200], **more
    )
    return found


@transaction.atomic
def depart(
    *, by: Actor, version: Version, lineage: UUID, advice: str, instead: str, reason: str, evidence: str = ""
) -> Departure:
    """Record that an entry does something else than the advice, and why. Raises Refused without a reason."""
    check_open(by, version)
    _entry(by, version, lineage)
    if not reason.strip() or not instead.strip():
        raise Refused("Say what the plan does instead, and why: the reason stands beside the advice.")
    return Departure.objects.create(
        area=by.area, version=version, child_id=version.child_id, lineage=lineage, advice=advice[:1000],
        instead=instead[:1000], reason=reason, evidence=evidence[:300], by=by.user, on=by.today,
    )  # fmt: skip


@transaction.atomic
def confirm_reading(*, by: Actor, entry: Entry, provision: Provision | None = None) -> Entry:
    """Say that what a machine read is right, with the fields mended where given. The words stay as they are.

    Also after the version was issued: an old plan is confirmed while it is in force.
    """
    version = locked(by, entry.version)
    from kept.plans.access import check_writer

    check_writer(by, version)
    current = _entry(by, version, entry.lineage)
    if not current.read_by_machine:
        return current
    found = provision or provision_of(current.provision)
    if found is not None and provision is not None:
        check_provision(found)
    current.provision = provision_data(found) if found else None
    current.schedulable = None if found is None else not unscheduled(found)
    current.read_by_machine = False
    current.confirmed_by = current.changed_by = by.user
    current.revision += 1
    current.save()
    return current
