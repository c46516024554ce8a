"""A programme of fourteen months with its officers, the forum and an analyst, for journeys of the board."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kept.access.acting import acting, acting_as_system, today_here
from kept.access.models import AgencyKind
from kept.access.roles import Role
from kept.improvement import actions
from kept.measures.computing import last_full_month, month_after
from kept.measures.models import Value
from tests import made_up

FLAT = [(30, 100), (28, 100), (33, 100), (31, 100)] * 3
RISEN = [(60, 100), (62, 100), (58, 100)] * 4 + [(61, 100)]


@pytest.fixture
def board(transactional_db: None) -> SimpleNamespace:
    """Plans are late; both agencies agreed why, and something was done about it."""
    area = made_up.an_area()
    send = made_up.an_agency(area, AgencyKind.SEND)
    health = made_up.an_agency(area, AgencyKind.HEALTH, "Health trust")
    found = SimpleNamespace(
        area=area,
        last=last_full_month(today_here()),
        director=made_up.a_person(area, Role.DIRECTOR, name="Dil Director"),
        officer=made_up.a_person(area, Role.DESIGNATED_OFFICER, agency=health, name="Noor Nurse"),
        forum=made_up.a_person(area, Role.FORUM, name="Fay Forum"),
        analyst=made_up.a_person(area, Role.ANALYST, name="Ana Lyst"),
    )
    found.acting = lambda user, on=None: acting(user=user, area=area, today=on)
    began = month_after(found.last, -12)
    with found.acting(found.director, began) as by:
        found.programme = actions.start(
            by=by, kind="local", name="Plans on time", started_on=began, published_on=began,
            council_officer=found.director, nhs_officer=found.officer,
        )  # fmt: skip
        found.finding = actions.find(
            by=by, programme=found.programme, kind="local", text="Plans are late.", outcome="Plans come in time.",
            bodies=[send],
        )  # fmt: skip
        actions.aim(
            by=by, finding=found.finding, code="T1", target=50.0, target_on=month_after(began, 24), why="The finding"
        )
        cause = actions.name_cause(by=by, finding=found.finding, statement="No panel in August", how_tested="Counted")
        action = actions.act(
            by=by, finding=found.finding, causes=[cause], what="A panel each week", agency=send, lead=found.director,
            starts_on=began, effect_code="T1", effect_size="20 points", lag_months=3, because="cases wait for a panel",
        )  # fmt: skip
        actions.promise(
            by=by, action=action, deliverable="Panel", acceptance_test="Seen", promised_on=began + timedelta(days=60)
        )
    return found


def figures(board: SimpleNamespace, pairs: list[tuple[int, int]]) -> None:
    """Plans in 20 weeks by month, oldest first, up to the last full month."""
    with acting_as_system(board.area):
        Value.objects.bulk_create(
            Value(
                area=board.area, code="T1", month=month_after(board.last, at + 1 - len(pairs)), numerator=hits,
                denominator=base, query_version="T1.1", computed_on=board.last + timedelta(days=40),
            )
            for at, (hits, base) in enumerate(pairs)
        )  # fmt: skip
