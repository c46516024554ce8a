"""A small area with a team at work, for the tests of the desks."""

from __future__ import annotations

import pytest

from kept.worklist.tests.office import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    """A manager, two officers, a psychologist, and nothing to do yet."""
    return make_office()
