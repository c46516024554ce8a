"""Judge a copy, see the others once both of the pair have judged, settle what is far apart, end the round."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from kept.access.acting import Actor, Refused, acting_as_system, check_can
from kept.access.roles import Can
from kept.quality.duties import sync_seat
from kept.quality.models import PAIR, Chair, Copy, Machine, Mark, Round, Sampled, Seat
from kept.rules.quality import Grade, Pair, needs_moderation
from kept.rules.quality.agreement import WHOLE


def sections_of(copy: Copy) -> list[str]:
    """What is graded: each section that the copy has, and the whole."""
    return [*dict.fromkeys(section for _, section, _ in copy.parts), WHOLE]


def _own_seat(by: Actor, seat: Seat) -> Seat:
    check_can(by, Can.JUDGE_PLANS)
    found = Seat.objects.select_for_update(of=("self",)).select_related("copy__round", "agency")
    current = found.filter(area=by.area, pk=seat.pk, auditor=by.user).first()
    if current is None:
        raise Refused("This seat is not yours.")
    if current.stood_down_because:
        raise Refused("You stood down from this plan.")
    return current


@transaction.atomic
def judge(
    *, by: Actor, seat: Seat, grades: Mapping[str, tuple[int, str]], finish: bool = True
) -> tuple[Seat, dict[str, str]]:
    """Keep the grades of a seat. finish: they are final; every section then has a grade and a reason.

    The answer says of each section what is missing. Others read them when both of the pair have finished.
    """
    current = _own_seat(by, seat)
    if current.judged_on:
        return current, {}
    wrong: dict[str, str] = {}
    for section in sections_of(current.copy):
        grade, why = grades.get(section, (0, ""))
        if grade not in {one.value for one in Grade}:
            wrong[section] = "Choose a grade."
        elif not why.strip():
            wrong[section] = "Say why: the writer learns from the reason, not from the grade."
        if grade in {one.value for one in Grade}:
            Mark.objects.update_or_create(
                area=by.area, seat=current, section=section,
                defaults={
                    "copy": current.copy, "auditor": by.user, "chair": current.chair, "grade": grade,
                    "why": why.strip(), "agency_name": current.agency.name if current.agency else "",
                },
            )  # fmt: skip
    if not finish:
        return current, {}
    if wrong:
        return current, wrong
    current.judged_on = by.today
    current.save(update_fields=["judged_on"])
    with acting_as_system(by.area, today=by.today) as system:
        sync_seat(system, current)
        _release(system, current.copy)
    return current, {}


def _release(by: Actor, copy: Copy) -> None:
    """Open the marks and the machine's findings once both of the pair have judged."""
    pair = Seat.objects.filter(area=by.area, copy=copy, chair__in=PAIR, stood_down_because="")
    if pair.filter(judged_on__isnull=False).count() < len(PAIR):
        return
    judged = Seat.objects.filter(area=by.area, copy=copy, judged_on__isnull=False)
    Mark.objects.filter(area=by.area, seat__in=judged).update(released=True)
    Machine.objects.filter(area=by.area, copy=copy).update(released=True)


@transaction.atomic
def stand_down(*, by: Actor, seat: Seat, why: str) -> Seat:
    """Leave a seat, as the auditor knows the plan or cannot judge. Raises Refused."""
    current = _own_seat(by, seat)
    if current.judged_on:
        raise Refused("You have judged this plan already.")
    if not why.strip():
        raise Refused("Say why: you know the child or the plan, or you cannot judge.")
    Mark.objects.filter(area=by.area, seat=current).delete()
    current.stood_down_because = why.strip()[:300]
    current.save(update_fields=["stood_down_because"])
    with acting_as_system(by.area, today=by.today) as system:
        sync_seat(system, current)
    return current


def pairs_of(marks: Collection[Mark]) -> dict[str, Pair]:
    """The grades of the pair by section, where both have judged it."""
    found: dict[str, dict[str, Grade]] = {}
    for mark in marks:
        if mark.chair in PAIR and mark.released:
            found.setdefault(mark.section, {})[mark.chair] = Grade(mark.grade)
    return {
        section: Pair(both[Chair.FIRST], both[Chair.SECOND])
        for section, both in found.items()
        if len(both) == len(PAIR)
    }


@transaction.atomic
def moderate(*, by: Actor, copy: Copy, section: str, grade: int, why: str) -> Mark:
    """Settle a section on which the pair are more than one grade apart. Not by one of them. Raises Refused."""
    check_can(by, Can.RUN_AUDITS)
    marks = list(Mark.objects.filter(area=by.area, copy=copy))
    if section not in needs_moderation(pairs_of(marks)):
        raise Refused("The two grades of this section are not far apart, so there is nothing to settle.")
    if Seat.objects.filter(area=by.area, copy=copy, auditor=by.user).exclude(chair=Chair.MODERATOR).exists():
        raise Refused("You judged this plan: somebody else must moderate.")
    sampled = Sampled.objects.filter(area=by.area, copy=copy).first()
    if sampled and sampled.writer_id == by.user.pk:
        raise Refused("You wrote this plan: somebody else must moderate.")
    if grade not in {one.value for one in Grade} or not why.strip():
        raise Refused("Choose a grade and say why.")
    seat = Seat.objects.filter(area=by.area, copy=copy, chair=Chair.MODERATOR, stood_down_because="").first()
    if seat is not None and seat.auditor_id != by.user.pk:
        raise Refused(f"{seat.auditor.name} moderates this plan.")
    seat = seat or Seat.objects.create(
        area=by.area, copy=copy, chair=Chair.MODERATOR, auditor=by.user, due_on=by.today, judged_on=by.today
    )
    made, _ = Mark.objects.update_or_create(
        area=by.area, seat=seat, section=section,
        defaults={
            "copy": copy, "auditor": by.user, "chair": Chair.MODERATOR, "grade": grade, "why": why.strip(),
            "released": True,
        },
    )  # fmt: skip
    return made


@transaction.atomic
def close_round(*, by: Actor, round: Round) -> Round:
    """End an audit: everybody has judged, nothing waits for moderation. Actions run on. Raises Refused."""
    check_can(by, Can.RUN_AUDITS)
    current = Round.objects.select_for_update().get(area=by.area, pk=round.pk)
    if current.closed_on:
        return current
    waiting = Seat.objects.filter(
        area=by.area, copy__round=current, judged_on__isnull=True, stood_down_because=""
    ).exists()
    empty = any(
        copy.seats.filter(stood_down_because="", chair__in=[*PAIR, Chair.PARENT]).count() < len(PAIR) + 1
        for copy in current.copies.filter(area=by.area)
    )
    if waiting or empty:
        raise Refused("Some seats have not judged yet.")
    for copy in current.copies.filter(area=by.area):
        marks = list(copy.marks.filter(area=by.area))
        settled = {mark.section for mark in marks if mark.chair == Chair.MODERATOR}
        if set(needs_moderation(pairs_of(marks))) - settled:
            raise Refused(f"{copy} waits for moderation.")
    current.closed_on = by.today
    current.save(update_fields=["closed_on"])
    return current
