"""Worlds that stand: what the tests of a module begin with is made once, and what each of them does to it is undone.

    @standing
    def place() -> Place:
        ...

    @standing
    def case(place: Place) -> Case:
        ...

They are asked for like any fixture. The first test of a module that asks has them made, each in a transaction of its
own inside the last; every test then runs in a transaction inside these, which is rolled back, and gets copies of the
Python objects, so that none can tell whether another ran before it. A test that does not ask never sees them: they are
laid down before it begins. A test that commits gets a world of its own. A standing world takes only standing worlds.

To the database, `now()` is when the first test of the module began: a test that sets its own clock against the
database's is marked `own_world`, and has its world made anew.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CellType, FunctionType
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.plugin import blocking_manager_key

Make = Callable[..., Any]
COMMITS = {"transactional_db", "live_server"}


@dataclass(frozen=True)
class Layer:
    """One world that stands: who makes it, for which module, what it is, and the transaction that undoes it."""

    make: Make
    module: object
    value: Any
    block: transaction.Atomic


_layers: list[Layer] = []
_copies = pytest.StashKey[dict[Make, Any]]()


def standing(make: Make) -> Any:
    """A fixture of the function's name, made once for as many tests of a module as ask for it one after another."""
    names = tuple(inspect.signature(make).parameters)

    def given(request: pytest.FixtureRequest, **more: Any) -> Any:
        copies = request.node.stash.get(_copies, {})
        return copies[make] if make in copies else make(**{name: more[name] for name in names})

    asked = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in ("request", "db", *names)]
    given.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]
    given.__doc__, given.makes = make.__doc__, make  # type: ignore[attr-defined]
    return pytest.fixture(name=make.__name__)(given)


def commits(item: pytest.Function) -> bool:
    """Whether the test runs without a transaction around it."""
    marker = item.get_closest_marker("django_db")
    return bool(COMMITS & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")))


def copies_of(made: dict[Make, Any]) -> dict[Make, Any]:
    """Copies for one test: of the records, and of functions such as `place.acting` with the copies in their hands."""
    memo: dict[int, Any] = {}
    copies = copy.deepcopy(made, memo)
    for value in copies.values():
        for name, held in list(getattr(value, "__dict__", {}).items()):
            if isinstance(held, FunctionType) and held.__closure__:
                cells = tuple(CellType(copy.deepcopy(cell.cell_contents, memo)) for cell in held.__closure__)
                own = FunctionType(held.__code__, held.__globals__, held.__name__, held.__defaults__, cells)
                setattr(value, name, own)
    return copies


def wanted(item: pytest.Item | None) -> list[Make]:
    """The worlds that the test asks for, each after those it stands on; none where it commits or wants its own."""
    if not isinstance(item, pytest.Function) or commits(item) or item.get_closest_marker("own_world"):
        return []
    known = item._fixtureinfo.name2fixturedefs
    makers = {name: getattr(known[name][-1].func, "makes", None) for name in item.fixturenames if name in known}
    found: dict[Make, bool] = {}

    def stands(make: Make | None) -> bool:
        if make is not None and make not in found:
            ground = [stands(makers.get(name)) for name in inspect.signature(make).parameters]
            found[make] = all(ground)
        return make is not None and found[make]

    for make in makers.values():
        stands(make)
    return [make for make, good in found.items() if good]


def is_whole() -> bool:
    """Whether the transactions of the standing worlds are as they were left."""
    return not (connection.connection is None or connection.closed_in_transaction or connection.needs_rollback)


def lay_down(item: pytest.Item | None) -> None:
    """Undo the standing worlds that the test does not ask for; all of them, without a test."""
    kept = 0
    if item is not None and is_whole():
        for layer, make in zip(_layers, wanted(item), strict=False):
            if layer.make is not make or layer.module is not item.module:  # type: ignore[attr-defined]
                break
            kept += 1
    while len(_layers) > kept:
        block = _layers.pop().block
        if not connection.closed_in_transaction:
            transaction.set_rollback(True)
        block.__exit__(None, None, None)


def stand_up(item: pytest.Item) -> None:
    """Make the worlds that the test asks for and that do not stand yet, and copies of all for the test."""
    makes = wanted(item)
    if not _layers and connection.in_atomic_block:  # inside a larger fixture's transaction, which may end before ours
        return
    made = {layer.make: layer.value for layer in _layers}
    for make in makes[len(_layers) :]:
        block = transaction.atomic()
        block._from_testcase = True  # type: ignore[attr-defined]  # as Django marks those around its tests
        block.__enter__()
        try:
            made[make] = make(**{name: _value(name, made) for name in inspect.signature(make).parameters})
            connection.check_constraints()
        except BaseException as error:
            block.__exit__(type(error), error, error.__traceback__)
            raise
        _layers.append(Layer(make=make, module=item.module, value=made[make], block=block))  # type: ignore[attr-defined]
    item.stash[_copies] = copies_of(made)


def _value(name: str, made: dict[Make, Any]) -> Any:
    return next(value for make, value in made.items() if make.__name__ == name)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker."""
    config.addinivalue_line("markers", "own_world: made anew for this test, however many others ask for the same")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test never finds a world that it did not ask for, whatever was said to come next when the last one ended."""
    if _layers:
        with item.config.stash[blocking_manager_key].unblock():
            lay_down(item)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Iterator[None]:
    """The worlds stand before the transaction of the test itself begins."""
    if fixturedef.argname == "_django_db_helper":
        with request.config.stash[blocking_manager_key].unblock():
            stand_up(request.node)
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Worlds that the next test does not ask for are laid down before it begins."""
    try:
        return (yield)
    finally:
        item.stash[_copies] = {}
        if _layers:
            with item.config.stash[blocking_manager_key].unblock():
                lay_down(nextitem)
