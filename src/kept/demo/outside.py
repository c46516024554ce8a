"""Figures from outside in the demonstration: files of an invented past, brought in as an analyst brings them in.

For measures that Kept cannot count yet, all months; for those that it counts only since lately, the months before. Each
figure says that its source is made up.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kept.access.acting import acting
from kept.access.models import Area, User
from kept.demo.places import address_of
from kept.measures import importing, outside
from kept.measures.catalogue import BY_CODE, COUNT
from kept.measures.computing import last_full_month, month_after
from kept.measures.models import Value
from kept.rules.sheets import read_sheet

Tell = Callable[[str, int, int], None]
MONTHS = 36
TOGETHER = 3


@dataclass(frozen=True)
class Past:
    """How a measure went: its share (or count) in the first and in the last month, and the base of a month.

    every: months between two figures, for what is counted once a term or a year. children: for what adds up minutes.
    out_of: the measure of which the base is made, as counted in those months, so that no more appeals end than began.
    """

    code: str
    first: float
    last: float
    base: int
    every: int = 1
    children: int = 0
    out_of: str = ""


FILES: tuple[tuple[str, str, tuple[Past, ...]], ...] = (
    (
        "Survey of families (made up for the demonstration)",
        "Asked by the parent carer forum, online and by telephone.",
        (
            Past("V1", 0.31, 0.44, 62),
            Past("V2", 0.42, 0.55, 58),
            Past("V3", 0.22, 0.38, 62),
            Past("V5", 0.35, 0.41, 46),
        ),
    ),
    (
        "Audit tool of the council before Kept (made up for the demonstration)",
        "Audited by one person, not by two.",
        (Past("Q2", 0.34, 0.46, 30), Past("Q2b", 0.2, 0.2, 30), Past("D4", 0.7, 0.76, 64), Past("R7", 0.28, 0.4, 52)),
    ),
    (
        "School census and attendance returns (made up for the demonstration)",
        "For pupils with an EHC plan.",
        (
            Past("O1", 0.132, 0.141, 24_000, children=620),
            Past("O1b", 0.062, 0.071, 620),
            Past("P1", 0.075, 0.09, 640),
            Past("O5", 0.019, 0.021, 1900),
            Past("O4", 0.2, 0.22, 110, every=12),
        ),
    ),
    (
        "Registers of complaints, messages and appeals (made up for the demonstration)",
        "Counted by hand until Kept began.",
        (
            Past("E4", 14, 19, 0),
            Past("E2", 0.93, 0.95, 0, every=3, out_of="E1"),
            Past("E3b", 0.8, 0.84, 31, every=3),
            Past("M1", 0.48, 0.66, 120),
            Past("M2", 0.6, 0.79, 120),
        ),
    ),
    (
        "Operators’ journey logs (made up for the demonstration)",
        "On time: within ten minutes.",
        (Past("H1", 0.948, 0.936, 9_400, children=310), Past("H2", 0.81, 0.87, 410, every=12)),
    ),
    (
        "Delivery sheets of schools and services (made up for the demonstration)",
        "Sheets that schools filled in.",
        (
            Past("D2", 0.42, 0.45, 90),
            Past("D5", 0.61, 0.68, 120_000, every=2, children=180),
            Past("D6", 0.8, 0.95, 120_000, every=2, children=180),
            Past("O3", 0.4, 0.47, 44),
        ),
    ),
    (
        "Website statistics and finance ledger (made up for the demonstration)",
        "",
        (
            Past("L1", 0.27, 0.15, 150),
            Past("L2", 0.62, 0.82, 32),
            Past("S2", 178, 164, 0),
            Past("O2", 0.86, 0.88, 240),
            Past("F1", 1.06, 1.09, 4_100_000),
        ),
    ),
)


def load_outside(area: Area, today: date, tell: Tell | None = None, *, seed: int = 3) -> int:
    """Bring in the files; how many figures came in. To be called after the measures were computed."""
    analyst = User.objects.get(email=address_of(area, "analyst"))
    made = 0
    with acting(user=analyst, area=area, today=today) as by:
        since = outside.counted_since(area, [past.code for _, _, pasts in FILES for past in pasts])
        counts = _counted(area)
        for at, (source, note, pasts) in enumerate(FILES, 1):
            rng = random.Random(f"{seed} {source}")
            sheet = read_sheet(_text(pasts, since, last_full_month(today), rng, counts))
            plan = importing.plan_of(by=by, sheet=sheet)
            if plan.good:
                made += importing.bring_in(
                    by=by, plan=plan, name="made-up.csv", source=source, source_on=today, note=note
                ).rows
            if tell:
                tell("Figures from outside", at, len(FILES))
    return made


Counts = dict[tuple[str, date], int]


def _counted(area: Area) -> Counts:
    """What was counted each month of the measures that others are made out of."""
    codes = {past.out_of for _, _, pasts in FILES for past in pasts} - {""}
    rows = Value.objects.filter(area=area, code__in=codes, split="").values_list("code", "month", "denominator")
    return {(code, month): number for code, month, number in rows}


def _text(
    pasts: tuple[Past, ...], since: dict[str, date], last: date, rng: random.Random, counts: Counts | None = None
) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(importing.HEADINGS)
    for past in pasts:
        until = month_after(since[past.code], -1) if past.code in since else last
        writer.writerows(_rows(past, until, last, rng, counts or {}))
    return text.getvalue()


def _rows(past: Past, until: date, last: date, rng: random.Random, counts: Counts) -> Iterator[tuple[object, ...]]:
    """Month by month from the first level to the last, with what chance adds; small bases move more."""
    one = BY_CODE[past.code]
    for back in range(MONTHS - 1, -1, -past.every):
        month = month_after(last, -back)
        if month > until:
            continue
        level = past.first + (past.last - past.first) * (1 - back / (MONTHS - 1))
        if past.out_of:
            base = sum(counts.get((past.out_of, month_after(month, -ago)), 0) for ago in range(past.every))
            if base:
                yield past.code, one.title, f"{month:%Y-%m}", min(base, round(base * level)), base, "", ""
            continue
        if one.unit == COUNT or not past.base:
            count = max(0, round(rng.gauss(level, level**0.5)))
            yield past.code, one.title, f"{month:%Y-%m}", count, count, "", ""
            continue
        base = max(30, round(rng.gauss(past.base, past.base * 0.06)))
        chance = (max(0.0, min(level, 1) * (1 - min(level, 1))) / (past.children or base)) ** 0.5
        share = max(0.0, rng.gauss(level, max(chance, 0.012 * level)))
        hits = round(base * share) if one.is_whole else min(base, round(base * share))
        yield past.code, one.title, f"{month:%Y-%m}", hits, base, "", past.children or ""
