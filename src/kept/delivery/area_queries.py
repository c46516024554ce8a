"""The ledger of the whole area: who came short, what is paid for, silence. As the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import F, Q, QuerySet, Sum

from kept.access.acting import Actor
from kept.delivery.models import Counted, Funding, Item, Quiet
from kept.rules.delivery import usual_half_terms


def services_of(actor: Actor) -> list[str]:
    """The services that the ledger counts."""
    return list(
        Counted.objects.filter(area=actor.area).order_by("service").values_list("service", flat=True).distinct()
    )


def shortfalls(actor: Actor, *, term: str, service: str = "", setting: UUID | None = None) -> QuerySet[Counted, Any]:
    """Children and services that came short in a term: {child, service, due, delivered, short, unknown, rate}."""
    found = Counted.objects.filter(area=actor.area, term=term, in_sessions=False)
    if service:
        found = found.filter(service=service)
    if setting:
        found = found.filter(setting_id=setting)
    return (
        found.values("child_id", "child__given_names", "child__family_name", "child__sort_key", "service")
        .annotate(
            due=Sum("due"),
            delivered=Sum("delivered"),
            short=Sum(F("missing") + F("part")),
            unknown=Sum("unknown"),
        )
        .filter(Q(short__gt=0) | Q(unknown__gt=0))
        .order_by("-short", "-unknown", "child__sort_key", "child_id", "service")
    )


@dataclass(frozen=True)
class ServiceLine:
    """A service in a half-term: specified, funded, delivered; in minutes. funded None: nobody said."""

    service: str
    children: int
    specified: float
    due: float
    delivered: float
    part: float
    missing: float
    unknown: float
    capacity: float
    funded_a_month: float | None

    @property
    def hours_a_month(self) -> float:
        """What the plans specify, in hours of an average month (six half-terms in twelve months)."""
        return self.specified * 6 / 12 / 60

    @property
    def funded_hours(self) -> float | None:
        """What is paid for, in hours a month."""
        return None if self.funded_a_month is None else self.funded_a_month / 60

    @property
    def gap(self) -> float | None:
        """Hours a month that the plans specify and nobody pays for."""
        return None if self.funded_hours is None else self.hours_a_month - self.funded_hours

    @property
    def undelivered(self) -> float | None:
        """Hours a month that the plans specify and that are not known to have come, at the rate of what was due."""
        return self.hours_a_month - self.delivered_hours if self.due else None

    @property
    def delivered_hours(self) -> float:
        """What came, in hours of an average month, of what was due so far."""
        return self.hours_a_month * self.delivered / self.due if self.due else 0.0


def _last_day(actor: Actor, half_term: str) -> date:
    """The day by which funding of a half-term counts: its last, by the usual dates, or today."""
    year = int(half_term[:4])
    known = {one.key: one.ends_on for begun in (year - 1, year) for one in usual_half_terms(begun)}
    return min(actor.today, known.get(half_term, actor.today))


def funding_of(actor: Actor, service: str) -> list[Funding]:
    """What was ever said to be paid for of a service, the latest first."""
    found = Funding.objects.filter(area=actor.area, service=service).select_related("by")
    return list(found.order_by("-from_on", "-at"))


def services(actor: Actor, half_term: str) -> list[ServiceLine]:
    """Each service of the area in a half-term, the widest gap first. Two queries."""
    funded: dict[str, float] = {}
    until = _last_day(actor, half_term)
    for row in Funding.objects.filter(area=actor.area, from_on__lte=until).order_by("from_on", "at"):
        funded[row.service] = row.minutes_a_month
    names = ("specified", "due", "delivered", "part", "missing", "unknown", "capacity")
    found = (
        Counted.objects.filter(area=actor.area, half_term=half_term, in_sessions=False)
        .values("service")
        .annotate(children=Number("child", distinct=True), **{name: Sum(name) for name in names})
    )
    lines = [ServiceLine(**cast(dict[str, Any], row), funded_a_month=funded.pop(row["service"], None)) for row in found]
    lines += [ServiceLine(name, 0, 0, 0, 0, 0, 0, 0, 0, minutes) for name, minutes in funded.items()]
    return sorted(lines, key=lambda one: (-(one.gap if one.gap is not None else one.hours_a_month), one.service))


def half_terms_of(actor: Actor) -> list[str]:
    """The half-terms that are counted, the latest first."""
    found = Counted.objects.filter(area=actor.area).order_by().values_list("half_term", flat=True).distinct()
    order = {"spring": 0, "summer": 1, "autumn": 2}
    return sorted(found, key=lambda key: (key[:4], order.get(key[5:-2], 0), key[-1]), reverse=True)


def children_behind(actor: Actor, *, service: str, half_term: str) -> QuerySet[Counted]:
    """The rows behind a service's figures."""
    return (
        Counted.objects.filter(area=actor.area, service=service, half_term=half_term)
        .select_related("child", "setting", "item")
        .order_by("-missing", "-unknown", "child__sort_key", "pk")
    )


def quiet(actor: Actor, *, days: int, setting: UUID | None = None) -> QuerySet[Quiet]:
    """The children for whom nothing was recorded for so many school days, the longest first."""
    found = Quiet.objects.filter(area=actor.area, days__gte=days).select_related("child", "setting")
    return (found.filter(setting_id=setting) if setting else found).order_by("-days", "child__sort_key", "pk")


def counts(actor: Actor) -> dict[str, int]:
    """How the area's plans stand: children with provision counted, items, and how many of them can be counted."""
    running = Item.objects.filter(area=actor.area, ends_on__isnull=True)
    found = running.aggregate(
        children=Number("child", distinct=True), items=Number("pk"), good=Number("pk", filter=Q(schedulable=True))
    )
    return {name: value or 0 for name, value in found.items()}
