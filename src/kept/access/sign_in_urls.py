"""The sign-in library's pages that we use, at our addresses and under the names by which it finds them itself.

Signing up, changing an address and resetting a password are left out: an account comes by invitation, an address is
proven by a code, and whoever forgot a password asks for a code.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as directory
from allauth.usersessions import views as sessions
from django.urls import path

from kept.access import directory_views, views

METHODS = "account/sign-in-methods/"
urlpatterns = [
    path("sign-in/password/", account.login, name="account_login"),
    path("sign-in/ask-for-code/", views.sign_in, name="account_request_login_code"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/no-account/", views.no_account, name="account_signup"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:provider_id>/", directory_views.there, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", directory_views.back, name="openid_connect_callback"),
    path("sign-in/stopped/", directory.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/fault/", directory.login_error, name="socialaccount_login_error"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/again/second-step/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("account/again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path(METHODS, second_step.index, name="mfa_index"),
    path(f"{METHODS}app/", app.activate_totp, name="mfa_activate_totp"),
    path(f"{METHODS}app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path(f"{METHODS}recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(f"{METHODS}recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(f"{METHODS}recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(f"{METHODS}passkeys/", second_step.index, name="mfa_list_webauthn"),
    path(f"{METHODS}passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path(f"{METHODS}passkeys/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{METHODS}passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
]
