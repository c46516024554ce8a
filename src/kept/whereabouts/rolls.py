"""A setting's roll, page by page: colleges have two thousand pupils on the record. Always as the person who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, QuerySet

from kept.access.acting import Actor
from kept.access.models import Agency
from kept.cases.access import ENDED
from kept.cases.models import Case
from kept.people.finding import MOST_CANDIDATES, search_children
from kept.people.models import Child, ChildNeed, Enrolment
from kept.whereabouts.half_terms import half_term_of
from kept.whereabouts.models import Confirmation
from kept.whereabouts.queries import pupils_of

PER_PAGE = 30


@dataclass(frozen=True)
class Roll:
    """A setting's pupils with special needs in order of name, and when somebody last said where each is.

    begun: the first day of this half-term.
    """

    keys: tuple[UUID, ...]
    said: Mapping[UUID, date]
    begun: date

    @property
    def unconfirmed(self) -> list[UUID]:
        """Those of whom nobody said this half-term where they are."""
        return [key for key in self.keys if key not in self.said or self.said[key] < self.begun]

    @property
    def last(self) -> date | None:
        """The latest day on which any of them was confirmed."""
        return max(self.said.values(), default=None)


def on_roll(actor: Actor, setting: Agency) -> QuerySet[Child]:
    """Every child on a setting's roll today whom the record knows, by name."""
    found = Child.objects.filter(area=actor.area, pk__in=_enrolled(actor, setting))
    return found.defer("name_keys").order_by("sort_key", "pk")


def with_send(actor: Actor, setting: Agency) -> QuerySet[Child]:
    """Those on the roll who have a running case or a recorded type of need."""
    running = Case.objects.filter(area=actor.area).exclude(stage__in=ENDED).values("child_id")
    needs = ChildNeed.objects.filter(area=actor.area).values("child_id")
    return on_roll(actor, setting).filter(Q(pk__in=running) | Q(pk__in=needs))


def roll_of(actor: Actor, setting: Agency) -> Roll:
    """The pupils with special needs and how far the setting is with them this half-term. Two queries."""
    keys = tuple(with_send(actor, setting).values_list("pk", flat=True))
    said = Confirmation.objects.filter(area=actor.area, child__in=_enrolled(actor, setting)).order_by()
    days = dict(said.values("child_id").annotate(last=Max("confirmed_on")).values_list("child_id", "last"))
    return Roll(keys, {key: days[key] for key in keys if key in days}, half_term_of(actor.today).starts_on)


def roll_page(actor: Actor, roll: Roll, *, text: str, everybody: bool, number: str | None) -> Page[Any]:
    """A page of the roll as Pupils: of everybody, or of those still to confirm; searched where text is given."""
    keys = list(roll.keys) if everybody else roll.unconfirmed
    if text:
        answering = _answering(actor, text)
        keys = [key for key in keys if key in answering]
    page: Page[Any] = Paginator(keys, PER_PAGE).get_page(number)
    children = Child.objects.filter(area=actor.area).defer("name_keys").in_bulk(list(page.object_list))
    page.object_list = pupils_of(actor, [children[key] for key in page.object_list if key in children])
    return page


def pupils_page(actor: Actor, setting: Agency, *, text: str, number: str | None) -> Page[Any]:
    """A page of everybody on the roll as Pupils, by name; searched where text is given."""
    found = on_roll(actor, setting)
    if text:
        found = found.filter(pk__in=_answering(actor, text))
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(number)
    page.object_list = pupils_of(actor, page.object_list)
    return page


def among(actor: Actor, setting: Agency, keys: Iterable[UUID]) -> list[Child]:
    """The setting's pupils with special needs, of the children with these keys. One query."""
    return list(with_send(actor, setting).filter(pk__in=list(keys)))


def _answering(actor: Actor, text: str) -> set[UUID]:
    return {one.child.pk for one in search_children(actor, text, per_page=MOST_CANDIDATES).found}


def _enrolled(actor: Actor, setting: Agency) -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today),
        area=actor.area,
        setting=setting,
        starts_on__lte=actor.today,
    )
    return rows.values("child_id")
