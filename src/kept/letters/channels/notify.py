"""GOV.UK Notify: letters, emails and texts by its HTTP API (https://docs.notifications.service.gov.uk/rest-api.html).

A thin client of our own: the key signs a short-lived token (JWT, HS256), and the reference is our key, so that a
letter can be found again. A letter goes as our own PDF ("precompiled"), so what was printed is what we kept.
"""

from __future__ import annotations

import base64
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from kept.letters.channels.base import CouldNotSend, Parcel, Receipt, email_address

LIVE = "https://api.notifications.service.gov.uk"
TIMEOUT_SECONDS = 30
LARGEST = 2 * 1024 * 1024
_KEY = re.compile(r".*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Account:
    """A Notify service: its API key ends with the service's id and the secret. Raises ValueError for any other key."""

    key: str
    server: str = LIVE

    def __post_init__(self) -> None:
        """Refuse a key of another form before anything is sent."""
        if not _KEY.fullmatch(self.key):
            raise ValueError("The GOV.UK Notify key should end with two long identifiers: copy the whole key.")
        if not self.server.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError("The address of GOV.UK Notify begins with https://")

    def token(self) -> str:
        """The token of one request."""
        service, secret = _KEY.fullmatch(self.key).groups()  # type: ignore[union-attr]
        return jwt.encode({"iss": service, "iat": int(time.time())}, secret, algorithm="HS256")

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """One call. Raises CouldNotSend with what Notify said."""
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self.server + path,
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token()}", "Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            busy = error.code == 429 or error.code >= 500  # noqa: PLR2004 - HTTP: too many, or their fault
            raise CouldNotSend(f"GOV.UK Notify answered {error.code}: {_said(error)}", may_retry=busy) from error
        except (OSError, ValueError) as error:
            raise CouldNotSend(f"GOV.UK Notify cannot be reached: {error}", may_retry=True) from error


def _said(error: urllib.error.HTTPError) -> str:
    try:
        errors = json.load(error).get("errors", [])
        return "; ".join(str(one.get("message", "")) for one in errors) or error.reason
    except (ValueError, AttributeError):
        return str(error.reason)


@dataclass(frozen=True)
class NotifyLetter:
    """Letters printed and posted by Notify. It needs a postcode, and no more than two megabytes."""

    account: Account
    postage: str = "second"
    name: str = "post"

    def send(self, parcel: Parcel) -> Receipt:
        """Send the letter's PDF to be printed."""
        if not parcel.postcode:
            raise CouldNotSend("GOV.UK Notify posts only to an address with a postcode. Put it on our own post list.")
        if len(parcel.attached) != 1:
            raise CouldNotSend("GOV.UK Notify prints one file: join what goes with the letter to it first.")
        content = parcel.attached[0].content
        if len(content) > LARGEST:
            raise CouldNotSend("The letter is larger than GOV.UK Notify takes (2 MB). Put it on our own post list.")
        body = {"reference": parcel.key, "content": base64.b64encode(content).decode(), "postage": self.postage}
        answer = self.account.post("/v2/notifications/letter", body)
        return Receipt("notify", str(answer["id"]), f"Accepted by GOV.UK Notify for {self.postage}-class post")


@dataclass(frozen=True)
class NotifyWords:
    """An email or a text by Notify, through a template there with the personalisation `subject` and `words`.

    Only for "a letter is on its way": what the letter says goes by post, or by our own email with the letter attached.
    """

    account: Account
    template: str
    kind: str = "sms"
    name: str = "text"

    def send(self, parcel: Parcel) -> Receipt:
        """Send the words."""
        if parcel.attached:
            raise CouldNotSend("A letter cannot be attached to a message by GOV.UK Notify.")
        to = {"email_address": email_address(parcel.to)} if self.kind == "email" else {"phone_number": parcel.to}
        personal = {"subject": parcel.subject, "words": parcel.words}
        body = {"template_id": self.template, "reference": parcel.key, "personalisation": personal, **to}
        answer = self.account.post(f"/v2/notifications/{self.kind}", body)
        return Receipt("notify", str(answer["id"]), "Accepted by GOV.UK Notify")
