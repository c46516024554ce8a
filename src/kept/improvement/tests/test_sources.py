"""A figure that was not counted here says so in packs and on the public page, as on the page of its measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from kept.improvement import packs
from kept.measures import importing
from kept.measures.computing import month_after
from kept.measures.models import Value
from kept.rules.sheets import read_sheet

SOURCE = "Source: Returns of the council, as of 1 March 2026."


@pytest.mark.usefixtures("improved")
def test_the_source_of_figures_from_outside_stands_in_packs_and_on_pages(
    place: SimpleNamespace, browse: Callable[[object], Client]
) -> None:
    with place.acting(place.analyst) as by:
        first = Value.objects.filter(area=place.area, code="T1", split="").order_by("month")[0].month
        rows = [f"T1,{month_after(first, -back):%Y-%m},30,60" for back in range(1, 25)]
        plan = importing.plan_of(by=by, sheet=read_sheet("measure,month,numerator,denominator\n" + "\n".join(rows)))
        importing.bring_in(by=by, plan=plan, name="x.csv", source="Returns of the council", source_on=date(2026, 3, 1))
    with place.acting(place.director) as by:
        content = packs.content_of(by, place.programme)
        pack = packs.freeze(by=by, programme=place.programme, title="Review")
    measure = content["findings"][0]["measures"][0]
    assert any(SOURCE in line for line in measure["notes"])
    assert "from outside" not in measure["figure"]
    client = browse(place.director)
    for path in (f"/improvement/packs/{pack.pk}/", f"/improvement/findings/{place.finding.pk}/", "/measures/T1/"):
        assert SOURCE in client.get(path).content.decode(), path
    export = client.get("/measures/T1/?format=csv").content.decode()
    assert export.count("Returns of the council, as of 1 March 2026") == 24
    assert "Computed from the records of Kept" in export
