"""Documents that a machine writes from the code, so that they cannot fall behind it.

A document is a function without arguments that gives the whole text. `./run fix` writes them, `./run check` says which
differ from what is committed. A module that has one to offer defines

    DOCUMENTS = {"docs/reference/clocks.md": clocks_page}

and is named in MODULES.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES: tuple[str, ...] = ("kept.cases.states",)


def registry() -> dict[Path, Callable[[], str]]:
    """Every generated document and what writes it. Raises ValueError where two modules claim one path."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    os.environ.setdefault("KEPT_MODE", "test")
    found: dict[Path, Callable[[], str]] = {}
    for name in MODULES:
        for path, writer in importlib.import_module(name).DOCUMENTS.items():
            if ROOT / path in found:
                raise ValueError(f"{path} is written by two modules, {name} the second.")
            found[ROOT / path] = writer
    return found


def behind() -> list[str]:
    """Paths, from the root, of documents that differ from what would be written now."""
    return [
        str(path.relative_to(ROOT))
        for path, writer in registry().items()
        if not path.exists() or path.read_text(encoding="utf-8") != writer()
    ]


def write() -> list[str]:
    """Write those that are behind; their paths."""
    written = behind()
    for name in written:
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(registry()[path](), encoding="utf-8")
    return written
