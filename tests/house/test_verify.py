"""`kept verify` as a stranger uses it: files of every making, and what comes out on which stream with which code."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kept.commands import verify

GOOD = {"id": "a", "as_of": "2026-02-28", "events": [{"type": "request_received", "date": "2024-02-29"}]}
BAD = {"id": "b", "as_of": "2026-02-30", "events": []}


@pytest.fixture
def asked(tmp_path, capsys):
    """Ask about a file of these bytes; gives the exit code, the answers and what was said beside them."""

    def ask(content, subject="clocks", *, check=False):
        file = tmp_path / "cases.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        code = verify.run(argparse.Namespace(subject=subject, file=str(file), check=check))
        out, err = capsys.readouterr()
        return code, json.loads(out), err.splitlines()

    return ask


def test_every_case_answered_is_a_success(asked):
    code, answers, said = asked([GOOD])
    assert (code, said) == (0, [])
    assert answers[0]["id"] == "a"


def test_a_case_that_cannot_be_answered_is_named_and_the_others_are_answered(asked):
    code, answers, said = asked([BAD, GOOD])
    assert code == 1
    assert said == ["Case b: as_of must be a date such as 2026-01-31, not “2026-02-30”."]
    assert answers[0] == {"id": "b", "error": said[0]}
    assert answers[1]["stage"] == "REQUEST_UNDER_CONSIDERATION"


def test_a_check_passes_only_when_everything_was_answered_and_agrees(asked):
    due = {"clock": "assess.decision", "due": "2024-04-11", "status": "overdue"}
    right, wrong = GOOD | {"expected": {"clocks": [due]}}, GOOD | {"expected": {"sen2": 1}}
    assert asked([right], check=True)[0] == 0
    assert asked([wrong], check=True)[0] == 1
    assert asked([right, BAD], check=True)[0] == 1


@pytest.mark.parametrize(
    "made", [lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b" ", b"\r\n")], ids=["mark first", "CRLF"]
)
def test_files_from_windows_are_read(asked, made):
    assert asked(made(json.dumps([GOOD]).encode()))[0] == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not JSON: Expecting value at line 1, column 1"),
        (b"hello", "is not JSON"),
        (b"\xff\xfe\x00", "is not a text file in UTF-8"),
        (b"[" * 50_000, "nests lists or objects too deeply"),
        (b"[" + b"9" * 5_000 + b"]", "more digits than can be read"),
        (b"{}", "must hold a list of cases"),
    ],
)
def test_a_file_that_holds_no_cases_ends_with_one_sentence(asked, content, words):
    with pytest.raises(SystemExit, match=words) as ended:
        asked(content)
    assert "\n" not in str(ended.value)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SystemExit, match="No such file"):
        verify.read_json(str(tmp_path / "nowhere.json"))


def test_answers_leave_in_utf8_whatever_the_terminal_and_a_reader_may_stop(tmp_path):
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([GOOD | {"id": f"é{number}\ud800"} for number in range(300)]))
    command = f"{sys.executable} -m kept verify clocks {file} | head -c 200"
    source = str(Path(verify.__file__).parents[2])
    done = subprocess.run(  # noqa: S602 - a fixed command of our own
        command,
        shell=True,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": source, "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
    )
    assert "é0\\ud800".encode() in done.stdout
    assert done.stderr == b""
