"""What follows from the counts: reconciliations, escalations, catch-up, checks; each of them a duty in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Sum
from django.db.models.functions import Coalesce

from kept.access.acting import Actor
from kept.cases.access import ENDED
from kept.cases.models import Case
from kept.delivery import reconciling
from kept.delivery.counting import ChildLedger, ItemLedger, recount
from kept.delivery.limits import limits_of
from kept.delivery.models import CatchUp, Counted, Escalation, InPlaceCheck, Reconciliation
from kept.delivery.words import Kind
from kept.duties.actions import DutyFacts, sync
from kept.rules.calendar import ENGLAND
from kept.rules.delivery import Standing, say_half_term, standing, total

SOURCE = "delivery"
SECURE = "Children and Families Act 2014, section 42(2)"
LOCAL = "Local rule of the council; the duty to secure the provision is the Children and Families Act 2014, section 42"
OURS = "the day is the council’s own limit"
NEW_PLAN = timedelta(days=60)


@dataclass
class Around:
    """What stands around the counts of some children, read together."""

    officers: dict[UUID, Case] = field(default_factory=dict)
    open: dict[UUID, dict[tuple[str, str], Escalation]] = field(default_factory=lambda: defaultdict(dict))
    checks: dict[UUID, list[InPlaceCheck]] = field(default_factory=lambda: defaultdict(list))
    catch_ups: dict[UUID, list[CatchUp]] = field(default_factory=lambda: defaultdict(list))
    disputes: dict[UUID, list[Reconciliation]] = field(default_factory=lambda: defaultdict(list))


def refresh(by: Actor, child_ids: Collection[UUID]) -> None:
    """Count some children anew and make the ledger of duties say what follows. As Kept itself; safe to repeat."""
    if not child_ids:
        return
    found = recount(by, child_ids)
    reconciling.open_new(by, found)
    around = _around(by, child_ids)
    new: list[Escalation] = []
    changed: list[Escalation] = []
    for child_id, mine in found.items():
        known = around.open[child_id]
        wanted = {(one.kind, one.key): one for one in _wanted(by, mine, around)}
        for key, one in wanted.items():
            if key not in known:
                known[key] = one
                new.append(one)
        changed += [one for key, one in known.items() if _is_met(by, mine, one, wanted, around)]
    Escalation.objects.bulk_create(new)
    if changed:
        Escalation.objects.bulk_update([one for one in changed if not one._state.adding], ["met_on", "evidence"])
    for child_id in found:
        sync(by=by, source=SOURCE, source_id=child_id, child_id=child_id, duties=_duties(by, child_id, around))


def _around(by: Actor, child_ids: Collection[UUID]) -> Around:
    found = Around()
    mine = {"area": by.area, "child_id__in": list(child_ids)}
    for case in Case.objects.filter(**mine).exclude(stage__in=ENDED).order_by("opened_on"):
        found.officers[case.child_id] = case
    for row in Escalation.objects.filter(**mine):
        if row.child_id:
            found.open[row.child_id][row.kind, row.key] = row
    for check in InPlaceCheck.objects.filter(**mine).order_by("checked_on"):
        found.checks[check.child_id].append(check)
    given = Coalesce(Sum("records__minutes"), 0)
    for agreed in CatchUp.objects.filter(**mine).annotate(given=given).select_related("provider"):
        found.catch_ups[agreed.child_id].append(agreed)
    for dispute in Reconciliation.objects.filter(**mine).select_related("item", "setting"):
        found.disputes[dispute.child_id].append(dispute)
    return found


def _escalation(  # noqa: PLR0917 - a table of them follows
    by: Actor, child_id: UUID | None, kind: str, key: str, what: str, because: str, days: int
) -> Escalation:
    return Escalation(
        area=by.area, child_id=child_id, kind=kind, key=key[:120], what=what[:300], because=because[:300],
        opened_on=by.today, due_on=ENGLAND.after(by.today, days),
    )  # fmt: skip


def _wanted(by: Actor, mine: ChildLedger, around: Around) -> Iterable[Escalation]:
    """What must be seen to now."""
    quiet = mine.silence
    if quiet and quiet.is_too_long(mine.limits):
        yield _escalation(
            by, mine.child_id, Kind.SILENCE, quiet.since.isoformat(),
            "Find out whether the provision of the plan is happening: nobody has recorded anything",
            f"Nothing recorded for {quiet.days} school days", mine.limits.find_out_days,
        )  # fmt: skip
    yield from _short(by, mine)
    yield from _unsuited(by, mine)
    yield from _unchecked(by, mine)


def _short(by: Actor, mine: ChildLedger) -> Iterable[Escalation]:
    for half in mine.half_terms():
        services: dict[str, list[ItemLedger]] = defaultdict(list)
        for one in mine.items:
            services[one.row.service].append(one)
        for service, items in services.items():
            whole = total(count for one in items for count in one.during(half.starts_on, half.ends_on))
            red = standing(whole, mine.limits) is Standing.RED
            if red and (by.today > half.ends_on or len(whole.records) > 2):  # noqa: PLR2004
                share = f"{(whole.rate or 0) * 100:.0f}%"
                yield _escalation(
                    by, mine.child_id, Kind.SHORTFALL, f"{half.key}|{service}",
                    f"Put right that too little {service} came: {share} of what the plan says",
                    f"{whole.delivered:.0f} of {whole.due:.0f} in the {say_half_term(half.key)}",
                    mine.limits.put_right_days,
                )  # fmt: skip


def _unsuited(by: Actor, mine: ChildLedger) -> Iterable[Escalation]:
    for half in mine.half_terms():
        for one in mine.items:
            rows = [row for row in one.records if half.starts_on <= row.on <= half.ends_on]
            missed = sum(max(row.absent + row.declined, row.status in {"absent", "declined"}) for row in rows)
            if missed >= mine.limits.review_after_absent:
                yield _escalation(
                    by, mine.child_id, Kind.SUITABILITY, f"{half.key}|{one.row.lineage}",
                    f"Look again whether {one.row.service} suits: absent or declined {missed} times",
                    f"In the {say_half_term(half.key)}", mine.limits.put_right_days,
                )  # fmt: skip


def _unchecked(by: Actor, mine: ChildLedger) -> Iterable[Escalation]:
    running = mine.running(by.today, by.today)
    for version in {one.row.version for one in running}:
        begun = min(one.row.starts_on for one in running if one.row.version == version)
        if by.today - NEW_PLAN <= begun <= by.today:
            yield _escalation(
                by, mine.child_id, Kind.CHECK, f"{version}",
                "Check that everything in the new or changed plan is in place",
                "The plan was issued or changed", mine.limits.check_days,
            )  # fmt: skip


def _is_met(
    by: Actor, mine: ChildLedger, one: Escalation, wanted: dict[tuple[str, str], Escalation], around: Around
) -> bool:
    """Mark an escalation as met when its cause is gone; whether it was marked now."""
    if one.met_on:
        return False
    met: tuple[date, str] | None = None
    if one.kind == Kind.SILENCE and (one.kind, one.key) not in wanted:
        met = (min(by.today, max(mine.last_recorded or by.today, one.opened_on)), "Recorded again")
    elif one.kind == Kind.SHORTFALL:
        half, service = one.key.split("|", 1)
        agreed = [c for c in around.catch_ups[mine.child_id] if c.service == service and half.startswith(c.term)]
        if agreed:
            met = (min(c.agreed_on for c in agreed), "Catch-up agreed with the family")
        elif (one.kind, one.key) not in wanted:
            met = (by.today, "No longer short, as counted")
    elif one.kind == Kind.SUITABILITY:
        lineage = one.key.rsplit("|", 1)[1]
        ours = {item.row.pk for item in mine.items if str(item.row.lineage) == lineage}
        after = [c for c in around.checks[mine.child_id] if c.item_id in ours and c.checked_on >= one.opened_on]
        met = (after[0].checked_on, "Looked at on the spot") if after else None
    elif one.kind == Kind.CHECK:
        met = _checked(mine, one, around)
    if met is None:
        return False
    one.met_on, one.evidence = met
    return True


def _checked(mine: ChildLedger, one: Escalation, around: Around) -> tuple[date, str] | None:
    """When every running item of the version was looked at since it began."""
    items = [item for item in mine.items if str(item.row.version) == one.key]
    first: dict[UUID, date] = {}
    for check in around.checks[mine.child_id]:
        first.setdefault(check.item_id, check.checked_on)
    if not items or any(item.row.pk not in first for item in items):
        return None
    return max(first[item.row.pk] for item in items), f"{len(items)} items checked"


def _duties(by: Actor, child_id: UUID, around: Around) -> list[DutyFacts]:
    case = around.officers.get(child_id)
    holder: dict[str, Any] = {"person_id": case.officer_id, "team_id": case.team_id} if case else {}
    path = f"/delivery/children/{child_id}/"
    found = [
        DutyFacts(
            key=f"{one.kind}#{one.key}", what=one.what, because=one.because, rule=f"delivery.{one.kind}",
            authority=f"{SECURE}; {OURS}" if one.kind == Kind.SHORTFALL else LOCAL,
            is_statutory=False, owed_by="the council", starts_on=one.opened_on, due_on=one.due_on,
            met_on=one.met_on, evidence=one.evidence, path=path, **holder,
        )
        for one in around.open[child_id].values()
    ]  # fmt: skip
    found += [_of_dispute(one, holder) for one in around.disputes[child_id]]
    return found + [_of_catch_up(one, holder, path) for one in around.catch_ups[child_id]]


def _of_dispute(one: Reconciliation, holder: dict[str, Any]) -> DutyFacts:
    return DutyFacts(
        key=f"reconcile#{one.pk}",
        what=f"Settle whether {one.item.service} came: the family and the setting say different things",
        because="Counted in school days from the day on which the two were compared",
        authority=LOCAL, rule="delivery.reconcile", is_statutory=False, owed_by="the council",
        starts_on=one.opened_on, due_on=one.due_on, met_on=one.settled_on,
        evidence=one.get_found_display() if one.found else "", path=f"/delivery/differences/{one.pk}/", **holder,
    )  # fmt: skip


def _of_catch_up(one: CatchUp, holder: dict[str, Any], path: str) -> DutyFacts:
    given = getattr(one, "given", 0)
    return DutyFacts(
        key=f"catch-up#{one.pk}", what=f"Make up {one.minutes} minutes of {one.service}, as agreed with the family",
        because=one.how, authority=f"{SECURE}; agreed on {one.agreed_on.isoformat()}", rule="delivery.catch_up",
        is_statutory=False, owed_by=one.provider.name if one.provider else "the council", starts_on=one.agreed_on,
        due_on=one.by_on, met_on=_made_up_on(one) if given >= one.minutes else None,
        evidence=f"{given} minutes given" if given else "", ended_on=one.ended_on, ended_because=one.ended_because,
        path=path, agency_id=one.provider_id, person_id=holder.get("person_id"), team_id=holder.get("team_id"),
    )  # fmt: skip


def _made_up_on(one: CatchUp) -> date | None:
    """The day on which the last of the agreed minutes was given."""
    given = 0
    for row in one.records.filter(replaced_at__isnull=True).order_by("on", "at"):
        given += row.minutes
        if given >= one.minutes:
            return row.on
    return None


def sync_services(by: Actor) -> int:
    """A commissioning task for each service in which something did not come as there was nobody to do it. At night."""
    short = (
        Counted.objects.filter(area=by.area, capacity__gt=0, half_term__in=_halves_now(by))
        .values("service", "half_term")
        .annotate(minutes=Sum("capacity"))
        .order_by("service")
    )
    number, within = 0, limits_of(by).check_days
    for row in short:
        key = f"{row['half_term']}|{row['service']}"
        made, _ = Escalation.objects.get_or_create(
            area=by.area, child=None, kind=Kind.CAPACITY, key=key[:120],
            defaults={
                "what": f"Find staff for {row['service']}"[:300], "because": "", "opened_on": by.today,
                "due_on": ENGLAND.after(by.today, within),
            },
        )  # fmt: skip
        made.because = f"{row['minutes']:,.0f} minutes did not come in the {say_half_term(row['half_term'])}"
        made.save(update_fields=["because"])
        duty = DutyFacts(
            key=f"{made.key}", what=made.what, because=made.because, authority=LOCAL, rule="delivery.capacity",
            is_statutory=False, owed_by="the council", starts_on=made.opened_on, due_on=made.due_on,
            met_on=made.met_on, evidence=made.evidence, path="/delivery/services/",
        )  # fmt: skip
        sync(by=by, source=SOURCE, source_id=uuid5(by.area.pk, key), child_id=None, duties=[duty])
        number += 1
    return number


def _halves_now(by: Actor) -> list[str]:
    latest = Counted.objects.filter(area=by.area).order_by().values_list("half_term", flat=True).distinct()
    return [one for one in latest if one and int(one[:4]) >= by.today.year - 1]
