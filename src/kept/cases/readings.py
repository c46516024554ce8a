"""How an area reads the points on which the law leaves room: dated choices, kept with who made them and why."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kept.access.acting import Actor, Refused, check_can, today_here
from kept.access.roles import Can
from kept.cases.models import ReadingChoice
from kept.rules import process

FURTHEST = timedelta(days=366)


def begun(on: date) -> Q:
    """The choices that hold from that day or from before."""
    return Q(starts_on__isnull=True) | Q(starts_on__lte=on)


def settings_of(area_id: UUID, on: date | None = None) -> process.Settings:
    """The area's settings on a day (today unless told): the latest choice of each reading that has begun, the

    reference's where there is none.
    """
    rows = ReadingChoice.objects.filter(begun(on or today_here()), area_id=area_id).order_by("made_at", "id")
    chosen = dict(rows.values_list("reading", "choice"))
    if not chosen:
        return process.DEFAULT
    kinds = {field.name: type(getattr(process.DEFAULT.readings, field.name)) for field in fields(process.Readings)}
    choices = {name: kinds[name](value) for name, value in chosen.items() if name in kinds}
    return replace(process.DEFAULT, readings=replace(process.DEFAULT.readings, **choices))


def choices_made(actor: Actor) -> dict[str, list[ReadingChoice]]:
    """Every choice that the actor's area made, by reading, the latest first: the first that has begun is in force."""
    made: dict[str, list[ReadingChoice]] = {}
    rows = ReadingChoice.objects.filter(area=actor.area).select_related("made_by").order_by("-made_at", "-id")
    for choice in rows:
        made.setdefault(choice.reading, []).append(choice)
    return made


@transaction.atomic
def choose(*, by: Actor, reading: str, choice: str, why: str, starts_on: date | None = None) -> ReadingChoice:
    """Choose how the area reads one point, from today or from a day to come. Raises Refused with a sentence.

    Every case is folded anew: now, or in the night before a later day (`kept cases refold`).
    """
    from kept.cases import projection

    check_can(by, Can.DECIDE_PANEL)
    default = getattr(process.DEFAULT.readings, reading, None)
    if default is None:
        raise Refused(f"There is no reading called {reading}.")
    if choice not in {option.value for option in type(default)}:
        accepted = ", ".join(option.value for option in type(default))
        raise Refused(f"{choice} is not a way to read {reading}. Choose one of: {accepted}.")
    if not why.strip():
        raise Refused("Say why the area reads it so: the reason is kept beside the choice.")
    from_on = starts_on or by.today
    if not by.today <= from_on <= by.today + FURTHEST:
        raise Refused("A reading begins today or on a day of the coming year: what was counted before stays as it was.")
    if is_in_force(by, reading, choice, from_on):
        raise Refused("The area reads it so already. Choose another reading, or leave it as it is.")
    made = ReadingChoice.objects.create(
        area=by.area, reading=reading, choice=choice, why=why.strip(), starts_on=from_on, made_by=by.user
    )
    if from_on == by.today:
        projection.refresh_all(by)
    return made


def is_in_force(by: Actor, reading: str, choice: str, on: date) -> bool:
    """Whether the area reads a point so on a day."""
    return str(getattr(settings_of(by.area.pk, on).readings, reading).value) == choice
