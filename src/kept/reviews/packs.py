"""The papers of a review, built from the record: who said what, what was given, what was reached, what words are weak.

What is not recorded is said to be so. The child's part stands first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kept.access.acting import Actor
from kept.design.words import day
from kept.letters import Block, Letter, bullets, heading, text
from kept.people.queries import needs_of
from kept.plans.facts import WholePlan
from kept.reviews import plan_facts, wording
from kept.reviews.models import Contribution, Paper, Progress, Review
from kept.reviews.plan_facts import Item
from kept.reviews.words import ADULTHOOD_FROM, GROUPS, TOPIC, topics_for
from kept.rules import ages
from kept.rules.reviews import Shown, next_transfer

NOT_RECORDED = "Not recorded"
A_YEAR = timedelta(days=365)


def content_of(actor: Actor, review: Review) -> dict[str, Any]:
    """All that the papers say today, as plain values: for the page, the file and for keeping."""
    plan = plan_facts.whole_plan(actor, review)
    items = plan_facts.items_of(actor, review, plan)
    before = previous(actor, review)
    since = before.held_on if before and before.held_on else review.meets_on - A_YEAR
    shown = plan_facts.shown_of(actor, review.child_id, items, since=since, until=min(actor.today, review.meets_on))
    child = review.child
    year = ages.curriculum_year(child.born_on, review.meets_on)
    contributions = latest(review.contributions.filter(area=actor.area))
    return {
        "child": {"name": child.full_name, "first_name": child.first_name, "year": ages.say_year(year)},
        "needs": [str(need) for need in needs_of(actor, child.pk) if need.ends_on is None],
        "meets_on": review.meets_on.isoformat(),
        "kind": review.get_kind_display(),
        "since": since.isoformat(),
        "plan": _plan(plan),
        "said": _said(contributions, year),
        "child_before": _child_before(actor, before),
        "outcomes": _outcomes(actor, review, [item for item in items if not item.is_provision]),
        "delivery": [_given(item, shown.get(item.lineage)) for item in items if item.is_provision],
        "findings": wording.findings(actor, plan, before=_findings_before(actor, before)) if plan else [],
        "adulthood": year >= ADULTHOOD_FROM,
        "transfer": _transfer(child.born_on, review.meets_on),
        "waited_for": waited_for(actor, review),
        "moves": [
            {"from": one.before.isoformat(), "to": one.after.isoformat(), "why": one.why}
            for one in review.moves.filter(area=actor.area)
        ],
    }


def previous(actor: Actor, review: Review) -> Review | None:
    """The review before this one, if Kept has it."""
    found = Review.objects.filter(area=actor.area, child_id=review.child_id, held_on__lt=review.meets_on)
    return found.exclude(pk=review.pk).order_by("-held_on").first()


def latest(rows: Iterable[Contribution]) -> list[Contribution]:
    """The last telling of each person on each topic, in the order of the topics."""
    found: dict[tuple[str, UUID, UUID | None], Contribution] = {}
    for row in rows:
        found[row.topic, row.by_id, row.agency_id] = row
    order = list(TOPIC)
    return sorted(found.values(), key=lambda row: (order.index(row.topic), row.at))


def waited_for(actor: Actor, review: Review) -> list[str]:
    """Services that were asked for advice and have not sent it."""
    given = set(review.contributions.filter(area=actor.area, topic="advice").values_list("agency_id", flat=True))
    asked = review.invitees.filter(area=actor.area, asked_for_advice=True, agency__isnull=False)
    return [one.name for one in asked if one.agency_id not in given]


def _plan(plan: WholePlan | None) -> str:
    if plan is None:
        return ""
    return f"{plan.title}{', ' + day(plan.dated) if plan.dated else ''}"


def _said(rows: Iterable[Contribution], year: int) -> list[dict[str, Any]]:
    """Under each heading what people wrote; a topic of which nobody wrote is named as empty."""
    rows, found = list(rows), []
    for group, title in GROUPS:
        topics = [one for one in topics_for(year) if one.group == group]
        if not topics:
            continue
        entries = [
            {
                "topic": TOPIC[row.topic].title, "words": row.words, "how": row.how, "by": row.said_by,
                "on": row.on.isoformat(),
            }
            for row in rows if TOPIC[row.topic].group == group
        ]  # fmt: skip
        written = {row.topic for row in rows}
        empty = [one.title for one in topics if one.key not in written]
        found.append({"key": group, "title": title, "entries": entries, "empty": empty})
    return found


def _child_before(actor: Actor, before: Review | None) -> list[dict[str, Any]]:
    """The child's own words at the last review, so that everybody sees what changed."""
    if before is None:
        return []
    rows = latest(before.contributions.filter(area=actor.area, topic="child"))
    return [{"words": row.words, "on": row.on.isoformat()} for row in rows]


def _outcomes(actor: Actor, review: Review, items: list[Item]) -> list[dict[str, Any]]:
    series: dict[UUID, list[Progress]] = {}
    for row in Progress.objects.filter(area=actor.area, child_id=review.child_id):
        series.setdefault(row.lineage, []).append(row)
    found = []
    for item in items:
        last = series.get(item.lineage, [])[-1:]
        found.append(
            {
                "label": item.label,
                "text": item.text,
                "by": item.by,
                "baseline": item.baseline or NOT_RECORDED,
                "measure": item.measure,
                "latest": last[0].value if last else NOT_RECORDED,
                "latest_on": last[0].on.isoformat() if last else "",
                "earlier": [f"{row.value} ({day(row.on)})" for row in series.get(item.lineage, [])[:-1]],
            }
        )
    return found


def _given(item: Item, shown: Shown | None) -> dict[str, Any]:
    return {"label": item.label, "text": item.text, "given": given_words(shown)}


def given_words(shown: Shown | None) -> str:
    """What the ledger says of one item, in a sentence; unknown is never said to be given."""
    if shown is None or not shown.due:
        return NOT_RECORDED
    found = f"{shown.given:,.0f} of {shown.due:,.0f} due given as written"
    return f"{found}; of {shown.unknown:,.0f} nothing is recorded" if shown.unknown else found


def _findings_before(actor: Actor, before: Review | None) -> set[str]:
    if before is None:
        return set()
    paper = before.papers.filter(area=actor.area, what="pack").order_by("-at").first()
    return {one["mark"] for one in paper.content.get("findings", [])} if paper else set()


def _transfer(born_on: date, on: date) -> dict[str, str] | None:
    found = next_transfer(born_on, on)
    return {"words": found.words, "on": found.on.isoformat()} if found else None


def as_letter(paper: Paper, review: Review, council: str) -> Letter:
    """A kept paper drawn as a file that a reader can follow."""
    content = paper.content
    blocks = _report_blocks(content) if paper.what == "report" else _pack_blocks(content)
    what = "Report of the review" if paper.what == "report" else "Papers for the review meeting"
    return Letter(
        title=f"{what}: {content['child']['name']}", council=council,
        sender=(review.setting.name,) if review.setting else (), recipient="Everybody invited", address=(),
        dated=day(paper.on), reference=review.case.reference, blocks=tuple(blocks),
    )  # fmt: skip


def _pack_blocks(content: Mapping[str, Any]) -> list[Block]:
    blocks = [text(f"{content['kind']}, meeting on {day(date.fromisoformat(content['meets_on']))}.")]
    for group in content["said"]:
        blocks += _said_blocks(group)
        if group["key"] == "child":
            before = [f"At the last review: {one['words']}" for one in content["child_before"]]
            blocks += [bullets(before)] if before else []
    blocks.append(heading("Outcomes"))
    blocks.append(bullets([outcome_words(one) for one in content["outcomes"]] or ["No outcome is in Kept."]))
    blocks.append(heading("What was given"))
    given = [f"{one['label']}: {one['text']} {one['given']}." for one in content["delivery"]]
    blocks.append(bullets(given or ["No provision is in Kept."]))
    if content["findings"]:
        blocks.append(heading("Words of the plan to mend"))
        blocks.append(bullets(f"{one['label']}: {one['plain']} “{one['words']}”" for one in content["findings"]))
    return blocks


def _said_blocks(group: Mapping[str, Any]) -> list[Block]:
    blocks = [heading(group["title"])]
    for one in group["entries"]:
        how = f" {one['how']}." if one["how"] else ""
        blocks.append(text(f"{one['topic']}. {one['by']}, {day(date.fromisoformat(one['on']))}.{how}"))
        blocks.append(text(one["words"]))
    blocks += [text(f"{title}: nothing was written.") for title in group["empty"]]
    return blocks


def day_words(text_: str) -> str:
    """A kept day in words; "" stays empty."""
    return day(date.fromisoformat(text_)) if text_ else ""


def outcome_words(one: Mapping[str, Any]) -> str:
    """An outcome with its baseline and latest measure, in a sentence."""
    when = f" ({day(date.fromisoformat(one['latest_on']))})" if one["latest_on"] else ""
    return f"{one['label']}: {one['text']} Baseline: {one['baseline']}. Latest: {one['latest']}{when}."


def _report_blocks(content: Mapping[str, Any]) -> list[Block]:
    blocks = [
        heading("What was said and agreed"),
        text(content["summary"]),
        heading("What the meeting recommends"),
        text(f"{content['recommends']}. {content['changes']}".strip()),
    ]
    if content["disagreements"]:
        blocks += [heading("Where people see it differently"), text(content["disagreements"])]
    blocks.append(heading("Outcomes and help, one by one"))
    blocks.append(
        bullets(
            f"{one['label']}: {one['text']} {one['verdict']}. {one['evidence']}"
            + (f" The family sees it otherwise: {one['family']}" if one["family"] else "")
            for one in content["judged"]
        )
    )
    blocks.append(heading("Who was there"))
    blocks.append(bullets(content["came"] or ["Not recorded"]))
    return blocks
