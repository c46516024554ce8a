"""What can be done to a case: every action in one transaction, once, by those who may, and the ledger in step."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import Error, connection, transaction

from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions, projection, readings
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.folding import facts_of, foreseen, state_of
from kept.cases.models import AdviceRequest, Case, Event
from kept.duties.models import Duty
from kept.duties.queries import of_child
from kept.duties.statuses import Status
from kept.rules.identifiers.keys import uuid7
from kept.rules.process import NotPossible, Stage
from tests.made_up import a_child, a_person, a_team, an_agency, an_area

pytestmark = pytest.mark.django_db
REQUESTED = date(2026, 3, 2)
TODAY = date(2026, 3, 20)


@pytest.fixture
def area():
    return an_area()


@pytest.fixture
def team(area):
    return a_team(an_agency(area))


@pytest.fixture
def officer(area, team):
    user = a_person(area, Role.CASE_OFFICER, agency=team.agency, team=team)
    with acting(user=user, area=area, today=TODAY) as actor:
        yield actor


@pytest.fixture
def case(area, team, officer) -> Case:
    return actions.open_case(
        by=officer,
        child=a_child(area),
        kind="request_received",
        on=REQUESTED,
        details={"by": "parent"},
        officer=officer.user,
        team=team,
    )


def record(officer, case, kind, on, **more) -> Event:
    return actions.record(by=officer, case=case, kind=kind, on=on, **more)


def duty(officer, case, rule) -> Duty:
    return of_child(officer, case.child_id).get(rule=rule)


def test_a_request_opens_a_case_with_its_clocks_in_the_ledger(officer, case):
    case.refresh_from_db()
    assert case.stage == Stage.REQUEST_UNDER_CONSIDERATION.name
    assert case.next_due_on == REQUESTED + timedelta(weeks=6)
    decision = duty(officer, case, "assess.decision")
    assert (decision.due_on, decision.person, decision.status) == (case.next_due_on, officer.user, Status.OPEN)
    assert "reg 5(1)" in decision.authority
    assert duty(officer, case, "assess.final_plan").due_on == REQUESTED + timedelta(weeks=20)


def test_the_same_form_sent_twice_records_once(officer, case):
    token = uuid7()
    first = record(officer, case, "assess_decision", TODAY, details={"outcome": "assess"}, token=token)
    again = record(officer, case, "assess_decision", TODAY, details={"outcome": "assess"}, token=token)
    assert first == again
    assert Event.objects.filter(kind="assess_decision").count() == 1


def test_the_second_of_two_officers_is_told_and_nothing_is_recorded(officer, case):
    seen = Case.objects.get(pk=case.pk).version
    record(officer, case, "assess_decision", TODAY, details={"outcome": "assess"}, version=seen)
    with pytest.raises(SomebodyElseWasFirst, match="Somebody else recorded something"):
        record(officer, case, "assess_decision", TODAY, details={"outcome": "refuse"}, version=seen)
    assert [event.details for event in Event.objects.filter(kind="assess_decision")] == [{"outcome": "assess"}]


def test_a_child_has_one_running_case(officer, case):
    with pytest.raises(Refused, match=f"already has a case, {case.reference}"):
        actions.open_case(by=officer, child=case.child, kind="request_received", on=TODAY, details={"by": "parent"})


def test_a_step_out_of_order_is_refused_with_a_sentence_and_leaves_no_trace(officer, case):
    with pytest.raises(NotPossible):
        record(officer, case, "final_plan_sent", TODAY)
    with pytest.raises(NotPossible):
        record(officer, case, "assess_decision", REQUESTED - timedelta(days=1), details={"outcome": "assess"})
    assert Event.objects.filter(case=case).count() == 1


def test_a_decision_closes_its_duty_and_a_refusal_ends_the_later_ones(officer, case):
    record(officer, case, "assess_decision", TODAY, details={"outcome": "refuse"})
    assert duty(officer, case, "assess.decision").status == Status.MET
    assert duty(officer, case, "assess.final_plan").status == Status.ENDED
    case.refresh_from_db()
    assert case.stage == Stage.NOT_ASSESSED.name


def test_a_correction_supersedes_and_the_ledger_follows(officer, case):
    decided = record(officer, case, "assess_decision", TODAY, details={"outcome": "refuse"})
    actions.correct(by=officer, event=decided, on=TODAY, details={"outcome": "assess"}, note="Wrong box ticked")
    case.refresh_from_db()
    assert case.stage == Stage.ASSESSING.name
    assert duty(officer, case, "assess.final_plan").status == Status.OPEN
    assert Event.objects.filter(kind="assess_decision").count() == 2
    with pytest.raises(SomebodyElseWasFirst):
        actions.correct(by=officer, event=decided, on=TODAY, details={"outcome": "assess"}, note="Again")


def test_an_entry_made_in_error_is_withdrawn_with_a_reason(officer, case):
    decided = record(officer, case, "assess_decision", TODAY, details={"outcome": "assess"})
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw_event(by=officer, event=decided, note=" ")
    actions.withdraw_event(by=officer, event=decided, note="Belongs to another child")
    assert state_of(case, TODAY).stage is Stage.REQUEST_UNDER_CONSIDERATION


def test_advice_is_a_duty_of_the_body_that_was_asked(area, officer, case):
    record(officer, case, "assess_decision", TODAY, details={"outcome": "assess"})
    psychology = an_agency(area, AgencyKind.PSYCHOLOGY)
    desk = a_team(psychology, "Advice desk")
    received = TODAY
    for _twice in range(2):
        actions.ask_for_advice(
            by=officer,
            case=case,
            kind="psychology",
            body=psychology.name,
            asked_on=TODAY,
            received_on=received,
            agency=psychology,
            team=desk,
            token=uuid7() if not _twice else Event.objects.get(kind="advice_requested").token,
        )
    owed = duty(officer, case, "advice.response")
    assert (owed.agency, owed.team, owed.person) == (psychology, desk, None)
    assert owed.due_on == received + timedelta(weeks=6)
    assert owed.owed_by == psychology.name
    record(officer, case, "advice_received", TODAY, details={"from": psychology.name})
    assert AdviceRequest.objects.get().answered_on == TODAY
    assert duty(officer, case, "advice.response").status == Status.MET


def test_changing_the_officer_moves_what_is_still_owed(area, team, officer, case):
    new = a_person(area, Role.CASE_OFFICER, agency=team.agency, team=team)
    actions.assign(by=officer, case=case, officer=new, deputy=officer.user)
    assert set(Duty.objects.filter(met_on=None).values_list("person", flat=True)) == {new.pk}


def test_only_case_workers_record(area, case):
    analyst = a_person(area, Role.ANALYST)
    with acting(user=analyst, area=area, today=TODAY) as actor, pytest.raises(Refused, match="Case officer"):
        actions.record(by=actor, case=case, kind="assess_decision", on=TODAY, details={"outcome": "assess"})


@pytest.mark.parametrize("change", [{"note": "changed"}, {"happened_on": TODAY}])
def test_the_database_refuses_to_change_an_event(case, change):
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Event.objects.filter(case=case).update(**change)


def test_the_database_refuses_to_delete_an_event(case):
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Event.objects.filter(case=case).delete()


def test_the_consequences_are_told_before_anything_is_recorded(officer, case):
    facts = facts_of(case)
    refused = {"outcome": "refuse"}
    told = foreseen(case.child, facts, kind="assess_decision", on=TODAY, details=refused, today=TODAY)
    assert "appeal until" in " ".join(told.sentences)
    assert Event.objects.filter(case=case).count() == 1


def test_another_reading_of_the_law_recomputes_open_cases(area, case):
    manager = a_person(area, Role.CASE_MANAGER)
    with acting(user=manager, area=area, today=TODAY) as actor:
        with pytest.raises(Refused, match="Choose one of: not_counted, day_one"):
            readings.choose(by=actor, reading="a1_receipt_day", choice="sometimes", why="?")
        readings.choose(by=actor, reading="a1_receipt_day", choice="day_one", why="Counsel's advice of 1 March")
        assert duty(actor, case, "assess.decision").due_on == REQUESTED + timedelta(weeks=6) - timedelta(days=1)


def test_a_reading_that_begins_later_holds_from_its_day(area, case):
    begins, due = TODAY + timedelta(days=5), REQUESTED + timedelta(weeks=6)
    with acting(user=a_person(area, Role.CASE_MANAGER), area=area, today=TODAY) as actor:
        choose = partial(readings.choose, by=actor, reading="a1_receipt_day", why="Counsel's advice")
        with pytest.raises(Refused, match="today or on a day of the coming year"):
            choose(choice="day_one", starts_on=TODAY - timedelta(days=1))
        with pytest.raises(Refused, match="reads it so already"):
            choose(choice="not_counted")
        choose(choice="day_one", starts_on=begins)
        assert duty(actor, case, "assess.decision").due_on == due
    with acting_as_system(area, today=begins) as night:
        version = case.version
        assert projection.refresh_all(night) == 1
        assert duty(night, case, "assess.decision").due_on == due - timedelta(days=1)
        assert Case.objects.get(pk=case.pk).version == version


def sent(officer, case) -> Event:
    """The case with its final plan sent today."""
    record(officer, case, "assess_decision", TODAY, details={"outcome": "assess"})
    record(officer, case, "draft_plan_served", TODAY)
    record(officer, case, "family_responded", TODAY)
    return record(officer, case, "final_plan_sent", TODAY, with_beside=True, token=uuid7())


def test_the_first_final_plan_makes_the_plan_so_that_its_review_is_owed(officer, case):
    sent(officer, case)
    assert duty(officer, case, "review.first").due_on == date(2027, 3, 19)


def test_what_stands_beside_an_entry_follows_its_correction_and_its_withdrawal(officer, case):
    with acting(user=officer.user, area=officer.area, today=TODAY + timedelta(days=9)) as later:
        plan = sent(officer, case)
        on = TODAY + timedelta(days=4)
        told = foreseen(
            case.child,
            facts_of(case),
            kind=plan.kind,
            on=on,
            details={},
            today=later.today,
            instead_of=plan,
        )
        assert "First review of the plan completed: the date becomes 23 March 2027." in told.sentences
        mended = actions.correct(by=later, event=plan, on=on, details={}, note="Posted on Tuesday")
        assert duty(later, case, "review.first").due_on == date(2027, 3, 23)
        actions.withdraw_event(by=later, event=mended, note="Not posted at all")
    left = {"request_received", "assess_decision", "draft_plan_served", "family_responded"}
    assert {event.type for event in facts_of(case)} == left


def test_a_decision_on_a_review_completes_it(officer, case):
    sent(officer, case)
    record(officer, case, "review_meeting", TODAY)
    record(officer, case, "review_decision", TODAY, details={"outcome": "maintain"}, with_beside=True)
    assert duty(officer, case, "review.next").due_on == date(2027, 3, 19)


def test_a_case_that_ended_does_not_come_back_while_another_runs(officer, case):
    record(officer, case, "assess_decision", TODAY, details={"outcome": "refuse"})
    again = actions.open_case(by=officer, child=case.child, kind="request_received", on=TODAY, details={"by": "parent"})
    with pytest.raises(Refused, match=again.reference):
        record(officer, case, "request_received", TODAY, details={"by": "parent"})
    assert Event.objects.filter(case=case, kind="request_received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_record_one_decision():
    area = an_area()
    user = a_person(area, Role.CASE_OFFICER)
    with acting(user=user, area=area, today=TODAY) as officer:
        case = actions.open_case(
            by=officer, child=a_child(area), kind="request_received", on=REQUESTED, details={"by": "parent"}
        )
        seen = Case.objects.get(pk=case.pk).version
    outcomes: list[str] = []
    together = Barrier(2)

    def decide(outcome: str) -> None:
        together.wait()
        try:
            with acting(user=user, area=area, today=TODAY) as actor:
                record(actor, case, "assess_decision", TODAY, details={"outcome": outcome}, version=seen)
            outcomes.append(outcome)
        except SomebodyElseWasFirst:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[outcome]) for outcome in ("assess", "refuse")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[-1] == "told"
    assert len(outcomes) == 2
    with acting(user=user, area=area, today=TODAY):
        assert Event.objects.filter(kind="assess_decision").count() == 1


def test_folding_anew_changes_nothing_and_leaves_open_forms_good(officer, case):
    before = Case.objects.filter(pk=case.pk).values().get()
    assert projection.refresh_all(officer) == 1
    assert Case.objects.filter(pk=case.pk).values().get() == before


def test_folding_anew_on_a_later_day_moves_the_projection_of_a_planned_step(area, officer, case):
    record(officer, case, "assess_decision", TODAY, details={"outcome": "refuse"})
    Case.objects.filter(pk=case.pk).update(stage="ASSESSING")
    projection.refresh_all(officer)
    case.refresh_from_db()
    assert case.stage == Stage.NOT_ASSESSED.name
