"""A pack is frozen: the same facts give the same digest, and what happens later does not change it."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from kept.improvement import actions, packs
from kept.improvement.models import Pack


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
