"""Every page named in `tests/query_budgets.json` keeps its budget of queries, however many rows there are."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import budgets
from tests.budgets import Visit


def test_every_budget_is_of_a_page_and_every_page_has_a_budget() -> None:
    assert set(budgets.budgets()) == set(budgets.pages())


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(budgets.budgets()))
def test_a_page_keeps_its_budget(name: str) -> None:
    wrong = budgets.faults(name, budgets.pages()[name], budgets.budgets()[name])
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_page_that_asks_more_for_more_rows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([["SELECT 1"] * 4, ["SELECT 1"] * 13])
    monkeypatch.setattr(budgets, "queries_of", lambda visit: next(asked))
    wrong = budgets.faults("some:page", lambda rows: Visit(None, reverse("worklist:law")), budget=12)
    assert [sentence.splitlines()[0] for sentence in wrong] == [
        "some:page asks 13 queries; its budget is 12.",
        "some:page asks 4 queries with 3 rows and 13 with 9.",
    ]
