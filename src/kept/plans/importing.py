"""Read in an existing plan: words or a file in, a version out whose entries are marked “read by machine”."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.documents.actions import NotKept, keep
from kept.documents.models import Document
from kept.people.models import Child, NameKey
from kept.people.queries import children_seen
from kept.plans.facts import BadProvision, check_provision, clean_details, provision_data
from kept.plans.import_files import Unreadable, tidy
from kept.plans.import_models import PlanImport
from kept.plans.import_reading import Proposal, Proposed, possible_names, propose, quantity_doubts
from kept.plans.import_worker import read_on
from kept.plans.models import Entry, Link, Version
from kept.plans.section_sets import set_of
from kept.plans.versions import start_plan
from kept.plans.words import Kind, Stage, Thread
from kept.rules.identifiers.keys import uuid7
from kept.rules.names import plain
from kept.rules.plans.split import MOST_CHARACTERS

AT_A_TIME = 2.0  # seconds of reading for one request
KINDS = ("pdf", "docx", "txt")
MOST_NAMES = 400
TAKES_OVER = "Plan in use before it was read into Kept"

__all__ = ["MOST_CHARACTERS", "begin", "go_on", "import_of", "imports_of", "make_version", "others_named"]


def import_of(actor: Actor, pk: UUID) -> PlanImport | None:
    """One import, if the person may see the child."""
    found = PlanImport.objects.filter(area=actor.area, pk=pk)
    return found.select_related("child", "version", "document").first()


def imports_of(actor: Actor, child_pk: UUID) -> list[PlanImport]:
    """What was read in for a child, the last first."""
    return list(PlanImport.objects.filter(area=actor.area, child_id=child_pk).select_related("version")[:20])


@transaction.atomic
def begin(*, by: Actor, child: Child, text: str = "", file: Any = None) -> PlanImport:
    """Take a file or pasted words of a child's existing plan. Raises NotKept or Refused with a sentence.

    A pasted text is read at once; a file is read by `go_on`, a few seconds at a time.
    """
    check_can(by, Can.EDIT_PLANS)
    if not children_seen(by).filter(pk=child.pk).exists():
        raise Refused("This child is not in your record.")
    if file is not None:
        document = keep(by=by, child=child, file=in_utf8(file), source="plans.import")
        if document.ending not in KINDS:
            raise NotKept("A plan is read from a Word document (.docx), a PDF or plain text. Save it as one of these.")
        return PlanImport.objects.create(area=by.area, child=child, document=document, name=document.title, by=by.user)
    words = text.replace("\x00", "")
    if not words.strip():
        raise Refused("Paste the words of the plan, or choose a file.")
    if len(words) > MOST_CHARACTERS:
        raise Refused("This is longer than any plan: more than two million characters are not read.")
    return PlanImport.objects.create(
        area=by.area, child=child, name="Pasted text", by=by.user, pages=1, pages_read=1, texts=[words]
    )


def in_utf8(file: Any) -> Any:
    """A plain text of an older Windows (its own code page, or two bytes a letter) as UTF-8; any other file as it is."""
    if not str(file.name).lower().endswith(".txt") or file.size > MOST_CHARACTERS:
        return file
    raw = file.read()
    file.seek(0)
    for encoding in ("utf-8", "utf-16" if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "cp1252"):
        try:
            words = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        is_text = encoding != "utf-8" and "\x00" not in words
        return ContentFile(words.encode(), name=file.name) if is_text else file
    return file


@transaction.atomic
def go_on(*, by: Actor, one: PlanImport, seconds: float = AT_A_TIME) -> PlanImport:
    """Read the next pages for about so long. What cannot be read is said in `problem`. Safe to repeat."""
    check_can(by, Can.EDIT_PLANS)
    one = PlanImport.objects.select_for_update(of=("self",)).select_related("child", "document").get(pk=one.pk)
    if one.is_read or one.problem or one.document is None:
        return one
    try:
        read = read_on(_place(one.document), one.document.ending, first=one.pages_read + 1, seconds=seconds)
    except Unreadable as problem:
        one.problem = str(problem)[:500]
        one.texts = []
        one.save(update_fields=["problem", "texts"])
        return one
    one.texts = [*one.texts, *(page.text.replace("\x00", "") for page in read)]
    one.notes = [*one.notes, *(note for page in read for note in page.notes)]
    one.pages_read = read[-1].number
    one.pages = read[-1].of
    one.save(update_fields=["texts", "notes", "pages_read", "pages"])
    return one


def _place(document: Document) -> Path:
    return Path(default_storage.path(document.path))


@transaction.atomic
def make_version(*, by: Actor, one: PlanImport, is_in_force: bool) -> Version:
    """Make a version from what was read, each entry marked as read by machine. Once: later calls give the same one.

    is_in_force: the plan is in use already, so the version is a final that `versions.issue_imported` puts in force when
    it was looked through; otherwise it is a draft to go on writing. Raises Refused with a sentence.
    """
    one = PlanImport.objects.select_for_update(of=("self",)).select_related("child", "version").get(pk=one.pk)
    if one.version:
        return one.version
    if not one.is_read:
        raise Refused("The file has not been read to its end yet.")
    stage, reason = (Stage.FINAL, TAKES_OVER) if is_in_force else (Stage.DRAFT, "")
    version = start_plan(by=by, child=one.child, stage=stage, reason=reason, is_imported=True)
    others = Version.objects.filter(plan=version.plan, discarded_on__isnull=True).exclude(pk=version.pk)
    if version.entries.exists() or others.exists():
        raise Refused(
            f"{one.child.first_name} already has a plan that is being written. Open it and paste into its sections, or "
            "give that version up first."
        )
    if not version.is_imported or version.stage != stage:
        version.is_imported, version.stage, version.reason = True, stage, reason
        version.save(update_fields=["is_imported", "stage", "reason"])
    try:
        found = propose(tidy(one.texts), set_of(version.section_set))
    except ValueError as problem:
        raise Refused(str(problem)) from None
    write_proposal(by=by, version=version, found=found)
    one.version = version
    one.notes = [*one.notes, *found.notes]
    one.texts = []
    one.save(update_fields=["version", "notes", "texts"])
    return version


def write_proposal(*, by: Actor, version: Version, found: Proposal) -> list[Entry]:
    """The entries, and the links that their words name, in an empty version."""
    places: dict[str, int] = {}
    rows: list[Entry] = []
    for one in found.entries:
        place = places.get(one.section, 0)
        places[one.section] = place + 1
        rows.append(_row(by, version, one, place))
    Entry.objects.bulk_create(rows)
    Link.objects.bulk_create(_links(by, version, found.entries, rows))
    Version.objects.filter(pk=version.pk).update(revision=version.revision + 1)
    return rows


def _row(by: Actor, version: Version, one: Proposed, place: int) -> Entry:
    provision = one.provision
    return Entry(
        area=by.area, version=version, child_id=version.child_id, lineage=uuid7(), section=one.section, kind=one.kind,
        position=place, text=one.text, original=one.original, details=clean_details(one.kind, {}),
        provision=provision_data(provision) if provision else None, schedulable=_schedulable(one),
        read_by_machine=True, revision=1, changed_by=by.user,
    )  # fmt: skip


def _schedulable(one: Proposed) -> bool | None:
    """Whether the ledger can count it: not while its fields or its quantities contradict each other."""
    if one.provision is None:
        return None
    try:
        check_provision(replace(one.provision, reasons=()))
    except BadProvision:
        return False
    return one.provision.schedulable and not quantity_doubts(one.text)


THREADS = {
    (Kind.PROVISION, Kind.NEED): Thread.PROVISION_NEED,
    (Kind.PROVISION, Kind.OUTCOME): Thread.PROVISION_OUTCOME,
    (Kind.OUTCOME, Kind.NEED): Thread.OUTCOME_NEED,
    (Kind.PAYMENT, Kind.PROVISION): Thread.PAYMENT_PROVISION,
}


def _links(by: Actor, version: Version, entries: Iterable[Proposed], rows: list[Entry]) -> list[Link]:
    """A link for each number of another entry that the words name, where such a link has a meaning."""
    pairs = list(zip(entries, rows, strict=True))
    named = {one.number: row for one, row in pairs}
    made = {}
    for one, row in pairs:
        for number in one.refers:
            other = named.get(number)
            kind = THREADS.get((one.kind, Kind(other.kind))) if other else None
            if other and kind and other.lineage != row.lineage:
                made[kind, row.lineage, other.lineage] = Link(
                    area=by.area, version=version, child_id=version.child_id, kind=kind, first=row.lineage,
                    second=other.lineage,
                )  # fmt: skip
    return list(made.values())


@dataclass(frozen=True)
class Named:
    """Words of a text that are the name of another child on the area's roll. Says nothing else about that child."""

    words: str


def others_named(actor: Actor, child: Child, text: str) -> list[Named]:
    """Names of other children of the area in a text, as they stand in it. Two queries, whatever the text's length.

    A name is a given and a family name side by side. Only children whom the actor may see count, so that the answer
    tells nobody anything that they could not find.
    """
    pairs = {(plain(first), plain(last)): f"{first} {last}" for first, last in possible_names(text)}
    pairs = dict(sorted(pairs.items())[:MOST_NAMES])
    lasts = {f"w:{last}" for _, last in pairs}
    if not lasts:
        return []
    near = NameKey.objects.filter(area=actor.area, key__in=lasts).exclude(child_id=child.pk).values("child_id")
    seen = children_seen(actor).filter(pk__in=near).order_by()
    names = seen.values_list("given_names", "family_name", "known_as")[:2000]
    own = {plain(word) for word in (*child.given_names.split(), child.known_as)}
    found = set()
    for given, family, known_as in names:
        for first in {*given.split(), known_as} - {""}:
            words = pairs.get((plain(first), plain(family.split()[-1])))
            if words and not (plain(first) in own and plain(family) == plain(child.family_name)):
                found.add(words)
    return [Named(words) for words in sorted(found)]


def without(text: str, names: Iterable[str]) -> str:
    """A text with these names put into words that say nothing: what an officer may ask for with one press."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "another child", text)
    return text


def left_to_confirm(actor: Actor, version: Version) -> int:
    """How many entries of a version were read by machine and not looked at yet."""
    return Entry.objects.filter(area=actor.area, version=version, read_by_machine=True).count()


def check_looked_through(actor: Actor, version: Version, on: date) -> None:
    """Raise Refused while entries wait to be confirmed, or for a day to come."""
    left = left_to_confirm(actor, version)
    if left:
        raise Refused(
            f"{left} {'entries wait' if left > 1 else 'entry waits'} to be confirmed. Look at each one first."
        )
    if on > actor.today:
        raise Refused("A plan that is already in force began today or earlier.")
