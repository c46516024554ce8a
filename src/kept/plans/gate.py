"""The gate before a draft is sent or a final issued: what was found, what was overridden, and both clocks.

Blockers stop a final unless one officer gives a reason and a second agrees. Nothing else stops it: a plan that is late
and imperfect is worse than one that is on time with recorded overrides (plans.md part 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kept.access.acting import Actor, Refused
from kept.plans import advice_in, advice_papers, comments
from kept.plans.access import check_open, locked
from kept.plans.facts import WholePlan
from kept.plans.linting import Found, about_the_child, fingerprint, lint_version
from kept.plans.models import Entry, Override, Version
from kept.plans.queries import whole_plan
from kept.plans.words import DRAFT_STAGES
from kept.rules.plans import Severity

NAMES_A_SCHOOL = "S03"  # a draft that names a school or a type of school is not lawful (s.38(5))
UNUSED = "Nobody said whether this recommendation is used. Nothing in advice is dropped without a reason."
NOT_ANSWERED, NOT_USED, NOT_CONFIRMED, NOT_LOOKED = "ANSWER", "ADVICE", "MACHINE", "PAPER"
LOOK = "A file with advice that nobody has looked through. "


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing at the gate: a finding of the linter, or something that waits for an answer.

    stops: whether it stops this version without an override. override: the one that stands against it.
    """

    fingerprint: str
    rule: str
    severity: Severity
    label: str
    words: str
    plain: str
    why: str = ""
    section: str = ""
    rewrite: str = ""
    law: tuple[tuple[str, str], ...] = ()
    lineage: UUID | None = None
    stops: bool = False
    override: Override | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it does not stop the version any more."""
        return not self.stops or (self.override is not None and self.override.second_id is not None)

    @property
    def waits_for_second(self) -> bool:
        """Whether a reason is given and a second officer has to agree."""
        return self.stops and self.override is not None and self.override.second_id is None


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What stands at the gate of a version."""

    lines: tuple[Line, ...]

    @property
    def stopping(self) -> list[Line]:
        """What stops the version now."""
        return [line for line in self.lines if not line.is_settled]

    @property
    def settled(self) -> list[Line]:
        """What would stop it, and was overridden."""
        return [line for line in self.lines if line.stops and line.is_settled]

    @property
    def advice(self) -> list[Line]:
        """What does not stop it and is worth mending."""
        return [line for line in self.lines if not line.stops]

    def line(self, key: str) -> Line | None:
        """The line of that fingerprint."""
        return next((line for line in self.lines if line.fingerprint == key), None)


def gate_of(actor: Actor, version: Version, whole: WholePlan | None = None) -> Gate:
    """Everything at the gate of a version as it stands now."""
    found = whole or whole_plan(actor, version.pk)
    if found is None:
        raise Refused("This plan is not in your record.")
    overrides = {row.fingerprint: row for row in version.overrides.select_related("by", "second")}
    lines = [_finding_line(one, version, overrides) for one in lint_version(actor, found, signed_by=actor.user.name)]
    lines += _waiting(actor, version, found, overrides)
    order = {severity: place for place, severity in enumerate(Severity)}
    return Gate(lines=tuple(sorted(lines, key=lambda line: (not line.stops, order[line.severity]))))


def _finding_line(one: Found, version: Version, overrides: dict[str, Override]) -> Line:
    finding = one.finding
    is_final = version.stage not in DRAFT_STAGES
    return Line(
        fingerprint=one.fingerprint,
        rule=finding.rule,
        severity=finding.severity,
        label=one.label,
        words=finding.words,
        plain=about_the_child(finding.plain),
        why=finding.why,
        section=one.section,
        rewrite=finding.rewrite,
        law=tuple(one.law),
        lineage=one.lineage,
        stops=(one.is_blocker and is_final) or finding.rule == NAMES_A_SCHOOL,
        override=overrides.get(one.fingerprint),
    )


def _waiting(actor: Actor, version: Version, whole: WholePlan, overrides: dict[str, Override]) -> list[Line]:
    """Advice and points of the family that nobody answered, and readings of a machine that nobody confirmed."""
    is_final = version.stage not in DRAFT_STAGES
    found = [
        _line(NOT_USED, advice_in.key_of(row), f"Advice of {row.said_by}", row.text,
              UNUSED, stops=is_final, overrides=overrides)
        for row in advice_in.unanswered(actor, version)
    ]  # fmt: skip
    if is_final:
        found += [
            _line(NOT_ANSWERED, str(row.pk), f"What {row.said_by} said", row.text, "Each point of the family "
                  "is answered, and the answers go with the final.", stops=True, overrides=overrides)
            for row in comments.unanswered(actor, version)
        ]  # fmt: skip
    found += [
        _line(NOT_LOOKED, str(key), f"Advice of {said_by}", name, f"{LOOK}{how}", stops=is_final, overrides=overrides)
        for key, said_by, name, how in _papers(actor, version)
    ]
    unread = sum(one.read_by_machine for one in whole.entries)
    if unread:
        found.append(
            _line(NOT_CONFIRMED, str(version.pk), "The plan", "", f"Read by machine and not yet confirmed: {unread}. "
                  "Somebody has to say that each reading is right.", stops=is_final, overrides=overrides)
        )  # fmt: skip
    return found


def _papers(actor: Actor, version: Version) -> list[tuple[UUID, str, str, str]]:
    """Files with advice that a person has still to look through: key, whose, name, and how far the machine came."""
    done, going = "A machine read it and may have missed something.", "It is being read."
    found = [
        (one.document_id, one.said_by, one.document.file_name, one.problem or (done if one.is_read else going))
        for one in advice_papers.papers_with_advice(actor, version.child_id)
        if not one.looked_on
    ]
    return found + [
        (one.pk, one.sent_by, one.file_name, "It has just come and is being read.")
        for one in advice_papers.not_read_yet(actor, version.child_id)
    ]


def _line(
    rule: str, part: str, label: str, words: str, plain: str, *, stops: bool, overrides: dict[str, Override]
) -> Line:
    key = fingerprint(rule, part, words, "")
    severity = Severity.BLOCKER if stops else Severity.MAJOR
    return Line(
        fingerprint=key, rule=rule, severity=severity, label=label, words=words, plain=plain, stops=stops,
        override=overrides.get(key),
    )  # fmt: skip


def check_passes(by: Actor, version: Version) -> None:
    """Raise Refused, with a sentence, when something stops the version."""
    if not Entry.objects.filter(version=version).exists():
        raise Refused("There is nothing in this plan yet. Write it first.")
    stopping = gate_of(by, version).stopping
    if not stopping:
        return
    waiting = [line for line in stopping if line.waits_for_second]
    count = "One thing stops" if len(stopping) == 1 else f"{len(stopping)} things stop"
    first = stopping[0]
    more = f" {len(waiting)} of them wait{'s' if len(waiting) == 1 else ''} for a second officer." if waiting else ""
    mend = "Mend it, or give a reason and let a second officer agree."
    raise Refused(f"{count} this version: {first.label}: {first.plain}{more} {mend}")


@transaction.atomic
def override(*, by: Actor, version: Version, key: str, reason: str) -> Override:
    """Say why a finding does not stop this version. It holds for these words of this version only."""
    version = locked(by, version)
    check_open(by, version)
    line = gate_of(by, version).line(key)
    if line is None:
        raise Refused("This finding is not there any more: the words were changed.")
    if not reason.strip():
        raise Refused(
            "Give a reason. It is kept with the plan, and a second officer, the family or a court may read it."
        )
    found, _ = Override.objects.update_or_create(
        area=by.area,
        version=version,
        fingerprint=key,
        defaults={
            "child_id": version.child_id, "rule": line.rule, "severity": line.severity.value, "lineage": line.lineage,
            "quoted": line.words, "reason": reason.strip(), "by": by.user, "on": by.today, "second": None,
            "second_on": None,
        },
    )  # fmt: skip
    return found


@transaction.atomic
def second(*, by: Actor, override: Override) -> Override:
    """Agree with another officer's override. Nobody agrees with their own."""
    version = locked(by, override.version)
    check_open(by, version)
    if override.second_id:
        return override
    if override.by_id == by.user.pk:
        raise Refused("You gave this reason yourself. Another officer has to agree with it.")
    override.second, override.second_on = by.user, by.today
    override.save(update_fields=["second", "second_on"])
    return override


@transaction.atomic
def take_back(*, by: Actor, override: Override) -> None:
    """Take an override away; the finding stops the version again."""
    version = locked(by, override.version)
    check_open(by, version)
    override.delete()


def waiting_for_me(actor: Actor) -> list[Override]:
    """Overrides of others that wait for a second officer, the oldest first."""
    found = Override.objects.filter(
        area=actor.area, second__isnull=True, severity=Severity.BLOCKER.value, version__sent_on__isnull=True,
        version__issued_on__isnull=True, version__discarded_on__isnull=True,
    )  # fmt: skip
    rows = found.exclude(by=actor.user).select_related("by", "version", "child", "version__plan")
    return list(rows.order_by("on", "pk"))
