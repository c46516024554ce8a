from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from kept.access.models import Area, User
from kept.demo import compare, figures, sign_in
from kept.demo.load import Loaded
from kept.demo.places import WORKERS, address_of
from kept.demo.tests import urls  # read now, before a test says that this is the demonstration

ROOT = Path(__file__).resolve().parents[4]
ASK = """
import django, sys
django.setup()
from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse, Resolver404
try:
    reverse("demo:sign_in"); print("reversed")
except NoReverseMatch:
    print("no name")
try:
    resolve("/demo/sign-in/"); print("resolved")
except Resolver404:
    print("no address")
processors = settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
print("kept.demo" in settings.INSTALLED_APPS, any("demo" in name for name in processors))
"""


@pytest.fixture
def demo(settings: Any, area: Loaded) -> Loaded:
    settings.DEMO = True
    settings.ROOT_URLCONF = urls.__name__
    return area


def be(client: Client, area: Area, key: str) -> Any:
    return client.post("/demo/sign-in/", {"area": area.slug, "who": key})


def test_the_page_lists_each_kind_of_worker_with_what_they_do(demo: Loaded, client: Client) -> None:
    page = client.get("/demo/")
    assert page.status_code == 200
    words = page.content.decode()
    for worker in WORKERS:
        assert worker.title in words
    assert words.count('name="who"') == len(WORKERS)


@pytest.mark.parametrize("worker", WORKERS, ids=lambda worker: worker.key)
def test_one_press_signs_in_as_that_person_in_that_area(demo: Loaded, client: Client, worker: Any) -> None:
    answer = be(client, demo.area, worker.key)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(demo.places.workers[worker.key].pk)
    assert client.session["area"] == str(demo.area.pk)


def test_being_somebody_else_ends_the_first_session(demo: Loaded, client: Client) -> None:
    be(client, demo.area, "officer")
    client.session["left"] = "behind"
    be(client, demo.area, "parent")
    assert client.session["_auth_user_id"] == str(demo.places.workers["parent"].pk)
    assert "left" not in client.session


def test_a_get_signs_nobody_in(demo: Loaded, client: Client) -> None:
    assert client.get("/demo/sign-in/", {"area": demo.area.slug, "who": "officer"}).status_code == 405


def test_only_the_people_on_the_list_and_only_of_a_demonstration(demo: Loaded, client: Client) -> None:
    real = Area.objects.create(name="A live area", slug="live", is_demo=False)
    User.objects.create_user(email=address_of(real, "officer"), name="Ada Live")
    for area, key in (
        (demo.area.slug, "officer.2"),
        (demo.area.slug, ""),
        ("live", "officer"),
        ("", "officer"),
        ("x", "officer"),
    ):
        answer = client.post("/demo/sign-in/", {"area": area, "who": key})
        assert answer.status_code == 404, (area, key)
        assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_be_taken(demo: Loaded, client: Client) -> None:
    User.objects.filter(email=address_of(demo.area, "officer")).update(is_active=False)
    assert be(client, demo.area, "officer").status_code == 404


def test_the_views_refuse_outside_the_demonstration_even_if_somebody_adds_the_addresses(
    settings: Any, area: Loaded, client: Client
) -> None:
    settings.ROOT_URLCONF = urls.__name__
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/figures/").status_code == 404
    assert be(client, area.area, "officer").status_code == 404
    assert "_auth_user_id" not in client.session
    assert sign_in.banner(RequestFactory().get("/")) == {}


def test_the_figures_are_shown_beside_the_published_ones(
    demo: Loaded, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    assert client.get("/demo/figures/").status_code == 404
    published = figures.read("Southend-on-Sea")
    lines = [compare.count("Plans", "in January", 1992, 0.03, 60), compare.share("Ages", "under 5", 0.1, 50, 60)]
    compare.keep(demo.area, published, lines)
    words = client.get("/demo/figures/").content.decode()
    assert "1 of 2 figures" in words
    assert "Outside" in words
    assert figures.SOURCE in words


def test_without_an_area_the_page_says_how_to_make_one(settings: Any, db: None, client: Client) -> None:
    settings.DEMO = True
    settings.ROOT_URLCONF = urls.__name__
    assert "./run kept demo" in client.get("/demo/").content.decode()


def ask(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEPT_", "DATABASE_", "PG"))}
    kept |= {
        "KEPT_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kept.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.run(
        [sys.executable, "-c", ASK], env=kept | environment, capture_output=True, text=True, check=False
    )


def test_production_has_no_such_address(tmp_path: Path) -> None:
    assert ask(tmp_path).stdout.split("\n")[:3] == ["no name", "no address", "False False"]
    live = ask(tmp_path, DATABASE_URL="postgresql://kept_app@localhost/kept", KEPT_SECRET_KEY="x" * 60)
    assert live.stdout.split("\n")[:3] == ["no name", "no address", "False False"]


def test_the_demonstration_has_it(tmp_path: Path) -> None:
    assert ask(tmp_path, KEPT_MODE="demo").stdout.split("\n")[:3] == ["reversed", "resolved", "True True"]


def test_the_demonstration_refuses_a_live_database(tmp_path: Path) -> None:
    asked = ask(
        tmp_path, KEPT_MODE="demo", DATABASE_URL="postgresql://kept_app@localhost/kept", KEPT_SECRET_KEY="x" * 60
    )
    assert asked.returncode != 0
    assert "never runs on the database" in asked.stderr


def command(tmp_path: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEPT_", "DATABASE_", "PG"))}
    kept |= {"KEPT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, "-m", "kept", "demo", *words],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        ((), {"DATABASE_URL": "postgresql://kept_app@localhost/kept"}, "DATABASE_URL"),
        ((), {"KEPT_MODE": "production"}, "KEPT_MODE=demo"),
        (("--area", "Souhend"), {}, "Did you mean Southend-on-Sea"),
        (("--plans", "0"), {}, "1 or more"),
    ],
)
def test_the_command_refuses_with_a_sentence(
    tmp_path: Path, words: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    done = command(tmp_path, *words, **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
