"""A letter as HTML: the accessible original. A fragment for our own pages; headings begin at the level given."""

from __future__ import annotations

import base64

from markupsafe import Markup, escape

from kept.design.symbols import drawing, names
from kept.letters.letter import Block, Letter


def as_html(letter: Letter, *, level: int = 1) -> Markup:
    """The letter as an article. All words are escaped."""
    parts = [
        _lines((letter.council, *letter.sender), "kept-letter__sender"),
        _lines((letter.recipient, *letter.address), "kept-letter__address"),
        _lines((letter.dated, f"Our reference: {letter.reference}")),
        _heading(letter.title, level, "l"),
        *(_pictured(block, level + 1) for block in letter.blocks),
        _lines(letter.signed) if letter.signed else Markup(""),
        Markup('<p class="govuk-body-s">{}</p>').format(credit) if (credit := letter.extra.get("credit")) else "",
    ]
    size = f"kept-letter--{letter.look}"
    return Markup('<article class="kept-letter {}">{}</article>').format(size, Markup("").join(parts))


def _lines(lines: tuple[str, ...], name: str = "") -> Markup:
    broken = Markup("<br>").join(escape(line) for line in lines)
    return Markup('<p class="govuk-body {}">{}</p>').format(name, broken)


def _heading(words: str, level: int, size: str) -> Markup:
    return Markup('<h{0} class="govuk-heading-{1}">{2}</h{0}>').format(level, size, words)


def _pictured(block: Block, level: int) -> Markup:
    """A block with its picture on the left. The picture says nothing that the words do not, so it has no name."""
    if block.symbol not in names():
        return _block(block, level)
    shown = base64.b64encode(drawing(block.symbol)).decode()
    image = Markup('<img class="kept-letter__symbol" alt="" width="72" height="72" src="data:image/svg+xml;base64,{}">')
    return Markup('<div class="kept-letter__line">{}<div>{}</div></div>').format(
        image.format(shown), _block(block, level)
    )


def _block(block: Block, level: int) -> Markup:
    if block.kind == "heading":
        return _heading(block.words, level, "m")
    if block.kind == "bullets":
        items = Markup("").join(
            Markup("<li{}>{}</li>").format(_law(block, place), item) for place, item in enumerate(block.items)
        )
        return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
    if block.kind == "dates":
        rows = Markup("").join(
            Markup(
                '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}</th>'
                '<td class="govuk-table__cell">{}</td></tr>'
            ).format(what, day)
            for what, day in block.pairs
        )
        return Markup(
            '<table class="govuk-table"><thead class="govuk-table__head"><tr class="govuk-table__row">'
            '<th scope="col" class="govuk-table__header">What</th><th scope="col" class="govuk-table__header">By when'
            '</th></tr></thead><tbody class="govuk-table__body">{}</tbody></table>'
        ).format(rows)
    return Markup('<p class="govuk-body"{}>{}</p>').format(
        _law(block, 0), Markup("<br>").join(escape(line) for line in block.words.splitlines())
    )


def _law(block: Block, place: int) -> Markup:
    return Markup(" data-law") if place in block.exact else Markup("")
