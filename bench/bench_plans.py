"""Plans: the linter on 30 pages and on a section as typed, a caseload a minute, and a 30-page plan as PDF/UA.

`./run bench plans [PLANS]`. Beside the linter stands a general prose linter (proselint) on the same words: it knows
nothing of plans, so only the time is compared. It is not one of our dependencies; name a Python that has it with
PROSELINT_PYTHON, otherwise it is said to be "not installed". Plans are put together as the demonstration's are, no two
alike. Prints one line of JSON with the load of the machine, as a busy machine says nothing about the code.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
os.environ.setdefault("KEPT_MODE", "demo")

import django

django.setup()

from pypdf import PdfReader  # noqa: E402

from kept.demo.plan_parts import AREAS  # noqa: E402
from kept.demo.plan_sketch import Person, Sketch, sketch  # noqa: E402
from kept.plans.caseload_work import lint_many  # noqa: E402
from kept.plans.outputs.html import as_html  # noqa: E402
from kept.plans.outputs.paper import Item, Paper, Section  # noqa: E402
from kept.plans.outputs.pdf import as_pdf  # noqa: E402
from kept.plans.outputs.word import as_word  # noqa: E402
from kept.plans.section_sets import set_of  # noqa: E402
from kept.rules.plans import Child, Context, Part, Plan, lint, lint_section  # noqa: E402

PLANS_IN_A_LONG_ONE = 14  # made-up plans have two or three pages; their words together make 30 and more
DAY = date(2026, 3, 10)
ROUNDS = 5
PEER = """
import json, sys, time
text = sys.stdin.read()
from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
CheckRegistry().register_many(__register__)
began = time.process_time()
found = LintFile(source="plan", content=text).lint()
print(json.dumps([time.process_time() - began, len(found)]))
"""


def person(dice: random.Random) -> Person:
    """Somebody with any need, of any age."""
    return Person(
        dice.choice(["Kofi", "Amara", "Nia", "Tomas"]), dice.choice("MF"), dice.choice(list(AREAS)),
        dice.randint(4, 19), DAY, "Quayhaven Foxglove School", "maintained special school",
    )  # fmt: skip


def plan_of(made: Sketch, who: Person) -> Plan:
    """A sketch as the linter reads it."""

    def linked(kind: str, key: str) -> tuple[str, ...]:
        return tuple(second for thread, first, second in made.links if thread == kind and first == key)

    parts = [
        Part(one.key, one.section, one.text, meets=linked("meets", one.key), supports=linked("serves", one.key))
        if one.kind == "provision"
        else Part(one.key, one.section, one.text, serves=linked("about", one.key) if one.kind == "outcome" else None)
        for one in made.pieces
    ]
    known = Child(who.first_name, age=who.age, nc_year=max(0, who.age - 5))
    return Plan(tuple(parts), Context(plan_date=DAY, child=known, whole_section=True, whole_plan=True))


def long_paper(dice: random.Random) -> Paper:
    """A plan of 30 pages or a little more; no two alike."""
    order = set_of("ehcp-2014")
    items: dict[str, list[Item]] = {one.code: [] for one in order.sections}
    for _ in range(PLANS_IN_A_LONG_ONE):
        for one in sketch(person(dice), quality=0.7, final=True, dice=dice).pieces:
            number = f"{one.section}{len(items[one.section]) + 1}"
            lines = (("How much", "30 minutes each time"), ("Provided by", "Quayhaven NHS Trust"))
            items[one.section].append(
                Item(number, one.text, lines if one.provision else (), ("Meets need B1.",) if one.provision else ())
            )
    sections = tuple(Section(one.code, one.title, tuple(items[one.code])) for one in order.sections)
    return Paper(f"Plan {uuid4()}", "Sandhaven", "Kofi Sample", (("Born", "1 May 2017"),), sections)


def as_plan(paper: Paper) -> Plan:
    """The words of a long plan for the linter."""
    parts = tuple(Part(item.number, one.letter, item.words) for one in paper.sections for item in one.items)
    return Plan(parts, Context(plan_date=DAY, child=Child("Kofi", age=9, nc_year=4), whole_section=True))


def used() -> float:
    """Processor seconds of this process and of those it waited for."""
    return sum(
        one.ru_utime + one.ru_stime for one in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def middle_of(work: Callable[[Any], object], given: list[Any]) -> dict[str, float]:
    """The middle one of several rounds, by the clock and of the processor, each on another plan: none is remembered."""
    seconds, processor = [], []
    for one in given:
        began, before = time.perf_counter(), used()
        work(one)
        seconds.append(time.perf_counter() - began)
        processor.append(used() - before)
    return {"clock_s": round(median(seconds), 3), "processor_s": round(median(processor), 3)}


def peer(text: str) -> object:
    """Seconds of the prose linter on the same words."""
    named = os.environ.get("PROSELINT_PYTHON")
    if not named:
        return "not installed"
    done = subprocess.run([named, "-c", PEER], input=text, capture_output=True, text=True, timeout=600, check=False)
    return round(json.loads(done.stdout)[0], 3) if done.returncode == 0 else done.stderr.strip()[-200:]


def caseload(plans: int, workers: int, dice: random.Random) -> dict[str, float]:
    """Plans a minute with so many processes, their start included, and processor seconds for 1,000 plans."""
    people = [person(dice) for _ in range(plans)]
    jobs = [(uuid4(), plan_of(sketch(one, quality=0.7, final=True, dice=dice), one)) for one in people]
    began, before = time.perf_counter(), used()
    done = sum(1 for _ in lint_many(jobs, total=plans, workers=workers))
    spent = used() - before
    return {
        "plans": plans,
        "a_minute": round(60 * done / (time.perf_counter() - began)),
        "processor_s_for_1000": round(1000 * spent / plans, 1),
    }


def main() -> None:
    """Measure and print."""
    plans = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    dice = random.Random(1)
    papers = [long_paper(dice) for _ in range(ROUNDS)]
    first = as_pdf(papers[0])
    fresh = [replace(one, title=f"{one.title} again") for one in papers[1:]]
    words = "\n\n".join(item.words for one in papers[0].sections for item in one.items)
    sections = ["\n\n".join(item.words for item in one.sections[5].items[:20]) for one in papers]
    print(
        json.dumps(
            {
                "pages": len(PdfReader(BytesIO(first)).pages),
                "words": len(words.split()),
                "lint_30_pages": middle_of(lint, [as_plan(one) for one in papers]),
                "lint_section": middle_of(lambda one: lint_section("F", one), list(sections)),
                "section_words": len(sections[0].split()),
                "proselint_30_pages_processor_s": peer(words),
                "pdf": middle_of(as_pdf, list(fresh)),
                "word": middle_of(as_word, list(fresh)),
                "html": middle_of(as_html, list(fresh)),
                "caseload_one_process": caseload(max(1, plans // 4), 1, dice),
                "caseload_two_processes": caseload(plans, 2, dice),
                "load_average": round(os.getloadavg()[0], 1),
            }
        )
    )


if __name__ == "__main__":
    main()
