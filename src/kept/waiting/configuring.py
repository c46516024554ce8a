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
def add_pathway(*, by: Actor, name: str, starts_on: date = ALWAYS, **settings: object) -> Pathway:
    """A pathway, made once for each name. Raises Refused."""
    check_can(by, Can.KEEP_LISTS)
    facts = {"starts_on": starts_on, **settings}
    return Pathway.objects.get_or_create(area=by.area, name=name.strip(), defaults=facts)[0]


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


FIXED = frozenset({"agency", "service", "pathway", "name"})


@transaction.atomic
def change(*, by: Actor, row: Service | Pathway | Stage, **facts: object) -> None:
    """Change how a service, a pathway or a list is set up, or end it: nobody is referred to it after `ends_on`.

    What it is called and whom it belongs to stays: add a new one instead. The history keeps what was. Raises Refused.
    """
    check_keeps(by, row if isinstance(row, Service) else getattr(row, "service", None))
    wanted = {name: value for name, value in facts.items() if name not in FIXED}
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=list(wanted))
