"""Give and end grants: the one reason why a person or an agency may see a child. The database's policies read them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency, AgencyKind, Grant, Relation, User
from kept.access.roles import Can

RECORD_KEEPERS = (Can.EDIT_PEOPLE, Can.WORK_CASES, Can.ADD_CHILDREN)
MAY_GRANT: dict[str, tuple[Can, ...]] = {
    Relation.FAMILY: RECORD_KEEPERS,
    Relation.YOUNG_PERSON: RECORD_KEEPERS,
    Relation.ADVOCATE: (*RECORD_KEEPERS, Can.FOLLOW_OWN),
    Relation.AGENCY: RECORD_KEEPERS,
    Relation.BREAK_GLASS: (Can.BREAK_GLASS,),
    Relation.VISIT: (Can.HOST_VISITS, Can.MANAGE_ACCESS),
}
NEED_A_REASON = {Relation.BREAK_GLASS, Relation.VISIT}
EMERGENCY = timedelta(hours=4)
LONGEST_EMERGENCY = timedelta(hours=8)  # the database refuses more
RECORD, JOURNEY = "record", "journey"
PARTS: dict[str, str] = {
    RECORD: "the record: needs, assessment, plan, duties and history",
    JOURNEY: "the journey: who is taken where, when and with what help",
}


def check_may_grant(by: Actor, *, child_id: UUID, relation: str, user: User | None) -> None:
    """Raise Refused unless the actor may give or end this kind of access to this child.

    A family invites and ends its own advocates; emergency access is only ever taken for oneself.
    """
    allowed = MAY_GRANT[relation]
    held = next((what for what in allowed if by.can(what)), None)
    if held is None:
        check_can(by, allowed[0])
    if held is Can.FOLLOW_OWN and not _is_family(by, child_id):
        raise Refused("Only the family, or somebody in the case team, can invite an advocate.")
    if relation == Relation.BREAK_GLASS and user != by.user:
        raise Refused("Emergency access is taken for yourself, never given to somebody else.")


def _is_family(by: Actor, child_id: UUID) -> bool:
    family = Grant.objects.filter(
        area=by.area, child_id=child_id, user=by.user, relation__in=[Relation.FAMILY, Relation.YOUNG_PERSON]
    )
    return family.filter(running(by.today)).exists()


def running(day: date) -> Q:
    """Grants that hold on the day; both ends count."""
    started, lasting = Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return started & lasting & (Q(ends_at__isnull=True) | Q(ends_at__gt=TransactionNow()))


@transaction.atomic
def grant(
    *,
    by: Actor,
    child_id: UUID,
    relation: str,
    starts_on: date,
    user: User | None = None,
    agency: Agency | None = None,
    parts: Collection[str] = (),
    ends_on: date | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
    source: str = "",
) -> Grant:
    """Let a person or an agency see a child, from and until the dates given (both included).

    source names the fact that it follows from ("people.link:<key>"): a second grant from the same fact brings the first
    up to date instead of adding one. Without a source, a running grant of the same relation is brought up to date.
    parts: the parts of the record (keys of `PARTS`), none meaning all that the role may see; a transport service is
    given the journey unless told otherwise. Emergency access ends after four hours. Raises Refused.
    """
    check_may_grant(by, child_id=child_id, relation=relation, user=user)
    if (user is None) == (agency is None):
        raise ValueError("A grant is to a person or to an agency.")
    if relation in NEED_A_REASON and not reason.strip():
        raise Refused("Say why: the reason is kept, and the family can read it.")
    if relation == Relation.BREAK_GLASS:
        latest = timezone.now() + LONGEST_EMERGENCY
        ends_at = min(ends_at, latest) if ends_at else timezone.now() + EMERGENCY
    if agency and agency.kind == AgencyKind.TRANSPORT:
        parts = parts or [JOURNEY]
    same = Grant.objects.select_for_update().filter(
        area=by.area, child_id=child_id, user=user, agency=agency, relation=relation, source=source
    )
    if not source:
        same = same.filter(running(by.today))
    facts = {"parts": sorted(parts), "reason": reason, "starts_on": starts_on, "ends_on": ends_on, "ends_at": ends_at}
    given = same.order_by("made_at").last()
    if given is None:
        return Grant.objects.create(
            area=by.area, child_id=child_id, user=user, agency=agency, relation=relation, source=source, **facts
        )
    for name, value in facts.items():
        setattr(given, name, value)
    given.save(update_fields=list(facts))
    return given


@transaction.atomic
def end_grant(*, by: Actor, ends_on: date, source: str = "", given: Grant | None = None, reason: str = "") -> int:
    """End the grants that follow from a fact, or one grant; how many ended. Safe to repeat.

    ends_on: the last day, included. When that day has come, access ends at once and not at midnight. Raises Refused.
    """
    if given is None and not source:
        raise ValueError("Say which grant, or which fact's grants, to end.")
    found = Grant.objects.select_for_update().filter(area=by.area)
    found = found.filter(pk=given.pk) if given else found.filter(source=source)
    ended = 0
    for one in found:
        check_may_grant(by, child_id=one.child_id, relation=one.relation, user=one.user)
        if one.ends_on is not None and one.ends_on <= ends_on:
            continue
        one.ends_on = ends_on
        one.ends_at = TransactionNow() if ends_on <= by.today else one.ends_at
        one.reason = " ".join(filter(None, [one.reason, reason]))
        one.save(update_fields=["ends_on", "ends_at", "reason"])
        ended += 1
    return ended
