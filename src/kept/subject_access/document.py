"""A copy of a record as data, and as a PDF that meets PDF/UA-1. The page is the original; the PDF says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from kept.subject_access.gathering import Chapter, Entry
from kept.subject_access.models import CopyRequest, Correction

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "letters" / "fonts"


def dispute_in_words(correction: Correction) -> str:
    """A correction as it stands beside its entry."""
    day = correction.asked_on.strftime("%-d %B %Y")
    words = f"Disputed by {correction.asked_by.name} on {day}: {correction.says}"
    if correction.wants:
        words += f" It should say: {correction.wants}"
    if not correction.outcome or correction.decided_on is None:
        return f"{words} (Not decided yet.)"
    decided = correction.decided_on.strftime("%-d %B %Y")
    return f"{words} {correction.get_outcome_display()} on {decided}: {correction.reason}"


def as_data(copy: CopyRequest, chapters: list[Chapter]) -> dict[str, Any]:
    """The copy as plain values, the same for the JSON file and the PDF."""
    day = copy.released_on.strftime("%-d %B %Y") if copy.released_on else "not given yet"
    return {
        "title": f"Everything recorded about {copy.child.full_name}",
        "opening": [
            f"Made for {copy.asked_by.name}, who asked for it on {copy.asked_on.strftime('%-d %B %Y')}. Given: {day}.",
            "What identifies somebody else may have been hidden; each place says so. Who looked at the record is in "
            "it too. You can ask for anything here to be corrected, and complain to the Information "
            "Commissioner’s Office.",
        ],
        "format": "kept.copy.1",
        "child": str(copy.child_id),
        "chapters": [
            {"table": chapter.table, "title": chapter.title, "entries": [_entry(entry) for entry in chapter.entries]}
            for chapter in chapters
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": str(entry.row_id),
        "title": entry.title,
        "on": entry.on.strftime("%-d %B %Y") if entry.on else "",
        "texts": [
            {"field": text.field, "label": text.label, "value": text.value, "hidden": text.hidden}
            for text in entry.texts
        ],
        "disputes": [dispute_in_words(one) for one in entry.disputes],
    }


def as_pdf(data: dict[str, Any]) -> bytes:
    """The same as a PDF/UA-1 file. Texts go in as data and are never read as instructions to the typesetter."""
    return typst.compile(
        str(HERE / "document.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
    )
