"""`./run lock`: remake the lock files from `requirements/*.in`, versions with hashes. For maintainers; needs uv."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from kept.commands.progress import progress

ROOT = Path(__file__).resolve().parents[1]


def command(name: str, words: list[str]) -> list[str]:
    """The words for uv: every system, every hash, and nothing that names this machine or where it fetches from."""
    return [
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--custom-compile-command", "./run lock", "--no-emit-index-url", "--no-emit-find-links"),
        *(f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt", *words),
    ]


def main(words: list[str]) -> int:
    """Make app.txt, then dev.txt held to the same versions. Words (such as --upgrade) go to uv."""
    if not shutil.which("uv"):
        raise SystemExit("./run lock needs uv (https://docs.astral.sh/uv); nothing else does.")
    for name in ("app", "dev"):
        held = ["--constraint", "requirements/app.txt"] if name == "dev" else []
        with progress(f"Locking {name}"):
            done = subprocess.run(command(name, [*held, *words]), check=False, cwd=ROOT)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
