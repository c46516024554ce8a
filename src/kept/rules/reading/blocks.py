"""The blocks of text of a page: what a reader meets as one paragraph, item or cell."""

from __future__ import annotations

from html.parser import HTMLParser

_INLINE = frozenset({"a", "abbr", "b", "em", "i", "span", "strong", "time", "small", "q", "cite", "code", "mark"})
_SILENT = frozenset({"script", "style", "svg", "template", "head"})
_EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr"})
LAW = "data-law"


class _Blocks(HTMLParser):
    def __init__(self, inside: str) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = inside
        self.blocks: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._end_block()
        if tag not in _EMPTY:
            self.open.append((tag, tag in _SILENT or any(name == LAW for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if any(silent for _, silent in self.open):
            return
        if self.inside and not any(tag == self.inside for tag, _ in self.open):
            return
        self.words += data

    def _end_block(self) -> None:
        if text := " ".join(self.words.split()):
            self.blocks.append(text)
        self.words = ""


def text_blocks(html: str, *, inside: str = "main") -> list[str]:
    """The blocks of text inside an element of a page ("" for all of it), in order.

    An element with `data-law` quotes the law or a person word for word; it is left out, since nobody may reword it.
    """
    reader = _Blocks(inside)
    reader.feed(html)
    reader.close()
    reader._end_block()
    return reader.blocks
