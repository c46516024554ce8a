"""One small demonstration area for all the tests that read it; what each test does to it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from kept.access.acting import today_here
from kept.demo import figures, load

PLANS = 60


@pytest.fixture(scope="package")
def today() -> date:
    return today_here()


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any, today: date) -> Iterator[load.Loaded]:
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield load.load(figures.read("Southend-on-Sea"), today=today, plans=PLANS)
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture
def area(loaded: load.Loaded, django_db_blocker: Any) -> Iterator[load.Loaded]:
    """The area, with what the test does undone after it."""
    with django_db_blocker.unblock():
        point = transaction.savepoint()
        try:
            yield loaded
        finally:
            transaction.savepoint_rollback(point)
