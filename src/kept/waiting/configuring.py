"""How an area sets up its waiting lists: services, pathways, stages. Dated; nothing is removed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kept.access.acting import Actor, Refused, check_can
from kept.access.models import Agency
from kept.access.roles import Can
from kept.waiting.access import check_keeps
from kept.waiting.models import Pathway, Service, Stage, Standard
from kept.waiting.words import EventKind

ALWAYS = date(2014, 9, 1)


@transaction.atomic
def add_service(
    *, by: Actor, kind: str, name: str, agency: Agency, starts_on: date = ALWAYS, **settings: object
) -> Service:
    """A service that children wait for, made once for each name of an agency. Raises Refused."""
    check_can(by, Can.KEEP_LISTS)
    facts = {"kind": kind, "starts_on": starts_on, **settings}
    service, _ = Service.objects.get_or_create(area=by.area, agency=agency, name=name.strip(), defaults=facts)
    check_keeps(by, service)
    return service


@transaction.atomic
def add_pathway(*, by: Actor, name: str, starts_on: date = ALWAYS) -> Pathway:
    """A pathway, made once for each name. Raises Refused."""
    check_can(by, Can.KEEP_LISTS)
    return Pathway.objects.get_or_create(area=by.area, name=name.strip(), defaults={"starts_on": starts_on})[0]


@transaction.atomic
def add_stage(
    *,
    by: Actor,
    pathway: Pathway,
    service: Service,
    name: str,
    order: int = 1,
    starts_on: date = ALWAYS,
    **settings: object,
) -> Stage:
    """One list: a stage of a pathway, served by one service. Made once for each name.

    settings: the further fields of `Stage`. ends_with: the events after which a child has been seen (an attended
    appointment unless given). standard: the key of a standard that the area has. Raises Refused.
    """
    check_keeps(by, service)
    standard = settings.get("standard")
    if standard and not Standard.objects.filter(area=by.area, key=standard).exists():
        raise Refused(f"The area has no standard called {standard}: bring in the published standards first.")
    facts = {"ends_with": [EventKind.ATTENDED.value], "order": order, "starts_on": starts_on, **settings}
    return Stage.objects.get_or_create(
        area=by.area, pathway=pathway, service=service, name=name.strip(), defaults=facts
    )[0]


@transaction.atomic
def end_stage(*, by: Actor, stage: Stage, ends_on: date) -> None:
    """No child is referred to the list after that day; who waits on it stays. Raises Refused."""
    check_keeps(by, stage.service)
    stage.ends_on = ends_on
    stage.save(update_fields=["ends_on"])
