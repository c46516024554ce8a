"""`./run check templates`: every page template compiles, with the filters and macros that it names."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = (".jinja", ".html", ".txt")


def main() -> int:
    """0 when every template compiles; otherwise where each does not."""
    import django
    from django.template import TemplateSyntaxError, engines

    django.setup()
    engine = engines.all()[0]
    bad = 0
    for folder in engine.dirs:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in KINDS:
                try:
                    engine.get_template(str(path.relative_to(folder)))
                except TemplateSyntaxError as error:
                    bad += 1
                    line = getattr(error.__cause__, "lineno", "?")
                    print(f"{path.relative_to(ROOT)}:{line}: {error}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
