"""A small area with a team at work, for the tests of the desks."""

from __future__ import annotations

from kept.worklist.tests.office import Office, make_office
from tests.standing import standing


@standing
def office() -> Office:
    """A manager, two officers, a psychologist, and nothing to do yet."""
    return make_office()
