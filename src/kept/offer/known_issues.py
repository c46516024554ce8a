"""The accessibility statement's facts: the last run of the accessibility tests and what is known not to work."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

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


def last_run() -> dict[str, Any] | None:
    """What the journeys wrote when they last ran the accessibility engine; None when there is no record of a run."""
    for place in (settings.HOME / "accessibility.json",):
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and {"on", "pages", "faults"} <= found.keys():
            return found | {"on": date.fromisoformat(found["on"])}
    return None
