"""Read a partner's desk, always as the person who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kept.access.acting import Actor
from kept.access.roles import Can
from kept.cases.models import AdviceRequest
from kept.cases.projection import ADVICE
from kept.duties.models import Duty
from kept.duties.queries import counts, duties_for
from kept.partners.chasing import SOURCE
from kept.partners.models import Advice, AdviceWork, Link

OVER = frozenset({"met", "met_late", "ended", "released"})
ORDERS = {
    "answered": ("-answered_on", "pk"),
    "due": ("received_on", "pk"),
    "asked": ("received_on", "pk"),
    "name": ("child__sort_key", "received_on", "pk"),
}


@dataclass(frozen=True)
class Line:
    """One request as a desk shows it."""

    request: AdviceRequest
    duty: Duty | None
    work: AdviceWork | None

    @property
    def due_on(self) -> date | None:
        """The day that the law sets."""
        return self.duty.due_on if self.duty else None

    @property
    def status(self) -> str:
        """The status of the legal duty."""
        if self.duty is not None:
            return self.duty.status
        return "met" if self.request.answered_on else "open"

    @property
    def is_ended(self) -> bool:
        """Whether nothing is asked any more."""
        return self.status in OVER


def requests_for(actor: Actor) -> QuerySet[AdviceRequest]:
    """The requests made to the person's services, and those they chase as a designated officer."""
    found = AdviceRequest.objects.filter(area=actor.area)
    mine = Q(agency__in=actor.agency_ids)
    if actor.can(Can.SEE_TEAM):
        chased = Duty.objects.filter(area=actor.area, source=SOURCE, person=actor.user).values("source_id")
        mine |= Q(pk__in=chased)
    return found.filter(mine).select_related("child", "case", "case__officer", "agency", "team")


def desk(actor: Actor, *, answered: bool = False, team: UUID | None = None) -> list[Line]:
    """The requests on the desk, the earliest legal day first (of the answered, the latest answer first)."""
    keys = desk_keys(actor, answered=answered, team=team)
    return lines_by_key(actor, keys)


def desk_keys(
    actor: Actor, *, answered: bool = False, team: UUID | None = None, mine: bool = False, sort: str = "due"
) -> list[UUID]:
    """Every request on the desk by its key alone, in order, so that a page takes its few of many. Two queries.

    mine: only those whose legal duty the person holds. sort of what waits: "due" (the legal day), "asked" or "name".
    """
    found = requests_for(actor).select_related(None).filter(answered_on__isnull=not answered)
    if team:
        found = found.filter(team=team)
    order = ORDERS["answered" if answered else sort]
    rows = list(found.order_by(*order).values_list("pk", "case_id", "body", "received_on"))
    bodies = {body[:200] for _, _, body, _ in rows}
    duties = duties_for(actor).filter(source="cases", rule__in=ADVICE, owed_by__in=bodies)
    if not answered:
        duties = duties.filter(source_id__in=found.order_by().values("case_id"))
    elif not mine:
        return [pk for pk, *_ in rows]
    facts = duties.values_list("source_id", "owed_by", "starts_on", "due_on", "status", "person_id")
    by_key = {(thing, body, day): rest for thing, body, day, *rest in facts}
    listed = []
    for pk, case, body, day in rows:
        due_on, status, person = by_key.get((case, body[:200], day), (None, "open", None))
        if (answered or status not in OVER) and (not mine or person == actor.user.pk):
            listed.append((due_on or date.max, pk))
    if not answered and sort == "due":
        listed.sort(key=lambda one: one[0])
    return [pk for _, pk in listed]


def lines_by_key(actor: Actor, keys: Iterable[UUID]) -> list[Line]:
    """The lines of these requests, in the order of the keys. Three queries."""
    keys = list(keys)
    found = {line.request.pk: line for line in lines_of(actor, requests_for(actor).filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def lines_of(actor: Actor, requests: Iterable[AdviceRequest]) -> list[Line]:
    """The requests with their legal duties and what the desk knows."""
    requests = list(requests)
    cases, bodies = {request.case_id for request in requests}, {request.body[:200] for request in requests}
    duties = duties_for(actor).filter(source="cases", source_id__in=cases, rule__in=ADVICE, owed_by__in=bodies)
    duties = duties.select_related("person")
    by_key = {(duty.source_id, duty.owed_by, duty.starts_on): duty for duty in duties}
    works = AdviceWork.objects.filter(area=actor.area, request__in=requests).select_related("person")
    by_request = {work.request_id: work for work in works}
    return [
        Line(
            request,
            by_key.get((request.case_id, request.body[:200], request.received_on)),
            by_request.get(request.pk),
        )
        for request in requests
    ]


def request_of(actor: Actor, pk: UUID, *, as_staff: bool = False) -> AdviceRequest | None:
    """One request, for those whom it was made to, and for the case team when asked as staff."""
    if as_staff and actor.can(Can.WORK_CASES):
        found = AdviceRequest.objects.filter(area=actor.area).select_related("child", "case__officer", "agency", "team")
    else:
        found = requests_for(actor)
    return found.filter(pk=pk).first()


def others_asked(request: AdviceRequest) -> list[AdviceRequest]:
    """Who else was asked about the same child in this case."""
    found = AdviceRequest.objects.filter(area=request.area_id, case=request.case_id).exclude(pk=request.pk)
    return list(found.order_by("body"))


def advice_of_child(actor: Actor, child_id: UUID) -> list[Advice]:
    """Advice that the record already holds about a child, the latest first."""
    return list(Advice.objects.filter(area=actor.area, child_id=child_id).select_related("request")[:50])


def advice_to(actor: Actor, request: AdviceRequest) -> Advice | None:
    """The advice that answered a request."""
    return Advice.objects.filter(area=actor.area, request=request).first()


def links_of(actor: Actor, request: AdviceRequest) -> list[Link]:
    """The links made for a request, the latest first."""
    return list(Link.objects.filter(area=actor.area, request=request).order_by("-made_at"))


@dataclass(frozen=True)
class Timeliness:
    """How a service keeps the law's day, as the board sees it: computed from the ledger, typed by nobody."""

    kept: int
    late: int
    overdue: int
    waiting: int

    @property
    def share(self) -> float | None:
        """Kept in time, of all whose day has passed or who answered; None without any."""
        whole = self.kept + self.late + self.overdue
        return self.kept / whole if whole else None


def timeliness(actor: Actor) -> Timeliness:
    """The timeliness of the person's services over all children whom they may see."""
    found = counts(duties_for(actor).filter(source="cases", rule__in=ADVICE, agency__in=actor.agency_ids))
    return Timeliness(found["met"], found["met_late"], found["overdue"], found["open"] + found["due_soon"])
