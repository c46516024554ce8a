"""Rights pass to the young person at the end of compulsory school age: told, asked, recorded; capacity decisions kept.

Source: Children and Families Act 2014 s.80 and s.83; Special Educational Needs and Disability Regulations 2014 regs
63-65; Mental Capacity Act 2005 s.1-3: capacity is presumed, and lacking it is about one decision at one time.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access import actions as access
from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Grant, Relation, User
from kept.access.predicates import SEE_CHILD, check_allows
from kept.access.roles import Can
from kept.notices.hooks import Decides
from kept.people.actions import open_to_young_person
from kept.people.models import Child
from kept.rules import ages
from kept.subject_access.models import PassingOn, Step

ABOUT_A_DECISION = {Step.LACKS_CAPACITY, Step.HAS_CAPACITY}
AFTER_BEING_TOLD = {Step.ALONE, Step.WITH_HELP}


def history(by: Actor, child: Child) -> list[PassingOn]:
    """Every step recorded, the first one first."""
    return list(PassingOn.objects.filter(area=by.area, child=child).select_related("recorded_by"))


def deciding_for(by: Actor, child_id: UUID) -> tuple[Decides, ...]:
    """Who decides for the young person today: the latest word on each decision, where it is that they lack capacity."""
    rows = PassingOn.objects.filter(area=by.area, child_id=child_id, step__in=ABOUT_A_DECISION, on__lte=by.today)
    latest = {one.decision.casefold(): one for one in rows.order_by("on", "recorded_at")}
    return tuple(
        Decides(one.representative, one.decision) for one in latest.values() if one.step == Step.LACKS_CAPACITY
    )


def whose_rights(by: Actor, child: Child) -> str:
    """Whose the rights are today, in a sentence."""
    ends = ages.compulsory_school_age_ends(child.born_on)
    if not ages.is_young_person(child.born_on, by.today):
        return f"The rights are the parents’ until compulsory school age ends on {ends.strftime('%-d %B %Y')}."
    steps = [one.step for one in history(by, child)]
    last = next((step for step in reversed(steps) if step in AFTER_BEING_TOLD), "")
    words = {
        Step.ALONE: f"The rights are {child.first_name}’s, who decides alone.",
        Step.WITH_HELP: f"The rights are {child.first_name}’s, who wants their parents to go on seeing the record.",
        "": f"The rights are {child.first_name}’s. Nobody has recorded yet that {child.first_name} was asked.",
    }
    return words[last]


@transaction.atomic
def record_step(
    *,
    by: Actor,
    child: Child,
    step: str,
    on: date,
    how: str,
    decision: str = "",
    representative: str = "",
    account: User | None = None,
) -> PassingOn:
    """Record one step. Deciding alone ends the parents' access at once; an account given is joined to the record.

    Raises Refused: before the end of compulsory school age, without how they were asked, or out of order.
    """
    check_can(by, Can.EDIT_PEOPLE)
    check_allows(by, SEE_CHILD, child.pk)
    child = Child.objects.select_for_update().get(area=by.area, pk=child.pk)
    _check_words(step, how, decision, representative)
    _check_time(by, child, step, on)
    done = PassingOn.objects.filter(area=by.area, child=child, step=step, on=on, how=how.strip()).first()
    if done:
        return done
    recorded = PassingOn.objects.create(
        area=by.area,
        child=child,
        step=step,
        on=on,
        how=how.strip(),
        decision=decision.strip(),
        representative=representative.strip(),
        recorded_by=by.user,
    )
    if account:
        open_to_young_person(by=by, child=child, user=account, on=by.today)
    if step == Step.ALONE:
        for given in Grant.objects.filter(area=by.area, child_id=child.pk, relation=Relation.FAMILY):
            access.end_grant(by=by, given=given, ends_on=by.today, reason="The young person decides alone.")
    return recorded


def _check_words(step: str, how: str, decision: str, representative: str) -> None:
    if step not in Step.values:
        raise Refused("Choose a step from the list.")
    if not how.strip():
        raise Refused("Say how they were asked or assessed, and what they said.")
    if step in ABOUT_A_DECISION and not decision.strip():
        raise Refused("Say which decision it is about: capacity is about one decision at one time.")
    if step == Step.LACKS_CAPACITY and not representative.strip():
        raise Refused("Say who decides for them: a deputy, an attorney, or their parent.")


def _check_time(by: Actor, child: Child, step: str, on: date) -> None:
    if on > by.today:
        raise Refused("The day must not be after today.")
    if step != Step.TOLD and not ages.is_young_person(child.born_on, on):
        ends = ages.compulsory_school_age_ends(child.born_on)
        raise Refused(f"{child.first_name} is of compulsory school age until {ends.strftime('%-d %B %Y')}.")
    told = PassingOn.objects.filter(area=by.area, child=child, step=Step.TOLD).exists()
    if step in AFTER_BEING_TOLD and not told:
        raise Refused(f"Record first that {child.first_name} was told that the rights are now theirs.")
