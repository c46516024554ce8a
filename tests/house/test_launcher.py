"""The embedded server: every trap that such launchers fall into."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from kept.config import launcher
from kept.config.launcher import account, binaries, roles
from kept.config.launcher.binaries import Binaries


def ask(server, sql, user=None, database="kept"):
    with psycopg.connect(**server.connection(database, user), autocommit=True) as connection:
        found = connection.execute(sql)
        return found.fetchall() if found.description else None


def postmaster(server):
    return int((server.cluster / "postmaster.pid").read_text().split()[0])


def test_it_never_runs_as_root(server):
    assert server.cluster.stat().st_uid == account.choose().user != 0
    assert Path(f"/proc/{postmaster(server)}").stat().st_uid == account.choose().user


def test_it_does_not_listen_on_the_network_and_its_socket_is_private(server):
    assert ask(server, "SHOW listen_addresses") == [("",)]
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    assert server.cluster.stat().st_mode & 0o777 == 0o700


def test_a_space_in_the_path_keeps_the_socket_in_its_place(server):
    assert " " in str(server.socket_folder)
    assert server.socket_folder.parent == server.data_folder


def test_text_is_ordered_alike_on_every_machine(server):
    names = "SELECT name FROM (VALUES ('Óscar'), ('adams'), ('Zed')) AS v(name) ORDER BY name"
    assert ask(server, names) == [("Zed",), ("adams",), ("Óscar",)]


def test_a_path_longer_than_a_socket_may_have(open_folder):
    folder = open_folder / ("a long name, " * 10) / "postgres"
    assert len(str(folder)) > 107
    found = launcher.ensure_running(folder, throwaway=True)
    try:
        assert len(os.fsencode(found.socket_folder / ".s.PGSQL.5432")) <= 103
        assert found.socket_folder.stat().st_mode & 0o777 == 0o700
        assert ask(found, "SELECT 1") == [(1,)]
    finally:
        launcher.remove(folder)
    assert not found.socket_folder.exists()


def test_somebody_elses_socket_folder_is_refused(open_folder, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(open_folder))
    folder = open_folder / ("b" * 120) / "postgres"
    place = launcher.locate(folder).socket_folder
    place.symlink_to(open_folder)
    with pytest.raises(launcher.LauncherError, match="belongs to somebody else"):
        launcher.ensure_running(folder, throwaway=True)


def test_four_starts_at_once_make_one_server(open_folder):
    folder = open_folder / "four" / "postgres"
    script = (
        "import sys, pathlib; from kept.config import launcher;"
        "server = launcher.ensure_running(pathlib.Path(sys.argv[1]), throwaway=True);"
        "print((server.cluster / 'postmaster.pid').read_text().split()[0])"
    )
    words = [sys.executable, "-c", script, str(folder)]
    started = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {each.communicate(timeout=60)[0].strip() for each in started}
    assert [each.returncode for each in started] == [0, 0, 0, 0]
    assert len(said) == 1
    assert said.pop().isdecimal()
    launcher.remove(folder)


def test_after_a_crash_it_starts_again_with_all_that_was_committed(server):
    ask(server, "CREATE TABLE IF NOT EXISTS kept_fact (n int)", roles.OWNER)
    ask(server, "INSERT INTO kept_fact VALUES (7)", roles.APP)
    ask(server, "CHECKPOINT")
    os.kill(postmaster(server), signal.SIGKILL)
    again = launcher.ensure_running(server.data_folder, throwaway=True)
    assert ask(again, "SELECT n FROM kept_fact", roles.REPORTS) == [(7,)]
    ask(server, "DROP TABLE kept_fact", roles.OWNER)


def test_after_a_crash_up_means_that_it_answers_not_that_a_pid_file_says_so(server):
    os.kill(postmaster(server), signal.SIGKILL)
    deadline = time.monotonic() + 5
    while launcher.is_running(server.data_folder) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (server.cluster / "postmaster.pid").exists()
    assert not launcher.is_running(server.data_folder)
    launcher.ensure_running(server.data_folder, throwaway=True)
    assert launcher.is_running(server.data_folder)


def test_a_clean_stop_needs_no_recovery_and_may_be_repeated(server):
    server.log.write_text("")
    assert launcher.stop(server.data_folder) is True
    assert launcher.stop(server.data_folder) is False
    launcher.ensure_running(server.data_folder, throwaway=True)
    words = server.log.read_text()
    assert "database system is shut down" in words
    assert "not properly shut down" not in words


def test_a_process_number_given_to_another_program_does_not_stop_the_start(server):
    launcher.stop(server.data_folder)
    other = subprocess.Popen(["sleep", "60"], **account.choose().words())
    try:
        file = server.cluster / "postmaster.pid"
        file.write_text(f"{other.pid}\n{server.cluster}\n")
        account.choose().give(file, 0o600)
        assert launcher.is_running(server.data_folder) is False
        launcher.ensure_running(server.data_folder, throwaway=True)
        assert other.poll() is None
        assert ask(server, "SELECT 1") == [(1,)]
    finally:
        other.kill()
        other.wait()


def test_the_service_uses_what_the_owner_makes_and_makes_nothing(server):
    ask(server, "CREATE TABLE shelf (id int GENERATED ALWAYS AS IDENTITY, word text)", roles.OWNER)
    try:
        ask(server, "INSERT INTO shelf (word) VALUES ('one')", roles.APP)
        ask(server, "UPDATE shelf SET word = 'two'", roles.APP)
        assert ask(server, "SELECT word FROM shelf", roles.REPORTS) == [("two",)]
        for user, sql in [
            (roles.APP, "CREATE TABLE mine (id int)"),
            (roles.APP, "TRUNCATE shelf"),
            (roles.APP, "DROP TABLE shelf"),
            (roles.REPORTS, "INSERT INTO shelf (word) VALUES ('three')"),
            (roles.REPORTS, "SET default_transaction_read_only = off; DELETE FROM shelf"),
        ]:
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
                ask(server, sql, user)
        ask(server, "DELETE FROM shelf", roles.APP)
    finally:
        ask(server, "DROP TABLE shelf", roles.OWNER)


def test_no_role_is_above_row_level_security(server):
    found = ask(server, "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname LIKE 'kept\\_%'")
    assert dict(found) == {launcher.SUPERUSER: True, roles.OWNER: False, roles.APP: False, roles.REPORTS: False}


def programs_saying(folder, version):
    """A folder of programs that claim a version and do nothing."""
    folder.mkdir(parents=True)
    for name in binaries.PROGRAMS:
        (folder / name).write_text(f'#!/bin/sh\necho "postgres (PostgreSQL) {version}"\n')
        (folder / name).chmod(0o755)
    return folder


def test_an_old_system_postgresql_is_passed_over(tmp_path, monkeypatch, clean_environment):
    old = programs_saying(tmp_path / "old", "15.18 (Debian 15.18-0+deb12u1)")
    monkeypatch.setenv("PATH", f"{old}:{os.environ['PATH']}")
    assert old in binaries.system_folders()
    assert old not in [found.folder for found in binaries.candidates()]
    assert binaries.find().major >= binaries.OLDEST


def test_a_new_enough_system_postgresql_comes_before_the_wheel(tmp_path, monkeypatch, clean_environment):
    new = programs_saying(tmp_path / "new", "16.2")
    monkeypatch.setenv("PATH", f"{new}:{os.environ['PATH']}")
    assert binaries.find() == Binaries(new, 16)


def test_programs_that_are_named_are_used_or_refused_in_words(tmp_path, monkeypatch, clean_environment):
    monkeypatch.setenv("KEPT_POSTGRES_BIN", str(programs_saying(tmp_path / "named", "17.1")))
    assert binaries.find().major == 17
    monkeypatch.setenv("KEPT_POSTGRES_BIN", str(programs_saying(tmp_path / "named-old", "15.9")))
    with pytest.raises(launcher.LauncherError, match="PostgreSQL 15; Kept needs 16 or newer"):
        binaries.find()
    monkeypatch.setenv("KEPT_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(launcher.LauncherError, match="were not found"):
        binaries.find()


def test_data_of_a_version_that_has_gone_are_not_touched(tmp_path, monkeypatch, clean_environment):
    with pytest.raises(launcher.LauncherError, match="made by PostgreSQL 12, which is no longer on this machine"):
        binaries.find(12)


def test_the_wheel_is_found_without_importing_it(clean_environment):
    script = "import sys; from kept.config.launcher import binaries; list(binaries.wheel_folders());"
    script += "sys.exit(binaries.WHEEL in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert next(binaries.major_version(folder) for folder in binaries.wheel_folders()) >= binaries.OLDEST


def test_a_folder_only_root_may_enter_stays_closed(open_folder, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root has another account run the server")
    monkeypatch.setattr(account, "SHARED_PLACE", open_folder / "shared")
    private = open_folder / "private"
    private.mkdir(mode=0o700)
    programs = private / binaries.WHEEL / "pginstall18" / "bin"
    programs_saying(programs, "18.4")
    chosen = account.choose()

    copied = account.runnable(Binaries(programs, 18), chosen)
    assert chosen.can("-x", copied.folder / "postgres")
    account.settle(private / "postgres", chosen)
    real = (private / "postgres").resolve()
    assert real.is_relative_to(open_folder / "shared")
    assert chosen.can("-x", real)
    assert private.stat().st_mode & 0o777 == 0o700
