"""Who is let in to the writer's desk: what is being written is the case team's and the director's alone."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Facts, Row
from kept.access.tests.world import AREA_STAFF, CASE_TEAM, INVOLVED, Who, World
from kept.plans.models import Entry, Override, Plan, Recall, Recipient, Version
from kept.plans.tests.of_families import sent_draft
from kept.plans.words import Kind, Stage

READERS = AREA_STAFF | INVOLVED | {Who.INSPECTOR}
TEXT = "Nia will have access to speech and language therapy as required."


def writing(world: World) -> Version:
    """A version that is being written; of a plan of its own, as one child has one running plan only."""

    def make(world: World) -> Version:
        plan = Plan.objects.create(
            area=world.area, child=world.nia, section_set="ehcp-2014", made_by=world.system.user, ceased_on=world.today
        )
        facts = {"number": 1, "stage": Stage.FINAL, "section_set": plan.section_set, "area": world.area}
        version = Version.objects.create(plan=plan, child=world.nia, writer=world.users[Who.OFFICER], **facts)
        Entry.objects.create(
            area=world.area, version=version, child=world.nia, section="F", kind=Kind.PROVISION, text=TEXT
        )
        return version

    return world.once("plan that is being written", make)


def version(world: World) -> dict[str, Any]:
    return {"pk": writing(world).pk}


def sent(world: World) -> dict[str, Any]:
    return {"pk": sent_draft(world).pk}


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


def plan(world: World) -> dict[str, Any]:
    return {"pk": writing(world).plan_id}


def entry(world: World) -> dict[str, Any]:
    found = writing(world)
    one = world.once("entry that is written", lambda world: Entry.objects.get(version=found))
    return {"pk": found.pk, "lineage": one.lineage}


def doing(name: str, value: str, facts: Facts) -> Facts:
    return lambda world: {**facts(world), name: value}


def override(world: World) -> dict[str, Any]:
    def make(world: World) -> Override:
        return Override.objects.create(
            area=world.area, version=writing(world), child=world.nia, fingerprint="x", rule="F03", severity="blocker",
            reason="Agreed.", by=world.users[Who.OFFICER], on=world.today,
        )  # fmt: skip

    return {"pk": world.once("override", make).pk, "what": "agree"}


def _recipient(world: World) -> Recipient:
    def make(world: World) -> Recipient:
        return Recipient.objects.create(
            area=world.area, version=sent_draft(world), child=world.nia, to="setting", name="Her school"
        )

    return world.once("recipient", make)


def recipient(world: World) -> dict[str, Any]:
    return {"pk": _recipient(world).pk, "what": "sent"}


def recall(world: World) -> dict[str, Any]:
    def make(world: World) -> Recall:
        return Recall.objects.create(
            area=world.area, recipient=_recipient(world), child=world.nia, because_of=writing(world),
            asked_on=world.today,
        )  # fmt: skip

    return {"pk": world.once("recall", make).pk, "what": "recalled"}


ROWS = [
    Row("plans:desk", CASE_TEAM | {Who.OTHER_AREA_OFFICER}),
    Row("plans:of_child", READERS, kwargs=nia),
    Row("plans:start", CASE_TEAM, kwargs=nia, method="post"),
    Row("plans:order", CASE_TEAM, kwargs=plan, child=False),
    Row("plans:order", CASE_TEAM, kwargs=plan, method="post"),
    Row("plans:version", AREA_STAFF, kwargs=version),
    Row("plans:version", READERS, kwargs=sent),
    Row("plans:thread", AREA_STAFF, kwargs=version),
    Row("plans:thread", READERS, kwargs=sent),
    Row("plans:move", CASE_TEAM, kwargs=doing("name", "give_up", version)),
    Row("plans:move", CASE_TEAM, kwargs=doing("name", "give_up", version), method="post"),
    Row("plans:section", CASE_TEAM, kwargs=doing("code", "F", version)),
    Row("plans:entry", CASE_TEAM, kwargs=entry),
    Row("plans:entry", CASE_TEAM, kwargs=entry, method="post"),
    Row("plans:check", CASE_TEAM, kwargs=entry, method="post"),
    Row("plans:grounds", CASE_TEAM, kwargs=entry),
    Row("plans:grounds", CASE_TEAM, kwargs=entry, method="post"),
    Row("plans:release", CASE_TEAM, kwargs=entry),
    Row("plans:release", CASE_TEAM, kwargs=entry, method="post"),
    Row("plans:entry_do", CASE_TEAM, kwargs=doing("what", "up", entry), method="post"),
    Row("plans:gate", CASE_TEAM, kwargs=version),
    Row("plans:gate", CASE_TEAM, kwargs=version, method="post"),
    Row("plans:override", CASE_TEAM, kwargs=version, method="post"),
    Row("plans:override_do", CASE_TEAM, kwargs=override, method="post"),
    Row("plans:recipients", CASE_TEAM, kwargs=version),
    Row("plans:recipients", CASE_TEAM, kwargs=version, method="post"),
    Row("plans:receipt", CASE_TEAM, kwargs=recipient, method="post"),
    Row("plans:receipt", CASE_TEAM, kwargs=recall, method="post"),
]
