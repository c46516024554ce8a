"""From which plans an audit draws, what they are like, and their words without names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kept.access.acting import Actor
from kept.access.actions import running
from kept.access.models import Agency, AgencyKind, Grant, Relation
from kept.people.models import ChildNeed, FormerName, ParentalLink
from kept.plans.facts import WholePlan
from kept.plans.linting import lint_version
from kept.plans.models import Version
from kept.plans.queries import finals, whole_plan
from kept.plans.words import Kind, Stage
from kept.rules import ages
from kept.rules.quality import Item, Names, left_over, redact

LEFT_OUT = frozenset({Kind.ADVICE, Kind.PLACEMENT})  # both tell who the child is, and neither is judged
NEW = frozenset({Stage.FINAL})


@dataclass(frozen=True)
class Framed:
    """One plan that may be drawn."""

    version: Version
    phase: str
    need: str
    is_new: bool

    @property
    def stratum(self) -> tuple[str, str, str, str]:
        """What it is like: writer, phase, primary need, new or amended."""
        return (str(self.version.writer_id), self.phase, self.need, "new" if self.is_new else "amended")

    @property
    def item(self) -> Item:
        """As the sampling reads it."""
        return Item(str(self.version.pk), self.stratum)


def frame(actor: Actor, *, since: date, until: date) -> list[Framed]:
    """The last plan of each child that was issued in a time. Three queries."""
    found = finals(actor).filter(issued_on__range=(since, until)).select_related("child", "writer", "plan__case")
    latest: dict[UUID, Version] = {}
    for version in found:
        latest.setdefault(version.child_id, version)
    needs = {
        row.child_id: row.need
        for row in ChildNeed.objects.filter(area=actor.area, child__in=latest, rank=1, ends_on__isnull=True)
    }
    return [
        Framed(
            version=version,
            phase=ages.phase(version.child.born_on, version.issued_on or actor.today).value,
            need=needs.get(child_id, ""),
            is_new=version.stage in NEW,
        )
        for child_id, version in latest.items()
    ]


@dataclass(frozen=True)
class Redacted:
    """The words of one plan without names. parts: (label, section, words). doubtful: words that may still be names."""

    plan: WholePlan
    parts: tuple[tuple[str, str, str], ...]
    doubtful: tuple[str, ...]
    services: tuple[str, ...]
    names: Names

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, so that it can be shown that all judged the same."""
        return hashlib.sha256(json.dumps(self.parts).encode()).hexdigest()


def redacted(actor: Actor, version: Version, *, also: Iterable[str] = ()) -> Redacted | None:
    """The words of a plan without names. also: further words to take out, that a person saw were names."""
    plan = whole_plan(actor, version.pk)
    if plan is None:
        return None
    names = _names(actor, version, plan, tuple(also))
    labels = plan.labels
    parts = tuple(
        (labels[one.lineage], one.section, redact(one.text, names))
        for one in plan.entries
        if one.kind not in LEFT_OUT and one.text.strip()
    )
    doubtful = dict.fromkeys(word for _, _, words in parts for word in left_over(words))
    services = dict.fromkeys(one.provision.service for one in plan.entries if one.provision and one.provision.service)
    return Redacted(plan, parts, tuple(doubtful), tuple(services), names)


def _names(actor: Actor, version: Version, plan: WholePlan, also: tuple[str, ...]) -> Names:
    child = version.child
    former = FormerName.objects.filter(area=actor.area, child=child)
    carers = ParentalLink.objects.filter(area=actor.area, child=child).select_related("carer")
    schools = Agency.objects.filter(area=actor.area, kind=AgencyKind.SCHOOL).values_list("name", flat=True)
    case = version.plan.case
    staff = [version.writer.name, plan.signed_by, case.officer.name if case and case.officer else ""]
    staff += [str(one.details.get("person", "")) for one in plan.entries]
    staff += [span.said_by for one in plan.entries for span in one.sources]
    settings = [*schools]  # whichever it is of the area's: a plan names earlier and later schools too
    settings += [str(one.details.get("name", "")) for one in plan.entries if one.kind is Kind.PLACEMENT]
    own = [child.given_names, child.family_name, child.known_as, child.full_name]
    return Names(
        child=tuple(filter(None, [*own, *(str(one) for one in former)])),
        family=tuple(link.carer.name for link in carers),
        places=tuple(filter(None, [*settings, plan.area_name])),
        staff=tuple(filter(None, staff)),
        others=(("name", also),) if also else (),
    )


def wording_of(actor: Actor, words: Redacted) -> list[list[Any]]:
    """What the wording check finds, told without names: rule, severity, section, label, words, plain sentence.

    Checked are the real words: marks such as [child] would be taken for what a form left behind.
    """
    judged = {section for _, section, _ in words.parts}
    return [
        [
            one.finding.rule,
            str(one.finding.severity),
            one.section,
            one.label,
            redact(one.finding.words, words.names),
            redact(one.finding.plain, words.names),
        ]
        for one in lint_version(actor, words.plan)
        if one.section in judged
    ]


def who_knows(actor: Actor, version: Version, people: dict[UUID, frozenset[UUID]]) -> set[UUID]:
    """Which of some people wrote the plan or work with the child, and so may not judge it.

    people: each one's account with their agencies.
    """
    grants = Grant.objects.filter(running(actor.today), area=actor.area, child_id=version.child_id)
    rows = list(grants.values_list("user_id", "agency_id", "relation"))
    users = {user for user, _, _ in rows if user}
    agencies = {agency for _, agency, relation in rows if agency and relation == Relation.AGENCY}
    case = version.plan.case
    wrote = {version.writer_id, version.signed_by_id}
    if case is not None:
        wrote |= {case.officer_id, case.deputy_id}
    return {user for user, own in people.items() if user in users | wrote or own & agencies}
