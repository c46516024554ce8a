"""Read in a file of attendance: a dry run first; then the rows that are right say where children are.

Only children with a plan, in assessment or with a need on the record are kept; the rest of a school's register is left
out and not stored. A row that is wrong is named with its number and a sentence. Safe to repeat: what a row says is kept
once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Agency
from kept.access.roles import Can
from kept.design.words import counted, day
from kept.people.facts import sort_key
from kept.people.models import Child, Enrolment, Identifier, IdentifierKind
from kept.rules.sheets import Sheet
from kept.whereabouts.actions import CALLERS, sync_duty
from kept.whereabouts.models import Confirmation, RegisterFile
from kept.whereabouts.queries import every_child
from kept.whereabouts.registers import Line, check_mapping, guess, read_line
from kept.whereabouts.rolls import with_send

Period = tuple[date | None, date | None]


class What(StrEnum):
    """What would happen to one row."""

    NEW = "new"
    SAME = "same"
    LEFT_OUT = "left_out"
    WRONG = "wrong"


@dataclass(frozen=True)
class Step:
    """One row of the file: what would happen, or the sentences that say what is wrong."""

    line: Line
    what: What
    child: Child | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a file would do."""

    table: Sheet
    steps: tuple[Step, ...]
    missing: int = 0
    earlier: RegisterFile | None = None

    def count(self, what: str) -> int:
        """How many rows are new, the same, left out or wrong."""
        return sum(step.what == what for step in self.steps)

    @property
    def new(self) -> list[Step]:
        """The rows that would come in."""
        return [step for step in self.steps if step.what is What.NEW]

    @property
    def wrong(self) -> list[Step]:
        """The rows that would not."""
        return [step for step in self.steps if step.what is What.WRONG]


@dataclass
class _Known:
    children: Mapping[UUID, Child]
    by_upn: dict[str, UUID] = field(default_factory=dict)
    upn_of: dict[UUID, str] = field(default_factory=dict)
    by_name: dict[tuple[str, date], list[UUID]] = field(default_factory=dict)
    said: set[tuple[UUID, date | None, date, int | None, int | None]] = field(default_factory=set)


def mapping_of(by: Actor, headings: Sequence[str]) -> dict[str, str]:
    """The columns as the person's last file had them, else as the headings suggest."""
    last = RegisterFile.objects.filter(area=by.area, by=by.user).first()
    kept = {key: one for key, one in (last.columns if last else {}).items() if one in headings}
    return guess(headings) | kept


def check_may_read(by: Actor, setting: Agency | None) -> None:
    """Raise Refused unless the person may read in a register: council staff any, a school its own."""
    if any(by.can(what) for what in CALLERS) and by.can(Can.SEE_CASES):
        return
    check_can(by, Can.CONFIRM_ROLL)
    if setting is None or setting.pk not in by.agency_ids:
        raise Refused("You send only your own school's register.")


def plan_of(*, by: Actor, table: Sheet, mapping: Mapping[str, str], setting: Agency | None, period: Period) -> Plan:
    """What a file would do; nothing is changed. Raises Refused; ValueError with sentences for wrong columns."""
    check_may_read(by, setting)
    problems = check_mapping(mapping, table.headings, has_period=all(period))
    if problems:
        raise ValueError(" ".join(problems))
    lines = [
        read_line(number, row, mapping, period=period, today=by.today)
        for number, row in zip(table.numbers, table.records, strict=True)
    ]
    known = _known(by, setting)
    steps = _steps(lines, known)
    named = {step.child.pk for step in steps if step.child}
    earlier = RegisterFile.objects.filter(area=by.area, agency=setting, digest=table.digest).first()
    return Plan(table, tuple(steps), len(known.children) - len(named) if setting else 0, earlier)


def _known(by: Actor, setting: Agency | None) -> _Known:
    if setting is None:
        children = {child.pk: child for child in every_child(by).order_by()}
    else:
        children = {child.pk: child for child in with_send(by, setting)}
    known = _Known(children)
    for child in children.values():
        known.by_name.setdefault((sort_key(child.given_names, child.family_name), child.born_on), []).append(child.pk)
    numbers = Identifier.objects.filter(area=by.area, kind=IdentifierKind.UPN, child__in=children)
    for child_id, value, is_current in numbers.values_list("child_id", "value", "is_current"):
        known.by_upn[value] = child_id
        if is_current:
            known.upn_of[child_id] = value
    said = Confirmation.objects.filter(area=by.area, child__in=children, register__isnull=False)
    known.said = set(said.values_list("child_id", "from_on", "confirmed_on", "possible", "present"))
    return known


def _steps(lines: Iterable[Line], known: _Known) -> list[Step]:
    seen: Counter[tuple[UUID, date | None, date | None]] = Counter()
    steps = []
    for line in lines:
        problems = list(line.problems)
        child = _child_of(line, known, problems) if not problems else None
        if child is not None:
            key = (child.pk, line.from_on, line.to_on)
            seen[key] += 1
            if seen[key] > 1:
                problems.append("The same pupil and period stand in an earlier row of this file.")
        if problems:
            steps.append(Step(line, What.WRONG, child, tuple(problems)))
        elif child is None:
            steps.append(Step(line, What.LEFT_OUT))
        else:
            same = (child.pk, line.from_on, line.to_on, line.possible, line.present) in known.said
            steps.append(Step(line, What.SAME if same else What.NEW, child))
    return steps


def _child_of(line: Line, known: _Known, problems: list[str]) -> Child | None:
    """The child of a row; None for a pupil whom this list does not have. Never a guess."""
    by_number = known.by_upn.get(line.upn) if line.upn else None
    if by_number is not None:
        child = known.children[by_number]
        if line.born_on and line.born_on != child.born_on:
            problems.append("The pupil number belongs to a child with another date of birth.")
        return child
    if not (line.given_names and line.family_name and line.born_on):
        return None
    found = known.by_name.get((sort_key(line.given_names, line.family_name), line.born_on), [])
    if len(found) > 1:
        problems.append("Two children on the record have this name and date of birth: give the pupil number.")
        return None
    child_id = next(iter(found), None)
    if child_id is None:
        return None
    if line.upn and known.upn_of.get(child_id, line.upn) != line.upn:
        problems.append("The record has another pupil number for the child of this name and date of birth.")
    return known.children[child_id]


@transaction.atomic
def bring_in(
    *, by: Actor, plan: Plan, mapping: Mapping[str, str], setting: Agency | None, name: str = ""
) -> RegisterFile:
    """Keep the rows of a plan that are right; the same file comes in once. Raises Refused.

    A child who is on the register is confirmed by it, on the last day of its period; the duty of the school to confirm
    follows.
    """
    check_may_read(by, setting)
    if plan.earlier is not None:
        return plan.earlier
    made = RegisterFile.objects.create(
        area=by.area,
        agency=setting,
        name=(name or "Register")[:200],
        columns={key: heading for key, heading in mapping.items() if heading},
        rows=len(plan.steps),
        kept=plan.count(What.NEW),
        left_out=plan.count(What.LEFT_OUT),
        refused=[[step.line.number, " ".join(step.problems)[:400]] for step in plan.wrong],
        digest=plan.table.digest,
        by=by.user,
    )
    at = _settings_of(by, plan.new) if setting is None else {}
    Confirmation.objects.bulk_create(
        _confirmation(by, made, step, setting or at.get(step.child.pk)) for step in plan.new if step.child
    )
    with acting_as_system(by.area, today=by.today) as system:
        for one in {one.pk: one for one in ([setting] if setting else at.values())}.values():
            sync_duty(system, one)
    return made


def _settings_of(by: Actor, steps: Sequence[Step]) -> dict[UUID, Agency]:
    today = Q(starts_on__lte=by.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=by.today))
    found = Enrolment.objects.filter(
        today, area=by.area, setting__isnull=False, child__in=[step.child.pk for step in steps if step.child]
    )
    return {one.child_id: one.setting for one in found.select_related("setting").order_by("starts_on") if one.setting}


def _confirmation(by: Actor, made: RegisterFile, step: Step, setting: Agency | None) -> Confirmation:
    line = step.line
    if step.child is None or line.to_on is None:
        raise ValueError("A row that comes in has its child and its days.")
    period = f"{day(line.from_on)} to {day(line.to_on)}"
    sessions = f"{line.present} of {counted(line.possible, 'session')}"
    return Confirmation(
        area=by.area,
        child=step.child,
        setting=setting,
        attends=line.attends,
        said_by=f"Register{f' of {setting.name[:90]}' if setting else ''}, {period}: {sessions}",
        confirmed_on=line.to_on,
        by=by.user,
        register=made,
        from_on=line.from_on,
        possible=line.possible,
        present=line.present,
    )


def files_of(actor: Actor, setting: Agency | None, limit: int = 20) -> list[RegisterFile]:
    """The files read in last: a school's own, or all for the council."""
    found = RegisterFile.objects.filter(area=actor.area)
    return list((found.filter(agency=setting) if setting else found).select_related("by", "agency")[:limit])
