"""Who is let in to plans on paper, to reading in an old plan, and to the report of the night."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, MAY_SEE_NIA, Who, World
from kept.plans.models import Entry, Plan, PlanImport, Version
from kept.plans.words import Kind, Stage

TEXT = "A teacher will see Nia for an hour each week."


def _import(world: World) -> PlanImport:
    """A plan that was read in and is in force; of a plan of its own, as one child has one running plan only."""

    def make(world: World) -> PlanImport:
        about = {"area": world.area, "child": world.nia}
        plan = Plan.objects.create(**about, section_set="ehcp-2014", made_by=world.system.user, ceased_on=world.today)
        version = Version.objects.create(
            **about, plan=plan, number=1, stage=Stage.FINAL, section_set=plan.section_set,
            writer=world.users[Who.OFFICER], is_imported=True,
        )  # fmt: skip
        Entry.objects.create(
            **about, version=version, section="F", kind=Kind.PROVISION, text=TEXT, read_by_machine=True
        )
        version.issued_on = world.today
        version.save(update_fields=["issued_on"])
        return PlanImport.objects.create(**about, name="Old plan", version=version, by=world.users[Who.OFFICER])

    return world.once("plan read in", make)


def _version(world: World) -> Version:
    version = _import(world).version
    assert version is not None
    return version


def version(world: World) -> dict[str, Any]:
    return {"pk": _version(world).pk}


def child(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def read_in(world: World) -> dict[str, Any]:
    return {"pk": _import(world).pk}


def entry(world: World) -> dict[str, Any]:
    found = _version(world)
    return {
        "pk": found.pk,
        "lineage": world.once(
            "entry that was read in", lambda world: found.entries.values_list("lineage", flat=True)[0]
        ),
    }


ROWS = [
    Row("plans:document", MAY_SEE_NIA, kwargs=version),
    Row("plans:caseload", AREA_STAFF | {Who.OTHER_AREA_OFFICER}),
    Row("plans:findings", AREA_STAFF, kwargs=version),
    Row("plans:import", CASE_TEAM, kwargs=child),
    Row("plans:import", CASE_TEAM, kwargs=child, method="post"),
    Row("plans:import_reading", CASE_TEAM, kwargs=read_in, child=False),
    Row("plans:import_reading", CASE_TEAM, kwargs=read_in, method="post"),
    Row("plans:import_review", CASE_TEAM, kwargs=version),
    Row("plans:import_confirm_all", CASE_TEAM, kwargs=version, method="post"),
    Row("plans:import_names", CASE_TEAM, kwargs=version, method="post"),
    Row("plans:import_into_force", CASE_TEAM, kwargs=version, method="post"),
    Row("plans:import_entry", CASE_TEAM, kwargs=entry, method="post"),
]
