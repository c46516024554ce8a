"""No page, chart, export or filter of the measures tells a small figure, or one that gives it away.

One month holds figures of few children, with bases that stand nowhere else. Whoever may see every case finds them;
nobody else does, at any address of the app. Measures of each kind are tried at each; all of them stand on the wall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from kept.measures import splitting, urls
from kept.measures.catalogue import BY_CODE, COMPUTED, DAYS, Definition
from kept.measures.computing import last_full_month
from kept.measures.models import SeriesFile, SeriesValue, Value
from kept.measures.rebase_models import Setting
from kept.measures.sql import SPLITS
from tests.budgets import client_of

HITS, BASE, LONGEST, MIDDLE = 3, 7919, 1777, 1613.0
GROUPS = {"First": (3, 4001), "Second": (0, 3918)}
SECRETS = re.compile(r"\b(7,?919|1,?777|1,?613|7,?916|3,?998)\b")
PEOPLE = [one for one in COMPUTED if one.is_about_people]
KINDS = ("T1", "T3", "T7", "E1", "W2", "O1", "D5", "D6", "V1")


def _value(place: SimpleNamespace, one: Definition, split: str, group: str, pair: tuple[int, int]) -> Value:
    return Value(
        area=place.area, code=one.code, month=last_full_month(date.today()), split=split, group=group,
        numerator=pair[0], denominator=29 if one.unit == DAYS else pair[1], longest=LONGEST,
        middle=MIDDLE if one.unit == DAYS else None, ninth=MIDDLE if one.unit == DAYS else None,
        children=29 if one.is_weighted else None, query_version="x", computed_on=date.today(),
    )  # fmt: skip


@pytest.fixture
def small(place: SimpleNamespace) -> SimpleNamespace:
    """Small figures of every measure, for everybody and in every split, and one from outside."""
    with place.system() as by:
        Value.objects.bulk_create(_value(place, one, "", "", (HITS, BASE)) for one in PEOPLE)
        Value.objects.bulk_create(
            _value(place, one, split, group, pair)
            for one in PEOPLE
            if one.has_splits
            for split in SPLITS
            for group, pair in GROUPS.items()
        )
        file = SeriesFile.objects.create(
            area=place.area, name="x", source="A survey", source_on=date(2026, 1, 1), rows=1, digest="x", by=by.user
        )
        SeriesValue.objects.create(
            area=place.area, file=file, code="V1", month=date(2026, 1, 1), numerator=HITS, denominator=BASE
        )
    return place


def addresses() -> Iterator[str]:
    """Every address of the app that can be asked for, with every filter that it has."""
    month = last_full_month(date.today()).isoformat()
    with_code = {
        "show": ["", "?format=csv", *(f"?split={name}" for name in SPLITS)],
        "rows": [f"?month={month}", f"?month={month}&only=hit", f"?month={month}&months=12"],
        "limits": ["", *(f"?kind={kind}&starts={month}" for kind in Setting)],
    }
    alone = {"wall", "series", "series_template", "neighbours"}
    only_posted = {"undo_limits", "series_undo"}
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names == {*with_code, *alone, *only_posted}, "a new address has to be tried here too"
    for name in sorted(alone):
        yield reverse(f"measures:{name}")
    for name, filters in with_code.items():
        for code in KINDS:
            yield from (reverse(f"measures:{name}", kwargs={"code": code}) + query for query in filters)


def said(client: Client, address: str) -> str:
    """What an address answers, with nothing taken away: titles and descriptions of charts are in it."""
    return str(client.get(address).content.decode(errors="replace"))


def test_no_address_tells_a_small_figure(small: SimpleNamespace) -> None:
    client = client_of(small.analyst)
    told = {address: found.group() for address in addresses() if (found := SECRETS.search(said(client, address)))}
    assert told == {}


@pytest.mark.parametrize("code", [one.code for one in PEOPLE if one.code in KINDS and one.has_splits])
def test_no_split_tells_a_small_figure(small: SimpleNamespace, code: str) -> None:
    with small.acting(small.analyst):
        groups = splitting.groups_of(small.area, BY_CODE[code], "need", whole=False)
        whole = splitting.groups_of(small.area, BY_CODE[code], "need", whole=True)
    assert [one.hits for one in whole] == ["3", "0"]
    hidden = ([("c", "c")] * 2, [("c", "")] * 2, [("", "c")] * 2)
    assert [(one.hits, one.share) for one in groups] in (([],) if BY_CODE[code].part_of else hidden)


def test_whoever_may_see_every_case_finds_them(small: SimpleNamespace) -> None:
    client = client_of(small.director)
    for address in ("/measures/", "/measures/T1/", "/measures/T7/", "/measures/V1/?format=csv"):
        assert SECRETS.search(said(client, address)), address
