import pytest

from kept.access.acting import acting_as_system
from kept.waiting import queries
from tests.made_up import an_area

pytestmark = pytest.mark.django_db


def test_no_lists_yet() -> None:
    with acting_as_system(an_area()) as actor:
        assert queries.lists(actor) == []
