"""The forms of signing in: the library's own, with our words, and the traps that it leaves open closed."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.contrib.auth.password_validation import validate_password

from kept.access.accounts import clean_name
from kept.access.models import Area, User


class NameField(forms.CharField):
    """A person's name in one line."""

    def __init__(self, **more: Any) -> None:
        usual: dict[str, Any] = {"max_length": 150, "label": "Your name"}
        super().__init__(**usual | more)

    def clean(self, value: Any) -> str:
        """Raises a sentence for line breaks and hidden characters, which could bend a letter or a list."""
        text = super().clean(value)
        if not text:
            return text
        try:
            return clean_name(text)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault


def _code(label: str, hint: str) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}
    return forms.CharField(label=label, help_text=hint, max_length=20, widget=forms.TextInput(attrs=attributes))


def _email() -> forms.EmailField:
    attributes = {"autocomplete": "username", "spellcheck": "false"}
    return forms.EmailField(label="Email address", max_length=254, widget=forms.EmailInput(attrs=attributes))


class AskForCodeForm(account.RequestLoginCodeForm):
    """Where to send a code: to the address that we know, never to another spelling of it that was typed."""

    email = _email()

    def clean_email(self) -> str:
        """The known address, or what was typed when there is none."""
        typed = super().clean_email()
        return self._user.email if self._user else typed.lower()


class CodeForm(account.ConfirmLoginCodeForm):
    """The code from the email."""

    code = _code("Code from the email", "6 letters and numbers. It works once, for 15 minutes.")


class PasswordSignInForm(account.LoginForm):
    """Email address and password."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["login"] = _email()
        self.fields["password"].help_text = ""
        self.order_fields(["login", "password"])


class PasswordAgainForm(account.ReauthenticateForm):
    """The password once more."""


class _PlainCode:
    def clean_code(self) -> str:
        """Codes are shown in groups; the spaces are not part of them."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()


SECOND_STEP = ("Code from your app", "6 digits, or one of your recovery codes of 8 digits.")


class SecondStepForm(_PlainCode, second_step.AuthenticateForm):
    """The second step of a sign-in."""

    code = _code(*SECOND_STEP)


class SecondStepAgainForm(_PlainCode, second_step.ReauthenticateForm):
    """The second step once more."""

    code = _code(*SECOND_STEP)


class SetUpAppForm(_PlainCode, app.ActivateTOTPForm):
    """Prove that the app was set up."""

    code = _code("Code that the app shows", "6 digits. It changes every half minute.")


NO_PASSKEY = "The browser sent no passkey that we can read. Try again."
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError)  # what the library lets out for bent answers


class _ReadablePasskey:
    def clean_credential(self) -> Any:
        """A bent answer of a browser is the sender's fault, not ours."""
        try:
            return super().clean_credential()
        except UNREADABLE as fault:
            raise forms.ValidationError(NO_PASSKEY) from fault


class PasskeyForm(_ReadablePasskey, passkey.LoginWebAuthnForm):
    """Sign in with a passkey alone."""


class PasskeySecondForm(_ReadablePasskey, passkey.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyAgainForm(_ReadablePasskey, passkey.ReauthenticateWebAuthnForm):
    """The passkey once more."""


class AddPasskeyForm(passkey.AddWebAuthnForm):
    """A new passkey. One that is known already is refused, whoever holds it."""

    name = NameField(label="What do you call it?", required=False, max_length=60, help_text="Such as “My phone”.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["passwordless"] = forms.BooleanField(
            label="Sign in with this passkey alone",
            required=False,
            initial=True,
            help_text="It asks for your fingerprint, face or PIN, so it counts as both steps.",
        )

    def clean_credential(self) -> Any:
        """Refuse the same passkey twice."""
        credential = self.cleaned_data["credential"]
        key = credential.get("id") if isinstance(credential, dict) else None
        if not key:
            raise forms.ValidationError(NO_PASSKEY)
        if Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, data__credential__id=key).exists():
            raise forms.ValidationError("This passkey is set up already.")
        return credential

    def clean(self) -> dict[str, Any]:
        """Read the passkey, which was made for this page and nothing else."""
        try:
            return super().clean()
        except UNREADABLE as fault:
            raise forms.ValidationError(NO_PASSKEY) from fault


class NamePasskeyForm(passkey.EditWebAuthnForm):
    """Another name for a passkey."""

    name = NameField(label="What do you call it?", max_length=60)


class FirstRunForm(forms.Form):
    """The area and its first administrator, on a new installation."""

    code = forms.CharField(
        label="Set-up code",
        max_length=40,
        help_text="The machine's own administrator reads it with: ./run kept manage first_run",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    area = NameField(label="Name of the local area", max_length=120, help_text="As it should stand on every page.")
    la_code = forms.RegexField(
        r"^\d{3}$",
        label="DfE number of the local authority",
        required=False,
        error_messages={"invalid": "The DfE number has 3 digits."},
        help_text="3 digits, if you know it.",
    )
    name = NameField()
    email = _email()
    password = forms.CharField(
        label="Password",
        strip=False,
        min_length=12,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters: three words together are good. You will set up a second step next.",
    )

    def clean_password(self) -> str:
        """Refuse what is too easy to guess."""
        password: str = self.cleaned_data["password"]
        person = User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))
        validate_password(password, person)
        return password


class AreaForm(forms.Form):
    """Which of their areas somebody works in now."""

    area = forms.ModelChoiceField(
        Area.objects.none(), label="Which area do you want to work in?", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, areas: list[Area], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].queryset = Area.objects.filter(pk__in=[area.pk for area in areas]).order_by("name")
