"""What is to be done about what an audit found, until somebody else than its owner closes it on evidence."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import User
from kept.access.roles import Can
from kept.quality.duties import sync_action
from kept.quality.models import Action, Copy, Round


@transaction.atomic
def add_action(
    *,
    by: Actor,
    round: Round,
    what: str,
    owner: User,
    due_on: date,
    copy: Copy | None = None,
    section: str = "",
    rule: str = "",
) -> Action:
    """Say what is to be done, by whom and by when: it stands in the ledger until somebody else closes it."""
    check_can(by, Can.RUN_AUDITS)
    if not what.strip():
        raise Refused("Say what is to be done.")
    if due_on < by.today:
        raise Refused("The day cannot be past.")
    made = Action.objects.create(
        area=by.area, round=round, copy=copy, section=section, rule=rule[:8], what=what.strip()[:300], owner=owner,
        due_on=due_on, made_on=by.today, by=by.user,
    )  # fmt: skip
    sync_action(by, made)
    return made


def _action(by: Actor, action: Action) -> Action:
    current = Action.objects.select_for_update(of=("self",)).filter(area=by.area, pk=action.pk).first()
    if current is None:
        raise Refused("This action is not in your record.")
    if current.closed_on:
        raise Refused("This action is closed.")
    return current


@transaction.atomic
def say_done(*, by: Actor, action: Action, evidence: str) -> Action:
    """The owner says that it is done, and what shows it. It stays open until somebody else has looked."""
    current = _action(by, action)
    if current.owner_id != by.user.pk:
        raise Refused("Only its owner says that it is done.")
    if not evidence.strip():
        raise Refused("Say what shows that it is done.")
    current.done_on, current.evidence, current.sent_back = by.today, evidence.strip(), ""
    current.save(update_fields=["done_on", "evidence", "sent_back"])
    with acting_as_system(by.area, today=by.today) as system:
        sync_action(system, current)
    return current


@transaction.atomic
def close_action(*, by: Actor, action: Action, enough: bool, why: str = "") -> Action:
    """Close an action on its evidence, or send it back with what is missing. Not by its owner. Raises Refused."""
    check_can(by, Can.RUN_AUDITS)
    current = _action(by, action)
    if current.owner_id == by.user.pk:
        raise Refused("Somebody else closes your action.")
    if current.done_on is None:
        raise Refused("Its owner has not said that it is done.")
    if enough:
        current.closed_on, current.closed_by = by.today, by.user
    else:
        if not why.strip():
            raise Refused("Say what is missing.")
        current.done_on, current.sent_back = None, why.strip()
    current.save()
    sync_action(by, current)
    return current
