"""Files of other tools: columns by their usual names, rows that say why they cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.rules.delivery import Reason, Status
from kept.rules.delivery.sheets import (
    FIELDS,
    guess_columns,
    missing_columns,
    read_minutes,
    read_row,
)


def test_columns_are_known_by_the_names_that_tools_give_them():
    headings = ["Surname", "Forename", "Intervention Name", "W/C", "Duration (mins)", "Took place?", "Comments"]
    found = guess_columns(headings)
    assert found == {
        "last_name": "Surname",
        "first_name": "Forename",
        "provision": "Intervention Name",
        "week": "W/C",
        "minutes": "Duration (mins)",
        "status": "Took place?",
        "note": "Comments",
    }
    assert missing_columns(found) == []
    assert len(missing_columns({})) == 4


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"minutes": "45 mins"}, (Status.DELIVERED, 45, None)),
        ({"minutes": "0"}, (Status.MISSED, 0, Reason.UNKNOWN)),
        ({"status": "Y", "minutes": "1h 15"}, (Status.DELIVERED, 75, None)),
        ({"status": "Cancelled", "reason": "Staff sick"}, (Status.MISSED, 0, Reason.SICKNESS)),
        ({"status": "Pupil absent", "minutes": "20"}, (Status.ABSENT, 0, None)),
        ({"status": "partially", "minutes": "0.25 hours", "reason": "trip"}, (Status.PART, 15, Reason.CLASH)),
    ],
)
def test_a_row_says_what_became_of_it(cells, expected):
    row = read_row({"full_name": "Nia Sample", "provision": "Speech", "on": "12/10/2026", **cells})
    assert not row.problems
    assert (row.status, row.minutes, row.reason) == expected


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"on": "13/25/2026"}, "2026"),
        ({"on": ""}, "no date"),
        ({"status": "perhaps"}, "not known as an outcome"),
        ({"minutes": "half a lesson"}, "not a number of minutes"),
        ({"pupils": "many"}, "number of pupils"),
        ({"full_name": ""}, "which child"),
        ({"provision": ""}, "which provision"),
        ({"status": ""}, "what became of it"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(cells, words):
    good = {"full_name": "Nia Sample", "provision": "Speech", "on": "12/10/2026", "status": "yes"}
    assert any(words in problem for problem in read_row({**good, **cells}).problems)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(list(FIELDS)), st.text(max_size=30)))
def test_no_cell_breaks_the_reading(cells):
    row = read_row(cells)
    assert row.problems or row.on is not None


def test_minutes_as_people_write_them():
    assert [read_minutes(text) for text in ("45", "1:30", "2 hours", "0.5 hrs", "90m")] == [45, 90, 120, 30, 90]
