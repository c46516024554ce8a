"""The plan's checks as a family reads them: plain sentences at the entry they are about, the law one press away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.words import Kind
from kept.plans.words import Stage as PlanStage
from kept.rules import ages
from kept.rules.plans import Child, Context, Finding, Part, Plan, Severity, Stage, authorities, lint
from kept.rules.plans.compare import Compared

# Checks of the council's own work that no words of a family could change.
_NOT_FOR_FAMILIES = ("S10", "S13", "S16", "S19", "R", "L", "I06")
KEPT_IN_MEMORY = 128


@dataclass(frozen=True)
class Check:
    """One check that found something: the plain sentence, the words that it is about, why, and where the law says so.

    authorities: pairs of title and where it can be read.
    """

    rule: str
    plain: str
    words: str
    why: str
    severity: Severity
    authorities: tuple[tuple[str, str], ...]

    @property
    def is_grave(self) -> bool:
        """Whether it can make the plan unenforceable."""
        return self.severity in {Severity.BLOCKER, Severity.MAJOR}


def rules_plan(whole: WholePlan) -> Plan:
    """A version as the linter reads it: parts by lineage, the golden thread and the child’s age on its day."""
    threaded = any(entry.links for entry in whole.entries)
    return Plan(tuple(_part(entry, threaded=threaded) for entry in whole.entries), _context(whole))


def _context(whole: WholePlan) -> Context:
    day = whole.dated
    stage = Stage(whole.stage.value) if whole.stage != PlanStage.TRANSFERRED_IN else Stage.FINAL
    child = Child(
        first_name=whole.first_name,
        age=ages.age_on(whole.born_on, day) if day else None,
        nc_year=ages.curriculum_year(whole.born_on, day) if day else None,
    )
    return Context(
        stage=stage, plan_date=day, child=child, whole_section=True, whole_plan=True, eotas=whole.is_eotas,
        effective_on=day,
    )  # fmt: skip


def _keys(lineages: tuple[UUID, ...]) -> tuple[str, ...]:
    return tuple(str(one) for one in lineages)


def _part(entry: WholeEntry, *, threaded: bool) -> Part:
    """The linter's links: `meets` needs (provision), `serves` needs (outcome), `supports` outcomes (provision)."""
    provision, outcome = entry.kind is Kind.PROVISION, entry.kind is Kind.OUTCOME
    return Part(
        id=str(entry.lineage),
        section=entry.section,
        text=entry.text,
        meets=_keys(entry.meets) if provision and threaded else None,
        supports=_keys(entry.serves) if provision and threaded else None,
        serves=_keys(entry.about) if outcome and threaded else None,
        departure_reason=entry.departures[0].reason if entry.departures else None,
        commissioner_agreed=entry.details.get("commissioner_agreed"),
        attached=entry.details.get("attached"),
    )


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _findings(version_id: UUID, plan: Plan) -> tuple[Finding, ...]:
    """What the linter finds; remembered, as a version that was sent never changes."""
    return tuple(lint(plan))


def checks_of(whole: WholePlan) -> Mapping[UUID | None, tuple[Check, ...]]:
    """The checks at each entry by lineage (None: of the plan as a whole), each sentence once, the gravest first."""
    found: dict[UUID | None, dict[str, Check]] = {}
    known = {str(entry.lineage): entry.lineage for entry in whole.entries}
    for finding in _findings(whole.version_id, rules_plan(whole)):
        if finding.severity is Severity.INFO or finding.rule.startswith(_NOT_FOR_FAMILIES):
            continue
        check = _check(finding, whole.first_name)
        found.setdefault(known.get(finding.part), {}).setdefault(check.plain, check)
    return {lineage: tuple(mine.values()) for lineage, mine in found.items()}


def _check(finding: Finding, name: str) -> Check:
    whole_entry = finding.start == 0 and len(finding.words) > LONG
    cited = [authorities()[key] for key in finding.authority if key in authorities()]
    return Check(
        rule=finding.rule,
        plain=finding.plain.replace("your child", name),
        words="" if whole_entry else finding.words,
        why=finding.why,
        severity=finding.severity,
        authorities=tuple((one.title, one.where) for one in cited),
    )


LONG = 80  # characters: a check that quotes more is about the whole entry, and quotes nothing


def compared(whole: WholePlan) -> list[Compared]:
    """A version as two are compared: what an entry promises comes from its confirmed fields where it has any."""
    return [
        Compared(
            str(entry.lineage),
            entry.section,
            entry.text,
            entry.provision if entry.provision and not entry.read_by_machine else None,
        )
        for entry in whole.entries
    ]
