"""New limits on a chart: who may set them, what is shown before, what they may not hide, and undoing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from kept.access.acting import Refused
from kept.access.roles import Role
from kept.measures import queries, rebasing
from kept.measures.catalogue import BY_CODE
from kept.measures.computing import last_full_month, month_after
from kept.measures.models import Value
from kept.measures.rebase_models import ChartSetting, Setting
from kept.measures.rebasing import NotAllowed
from kept.measures.tests.conftest import TODAY
from tests import made_up

BEFORE = [300, 280, 330, 310, 290, 320] * 2
RISEN = [600, 620, 580, 610] * 3
FALLEN = [120, 100, 110] * 4
SINCE = date(2025, 6, 1)  # twelve full months before TODAY's, on the first of which the figures move
WHY = {"happened": "A panel meets each week since June 2025", "reason": "The new level has held for a year"}
Figures = Callable[..., None]


@pytest.fixture
def manager(place: SimpleNamespace) -> object:
    return made_up.a_person(place.area, Role.CASE_MANAGER)


@pytest.fixture
def figures(place: SimpleNamespace) -> Figures:
    """Figures of T1 out of a thousand, oldest first, up to the last full month."""

    def make(hits: list[int], version: Callable[[int], str] = lambda _: "T1.1") -> None:
        last = last_full_month(TODAY)
        with place.system():
            Value.objects.bulk_create(
                Value(
                    area=place.area, code="T1", month=month_after(last, at + 1 - len(hits)), numerator=hit,
                    denominator=1000, query_version=version(at), computed_on=TODAY,
                )
                for at, hit in enumerate(hits)
            )  # fmt: skip

    return make


def drawn(place: SimpleNamespace) -> rebasing.Drawn:
    one = BY_CODE["T1"]
    with place.system():
        found = queries.periods(one, queries.values_of(place.area, "T1"), whole=True)
        made = rebasing.drawn(one, found, rebasing.in_force(place.area, ["T1"]).get("T1"), today=TODAY)
    assert made is not None
    return made


def rebase(place: SimpleNamespace, user: object, **more: object) -> ChartSetting:
    with place.acting(user) as by:
        return rebasing.set_on_chart(by=by, **{"code": "T1", "kind": Setting.REBASE, "starts": SINCE, **WHY, **more})  # type: ignore[arg-type]


def test_an_analyst_sets_new_limits_with_a_reason_and_the_old_ones_stay(
    place: SimpleNamespace, figures: Figures
) -> None:
    figures([*BEFORE, *RISEN])
    assert drawn(place).before is None
    rebase(place, place.analyst)
    now = drawn(place)
    assert [segment.start for segment in now.chart.segments] == [0, 12]
    assert now.before is not None
    assert len(now.before.segments) == 1
    [line] = now.notes(named=False)
    assert line == (
        "New limits since June 2025. A panel meets each week since June 2025. "
        "Why: The new level has held for a year. Set on 20 June 2026."
    )


@pytest.mark.parametrize("who", ["director", "forum", "officer"])
def test_nobody_else_sets_limits(place: SimpleNamespace, figures: Figures, who: str) -> None:
    figures([*BEFORE, *RISEN])
    with pytest.raises(Refused):
        rebase(place, getattr(place, who))


@pytest.mark.parametrize(
    ("hits", "given", "words"),
    [
        ([*BEFORE, *RISEN], {"reason": "Better"}, "in a sentence"),
        ([*BEFORE, *RISEN], {"happened": ""}, "in a sentence"),
        ([*BEFORE, *RISEN], {"starts": date(2026, 2, 1)}, "there are 4"),
        ([*BEFORE, *BEFORE], {}, "did not move and stay"),
        ([*BEFORE, *RISEN], {"starts": date(2020, 1, 1)}, "both sides"),
        ([*BEFORE, *RISEN], {"starts": None}, "Choose the month"),
        ([*BEFORE, *RISEN], {"kind": Setting.FIX, "starts": date(2024, 9, 1)}, "there are 3"),
        ([], {}, "no chart yet"),
        ([*BEFORE, *RISEN], {"code": "W9"}, "no such measure"),
    ],
)  # fmt: skip
def test_what_is_refused(
    place: SimpleNamespace, figures: Figures, hits: list[int], given: dict[str, object], words: str
) -> None:
    figures(hits)
    with pytest.raises(NotAllowed, match=words):
        rebase(place, place.analyst, **given)


def test_limits_that_hide_a_change_for_the_worse_say_so_for_as_long_as_they_hold(
    place: SimpleNamespace, figures: Figures, manager: object
) -> None:
    figures([*BEFORE, *FALLEN])
    with pytest.raises(NotAllowed, match="the chart will say so"):
        rebase(place, manager)
    made = rebase(place, manager, says_so=True)
    assert made.hid == 12
    assert "hides 12 marks for the worse (June 2025 to May 2026, 12 in all)" in drawn(place).hides
    with place.acting(place.analyst) as by:
        rebasing.undo(by=by, pk=made.pk, reason="Nothing in the work had changed")
        with pytest.raises(NotAllowed, match="undone already"):
            rebasing.undo(by=by, pk=made.pk, reason="Nothing in the work had changed")
    assert drawn(place).before is None
    with place.system():
        assert [one.undoes_id for one in rebasing.history(place.area, "T1")] == [made.pk, None]


def test_what_was_set_is_never_rewritten(place: SimpleNamespace, figures: Figures) -> None:
    figures([*BEFORE, *RISEN])
    made = rebase(place, place.analyst)
    with place.system(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ChartSetting.objects.filter(pk=made.pk).update(reason="Because")


def test_screening_and_fixed_limits_are_settings_with_a_reason_too(place: SimpleNamespace, figures: Figures) -> None:
    figures([*BEFORE[:4], 900, *BEFORE[5:], *RISEN])
    wide = drawn(place).chart.segments[0].limits
    rebase(place, place.analyst, kind=Setting.FIX)
    rebase(place, place.analyst, kind=Setting.SCREEN, starts=None)
    with pytest.raises(NotAllowed, match="already"):
        rebase(place, place.analyst, kind=Setting.SCREEN, starts=None)
    chart = drawn(place).chart
    assert chart.series.baseline_n == 12
    assert chart.segments[0].limits.ranges_screened_out == 2
    assert chart.segments[0].limits.upper < wide.upper


def test_another_way_of_counting_begins_new_limits_without_a_shift(place: SimpleNamespace, figures: Figures) -> None:
    figures([*BEFORE, *BEFORE], version=lambda at: "T1.1-aa" if at < 12 else "T1.2-bb")
    with place.system():
        values = queries.values_of(place.area, "T1")
    assert rebasing.counted_otherwise(values) == SINCE
    rebase(place, place.analyst, kind=Setting.DEFINITION)
    assert len(drawn(place).chart.segments) == 2


def test_the_page_shows_both_charts_before_anything_is_set(
    place: SimpleNamespace, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    figures([*BEFORE, *FALLEN])
    client = Client()
    client.force_login(place.analyst, backend="django.contrib.auth.backends.ModelBackend")
    page = f"/measures/T1/limits/?kind=rebase&starts={SINCE}"
    seen = client.get(page).content.decode()
    assert all(words in seen for words in ("As it is now", "As it would be", "Marks for the worse that go"))
    assert not ChartSetting.objects.exists()
    assert client.post(page, WHY).status_code == 422
    assert client.post(page, WHY | {"says_so": "on"}).status_code == 302
    for address in ("/measures/", "/measures/T1/"):
        assert "for the worse (June 2025 to May 2026, 12 in all)" in client.get(address).content.decode()
    with place.system():
        made = rebasing.history(place.area, "T1")[0]
    client.post(f"/measures/T1/limits/{made.pk}/undo/", {"reason": "Nothing in the work had changed"})
    assert "No longer holds" in client.get("/measures/T1/limits/").content.decode()
    client.force_login(place.forum, backend="django.contrib.auth.backends.ModelBackend")
    assert "See what would change" not in client.get(page).content.decode()
