"""Who may write which entry: editors all of them, providers those of their own organisation."""

from __future__ import annotations

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.offer.models import Organisation


def is_editor(actor: Actor) -> bool:
    """Whether they edit the whole Local Offer."""
    return actor.can(Can.EDIT_OFFER)


def can_keep(actor: Actor, organisation: Organisation) -> bool:
    """Whether they may propose or make changes to an organisation's entries."""
    if is_editor(actor):
        return True
    return actor.can(Can.EDIT_OWN_OFFER) and organisation.agency_id in actor.agency_ids


def check_can_keep(actor: Actor, organisation: Organisation) -> None:
    """Raise Refused unless they may keep the organisation's entries."""
    if not can_keep(actor, organisation):
        raise Refused(f"Only {organisation.name} and the Local Offer editors change this entry.")


def check_edits(actor: Actor) -> None:
    """Raise Refused unless they edit the whole Local Offer."""
    check_can(actor, Can.EDIT_OFFER)


def publishes_at_once(actor: Actor, organisation: Organisation) -> bool:
    """Whether their change is published without an editor."""
    return is_editor(actor) or organisation.is_trusted
