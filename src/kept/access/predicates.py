"""Who may do what, as predicates in words; made from the one table of roles, and explained to the person who asks.

Predicates explain, querysets start from the person, and the database's policies catch what both missed. A predicate is
asked with an actor and, where it is about a child, that child's key: `rules.test_rule("see a child's record", actor,
child_id)`, or here `allows(actor, SEE_CHILD, child_id)`.
"""

from __future__ import annotations

from uuid import UUID

import rules

from kept.access.acting import Actor, Refused
from kept.access.grants import grants_to
from kept.access.models import Relation
from kept.access.roles import ROLES, Can, Role

SEE_CHILD = "look at this child's record"
BE_FAMILY = "act as this child's family"
ALL: list[rules.Predicate] = []


def _known(predicate: rules.Predicate) -> rules.Predicate:
    ALL.append(predicate)
    return predicate


def _holder(what: Can) -> rules.Predicate:
    def holds(actor: Actor, child_id: UUID | None = None) -> bool:
        return actor.can(what)

    return _known(rules.predicate(holds, name=f"holds a role that may {what.value}"))


HOLDS: dict[Can, rules.Predicate] = {what: _holder(what) for what in Can}


@_known
@rules.predicate(name="has a role that reaches every child of the area")
def reaches_area(actor: Actor, child_id: UUID | None = None) -> bool:
    """Case officers, their managers and the director."""
    return actor.reaches_area


@_known
@rules.predicate(name="is joined to the child today: family, agency, visit, advocate or emergency")
def is_joined(actor: Actor, child_id: UUID | None = None) -> bool:
    """A running grant to the person or to an agency of theirs."""
    return child_id is not None and grants_to(actor, child_id).exists()


@_known
@rules.predicate(name="is the child's family, or the young person")
def is_family(actor: Actor, child_id: UUID | None = None) -> bool:
    """A running grant as a parent, a carer or the young person themself."""
    family = [Relation.FAMILY, Relation.YOUNG_PERSON]
    return child_id is not None and grants_to(actor, child_id).filter(relation__in=family).exists()


SEES_RECORDS = HOLDS[Can.SEE_RECORD] | HOLDS[Can.FOLLOW_OWN]
RULES: dict[str, rules.Predicate] = {
    SEE_CHILD: SEES_RECORDS & (reaches_area | is_joined),
    BE_FAMILY: HOLDS[Can.FOLLOW_OWN] & is_family,
    **{what.value: predicate for what, predicate in HOLDS.items()},
}
for _name, _predicate in RULES.items():
    rules.add_rule(_name, _predicate)


def allows(actor: Actor | None, what: str, child_id: UUID | None = None) -> bool:
    """Whether the person may. Nobody signed out may do anything. Raises KeyError for an unknown rule."""
    return actor is not None and bool(RULES[what].test(actor, child_id))


def explain(actor: Actor, what: str, child_id: UUID | None = None) -> str:
    """Why the person may or may not, in a sentence that they can read."""
    held = ", ".join(sorted(ROLES[role].name for role in actor.roles)) or "no role"
    if allows(actor, what, child_id):
        return f"You may {what}. You hold: {held}."
    named = [facts.name for role, facts in ROLES.items() if role != Role.SYSTEM and _grants(facts.can, what)]
    if named and not any(_grants(ROLES[role].can, what) for role in actor.roles):
        return f"You cannot {what}: that needs the role {' or '.join(sorted(named))}, and you hold {held}."
    return (
        f"You cannot {what}: your role ({held}) reaches only children who are joined to you or to your service today, "
        "and this child is not."
    )


def _grants(can: frozenset[Can], what: str) -> bool:
    if what in {SEE_CHILD, BE_FAMILY}:
        return Can.FOLLOW_OWN in can or (what == SEE_CHILD and Can.SEE_RECORD in can)
    return any(permission.value == what for permission in can)


def check_allows(actor: Actor, what: str, child_id: UUID | None = None) -> None:
    """Raise Refused, with the reason, unless the person may."""
    if not allows(actor, what, child_id):
        raise Refused(explain(actor, what, child_id))
