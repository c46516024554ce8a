"""From the record to exactly what the family's page says. Nothing here counts a date of the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from kept.family.happening import Happening, happening, happenings
from kept.family.models import ChildView, Share, Story
from kept.family.owed import LATE, RUNNING, Owed, owed_to, owed_to_each
from kept.family.words import (
    BESIDE,
    DISAGREE,
    DISAGREE_WITH,
    JUDGES_STEP,
    NO_STEP,
    NOTHING_OWED,
    STEP_OF,
    STEPS,
    YOU,
    YOUR_STEP,
    YOUR_TURN,
    said_of,
    where_words,
)
from kept.messages.models import Thread
from kept.messages.queries import threads_of, threads_seen
from kept.people.models import Child
from kept.rules.calendar import ENGLAND
from kept.rules.process import CaseState, Overlay, Stage

MOST_SHOWN = 3
FINAL = len(STEPS)  # the step of a plan that is used
ON_THE_DRAFT = frozenset({"draft.representations", "amend.representations"})
APPEAL = "appeal.lodge"
ADVISER = "mediation.contact_adviser"
TO_A_JUDGE = "How to ask a judge"
PAST = frozenset({"overdue", "window_closed"})
SAID_NO = frozenset({Stage.NOT_ASSESSED, Stage.NO_PLAN, Stage.CEASE_PENDING})
NOTHING_TO_APPEAL = "There is nothing to appeal now. If we say no to you, the days to act will stand here."
NO_LETTER = "You can appeal. The days run from our letter, but no letter is on this record. Ask us for it now."


@dataclass(frozen=True)
class Turn:
    """Something that the family may do, until a day."""

    text: str
    due: date | None = None
    href: str = ""
    link: str = ""
    is_call: bool = False

    @property
    def by_then(self) -> date | None:
        """The last working day before a day on which nobody answers the phone; None when no call is needed."""
        if not self.is_call or self.due is None or ENGLAND.is_working_day(self.due):
            return None
        return ENGLAND.on_or_before(self.due)


def _turn(clock: str, due: date | None, child_id: UUID, stage: Stage) -> Turn:
    """One thing that the family may do, with where it does it or reads how."""
    rights = reverse("family:help", args=[child_id])
    if clock in ON_THE_DRAFT:
        href, link = reverse("plans:draft_of", args=[child_id]), "Read the draft and say what you think"
    elif clock == APPEAL:
        href, link = f"{rights}#appeal", TO_A_JUDGE
    elif clock == ADVISER:
        href, link = f"{rights}#mediation", "How to reach the adviser"
    else:
        href, link = "", ""
    text = YOUR_TURN[clock].replace(DISAGREE, DISAGREE_WITH.get(stage, DISAGREE))
    return Turn(text, due, href, link, is_call=clock == ADVISER)


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
    is_own: bool = False

    @property
    def called(self) -> str:
        """The child's name, or "you" for the young person who reads the page."""
        return YOU if self.is_own else self.child.first_name

    @property
    def stage(self) -> Stage:
        """Where the case stands."""
        return self.state.stage if self.state else Stage.NONE

    @property
    def where(self) -> str:
        """Where things stand, in a sentence or two; of a refusal, until when a judge can be asked."""
        said = where_words(self.stage, self.called)
        if self.stage not in SAID_NO or self.is_before_judges:
            return said
        until = next((turn.due for turn in self.rights if turn.link == TO_A_JUDGE), None)
        judge = f"You can ask a judge to look at this until {weekday(until)}." if until else self.no_rights
        return f"{said} {judge}"

    @property
    def is_before_judges(self) -> bool:
        """Whether an appeal runs."""
        return self.state is not None and Overlay.APPEAL in self.state.overlays

    @property
    def nothing_next(self) -> str:
        """What is to be said when no step is owed: whose turn it is, or what may be asked."""
        if self.is_before_judges:
            return JUDGES_STEP
        if self.turns:
            return YOUR_STEP
        return said_of(NOTHING_OWED.get(self.stage, NO_STEP), self.called)

    @property
    def is_over(self) -> bool:
        """Whether the officer had the case and has it no more: what was refused can still be asked of them."""
        return self.has_ended and self.stage not in SAID_NO

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
        """What was done in time, the latest first."""
        return _latest_first(one for one in self.owed if one.status == "met")

    @property
    def kept_late(self) -> list[Owed]:
        """What was done too late, the latest first."""
        return _latest_first(one for one in self.owed if one.status == "met_late")

    @property
    def never_done(self) -> list[Owed]:
        """What was not done by its day and can no longer be, the latest first."""
        found = [one for one in self.owed if one.never_done]
        return sorted(found, key=lambda one: (one.duty.due_on or date.min, one.duty.pk), reverse=True)

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
            _turn(clock.id, clock.due, self.child.pk, self.stage)
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
        if self.is_before_judges:
            return "You have asked a judge already."
        if last is None:
            return NO_LETTER if self.stage in SAID_NO else NOTHING_TO_APPEAL
        if last.due and last.due < self.today and last.status in PAST:
            again = " When we check or change the plan, new days begin." if self.step == FINAL else ""
            return f"The last day to appeal was {weekday(last.due)}. You can ask the judges to take it late.{again}"
        return NOTHING_TO_APPEAL


def _latest_first(done: Iterable[Owed]) -> list[Owed]:
    return sorted(done, key=lambda one: one.duty.met_on or date.min, reverse=True)


def latest_case(actor: Actor, child_id: UUID) -> Case | None:
    """The case that runs, or the last that ran."""
    found = cases_seen(actor).filter(child_id=child_id).select_related("child", "officer", "deputy", "team")
    return min(found.order_by("-opened_on", "-pk"), key=lambda case: case.stage in ENDED, default=None)


def family_page(actor: Actor, child: Child, *, is_family: bool, is_own: bool = False) -> FamilyPage:
    """The page of one child. is_own: the young person themself reads it. A constant number of queries."""
    case = latest_case(actor, child.pk)
    threads = list(threads_of(actor, child.pk)[:50])
    state = state_of(case, actor.today) if case else None
    bodies = list(agencies(actor, AgencyKind.SENDIASS, AgencyKind.SEND))
    return FamilyPage(
        child=child,
        case=case,
        state=state,
        owed=owed_to(actor, child, {thread.pk for thread in threads}, called=YOU if is_own else child.first_name),
        threads=threads,
        story=latest_story(actor, child.pk),
        shares=running_shares(actor, child.pk),
        views=list(ChildView.objects.filter(area=actor.area, child=child)[:MOST_SHOWN]),
        support=next((one for one in bodies if one.kind == AgencyKind.SENDIASS), None),
        council=next((one for one in bodies if one.kind == AgencyKind.SEND), None),
        today=actor.today,
        is_family=is_family,
        is_own=is_own,
        follows=actor.can(Can.FOLLOW_OWN),
        documents=documents_of(actor, child.pk),
        happening=happening(actor, child) if state and STEP_OF.get(state.stage) == FINAL else None,
    )


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


def _where(stage: Stage, name: str) -> str:
    """Where things stand with one child among several; the day of a right to appeal is on the child's own page."""
    more = f" Open {name}’s page to see what you can do, and until when." if stage in SAID_NO else ""
    return where_words(stage, name) + more


def _overview(child: Child, case: Case | None, owed: Sequence[Owed], came: Happening | None) -> Overview:
    running = sorted(
        (one for one in owed if one.status in RUNNING), key=lambda one: (one.duty.due_on or date.max, one.duty.pk)
    )
    late = sum(one.status == LATE for one in running)
    return Overview(
        child=child,
        where=_where(Stage[case.stage] if case else Stage.NONE, child.first_name),
        next=next((one for one in running if one.duty.source == "cases"), None),
        late=late,
        to_come=len(running) - late,
        happening=came,
    )


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
