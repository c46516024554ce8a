"""How an area reads the points on which the law leaves room: dated choices, kept with who made them and why."""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.roles import Can
from kept.cases.models import ReadingChoice
from kept.rules import process


def settings_of(area_id: UUID) -> process.Settings:
    """The area's settings: the latest choice of each reading, the reference's where none was made."""
    chosen = dict(
        ReadingChoice.objects.filter(area_id=area_id).order_by("made_at", "id").values_list("reading", "choice")
    )
    if not chosen:
        return process.DEFAULT
    kinds = {field.name: type(getattr(process.DEFAULT.readings, field.name)) for field in fields(process.Readings)}
    choices = {name: kinds[name](value) for name, value in chosen.items() if name in kinds}
    return replace(process.DEFAULT, readings=replace(process.DEFAULT.readings, **choices))


def choices_made(actor: Actor) -> dict[str, list[ReadingChoice]]:
    """Every choice that the actor's area made, by reading, the latest first: the first of each is in force."""
    made: dict[str, list[ReadingChoice]] = {}
    rows = ReadingChoice.objects.filter(area=actor.area).select_related("made_by").order_by("-made_at", "-id")
    for choice in rows:
        made.setdefault(choice.reading, []).append(choice)
    return made


@transaction.atomic
def choose(*, by: Actor, reading: str, choice: str, why: str) -> ReadingChoice:
    """Choose how the area reads one point; every open case is folded anew. Raises Refused with a sentence."""
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
    made = ReadingChoice.objects.create(area=by.area, reading=reading, choice=choice, why=why, made_by=by.user)
    projection.refresh_all(by)
    return made
