"""The golden thread as a map: needs beside outcomes beside provision, and each broken link in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.words import Kind


@dataclass(frozen=True)
class Row:
    """One need with what is linked to it. `broken` says in words what is missing. need None: what no need holds."""

    need: WholeEntry | None
    outcomes: tuple[WholeEntry, ...]
    provision: tuple[WholeEntry, ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThreadMap:
    """The whole map. score: share of needs with at least one provision and one outcome, None without needs."""

    rows: tuple[Row, ...]
    loose: Row
    aspirations: tuple[tuple[WholeEntry, tuple[WholeEntry, ...]], ...]
    broken: dict[UUID, list[str]] = field(default_factory=dict)
    score: float | None = None

    @property
    def broken_count(self) -> int:
        """How many links are missing."""
        return sum(len(words) for words in self.broken.values())


def sections_beside(whole: WholePlan, code: str) -> tuple[set[str], set[str], set[str]]:
    """Codes of the need, outcome and provision sections that are read together with one section."""
    sections = whole.section_set
    here = sections.section(code)
    outcomes = {one.code for one in sections.of_role("outcomes")}
    needs = {one.code for one in sections.of_role("needs")}
    if here.role == "provision":
        needs = {here.needs} if here.needs else needs
    elif here.role == "needs":
        needs = {code}
    provision = {one.code for one in sections.of_role("provision") if one.needs in needs or not one.needs}
    return needs, outcomes, provision


def thread_of(whole: WholePlan, *, needs: Iterable[str] = (), provision: Iterable[str] = ()) -> ThreadMap:
    """The map of a version, or of some of its sections (codes; none means all)."""
    wanted_needs, wanted_provision = set(needs), set(provision)
    all_needs = [one for one in whole.of_kind(Kind.NEED) if not wanted_needs or one.section in wanted_needs]
    all_provision = [
        one for one in whole.of_kind(Kind.PROVISION) if not wanted_provision or one.section in wanted_provision
    ]
    outcomes = whole.of_kind(Kind.OUTCOME)
    broken: dict[UUID, list[str]] = {}
    rows = []
    for need in all_needs:
        met = tuple(one for one in whole.of_kind(Kind.PROVISION) if need.lineage in one.meets)
        served = tuple(one for one in outcomes if need.lineage in one.about)
        words = []
        if not met:
            words.append("No provision meets this need.")
        if not served:
            words.append("No outcome is about this need.")
        if words:
            broken[need.lineage] = words
        rows.append(Row(need, served, met, tuple(words)))
    there = {one.lineage for one in all_needs} if wanted_needs else {one.lineage for one in whole.of_kind(Kind.NEED)}
    loose_outcomes = tuple(one for one in outcomes if not one.about)
    loose_provision = tuple(one for one in all_provision if not set(one.meets) & there)
    for one in loose_outcomes:
        broken.setdefault(one.lineage, []).append("This outcome is about no need.")
    for one in loose_provision:
        broken.setdefault(one.lineage, []).append("This provision meets no need that stands here.")
    for one in all_provision:
        if not one.serves:
            broken.setdefault(one.lineage, []).append("This provision works towards no outcome.")
    aspirations = tuple(
        (one, tuple(each for each in outcomes if one.lineage in each.supports))
        for one in whole.of_kind(Kind.ASPIRATION)
    )
    for aspiration, supported in aspirations:
        if not supported:
            broken.setdefault(aspiration.lineage, []).append("No outcome supports this aspiration.")
    whole_rows = [row for row in rows if row.outcomes and row.provision]
    return ThreadMap(
        rows=tuple(rows),
        loose=Row(None, loose_outcomes, loose_provision),
        aspirations=aspirations,
        broken=broken,
        score=len(whole_rows) / len(rows) if rows else None,
    )
