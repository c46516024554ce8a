"""Who may do what to a review. Raises with a sentence; what a person may not see is not there at all."""

from __future__ import annotations

from uuid import UUID

from kept.access.acting import Actor, Refused, check_can
from kept.access.predicates import BE_FAMILY, SEE_CHILD, allows
from kept.access.roles import Can
from kept.reviews.states import BY_KEY


def may_run(actor: Actor, child_id: UUID) -> bool:
    """Whether the person plans and holds reviews of this child: the case team, or the child's own school."""
    return actor.can(Can.RUN_REVIEWS) and allows(actor, SEE_CHILD, child_id)


def check_may_run(by: Actor, child_id: UUID, key: str = "") -> None:
    """Raise Refused unless the person may. key: a move that only the council may make asks for more."""
    check_can(by, Can.RUN_REVIEWS)
    if key and not BY_KEY[key].by_school:
        check_can(by, Can.WORK_CASES)
    if not allows(by, SEE_CHILD, child_id):
        raise Refused("This child is not in your record.")


def check_may_write(by: Actor, child_id: UUID, *, by_family: bool) -> None:
    """Raise Refused unless the person may write for a review of this child. by_family: the family writes it too."""
    if not allows(by, SEE_CHILD, child_id):
        raise Refused("This child is not in your record.")
    if by.can(Can.RUN_REVIEWS) or by.can(Can.GIVE_ADVICE) or (by_family and by.can(Can.FOLLOW_OWN)):
        return
    raise Refused("Only people who are invited write here.")


def is_family(actor: Actor, child_id: UUID) -> bool:
    """Whether the person is the child's family, or the young person."""
    return allows(actor, BE_FAMILY, child_id)
