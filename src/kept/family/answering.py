"""The questions that every family asks, each with its answer from the record as it is today.

The first eight are those that families ask most; the rest follow them. An answer says the thing itself, and links to
the page where all of it stands. What no service answers yet says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from kept.access.acting import Actor
from kept.access.trails.queries import who_looked
from kept.design.words import counted, how_far, weekday
from kept.family.letters import letters_of
from kept.people.models import Child

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kept.access.models import Reading
    from kept.family.owed import Owed
    from kept.family.page import FamilyPage

NOT_YET = "This is not yet in this record. Ask us."
EIGHT = (
    "Who has my case?",
    "What is next, and when?",
    "What are we owed?",
    "Is it happening?",
    "What have you written about us?",
    "Who looked?",
    "How do we complain or appeal?",
    "Who else can help?",
)
LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Link:
    """A way on: its words and its address."""

    text: str
    href: str


@dataclass(frozen=True)
class Answer:
    """One question with its answer, sentence by sentence, or the honest word that there is none yet."""

    question: str
    said: tuple[str, ...]
    links: tuple[Link, ...] = ()
    is_known: bool = True


def answers(actor: Actor, page: FamilyPage) -> list[Answer]:
    """The eight questions in order, then those that some families ask."""
    eight = (
        _who(page),
        _next(page),
        _owed(page),
        _happening(page),
        _written(actor, page),
        _looked(actor, page),
        _unhappy(page),
        _help(page),
    )
    return [
        *(Answer(question, *answer) for question, answer in zip(EIGHT, eight, strict=True)),
        _service(page, "How long is the wait?", "waiting:wait_of", "Each waiting list, and how long it is"),
        _service(page, "Did what was promised work?", "plans:outcomes_of", "What should change, and did it?"),
        _service(page, "Where is the transport?", "transport:journey_of", "Today’s journey"),
    ]


Said = tuple[tuple[str, ...], tuple[Link, ...]]


def _own(page: FamilyPage, *links: Link) -> tuple[Link, ...]:
    """Links that only the family may follow; none for staff who look at the page with it."""
    return links if page.is_family else ()


def _followers(page: FamilyPage, *links: Link) -> tuple[Link, ...]:
    """Links for the family and for whoever helps it; none for staff."""
    return links if page.follows else ()


def _to(name: str, child: Child, text: str) -> Link:
    return Link(text, reverse(name, args=[child.pk]))


def _who(page: FamilyPage) -> Said:
    case, child = page.case, page.child
    officer = case.officer.name if case and case.officer else ""
    said = [f"{officer} {'had' if page.is_over else 'has'} it." if officer else "Nobody has it yet. Ask us who will."]
    if officer and case and not page.is_over:
        first = officer.split(" ")[0]
        said.append(
            f"{case.deputy.name} stands in if {first} is away."
            if case.deputy
            else f"Nobody stands in yet when {first} is away."
        )
    if page.council and page.council.phone:
        said.append(f"Call {page.council.phone}.")
    return tuple(said), _followers(page, _to("family:write", child, f"Write to {officer or 'us'}"))


def step_words(one: Owed, page: FamilyPage) -> str:
    """One step with its day: when it is to come, how late it is, and the new day of which the family was told."""
    what, due = f"{one.who} {one.must} {one.what}.", one.duty.due_on
    if one.only_if:
        what = f"{what} Only {one.only_if}."
    if due is None:
        return f"{what} The law sets no day."
    if due >= page.today:
        when = f"By {weekday(due)}. That is {how_far(due, page.today)}."
    else:
        when = f"The day was {weekday(due)}. It is {counted((page.today - due).days, 'day')} late."
    if one.told:
        missed = " We missed that too." if one.told.new_date < page.today else ""
        when = f"{when} We told you of a new day, {weekday(one.told.new_date)}.{missed}"
    return f"{what} {when}"


def _next(page: FamilyPage) -> Said:
    first = next(iter(page.steps_owed), None)
    return (step_words(first, page) if first else page.nothing_next,), ()


def _owed(page: FamilyPage) -> Said:
    late, to_come = len(page.late), len(page.open) - len(page.late)
    now = f"{counted(late, 'promise is', 'promises are')} late now." if late else "No promise is late now."
    then = f"{counted(to_come, 'is', 'are')} still to come." if to_come else "Nothing is still to come."
    return (now, then), (_to("family:owed", page.child, "Every promise, kept or late"),)


def _happening(page: FamilyPage) -> Said:
    child = page.child
    if page.happening is None:
        return ("There is no plan now, so no plan promises help. School must still help.",), ()
    promised = _to("plans:promised", child, "What the plan promises")
    said = page.happening.said or ("Nothing was counted yet. We do not know if the help came.",)
    term = page.happening.term
    head = (f"{term[:1].upper()}{term[1:]}.",) if term and page.happening.said else ()
    return (*head, *said), (
        *_followers(page, _to("delivery:family", child, "What came each week, and your say")),
        promised,
    )


def _written(actor: Actor, page: FamilyPage) -> Said:
    child = page.child
    if not page.is_family:
        return ("The family finds its letters, the plan and the record here.",), ()
    sent = len(letters_of(actor, child.pk))
    said = (
        f"We sent you {counted(sent, 'letter')} from this record." if sent else "No letter went to you from here yet."
    )
    return (said, "You can read the record, and ask for a copy of all of it."), (
        _to("family:letters", child, "The plan and your letters"),
        _to("people:child", child, f"What we know of {page.called}"),
        _to("subject_access:ask", child, "Ask for a copy of all we hold"),
        _to("subject_access:corrections", child, "Say that something is wrong"),
    )


def _looked(actor: Actor, page: FamilyPage) -> Said:
    if not page.is_family:
        return ("The family can see each person who opened this record, and why.",), ()
    since = actor.today - LOOKED_BACK
    others = who_looked(actor, page.child.pk).filter(at__date__gte=since).exclude(person=actor.user)
    number = _people(others)
    who = f"Besides you, {counted(number, 'person', 'people')}" if number else "Nobody but you"
    said = f"{who} opened this record in the last {LOOKED_BACK.days} days."
    return (said,), (
        _to("records:who_looked", page.child, "Who looked, when and why"),
        _to("records:sharing", page.child, "Who may see it"),
    )


def _people(rows: QuerySet[Reading]) -> int:
    return rows.order_by().values("person_id").distinct().count()


def _unhappy(page: FamilyPage) -> Said:
    days = tuple(f"{turn.text} You have until {weekday(turn.due)}." for turn in page.rights)
    said = days or (page.no_rights,)
    return (*said, "You can complain at any time."), (
        _to("family:help", page.child, "How to complain, talk it over or appeal"),
    )


def _help(page: FamilyPage) -> Said:
    child, support = page.child, page.support
    said = "People who do not work for us can help. It is free."
    if support:
        said = f"{support.name} can help. It is free." + (f" Call {support.phone}." if support.phone else "")
    return (said,), (
        _to("family:help", child, "Help and your rights"),
        *_own(page, _to("administration:invite_advocate", child, "Invite somebody to help you")),
        Link("Find help near you (Local Offer)", reverse("offer:choose")),
    )


def _service(page: FamilyPage, question: str, name: str, link: str) -> Answer:
    child, follows = page.child, page.follows
    try:
        href = reverse(name, args=[child.pk])
    except NoReverseMatch:
        asking = (Link("Write to us", reverse("family:write", args=[child.pk])),) if follows else ()
        return Answer(question, (NOT_YET,), asking, is_known=False)
    return Answer(question, ("You can see it here.",), (Link(link, href),))
