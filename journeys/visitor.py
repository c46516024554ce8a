"""A person at a browser, in sentences: `visitor.goes_to("/work/")`, `visitor.presses("Save")`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Error as PageChanged
from playwright.sync_api import Page, expect

from journeys.record import note
from kept.access.models import User
from kept.access.queries import areas_of

WIDEST_PHONE = 320
TRIES = 3
FAULTS = """(async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false});
  return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).slice(0, 3).join(' | ')}`);
})()"""


@cache
def axe_source() -> str:
    """The accessibility engine's own script."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


class Visitor:
    """One person in one browser. Every method is a step that fails with what the page showed."""

    def __init__(self, page: Page, base_url: str, *, has_scripts: bool) -> None:
        self.page = page
        self.base_url = base_url
        self.has_scripts = has_scripts

    def is_signed_in_as(self, user: User) -> None:
        """Begin with a session, as if signed in a moment ago (signing in has journeys of its own)."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        areas = areas_of(user)
        if areas:
            session["area"] = str(areas[0].pk)
        session.create()
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.base_url}]
        )

    def goes_to(self, path: str) -> None:
        """Type an address; once more if the page that is there was just about to load itself anew."""
        try:
            self.page.goto(path)
        except PageChanged as error:
            if not any(words in error.message for words in ("interrupted by another navigation", "ERR_ABORTED")):
                raise
            self.page.goto(path)

    def follows(self, words: str, *, exact: bool = False) -> None:
        """Follow the first link with these words."""
        self.page.get_by_role("link", name=words, exact=exact).first.click()

    def presses(self, words: str, *, exact: bool = False) -> None:
        """Press the first button with these words."""
        self.page.get_by_role("button", name=words, exact=exact).first.click()

    def fills(self, label: str, words: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(words)

    def fills_date(self, legend: str, day: object) -> None:
        """Type a date into a field of one box or of three."""
        group = self.page.get_by_role("group", name=legend)
        # Without scripts nothing before this has waited for the page that a press leads to.
        expect(group.or_(self.page.get_by_label(legend)).first).to_be_attached()
        if group.count() and group.first.get_by_label("Day").count():
            group.first.get_by_label("Day").fill(str(day.day))
            group.first.get_by_label("Month").fill(str(day.month))
            group.first.get_by_label("Year").fill(str(day.year))
            return
        self.fills(legend, f"{day.day}/{day.month}/{day.year}")

    def opens_the_filter(self) -> None:
        """On a narrow screen the filter of a list is folded away until somebody opens it."""
        fold = self.page.locator(".kept-filters__fold > summary")
        expect(fold).to_be_attached()
        if fold.is_visible() and not self.page.locator(".kept-filters__fold[open]").count():
            fold.click()

    def chooses(self, label: str, *, exact: bool = False) -> None:
        """Tick a box or a radio button."""
        self.page.get_by_label(label, exact=exact).first.check()

    def selects(self, label: str, option: str) -> None:
        """Pick from a list."""
        self.page.get_by_label(label).first.select_option(label=option)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """The words stand somewhere on the page, where a person can see them."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def does_not_see(self, words: str) -> None:
        """The words stand nowhere on the page, hidden or not."""
        assert words not in self.page.content(), f"{words!r} is on the page"

    def is_on(self, title: str) -> None:
        """The page's main heading says so."""
        expect(self.page.get_by_role("heading", level=1).first).to_contain_text(title)

    def finds_the_page_accessible(self) -> None:
        """No accessibility fault that a machine can find (WCAG 2.2 AA); needs scripts."""
        if not self.has_scripts:
            return
        found = self.asks_once_loaded(f"{axe_source()};{FAULTS}")
        note(self.page.url, len(found))
        assert not found, f"{self.page.url}\n" + "\n".join(found)

    def does_not_scroll_sideways(self) -> None:
        """The page fits the width of the screen."""
        wide = self.asks_once_loaded("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide"

    def asks_once_loaded(self, script: str) -> Any:
        """What a script finds; asked again if a press has only now led to the next page."""
        for _ in range(TRIES):
            self.page.wait_for_load_state()
            try:
                return self.page.evaluate(script)
            except PageChanged as error:
                changed = error
        raise changed

    def follows_the_error(self, words: str) -> None:
        """Click an error in the summary; the field it is about takes the focus."""
        link = self.page.locator(".govuk-error-summary").get_by_role("link", name=words)
        target = link.first.get_attribute("href").removeprefix("#")
        link.first.click()
        assert self.page.locator(f"[id='{target}']").count() == 1, f"the error link #{target} leads nowhere"
