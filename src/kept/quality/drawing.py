"""Draw an audit: a sample that can be drawn again, copies without names, and three people at each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Membership
from kept.access.roles import ROLES, Can, Role
from kept.plans.models import Version
from kept.quality.duties import sync_seat
from kept.quality.frame import Framed, Redacted, frame, redacted, who_knows, wording_of
from kept.quality.models import PAIR, Chair, Copy, Machine, Round, Sampled, Seat
from kept.rules.quality import Auditor, NotEnough, Stratum, draw, seat_all

LARGEST = 60


@dataclass(frozen=True)
class Drawn:
    """A sample as it would be: the strata, and each plan's words without names. Nothing is recorded."""

    seed: int
    frame_size: int
    strata: Sequence[Stratum]
    plans: Sequence[tuple[Framed, Redacted]]

    @property
    def doubtful(self) -> list[str]:
        """Words of all copies that may still be names, each once."""
        return list(dict.fromkeys(word for _, one in self.plans for word in one.doubtful))


def foresee(*, by: Actor, size: int, seed: int, since: date, until: date, also: Collection[str] = ()) -> Drawn:
    """The sample that this seed draws; the same facts and seed give the same sample. Raises Refused."""
    check_can(by, Can.RUN_AUDITS)
    if not 1 <= size <= LARGEST:
        raise Refused(f"Draw between 1 and {LARGEST} plans: each is read by three people.")
    if since > until:
        raise Refused("The first day must not be after the last.")
    found = {str(one.version.pk): one for one in frame(by, since=since, until=until)}
    if not found:
        raise Refused("No plan was issued in that time. Choose a longer time.")
    strata = draw([one.item for one in found.values()], size=size, seed=seed)
    plans = []
    for key in (key for stratum in strata for key in stratum.drawn):
        words = redacted(by, found[key].version, also=also)
        if words is not None:
            plans.append((found[key], words))
    return Drawn(seed, len(found), strata, plans)


def pool(by: Actor) -> list[Membership]:
    """Who may judge plans in the area today, by name."""
    roles = [role.value for role, facts in ROLES.items() if Can.JUDGE_PLANS in facts.can and role is not Role.SYSTEM]
    found = Membership.objects.filter(area=by.area, role__in=roles).select_related("user", "agency")
    return [one for one in found.order_by("user__name", "pk") if one.is_running(by.today)]


@transaction.atomic
def open_round(
    *,
    by: Actor,
    name: str,
    size: int,
    seed: int,
    since: date,
    until: date,
    auditors: Collection[UUID],
    due_on: date,
    also: Collection[str] = (),
) -> Round:
    """Draw the sample, make the copies, and seat two auditors of two agencies and a parent carer at each.

    auditors: the accounts to choose from. also: words that are names and must go. The check of the wording is made now
    and hidden. Raises Refused with what is missing. Repeating it under the same name gives the round that is there.
    """
    check_can(by, Can.RUN_AUDITS)
    if not name.strip():
        raise Refused("Give the audit a name.")
    if due_on < by.today:
        raise Refused("The day by which they judge cannot be past.")
    known = Round.objects.filter(area=by.area, name=name.strip()[:120]).first()
    if known is not None:
        return known
    drawn = foresee(by=by, size=size, seed=seed, since=since, until=until, also=also)
    people = {one.user_id: one for one in pool(by) if one.user_id in set(auditors)}
    try:
        seats = _seats(by, drawn, people)
    except NotEnough as problem:
        raise Refused(str(problem)) from None
    made = Round.objects.create(
        area=by.area, name=name.strip()[:120], drawn_on=by.today, seed=seed, size=size, frame_size=drawn.frame_size,
        frame_from=since, frame_to=until, by=by.user,
        strata=[{"name": list(one.name), "size": one.size, "drawn": len(one.drawn)} for one in drawn.strata],
    )  # fmt: skip
    for number, (framed, words) in enumerate(drawn.plans, start=1):
        copy = _copy(by, made, number, framed, words)
        for chair, user in zip((Chair.FIRST, Chair.SECOND, Chair.PARENT), seats[str(framed.version.pk)], strict=True):
            seat = Seat.objects.create(
                area=by.area, copy=copy, chair=chair, auditor_id=user, agency=people[user].agency, due_on=due_on
            )
            sync_seat(by, seat)
    return made


def _seats(by: Actor, drawn: Drawn, people: Mapping[UUID, Membership]) -> dict[str, tuple[UUID, UUID, UUID]]:
    agencies = {user: frozenset({one.agency_id} if one.agency_id else ()) for user, one in people.items()}
    auditors = [
        Auditor(str(user), str(one.agency_id or "none"), is_parent=one.role == Role.FORUM)
        for user, one in people.items()
    ]
    knows = {
        str(framed.version.pk): {str(user) for user in who_knows(by, framed.version, agencies)}
        for framed, _ in drawn.plans
    }
    found = seat_all(list(knows), auditors, knows=knows)
    return {plan: (UUID(one.first), UUID(one.second), UUID(one.parent)) for plan, one in found.items()}


def _copy(by: Actor, made: Round, number: int, framed: Framed, words: Redacted) -> Copy:
    copy = Copy.objects.create(
        area=by.area, round=made, number=number, parts=[list(part) for part in words.parts], digest=words.digest
    )
    Sampled.objects.create(
        area=by.area, copy=copy, child_id=framed.version.child_id, plan_version=framed.version.pk,
        writer_id=framed.version.writer_id, phase=framed.phase, need=framed.need, is_new=framed.is_new,
        services=list(words.services),
    )  # fmt: skip
    Machine.objects.create(area=by.area, copy=copy, findings=wording_of(by, words))
    return copy


@transaction.atomic
def reseat(*, by: Actor, copy: Copy, chair: str, auditor: UUID, due_on: date) -> Seat:
    """Seat somebody else in a chair that was left. Both of the pair stay of two agencies. Raises Refused."""
    check_can(by, Can.RUN_AUDITS)
    people = {one.user_id: one for one in pool(by)}
    one = people.get(auditor)
    if one is None:
        raise Refused("Choose somebody who may judge plans.")
    seats = list(Seat.objects.filter(area=by.area, copy=copy))
    if any(seat.chair == chair and not seat.stood_down_because for seat in seats):
        raise Refused("Somebody sits in that chair.")
    if any(seat.auditor_id == auditor for seat in seats):
        raise Refused("They have or had a seat at this plan.")
    if (chair == Chair.PARENT) != (one.role == Role.FORUM):
        raise Refused("The third chair is a parent-carer representative’s, and theirs alone.")
    others = {seat.agency_id for seat in seats if seat.chair in PAIR and not seat.stood_down_because}
    if chair in PAIR and one.agency_id in others:
        raise Refused("Both auditors would be of one agency.")
    version = _version_of(by, copy)
    if version is not None and auditor in who_knows(
        by, version, {auditor: frozenset({one.agency_id} if one.agency_id else ())}
    ):
        raise Refused("They wrote this plan or work with the child.")
    seat = Seat.objects.create(
        area=by.area, copy=copy, chair=chair, auditor_id=auditor, agency=one.agency, due_on=due_on
    )
    sync_seat(by, seat)
    return seat


def _version_of(by: Actor, copy: Copy) -> Version | None:
    sampled = Sampled.objects.filter(area=by.area, copy=copy).first()
    found = Version.objects.filter(area=by.area, pk=sampled.plan_version) if sampled else Version.objects.none()
    return found.select_related("plan__case", "child").first()
