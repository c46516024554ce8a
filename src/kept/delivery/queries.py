"""Read the ledger of delivery, always as the person who asks. A constant number of queries for each page."""

from __future__ import annotations

import re
from collections import Counter as Named
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kept.access.acting import Actor
from kept.access.models import Agency
from kept.delivery.counting import ChildLedger, ItemLedger, ledgers, said_of
from kept.delivery.models import (
    CatchUp,
    Counted,
    Escalation,
    FamilyReport,
    InPlaceCheck,
    Item,
    Reconciliation,
    Record,
)
from kept.people.models import Child, Enrolment
from kept.rules.delivery import CatchUp as Agreed
from kept.rules.delivery import (
    Count,
    Expectation,
    HalfTerm,
    Standing,
    Statement,
    monday_of,
    standing,
    statement,
    tally,
    total,
)

SUNDAY = timedelta(days=6)
LONGEST_NAME = 90
AMOUNT = re.compile(r"\b(\d+|[a-z]+(-[a-z]+)?) (minutes|hours?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ItemWeek:
    """One item in one week: what is due, what was recorded, what came."""

    ledger: ItemLedger
    due: Sequence[Expectation]
    records: Sequence[Record]
    count: Count
    family: Sequence[FamilyReport] = ()
    has_namesake: bool = False

    @property
    def name(self) -> str:
        """What to call it: the service, with the plan's words where the child has two of one service."""
        service = self.row.service[:1].upper() + self.row.service[1:]
        if not self.has_namesake:
            return service
        return f"{service} ({shortened(self.row.words)})"

    @property
    def row(self) -> Item:
        """The item."""
        return self.ledger.row

    @property
    def due_words(self) -> str:
        """What is due, in a few words: "3 sessions of 20 minutes"."""
        return due_words(self.ledger, self.due)

    @property
    def is_later(self) -> bool:
        """Whether it is due by a later week only, so that nothing is counted yet."""
        return bool(self.due) and not self.count.due and not self.count.records

    @property
    def state(self) -> str:
        """What came, in one word; "later" and "begun" where it is due by a later week."""
        if self.is_later:
            return "begun" if self.records else "later"
        return came(self.count)


def shortened(words: str) -> str:
    """The plan's words in short, without their middle: how much and how often stand at both ends of a sentence."""
    words = words.rstrip(".")
    if len(words) <= LONGEST_NAME:
        return words
    amount = AMOUNT.search(words)
    if amount is None or amount.end() <= LONGEST_NAME:
        return f"{words[:LONGEST_NAME].rsplit(' ', 1)[0]}…"
    tail = words[amount.start() :].split(", ")
    return f"{words[: LONGEST_NAME // 2].rsplit(' ', 1)[0]}… {', '.join(tail[:2])[:LONGEST_NAME]}"


def came(count: Count) -> str:
    """A count in one word."""
    if not count.records:
        return "unknown" if count.due else "nothing"
    if count.due <= 0 and (count.absent or count.closed):
        return "absent" if count.absent else "nothing"
    if count.delivered >= count.due > 0:
        return "came"
    if count.delivered or count.part:
        return "partly"
    if count.missing:
        return "not"
    return "declined" if count.offered else "unknown"


CAME = {
    "came": ("Came", "green"),
    "partly": ("Came in part", "yellow"),
    "not": ("Did not come", "red"),
    "absent": ("Absent", "grey"),
    "declined": ("Declined", "grey"),
    "unknown": ("Not recorded", "purple"),
    "begun": ("Begun", "blue"),
    "later": ("Not due yet", "grey"),
    "nothing": ("Nothing due", "grey"),
}


def due_words(ledger: ItemLedger, due: Sequence[Expectation]) -> str:
    """What some expectations come to in words."""
    if not due:
        return "nothing due this week"
    sessions, quantity = sum(one.sessions for one in due), sum(one.quantity for one in due)
    longest = max(one.ends_on for one in due)
    until = "" if longest - due[0].starts_on <= SUNDAY else f", by {longest.day} {longest:%B}"
    if ledger.in_sessions:
        return f"there all week{until}" if sessions == 1 else f"{sessions} times{until}"
    if not sessions:
        return f"{quantity} minutes in the week{until}"
    if sessions == 1:
        return f"{quantity} minutes{until}"
    return f"{sessions} sessions of {quantity // sessions} minutes{until}"


def item_week(one: ItemLedger, monday: date, reports: Sequence[FamilyReport] = (), *, all_due: bool = True) -> ItemWeek:
    """One item in one week. all_due: count the week as if it were over, so that what is not recorded shows."""
    due, records = one.due_in(monday), one.recorded_in(monday)
    until = monday + timedelta(days=7) if all_due else one.today
    inside = [each for each in due if each.ends_on <= monday + SUNDAY]
    counts, _ = tally(one.item, inside or due[:1], [said_of(row) for row in records], today=max(until, one.today))
    return ItemWeek(one, due, records, total(counts), reports)


@dataclass(frozen=True)
class ChildWeek:
    """One child's week."""

    child: Child
    items: Sequence[ItemWeek]

    @property
    def due(self) -> list[ItemWeek]:
        """The items of which something is due."""
        return [one for one in self.items if one.due]

    @property
    def recorded(self) -> int:
        """How many of those somebody recorded."""
        return sum(bool(one.records) for one in self.due)

    @property
    def is_recorded(self) -> bool:
        """Whether all of them are."""
        return bool(self.due) and self.recorded == len(self.due)

    @property
    def vague(self) -> list[ItemWeek]:
        """Items that cannot be counted as they are written."""
        return [one for one in self.items if not one.row.schedulable]


def own_setting(actor: Actor, pk: UUID | None = None) -> Agency | None:
    """The setting that the person works for; staff of the area name one."""
    found = Agency.objects.filter(area=actor.area)
    if actor.reaches_area:
        return found.filter(pk=pk).first() if pk else None
    mine = found.filter(pk__in=actor.agency_ids).order_by("name")
    return (mine.filter(pk=pk) if pk else mine).first()


def week_of_setting(actor: Actor, setting: Agency, monday: date) -> list[ChildWeek]:
    """The week of every child on a setting's roll who has provision in a plan, by name. Seven queries."""
    sunday = monday + SUNDAY
    there = Q(starts_on__lte=sunday) & (Q(ends_on__isnull=True) | Q(ends_on__gte=monday))
    on_roll = Enrolment.objects.filter(there, area=actor.area, setting=setting).values("child_id")
    items = Item.objects.filter(there, area=actor.area, child_id__in=on_roll).values("child_id")
    children = list(Child.objects.filter(area=actor.area, pk__in=items).order_by("sort_key", "pk"))
    return _weeks(actor, children, monday)


def week_of_therapist(actor: Actor, monday: date) -> list[ChildWeek]:
    """The week of every child of whom the person's agency delivers an item."""
    ids = delivered_by(actor).values("child_id")
    children = list(Child.objects.filter(area=actor.area, pk__in=ids).order_by("sort_key", "pk"))
    return _weeks(actor, children, monday, only=actor.agency_ids, weeks=15)


def delivered_by(actor: Actor) -> QuerySet[Item]:
    """The items that the person's agencies deliver and that run today."""
    runs = Q(starts_on__lte=actor.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today))
    return Item.objects.filter(runs, area=actor.area, deliverer__in=actor.agency_ids)


def _weeks(
    actor: Actor, children: Sequence[Child], monday: date, *, only: frozenset[UUID] | None = None, weeks: int = 2
) -> list[ChildWeek]:
    found = ledgers(actor, [child.pk for child in children], since=monday - timedelta(weeks=weeks))
    reports = reports_of(actor, list(found), monday, monday)
    made = []
    for child in children:
        running = found[child.pk].running(monday, monday + SUNDAY)
        mine = [one for one in running if only is None or one.row.deliverer_id in only]
        named = Named(one.row.service for one in mine)
        items = [item_week(one, monday, reports[one.row.pk, monday]) for one in mine]
        made.append(ChildWeek(child, [replace(one, has_namesake=named[one.row.service] > 1) for one in items]))
    return made


def reports_of(
    actor: Actor, child_ids: Sequence[UUID], first: date, last: date
) -> dict[tuple[UUID, date], list[FamilyReport]]:
    """What families said of items by week, the latest word of each person."""
    latest: dict[tuple[UUID, date, UUID, str], FamilyReport] = {}
    rows = FamilyReport.objects.filter(area=actor.area, child_id__in=child_ids, week__gte=first, week__lte=last)
    for row in rows.order_by("at", "pk"):
        latest[row.item_id, row.week, row.by_id, row.said_by] = row
    found: dict[tuple[UUID, date], list[FamilyReport]] = defaultdict(list)
    for (item_id, week, _, _), row in latest.items():
        found[item_id, week].append(row)
    return found


def child_week(actor: Actor, child: Child, monday: date) -> ChildWeek:
    """One child's week."""
    return _weeks(actor, [child], monday)[0]


@dataclass(frozen=True)
class ItemYear:
    """One item over the half-terms of a year."""

    ledger: ItemLedger
    halves: Sequence[tuple[HalfTerm, Count, Standing]]
    said: dict[str, int]
    check: InPlaceCheck | None


@dataclass(frozen=True)
class LedgerPage:
    """A child's ledger: every item by half-term, both columns, and what follows."""

    child: Child
    ledger: ChildLedger
    items: Sequence[ItemYear]
    differences: Sequence[Reconciliation]
    catch_ups: Sequence[CatchUp]
    escalations: Sequence[Escalation]

    @property
    def schedulable(self) -> tuple[int, int]:
        """How many of the items can be counted, and how many there are."""
        now = self.ledger.running(self.ledger.today, self.ledger.today)
        return sum(one.row.schedulable for one in now), len(now)


def ledger_page(actor: Actor, child: Child) -> LedgerPage:
    """The ledger of one child this school year."""
    mine = ledgers(actor, [child.pk])[child.pk]
    said: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    reports = reports_of(actor, [child.pk], date(actor.today.year - 1, 9, 1), actor.today)
    for (item_id, _), rows in reports.items():
        for row in rows:
            said[item_id][row.said] += 1
    checks = {}
    for check in InPlaceCheck.objects.filter(area=actor.area, child=child).select_related("by").order_by("checked_on"):
        checks[check.item_id] = check
    halves = mine.half_terms()
    items = []
    for one in mine.items:
        shown = [(half, total(one.during(half.starts_on, _last_of(mine, half)))) for half in halves]
        items.append(
            ItemYear(
                one,
                [(half, count, standing(count, mine.limits)) for half, count in shown if count.due or count.records],
                dict(said[one.row.pk]),
                checks.get(one.row.pk),
            )
        )
    return LedgerPage(
        child,
        mine,
        items,
        list(differences(actor).filter(child=child)),
        list(catch_ups_of(actor, child)),
        list(Escalation.objects.filter(area=actor.area, child=child)),
    )


def _last_of(mine: ChildLedger, half: HalfTerm) -> date:
    later = [one.starts_on for one in mine.calendar.half_terms if one.starts_on > half.starts_on]
    return min(later) - timedelta(days=1) if later else half.ends_on


def catch_ups_of(actor: Actor, child: Child) -> QuerySet[CatchUp]:
    """The catch-up agreements of a child with the minutes given so far as `given`."""
    given = Coalesce(Sum("records__minutes"), 0)
    return CatchUp.objects.filter(area=actor.area, child=child).annotate(given=given).select_related("provider")


def differences(actor: Actor) -> QuerySet[Reconciliation]:
    """Where family and setting say different things, the open ones first, the earliest day first."""
    return (
        Reconciliation.objects.filter(area=actor.area)
        .select_related("child", "item", "setting", "settled_by")
        .order_by(F("settled_on").desc(nulls_first=True), "due_on", "pk")
    )


@dataclass(frozen=True)
class Rows:
    """The rows behind a figure: each period of an item in a half-term with the records that it was counted from."""

    child: Child
    one: ItemLedger
    half: HalfTerm
    whole: Count
    periods: Sequence[tuple[Count, Sequence[Record]]]
    older: Sequence[Record] = field(default_factory=list)
    astray: Sequence[Record] = field(default_factory=list)


def rows_of(actor: Actor, item: Item, half_term: str) -> Rows | None:
    """The rows behind the figures of an item in a half-term; None when there is no such half-term."""
    mine = ledgers(actor, [item.child_id])[item.child_id]
    one = next((each for each in mine.items if each.row.pk == item.pk), None)
    half = next((each for each in mine.calendar.half_terms if each.key == half_term), None)
    if one is None or half is None:
        return None
    last = _last_of(mine, half)
    counts = one.during(half.starts_on, last)
    known = {str(row.pk): row for row in one.records}
    older = Record.objects.filter(
        area=actor.area, item=item, replaced_at__isnull=False, on__gte=monday_of(half.starts_on), on__lte=last
    )
    return Rows(
        child=item.child,
        one=one,
        half=half,
        whole=total(counts),
        periods=[(count, [known[key] for key in count.records if key in known]) for count in counts],
        older=list(older.select_related("by", "agency")),
        astray=[known[each.id] for each in one.astray if half.starts_on <= each.on <= last],
    )


@dataclass(frozen=True)
class TermPage:
    """A child's shortfall statement of a term."""

    child: Child
    term: str
    first: date
    last: date
    statement: Statement
    catch_ups: Sequence[CatchUp]
    halves: Sequence[str]
    items: dict[str, Item]


def term_of(mine: ChildLedger, term: str) -> tuple[date, date, list[str]] | None:
    """The first and last day of a term in a child's calendar, and its half-terms that have begun."""
    halves = [one for one in mine.calendar.half_terms if one.term == term and one.starts_on <= mine.today]
    if not halves:
        return None
    return halves[0].starts_on, _last_of(mine, halves[-1]), [one.key for one in halves]


def statement_of(mine: ChildLedger, term: str, agreed: Sequence[CatchUp]) -> Statement | None:
    """The statement of a term from a ledger; None when the term has not begun."""
    span = term_of(mine, term)
    if span is None:
        return None
    first, last, _ = span
    made_up = [
        Agreed(one.service, one.minutes, one.by_on, one.given)
        for one in agreed
        if one.term == term and not one.ended_on
    ]
    counted = [(one.item, one.during(first, last)) for one in mine.running(first, last)]
    return statement(counted, catch_ups=made_up, settings=mine.limits)


def term_page(actor: Actor, child: Child, term: str) -> TermPage | None:
    """A child's shortfall statement of a term; None when the term has not begun."""
    mine = ledgers(actor, [child.pk], since=date(actor.today.year - 1, 9, 1))[child.pk]
    agreed = [one for one in catch_ups_of(actor, child) if one.term == term]
    made = statement_of(mine, term, agreed)
    span = term_of(mine, term)
    if made is None or span is None:
        return None
    return TermPage(
        child,
        term,
        span[0],
        min(span[1], actor.today),
        made,
        agreed,
        span[2],
        {str(i.row.pk): i.row for i in mine.items},
    )


def terms_of(actor: Actor) -> list[str]:
    """The terms of which the ledger counts something that the person may see, the latest first."""
    found = Counted.objects.filter(area=actor.area).order_by().values_list("term", flat=True).distinct()
    order = {"spring": 0, "summer": 1, "autumn": 2}
    return sorted(found, key=lambda key: (key[:4], order.get(key[5:], 0)), reverse=True)


def record_facts(actor: Actor, child_id: UUID) -> dict[str, list[Count]]:
    """For other services: what came of each item of a child this school year, by the item's lineage."""
    mine = ledgers(actor, [child_id])[child_id]
    found: dict[str, list[Count]] = defaultdict(list)
    for one in mine.items:
        found[str(one.row.lineage)] += one.counts
    return dict(found)


def records_of_week(actor: Actor, one: Reconciliation) -> list[Record]:
    """Everything recorded of an item in a week, what was replaced as well, the oldest first."""
    rows = Record.objects.filter(area=actor.area, item_id=one.item_id, on__gte=one.week, on__lte=one.week + SUNDAY)
    return list(rows.select_related("agency").order_by("at", "pk"))


def statements(actor: Actor, child_ids: Sequence[UUID], term: str) -> dict[UUID, Statement]:
    """The statements of a term for many children, those who have provision in it."""
    found: dict[UUID, Statement] = {}
    agreed: dict[UUID, list[CatchUp]] = defaultdict(list)
    given = Coalesce(Sum("records__minutes"), 0)
    for row in CatchUp.objects.filter(area=actor.area, child_id__in=child_ids, term=term).annotate(given=given):
        agreed[row.child_id].append(row)
    since = date(actor.today.year - 1, 9, 1)
    for child_id, mine in ledgers(actor, child_ids, since=since, only_counting=True).items():
        made = statement_of(mine, term, agreed[child_id])
        if made and (made.lines or made.not_measurable):
            found[child_id] = made
    return found
