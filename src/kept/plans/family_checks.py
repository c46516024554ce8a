"""The plan's checks as a family reads them: plain sentences at the entry they are about, the law one press away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from kept.access.acting import Actor
from kept.people.models import Child
from kept.plans.facts import WholePlan
from kept.plans.linting import case_context, rules_plan, running_locks
from kept.rules.plans import Finding, Plan, Severity, authorities, lint
from kept.rules.plans.compare import Change, Compared, compare

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


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _findings(version_id: UUID, plan: Plan) -> tuple[Finding, ...]:
    """What the linter finds; remembered, as a version that was sent never changes."""
    return tuple(lint(plan))


def checks_of(actor: Actor, whole: WholePlan, child: Child) -> Mapping[UUID | None, tuple[Check, ...]]:
    """The checks at each entry by lineage (None: of the plan as a whole), each sentence once, the gravest first."""
    found: dict[UUID | None, dict[str, Check]] = {}
    known = {str(entry.lineage): entry.lineage for entry in whole.entries}
    texts = {str(entry.lineage): entry.text for entry in whole.entries}
    context = case_context(actor, child, on=whole.dated or actor.today)
    for finding in _findings(whole.version_id, rules_plan(whole, context, locks=running_locks(actor, whole))):
        if finding.severity is Severity.INFO or finding.rule.startswith(_NOT_FOR_FAMILIES):
            continue
        check = _check(finding, whole.first_name, texts.get(finding.part, ""))
        found.setdefault(known.get(finding.part), {}).setdefault(check.plain, check)
    return {lineage: tuple(mine.values()) for lineage, mine in found.items()}


def _check(finding: Finding, name: str, text: str) -> Check:
    whole_entry = len(finding.words) > LONG or finding.words.strip() == text.strip()
    cited = [authorities()[key] for key in finding.authority if key in authorities()]
    return Check(
        rule=finding.rule,
        plain=finding.plain.replace("your child", name),
        words="" if whole_entry else finding.words.strip(),
        why=finding.why,
        severity=finding.severity,
        authorities=tuple((one.title, one.where) for one in cited),
    )


LONG = 80  # characters: a check that quotes more is about the whole entry, and quotes nothing


def compared(whole: WholePlan) -> tuple[Compared, ...]:
    """A version as two are compared: what an entry promises comes from its confirmed fields where it has any."""
    return tuple(
        Compared(
            str(entry.lineage),
            entry.section,
            entry.text,
            entry.provision if entry.provision and not entry.read_by_machine else None,
        )
        for entry in whole.entries
    )


@lru_cache(maxsize=KEPT_IN_MEMORY)
def changes_between(old: tuple[Compared, ...], new: tuple[Compared, ...]) -> tuple[Change, ...]:
    """What changed from one version to another; remembered, as both were sent and never change."""
    return tuple(compare(old, new))
