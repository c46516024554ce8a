"""From the record to exactly what the family's page says. Nothing here counts a date of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kept.access.acting import Actor
from kept.access.models import Agency, AgencyKind
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.cases.access import ENDED
from kept.cases.folding import state_of
from kept.cases.models import Case
from kept.cases.queries import cases_seen
from kept.design.words import weekday
from kept.documents.models import Document
from kept.documents.queries import documents_of as papers_of
from kept.duties.models import Duty
from kept.duties.queries import duties_for
from kept.family.happening import Happening, happening, happenings
from kept.family.models import ChildView, LateNotice, Share, Story
from kept.family.words import BESIDE, STEP_OF, STEPS, YOUR_TURN, let_go_words, owed_words, owner_words, where_words
from kept.messages.actions import SOURCE as MESSAGES
from kept.messages.models import Thread
from kept.messages.queries import threads_of, threads_seen
from kept.people.models import Child
from kept.rules.process import CaseState, Overlay, Stage

MOST_SHOWN = 3
FINAL = len(STEPS)  # the step of a plan that is used
ON_THE_DRAFT = frozenset({"draft.representations", "amend.representations"})
APPEAL = "appeal.lodge"
PAST = frozenset({"overdue", "window_closed"})
SAID_NO = frozenset({Stage.NOT_ASSESSED, Stage.NO_PLAN, Stage.CEASE_PENDING})
NOTHING_TO_APPEAL = "There is nothing to appeal now. If we say no to you, the days to act will stand here."
NO_LETTER = "You can appeal. The days run from our letter, but no letter is on this record. Ask us for it now."
LATE = "overdue"
RUNNING = frozenset({"open", "due_soon", LATE})
# Owed by staff inside the service; the family meets it as the message or the notice itself.
INSIDE = frozenset({"partners", "whereabouts", "handover", "waiting_safety"})


@dataclass(frozen=True)
class Owed:
    """One thing that the family is owed, in plain words."""

    duty: Duty
    who: str
    what: str
    status: str
    told: LateNotice | None = None
    let_go: str = ""

    @property
    def days_late(self) -> int:
        """How late it was done; 0 unless it was."""
        if self.duty.met_on and self.duty.due_on:
            return max((self.duty.met_on - self.duty.due_on).days, 0)
        return 0

    @property
    def person(self) -> str:
        """Who holds it by name, "" when nobody does."""
        return self.duty.person.name if self.duty.person else ""


@dataclass(frozen=True)
class Turn:
    """Something that the family may do, until a day."""

    text: str
    due: date | None = None
    href: str = ""


def _where_to(clock: str, child_id: UUID) -> str:
    """Where the family does what a window is for."""
    return reverse("plans:draft_of", args=[child_id]) if clock in ON_THE_DRAFT else ""


@dataclass(frozen=True)
class FamilyPage:
    """All that the page says."""

    child: Child
    case: Case | None
    state: CaseState | None
    owed: Sequence[Owed]
    threads: Sequence[Thread]
    story: Story | None
    shares: Sequence[Share]
    views: Sequence[ChildView]
    support: Agency | None
    council: Agency | None
    today: date
    is_family: bool
    documents: Sequence[Document] = field(default_factory=list)
    happening: Happening | None = None
    follows: bool = False

    @property
    def stage(self) -> Stage:
        """Where the case stands."""
        return self.state.stage if self.state else Stage.NONE

    @property
    def where(self) -> str:
        """Where things stand, in a sentence or two."""
        return where_words(self.stage, self.child.first_name)

    @property
    def beside(self) -> list[str]:
        """What runs beside that."""
        found = sorted(self.state.overlays, key=lambda one: one.name) if self.state else []
        return [BESIDE[one] for one in found]

    @property
    def step(self) -> int | None:
        """Which of the steps it is; None when the way has ended or not begun."""
        return STEP_OF.get(self.stage)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps by name."""
        return STEPS

    @property
    def has_ended(self) -> bool:
        """Whether nothing runs any more."""
        return self.case is None or self.case.stage in ENDED

    @property
    def open(self) -> list[Owed]:
        """What is still owed, the earliest day first."""
        found = [one for one in self.owed if one.status in RUNNING]
        return sorted(found, key=lambda one: (one.duty.due_on or date.max, one.duty.pk))

    @property
    def steps_owed(self) -> list[Owed]:
        """What is still owed on the way itself, without replies to messages."""
        return [one for one in self.open if one.duty.source == "cases"]

    @property
    def after_that(self) -> list[Owed]:
        """The next steps after the first whose day is to come, without the ones of which the family was told."""
        to_come = [one for one in self.steps_owed[1:] if one.duty.due_on and one.status != LATE]
        return [one for one in to_come if not one.told][:MOST_SHOWN]

    @property
    def will_be_late(self) -> list[Owed]:
        """What the family was told will be late, and is still owed."""
        return [one for one in self.open if one.told]

    @property
    def late(self) -> list[Owed]:
        """What is late now."""
        return [one for one in self.open if one.status == LATE]

    @property
    def kept(self) -> list[Owed]:
        """What was done in time."""
        return [one for one in self.owed if one.status == "met"]

    @property
    def kept_late(self) -> list[Owed]:
        """What was done too late."""
        return [one for one in self.owed if one.status == "met_late"]

    @property
    def released(self) -> list[Owed]:
        """What the law let pass by an exception."""
        return [one for one in self.owed if one.status == "released"]

    @property
    def let_go(self) -> list[Owed]:
        """What the law let pass by an exception and is still to be done."""
        return [one for one in self.released if not one.duty.met_on and not one.duty.ended_on and self.step != FINAL]

    @property
    def turns(self) -> list[Turn]:
        """What the family may or should do now, the earliest day first."""
        return sorted(self._windows(), key=lambda turn: turn.due or date.max)

    def _windows(self) -> list[Turn]:
        if self.state is None:
            return []
        return [
            Turn(YOUR_TURN[clock.id], clock.due, _where_to(clock.id, self.child.pk))
            for clock in self.state.clocks
            if clock.id in YOUR_TURN
            and clock.status in {"open", "window_open"}
            and clock.due
            and clock.due >= self.today
        ]

    @property
    def rights(self) -> list[Turn]:
        """The days that matter for help and rights now."""
        return [turn for turn in self._windows() if "judge" in turn.text or "mediation" in turn.text]

    @property
    def no_rights(self) -> str:
        """Why no day to appeal is shown: an appeal runs, the day has passed, no letter went, or nothing was refused."""
        clocks = [one for one in self.state.clocks if one.id == APPEAL and one.due] if self.state else []
        last = max(clocks, key=lambda one: one.due or date.min, default=None)
        if self.state and Overlay.APPEAL in self.state.overlays:
            return "You have asked a judge already."
        if last is None:
            return NO_LETTER if self.stage in SAID_NO else NOTHING_TO_APPEAL
        if last.due and last.due < self.today and last.status in PAST:
            return f"The last day to appeal was {weekday(last.due)}. You can ask the judges to take it late."
        return NOTHING_TO_APPEAL


def latest_case(actor: Actor, child_id: UUID) -> Case | None:
    """The case that runs, or the last that ran."""
    found = cases_seen(actor).filter(child_id=child_id).select_related("child", "officer", "deputy", "team")
    return min(found.order_by("-opened_on", "-pk"), key=lambda case: case.stage in ENDED, default=None)


def family_page(actor: Actor, child: Child, *, is_family: bool) -> FamilyPage:
    """The page of one child. A constant number of queries."""
    case = latest_case(actor, child.pk)
    threads = list(threads_of(actor, child.pk)[:50])
    state = state_of(case, actor.today) if case else None
    bodies = list(agencies(actor, AgencyKind.SENDIASS, AgencyKind.SEND))
    return FamilyPage(
        child=child,
        case=case,
        state=state,
        owed=owed_to(actor, child, {thread.pk for thread in threads}),
        threads=threads,
        story=latest_story(actor, child.pk),
        shares=running_shares(actor, child.pk),
        views=list(ChildView.objects.filter(area=actor.area, child=child)[:MOST_SHOWN]),
        support=next((one for one in bodies if one.kind == AgencyKind.SENDIASS), None),
        council=next((one for one in bodies if one.kind == AgencyKind.SEND), None),
        today=actor.today,
        is_family=is_family,
        follows=actor.can(Can.FOLLOW_OWN),
        documents=documents_of(actor, child.pk),
        happening=happening(actor, child) if state and STEP_OF.get(state.stage) == FINAL else None,
    )


def owed_to(actor: Actor, child: Child, thread_ids: set[UUID]) -> list[Owed]:
    """Everything owed to a child in plain words; of replies to messages, those to the person who asks."""
    return owed_to_each(actor, [child], thread_ids)[child.pk]


def owed_to_each(actor: Actor, children: Sequence[Child], thread_ids: set[UUID]) -> dict[UUID, list[Owed]]:
    """The same for some children at once, by their keys. Two queries."""
    names = {child.pk: child.first_name for child in children}
    told = {one.duty_id: one for one in LateNotice.objects.filter(area=actor.area, child_id__in=names)}
    rows = duties_for(actor).filter(child_id__in=names).exclude(source__in=INSIDE)
    rows = rows.select_related("agency", "team", "person").order_by("due_on", "pk")
    known = {duty.pk: duty for duty in rows}
    found: dict[UUID, list[Owed]] = {pk: [] for pk in names}
    for duty in known.values():
        of = duty.child_id
        if of is None or (duty.source in {MESSAGES, "family.copy"} and duty.source_id not in thread_ids):
            continue
        words = _words(duty, known.get(duty.source_id), names[of])
        why = let_go_words(duty.rule, duty.released_by, names[of]) if duty.released_by else ""
        who = owner_words(duty.owed_by)
        found[of].append(Owed(duty=duty, who=who, what=words, status=duty.status, told=told.get(duty.pk), let_go=why))
    return found


@dataclass(frozen=True)
class Overview:
    """One child among several: where things stand, the next step, what is late."""

    child: Child
    where: str
    next: Owed | None
    late: int
    to_come: int
    happening: Happening | None = None


def overviews(actor: Actor, children: Sequence[Child]) -> list[Overview]:
    """Where things stand with each child. A constant number of queries."""
    keys = [child.pk for child in children]
    cases: dict[UUID, Case] = {}
    for case in cases_seen(actor).filter(child_id__in=keys).order_by("opened_on", "pk"):
        held = cases.get(case.child_id)
        if held is None or held.stage in ENDED or case.stage not in ENDED:
            cases[case.child_id] = case
    threads = set(threads_seen(actor).filter(child_id__in=keys).values_list("pk", flat=True))
    owed = owed_to_each(actor, children, threads)
    used = [pk for pk, case in cases.items() if STEP_OF.get(Stage[case.stage]) == FINAL]
    came = happenings(actor, used) if used else {}
    return [_overview(child, cases.get(child.pk), owed[child.pk], came.get(child.pk)) for child in children]


def _overview(child: Child, case: Case | None, owed: Sequence[Owed], came: Happening | None) -> Overview:
    running = sorted(
        (one for one in owed if one.status in RUNNING), key=lambda one: (one.duty.due_on or date.max, one.duty.pk)
    )
    late = sum(one.status == LATE for one in running)
    return Overview(
        child=child,
        where=where_words(Stage[case.stage] if case else Stage.NONE, child.first_name),
        next=next((one for one in running if one.duty.source == "cases"), None),
        late=late,
        to_come=len(running) - late,
        happening=came,
    )


def _words(duty: Duty, about: Duty | None, name: str) -> str:
    """What is owed; a promise to tell of a delay says of what."""
    if duty.rule == "family.tell_before" and about is not None:
        body = owner_words(about.owed_by)
        who = "we" if body == "The council" else body
        return f"tell you in good time if {who} cannot {owed_words(about.rule, about.what, name)} by the day"
    return owed_words(duty.rule, duty.what, name)


def documents_of(actor: Actor, child_id: UUID) -> list[Document]:
    """The latest documents that the person may see."""
    return list(papers_of(actor, child_id)[:MOST_SHOWN])


def latest_story(actor: Actor, child_id: UUID) -> Story | None:
    """The family's story as it stands, for those who may read it."""
    return Story.objects.filter(area=actor.area, child_id=child_id).order_by("-at", "-pk").first()


def story_words(actor: Actor, child_id: UUID) -> str:
    """The words of the story, for the forms of other services; empty for those who may not read it."""
    found = latest_story(actor, child_id)
    return found.text if found else ""


def running_shares(actor: Actor, child_id: UUID) -> list[Share]:
    """With whom the story is shared today."""
    found = Share.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today), area=actor.area, child_id=child_id
    )
    return list(
        found.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=timezone.now()))
        .select_related("agency")
        .order_by("agency__name")
    )
