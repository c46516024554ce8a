"""How many queries each page may ask: a checked-in budget, and a page that does not ask more when there are more rows.

`tests/query_budgets.json` holds {"url name": most queries}. In `src/kept/<app>/tests/budgets.py` an app says how to get
each of its pages with a number of rows:

    def my_work(rows: int) -> Visit:
        for _ in range(rows):
            ...                                   # make one more of whatever the page shows
        return Visit(user, reverse("worklist:my_work"))

    PAGES = {"worklist:my_work": my_work}

`tests/house/test_query_budgets.py` tries every page in the file with few rows and with more, in one database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept.access.models import User
from kept.access.queries import areas_of

FILE = Path(__file__).with_name("query_budgets.json")
FEW, MORE = 3, 6
OK = 200


@dataclass(frozen=True)
class Visit:
    """Who asks for which address; nobody for a page that is for everybody."""

    user: User | None
    address: str


Page = Callable[[int], Visit]


def budgets() -> Mapping[str, int]:
    """The most queries of each page, by the name of its URL."""
    found: dict[str, int] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def pages() -> Mapping[str, Page]:
    """Every page that an app says how to get."""
    found: dict[str, Page] = {}
    for config in apps.get_app_configs():
        module = f"{config.name}.tests.budgets"
        if config.name.startswith("kept.") and find_spec(f"{config.name}.tests") and find_spec(module):
            found |= import_module(module).PAGES
    return found


def client_of(user: User | None) -> Client:
    """A browser with a session as if signed in a moment ago."""
    client = Client()
    if user is None:
        return client
    session = client.session
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    areas = areas_of(user)
    if areas:
        session["area"] = str(areas[0].pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def queries_of(visit: Visit) -> list[str]:
    """The queries that a page asks, once what is kept in memory is warm. Fails when the page does not come."""
    client = client_of(visit.user)
    client.get(visit.address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(visit.address)
    assert answer.status_code == OK, f"{visit.address}: {answer.status_code}"
    return [query["sql"] for query in asked.captured_queries]


def faults(name: str, page: Page, budget: int) -> list[str]:
    """What is wrong with a page, in sentences; nothing when it is well."""
    few = queries_of(page(FEW))
    more = queries_of(page(MORE))
    found = []
    if len(more) > budget:
        found.append(
            f"{name} asks {len(more)} queries; its budget is {budget}.\n" + "\n".join(sql[:160] for sql in more)
        )
    if len(more) > len(few):
        found.append(f"{name} asks {len(few)} queries with {FEW} rows and {len(more)} with {FEW + MORE}.")
    return found
