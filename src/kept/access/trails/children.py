"""The children of the trails' lines: named to those who may see them, and found by what an enquirer gives.

Who reads the trails mostly sees no child. The data protection officer is asked by families who looked at their child,
and is given a name or a number and not a key; Kept itself looks for exactly that and answers with lines that the
officer may read already. The child's name is not shown for it, nothing like it is found, and that somebody looked
stands in the security log.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kept.access.acting import Actor, acting_as_system
from kept.access.roles import Can, Role
from kept.access.trails.security import Happened, note
from kept.people.facts import sort_key
from kept.people.finding import search_children
from kept.people.models import Child, Identifier
from kept.people.queries import children_seen

MOST = 200
MOST_WORDS = 12


def names_of(actor: Actor, child_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of those of these children whom the reader may see; others are left out. One query."""
    keys = {key for key in child_ids if key}
    if not keys or not actor.can(Can.SEE_RECORD):
        return {}
    return {child.pk: child.full_name for child in children_seen(actor).filter(pk__in=keys).defer("name_keys")}


def keys_of(actor: Actor, text: str) -> set[UUID]:
    """The children that a key, a name or a number means to this reader; empty for none.

    Whoever sees children finds them as everywhere else. The data protection officer, who sees none, finds a child by
    the whole name or the whole number alone.
    """
    try:
        return {UUID(text)}
    except ValueError:
        pass
    found = {one.child.pk for one in search_children(actor, text, per_page=MOST).found} if _sees(actor) else set()
    return found | (_exactly(actor, text) if Role.DATA_PROTECTION in actor.roles else set())


def _sees(actor: Actor) -> bool:
    return actor.can(Can.SEE_RECORD)


def _exactly(actor: Actor, text: str) -> set[UUID]:
    """The children of exactly this name or number; the search is noted, not what was typed."""
    what = "Looked for a child’s lines in the trails by name or number"
    note(Happened.LOOKED_FOR, person=actor.user, area=actor.area, request=None, what=what)
    with acting_as_system(actor.area, today=actor.today):
        named = Child.objects.filter(area=actor.area, sort_key__in=_as_sorted(text)).values_list("pk", flat=True)
        numbered = Identifier.objects.filter(area=actor.area, value__in=_numbers(text))
        return {*named[:MOST], *numbered.values_list("child_id", flat=True)[:MOST]}


def _as_sorted(text: str) -> list[str]:
    """The name as children are sorted, wherever its given names may end: "Nia Mai Sample" or "Sample, Nia Mai"."""
    family, comma, given = text.partition(",")
    if comma:
        return [sort_key(given.strip(), family.strip())]
    words = text.split()[:MOST_WORDS]
    return [sort_key(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]


def _numbers(text: str) -> list[str]:
    squeezed = "".join(text.split()).replace("-", "")
    return sorted({text.strip(), squeezed, squeezed.upper()})


def with_children(actor: Actor, lines: list[dict[str, Any]], rows: Iterable[Any]) -> dict[UUID, str]:
    """Put on each line, as `name`, whom it is about, where the reader may see them; and whom the lines name."""
    about: list[UUID | None] = [getattr(row, "child_id", None) for row in rows]
    names = names_of(actor, about)
    for line, key in zip(lines, about, strict=True):
        line["name"] = names.get(key, "") if key else ""
    return names
