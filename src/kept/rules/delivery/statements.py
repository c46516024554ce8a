"""The shortfall statement of a term: due, delivered, missing and why, by service, with the catch-up that was agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kept.rules.delivery.model import STANDARD, ProvisionItem, Reason, Settings
from kept.rules.delivery.tally import Count, Standing, standing, total


@dataclass(frozen=True)
class CatchUp:
    """Minutes that were agreed to be made up, by when, and those that were."""

    service: str
    minutes: int
    by_on: date
    given: int = 0

    @property
    def outstanding(self) -> int:
        """Minutes still to be made up."""
        return max(self.minutes - self.given, 0)

    def status(self, today: date) -> str:
        """Where it stands: made up, running or overdue."""
        if not self.outstanding:
            return "made up"
        return "overdue" if today > self.by_on else "running"


@dataclass(frozen=True)
class Line:
    """One service of a term's statement. count is in minutes unless `in_sessions`."""

    service: str
    count: Count
    standing: Standing
    item_ids: tuple[str, ...]
    in_sessions: bool = False
    catch_ups: tuple[CatchUp, ...] = ()

    @property
    def owed_back(self) -> float:
        """Minutes that did not come as the plan says, less what was made up. Unknown minutes stand apart."""
        return max(self.count.shortfall - sum(one.given for one in self.catch_ups), 0.0)

    @property
    def reasons(self) -> Counter[Reason]:
        """Why, in minutes: for what did not come and for what came in part."""
        return self.count.reasons + self.count.part_reasons


@dataclass(frozen=True)
class Statement:
    """A term of one child: the lines, and the items that cannot be counted as they are written."""

    lines: tuple[Line, ...]
    not_measurable: tuple[ProvisionItem, ...] = field(default=())

    @property
    def is_short(self) -> bool:
        """Whether anything is owed back or unknown."""
        return any(line.owed_back or line.count.unknown for line in self.lines)


def statement(
    counted: Iterable[tuple[ProvisionItem, Sequence[Count]]],
    *,
    catch_ups: Iterable[CatchUp] = (),
    settings: Settings = STANDARD,
) -> Statement:
    """The statement from the counts of each item in the term. Minutes and sessions are never added to each other."""
    grouped: dict[tuple[str, bool], list[tuple[ProvisionItem, Sequence[Count]]]] = {}
    vague = []
    for item, counts in counted:
        if not item.schedulable:
            vague.append(item)
            continue
        in_sessions = all(step.amount.minutes == 0 for step in item.steps)
        grouped.setdefault((item.service, in_sessions), []).append((item, counts))
    agreed = list(catch_ups)
    lines = []
    for (service, in_sessions), found in sorted(grouped.items()):
        whole = total(one for _, counts in found for one in counts)
        mine = () if in_sessions else tuple(one for one in agreed if one.service == service)
        ids = tuple(item.id for item, _ in found)
        lines.append(Line(service, whole, standing(whole, settings), ids, in_sessions, mine))
    return Statement(tuple(lines), tuple(vague))


def hours_a_month(minutes_a_year: float) -> float:
    """Minutes of a school year as hours in an average month of twelve."""
    return minutes_a_year / 60 / 12
