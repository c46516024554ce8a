"""Every night: the wording of the whole caseload checked, and what was found kept for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor
from kept.plans.caseload_reading import caseload, whole_plans
from kept.plans.caseload_work import Job, Noted, lint_many
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.linting import fingerprint
from kept.plans.models import LintNight, PlanNight, Version
from kept.plans.words import Kind
from kept.rules.plans import Severity

Tell = Callable[[int, int], None]
MOST_QUOTED = 300


def quiet(done: int, total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def check_all(*, by: Actor, workers: int | None = None, tell: Tell = quiet) -> int:
    """Check every version of the caseload and put the findings in place of last night's. How many plans were checked.

    workers: processes side by side (as many as processors for a large caseload). Safe to repeat: the day on which a
    finding was first made stays. Only Kept itself runs it: nothing but figures and findings is written.
    """
    versions = caseload(by)
    since = dict(LintNight.objects.filter(area=by.area).values_list("fingerprint", "on"))
    read: dict[UUID, WholePlan] = {}

    def jobs() -> list[Job]:
        made = []
        for whole, plan in whole_plans(by, versions):
            read[whole.version_id] = whole
            made.append((whole.version_id, plan))
        return made

    found: list[LintNight] = []
    figures: list[PlanNight] = []
    by_key = {one.pk: one for one in versions}
    for done, (key, notes) in enumerate(lint_many(jobs(), total=len(versions), workers=workers), 1):
        found += _rows(by, by_key[key], read[key], notes, since)
        figures.append(_figures(by, by_key[key], read[key], notes))
        tell(done, len(versions))
    LintNight.objects.filter(area=by.area).delete()
    PlanNight.objects.filter(area=by.area).delete()
    LintNight.objects.bulk_create(found, batch_size=2000)
    PlanNight.objects.bulk_create(figures, batch_size=2000)
    return len(figures)


def _rows(
    by: Actor, version: Version, whole: WholePlan, notes: tuple[Noted, ...], since: dict[str, date]
) -> list[LintNight]:
    entries = {str(one.lineage): one for one in whole.entries}
    made: dict[str, LintNight] = {}
    for note in notes:
        entry = entries.get(note.part)
        mark = fingerprint(note.rule, note.part, note.words, entry.text if entry else "")
        made[f"{version.pk}{mark}"] = LintNight(
            area=by.area, version=version, child_id=version.child_id, on=since.get(mark, by.today), rule=note.rule,
            severity=note.severity, fingerprint=mark, lineage=entry.lineage if entry else None,
            section=entry.section if entry else "", quoted=" ".join(note.words.split())[:MOST_QUOTED],
            writer_id=version.writer_id, service=service_of(entry),
        )  # fmt: skip
    return list(made.values())


def service_of(entry: WholeEntry | None) -> str:
    """The service that an entry is about; empty when it is no provision or does not say."""
    return entry.provision.service[:80] if entry and entry.provision else ""


def _figures(by: Actor, version: Version, whole: WholePlan, notes: tuple[Noted, ...]) -> PlanNight:
    counted = Counter(note.severity for note in notes)
    provisions = [one for one in whole.entries if one.kind is Kind.PROVISION]
    needs = [one for one in whole.entries if one.kind is Kind.NEED]
    met = {need for one in provisions for need in one.meets}
    aimed = {need for one in whole.of_kind(Kind.OUTCOME) for need in one.about}
    return PlanNight(
        area=by.area, version=version, child_id=version.child_id, on=by.today, writer_id=version.writer_id,
        blockers=counted[Severity.BLOCKER.value], majors=counted[Severity.MAJOR.value],
        minors=counted[Severity.MINOR.value] + counted[Severity.INFO.value], provisions=len(provisions),
        schedulable=sum(bool(one.schedulable) for one in provisions), needs=len(needs),
        needs_threaded=sum(one.lineage in met and one.lineage in aimed for one in needs),
        read_by_machine=sum(one.read_by_machine for one in whole.entries),
    )  # fmt: skip
