"""A list as it stood on a day that is past: what happened later is left out, what was taken back since stays so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.waiting.counting import target_of
from kept.waiting.folding import fold, standing
from kept.waiting.models import Event, Referral
from kept.waiting.words import EventKind

AT_ONCE = 2000


def as_at(actor: Actor, found: Sequence[Referral]) -> list[Referral]:
    """The referrals with the state, priority, offers and days that they had on the actor's today; never saved.

    One query for each two thousand of them to which something happened later, and none where nothing did. The stage
    of each is to be read already.
    """
    day = actor.today
    later = [one for one in found if one.last_event_on > day]
    for start in range(0, len(later), AT_ONCE):
        part = later[start : start + AT_ONCE]
        events: dict[UUID, list[Event]] = defaultdict(list)
        for event in Event.objects.filter(area=actor.area, referral__in=[one.pk for one in part]):
            events[event.referral_id].append(event)
        for one in part:
            _put_back(one, events[one.pk], day)
    return list(found)


def _put_back(one: Referral, events: Sequence[Event], day: date) -> None:
    known = [event for event in standing(events) if event.on <= day]
    then = fold(known, tuple(one.stage.ends_with) or (EventKind.ATTENDED,))
    one.state, one.priority, one.missed = then.state, then.priority, then.missed
    one.offers, one.next_offer_on, one.paused_since = len(then.offers), then.next_offer_on, then.paused_since
    one.accepted_on, one.contacted_on = then.accepted_on, then.contacted_on
    one.closed_on, one.closed_reason = then.closed_on, then.closed_reason
    one.last_event_on = then.last_event_on or one.referral_made_on
    one.target_on = target_of(one.stage, then.priority, one.referral_made_on)
