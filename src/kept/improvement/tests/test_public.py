"""The page for everybody: at a glance, in folds, in easy words with pictures, and nothing small on any of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.template.loader import get_template
from django.test import Client
from pypdf import PdfReader

from kept.design import symbols
from kept.improvement import actions, plain
from kept.improvement.models import Programme
from kept.improvement.tests.conftest import TODAY
from kept.improvement.words import Answer, Delivery, Impact
from kept.rules import reading
from kept.rules.spc import Direction, Series, analyse
from kept.rules.spc.words import public_warnings_of


@pytest.fixture
def address(place: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address, once the programme was published."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    with place.system():
        Programme.objects.update(published_on=date(2026, 1, 1))
    return f"/improvement/public/{place.area.slug}/"


def test_every_status_has_plain_words_and_easy_words_with_a_picture() -> None:
    for statuses, plainly, easily in (
        (Delivery, plain.DONE, plain.EASY_DONE),
        (Impact, plain.SHOWN, plain.EASY_SHOWN),
        (Answer, plain.FAMILIES, plain.EASY_FAMILIES),
    ):
        assert set(plainly) == set(easily) == set(statuses)
        assert {name for name, _ in easily.values()} <= symbols.names()
    lines = [words for table in (plain.EASY_DONE, plain.EASY_SHOWN, plain.EASY_FAMILIES) for _, words in table.values()]
    assert max(len(line.split()) for words in lines for line in words.split(". ")) <= 12


def test_easy_read_says_the_same_in_pictures_and_as_a_file(place: SimpleNamespace, address: str) -> None:
    with place.acting(place.forum) as by:
        actions.judge(
            by=by, finding=place.finding, method="panel", asked=9, answered=8, answer="no", words="Nothing came of it."
        )
    text = Client().get(f"{address}?easy=1").content.decode()
    assert all(words in text for words in ("Families say: no, it did not work.", "“Nothing came of it.”", "OpenMoji"))
    assert text.count("kept-letter__symbol") == text.count('alt=""') > 5
    made = Client().get(f"{address}?easy=1&format=pdf")
    pdf = PdfReader(BytesIO(made.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Families say: no, it did not work." in "".join(each.extract_text() for each in pdf.pages)


def test_the_three_parts_stand_side_by_side_and_a_no_is_disputed(
    place: SimpleNamespace, address: str, improved: None
) -> None:
    with place.acting(place.forum) as by:
        actions.judge(
            by=by, finding=place.finding, method="panel", asked=9, answered=8, answer="no", words="No change."
        )
    text = Client().get(address).content.decode()
    promised, happened, worked = (
        text.index(words) for words in ("Plans come in time.", "Getting better", "“No change.”")
    )
    assert promised < happened < worked < text.index("<summary")
    assert "Disputed:" in text
    assert "not for 1" in text


def test_nothing_small_stands_on_the_page(place: SimpleNamespace, address: str, figures: Callable[..., None]) -> None:
    figures("T3", [(3, 40)] * 24)
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T3", target=None, target_on=None, why="x")
    for each in (address, f"{address}?open=1", f"{address}?easy=1"):
        text = Client().get(each).content.decode()
        assert not any(words in text for words in ("3 over", "3 children", ">3<"))


def test_easy_words_are_easy() -> None:
    lines = [words for table in (plain.EASY_DONE, plain.EASY_SHOWN, plain.EASY_FAMILIES) for _, words in table.values()]
    assert reading.measure(" ".join(lines)).age <= 9


def test_the_summary_counts_each_promise_once() -> None:
    assert set(plain.STAND) == set(Delivery)
    of = [Delivery.DELIVERED, Delivery.DELIVERED, Delivery.LATE, Delivery.PLANNED, Delivery.UNKNOWN]
    found = [
        SimpleNamespace(standing=SimpleNamespace(delivery=one, impact=Impact.NO_CHANGE, verdict=None)) for one in of
    ]
    assert plain.summary(found)[0] == (
        "5 promises made. What was to be done: all done for 2, late for 1, not begun for 1, "
        "nothing said in 45 days for 1."
    )


@pytest.mark.parametrize(("due", "is_late"), [(date(2026, 5, 1), True), (date(2027, 5, 1), False)])
def test_what_the_chair_promised_and_did_not_do_is_said_to_be_late(due: date, is_late: bool) -> None:
    decision = SimpleNamespace(what="Weekly case by case", done_on=None, due_on=due)
    note = SimpleNamespace(
        get_body_display=lambda: "Improvement board", meets_on=date(2026, 4, 1), chair_note="We met.",
        decisions=SimpleNamespace(all=lambda: [decision]),
    )  # fmt: skip
    programme = SimpleNamespace(pk=1, name="Plan")
    place = SimpleNamespace(name="Sandhaven")
    words = {"programmes": [(programme, [])], "notes": {1: [note]}, "today": TODAY, "place": place, "opened": True}
    text = get_template("improvement/public.html").render(words)
    assert ("late</strong>, it was to be done by 1 May 2026" in text) is is_late


def test_the_charts_are_explained_without_technical_words() -> None:
    parts = get_template("measures/parts.html").template.module
    before, _, inside = str(parts.key_for_everybody()).partition("<details")
    assert "mdc" not in before
    assert "mdc-xmr-1" in inside
    months = tuple(date(2025, month, 1) for month in range(1, 10))
    chart = analyse(Series(dates=months, values=(40, 43, 41, 44, 42, 45, 41, 43, 42), direction=Direction.INCREASE))
    assert any("trial limits" in one for one in chart.warnings)
    said = " ".join(public_warnings_of(chart))
    assert "may still move" in said
    assert not any(words in said for words in ("trial", "limit", "provisional", "screen"))
