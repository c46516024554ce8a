"""Who may do what with a plan: each check raises with a sentence."""

from __future__ import annotations

from kept.access.acting import Actor, Refused, check_can
from kept.access.predicates import SEE_CHILD, allows
from kept.access.roles import Can
from kept.plans.models import Plan, Version
from kept.plans.states import Move, State, check_move, state_of


class TooLate(Refused):
    """Somebody else was first, or the version was sent meanwhile. Nothing was written; nothing typed is lost."""


def check_writer(by: Actor, plan_or_version: Plan | Version) -> None:
    """Raise Refused unless the person may write this plan."""
    check_can(by, Can.EDIT_PLANS)
    if plan_or_version.area_id != by.area.pk or not allows(by, SEE_CHILD, plan_or_version.child_id):
        raise Refused("This plan is not in your record.")


def locked(by: Actor, version: Version) -> Version:
    """The version as it is now, locked until the transaction ends. Raises Refused where it is not theirs."""
    found = (
        Version.objects.select_for_update(of=("self",))
        .select_related("plan", "child", "plan__case")
        .filter(area=by.area, pk=version.pk)
        .first()
    )
    if found is None:
        raise Refused("This plan is not in your record.")
    return found


def state_now(by: Actor, version: Version) -> State:
    """The state of one version today."""
    others = Version.objects.filter(area=by.area, plan_id=version.plan_id, number__gt=version.number)
    rows = list(others.values_list("issued_on", "sent_on", "discarded_on"))
    return state_of(
        version,
        today=by.today,
        later_final=any(issued for issued, _, _ in rows),
        later_version=any((issued or sent) and not gone for issued, sent, gone in rows),
        ceased_on=version.plan.ceased_on,
    )


def check_can_move(by: Actor, name: str, version: Version) -> Move:
    """The move, if this person may make it with this version now. Raises Refused with a sentence."""
    check_writer(by, version)
    return check_move(name, state_now(by, version), version.stage)


def check_open(by: Actor, version: Version) -> None:
    """Raise TooLate, with a sentence, when the version can no longer be written."""
    check_writer(by, version)
    if version.is_locked:
        raise TooLate(
            "This version was sent or closed while you had it open. Nothing was changed in it, and what you typed is "
            "kept: write a new version and put it there."
        )
