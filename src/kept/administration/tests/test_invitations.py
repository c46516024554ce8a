"""Invitations: what they say, whom they let in, and how often."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kept.access.acting import Refused, acting, acting_as_system
from kept.access.models import Agency, AgencyKind, Grant, Membership, Relation, User
from kept.access.roles import ROLES, Role
from kept.access.tests.world import Who, World, make_world
from kept.administration.invitations import SALT, NotUsable, accept, invite, offered_roles, read, token_of
from kept.administration.models import Invitation
from kept.administration.tests.permissions import new_young_person
from kept.people.models import Carer, Child, ParentalLink
from tests.standing import standing

pytestmark = pytest.mark.django_db
LINK = "https://kept.example/join/TOKEN/"


@pytest.fixture(autouse=True)
def _no_tries_from_before(db: None) -> None:
    cache.clear()


@standing
def world() -> World:
    return make_world()


def invited(world: World, role: Role = Role.ANALYST, **more: object) -> Invitation:
    facts = {"email": "New.Person@world.example", "name": "New Person", "role": role, "link_to": LINK} | more
    with world.acting(Who.ADMINISTRATOR) as actor:
        return invite(by=actor, **facts)


def test_the_letter_names_who_what_in_plain_words_and_until_when(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = invited(world)
    letter = mail.outbox[-1]
    assert letter.to == ["new.person@world.example"]
    assert ROLES[Role.ANALYST].description in letter.body
    assert world.users[Who.ADMINISTRATOR].name in letter.body
    until = timezone.localtime(made.expires_at)
    assert f"{until:%-d %B %Y}" in letter.body
    token = re.search(r"join/(\S+)/", letter.body).group(1)
    assert read(token).role_name == "Analyst"


def test_accepting_makes_the_account_and_the_role_once(world):
    token = token_of(invited(world))
    user, area = accept(token, name="New Person")
    with acting_as_system(area):
        assert Membership.objects.filter(user=user, role=Role.ANALYST).count() == 1
    with pytest.raises(NotUsable, match="used already"):
        accept(token, name="Somebody Else")
    with pytest.raises(NotUsable, match="used already"):
        read(token)
    assert User.objects.get(email="new.person@world.example").name == "New Person"


@pytest.mark.parametrize("token", ["", "guessed", "a:b:c", "x" * 5000, "🦊"])
def test_a_guessed_link_is_refused(world, token):
    with pytest.raises(NotUsable, match="not one of ours"):
        read(token)


@pytest.mark.parametrize(
    "change",
    [
        {"a": "0192d3c4-0000-7000-8000-000000000000"},
        {"i": "0192d3c4-0000-7000-8000-000000000000"},
        {"i": "x"},
        {"a": 1},
    ],
)
def test_a_link_signed_for_something_else_is_refused(world, change):
    made = invited(world)
    facts = {"a": str(made.area_id), "i": str(made.pk), "s": made.secret} | change
    with pytest.raises(NotUsable, match="not one of ours"):
        read(signing.dumps(facts, salt=SALT))
    with pytest.raises(NotUsable, match="not one of ours"):
        read(signing.dumps(facts | {"i": str(made.pk), "a": str(made.area_id)}, salt="another purpose"))


def test_a_link_moved_to_another_area_is_refused(world):
    made = invited(world)
    facts = {"a": str(world.other_area.pk), "i": str(made.pk), "s": made.secret}
    with pytest.raises(NotUsable, match="not one of ours"):
        accept(signing.dumps(facts, salt=SALT), name="New Person")


def test_an_invitation_expires_after_a_week(world):
    token = token_of(invited(world))
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert read(token)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)), pytest.raises(NotUsable, match="too old"):
        read(token)


def test_a_newer_letter_replaces_the_older(world):
    first = token_of(invited(world))
    second = token_of(invited(world))
    with pytest.raises(NotUsable, match="newer"):
        read(first)
    assert read(second)
    with acting_as_system(world.area):
        assert Invitation.objects.count() == 1


def test_the_pages_say_so_and_a_withdrawn_one_is_gone(world, client: Client):
    made = invited(world)
    page = reverse("administration:join", args=[token_of(made)])
    assert "Sees figures, never names." in client.get(page).content.decode()
    client.force_login(world.users[Who.ADMINISTRATOR])
    client.post(reverse("administration:withdraw", args=[made.pk]))
    gone = client.get(page)
    assert gone.status_code == 410
    assert "withdrawn" in gone.content.decode()


def test_somebody_signed_in_as_another_is_told_so(world, client: Client):
    page = reverse("administration:join", args=[token_of(invited(world))])
    client.force_login(world.users[Who.OFFICER])
    answer = client.post(page, {"name": "New Person"})
    assert "Sign out, then open the link again" in answer.content.decode()
    assert not User.objects.filter(email="new.person@world.example").exists()


def test_accepting_signs_in(world, client: Client):
    page = reverse("administration:join", args=[token_of(invited(world))])
    assert client.post(page, {"name": "New Person"}).status_code == 302
    assert client.get(reverse("access:account")).status_code == 200
    again = Client().post(page, {"name": "Thief"})
    assert again.status_code == 410


def test_an_account_with_a_second_step_is_asked_for_it(world, client: Client):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(world.users[Who.OFFICER], "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    token = token_of(invited(world, email=world.users[Who.OFFICER].email))
    answer = client.post(reverse("administration:join", args=[token]), {"name": "Officer"})
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("access:account")).status_code == 302


@pytest.mark.parametrize("name", ["Ann\r\nBcc: all@world.example", "Ann\nX", "\x00", ""])
def test_a_name_cannot_bend_the_letter(world, name, client: Client):
    with pytest.raises(ValueError, match="name"):
        invited(world, name=name)
    page = reverse("administration:join", args=[token_of(invited(world))])
    assert client.post(page, {"name": name}).status_code == 200
    assert not User.objects.filter(email="new.person@world.example").exists()


def test_script_in_a_name_is_text(world, client: Client):
    token = token_of(invited(world, name="<script>alert(1)</script>"))
    page = client.get(reverse("administration:join", args=[token])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.FAMILY, Role.ADVOCATE])
def test_an_administrator_invites_to_no_role_that_is_not_theirs_to_offer(world, role):
    with pytest.raises(Refused):
        invited(world, role)
    with world.acting(Who.ADMINISTRATOR) as actor:
        assert role not in offered_roles(actor)


@pytest.mark.parametrize("who", [Who.OFFICER, Who.MOTHER, Who.SCHOOL, Who.AUDITOR])
def test_nobody_else_invites_staff(world, who, client: Client):
    with world.acting(who) as actor, pytest.raises(Refused):
        invite(by=actor, email="me2@world.example", name="Me Too", role=Role.DIRECTOR, link_to=LINK)
    client.force_login(world.users[who])
    data = {"name": "Me Too", "email": "me2@world.example", "role": Role.DIRECTOR}
    assert client.post(reverse("administration:invite"), data).status_code == 404


@pytest.mark.parametrize("role", ["system", "family", "emperor", "", "director' OR 1=1"])
def test_a_forged_role_in_the_form_is_refused(world, role, client: Client):
    client.force_login(world.users[Who.ADMINISTRATOR])
    client.post(reverse("administration:invite"), {"name": "X Y", "email": "x@world.example", "role": role})
    with acting_as_system(world.area):
        assert not Invitation.objects.exists()


def test_a_service_of_another_area_is_refused(world):
    with acting_as_system(world.other_area):
        foreign = Agency.objects.create(area=world.other_area, name="Foreign", kind=AgencyKind.HEALTH)
    with pytest.raises(Refused, match="another area"):
        invited(world, Role.PROFESSIONAL, agency=foreign)
    with pytest.raises(Refused, match="which service"):
        invited(world, Role.PROFESSIONAL)


def test_a_parent_joins_and_sees_their_child_and_no_other(world):
    with acting_as_system(world.area):
        gran = Carer.objects.create(area=world.area, name="Grandmother")
        ParentalLink.objects.create(
            area=world.area,
            child=world.nia,
            carer=gran,
            relationship="grandmother",
            has_responsibility=True,
            starts_on=world.nia.born_on,
        )
    with world.acting(Who.OFFICER) as actor:
        made = invite(
            by=actor, email="gran@world.example", name="Grandmother", role=Role.FAMILY, carer=gran, link_to=LINK
        )
    user, area = accept(token_of(made), name="Grandmother")
    with acting_as_system(area):
        assert Carer.objects.get(pk=gran.pk).user == user
        assert list(Grant.objects.filter(user=user).values_list("child_id", "relation")) == [
            (world.nia.pk, Relation.FAMILY)
        ]


def test_a_family_invites_an_advocate_for_its_own_child_alone(world, client: Client):
    client.force_login(world.users[Who.MOTHER])
    other = reverse("administration:invite_advocate", args=[world.bo.pk])
    assert client.post(other, {"name": "Ada", "email": "ada@world.example"}).status_code == 404
    mine = reverse("administration:invite_advocate", args=[world.nia.pk])
    assert client.post(mine, {"name": "Ada", "email": "ada@world.example"}).status_code == 302
    with acting_as_system(world.area):
        made = Invitation.objects.get()
    user, _ = accept(token_of(made), name="Ada")
    with acting_as_system(world.area):
        assert Grant.objects.get(user=user).child_id == world.nia.pk


def test_a_family_takes_back_what_it_sent_to_a_wrong_address(world, client: Client):
    client.force_login(world.users[Who.MOTHER])
    page = reverse("administration:invite_advocate", args=[world.nia.pk])
    answer = client.post(page, {"name": "Ada", "email": "adda@world.example"}, follow=True).content.decode()
    assert "Wrong address? Take it back here." in answer
    assert "Ada, adda@world.example. It works until" in answer
    with acting_as_system(world.area):
        made = Invitation.objects.get()
    client.force_login(world.users[Who.FATHER])  # the other parent neither reads nor ends it
    assert "adda@world.example" not in client.get(page).content.decode()
    assert client.post(page, {"take_back": str(made.pk)}).status_code == 404
    client.force_login(world.users[Who.MOTHER])
    answer = client.post(page, {"take_back": str(made.pk)}, follow=True).content.decode()
    assert "The invitation of adda@world.example no longer works." in answer
    assert "Sent, and not accepted yet" not in answer
    with pytest.raises(NotUsable, match="withdrawn"):
        accept(token_of(made), name="Ada")
    assert client.post(page, {"take_back": str(made.pk)}).status_code == 404


def test_a_young_person_is_invited_to_their_own_record_and_no_child_is(world, client: Client):
    ada = world.once("young person without an account", new_young_person)
    client.force_login(world.users[Who.OFFICER])
    typed = {"name": "Ada Grownley", "email": "ada@world.example"}
    too_young = reverse("administration:invite_young_person", args=[world.nia.pk])
    assert client.post(too_young, typed).status_code == 404
    page = reverse("administration:invite_young_person", args=[ada.pk])
    assert page in client.get(reverse("people:child", args=[ada.pk])).content.decode()
    assert client.post(page, typed).status_code == 302
    with acting_as_system(world.area):
        made = Invitation.objects.get()
    user, area = accept(token_of(made), name="Ada Grownley")
    with acting(user=user, area=area) as actor:
        assert actor.roles == {Role.FAMILY}
        assert list(Child.objects.all()) == [ada]
        assert Grant.objects.get().relation == Relation.YOUNG_PERSON
    assert page not in client.get(reverse("people:child", args=[ada.pk])).content.decode()
    assert client.post(page, typed).status_code == 404


def test_a_parents_address_is_not_the_young_persons(world):
    ada = world.once("young person without an account", new_young_person)
    with acting_as_system(world.area):
        ParentalLink.objects.create(
            area=world.area,
            child=ada,
            carer=world.carers[Who.MOTHER],
            relationship="mother",
            has_responsibility=True,
            starts_on=ada.born_on,
        )
    facts = {"name": "Ada", "role": Role.FAMILY, "link_to": LINK}
    with world.acting(Who.OFFICER) as actor:
        with pytest.raises(Refused, match="parent or carer"):
            invite(by=actor, email="Mother@world.example", child_id=ada.pk, **facts)
        with pytest.raises(Refused, match="compulsory school age until"):
            invite(by=actor, email="nia@world.example", child_id=world.nia.pk, **facts)


def test_an_address_that_cannot_be_or_is_refused_is_told_to_whoever_invites(
    world, monkeypatch, django_capture_on_commit_callbacks
):
    with pytest.raises(Refused, match=r"Did you mean new@world\.com"):
        invited(world, email="new@world.con")
    with pytest.raises(Refused, match="hidden mark"):
        invited(world, email="new@world.example\r\nBcc: all@world.example")

    def refuses(_self):
        raise smtplib.SMTPRecipientsRefused({"new.person@world.example": (550, b"no such person")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuses)
    with django_capture_on_commit_callbacks(execute=True):
        made = invited(world)
    client = Client()
    client.force_login(world.users[Who.ADMINISTRATOR], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("administration:invitations")).content.decode()
    assert "The email did not arrive" in page
    assert "no such person" in page
    with world.acting(Who.ADMINISTRATOR):
        assert Invitation.objects.get(pk=made.pk).state(timezone.now()) == "open"
