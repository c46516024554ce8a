"""From a draft and what its family said to exactly what the family's pages say. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kept.access.acting import Actor, Refused
from kept.plans import comments
from kept.plans.comments import Window
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.family_checks import Check, checks_of
from kept.plans.models import DraftComment, Version
from kept.plans.queries import whole_plan
from kept.plans.section_sets import Section
from kept.plans.words import Point


@dataclass(frozen=True)
class EntryLine:
    """One entry of the draft with its checks and what the person said on it."""

    entry: WholeEntry
    label: str
    checks: Sequence[Check]
    typing: DraftComment | None
    taken_back: DraftComment | None
    said: Sequence[DraftComment]
    from_checks: Mapping[str, DraftComment] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionLine:
    """One section of the draft: how many entries, checks and points there are."""

    section: Section
    lines: Sequence[EntryLine]

    @property
    def checks(self) -> int:
        """How many checks found something."""
        return sum(len(line.checks) for line in self.lines)

    @property
    def points(self) -> int:
        """How many points the person made, sent or not."""
        return sum(bool(line.typing) + len(line.said) + len(line.from_checks) for line in self.lines)


@dataclass(frozen=True)
class DraftPage:
    """All that the family's pages of a draft say."""

    version: Version
    whole: WholePlan
    window: Window | None
    today: date
    sections: Sequence[SectionLine]
    of_whole: Sequence[Check]
    points: Sequence[DraftComment]
    closed: str

    @property
    def may_speak(self) -> bool:
        """Whether the person may say something on it now."""
        return not self.closed

    @property
    def unsent(self) -> list[DraftComment]:
        """What the person typed and did not send yet."""
        return [one for one in self.points if one.said_on is None and one.withdrawn_at is None and one.text]

    @property
    def sent(self) -> list[DraftComment]:
        """What the person sent and did not take back."""
        return [one for one in self.points if one.said_on and one.withdrawn_at is None]

    @property
    def meeting(self) -> list[DraftComment]:
        """Meetings asked for."""
        return [one for one in self.sent if one.kind == Point.MEETING]

    @property
    def places(self) -> list[DraftComment]:
        """Schools and other places asked for."""
        return [one for one in self.sent if one.kind == Point.SETTING]

    @property
    def checks(self) -> int:
        """How many checks found something in all."""
        return len(self.of_whole) + sum(one.checks for one in self.sections)

    def section(self, code: str) -> SectionLine | None:
        """The section of that code, if the draft has something in it."""
        return next((one for one in self.sections if one.section.code == code), None)

    def after(self, code: str) -> Section | None:
        """The section that comes next in the draft."""
        codes = [one.section.code for one in self.sections]
        place = codes.index(code) + 1
        return self.sections[place].section if place < len(codes) else None


def draft_page(actor: Actor, version: Version) -> DraftPage | None:
    """The pages of one draft for the person who asks. A constant number of queries."""
    whole = whole_plan(actor, version.pk)
    if whole is None:
        return None
    checks, points = checks_of(actor, whole, version.child), comments.own_points(actor, version)
    by_entry: dict[UUID | None, list[DraftComment]] = {}
    for point in points:
        if point.kind == Point.COMMENT:
            by_entry.setdefault(point.lineage, []).append(point)
    labels = whole.labels
    sections = [
        SectionLine(
            section,
            [
                _line(entry, labels[entry.lineage], checks, by_entry.get(entry.lineage, []))
                for entry in whole.of_section(section.code)
            ],
        )
        for section in whole.section_set.sections
    ]
    return DraftPage(
        version=version,
        whole=whole,
        window=comments.window_of(version),
        today=actor.today,
        sections=[one for one in sections if one.lines],
        of_whole=checks.get(None, ()),
        points=points,
        closed=_closed(actor, version),
    )


def _closed(actor: Actor, version: Version) -> str:
    """Why nothing can be said on it, as a sentence; "" when it can."""
    try:
        comments.check_may_speak(actor, version)
    except Refused as problem:
        return str(problem)
    return ""


def _line(
    entry: WholeEntry, label: str, checks: Mapping[UUID | None, Sequence[Check]], mine: Sequence[DraftComment]
) -> EntryLine:
    plain = [one for one in mine if not one.rule]
    standing = [one for one in plain if one.withdrawn_at is None]
    unsent = [one for one in standing if one.said_on is None]
    gone = [one for one in plain if one.withdrawn_at is not None]
    return EntryLine(
        entry=entry,
        label=label,
        checks=checks.get(entry.lineage, ()),
        typing=unsent[-1] if unsent else None,
        taken_back=max(gone, key=lambda one: str(one.withdrawn_at)) if gone and not unsent else None,
        said=[one for one in standing if one.said_on],
        from_checks={one.rule: one for one in mine if one.rule and one.withdrawn_at is None},
    )
