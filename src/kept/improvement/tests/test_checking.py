"""Dates and targets that cannot be, and what a page says that would contradict itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kept.access.acting import today_here
from kept.improvement import actions, checking, governance, judging, packs, queries
from kept.improvement.judging import MeasureFacts, MilestoneFacts, NotAllowed
from kept.improvement.models import Challenge, Pack
from kept.improvement.words import Claim, EvidenceKind
from kept.measures.catalogue import BY_CODE
from kept.rules import spc
from tests.budgets import client_of

TODAY = date(2026, 6, 20)
OPEN = MilestoneFacts(promised_on=date(2026, 5, 1), forecasts=(date(2026, 9, 1),))


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        (OPEN, date(2026, 9, 1), "expected on 1 September 2026 already"),
        (OPEN, date(2026, 6, 19), "cannot be in the past"),
        (OPEN, date(2062, 9, 1), "more than five years away"),
        (MilestoneFacts(promised_on=TODAY, accepted_on=TODAY), date(2026, 9, 1), "accepted on 20 June 2026"),
        (MilestoneFacts(promised_on=date(2026, 9, 1)), date(2026, 9, 1), "already"),
    ],
)
def test_a_forecast_that_moves_nothing_is_no_move(state, day, words):
    with pytest.raises(NotAllowed, match=words):
        checking.check_forecast(state, day, TODAY)
    checking.check_forecast(OPEN, TODAY, TODAY)


def test_a_milestone_is_promised_within_its_action():
    with pytest.raises(NotAllowed, match="starts on 1 May 2026"):
        checking.check_promise(date(2026, 5, 1), date(2000, 1, 1), TODAY)
    with pytest.raises(NotAllowed, match="five years"):
        checking.check_promise(date(2026, 5, 1), date(2040, 1, 1), TODAY)
    checking.check_promise(date(2026, 5, 1), date(2026, 5, 1), TODAY)


@pytest.mark.parametrize(
    ("code", "target", "day", "words"),
    [
        ("T2", 250.0, None, "per cent: choose a target between nought and 100"),
        ("T2", -10.0, None, "between nought"),
        ("T3", -1.0, None, "children: choose a target between nought and more"),
        ("T7", -1.0, None, "days"),
        ("T2", 60.0, date(2020, 1, 1), "for a day to come"),
        ("T2", 60.0, date(2099, 1, 1), "five years"),
        ("T2", None, date(2027, 1, 1), "a day and no target"),
    ],
)
def test_a_target_is_one_that_the_measure_can_show(code, target, day, words):
    with pytest.raises(NotAllowed, match=words):
        checking.check_aim(BY_CODE[code], target, day, TODAY)


@pytest.mark.parametrize(("code", "target"), [("T2", 0.0), ("T2", 100.0), ("T3", 0.0), ("D6", 110.0), ("T2", None)])
def test_a_target_that_can_be_is_taken(code, target):
    checking.check_aim(BY_CODE[code], target, None, TODAY)


def test_evidence_is_refused_with_what_would_do():
    with pytest.raises(NotAllowed, match="Attach the document or an audit to show that it was delivered"):
        judging.check_evidence(EvidenceKind.MEASURE, Claim.DELIVERY)


def test_lines_that_wait_for_an_answer_end_in_one_stop():
    with pytest.raises(NotAllowed) as refused:
        judging.check_answers(["Families said no.", "T3: 8 in the last month."], [])
    assert str(refused.value).endswith("Families said no; T3: 8 in the last month.")


def test_what_is_written_of_a_meeting_waits_for_the_meeting(place: SimpleNamespace):
    with place.acting(place.director) as by:
        started = place.programme.started_on
        for day, words in (
            (started - timedelta(days=1), "started on"),
            (by.today + timedelta(days=900), "a year away"),
        ):
            with pytest.raises(NotAllowed, match=words):
                governance.call(by=by, programme=place.programme, body="board", meets_on=day)
        ahead = governance.call(by=by, programme=place.programme, body="board", meets_on=by.today + timedelta(days=7))
        with pytest.raises(NotAllowed, match="what was said there"):
            governance.minute(by=by, meeting=ahead, minutes="Said")
        with pytest.raises(NotAllowed, match="what was decided there"):
            governance.decide(
                by=by, meeting=ahead, what="Do", owner=place.director, due_on=by.today + timedelta(days=9)
            )


def test_the_page_of_a_meeting_ahead_offers_nothing_that_waits_for_it(place: SimpleNamespace):
    ahead = today_here() + timedelta(days=7)
    with place.acting(place.director, today_here()) as by:
        made = governance.call(by=by, programme=place.programme, body="board", meets_on=ahead)
    said = client_of(place.director).get(f"/improvement/meetings/{made.pk}/").content.decode()
    assert "are written when the meeting was held" in said
    assert "Write the minutes" not in said
    assert "Record a decision" not in said


def test_a_pack_frozen_twice_in_a_press_is_one_pack(place: SimpleNamespace):
    with place.acting(place.director) as by:
        packs.freeze(by=by, programme=place.programme, title="Pack")
        packs.freeze(by=by, programme=place.programme, title="Pack")
        assert Pack.objects.count() == 1


def test_a_question_sent_twice_is_one_question(place: SimpleNamespace):
    with place.acting(place.director) as by:
        for words in ("Why?", "Why?", "And when?"):
            actions.challenge(by=by, programme=place.programme, on_behalf_of="Scrutiny", words=words)
        assert Challenge.objects.count() == 2


@pytest.mark.parametrize(
    ("counts", "words"),
    [([8, 3, 9], "6 or more"), ([8, 7, 9], "24"), ([1, 2, 2], "fewer than 6"), ([2, 2, 2], "6 or more"), ([30], "30")],
)
def test_three_months_together_do_not_tell_the_small_one(counts, words):
    assert queries.together(counts) == words


def test_a_chart_that_shows_less_than_the_status_says_so(place: SimpleNamespace, figures: Callable[..., None]):
    figures("T3", [(4, 90), (5, 90), (3, 90)] * 8 + [(12, 90), (14, 90), (15, 90)])
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T3", target=None, target_on=None, why="Those who wait")
        found = list(queries.findings(place.area).filter(pk=place.finding.pk))
        [public] = queries.stood(place.area, found, today=by.today, whole=False)
        [whole] = queries.stood(place.area, found, today=by.today, whole=True)
    assert whole.standing.impact == public.standing.impact
    assert whole.measured[0].facts.concern
    assert whole.measured[0].chart.variation is spc.PointType.CONCERN
    assert public.measured[0].chart is None or public.measured[0].chart.variation is not spc.PointType.CONCERN
    assert "They show a change for the worse" in public.measured[0].notes(named=False)[-1]
    assert not any("judged on all figures" in line for line in whole.measured[0].notes(named=True))
    assert queries._beyond(MeasureFacts(code="T3", better_off=True, has_data=True), None) == ""
