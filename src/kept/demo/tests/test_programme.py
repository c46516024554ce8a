"""The demonstration's programme: told by its people, judged by the rules, with families' words beside it."""

from __future__ import annotations

from datetime import date

from kept.access.acting import acting_as_system
from kept.demo.improvement import load_programme
from kept.demo.load import Loaded
from kept.improvement import queries
from kept.improvement.models import Pack
from kept.improvement.words import Delivery, Impact
from kept.measures.behind import rows_behind
from kept.measures.catalogue import BY_CODE
from kept.measures.models import Value


def test_the_programme_is_told_in_days_and_judged_by_the_rules(area: Loaded, today: date) -> None:
    programme = load_programme(area.area, today)
    with acting_as_system(area.area, today=today) as by:
        found = queries.stood(area.area, list(queries.findings(area.area, programme)), today=by.today, whole=True)
        packs = list(Pack.objects.filter(area=area.area).order_by("frozen_on"))
    plans, reviews, _, waits, _, told = (one.standing for one in found)
    assert (plans.delivery, plans.disputed) == (Delivery.DELIVERED, True)  # all is done, and families say no
    assert plans.impact not in {Impact.IMPROVING, Impact.RELIABLE}
    assert (reviews.delivery, reviews.moves) == (Delivery.LATE, 3)
    assert waits.delivery == Delivery.UNKNOWN  # nobody has said anything for 45 days
    assert (told.delivery, told.impact) == (Delivery.PLANNED, Impact.NO_DATA)
    assert all(
        evidence.reviewer_agency_id != evidence.agency_id for one in found for evidence in one.finding.evidence.all()
    )
    half, full = packs
    assert half.frozen_on < full.frozen_on < today
    figures = [m["from"] for pack in (half,) for one in pack.content["findings"] for m in one["measures"] if m["from"]]
    assert max(figures) < half.frozen_on.isoformat()[:7]  # no month that was not over on its day
    with acting_as_system(area.area, today=today) as by:
        (last,) = Value.objects.filter(area=area.area, code="V4", split="").order_by("-month")[:1]
        rows = rows_behind(by, BY_CODE["V4"], last.month)
    assert rows.agrees
    assert last.denominator == len(rows.rows) > 0
