"""`./run` on a machine that has Python and pip but neither `venv` nor `ensurepip`."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BASE_PYTHON = str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())


def tiny_wheel(folder):
    """A wheel with one module, made on the spot; its address and hash as a line of a lock file."""
    file = folder / "tiny-1.0-py3-none-any.whl"
    parts = {
        "tiny.py": "WORD = 'installed'\n",
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with zipfile.ZipFile(file, "w") as wheel:
        for name, words in parts.items():
            wheel.writestr(name, words)
            digest = base64.urlsafe_b64encode(hashlib.sha256(words.encode()).digest()).rstrip(b"=").decode()
            record += f"{name},sha256={digest},{len(words)}\n"
        wheel.writestr("tiny-1.0.dist-info/RECORD", record + "tiny-1.0.dist-info/RECORD,,\n")
    return f"tiny @ {file.as_uri()} --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


@pytest.fixture
def project(tmp_path):
    """A small project with our `run`, in a folder with a space, on a Python without `venv` and `ensurepip`."""
    folder = tmp_path / "my project"
    commands = folder / "src" / "kept" / "commands"
    commands.mkdir(parents=True)
    shutil.copy(ROOT / "run", folder / "run")
    shutil.copy(ROOT / "src/kept/commands/progress.py", commands)
    for package in (commands, commands.parent):
        (package / "__init__.py").write_text("")
    (commands.parent / "__main__.py").write_text(
        "import os, sys, tiny\nprint(tiny.WORD, sys.prefix != sys.base_prefix, os.getcwd(), *sys.argv[1:])\n"
    )
    (folder / "requirements").mkdir()
    for name in ("app", "dev"):
        (folder / "requirements" / f"{name}.txt").write_text(tiny_wheel(tmp_path))
    missing = tmp_path / "missing"
    missing.mkdir()
    for name in ("venv", "ensurepip"):
        (missing / f"{name}.py").write_text(f"raise ImportError('no {name} on this machine')\n")
    return folder


def run(project, *words, **more):
    environment = {**os.environ, "PYTHONPATH": str(project.parent / "missing"), "PIP_NO_INDEX": "1"}
    called = [BASE_PYTHON, str(project / "run"), *words]
    return subprocess.run(
        called, check=False, capture_output=True, text=True, env=environment, cwd=project.parent, **more
    )


def test_a_bare_machine_ends_at_the_command_and_again_without_installing(project):
    first = run(project, "kept", "one", "two")
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"installed True {project.parent} one two\n"
    assert "Installing what requirements/app.txt names" in first.stderr
    made = (project / ".venv").stat().st_ino

    second = run(project, "serve", "--port", "8001")
    assert second.stdout.endswith("serve --port 8001\n")
    assert second.stderr == ""
    assert (project / ".venv").stat().st_ino == made


def test_a_file_that_is_not_the_one_locked_is_refused_and_the_old_environment_stays(project):
    assert run(project, "kept").returncode == 0
    lock = project / "requirements" / "app.txt"
    lock.write_text(lock.read_text().split("sha256:")[0] + "sha256:" + "0" * 64)
    refused = run(project, "kept")
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert (project / ".venv" / "bin" / "python").exists()


def test_without_words_it_lists_its_commands_and_an_unknown_one_is_an_error(project):
    listed = run(project)
    assert listed.returncode == 0
    for command in ("serve", "stop", "test", "check", "fix", "bench", "kept"):
        assert f"./run {command}" in listed.stderr
    assert run(project, "dance").returncode == 2
    assert not (project / ".venv").exists()
