"""A programme with the database: who may do what, what is refused, what the ledger and the pages then say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from kept.access.acting import Refused
from kept.duties.models import Duty
from kept.improvement import actions, queries, views
from kept.improvement.judging import NotAllowed
from kept.improvement.models import Aim, Comment, Forecast, Verdict
from kept.improvement.tests.conftest import BEFORE, TODAY
from kept.improvement.words import Delivery, Impact, Stage
from kept.measures import rebasing
from kept.measures.models import Value
from kept.rules import spc

VERDICT = {"asked": 40, "answered": 25, "words": "We are told sooner."}


def stood(place: SimpleNamespace, on: date = TODAY) -> queries.Stood:
    with place.system(on):
        [found] = queries.stood(place.area, list(queries.findings(place.area)), today=on, whole=True)
    return found


def an_action(place: SimpleNamespace, by: Any, **more: Any) -> Any:
    cause = actions.name_cause(by=by, finding=place.finding, statement="No panel in August", how_tested="Counted")
    given = {
        "what": "A panel each week", "agency": place.send, "lead": place.director, "starts_on": date(2025, 5, 1),
        "effect_code": "T1", "effect_size": "20 points", "lag_months": 3, "because": "cases wait for a panel",
    }  # fmt: skip
    return actions.act(by=by, finding=place.finding, causes=[cause], **given | more)


def delivered(place: SimpleNamespace) -> Any:
    with place.acting(place.director) as by:
        action = an_action(place, by)
        milestone = actions.promise(
            by=by, action=action, deliverable="Panel", acceptance_test="Seen", promised_on=date(2025, 6, 1)
        )
        evidence = actions.submit(
            by=by, finding=place.finding, claim="delivery", kind="document", what="Minutes", source="Folder",
            milestone=milestone,
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="You submitted"):
            actions.review(by=by, evidence=evidence, accepted=True, said="Good")
    with place.acting(place.officer) as by:
        actions.review(by=by, evidence=evidence, accepted=True, said="I saw it")
    return milestone


def test_a_milestone_is_a_duty_until_another_agency_accepts_it(place: SimpleNamespace) -> None:
    milestone = delivered(place)
    with place.system():
        duty = Duty.objects.get(area=place.area, source="improvement", key=str(milestone.pk))
    assert (duty.due_on, duty.met_on) == (date(2025, 6, 1), TODAY)
    assert stood(place).standing.delivery == Delivery.DELIVERED


def test_a_forecast_moves_five_times_and_the_promise_never(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        milestone = actions.promise(
            by=by,
            action=an_action(place, by),
            deliverable="Panel",
            acceptance_test="Seen",
            promised_on=date(2026, 6, 1),
        )
        for n in range(5):
            actions.move(by=by, milestone=milestone, expected_on=TODAY + timedelta(days=30 * n), why="Staff left")
    now = stood(place).standing
    assert (now.delivery, now.moves) == (Delivery.LATE, 5)
    with place.system(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Forecast.objects.update(expected_on=TODAY)


def test_only_the_forum_gives_the_verdict_and_nobody_rewrites_it(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        with pytest.raises(Refused):
            actions.judge(by=by, finding=place.finding, method="panel", answer="yes", **VERDICT)
        with pytest.raises(DatabaseError), transaction.atomic():  # the database refuses it as well
            Verdict.objects.create(
                area=place.area, finding=place.finding, on=TODAY, method="panel", answer="yes", by=by.user, **VERDICT
            )
    with place.acting(place.forum) as by:
        actions.judge(by=by, finding=place.finding, method="panel", answer="no", **VERDICT)
        with pytest.raises(NotAllowed, match="More answers"):
            actions.judge(by=by, finding=place.finding, method="panel", answer="no", **VERDICT | {"answered": 41})
        assert Verdict.objects.update(answer="yes") == 0  # the database lets nobody change a row
        assert Verdict.objects.get().answer == "no"


@pytest.mark.usefixtures("improved")
def test_the_forum_disagrees_and_it_prints_as_disputed(place: SimpleNamespace) -> None:
    assert stood(place).standing.impact == Impact.RELIABLE or stood(place).standing.impact == Impact.IMPROVING
    with place.acting(place.forum) as by:
        actions.judge(by=by, finding=place.finding, method="panel", answer="no", **VERDICT)
    now = stood(place)
    assert now.standing.stage == Stage.DISPUTED
    assert any(line.startswith("Families said no") for line in now.against)


def test_a_claim_without_impact_is_refused(place: SimpleNamespace, figures: Callable[..., None]) -> None:
    figures("T1", [*BEFORE, *BEFORE])
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T1", target=50.0, target_on=None, why="The finding")
        with pytest.raises(NotAllowed, match="No measure shows a real improvement"):
            actions.claim_impact(by=by, finding=place.finding, words="It works", answers=[])


@pytest.mark.usefixtures("improved")
def test_rule_6_a_claim_answers_what_the_records_hold_against_it(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        with pytest.raises(NotAllowed, match="Answer each line"):
            actions.claim_impact(by=by, finding=place.finding, words="It works", answers=[])
        against = stood(place).against
        assert against == ("T1 Plans in 20 weeks, exceptions left out: 39 over the legal limit in the last month.",)
        made = actions.claim_impact(by=by, finding=place.finding, words="It works", answers=["They wait for advice"])
    assert made.snapshot["measures"][0]["code"] == "T1"


@pytest.mark.usefixtures("improved")
def test_rule_7_a_counter_measure_that_got_worse_refuses_the_claim(
    place: SimpleNamespace, figures: Callable[..., None]
) -> None:
    figures("T2", [*[(n + 10, d) for n, d in BEFORE], *[(5, 100)] * 13])
    with place.acting(place.director) as by, pytest.raises(NotAllowed, match="counter-measure T2 of T1"):
        actions.claim_impact(by=by, finding=place.finding, words="It works", answers=["x"] * 5)


@pytest.mark.usefixtures("improved")
def test_rule_8_a_changed_target_is_a_version_and_the_old_line_stays(place: SimpleNamespace) -> None:
    with place.acting(place.director, TODAY) as by:
        actions.aim(by=by, finding=place.finding, code="T1", target=40.0, target_on=None, why="Too hard")
    [one] = stood(place).measured
    assert (one.aim.version, one.aim.target, [old.target for old in one.earlier]) == (2, 40.0, [50.0])
    assert one.notes(named=False) == [
        "The target was changed on 20 June 2026 from 50% to 40%. This is easier to meet than what was promised. "
        "Why: Too hard."
    ]
    assert "old-target" in {line.kind for line in views.drawings(one)[0][1].lines}
    assert one.aim.baseline_until == date(2025, 4, 30)  # a baseline does not move
    with place.system(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Aim.objects.update(target=1)


@pytest.mark.usefixtures("improved")
def test_rule_8_new_limits_take_no_change_for_the_worse_away_and_another_definition_no_claim_through(
    place: SimpleNamespace, figures: Callable[..., None]
) -> None:
    with place.system():
        Value.objects.filter(code="T1", month__gte=date(2025, 5, 1)).update(numerator=10)
    assert stood(place).standing.impact == Impact.WORSE
    with place.acting(place.analyst) as by:
        rebasing.set_on_chart(
            by=by, code="T1", kind="rebase", starts=date(2025, 5, 1), happened="Two officers left in April 2025",
            reason="The lower level is the new normal", says_so=True,
        )  # fmt: skip
    now = stood(place)
    assert now.standing.impact == Impact.WORSE
    assert "hides 13 marks for the worse" in now.measured[0].notes(named=False)[0]
    with place.system():
        Value.objects.filter(code="T1", month__gte=date(2025, 5, 1)).update(numerator=60, query_version="T1.9-aa")
    with place.acting(place.director) as by, pytest.raises(NotAllowed, match="another definition since 1 May 2025"):
        actions.claim_impact(by=by, finding=place.finding, words="It works", answers=["x"] * 5)


@pytest.mark.usefixtures("improved")
def test_rule_12_the_words_of_a_chart_are_generated_and_comments_are_marked(
    place: SimpleNamespace, browse: Callable[[object], Client]
) -> None:
    page = f"/improvement/findings/{place.finding.pk}/"
    director = browse(place.director)
    assert director.post(f"{page}comment/", {"code": "T1", "words": "August is always low"}).status_code == 302
    assert director.post(f"{page}comment/", {"code": "T9", "words": "x"}).status_code == 422
    [one] = stood(place).measured
    assert one.chart is not None
    assert one.chart.text == spc.analyse(one.chart.series).text
    assert "August" not in one.chart.text
    text = director.get(page).content.decode()
    assert "Comment by Dil Director, " in text
    assert one.chart.text.split(".")[0] in text
    with place.system(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Comment.objects.update(words="All is well")


@pytest.mark.usefixtures("improved")
def test_rule_15_a_group_left_behind_refuses_the_claim(place: SimpleNamespace, figures: Callable[..., None]) -> None:
    figures("T1", [(8, 10)] * 12 + [(2, 10)] * 12, split="ethnicity", group="Mixed")
    with place.acting(place.director) as by, pytest.raises(NotAllowed, match="ethnicity: Mixed"):
        actions.claim_impact(by=by, finding=place.finding, words="It works", answers=["x"] * 5)


@pytest.mark.usefixtures("improved")
def test_from_finding_to_closed(place: SimpleNamespace) -> None:
    delivered(place)
    with place.acting(place.director) as by:
        with pytest.raises(NotAllowed, match="cannot be closed"):
            actions.close(by=by, finding=place.finding)
        with pytest.raises(NotAllowed, match="responsible"):
            actions.audit_again(by=by, finding=place.finding, holds=True, words="Fine")
    with place.acting(place.forum) as by:
        for method in ("panel", "survey"):
            actions.judge(by=by, finding=place.finding, method=method, answer="yes", **VERDICT)
        actions.audit_again(by=by, finding=place.finding, holds=True, words="Fine")
    with place.acting(place.officer) as by:
        actions.audit_again(by=by, finding=place.finding, holds=True, words="Fine")
        with pytest.raises(NotAllowed, match="set new limits for T1 yet"):
            actions.close(by=by, finding=place.finding)
    assert stood(place).standing.stage == Stage.AGREED
    with place.acting(place.analyst) as by:
        rebasing.set_on_chart(
            by=by, code="T1", kind="rebase", starts=date(2025, 5, 1), happened="A panel meets each week since May",
            reason="The new level has held for a year",
        )  # fmt: skip
    with place.acting(place.officer) as by:
        actions.close(by=by, finding=place.finding)
    assert stood(place).standing.stage == Stage.SUSTAINED
    with place.acting(place.director) as by:
        actions.close(by=by, finding=place.finding)
        assert actions.draw_reaudits(by, "2026Q2") == [place.finding.pk]
    assert stood(place).standing.stage == Stage.CLOSED


def test_rule_10_old_news_and_old_figures_are_unknown(place: SimpleNamespace, figures: Callable[..., None]) -> None:
    figures("T1", BEFORE, today=date(2026, 2, 10))
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T1", target=None, target_on=None, why="x")
    assert stood(place).standing.impact == Impact.UNKNOWN


def test_a_challenge_is_a_duty_and_only_whoever_asked_resolves_it(place: SimpleNamespace) -> None:
    with place.acting(place.forum) as by:
        one = actions.challenge(by=by, programme=place.programme, on_behalf_of="Forum", words="Why so slow?")
    with place.acting(place.director) as by:
        actions.reply(by=by, challenge=one, words="Because")
        with pytest.raises(NotAllowed, match="Only whoever asked"):
            actions.resolve(by=by, challenge=one)
    with place.system():
        duty = Duty.objects.get(area=place.area, source_id=one.pk)
    assert (duty.due_on, duty.met_on) == (TODAY + timedelta(days=28), TODAY)


def test_money_needs_an_outcome_and_a_finding_somebody_responsible(place: SimpleNamespace) -> None:
    with place.acting(place.director) as by:
        with pytest.raises(NotAllowed, match="not an outcome"):
            actions.invest(by=by, programme=place.programme, what="Youth workers", pounds=10, promised=" ")
        with pytest.raises(NotAllowed, match="nobody"):
            actions.find(by=by, programme=place.programme, kind="local", text="x", outcome="y", bodies=[])
        with pytest.raises(NotAllowed, match="no measure called"):
            actions.aim(by=by, finding=place.finding, code="ZZ", target=None, target_on=None, why="x")


@pytest.mark.usefixtures("improved")
def test_the_pages_in_the_hands_of_each(
    place: SimpleNamespace, browse: Callable[[object], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    page = f"/improvement/findings/{place.finding.pk}/"
    director, forum = browse(place.director), browse(place.forum)
    assert "Give the families" not in director.get(page).content.decode()
    refused = director.post(f"{page}action/", {"what": "Hire", "agency": place.send.pk, "starts_on_0": "1"})
    assert refused.status_code == 422
    claim = director.post(f"{page}claim/", {"words": "It works"})
    assert "The claim is refused" in claim.content.decode() or "Answer each line" in claim.content.decode()
    sent = forum.post(f"{page}verdict/", {"method": "panel", "answer": "no", **VERDICT})
    assert sent.status_code == 302
    for user in (place.director, place.forum, place.analyst):
        text = browse(user).get(page).content.decode()
        assert "Disputed" in text
        assert "25 of 40 families answered" in text


@pytest.mark.usefixtures("improved")
def test_the_public_page_shows_what_is_published_and_nothing_small(
    place: SimpleNamespace, figures: Callable[..., None]
) -> None:
    page = f"/improvement/public/{place.area.slug}/"
    assert "Nothing has been published yet" in Client().get(page).content.decode()
    with place.system():
        place.programme.published_on = date(2026, 1, 1)
        place.programme.save()
        figures("T3", [(3, 40)] * 24)
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T3", target=None, target_on=None, why="x")
    text = Client().get(page).content.decode()
    assert "Plans come in time." in text
    assert "T3: the figures are too small to be shown" in text
    assert "<dd>Not begun yet</dd>" in text
    assert ' open><summary class="govuk-details' not in text
    assert Client().get(f"{page}?open=1").content.decode().count(' open><summary class="govuk-details') > 1
    assert Client().get("/improvement/public/nowhere/").status_code == 404


@pytest.mark.parametrize(
    ("pairs", "impact", "words"),
    [
        ([], Impact.NO_DATA, "No figures that may be shown."),
        ([(40, 100)], Impact.NO_CHANGE, "too early for limits"),
        ([(40, 100)] * 26, Impact.NO_CHANGE, "no variation yet"),
        ([(0, 100)] * 26, Impact.NO_CHANGE, "no variation yet"),
        ([(0, 0)] * 26, Impact.NO_DATA, "No figures that may be shown."),
        ([(100, 100)] * 13 + [(99, 100)] * 13, Impact.WORSE, "100%"),
        ([*BEFORE, (0, 0), *BEFORE], Impact.NO_CHANGE, "1 period was not reported"),
        ([(3, 9)] * 26, Impact.NO_CHANGE, ""),
    ],
)  # fmt: skip
def test_awkward_series_claim_nothing_and_say_why(  # noqa: PLR0917 - fixtures
    place: SimpleNamespace, figures: Callable[..., None], browse: Callable[[object], Client],
    monkeypatch: pytest.MonkeyPatch, pairs: list[tuple[int, int]], impact: Impact, words: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    figures("T1", pairs)
    with place.acting(place.director) as by:
        actions.aim(by=by, finding=place.finding, code="T1", target=50.0, target_on=None, why="The finding")
        with pytest.raises(NotAllowed, match="The claim is refused"):
            actions.claim_impact(by=by, finding=place.finding, words="It works", answers=["x"] * 5)
    assert stood(place).standing.impact == impact
    assert words in browse(place.director).get(f"/improvement/findings/{place.finding.pk}/").content.decode()


def test_a_programme_is_published_and_taken_down_on_a_page(
    place: SimpleNamespace, browse: Callable[[object], Client]
) -> None:
    page, everybody = f"/improvement/{place.programme.pk}/", f"/improvement/public/{place.area.slug}/"
    director = browse(place.director)
    director.post(f"{page}publish/", {"shown": "yes"})
    assert "Plans come in time." in Client().get(everybody).content.decode()
    assert everybody in director.get(page).content.decode()
    director.post(f"{page}publish/", {})
    assert "Nothing has been published yet" in Client().get(everybody).content.decode()


@pytest.mark.parametrize(("name", "figure"), [("newham", "79.6"), ("southend", "3.8")])
def test_worked_examples_show_published_facts_and_leave_the_unknown_unknown(db: None, name: str, figure: str) -> None:
    text = Client().get(f"/improvement/examples/{name}/").content.decode()
    assert figure in text
    assert "their exact text was not found" in text
    assert Client().get("/improvement/examples/elsewhere/").status_code == 404


def test_two_people_answer_for_a_programme_and_money_keeps_its_promise(
    place: SimpleNamespace, browse: Callable[[object], Client]
) -> None:
    director = browse(place.director)
    page = f"/improvement/{place.programme.pk}/"
    with place.acting(place.director) as by, pytest.raises(NotAllowed, match="two people"):
        actions.name_officers(
            by=by, programme=place.programme, council_officer=place.director, nhs_officer=place.director
        )
    sent = director.post(f"{page}officers/", {"council_officer": place.director.pk, "nhs_officer": place.forum.pk})
    assert sent.status_code == 422  # the forum does not answer for the NHS
    sent = director.post(f"{page}invest/", {"what": "Posts", "pounds": "210000", "promised": "Advice in six weeks"})
    assert sent.status_code == 302
    with place.system():
        line = place.programme.investments.get()
    director.post(f"/improvement/investments/{line.pk}/", {"realised": "Two of three posts filled"})
    text = director.get(page).content.decode()
    assert all(words in text for words in ("£210,000", "Advice in six weeks", "Two of three posts filled"))
