"""Plan an inspection visit: its inspectors see the children sampled for it and no other, from and until its dates.

Whoever hosts a visit sees every child anyhow (a manager or the director): an administrator gives the role of inspector
but knows no child by name, so cannot choose the sample. The sample is drawn by chance from a seed that is kept, so that
inspectors can have it drawn again before their eyes, or a child is added by name because the inspectors asked for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from secrets import randbelow
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kept.access import actions as access
from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Grant, Relation, User
from kept.access.queries import colleagues
from kept.access.roles import Can, Role
from kept.administration.models import Visit, VisitChild, VisitInspector
from kept.cases.access import ENDED
from kept.cases.queries import cases_seen
from kept.people.models import Child, ChildNeed
from kept.people.queries import children_seen
from kept.rules.ages import phase
from kept.rules.quality import Item, draw

LARGEST = 60
SEEDS = 1_000_000
LONGEST = 92  # days


def source_of(visit: Visit) -> str:
    """What the grants of a visit say that they follow from."""
    return f"administration.visit:{visit.pk}"


def inspectors_to_ask(actor: Actor) -> QuerySet[User]:
    """Who holds the role of inspector today."""
    return colleagues(actor, Role.INSPECTOR)


def _check_dates(by: Actor, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused("The last day must not be before the first.")
    if ends_on < by.today:
        raise Refused("The last day has passed already.")
    if (ends_on - starts_on).days > LONGEST:
        raise Refused(f"A visit lasts {LONGEST} days at most. Plan a second one if the inspectors come again.")


def _check_inspectors(by: Actor, inspectors: Iterable[User]) -> list[User]:
    chosen = list(inspectors)
    if not chosen:
        raise Refused("Choose who comes. An administrator gives the role of inspector first.")
    allowed = set(inspectors_to_ask(by).values_list("pk", flat=True))
    for one in chosen:
        if one.pk not in allowed:
            raise Refused(f"{one.name} does not hold the role of inspector today.")
        if one.pk == by.user.pk:
            raise Refused("Nobody plans a visit for themselves.")
    return chosen


@transaction.atomic
def plan_visit(*, by: Actor, name: str, starts_on: date, ends_on: date, inspectors: Iterable[User]) -> Visit:
    """Plan a visit. Nobody is in its sample yet. Raises Refused."""
    check_can(by, Can.HOST_VISITS)
    _check_dates(by, starts_on, ends_on)
    chosen = _check_inspectors(by, inspectors)
    visit = Visit.objects.create(
        area=by.area, name=" ".join(name.split()), starts_on=starts_on, ends_on=ends_on, made_by=by.user
    )
    VisitInspector.objects.bulk_create([VisitInspector(area=by.area, visit=visit, user=one) for one in chosen])
    return visit


def _open(by: Actor, visit: Visit) -> Visit:
    check_can(by, Can.HOST_VISITS)
    found = Visit.objects.select_for_update().get(area=by.area, pk=visit.pk)
    if found.state(by.today) == "over":
        raise Refused("This visit is over. Plan a new one.")
    return found


@transaction.atomic
def change_visit(
    *, by: Actor, visit: Visit, name: str, starts_on: date, ends_on: date, inspectors: Iterable[User]
) -> Visit:
    """Change who comes and when; access follows at once. Raises Refused. Safe to repeat."""
    visit = _open(by, visit)
    _check_dates(by, starts_on, ends_on)
    chosen = _check_inspectors(by, inspectors)
    visit.name, visit.starts_on, visit.ends_on = " ".join(name.split()), starts_on, ends_on
    visit.save(update_fields=["name", "starts_on", "ends_on"])
    gone = visit.inspectors.exclude(user__in=chosen)
    _end(by, Grant.objects.filter(area=by.area, source=source_of(visit), user__in=gone.values("user")))
    gone.delete()
    VisitInspector.objects.bulk_create(
        [VisitInspector(area=by.area, visit=visit, user=one) for one in chosen], ignore_conflicts=True
    )
    _give(by, visit, sample_of(by, visit).values_list("child_id", flat=True))
    return visit


def _give(by: Actor, visit: Visit, children: Iterable[UUID]) -> None:
    people = [one.user for one in visit.inspectors.select_related("user")]
    for child_id in children:
        for user in people:
            access.grant(
                by=by,
                child_id=child_id,
                relation=Relation.VISIT,
                user=user,
                starts_on=visit.starts_on,
                ends_on=visit.ends_on,
                reason=visit.name,
                source=source_of(visit),
            )


def _end(by: Actor, given: QuerySet[Grant]) -> None:
    for one in given:
        access.end_grant(by=by, given=one, ends_on=by.today)


def sample_of(actor: Actor, visit: Visit) -> QuerySet[VisitChild]:
    """The children of the sample, by name."""
    found = VisitChild.objects.filter(area=actor.area, visit=visit, removed_on__isnull=True)
    return found.select_related("child").order_by("child__sort_key", "pk")


def frame(actor: Actor) -> list[Item]:
    """The children to draw from: each with an open case, by whether they have a plan, phase and primary need."""
    children: dict[UUID, bool] = {}
    for child_id, has_plan in cases_seen(actor).exclude(stage__in=ENDED).values_list("child_id", "has_plan"):
        children[child_id] = children.get(child_id, False) or has_plan
    primary = ChildNeed.objects.filter(area=actor.area, rank=1, ends_on__isnull=True)
    needs = dict(primary.values_list("child_id", "need"))
    born = dict(children_seen(actor).order_by().values_list("pk", "born_on"))
    return [
        Item(str(pk), ("plan" if has_plan else "no plan", phase(born[pk], actor.today).value, needs.get(pk, "")))
        for pk, has_plan in children.items()
        if pk in born
    ]


@transaction.atomic
def draw_sample(*, by: Actor, visit: Visit, size: int, seed: int | None = None) -> int:
    """Draw children by chance from all with an open case, spread over plans, phases and needs; how many were added.

    seed: repeats a draw; a new one is drawn unless given. Children of the sample stay. Raises Refused.
    """
    visit = _open(by, visit)
    if not 1 <= size <= LARGEST:
        raise Refused(f"Draw between 1 and {LARGEST} children.")
    items = frame(by)
    if not items:
        raise Refused("No child has an open case, so there is nobody to draw.")
    seed = randbelow(SEEDS) if seed is None else seed
    drawn = [UUID(key) for stratum in draw(items, size=size, seed=seed) for key in stratum.drawn]
    return _add(by, visit, drawn, seed=seed, drawn_from=len(items))


@transaction.atomic
def add_child(*, by: Actor, visit: Visit, child: Child) -> int:
    """Add a child whom the inspectors asked for by name; 0 when they are in the sample already. Raises Refused."""
    return _add(by, _open(by, visit), [child.pk])


def _add(
    by: Actor, visit: Visit, children: Iterable[UUID], *, seed: int | None = None, drawn_from: int | None = None
) -> int:
    present = set(sample_of(by, visit).values_list("child_id", flat=True))
    new = [pk for pk in children if pk not in present]
    if len(present) + len(new) > LARGEST:
        raise Refused(f"A sample has {LARGEST} children at most.")
    for pk in new:
        VisitChild.objects.update_or_create(
            area=by.area,
            visit=visit,
            child_id=pk,
            defaults={"seed": seed, "drawn_from": drawn_from, "added_by": by.user, "removed_on": None},
        )
    _give(by, visit, new)
    return len(new)


@transaction.atomic
def take_out(*, by: Actor, visit: Visit, child_id: UUID) -> None:
    """Take a child out of the sample: the inspectors see them no longer, at once. Safe to repeat. Raises Refused."""
    visit = _open(by, visit)
    sample_of(by, visit).filter(child_id=child_id).update(removed_on=by.today)
    _end(by, Grant.objects.filter(area=by.area, source=source_of(visit), child_id=child_id))


@transaction.atomic
def end_visit(*, by: Actor, visit: Visit, reason: str = "") -> None:
    """End a visit at once: its inspectors see nobody by it any more. Safe to repeat. Raises Refused."""
    check_can(by, Can.HOST_VISITS)
    visit = Visit.objects.select_for_update().get(area=by.area, pk=visit.pk)
    if visit.ended_on is None:
        visit.ended_on, visit.ended_by, visit.end_reason = by.today, by.user, reason.strip()
        visit.save(update_fields=["ended_on", "ended_by", "end_reason"])
    access.end_grant(by=by, source=source_of(visit), ends_on=by.today, reason=reason.strip())
