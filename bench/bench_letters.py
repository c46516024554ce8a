"""How long it takes to merge 5,000 letters into one PDF for the printer: `.venv/bin/python bench/bench_letters.py`.

Each letter is a full refusal to assess, three pages, to another person with other reasons. The target is three minutes
on two cores. The figures name the machine's load, as a busy machine says nothing about the code.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from pypdf import PdfReader

from kept.letters import Letter
from kept.letters.pdf import as_pdf, for_the_printer
from kept.notices.sorts import SORTS
from kept.notices.wording import FIELDS, fill, our_template

TARGET_SECONDS = 180


def letters(count: int) -> list[Letter]:
    """So many letters, no two alike."""
    made = []
    for number in range(count):
        values = {name: f"{name} {number}" for name in FIELDS}
        values["reasons"] = "\n\n".join(
            f"Reason {part} of case {number}. " + "We looked at it. " * 15 for part in range(4)
        )
        filled = fill(our_template(SORTS["N2-refuse"]), SORTS["N2-refuse"], values)
        made.append(
            Letter(
                title=filled.title,
                council="Sandhaven Council",
                sender=("SEND service", "Town Hall", "Sandhaven SN1 1AA", "01234 567890"),
                recipient=f"Parent {number}",
                address=(f"{number} High Street", "Sandhaven", "SN1 1AA"),
                dated="15 December 2025",
                reference=f"25-{number:05d}",
                blocks=tuple(filled.blocks),
                signed=("Olga Officer", "Case officer"),
            )
        )
    return made


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    many = letters(count)
    began = time.perf_counter()
    single = as_pdf(many[0])
    alone = time.perf_counter() - began
    began, used = time.perf_counter(), _used()
    made = for_the_printer((replace(letter) for letter in many), title="Letters")
    took = time.perf_counter() - began
    pages = len(PdfReader(BytesIO(made)).pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"one tagged PDF: {alone * 1000:.0f} ms, {len(single) / 1024:.0f} kB")
    print(
        f"{count} letters, {pages} pages: {took:.1f} s ({_used() - used:.1f} s of processor), {len(made) / 1e6:.0f} MB"
    )
    print(f"peak memory {memory:.0f} MB; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"target {TARGET_SECONDS} s: {'met' if took <= TARGET_SECONDS else 'MISSED'}")


def _used() -> float:
    """Processor seconds of this process and its children."""
    parts = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in parts)


if __name__ == "__main__":
    main()
