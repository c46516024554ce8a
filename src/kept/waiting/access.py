"""Who may do what with a waiting list, in sentences."""

from __future__ import annotations

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.waiting.models import Referral, Service, Stage
from kept.waiting.words import EventKind


def runs(by: Actor, service: Service) -> bool:
    """Whether the person runs the lists of a service: their own agency's, or any for who reaches the whole area."""
    return by.can(Can.RUN_LISTS) and (by.reaches_area or service.agency_id in by.agency_ids)


def check_runs(by: Actor, stage: Stage) -> None:
    """Raise Refused unless the person runs the list."""
    check_can(by, Can.RUN_LISTS)
    if not runs(by, stage.service):
        raise Refused("This is the list of another service.")


def keeps(by: Actor, service: Service | None) -> bool:
    """Whether the person answers what the nightly check asks about a service's lists, and sends its files."""
    if not by.can(Can.KEEP_LISTS):
        return False
    return by.reaches_area or (service is not None and service.agency_id in by.agency_ids)


def check_keeps(by: Actor, service: Service | None) -> None:
    """Raise Refused unless the person keeps the service's lists in order."""
    check_can(by, Can.KEEP_LISTS)
    if not keeps(by, service):
        raise Refused("This is the list of another service.")


def refers(by: Actor) -> bool:
    """Whether the person may refer children whom they see: the case team, partners and schools."""
    return by.can(Can.WORK_CASES) or by.can(Can.GIVE_ADVICE)


def check_refers(by: Actor) -> None:
    """Raise Refused unless the person may refer."""
    if not refers(by):
        raise Refused("You cannot refer a child: ask the child's school, doctor or the case team.")


def may_read(by: Actor, referral: Referral) -> bool:
    """Whether the person may open a referral that the database shows them."""
    if by.reaches_area:
        return by.can(Can.SEE_RECORD)
    ours = referral.stage.service.agency_id in by.agency_ids or referral.referrer_id in by.agency_ids
    return by.can(Can.SEE_RECORD) and ours


def answers(by: Actor, referral: Referral) -> bool:
    """Whether the person may answer the questions that came back: who runs the list, or referred."""
    return runs(by, referral.stage.service) or (refers(by) and referral.referrer_id in by.agency_ids)


def records(by: Actor, referral: Referral, kind: str) -> bool:
    """Whether the person may record an event of this kind."""
    return answers(by, referral) if kind == EventKind.ANSWERED else runs(by, referral.stage.service)


def check_records(by: Actor, referral: Referral, kind: str) -> None:
    """Raise Refused unless the person may record an event of this kind."""
    if kind != EventKind.ANSWERED:
        check_runs(by, referral.stage)
    elif not answers(by, referral):
        raise Refused("The questions are answered by whoever referred the child.")
