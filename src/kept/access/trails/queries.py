"""Read the trails, always as the person who asks. The database shows each line only to those who should see it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kept.access.acting import Actor
from kept.access.models import Change, Grant, Reading, Relation, SecurityEvent
from kept.access.trails import Kind

TABLES: dict[str, str] = {
    "access_agency": "Agency",
    "access_grant": "Who may see a child",
    "access_membership": "Role of a person",
    "access_team": "Team",
    "access_user": "Account",
    "cases_advicerequest": "Request for advice",
    "cases_case": "Case",
    "cases_panelitem": "Item for a panel",
    "duties_duty": "Duty",
    "duties_handing": "Who holds a duty",
    "people_address": "Address",
    "people_carer": "Parent or carer",
    "people_child": "Child",
    "people_childneed": "Type of need",
    "people_enrolment": "Setting",
    "people_formername": "Former name",
    "people_identifier": "Number",
    "people_parentallink": "Parental responsibility",
}


def table_in_words(name: str) -> str:
    """What a table holds, in words; new ones by their own name."""
    return TABLES.get(name) or name.split("_", 1)[-1].replace("_", " ").capitalize()


def between(rows: QuerySet, first: date | None, last: date | None) -> QuerySet:
    """Lines from a day to a day, both included, in England's time."""
    if first:
        rows = rows.filter(at__gte=_midnight(first))
    if last:
        rows = rows.filter(at__lt=_midnight(last + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def by_person(rows: QuerySet, text: str) -> QuerySet:
    """Lines of people whose name or email address has the words."""
    return rows.filter(Q(person__name__icontains=text) | Q(person__email__icontains=text)) if text else rows


def about_children(rows: QuerySet, keys: set[UUID]) -> QuerySet:
    """Lines about these children; none when there are none."""
    return rows.filter(child_id__in=keys) if keys else rows.none()


def readings(actor: Actor) -> QuerySet[Reading]:
    """Who was shown which child, the latest first."""
    return Reading.objects.filter(area=actor.area).select_related("person").order_by("-at", "-pk")


def who_looked(actor: Actor, child_id: UUID, *, with_lists: bool = False) -> QuerySet[Reading]:
    """Who looked at one child's record, the latest first; without lists in which the name only stood among others."""
    found = readings(actor).filter(child_id=child_id)
    return found if with_lists else found.exclude(kind=Kind.LIST)


def changes(actor: Actor) -> QuerySet[Change]:
    """What was changed, the latest first. Values are loaded only for those who may read them."""
    return Change.objects.filter(area=actor.area).select_related("person").order_by("-at", "-pk")


def security_events(actor: Actor) -> QuerySet[SecurityEvent]:
    """Sign-ins and refusals, the latest first: of the area's people for those who read trails, else one's own."""
    return SecurityEvent.objects.select_related("person").order_by("-at", "-pk")


def emergencies(actor: Actor, child_id: UUID | None = None) -> QuerySet[Grant]:
    """Every emergency opening that the person may know of, the latest first."""
    found = Grant.objects.filter(area=actor.area, relation=Relation.BREAK_GLASS).select_related("user")
    return (found.filter(child_id=child_id) if child_id else found).order_by("-made_at")
