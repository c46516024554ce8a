"""Staff sign in by the council's directory: a real OpenID Connect provider, run here, over real HTTP."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kept.access.accounts import account_for
from kept.access.acting import acting_as_system, today_here
from kept.access.models import Area, Membership, User
from kept.access.roles import Role
from kept.config.signing_in import directory

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]  # the provider's own deprecations
EMAIL = "amal@council.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that answers on this machine."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def here(provider: str, settings) -> SimpleNamespace:
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS = directory(provider, "kept", "a secret of both", "your council account")
    settings.KEPT_OIDC_DOMAINS = []
    area = Area.objects.create(name="Sampleford", slug="sampleford")
    return SimpleNamespace(provider=provider, area=area)


def account(here: SimpleNamespace, role: Role = Role.CASE_OFFICER) -> User:
    user = account_for(email=EMAIL, name="Amal Ofisser")
    with acting_as_system(here.area):
        Membership.objects.create(area=here.area, user=user, role=role, starts_on=today_here())
    return user


def known_there(here: SimpleNamespace, sub: str, **claims: object) -> None:
    requests.put(f"{here.provider}/users/{sub}", json=claims, timeout=5).raise_for_status()


def sign_in(client: Client, sub: str, *, says: str = ""):
    """Go to the directory, say who one is there, and come back by the address that it sends one to."""
    there = client.post(reverse("openid_connect_login", args=["directory"])).url
    back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    address = urlsplit(back)
    return client.get(f"{address.path}?{says or address.query}")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_page_offers_it(here, client: Client):
    assert "Continue with your council account" in client.get(reverse("access:sign_in")).content.decode()


def test_staff_with_an_account_come_in_and_are_asked_for_the_second_step(here, client: Client):
    user = account(here)
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    known_there(here, "amal-1", email=EMAIL.upper(), email_verified=True, name="Amal")
    assert sign_in(client, "amal-1").url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert SocialAccount.objects.get().user == user


def test_staff_without_a_second_step_set_it_up_before_anything_else(here, client: Client, settings):
    settings.KEPT_SECOND_STEP = True
    account(here)
    known_there(here, "amal-2", email=EMAIL, email_verified=True)
    sign_in(client, "amal-2")
    assert is_signed_in(client)
    assert client.get("/people/").url == reverse("mfa_index")


def test_later_sign_ins_go_by_the_directorys_key_even_when_the_address_changed(here, client: Client):
    user = account(here)
    known_there(here, "amal-3", email=EMAIL, email_verified=True)
    sign_in(client, "amal-3")
    known_there(here, "amal-3", email="amal.married@council.example", email_verified=True)
    other = Client()
    sign_in(other, "amal-3")
    assert other.session["_auth_user_id"] == str(user.pk)


def test_a_stranger_in_the_directory_gets_no_account(here, client: Client):
    known_there(here, "stranger", email="stranger@council.example", email_verified=True)
    answer = sign_in(client, "stranger")
    assert "Accounts come by invitation" in answer.content.decode()
    assert not is_signed_in(client)
    assert not User.objects.filter(email="stranger@council.example").exists()


def test_an_address_that_the_directory_did_not_verify_is_not_enough(here, client: Client):
    account(here)
    known_there(here, "thief", email=EMAIL, email_verified=False)
    sign_in(client, "thief")
    assert not is_signed_in(client)


def test_with_domains_set_only_their_addresses_count(here, client: Client, settings):
    account(here)
    settings.KEPT_OIDC_DOMAINS = ["council.example"]
    known_there(here, "amal-4", email=EMAIL)
    sign_in(client, "amal-4")
    assert is_signed_in(client)
    settings.KEPT_OIDC_DOMAINS = ["elsewhere.example"]
    known_there(here, "amal-5", email=EMAIL, email_verified=True)
    other = Client()
    sign_in(other, "amal-5")
    assert not is_signed_in(other)


def test_a_family_is_never_opened_by_the_directory(here, client: Client):
    account(here, Role.FAMILY)
    known_there(here, "mother", email=EMAIL, email_verified=True)
    sign_in(client, "mother")
    assert not is_signed_in(client)


@pytest.mark.parametrize("says", ["code=guessed&state=guessed", "error=access_denied&state=x", "state=x", "code=x"])
def test_a_forged_answer_of_the_directory_is_refused(here, client: Client, says: str):
    account(here)
    known_there(here, "amal-6", email=EMAIL, email_verified=True)
    sign_in(client, "amal-6", says=says)
    assert not is_signed_in(client)


def test_an_answer_meant_for_another_browser_is_refused(here, client: Client):
    account(here)
    known_there(here, "amal-7", email=EMAIL, email_verified=True)
    there = client.post(reverse("openid_connect_login", args=["directory"])).url
    back = requests.post(there, data={"sub": "amal-7"}, allow_redirects=False, timeout=5).headers["Location"]
    victim = Client()
    victim.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert not is_signed_in(victim)


def test_a_directory_that_is_away_gives_a_plain_page(here, client: Client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = directory("http://127.0.0.1:9", "kept", "x", "your council account")
    answer = client.post(reverse("openid_connect_login", args=["directory"]))
    assert answer.status_code == 503
    assert "did not answer as it should" in answer.content.decode()
    assert not is_signed_in(client)
