"""The browser of the journeys."""

import pytest

from tools import browser


@pytest.mark.journey
def test_the_browser_opens_a_page_of_ours(page, live_server, transactional_db):
    answer = page.goto(live_server.url)
    assert answer.status == 200
    assert page.locator("h1").count() == 1


def test_a_browser_that_is_named_but_absent_is_not_replaced_by_another(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert browser.find() is None
