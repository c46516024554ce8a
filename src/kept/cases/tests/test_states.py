"""Every stage and every move of the table has words, a button that leads somewhere and a line in the reference."""

from __future__ import annotations

import pytest

from kept.cases.labels import answer, question
from kept.cases.models import Case
from kept.cases.panels import QUESTIONS
from kept.cases.presenters import record_href
from kept.cases.states import DOCUMENTS, MEANING, OVERLAY_MEANING, case_states_page
from kept.rules.identifiers import uuid7
from kept.rules.process import Overlay, Stage
from kept.rules.process.catalogue import EVENTS
from kept.rules.process.stages import MOVES


def test_every_stage_is_explained():
    assert set(MEANING) == set(Stage)
    assert set(OVERLAY_MEANING) == set(Overlay)


def test_the_reference_page_has_every_stage_and_move():
    page = case_states_page()
    assert DOCUMENTS["docs/reference/case-states.md"]() == page
    for stage in Stage:
        assert f"| {stage.value} |" in page
    moves = page.split("## Moves")[1]
    assert moves.count("\n| ") == len(MOVES) + 2
    assert "```mermaid\nstateDiagram-v2" in page


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.type)
def test_every_event_has_a_page_and_questions_in_words(kind):
    case = Case(pk=uuid7())
    assert str(case.pk) in record_href(case, kind.type)
    for field in kind.fields:
        if kind.type != "exception_recorded":
            assert "_" not in question(kind.type, field)
        for choice in field.choices:
            assert "_" not in answer(field.name, choice)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_panel_s_answer_leads_to_a_move_that_the_table_allows_from_there(name):
    question_ = QUESTIONS[name]
    for decision in filter(None, (question_.agreed, question_.not_agreed)):
        kind, outcome = decision
        fitting = [move for move in MOVES if move.event.type == kind and move.event.fits({"outcome": outcome})]
        for stage in question_.stages:
            assert any(stage in move.sources for move in fitting), f"{kind} is not possible from {stage.value}"
