"""An officer sends the notice of a refusal: told what is missing, reads the letter, sends it, and proves the post."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.notices import actions
from kept.notices.making import LETTERHEAD
from kept.people.models import Address, Carer, Enrolment, ParentalLink
from tests import made_up


@pytest.fixture
def refused(transactional_db, settings, tmp_path):
    """A case refused yesterday, of a child with one parent and a school."""
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    area = made_up.an_area()
    olu = made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")
    child = made_up.a_child(area)
    for kind in (AgencyKind.ICB, AgencyKind.SOCIAL_CARE, AgencyKind.SCHOOL):
        made_up.an_agency(area, kind, email=f"{kind}@partner.example")
    with acting_as_system(area) as system:
        carer = Carer.objects.create(area=area, name="Pat Sample")
        more = {"area": area, "child": child, "starts_on": made_up.LONG_AGO}
        ParentalLink.objects.create(carer=carer, relationship="mother", has_responsibility=True, **more)
        Address.objects.create(lines="1 High Street\nSandhaven", postcode="SN1 1AA", **more)
        Enrolment.objects.create(setting=made_up.an_agency(area, AgencyKind.SCHOOL), **more)
        facts = dict.fromkeys(LETTERHEAD, "A service, 01234 567890") | {"la_email": "send@sandhaven.example"}
        actions.set_letterhead(by=system, facts=facts)
    with acting(user=olu, area=area) as by:
        asked = {"kind": "request_received", "on": today_here() - timedelta(weeks=4), "details": {"by": "parent"}}
        case = cases.open_case(by=by, child=child, officer=olu, **asked)
        decided = {"kind": "assess_decision", "on": today_here(), "details": {"outcome": "refuse"}}
        cases.record(by=by, case=case, **decided)
    return olu, case


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_refusal_goes_to_everybody_with_proof(visit, refused, phone):
    user, case = refused
    olu = visit(user, phone=phone)
    # given a refusal whose letters are not made yet
    olu.goes_to(f"/cases/{case.pk}/notices/")
    olu.sees("We will not assess")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.page.get_by_role("button", name=re.compile("Make the letters.*We will not assess")).click()
    # when they look, they are told what is missing
    olu.is_on("We will not assess")
    olu.sees("Write the reasons.")
    olu.sees("Pat Sample")
    olu.does_not_see("Send to everybody")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.fills("The reasons", "The school can meet the needs from what it has.")
    olu.presses("Save", exact=True)
    olu.sees("Ready to go")
    # and can read the letter first
    olu.follows("Read the letter to Pat Sample")
    olu.sees("Your right to appeal")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.page.go_back()
    # then it goes: by email at once, by post when they say so
    olu.presses("Send to everybody")
    olu.sees("On the post list")
    olu.sees("Accepted by the mail server")
    olu.goes_to("/notices/post/")
    olu.is_on("The post list")
    olu.finds_the_page_accessible()
    olu.does_not_scroll_sideways()
    olu.presses("They went")
    olu.sees("Recorded as gone: 1.")
    # and the case says that it was sent
    olu.goes_to(f"/cases/{case.pk}/")
    olu.sees(re.compile("decision notice", re.IGNORECASE))
    olu.goes_to(f"/cases/{case.pk}/notices/")
    olu.sees(re.compile("Sent [0-9]"))
