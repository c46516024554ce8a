"""The night over all plans: what is found, kept, ranked, and shown with filters and as a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kept.access.acting import acting_as_system
from kept.plans import caseload, importing, versions
from kept.plans import caseload_queries as queries
from kept.plans.caseload_reading import caseload as versions_checked
from kept.plans.models import LintNight, PlanNight
from tests.made_up import a_child

GOOD = """Section A: views
A1. Nia said on 3 March 2026, with picture cards: I like building things and I want people to wait for me.
A2. Nia would like to be a builder.
Section B: needs
B1. Nia joins two words. Strength: she draws.
Section C: health needs
C1. The designated clinical officer confirmed on 8 January 2026 that Nia has no health needs related to her needs.
Section D: social care needs
D1. A social worker met the family on 15 January 2026 and found no social care needs related to Nia's needs.
Section E: outcomes
E1. By July 2027 Nia will use three words together in four lessons out of five. In March 2026 she used two. About B1.
Section F: provision
F1. A registered speech and language therapist will see Nia one-to-one for 45 minutes each week in term time \
(38 weeks) to build three-word phrases. Meets B1, E1.
Section G: health provision
G1. None is needed.
Section H1: social care provision which must be made under section 2
H1. None is needed.
Section H2: any other social care provision
H2. None is needed.
Section I: placement
Section J: personal budget
J1. The family was told about personal budgets on 3 March 2026 and did not ask for a direct payment.
Section K: advice
K1. Speech and language therapy report of 1 March 2026, appendix 1.
"""
BAD = """Section B: needs
B1. Bo joins two words.
Section F: provision
F1. Bo will have access to regular speech and language therapy as required.
F2. Bo will receive support from an adult in class.
"""


@pytest.fixture
def two_plans(place, as_person):
    """A good plan and a bad one, both being written."""
    olga = as_person(place.olga)
    bo = a_child(place.area, "Bo", "Other")
    made = []
    for child, text in ((place.child, GOOD), (bo, BAD)):
        one = importing.begin(by=olga, child=child, text=text)
        made.append(importing.make_version(by=olga, one=one, is_in_force=False))
    return made


def night(place, **more):
    with acting_as_system(place.area, **more) as by:
        return caseload.check_all(by=by)


def test_the_worst_plan_comes_first_and_a_second_night_changes_nothing(place, as_person, two_plans):
    good, bad = two_plans
    assert night(place) == 2
    olga = as_person(place.olga)
    ranked = list(queries.plans_found(olga, queries.Asked()))
    assert [one.version_id for one in ranked] == [bad.pk, good.pk]
    assert ranked[0].points > 50 + ranked[1].points
    assert (ranked[0].provisions, ranked[0].schedulable) == (2, 0)
    assert (ranked[1].provisions, ranked[1].schedulable, ranked[1].needs_threaded) == (1, 1, 1)
    found = queries.totals(olga)
    assert (found.plans, found.provisions, found.schedulable) == (2, 3, 1)
    assert found.countable == pytest.approx(1 / 3)
    before = set(LintNight.objects.values_list("fingerprint", "on"))
    night(place)
    as_person(place.olga)
    assert set(LintNight.objects.values_list("fingerprint", "on")) == before
    assert PlanNight.objects.count() == 2


def test_reports_by_rule_service_and_writer_add_up(place, as_person, two_plans):
    night(place)
    olga = as_person(place.olga)
    rows = LintNight.objects.all()
    by_rule = queries.by_rule(olga, queries.Asked())
    assert {one.key for one in by_rule} == set(rows.values_list("rule", flat=True))
    assert [one.points for one in by_rule] == sorted((one.points for one in by_rule), reverse=True)
    service = {one.key: one for one in queries.by_service(olga, queries.Asked())}
    assert service["speech and language therapy"].blockers >= 1
    (writer,) = queries.by_writer(olga, queries.Asked())
    assert (writer.name, writer.plans, writer.countable) == ("Olga Officer", 2, pytest.approx(1 / 3))
    only = queries.Asked(service="speech and language therapy", severity="blocker")
    assert [one.version_id for one in queries.plans_found(olga, only)] == [two_plans[1].pk]


def test_what_is_checked_is_the_plan_in_force_and_what_is_being_written(place, as_person, two_plans):
    with acting_as_system(place.area) as by:
        assert {one.pk for one in versions_checked(by)} == {one.pk for one in two_plans}


def test_the_page_filters_sorts_and_gives_a_file(place, browse, two_plans):
    client = browse(place.olga)
    assert "No plan has been checked yet" in client.get(reverse("plans:caseload")).content.decode()
    night(place)
    page = client.get(reverse("plans:caseload")).content.decode()
    assert page.index("Bo Other") < page.index("Nia Sample")
    page = client.get(reverse("plans:caseload"), {"sort": "points"}).content.decode()
    assert page.index("Nia Sample") < page.index("Bo Other")
    page = client.get(reverse("plans:caseload"), {"rule": "F04"}).content.decode()
    assert "Nia Sample" not in page
    for by in ("rule", "service", "writer", "nonsense"):
        assert client.get(reverse("plans:caseload"), {"by": by, "page": "x", "writer": "1"}).status_code == 200
    file = client.get(reverse("plans:caseload"), {"format": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode().splitlines()[1].startswith("Bo Other")
    shown = client.get(reverse("plans:findings", kwargs={"pk": two_plans[1].pk})).content.decode()
    assert "This does not say how often." in shown


def test_a_plan_in_force_is_taken_up_by_the_ledger_and_the_night_asks_what_came(place, as_person):
    olga = as_person(place.olga)
    one = importing.begin(by=olga, child=place.child, text=GOOD)
    version = importing.make_version(by=olga, one=one, is_in_force=True)
    versions.issue_imported(by=olga, version=version, on=olga.today - timedelta(days=90))
    night(place)
    (provision,) = version.entries.filter(section="F")
    found = set(LintNight.objects.filter(version=version, lineage=provision.lineage).values_list("rule", flat=True))
    assert {"L03", "L04"} <= found  # nobody is named who gives it, and nobody checked that it is in place
