"""What a demonstration has besides its children and cases: each part with how it is made and how to tell it is there.

A part is made once; one that is there is left alone, so a demonstration that was interrupted is completed by asking for
it again. Parts of different chains touch different tables and may be made side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kept.access.acting import acting_as_system
from kept.access.models import Area
from kept.delivery.models import Record
from kept.demo.days import load_days
from kept.demo.delivery import load_delivery
from kept.demo.improvement import load_programme
from kept.demo.letterhead import load_letterhead
from kept.demo.offer import load_offer
from kept.demo.outside import load_outside
from kept.demo.plans import check_plans, load_plans
from kept.demo.waiting import load_told, load_waits
from kept.forecasts.models import Statement
from kept.improvement.models import Programme
from kept.measures.models import SeriesFile
from kept.messages.models import Message
from kept.notices.models import Letterhead
from kept.offer.models import Service
from kept.plans.models import PlanNight, Version
from kept.waiting.models import Referral

Tell = Callable[[str, int, int], None]
CHAINS = (("plans", "checks", "delivery"), ("letterhead", "offer", "waits", "told", "days"))
LAST = ("programme", "outside")


@dataclass(frozen=True)
class Part:
    """One part. `made`: makes it and gives a number; `model`: has rows of the area once it is there."""

    words: str
    made: Callable[[Area, date, Tell], object]
    model: type


PARTS = {
    "letterhead": Part("The letterhead of {}", lambda area, today, _: load_letterhead(area, today), Letterhead),
    "offer": Part("{:,} services in the Local Offer", lambda area, today, _: load_offer(area, today), Service),
    "plans": Part("{:,} plans in words", load_plans, Version),
    "checks": Part("{:,} plans checked", check_plans, PlanNight),
    "delivery": Part("{:,} weeks of provision recorded", load_delivery, Record),
    "waits": Part("{:,} referrals on waiting lists", load_waits, Referral),
    "told": Part("{:,} statements of waits given to families", load_told, Statement),
    "days": Part("{:,} messages, letters, reviews and views", load_days, Message),
    "outside": Part("{:,} figures from outside", load_outside, SeriesFile),
    "programme": Part("Measures and the improvement programme: {}", load_programme, Programme),
}


def is_there(key: str, area: Area, today: date) -> bool:
    """Whether the part has been made before."""
    with acting_as_system(area, today=today) as by:
        return bool(PARTS[key].model.objects.filter(area=by.area).exists())  # type: ignore[attr-defined]


def make(key: str, area: Area, today: date, tell: Tell) -> str:
    """Make a part unless it is there; says in words what there is now."""
    if is_there(key, area, today):
        return ""
    return PARTS[key].words.format(PARTS[key].made(area, today, tell))
