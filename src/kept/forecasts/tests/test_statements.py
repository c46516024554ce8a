"""What families are told, when they are told nothing, that nothing told is ever changed, and how it is scored."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction

from kept.access.acting import Refused
from kept.forecasts import actions, inputs, jobs, queries, scoring, telling
from kept.forecasts.models import Reckoning, Score, Statement
from kept.forecasts.tests.conftest import TODAY, a_stage, history, with_posts
from kept.notices.hooks import waits_of
from kept.offer.models import Wait
from kept.people.models import Address
from kept.waiting import hooks
from kept.waiting.models import Referral
from kept.waiting.opening import Fact, event_row, refold
from kept.waiting.words import EventKind
from tests import made_up


def test_everybody_in_line_is_told_once_and_again_only_when_it_changes(steady, facts):
    with steady.system() as by:
        told = actions.tell(by=by, facts=facts(by, steady.stage))
        waiting = Referral.objects.filter(stage=steady.stage, closed_on__isnull=True).count()
        assert told == waiting
        assert actions.tell(by=by, facts=facts(by, steady.stage)) == 0
        rows = list(Statement.objects.order_by("ahead"))
        assert all(row.first and row.last and row.low <= row.median <= row.high for row in rows)
        assert [row.median for row in rows] == sorted(row.median for row in rows)
        assert "8 in 10 children" in rows[-1].sentence
        assert "Last checked" not in rows[-1].sentence
        assert set(rows[-1].baselines) == set(telling.PLAIN_RULES)
    with steady.system(TODAY + timedelta(days=1)) as by:
        assert actions.tell(by=by, facts=facts(by, steady.stage)) < told / 2
    with steady.system(TODAY + timedelta(days=30)) as by:
        assert actions.tell(by=by, facts=facts(by, steady.stage)) == waiting


def test_nothing_told_is_ever_changed(steady, facts):
    with steady.system() as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
        for change in (lambda: Statement.objects.update(high=99), lambda: Reckoning.objects.update(load=0)):
            with pytest.raises(Error, match=r"append-only|violates"), transaction.atomic():
                change()


def test_only_kept_itself_tells(steady, facts):
    with steady.acting(steady.officer) as by, pytest.raises(Refused):
        actions.tell(by=by, facts=facts(by, steady.stage))


def test_a_growing_list_has_no_date_and_says_why(place, facts):
    with place.system() as by:
        stage = a_stage(place, by)
        history(stage, by, a_week=1.8, weeks=40)
        with_posts(stage, by, held=1)
        actions.tell(by=by, facts=facts(by, stage))
        made = Reckoning.objects.get()
        assert made.load > 1
        rows = Statement.objects.all()
        assert {row.withheld for row in rows} == {"growing"}
        assert not any(row.first or str(TODAY.year) in row.sentence for row in rows)
        assert "the list is growing" in rows[0].sentence


def test_a_funded_post_gives_the_growing_list_its_dates_back(place, facts):
    with place.system() as by:
        stage = a_stage(place, by)
        history(stage, by, a_week=1.8, weeks=60)
        with_posts(stage, by, held=1, vacant=2, share=0.4)
        actions.tell(by=by, facts=facts(by, stage))
        made = Reckoning.objects.get()
        assert made.load > 1
        assert made.is_funded
        assert made.withheld == ""
        assert "2 posts are being recruited to" in made.causes


def test_a_list_of_one_child_publishes_nothing(place, facts, client):
    with place.system() as by:
        stage = a_stage(place, by, "Feeding clinic")
        history(stage, by, a_week=1, weeks=1)
        actions.tell(by=by, facts=facts(by, stage))
        assert Statement.objects.get().withheld
        measured = jobs.measured(inputs.read(by, facts(by, stage)))
        assert len(measured.weeks_so_far) == 1
    page = client.get(f"/forecasts/public/{place.area.slug}/").content.decode()
    assert "Fewer than 10 children wait" in page
    assert "1 child waits" not in page


def test_nobody_works_and_nobody_waits(place, facts):
    with place.system() as by:
        stage = a_stage(place, by)
        assert actions.tell(by=by, facts=facts(by, stage)) == 0
        history(stage, by, a_week=1, weeks=2)
        empty = a_stage(place, by, "Nobody")
        history(empty, by, a_week=1, weeks=2, start=900)
        with_posts(empty, by, held=0, vacant=0)
        actions.tell(by=by, facts=facts(by, empty))
        assert {row.withheld for row in Statement.objects.all()} == {"growing"}


def _event(by, referral, kind, on):
    from kept.waiting.models import Event

    row = event_row(by, by.user, referral.pk, referral.child_id, Fact(kind=kind, on=on))
    Event.objects.bulk_create([row])
    refold(by, Referral.objects.select_related("stage__service__agency").get(pk=referral.pk))


def test_a_passed_statement_is_a_miss_now_and_a_withdrawn_child_says_nothing(steady, facts):
    with steady.system() as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
        first, second, third = Statement.objects.filter(withheld="").order_by("ahead")[:3]
    later = TODAY + timedelta(weeks=60)
    with steady.system(later) as by:
        _event(by, second.referral, EventKind.ATTENDED, TODAY + timedelta(days=7 * second.median - 3))
        _event(by, third.referral, EventKind.WITHDRAWN, TODAY + timedelta(days=5))
        found = {one.told.low: one for one in scoring.outcomes(by)}
        outcomes = scoring.outcomes(by)
        seen = [one for one in outcomes if one.told.seen is not None]
        assert [one.told.seen for one in seen] == [pytest.approx(second.median, abs=0.1)]
        assert seen[0].in_months
        gone = [one for one in outcomes if one.told.withdrawn]
        assert len(gone) == 1
        assert gone[0].resolved_on is None
        missed = [one for one in outcomes if one.told.seen is None and not one.told.withdrawn]
        assert all(one.resolved_on == TODAY + timedelta(weeks=one.told.high + 1) for one in missed)
        assert found
        assert first.referral_id


def test_scores_are_written_once_a_month_for_lists_and_area(steady, facts):
    with steady.system() as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
    with steady.system(TODAY + timedelta(weeks=20)) as by:
        written = actions.score(by=by)
        assert written
        assert actions.score(by=by) == 0
        whole = Score.objects.filter(stage__isnull=True)
        listed = Score.objects.filter(stage=steady.stage)
        assert sum(one.resolved for one in whole) == sum(one.resolved for one in listed) > 0
        assert all(one.inside == 0 and one.coverage == 0 for one in whole)  # nobody was seen: every one a miss


def _bad_months(by, stage, coverage):
    for month in (date(2026, 4, 1), date(2026, 5, 1)):
        Score.objects.create(area=by.area, stage=stage, month=month, computed_on=date(2026, 6, 1), resolved=20,
                             inside=12, in_months_told=12, coverage=coverage)  # fmt: skip


def test_two_bad_months_stop_the_statements_until_a_manager_signs(steady, facts):
    with steady.system(TODAY - timedelta(weeks=30)) as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
    with steady.system() as by:
        _bad_months(by, steady.stage, 0.6)
        assert queries.is_suspended(by, steady.stage.pk)
        actions.tell(by=by, facts=facts(by, steady.stage))
        latest = queries.current_statements(by, steady.stage.pk)
        assert {one.withheld for one in latest.values() if one.made_on == TODAY} == {"suspended"}
    with steady.acting(steady.manager) as by:
        made = actions.recalibrate(by=by, stage=steady.stage)
        assert made.widen_by >= 0
        assert not queries.is_suspended(by, steady.stage.pk)
        with pytest.raises(actions.NotAllowed, match="not suspended"):
            actions.recalibrate(by=by, stage=steady.stage)
    with steady.system() as by:
        assert queries.widening_of(by, steady.stage.pk) == made.widen_by


def test_months_of_70_percent_go_on(steady):
    with steady.system() as by:
        _bad_months(by, steady.stage, 0.7)
        assert not queries.is_suspended(by, steady.stage.pk)


def test_the_past_is_read_as_it_was(steady, facts):
    """A child who joined later is not in the line of an earlier day."""
    with steady.system(TODAY - timedelta(weeks=20)) as by:
        line = inputs.read(by, facts(by, steady.stage)).line
        assert line
        assert all(one.joined_on <= by.today for one in line)
        assert [one.ahead for one in line] == list(range(len(line)))


def test_the_page_of_a_wait_is_told(steady, facts):
    with steady.system() as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
        referral = Referral.objects.select_related("stage__service", "child").filter(closed_on__isnull=True).first()
        said = hooks.statement_for(by, referral)
        assert said.is_given
        assert said.sentence.endswith("Last checked 22 June 2026.")
        assert said.more_href == f"/forecasts/referrals/{referral.pk}/"
        seen = Referral.objects.filter(closed_on__isnull=False).first()
        assert hooks.statement_for(by, seen) is None


def test_the_local_offer_is_told(steady, facts):
    from kept.offer.models import Organisation, Service

    with steady.system() as by:
        provider = Organisation.objects.create(area=by.area, name="Trust", description="A trust")
        entry = Service.objects.create(area=by.area, organisation=provider, name="Therapy")
        steady.stage.service.entry_id = entry.pk
        steady.stage.service.save()
        assert jobs.publish_waits(by=by) == 1
        wait = Wait.objects.get(service=entry)
        assert wait.median_weeks == pytest.approx(12, abs=0.5)
        assert wait.as_at == TODAY


def _scored(groups):
    return [Score(month=date(2026, 5, 1), computed_on=date(2026, 6, 1), by_group={"district": groups})]


def test_scores_by_group_hide_small_numbers_and_what_would_give_them_away():
    shown = scoring.group_lines(_scored({"QX1": [40, 33, 0.8], "QX2": [60, 30, 0.5]}), "district")
    assert [(one.group, one.resolved, one.inside, one.is_off) for one in shown] == [
        ("QX1", 40, 33, False), ("QX2", 60, 30, True)
    ]  # fmt: skip
    small = scoring.group_lines(_scored({"QX1": [40, 33, 0.8], "QX2": [60, 48, 0.8], "QX3": [3, 1, 0.3]}), "district")
    hidden = {one.group for one in small if one.inside is None}
    assert {"QX3"} < hidden, "another is hidden too, or the small one is the rest"
    assert scoring.group_lines(_scored({}), "district") == []


def test_a_month_is_scored_by_district_and_home_language_too(steady, facts):
    with steady.system() as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
        told = list(Statement.objects.filter(withheld="").select_related("child"))
        for number, one in enumerate(told):
            child = one.child
            child.language = ("eng", "pol", "")[number % 3]
            child.save(update_fields=["language"])
            Address.objects.create(
                area=by.area, child=child, lines="1 Any Street", postcode=("QX1 1AA", "QX2 2BB")[number % 2],
                starts_on=TODAY, is_confidential=number == 0,
            )  # fmt: skip
    with steady.system(TODAY + timedelta(weeks=20)) as by:
        actions.score(by=by)
        scores = list(Score.objects.filter(stage__isnull=True))
        for split in scoring.SPLITS:
            assert sum(row[0] for one in scores for row in one.by_group[split].values()) == sum(
                one.resolved for one in scores
            )
        groups = {name for one in scores for name in one.by_group["district"]}
        assert groups == {"QX1", "QX2", "Not recorded"}, "a confidential address tells no district"
        assert {name for one in scores for name in one.by_group["language"]} == {
            "English", "Another language", "Not recorded"
        }  # fmt: skip


@pytest.mark.parametrize("easy", [False, True])
def test_a_notice_tells_the_family_of_the_wait_and_nobody_else(steady, facts, easy):
    with steady.system() as by:
        actions.tell(by=by, facts=facts(by, steady.stage))
        told = Statement.objects.filter(withheld="").select_related("child").first()
        found = waits_of(by, told.child_id, easy=easy)
        words = " ".join([block.words for block in found] + [month for block in found for _, month in block.pairs])
        assert f"{told.first:%B %Y}" in words
        assert f"{told.last:%B %Y}" in words
        assert ("We cannot say" in words) is False
        other = made_up.a_child(steady.area, "Bo")
        assert waits_of(by, other.pk, easy=easy) == ()
