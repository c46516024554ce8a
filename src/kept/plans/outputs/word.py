"""A plan in Word, to edit or print: real headings, tables with a heading row, the stamp in the header."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from kept.plans.outputs.paper import Item, Paper, Table, printable

SIZES = (("Normal", 11.0), ("Heading 1", 20.0), ("Heading 2", 15.0), ("Heading 3", 12.0))


def as_word(paper: Paper) -> bytes:
    """The plan as a .docx file in British English."""
    document = Document()
    document.core_properties.title = printable(paper.title)
    document.core_properties.author = printable(paper.council)
    document.core_properties.language = "en-GB"
    for name, points in SIZES:
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(points)
        style.element.get_or_add_rPr().append(_element("w:lang", "en-GB"))
    if paper.stamp:
        document.sections[0].header.paragraphs[0].text = printable(paper.stamp)
    document.add_paragraph(printable(paper.council))
    document.add_heading(printable(paper.title), level=1)
    for what, words in paper.facts:
        _pair(document, what, words)
    for words in paper.before:
        document.add_paragraph(printable(words))
    for section in paper.sections:
        document.add_heading(printable(section.heading), level=2)
        if not section.items:
            document.add_paragraph(printable(section.empty))
        for item in section.items:
            _item(document, item)
    for table in paper.tables:
        _table(document, table)
    for words in paper.closing:
        document.add_paragraph(printable(words))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _element(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made


def _pair(document: Any, what: str, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{printable(what)}: ").bold = True
    paragraph.add_run(printable(words))


def _item(document: Any, item: Item) -> None:
    document.add_heading(printable(item.number), level=3)
    if item.mark:
        document.add_paragraph().add_run(printable(item.mark)).bold = True
    document.add_paragraph(printable(item.words))
    for what, words in item.lines:
        _pair(document, what, words)
    if item.joined:
        document.add_paragraph(printable(" ".join(item.joined)))


def _table(document: Any, one: Table) -> None:
    document.add_heading(printable(one.title), level=2)
    table = document.add_table(rows=1, cols=len(one.head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, one.head, strict=True):
        cell.text = printable(words)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", "true"))
    for row in one.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = printable(words)
