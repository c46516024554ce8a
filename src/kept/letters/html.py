"""A letter as HTML: the accessible original. A fragment for our own pages; headings begin at the level given."""

from __future__ import annotations

from markupsafe import Markup, escape

from kept.letters.letter import Block, Letter


def as_html(letter: Letter, *, level: int = 1) -> Markup:
    """The letter as an article. All words are escaped."""
    parts = [
        _lines((letter.council, *letter.sender), "kept-letter__sender"),
        _lines((letter.recipient, *letter.address), "kept-letter__address"),
        _lines((letter.dated, f"Our reference: {letter.reference}")),
        _heading(letter.title, level, "l"),
        *(_block(block, level + 1) for block in letter.blocks),
        _lines(letter.signed) if letter.signed else Markup(""),
    ]
    size = f"kept-letter--{letter.look}"
    return Markup('<article class="kept-letter {}">{}</article>').format(size, Markup("").join(parts))


def _lines(lines: tuple[str, ...], name: str = "") -> Markup:
    broken = Markup("<br>").join(escape(line) for line in lines)
    return Markup('<p class="govuk-body {}">{}</p>').format(name, broken)


def _heading(words: str, level: int, size: str) -> Markup:
    return Markup('<h{0} class="govuk-heading-{1}">{2}</h{0}>').format(level, size, words)


def _block(block: Block, level: int) -> Markup:
    if block.kind == "heading":
        return _heading(block.words, level, "m")
    if block.kind == "bullets":
        items = Markup("").join(Markup("<li>{}</li>").format(item) for item in block.items)
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
    return Markup('<p class="govuk-body">{}</p>').format(
        Markup("<br>").join(escape(line) for line in block.words.splitlines())
    )
