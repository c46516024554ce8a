"""A plan as PDF/UA-1: tagged, in reading order, titled, in British English, with its stamp on every page."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from kept.design.symbols import drawing
from kept.letters.pdf import FONTS
from kept.plans.outputs.paper import Paper, PicturePaper, printable

SOURCE = Path(__file__).with_name("plan.typ")


def as_pdf(paper: Paper | PicturePaper) -> bytes:
    """One file that meets PDF/UA-1. Words go in as data and are never read as instructions."""
    data = _clean(asdict(paper))
    if isinstance(paper, PicturePaper):
        used = {one.symbol for one in paper.lines if one.symbol}
        data |= {"kind": "pictures", "symbols": {name: drawing(name).decode() for name in sorted(used)}}
    else:
        data["kind"] = "plan"
        for section, made in zip(paper.sections, data["sections"], strict=True):
            made["heading"] = printable(section.heading)
    made_pdf: Any = _typesetter().compile(
        format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards="ua-1", pdf_tags=True
    )
    return bytes(made_pdf)


@cache
def _typesetter() -> typst.Compiler:
    """The typesetter with its fonts read, kept for the next plan."""
    return typst.Compiler(str(SOURCE), root=str(SOURCE.parent), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value
