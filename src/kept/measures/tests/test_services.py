"""Waiting lists are counted by child: who waited on the last day, who left unseen, who was called."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from kept.access.models import AgencyKind
from kept.measures.behind import rows_behind
from kept.measures.catalogue import BY_CODE
from kept.measures.computing import compute
from kept.measures.models import Value
from kept.waiting.models import Event, Pathway, Referral, Service, Stage
from tests import made_up

MAY = date(2026, 5, 1)


@pytest.fixture
def lists(place: SimpleNamespace) -> dict[str, Referral]:
    """Five children on an autism list: long, short, seen in May, withdrawn in May, entered twice."""
    made = {}
    agency = made_up.an_agency(place.area, AgencyKind.HEALTH, "Health trust")
    with place.system() as by:
        service = Service.objects.create(area=place.area, kind="autism", name="Autism", agency=agency)
        path = Pathway.objects.create(area=place.area, name="Autism")
        stage = Stage.objects.create(area=place.area, pathway=path, service=service, name="Assessment")

        def one(name: str, joined: date, **more: Any) -> None:
            child = made_up.a_child(place.area)
            made[name] = Referral.objects.create(
                area=place.area, ref=name, child=child, stage=stage, referral_made_on=joined, joined_on=joined,
                last_event_on=joined, **more,
            )  # fmt: skip

        one("long", date(2025, 1, 2))
        one("short", date(2026, 5, 20))
        one("seen", date(2026, 1, 5), closed_on=date(2026, 5, 6), closed_reason="seen", state="seen")
        one("left", date(2026, 4, 1), closed_on=date(2026, 5, 9), closed_reason="withdrawn", state="closed")
        one("twice", date(2025, 1, 2), closed_on=date(2026, 5, 9), closed_reason="duplicate", state="closed")
        called = {"area": place.area, "referral": made["long"], "child": made["long"].child, "by": by.user}
        Event.objects.create(kind="contacted", on=date(2026, 3, 10), **called)
    return made


@pytest.mark.parametrize(
    ("code", "hits", "base"), [("W1", 2, 2), ("W2", 1, 2), ("W2b", 1, 2), ("W3", 2, 4), ("W4", 1, 2), ("W6", 1, 2)]
)
def test_each_child_on_a_list_is_counted_once(
    place: SimpleNamespace, lists: dict[str, Referral], code: str, hits: int, base: int
) -> None:
    with place.system() as by:
        compute(by=by, first=MAY, definitions=[BY_CODE[code]])
        found = Value.objects.get(area=place.area, code=code, month=MAY, split="")
    assert (found.numerator, found.denominator) == (hits, base)
    with place.acting(place.director) as by:
        rows = rows_behind(by, BY_CODE[code], MAY).rows
    assert (sum(row.hit for row in rows), len(rows)) == (hits, base)
