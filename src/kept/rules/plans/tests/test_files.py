"""Pasted plans and plan files: headings, entries, offsets, and a sentence for whatever cannot be read."""

import io
import json
import zipfile

import docx
import pypdf
import pytest

from kept.commands import lint as command
from kept.rules.plans.files import Unreadable, read_plan
from kept.rules.plans.split import split_plan

PLAN = """Education, health and care plan

SECTION A: Views, interests and aspirations
Kofi likes drums.

Section B - Special educational needs
B1. He reads three-letter words.
B2. He cannot yet blend four sounds.

Section F: Special educational provision
1. Kofi will have access to regular speech therapy as required.
2. A qualified teacher will teach him one-to-one for 20 minutes each day to blend sounds.

Section H1: Social care provision
None.
H2. Other social care provision
None.
Section I: Placement
"""


def test_split_finds_sections_entries_and_offsets():
    parts = split_plan(PLAN)
    assert [(each.id, each.section) for each in parts] == [
        ("A1", "A"), ("B1", "B"), ("B2", "B"), ("F1", "F"), ("F2", "F"), ("H1-1", "H1"), ("H2-1", "H2"), ("I1", "I"),
    ]  # fmt: skip
    for each in parts:
        assert PLAN[each.start : each.start + len(each.text)] == each.text


def test_headings_by_title_alone():
    text = "Special educational needs\nHe cannot yet read.\n\nOutcomes\nBy July 2027 he will read.\n"
    assert [each.section for each in split_plan(text)] == ["B", "E"]


@pytest.mark.parametrize("text", ["", "A letter about the weather.", "x" * 2_000_001])
def test_what_is_no_plan_gives_a_sentence(text):
    with pytest.raises(ValueError, match=r"^(No section headings|The text is longer)"):
        split_plan(text)


def word_file(path, text=PLAN):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(path)
    return path


def test_text_json_and_word_agree(tmp_path):
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    plan, _ = read_plan(tmp_path / "plan.txt")
    again, notes = read_plan(word_file(tmp_path / "plan.docx"))
    assert [each.text for each in plan.parts] == [each.text for each in again.parts]
    assert not notes
    given = {"parts": [{"id": each.id, "section": each.section, "text": each.text} for each in plan.parts]}
    (tmp_path / "plan.json").write_text(json.dumps(given), encoding="utf-8")
    assert len(read_plan(tmp_path / "plan.json")[0].parts) == len(plan.parts)


def rezip(path, edit):
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
        for name, body in edit("", b"") or ():
            new.writestr(name, body)
    path.write_bytes(buffer.getvalue())


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path):
    path = word_file(tmp_path / "plan.docx")
    insertion = b'<w:ins w:id="1" w:author="x"><w:r><w:t>He adds.</w:t></w:r></w:ins>'
    insertion += b'<w:del w:id="2" w:author="x"><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
    rezip(
        path,
        lambda name, body: (
            body.replace(
                b"<w:r><w:t>Kofi likes drums.</w:t></w:r>", b"<w:r><w:t>Kofi likes drums. </w:t></w:r>" + insertion
            )
            if name == "word/document.xml"
            else body
        ),
    )
    plan, notes = read_plan(path)
    assert plan.parts[0].text == "Kofi likes drums. He adds."
    assert "tracked changes" in notes[0]


def blank_pdf(path, password=None):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    with path.open("wb") as file:
        writer.write(file)


def test_unreadable_files_say_why(tmp_path):
    blank_pdf(tmp_path / "scan.pdf")
    blank_pdf(tmp_path / "locked.pdf", "secret")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"0" * 100)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "noise.bin").write_bytes(b"\x00\x01" * 50)
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    macros = word_file(tmp_path / "macros.docx")
    rezip(macros, lambda name, body: body if name else [("word/vbaProject.bin", b"x")])
    expected = {
        "scan.pdf": "scan",
        "locked.pdf": "password",
        "empty.txt": "empty",
        "old.doc": "password",
        "broken.pdf": "damaged",
        "broken.docx": "damaged",
        "noise.bin": "neither",
        "deep.json": "nested|JSON",
        "macros.docx": "macros",
        "absent.txt": "not a file",
    }
    for name, words in expected.items():
        with pytest.raises(Unreadable, match=words):
            read_plan(tmp_path / name)


def test_command_prints_findings_and_fails_on_a_blocker(tmp_path, capsys):
    import argparse

    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args([str(tmp_path / "plan.txt"), "--name", "Kofi"])) == 1
    assert "BLOCKER F04 in F1" in capsys.readouterr().out
    assert command.run(parser.parse_args([str(tmp_path / "plan.txt"), "--json"])) == 1
    assert {"rule", "part", "plain", "rewrite"} <= set(json.loads(capsys.readouterr().out)[0])
