"""An area with a letterhead, an officer and a case of a child whose parents live apart."""

from __future__ import annotations

from datetime import date

import pytest

from kept.access.acting import acting, acting_as_system
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.notices import actions
from kept.people.models import Address, Carer, Enrolment, ParentalLink
from tests.made_up import LONG_AGO, a_child, a_person, an_agency, an_area

TODAY = date(2025, 12, 15)
FACTS = {
    "council": "Sandhaven Council",
    "address": "SEND service\nTown Hall\nSandhaven SN1 1AA",
    "la_contact": "the SEND team",
    "la_phone": "01234 567890",
    "la_email": "send@sandhaven.example",
    "adviser": "Level Ground Mediation",
    "adviser_contact": "01234 500000",
    "disagreement": "Common Ground",
    "disagreement_contact": "01234 500001",
    "sendiass": "Sandhaven SENDIASS",
    "sendiass_contact": "01234 500002",
    "schools_where": "The Local Offer lists schools and colleges: localoffer.sandhaven.example",
    "tribunal": "",
}
REFUGE = "Hidden Refuge House"


@pytest.fixture
def here(settings, tmp_path, db):
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    settings.DEFAULT_FROM_EMAIL = "kept@sandhaven.example"
    area = an_area()
    for kind in (AgencyKind.ICB, AgencyKind.SOCIAL_CARE, AgencyKind.SCHOOL):
        an_agency(area, kind, email=f"{kind}@partner.example")
    return area


@pytest.fixture
def olga(here):
    return a_person(here, Role.CASE_OFFICER, name="Olga Officer")


@pytest.fixture
def child(here):
    """Nia, whose mother lives at a refuge and whose father has an address of his own."""
    nia = a_child(here)
    with acting_as_system(here):
        mother = Carer.objects.create(area=here, name="Mara Sample", email="mara@home.example")
        father = Carer.objects.create(area=here, name="Farid Sample", email="farid@home.example", prefers="email")
        more = {"area": here, "child": nia, "has_responsibility": True, "starts_on": LONG_AGO}
        ParentalLink.objects.create(carer=mother, relationship="mother", **more)
        ParentalLink.objects.create(carer=father, relationship="father", lives_with=False, **more)
        Address.objects.create(
            area=here,
            child=nia,
            lines=REFUGE,
            postcode="QX9 9XQ",
            starts_on=LONG_AGO,
            is_confidential=True,
            holder=mother,
        )
        school = an_agency(here, AgencyKind.SCHOOL)
        Enrolment.objects.create(area=here, child=nia, setting=school, starts_on=LONG_AGO)
    return nia


@pytest.fixture
def by(here, olga, db):
    """The officer, acting on the day of the decision."""
    with acting(user=olga, area=here, today=TODAY) as actor:
        yield actor


@pytest.fixture
def letterhead(here):
    with acting_as_system(here) as system:
        return actions.set_letterhead(by=system, facts=FACTS)


@pytest.fixture
def case(by, child, olga):
    """A request of 3 November 2025, refused on the last lawful day."""
    asked = {"kind": "request_received", "on": date(2025, 11, 3), "details": {"by": "parent"}}
    found = cases.open_case(by=by, child=child, officer=olga, **asked)
    cases.record(by=by, case=found, kind="assess_decision", on=TODAY, details={"outcome": "refuse"})
    found.refresh_from_db()
    return found


@pytest.fixture
def refusal(by, case):
    """The notice of that refusal, begun."""
    event = case.events.get(kind="assess_decision")
    return actions.start(by=by, case=case, sort="N2-refuse", event=event.pk)


@pytest.fixture
def ready(by, refusal, letterhead):
    """The same with its reasons written: ready to go."""
    return actions.write(by=by, notice=refusal, facts={"reasons": "The school can meet the needs.\n\nWe looked at it."})
