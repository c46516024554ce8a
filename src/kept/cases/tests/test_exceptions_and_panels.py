"""Exceptions say at once whether they hold; a panel recommends and the decision is recorded from its page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from kept.access.acting import Refused, acting, today_here
from kept.access.roles import Role
from kept.cases import panels
from kept.cases.actions import SomebodyElseWasFirst
from kept.cases.models import Case, Event, PanelItem
from kept.cases.tests.test_recording import boxes, hidden, text
from kept.duties.statuses import Status
from tests.made_up import a_person

pytestmark = pytest.mark.django_db
LATE_PLAN = {"clock": "assess.final_plan", "name": "reg13_3.absence_4w"}


@pytest.fixture
def away(a_case, browser_of_olga):
    """The page of an absence from the area, for a plan that is due, and what is on its form."""
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    page = reverse("cases:exception", kwargs={"pk": case.pk, **LATE_PLAN})
    form = hidden(browser_of_olga.get(page))
    return case, page, {**form, **boxes("date", today_here()), "note": "Email of the mother", "impractical": "on"}


def absence(first: date, days: int) -> dict[str, str]:
    return boxes("fact_absent_from", first) | boxes("fact_returned", first + timedelta(days=days))


def test_only_the_exceptions_of_the_running_time_limits_are_offered(browser_of_olga, away):
    case, _, _ = away
    said = text(browser_of_olga.get(reverse("cases:exceptions", args=[case.pk])))
    assert "Away from the area for 28 days or more" in said
    assert "School or college closed" in said
    assert "Missed appointment" not in said, "that belongs to a body's own six weeks"
    assert "reg13_3" not in said.replace("/reg13_3", "")
    gone = reverse("cases:exception", kwargs={"pk": case.pk, "clock": "assess.decision", "name": "reg13_3.absence_4w"})
    assert browser_of_olga.get(gone).status_code == 404


def test_an_exception_that_does_not_hold_says_why_and_cannot_be_recorded(browser_of_olga, here, olga, away):
    case, page, form = away
    short = {**form, **absence(case.opened_on + timedelta(days=30), 20)}
    said = text(browser_of_olga.post(page, short))
    assert "This exception does not hold" in said
    assert "They were away for 20 days; the law asks for at least 28" in said
    assert "Confirm" not in said.split("This exception does not hold")[1]
    forced = browser_of_olga.post(page, {**short, "step": "confirm"})
    assert "They were away for 20 days" in text(forced)
    with acting(user=olga, area=here):
        assert not Event.objects.filter(case=case, kind="exception_recorded").exists()


def test_compliance_must_have_been_impractical(browser_of_olga, away):
    case, page, form = away
    unsaid = {**form, **absence(case.opened_on + timedelta(days=20), 30)}
    del unsaid["impractical"]
    assert "It must also be impractical" in text(browser_of_olga.post(page, unsaid))


def test_an_exception_that_holds_releases_only_its_own_time_limit(browser_of_olga, here, olga, away):
    case, page, form = away
    long = {**form, **absence(case.opened_on + timedelta(days=20), 30)}
    told = browser_of_olga.post(page, long)
    assert "released by a recorded exception" in text(told)
    assert browser_of_olga.post(page, {**hidden(told), "step": "confirm"}).status_code == 302
    with acting(user=olga, area=here) as by:
        from kept.duties.queries import of_child

        duties = {duty.rule: duty for duty in of_child(by, case.child_id)}
    assert duties["assess.final_plan"].status == Status.RELEASED
    assert duties["assess.no_plan_notice"].released_by == ""
    shown = text(browser_of_olga.get(reverse("cases:detail", args=[case.pk])))
    assert "First day away from the area" in shown


# Panels


@pytest.fixture
def waiting(a_case) -> Case:
    """A case that waits for a decision."""
    return a_case()


def put(here, user, case: Case, meets_on: date | None = None) -> PanelItem:
    with acting(user=user, area=here) as by:
        return panels.put_on_panel(by=by, case=case, meets_on=meets_on or today_here(), question="assess")


def test_a_case_is_put_on_a_panel_once(browser_of_olga, here, olga, waiting):
    page = reverse("cases:put_on_panel", args=[waiting.pk])
    form = {**hidden(browser_of_olga.get(page)), "question": "assess", **boxes("meets_on", today_here())}
    for summary in ("Short", "Short, then longer"):
        assert browser_of_olga.post(page, {**form, "summary": summary}).status_code == 302
    with acting(user=olga, area=here):
        assert PanelItem.objects.get(case=waiting).summary == "Short, then longer"
    past = browser_of_olga.post(page, {**form, **boxes("meets_on", today_here() - timedelta(days=3))})
    assert "Choose the day of a meeting from today" in text(past)
    assert "choose one of the answers" in text(browser_of_olga.post(page, {**form, "question": "cease"}))


def test_the_panel_lists_by_meeting_and_its_answer_leads_to_the_decision(
    browser_of_olga, signed_in, here, olga, waiting
):
    item = put(here, olga, waiting)
    manager = signed_in(a_person(here, Role.CASE_MANAGER, name="Max Manager"))
    assert "Whether to assess" in text(manager.get("/panel/"))
    page = reverse("cases:panel_item", args=[item.pk])
    form = {**hidden(manager.get(page)), "outcome": "not_agreed", "recommendation": "Needs can be met at school"}
    assert manager.post(page, form).status_code == 302
    said = text(manager.get(page))
    assert "Refuse to assess" in said
    assert f"/cases/{waiting.pk}/record/assess_decision/?outcome=refuse" in said
    assert "Record the result" not in text(browser_of_olga.get(page))
    assert browser_of_olga.post(page, form).status_code == 404


def test_a_panel_that_puts_off_lists_the_case_again(here, olga, waiting):
    item = put(here, olga, waiting)
    with acting(user=a_person(here, Role.CASE_MANAGER), area=here) as by:
        with pytest.raises(Refused, match="later day"):
            panels.consider(by=by, item=item, recommendation="Ask the school", outcome="put_off")
        again = today_here() + timedelta(days=14)
        panels.consider(by=by, item=item, recommendation="Ask the school", outcome="put_off", again_on=again)
        assert sorted(PanelItem.objects.values_list("meets_on", flat=True)) == [today_here(), again]


def test_the_second_of_two_results_is_told(here, olga, waiting):
    item = put(here, olga, waiting)
    with acting(user=a_person(here, Role.CASE_MANAGER), area=here) as by:
        first = panels.consider(by=by, item=item, recommendation="Yes", outcome="agreed")
        assert panels.consider(by=by, item=item, recommendation="Yes", outcome="agreed") == first
        with pytest.raises(SomebodyElseWasFirst, match="“Agreed”"):
            panels.consider(by=by, item=item, recommendation="No", outcome="not_agreed")
        seen = first.considered_at
        changed = panels.consider(by=by, item=item, recommendation="No", outcome="not_agreed", seen=seen)
        assert changed.outcome == "not_agreed"


def test_a_panel_that_has_not_met_has_no_result_and_one_that_has_keeps_its_case(here, olga, waiting):
    coming = put(here, olga, waiting, today_here() + timedelta(days=1))
    met = put(here, olga, waiting)
    with acting(user=a_person(here, Role.CASE_MANAGER), area=here) as by:
        with pytest.raises(Refused, match="has not met"):
            panels.consider(by=by, item=coming, recommendation="Yes", outcome="agreed")
        panels.take_off(by=by, item=coming)
        panels.consider(by=by, item=met, recommendation="Yes", outcome="agreed")
        with pytest.raises(Refused, match="stays on the record"):
            panels.take_off(by=by, item=met)
        assert PanelItem.objects.get() == met


def test_an_officer_does_not_decide_what_the_panel_decides(here, olga, waiting):
    item = put(here, olga, waiting)
    with acting(user=olga, area=here) as by, pytest.raises(Refused, match="Case manager"):
        panels.consider(by=by, item=item, recommendation="Yes", outcome="agreed")


def test_the_chair_reads_on_waits_for_the_day_and_goes_on_to_the_next(signed_in, here, olga, a_case):
    first, second, later = a_case("Ann", "Aardvark"), a_case("Bo", "Badger"), a_case("Cy", "Crane")
    one, two = put(here, olga, first), put(here, olga, second)
    with acting(user=olga, area=here) as by:
        coming = panels.put_on_panel(
            by=by, case=later, meets_on=today_here() + timedelta(days=3), question="assess", summary="Ask the nurse."
        )
    manager = signed_in(a_person(here, Role.CASE_MANAGER, name="Max Manager"))
    assert "Ask the nurse." in text(manager.get("/panel/"))
    page = text(manager.get(reverse("cases:panel_item", args=[coming.pk])))
    assert "The result can be recorded from" in page
    assert "Save the result" not in page
    page = text(manager.get(reverse("cases:panel_item", args=[one.pk])))
    assert reverse("cases:panel_item", args=[two.pk]) in page
    assert "Crane" not in page
    for name, key in (("plans:of_child", first.child_id), ("documents:of_child", first.child_id)):
        assert reverse(name, args=[key]) in page
