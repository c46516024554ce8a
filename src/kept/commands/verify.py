"""`kept verify SUBJECT FILE [--check]`: give an outsider our answers to a file of cases, without a server.

Answers go to standard output as JSON. A case that cannot be answered is refused alone, with a sentence; the others are
answered all the same. With `--check` the answers are also compared with those in the file; what differs goes to
standard error. The exit code is 0 when every case was answered and, with `--check`, agrees.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from kept.rules.case_files import refusals

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
        return json.loads(Path(file).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SystemExit(f"{file} could not be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise SystemExit(f"{file} is not a text file in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise SystemExit(f"{file} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise SystemExit(f"{file} nests lists or objects too deeply to be read.") from None
    except ValueError:
        raise SystemExit(f"{file} holds a number of more digits than can be read.") from None


def run(options: argparse.Namespace) -> int:
    """Answer the cases of a file; 0 unless a case cannot be answered or `--check` finds a difference.

    Each subject's module has `answer(document)`, which gives what is printed and raises ValueError with a sentence
    about a file that holds no cases, and `compare(document, answers)`, which gives the lines of the report and whether
    all agree. A case that cannot be answered has a sentence instead, which goes to standard error too.
    """
    subject = importlib.import_module(SUBJECTS[options.subject])
    document = read_json(options.file)
    try:
        answers = subject.answer(document)
    except ValueError as error:
        raise SystemExit(f"{options.file}: {error}") from None
    refused = refusals(answers)
    try:
        _print(answers)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    for sentence in refused:
        print(sentence, file=sys.stderr)
    if not options.check:
        return 1 if refused else 0
    lines, agrees = subject.compare(document, answers)
    print("\n".join(lines), file=sys.stderr)
    return 0 if agrees and not refused else 1


def _print(answers: Any) -> None:
    """The answers as JSON in UTF-8, whatever the terminal's own encoding; a reader may stop half way."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    json.dump(answers, sys.stdout, ensure_ascii=False, indent=1)
    print(flush=True)
