"""The demonstration's ledger of delivery: schools that record, schools that are patchy and schools that are silent."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import cycle
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kept.access.acting import Actor, acting, acting_as_system
from kept.access.models import Agency, Area, Grant, Relation, Team, User
from kept.access.roles import Role
from kept.delivery import agreeing, area_queries, families, owing, reconciling
from kept.delivery.counting import ChildLedger, ledgers
from kept.delivery.items import assign, take_up
from kept.delivery.models import Item, Reconciliation, Record
from kept.delivery.words import Came, Finding, How, Why
from kept.demo.places import address_of
from kept.plans.queries import finals
from kept.rules.delivery import Unit

MOST, PART, WEEKS = 120, 20, 10
DELIVERERS = {
    "speech": "Children's therapies",
    "occupational": "Children's therapies",
    "physio": "Children's therapies",
}
THERAPY = ("therapy", "psycholog", "specialist")
Tell = Callable[[str, int, int], None]
HABITS = {"steady": 0.6, "patchy": 0.85, "silent": 1.0}
RECORDS = {"steady": 0.97, "patchy": 0.6, "silent": 0.0}
FUNDED_SHARE = 0.8


SAYING = 6
SAID = (
    ("no", "We were told that nobody came on any day of that week."),
    ("partly", "It was shorter than it should be: there was an assembly."),
    ("yes", ""),
)
SETTLED = "The register of the room shows no session in that week. The school and the family have both seen it."


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def load_delivery(area: Area, today: date, tell: Tell = quiet, *, most: int = MOST, seed: int = 0) -> int:
    """Take up the newest plans of a demonstration and record ten weeks of them; how many records there are."""
    rng = random.Random(f"{seed} {area.slug} delivery")
    written = 0
    with acting_as_system(area, today=today) as by, transaction.atomic():
        newest = finals(by).filter(issued_on__lte=today).values_list("child_id", flat=True)[: most * 2]
        children = list(dict.fromkeys(newest))[:most]
        for start in range(0, len(children), PART):
            part = children[start : start + PART]
            for child_id in part:
                take_up(by=by, child_id=child_id)
            _give_to_services(by, part)
            rows = [row for mine in ledgers(by, part).values() for row in _records(by, mine, rng)]
            Record.objects.bulk_create(rows, batch_size=2000)
            written += len(rows)
            owing.refresh(by, part)
            tell("Weeks of provision", min(start + PART, len(children)), len(children))
        _fund(by)
        owing.sync_services(by)
        _families_say(by)
    return written


def _families_say(by: Actor) -> None:
    """What some families say of the last week that schools recorded; where they differ, one is settled."""
    came = Record.objects.filter(area=by.area, whole_week=True, status=Came.DELIVERED)
    week = came.aggregate(last=Max("on"))["last"]
    links = Grant.objects.filter(area=by.area, relation=Relation.FAMILY, user__memberships__role=Role.FAMILY)
    people = {link.child_id: link.user for link in links.select_related("user").order_by("pk") if link.user}
    rows = came.filter(on=week, child_id__in=people).select_related("child").order_by("child_id", "pk")
    first = list({row.child_id: row for row in reversed(rows)}.values())[:SAYING]
    for row, (answer, note) in zip(first, cycle(SAID), strict=False):
        with acting(user=people[row.child_id], area=by.area, today=by.today) as parent:
            families.say(by=parent, child=row.child, week=row.on, said={row.item_id: (answer, note)})
    one = Reconciliation.objects.filter(area=by.area).order_by("pk").first()
    if one is not None:
        officer = User.objects.get(email=address_of(by.area, "officer"))
        with acting(user=officer, area=by.area, today=by.today) as actor:
            reconciling.settle(by=actor, one=one, found=Finding.MISSED, account=SETTLED)


def _give_to_services(by: Actor, children: Sequence[UUID]) -> None:
    """What therapists give themselves is theirs to record; the rest is the school's."""
    services = Agency.objects.filter(area=by.area, teams__name__in=DELIVERERS.values())
    found = {team.name: team.agency for team in Team.objects.filter(agency__in=services).select_related("agency")}
    known = set(Grant.objects.filter(area=by.area, child_id__in=children).values_list("child_id", "agency_id"))
    for item in Item.objects.filter(area=by.area, child_id__in=children, deliverer=None):
        team = next((name for word, name in DELIVERERS.items() if word in item.service.lower()), "")
        if team in found and (item.child_id, found[team].pk) in known:
            assign(by=by, item=item, deliverer=found[team])


def _records(by: Actor, mine: ChildLedger, rng: random.Random) -> list[Record]:
    """What a child's setting wrote down: the habit is the setting's own, so that silence is found by setting."""
    luck = random.Random(f"{mine.setting_id}").random()
    habit = next(name for name, edge in HABITS.items() if luck <= edge)
    weeks = [days for days in mine.calendar.groups(Unit.WEEK) if days[-1] < by.today][-WEEKS:]
    made = []
    for days in weeks:
        monday = days[0] - timedelta(days=days[0].weekday())
        for one in mine.running(days[0], days[-1]):
            due = [each for each in one.due_in(monday) if each.ends_on <= monday + timedelta(days=6)]
            if not due or rng.random() > RECORDS[habit]:
                continue
            status, reason = _came(one.row.service, rng)
            quantity = sum(each.quantity for each in due)
            in_part = status == Came.PART and not one.in_sessions
            who = one.row.deliverer_id or mine.setting_id
            said_by = "The therapist" if one.row.deliverer_id else "The special needs coordinator"
            made.append(
                Record(
                    area=by.area, child_id=mine.child_id, item=one.row, on=monday, whole_week=True, status=status,
                    minutes=max(quantity // 2, 1) if in_part else 0, reason=reason, agency_id=who,
                    said_by=said_by, by=by.user, how=How.WEEK,
                )
            )  # fmt: skip
    return made


def _came(service: str, rng: random.Random) -> tuple[str, str]:
    """What came of a week: therapies go missing for want of staff more often than what the school does itself."""
    luck = rng.random()
    if any(word in service for word in THERAPY):
        return (Came.MISSED, Why.CAPACITY) if luck < 0.25 else (Came.DELIVERED, "")  # noqa: PLR2004 - shares
    if luck < 0.04:  # noqa: PLR2004
        return Came.ABSENT, ""
    if luck < 0.1:  # noqa: PLR2004
        return Came.PART, rng.choice([Why.SICKNESS, Why.CLASH])
    return Came.DELIVERED, ""


def _fund(by: Actor) -> None:
    """Four fifths of what plans specify is paid for."""
    halves = area_queries.half_terms_of(by)
    for line in area_queries.services(by, halves[0])[:6] if halves else []:
        agreeing.fund(
            by=by, service=line.service, minutes_a_month=round(line.hours_a_month * 60 * FUNDED_SHARE),
            from_on=by.today - timedelta(days=200), source="Joint therapies contract",
        )  # fmt: skip
