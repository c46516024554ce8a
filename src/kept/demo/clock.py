"""The time of day in the demonstration's past: what was said three weeks ago bears the date of three weeks ago."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone

HOUR = time(10, 30)


@contextmanager
def clock_at(day: date) -> Iterator[None]:
    """Within it, rows are stamped with half past ten on that day; never with a time still to come.

    Only for the process that makes the demonstration: it alone writes into days gone by.
    """
    moment = min(timezone.make_aware(datetime.combine(day, HOUR)), timezone.now())
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
