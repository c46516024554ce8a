"""Symbols for people who read with pictures: SVG files in a folder beside this one, or in one that the area names."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("drawings")
CREDIT = "Symbols: OpenMoji, CC BY-SA 4.0."
MOST_BYTES = 200_000


def _own_folder() -> Path | None:
    """The folder of another set of symbols, when `KEPT_SYMBOLS` names one."""
    named = os.environ.get("KEPT_SYMBOLS", "")
    return Path(named) if named and Path(named).is_dir() else None


def names() -> frozenset[str]:
    """Every symbol there is."""
    return frozenset(file.stem for file in FOLDER.glob("*.svg"))


@cache
def drawing(name: str) -> bytes:
    """The SVG of a symbol. Raises KeyError for a name that there is not."""
    if name not in names():
        raise KeyError(name)
    own = _own_folder()
    for folder in (own, FOLDER) if own else (FOLDER,):
        file = folder / f"{name}.svg"
        if file.is_file() and file.stat().st_size <= MOST_BYTES:
            return file.read_bytes()
    raise KeyError(name)


@cache
def credit() -> str:
    """Whose symbols these are, as a document must say."""
    own = _own_folder()
    named = own / "CREDIT" if own else None
    if named and named.is_file():
        return f"{' '.join(named.read_text(encoding='utf-8').split())[:200]} {CREDIT}"
    return CREDIT
