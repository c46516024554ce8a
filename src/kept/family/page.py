"""From the record to exactly what the family's page says. Nothing here counts a date of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kept.access.acting import Actor
from kept.access.models import Agency, AgencyKind
from kept.access.queries import agencies
from kept.access.roles import Can
from kept.cases.access import ENDED
from kept.cases.folding import state_of
from kept.cases.models import Case
from kept.cases.queries import cases_seen
from kept.documents.models import Document
from kept.documents.queries import documents_of as papers_of
from kept.duties.models import Duty
from kept.duties.queries import of_child
from kept.family.models import ChildView, LateNotice, Share, Story
from kept.family.words import BESIDE, STEP_OF, STEPS, YOUR_TURN, owed_words, owner_words, where_words
from kept.messages.actions import SOURCE as MESSAGES
from kept.messages.models import Thread, WaitingFor
from kept.messages.queries import threads_of
from kept.people.models import Child
from kept.rules.process import CaseState, Stage

MOST_SHOWN = 3
ON_THE_DRAFT = frozenset({"draft.representations", "amend.representations"})
LATE, DONE = "overdue", frozenset({"met", "met_late"})
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
        found = [one for one in self.owed if one.status in {"open", "due_soon", LATE}]
        return sorted(found, key=lambda one: (one.duty.due_on or date.max, one.duty.pk))

    @property
    def steps_owed(self) -> list[Owed]:
        """What is still owed on the way itself, without replies to messages."""
        return [one for one in self.open if one.duty.source == "cases"]

    @property
    def after_that(self) -> list[Owed]:
        """The next steps after the first, those with a day, without the ones of which the family was told."""
        return [one for one in self.steps_owed[1:] if one.duty.due_on and not one.told][:MOST_SHOWN]

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
    def turns(self) -> list[Turn]:
        """What the family may or should do now, the earliest day first."""
        found = [*self._windows(), *self._replies()]
        return sorted(found, key=lambda turn: turn.due or date.max)

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

    def _replies(self) -> list[Turn]:
        return []

    @property
    def rights(self) -> list[Turn]:
        """The days that matter for help and rights now."""
        return [turn for turn in self._windows() if "judge" in turn.text or "mediation" in turn.text]


def latest_case(actor: Actor, child_id: UUID) -> Case | None:
    """The case that runs, or the last that ran."""
    found = cases_seen(actor).filter(child_id=child_id).select_related("child", "officer", "deputy", "team")
    return min(found.order_by("-opened_on", "-pk"), key=lambda case: case.stage in ENDED, default=None)


def family_page(actor: Actor, child: Child, *, is_family: bool) -> FamilyPage:
    """The page of one child. A constant number of queries."""
    case = latest_case(actor, child.pk)
    threads = list(threads_of(actor, child.pk)[:50])
    bodies = list(agencies(actor, AgencyKind.SENDIASS, AgencyKind.SEND))
    return FamilyPage(
        child=child,
        case=case,
        state=state_of(case, actor.today) if case else None,
        owed=owed_to(actor, child, {thread.pk for thread in threads}),
        threads=threads,
        story=latest_story(actor, child.pk),
        shares=running_shares(actor, child.pk),
        views=list(ChildView.objects.filter(area=actor.area, child=child)[:MOST_SHOWN]),
        support=next((one for one in bodies if one.kind == AgencyKind.SENDIASS), None),
        council=next((one for one in bodies if one.kind == AgencyKind.SEND), None),
        today=actor.today,
        is_family=is_family,
        documents=documents_of(actor, child.pk),
    )


def owed_to(actor: Actor, child: Child, thread_ids: set[UUID]) -> list[Owed]:
    """Everything owed to a child in plain words; of replies to messages, those to the person who asks."""
    told = {notice.duty_id: notice for notice in LateNotice.objects.filter(area=actor.area, child=child)}
    duties = list(of_child(actor, child.pk).exclude(source__in=INSIDE))
    known = {duty.pk: duty for duty in duties}
    return [
        Owed(
            duty=duty,
            who=owner_words(duty.owed_by),
            what=_words(duty, known.get(duty.source_id), child.first_name),
            status=duty.status,
            told=told.get(duty.pk),
        )
        for duty in duties
        if duty.source not in {MESSAGES, "family.copy"} or duty.source_id in thread_ids
    ]


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


@dataclass(frozen=True)
class Answer:
    """One of the eight questions, with its answer or the honest word that there is none yet."""

    question: str
    text: str
    href: str = ""
    link: str = ""
    is_known: bool = True


NOT_YET = "This is not yet in this record."


def answers(actor: Actor, page: FamilyPage) -> list[Answer]:
    """The eight questions that every family asks, answered from the record as it is today."""
    child = page.child
    owed = reverse("family:owed", args=[child.pk])
    who = page.case.officer.name if page.case and page.case.officer else ""
    first = next(iter(page.steps_owed), None)
    next_words = (
        f"{first.who} must {first.what}. The day is {_day(first.duty.due_on)}." if first else "No step is owed now."
    )
    return [
        Answer("Who has my case?", f"{who} has it." if who else "Nobody has it yet. Ask us who will."),
        Answer("What is next, and when?", next_words),
        Answer("What are we owed?", "Every promise, kept or late, is on one page.", owed, "What we owe you"),
        _service("Is it happening?", "plans:promised", child, "What the plan says, and what was given"),
        _service("How long is the wait?", "waiting:wait_of", child, "Your place in the list"),
        _service("Where is the transport?", "transport:journey_of", child, "Today’s journey"),
        Answer(
            "Who looked?",
            "You can see each person who opened this record, and why.",
            reverse("records:who_looked", args=[child.pk]) if page.is_family else "",
            "Who looked",
        ),
        _service("Did what was promised work?", "plans:outcomes_of", child, "What changed"),
    ]


def _service(question: str, name: str, child: Child, link: str) -> Answer:
    try:
        href = reverse(name, args=[child.pk])
    except NoReverseMatch:
        return Answer(question, NOT_YET, is_known=False)
    return Answer(question, "You can see it here.", href, link)


def _day(value: date | None) -> str:
    from kept.design.words import day

    return day(value, "not set")


def waits_for_family(threads: Sequence[Thread]) -> list[Thread]:
    """Conversations in which the council answered and the family may write again."""
    return [thread for thread in threads if thread.waiting_for == WaitingFor.THEM]


def may_work(actor: Actor) -> bool:
    """Whether staff of the case team look at the family's page."""
    return actor.can(Can.WORK_CASES)
