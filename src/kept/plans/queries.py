"""Read plans, always as the person who asks: the database leaves out drafts that were not sent to them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kept.access.acting import Actor
from kept.cases.access import ENDED
from kept.cases.queries import cases_seen
from kept.plans.facts import Departed, SourceSpan, WholeEntry, WholePlan, provision_of, thread_links
from kept.plans.models import Entry, Plan, Version
from kept.plans.section_sets import set_of
from kept.plans.words import FINAL_STAGES, Kind, Stage


def plans_seen(actor: Actor) -> QuerySet[Plan]:
    """The plans that the person may see."""
    return Plan.objects.filter(area=actor.area).select_related("child")


def plan_of(actor: Actor, child_pk: UUID) -> Plan | None:
    """The child's running plan, else the last that ceased; None without one."""
    return plans_seen(actor).filter(child_id=child_pk).order_by("-ceased_on", "-made_at").first()


def versions_of(actor: Actor, plan_pk: UUID) -> QuerySet[Version]:
    """The versions of a plan that the person may see, the newest first; those given up while writing are left out."""
    found = Version.objects.filter(area=actor.area, plan_id=plan_pk, discarded_on__isnull=True)
    return found.select_related("writer", "signed_by").order_by("-number")


def given_up(actor: Actor, plan_pk: UUID) -> list[Version]:
    """The versions of a plan that were given up before they were sent, the newest first."""
    found = Version.objects.filter(area=actor.area, plan_id=plan_pk, discarded_on__isnull=False)
    return list(found.select_related("writer").order_by("-number"))


def version_of(actor: Actor, pk: UUID) -> Version | None:
    """One version, if the person may see it."""
    found = Version.objects.filter(area=actor.area, pk=pk)
    return found.select_related("plan", "child", "plan__case", "writer", "signed_by").first()


def finals(actor: Actor) -> QuerySet[Version]:
    """Issued versions; the last first."""
    found = Version.objects.filter(area=actor.area, issued_on__isnull=False, stage__in=FINAL_STAGES)
    return found.order_by("-issued_on", "-number")


def version_in_force(actor: Actor, child_pk: UUID, on: date) -> Version | None:
    """The version in force for a child on any day, past days too; None when there was no plan or it had ceased."""
    running = Q(plan__ceased_on__isnull=True) | Q(plan__ceased_on__gt=on)
    return finals(actor).filter(running, child_id=child_pk, issued_on__lte=on).first()


def plan_in_force(actor: Actor, child_pk: UUID, on: date) -> WholePlan | None:
    """The whole plan in force for a child on any day; None when there was none."""
    found = version_in_force(actor, child_pk, on)
    return whole_plan(actor, found.pk) if found else None


def whole_plan(actor: Actor, version_pk: UUID) -> WholePlan | None:
    """One version with everything in it, in seven queries; None if the person may not see it."""
    version = version_of(actor, version_pk)
    if version is None:
        return None
    order = set_of(version.section_set)
    rows = list(version.entries.select_related("order"))
    rows.sort(key=lambda row: (order.place(row.section), row.position, row.pk))
    links = thread_links(version.links.order_by("pk").values_list("kind", "first", "second"))
    sources: dict[UUID, list[SourceSpan]] = {}
    for source in version.sources.all():
        span = SourceSpan(
            said_by=source.said_by, said_on=source.said_on, place=source.place, words=source.words,
            document_id=source.document_id, advice_id=source.advice, start=source.start, end=source.end,
        )  # fmt: skip
        sources.setdefault(source.lineage, []).append(span)
    departures: dict[UUID, list[Departed]] = {}
    for row in version.departures.all():
        departed = Departed(advice=row.advice, instead=row.instead, reason=row.reason, evidence=row.evidence, on=row.on)
        departures.setdefault(row.lineage, []).append(departed)
    after = _after(actor, version)
    child, plan = version.child, version.plan
    return WholePlan(
        plan_id=plan.pk,
        version_id=version.pk,
        child_id=child.pk,
        first_name=child.first_name,
        full_name=child.full_name,
        born_on=child.born_on,
        number=version.number,
        stage=Stage(version.stage),
        section_set=order,
        entries=tuple(
            _whole_entry(row, links.get(row.lineage, {}), sources.get(row.lineage, []), departures.get(row.lineage, []))
            for row in rows
        ),
        area_name=actor.area.name,
        case_id=plan.case_id,
        writer=version.writer.name,
        signed_by=version.signed_by.name if version.signed_by else "",
        reason=version.reason,
        sent_on=version.sent_on,
        issued_on=version.issued_on,
        notice_on=version.notice_on,
        superseded_on=after.issued_on if after else None,
        superseded_by=after.pk if after else None,
        ceased_on=plan.ceased_on,
        is_eotas=plan.is_eotas,
        is_imported=version.is_imported,
    )


def _after(actor: Actor, version: Version) -> Version | None:
    """The final that took this version's place; for a final the next one, for a draft the final written from it."""
    found = finals(actor).filter(plan_id=version.plan_id, number__gt=version.number)
    return found.order_by("issued_on", "number").first()


def _whole_entry(
    row: Entry, links: dict[str, tuple[UUID, ...]], sources: list[SourceSpan], departures: list[Departed]
) -> WholeEntry:
    return WholeEntry(
        pk=row.pk,
        lineage=row.lineage,
        section=row.section,
        kind=Kind(row.kind),
        position=row.position,
        text=row.text,
        original=row.original,
        details=row.details,
        provision=provision_of(row.provision),
        provider=row.provider,
        is_typed=row.is_typed,
        schedulable=row.schedulable,
        read_by_machine=row.read_by_machine,
        locked=row.order.reference if row.order else "",
        revision=row.revision,
        sources=tuple(sources),
        departures=tuple(departures),
        **links,
    )


def desk_versions(actor: Actor, *, show: str, mine: bool) -> QuerySet[Version]:
    """Versions for the writer's desk: being written, with families, or in force; one's own or everybody's.

    One's own are those that one began, and those of the children whose case one has: a case that was handed over
    brings its plan with it.
    """
    found = Version.objects.filter(area=actor.area, discarded_on__isnull=True).select_related("child", "writer", "plan")
    if mine:
        held = cases_seen(actor).filter(child=OuterRef("child"), officer=actor.user).exclude(stage__in=ENDED)
        found = found.filter(Q(writer=actor.user) | Exists(held))
    if show == "writing":
        return found.filter(sent_on__isnull=True, issued_on__isnull=True).order_by("-made_at", "-pk")
    later = Version.objects.filter(area=actor.area, plan=OuterRef("plan"), number__gt=OuterRef("number"))
    if show == "sent":
        gone_on = later.filter(Q(sent_on__isnull=False) | Q(issued_on__isnull=False))
        return found.filter(~Exists(gone_on), sent_on__isnull=False).order_by("sent_on", "pk")
    running = Q(plan__ceased_on__isnull=True) | Q(plan__ceased_on__gt=actor.today)
    newer = later.filter(issued_on__isnull=False)
    return found.filter(running, ~Exists(newer), issued_on__isnull=False).order_by("-issued_on", "-pk")
