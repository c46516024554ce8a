"""Who is let in to the pages of notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kept.access.tests.permission_table import Facts, Row
from kept.access.tests.world import CASE_TEAM, Who, World
from kept.cases.tests.permissions import case, entry
from kept.notices import actions
from kept.notices.models import Dispatch, Notice, Recipient, Way

EDITORS = frozenset({Who.MANAGER})
ELSEWHERE = frozenset({Who.OTHER_AREA_OFFICER})  # sees the lists of their own area


def notice(world: World) -> Notice:
    """The notice that an assessment of Nia is being considered."""
    found, first = case(world), entry(world)
    return world.once("notice", lambda world: actions.start(by=world.system, case=found, sort="N1", event=first.pk))


def recipient(world: World) -> Recipient:
    """Her mother, on the list of that notice."""
    one = notice(world)
    return world.once("notice recipient", lambda world: one.recipients.filter(is_family=True).first())


def dispatch(world: World) -> Dispatch:
    """A letter to her mother that waits for the post."""
    to = recipient(world)

    def make(world: World) -> Dispatch:
        from kept.notices.making import desk_of, letter_for

        letter = letter_for(desk_of(world.system, to.notice, dated=world.today), to)
        return Dispatch.objects.create(
            area=world.area,
            notice=to.notice,
            recipient=to,
            child=world.nia,
            way=Way.POST,
            dated=world.today,
            letter=letter.as_data(),
            digest=letter.digest,
            made_by=world.users[Who.OFFICER],
        )

    return world.once("notice dispatch", make)


def of(make: Any, **more: str) -> Facts:
    """The address of a page about one of these."""

    def kwargs(world: World) -> Mapping[str, Any]:
        return {"pk": make(world).pk, **more}

    return kwargs


def to_mother(world: World) -> Mapping[str, Any]:
    """The address of her letter."""
    return {"pk": notice(world).pk, "who": recipient(world).pk}


def with_post(world: World) -> Mapping[str, Any]:
    """Put a letter on the post list, so that the list has something to hide."""
    return {"show": ""} if dispatch(world) else {}


def with_notice(world: World) -> Mapping[str, Any]:
    """Begin a notice, so that the list has something to hide."""
    return {"show": ""} if notice(world) else {}


def of_template(world: World) -> Mapping[str, Any]:
    """The address of a template."""
    return {"key": "N1", "look": "standard"}


def trying(world: World) -> Mapping[str, Any]:
    """A template tried on real cases, Nia's among them."""
    body = "{{opening}}\n{{considering}}\n{{views_right}}"
    return {"title": "About {{who}}", "body": body, "step": "try"} if notice(world) else {}


ROWS = [
    Row("notices:all", CASE_TEAM | ELSEWHERE, query=with_notice, child=True),
    Row("notices:case", CASE_TEAM, kwargs=of(case)),
    Row("notices:start", CASE_TEAM, kwargs=of(case), method="post", data=lambda world: {"sort": "N14-stop"}),
    Row("notices:notice", CASE_TEAM, kwargs=of(notice)),
    Row("notices:notice", CASE_TEAM, kwargs=of(notice), method="post"),
    Row("notices:add_recipient", CASE_TEAM, kwargs=of(notice)),
    Row("notices:recipient", CASE_TEAM, kwargs=to_mother),
    Row("notices:enclose", CASE_TEAM, kwargs=of(notice), method="post", data=lambda world: {"title": "A paper"}),
    Row("notices:send", CASE_TEAM, kwargs=of(notice), method="post"),
    Row("notices:letter", CASE_TEAM, kwargs=to_mother),
    Row("notices:letter_pdf", CASE_TEAM, kwargs=to_mother),
    Row("notices:letter_word", CASE_TEAM, kwargs=to_mother),
    Row("notices:sent", CASE_TEAM, kwargs=of(dispatch)),
    Row("notices:sent_pdf", CASE_TEAM, kwargs=of(dispatch)),
    Row("notices:came_back", CASE_TEAM, kwargs=of(dispatch)),
    Row("notices:post", CASE_TEAM | ELSEWHERE, query=with_post, child=True),
    Row("notices:post_pdf", CASE_TEAM | ELSEWHERE, query=with_post, child=True),
    Row("notices:post_csv", CASE_TEAM | ELSEWHERE, query=with_post, child=True),
    Row("notices:letterhead", EDITORS),
    Row("notices:templates", EDITORS),
    Row("notices:wording", EDITORS, kwargs=of_template, child=False),
    Row("notices:wording", EDITORS, kwargs=of_template, method="post", data=trying),
]
