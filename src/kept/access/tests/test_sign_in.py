"""Signing in: codes, passwords, apps, passkeys, lock-out, sessions, and what must not work."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kept.access import first_run
from kept.access.accounts import account_for, clean_name, close, end_sessions
from kept.access.acting import acting_as_system, today_here
from kept.access.models import Area, Membership, User
from kept.access.passwords import TunedArgon2
from kept.access.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "three quiet kettles"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _empty_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def area() -> Area:
    return Area.objects.create(name="Sampleford", slug="sampleford")


def worker(area: Area, role: Role = Role.CASE_OFFICER, email: str = "amal@sampleford.example") -> User:
    user = account_for(email=email, name="Amal Ofisser")
    user.set_password(PASSWORD)
    user.save()
    with acting_as_system(area):
        Membership.objects.create(area=area, user=user, role=role, starts_on=today_here())
    return user


def with_app(user: User) -> User:
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def app_code(*, seconds_out: float = 0) -> str:
    counter = int((time.time() + seconds_out) // 30)
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def just_signed_in(client: Client, user: User, *, again: bool = False) -> None:
    """A session whose person proved a moment ago who they are."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": again}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask_for_code(client: Client, email: str) -> str:
    client.post(reverse("access:sign_in"), {"email": email})
    found = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)
    return found.group(1) if found else ""


def by_password(client: Client, user: User, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def test_a_parent_signs_in_with_a_code_and_no_password(client: Client, area: Area):
    user = worker(area, Role.FAMILY)
    code = ask_for_code(client, user.email.upper())
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert mail.outbox[-1].to == [user.email]


def test_a_code_works_only_in_the_browser_that_asked_and_only_once(client: Client, area: Area):
    user = worker(area, Role.FAMILY)
    code = ask_for_code(client, user.email)
    stranger = Client()
    stranger.post(reverse("account_confirm_login_code"), {"code": code})
    assert not is_signed_in(stranger)
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("access:sign_out"))
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert not is_signed_in(client)


def link_in_email(client: Client, email: str) -> str:
    ask_for_code(client, email)
    return re.search(r"/sign-in/link/[^/\s]+/", mail.outbox[-1].body).group()


def test_a_link_signs_in_once_by_its_button_in_any_browser(client: Client, area: Area):
    user = worker(area, Role.FAMILY)
    link, phone, again = link_in_email(client, user.email), Client(), Client()
    for _ in range(3):  # a mail scanner opens it, and a preview
        assert user.email in phone.get(link).content.decode()
    assert phone.get(reverse("access:account")).status_code == 302
    assert phone.post(link).status_code == 302
    assert phone.get(reverse("access:account")).status_code == 200
    assert (again.get(link).status_code, again.post(link).status_code) == (410, 410)


@pytest.mark.parametrize("spoil", ["signing in by the code", "signing out everywhere", "a closed account", "bent"])
def test_a_link_ends_with(client: Client, area: Area, spoil: str):
    user = worker(area, Role.FAMILY)
    link = link_in_email(client, user.email)
    if spoil == "signing in by the code":
        code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.M).group(1)
        client.post(reverse("account_confirm_login_code"), {"code": code})
    elif spoil == "signing out everywhere":
        end_sessions(user)
    elif spoil == "a closed account":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        link = link.replace("link/e", "link/f")
    assert Client().post(link).status_code == 410


def test_a_link_asks_for_the_second_step_and_is_used_by_then(client: Client, area: Area):
    user = with_app(worker(area))
    link = link_in_email(client, user.email)
    assert client.post(link).url == reverse("mfa_authenticate")
    assert Client().post(link).status_code == 410


def test_a_code_is_gone_after_three_wrong_guesses(client: Client, area: Area):
    code = ask_for_code(client, worker(area, Role.FAMILY).email)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert not is_signed_in(client)


def test_an_address_without_an_account_is_answered_like_any_other(client: Client, area: Area):
    known = client.post(reverse("access:sign_in"), {"email": worker(area).email})
    unknown = Client().post(reverse("access:sign_in"), {"email": "nobody@sampleford.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "no account with this address" in mail.outbox[-1].body


def test_an_address_with_a_line_break_sends_no_letter(client: Client, area: Area):
    client.post(reverse("access:sign_in"), {"email": "a@b.example\nBcc: everybody@world.example"})
    assert mail.outbox == []


def test_five_wrong_passwords_lock_even_the_right_one_out_in_every_process(client: Client, area: Area):
    user = worker(area)
    for _ in range(5):
        by_password(client, user, "wrong wrong wrong")
    by_password(client, user)
    assert not is_signed_in(client)
    assert cache.__class__.__name__ == "ConnectionProxy"
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0


def test_a_closed_account_signs_in_by_no_way(client: Client, area: Area):
    user = worker(area)
    by_password(client, user)
    assert is_signed_in(client)
    close(user)
    assert client.get(reverse("access:account")).status_code == 302
    by_password(client, user)
    ask_for_code(client, user.email)
    assert not is_signed_in(client)


def test_the_second_step_is_asked_for_after_a_password_and_after_a_code(client: Client, area: Area):
    user = with_app(worker(area))
    assert by_password(client, user).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    other = Client()
    code = ask_for_code(other, user.email)
    assert other.post(reverse("account_confirm_login_code"), {"code": code}).url == reverse("mfa_authenticate")
    other.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert is_signed_in(other)


def test_the_second_step_alone_leads_nowhere(client: Client, area: Area):
    with_app(worker(area))
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert answer.url == reverse("account_login")
    assert not is_signed_in(client)


def test_a_code_of_an_app_works_once(client: Client, area: Area):
    user, code = with_app(worker(area)), app_code()
    by_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    replayed = Client()
    by_password(replayed, user)
    replayed.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(replayed)


@pytest.mark.parametrize(("seconds_out", "fine"), [(-29, True), (600, False), (-600, False)])
def test_a_clock_a_little_wrong_is_forgiven_and_ten_minutes_are_not(
    client: Client, area: Area, seconds_out: float, fine: bool
):
    by_password(client, with_app(worker(area)))
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code(seconds_out=seconds_out)})
    assert is_signed_in(client) is fine
    if not fine:
        assert "clock of your phone" in answer.content.decode()


def test_six_digits_cannot_be_guessed(client: Client, area: Area):
    user = with_app(worker(area))
    by_password(client, user)
    for guess in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"})
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(client: Client, area: Area):
    user = with_app(worker(area))
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    by_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": f"{code[:4]} {code[4:]}"})
    assert is_signed_in(client)
    again = Client()
    by_password(again, user)
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_signed_in(again)


def test_the_same_passkey_is_refused_twice(client: Client, area: Area):
    mine, other = worker(area), worker(area, email="bea@sampleford.example")
    data = {"name": "Key", "credential": {"id": "AAAA", "rawId": "AAAA"}}
    Authenticator.objects.create(user=other, type="webauthn", data=data)
    just_signed_in(client, mine)
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "Mine", "credential": json.dumps({"id": "AAAA"})})
    assert b"set up already" in answer.content
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("credential", ["", "null", "[]", '"x"', "{}", '{"id": "AAAA"}', "not json"])
def test_a_passkey_that_is_none_is_refused_in_words(client: Client, area: Area, credential: str):
    just_signed_in(client, worker(area))
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "Mine", "credential": credential})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credential}).status_code == 302


def test_staff_are_led_to_a_second_step_and_families_are_not(client: Client, area: Area, settings):
    settings.KEPT_SECOND_STEP = True
    user, mother = worker(area), worker(area, Role.FAMILY, "mara@sampleford.example")
    just_signed_in(client, user)
    assert client.get("/people/").url == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    with_app(user)
    assert client.get("/people/").status_code == 200
    family = Client()
    family.force_login(mother)
    assert family.get("/records/roles/").status_code == 200


def test_staff_keep_their_last_second_step(client: Client, area: Area):
    user = with_app(worker(area))
    just_signed_in(client, user)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_sensitive_page_asks_again_who_it_is(client: Client, area: Area):
    client.force_login(worker(area, Role.ADMINISTRATOR))
    answer = client.get(reverse("administration:invite"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    client.post(answer.url, {"password": "wrong wrong wrong"})
    assert client.get(reverse("administration:invite")).status_code == 302
    client.post(answer.url, {"password": PASSWORD})
    assert client.get(reverse("administration:invite")).status_code == 200


def test_a_role_that_ends_closes_its_pages_in_an_open_session(client: Client, area: Area):
    user = worker(area)
    client.force_login(user)
    assert client.get("/people/").status_code == 200
    with acting_as_system(area):
        Membership.objects.filter(user=user).delete()
    assert client.get("/people/").status_code == 404


def test_signing_out_everywhere_ends_every_session(client: Client, area: Area):
    user = worker(area)
    elsewhere = Client()
    by_password(elsewhere, user)
    by_password(client, user)
    assert "Sign out everywhere else" in client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("access:sign_out_everywhere"))
    assert elsewhere.get(reverse("access:account")).status_code == 302
    assert client.get(reverse("access:account")).status_code == 302
    assert end_sessions(user) == 0


def test_signing_out_everywhere_ends_sessions_that_no_list_knows(client: Client, area: Area):
    user = worker(area)
    client.force_login(user)
    UserSession.objects.filter(user=user).delete()
    assert client.get(reverse("access:account")).status_code == 200
    assert end_sessions(user) == 0
    assert client.get(reverse("access:account")).status_code == 302


@pytest.mark.parametrize("key", ["not-a-key", "0192d3c4-0000-7000-8000-000000000000", "other"])
def test_a_forged_area_is_refused(client: Client, area: Area, key: str):
    other = Area.objects.create(name="Elsewhere", slug="elsewhere")
    third = Area.objects.create(name="Thirdham", slug="thirdham")
    user = worker(area)
    with acting_as_system(third):
        Membership.objects.create(area=third, user=user, role=Role.CASE_OFFICER, starts_on=today_here())
    client.force_login(user)
    answer = client.post(reverse("access:choose_area"), {"area": str(other.pk) if key == "other" else key})
    assert answer.status_code == 200
    assert "area" not in client.session
    assert client.post(reverse("access:choose_area"), {"area": str(third.pk)}).status_code == 302
    assert client.session["area"] == str(third.pk)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_way_out_of_the_service_is_not_followed(client: Client, area: Area, target: str):
    user = worker(area)
    answer = client.post(reverse("account_login") + f"?next={target}", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert "evil" not in answer.url
    assert "script" not in answer.url


@pytest.mark.parametrize("name", ["Ann\nBcc: x@y.example", "Ann\r\n", "12345", "\u202eevil", "", "a" * 151])
def test_names_that_could_bend_a_letter_are_refused(name: str):
    with pytest.raises(ValueError, match="name"):
        clean_name(name)


def test_a_name_with_script_in_it_is_shown_as_text(client: Client, area: Area):
    user = worker(area)
    User.objects.filter(pk=user.pk).update(name="<script>alert(1)</script>")
    client.force_login(user)
    page = client.get(reverse("access:account")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_hash_of_a_password_is_argon2_of_the_strength_that_owasp_asks_for():
    encoded = TunedArgon2().encode(PASSWORD, TunedArgon2().salt())
    assert encoded.startswith("argon2$argon2id$")
    facts = TunedArgon2().decode(encoded)
    assert facts["memory_cost"] >= 19 * 1024
    assert facts["time_cost"] >= 2


FIRST = {
    "area": "Sampleford",
    "name": "Ada Minister",
    "email": "ada@sampleford.example",
    "password": PASSWORD,
}


def test_the_first_run_makes_an_administrator_once(client: Client):
    assert client.get("/").url == reverse("access:first_run")
    refused = client.post(reverse("access:first_run"), FIRST | {"code": "0000-0000-0000-0000"})
    assert b"not the set-up code" in refused.content
    assert not User.objects.filter(email=FIRST["email"]).exists()
    client.post(reverse("access:first_run"), FIRST | {"code": first_run.code()})
    assert is_signed_in(client)
    assert client.get("/", follow=True).status_code == 200
    again = Client().post(reverse("access:first_run"), FIRST | {"code": first_run.code()})
    assert again.status_code == 404


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012", "ada@sampleford.example"])
def test_a_password_that_is_easy_to_guess_is_refused(client: Client, password: str):
    client.post(reverse("access:first_run"), FIRST | {"code": first_run.code(), "password": password})
    assert not Area.objects.exists()


def test_the_gallery_is_for_those_who_build_pages(settings):
    from importlib import reload

    from django.urls import clear_url_caches

    from kept.config import urls

    settings.TEST = settings.DEMO = False
    try:
        assert not any(str(pattern.pattern) == "design/" for pattern in reload(urls).urlpatterns)
    finally:
        settings.TEST = True
        reload(urls)
        clear_url_caches()
