"""Read the waiting lists, always as the person who asks. The shapes are those that `kept.rules.waits` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.rules.waits.survival import End
from kept.waiting.facts import ChildsWait, History, InLine, Stay, WaitingList
from kept.waiting.models import Referral, Stage
from kept.waiting.past import as_at
from kept.waiting.words import Discipline, Priority, State

HISTORY_WEEKS = 104
SEEN_WEEKS = 26


def running(day: date) -> Q:
    """Configuration that holds on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def still_open(day: date) -> Q:
    """Referrals that wait at the end of the day."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=day)


def on_list_at(day: date) -> Q:
    """Referrals that were on a list at the end of the day: received by then, and not yet closed."""
    return Q(joined_on__lte=day) & still_open(day)


def stages(actor: Actor) -> QuerySet[Stage]:
    """The lists that the person may open: all of the area for those who reach it, else those of their agencies."""
    found = Stage.objects.filter(running(actor.today), area=actor.area).select_related("service__agency", "pathway")
    if actor.reaches_area:
        return found
    if not (actor.can(Can.RUN_LISTS) or actor.can(Can.SEE_TEAM)):
        return found.none()
    return found.filter(service__agency__in=actor.agency_ids)


def referrals(actor: Actor) -> QuerySet[Referral]:
    """Every referral that the person may see: on lists of theirs, made by their agency, or of their own family."""
    found = Referral.objects.filter(area=actor.area)
    if actor.reaches_area:
        return found
    mine = Q(stage__service__agency__in=actor.agency_ids) | Q(referrer__in=actor.agency_ids)
    if actor.can(Can.FOLLOW_OWN):
        return found  # the database shows a family its own children alone
    return found.filter(mine)


def lists(actor: Actor) -> list[WaitingList]:
    """The lists that the person may open, with how many wait and the longest wait so far (days). Two queries."""
    found = list(stages(actor).order_by("service__name", "order", "name"))
    counted = {
        row["stage"]: row
        for row in Referral.objects.filter(on_list_at(actor.today), area=actor.area, stage__in=[s.pk for s in found])
        .values("stage")
        .annotate(waiting=Count("pk"), oldest=Min("referral_made_on"))
    }
    return [_list_facts(stage, counted.get(stage.pk), actor.today) for stage in found]


def _list_facts(stage: Stage, row: Mapping[str, Any] | None, today: date) -> WaitingList:
    service = stage.service
    oldest = row["oldest"] if row else None
    return WaitingList(
        stage_id=stage.pk,
        stage=stage.name,
        service_id=service.pk,
        service=service.name,
        service_kind=service.kind,
        pathway=stage.pathway.name,
        agency_id=service.agency_id,
        agency=service.agency.name,
        entry_id=service.entry_id,
        discipline=service.discipline,
        profession=stage.profession,
        hours=stage.hours,
        waiting=row["waiting"] if row else 0,
        longest_days=(today - oldest).days if isinstance(oldest, date) else 0,
    )


def in_order(found: QuerySet[Referral], discipline: str) -> QuerySet[Referral]:
    """A list in the order in which it is served."""
    if discipline == Discipline.DUE:
        return found.order_by("target_on", "referral_made_on", "pk")
    return found.order_by("priority", "referral_made_on", "pk")


def in_turn(found: Iterable[Referral], discipline: str) -> list[Referral]:
    """Referrals in the order in which their list is served, as `in_order` has it."""
    if discipline == Discipline.DUE:
        return sorted(found, key=lambda one: (one.target_on or date.max, one.referral_made_on, one.pk))
    return sorted(found, key=lambda one: (one.priority, one.referral_made_on, one.pk))


def waiting_now(actor: Actor, stage_id: UUID) -> list[InLine]:
    """Everybody who waits on one list on the actor's today, in the order of service; empty for a list not theirs.

    Two queries; for a day that is past, two more: what happened since is left out.
    """
    stage = stages(actor).filter(pk=stage_id).first()
    if stage is None:
        return []
    found = list(in_order(Referral.objects.filter(on_list_at(actor.today), area=actor.area, stage=stage),
                          stage.service.discipline))  # fmt: skip
    for one in found:
        one.stage = stage
    if any(one.last_event_on > actor.today for one in found):
        found = in_turn(as_at(actor, found), stage.service.discipline)
    return [
        InLine(one.pk, one.child_id, one.priority, one.referral_made_on, one.joined_on, one.state, one.next_offer_on,
               ahead=place)
        for place, one in enumerate(found)
    ]  # fmt: skip


def history_for_statements(
    actor: Actor, service_id: UUID | None, stage_id: UUID, *, weeks: int = HISTORY_WEEKS
) -> History:
    """The last `weeks` weeks of one list, as of the actor's today. `service_id` may be None. Two queries.

    Counts are of children who joined the list (received by the service) and of those seen, by week, the week that ends
    yesterday last. A child passed on from an earlier stage counts as joining. LookupError for a list not theirs.
    """
    found = stages(actor).filter(pk=stage_id)
    stage = (found.filter(service=service_id) if service_id else found).first()
    if stage is None:
        raise LookupError("There is no such list for this person.")
    start = actor.today - timedelta(weeks=weeks)
    rows = Referral.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=start), area=actor.area, stage=stage, joined_on__lte=actor.today
    )
    known = list(rows.order_by("joined_on", "pk"))
    for row in known:
        row.stage = stage
    stays = tuple(_stay(row, actor.today) for row in as_at(actor, known))
    return History(
        stage_id=stage.pk,
        on=actor.today,
        weeks=weeks,
        stays=stays,
        weekly_referrals=_by_week([stay.joined_on for stay in stays], start, weeks),
        weekly_seen=_by_week([stay.ended_on for stay in stays if stay.end is End.SEEN], start, weeks),
        urgent_referrals=sum(stay.priority == Priority.URGENT and stay.joined_on >= start for stay in stays),
        missed=sum(stay.missed for stay in stays),
        offered=sum(stay.offers for stay in stays),
        seen_in_26_weeks=sum(
            stay.end is End.SEEN
            and stay.ended_on is not None
            and stay.ended_on > actor.today - timedelta(weeks=SEEN_WEEKS)
            for stay in stays
        ),
    )


def _stay(row: Referral, today: date) -> Stay:
    is_open = row.closed_on is None or row.closed_on > today
    end = End.WAITING if is_open else End.SEEN if row.state == State.SEEN else End.LEFT
    return Stay(
        referral_id=row.pk,
        child_id=row.child_id,
        priority=row.priority,
        referral_made_on=row.referral_made_on,
        joined_on=row.joined_on,
        ended_on=None if is_open else row.closed_on,
        end=end,
        reason="" if is_open else row.closed_reason,
        missed=row.missed,
        offers=row.offers,
    )


def _by_week(days: list[date | None], start: date, weeks: int) -> tuple[int, ...]:
    counts = [0] * weeks
    for day in days:
        if day is not None and 0 <= (place := (day - start).days // 7) < weeks:
            counts[place] += 1
    return tuple(counts)


def referrals_of_child(actor: Actor, child_id: UUID) -> list[ChildsWait]:
    """A child's referrals, open ones first, the newest first among each. One query; empty for a child not theirs."""
    rows = (
        referrals(actor)
        .filter(child_id=child_id, referral_made_on__lte=actor.today)
        .select_related("stage__service")
        .order_by(F("closed_on").desc(nulls_first=True), "-referral_made_on", "pk")
    )
    return [
        ChildsWait(
            referral_id=row.pk,
            ref=row.ref,
            service=row.stage.service.name,
            stage=row.stage.name,
            stage_id=row.stage_id,
            state=row.state,
            state_words=row.get_state_display(),
            referral_made_on=row.referral_made_on,
            closed_on=row.closed_on,
            closed_reason=row.closed_reason,
            next_offer_on=row.next_offer_on,
            is_open=row.closed_on is None or row.closed_on > actor.today,
        )
        for row in as_at(actor, list(rows))
    ]
