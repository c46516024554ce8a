"""`kept verify SUBJECT FILE [--check]`: give an outsider our answers to a file of cases, without a server.

Answers go to standard output as JSON. With `--check` they are also compared with the answers in the file; what
differs goes to standard error and the exit code says whether it agrees.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

SUBJECTS = {
    "clocks": "kept.rules.process.verify",
    "lint": "kept.rules.plans.verify",
    "search": "kept.rules.search.verify",
    "waits": "kept.rules.waits.verify",
    "spc": "kept.rules.spc.verify",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("subject", choices=sorted(SUBJECTS), help="what kind of cases the file holds")
    parser.add_argument("file", help="a JSON file of cases")
    parser.add_argument("--check", action="store_true", help="compare with the expected answers in the file")


def read_json(file: str) -> Any:
    """The file's content. Raises SystemExit with a sentence when it cannot be read."""
    try:
        return json.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise SystemExit(f"{file} could not be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise SystemExit(f"{file} is not a text file in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise SystemExit(f"{file} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None


def run(options: argparse.Namespace) -> int:
    """Answer the cases of a file; 0 unless `--check` finds a difference.

    Each subject's module has `answer(document)`, which gives what is printed and raises ValueError with a sentence
    about a malformed file, and `compare(document, answers)`, which gives the lines of the report and whether all agree.
    """
    subject = importlib.import_module(SUBJECTS[options.subject])
    document = read_json(options.file)
    try:
        answers = subject.answer(document)
    except ValueError as error:
        raise SystemExit(f"{options.file}: {error}") from None
    json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
    print()
    if not options.check:
        return 0
    lines, agrees = subject.compare(document, answers)
    print("\n".join(lines), file=sys.stderr)
    return 0 if agrees else 1
