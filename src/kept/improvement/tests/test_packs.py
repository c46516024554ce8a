"""A pack is frozen: the same facts give the same digest, and what happens later does not change it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from kept.improvement import actions, governance, layouts, packs
from kept.improvement.models import Aim, Pack
from kept.improvement.pack_views import MAKERS
from kept.measures import rebasing
from kept.measures.models import Value
from kept.measures.queries import Period


@pytest.mark.usefixtures("improved")
def test_a_pack_is_reproducible_and_later_events_do_not_change_it(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        first = packs.freeze(by=by, programme=place.programme, title="Six-month review")
        again = packs.freeze(by=by, programme=place.programme, title="Six-month review")
    assert first.digest == again.digest == packs.digest_of(first.content)
    with place.acting(place.forum) as by:
        actions.judge(
            by=by, finding=place.finding, method="panel", asked=9, answered=8, answer="no", words="No change at home."
        )
    with place.acting(place.director) as by:
        later = packs.freeze(by=by, programme=place.programme, title="Six-month review")
    stored = Pack.objects.filter(pk=first.pk)
    with place.system():
        assert packs.digest_of(stored.get().content) == first.digest != later.digest
        assert later.content["findings"][0]["disputed"]
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            stored.update(title="Better")


@pytest.mark.usefixtures("improved")
def test_its_files_say_the_same(place: SimpleNamespace, browse: Callable[[object], Client]) -> None:
    with place.acting(place.director) as by:
        pack = packs.freeze(by=by, programme=place.programme, title="Six-month review")
    client = browse(place.analyst)
    page = f"/improvement/packs/{pack.pk}/"
    sheet = load_workbook(BytesIO(client.get(f"{page}?format=xlsx").content))["Measures"]
    assert [cell.value for cell in sheet[2]][1] == "T1 Plans in 20 weeks, exceptions left out"
    assert [cell.value for cell in sheet[2]][6] == "61%"
    words = "\n".join(each.text for each in Document(BytesIO(client.get(f"{page}?format=docx").content)).paragraphs)
    pdf = PdfReader(BytesIO(client.get(f"{page}?format=pdf").content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert json.loads(client.get(f"{page}?format=json").content) == pack.content
    for said in (words, pdf.pages[0].extract_text(), client.get(page).content.decode()):
        assert "Plans are late." in said
        assert "Families" in said


@pytest.mark.usefixtures("improved")
def test_scrutiny_and_the_table_of_measures_say_what_was_frozen(
    place: SimpleNamespace, browse: Callable[[object], Client]
) -> None:
    with place.acting(place.director) as by:
        actions.aim(
            by=by, finding=place.finding, code="T1", target=60.0, target_on=date(2026, 11, 1), why="Half way is not it"
        )
        met = governance.call(by=by, programme=place.programme, body="scrutiny", meets_on=date(2026, 3, 1))
        governance.decide(by=by, meeting=met, what="Show the tail", owner=place.officer, due_on=date(2026, 4, 1))
        pack = packs.freeze(by=by, programme=place.programme, title="Six-month review")
    headings, [row] = layouts.measures_table(pack.content)
    line = dict(zip(headings, row, strict=True))
    assert (line["Baseline"], line["Target"]) == ("30.5%", "60.0%")
    assert (line["Aug 2025 planned"], line["Aug 2025 actual"]) == ("35.4%", "58%")  # a sixth of the way by then
    assert (line["Nov 2026 planned"], line["Nov 2026 actual"]) == ("60.0%", "")
    client = browse(place.analyst)
    page = f"/improvement/packs/{pack.pk}/"
    report = client.get(f"{page}?layout=scrutiny").content.decode()
    assert report.index("Show the tail (1 March 2026): not done, due 1 April 2026") < report.index("Plans are late.")
    book = load_workbook(BytesIO(client.get(f"{page}?layout=kpi&format=xlsx").content))
    assert book["Planned and actual"]["C2"].value == "30.5%"
    assert "58% (planned 35.4%)" in client.get(f"{page}?layout=kpi").content.decode()
    assert client.get(f"{page}?layout=kpi&format=pdf")["Content-Type"].startswith("text/html")  # there is no such file
    assert client.get(f"{page}?layout=scrutiny&format=pdf").content.startswith(b"%PDF")


@pytest.mark.usefixtures("improved")
def test_an_old_pack_is_made_again_byte_for_byte_after_everything_changed(
    place: SimpleNamespace, figures: Callable[..., None], browse: Callable[[object], Client]
) -> None:
    with place.acting(place.director) as by:
        pack = packs.freeze(by=by, programme=place.programme, title="Six-month review")
    page = f"/improvement/packs/{pack.pk}/"
    addresses = [f"{page}?layout={layout}&format={kind}" for layout in ("review", "scrutiny") for kind in MAKERS]
    addresses += [f"{page}?layout=kpi&format=xlsx"]

    def files() -> dict[str, bytes]:
        client = browse(place.analyst)
        return {address: client.get(address).content for address in addresses}

    before = files()
    with place.acting(place.analyst) as by:
        rebasing.set_on_chart(
            by=by, code="T1", kind="rebase", starts=date(2025, 5, 1), happened="A panel meets each week since May",
            reason="The new level has held for a year",
        )  # fmt: skip
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T1", target=40.0, target_on=None, why="Too hard")
        place.finding.text = "Everything was always well."
        place.finding.save()
        Value.objects.filter(area=place.area, code="T1").update(numerator=90)
        later = packs.freeze(by=by, programme=place.programme, title="Six-month review")
    assert {address: made == before[address] for address, made in files().items()} == dict.fromkeys(before, True)
    assert pack.digest != later.digest
    [measure] = later.content["findings"][0]["measures"]
    assert any(note.startswith("New limits since May 2025.") for note in measure["notes"])
    assert any("easier to meet" in note for note in measure["notes"])
    assert not any("Analyst" in note or place.analyst.name in note for note in measure["notes"])


def test_a_years_figure_stands_in_no_step_before_the_year_is_over() -> None:
    def year(starts: date, value: float) -> Period:
        return Period(starts=starts, value=value, text=f"{value:.0f}%", numerator="", denominator="", base=100)

    aim = Aim(code="T1", target=None, target_on=None, baseline_until=date(2025, 4, 30))
    years = (year(date(2023, 11, 1), 20), year(date(2024, 11, 1), 30), year(date(2025, 11, 1), 50))
    baseline, found = layouts.steps(aim, years, began=date(2025, 5, 1), today=date(2026, 12, 1))
    assert baseline == "20.0%"  # the second year was not over when the baseline ended
    was = {step["on"]: step["actual"] for step in found}
    assert [was[on] for on in ("2025-08-01", "2025-11-01", "2026-08-01", "2026-11-01", "2027-02-01")] == [
        "20%", "30%", "30%", "50%", "",
    ]  # fmt: skip


def test_a_pack_says_days_as_people_do_a_dispute_once_and_whose_month_a_figure_is() -> None:
    late = {"what": "A team", "promised": "2026-03-30", "accepted": "", "expected": "2026-11-30", "moves": 1}
    finding = {
        "number": 1, "text": "Late", "outcome": "In time", "delivery": "Late", "impact": "Worse", "disputed": True,
        "breaches": "none", "measures": [], "against": [], "verdicts": [], "milestones": [late],
        "stage": "Disputed by families",
    }  # fmt: skip

    def words(of: dict[str, object]) -> list[str]:
        return [line for block in packs._blocks(of) for line in block.items]

    assert "A team: promised 30 March 2026, expected 30 November 2026, moved 1 time" in words(finding)
    assert "Stage: Disputed by families" in words(finding)
    assert "Stage: In delivery, disputed by families" in words(finding | {"stage": "In delivery"})
    figure = {"figure": "55%", "from": "2026-09-01"}
    assert [layouts.figure_of(figure | more) for more in ({}, {"months": 1}, {"months": 3}, {"from": ""})] == [
        "55% (from September 2026)", "55% (September 2026)", "55% (three months from September 2026)", "55%",
    ]  # fmt: skip
