"""Files as other systems send them: any usual encoding, rows known by where they stand, clear refusals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.sheets import MOST_BYTES, MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, BadSheet, read_sheet, text_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_read(encoding: str, separator: str) -> None:
    text = f"Näme{separator}Date\r\nZoë{separator}1/9/2026\r\n"
    sheet = read_sheet(text_of(text.encode(encoding)))
    assert (sheet.headings, sheet.rows) == (("Näme", "Date"), (("Zoë", "1/9/2026"),))


def test_each_row_is_known_by_where_it_stands_in_the_file() -> None:
    sheet = read_sheet("\nName,Date\nZoë,1\n , \n\nBo,2\n")
    assert sheet.numbers == (3, 6)
    assert sheet.records[1] == {"Name": "Bo", "Date": "2"}


def test_a_short_row_is_filled_and_a_long_one_cut() -> None:
    assert read_sheet("a,b,c\n1\n1,2,3,4\n").rows == (("1", "", ""), ("1", "2", "3"))


def test_the_same_words_have_the_same_mark() -> None:
    assert read_sheet("a,b\n1,2").digest == read_sheet("\ufeffa,b\n1,2").digest != read_sheet("a,b\n1,3").digest


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04rest", "spreadsheet file"),
        (b"\xd0\xcf\x11\xe0rest", "spreadsheet file"),
        (b"Name,Date\n", "no rows"),
        (b"Name\nZoe\n", "one column only"),
        (b"Name,Name\n1,2\n", "same heading: Name"),
        (b"a\x00b,c\n1,2\n", "not a CSV"),
        (b",\n,\n", "is empty"),
        (",".join(map(str, range(MOST_COLUMNS + 1))).encode() + b"\n1,2\n", "columns"),
        (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), "20,000 rows"),
        (b"a,b\n" + b"x" * MOST_LETTERS, "too big"),
        (("a,b\n" + "x" * MOST_LETTERS).encode("utf-16")[: MOST_BYTES + 1], "too big"),
        (b"a,b\n" + b"x" * 200_000 + b",1", "cannot? be read|not a CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(BadSheet, match=words):
        read_sheet(text_of(data))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        sheet = read_sheet(text_of(data))
    except BadSheet:
        return
    assert all(len(row) == len(sheet.headings) for row in sheet.rows)
    assert list(sheet.numbers) == sorted(set(sheet.numbers))
