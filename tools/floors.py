"""`./run check floors`: imports point down only, no service writes another's models, no rule asks the wall clock."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import grimp
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "src" / "kept" / "rules"
SERVICES = ("cases", "plans", "waiting", "offer", "transport", "voice")
CLOCKS = {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}


def borrowed_models() -> list[str]:
    """Imports by which one service reaches into another's models instead of its actions and queries."""
    graph = grimp.build_graph("kept", cache_dir=None)
    found = []
    for service in SERVICES:
        models = f"kept.{service}.models"
        if models not in graph.modules:
            continue
        for importer in sorted(graph.find_modules_that_directly_import(models)):
            parts = importer.split(".")
            if parts[1] in SERVICES and parts[1] != service and "tests" not in parts:
                found.append(f"{importer} imports {models}: call its actions, or read through its queries")
    return found


def asks_the_clock(file: Path) -> list[str]:
    """Places in a file of rules where the wall clock is read; `today` must come in as a fact."""
    return [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.func.value.id}.{node.func.attr}() asks the wall clock"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]


def main() -> int:
    """0 when the floors hold; otherwise each breach in words."""
    broken = lint_imports(no_cache=True, no_logo=True)
    clocks = [
        line for file in sorted(RULES.rglob("*.py")) if "tests" not in file.parts for line in asks_the_clock(file)
    ]
    found = [*borrowed_models(), *clocks]
    print("\n".join(found))
    return 1 if broken or found else 0


if __name__ == "__main__":
    sys.exit(main())
