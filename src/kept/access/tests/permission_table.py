"""The permission table: for every URL of the product, who is let in. Each app adds its rows.

In `src/kept/<app>/tests/permissions.py`:

    from kept.access.tests.permission_table import Row
    from kept.access.tests.world import AREA_STAFF, CASE_TEAM, World

    def case(world: World) -> Case:
        return world.once("case", lambda world: actions.open_case(by=world.system, child=world.nia, ...))

    ROWS = [
        Row("cases:list", AREA_STAFF),
        Row("cases:show", AREA_STAFF, kwargs=lambda world: {"pk": case(world).pk}),
        Row("cases:record", CASE_TEAM, kwargs=lambda world: {"pk": case(world).pk}, method="post", data={"kind": "x"}),
    ]

Everybody in `Who` is tried on every row: those in `allowed` must be let in (any answer below 400 that is not a way to
the sign-in page, or 422 where a form's answers are wrong), all others must get `denied`, and somebody signed out must
be sent to sign in (or get `denied`, or 401 from an API). A URL, or an operation of an API, without a row fails the
build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from kept.access.tests.world import Who, World

Facts = Callable[[World], Mapping[str, Any]]


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One way of calling one URL, and who is let in.

    url: its name with its namespace. kwargs, query, data: what makes the address and the body, from the world; a page
    about one child is given Nia. child: whether an allowed GET shows Nia, so that the reading log must say so (unless
    told otherwise, any page with kwargs). denied: what all others get.
    """

    url: str
    allowed: frozenset[Who]
    kwargs: Facts = _nothing
    method: str = "get"
    query: Facts = _nothing
    data: Facts = _nothing
    child: bool | None = None
    denied: int = 404
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def shows_a_child(self) -> bool:
        """Whether the page is about Nia."""
        return self.kwargs is not _nothing if self.child is None else self.child

    @property
    def is_of_one_thing(self) -> bool:
        """Whether the address names a thing; else it is a list, a form or a desk."""
        return self.kwargs is not _nothing

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.url}"


def _walk(
    patterns: list[URLPattern | URLResolver], namespace: str = "", route: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from _walk(pattern.url_patterns, inner, here)
            continue
        name = pattern.name or f"({here})"
        yield f"{namespace}:{name}" if namespace else name, pattern


def _operations(pattern: URLPattern) -> list[str]:
    """The methods of an API's operations behind one address; none for an ordinary page."""
    view = getattr(pattern.callback, "__self__", None) or getattr(pattern.callback, "path_view", None)
    return [method.lower() for operation in getattr(view, "operations", []) for method in operation.methods]


def addresses() -> list[tuple[str, str]]:
    """Every URL by name, with the method for each operation of an API ("" for an ordinary page)."""
    found: dict[tuple[str, str], None] = {}
    for name, pattern in _walk(get_resolver().url_patterns):
        for method in _operations(pattern) or [""]:
            found[name, method] = None
    return list(found)


@cache
def rows() -> tuple[Row, ...]:
    """The rows of every app that has a `tests/permissions.py`."""
    found: list[Row] = []
    for config in apps.get_app_configs():
        module = f"{config.name}.tests.permissions"
        if config.name.startswith("kept.") and find_spec(f"{config.name}.tests") and find_spec(module):
            found += import_module(module).ROWS
    return tuple(found)


def missing() -> list[str]:
    """The URLs and operations that nobody put in the table."""
    names = {row.url for row in rows()}
    calls = {(row.url, row.method) for row in rows()}
    return [
        f"{method.upper()} {name}".strip()
        for name, method in addresses()
        if ((name, method) not in calls if method else name not in names)
    ]
