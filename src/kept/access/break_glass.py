"""Open a record in an emergency: for oneself, with a reason, for four hours, in sight of the family.

The person must already know who the child is: a search by exact name and date of birth, or by NHS number, finds one
child or none and never lists. Kept itself looks, and the search is in the security log whether it finds anybody or not.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from kept.access import actions
from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.models import Grant, Relation
from kept.access.roles import Can
from kept.access.trails.security import Happened, note
from kept.people.facts import sort_key
from kept.people.models import Child, Identifier, IdentifierKind

SHORTEST_REASON = 10
LONGEST_REASON = 500
NOT_FOUND = (
    "No child with exactly these details is in the record. Check the spelling and the date of birth, or give the NHS "
    "number."
)


def find(
    *, by: Actor, given_names: str = "", family_name: str = "", born_on: date | None = None, nhs_number: str = ""
) -> UUID | None:
    """The key of the one child of exactly this name and date of birth, or NHS number; None for none or several."""
    check_can(by, Can.BREAK_GLASS)
    with acting_as_system(by.area, today=by.today):
        number = "".join(nhs_number.split()).replace("-", "")
        if number:
            found = Identifier.objects.filter(area=by.area, kind=IdentifierKind.NHS, value=number)
            keys = set(found.values_list("child_id", flat=True))
        elif born_on and given_names.strip() and family_name.strip():
            wanted = sort_key(given_names.strip(), family_name.strip())
            children = Child.objects.filter(area=by.area, born_on=born_on, sort_key=wanted)
            keys = set(children.values_list("pk", flat=True))
        else:
            keys = set()
    return keys.pop() if len(keys) == 1 else None


@transaction.atomic
def open_record(*, by: Actor, child_id: UUID, reason: str, request: HttpRequest | None = None) -> Grant:
    """Take four hours' access to a child's record. The reason is kept and the family reads it. Raises Refused."""
    check_can(by, Can.BREAK_GLASS)
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Refused(
            "Say in a sentence why you need to see this record now. The family and the data protection officer read it."
        )
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Say it in {LONGEST_REASON} characters or fewer.")
    grant = actions.grant(
        by=by,
        child_id=child_id,
        relation=Relation.BREAK_GLASS,
        user=by.user,
        starts_on=by.today,
        ends_on=None,
        reason=reason,
    )
    note(Happened.EMERGENCY, person=by.user, area=by.area, request=request, what=f"Opened {child_id}: {reason}")
    return grant
