"""Where services beside this one join in, without being imported from here.

`kept.delivery` fills both when the programme starts: what the ledger knows of each item, for the linter's rules L01 to
L07, and what follows when a plan comes into force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from kept.access.acting import Actor
from kept.rules.plans import Delivery

DeliveryHook = Callable[[Actor, Sequence[UUID]], Mapping[UUID, tuple[Delivery, ...]]]
IssuedHook = Callable[[Actor, UUID], object]
_delivery: list[DeliveryHook] = []
_issued: list[IssuedHook] = []


def fill(*, delivery: DeliveryHook, issued: IssuedHook) -> None:
    """Say who knows what was delivered, and who follows up a plan that comes into force; called once at the start."""
    _delivery[:], _issued[:] = [delivery], [issued]


def delivery_of(actor: Actor, child_ids: Sequence[UUID]) -> Mapping[UUID, tuple[Delivery, ...]]:
    """What the ledger knows of the running items of some children; nothing where no ledger is kept."""
    return _delivery[0](actor, child_ids) if _delivery else {}


def came_into_force(actor: Actor, child_id: UUID) -> None:
    """A version came into force: whoever follows it up does so in the same transaction."""
    for follow in _issued:
        follow(actor, child_id)
