"""Who is acting, in which area, on which day: set once for a request, a job or a command, seen by code and database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from kept.access.models import Area, Membership, User
from kept.access.roles import ROLES, Can, Role, Scope


class Refused(Exception):
    """Somebody may not do what they asked for; the text is a sentence for them."""


@dataclass(frozen=True)
class Actor:
    """A person acting in one area on one day, with the roles that they hold there that day."""

    user: User
    area: Area
    today: date
    memberships: tuple[Membership, ...] = field(default=(), compare=False)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held that day."""
        return frozenset(Role(membership.role) for membership in self.memberships)

    @cached_property
    def agency_ids(self) -> frozenset[UUID]:
        """The agencies the person works for that day."""
        return frozenset(m.agency_id for m in self.memberships if m.agency_id)

    @cached_property
    def team_ids(self) -> frozenset[UUID]:
        """The teams the person works in that day."""
        return frozenset(m.team_id for m in self.memberships if m.team_id)

    @cached_property
    def permissions(self) -> frozenset[Can]:
        """All that the person's roles allow."""
        return frozenset[Can]().union(*(ROLES[role].can for role in self.roles))

    @property
    def reaches_area(self) -> bool:
        """Whether a role of theirs reaches every child of the area."""
        return any(ROLES[role].scope is Scope.AREA for role in self.roles)

    def can(self, what: Can) -> bool:
        """Whether a role of theirs allows it."""
        return what in self.permissions


def check_can(actor: Actor, what: Can) -> None:
    """Raise Refused, with a sentence, unless a role of the actor's allows it."""
    if actor.can(what):
        return
    held = ", ".join(sorted(ROLES[role].name for role in actor.roles)) or "no role"
    allowed = " or ".join(
        sorted(facts.name for role, facts in ROLES.items() if what in facts.can and role != Role.SYSTEM)
    )
    raise Refused(f"You cannot {what.value}: that needs the role {allowed}, and you hold {held}.")


def today_here() -> date:
    """Today in England."""
    return timezone.localdate()


_turns = count(1)


TELL = (
    "set_config('kept.person', %s, true), set_config('kept.area', %s, true),"
    " set_config('kept.today', %s, true), set_config('kept.turn', %s, true)"
)
ASK_AND_TELL = f"""
WITH before AS MATERIALIZED (
  SELECT coalesce(current_setting('kept.person', true), '') AS person,
    coalesce(current_setting('kept.area', true), '') AS area,
    coalesce(current_setting('kept.today', true), '') AS today,
    coalesce(current_setting('kept.turn', true), '') AS turn
) SELECT before.person, before.area, before.today, before.turn, {TELL} FROM before
"""


def _tell_database(*, user_id: object, area_id: object, today: date | None) -> tuple[str, ...]:
    """Say who acts, and give back what the database was told before, in one question.

    Each time is a turn of its own: what the database worked out for an earlier one holds no more.
    """
    turn = f"{id(_turns)}.{next(_turns)}"
    with connection.cursor() as cursor:
        cursor.execute(ASK_AND_TELL, [str(user_id or ""), str(area_id or ""), today.isoformat() if today else "", turn])
        return tuple(cursor.fetchone()[:4])


@contextmanager
def _database_told(*, user_id: object, area_id: object, today: date | None) -> Iterator[None]:
    """One transaction in which the database knows who acts; an outer one gets back the person whom it knew.

    With the outermost transaction the settings end by themselves, and a rollback puts the earlier ones back.
    """
    is_within = connection.in_atomic_block
    with transaction.atomic():
        before = _tell_database(user_id=user_id, area_id=area_id, today=today)
        yield
        if not is_within or connection.needs_rollback:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {TELL}", before)


@contextmanager
def acting(*, user: User, area: Area, today: date | None = None) -> Iterator[Actor]:
    """Act as a person in an area: one transaction, with the database told who it is.

    The settings vanish with the transaction, so they cannot leak to the next user of a pooled connection. May be
    nested: the outer person is back when the inner is done. today: England's today unless given.
    """
    day = today or today_here()
    with _database_told(user_id=user.pk, area_id=area.pk, today=day):
        memberships = tuple(
            membership
            for membership in Membership.objects.filter(user=user, area=area).select_related("agency", "team")
            if membership.is_running(day)
        )
        yield Actor(user=user, area=area, today=day, memberships=memberships)


def system_user() -> User:
    """The account of Kept itself, for jobs and commands that run without a person."""
    user, _ = User.objects.get_or_create(email="system@kept.invalid", defaults={"name": "Kept", "is_active": False})
    return user


@contextmanager
def acting_as_system(area: Area, *, today: date | None = None) -> Iterator[Actor]:
    """Act as Kept itself in an area, for jobs and commands."""
    user = system_user()
    with _database_told(user_id=user.pk, area_id=area.pk, today=today):
        Membership.objects.get_or_create(
            user=user, area=area, role=Role.SYSTEM, defaults={"starts_on": date(2014, 9, 1)}
        )
        with acting(user=user, area=area, today=today) as actor:
            yield actor


@contextmanager
def visiting(area: Area, *, today: date | None = None) -> Iterator[None]:
    """Read an area's public pages as nobody in particular: the database shows published rows alone, to anybody."""
    with _database_told(user_id=None, area_id=area.pk, today=today):
        yield
