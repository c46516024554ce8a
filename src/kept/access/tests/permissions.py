"""Who is let in to the pages of accounts and of who looked."""

from typing import Any

from kept.access.models import Grant, Relation
from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, EVERYBODY, NAME, OTHER_AREA, PARENTS, SIGNED_IN, WITH_A_ROLE, Who, World
from kept.access.trails import Shown
from kept.access.trails.reading import write_reading
from kept.access.trails.tables import TRAILS

READ_TRAILS = frozenset({Who.AUDITOR, Who.DATA_PROTECTION, Who.ADMINISTRATOR, Who.OTHER_AREA_ADMINISTRATOR})
BREAK_GLASS = frozenset({Who.PROFESSIONAL, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL})


def named(name: str) -> Any:
    return lambda world: {"name": name}


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def looked_at(world: World) -> dict[str, Any]:
    def look(world: World) -> bool:
        write_reading(world.system, Shown(what="Her page", children={world.nia.pk: None}), page="people:child")
        return True

    world.once("looked at", look)
    return nia(world)


def advocates(world: World) -> dict[str, Any]:
    def find(world: World) -> Grant:
        return Grant.objects.get(child_id=world.nia.pk, relation=Relation.ADVOCATE)

    return nia(world) | {"grant": world.once("advocate", find).pk}


def nias_details(world: World) -> dict[str, Any]:
    born_on = world.nia.born_on
    return {
        "given_names": NAME[0],
        "family_name": NAME[1],
        "born_on-day": born_on.day,
        "born_on-month": born_on.month,
        "born_on-year": born_on.year,
        "reason": "Unconscious in the accident and emergency department",
    }


# The sign-in library's pages. Those in the middle of a sign-in lead back to its beginning when there is none.
SIGNING_IN = [
    *[
        Row(name, EVERYBODY)
        for name in (
            "account_login",
            "account_request_login_code",
            "account_confirm_login_code",
            "account_inactive",
            "account_signup",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "socialaccount_login_cancelled",
        )
    ],
    Row("socialaccount_login_error", frozenset(), denied=401),
    *[
        Row(name, frozenset(), kwargs=lambda world: {"provider_id": "none"}, child=False)
        for name in ("openid_connect_login", "openid_connect_callback")
    ],
    *[
        Row(name, frozenset(), denied=403)
        for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
    ],
    *[
        Row(name, SIGNED_IN)
        for name in (
            "account_change_password",
            "account_set_password",
            "usersessions_list",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
        )
    ],
    *[
        Row(name, frozenset())
        for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes")
    ],
    Row("mfa_generate_recovery_codes", SIGNED_IN),
    *[
        Row(name, frozenset(), kwargs=lambda world: {"pk": 1}, child=False)
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ],
]

ROWS = [
    Row("access:home", EVERYBODY),
    Row("access:sign_in", EVERYBODY),
    Row("access:sign_in_by_link", frozenset(), kwargs=lambda world: {"token": "guessed"}, child=False, denied=410),
    Row("access:sign_out", EVERYBODY, method="post"),
    Row("access:account", SIGNED_IN),
    Row("access:everything", WITH_A_ROLE - {Who.TRANSPORT}),
    Row("access:sign_out_everywhere", EVERYBODY, method="post"),
    Row("access:choose_area", SIGNED_IN),
    Row("access:first_run", frozenset()),
    *[Row(f"access:{name}", EVERYBODY) for name in ("accessibility", "privacy", "help")],
    *SIGNING_IN,
    Row("records:roles", EVERYBODY),
    Row("records:trails", READ_TRAILS),
    *[Row("records:trail", READ_TRAILS, kwargs=named(name), child=False) for name in TRAILS],
    *[Row("records:trail_csv", READ_TRAILS, kwargs=named(name), child=False) for name in TRAILS],
    Row("records:emergencies", READ_TRAILS),
    Row("records:emergency", BREAK_GLASS),
    Row("records:emergency", BREAK_GLASS, method="post", data=nias_details),
    Row("records:who_looked", PARENTS | (READ_TRAILS - OTHER_AREA), kwargs=looked_at),
    Row("records:who_looked_csv", PARENTS | (READ_TRAILS - OTHER_AREA), kwargs=looked_at),
    Row("records:sharing", PARENTS | CASE_TEAM, kwargs=nia),
    Row("records:involve", CASE_TEAM, kwargs=nia),
    Row("records:end_sharing", PARENTS | CASE_TEAM, kwargs=advocates),
    Row("records:end_sharing", PARENTS | CASE_TEAM, kwargs=advocates, method="post"),
]
