from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kept.demo import figures
from kept.demo.clock import clock_at
from kept.demo.offer import hours_in_words


@pytest.mark.parametrize(
    "name", ["Southend-on-Sea", "southend on sea", " SOUTHEND ", "882", "Southend-on-Sea City Council"]
)
def test_an_authority_is_found_however_it_is_typed(name: str) -> None:
    assert figures.find(name)["la_code"] == "882"


def test_every_current_authority_is_found_by_its_own_name() -> None:
    names = figures.authorities()
    assert len(names) == 153
    assert [figures.find(name)["la_name"] for name in names] == names


@pytest.mark.parametrize(
    ("typed", "near"), [("Souhend", "Southend-on-Sea"), ("Newam", "Newham"), ("Bristle", "Bristol")]
)
def test_an_unknown_name_is_answered_with_near_ones(typed: str, near: str) -> None:
    with pytest.raises(figures.UnknownAuthority, match=near):
        figures.find(typed)


@pytest.mark.parametrize("typed", ["", "   ", "Atlantis!", "999"])
def test_a_name_like_none_says_what_to_type(typed: str) -> None:
    with pytest.raises(figures.UnknownAuthority, match="No English authority"):
        figures.find(typed)


def test_the_figures_are_those_published() -> None:
    found = figures.read("Southend-on-Sea")
    last = found.years[-1]
    assert (found.plans, found.needs["ASD"], found.groups["special"]) == (1992, 625, 646)
    assert (last.requests, last.refused, last.new_plans, last.appeals) == (569, 137, 309, 48)
    assert last.within_20_weeks == pytest.approx(48 / 299)
    assert last.within_six_weeks == pytest.approx(529 / 568)
    assert sum(last.ceased.values()) == 138
    assert found.reviews_held == pytest.approx(1129 / 1637)


def test_what_an_authority_did_not_give_is_taken_from_its_region_and_said() -> None:
    found = figures.read("Blackpool")
    assert found.reviews_held > 0
    assert any("Blackpool gave no figure" in sentence and "the region" in sentence for sentence in found.assumed)
    whole = figures.read("Cambridgeshire")
    assert sum(whole.groups.values()) > 0
    assert any(sentence.startswith("Settings") for sentence in whole.assumed)


@pytest.mark.parametrize("name", ["Hackney", "Isles of Scilly", "City of London", "Wakefield", "Dorset", "Cornwall"])
def test_awkward_authorities_are_complete(name: str) -> None:
    found = figures.read(name)
    for shares in (found.ages, found.start_ages, found.needs, found.new_needs, found.groups, found.sexes):
        assert sum(shares.values()) > 0
    for year in found.years:
        for share in (year.within_20_weeks, year.over_a_year, year.within_six_weeks, year.excepted):
            assert 0 <= share <= 1


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("12.0", 12), ("x", None), ("z", None), ("", None), (None, None)]
)
def test_marks_for_missing_figures_are_no_numbers(text: str | None, number: int | None) -> None:
    assert figures.number(text) == number


@pytest.mark.parametrize(
    ("name", "words", "days", "opens", "freq"),
    [
        ("Parents' evenings", "First Tuesday of the month. Tea.", ["TU"], "18:30", "MONTHLY"),
        ("Swimming", "Quiet pool. Thursdays and Sundays.", ["TH", "SU"], "10:00", None),
        ("Football", "Saturday mornings, small groups", ["SA"], "09:30", None),
    ],
)
def test_an_entry_is_open_when_its_own_words_say(
    name: str, words: str, days: list[str], opens: str, freq: str | None
) -> None:
    hours = hours_in_words(name, words)
    assert hours is not None
    assert (hours["days"], hours["opens"], hours.get("freq")) == (days, opens, freq)
    assert hours_in_words("Drop-in", "Come as you are") is None


def test_what_was_said_in_days_gone_by_bears_their_date() -> None:
    now = timezone.now()
    with clock_at(date(2026, 3, 2)):
        assert timezone.localdate() == date(2026, 3, 2)
    with clock_at(now.date() + timedelta(days=3)):
        assert timezone.now() <= now + timedelta(minutes=5)
    assert timezone.now() >= now
