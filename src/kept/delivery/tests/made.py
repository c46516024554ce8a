"""Made-up provision for tests: items of the ledger from words, as if a plan held them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from kept.access.acting import acting_as_system, today_here
from kept.access.models import Agency
from kept.delivery.items import facts_of
from kept.delivery.models import Item
from kept.people.models import Child
from kept.rules.delivery import item_of, monday_of, usual_calendar
from kept.rules.identifiers.keys import uuid7
from kept.rules.plans import read_provision

SPEECH = "A speech and language therapist will deliver speech and language therapy for 45 minutes, once each week."
PHONICS = "A teaching assistant will deliver phonics teaching for 10 minutes, once each school day."
GROUP = (
    "A teaching assistant will deliver social skills teaching in a group of no more than 4 pupils for 30 minutes, "
    "twice each week."
)
VAGUE = "A teaching assistant will provide up to 15 hours of support weekly."


def an_item(
    child: Child,
    words: str = PHONICS,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    deliverer: Agency | None = None,
    lineage: UUID | None = None,
    version: UUID | None = None,
) -> Item:
    """An item of provision of a child, since long ago unless told otherwise."""
    begins = starts_on or today_here() - timedelta(days=200)
    read = item_of(read_provision(words), id="x", in_force_on=begins, until=ends_on)
    with acting_as_system(child.area):
        return Item.objects.create(
            area=child.area, child=child, lineage=lineage or uuid7(), version=version or uuid7(), section="F",
            service=read.service, words=words, facts=facts_of(read), starts_on=begins, ends_on=ends_on,
            schedulable=read.schedulable, deliverer=deliverer,
        )  # fmt: skip


def last_school_week(today: date) -> date:
    """The Monday of the last whole school week that is over, by the usual dates."""
    calendar = usual_calendar(today.year - 2, today.year + 1)
    monday = monday_of(today) - timedelta(days=7)
    while len(calendar.between(monday, monday + timedelta(days=4))) < 5:
        monday -= timedelta(days=7)
    return monday
