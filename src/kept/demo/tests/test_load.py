from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from kept.access.acting import acting, acting_as_system
from kept.access.models import Agency, Grant, Membership, User
from kept.access.roles import Role
from kept.cases import projection
from kept.cases.models import AdviceRequest, Case, Event
from kept.demo import compare, figures, places
from kept.demo.days import Days
from kept.demo.load import AlreadyThere, Loaded, load
from kept.duties.models import Duty
from kept.messages.models import Message
from kept.people.models import Address, Child, Enrolment, Identifier

PROJECTED = ("id", "stage", "stage_since", "next_due_on", "next_what", "has_plan")
OWED = ("source_id", "key", "due_on", "met_on", "ended_on", "released_by", "agency_id", "team_id", "person_id")


def test_nobody_has_a_number_or_a_postcode_of_a_real_person(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today):
        numbers = list(Identifier.objects.filter(area=area.area).values_list("kind", "value"))
        postcodes = set(Address.objects.filter(area=area.area).values_list("postcode", flat=True))
        urns = set(Agency.objects.filter(area=area.area).exclude(urn="").values_list("urn", flat=True))
        addresses = list(User.objects.exclude(email="system@kept.invalid").values_list("email", flat=True))
    assert all(value.startswith("999") for kind, value in numbers if kind == "nhs")
    assert all(value[4:6] == "00" for kind, value in numbers if kind == "upn")
    assert all(value.startswith("99999") for kind, value in numbers if kind == "uln")
    assert postcodes
    assert all(postcode.startswith("QX") for postcode in postcodes)
    assert all(urn.startswith("99") for urn in urns)
    assert all(address.endswith(".demo.invalid") for address in addresses)


def test_stages_and_duties_are_those_that_the_cases_would_write_themselves(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today) as by:
        some = list(Case.objects.order_by("id")[::4])
        told = list(Case.objects.filter(child__in=[child for _, child in area.stories]))
        for case in {*some, *told}:
            of_case = Duty.objects.filter(source=projection.SOURCE, source_id=case.pk).order_by("key")
            answers = AdviceRequest.objects.filter(case=case).order_by("id").values_list("id", "answered_on")
            before = (
                list(of_case.values_list("id", *OWED)),
                list(answers),
                [getattr(case, name) for name in PROJECTED],
            )
            projection.refresh(by, case)
            case.refresh_from_db()
            after = (list(of_case.values_list("id", *OWED)), list(answers), [getattr(case, name) for name in PROJECTED])
            assert after == before
    assert area.duties > 1000


def test_it_says_what_it_made(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today):
        assert Child.objects.count() == area.children
        assert Case.objects.count() == area.cases
        assert Event.objects.count() == area.events


def test_no_event_was_written_down_after_today_nor_before_it_happened(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today):
        rows = Event.objects.values_list("kind", "happened_on", "recorded_at")
        for kind, happened, recorded in rows:
            assert recorded.date() <= today
            assert kind == "phase_transfer" or recorded.date() >= happened


def test_there_is_every_kind_of_setting_and_of_worker(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today):
        kinds = set(Agency.objects.filter(kind="school").values_list("setting_kind", flat=True))
        roles = set(Membership.objects.values_list("role", flat=True))
        officers = Membership.objects.filter(role=Role.CASE_OFFICER).count()
    assert kinds == set(places.SettingKind.values)
    assert {worker.role for worker in places.WORKERS} <= roles
    assert officers >= 3


def test_each_person_sees_their_own_children_and_no_others(area: Loaded, today: date) -> None:
    seen = {}
    for key, user in area.places.workers.items():
        with acting(user=user, area=area.area, today=today):
            seen[key] = Child.objects.count()
    everybody = area.children
    assert seen["officer"] == seen["manager"] == seen["director"] == everybody
    assert seen["parent"] == seen["young-person"] == 1
    assert 0 < seen["senco"] < everybody
    assert 0 < seen["therapist"] < everybody
    assert [seen[key] for key in ("analyst", "auditor", "administrator", "forum", "offer-editor")] == [0] * 5


def test_the_confidential_address_is_hidden_from_the_father(area: Loaded, today: date) -> None:
    _, child = next(pair for pair in area.stories if pair[0].separated)
    with acting_as_system(area.area, today=today):
        homes = list(Address.objects.filter(child=child))
        fathers = child.links.get(relationship="father")
    assert [home.is_confidential for home in homes].count(True) == 1
    assert next(home for home in homes if home.is_confidential).holder_id != fathers.carer_id
    assert not fathers.lives_with


def test_schools_see_children_on_their_roll_and_not_those_who_wait(area: Loaded, today: date) -> None:
    with acting_as_system(area.area, today=today):
        for enrolment in Enrolment.objects.filter(ends_on__isnull=True, setting__isnull=False):
            given = Grant.objects.filter(child_id=enrolment.child_id, agency=enrolment.setting, reason="On roll")
            assert given.exists() == (enrolment.kind == "on_roll")


def test_a_second_time_nothing_is_made(area: Loaded, today: date) -> None:
    with pytest.raises(AlreadyThere, match="already there"):
        load(figures.read("Southend-on-Sea"), today=today, plans=5)


def test_the_comparison_is_counted_from_the_rows(area: Loaded, today: date) -> None:
    published = figures.read("Southend-on-Sea")
    told = [child.pk for _, child in area.stories]
    with acting_as_system(area.area, today=today) as by:
        lines = compare.compare(by, published, plans=60, without=told)
        assert sum(line.is_within for line in lines) >= 0.95 * len(lines)
        line = next(line for line in lines if line.what == "Requests" and "as 2024" in line.subject)
        assert line.published == pytest.approx(569 * 60 / 1992)
        case = Case.objects.exclude(child__in=told).filter(events__kind="request_received").first()
        before = line.demonstration
        Event.objects.create(
            area=area.area, case=case, child=case.child, kind="request_received",
            happened_on=date(today.year - 1, 5, 5), recorded_by=by.user,
        )  # fmt: skip
        again = compare.compare(by, published, plans=60, without=told)
    after = next(one for one in again if one.what == line.what and one.subject == line.subject).demonstration
    assert after in {before, before + 1}
    assert "of" in compare.as_text(published, lines)
    assert figures.SOURCE in compare.as_text(published, lines)


@pytest.mark.parametrize(
    ("line", "within"),
    [
        (compare.count("", "", 100, 1.0, 100), True),
        (compare.count("", "", 100, 1.0, 119), True),
        (compare.count("", "", 100, 1.0, 125), False),
        (compare.count("", "", 0, 1.0, 0), True),
        (compare.share("", "", 0.5, 50, 100), True),
        (compare.share("", "", 0.5, 65, 100), False),
        (compare.share("", "", 0.0, 0, 100), True),
        (compare.share("", "", 0.0, 9, 100), False),
    ],
)
def test_the_verdict_follows_the_sampling_error(line: compare.Line, within: bool) -> None:
    assert line.is_within is within


def test_what_families_said_bears_the_day_on_which_they_said_it(area: Loaded, today: date) -> None:
    assert Days(area.area, today).talks()
    with acting_as_system(area.area, today=today):
        for one in Message.objects.filter(area=area.area).select_related("thread"):
            assert timezone.localdate(one.at) == one.said_on
            assert timezone.localdate(one.thread.opened_at) <= one.said_on <= timezone.localdate(one.thread.last_at)
