"""Which database the service talks to."""

from urllib.parse import quote

import psycopg
import pytest

from kept.config import launcher
from kept.config.launcher import address

FIELDS = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
TLS = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
ADDRESSES = {
    "postgresql://u:p@db.example:6543/kept": ("u", "p", "db.example", "6543", "kept", {}),
    "postgres://u@h/kept": ("u", "", "h", "", "kept", {}),
    "postgresql://u:p%40ss%2Fw%3Ard@h/k%20ept": ("u", "p@ss/w:rd", "h", "", "k ept", {}),
    "postgresql://u@[2001:db8::1]:5432/kept": ("u", "", "2001:db8::1", "5432", "kept", {}),
    "postgresql://u@%2Fvar%2Frun%2FPostgres/kept": ("u", "", "/var/run/Postgres", "", "kept", {}),
    "postgresql:///kept?host=/var/run/pg&port=5433": ("", "", "/var/run/pg", "5433", "kept", {}),
    "postgresql://u@h/kept?sslmode=verify-full&sslrootcert=/etc/ca.pem": ("u", "", "h", "", "kept", TLS),
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_is_read(url):
    found = address.parse(url)
    assert tuple(found[field] for field in FIELDS) == ADDRESSES[url]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:hidden@h/kept", "must begin with postgresql://"),
        ("postgresql://u:hidden@h/", "names no database"),
        ("postgresql://u:hidden@h:port/kept", "is not an address"),
        ("postgresql://u:hidden@h/kept?sslmod=require", "words that PostgreSQL does not know: sslmod"),
    ],
)
def test_a_bad_address_is_refused_without_showing_its_password(url, words):
    with pytest.raises(launcher.LauncherError, match=words) as refused:
        address.parse(url)
    assert "hidden" not in str(refused.value)


def test_without_an_address_the_embedded_server_serves_in_the_role_asked_for(tmp_path, monkeypatch, clean_environment):
    assert launcher.connection_settings(tmp_path)["USER"] == "kept_app"
    monkeypatch.setenv("KEPT_DATABASE_ROLE", "owner")
    assert launcher.connection_settings(tmp_path)["USER"] == "kept_owner"
    monkeypatch.setenv("KEPT_DATABASE_ROLE", "boss")
    with pytest.raises(launcher.LauncherError, match="must be owner, app, reports"):
        launcher.connection_settings(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_each_role_may_have_its_own_address(tmp_path, monkeypatch, clean_environment):
    monkeypatch.setenv("DATABASE_URL", "postgresql://serves@h/kept")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owns@h/kept")
    users = []
    for role in ("app", "owner", "reports"):
        monkeypatch.setenv("KEPT_DATABASE_ROLE", role)
        users.append(launcher.connection_settings(tmp_path)["USER"])
    assert users == ["serves", "owns", "serves"]


def test_an_address_leads_to_its_server(server, monkeypatch, clean_environment, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://kept_app@{quote(str(server.socket_folder), safe='')}/kept")
    found = launcher.connection_settings(tmp_path)
    with psycopg.connect(host=found["HOST"], user=found["USER"], dbname=found["NAME"]) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == ("kept_app", "kept")


def test_the_words_for_a_live_server_make_the_same_roles(server):
    words = launcher.sql_for_live_server()
    for name in ("kept_owner", "kept_app", "kept_reports"):
        assert f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS" in words
