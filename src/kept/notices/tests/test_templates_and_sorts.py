"""The council's own templates, tried on real cases; papers that must be in; a young person; direct payments."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pypdf import PdfReader

from kept.access.acting import Refused, acting
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.letters import Letter, text
from kept.letters.pdf import as_pdf
from kept.notices import actions, plan_papers, queries, sending
from kept.notices.making import desk_of, letter_for, readiness
from kept.notices.models import Dispatch, Wording
from kept.notices.recipients import suggested
from kept.notices.sorts import SORTS
from kept.notices.wording import Wrong, our_template
from kept.people.models import Child
from kept.plans import versions
from kept.plans.tests.made import a_written_plan
from kept.subject_access.passing_on import record_step
from tests.made_up import a_person

from .conftest import TODAY

NOON = datetime(2025, 12, 15, 12, tzinfo=ZoneInfo("Europe/London"))
A_PDF = as_pdf(Letter("Draft plan", "C", (), "N", (), "today", "1", (text("Draft"),)))


@pytest.fixture
def mia(here):
    """A case manager."""
    return a_person(here, Role.CASE_MANAGER, name="Mia Manager")


def own(sort, title="Our own title"):
    return {"sort": sort, "is_easy": False, "title": title, "body": our_template(SORTS[sort]).body}


def test_a_template_is_published_as_a_version_and_letters_use_the_latest(here, mia, ready, olga):
    with acting(user=mia, area=here, today=TODAY) as by:
        for number in (1, 2):
            made = actions.publish_wording(by=by, **own("N2-refuse", f"Title {number}"), why="Plainer")
            assert made.version == number
    with acting(user=olga, area=here, today=TODAY) as by:
        sending.send(by=by, notice=ready, moment=NOON)
        one = Dispatch.objects.filter(notice=ready).first()
        assert (one.letter["title"], one.wording.version) == ("Title 2", 2)


def test_a_template_without_what_the_law_requires_is_refused_with_every_fault(here, mia):
    with acting(user=mia, area=here, today=TODAY) as by:
        with pytest.raises(Wrong) as told:
            actions.publish_wording(
                by=by, sort="N2-refuse", is_easy=False, title="T", body="{{decision}} {{oops}}", why="x"
            )
        assert any("the reasons" in words for words in told.value.problems)
        assert any("{{oops}}" in words for words in told.value.problems)
        with pytest.raises(Refused, match="Say why"):
            actions.publish_wording(by=by, **own("N3"), why=" ")
    assert not Wording.objects.exists()


def test_an_officer_does_not_change_templates(by):
    with pytest.raises(Refused):
        actions.publish_wording(by=by, **own("N3"), why="x")
    with pytest.raises(Refused):
        actions.set_letterhead(by=by, facts={})


def test_a_template_is_tried_on_real_cases_with_what_would_be_missing(here, mia, olga, child):
    with acting(user=olga, area=here) as by:
        asked = {"kind": "request_received", "on": by.today, "details": {"by": "parent"}}
        cases.open_case(by=by, child=child, officer=olga, **asked)
    client = Client()
    client.force_login(mia, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["area"] = str(here.pk)
    session.save()
    given = {"title": "About {{who}}", "body": our_template(SORTS["N1"]).body, "step": "try"}
    page = client.post("/notices/templates/N1/standard/", given).content.decode()
    assert "About Nia" in page
    assert "letterhead lacks" in page
    given["body"] = "{{considering}}"
    page = client.post("/notices/templates/N1/standard/", given | {"step": "publish"}).content.decode()
    assert "It leaves out the right to give views and evidence" in page
    given["body"] = our_template(SORTS["N1"]).body
    answer = client.post("/notices/templates/N1/standard/", given | {"step": "publish", "why": "Plainer"})
    assert answer.status_code == 302
    assert client.get("/notices/templates/").status_code == 200


def drafted(by, child, olga, on):
    asked = {"kind": "request_received", "on": date(2025, 9, 1), "details": {"by": "parent"}}
    case = cases.open_case(by=by, child=child, officer=olga, **asked)
    cases.record(by=by, case=case, kind="assess_decision", on=date(2025, 10, 1), details={"outcome": "assess"})
    cases.record(by=by, case=case, kind="draft_plan_served", on=on)
    event = case.events.get(kind="draft_plan_served")
    return actions.start(by=by, case=case, sort="N4", event=event.pk)


def test_a_draft_plan_needs_its_papers_and_gives_post_its_days(by, child, olga, letterhead):
    notice = drafted(by, child, olga, TODAY)
    state = readiness(desk_of(by, notice, dated=TODAY))
    assert "Put in the draft plan: the notice must hold it." in state.content
    for what in ("draft plan", "advice"):
        actions.enclose(by=by, notice=notice, title=what.capitalize(), what=what, content=A_PDF)
    desk = desk_of(by, notice, dated=TODAY)
    assert readiness(desk).is_ready
    letters = {one.name: letter_for(desk, one).all_words() for one in desk.recipients}
    # by email it is served on the 15th, and the 15th day is the 29th; by post two working days later
    assert "Send us your answer by: 29 December 2025" in letters["Farid Sample"]
    assert "Send us your answer by: 31 December 2025" in letters["Mara Sample"]
    assert "Draft plan" in letters["Mara Sample"]


def test_the_plan_is_put_in_from_what_is_written(by, child, olga, letterhead):
    """One press: the draft as it was sent to the family, as a PDF that says what it is."""
    notice = drafted(by, child, olga, TODAY)
    with pytest.raises(Refused, match="No draft of the plan was sent"):
        plan_papers.put_in(by=by, notice=notice, what="draft plan")
    version, _ = a_written_plan(by, child)
    versions.send_draft(by=by, version=version)
    made = plan_papers.put_in(by=by, notice=notice, what="draft plan")
    assert (made.title, made.what) == ("Draft plan, version 1", "draft plan")
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(bytes(made.content))).pages)
    assert "Draft: not in force" in " ".join(pages.split())
    assert "Nia wants to be a builder" in " ".join(pages.split())
    state = readiness(desk_of(by, notice, dated=TODAY))
    assert "Put in the draft plan: the notice must hold it." not in state.content
    with pytest.raises(Refused, match="not made from the plan"):
        plan_papers.put_in(by=by, notice=notice, what="advice")


def test_a_young_person_gets_the_letter_themself(by, child, olga, letterhead):
    Child.objects.filter(pk=child.pk).update(born_on=date(2008, 5, 4))
    child.refresh_from_db()
    notice = drafted(by, child, olga, TODAY)
    family = [one for one in notice.recipients.all() if one.is_family]
    assert [one.name for one in family] == ["Nia Sample"]
    letter = letter_for(desk_of(by, notice, dated=TODAY), family[0])
    assert letter.title == "A draft plan for you"


@pytest.mark.usefixtures("letterhead")
@pytest.mark.parametrize(
    ("who", "letters"),
    [
        ("Mara Sample", {"Nia Sample", "Mara Sample"}),
        ("Her parents", {"Nia Sample", "Mara Sample", "Farid Sample"}),
        ("Dee Deputy, court deputy", {"Nia Sample", "Dee Deputy, court deputy"}),
    ],
)
def test_whoever_decides_for_a_young_person_gets_the_letter_too(by, child, olga, who, letters):
    Child.objects.filter(pk=child.pk).update(born_on=date(2008, 5, 4))
    child.refresh_from_db()
    facts = {"by": by, "child": child, "how": "Assessed.", "decision": "the draft plan"}
    record_step(**facts, step="lacks_capacity", on=TODAY - timedelta(days=9), representative=who)
    notice = drafted(by, child, olga, TODAY)
    assert {one.name for one in notice.recipients.all() if one.is_family} == letters
    record_step(**facts, step="has_capacity", on=TODAY)
    people, left_out = suggested(by, notice.case, SORTS[notice.sort])
    assert {one.name for one in people if one.is_family} == {"Nia Sample"}
    assert {one.name for one in left_out} == {"Mara Sample", "Farid Sample"}


@pytest.mark.usefixtures("letterhead")
def test_payments_stop_only_after_notice_and_with_reasons(by, child, olga):
    case = drafted(by, child, olga, TODAY - timedelta(days=1)).case
    cases.record(by=by, case=case, kind="direct_payment_decision", on=TODAY, details={"outcome": "stop"})
    owed = next(line.owed for line in queries.lines_of(by, case)[0] if line.owed.sort.number == "N14")
    assert owed.sort.key == "N14-stop"
    notice = actions.start(by=by, case=case, sort=owed.sort.key, event=UUID(owed.key))
    assert actions.start(by=by, case=case, sort=owed.sort.key, event=UUID(owed.key)).pk == notice.pk
    with pytest.raises(Refused, match="Choose the step"):
        actions.start(by=by, case=case, sort="N14-stop")
    facts = {"takes_effect_on": TODAY, "reasons": "The provision changed."}
    actions.write(by=by, notice=notice, facts=facts)
    notice.refresh_from_db()
    assert any("reasonable notice" in words for words in readiness(desk_of(by, notice, dated=TODAY)).content)
    actions.write(by=by, notice=notice, facts={"takes_effect_on": date(2026, 2, 1)})
    notice.refresh_from_db()
    mother = notice.recipients.get(name="Mara Sample")
    words = letter_for(desk_of(by, notice, dated=TODAY), mother).all_words()
    assert "This takes effect on 1 February 2026" in words
    assert "On 15 December 2025 we decided to stop the direct payments" in words
    assert "ask us once to think again" in words


def test_a_notice_knows_only_its_own_questions(by, ready):
    with pytest.raises(Refused, match="no use"):
        actions.write(by=by, notice=ready, facts={"changes": "x"})
