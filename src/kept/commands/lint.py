"""`kept lint FILE [--json]`: check the wording of a plan in JSON, text, Word or PDF, without a server."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

from kept.rules.plans import Child, Context, Finding, Plan, Severity, Stage, authorities, lint, rules
from kept.rules.plans.files import Unreadable, read_plan


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words} is not a date such as 2026-03-10") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("file", help="a plan as JSON, text, .docx or .pdf")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument(
        "--stage",
        choices=[each.value for each in Stage],
        default=Stage.DRAFT.value,
        help="stage of a text, Word or PDF plan",
    )
    parser.add_argument("--date", type=_day, help="the plan's date, for dates that have passed")
    parser.add_argument("--name", default="", help="the child's first name")
    parser.add_argument("--pronouns", default="", help="he/him, she/her or they/them")
    parser.add_argument("--age", type=int, help="the child's age in years")
    parser.add_argument("--year", type=int, help="the child's national curriculum year, 0 for Reception")
    parser.add_argument("--setting", help="the setting attended or named")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 when a blocker was found, 0 otherwise."""
    child = Child(options.name, options.pronouns, options.age, options.year)
    context = Context(stage=Stage(options.stage), plan_date=options.date, child=child, setting=options.setting)
    try:
        plan, notes = read_plan(Path(options.file), context)
    except Unreadable as error:
        raise SystemExit(str(error)) from None
    findings = lint(plan)
    for note in notes:
        print(note, file=sys.stderr)
    if options.json:
        json.dump([asdict(each) for each in findings], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_report(plan, findings)))
    return int(any(each.severity is Severity.BLOCKER for each in findings))


def _report(plan: Plan, findings: list[Finding]) -> list[str]:
    counted = Counter(each.severity for each in findings)
    tally = ", ".join(f"{counted[each]} {each.value}" for each in Severity if counted[each])
    lines = [f"{len(plan.parts)} entries read. " + (f"Found: {tally}." if findings else "Nothing found.")]
    for each in findings:
        title = rules()[each.rule].title
        law = "; ".join(f"{authorities()[key].title} [{authorities()[key].mark}]" for key in each.authority)
        lines += ["", f"{each.severity.value.upper()} {each.rule} in {each.part}: {title}"]
        if each.words:
            lines.append(f'  words:   "{" ".join(each.words.split())[:160]}"')
        lines += [f"  plainly: {each.plain}", f"  instead: {each.rewrite}", f"  law:     {law}"]
    return lines
