"""What an authenticator app on a phone would show."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

HALF_A_MINUTE = 30


def code_for(key: str, *, later: int = 0) -> str:
    """The code of this half minute, or of one that many half minutes later, for the key that a page shows."""
    return format_hotp_value(hotp_value("".join(key.split()), int(time.time() // HALF_A_MINUTE) + later))
