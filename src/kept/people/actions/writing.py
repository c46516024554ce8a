"""What every action on a child's record shares: the lock, the version that the person saw, and the history."""

from __future__ import annotations

from datetime import date
from typing import Any

from kept.access.acting import Actor, Refused
from kept.people.models import Change, Child


class SomebodyElseWasFirst(Exception):
    """The record changed between the page being opened and the button being pressed. Nothing was recorded."""


def locked(by: Actor, child: Child) -> Child:
    """The child's row as it is now, locked until the transaction ends. Raises Refused when it is not theirs."""
    current = Child.objects.select_for_update().filter(area=by.area, pk=child.pk).first()
    if current is None:
        raise Refused("This child is not in your record.")
    return current


def check_version(child: Child, version: int | None) -> None:
    """Raise SomebodyElseWasFirst when the person looked at an older record (None: they did not look)."""
    if version is not None and child.version != version:
        raise SomebodyElseWasFirst(
            f"Somebody else changed {child.first_name}'s record while you had the page open. "
            "Nothing of yours was recorded yet: look at what changed, then decide again."
        )


def changed(by: Actor, child: Child, what: str, **details: Any) -> Child:
    """Write the change into the child's history and count the version up."""
    child.version += 1
    child.save()
    Change.objects.create(
        area=by.area,
        child=child,
        by=by.user,
        what=what,
        details={name: _plain(value) for name, value in details.items()},
    )
    return child


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
