"""`./run bench [NAME ...]`: run the measurements in `bench/`, all or by name.

Each is a module that measures when it is run (`python -m bench.NAME`). Words after `--` go to it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kept.commands.progress import say

FOLDER = Path(__file__).resolve().parents[1] / "bench"


def modules() -> dict[str, str]:
    """The measurements that there are: their names, and the modules that take them (`bench_spc` is named `spc`)."""
    files = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    return {stem.removeprefix("bench_"): f"bench.{stem}" for stem in files}


def main(words: list[str]) -> int:
    """Run the ones named, or all; 0 when every one ends well."""
    cut = words.index("--") if "--" in words else len(words)
    chosen, rest = words[:cut] or list(modules()), words[cut + 1 :]
    if unknown := [name for name in chosen if name not in modules()]:
        raise SystemExit(f"There is no measurement {', '.join(unknown)}. There are: {', '.join(modules()) or 'none'}.")
    failed = []
    for name in chosen:
        say(f"=== {name}")
        if subprocess.run([sys.executable, "-m", modules()[name], *rest], check=False, cwd=FOLDER.parent).returncode:
            failed.append(name)
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
