"""Files from provision-mapping tools: read, tried without keeping anything, then kept as records of the setting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency
from kept.access.roles import Can
from kept.delivery.counting import ChildLedger, ItemLedger, ledgers
from kept.delivery.models import Columns, Item, Upload
from kept.delivery.recording import FURTHEST_BACK, Given, check_given, follow, write
from kept.delivery.words import How
from kept.design.words import day as in_words
from kept.people.models import Child, Identifier, IdentifierKind
from kept.rules.delivery.sheets import ReadRow, guess_columns, missing_columns, read_row
from kept.rules.sheets import BadSheet, Sheet, read_sheet, text_of

LARGEST = 5_000_000
MOST_SHOWN = 200
LONGEST_CELL = 500


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _words(name: str) -> set[str]:
    return set(_plain(name.replace(",", " ")).split())


@transaction.atomic
def take_file(*, by: Actor, setting: Agency, name: str, data: bytes) -> Upload:
    """Read a file and keep its rows until somebody says that they are right. Raises Refused."""
    check_can(by, Can.RECORD_DELIVERY)
    if setting.pk not in by.agency_ids:
        raise Refused("You send files of your own setting only.")
    if len(data) > LARGEST:
        raise Refused("The file is larger than 5 MB. Send it in parts.")
    try:
        sheet = read_sheet(text_of(data))
    except BadSheet as problem:
        raise Refused(str(problem)) from problem
    return Upload.objects.create(
        area=by.area, agency=setting, name=name[:200], headings=list(sheet.headings),
        rows=lines_of(sheet), by=by.user,
    )  # fmt: skip


def lines_of(sheet: Sheet) -> list[list[str]]:
    """The rows from the second line of the file on, an empty list for a blank one: so each is known by its number."""
    lines: list[list[str]] = [[] for _ in range(2, sheet.numbers[-1] + 1)]
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        lines[number - 2] = [cell[:LONGEST_CELL] for cell in row]
    return lines


@dataclass
class Trial:
    """What a file would do: rows that are ready, rows that are not with the reason, names of provision not known."""

    columns: dict[str, str]
    missing: list[str]
    ready: list[tuple[Item, Given]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    twice: int = 0
    said: dict[tuple[UUID, date, bool], tuple[int, Given]] = field(default_factory=dict)
    children: set[UUID] = field(default_factory=set)
    services: list[str] = field(default_factory=list)
    contradicted: set[tuple[int, tuple[UUID, date, bool]]] = field(default_factory=set)


def columns_of(by: Actor, upload: Upload) -> Columns:
    """The mapping that the setting used the last time, else what the headings say."""
    known = Columns.objects.filter(area=by.area, agency=upload.agency).first()
    row = known or Columns(area=by.area, agency=upload.agency)
    guessed = guess_columns(upload.headings)
    row.headings = {
        name: row.headings.get(name, guessed.get(name, ""))
        if row.headings.get(name, "") in {*upload.headings, ""}
        else guessed.get(name, "")
        for name in {*row.headings, *guessed}
    }
    return row


@transaction.atomic
def set_columns(*, by: Actor, upload: Upload, headings: Mapping[str, str], items: Mapping[str, str]) -> Columns:
    """Remember which column means what, and which service a file's name of a provision means."""
    row = columns_of(by, upload)
    row.headings = {name: heading for name, heading in headings.items() if heading in upload.headings or not heading}
    row.items = {**row.items, **{_plain(name): service for name, service in items.items() if service}}
    row.save()
    return row


def try_out(by: Actor, upload: Upload) -> Trial:
    """Read every row of a file and say what would become of it. Nothing is kept."""
    mapping = columns_of(by, upload)
    columns = {name: heading for name, heading in mapping.headings.items() if heading}
    trial = Trial(columns, missing_columns(columns))
    if trial.missing:
        return trial
    places = {name: upload.headings.index(heading) for name, heading in columns.items()}
    children = _Children(by, upload.agency)
    found = ledgers(by, children.ids)
    trial.services = sorted({one.row.service for mine in found.values() for one in mine.items})
    for number, row in enumerate(upload.rows, 2):
        if not row:
            continue
        read = read_row({name: row[place] for name, place in places.items()})
        problem = "; ".join(read.problems)
        child_id = None if problem else children.find(read)
        if not problem and child_id is None:
            who = read.name or read.upn
            problem = f"{who[:60]} is not one of your pupils with a plan, or two have this name."
        if child_id is not None and not children.is_called(child_id, read.name):
            problem = f"The number {read.upn} and the name {read.name[:60]} belong to two children. Mend one of them."
        if problem or child_id is None or read.on is None:
            trial.problems.append((number, problem or "There is no date."))
            continue
        _place(by, trial, number, read, found[child_id], mapping.items)
    for number, _ in sorted(trial.contradicted):
        trial.problems.append((number, "Two rows say different things of this provision and day. Keep one of them."))
    trial.problems.sort()
    return trial


def _place(  # noqa: PLR0917 - one row with all that it is read by
    by: Actor,
    trial: Trial,
    number: int,
    read: ReadRow,
    mine: ChildLedger,
    names: Mapping[str, str],
) -> None:
    on = read.on
    if on is None:
        return
    wanted = names.get(_plain(read.provision), read.provision)
    last = on + timedelta(days=6) if read.whole_week else on
    running = mine.running(on, last)
    match = _which(running, wanted, read)
    if on < by.today - FURTHEST_BACK:
        words = f"{in_words(on)} is too long ago. Does the system put this day in where it knows no date?"
        trial.problems.append((number, words))
        return
    if not match:
        trial.unknown[read.provision] += 1
        trial.problems.append((number, f"“{read.provision[:60]}” is not a provision of this child’s plan then."))
        return
    if len(match) > 1:
        words = (
            f"This child’s plan has {len(match)} provisions called “{match[0].row.service}”, and the row fits more "
            "than one. Write how many minutes came, or the plan’s own words as the name of the provision."
        )
        trial.problems.append((number, words))
        return
    given = Given(
        item_id=match[0].row.pk, on=on, status=read.status.value, minutes=read.minutes, whole_week=read.whole_week,
        pupils=read.pupils, reason=read.reason.value if read.reason else "", note=read.note,
    )  # fmt: skip
    try:
        check_given(by, match[0], given)
    except Refused as problem:
        trial.problems.append((number, str(problem)))
        return
    key = (given.item_id, given.on, given.whole_week)
    if key in trial.said:
        before, other = trial.said[key]
        if other == given:
            trial.twice += 1
        else:
            trial.contradicted |= {(before, key), (number, key)}
            trial.ready = [(row, one) for row, one in trial.ready if one is not other]
        return
    trial.said[key] = (number, given)
    trial.ready.append((match[0].row, given))
    trial.children.add(mine.child_id)


def _which(running: Sequence[ItemLedger], wanted: str, read: ReadRow) -> list[ItemLedger]:
    """The items that a row may mean: of its service or by the plan's words; of several, the one of its length."""
    name = _plain(wanted).rstrip(".")
    match = [one for one in running if name in {_plain(one.row.service), _plain(one.row.words).rstrip(".")}]
    if len(match) > 1 and read.minutes:
        of_length = [one for one in match if any(step.amount.minutes == read.minutes for step in one.item.steps)]
        return of_length if len(of_length) == 1 else match
    return match


class _Children:
    """The children with provision whom the person sees, by number and by name."""

    def __init__(self, by: Actor, setting: Agency) -> None:
        items = Item.objects.filter(area=by.area).values("child_id")
        there = Q(enrolments__setting=setting) | Q(pk__in=items.filter(deliverer=setting))
        rows = list(Child.objects.filter(there, area=by.area, pk__in=items).distinct())
        self.ids = [child.pk for child in rows]
        numbers = Identifier.objects.filter(area=by.area, kind=IdentifierKind.UPN, child_id__in=self.ids)
        self.by_number = {row.value.upper(): row.child_id for row in numbers}
        self.by_name: dict[str, set[UUID]] = {}
        self.names = {child.pk: _words(f"{child.full_name} {child.first_name} {child.family_name}") for child in rows}
        for child in rows:
            for name in {
                f"{child.given_names} {child.family_name}",
                f"{child.first_name} {child.family_name}",
                f"{child.given_names.split()[0]} {child.family_name}",
                f"{child.family_name}, {child.given_names}",
                f"{child.family_name}, {child.first_name}",
            }:
                self.by_name.setdefault(_plain(name), set()).add(child.pk)

    def is_called(self, child_id: UUID, name: str) -> bool:
        """Whether a child found by number may be the one that the row names too: no other pupil, and a name in common.

        A system that writes short names ("Tom") beside the number is no mistake; the number of a brother is.
        """
        others = self.by_name.get(_plain(name), {child_id})
        return not name or (child_id in others and bool(_words(name) & self.names[child_id]))

    def find(self, read: ReadRow) -> UUID | None:
        """The child of a row: by number, else by a name that only one has."""
        if read.upn:
            return self.by_number.get(read.upn)
        found = self.by_name.get(_plain(read.name), set())
        return next(iter(found)) if len(found) == 1 else None


@transaction.atomic
def use(*, by: Actor, upload: Upload) -> int:
    """Keep the rows that are ready; how many. The file's rows are removed, as the records hold them. Safe to repeat."""
    check_can(by, Can.RECORD_DELIVERY)
    row = Upload.objects.select_for_update().get(area=by.area, pk=upload.pk)
    if row.used_at:
        return row.written
    trial = try_out(by, row)
    if trial.missing:
        raise Refused(trial.missing[0])
    if not trial.ready:
        raise Refused("No row of the file can be kept. Mend the file or the columns first.")
    made = write(by, trial.ready, how=How.FILE, batch=row.pk)
    row.used_at, row.written, row.rows = timezone.now(), len(made), []
    row.save(update_fields=["used_at", "written", "rows"])
    follow(by, trial.children)
    return len(made)
