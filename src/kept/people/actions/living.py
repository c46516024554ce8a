"""Where a child lives and learns, and what they need: facts with a beginning and an end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from kept.access import actions as access
from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency, AgencyKind, Relation
from kept.access.roles import Can
from kept.people.actions.writing import changed, check_version, locked
from kept.people.codes import Need
from kept.people.facts import FURTHEST_AHEAD, NotPossible, check_day, tidy_postcode
from kept.people.models import Address, Carer, Child, ChildNeed, Enrolment, EnrolmentKind
from kept.rules.dates_as_typed import say_date

A_DAY = timedelta(days=1)
WITH_SETTING = {EnrolmentKind.ON_ROLL, EnrolmentKind.AWAITING}


def lasting(day: date) -> Q:
    """Rows that have not ended before the day."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=day)


@transaction.atomic
def move_address(
    *,
    by: Actor,
    child: Child,
    lines: str,
    starts_on: date,
    postcode: str = "",
    is_confidential: bool = False,
    holder: Carer | None = None,
    replaces: Collection[Address] | None = None,
    version: int | None = None,
) -> Address:
    """Record where the child lives from a day. The addresses it replaces (None: all) end the day before.

    holder: the carer whose home it is. is_confidential: shown to the case team and the holder only. An empty `replaces`
    records a further home, as of separated parents. Raises Refused, NotPossible, SomebodyElseWasFirst.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    lines, postcode = "\n".join(line.strip() for line in lines.strip().splitlines()), tidy_postcode(postcode)
    if not lines:
        raise NotPossible("Enter the address, or “No fixed address” and where to reach them.", "lines")
    running = child.addresses.filter(lasting(starts_on))
    same = running.filter(
        lines=lines, postcode=postcode, starts_on=starts_on, is_confidential=is_confidential, holder=holder
    )
    if done := same.first():
        return done
    check_version(child, version)
    check_day(starts_on, born_on=child.born_on, today=by.today, field="starts_on")
    ended = running if replaces is None else running.filter(pk__in=[address.pk for address in replaces])
    for address in ended:
        _end_before(address, starts_on, f"the address from {say_date(address.starts_on)}")
    address = Address.objects.create(
        area=by.area,
        child=child,
        lines=lines,
        postcode=postcode,
        starts_on=starts_on,
        is_confidential=is_confidential,
        holder=holder,
    )
    hidden = {"carer": str(holder.pk) if holder else ""} if is_confidential else {}
    changed(by, child, f"Address recorded from {say_date(starts_on)}", **hidden)
    return address


def _end_before(row: Address | Enrolment, day: date, called: str) -> None:
    """End a row the day before; one that began that day or later cannot be what came before."""
    if row.starts_on >= day:
        raise NotPossible(
            f"{say_date(day)} is not after the beginning of {called}. Check the day, or say that this is one more.",
            "starts_on",
        )
    row.ends_on = day - A_DAY
    row.save(update_fields=["ends_on"])


@transaction.atomic
def set_needs(
    *, by: Actor, child: Child, needs: Sequence[str], on: date, version: int | None = None
) -> list[ChildNeed]:
    """Say what the child's needs are from a day, the primary one first; what no longer holds ends the day before.

    Raises Refused, NotPossible, SomebodyElseWasFirst.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    if len(set(needs)) != len(needs):
        raise NotPossible("Choose each need only once.", "needs")
    if unknown := [need for need in needs if need not in Need.values]:
        raise NotPossible(f"“{unknown[0]}” is not a type of need. Choose one from the list.", "needs")
    wanted = {(need, rank) for rank, need in enumerate(needs, start=1)}
    held = {(row.need, row.rank): row for row in child.needs.filter(lasting(on))}
    if held.keys() == wanted:
        return sorted(held.values(), key=lambda row: row.rank)
    check_version(child, version)
    check_day(on, born_on=child.born_on, today=by.today, field="on")
    for key in held.keys() - wanted:
        _end_need(held[key], on)
    for need, rank in sorted(wanted - held.keys(), key=lambda pair: pair[1]):
        ChildNeed.objects.create(area=by.area, child=child, need=need, rank=rank, starts_on=on)
    before = [need for need, _ in sorted(held, key=lambda pair: pair[1])]
    changed(by, child, f"Needs recorded from {say_date(on)}", needs=[before, list(needs)])
    return list(child.needs.filter(lasting(on)).order_by("rank"))


def _end_need(row: ChildNeed, on: date) -> None:
    """A need recorded on the same day or later was a slip and goes; the history keeps it."""
    if row.starts_on >= on:
        row.delete()
        return
    row.ends_on = on - A_DAY
    row.save(update_fields=["ends_on"])


@transaction.atomic
def enrol(
    *,
    by: Actor,
    child: Child,
    starts_on: date,
    setting: Agency | None = None,
    kind: str = EnrolmentKind.ON_ROLL,
    sen_unit: bool = False,
    leaves: Collection[Enrolment] | None = None,
    version: int | None = None,
) -> Enrolment:
    """Record where the child is educated from a day; the people of a school on whose roll they are may see them.

    leaves: the settings that the child leaves the day before (None: all). starts_on may lie ahead. Raises Refused,
    NotPossible, SomebodyElseWasFirst.
    """
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, child)
    _check_setting(setting, kind)
    running = child.enrolments.filter(lasting(starts_on))
    if done := running.filter(setting=setting, kind=kind, starts_on=starts_on, sen_unit=sen_unit).first():
        return done
    check_version(child, version)
    check_day(starts_on, born_on=child.born_on, today=by.today, field="starts_on", ahead=FURTHEST_AHEAD)
    ended = running if leaves is None else running.filter(pk__in=[enrolment.pk for enrolment in leaves])
    for enrolment in ended.select_related("setting"):
        _end_before(enrolment, starts_on, str(enrolment))
        access.end_grant(by=by, source=_source(enrolment), ends_on=starts_on - A_DAY)
    enrolment = Enrolment.objects.create(
        area=by.area, child=child, setting=setting, kind=kind, starts_on=starts_on, sen_unit=sen_unit
    )
    if setting and kind == EnrolmentKind.ON_ROLL:
        access.grant(
            by=by,
            child_id=child.pk,
            agency=setting,
            relation=Relation.AGENCY,
            starts_on=starts_on,
            reason="On roll",
            source=_source(enrolment),
        )
    changed(
        by, child, f"{enrolment.get_kind_display()}{f' at {setting}' if setting else ''} from {say_date(starts_on)}"
    )
    return enrolment


def _source(enrolment: Enrolment) -> str:
    return f"people.enrol:{enrolment.pk}"


def _check_setting(setting: Agency | None, kind: str) -> None:
    if kind not in EnrolmentKind.values:
        raise NotPossible(f"“{kind}” is not a way to be educated. Choose one from the list.", "kind")
    if setting is None and kind == EnrolmentKind.ON_ROLL:
        raise NotPossible("Choose the school, college or early years setting.", "setting")
    if setting is not None and kind not in WITH_SETTING:
        raise NotPossible("Leave the setting empty: the child is not at one.", "setting")
    if setting is not None and setting.kind != AgencyKind.SCHOOL:
        raise NotPossible(f"{setting} is not a school, college or early years setting.", "setting")


@transaction.atomic
def leave(*, by: Actor, enrolment: Enrolment, on: date, version: int | None = None) -> Enrolment:
    """Record the child's last day at a setting; its people stop seeing the child then. Raises Refused, NotPossible."""
    check_can(by, Can.EDIT_PEOPLE)
    child = locked(by, enrolment.child)
    current = Enrolment.objects.select_related("setting").filter(area=by.area, pk=enrolment.pk).first()
    if current is None:
        raise Refused("This setting is not in your record.")
    if current.ends_on == on:
        return current
    check_version(child, version)
    if on < current.starts_on:
        raise NotPossible(f"{say_date(on)} is before the first day there, {say_date(current.starts_on)}.", "ends_on")
    check_day(on, born_on=child.born_on, today=by.today, field="ends_on", ahead=FURTHEST_AHEAD)
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    if current.setting and current.kind == EnrolmentKind.ON_ROLL:
        access.grant(
            by=by,
            child_id=child.pk,
            agency=current.setting,
            relation=Relation.AGENCY,
            starts_on=current.starts_on,
            reason="On roll",
            source=_source(current),
        )
        access.end_grant(by=by, source=_source(current), ends_on=on)
    changed(by, child, f"Last day at {current}: {say_date(on)}")
    return current
