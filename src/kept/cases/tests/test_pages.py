"""What the pages of a case say, as an officer with a parent on the telephone reads them."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.models import Membership
from kept.access.roles import Role
from kept.cases import actions
from kept.cases.folding import state_of
from kept.cases.models import Case, Event
from kept.design.words import day
from kept.people.actions import add_identifier
from tests.made_up import a_child, a_parent_of, a_person

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def detail(browser, case: Case) -> str:
    answer = browser.get(reverse("cases:detail", args=[case.pk]))
    assert answer.status_code == 200
    return text(answer)


def test_the_case_says_where_it_stands_whose_turn_and_by_when(browser_of_olga, a_case, begun):
    case = a_case()
    said = detail(browser_of_olga, case)
    assert "Request under consideration" in said
    assert "The council owes" in said
    assert day(begun + timedelta(weeks=6)) in said
    assert "reg 5(1)" in said
    assert "Agree to assess" in said
    assert "Refuse to assess" in said


def test_advice_is_shown_for_each_body_with_its_own_time_limit(browser_of_olga, a_case, begun):
    asked = ("advice_requested", 20, {"from": "Therapy service"})
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}), asked))
    said = detail(browser_of_olga, case)
    assert "Therapy service" in said
    assert day(begun + timedelta(days=20, weeks=6)) in said
    assert "Record answer" in said


def test_a_corrected_entry_is_struck_and_says_why(browser_of_olga, here, olga, a_case, begun):
    case = a_case(events=(("assess_decision", 14, {"outcome": "refuse"}),))
    with acting(user=olga, area=here) as by:
        entry = Event.objects.get(case=case, kind="assess_decision")
        actions.correct(
            by=by, event=entry, on=entry.happened_on, details={"outcome": "assess"}, note="Read the wrong minute"
        )
    said = detail(browser_of_olga, case)
    assert "<s>The decision whether to assess was notified: refuse to assess</s>" in said
    assert "Corrected because: Read the wrong minute" in said
    assert "Assessing" in said


def test_the_family_s_telephone_is_on_the_page(browser_of_olga, here, olga, a_case):
    case = a_case()
    a_parent_of(case.child, "Pat Sample")
    with acting(user=olga, area=here):
        from kept.people.models import Carer

        Carer.objects.filter(area=here).update(phone="07700 900123")
    assert "07700 900123" in detail(browser_of_olga, case)


def test_a_director_reads_but_is_offered_no_move(signed_in, here, a_case):
    case = a_case()
    said = detail(signed_in(a_person(here, Role.DIRECTOR)), case)
    assert "Request under consideration" in said
    assert "What you can record" not in said
    assert "/correct/" not in said


@pytest.mark.parametrize(
    "typed", ["Anwen Quillfeather", "quillf", "Anwin Quilfeather", "4/5/2016", "999 000 0018", "{reference}"]
)
def test_a_case_is_found_by_whatever_the_parent_says(browser_of_olga, here, olga, a_case, typed):
    from kept.people.actions import change_name

    wanted, other = a_case("Temp", "Temporary"), a_case("Bo", "Otherby")
    with acting(user=olga, area=here) as by:
        change_name(
            by=by,
            child=wanted.child,
            given_names="Anwen",
            family_name="Quillfeather",
            from_day=today_here(),
            version=None,
        )
        add_identifier(by=by, child=wanted.child, kind="nhs", value="9990000018", version=None)
        type(other.child).objects.filter(pk=other.child_id).update(born_on="2012-01-02")
    found = text(browser_of_olga.get("/cases/", {"q": typed.format(reference=wanted.reference)}))
    assert "Anwen Quillfeather" in found
    assert "Otherby" not in found


def test_the_filters_say_what_they_say(browser_of_olga, here, olga, a_case):
    asking = a_case("Asha", "Asking")
    refused = a_case("Rae", "Refused", events=(("assess_decision", 14, {"outcome": "refuse"}),))
    colleague = a_person(here, Role.CASE_OFFICER, name="Cal Colleague")
    with acting(user=olga, area=here) as by:
        actions.assign(by=by, case=asking, officer=colleague, deputy=None)

    def names(**wanted: str) -> set[str]:
        found = text(browser_of_olga.get("/cases/", wanted))
        return {name for name in ("Asking", "Refused") if f"{name}</a>" in found}

    assert names() == {"Asking"}
    assert names(which="all") == {"Asking", "Refused"}
    assert names(which="ended") == {"Refused"}
    assert names(stage=refused.stage) == {"Refused"}
    assert names(officer=str(colleague.pk)) == {"Asking"}
    assert names(officer="me") == set()
    assert names(officer="me", which="all") == {"Refused"}
    assert names(due="late") == {"Asking"}
    assert names(due="none") == set()
    assert names(plan="yes") == set()
    assert names(child=str(refused.child_id)) == {"Refused"}
    assert names(stage="NONSENSE", page="99999999999", sort="x") == {"Asking"}


def test_an_empty_list_says_what_to_do(browser_of_olga):
    said = text(browser_of_olga.get("/cases/", {"q": "Nobody Atall"}))
    assert "No case is like this" in said
    assert "Record a request" in said


def test_the_list_sorts_both_ways(browser_of_olga, a_case):
    a_case("Ann", "Aardvark"), a_case("Zed", "Zebra")
    up = text(browser_of_olga.get("/cases/", {"sort": "child"}))
    down = text(browser_of_olga.get("/cases/", {"sort": "-child"}))
    assert up.index("Aardvark") < up.index("Zebra")
    assert down.index("Zebra") < down.index("Aardvark")


def test_after_a_refusal_the_notice_is_the_next_move_and_the_family_s_time_runs_from_it(
    browser_of_olga, here, olga, a_case, begun
):
    refused = (("assess_decision", 30, {"outcome": "refuse"}),)
    case = a_case(events=refused)
    said = detail(browser_of_olga, case)
    assert "Send the notice: we will not assess" in said
    assert "/record/decision_notice_sent/?decision=refuse_assess" in said
    with acting(user=olga, area=here) as by:
        sent = begun + timedelta(days=31)
        actions.record(by=by, case=case, kind="decision_notice_sent", on=sent, details={"decision": "refuse_assess"})
    said = detail(browser_of_olga, case)
    assert "Send the notice" not in said
    assert "The family may act" in said


def test_a_right_that_the_family_let_pass_is_over_and_not_late(browser_of_olga, a_case):
    events = (
        ("assess_decision", 2, {"outcome": "refuse"}),
        ("decision_notice_sent", 2, {"decision": "refuse_assess"}),
    )
    case = a_case(events=events)
    said = detail(browser_of_olga, case)
    over = said[said.index("Time limits that have ended") :]
    assert "Contact the mediation adviser" in over
    assert "The family did not use this right in that time" in over
    assert "Overdue" not in said


def test_while_an_appeal_runs_its_steps_are_offered(browser_of_olga, a_case):
    events = (
        ("assess_decision", 30, {"outcome": "refuse"}),
        ("decision_notice_sent", 31, {"decision": "refuse_assess"}),
        ("appeal_lodged", 45, {}),
    )
    said = detail(browser_of_olga, a_case(events=events))
    for move in ("Record the Tribunal&#39;s order", "Record the appeal sent to us", "Record the end of the appeal"):
        assert move in said


def test_everything_that_can_be_recorded_is_on_one_page_by_subject(browser_of_olga, a_case):
    case = a_case()
    said = text(browser_of_olga.get(reverse("cases:anything", args=[case.pk])))
    assert "Mediation and agreements" in said
    assert said.index("Record the mediation agreement") < said.index("Record an appeal")


def test_a_day_that_is_no_working_day_says_the_last_one_before_it(browser_of_olga, here, olga):
    sunday = today_here() + timedelta(days=6 - today_here().weekday())
    if sunday == today_here():
        sunday += timedelta(days=7)
    child = a_child(here, "Wendy", "Weekend")
    with acting(user=olga, area=here) as by:
        case = actions.open_case(
            by=by, child=child, kind="request_received", on=sunday - timedelta(weeks=6), details={"by": "parent"}
        )
    said = detail(browser_of_olga, case)
    assert "Not a working day: the last one before it is" in said
    assert "Make and send them" in said
    assert reverse("people:add_carer", args=[child.pk]) in said


def test_the_list_is_a_file_for_a_spreadsheet_as_it_is_filtered(browser_of_olga, here, olga, a_case):
    late, other = a_case("Zoë", "=Late"), a_case("Asha", "Other")
    with acting(user=olga, area=here) as by:
        actions.assign(by=by, case=other, officer=a_person(here, Role.CASE_OFFICER, name="Cal"), deputy=None)
    assert 'href="/cases/export.csv?officer=me"' in browser_of_olga.get("/cases/?officer=me").content.decode()
    answer = browser_of_olga.get("/cases/export.csv?officer=me")
    content = answer.content.decode()
    assert content.startswith("\ufeffCase,Family name,Given names,Born,")
    assert f"{late.reference},'=Late,Zoë,{late.child.born_on.isoformat()},Request under consideration" in content
    assert "Other" not in content
    assert f"cases-{today_here().isoformat()}.csv" in answer["Content-Disposition"]
    assert "Other" in browser_of_olga.get("/cases/export.csv").content.decode()


def test_mine_are_one_press_away_and_stages_sort_as_the_process_goes(browser_of_olga, a_case):
    a_case("Ann", "Zapper", events=(("assess_decision", 14, {"outcome": "assess"}),))
    a_case("Rae", "Requested")
    page = text(browser_of_olga.get("/cases/"))
    assert 'href="?officer=me"' in page
    sorted_ = text(browser_of_olga.get("/cases/", {"sort": "stage"}))
    assert sorted_.index("Requested</a>") < sorted_.index("Zapper</a>")


def test_what_the_law_asks_comes_before_what_guidance_asks(browser_of_olga, here, olga, a_case):
    """That a school has not replied in the days of the Code is not what makes a case late."""
    asked = ("school_consulted", 15, {"school": "Harbour School"})
    case = a_case("Tilly", "Timely", events=(("assess_decision", 14, {"outcome": "assess"}), asked))
    today = today_here()
    with acting(user=olga, area=here):
        reply = next(one for one in state_of(case, today).clocks if one.instance == "Harbour School")
    assert (reply.clock.kind, reply.status) == ("guidance", "overdue")
    assert case.next_due_on > today
    said = detail(browser_of_olga, case).split("What you can record")[0]
    assert "Decide whether to make a plan" in said
    assert "Harbour School owes" not in said
    assert "Timely" not in text(browser_of_olga.get("/cases/", {"due": "late"}))


def test_an_officer_who_left_is_still_found_and_never_dropped_by_the_way(browser_of_olga, here, olga, a_case):
    """Naming a deputy must not take the case from whoever has it, because they are no choice any more."""
    case, gone = a_case("Asha", "Left"), a_person(here, Role.CASE_OFFICER, name="Gwen Gone")
    with acting(user=olga, area=here) as by:
        actions.assign(by=by, case=case, officer=gone, deputy=None)
    with acting_as_system(here):
        Membership.objects.filter(user=gone).update(ends_on=today_here() - timedelta(days=1))
    page = text(browser_of_olga.get("/cases/", {"officer": str(gone.pk)}))
    assert "There is a problem" not in page
    assert "Left</a>" in page
    assert "Gwen Gone" not in text(browser_of_olga.get("/cases/?which=ended"))
    form = text(browser_of_olga.get(reverse("cases:assign", args=[case.pk])))
    assert f'<option value="{gone.pk}" selected' in form


def crumb_to_the_list(page) -> str:
    found = re.search(r'<a class="govuk-breadcrumbs__link" href="([^"]+)">Cases</a>', page.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_a_case_leads_back_to_the_list_as_it_was_filtered_whichever_tab_it_was_opened_in(browser_of_olga, a_case):
    case, cases = a_case("Bo", "Sample"), reverse("cases:list")
    for asked in (f"q={case.reference}&officer=me", "which=all&stage=&due="):
        listed = browser_of_olga.get(f"{cases}?{asked}").content.decode()
        link = re.search(rf'href="([^"]*{case.pk}/[^"]*)"', listed)
        assert link is not None
        opened = browser_of_olga.get(html.unescape(link[1]))
        assert QueryDict(crumb_to_the_list(opened).removeprefix(f"{cases}?")) == QueryDict(asked)
    plain = browser_of_olga.get(reverse("cases:detail", args=[case.pk]))
    assert crumb_to_the_list(plain) == cases


@pytest.mark.parametrize(
    "forged", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", '"><b>']
)
def test_the_way_back_of_a_case_leads_nowhere_but_to_the_list(browser_of_olga, a_case, forged):
    page = browser_of_olga.get(reverse("cases:detail", args=[a_case().pk]), {"list": forged})
    assert crumb_to_the_list(page).startswith(reverse("cases:list") + "?")
    assert '"><b>' not in page.content.decode()
