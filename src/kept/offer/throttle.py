"""Fair shares of the public pages: so many calls a second for each network address; a scraper waits, not families.

A bucket of tokens for each address, in the memory of one worker and nowhere else: addresses are not kept.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.http import HttpRequest

MOST_ADDRESSES = 20_000
BURST_SECONDS = 6


class Buckets:
    """Tokens by address; `rate` a second, up to `rate * BURST_SECONDS` saved up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, rate: float, now: float) -> bool:
        """Whether the address may have one more answer now (seconds of a steady clock)."""
        most = rate * BURST_SECONDS
        with self._lock:
            tokens, before = self._held.pop(address, (most, now))
            tokens = min(most, tokens + (now - before) * rate)
            allowed = tokens >= 1
            self._held[address] = (tokens - 1 if allowed else tokens, now)
            if len(self._held) > MOST_ADDRESSES:
                self._held.popitem(last=False)
        return allowed


BUCKETS = Buckets()


def address_of(request: HttpRequest) -> str:
    """The caller's address; behind our own proxy, the one that the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")
    return request.META.get("REMOTE_ADDR", "")


def may_have_more(request: HttpRequest) -> bool:
    """Whether the caller is within a fair share. KEPT_CALLS_PER_SECOND of settings; 0 asks nothing."""
    rate = float(getattr(settings, "OFFER_CALLS_PER_SECOND", 10))
    return rate <= 0 or BUCKETS.take(address_of(request), rate, time.monotonic())
