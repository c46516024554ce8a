"""Typeset many letters, each few hundred in a process of its own, so that memory stays small and two cores work.

Run as a program it reads the data of letters from its input and writes their PDF: that is how it calls itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kept.letters.letter import Letter, letter_from

SOURCE = Path(__file__).resolve().parents[2]
WORKERS = 2
LONGEST_SECONDS = 300


def typeset_all(runs: Iterable[list[Letter]], *, title: str) -> Iterator[bytes]:
    """The PDF of each run, in order. Raises RuntimeError with what the typesetter said."""
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(lambda run: _elsewhere(run, title), runs)


def _elsewhere(run: list[Letter], title: str) -> bytes:
    data = json.dumps({"title": title, "letters": [letter.as_data() for letter in run]})
    done = subprocess.run(
        [sys.executable, "-m", "kept.letters.typesetting"],
        input=data.encode(),
        capture_output=True,
        cwd=SOURCE,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def main() -> None:
    """Read letters, write a PDF."""
    from kept.letters.pdf import as_pdf

    data = json.load(sys.stdin.buffer)
    letters = [letter_from(one) for one in data["letters"]]
    sys.stdout.buffer.write(as_pdf(letters, title=data["title"], for_paper=True))


if __name__ == "__main__":
    main()
