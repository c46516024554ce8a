"""Who is let in to conversations: the case team, and those whom a conversation is with."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import CASE_TEAM, Who, World
from kept.messages import actions
from kept.messages.models import Thread

OFFICERS = CASE_TEAM | {Who.OTHER_AREA_OFFICER}
READERS = CASE_TEAM | {Who.MOTHER}
TALKERS = frozenset(
    {
        Who.MOTHER, Who.FATHER, Who.ADVOCATE, Who.OTHER_FAMILY, Who.YOUNG_PERSON, Who.FORMER_PARENT, Who.PROFESSIONAL,
        Who.DESIGNATED_OFFICER, Who.SCHOOL, Who.OTHER_PROFESSIONAL, Who.FORMER_PROFESSIONAL, Who.OTHER_SCHOOL,
        Who.ANALYST, Who.AUDITOR, Who.FORUM, Who.DIRECTOR, Who.INSPECTOR, Who.OTHER_INSPECTOR,
    }
) | OFFICERS  # fmt: skip

SETTERS = frozenset({Who.MANAGER, Who.DIRECTOR})
FAMILIES = frozenset({Who.MOTHER, Who.FATHER, Who.ADVOCATE, Who.OTHER_FAMILY, Who.YOUNG_PERSON, Who.FORMER_PARENT})


def _thread(world: World) -> Thread:
    def make(world: World) -> Thread:
        return actions.start(
            by=world.system,
            child=world.nia,
            subject="A question",
            text="When will we hear?",
            with_user=world.users[Who.MOTHER],
            is_theirs=True,
        )

    return world.once("thread", make)


def thread(world: World) -> dict[str, Any]:
    return {"pk": _thread(world).pk}


ROWS = [
    Row("messages:desk", OFFICERS),
    Row("messages:speed", TALKERS),
    Row("messages:standard", SETTERS),
    Row("messages:quiet", SETTERS),
    Row("messages:my_emails", FAMILIES),
    Row("messages:thread", READERS, kwargs=thread),
    Row("messages:thread", READERS, kwargs=thread, method="post", data=lambda world: {"text": "Thank you"}),
    Row("messages:close", CASE_TEAM, kwargs=thread, method="post"),
    Row("messages:hand_on", CASE_TEAM, kwargs=thread),
]
