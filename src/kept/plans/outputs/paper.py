"""A plan as it is printed: plain frozen facts in reading order, which every format draws and none changes."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True)
class Item:
    """One entry. `lines` are its typed facts (what, in words), `joined` its links in words, `mark` a warning."""

    number: str
    words: str
    lines: tuple[Pair, ...] = ()
    joined: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Section:
    """A lettered section with its entries; `empty` is what stands there when it has none."""

    letter: str
    title: str
    items: tuple[Item, ...] = ()
    empty: str = "Nothing is recorded in this section."

    @property
    def heading(self) -> str:
        """The letter and the title."""
        return f"Section {self.letter}: {self.title}"


@dataclass(frozen=True)
class Table:
    """A table with a heading row, such as the answers that go with a final plan."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Paper:
    """A whole plan on paper. `stamp` (draft, superseded) is repeated on every page; `facts` stand beneath the title."""

    title: str
    council: str
    child: str
    facts: tuple[Pair, ...]
    sections: tuple[Section, ...]
    stamp: str = ""
    before: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A line of an easy document: a symbol's name beside short sentences. `strong` begins a part: it is a heading."""

    symbol: str
    words: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True)
class PicturePaper:
    """A plan in pictures and short sentences."""

    title: str
    council: str
    child: str
    lines: tuple[Picture, ...]
    stamp: str = ""
    credit: str = ""


def printable(words: str) -> str:
    """Without the control characters that XML and PDF cannot hold."""
    return "".join(mark for mark in words if mark.isprintable() or mark in "\n\t")
