"""What a child is owed, in the family's words: who, what, by when, and what was told of a delay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kept.access.acting import Actor
from kept.duties.models import Duty
from kept.duties.queries import duties_for
from kept.family.models import LateNotice
from kept.family.words import inside_owner, let_go_words, only_if, owed_words, owner_words
from kept.messages.actions import SOURCE as MESSAGES
from kept.messages.posting import SOURCE as POSTED
from kept.people.models import Child
from kept.rules.process.status import never_done
from kept.rules.process.table import clocks

LATE = "overdue"
TOO_LATE = frozenset({LATE, "met_late"})
PAIR = {"acknowledge", "answer"}  # what one message makes owed
RUNNING = frozenset({"open", "due_soon", LATE})
# What belongs to a conversation is told to whom it is with and to nobody else of the family.
TALK = frozenset({MESSAGES, POSTED, "family.copy"})
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
    condition: str = ""

    @property
    def must(self) -> str:
        """The verb: what is over "had to" be done."""
        return "had to" if self.status in {"met", "met_late", "released"} else "must"

    @property
    def inside(self) -> str:
        """Who owes it, inside a sentence."""
        return inside_owner(self.who)

    @property
    def only_if(self) -> str:
        """What must be decided first, as words that follow "only"; nothing once it is late."""
        return self.condition if self.status in RUNNING - {LATE} else ""

    @property
    def days_late(self) -> int:
        """How late it was done; 0 unless it was."""
        if self.duty.met_on and self.duty.due_on:
            return max((self.duty.met_on - self.duty.due_on).days, 0)
        return 0

    @property
    def never_done(self) -> bool:
        """Whether its day passed without it, and it can no longer be done. A limit that the law set aside is none."""
        duty, clock = self.duty, clocks().get(self.duty.rule) if self.duty.source == "cases" else None
        over = clock is not None and never_done(clock, duty.due_on, duty.ended_on, duty.ended_because)
        return self.status == "ended" and duty.is_statutory and over

    @property
    def person(self) -> str:
        """Who holds it by name, "" when nobody does."""
        return self.duty.person.name if self.duty.person else ""


def owed_to(actor: Actor, child: Child, thread_ids: set[UUID], *, called: str) -> list[Owed]:
    """Everything owed to a child in plain words; of replies to messages, those to the person who asks.

    called: the child's name, or `YOU` for the young person themself.
    """
    return _owed_to(actor, {child.pk: called}, thread_ids)[child.pk]


def owed_to_each(actor: Actor, children: Sequence[Child], thread_ids: set[UUID]) -> dict[UUID, list[Owed]]:
    """The same for some children at once, by their keys. Two queries."""
    return _owed_to(actor, {child.pk: child.first_name for child in children}, thread_ids)


def _owed_to(actor: Actor, names: Mapping[UUID, str], thread_ids: set[UUID]) -> dict[UUID, list[Owed]]:
    told = {one.duty_id: one for one in LateNotice.objects.filter(area=actor.area, child_id__in=names)}
    rows = duties_for(actor).filter(child_id__in=names).exclude(source__in=INSIDE)
    rows = rows.select_related("agency", "team", "person").order_by("due_on", "pk")
    known = {duty.pk: duty for duty in rows}
    for told_by_the_answer in _told_by_the_answer(known.values()):
        del known[told_by_the_answer]
    found: dict[UUID, list[Owed]] = {pk: [] for pk in names}
    undecided: dict[UUID | None, set[str]] = defaultdict(set)
    for duty in known.values():
        if duty.status in RUNNING:
            undecided[duty.child_id].add(duty.rule)
    for duty in known.values():
        of = duty.child_id
        if of is None or (duty.source in TALK and duty.source_id not in thread_ids):
            continue
        words = _words(duty, known.get(duty.source_id), names[of])
        why = let_go_words(duty.rule, duty.released_by, names[of]) if duty.released_by else ""
        who = owner_words(duty.owed_by)
        condition = only_if(duty.rule, undecided[of])
        one = Owed(duty, who, words, duty.status, told=told.get(duty.pk), let_go=why, condition=condition)
        found[of].append(one)
    return found


def _told_by_the_answer(duties: Iterable[Duty]) -> set[UUID]:
    """The words that a message has come, where the answer says all: one message is late once, not twice.

    While both are late, and where one reply was too late for both.
    """
    both: dict[tuple[UUID, str], dict[str, Duty]] = defaultdict(dict)
    for duty in duties:
        if duty.source == MESSAGES:
            what, _, turn = duty.key.partition("#")
            both[duty.source_id, turn][what] = duty
    pairs = [(one["acknowledge"], one["answer"]) for one in both.values() if one.keys() >= PAIR]
    return {
        said.pk for said, answer in pairs if said.status == answer.status in TOO_LATE and said.met_on == answer.met_on
    }


def _words(duty: Duty, about: Duty | None, name: str) -> str:
    """What is owed; a promise to tell of a delay says of what."""
    if duty.rule == "family.tell_before" and about is not None:
        who = inside_owner(owner_words(about.owed_by))
        return f"warn you in good time if {who} will be late to {owed_words(about.rule, about.what, name)}"
    return owed_words(duty.rule, duty.what, name)
