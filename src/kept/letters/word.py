"""A letter in Word, for people who must edit it: real headings, lists and a table with a heading row."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from kept.design.symbols import drawing, names
from kept.letters.letter import Block, Letter, Look

SIZE = {Look.STANDARD: 12, Look.LARGE: 18, Look.EASY: 16}


def as_word(letter: Letter) -> bytes:
    """The letter as a .docx file in British English."""
    document = Document()
    document.core_properties.title = _plain(letter.title)
    document.core_properties.author = _plain(letter.council)
    document.core_properties.language = "en-GB"
    size = SIZE[letter.look]
    for name, points in (("Normal", size), ("Heading 1", size * 1.35), ("Heading 2", size * 1.15)):
        style = document.styles[name]
        style.font.name = "Arial"
        style.font.size = Pt(points)
        style.element.get_or_add_rPr().append(_language())
    sender = document.add_paragraph(_plain("\n".join((letter.council, *letter.sender))))
    sender.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(_plain("\n".join((letter.recipient, *letter.address))))
    document.add_paragraph(_plain(f"{letter.dated}\nOur reference: {letter.reference}"))
    document.add_heading(_plain(letter.title), level=1)
    for block in letter.blocks:
        _add(document, block)
    if letter.signed:
        document.add_paragraph(_plain("\n".join(letter.signed)))
    if credit := letter.extra.get("credit"):
        document.add_paragraph().add_run(_plain(credit)).font.size = Pt(10)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _plain(words: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in words if mark.isprintable() or mark in "\n\t")


def _language() -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    return language


def _add(document: Any, block: Block) -> None:
    if block.kind == "heading":
        document.add_heading(_plain(block.words), level=2)
    elif block.kind == "bullets":
        for item in block.items:
            document.add_paragraph(_plain(item), style="List Bullet")
    elif block.kind == "dates":
        table = document.add_table(rows=1, cols=2, style="Table Grid")
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "What", "By when"
        is_header = OxmlElement("w:tblHeader")
        is_header.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(is_header)
        for what, day in block.pairs:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = _plain(what), _plain(day)
        document.add_paragraph()
    else:
        paragraph = document.add_paragraph()
        if block.symbol in names():
            _picture(paragraph, block.symbol)
        paragraph.add_run(_plain(block.words))


def _picture(paragraph: Any, symbol: str) -> None:
    """A picture before the words. Marked as saying nothing that the words do not, so that readers pass over it."""
    shape = paragraph.add_run().add_picture(BytesIO(_as_png(symbol)), width=Cm(1.6))
    about = shape._inline.docPr
    about.set("descr", "")
    about.set("title", "")
    paragraph.add_run("  ")


@cache
def _as_png(symbol: str) -> bytes:
    """A symbol as a picture of points: Word's files cannot hold an SVG alone."""
    page = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.drawing), format: "svg", width: 1.6cm)'
    )
    made: bytes = typst.compile(
        page.encode(), format="png", ppi=300, sys_inputs={"drawing": drawing(symbol).decode()}, ignore_system_fonts=True
    )
    return made
