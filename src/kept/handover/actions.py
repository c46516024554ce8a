"""Hand a case over, and cover an absence. Each is one transaction and safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import User
from kept.access.roles import Can
from kept.cases.actions import SomebodyElseWasFirst, assign
from kept.cases.models import Case
from kept.duties.actions import DutyFacts, reassign, sync
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.handover.models import Absence, Handover
from kept.handover.note import handover_note
from kept.handover.queries import away_on
from kept.messages.actions import hand_on, start
from kept.messages.models import Thread
from kept.people.queries import family_of
from kept.rules.calendar import ENGLAND

TELL_WITHIN = 2  # working days, for families without an account


@transaction.atomic
def hand_over(
    *, by: Actor, case: Case, to: User, deputy: User | None, note: str, version: int | None = None
) -> Handover:
    """Give a case to another officer: duties and messages move with it, the family is told the same day.

    Families with an account get a message; for each parent without one there is a duty to call or write. Raises
    Refused, or SomebodyElseWasFirst.
    """
    check_can(by, Can.ASSIGN_WORK)
    if not note.strip():
        raise Refused("Write what the next officer must know.")
    if case.officer_id == to.pk:
        raise Refused(f"{to.name} has this case already.")
    before = case.officer
    held = (
        Duty.objects.filter(outstanding(), area=by.area, source_id=case.pk, person=before)
        if before
        else Duty.objects.none()
    )
    moved = held.count()
    case = assign(by=by, case=case, officer=to, deputy=deputy, team=case.team, version=version)
    for thread in Thread.objects.filter(area=by.area, child_id=case.child_id, owner=before, closed_on__isnull=True):
        hand_on(by=by, thread=thread, person=to, team=case.team, why="The case changed hands")
    told = _tell_family(by, case, before, to, deputy)
    return Handover.objects.create(
        area=by.area,
        case=case,
        child_id=case.child_id,
        from_officer=before,
        to_officer=to,
        note=note.strip(),
        duties_moved=moved,
        told_by=told[:300],
        on=by.today,
        by=by.user,
    )


def _tell_family(by: Actor, case: Case, before: User | None, to: User, deputy: User | None) -> str:
    """Tell each parent by the way they have; how, in words."""
    words = f"{to.name} has your case from today{f', instead of {before.name}' if before else ''}. "
    words += f"If {to.name} is away, {deputy.name} stands in. " if deputy else ""
    words += "Nothing that we owe you has moved: every day stays as it was."
    told, owed = [], []
    for member in family_of(by, case.child_id):
        if not member.is_running or member.carer is None or not member.link.opens_the_record:
            continue
        if member.carer.user is None:
            owed.append(member.carer)
            continue
        start(
            by=by,
            child=case.child,
            subject="Who has your case now",
            text=words,
            with_user=member.carer.user,
            with_carer=member.carer,
            owner=to,
            team=case.team,
        )
        told.append(f"{member.carer.name}: message")
    sync(by=by, source="handover", source_id=case.pk, child_id=case.child_id, duties=[_tell(by, case, c) for c in owed])
    return "; ".join([*told, *(f"{carer.name}: to be called or written to" for carer in owed)])


def _tell(by: Actor, case: Case, carer: object) -> DutyFacts:
    return DutyFacts(
        key=f"tell#{carer.pk}#{by.today.isoformat()}",  # type: ignore[attr-defined]
        what=f"Tell {carer.name} by phone or letter who has the case now"[:300],  # type: ignore[attr-defined]
        authority="Published standard of the council: families know who has their case",
        rule="handover.tell",
        is_statutory=False,
        owed_by="the council",
        starts_on=by.today,
        due_on=ENGLAND.after(by.today, TELL_WITHIN),
        path=f"/family/{case.child_id}/write-down/",
        team_id=case.team_id,
        person_id=case.officer_id,
    )


@dataclass(frozen=True)
class Shared:
    """How the cases of one officer were handed over: those that moved, and why the others did not."""

    moved: list[Handover]
    stayed: list[str]


def hand_over_several(*, by: Actor, cases: Iterable[Case], to: User, note: str = "") -> Shared:
    """Hand several cases to one colleague, as when somebody leaves: each gets its own note, each family is told.

    note: what the record does not know, added to every note. A deputy who takes a case over is its deputy no longer.
    Each case is one transaction, so that one that was changed meanwhile does not hold up the rest. Raises Refused.
    """
    check_can(by, Can.ASSIGN_WORK)
    moved, stayed = [], []
    for case in cases:
        words = "\n\n".join(part for part in (note.strip(), handover_note(by, case)) if part)
        deputy = None if case.deputy_id == to.pk else case.deputy
        try:
            moved.append(hand_over(by=by, case=case, to=to, deputy=deputy, note=words, version=case.version))
        except (Refused, SomebodyElseWasFirst) as problem:
            stayed.append(f"{case.reference}: {problem}")
    return Shared(moved, stayed)


@transaction.atomic
def record_absence(*, by: Actor, officer: User, starts_on: date, ends_on: date) -> Absence:
    """Say that an officer is away; while they are, what falls due goes to the deputies. Raises Refused."""
    check_can(by, Can.ASSIGN_WORK)
    if ends_on < starts_on:
        raise Refused("The last day must not be before the first.")
    if ends_on < by.today:
        raise Refused("These days are over: nothing can be covered any more.")
    absence, _ = Absence.objects.get_or_create(
        area=by.area, officer=officer, starts_on=starts_on, ends_on=ends_on, defaults={"by": by.user}
    )
    cover(by=by)
    return absence


@transaction.atomic
def end_absence(*, by: Actor, absence: Absence) -> None:
    """They are back today, or never went: what the deputies had for them goes back at once. Safe to repeat."""
    check_can(by, Can.ASSIGN_WORK)
    held = Absence.objects.select_for_update(of=("self",)).select_related("officer")
    current = held.filter(area=by.area, pk=absence.pk).first()
    if current is None or current.ends_on < by.today:
        return
    if current.covered_at is not None:
        _move(by, current, back=True)
    if current.starts_on >= by.today:
        current.delete()
        return
    current.ends_on, current.back_at = by.today - timedelta(days=1), timezone.now()
    current.save(update_fields=["ends_on", "back_at"])


@transaction.atomic
def cover(*, by: Actor) -> int:
    """Nightly and at once: duties of those away go to the deputies of their cases, and back later. How many moved.

    What goes back goes first, so that somebody with two absences end to end stays covered.
    """
    check_can(by, Can.ASSIGN_WORK)
    moved = 0
    over = Absence.objects.filter(area=by.area, ends_on__lt=by.today, covered_at__isnull=False, back_at__isnull=True)
    for absence in over.select_related("officer"):
        moved += _move(by, absence, back=True)
        absence.back_at = timezone.now()
        absence.save(update_fields=["back_at"])
    away = Absence.objects.filter(area=by.area, starts_on__lte=by.today, ends_on__gte=by.today)
    for absence in away.select_related("officer"):
        moved += _move(by, absence, back=False)
        absence.covered_at = absence.covered_at or timezone.now()
        absence.save(update_fields=["covered_at"])
    return moved


def _move(by: Actor, absence: Absence, *, back: bool) -> int:
    """What is owed, to the deputies or back. A deputy who is away as well is given nothing."""
    moved = 0
    cases = Case.objects.filter(area=by.area, officer=absence.officer, deputy__isnull=False).select_related("deputy")
    if not back:
        cases = cases.exclude(deputy__in=away_on(by, by.today))
    for case in cases:
        holder, to = (case.deputy, absence.officer) if back else (absence.officer, case.deputy)
        owed = Duty.objects.filter(outstanding(), area=by.area, child_id=case.child_id, person=holder)
        why = "Back from absence" if back else f"{absence.officer.name} is away until {absence.ends_on.isoformat()}"
        moved += reassign(by=by, duties=owed, person=to, team=case.team, why=why)
    return moved
