"""Old plans are read in: what is found, what is doubted, what is refused, and that nothing hangs."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from kept.access.acting import Refused
from kept.documents.actions import NotKept
from kept.plans import import_review as review
from kept.plans import importing, versions
from kept.plans.import_files import tidy
from kept.plans.import_reading import propose, quantity_doubts
from kept.plans.models import Entry
from kept.plans.queries import plan_in_force
from kept.plans.section_sets import set_of
from kept.plans.words import Kind, Stage
from kept.rules.names import name_keys
from tests.made_up import a_child

EHCP = set_of("ehcp-2014")
OLD = """Education, health and care plan
Section A: Views, interests and aspirations
1. Nia said that she likes swimming with Tariq Ahmadi.
2. Nia would like to be a vet.
Section B: Special educational needs
B1. Nia joins two words.
Section C: Health needs
Not known to service.
Section E: Outcomes
E1. By July 2027 Nia will use three words together in four lessons out of five. This is about B1.
Section F: Special educational provision
F1. A speech and language therapist will see Nia one-to-one for 30 minutes every week in term time. Meets B1, E1.
F2. Teaching assistant support for 20 minutes daily and 45 minutes, for reading.
F3. From 1 September 2026 until 1 July 2026 a physiotherapist will see Nia for 30 minutes weekly.
Section I: Placement
Harbour Primary. Type: maintained mainstream school.
"""


def read_in(actor, place, *, is_in_force=True, **given):
    one = importing.begin(by=actor, child=place.child, **given)
    while not one.is_read and not one.problem:
        one = importing.go_on(by=actor, one=one)
    return one, None if one.problem else importing.make_version(by=actor, one=one, is_in_force=is_in_force)


def word_file(make) -> SimpleUploadedFile:
    document, made = Document(), BytesIO()
    make(document)
    document.save(made)
    return SimpleUploadedFile("plan.docx", made.getvalue())


def pdf_file(pages: int, words: str = "") -> SimpleUploadedFile:
    """A PDF of so many pages, each with the words, or with nothing: as a scan is to a reader of words."""
    import typst

    drawn = "[#sys.inputs.words \\ Page #(i + 1)]" if words else "rect(width: 5cm, height: 5cm)"
    pages_of = "#let n = int(sys.inputs.n)\n#for i in range(n) {{ {}; if i + 1 < n {{ pagebreak() }} }}"
    source = pages_of.format(drawn).encode()
    made = typst.compile(source, format="pdf", sys_inputs={"n": str(pages), "words": words})
    return SimpleUploadedFile("plan.pdf", made)


def test_pasted_words_become_entries_marked_until_confirmed(place, as_person):
    olga = as_person(place.olga)
    _, version = read_in(olga, place, text=OLD)
    entries = {f"{one.section}{one.position + 1}": one for one in version.entries.all()}
    assert all(one.read_by_machine for one in entries.values())
    assert [entries[name].kind for name in ("A1", "A2", "B1", "C1", "E1", "F1", "I1")] == [
        "view", "aspiration", "need", "note", "outcome", "provision", "placement",
    ]  # fmt: skip
    assert entries["F1"].provision["weekly_minutes"] == 30
    assert (entries["F1"].schedulable, entries["F2"].schedulable, entries["F3"].schedulable) == (True, False, False)
    assert entries["F1"].original == entries["F1"].text
    # the golden thread that the words name
    links = set(version.links.values_list("kind", "first", "second"))
    assert ("meets", entries["F1"].lineage, entries["B1"].lineage) in links
    assert ("serves", entries["F1"].lineage, entries["E1"].lineage) in links
    assert ("about", entries["E1"].lineage, entries["B1"].lineage) in links
    # what to look at twice
    page = review.page_of(olga, version, "F")
    said = {row.label: " ".join(row.doubts) for row in page.rows}
    assert said["F1"] == ""
    assert "“20 minutes” and “45 minutes”" in said["F2"]
    assert "ends before it starts" in said["F3"]


def test_an_old_final_comes_into_force_only_when_all_of_it_was_looked_at(place, as_person):
    olga = as_person(place.olga)
    _, version = read_in(olga, place, text=OLD)
    day = olga.today.replace(year=olga.today.year - 1, day=1)
    with pytest.raises(Refused, match="entries wait to be confirmed"):
        importing.check_looked_through(olga, version, day)
    for section in EHCP.sections:
        review.confirm_without_doubts(by=olga, version=version, section=section.code)
    left = list(Entry.objects.filter(version=version, read_by_machine=True).select_related("version"))
    assert {one.section for one in left} == {"F"}
    for one in left:
        review.mend(
            by=olga, version=version, entry=one,
            given={"text": "A physiotherapist will see Nia for 30 minutes weekly.", "section": "F", "kind": "provision",
                   "revision": one.revision},
        )  # fmt: skip
    importing.check_looked_through(olga, version, day)
    versions.issue_imported(by=olga, version=version, on=day)
    assert plan_in_force(olga, place.child.pk, olga.today).version_id == version.pk


def test_mending_splits_at_an_empty_line_and_never_overwrites_another_writer(place, as_person):
    olga = as_person(place.olga)
    _, version = read_in(olga, place, text=OLD, is_in_force=False)
    assert version.stage == Stage.DRAFT
    one = review.entry_of(olga, version, version.entries.get(section="B").lineage)
    given = {"text": "Nia joins two signs.\n\nShe draws well.", "section": "B", "kind": Kind.NEED, "revision": 1}
    assert review.mend(by=olga, version=version, entry=one, given=given) == 2
    assert list(version.entries.filter(section="B").values_list("text", flat=True)) == [
        "Nia joins two signs.", "She draws well.",
    ]  # fmt: skip
    with pytest.raises(Refused, match="while you had it open"):
        review.mend(by=olga, version=version, entry=one, given=given)


def test_other_childrens_names_are_found_and_taken_out(place, as_person):
    olga = as_person(place.olga)
    a_child(place.area, "Tariq", "Ahmadi", name_keys=sorted(name_keys("Tariq Ahmadi")))
    _, version = read_in(olga, place, text=OLD)
    assert review.page_of(olga, version, "A").names == ("Tariq Ahmadi",)
    assert review.take_names_out(by=olga, version=version) == 1
    words = "".join(f"{one.text}{one.original}" for one in version.entries.all())
    assert "Tariq" not in words
    assert "another child" in words
    # a name that is nobody's, and the child's own, are left alone
    found = importing.others_named(olga, place.child, "Nia Sample met Then Nobody and Someone Else.")
    assert found == []


def test_a_plan_that_is_being_written_is_not_overwritten(place, as_person):
    olga = as_person(place.olga)
    read_in(olga, place, text=OLD)
    with pytest.raises(Refused, match="already has a plan that is being written"):
        read_in(olga, place, text=OLD)


def test_after_a_version_was_given_up_the_next_file_is_read_in(place, as_person):
    olga = as_person(place.olga)
    _, wrong_file = read_in(olga, place, text=OLD)
    versions.give_up(by=olga, version=wrong_file)
    _, right_file = read_in(olga, place, text=OLD)
    assert (right_file.number, right_file.stage) == (2, Stage.FINAL)
    assert right_file.entries.exists()


def test_a_plan_begun_and_still_empty_becomes_the_one_that_is_read_in(place, as_person):
    olga = as_person(place.olga)
    begun = versions.start_plan(by=olga, child=place.child)
    _, version = read_in(olga, place, text=OLD)
    assert (version.pk, version.stage, version.is_imported) == (begun.pk, Stage.FINAL, True)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_plain_text_of_an_older_windows_is_read(place, as_person, encoding):
    olga = as_person(place.olga)
    words = OLD.replace("Nia joins two words", "Nia likes cafés – and joins two words")
    file = SimpleUploadedFile("plan.txt", words.encode(encoding))
    _, version = read_in(olga, place, file=file)
    assert "cafés – and" in version.entries.get(section="B").text


def test_a_heading_for_several_sections_is_shared_out_among_them(place, as_person):
    def write(document):
        document.add_paragraph("Section B – SEN")
        document.add_paragraph("B1 Nia joins two words.")
        document.add_paragraph("Sections E & F – Outcomes and provision")
        rows = [
            ("Need", "Outcome", "Provision", "Who / how often"),
            ("B1", "By July 2027 Nia will use three words together.", "A speech therapist will see Nia one-to-one",
             "30 minutes every week in term time"),
        ]  # fmt: skip
        table = document.add_table(rows=2, cols=4)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                table.cell(row, column).text = words
        document.add_paragraph("A teaching assistant will read with Nia for 20 minutes every day.")
        document.add_paragraph("Section G: health provision")
        document.add_paragraph("None")

    olga = as_person(place.olga)
    one, version = read_in(olga, place, file=word_file(write))
    found = {code: [entry.text for entry in version.entries.filter(section=code)] for code in "BEFG"}
    assert found["B"] == ["Nia joins two words."]
    assert found["E"] == ["By July 2027 Nia will use three words together. Need: B1."]
    assert [words.split(" will ")[0] for words in found["F"]] == ["A speech therapist", "A teaching assistant"]
    assert "30 minutes every week" in found["F"][0]
    assert len(found["G"]) == 1
    one.refresh_from_db()
    assert any("one heading for several sections" in note for note in one.notes)


def test_word_tables_and_tracked_changes_are_read(place, as_person):
    def write(document):
        document.add_heading("Section B: Special educational needs", 2)
        document.add_paragraph("Nia joins two words.")
        document.add_heading("Section F: Special educational provision", 2)
        table = document.add_table(rows=2, cols=3)
        for cell, words in zip(table.rows[0].cells, ("Provision", "How often", "Who"), strict=True):
            cell.text = words
        row = ("Speech and language therapy to build phrases of three words", "30 minutes every week", "Therapist")
        for cell, words in zip(table.rows[1].cells, row, strict=True):
            cell.text = words
        changed = document.add_paragraph("Nia is seven.")._p
        for tag, text_tag, words in (("w:del", "w:delText", "Gone. "), ("w:ins", "w:t", " New words.")):
            from docx.oxml import OxmlElement

            outer, run, inner = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
            inner.text = words
            run.append(inner)
            outer.append(run)
            changed.append(outer)

    _, version = read_in(as_person(place.olga), place, file=word_file(write))
    first, second = version.entries.filter(section="F").order_by("position")
    assert first.text == (
        "Speech and language therapy to build phrases of three words. How often: 30 minutes every week. Who: Therapist."
    )
    assert first.provision["weekly_minutes"] == 30
    assert "New words" in second.text
    assert "Gone" not in second.text
    assert "tracked changes" in " ".join(review.page_of(as_person(place.olga), version, "F").notes)


def test_a_word_file_with_a_macro_is_refused(place, as_person):
    file = word_file(lambda document: document.add_paragraph(OLD))
    made = BytesIO(file.read())
    with zipfile.ZipFile(made, "a") as pack:
        pack.writestr("word/vbaProject.bin", b"macro")
    with pytest.raises(NotKept, match="macro"):
        importing.begin(
            by=as_person(place.olga), child=place.child, file=SimpleUploadedFile("plan.docx", made.getvalue())
        )


def test_a_scan_of_200_pages_has_a_clear_answer(place, as_person):
    one, version = read_in(as_person(place.olga), place, file=pdf_file(200))
    assert version is None
    assert "200 pages" in one.problem
    assert "scan" in one.problem


def test_a_long_pdf_is_read_in_parts_and_page_heads_are_left_out(place, as_person):
    olga = as_person(place.olga)
    one = importing.begin(
        by=olga,
        child=place.child,
        file=pdf_file(4, words="Section F: Provision. A teacher will see Nia for an hour each week."),
    )
    one = importing.go_on(by=olga, one=one, seconds=0)
    assert (one.pages_read, one.pages, one.is_read) == (1, 4, False)
    while not one.is_read:
        one = importing.go_on(by=olga, one=one, seconds=0)
    assert one.pages_read == 4


def test_lines_that_pages_broke_are_joined():
    pages = [
        "Sandhaven Council\nSection F: special educational\nprovision\n"
        "F1. A teacher will see Nia for 30 minutes every\nweek in term time to read.\nShort one.\nPage 1 of 3",
        "Sandhaven Council\nThis sentence goes on over the\nend and ends here.\nPage 2 of 3",
        "Sandhaven Council\nF2. Another en-\ntry is here.\n3",
    ]
    assert tidy(pages).split("\n\n") == [
        "Section F: special educational provision",
        "F1. A teacher will see Nia for 30 minutes every week in term time to read.",
        "Short one.",
        "This sentence goes on over the end and ends here.",
        "F2. Another entry is here.",
    ]


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        ("Speech therapy for 30 minutes weekly or 45 minutes.", True),
        ("Occupational therapy, 30 minutes, twice a week and three times a week.", True),
        ("A therapist will see her for 30 minutes each week. The therapist will review it each term.", False),
        ("For 40 minutes weekly until July, then 20 minutes weekly.", False),
        ("A weekly session of 45 minutes by a teacher supervised each half-term for one hour.", False),
    ],
)
def test_quantities_that_contradict_each_other_are_doubted(words, doubted):
    assert bool(quantity_doubts(words)) is doubted


def test_words_without_sections_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="No section headings"):
        propose("Once upon a time there was a plan.", EHCP)
