"""Files that come with advice are read by themselves, and stand at the gate until somebody looked them through."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Word

from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases.actions import ask_for_advice
from kept.partners.actions import return_advice
from kept.plans import advice_in, advice_papers, gate, versions
from kept.plans.models import AdvicePaper
from kept.plans.tests.made import a_written_plan
from kept.plans.tests.test_importing import pdf_file
from tests.made_up import a_person, an_agency

pytestmark = pytest.mark.django_db
WHOLE = {
    "needs": "Nia joins two words.",
    "outcomes": "She uses three words by July 2027.",
    "provision": "45 minutes of therapy weekly.",
}
REPORT = (
    "Nia likes trains.",
    "Recommendations",
    "Therapy each week for 30 minutes.",
    "A visual timetable on her desk.",
)


def a_report() -> SimpleUploadedFile:
    """A Word document with two recommendations."""
    made, out = Word(), BytesIO()
    for line in REPORT:
        made.add_paragraph(line)
    made.save(out)
    return SimpleUploadedFile("report.docx", out.getvalue())


@pytest.fixture
def returned(place, settings, tmp_path):
    """Nia's plan is being written; the therapy trust returns its advice with a report, a scan and a photo."""
    settings.MEDIA_ROOT = str(tmp_path)
    trust = an_agency(place.area, AgencyKind.HEALTH, "Therapy trust")
    tam = a_person(place.area, Role.PROFESSIONAL, agency=trust, name="Tam Therapist")
    with acting(user=place.olga, area=place.area) as by:
        version, _ = a_written_plan(by, place.child)
        asked = ask_for_advice(
            by=by, case=place.case, kind="health", body="Therapy trust", asked_on=by.today, received_on=by.today,
            agency=trust,
        )  # fmt: skip
    photo = SimpleUploadedFile("drawing.png", b"\x89PNG\r\n\x1a\n" + PIXEL)
    scan = pdf_file(3)
    scan.name = "scan.pdf"
    with acting(user=tam, area=place.area) as by:
        return_advice(by=by, request=asked, sections=WHOLE, files=[a_report(), scan, photo])
    return version


PIXEL = bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fea73581840000000049454e44"
    "ae426082"
)


def test_files_with_advice_are_read_by_themselves_and_what_cannot_be_read_says_so(place, as_person, browse, returned):
    olga = as_person(place.olga)
    listed = [row.text for row in advice_in.recommendations_of(olga, returned.plan)]
    assert sorted(listed) == sorted(WHOLE.values())  # as soon as it was returned
    came = {line.words: line.plain for line in gate.gate_of(olga, returned).lines if line.rule == gate.NOT_LOOKED}
    assert set(came) == {"report.docx", "scan.pdf", "drawing.png"}
    with acting_as_system(place.area) as system:
        assert advice_papers.read_arrived(by=system) == 1
        assert advice_papers.read_arrived(by=system) == 0
    olga = as_person(place.olga)
    papers = {one.document.file_name: one for one in advice_papers.papers_with_advice(olga, place.child.pk)}
    assert papers["report.docx"].said_by == "Tam Therapist, Therapy trust"
    assert "is a picture of its pages, a scan" in papers["scan.pdf"].problem
    assert "another kind of file" in papers["drawing.png"].problem
    found = {row.text for row in advice_in.recommendations_of(olga, returned.plan) if row.document_id}
    assert found == set(REPORT[2:])
    assert advice_papers.papers_of(olga, place.child.pk) == []

    desk = browse(place.olga)
    page = f"/plans/versions/{returned.pk}/advice/"
    text = desk.get(page).content.decode()
    assert text.count("Read by machine") == 3
    assert text.count("Not read") == 2
    assert "is a picture of its pages, a scan" in text
    for paper in papers.values():
        desk.post(f"{page}papers/{paper.pk}/")
    text = desk.get(page).content.decode()
    assert "Read by machine" not in text
    assert text.count("Looked through by Olga Officer") == 3
    olga = as_person(place.olga)
    assert [line for line in gate.gate_of(olga, returned).lines if line.rule == gate.NOT_LOOKED] == []


def test_a_final_waits_until_its_papers_were_looked_through_and_the_machine_is_done(place, as_person, returned):
    olga = as_person(place.olga)
    advice_papers._take_in(olga, None)
    waiting = AdvicePaper.objects.get(document__title="report.docx")
    with pytest.raises(Refused, match="still reading"):
        advice_papers.looked_through(by=olga, paper=waiting)
    versions.send_draft(by=olga, version=returned)
    final = versions.write_next(by=olga, version=returned, move="final")
    lines = [line for line in gate.gate_of(olga, final).stopping if line.rule == gate.NOT_LOOKED]
    assert {line.words for line in lines} == {"report.docx", "scan.pdf", "drawing.png"}
    assert advice_papers.read_arrived(by=olga, child_id=place.child.pk, seconds=0) == 0  # no time: all waits, unchanged
    assert waiting.pages_read == 0
