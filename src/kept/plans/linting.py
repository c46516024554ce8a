"""The linter on a version: the same engine in the editor, at the gate, on import and at night."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from kept.access.acting import Actor
from kept.access.models import SettingKind
from kept.people.models import Child, Enrolment
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.models import Lock
from kept.plans.review_days import next_reviews, review_due
from kept.plans.words import Kind
from kept.plans.words import Stage as PlanStage
from kept.rules import ages
from kept.rules.plans import Child as Known
from kept.rules.plans import (
    Context,
    Delivery,
    Finding,
    Ordered,
    Part,
    Plan,
    Process,
    Severity,
    Stage,
    authorities,
    lint,
)

SPECIAL = {SettingKind.SPECIAL, SettingKind.INDEPENDENT_SPECIAL}


@dataclass(frozen=True)
class Found:
    """A finding at its entry, with the fingerprint under which it is overridden: the rule, the entry and its words."""

    finding: Finding
    lineage: UUID | None
    label: str
    fingerprint: str
    section: str = ""

    @property
    def is_blocker(self) -> bool:
        """Whether it stops a final."""
        return self.finding.severity is Severity.BLOCKER

    @property
    def law(self) -> list[tuple[str, str]]:
        """Titles of the authorities and where each can be read."""
        known = authorities()
        return [(known[key].title, known[key].where) for key in self.finding.authority if key in known]


def fingerprint(rule: str, part: str, words: str, text: str) -> str:
    """What makes a finding the same finding: an override holds for these words of this entry and no others."""
    plain = "\x1f".join((rule, part, " ".join(words.split()), " ".join(text.split())))
    return hashlib.sha256(plain.encode()).hexdigest()


def case_context(actor: Actor, child: Child, *, on: date) -> Context:
    """What the record knows of the child that words can contradict: name, pronouns, age, school year, setting.

    Pronouns are those on the record; where there are none they are not guessed from the sex that the return asks for.
    """
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    place = (
        Enrolment.objects.filter(running, area=actor.area, child=child, starts_on__lte=on, setting__isnull=False)
        .select_related("setting")
        .order_by("-starts_on")
        .first()
    )
    setting = place.setting if place else None
    known = Known(
        first_name=child.first_name,
        pronouns=child.pronouns,
        age=child.age_on(on),
        nc_year=ages.curriculum_year(child.born_on, on),
        also_known_as=tuple({*child.given_names.split(), *child.family_name.split()} - {child.first_name}),
    )
    return Context(
        plan_date=on,
        child=known,
        setting=setting.name if setting else None,
        special_school=bool(setting and setting.setting_kind in SPECIAL),
        effective_on=on,
    )


def rules_plan(
    whole: WholePlan,
    known: Context,
    *,
    locks: Iterable[Lock] = (),
    signed_by: str = "",
    delivery: tuple[Delivery, ...] = (),
    review_by: date | None = None,
) -> Plan:
    """A version as the linter reads it: every section of its set stands in it, blank or not.

    known: from `case_context`. signed_by: who would sign it, at the gate. delivery: what the ledger knows of its items.
    review_by: when the next review is owed, as the case counts it; from the day of the version where no clock runs yet.
    """
    day = known.plan_date or date.min
    context = replace(
        known,
        stage=Stage.FINAL if whole.stage is PlanStage.TRANSFERRED_IN else Stage(whole.stage.value),
        whole_section=True,
        whole_plan=True,
        eotas=whole.is_eotas,
        delivery=delivery,
        ordered=tuple(Ordered(str(one.lineage), one.text) for one in locks),
        process=Process(
            issued_on=whole.issued_on or (None if whole.is_draft else day),
            version=str(whole.number),
            signed_by=whole.signed_by or signed_by or None,
            next_review_due=review_due(review_by, dated=day, born_on=whole.born_on) if known.plan_date else review_by,
            draft_sent_on=whole.sent_on,
        ),
    )
    threaded = any(entry.links for entry in whole.entries)
    meets = {entry.lineage: entry.meets for entry in whole.entries}
    written = {entry.section for entry in whole.entries}
    blank = (Part(one.code, one.code, "") for one in whole.section_set.sections if one.code not in written)
    return Plan((*(_part(entry, meets, threaded=threaded) for entry in whole.entries), *blank), context)


def _keys(lineages: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(str(one) for one in lineages)


def _part(entry: WholeEntry, meets: Mapping[UUID, tuple[UUID, ...]], *, threaded: bool) -> Part:
    """Links as the linter names them: provision `meets` needs and `supports` outcomes, an outcome `serves` needs."""
    links: dict[str, Any] = {}
    if threaded and entry.kind is Kind.PROVISION:
        links = {"meets": _keys(entry.meets), "supports": _keys(entry.serves)}
    elif threaded and entry.kind is Kind.OUTCOME:
        links = {"serves": _keys((*entry.about, *entry.supports))}
    elif threaded and entry.kind is Kind.PAYMENT:
        links = {"meets": _keys(one for paid in entry.pays_for for one in meets.get(paid, ()))}
    return Part(
        id=str(entry.lineage),
        section=entry.section,
        text=entry.text,
        departure_reason=entry.departures[0].reason if entry.departures else None,
        commissioner_agreed=_flag(entry, "commissioner_agreed"),
        attached=_flag(entry, "attached"),
        views_on=_day(entry.details.get("gathered_on")),
        **links,
    )


def _flag(entry: WholeEntry, name: str) -> bool | None:
    given = entry.details.get(name)
    return None if given is None else given in (True, "yes", "true", "on")


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(str(given)) if given else None
    except ValueError:
        return None


def findings_of(whole: WholePlan, plan: Plan) -> list[Found]:
    """Every finding on a version, the gravest first, each under its entry's short name."""
    lineages = {str(entry.lineage): entry for entry in whole.entries}
    labels = whole.labels
    sections = {one.code: f"Section {one.code}" for one in whole.section_set.sections}
    found = []
    for finding in lint(plan):
        entry = lineages.get(finding.part)
        found.append(
            Found(
                finding=finding,
                lineage=entry.lineage if entry else None,
                label=labels.get(entry.lineage, "") if entry else sections.get(finding.part, "The plan"),
                section=entry.section if entry else finding.part if finding.part in sections else "",
                fingerprint=fingerprint(finding.rule, finding.part, finding.words, entry.text if entry else ""),
            )
        )
    return found


def running_locks(actor: Actor, whole: WholePlan) -> list[Lock]:
    """The words that a tribunal ordered for this plan and that still bind."""
    return list(Lock.objects.filter(area=actor.area, order__plan_id=whole.plan_id, ended_on__isnull=True))


def about_the_child(plain: str) -> str:
    """A plain sentence for the officer: the rules speak to the family of "your child"."""
    return plain.replace("Your child", "The child").replace("your child", "the child")


def lint_version(actor: Actor, whole: WholePlan, *, signed_by: str = "") -> list[Found]:
    """The findings on a version as it now stands; four queries."""
    child = Child.objects.get(area=actor.area, pk=whole.child_id)
    known = case_context(actor, child, on=whole.dated or actor.today)
    review_by = next_reviews(actor, [whole.child_id]).get(whole.child_id)
    locks = running_locks(actor, whole)
    return findings_of(whole, rules_plan(whole, known, locks=locks, signed_by=signed_by, review_by=review_by))


def lint_words(known: Context, section: str, text: str, *, stage: str) -> list[Finding]:
    """Findings on one entry as it is typed, without what needs the rest of the plan. No queries."""
    law = Stage.FINAL if stage == PlanStage.TRANSFERRED_IN else Stage(stage)
    return lint(Plan((Part("typed", section, text),), replace(known, stage=law)))
