"""Who is let in to copies, corrections and rights that pass on."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, PARENTS, Who, World
from kept.subject_access import actions
from kept.subject_access.models import CopyRequest, Correction

KEEPERS = CASE_TEAM | {Who.OTHER_AREA_OFFICER}


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def copy_asked(world: World) -> CopyRequest:
    def make(world: World) -> CopyRequest:
        with world.acting(Who.MOTHER) as mother:
            return actions.ask_for_copy(by=mother, child_id=world.nia.pk)

    return world.once("copy asked", make)


def copy_given(world: World) -> CopyRequest:
    def make(world: World) -> CopyRequest:
        with world.acting(Who.FATHER) as father:
            asked = actions.ask_for_copy(by=father, child_id=world.nia.pk)
        with world.acting(Who.OFFICER) as officer:
            return actions.release(by=officer, copy=asked)

    return world.once("copy given", make)


def asked(world: World) -> dict[str, Any]:
    return {"pk": copy_asked(world).pk}


def given(world: World) -> dict[str, Any]:
    return {"pk": copy_given(world).pk}


def text(world: World) -> dict[str, Any]:
    return asked(world) | {"table": "people_child", "row": world.nia.pk, "field": "given_names"}


def entry(world: World) -> dict[str, Any]:
    return nia(world) | {"table": "people_child", "row": world.nia.pk}


def dispute(world: World) -> Correction:
    def make(world: World) -> Correction:
        with world.acting(Who.MOTHER) as mother:
            return actions.ask_for_correction(
                by=mother, child_id=world.nia.pk, table="people_child", row_id=world.nia.pk, says="The name is misspelt"
            )

    return world.once("dispute", make)


ROWS = [
    Row("subject_access:copies", KEEPERS),
    Row("subject_access:ask", PARENTS | CASE_TEAM, kwargs=nia),
    Row("subject_access:ask", PARENTS | CASE_TEAM, kwargs=nia, method="post"),
    Row("subject_access:copy", CASE_TEAM, kwargs=asked),
    Row("subject_access:copy", CASE_TEAM | {Who.FATHER}, kwargs=given),
    Row("subject_access:copy_pdf", CASE_TEAM | {Who.FATHER}, kwargs=given),
    Row("subject_access:copy_json", CASE_TEAM | {Who.FATHER}, kwargs=given),
    Row("subject_access:check", CASE_TEAM, kwargs=asked),
    Row("subject_access:decide_text", CASE_TEAM, kwargs=text),
    Row("subject_access:corrections", PARENTS | CASE_TEAM, kwargs=nia),
    Row("subject_access:dispute", PARENTS, kwargs=entry),
    Row("subject_access:decide", CASE_TEAM, kwargs=lambda world: {"pk": dispute(world).pk}),
    Row("subject_access:passing", PARENTS | CASE_TEAM, kwargs=nia),
    Row("subject_access:passing", CASE_TEAM, kwargs=nia, method="post", data=lambda world: {"step": "told"}),
]
