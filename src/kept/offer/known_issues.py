"""The accessibility statement's facts: the last run of the accessibility tests and what is known not to work."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from django.conf import settings


@dataclass(frozen=True)
class Issue:
    """Something that does not work yet: for whom, the criterion of WCAG 2.2, and when it will be mended."""

    words: str
    criterion: str
    affects: str
    mended_by: date


def issues() -> list[Issue]:
    """The register of known issues."""
    text = files("kept.offer").joinpath("known_issues.csv").read_text(encoding="utf-8")
    return [
        Issue(row["issue"], row["criterion"], row["affects"], date.fromisoformat(row["mended by"]))
        for row in csv.DictReader(text.splitlines())
    ]


@dataclass(frozen=True)
class Run:
    """What the accessibility engine found when the journeys last asked it, page by page."""

    since: date
    until: date
    pages: int
    faults: int
    all_pages: int
    """Pages of the whole product, these among them."""


def last_run(*, prefix: str = "offer:") -> Run | None:
    """What was found on the pages of the Local Offer; None when there is no record of a run on this installation.

    The record is written by the journeys (`journeys/record.py`) into the folder of running data, never by hand.
    """
    try:
        pages = json.loads((settings.HOME / "accessibility.json").read_text(encoding="utf-8"))["pages"]
        ours = [
            (date.fromisoformat(one["on"]), int(one["faults"]))
            for name, one in pages.items()
            if name.startswith(prefix)
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not ours:
        return None
    days = [day for day, _ in ours]
    return Run(min(days), max(days), len(ours), sum(faults for _, faults in ours), len(pages))
