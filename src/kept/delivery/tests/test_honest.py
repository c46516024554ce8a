"""What may not be written down: days to come, files that mix children up, the same minutes twice."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template.loader import get_template

from journeys.people import an_area_of_people
from kept.access.acting import Refused, acting, acting_as_system
from kept.delivery import agreeing, confirming, families, importing, queries, reconciling, recording
from kept.delivery.models import CatchUp, Funding, Reconciliation, Record
from kept.delivery.queries import shortened
from kept.delivery.recording import Given
from kept.delivery.tests.made import PHONICS, SPEECH, an_item, last_school_week
from kept.people.models import Identifier, IdentifierKind
from kept.rules.delivery.tally import Count
from tests.budgets import client_of
from tests.standing import standing

pytestmark = pytest.mark.django_db
LONGER = SPEECH.replace("45 minutes, once each week", "60 minutes, once each half-term")
UPN = "A990000120001"


@standing
def people() -> SimpleNamespace:
    found = an_area_of_people()
    found.monday = last_school_week(found.today)
    return found


@pytest.mark.parametrize("ago", [4, 3, 2, 1])
def test_a_week_is_confirmed_from_its_last_school_day_on(people, ago):
    phonics = an_item(people.child)
    friday = people.monday + timedelta(days=4)
    day = friday - timedelta(days=ago)
    with acting(user=people.senco, area=people.area, today=day) as senco:
        with pytest.raises(Refused, match="This week is not over"):
            confirming.confirm_week(by=senco, setting=people.school, monday=people.monday, planned=[people.child.pk])
        with pytest.raises(Refused, match="This week is not over"):
            recording.record(by=senco, given=[Given(phonics.pk, people.monday, "absent", whole_week=True)])
        recording.record(by=senco, given=[Given(phonics.pk, people.monday)])  # one session on its day
    with acting(user=people.senco, area=people.area, today=friday) as senco:
        recording.record(by=senco, given=[Given(phonics.pk, people.monday, whole_week=True)])


def test_a_week_without_anything_to_say_is_not_called_confirmed(people):
    an_item(people.child)
    client = client_of(people.senco)
    there = f"/delivery/week/?week={people.monday.isoformat()}"
    said = [client.post(there, {"planned": str(people.child.pk)}, follow=True).content.decode() for _ in range(2)]
    assert "The week is confirmed for 1 child." in said[0]
    assert "Nothing was left to confirm" in said[1]


@pytest.mark.parametrize("week", ["0001-01-01", "9999-12-31", "2026-02-31", "x"])
@pytest.mark.parametrize("page", ["week", "school", "mine"])
def test_a_week_that_nobody_lives_in_is_last_week(people, page, week):
    an_item(people.child)
    assert client_of(people.senco).get(f"/delivery/{page}/?week={week}").status_code == 200


@pytest.mark.parametrize("page", ["services/children/", "shortfalls/", "shortfalls/csv/", "nothing-recorded/"])
def test_an_address_with_a_nul_in_it_finds_nothing(people, page):
    an_item(people.child)
    asked = "?service=%00&half=%00&term=%00&setting=%00"
    assert client_of(people.director).get(f"/delivery/{page}{asked}").status_code == 200


@pytest.mark.parametrize(
    ("days", "words"),
    [(-40_000, "did not hold this provision"), (1200, "too far away"), (0, "same day"), (-2, "no school day")],
)
def test_a_session_stands_only_for_a_day_on_which_one_was_due(people, days, words):
    speech = an_item(people.child, SPEECH, starts_on=people.today - timedelta(days=300))
    with acting(user=people.senco, area=people.area) as senco:
        instead = people.monday + timedelta(days=days)
        with pytest.raises(Refused, match=words):
            recording.record(by=senco, given=[Given(speech.pk, people.monday, "replaced", for_on=instead)])
        recording.record(by=senco, given=[Given(speech.pk, people.monday, "replaced", for_on=instead_of(people))])


def instead_of(people):
    """A school day of the same week."""
    return people.monday + timedelta(days=2)


def test_minutes_of_a_catch_up_count_once_and_never_beyond_what_was_agreed(people):
    speech = an_item(people.child, SPEECH)
    with acting(user=people.officer, area=people.area) as officer:
        facts = {
            "by": officer, "child": people.child, "service": speech.service, "term": "2026-autumn", "minutes": 90,
            "how": "Longer sessions", "agreed_with": "Pat Sample",
        }  # fmt: skip
        with pytest.raises(Refused, match="more than a year away"):
            agreeing.agree_catch_up(by_on=people.today + timedelta(days=9000), **facts)
        agreed = agreeing.agree_catch_up(by_on=people.today + timedelta(days=60), **facts)
        given = {"by": officer, "catch_up": agreed, "item": speech, "on": people.today}
        for _ in range(2):
            recording.record_catch_up(minutes=50, **given)
        assert sum(Record.objects.filter(catch_up=agreed).values_list("minutes", flat=True)) == 50
        with pytest.raises(Refused, match="40 of the 90 minutes"):
            recording.record_catch_up(minutes=41, **given)
        recording.record_catch_up(minutes=40, **given)
        with pytest.raises(Refused, match="made up already"):
            recording.record_catch_up(minutes=1, **given)
        agreeing.end_catch_up(by=officer, catch_up=CatchUp.objects.get(), because="The family moved")
        with pytest.raises(Refused, match="The agreement ended"):
            recording.record_catch_up(minutes=2, **given)


def tried(people, *rows: str) -> importing.Trial:
    """What a file of the school would do."""
    text = "UPN,Pupil,Provision,Date,Minutes,Status\n" + "\n".join(rows)
    with acting(user=people.senco, area=people.area) as senco:
        upload = importing.take_file(by=senco, setting=people.school, name="x.csv", data=text.encode())
        return importing.try_out(senco, upload)


def test_a_file_that_mixes_two_children_up_is_refused_row_by_row(people):
    phonics = an_item(people.child, PHONICS)
    with acting_as_system(people.area):
        Identifier.objects.create(area=people.area, child=people.child, kind=IdentifierKind.UPN, value=UPN)
    day = people.monday.strftime("%d/%m/%Y")
    service = phonics.service
    trial = tried(
        people,
        f"{UPN},Nia Sample,{service},{day},10,yes",
        f"{UPN},Somebody Else,{service},{day},10,yes",
        f",Nia Sample,{service},01/01/1900,10,yes",
    )
    assert [(row.pk, given.minutes) for row, given in trial.ready] == [(phonics.pk, 10)]
    assert [number for number, _ in trial.problems] == [3, 4]
    assert "belong to two children" in trial.problems[0][1]
    assert "no date" in trial.problems[1][1]
    assert not trial.unknown


def test_rows_that_contradict_each_other_are_kept_neither_way(people):
    service = an_item(people.child, PHONICS).service
    days = [(people.monday + timedelta(days=more)).strftime("%d/%m/%Y") for more in range(2)]
    trial = tried(
        people,
        f",Nia Sample,{service},{days[0]},10,yes",
        f",Nia Sample,{service},{days[0]},0,missed",
        f",Nia Sample,{service},{days[1]},10,yes",
        f",Nia Sample,{service},{days[1]},10,yes",
    )
    assert [number for number, _ in trial.problems] == [2, 3]
    assert (len(trial.ready), trial.twice) == (1, 1)


def test_a_row_that_fits_two_provisions_of_one_service_is_asked_about(people):
    weekly, longer = an_item(people.child, SPEECH), an_item(people.child, LONGER)
    day = people.monday.strftime("%d/%m/%Y")
    service = weekly.service
    trial = tried(people, f",Nia Sample,{service},{day},,missed", f",Nia Sample,{service},{day},60,yes")
    assert [row.pk for row, _ in trial.ready] == [longer.pk]
    assert "2 provisions called" in trial.problems[0][1]
    named = tried(people, f',Nia Sample,"{SPEECH}",{day},,missed')
    assert [row.pk for row, _ in named.ready] == [weekly.pk]


def test_the_page_of_a_school_counts_each_item_once_and_what_is_due_later_apart(people):
    an_item(people.child, PHONICS)
    an_item(people.child, LONGER)
    said = client_of(people.senco).get(f"/delivery/school/?week={people.monday.isoformat()}").content.decode()
    with acting(user=people.senco, area=people.area) as senco:
        states = sorted(one.state for one in queries.child_week(senco, people.child, people.monday).due)
    assert states == ["later", "unknown"]
    assert "1 item due by a later week is not counted here yet." in said
    assert "Speech and language therapy" not in said


def test_what_is_paid_for_is_kept_under_the_name_that_is_counted(people):
    speech, phonics = an_item(people.child, SPEECH), an_item(people.child)
    with acting(user=people.senco, area=people.area) as senco:
        recording.record(by=senco, given=[Given(one.pk, people.monday) for one in (speech, phonics)])
    with acting(user=people.director, area=people.area) as director:
        agreeing.fund(
            by=director, service="Speech  and Language THERAPY", minutes_a_month=600, from_on=people.today, source="ICB"
        )
        assert Funding.objects.get().service == speech.service
    said = client_of(people.director).get("/delivery/services/").content.decode()
    assert "Not known to have come" in said
    assert "All services together" in said


def test_a_shortened_name_keeps_how_much_and_how_often():
    start = "A speech and language therapist will deliver speech and language therapy one-to-one for"
    weekly = shortened(f"{start} 45 minutes, once each week, in term time, withdrawn from class, to build phrases.")
    termly = shortened(f"{start} 45 minutes, three times each half-term, in term time, withdrawn from class.")
    assert weekly.endswith("45 minutes, once each week")
    assert termly.endswith("45 minutes, three times each half-term")
    assert shortened("Short words.") == "Short words"


def test_what_came_in_part_is_less_than_what_was_due(people):
    phonics = an_item(people.child)
    with acting(user=people.senco, area=people.area) as senco:
        confirming.confirm_week(by=senco, setting=people.school, monday=people.monday, planned=[people.child.pk])
    with acting(user=people.mother, area=people.area) as mother:
        families.say(by=mother, child=people.child, week=people.monday, said={phonics.pk: ("partly", "")})
    with acting(user=people.officer, area=people.area) as officer:
        one = Reconciliation.objects.get()
        for minutes in (50, 5999):
            with pytest.raises(Refused, match="50 minutes were due"):
                reconciling.settle(by=officer, one=one, found="part", account="The register", minutes=minutes)
        reconciling.settle(by=officer, one=one, found="part", account="The register", minutes=49)
    sent = {f"status_{phonics.pk}": "part", f"reason_{phonics.pk}": "clash", f"minutes_{phonics.pk}": "60"}
    there = f"/delivery/children/{people.child.pk}/week/?week={people.monday.isoformat()}"
    assert "50 minutes are due" in client_of(people.senco).post(there, sent).content.decode()


@pytest.mark.parametrize(
    ("due", "delivered", "said"),
    [(600, 600, "As promised"), (600, 570, "Nearly all came"), (600, 599.8, "As promised")],
)
def test_what_lacks_minutes_is_not_as_promised(due, delivered, said):
    parts = get_template("delivery/parts.html").template.module
    assert str(parts.standing_words("green", Count(due=due, delivered=delivered, missing=due - delivered))) == said
