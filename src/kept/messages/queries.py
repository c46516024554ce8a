"""Read conversations, always as the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.duties.models import Duty
from kept.messages.actions import SOURCE
from kept.messages.coming_back import with_failures
from kept.messages.models import Message, Thread, WaitingFor
from kept.rules.replies import centile


def threads_seen(actor: Actor) -> QuerySet[Thread]:
    """The conversations that the person may see: all of the area for the case team, their own for anybody else."""
    found = Thread.objects.filter(area=actor.area)
    if not actor.can(Can.WORK_CASES) and not actor.can(Can.SEE_TEAM):
        found = found.filter(_mine(actor))
    return found.select_related("owner", "team", "with_user", "with_carer", "with_agency")


def _mine(actor: Actor):  # noqa: ANN202
    from django.db.models import Q

    return Q(with_user=actor.user) | Q(with_carer__user=actor.user) | Q(with_agency__in=actor.agency_ids)


def threads_of(actor: Actor, child_id: UUID) -> QuerySet[Thread]:
    """The conversations about one child, the latest first."""
    return threads_seen(actor).filter(child_id=child_id).order_by("-last_at", "-pk")


def desk(actor: Actor, *, waiting: str = WaitingFor.US, mine: bool = False) -> QuerySet[Thread]:
    """Conversations by when their answer is owed, the oldest first."""
    found = threads_seen(actor).select_related("child", "owner", "team", "with_user", "with_carer", "with_agency")
    found = with_failures(found)
    if waiting:
        found = found.filter(waiting_for=waiting)
    if mine:
        found = found.filter(owner=actor.user)
    return found.order_by(F("answer_by").asc(nulls_last=True), "-last_at", "pk")


def messages_of(actor: Actor, thread: Thread) -> list[Message]:
    """What was said, oldest first."""
    return list(Message.objects.filter(area=actor.area, thread=thread).order_by("at", "pk"))


@dataclass(frozen=True)
class Speed:
    """How fast a team answers: days from the message to the answer, and how many were in time."""

    team: str
    answered: int
    in_time: int
    median: int | None
    ninety: int | None
    waiting: int
    late: int


def speeds(actor: Actor) -> list[Speed]:
    """The speed of reply of each team over all its conversations, from the ledger alone."""
    rows = Duty.objects.filter(area=actor.area, source=SOURCE, rule="messages.answer").values_list(
        "team__name", "starts_on", "due_on", "met_on"
    )
    by_team: dict[str, list[tuple]] = {}
    for team, starts_on, due_on, met_on in rows:
        by_team.setdefault(team or "No team", []).append((starts_on, due_on, met_on))
    return [_speed(team, found, actor) for team, found in sorted(by_team.items())]


def _speed(team: str, rows: list[tuple], actor: Actor) -> Speed:
    done = [(met - starts).days for starts, _due, met in rows if met]
    return Speed(
        team=team,
        answered=len(done),
        in_time=sum(met <= due for _starts, due, met in rows if met),
        median=centile(done, 0.5),
        ninety=centile(done, 0.9),
        waiting=sum(met is None for _starts, _due, met in rows),
        late=sum(met is None and due < actor.today for _starts, due, met in rows),
    )
