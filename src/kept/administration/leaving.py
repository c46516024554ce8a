"""A leaver: what they hold is listed and moved to somebody else before the account closes.

An administrator sees no child's record, so Kept itself looks and moves, and the list names cases by reference alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from kept.access import accounts
from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Membership, User
from kept.access.queries import areas_of
from kept.access.roles import Can, Role
from kept.administration.roles import end_role
from kept.cases import actions as cases
from kept.cases.models import Case
from kept.duties.actions import reassign
from kept.duties.models import Duty
from kept.duties.statuses import outstanding
from kept.messages.actions import hand_on
from kept.messages.models import Thread


@dataclass(frozen=True)
class Held:
    """One thing that a leaver still holds, without a child's name."""

    what: str
    where: str
    due_on: date | None


@dataclass(frozen=True)
class Holding:
    """All that a leaver still holds."""

    cases: tuple[Held, ...]
    duties: tuple[Held, ...]
    talks: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to move."""
        return not self.cases and not self.duties and not self.talks


def _cases(actor: Actor, user: User) -> list[Case]:
    found = Case.objects.filter(Q(officer=user) | Q(deputy=user), area=actor.area)
    return list(found.order_by("next_due_on", "reference"))


def _duties(actor: Actor, user: User) -> list[Duty]:
    return list(Duty.objects.filter(outstanding(), area=actor.area, person=user).order_by("due_on", "pk"))


def _talks(actor: Actor, user: User) -> list[Thread]:
    """The conversations that are theirs: what a family writes next is owed an answer by whoever owns it."""
    return list(Thread.objects.filter(area=actor.area, owner=user, closed_on__isnull=True).order_by("pk"))


def holding(*, by: Actor, user: User) -> Holding:
    """What somebody holds in the area: cases that they run or stand in for, duties, and open conversations."""
    check_can(by, Can.MANAGE_ACCESS)
    with acting_as_system(by.area, today=by.today) as system:
        held, owed, talks = _cases(system, user), _duties(system, user), _talks(system, user)
    references = {case.pk: case.reference for case in held}
    return Holding(
        tuple(
            Held("Runs the case" if case.officer_id == user.pk else "Stands in", case.reference, case.next_due_on)
            for case in held
        ),
        tuple(Held(duty.what, references.get(duty.source_id, duty.source), duty.due_on) for duty in owed),
        len(talks),
    )


def successors(*, by: Actor, user: User) -> list[User]:
    """People of the same kinds of role who can take the work over, by name."""
    mine = Membership.objects.filter(area=by.area, user=user).values_list("role", flat=True)
    kinds = {Role.CASE_OFFICER, Role.CASE_MANAGER} if set(mine) & {Role.CASE_OFFICER, Role.CASE_MANAGER} else set(mine)
    held = Membership.objects.filter(area=by.area, role__in=kinds, user__is_active=True).exclude(user=user)
    running = [one.user_id for one in held if one.is_running(by.today)]
    return list(User.objects.filter(pk__in=running).order_by("name"))


@transaction.atomic
def move_all(*, by: Actor, user: User, to: User) -> int:
    """Move every case, conversation and duty of a leaver to a colleague. How many things moved. Raises Refused."""
    check_can(by, Can.MANAGE_ACCESS)
    if to not in successors(by=by, user=user):
        raise Refused(f"{to.name} holds no role that can take this work over.")
    moved = 0
    with acting_as_system(by.area, today=by.today) as system:
        for case in _cases(system, user):
            officer = to if case.officer_id == user.pk else case.officer
            deputy = to if case.deputy_id == user.pk else case.deputy
            cases.assign(by=system, case=case, officer=officer, deputy=None if deputy == officer else deputy)
            moved += 1
        why = f"{user.name} left; moved by {by.user.name}"
        for thread in _talks(system, user):
            hand_on(by=system, thread=thread, person=to, why=why[:300])
            moved += 1
        moved += reassign(by=system, duties=_duties(system, user), person=to, team=None, why=why[:300])
    return moved


@transaction.atomic
def close_account(*, by: Actor, user: User) -> None:
    """End somebody's roles here, and their account unless another area needs it. Raises Refused while work is left."""
    check_can(by, Can.MANAGE_ACCESS)
    if user.pk == by.user.pk:
        raise Refused("Nobody closes their own account. Ask another administrator.")
    if not holding(by=by, user=user).is_empty:
        raise Refused("Cases or duties are still with this person. Move them first.")
    for membership in Membership.objects.filter(area=by.area, user=user).exclude(role=Role.SYSTEM):
        end_role(by=by, membership=membership)
    if areas_of(user):
        accounts.end_sessions(user)
    else:
        accounts.close(user)
