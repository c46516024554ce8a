"""The worker: a job that fails stops no other, and the work of the night is done once a night."""

from __future__ import annotations

from datetime import datetime

import pytest

from kept.commands import worker
from tests.made_up import an_area


@pytest.mark.django_db
def test_a_job_that_fails_is_said_and_stops_no_other(monkeypatch, capsys):
    area = an_area()
    seen = []

    def fails(*, by):
        raise OSError("no mail server")

    def works(*, by):
        seen.append(by.area)
        return 2

    monkeypatch.setattr(worker, "jobs", lambda: {"emails": fails, "letters": works})
    assert worker.round_of_work() == 1
    assert seen == [area]
    said = capsys.readouterr().out
    assert "emails: failed: OSError: no mail server" in said
    assert "letters: 2" in said


@pytest.mark.django_db
def test_every_job_of_a_round_can_be_done(capsys):
    an_area()
    assert worker.round_of_work() == 0
    assert capsys.readouterr().out == ""


def test_the_night_comes_once(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(worker.subprocess, "run", lambda words, check: asked.append(words[3:]) or Done())
    night, day = datetime(2026, 11, 23, 2, 30, tzinfo=worker.HERE), datetime(2026, 11, 23, 14, tzinfo=worker.HERE)
    assert not worker.is_due(tmp_path, day)
    assert worker.is_due(tmp_path, night)
    worker.do_the_night(tmp_path, night)
    assert asked == [["cases", "refold"], ["nightly"]]
    assert not worker.is_due(tmp_path, night)
    assert worker.is_due(tmp_path, night.replace(day=24))


class Done:
    """A process that ended well."""

    returncode = 0
