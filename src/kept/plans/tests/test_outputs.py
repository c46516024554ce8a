"""A plan on paper says what the plan says: in HTML, PDF/UA, Word, easy words and the child's own version."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID, uuid5

import pytest
from docx import Document
from pypdf import PdfReader

from kept.design import symbols
from kept.plans.facts import WholeEntry, WholePlan
from kept.plans.outputs import easy
from kept.plans.outputs.from_plan import paper_of, stamp_of
from kept.plans.outputs.html import as_html, pictures_as_html
from kept.plans.outputs.paper import Table
from kept.plans.outputs.pdf import as_pdf
from kept.plans.outputs.word import as_word
from kept.plans.section_sets import set_of
from kept.plans.words import Kind, Stage
from kept.rules.plans import read_provision, write_provision
from kept.rules.plans.provision import HowOften, Provision, Ratio

NAME = UUID(int=7)
TYPED = Provision(
    service="speech and language therapy", session_minutes=45, often=HowOften(2, "week"), ratio=Ratio(1),
    role="speech and language therapist", focus="build three-word phrases",
)  # fmt: skip
ANSWERS = Table("Answers", ("What you said", "Our answer"), (("More time, please <b>", "Accepted"),))


def entry(name: str, kind: Kind, text: str, **more) -> WholeEntry:
    key = uuid5(NAME, name)
    return WholeEntry(
        pk=key, lineage=key, section=name.rstrip("0123456789"), kind=kind, position=int(name[-1]), text=text, **more
    )


@pytest.fixture
def whole() -> WholePlan:
    need = entry("B1", Kind.NEED, "Nia joins two words. Strength: she draws.")
    vague = "Nia will have access to support as required."
    entries = (
        entry("A1", Kind.VIEW, "Nia said: “I like dogs & <cats>. I want a friend.”", details={"whose": "child"}),
        entry("A2", Kind.VIEW, "Her parents hope that she is safe.", details={"whose": "parents"}),
        need,
        entry("E1", Kind.OUTCOME, "By July 2027 Nia will ask for help.", details={"by": "2027-07-31"}),
        entry("F1", Kind.PROVISION, write_provision(TYPED), provision=TYPED, is_typed=True, meets=(need.lineage,)),
        entry("F2", Kind.PROVISION, vague, provision=read_provision(vague), schedulable=False),
        entry("F3", Kind.PROVISION, "Something unread.", read_by_machine=True),
    )
    return WholePlan(
        plan_id=NAME, version_id=NAME, child_id=NAME, first_name="Nia", full_name="Nia Sample",
        born_on=date(2016, 5, 4), number=2, stage=Stage.FINAL, section_set=set_of("ehcp-2014"), entries=entries,
        area_name="Sandhaven", issued_on=date(2026, 3, 10), writer="Olga Officer",
    )  # fmt: skip


def test_html_has_every_entry_escaped_with_its_links_in_words(whole):
    page = str(as_html(paper_of(whole, tables=(ANSWERS,))))
    for one in whole.entries:
        assert one.text.split("“")[0].split("<")[0] in page
    assert "&lt;cats&gt;" in page
    assert "<cats>" not in page
    assert "Meets need B1." in page
    assert "Read by machine, not yet confirmed" in page
    assert "31 July 2027" in page
    assert "Nothing is recorded in this section." in page
    assert "More time, please &lt;b&gt;" in page


def test_pdf_is_tagged_titled_and_stamped_on_every_page(whole):
    from dataclasses import replace

    old = replace(whole, superseded_on=date(2026, 9, 1), entries=whole.entries * 12)
    made = PdfReader(BytesIO(as_pdf(paper_of(old))))
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "en-GB"
    assert made.metadata.title == "Education, health and care plan of Nia Sample"
    assert len(made.pages) > 2
    assert all("Superseded on 1 September 2026" in page.extract_text() for page in made.pages)


def test_word_has_headings_a_table_head_and_the_words(whole):
    made = Document(BytesIO(as_word(paper_of(whole, tables=(ANSWERS,)))))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 2"]
    assert "Section F: Special educational provision" in headings
    assert any("dogs & <cats>" in one.text for one in made.paragraphs)
    assert made.tables[0].rows[0].cells[0].text == "What you said"


@pytest.mark.parametrize(
    ("changes", "stamp"),
    [
        ({}, ""),
        ({"stage": Stage.DRAFT, "issued_on": None}, "Draft: not in force"),
        ({"issued_on": None}, "Not issued: not in force"),
        ({"ceased_on": date(2026, 5, 1)}, "Ceased on 1 May 2026: not in force"),
    ],
)
def test_what_is_not_in_force_says_so(whole, changes, stamp):
    from dataclasses import replace

    assert stamp_of(replace(whole, **changes)) == stamp


def test_easy_read_says_amounts_from_the_facts_and_what_the_plan_does_not_say(whole):
    said = [sentence for line in easy.easy_read(whole).lines for sentence in line.words]
    assert "A speech and language therapist will help with speech and language therapy." in said
    assert "45 minutes each time." in said
    assert "Twice a week." in said
    assert "The plan does not say how often." in said
    assert "“I like dogs & <cats>. I want a friend.”" in said
    assert not any("parents hope" in one for one in said)


def test_the_childs_own_version_has_no_difficulties_and_no_law(whole):
    said = " ".join(sentence for line in easy.childs_own(whole).lines for sentence in line.words)
    assert "She draws." in said
    assert "joins two words" not in said
    assert "law" not in said
    assert "does not say" not in said


def test_pictures_are_drawn_with_their_credit(whole):
    paper = easy.easy_read(whole)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(paper))).pages)
    assert "CC BY-SA 4.0" in text
    page = str(pictures_as_html(paper))
    assert page.count("<img") == sum(bool(line.symbol) for line in paper.lines)
    assert 'alt=""' in page


def test_every_symbol_named_is_there_and_another_set_may_take_its_place(tmp_path, monkeypatch):
    named = {symbol for _, symbol in easy.SYMBOLS} | {"plan", "rights", "phone", "goal", "school", "wish", "strong"}
    assert named <= symbols.names()
    (tmp_path / "talk.svg").write_text("<svg>ours</svg>")
    (tmp_path / "CREDIT").write_text("Symbols: somebody's.\n")
    monkeypatch.setenv("KEPT_SYMBOLS", str(tmp_path))
    symbols.drawing.cache_clear()
    symbols.credit.cache_clear()
    assert symbols.drawing("talk") == b"<svg>ours</svg>"
    assert symbols.drawing("goal").startswith(b"<svg")
    assert "somebody's" in symbols.credit()
    symbols.drawing.cache_clear()
    symbols.credit.cache_clear()
