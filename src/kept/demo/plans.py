"""The demonstration's plans in words: good ones and bad ones, each writer in their own way, versions and drafts.

They are made from the cases that are there, so that the days on a plan are the days of its case: a draft that is with
the family is the draft that the case says was sent. Only the newest are put into words (`MOST`); the rest of the
children have their case and no text, as where a council has begun to read its plans in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, models, transaction
from django.db.models import Q

from kept.access.acting import Actor, acting_as_system
from kept.access.models import Agency, AgencyKind, Area, SettingKind
from kept.cases.models import Case
from kept.cases.models import Event as CaseEvent
from kept.demo.bulk import Pourer
from kept.demo.plan_sketch import Person, Piece, Sketch, sketch
from kept.family.models import ChildView, Method, Voice
from kept.people.models import Child, ChildNeed, Enrolment
from kept.plans.caseload import check_all
from kept.plans.facts import clean_details, provision_data, unscheduled
from kept.plans.models import Entry, Link, Plan, Source, Version
from kept.plans.section_sets import set_on
from kept.plans.words import DRAFT_STAGES, Kind, Stage

MOST = 500
PART = 250
BEGUN = 40  # drafts that somebody is writing
WORST, BEST = 0.45, 0.98
FIRST, AMENDED, DRAFTED = {"final_plan_sent", "plan_first_made"}, "amended_plan_sent", "draft_plan_served"
PROPOSED = "amendment_notice_sent"
ENDED = {"plan_ceased", "plan_transferred", "ceased"}
RECENT = 550  # days for which the draft is kept beside the final
TYPES = {
    SettingKind.SPECIAL: "maintained special school",
    SettingKind.INDEPENDENT_SPECIAL: "independent special school",
}
MAINSTREAM = "maintained mainstream school"
DETAILS = {"said_by": "whose", "said_on": "gathered_on", "setting": "name", "by": "by", "on": "dated"}
Tell = Callable[[str, int, int], None]


@dataclass
class Told:
    """What the case says of a child's plan, by day."""

    case: Case
    child: Child
    need: str
    setting: Agency | None
    first: date | None = None
    amended: date | None = None
    drafted: date | None = None
    proposed: date | None = None

    @property
    def in_force_from(self) -> date | None:
        """The day of the version in force."""
        return self.amended or self.first

    @property
    def newest(self) -> date:
        """The last day on which anything was sent."""
        return max(day for day in (self.first, self.amended, self.drafted, self.proposed, self.case.opened_on) if day)


@dataclass
class _Rows:
    """Rows of a part, in the order in which they may point at each other."""

    plans: list[Plan] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    views: list[ChildView] = field(default_factory=list)

    def batches(self) -> Iterator[tuple[type[models.Model], Sequence[models.Model]]]:
        """Entries come before their versions: once a version is sent, the database takes no entries into it."""
        yield from ((Plan, self.plans), (Entry, self.entries), (Link, self.links), (Source, self.sources))
        yield Version, self.versions
        yield ChildView, self.views


def quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def load_plans(area: Area, today: date, tell: Tell = quiet, *, most: int = MOST) -> int:
    """Put the newest plans of a demonstration into words. How many there are."""
    with acting_as_system(area, today=today) as by, transaction.atomic():
        told = _told(by, most)
        providers = _providers(by)
        with Pourer() as pourer, connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for start in range(0, len(told), PART):
                rows = _Rows()
                for one in told[start : start + PART]:
                    _write(by, one, rows, providers)
                pourer.pour(*rows.batches())
                tell("Plans in words", min(start + PART, len(told)), len(told))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return len(told)


def check_plans(area: Area, today: date, tell: Tell = quiet, *, workers: int | None = None) -> int:
    """Check the wording of a demonstration's plans as at night. How many there are."""
    with acting_as_system(area, today=today) as by:
        return check_all(by=by, workers=workers, tell=lambda done, total: tell("Plans checked", done, total))


def _told(by: Actor, most: int) -> list[Told]:
    """The newest cases with a plan, with a draft at the family, or about to be written."""
    cases = Case.objects.filter(area=by.area).filter(Q(has_plan=True) | Q(stage__in=("DRAFT_ISSUED", "ASSESSING")))
    found = {case.pk: case for case in cases.select_related("child", "officer")}
    needs = dict(ChildNeed.objects.filter(area=by.area, rank=1, ends_on__isnull=True).values_list("child_id", "need"))
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=by.today)
    places = {
        row.child_id: row.setting
        for row in Enrolment.objects.filter(running, area=by.area, setting__isnull=False).select_related("setting")
    }
    told = {
        key: Told(case, case.child, needs.get(case.child_id, "OTH"), places.get(case.child_id))
        for key, case in found.items()
    }
    ended = _read_events(by, told)
    newest = sorted(
        (one for key, one in told.items() if key not in ended), key=lambda one: (one.newest, one.case.pk), reverse=True
    )
    first: dict[UUID, Told] = {}
    for one in newest:
        first.setdefault(one.child.pk, one)
    ours = list(first.values())
    begun = [one for one in ours if not one.in_force_from and not one.drafted][: min(BEGUN, most // 10)]
    others = [one for one in ours if one.in_force_from or one.drafted]
    return [*others[: max(0, most - len(begun))], *begun]


def _read_events(by: Actor, told: dict[UUID, Told]) -> set[UUID]:
    """Read the days into `told`; the cases whose plan has ended."""
    ended: set[UUID] = set()
    rows = CaseEvent.objects.filter(
        area=by.area,
        kind__in=[*FIRST, AMENDED, DRAFTED, PROPOSED, *ENDED],
        superseded_by__isnull=True,
        is_withdrawal=False,
    ).order_by("happened_on")
    for key, kind, day in rows.values_list("case_id", "kind", "happened_on"):
        one = told.get(key)
        if one is None:
            continue
        if kind in FIRST:
            one.first = one.first or day
        elif kind == AMENDED:
            one.amended = day
        elif kind == DRAFTED:
            one.drafted = day
        elif kind == PROPOSED:
            one.proposed = day
        else:
            ended.add(key)
    return ended


def _providers(by: Actor) -> dict[str, str]:
    """The names of who provides, by kind."""
    names = {agency.kind: agency.name for agency in Agency.objects.filter(area=by.area)}
    return {"health": names.get(AgencyKind.HEALTH, ""), "council": names.get(AgencyKind.SEND, ""), "school": ""}


def _write(by: Actor, one: Told, rows: _Rows, providers: dict[str, str]) -> None:
    """One child's plan with its versions."""
    officer = one.case.officer or by.user
    plan = Plan(area=by.area, child=one.child, case=one.case, section_set=set_on(one.newest).key, made_by=officer)
    rows.plans.append(plan)
    school = {"school": one.setting.name if one.setting else ""}
    writing = _Writing(by, one, plan, rows, quality_of(officer.pk), providers | school)
    if one.first and one.drafted and one.drafted <= one.first and (by.today - one.first).days < RECENT:
        writing.version(Stage.DRAFT, one.drafted, sent=True)
    if one.first:
        writing.version(Stage.FINAL, one.first)
    if one.amended and one.first and one.amended > one.first:
        writing.version(Stage.AMENDED_FINAL, one.amended)
    if one.proposed and one.in_force_from and one.proposed > one.in_force_from:
        writing.version(Stage.PROPOSED_AMENDMENT, one.proposed, sent=True)
    if not one.first:
        writing.version(Stage.DRAFT, one.drafted or by.today, sent=bool(one.drafted))


def quality_of(writer: UUID) -> float:
    """How well somebody writes, the same in every plan of theirs."""
    return WORST + (BEST - WORST) * random.Random(writer.int).random() ** 0.6


@dataclass
class _Writing:
    """The versions of one plan, one after another, with lineages that stay."""

    by: Actor
    one: Told
    plan: Plan
    rows: _Rows
    quality: float
    providers: dict[str, str]
    before: Version | None = None

    def version(self, stage: Stage, day: date, *, sent: bool = False) -> None:
        """One version. sent: a draft that went to the family on the day; a final was issued on it."""
        final = stage not in DRAFT_STAGES
        officer = self.one.case.officer or self.by.user
        number = self.before.number + 1 if self.before else 1
        made = Version(
            area=self.by.area, plan=self.plan, child=self.one.child, number=number,
            stage=stage, section_set=self.plan.section_set, supersedes=self.before, writer=officer,
            sent_on=day if sent else None,
            notice_on=day if sent and self.before else None, issued_on=day if final else None,
            signed_by=officer if final else None,
            reason="Annual review" if stage is Stage.AMENDED_FINAL else "",
        )  # fmt: skip
        self.before = made
        self.rows.versions.append(made)
        self._entries(made, self._sketch(day, final=final))

    def _sketch(self, day: date, *, final: bool) -> Sketch:
        child, setting = self.one.child, self.one.setting
        kind = (
            TYPES.get(SettingKind(setting.setting_kind), MAINSTREAM) if setting and setting.setting_kind else MAINSTREAM
        )
        person = Person(
            first_name=child.first_name, sex=child.sex, need=self.one.need, age=child.age_on(day), on=day,
            setting=setting.name if setting else "", setting_type=kind,
        )  # fmt: skip
        return sketch(person, quality=self.quality, final=final, dice=random.Random(child.pk.int))

    def _entries(self, version: Version, made: Sketch) -> None:
        lineages = {piece.key: uuid5(self.plan.pk, piece.key) for piece in made.pieces}
        places: dict[str, int] = {}
        for piece in made.pieces:
            place = places[piece.section] = places.get(piece.section, -1) + 1
            self.rows.entries.append(self._entry(version, piece, lineages[piece.key], place))
            self.rows.views += self._said(piece)
        self.rows.links += [
            Link(area=self.by.area, version=version, child=self.one.child, kind=kind, first=lineages[first],
                 second=lineages[second])
            for kind, first, second in made.links
            if first in lineages and second in lineages
        ]  # fmt: skip

    def _said(self, piece: Piece) -> list[ChildView]:
        """What the child said, kept on its own before it stood in the plan; good writers ask, others guess."""
        if piece.facts.get("said_by") != "child" or "said_on" not in piece.facts:
            return []
        return [
            ChildView(
                area=self.by.area, child=self.one.child, asked="What is good, what is hard, what comes next",
                method=Method.TALK, voice=Voice.HELPED, words=piece.text, on=date.fromisoformat(piece.facts["said_on"]),
                by=self.by.user,
            )
        ]  # fmt: skip

    def _entry(self, version: Version, piece: Piece, lineage: UUID, place: int) -> Entry:
        kind, found = Kind(piece.kind), piece.provision
        schedulable = None
        if found is not None:
            schedulable = not unscheduled(replace(found, reasons=())) if piece.is_typed else found.schedulable
        return Entry(
            area=self.by.area, version=version, child=self.one.child, lineage=lineage, section=piece.section, kind=kind,
            position=place, text=piece.text, details=clean_details(kind, _details(kind, piece.facts)),
            provision=provision_data(found) if found is not None else None, schedulable=schedulable,
            is_typed=piece.is_typed, provider=self.providers.get(piece.provider, ""), revision=1,
        )  # fmt: skip


def _details(kind: Kind, facts: dict[str, str]) -> dict[str, Any]:
    """The facts of a sketch under the names that an entry of the kind keeps."""
    if kind is Kind.ADVICE:
        return {"role": facts.get("by", ""), "dated": facts.get("on", ""), "attached": "yes"}
    return {DETAILS.get(name, name): value for name, value in facts.items()}
