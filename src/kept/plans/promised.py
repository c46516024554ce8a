"""What the plan in force promises a child now, in plain words; and what its outcomes are and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.access.acting import Actor
from kept.plans.facts import WholeEntry, WholePlan, unscheduled
from kept.plans.queries import plan_in_force
from kept.plans.section_sets import Section
from kept.plans.words import Kind
from kept.reviews.outcomes import Measured, measured
from kept.rules.plans import Provision, read_provision
from kept.rules.plans.compare_help import amount_words, length_words, ratio_words
from kept.rules.plans.dates import dates
from kept.rules.plans.text import normal

_PLACES = {
    "class": "In class",
    "withdrawn": "In a quiet place outside class",
    "home": "At home",
    "clinic": "At the clinic",
}


@dataclass(frozen=True)
class Promise:
    """One promise of help: who gives what, how often, and what it leaves open."""

    entry: WholeEntry
    label: str
    title: str
    facts: Sequence[tuple[str, str]]
    open: Sequence[str]
    is_over: bool = False
    not_begun: bool = False


@dataclass(frozen=True)
class PromisedIn:
    """The promises of one section, with who must see to them."""

    section: Section
    promises: Sequence[Promise]

    @property
    def must(self) -> str:
        """Who must see to it, at the start of a sentence."""
        return self.section.secured_by[:1].upper() + self.section.secured_by[1:]


@dataclass(frozen=True)
class Promised:
    """All that the plan in force promises on a day."""

    whole: WholePlan
    sections: Sequence[PromisedIn]

    @property
    def count(self) -> int:
        """How many promises there are."""
        return sum(len(one.promises) for one in self.sections)

    @property
    def loose(self) -> int:
        """How many of them nobody can count."""
        return sum(bool(promise.open) for one in self.sections for promise in one.promises)


def promised_to(actor: Actor, child_id: UUID, on: date | None = None) -> Promised | None:
    """What is promised to a child on a day (today unless given); None where no plan is in force."""
    day = on or actor.today
    whole = plan_in_force(actor, child_id, day)
    if whole is None:
        return None
    labels = whole.labels
    sections = [
        PromisedIn(
            section,
            [
                _promise(entry, labels[entry.lineage], day)
                for entry in whole.of_section(section.code)
                if entry.kind is Kind.PROVISION
            ],
        )
        for section in whole.section_set.of_role("provision")
    ]
    return Promised(whole, [one for one in sections if one.promises])


def _promise(entry: WholeEntry, label: str, day: date) -> Promise:
    known = entry.provision if entry.provision and not entry.read_by_machine else read_provision(entry.text)
    typed = entry.provision is not None and not entry.read_by_machine
    gaps = unscheduled(known) if typed else known.reasons
    title = known.service[:1].upper() + known.service[1:] if known.service else label
    return Promise(
        entry=entry,
        label=label,
        title=title,
        facts=promise_facts(known),
        open=list(gaps),
        is_over=bool(known.end and known.end < day),
        not_begun=bool(known.start and known.start > day),
    )


def _day(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def promise_facts(known: Provision) -> list[tuple[str, str]]:
    """The typed facts of a promise as pairs of a plain question and its answer; only what is said."""
    who = known.role[:1].upper() + known.role[1:]
    if known.expertise:
        who += f", trained in {known.expertise}"
    if known.supervised_by:
        who += f", watched over by the {known.supervised_by}"
    much = amount_words(known)
    minutes = known.minutes_a_year
    when = {"term time": "In term time", "year-round": "All year"}.get(known.weeks, known.weeks)
    steps = [f"until {_day(one.until)}: {one.minutes} minutes" for one in known.steps]
    found = (
        ("Who gives it", who),
        ("How much", much[:1].upper() + much[1:]),
        ("In a school year", length_words(minutes) if minutes and much else ""),
        ("Then", "; ".join(steps)),
        ("With whom", ratio_words(known.ratio)[:1].upper() + ratio_words(known.ratio)[1:] if known.ratio else ""),
        ("When", when),
        ("Where", _PLACES.get(known.place, known.place)),
        ("From", _day(known.start) if known.start else ""),
        ("Until", _day(known.end) if known.end else ""),
        ("What for", known.focus),
        ("Who checks it", f"The {known.review.who} {known.review.interval}".strip() if known.review else ""),
    )
    return [(question, answer) for question, answer in found if answer]


@dataclass(frozen=True)
class Aim:
    """One outcome: by when, from where, and what was measured since."""

    entry: WholeEntry
    label: str
    by: date | None
    news: Sequence[Measured]

    @property
    def baseline(self) -> str:
        """Where the child started from."""
        return str(self.entry.details.get("baseline", ""))

    @property
    def measure(self) -> str:
        """How anybody will know."""
        return str(self.entry.details.get("measure", ""))


def outcomes_of(actor: Actor, child_id: UUID) -> tuple[WholePlan, list[Aim]] | None:
    """The outcomes of the plan in force with what became of each; None where no plan is in force."""
    whole = plan_in_force(actor, child_id, actor.today)
    if whole is None:
        return None
    news, labels = measured(actor, child_id), whole.labels
    aims = [
        Aim(entry, labels[entry.lineage], _by(entry), news.get(entry.lineage, ()))
        for entry in whole.of_kind(Kind.OUTCOME)
    ]
    return whole, aims


def _by(entry: WholeEntry) -> date | None:
    """The day that its field or else its words give."""
    try:
        return date.fromisoformat(str(entry.details.get("by", "")))
    except ValueError:
        found = dates(normal(entry.text))
        return found[-1].on if found else None
