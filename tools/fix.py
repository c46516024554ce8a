"""`./run fix`: mend what a machine can mend: style, order of imports, layout, generated documents."""

from __future__ import annotations

import subprocess
import sys

from tools import documents


def main() -> int:
    """Mend, then say what is left for a person; 0 when nothing is."""
    left = subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "."], check=False).returncode
    left |= subprocess.run([sys.executable, "-m", "ruff", "format", "."], check=False).returncode
    for name in documents.write():
        print(f"Written: {name}")
    return left


if __name__ == "__main__":
    sys.exit(main())
