"""Letters as PDF/UA-1: tagged, in reading order, with a title and a language. One letter or thousands in one file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfWriter

from kept.design.symbols import drawing, names
from kept.letters.letter import Letter
from kept.letters.typesetting import typeset_all

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
PER_RUN = 250
WORTH_A_PROCESS = 3


def as_pdf(letters: Letter | Sequence[Letter], *, title: str = "", for_paper: bool = False) -> bytes:
    """One file that meets PDF/UA-1. Words go in as data and are never read as instructions.

    letters: one, or several of the same look. for_paper: without tags, which paper has no use for. Raises ValueError
    for no letter, or for looks that differ.
    """
    many = [letters] if isinstance(letters, Letter) else list(letters)
    looks = {letter.look for letter in many}
    if len(looks) != 1:
        raise ValueError("Letters in one file have the same look, and there is at least one.")
    data = {
        "title": title or many[0].title,
        "look": str(looks.pop()),
        "letters": [_for_typesetter(letter) for letter in many],
        "symbols": {name: drawing(name).decode() for name in _symbols(many)},
    }
    made: bytes = typst.compile(
        str(HERE / "letters.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=[] if for_paper else "ua-1",
        pdf_tags=not for_paper,
    )
    return made


def _symbols(letters: Iterable[Letter]) -> set[str]:
    return {block.symbol for letter in letters for block in letter.blocks} & names()


def _for_typesetter(letter: Letter) -> dict[str, Any]:
    """The letter's data without the control characters that some programs paste into text."""
    data: dict[str, Any] = _clean(letter.as_data())
    for block in data["blocks"]:
        block["symbol"] = block.get("symbol", "")
    return {**data, "credit": data["extra"].get("credit", "")}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(mark for mark in value if mark.isprintable() or mark in "\n\t")
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def for_the_printer(letters: Iterable[Letter], *, title: str) -> bytes:
    """All letters in one file for printing, in their order, each beginning a page.

    Runs of letters of one look are typeset a few hundred at a time, so that memory stays small. The file is for paper:
    each letter's own accessible copy is `as_pdf`. Raises ValueError for none.
    """
    writer = PdfWriter()
    for made_run in _typeset(list(_runs(letters)), title):
        writer.append(BytesIO(made_run), import_outline=False)
    if not writer.pages:
        raise ValueError("There is no letter to print.")
    writer.add_metadata({"/Title": title})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _typeset(runs: list[list[Letter]], title: str) -> Iterator[bytes]:
    if len(runs) < WORTH_A_PROCESS:
        yield from (as_pdf(run, title=title, for_paper=True) for run in runs)
    else:
        yield from typeset_all(runs, title=title)


def _runs(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    run: list[Letter] = []
    for letter in letters:
        if run and (letter.look is not run[0].look or len(run) == PER_RUN):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def joined(files: Iterable[bytes]) -> bytes:
    """Several PDF files one after another, such as a letter and what goes with it."""
    writer = PdfWriter()
    for file in files:
        writer.append(BytesIO(file), import_outline=False)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
