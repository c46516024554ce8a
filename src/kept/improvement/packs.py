"""Review packs: the state of a programme frozen on a day, and the files made from what was frozen and nothing else.

Every figure in a pack is one that everybody may see, so a pack may go to any table without another look.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from io import BytesIO
from typing import Any

from django.db import transaction
from openpyxl import Workbook
from openpyxl.styles import Font

from kept.access.acting import Actor, check_can
from kept.access.models import AgencyKind
from kept.access.roles import Can
from kept.design.words import counted, day
from kept.improvement import layouts, queries
from kept.improvement.models import Action, Meeting, Pack, Programme
from kept.letters.letter import Block, Letter, bullets, heading, text
from kept.measures.catalogue import BY_CODE
from kept.measures.queries import months_each

NHS = {AgencyKind.HEALTH, AgencyKind.ICB}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
KPI = (
    "Finding",
    "Measure",
    "Baseline until",
    "Version",
    "Target",
    "Latest period from",
    "Latest figure",
    "What the chart says",
)


@transaction.atomic
def freeze(*, by: Actor, programme: Programme, title: str) -> Pack:
    """Freeze the programme as it stands today. The same day and facts give the same digest. Raises Refused."""
    check_can(by, Can.RUN_PROGRAMME)
    content = json.loads(json.dumps(content_of(by, programme)))
    same = Pack.objects.filter(area=by.area, programme=programme, frozen_on=by.today, digest=digest_of(content))
    if done := same.first():  # a double click
        return done
    return Pack.objects.create(
        area=by.area, programme=programme, frozen_on=by.today, title=title, content=content,
        digest=digest_of(content), by=by.user,
    )  # fmt: skip


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of what a pack says."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def content_of(actor: Actor, programme: Programme) -> dict[str, Any]:
    """All that a pack says, as plain values."""
    found = list(queries.findings(actor.area, programme))
    names = queries.agencies_by_id(actor.area)
    return {
        "programme": programme.name,
        "kind": programme.get_kind_display(),
        "area": actor.area.name,
        "as_at": actor.today.isoformat(),
        "accountable": [str(one) for one in (programme.council_officer, programme.nhs_officer) if one],
        "findings": [
            _finding(one, names, programme, actor.today)
            for one in queries.stood(actor.area, found, today=actor.today, whole=False)
        ],
        "investments": [
            {
                "what": one.what, "pounds": f"£{one.pounds:,}{' a year' if one.is_yearly else ''}",
                "promised": one.promised, "realised": one.realised or "Nothing shown yet.",
            }
            for one in programme.investments.order_by("what")
        ],
        "meetings": [_meeting(one) for one in queries.meetings(programme)],
        "challenges": [
            {
                "from": one.on_behalf_of, "words": one.words, "due": one.due_on.isoformat(), "reply": one.reply,
                "resolved": bool(one.resolved_on),
            }
            for one in queries.challenges(programme)
        ],
    }  # fmt: skip


def _meeting(one: Meeting) -> dict[str, Any]:
    return {
        "body": one.get_body_display(),
        "on": one.meets_on.isoformat(),
        "minutes": one.minutes,
        "note": one.chair_note,
        "decisions": [
            {
                "what": each.what, "owner": each.owner.name, "due": each.due_on.isoformat(),
                "done": each.done_on.isoformat() if each.done_on else "",
            }
            for each in one.decisions.all()
        ],
    }  # fmt: skip


def _action(one: Action, number: str, programme: Programme) -> dict[str, Any]:
    states = [queries.milestone_facts(each) for each in one.milestones.all()]
    told = sorted(one.updates.all(), key=lambda each: each.on)
    accountable = programme.nhs_officer if one.agency.kind in NHS else programme.council_officer
    return {
        "number": number,
        "what": one.what,
        "agency": one.agency.name,
        "lead": one.lead.name,
        "accountable": str(accountable or "Nobody named"),
        "starts": one.starts_on.isoformat(),
        "due": max((each.promised_on for each in states), default=one.starts_on).isoformat(),
        "moves": sum(each.moves for each in states),
        "success": "; ".join(each.acceptance_test for each in one.milestones.all()),
        "news": f"{day(told[-1].on)}: {told[-1].words}" if told else "",
    }


def _finding(one: queries.Stood, names: dict[Any, str], programme: Programme, today: date) -> dict[str, Any]:
    finding, standing = one.finding, one.standing
    return {
        "number": finding.number,
        "text": finding.text,
        "outcome": finding.outcome,
        "responsible": sorted(names.get(pk, "an agency that left") for pk in finding.bodies),
        "delivery": str(standing.delivery.label),
        "impact": str(standing.impact.label),
        "stage": str(standing.stage.label),
        "disputed": standing.disputed,
        "breaches": queries.number(standing.breaches) if standing.breaches else "none",
        "moves": standing.moves,
        "against": list(one.against),
        "actions": [
            _action(each, f"{finding.number}.{at}", programme) for at, each in enumerate(finding.actions.all(), 1)
        ],
        "measures": [_measure(each, programme, today) for each in one.measured],
        "milestones": [
            {
                "what": each.deliverable, "promised": each.promised_on.isoformat(),
                "expected": facts.expected_on.isoformat(), "moves": facts.moves,
                "accepted": facts.accepted_on.isoformat() if facts.accepted_on else "",
            }
            for action in finding.actions.all()
            for each in action.milestones.all()
            for facts in [queries.milestone_facts(each)]
        ],
        "evidence": [
            {"what": each.what, "claim": each.get_claim_display(), "accepted": each.accepted}
            for each in finding.evidence.all()
        ],
        "verdicts": [
            {
                "on": each.on.isoformat(), "method": each.get_method_display(), "asked": each.asked,
                "answered": each.answered, "answer": each.get_answer_display(), "words": each.words,
            }
            for each in finding.verdicts.all()
        ],
    }  # fmt: skip


def _measure(one: queries.Measured, programme: Programme, today: date) -> dict[str, Any]:
    baseline, steps = layouts.steps(one.aim, one.periods, began=programme.started_on, today=today)
    last = one.periods[-1] if one.periods else None
    definition = BY_CODE[one.aim.code]
    return {
        "code": one.aim.code,
        "title": definition.title,
        "definition": definition.query_version,
        "baseline_until": one.aim.baseline_until.isoformat(),
        "version": one.aim.version,
        "target": one.aim.target,
        "target_on": one.aim.target_on.isoformat() if one.aim.target_on else "",
        "baseline": baseline,
        "steps": steps,
        "from": last.starts.isoformat() if last else "",
        "figure": last.said if last else "No figure",
        "months": months_each(one.periods),
        "says": one.chart.text if one.chart else "Too little that may be shown to judge.",
        "notes": [*(part.words for part in one.origins), *one.notes(named=False)],
        "comments": one.comments,
    }


def as_spreadsheet(pack: Pack) -> bytes:
    """The table of measures and the milestones as .xlsx."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Measures"
    _row(sheet, KPI, is_heading=True)
    for finding in pack.content["findings"]:
        for one in finding["measures"]:
            name = f"{one['code']} {one['title']}"
            parts = (finding["number"], name, one["baseline_until"], one["version"], layouts.target_of(one))
            _row(sheet, (*parts, one["from"], one["figure"], one["says"]))
    dates = book.create_sheet("Milestones")
    _row(dates, ("Finding", "Milestone", "Promised", "Expected", "Times moved", "Accepted"), is_heading=True)
    for finding in pack.content["findings"]:
        for one in finding["milestones"]:
            days = (one["promised"], one["expected"], one["moves"], one["accepted"])
            _row(dates, (finding["number"], one["what"], *days))
    changes = ["Finding", "Measure", "What was changed, and why"], layouts.changes(pack.content)
    for title, (headings, rows) in {
        "Changes": changes,
        "Planned and actual": layouts.measures_table(pack.content),
        "Action plan": layouts.actions_table(pack.content),
    }.items():
        sheet = book.create_sheet(title)
        _row(sheet, tuple(headings), is_heading=True)
        for row in rows:
            _row(sheet, tuple(row))
    made = BytesIO()
    book.save(made)
    return layouts.steady(made.getvalue(), pack.frozen_on)


def _row(sheet: Any, values: tuple[Any, ...], *, is_heading: bool = False) -> None:
    """One row; what somebody typed is never a formula."""
    sheet.append([f"'{one}" if isinstance(one, str) and one.startswith(FORMULA) else one for one in values])
    if is_heading:
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"


def as_document(pack: Pack, layout: str = "review") -> Letter:
    """The pack as a document for PDF/UA and Word, in one of the layouts; the tables are for the spreadsheet."""
    blocks = layouts.scrutiny_blocks(pack) if layout == "scrutiny" else _review(pack)
    title = pack.title if layout == "review" else layouts.LAYOUTS[layout]
    return Letter(
        title=f"{title}: {pack.content['programme']}", council=pack.content["area"], sender=(),
        recipient="For the meeting", address=(), dated=day(pack.frozen_on), reference=pack.digest[:12],
        blocks=tuple(blocks),
    )  # fmt: skip


def _review(pack: Pack) -> list[Block]:
    blocks: list[Block] = [
        text(f"{pack.content['kind']}. Frozen on {day(pack.frozen_on)}. Digest {pack.digest}."),
        text(layouts.HIDDEN),
    ]
    for one in pack.content["findings"]:
        blocks += _blocks(one)
    if pack.content["challenges"]:
        blocks.append(heading("Challenges"))
        blocks.append(bullets(_challenge(one) for one in pack.content["challenges"]))
    return blocks


def _blocks(one: dict[str, Any]) -> list[Block]:
    said = [
        f"{each['answer']} ({each['method']}, {each['answered']} of {each['asked']}): {each['words']}"
        for each in one["verdicts"]
    ]
    lines = [
        f"Delivery: {one['delivery']}",
        f"Impact: {one['impact']}",
        f"Families: {said[0] if said else 'not asked yet'}",
        f"Stage: {_stage(one)}",
        f"Children over a legal limit in the last month: {one['breaches']}",
    ]
    lines += [layouts.measure_line(each) for each in one["measures"]]
    lines += [_milestone(each) for each in one["milestones"]]
    lines += [f"Against: {line}" for line in one["against"]]
    return [heading(f"{one['number']}. {one['text']}"), text(one["outcome"]), bullets(lines)]


def _stage(one: dict[str, Any]) -> str:
    said = str(one["stage"])
    return said if not one["disputed"] or "isputed" in said else f"{said}, disputed by families"


def _milestone(one: dict[str, Any]) -> str:
    said = f"{one['what']}: promised {_day(one['promised'])}, "
    if one["accepted"]:
        return f"{said}accepted {_day(one['accepted'])}"
    moved = f", moved {counted(one['moves'], 'time')}" if one["moves"] else ""
    return f"{said}expected {_day(one['expected'])}{moved}"


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _challenge(one: dict[str, Any]) -> str:
    state = "answered, not resolved" if one["reply"] else f"answer owed by {_day(one['due'])}"
    return f"{one['from']}: {one['words']} ({'resolved' if one['resolved'] else state})"
