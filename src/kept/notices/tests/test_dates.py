"""Letters of cases from the worked examples: PDFs that a reader can follow, with the days that the examples give."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document
from pypdf import PdfReader

from kept.design.words import day
from kept.letters import Letter, Look, text
from kept.letters.addresses import read_address
from kept.letters.html import as_html
from kept.letters.letter import letter_from
from kept.letters.pdf import as_pdf, for_the_printer
from kept.letters.word import as_word
from kept.notices.counting import owed_by, served_on
from kept.notices.making import Desk, Office, letter_for
from kept.notices.models import Enclosure, Recipient
from kept.rules.process import REFERENCE, Event, fold

from .conftest import FACTS

FILE = Path(__file__).parents[4] / "tests" / "data" / "clock-examples.json"
EXAMPLES = {item["id"]: item for item in json.loads(FILE.read_text(encoding="utf-8"))}
CONTACT = "Contact the mediation adviser by"
APPEAL = "Your appeal must reach the Tribunal by"
ANSWER = "Send us your answer by"
CASES = [
    ("EX-01", "N4", {ANSWER: "draft.representations"}),
    ("EX-02", "N2-refuse", {CONTACT: "mediation.contact_adviser", APPEAL: "appeal.lodge"}),
    ("EX-04", "N3", {CONTACT: "mediation.contact_adviser", APPEAL: "appeal.lodge"}),
    ("EX-06", "N4", {ANSWER: "draft.representations"}),
    ("EX-09", "N4", {ANSWER: "draft.representations"}),
    ("EX-13", "N4", {ANSWER: "draft.representations"}),
    ("EX-16", "N8", {ANSWER: "amend.representations"}),
    ("EX-17", "N8", {ANSWER: "amend.representations"}),
    ("EX-18", "N8", {ANSWER: "amend.representations"}),
    ("EX-19", "N7-maintain", {CONTACT: "mediation.contact_adviser", APPEAL: "appeal.lodge"}),
    ("EX-22", "N10-cease", {CONTACT: "mediation.contact_adviser", APPEAL: "appeal.lodge"}),
]
CHILD = SimpleNamespace(full_name="Nia Sample", first_name="Nia", born_on=date(2016, 5, 4))


@pytest.fixture(autouse=True)
def on_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child of the examples waits on no list (test_waits_told has those who do); there is no database here."""
    monkeypatch.setattr("kept.notices.making.waits_of", lambda actor, child_id, *, easy: ())


def letter_of(example: str, sort: str, look: Look = Look.STANDARD) -> Letter:
    """The letter of an example, as given by hand to the family on the day of the step."""
    item = EXAMPLES[example]
    events = [
        Event(one["type"], date.fromisoformat(one["date"]), {k: v for k, v in one.items() if k not in {"type", "date"}})
        for one in item["events"]
    ]
    state = fold(events, as_of=date.fromisoformat(item["as_of"]), settings=REFERENCE)
    owed = next(one for one in owed_by(state) if one.sort.key == sort)
    facts = {"reasons": "Because.", "changes": "Section F", "views_by": "2026-04-10"}
    notice = SimpleNamespace(facts=facts, event_on=owed.on, event_id=None)
    officer = SimpleNamespace(name="Olga Officer")
    case = SimpleNamespace(child=CHILD, child_id=None, officer=officer, reference="26-00001")
    by = SimpleNamespace(area=SimpleNamespace(name="Sandhaven"))
    to = Recipient(name="Mara Sample", is_family=True, way="hand", look=look)
    papers = [Enclosure(title=one.capitalize(), what=one) for one in owed.sort.encloses]
    wordings = {True: None, False: None}
    desk = Desk(by, notice, case, owed.sort, Office(FACTS), state, [to], papers, wordings, owed.sent or owed.on)
    return letter_for(desk, to)


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(("example", "sort", "days"), CASES, ids=[f"{one[0]} {one[1]}" for one in CASES])
def test_the_pdf_tells_the_days_of_the_example(example, sort, days):
    expected = {one["clock"]: one["due"] for one in EXAMPLES[example]["expected"]["clocks"]}
    letter = letter_of(example, sort)
    words = words_of(as_pdf(letter))
    for label, clock in days.items():
        assert f"{label} {day(date.fromisoformat(expected[clock]))}" in words
    assert "{{" not in words


def test_ceasing_says_how_long_the_plan_must_be_kept():
    words = letter_of("EX-22", "N10-cease").all_words()
    assert "It cannot end before 7 July 2026" in words


def _tags(pdf: bytes) -> list[str]:
    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                yield from walk(one)
        elif isinstance(node, dict):
            if "/S" in node and node.get("/Type", "/StructElem") == "/StructElem":
                yield str(node["/S"])
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]))


@pytest.mark.parametrize("look", list(Look))
def test_the_pdf_is_tagged_titled_and_in_english(look):
    made = as_pdf(letter_of("EX-02", "N2-refuse", look))
    reader = PdfReader(BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "We will not assess Nia’s needs"
    assert b"pdfuaid" in made or b"pdfuaid" in root["/Metadata"].get_object().get_data()
    tags = _tags(made)
    lists = set() if look is Look.EASY else {"/L", "/LI"}  # in easy read each line has a picture instead
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} | lists <= set(tags)
    assert "/Figure" not in tags
    assert tags.index("/H1") < tags.index("/H2") < tags.index("/Table")


def test_large_print_is_large():
    sizes = []
    page = PdfReader(BytesIO(as_pdf(letter_of("EX-02", "N2-refuse", Look.LARGE)))).pages[0]
    page.extract_text(visitor_text=lambda words, cm, tm, font, size: sizes.append(round(size * abs(tm[0] or 1))))
    assert max(sizes) >= 18


def test_easy_read_has_pictures_with_their_credit_in_every_format():
    easy = letter_of("EX-02", "N2-refuse", Look.EASY)
    pictures = sum(bool(block.symbol) for block in easy.blocks)
    assert pictures > 8
    page = str(as_html(easy))
    assert page.count('<img class="kept-letter__symbol" alt=""') == pictures
    assert "CC BY-SA 4.0" in page
    assert "CC BY-SA 4.0" in words_of(as_pdf(easy))
    assert "CC BY-SA 4.0" in words_of(for_the_printer([easy], title="Post"))
    word = Document(BytesIO(as_word(easy)))
    assert len(word.inline_shapes) == sum(bool(one.symbol) and one.kind == "text" for one in easy.blocks)
    assert "CC BY-SA 4.0" in word.paragraphs[-1].text
    assert letter_from(easy.as_data()) == easy


def test_a_letter_of_before_the_pictures_is_read_and_proved_as_it_was():
    plain = letter_of("EX-02", "N2-refuse")
    old = plain.as_data()
    for block in old["blocks"]:
        block.pop("exact", None)
    assert "symbol" not in old["blocks"][0]
    again = letter_from(old)
    assert again.as_data() == old
    assert "<img" not in str(as_html(again))


def test_easy_read_has_its_own_words_and_the_same_days():
    easy = letter_of("EX-02", "N2-refuse", Look.EASY).all_words()
    assert "It is free." in easy
    assert "15 February 2026" in easy
    assert "16 February 2026" in easy


def test_word_keeps_the_headings_and_the_table():
    document = Document(BytesIO(as_word(letter_of("EX-02", "N2-refuse"))))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == [
        "We will not assess Nia’s needs"
    ]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["What", "By when"]


def test_what_people_type_is_never_markup():
    nasty = "<script>x</script> #set page(width: 1pt) $a$ \x00\x07 *b* @c"
    letter = replace(letter_of("EX-02", "N2-refuse"), recipient=nasty, blocks=(text(nasty),))
    assert "<script>" not in as_html(letter)
    assert "#set page(width: 1pt) $a$" in words_of(as_pdf(letter))
    as_word(letter)


def test_letters_for_the_printer_begin_a_page_each():
    one = letter_of("EX-02", "N2-refuse")
    made = for_the_printer([one, replace(one, recipient="Farid Sample", look=Look.LARGE), one], title="Post")
    firsts = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    assert sum("Our reference" in words for words in firsts) == 3
    with pytest.raises(ValueError, match="no letter"):
        for_the_printer([], title="Post")


def test_post_is_served_after_the_working_days_allowed():
    assert served_on(date(2025, 12, 24), by_post=True, post_days=2) == date(2025, 12, 30)
    assert served_on(date(2025, 12, 24), by_post=False, post_days=2) == date(2025, 12, 24)


@pytest.mark.parametrize(
    ("typed", "lines", "postcode"),
    [
        ("1 High Street\nSandhaven\nsn1 1aa", ("1 High Street", "Sandhaven"), "SN1 1AA"),
        ("1 High Street, Sandhaven SN1 1AA", ("1 High Street, Sandhaven",), "SN1 1AA"),
        ("The Boat\nSandhaven Marina", ("The Boat", "Sandhaven Marina"), ""),
        ("  \n", (), ""),
    ],
)
def test_addresses_as_typed(typed, lines, postcode):
    assert (read_address(typed).lines, read_address(typed).postcode) == (lines, postcode)
