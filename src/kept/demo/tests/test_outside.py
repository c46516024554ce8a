"""The made-up past of the demonstration comes in as a file does, and every figure says that it is made up."""

from __future__ import annotations

from datetime import date

from kept.access.acting import acting_as_system
from kept.demo.load import Loaded
from kept.demo.outside import FILES, MONTHS, load_outside
from kept.measures import importing, outside
from kept.measures.catalogue import BY_CODE, WAITING
from kept.measures.computing import compute
from kept.measures.models import SeriesValue, Value


def test_every_measure_without_records_has_a_believable_past(area: Loaded, today: date) -> None:
    made = load_outside(area.area, today)
    with acting_as_system(area.area, today=today):
        files = outside.files_of(area.area)
        values = list(SeriesValue.objects.filter(area=area.area))
    assert made == len(values) == sum(one.rows for one in files)
    assert len(files) == len(FILES)
    assert all("made up for the demonstration" in one.source for one in files)
    by_code: dict[str, list[SeriesValue]] = {}
    for value in values:
        by_code.setdefault(value.code, []).append(value)
    assert {one.code for one in WAITING} <= set(by_code)
    assert len(by_code["V1"]) == MONTHS
    assert max(value.month for value in values) < today.replace(day=1)
    for code, rows in by_code.items():
        assert len({(row.numerator, row.denominator) for row in rows}) > 1, f"{code} never moves"
        assert BY_CODE[code].is_whole or all(row.numerator <= row.denominator for row in rows)
    assert min(value.month for value in values) > importing.EARLIEST


def test_no_more_appeals_end_than_began(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today) as by:
        compute(by=by, definitions=[BY_CODE["E1"]])
    load_outside(area.area, today)
    with acting_as_system(area.area, today=today):
        ended = sum(SeriesValue.objects.filter(area=area.area, code="E2").values_list("denominator", flat=True))
        began = sum(Value.objects.filter(area=area.area, code="E1", split="").values_list("numerator", flat=True))
    assert 0 < ended <= began
