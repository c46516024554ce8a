"""Every URL, tried by everybody; and the same again with every permission check taken away."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.cache import KEY_PREFIX
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import reverse

from kept.access.acting import Actor, Refused, acting_as_system
from kept.access.models import Reading
from kept.access.queries import areas_of
from kept.access.tests import permission_table
from kept.access.tests.permission_table import Row
from kept.access.tests.world import EVERYBODY, KNOWN_AS, MAY_KNOW_OF_NIA, NAME, SIGNED_IN, Who, World, make_world

BACKEND = "django.contrib.auth.backends.ModelBackend"
OK, BAD = 200, 400
HANDLER = ClientHandler(enforce_csrf_checks=False)
WRONG_ANSWERS = {400, 409, 422}
UNAUTHENTICATED = 401


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all rows; what each row does is undone after it."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            made = furnished(make_world())
            with known_at_the_door(made):
                yield made
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@contextmanager
def known_at_the_door(world: World) -> Iterator[None]:
    """Who knocks is read from memory: every knock begins with the same rows, so reading them anew tells nothing.

    Session and account stand in memory as they were when the world was made; roles, areas and grants are asked of the
    database at every knock, as ever.
    """
    accounts = {str(user.pk): type(user).objects.get(pk=user.pk) for user in world.users.values()}
    in_memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "knocking"}
    with ExitStack() as at_the_end:
        at_the_end.enter_context(
            override_settings(
                CACHES=settings.CACHES | {"knocking": in_memory},
                SESSION_ENGINE="django.contrib.sessions.backends.cache",
                SESSION_CACHE_ALIAS="knocking",
            )
        )
        account = mock.patch.object(ModelBackend, "get_user", lambda _, pk: copy.copy(accounts[str(pk)]))
        at_the_end.enter_context(account)
        refusals = logging.getLogger("django.request")  # twenty thousand lines that each somebody was refused
        at_the_end.callback(refusals.setLevel, refusals.level)
        refusals.setLevel(logging.ERROR)
        yield


def furnished(world: World) -> World:
    """The world with all that the rows need, made in the table's order: the same in every process, whatever it runs."""
    for row in permission_table.rows():
        for facts in (row.kwargs, row.query, row.data):
            facts(world)
    return world


def knock(
    world: World, row: Row, who: Who, *, raises: bool = True, after: Callable[[HttpResponseBase], None] | None = None
) -> HttpResponseBase:
    """Call the URL as somebody, look at what it did, and undo it."""
    client = Client(raise_request_exception=raises)
    client.handler = HANDLER  # middleware is loaded once, not for each of thousands of calls
    if who is not Who.NOBODY:
        sign_in_anew(client, world, who)
    address = reverse(row.url, kwargs=dict(row.kwargs(world)) or None)
    body = dict(row.query(world) if row.method == "get" else row.data(world))
    point = transaction.savepoint()
    try:
        answer = getattr(client, row.method)(address, body, headers=dict(row.headers))
        if after:
            after(answer)
        return answer
    finally:
        transaction.savepoint_rollback(point)


def sign_in_anew(client: Client, world: World, who: Who) -> None:
    """The same, whatever an earlier knock did to the person's session."""
    sign_in(client, world, who)
    key = world.sessions[who]
    begun = world.once(f"session of {who.name}", lambda _: dict(client.session.items()))
    caches["knocking"].set(KEY_PREFIX + key, begun)


def sign_in(client: Client, world: World, who: Who) -> None:
    """A session as if signed in a moment ago, in the area that the person then had; made once a person."""
    if who in world.sessions:
        client.cookies["sessionid"] = world.sessions[who]
        return
    user = world.users[who]
    session = client.session
    areas = areas_of(user)
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["area"] = str(areas[0].pk if areas else world.area_of(who).pk)
    session.save()
    client.cookies["sessionid"] = world.sessions[who] = session.session_key


def to_sign_in(answer: HttpResponseBase) -> bool:
    """Whether the answer is the way to the sign-in page."""
    location = answer.headers.get("Location", "")
    return "sign-in" in location and "next=" in location


def is_let_in(answer: HttpResponseBase, who: Who) -> bool:
    """Whether the person got the page, or had their form read and its answers refused with reasons."""
    if to_sign_in(answer) and who is not Who.NOBODY:
        return False
    return answer.status_code < BAD or answer.status_code in WRONG_ANSWERS


def text_of(answer: HttpResponseBase) -> str:
    """All that the answer says; a stream can be read once."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", errors="replace")


def test_every_url_is_in_the_table() -> None:
    missing = permission_table.missing()
    assert not missing, "Put these in their app's tests/permissions.py: " + ", ".join(missing)


def test_no_row_is_for_a_url_that_is_gone() -> None:
    names = {name for name, _ in permission_table.addresses()}
    gone = {row.url for row in permission_table.rows()} - names
    assert not gone, f"No such URLs: {sorted(gone)}"


@pytest.mark.parametrize("row", permission_table.rows(), ids=str)
def test_who_is_let_in_and_who_is_shown_a_child_leaves_a_line(world: World, row: Row) -> None:
    wrong = []
    lines: dict[Who, int] = {}
    for who in Who:
        answer = knock(world, row, who, after=lines_about_nia(world, row, who, lines))
        if who in row.allowed:
            fine = is_let_in(answer, who)
        elif who is Who.NOBODY:
            fine = "sign-in" in answer.headers.get("Location", "") or answer.status_code in {
                row.denied,
                UNAUTHENTICATED,
            }
        else:
            fine = answer.status_code == row.denied or (to_sign_in(answer) and who in {Who.FORMER_OFFICER})
        if not fine:
            wrong.append(f"{who.value}: {answer.status_code} ({'allowed' if who in row.allowed else 'not allowed'})")
    assert not wrong, f"{row}: " + "; ".join(wrong)
    silent = [who.value for who, number in lines.items() if number != 1]
    assert lines or not is_about_nia(row), f"{row} let nobody in: say child=False if it shows no child"
    assert not silent, f"{row}: call showing(request, child_id) in the view; no line (or several) for {silent}"


def is_about_nia(row: Row) -> bool:
    """Whether looking at it must stand in the reading log."""
    return row.shows_a_child and row.method == "get"


def lines_about_nia(
    world: World, row: Row, who: Who, lines: dict[Who, int]
) -> Callable[[HttpResponseBase], None] | None:
    """Count what the reading log says of Nia and this person, before the request is undone; None where it need not."""
    if not is_about_nia(row) or who not in row.allowed & MAY_KNOW_OF_NIA:
        return None

    def count(answer: HttpResponseBase) -> None:
        if answer.status_code == OK:
            with acting_as_system(world.area):
                lines[who] = Reading.objects.filter(child_id=world.nia.pk, person=world.users[who]).count()

    return count


READERS = (Who.OFFICER, Who.MANAGER, Who.SCHOOL)
LISTS_THAT_NAME_HER = 15  # at the least: fewer, and the world has lost what the lists show


def test_a_list_that_names_a_child_leaves_a_line(world: World) -> None:
    """Every list, with all that any row makes: whoever reads Nia's family name there stands in the reading log."""
    for row in permission_table.rows():
        with suppress(Refused), transaction.atomic():  # two services may each want a case of her
            row.kwargs(world)
    named: list[str] = []
    silent: list[str] = []
    for row in permission_table.rows():
        if row.method == "get" and not row.is_of_one_thing and row.allowed != EVERYBODY:
            for who in row.allowed & set(READERS):
                with suppress(Refused):
                    knock(world, row, who, raises=False, after=named_and_logged(world, row, who, named, silent))
    assert len(set(named)) >= LISTS_THAT_NAME_HER, named
    assert not silent, "Call showing_list(request, child_ids) in the view: " + "; ".join(silent)


def named_and_logged(
    world: World, row: Row, who: Who, named: list[str], silent: list[str]
) -> Callable[[HttpResponseBase], None]:
    """Note a page that names Nia, and whether the reading log says nothing of who read it."""

    def look(answer: HttpResponseBase) -> None:
        if answer.status_code != OK or NAME[1] not in text_of(answer):
            return
        named.append(row.url)
        with acting_as_system(world.area):
            if not Reading.objects.filter(child_id=world.nia.pk, person=world.users[who]).exists():
                silent.append(f"{row.url} for {who.value}")

    return look


@pytest.mark.parametrize("row", permission_table.rows(), ids=str)
def test_the_database_refuses_when_every_permission_check_says_yes(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody whom no role and no grant joins to Nia reads her name, whatever the code above the database allows."""
    say_yes_to_everything(monkeypatch)
    typed = str(row.data(world))
    for who in sorted(SIGNED_IN - MAY_KNOW_OF_NIA):
        answer = knock(world, row, who, raises=False)
        for name in (NAME[1], KNOWN_AS):
            shown = name not in typed and name in text_of(answer)
            assert not shown, f"{who.value} read {name!r} on {row} ({answer.status_code})"


def say_yes_to_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away every permission check: only the database's policies are left."""
    from kept.access import predicates

    monkeypatch.setattr(Actor, "can", lambda self, what: True)
    for predicate in predicates.ALL:
        monkeypatch.setattr(predicate, "fn", lambda *args, **kwargs: True)
