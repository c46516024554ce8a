"""`./run check [STEP ...]`: what a machine can judge. Changes nothing; goes on to the end; says each step's time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kept.commands.progress import progress, say
from tools import documents

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 500  # lines
LINES_COUNTED = (".py", ".jinja", ".html", ".js")
NOT_COUNTED = re.compile(r"(^|/)(migrations|vendor)/")
HOME_FOLDERS = re.compile(r"(?<![\w.])(/home/(?!runner\b)[a-z][\w-]*/|/Users/[A-Za-z][\w-]*/|/root/|[A-Z]:\\Users\\)")
MAY_BE_UNKNOWN = 5  # packages that the list does not know; more means that we did not reach the real one
UNREACHABLE = ("ConnectionError", "Max retries", "NameResolution", "ServiceError", "Failed to connect", "ProxyError")
PRETEND = {
    "KEPT_MODE": "test",
    "KEPT_HOME": str(ROOT / ".kept" / "check"),
    "DATABASE_URL": "",
    "DJANGO_SETTINGS_MODULE": "kept.config.settings",
}


@dataclass(frozen=True)
class Finding:
    """What a step found: empty words are a pass; `loud` words are shown although it passed."""

    words: str = ""
    loud: str = ""


def program(*words: str, **environment: str) -> Finding:
    """A step that is a program of the environment: it passes when its exit code is 0."""
    asked = [sys.executable, "-m", *words]
    done = subprocess.run(
        asked, check=False, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment}
    )
    return (
        Finding() if done.returncode == 0 else Finding((done.stdout + done.stderr).strip() or "failed without a word")
    )


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows, by pattern. Without git (an archive was unpacked), every file that is not running data."""
    done = subprocess.run(["git", "ls-files", "-z", *patterns], check=False, capture_output=True, text=True, cwd=ROOT)
    if done.returncode == 0:
        return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]
    skipped = {".venv", ".kept", ".git"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)]


def types() -> Finding:
    """The rules strictly, the rest at a level that catches mistakes."""
    strictly = ("--strict", "--package", "kept.rules", "--cache-dir", ".mypy_cache/strict")
    runs = [mypy(*strictly), mypy("--package", "kept")]
    return Finding("\n".join(run.words for run in runs if run.words))


def mypy(*words: str) -> Finding:
    """One run of the type checker, with the settings of a test, so that it asks for nothing."""
    return program("mypy", "--no-error-summary", *words, **PRETEND)


def floors() -> Finding:
    """Imports point down only."""
    return program("tools.floors")


def migrations() -> Finding:
    """The migrations say what the models say."""
    words = ("kept", "manage", "makemigrations", "--check", "--dry-run", "-v", "1")
    return program(*words, **PRETEND)


def generated_documents() -> Finding:
    """What a machine writes from the code is what is committed."""
    late = documents.behind()
    return Finding(f"Behind the code: {', '.join(late)}. ./run fix writes them." if late else "")


def long_files() -> Finding:
    """No file has grown past what a person reads in one go."""
    found = []
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.suffix in LINES_COUNTED and not NOT_COUNTED.search(name):
            count = len(path.read_text(encoding="utf-8", errors="replace").splitlines())
            if count > LONGEST_FILE:
                found.append(f"{name}: {count} lines (at most {LONGEST_FILE}; split it by subject)")
    return Finding("\n".join(found))


def personal_paths() -> Finding:
    """No folder of one person's or one machine's stands in the project."""
    found = []
    for path in tracked():
        if path == Path(__file__) or path.stat().st_size > 1_000_000:  # noqa: PLR2004
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT)
        found += [
            f"{name}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(lines, 1)
            if HOME_FOLDERS.search(line) or f"{ROOT}/" in line
        ]
    return Finding("\n".join(found))


def vulnerabilities() -> Finding:
    """No dependency has a known vulnerability; said loudly when the list of them cannot be reached."""
    words = ("-m", "pip_audit", "--requirement", "requirements/dev.txt", "--disable-pip", "--require-hashes")
    asked = [sys.executable, *words, "--progress-spinner", "off", "--timeout", "15"]  # dev.txt holds all of app.txt
    done = subprocess.run(asked, check=False, capture_output=True, text=True, cwd=ROOT)
    said = done.stdout + done.stderr
    passed_over = said.count("could not be audited")
    if passed_over > MAY_BE_UNKNOWN or (done.returncode and any(mark in said for mark in UNREACHABLE)):
        return Finding(loud="NOT CHECKED: the list of known vulnerabilities could not be reached from here.")
    return Finding(said.strip() if done.returncode else "")


def templates() -> Finding:
    """Page templates parse."""
    return program("tools.templates", **PRETEND)


STEPS: dict[str, Callable[[], Finding]] = {
    "style": lambda: program("ruff", "check", "--quiet", "."),
    "format": lambda: program("ruff", "format", "--check", "--quiet", "."),
    "types": types,
    "floors": floors,
    "migrations": migrations,
    "templates": templates,
    "documents": generated_documents,
    "file lengths": long_files,
    "personal paths": personal_paths,
    "vulnerabilities": vulnerabilities,
}


def take(name: str) -> tuple[str, Finding, float]:
    """One step and the seconds that it took."""
    began = time.monotonic()
    with progress(f"Checking {name}"):
        finding = STEPS[name]()
    return name, finding, time.monotonic() - began


def outcome(finding: Finding) -> str:
    """One word of equal length: a step that could not look has not passed."""
    return "FAILED " if finding.words else "SKIPPED" if finding.loud else "passed "


def main(words: list[str]) -> int:
    """Take the steps named, or all; 0 when every one passes."""
    if unknown := [word for word in words if word not in STEPS]:
        raise SystemExit(f"There is no step {', '.join(unknown)}. The steps are: {', '.join(STEPS)}.")
    results = [take(name) for name in words or STEPS]
    for name, finding, _ in results:
        if finding.words:
            say(f"\n--- {name}\n{finding.words}")
    print()
    for name, finding, seconds in results:
        print(f"{outcome(finding)}  {name:<16} {seconds:5.1f} s  {finding.loud}".rstrip())
    failed = sum(bool(finding.words) for _, finding, _ in results)
    print(f"\n{failed} of {len(results)} steps failed." if failed else "\nNo step failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
