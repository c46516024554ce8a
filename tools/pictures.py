"""`python -m tools.pictures ADDRESS [AREA]`: take the pictures of the README from a running demonstration."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools import browser

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = {"width": 1200, "height": 1000}


def become(page: Page, role: str) -> None:
    """Sign in with the demonstration's one click."""
    page.goto(f"/demo/?area={sys.argv[2]}" if len(sys.argv) > 2 else "/demo/")  # noqa: PLR2004
    page.locator("h2, h3").filter(has_text=role).first.locator("xpath=following::button[1]").click()


def case(page: Page) -> None:
    """A case that is being assessed."""
    become(page, "Case officer")
    page.goto("/cases/?stage=ASSESSING&sort=-due")
    page.locator("main table tbody a").first.click()


def family(page: Page) -> None:
    """The family's own page."""
    become(page, "Parent")
    page.goto("/")


def plan(page: Page) -> None:
    """The wording of every plan, the ones that most need work first."""
    become(page, "Case manager")
    page.goto("/plans/caseload/")


def delivery(page: Page) -> None:
    """What came of what plans promise, in the whole area."""
    become(page, "Director")
    page.goto("/delivery/")


def waiting(page: Page) -> None:
    """The waiting lists of the area."""
    become(page, "Case manager")
    page.goto("/waiting/")


PICTURES = {"case": case, "family": family, "plan": plan, "delivery": delivery, "waiting": waiting}


def main(address: str) -> int:
    """Take them all."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.QUIET)
        for name, visit in PICTURES.items():
            page = chromium.new_page(viewport=SIZE, base_url=address)
            visit(page)
            page.screenshot(path=FOLDER / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
