"""A letter as plain facts: who writes to whom, on which day, and its blocks in order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Look(StrEnum):
    """How a letter is drawn; the words are the letter's own."""

    STANDARD = "standard"
    LARGE = "large"
    EASY = "easy"


@dataclass(frozen=True)
class Block:
    """A piece of a letter: `heading` or `text` with words, `bullets` with items, `dates` with pairs of (what, day).

    symbol: the name of a picture beside it (`kept.design.symbols`). exact: which of its items (a text is item 0) are
    words that nobody may put more simply, such as the law's; they are left out when the reading age is measured.
    """

    kind: str
    words: str = ""
    items: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    symbol: str = ""
    exact: tuple[int, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The block as plain values; what it does not have is left out where older letters did not have it either."""
        data = asdict(self)
        return {name: value for name, value in data.items() if value or name not in {"symbol", "exact"}}


def heading(words: str) -> Block:
    """A heading within the letter."""
    return Block("heading", words)


def text(words: str, *, symbol: str = "", exact: bool = False) -> Block:
    """A paragraph."""
    return Block("text", words, symbol=symbol, exact=(0,) if exact else ())


def bullets(items: Iterable[str], *, exact: Iterable[int] = ()) -> Block:
    """A list."""
    return Block("bullets", items=tuple(items), exact=tuple(exact))


def dates(pairs: Iterable[tuple[str, str]], *, symbol: str = "") -> Block:
    """Dates that matter: what, and the day in words. Drawn as a table with a heading row."""
    return Block("dates", pairs=tuple(pairs), symbol=symbol)


@dataclass(frozen=True)
class Letter:
    """One letter to one recipient. Every date is in words already; nothing here is an instruction to a typesetter.

    extra: what else it says at its foot by name; `credit` is whose pictures it shows.
    """

    title: str
    council: str
    sender: tuple[str, ...]
    recipient: str
    address: tuple[str, ...]
    dated: str
    reference: str
    blocks: tuple[Block, ...]
    signed: tuple[str, ...] = ()
    look: Look = Look.STANDARD
    extra: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The letter as plain values, for storage and for the typesetter."""
        return {**asdict(self), "blocks": [one.as_data() for one in self.blocks], "look": str(self.look)}

    @property
    def digest(self) -> str:
        """The SHA-256 of what the letter says, so that a copy can be proved to be the one that went."""
        return hashlib.sha256(json.dumps(self.as_data(), sort_keys=True).encode()).hexdigest()

    def all_words(self) -> str:
        """Everything in it, one line after another, for searching."""
        lines = [self.title, self.recipient, *self.address, self.dated, self.reference, *self.sender, *self.signed]
        for block in self.blocks:
            lines += [block.words, *block.items, *(f"{what}: {day}" for what, day in block.pairs)]
        return "\n".join(line for line in lines if line)


def _block_from(data: Mapping[str, Any]) -> Block:
    pairs = tuple((what, day) for what, day in data["pairs"])
    more = {"symbol": data.get("symbol", ""), "exact": tuple(data.get("exact", ()))}
    return Block(data["kind"], data["words"], tuple(data["items"]), pairs, **more)


def letter_from(data: Mapping[str, Any]) -> Letter:
    """The letter that `as_data` stored."""
    blocks = tuple(_block_from(one) for one in data["blocks"])
    lists = {name: tuple(data[name]) for name in ("sender", "address", "signed")}
    return Letter(**{**data, **lists, "blocks": blocks, "look": Look(data["look"])})
