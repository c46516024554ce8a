"""A plan as HTML: the accessible original, a fragment for our own pages. All words are escaped."""

from __future__ import annotations

import base64

from markupsafe import Markup, escape

from kept.design.symbols import drawing
from kept.plans.outputs.paper import Item, Pair, Paper, Picture, PicturePaper, Section, Table


def as_html(paper: Paper) -> Markup:
    """The plan as an article that begins at heading level 2 (its page has the level 1)."""
    parts = [
        _pairs(paper.facts),
        *(_paragraph(words) for words in paper.before),
        _contents(paper),
        *(_section(one) for one in paper.sections),
        *(_table(one) for one in paper.tables),
        *(_paragraph(words) for words in paper.closing),
    ]
    return Markup('<article class="kept-plan">{}</article>').format(Markup("").join(parts))


def pictures_as_html(paper: PicturePaper) -> Markup:
    """The easy-read or child's version as an article. Symbols say nothing that the words do not: they have no name."""
    parts: list[Markup] = []
    for one in paper.lines:
        parts.append(_picture(one))
    if paper.credit:
        parts.append(Markup('<p class="govuk-body-s">{}</p>').format(paper.credit))
    return Markup('<article class="kept-plan kept-plan--pictures">{}</article>').format(Markup("").join(parts))


def _picture(one: Picture) -> Markup:
    image = Markup('<img class="kept-plan__symbol" alt="" width="72" height="72" src="data:image/svg+xml;base64,{}">')
    shown = image.format(base64.b64encode(drawing(one.symbol)).decode()) if one.symbol else Markup("")
    if one.strong:
        words = Markup('<h2 class="govuk-heading-l">{}</h2>').format(" ".join(one.words))
    else:
        words = Markup("").join(Markup('<p class="govuk-body-l">{}</p>').format(each) for each in one.words)
    return Markup('<div class="kept-plan__line">{}<div>{}</div></div>').format(shown, words)


def _paragraph(words: str) -> Markup:
    broken = Markup("<br>").join(escape(line) for line in words.splitlines())
    return Markup('<p class="govuk-body">{}</p>').format(broken)


def _pairs(pairs: tuple[Pair, ...]) -> Markup:
    rows = Markup("").join(
        Markup(
            '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
            '<dd class="govuk-summary-list__value">{}</dd></div>'
        ).format(what, words)
        for what, words in pairs
    )
    return Markup('<dl class="govuk-summary-list govuk-summary-list--no-border">{}</dl>').format(rows) if rows else rows


def _contents(paper: Paper) -> Markup:
    links = Markup("").join(
        Markup('<li><a class="govuk-link" href="#section-{}">{}</a></li>').format(one.letter, one.heading)
        for one in paper.sections
    )
    return Markup(
        '<nav aria-label="Sections of the plan"><ul class="govuk-list govuk-!-display-none-print">{}</ul></nav>'
    ).format(links)


def _section(one: Section) -> Markup:
    inside = Markup("").join(_item(item) for item in one.items) if one.items else _paragraph(one.empty)
    head = Markup('<h2 class="govuk-heading-m" id="section-{}">{}</h2>').format(one.letter, one.heading)
    return Markup('<section aria-labelledby="section-{}">{}{}</section>').format(one.letter, head, inside)


def _item(item: Item) -> Markup:
    parts = [Markup('<h3 class="govuk-heading-s" id="entry-{0}">{0}</h3>').format(item.number)]
    if item.mark:
        parts.append(Markup('<p><strong class="govuk-tag govuk-tag--yellow">{}</strong></p>').format(item.mark))
    parts.append(_paragraph(item.words))
    if item.lines:
        parts.append(_pairs(item.lines))
    if item.joined:
        parts.append(Markup('<p class="govuk-hint">{}</p>').format(" ".join(item.joined)))
    return Markup('<div class="kept-plan__item">{}</div>').format(Markup("").join(parts))


def _table(one: Table) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col" class="govuk-table__header">{}</th>').format(words) for words in one.head
    )
    rows = Markup("").join(
        Markup('<tr class="govuk-table__row">{}</tr>').format(
            Markup("").join(Markup('<td class="govuk-table__cell">{}</td>').format(words) for words in row)
        )
        for row in one.rows
    )
    return Markup(
        '<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--m">{}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>'
        '<tbody class="govuk-table__body">{}</tbody></table>'
    ).format(one.title, head, rows)
