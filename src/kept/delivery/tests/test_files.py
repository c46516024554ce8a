"""Rows of a file from a provision-mapping tool are known by where they stand in it."""

from __future__ import annotations

from kept.delivery.importing import LONGEST_CELL, lines_of
from kept.rules.sheets import read_sheet


def test_a_blank_line_moves_no_number() -> None:
    lines = lines_of(read_sheet("\nName,Note\nBo,1\n\nAda," + "x" * (LONGEST_CELL + 9)))
    assert [number for number, line in enumerate(lines, 2) if line] == [3, 5]
    assert lines[-1] == ["Ada", "x" * LONGEST_CELL]
