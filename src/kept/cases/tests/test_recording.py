"""Recording a move: what follows is shown first, nothing is lost, nothing is recorded twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.roles import Role
from kept.cases import actions
from kept.cases.models import AdviceRequest, Case, Event
from kept.design.words import day
from kept.rules.identifiers import uuid7
from tests.made_up import a_child, a_person, an_agency

pytestmark = pytest.mark.django_db
CONFLICT = 409


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def boxes(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def hidden(answer) -> dict[str, str]:
    """The hidden fields of a page's form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


@pytest.fixture
def recorded(here, olga) -> Callable[[Case, str], list[Event]]:
    """The entries of a kind that a case has."""

    def entries(case: Case, kind: str) -> list[Event]:
        with acting(user=olga, area=here):
            return list(Event.objects.filter(case=case, kind=kind).order_by("pk"))

    return entries


@pytest.fixture
def deciding(a_case, begun):
    """A case that waits for its decision, the page that decides it, and what is typed there."""
    case = a_case()
    return case, reverse("cases:record", args=[case.pk, "assess_decision"]), boxes("date", begun + timedelta(days=30))


def test_what_follows_is_shown_before_anything_is_recorded(browser_of_olga, recorded, deciding, begun):
    case, page, typed = deciding
    opened = browser_of_olga.get(page, {"outcome": "refuse"})
    assert "Refuse to assess" in text(opened)
    asked = browser_of_olga.post(f"{page}?outcome=refuse", {**hidden(opened), **typed, "note": "Panel of Monday"})
    said = text(asked)
    assert "The case becomes “Not assessed”" in said
    assert "appeal until" in said
    assert "Panel of Monday" in said
    assert recorded(case, "assess_decision") == []
    done = browser_of_olga.post(f"{page}?outcome=refuse", {**hidden(asked), "step": "confirm"})
    assert done.status_code == 302
    [event] = recorded(case, "assess_decision")
    assert (event.details, event.note, event.happened_on) == (
        {"outcome": "refuse"},
        "Panel of Monday",
        begun + timedelta(days=30),
    )


def test_confirming_twice_records_once(browser_of_olga, recorded, deciding):
    case, page, typed = deciding
    form = hidden(browser_of_olga.get(page))
    for _twice in range(2):
        answer = browser_of_olga.post(page, {**form, **typed, "outcome": "assess", "step": "confirm"})
        assert answer.status_code == 302
    assert len(recorded(case, "assess_decision")) == 1


def test_change_gives_back_what_was_typed(browser_of_olga, deciding):
    _, page, typed = deciding
    form = hidden(browser_of_olga.get(page))
    back = browser_of_olga.post(page, {**form, **typed, "outcome": "assess", "note": "Long words", "step": "change"})
    assert "Long words" in text(back)
    assert f'value="{typed["date-year"]}"' in text(back)


@pytest.mark.parametrize("step", ["check", "confirm"])
def test_the_second_officer_is_told_what_changed_and_keeps_the_text(browser_of_olga, recorded, here, deciding, step):
    case, page, typed = deciding
    mine = {**hidden(browser_of_olga.get(page)), **typed, "outcome": "refuse", "note": "My careful reasons"}
    cal = a_person(here, Role.CASE_OFFICER, name="Cal Colleague")
    with acting(user=cal, area=here) as by:
        actions.record(
            by=by, case=case, kind="family_consulted", on=case.opened_on + timedelta(days=5), note="Rang the father"
        )
    told = browser_of_olga.post(page, {**mine, "step": step})
    assert told.status_code == (CONFLICT if step == "confirm" else 200)
    said = text(told)
    assert "Cal Colleague recorded: the family was consulted" in said
    assert "Rang the father" in said
    assert "My careful reasons" in said
    assert recorded(case, "assess_decision") == []
    again = browser_of_olga.post(page, {**hidden(told), "step": "confirm"})
    assert again.status_code == 302
    assert [event.note for event in recorded(case, "assess_decision")] == ["My careful reasons"]


def test_when_the_same_decision_was_taken_meanwhile_the_second_is_refused_with_the_text_kept(
    browser_of_olga, recorded, here, deciding, begun
):
    case, page, typed = deciding
    mine = {**hidden(browser_of_olga.get(page)), **typed, "outcome": "refuse", "note": "My careful reasons"}
    with acting(user=a_person(here, Role.CASE_MANAGER, name="Max Manager"), area=here) as by:
        actions.record(
            by=by, case=case, kind="assess_decision", on=begun + timedelta(days=20), details={"outcome": "assess"}
        )
    told = browser_of_olga.post(page, {**mine, "step": "confirm"})
    assert told.status_code == CONFLICT
    assert "Max Manager recorded" in text(told)
    assert "is not possible" in text(told)
    assert "My careful reasons" in text(told)
    assert len(recorded(case, "assess_decision")) == 1


def dated(day_: str, month: str, year: str) -> dict[str, str]:
    return {"date-day": day_, "date-month": month, "date-year": year}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (dated("30", "2", "2026"), "must have a real day of February 2026"),
        (dated("3", "3", "26"), "must have a year of 4 numbers"),
        (dated("07", "14", "2026"), "must have a real month"),
        (dated("", "", ""), "Enter date on which the decision whether to assess was notified"),
        (dated("1", "1", "2015"), "is before the date of birth, 4 May 2016"),
        (dated("1", "1", "2099"), "is in the future"),
        (dated("1", "1", "1800"), "must have a year between"),
    ],
)
def test_a_wrong_date_is_refused_beside_its_box_and_kept(browser_of_olga, recorded, deciding, typed, said):
    case, page, _ = deciding
    form = hidden(browser_of_olga.get(page))
    for step in ("check", "confirm"):
        answer = browser_of_olga.post(page, {**form, **typed, "outcome": "assess", "note": "Kept", "step": step})
        assert answer.status_code == 200
        assert said in text(answer)
        assert 'href="#id_date-' in text(answer)
        assert "Kept" in text(answer)
    assert recorded(case, "assess_decision") == []


def test_after_the_twenty_sixth_birthday_nothing_is_recorded(browser_of_olga, here, olga, begun):
    child = a_child(here, "Otto", "Oldest", born_on=today_here() - timedelta(days=26 * 366))
    page = reverse("cases:begin", args=[child.pk])
    form = hidden(browser_of_olga.get(page))
    answer = browser_of_olga.post(page, {**form, **boxes("date", today_here()), "step": "confirm"})
    assert "after the 26th birthday" in text(answer)
    with acting(user=olga, area=here):
        assert not Case.objects.filter(child=child).exists()


def test_a_final_plan_before_a_draft_is_refused_with_what_could_be_recorded(browser_of_olga, a_case, begun):
    case = a_case()
    page = reverse("cases:record", args=[case.pk, "final_plan_sent"])
    form = hidden(browser_of_olga.get(page))
    answer = browser_of_olga.post(page, {**form, **boxes("date", begun + timedelta(days=40)), "step": "confirm"})
    assert "so “send the final plan” is not possible" in text(answer)
    assert "What could be recorded" in text(answer)


def test_an_unknown_step_is_not_there(browser_of_olga, a_case):
    assert browser_of_olga.get(f"/cases/{a_case().pk}/record/abracadabra/").status_code == 404


def test_a_request_opens_a_case_from_finding_the_child_to_the_case_page(browser_of_olga, here, olga, begun):
    child = a_child(here, "Una", "Requested")
    page = reverse("cases:begin", args=[child.pk])
    form = {**hidden(browser_of_olga.get(page)), **boxes("date", begun), "by": "parent", "officer": str(olga.pk)}
    asked = text(browser_of_olga.post(page, form))
    assert f"Decision due {day(begun + timedelta(weeks=6))}; if you refuse on that day" in asked
    for _twice in range(2):
        done = browser_of_olga.post(page, {**form, "step": "confirm"})
        assert done.status_code == 302
    with acting(user=olga, area=here):
        case = Case.objects.get(child=child)
    assert done.url == reverse("cases:detail", args=[case.pk])
    assert case.officer_id == olga.pk
    again = browser_of_olga.get(page)
    assert again.status_code == 302
    assert again.url == done.url


def test_the_child_of_a_request_is_found_and_a_running_case_is_offered_instead(browser_of_olga, here, a_case):
    from kept.people.actions import change_name

    case = a_case("Temp", "Temp")
    user = a_person(here, Role.CASE_OFFICER)
    with acting(user=user, area=here) as by:
        change_name(by=by, child=case.child, given_names="Rhys", family_name="Running", from_day=today_here())
    said = text(browser_of_olga.get("/cases/new/", {"q": "rhys runing"}))
    assert f"Open case {case.reference}" in said
    assert "Nobody on the record" in text(browser_of_olga.get("/cases/new/", {"q": "zzyzx"}))


def test_several_bodies_are_asked_at_once_each_with_its_own_time_limit(browser_of_olga, here, olga, a_case, begun):
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    psychology = an_agency(here, "psychology", "Psychology service")
    received = begun + timedelta(days=16)
    page = reverse("cases:ask_advice", args=[case.pk])
    form = {
        **hidden(browser_of_olga.get(page)),
        "bodies": [str(psychology.pk)],
        "other": "Aunt Flo, childminder",
        "other_kind": "other",
        "note": "What helps and how often",
        **boxes("asked_on", begun + timedelta(days=15)),
        **boxes("date", received),
    }
    told = browser_of_olga.post(page, form)
    said = text(told)
    assert said.count(f"due {day(received + timedelta(weeks=6))}") == 2
    for _twice in range(2):
        assert browser_of_olga.post(page, {**form, "step": "confirm"}).status_code == 302
    with acting(user=olga, area=here):
        asked = list(AdviceRequest.objects.filter(case=case).order_by("body"))
    assert [(one.body, one.agency_id, one.received_on) for one in asked] == [
        ("Aunt Flo, childminder", None, received),
        ("Psychology service", psychology.pk, received),
    ]
    wrong = browser_of_olga.post(page, {**form, "token": str(uuid7()), **boxes("asked_on", today_here())})
    assert "They cannot have received it before we asked" in text(wrong)
    nobody = browser_of_olga.post(page, {**form, "bodies": [], "other": ""})
    assert "Choose at least one body" in text(nobody)


def test_a_body_asked_before_is_said_and_an_empty_second_date_is_the_first(browser_of_olga, here, olga, a_case, begun):
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    therapy = an_agency(here, "health", "Therapy service")
    page = reverse("cases:ask_advice", args=[case.pk])
    on = begun + timedelta(days=15)

    def asking(asked_on) -> dict:
        return {**hidden(browser_of_olga.get(page)), "bodies": [str(therapy.pk)], "other_kind": "other",
                **boxes("asked_on", asked_on), "date-day": "", "date-month": "", "date-year": ""}  # fmt: skip

    told = text(browser_of_olga.post(page, asking(on)))
    assert "What would they advise on?" not in told
    assert f"due {day(on + timedelta(weeks=6))}" in told
    assert browser_of_olga.post(page, {**asking(on), "step": "confirm"}).status_code == 302
    assert f"Therapy service (asked {day(on)}, no answer yet)" in text(browser_of_olga.get(page))
    assert f"Therapy service was asked already on {day(on)}" in text(browser_of_olga.post(page, asking(on)))
    again = text(browser_of_olga.post(page, asking(on + timedelta(days=3))))
    assert "This would be one more request" in again
    with acting(user=olga, area=here):
        assert AdviceRequest.objects.get(case=case).received_on == on


def test_advice_that_the_law_requires_and_nobody_asked_for_is_named(browser_of_olga, here, olga, a_case, begun):
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    therapy = an_agency(here, "health", "Therapy service")
    with acting(user=olga, area=here) as by:
        on = begun + timedelta(days=15)
        actions.ask_for_advice(
            by=by, case=case, kind="health", body=therapy.name, agency=therapy, asked_on=on, received_on=on
        )
    said = text(browser_of_olga.get(reverse("cases:detail", args=[case.pk])))
    asked = said.split("The law requires, and nobody was asked yet: ")[1].split(". <")[0]
    assert "educational psychology; social care" in asked
    assert "health" not in asked
    assert "adulthood" not in asked


def test_a_date_before_the_case_began_says_when_it_began(browser_of_olga, deciding, begun):
    _, page, _ = deciding
    form = {**hidden(browser_of_olga.get(page)), **boxes("date", begun - timedelta(days=3)), "outcome": "assess"}
    said = text(browser_of_olga.post(page, form))
    assert f"is before the case began: on {day(begun)} the request was received" in said


def test_sending_a_plan_is_offered_where_the_family_sees_it(browser_of_olga, a_case):
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    page = reverse("cases:record", args=[case.pk, "draft_plan_served"])
    assert reverse("plans:of_child", args=[case.child_id]) in text(browser_of_olga.get(page))
    page = reverse("cases:record", args=[case.pk, "parent_consulted"])
    assert reverse("plans:of_child", args=[case.child_id]) not in text(browser_of_olga.get(page))


def test_what_was_searched_for_is_not_typed_again(browser_of_olga):
    typed = {"q": "Zebedee John Quill 4/5/2016"}
    said = text(browser_of_olga.get(reverse("cases:new"), typed))
    address = reverse("people:add") + "?next=case&amp;q=Zebedee+John+Quill+4%2F5%2F2016"
    assert address in said
    form = text(browser_of_olga.get(address.replace("&amp;", "&")))
    for box in ('value="Zebedee John"', 'value="Quill"', 'value="2016"'):
        assert box in form
    new = {"given_names": "Zebedee John", "family_name": "Quill", "born_on-day": 4, "born_on-month": 5}
    made = browser_of_olga.post(address.replace("&amp;", "&"), {**new, "born_on-year": 2016, "token": str(uuid7())})
    assert made.status_code == 302
    assert made["Location"].startswith("/cases/new/")


def test_an_agency_that_is_asked_may_then_see_the_child(browser_of_olga, here, olga, a_case, begun):
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    therapy = an_agency(here, "health", "Therapy service")
    therapist = a_person(here, Role.PROFESSIONAL, agency=therapy)
    with acting(user=therapist, area=here):
        assert not type(case.child).objects.filter(pk=case.child_id).exists()
    with acting(user=olga, area=here) as by:
        on = begun + timedelta(days=15)
        actions.ask_for_advice(
            by=by, case=case, kind="health", body=therapy.name, agency=therapy, asked_on=on, received_on=on
        )
    with acting(user=therapist, area=here):
        assert type(case.child).objects.filter(pk=case.child_id).exists()


def test_the_answer_of_a_body_is_recorded_from_its_row(browser_of_olga, a_case, begun):
    asked = ("advice_requested", 20, {"from": "Therapy service"})
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}), asked))
    page = reverse("cases:record", args=[case.pk, "advice_received"])
    opened = browser_of_olga.get(page, {"from": "Therapy service"})
    assert 'value="Therapy service"' in text(opened)
    form = {**hidden(opened), "from": "Somebody unasked", **boxes("date", begun + timedelta(days=40))}
    wrong = browser_of_olga.post(page, {**form, "step": "confirm"})
    assert "has nothing to follow for Somebody unasked" in text(wrong)
    done = browser_of_olga.post(page, {**form, "from": "Therapy service", "step": "confirm"})
    assert done.status_code == 302
    assert "Kept" in text(browser_of_olga.get(done.url))


def test_a_correction_shows_what_it_changes_and_needs_a_reason(browser_of_olga, recorded, here, olga, a_case):
    case = a_case(events=(("assess_decision", 14, {"outcome": "refuse"}),))
    [entry] = recorded(case, "assess_decision")
    page = reverse("cases:correct", args=[case.pk, entry.pk])
    form = {**hidden(browser_of_olga.get(page)), **boxes("date", entry.happened_on), "outcome": "assess"}
    assert "Enter why is this corrected" in text(browser_of_olga.post(page, form)) or "Answer the question" in text(
        browser_of_olga.post(page, form)
    )
    told = browser_of_olga.post(page, {**form, "note": "Wrong box"})
    assert "The case becomes “Assessing”" in text(told)
    assert "runs again" in text(told)
    assert browser_of_olga.post(page, {**hidden(told), "step": "confirm"}).status_code == 302
    with acting(user=olga, area=here):
        case.refresh_from_db()
    assert case.stage == "ASSESSING"


def test_correcting_a_request_for_advice_moves_it_on_the_body_s_desk(browser_of_olga, recorded, here, olga, a_case):
    case = a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    therapy = an_agency(here, "health", "Therapy service")
    on, really = case.opened_on + timedelta(days=15), case.opened_on + timedelta(days=18)
    with acting(user=olga, area=here) as by:
        actions.ask_for_advice(
            by=by, case=case, kind="health", body=therapy.name, agency=therapy, asked_on=on, received_on=on
        )
    [entry] = recorded(case, "advice_requested")
    page = reverse("cases:correct", args=[case.pk, entry.pk])
    form = {**hidden(browser_of_olga.get(page)), "from": therapy.name, "note": "Sent later", **boxes("date", really)}
    assert browser_of_olga.post(page, {**form, "step": "confirm"}).status_code == 302
    with acting(user=olga, area=here):
        request = AdviceRequest.objects.get(case=case)
        duty = case.child.duties.get(rule="advice.response")
    assert (request.received_on, duty.agency_id, duty.due_on) == (really, therapy.pk, really + timedelta(weeks=6))


def test_an_entry_corrected_meanwhile_is_not_corrected_again_and_the_text_is_kept(
    browser_of_olga, recorded, here, a_case, begun
):
    case = a_case(events=(("assess_decision", 14, {"outcome": "refuse"}),))
    [entry] = recorded(case, "assess_decision")
    page = reverse("cases:correct", args=[case.pk, entry.pk])
    form = {
        **hidden(browser_of_olga.get(page)),
        **boxes("date", entry.happened_on),
        "outcome": "assess",
        "note": "My own reason",
    }
    with acting(user=a_person(here, Role.CASE_OFFICER, name="Cal Colleague"), area=here) as by:
        actions.withdraw_event(by=by, event=entry, note="Other child")
    told = browser_of_olga.post(page, {**form, "step": "confirm"})
    assert told.status_code == CONFLICT
    assert "Cal Colleague withdrew" in text(told)
    assert "My own reason" in text(told)


def test_an_entry_is_withdrawn_with_its_consequences_shown(browser_of_olga, recorded, a_case):
    case = a_case(events=(("assess_decision", 14, {"outcome": "refuse"}),))
    [entry] = recorded(case, "assess_decision")
    page = reverse("cases:withdraw", args=[case.pk, entry.pk])
    form = {**hidden(browser_of_olga.get(page)), "note": "Another child's decision"}
    told = browser_of_olga.post(page, form)
    assert "The case becomes “Request under consideration”" in text(told)
    assert browser_of_olga.post(page, {**hidden(told), "step": "confirm"}).status_code == 302
    assert browser_of_olga.get(page).status_code == 302


def test_withdrawing_what_began_a_case_names_the_entries_that_rest_on_it(browser_of_olga, here, a_case):
    alone, more = a_case(), a_case(events=(("assess_decision", 14, {"outcome": "assess"}),))
    with acting_as_system(here):
        first = {case.pk: Event.objects.get(case=case, kind="request_received").pk for case in (alone, more)}

    def check(case) -> str:
        page = reverse("cases:withdraw", args=[case.pk, first[case.pk]])
        return text(browser_of_olga.post(page, {**hidden(browser_of_olga.get(page)), "note": "Never came"}))

    assert "The one later entry stays and rests on nothing without it" in check(more)
    assert "rests on nothing" not in check(alone)


def test_who_has_the_case_is_changed_once_and_never_over_somebody(browser_of_olga, here, olga, a_case):
    case = a_case()
    cal = a_person(here, Role.CASE_OFFICER, name="Cal Colleague")
    page = reverse("cases:assign", args=[case.pk])
    form = {**hidden(browser_of_olga.get(page)), "officer": str(cal.pk), "deputy": str(cal.pk), "team": ""}
    assert "choose two people" in text(browser_of_olga.post(page, form))
    assert browser_of_olga.post(page, {**form, "deputy": ""}).status_code == 302
    told = browser_of_olga.post(page, {**form, "officer": str(olga.pk), "deputy": ""})
    assert told.status_code == CONFLICT
    with acting(user=olga, area=here):
        case.refresh_from_db()
    assert case.officer_id == cal.pk
