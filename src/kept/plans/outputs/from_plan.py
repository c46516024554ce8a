"""The printed plan, drawn from the plan's facts."""

from __future__ import annotations

from datetime import date

from kept.design.words import day
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.outputs import saying
from kept.plans.outputs.paper import Item, Pair, Paper, Section, Table
from kept.plans.words import Kind

UNCONFIRMED = "Read by machine, not yet confirmed"
WORDS_OF_DETAILS: dict[str, str] = {
    "whose": "Whose view",
    "gathered_on": "Given on",
    "method": "How it was given",
    "measure": "How we will know",
    "baseline": "Where things stand now",
    "by": "By when",
    "phase": "Phase",
    "author": "Written by",
    "role": "Role",
    "dated": "Dated",
}
DAYS = frozenset({"gathered_on", "by", "dated"})
EMPTY = {
    "placement": "No school or other place is named here.",
    "payments": "No direct payment is made.",
}


def stamp_of(plan: WholePlan) -> str:
    """What every page must say first: a draft, or a version that holds no more. Empty for a plan in force."""
    if plan.ceased_on:
        return f"Ceased on {day(plan.ceased_on)}: not in force"
    if plan.superseded_on and not plan.is_draft:
        return f"Superseded on {day(plan.superseded_on)}: do not use. Ask the council for the plan in force."
    if plan.is_draft:
        return f"{plan.stage.label}: not in force"
    return "" if plan.issued_on else "Not issued: not in force"


def paper_of(plan: WholePlan, *, tables: tuple[Table, ...] = (), review_by: date | None = None) -> Paper:
    """The whole plan on paper. tables: what goes with it, such as the answers to the family's points.

    review_by: the day by which its next review is complete, printed on a plan in force.
    """
    return Paper(
        title=f"{plan.section_set.title} of {plan.full_name}",
        council=plan.area_name,
        child=plan.full_name,
        stamp=stamp_of(plan),
        facts=_facts(plan, review_by if plan.issued_on and not stamp_of(plan) else None),
        sections=tuple(
            Section(
                one.code,
                one.title,
                tuple(_item(plan, entry) for entry in plan.of_section(one.code)),
                EMPTY.get(one.role, Section.empty),
            )
            for one in plan.section_set.sections
        ),
        tables=tables,
        closing=(f"Made under: {plan.section_set.citation}.",),
    )


def _facts(plan: WholePlan, review_by: date | None) -> tuple[Pair, ...]:
    dated = "Issued" if plan.issued_on else "Sent to the family"
    found = (
        ("Born", day(plan.born_on)),
        ("Version", plan.title),
        (dated, day(plan.dated) if plan.dated else ""),
        ("Written by", plan.writer),
        ("Signed by", plan.signed_by),
        ("To be reviewed by", day(review_by) if review_by else ""),
        ("Why this version was made", plan.reason),
        ("Education otherwise than at school", "Arranged by the council (section 61)" if plan.is_eotas else ""),
    )
    return tuple((what, words) for what, words in found if words)


def _item(plan: WholePlan, entry: WholeEntry) -> Item:
    return Item(
        number=plan.label_of(entry.lineage),
        words=entry.text,
        lines=_lines(entry),
        joined=_joined(plan, entry),
        mark=UNCONFIRMED if entry.read_by_machine else "",
    )


def _lines(entry: WholeEntry) -> tuple[Pair, ...]:
    said: list[Pair] = []
    for name, what in WORDS_OF_DETAILS.items():
        value = entry.details.get(name)
        if value:
            said.append((what, _day_or_words(str(value)) if name in DAYS else str(value)))
    if entry.kind is Kind.PROVISION:
        if entry.provision and not entry.is_typed and not entry.read_by_machine:
            said += saying.lines(entry.provision)
        if entry.provider:
            said.append(("Provided by", entry.provider))
    if entry.locked:
        said.append(("Ordered by the tribunal", entry.locked))
    said += [("From", _source(one.said_by, one.place)) for one in entry.sources]
    return tuple(said)


def _source(said_by: str, place: str) -> str:
    return f"{said_by}, {place}" if place else said_by


def _day_or_words(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def _joined(plan: WholePlan, entry: WholeEntry) -> tuple[str, ...]:
    threads = (
        ("Meets need", entry.meets),
        ("Works towards outcome", entry.serves),
        ("About need", entry.about),
        ("Supports aspiration", entry.supports),
        ("Pays for", entry.pays_for),
    )
    made = []
    for words, lineages in threads:
        labels = [label for label in map(plan.label_of, lineages) if label]
        if labels:
            made.append(f"{words} {' and '.join(labels)}.")
    return tuple(made)
