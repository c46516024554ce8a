"""From the family's first page, one link on, each of the eight questions has its answer: the fact itself.

The links are followed as a parent follows them, from the page that the server sends, without a browser.
"""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
import time_machine

from kept.access.acting import acting_as_system
from kept.access.models import Grant, Relation
from kept.cases import actions as cases
from kept.delivery import recording
from kept.delivery.recording import Given
from kept.delivery.tests.made import SPEECH, VAGUE, an_item, last_school_week
from kept.family.answering import EIGHT
from tests import made_up

WHO, NEXT, OWED, HAPPENING, WRITTEN, LOOKED, UNHAPPY, HELP = EIGHT
MONDAY = date(2026, 6, 15)
# What has the same answer in every case of Nia's.
ALWAYS = {
    WHO: ("Olu Officer has it.", "Dee Deputy stands in", "01632 960001"),
    WRITTEN: ("Nia Sample", "Date of birth", "Letters to you", "Ask for a copy of all we hold"),
    LOOKED: ("Olu Officer", "Why they may"),
    HELP: ("Family advice", "01632 960002", "Invite somebody to help you"),
}
COMPLAIN = ("Write your complaint to us here", "ask the Ombudsman", "SEND Tribunal")
NO_PLAN = ("There is no plan now",)
CASES = {
    "waiting": {
        NEXT: ("We must tell you if we will find out more. By Tuesday 16 June 2026. That is tomorrow.",),
        OWED: ("No promise is late now.", "By Tuesday 16 June 2026"),
        HAPPENING: NO_PLAN,
        UNHAPPY: ("There is nothing to appeal now.", *COMPLAIN),
    },
    "late": {
        NEXT: ("The day was Monday 1 June 2026. It is 14 days late.",),
        OWED: ("1 promise is late now.", "We did not tell you before the day. We should have."),
        HAPPENING: NO_PLAN,
        UNHAPPY: ("There is nothing to appeal now.", *COMPLAIN),
    },
    "refused": {
        NEXT: ("It is your turn now.",),
        OWED: ("Kept in time",),
        HAPPENING: NO_PLAN,
        UNHAPPY: ("you can ask a judge to look at it", "You have until Tuesday 1 September 2026", *COMPLAIN),
    },
    "plan": {
        NEXT: ("We must give the help that the plan says. The day was Sunday 14 June 2026.",),
        OWED: ("2 promises are late now. Nothing is still to come.", "Late now (2)"),
        HAPPENING: (
            "1 kind of help did not all come.",
            "For 1 kind of help nobody can count it. The plan does not say how much.",
            "did not come as the plan says",
        ),
        UNHAPPY: ("You have until", *COMPLAIN),
    },
}


class Links(HTMLParser):
    """The addresses in the main part of a page, on this site and without their fragments."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, None] = {}
        self.feed(page[page.index("<main") : page.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link."""
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/"):
            self.found[href.split("#")[0]] = None


def words_of(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace(" .", ".")


def reachable(client) -> list[str]:
    """What the first page after signing in says, and every page to which it links."""
    answer = client.get("/family/", follow=True)
    first = answer.content.decode()
    said = [words_of(first)]
    for href in Links(first).found:
        answer = client.get(href, follow=True)
        assert answer.status_code == 200, f"{href} leads nowhere: {answer.status_code}"
        if answer["Content-Type"].startswith("text/html"):
            said.append(words_of(answer.content.decode()))
    return said


def a_case_that_is(place, kind: str) -> object:
    """Nia's case as it is on the Monday: waiting, late, refused, or with a plan of which not all was given."""
    asked = date(2026, 5, 5) if kind == "waiting" else date(2026, 4, 20)
    with place.acting(place.officer, MONDAY) as by:
        case = cases.open_case(
            by=by, child=place.child, kind="request_received", on=asked, details={"by": "parent"},
            officer=place.officer, deputy=place.deputy, team=place.team,
        )  # fmt: skip
        if kind in {"refused", "plan"}:
            outcome = "assess" if kind == "plan" else "refuse"
            day = date(2026, 5, 28) if kind == "plan" else date(2026, 6, 11)
            cases.record(by=by, case=case, kind="assess_decision", on=day, details={"outcome": outcome})
        if kind == "refused":
            facts = {"decision": "refuse_assess"}
            cases.record(by=by, case=case, kind="decision_notice_sent", on=day, details=facts)
        if kind == "plan":
            cases.record(by=by, case=case, kind="draft_plan_served", on=date(2026, 5, 29))
            cases.record(by=by, case=case, kind="final_plan_sent", on=date(2026, 6, 14))
            facts = {"decision": "final_plan"}
            cases.record(by=by, case=case, kind="decision_notice_sent", on=date(2026, 6, 14), details=facts)
    if kind == "plan":
        _half_given(place)
    return case


def _half_given(place) -> None:
    """Speech therapy that did not come in the last three weeks, and help that nobody can count."""
    speech = an_item(place.child, SPEECH, deliverer=place.health)
    an_item(place.child, VAGUE)
    weeks = {last_school_week(MONDAY - timedelta(weeks=back)) for back in range(3)}
    given = [Given(speech.pk, week, "missed", reason="capacity") for week in sorted(weeks)]
    with place.acting(place.therapist, MONDAY) as by:
        recording.record(by=by, given=given)


@pytest.mark.parametrize("kind", CASES)
def test_each_of_the_eight_questions_is_answered_on_the_first_page_or_one_link_on(place, browse, kind):
    with time_machine.travel(MONDAY):
        case = a_case_that_is(place, kind)
        assert browse(place.officer).get(f"/cases/{case.pk}/").status_code == 200
        said = reachable(browse(place.mother))
    facts = ALWAYS | CASES[kind]
    assert set(facts) == set(EIGHT)
    missing = [f"{asked} {fact!r}" for asked in EIGHT for fact in facts[asked] if not any(fact in one for one in said)]
    assert not missing, "\n".join(missing)


def test_a_mother_of_two_reads_on_her_first_page_how_it_stands_with_each(place, browse):
    other = made_up.a_child(place.area, "Sam")
    with acting_as_system(place.area):
        Grant.objects.create(
            area=place.area,
            child_id=other.pk,
            user=place.mother,
            relation=Relation.FAMILY,
            starts_on=other.born_on,
        )
    with time_machine.travel(MONDAY):
        a_case_that_is(place, "late")
        page = words_of(browse(place.mother).get("/family/").content.decode())
    assert "The day was Monday 1 June 2026. It is 14 days late." in page
    assert "1 promise is late now for Nia" in page
    assert "Nobody has asked for a plan for Sam yet." in page


def test_where_help_did_not_come_nobody_reads_that_there_is_nothing_to_do(place, browse):
    a_case_that_is(place, "plan")
    for on in (MONDAY, MONDAY + timedelta(days=300)):  # while a judge can be asked, and when nothing else is to be done
        with time_machine.travel(on):
            page = words_of(browse(place.mother).get(f"/family/{place.child.pk}/").content.decode())
        assert ("Some help that the plan promises did not come." in page) is (on == MONDAY)
        assert ("We do not know if all the help came." in page) is (on != MONDAY)
        assert "tell us what came" in page
        assert "You do not need to do anything now" not in page


def test_a_refusal_without_a_letter_is_not_called_nothing_to_appeal(place, case, browse):
    with place.acting(place.officer) as by:
        cases.record(by=by, case=case, kind="assess_decision", on=place.today, details={"outcome": "refuse"})
    with time_machine.travel(MONDAY):
        page = words_of(browse(place.mother).get(f"/family/{place.child.pk}/help/").content.decode())
    assert "no letter is on this record. Ask us for it now." in page
    assert "nothing to appeal" not in page


def test_a_day_to_appeal_that_has_passed_is_said(place, browse):
    with time_machine.travel(MONDAY):
        a_case_that_is(place, "refused")
    with time_machine.travel(date(2026, 9, 2)):
        page = words_of(browse(place.mother).get(f"/family/{place.child.pk}/help/").content.decode())
    assert "The last day to appeal was Tuesday 1 September 2026." in page


def test_each_page_that_the_first_leads_to_leads_back(place, browse):
    a_case_that_is(place, "waiting")
    client, home = browse(place.mother), f"/family/{place.child.pk}/"
    with time_machine.travel(MONDAY):
        for href in Links(client.get(home).content.decode()).found:
            answer = client.get(href, follow=True)
            if not answer["Content-Type"].startswith("text/html") or href.startswith("/local-offer/"):
                continue
            assert f'href="{home}" class="govuk-back-link"' in answer.content.decode(), href
