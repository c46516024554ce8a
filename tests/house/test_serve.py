"""`serve` and `stop`: from nothing to a page, again without harm, and back to nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from kept.commands import serve
from kept.commands.processes import Background
from kept.config import launcher

SLEEPER = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]


def kept(home, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KEPT_", "DATABASE_"))}
    asked = [sys.executable, "-m", "kept", *words]
    return subprocess.run(
        asked, check=False, capture_output=True, text=True, env={**environment, "KEPT_HOME": str(home)}
    )


def wait_until(true, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def home(open_folder):
    folder = open_folder / f"served here {time.monotonic_ns()}"
    yield folder
    for name in ("web", "worker"):
        Background(name, folder).stop()
    launcher.remove(folder / "postgres")


def test_from_nothing_to_a_page_and_back(home, port):
    first = kept(home, "serve", "--port", str(port), "--demo-plans", "20")
    assert first.returncode == 0, first.stderr
    assert f"Kept is running at http://localhost:{port}/" in first.stdout
    with urllib.request.urlopen(f"http://localhost:{port}/", timeout=10) as page:
        assert page.status == 200
        assert b"</html>" in page.read()

    worker = Background("worker", home)
    first_worker = worker.running()["process"]
    os.kill(first_worker, signal.SIGKILL)
    wait_until(lambda: not worker.locked())
    again = kept(home, "serve")
    assert worker.running()["process"] != first_worker
    assert (again.returncode, again.stdout) == (0, f"Kept is already running at http://localhost:{port}/\n")
    moved = kept(home, "serve", "--port", str(port + 1))
    assert moved.returncode == 1
    assert "already running" in moved.stderr
    assert kept(home, "database", "reset", "--yes").returncode == 1

    assert kept(home, "stop").stdout == "Stopped: web, worker, database.\n"
    assert kept(home, "stop").stdout == "Nothing was running.\n"
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://localhost:{port}/", timeout=10)


def test_a_port_that_is_taken_is_said_so(home, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = kept(home, "serve", "--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port} is used by another program" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("word", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_refused_in_words(home, word):
    refused = kept(home, "serve", f"--port={word}")
    assert refused.returncode == 2
    assert "a port is a number from 1 to 65535" in refused.stderr
    assert not home.exists()


def test_a_background_program_is_known_by_its_lock_and_not_by_a_number(tmp_path):
    thing = Background("thing", tmp_path)
    assert thing.running() == {}
    assert thing.stop() is False
    started = thing.start(SLEEPER, dict(os.environ), port=8000)
    try:
        assert thing.running() == {"process": started.pid, "port": 8000}
        with pytest.raises(BlockingIOError):
            thing.start(SLEEPER, dict(os.environ))
        assert thing.running()["process"] == started.pid
        os.kill(started.pid, signal.SIGKILL)
        started.wait()
        assert thing.file.exists()
        assert thing.running() == {}
    finally:
        started.kill()
        started.wait()


def test_a_worker_that_died_comes_back_in_the_mode_of_the_web_server(tmp_path, monkeypatch, capsys):
    tells_its_mode = "import os, time; print(os.environ['KEPT_MODE'], flush=True); time.sleep(60)"
    monkeypatch.setattr(serve, "WORKER", [sys.executable, "-c", tells_its_mode])
    web, worker = Background("web", tmp_path), Background("worker", tmp_path)
    assert serve.already_running(web, None, {**os.environ, "KEPT_MODE": "demo"}) is None
    assert not worker.locked()
    web.start(SLEEPER, dict(os.environ), port=8000, mode="production").returncode = 0
    try:
        assert serve.already_running(web, None, {**os.environ, "KEPT_MODE": "demo"}) == 0
        wait_until(lambda: worker.log.read_text() == "production\n")
        first = worker.running()["process"]
        assert serve.already_running(web, 8001, {**os.environ, "KEPT_MODE": "demo"}) == 1
        assert worker.running()["process"] == first
    finally:
        web.stop()
        worker.stop()


def test_a_background_program_that_will_not_end_is_made_to(tmp_path, monkeypatch):
    monkeypatch.setattr("kept.commands.processes.TO_STOP", 0.3)
    deaf = [
        sys.executable,
        "-c",
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
    ]
    thing = Background("deaf", tmp_path)
    started = thing.start(deaf, dict(os.environ))
    while "deaf" not in thing.log.read_text():
        time.sleep(0.01)
    assert thing.stop() is True
    assert started.wait() == -signal.SIGKILL
