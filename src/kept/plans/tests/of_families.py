"""Who is let in to the pages of plans with families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, FAMILY, MAY_SEE_NIA, PARENTS, Who, World
from kept.documents.models import Document
from kept.plans.models import AdvicePaper, DraftComment, Entry, Plan, Recommendation, Version
from kept.plans.words import Kind, Stage

TEXT = "A speech and language therapist will see Nia for 30 minutes each week."


def sent_draft(world: World) -> Version:
    """A draft with one promise in it, sent today; of a plan of its own, as one child has one running plan only."""

    def make(world: World) -> Version:
        plan = Plan.objects.create(
            area=world.area, child=world.nia, section_set="ehcp-2014", made_by=world.system.user, ceased_on=world.today
        )
        facts = {"number": 1, "stage": Stage.DRAFT, "section_set": plan.section_set}
        version = Version.objects.create(
            area=world.area, plan=plan, child=world.nia, writer=world.users[Who.OFFICER], **facts
        )
        Entry.objects.create(
            area=world.area, version=version, child=world.nia, section="F", kind=Kind.PROVISION, text=TEXT
        )
        version.sent_on = world.today
        version.save(update_fields=["sent_on"])
        return version

    return world.once("draft plan with the family", make)


def draft(world: World) -> dict[str, Any]:
    return {"pk": sent_draft(world).pk}


def draft_section(world: World) -> dict[str, Any]:
    return draft(world) | {"section": "F"}


def ask(world: World) -> dict[str, Any]:
    return draft(world) | {"kind": "meeting"}


def mothers_point(world: World) -> dict[str, Any]:
    """A point that her mother sent."""
    version = sent_draft(world)

    def make(world: World) -> DraftComment:
        return DraftComment.objects.create(
            area=world.area,
            version=version,
            child=world.nia,
            by=world.users[Who.MOTHER],
            said_by="Her mother",
            text="Twice a week, please.",
            said_on=world.today,
        )

    return {"pk": world.once("point on the draft", make).pk}


def recommendation(world: World) -> dict[str, Any]:
    """A recommendation that waits for an answer."""
    version = sent_draft(world)

    def make(world: World) -> Recommendation:
        return Recommendation.objects.create(
            area=world.area, plan=version.plan, child=world.nia, said_by="Therapy service", text=TEXT
        )

    return {"pk": version.pk, "row": world.once("recommendation for the plan", make).pk}


def paper(world: World) -> dict[str, Any]:
    """A file with advice that somebody has to look through."""
    version = sent_draft(world)

    def make(world: World) -> AdvicePaper:
        document = Document.objects.create(
            area=world.area, child=world.nia, title="Report", media="text/plain", ending="txt", size=9, sha256="f" * 64,
            path="paper-of-nia", verdict="clean", sent_by="Therapy service", by=world.users[Who.OFFICER],
        )  # fmt: skip
        return AdvicePaper.objects.create(
            area=world.area, child=world.nia, document=document, said_by="Therapy service", said_on=world.today,
            pages=1, pages_read=1, texts=[TEXT],
        )  # fmt: skip

    return {"pk": version.pk, "paper": world.once("paper with advice", make).pk}


def entry(world: World) -> Mapping[str, str]:
    version = sent_draft(world)
    known = world.once("entry of the draft", lambda world: Entry.objects.get(version=version))
    return {"lineage": str(known.lineage), "text": "More, please."}


def nia(world: World) -> dict[str, Any]:
    return {"pk": world.nia.pk}


READERS = FAMILY | CASE_TEAM
ROWS = [
    Row("plans:draft_of", READERS, kwargs=nia),
    Row("plans:promised", MAY_SEE_NIA, kwargs=nia),
    Row("plans:outcomes_of", MAY_SEE_NIA, kwargs=nia),
    Row("plans:draft", READERS, kwargs=draft),
    Row("plans:draft_section", READERS, kwargs=draft_section),
    Row("plans:point", FAMILY, kwargs=draft, method="post", data=entry),
    *[Row("plans:send_points", FAMILY, kwargs=draft, method=method) for method in ("get", "post")],
    *[Row("plans:ask", FAMILY, kwargs=ask, method=method) for method in ("get", "post")],
    Row("plans:undo_point", frozenset({Who.MOTHER}), kwargs=mothers_point, method="post"),
    Row("plans:points", CASE_TEAM, kwargs=draft),
    Row("plans:write_point", CASE_TEAM, kwargs=draft),
    Row("plans:write_point", CASE_TEAM, kwargs=draft, method="post"),
    Row("plans:answer_point", CASE_TEAM, kwargs=mothers_point, child=False),
    Row("plans:answer_point", CASE_TEAM, kwargs=mothers_point, method="post"),
    Row("plans:answers", PARENTS | CASE_TEAM, kwargs=draft),
    Row("plans:changes", MAY_SEE_NIA, kwargs=draft),
    Row("plans:advice_used", MAY_SEE_NIA, kwargs=draft),
    *[Row("plans:advice_in", CASE_TEAM, kwargs=draft, method=method) for method in ("get", "post")],
    Row("plans:paper_looked", CASE_TEAM, kwargs=paper, method="post"),
    *[Row("plans:recommendation", CASE_TEAM, kwargs=recommendation, method=method) for method in ("get", "post")],
]
