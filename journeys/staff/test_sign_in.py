"""A case officer signs in with the council's account, sets a second step up, and is asked for it the next time."""

from __future__ import annotations

import re
import warnings

import pytest
import requests
from django.conf import settings as live_settings
from django.core import mail
from django.core.cache import cache

from journeys.staff.phone_app import code_for
from kept.access.roles import Role
from kept.config.signing_in import directory
from tests import made_up

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

pytestmark = pytest.mark.filterwarnings("ignore")  # the provider's own deprecations


@pytest.fixture
def council(settings):
    """A council whose staff have a directory of their own, and where the second step is asked for."""
    with oidc_provider_mock.run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = directory(address, "kept", "a secret of both", "your council account")
        policy = live_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "form-action": ["'self'", address]}}
        settings.KEPT_SECOND_STEP = True
        claims = {"email": "olu@council.example", "email_verified": True}
        requests.put(f"{address}/users/olu", json=claims, timeout=5).raise_for_status()
        yield address


@pytest.fixture
def olu(transactional_db):
    cache.clear()
    area = made_up.an_area()
    user = made_up.a_person(area, Role.CASE_OFFICER, name="Olu Officer")
    type(user).objects.filter(pk=user.pk).update(email="olu@council.example")
    user.refresh_from_db()
    return user


def signs_in_at_the_council(visitor) -> None:
    visitor.goes_to("/")
    visitor.is_on("Sign in")
    visitor.presses("Continue with your council account")
    visitor.page.locator("input[name=sub]").fill("olu")
    visitor.page.locator("input[name=sub]").press("Enter")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_an_officer_signs_in_by_the_directory_with_a_second_step(visit, olu, council, phone):
    officer = visit(phone=phone)
    officer.goes_to("/sign-in/")
    officer.finds_the_page_accessible()
    officer.does_not_scroll_sideways()
    # when they come back from the directory, they are led to set a second step up
    signs_in_at_the_council(officer)
    officer.is_on("Your second step")
    officer.sees("Set up a second step first")
    officer.finds_the_page_accessible()
    officer.goes_to("/people/")
    officer.is_on("Your second step")
    officer.follows("Set up an app")
    officer.finds_the_page_accessible()
    officer.does_not_scroll_sideways()
    key = officer.page.locator(".kept-code").first.inner_text()
    # a wrong code is refused in words
    officer.fills("Code that the app shows", "000000")
    officer.presses("Set up")
    officer.follows_the_error("This code is not right")
    officer.fills("Code that the app shows", code_for(key))
    officer.presses("Set up")
    officer.is_on("Recovery codes")
    officer.finds_the_page_accessible()
    officer.follows("Continue to your first page")
    officer.goes_to("/people/")
    officer.sees("Search")
    officer.presses("Sign out")
    # then the next sign-in asks for it
    signs_in_at_the_council(officer)
    officer.is_on("Second step")
    officer.finds_the_page_accessible()
    officer.fills("Code from your app", code_for(key, later=1))
    officer.presses("Sign in")
    officer.goes_to("/account/sessions/")
    officer.is_on("Where you are signed in")
    officer.finds_the_page_accessible()
    officer.presses("Sign out everywhere")
    officer.is_on("Sign in")


def test_a_passkey_is_set_up_and_signs_in_alone(visit, olu, scripts):
    if not scripts:
        pytest.skip("a passkey needs JavaScript; the page says so")
    officer = visit(olu)
    chromium = officer.page.context.new_cdp_session(officer.page)
    chromium.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    chromium.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": key | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    officer.goes_to("/account/sign-in-methods/passkeys/add/")
    officer.is_on("Enter your password again")
    officer.fills("Password", "long enough to type")
    officer.presses("Continue")
    officer.finds_the_page_accessible()
    officer.fills("What do you call it?", "My phone")
    officer.chooses("Sign in with this passkey alone")
    officer.presses("Add a passkey")
    officer.is_on("Recovery codes")
    officer.presses("Sign out")
    officer.goes_to("/sign-in/")
    officer.presses("Sign in with a passkey")
    officer.page.wait_for_url(re.compile(r"^(?!.*sign-in).*$"))
    officer.goes_to("/account/")
    officer.is_on("Olu Officer")


def test_a_code_by_email_is_enough_for_nobody_who_mistypes_it(visit, olu):
    officer = visit()
    officer.goes_to("/sign-in/")
    officer.fills("Email address", "olu@council.example")
    officer.presses("Email me a code")
    officer.is_on("Check your email")
    officer.finds_the_page_accessible()
    officer.fills("Code from the email", "WRONG1")
    officer.presses("Sign in")
    officer.follows_the_error("This code is not right")
    officer.fills("Code from the email", re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1))
    officer.presses("Sign in")
    officer.goes_to("/account/")
    officer.is_on("Olu Officer")
