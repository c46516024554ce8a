"""Other layouts of a frozen pack: the report for scrutiny, and the tables of an accelerated progress plan.

All of them say what was frozen and nothing else. A pack that was frozen before a part existed shows that part empty.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kept.design.words import day
from kept.improvement.models import Aim, Pack
from kept.letters.letter import Block, bullets, heading, text
from kept.measures.catalogue import BY_CODE, DAYS, SHARE
from kept.measures.computing import month_after, month_of
from kept.measures.queries import Period, months_each

LAYOUTS = {"review": "Review pack", "scrutiny": "Report for scrutiny", "kpi": "Table of measures and actions"}
EACH = 3
A_DAY = timedelta(days=1)
MONTHS_PLANNED = 24
PERIODS = {1: "", 3: "three months from ", 12: "the year from "}
FACTS = 6  # columns of the table of measures before its quarters
SCRUTINY = "Scrutiny"
HIDDEN = "A figure shown as “c” is hidden so that no child or family can be recognised from it."


def steps(aim: Aim, periods: tuple[Period, ...], *, began: date, today: date) -> tuple[str, list[dict[str, str]]]:
    """The baseline in words, and for each quarter since the programme began what was planned and what it then was.

    Planned is the straight line from the baseline to the target; without a target and its date nothing was planned.
    """
    unit = BY_CODE[aim.code].unit
    each = months_each(periods)
    over = [(month_after(one.starts, each), one) for one in periods]  # a year's figure is known when the year is over
    before = [one.value for end, one in over if end <= aim.baseline_until + A_DAY and one.value is not None]
    baseline = sum(before) / len(before) if before else None
    until = aim.target_on or month_after(month_of(began), MONTHS_PLANNED)
    whole = max(1, (until.year - began.year) * 12 + until.month - began.month)
    found = []
    for months in range(EACH, whole + EACH, EACH):
        on = month_after(month_of(began), months)
        planned = None
        if aim.target is not None and aim.target_on and baseline is not None:
            planned = baseline + (aim.target - baseline) * min(1, months / whole)
        was = [one.said for end, one in over if end <= on] if on <= today else []
        found.append({"on": on.isoformat(), "planned": in_unit(planned, unit), "actual": was[-1] if was else ""})
    return in_unit(baseline, unit), found


def in_unit(value: float | None, unit: str) -> str:
    """A figure with its unit; empty without one."""
    if value is None:
        return ""
    return f"{value:.1f}%" if unit == SHARE else f"{value:,.0f} days" if unit == DAYS else f"{value:,.0f}"


def target_of(one: dict[str, Any]) -> str:
    """The target of a frozen measure with its unit; empty without one."""
    return in_unit(one["target"], BY_CODE[one["code"]].unit)


def measures_at_a_glance(content: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The same table for a page and for paper: each quarter is one column, what was planned stands under what was."""
    headings, rows = measures_table(content)
    dates = [one.removesuffix(" planned") for one in headings[FACTS::2]]
    found = []
    for finding, name, baseline, until, target, by, *pairs in rows:
        quarters = [
            " ".join(part for part in (was, f"(planned {planned})" if planned else "") if part)
            for planned, was in zip(pairs[::2], pairs[1::2], strict=True)
        ]
        start = f"{baseline} (to {until})" if baseline else "Not known"
        goal = (f"{target} by {by}" if by else target) or "None"
        found.append([f"{finding}. {name}", start, goal, *quarters])
    return ["Finding and measure", "Baseline", "Target", *dates], found


def measures_table(content: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: measure, baseline with its date, target, then planned and actual at each step."""
    found = [(finding, one) for finding in content["findings"] for one in finding["measures"]]
    dates = sorted({step["on"] for _, one in found for step in one.get("steps", ())})
    headings = ["Finding", "Measure", "Baseline", "Baseline until", "Target", "Target by"]
    headings += [f"{date.fromisoformat(on):%b %Y} {kind}" for on in dates for kind in ("planned", "actual")]
    rows = []
    for finding, one in found:
        at = {step["on"]: step for step in one.get("steps", ())}
        row = [finding["number"], f"{one['code']} {one['title']}", one.get("baseline", ""), _day(one["baseline_until"])]
        row += [target_of(one), _day(one.get("target_on", ""))]
        rows.append([*row, *(at.get(on, {}).get(kind, "") for on in dates for kind in ("planned", "actual"))])
    return headings, rows


def actions_table(content: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: weakness, action and its number, due, lead, accountable officer, success, dated news."""
    headings = [
        "Weakness", "No.", "Action", "Due", "Times moved", "Agency", "Action lead", "Accountable officer",
        "How we will know", "Progress",
    ]  # fmt: skip
    rows = [
        [
            finding["text"], one["number"], one["what"], _day(one["due"]), one["moves"], one["agency"], one["lead"],
            one["accountable"], one["success"], one["news"],
        ]
        for finding in content["findings"]
        for one in finding.get("actions", ())
    ]  # fmt: skip
    return headings, rows


def last_time(content: dict[str, Any]) -> list[str]:
    """What scrutiny asked for or decided before, and what became of it."""
    return [
        f"{one['what']} ({day(date.fromisoformat(meeting['on']))}): "
        + (f"done {day(date.fromisoformat(one['done']))}" if one["done"] else f"not done, due {_day(one['due'])}")
        for meeting in content.get("meetings", ())
        if meeting["body"] == SCRUTINY
        for one in meeting["decisions"]
    ]


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def verdict_of(finding: dict[str, Any]) -> str:
    """What families said last, with how many were asked."""
    if not finding["verdicts"]:
        return "Families have not been asked yet."
    one = finding["verdicts"][0]
    return (
        f"Families: {one['answer']}. “{one['words']}” ({one['method']}, {one['answered']} of {one['asked']} answered, "
        f"{_day(one['on'])})"
    )


def scrutiny_blocks(pack: Pack) -> list[Block]:
    """The report for scrutiny: last time's recommendations first, then each finding with children over the limit."""
    content = pack.content
    blocks = [
        text(f"The same figures as the board has, frozen on {day(pack.frozen_on)}. Digest {pack.digest}."),
        text(HIDDEN),
        heading("What you asked for before, and what happened"),
        bullets(last_time(content) or ["Nothing was recorded before."]),
    ]
    for one in content["findings"]:
        lines = [
            f"Delivery: {one['delivery']}. Impact: {one['impact']}."
            + (" Disputed by families." if one["disputed"] else ""),
            verdict_of(one),
            f"Children over a legal limit in the last month: {one['breaches']}. Dates moved: {one['moves']}.",
            *(measure_line(each) for each in one["measures"]),
        ]
        blocks += [heading(f"{one['number']}. {one['text']}"), bullets(lines)]
    money = [
        f"{one['what']}, {one['pounds']}: promised {one['promised']}. {one['realised']}" for one in _money(content)
    ]
    if money:
        blocks += [heading("Money, with the outcome it was promised for"), bullets(money)]
    asked = [
        f"{one['from']}: {one['words']} {'Answer: ' + one['reply'] if one['reply'] else 'No answer yet.'}"
        for one in content["challenges"]
    ]
    if asked:
        blocks += [heading("Questions to the programme"), bullets(asked)]
    return blocks


def _money(content: dict[str, Any]) -> list[dict[str, str]]:
    return list(content.get("investments", ()))


def measure_line(one: dict[str, Any]) -> str:
    """A measure in one paragraph: its figure, what the chart says, and what was changed about it with the reason."""
    return f"{one['code']} {one['title']}: {figure_of(one)}. {said_of(one)}"


def figure_of(one: dict[str, Any]) -> str:
    """The latest figure with the month, quarter or year that it is of; a chart may still judge the one before it."""
    if not one["from"]:
        return str(one["figure"])
    begins = f"{date.fromisoformat(one['from']):%B %Y}"
    return f"{one['figure']} ({PERIODS.get(one.get('months', 0), 'from ')}{begins})"


def said_of(one: dict[str, Any]) -> str:
    """What the chart says beside the name of the measure, what was changed about it, and what people said to it."""
    says = one["says"].removeprefix(f"{one['title']}: ")
    return " ".join((says[:1].upper() + says[1:], *one.get("notes", ()), *one.get("comments", ())))


def changes(content: dict[str, Any]) -> list[list[Any]]:
    """Rows of what was changed about charts and targets: finding, measure, what and why."""
    return [
        [finding["number"], f"{one['code']} {one['title']}", words]
        for finding in content["findings"]
        for one in finding["measures"]
        for words in one.get("notes", ())
    ]


def steady(made: bytes, on: date) -> bytes:
    """A file of Word or of a spreadsheet whose bytes are the same whenever it is made: every time in it is `on`."""
    stamp = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    out = BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == "docProps/core.xml":
                inside = stamp.sub(rb"\g<1>" + f"{on.isoformat()}T00:00:00Z".encode(), inside)
            new.writestr(ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0)), inside, ZIP_DEFLATED)
    return out.getvalue()
