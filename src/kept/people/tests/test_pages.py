"""The pages, as a browser without scripts would use them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.urls import reverse

from kept.access.acting import acting, today_here
from kept.access.roles import Role
from kept.people import actions
from kept.people.models import Child
from kept.rules.identifiers.made_up import made_up_nhs_number
from tests import made_up

pytestmark = pytest.mark.django_db


def browser(user, area) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session["area"] = str(area.pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def worker(area):
    return made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")


@pytest.fixture
def actor(area, worker):
    """The worker acts during the whole test, so that what was written can be read; each request acts for itself."""
    with acting(user=worker, area=area) as actor:
        yield actor


@pytest.fixture
def client(area, worker, actor):
    return browser(worker, area)


@pytest.fixture
def nia(actor):
    child = actions.add_child(
        by=actor,
        given_names="Nia",
        family_name="Sample",
        born_on=date(2016, 5, 4),
        identifiers={"nhs": made_up_nhs_number(1)},
    )
    carer = actions.add_carer(by=actor, name="Pat Sample", email="pat@example.org", prefers="email")
    actions.link_carer(
        by=actor, child=child, carer=carer, relationship="mother", starts_on=child.born_on, has_responsibility=True
    )
    return Child.objects.get(pk=child.pk)


def boxes(name: str, day: date | str) -> dict[str, str]:
    parts = (str(day.day), str(day.month), str(day.year)) if isinstance(day, date) else day.split("/")
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), parts, strict=True))


ADDING = {
    "given_names": "Leo",
    "family_name": "Zebra",
    "token": "01900000-0000-7000-8000-000000000001",
    **boxes("born_on", date(2012, 3, 3)),
}


def text(answer) -> str:
    return answer.content.decode()


def test_search_explains_each_match_and_a_wrong_date(client, nia):
    page = text(client.get("/people/", {"q": "nia sampel"}))
    assert "1 child found" in page
    assert "Name spelt alike" in page
    assert reverse("people:child", args=[nia.pk]) in page
    assert "There is no 30 February 2016" in text(client.get("/people/", {"q": "30/2/2016"}))
    nobody = text(client.get("/people/", {"q": "Quentin Quux"}))
    assert "Nobody on the record" in nobody
    assert "/people/add/?q=Quentin+Quux" in nobody


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "2"])
def test_any_page_number_gives_a_page(client, nia, number):
    assert client.get("/people/", {"page": number}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (boxes("born_on", "30/2/2016"), "February 2016"),
        (boxes("born_on", "4/5/16"), "year of 4 numbers"),
        (boxes("born_on", "5/14/2016"), "real month"),
        (boxes("born_on", "1/1/2090"), "1 January 2090 is in the future"),
        (boxes("born_on", "1/1/1990"), "Somebody born on 1 January 1990 is"),
        ({"nhs": "999 000 0019"}, "does not fit the others"),
        ({"upn": "B882000122001"}, "check letter does not fit"),
        ({"uln": "1234567890"}, "does not fit the others"),
        ({"postcode": "QX1"}, "only the first half"),
        ({"family_name": ""}, "Enter family name"),
    ],
)
def test_bad_input_is_said_beside_its_box_and_nothing_is_lost(client, typed, sentence):
    answer = client.post("/people/add/", ADDING | {"known_as": "Lion"} | typed)
    page = text(answer)
    assert sentence in page
    assert "There is a problem" in page
    assert 'value="Lion"' in page
    assert not Child.objects.exists()


def test_adding_the_same_child_asks_first(client, nia):
    again = {**ADDING, "given_names": "Nia", "family_name": "Sampel", **boxes("born_on", date(2016, 5, 4))}
    page = text(client.post("/people/add/", again))
    assert "This child may already be on the record" in page
    assert "same birth date" in page
    asked = again | {"offered": str(nia.pk)}
    assert "Answer the question" in text(client.post("/people/add/", asked))
    same = client.post("/people/add/", asked | {"answer": str(nia.pk)})
    assert same.headers["Location"] == reverse("people:child", args=[nia.pk])
    for _ in range(2):
        added = client.post("/people/add/", asked | {"answer": "none"}, follow=True)
        assert "Nia Sampel is on the record" in text(added)
    assert Child.objects.count() == 2
    assert client.post("/people/add/", again | {"offered": "x"}).status_code == 404


def test_the_page_of_a_child_and_its_queries(client, nia, django_assert_max_num_queries):
    address = reverse("people:child", args=[nia.pk])
    with django_assert_max_num_queries(21):
        page = text(client.get(address))
    for words in ("Nia Sample", "4 May 2016", "Pat Sample", "No evidence is recorded yet", "Add a parent or carer"):
        assert words in page
    for name in ("plans:of_child", "reviews:of_child", "delivery:child", "documents:of_child", "subject_access:ask"):
        assert reverse(name, args=[nia.pk]) in page


EDITS = {
    "name": {"given_names": "Nia", "family_name": "Quill", **boxes("from_day", date(2025, 9, 1))},
    "details": {"language": "pol", "sex": "F", "pronouns": "she/her", **boxes("born_on", date(2016, 5, 4))},
    "add_number": {"kind": "local", "value": "LIQ 2"},
    "address": {"lines": "2 New Road", "postcode": "qx21ab", **boxes("starts_on", date(2025, 9, 1))},
    "needs": {"need_1": "ASD", "need_2": "SLCN", **boxes("on", date(2025, 9, 1))},
    "setting": {"kind": "home", **boxes("starts_on", date(2025, 9, 1))},
    "add_carer": {
        "name": "Kit Sample",
        "relationship": "father",
        "has_responsibility": "yes",
        "lives_with": "no",
        "prefers": "post",
        **boxes("starts_on", date(2016, 5, 4)),
    },
}
SHOWN = {
    "name": ["Nia Quill", "Nia Sample, until 1 September 2025"],
    "details": ["Polish", "Female"],
    "add_number": ["LIQ 2"],
    "address": ["2 New Road", "QX2 1AB", "Since 1 September 2025"],
    "needs": ["Autistic spectrum disorder", "primary", "Speech, language"],
    "setting": ["Home educated"],
    "add_carer": ["Kit Sample", "father"],
}


@pytest.mark.parametrize("change", sorted(EDITS))
def test_every_change_is_shown_and_a_stale_page_is_stopped(client, nia, change):
    address = reverse(f"people:{change}", args=[nia.pk])
    assert client.get(address).status_code == 200
    stale = client.post(address, EDITS[change] | {"version": str(nia.version - 1)})
    assert stale.status_code == 409
    assert "Somebody else changed Nia" in text(stale)
    assert f'name="version" value="{nia.version}"' in text(stale)
    done = client.post(address, EDITS[change] | {"version": str(nia.version)}, follow=True)
    assert done.redirect_chain
    for words in SHOWN[change]:
        assert words in text(done)


def test_a_carer_on_the_record_is_offered_before_another_is_made(client, nia, actor):
    brother = actions.add_child(by=actor, given_names="Tomos", family_name="Sample", born_on=date(2012, 3, 3))
    address = reverse("people:add_carer", args=[brother.pk])
    typed = EDITS["add_carer"] | {"name": "pat sample", "relationship": "mother", "version": str(brother.version)}
    asked = text(client.post(address, typed))
    assert "Is it one of these people" in asked
    assert "mother of Nia Sample" in asked
    pat = nia.links.get().carer
    client.post(address, typed | {"same_as": str(pat.pk)})
    assert brother.links.get().carer == pat


def test_the_end_of_responsibility_and_of_a_setting(client, nia, actor):
    at_home = actions.enrol(by=actor, child=nia, kind="home", starts_on=date(2024, 1, 1))
    mother = nia.links.get()
    version = Child.objects.get(pk=nia.pk).version
    ended = client.post(
        reverse("people:end_link", args=[nia.pk, mother.pk]),
        {"version": str(version), "why": "Adoption order", **boxes("on", today_here())},
        follow=True,
    )
    assert "The parental responsibility of Pat Sample was ended" in text(ended)
    version = Child.objects.get(pk=nia.pk).version
    left = client.post(
        reverse("people:leave", args=[nia.pk, at_home.pk]),
        {"version": str(version), **boxes("ends_on", date(2025, 7, 18))},
        follow=True,
    )
    assert "1 January 2024 to 18 July 2025" in text(left)
    assert "Adoption order" in text(client.get(reverse("people:history", args=[nia.pk])))


def test_contact_details_and_relationship(client, nia):
    mother = nia.links.get()
    page = text(client.get(reverse("people:contact", args=[nia.pk, mother.pk])))
    assert "pat@example.org" in page
    typed = {"version": str(nia.version), "name": "Pat Sample", "prefers": "phone", "phone": "07700 900123"}
    done = client.post(reverse("people:contact", args=[nia.pk, mother.pk]), typed, follow=True)
    assert "07700 900123" in text(done)
    missing = client.post(reverse("people:contact", args=[nia.pk, mother.pk]), typed | {"phone": ""})
    assert "Enter a telephone number" in text(missing)


def test_a_parent_sees_their_child_without_the_means_to_change(area, actor, nia):
    user = made_up.a_person(area, Role.FAMILY)
    actions.link_account(by=actor, carer=nia.links.get().carer, user=user)
    page = browser(user, area).get(reverse("people:child", args=[nia.pk]))
    assert page.status_code == 200
    assert "pat@example.org" in text(page)
    for words in ("Change relationship", "Record a new address", "/people/add/"):
        assert words not in text(page)
    assert browser(user, area).get("/people/").status_code == 404
