"""The accessibility statement says what the tests wrote, and nothing when they wrote nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from journeys.record import note
from kept.offer.known_issues import last_run


def test_the_statement_says_what_the_journeys_wrote(settings: Any, tmp_path: Any, area: Any, client: Any) -> None:
    settings.HOME = tmp_path
    address = f"/local-offer/{area.slug}/accessibility/"
    assert last_run() is None
    assert "There is no record of a test run" in client.get(address).content.decode()
    file = tmp_path / "accessibility.json"
    for path, faults in ((f"/local-offer/{area.slug}/", 3), ("/privacy/", 0), ("/no/such/page", 9), (address, 0)):
        note(f"http://localhost:1{path}", faults, file=file)
    run = last_run()
    assert run is not None
    assert (run.pages, run.faults, run.all_pages, run.until) == (2, 3, 3, datetime.now(tz=UTC).date())
    assert "3 faults found" in client.get(address).content.decode()
    note(f"http://localhost:1/local-offer/{area.slug}/", 0, file=file)  # mended
    assert "no fault was found" in client.get(address).content.decode()
    file.write_text("{nonsense")
    assert last_run() is None
