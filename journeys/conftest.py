"""Journeys: a person in Chromium, told in English, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from journeys.visitor import Visitor

PATIENCE = 30_000  # milliseconds: the first page of a process is made from cold, and machines are shared
expect.set_options(timeout=PATIENCE)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the visitor's browser runs scripts; every journey is made both ways."""
    return request.param == "with JavaScript"


@pytest.fixture
def visit(scripts: bool, browser: object, live_server: object, transactional_db: None) -> Callable[..., Visitor]:
    """Open a browser for one more person: `visit(user)`; `visit()` for somebody signed out; `phone=True` for 320 px."""
    contexts = []

    def open_browser(user: object | None = None, *, phone: bool = False) -> Visitor:
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": 320 if phone else 1280, "height": 800},
            base_url=live_server.url,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visitor = Visitor(context.new_page(), live_server.url, has_scripts=scripts)
        if user is not None:
            visitor.is_signed_in_as(user)
        return visitor

    yield open_browser
    for context in contexts:
        context.close()
