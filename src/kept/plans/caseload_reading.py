"""Many versions as whole plans, in a constant number of queries for each few hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from kept.access.acting import Actor
from kept.people.models import Enrolment
from kept.plans import hooks
from kept.plans.facts import Departed, WholeEntry, WholePlan, provision_of, thread_links
from kept.plans.linting import SPECIAL, rules_plan
from kept.plans.models import Departure, Entry, Link, Lock, Version
from kept.plans.review_days import next_reviews
from kept.plans.section_sets import set_of
from kept.plans.words import Kind, Stage
from kept.rules import ages
from kept.rules.plans import Child as Known
from kept.rules.plans import Context, Plan

AT_ONCE = 300


def caseload(actor: Actor) -> list[Version]:
    """What is checked at night: each running plan's version in force, and the version that is being written or sent."""
    rows = (
        Version.objects.filter(area=actor.area, discarded_on__isnull=True)
        .filter(Q(plan__ceased_on__isnull=True) | Q(plan__ceased_on__gt=actor.today))
        .select_related("child", "writer", "signed_by", "plan")
        .order_by("plan_id", "-number")
    )
    kept: list[Version] = []
    newest: UUID | None = None
    has_final = False
    for row in rows:
        if row.plan_id != newest:
            newest, has_final = row.plan_id, False
            kept.append(row)
            has_final = bool(row.issued_on)
        elif row.issued_on and not has_final:
            kept.append(row)
            has_final = True
    return kept


def whole_plans(actor: Actor, versions: Sequence[Version]) -> Iterator[tuple[WholePlan, Plan]]:
    """Each version as facts and as the linter reads it. Six queries for each few hundred versions."""
    for start in range(0, len(versions), AT_ONCE):
        yield from _some(actor, versions[start : start + AT_ONCE])


def _some(actor: Actor, versions: Sequence[Version]) -> Iterator[tuple[WholePlan, Plan]]:
    keys = [one.pk for one in versions]
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    for row in Entry.objects.filter(version_id__in=keys).defer("original"):
        entries[row.version_id].append(row)
    links: dict[UUID, list[tuple[str, UUID, UUID]]] = defaultdict(list)
    for key, kind, first, second in Link.objects.filter(version_id__in=keys).values_list(
        "version_id", "kind", "first", "second"
    ):
        links[key].append((kind, first, second))
    departures: dict[tuple[UUID, UUID], list[Departed]] = defaultdict(list)
    for gone in Departure.objects.filter(version_id__in=keys):
        facts = Departed(
            advice=gone.advice, instead=gone.instead, reason=gone.reason, evidence=gone.evidence, on=gone.on
        )
        departures[gone.version_id, gone.lineage].append(facts)
    locks: dict[UUID, list[Lock]] = defaultdict(list)
    plans = [one.plan_id for one in versions]
    for lock in Lock.objects.filter(ended_on__isnull=True, order__plan_id__in=plans).select_related("order"):
        locks[lock.order.plan_id].append(lock)
    reviews = next_reviews(actor, [one.child_id for one in versions])
    places = _settings(actor, [one.child_id for one in versions])
    delivered = hooks.delivery_of(actor, [one.child_id for one in versions if one.issued_on])
    for version in versions:
        whole = _whole(actor, version, entries[version.pk], links[version.pk], departures)
        known = context_of(version, version.issued_on or version.sent_on or actor.today, places.get(version.child_id))
        came = delivered.get(version.child_id, ()) if version.issued_on else ()
        review_by = reviews.get(version.child_id)
        yield whole, rules_plan(whole, known, locks=locks[version.plan_id], delivery=came, review_by=review_by)


def _settings(actor: Actor, children: Iterable[UUID]) -> dict[UUID, tuple[str, bool]]:
    """The name of each child's setting today, and whether it is a special school."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)
    found = Enrolment.objects.filter(
        running, area=actor.area, child_id__in=list(children), starts_on__lte=actor.today, setting__isnull=False
    )
    rows = found.select_related("setting").order_by("starts_on")
    return {row.child_id: (row.setting.name, row.setting.setting_kind in SPECIAL) for row in rows if row.setting}


def context_of(version: Version, on: date, setting: tuple[str, bool] | None) -> Context:
    """What the record knows of the child that words can contradict."""
    child = version.child
    known = Known(
        first_name=child.first_name,
        pronouns=child.pronouns,
        age=child.age_on(on),
        nc_year=ages.curriculum_year(child.born_on, on),
        also_known_as=tuple({*child.given_names.split(), *child.family_name.split()} - {child.first_name}),
    )
    name, is_special = setting or (None, False)
    return Context(plan_date=on, child=known, setting=name, special_school=is_special, effective_on=on)


def _whole(
    actor: Actor,
    version: Version,
    rows: list[Entry],
    links: list[tuple[str, UUID, UUID]],
    departures: dict[tuple[UUID, UUID], list[Departed]],
) -> WholePlan:
    order = set_of(version.section_set)
    rows.sort(key=lambda row: (order.place(row.section), row.position, row.pk))
    threads: dict[UUID, Any] = dict(thread_links(links))
    child = version.child
    return WholePlan(
        plan_id=version.plan_id,
        version_id=version.pk,
        child_id=version.child_id,
        first_name=child.first_name,
        full_name=child.full_name,
        born_on=child.born_on,
        number=version.number,
        stage=Stage(version.stage),
        section_set=order,
        entries=tuple(
            WholeEntry(
                pk=row.pk, lineage=row.lineage, section=row.section, kind=Kind(row.kind), position=row.position,
                text=row.text, details=row.details, provision=provision_of(row.provision), schedulable=row.schedulable,
                read_by_machine=row.read_by_machine, departures=tuple(departures[version.pk, row.lineage]),
                **threads.get(row.lineage, {}),
            )
            for row in rows
        ),
        area_name=actor.area.name,
        signed_by=version.signed_by.name if version.signed_by else "",
        sent_on=version.sent_on,
        issued_on=version.issued_on,
        is_eotas=version.plan.is_eotas,
    )  # fmt: skip
