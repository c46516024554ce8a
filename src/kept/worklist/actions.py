"""Give work to others and take it back; make and end private calendar addresses."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Area, Team, User
from kept.access.roles import Can
from kept.duties.actions import reassign
from kept.duties.models import Duty
from kept.worklist import queries
from kept.worklist.models import CalendarLink, Handover

MOST_AT_ONCE = 500
MOST_LINKS = 5
SECRET_BYTES = 32
KEY_BYTES = 16


@transaction.atomic
def give(
    *, by: Actor, duties: Sequence[Duty], person: User | None = None, team: Team | None = None, why: str = ""
) -> Handover | None:
    """Give duties to one colleague, or to a team's desk. What they held before is kept, so that `take_back` can undo.

    Returns None when nothing had to move. Raises Refused without the permission, without a taker, or for a taker who is
    not one of the actor's.
    """
    check_can(by, Can.ASSIGN_WORK)
    if (person is None) == (team is None):
        raise Refused("Choose one colleague, or one team.")
    if len(duties) > MOST_AT_ONCE:
        raise Refused(f"Give at most {MOST_AT_ONCE} duties at once. Filter the list first.")
    known = queries.takers(by)
    if (person and person not in known.people) or (team and team not in known.teams):
        raise Refused("They cannot take this work: they do not work where you give it.")
    before = [
        {"duty": str(duty.pk), "person": _text(duty.person_id), "team": _text(duty.team_id)}
        for duty in queries.everybodys(by).filter(pk__in=[duty.pk for duty in duties])
        if (duty.person_id, duty.team_id) != (person.pk if person else None, team.pk if team else duty.team_id)
    ]
    if not before:
        return None
    moving = Duty.objects.filter(area=by.area, pk__in=[row["duty"] for row in before])
    reassign(by=by, duties=moving, person=person, team=team, why=why)
    return Handover.objects.create(area=by.area, by=by.user, person=person, team=team, why=why, before=before)


@transaction.atomic
def take_back(*, by: Actor, handover: Handover) -> tuple[int, int]:
    """Undo a handover: what nobody moved since goes back to whoever held it. How many went back, and how many did not.

    Raises Refused without the permission or for another person's handover. Safe to repeat.
    """
    check_can(by, Can.ASSIGN_WORK)
    row = Handover.objects.select_for_update().filter(area=by.area, by=by.user, pk=handover.pk).first()
    if row is None:
        raise Refused("Only the person who gave this work can take it back.")
    if row.undone_at:
        return 0, 0
    still = Duty.objects.filter(
        area=by.area, pk__in=[one["duty"] for one in row.before], person_id=row.person_id
    ).in_bulk()
    back = 0
    holders: dict[tuple[str | None, str | None], list[Duty]] = {}
    for one in row.before:
        duty = still.get(UUID(one["duty"]))
        if duty and (row.team_id is None or duty.team_id == row.team_id):
            holders.setdefault((one["person"], one["team"]), []).append(duty)
    people = User.objects.in_bulk({UUID(person) for person, _ in holders if person})
    teams = Team.objects.in_bulk({UUID(team) for _, team in holders if team})
    for (person, team), duties in holders.items():
        to_person = people.get(UUID(person)) if person else None
        to_team = teams.get(UUID(team)) if team else None
        back += reassign(by=by, duties=duties, person=to_person, team=to_team, why="Taken back", keeps_team=False)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    return back, len(row.before) - back


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None


@transaction.atomic
def make_link(*, by: Actor, name: str) -> str:
    """Make a private calendar address for the actor; the token for it, which is shown once and kept nowhere.

    Raises Refused when the actor has as many as are allowed.
    """
    if len(queries.links_of(by)) >= MOST_LINKS:
        raise Refused(f"You have {MOST_LINKS} calendar addresses. Stop one that you do not use, then make a new one.")
    secret = secrets.token_bytes(SECRET_BYTES)
    CalendarLink.objects.create(area=by.area, user=by.user, name=name, digest=sha256(secret).hexdigest())
    return urlsafe_b64encode(by.area.pk.bytes + by.user.pk.bytes + secret).decode().rstrip("=")


def end_link(*, by: Actor, pk: UUID) -> bool:
    """Stop a private address of the actor's for good; whether there was one."""
    mine = CalendarLink.objects.filter(area=by.area, user=by.user, pk=pk, ended_at=None)
    return bool(mine.update(ended_at=timezone.now()))


def whose(token: str) -> tuple[Area, User, str] | None:
    """The area, the person and the digest that a token claims; None when it is no token. `is_open` must confirm it."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != 2 * KEY_BYTES + SECRET_BYTES:
        return None
    area = Area.objects.filter(pk=UUID(bytes=raw[:KEY_BYTES])).first()
    user = User.objects.filter(pk=UUID(bytes=raw[KEY_BYTES : 2 * KEY_BYTES]), is_active=True).first()
    return (area, user, sha256(raw[2 * KEY_BYTES :]).hexdigest()) if area and user else None


def is_open(*, by: Actor, digest: str) -> bool:
    """Whether the actor has such an address in use; notes that it was read today."""
    link = CalendarLink.objects.filter(area=by.area, user=by.user, digest=digest, ended_at=None).first()
    if link is None:
        return False
    if link.last_read_on != by.today:
        link.last_read_on = by.today
        link.save(update_fields=["last_read_on"])
    return True
