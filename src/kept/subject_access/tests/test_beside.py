"""What somebody says is wrong stands beside the entry on the pages of the child and of the case."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kept.access.tests.test_permission_table import sign_in
from kept.access.tests.world import Who, make_world
from kept.cases.actions import open_case
from kept.people.models import Child
from kept.subject_access import actions


@pytest.mark.django_db
def test_corrections_stand_beside_the_entries_of_the_child_and_of_the_case(client: Client) -> None:
    world = make_world()
    with world.acting(Who.OFFICER) as officer:
        case = open_case(by=officer, child=world.nia, kind="request_received", on=world.today, details={"by": "parent"})
        event = case.events.get()
    with world.acting(Who.MOTHER) as mother:
        about = {"by": mother, "child_id": world.nia.pk}
        actions.ask_for_correction(**about, table=Child._meta.db_table, row_id=world.nia.pk, says="Spelt <b>wrong</b>")
        actions.ask_for_correction(**about, table="cases_event", row_id=event.pk, says="It came a week before")
    sign_in(client, world, Who.OFFICER)
    child = client.get(reverse("people:child", args=[world.nia.pk])).content.decode()
    shown = client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert "Disputed by" in child
    assert "Spelt &lt;b&gt;wrong" in child
    assert "It came a week before" in shown
    assert "Spelt" not in shown  # it is about another entry
    sign_in(client, world, Who.FATHER)  # a parent’s dispute is not the other parent’s to read
    assert "Disputed by" not in client.get(reverse("people:child", args=[world.nia.pk])).content.decode()
