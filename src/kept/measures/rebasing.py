"""New limits on a chart, set openly: what would change is shown before, the reason stands under it, nothing is lost.

A chart may be given new limits when the work changed on a known day and the figures moved and stayed. That can also be
used to make a chart look better than it is, so the limits of before stay drawn beside the new ones, and a setting that
takes away a mark for the worse says so under the chart for as long as it holds. Statuses of programmes are judged by
the limits of before (see `kept.improvement`), whatever is set here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kept.access.acting import Actor, check_can
from kept.access.models import Area
from kept.access.roles import Can
from kept.design.words import day
from kept.measures import queries
from kept.measures.catalogue import BY_CODE, Definition
from kept.measures.models import Value
from kept.measures.queries import Period
from kept.measures.rebase_models import ChartSetting, Setting
from kept.rules import spc
from kept.rules.spc import PointType
from kept.rules.spc.words import period_names

FEWEST_AFTER = 6
FEWEST_BEFORE = 12
SHORTEST_REASON = 20
NEEDS_MONTH = {Setting.REBASE, Setting.DEFINITION, Setting.FIX}
IN_NOTES = {
    Setting.REBASE: "New limits since",
    Setting.DEFINITION: "Counted in another way since",
    Setting.FIX: "Limits kept as they were before",
    Setting.SCREEN: "Unusually large steps are left out of the limits",
}
WORSE, BETTER = PointType.CONCERN, PointType.IMPROVEMENT


class NotAllowed(Exception):
    """The chart may not be set like this; the text is a sentence for the person who asked."""


@dataclass(frozen=True)
class InForce:
    """What is set on one chart, oldest first."""

    settings: tuple[ChartSetting, ...] = ()

    def starts(self, *kinds: Setting) -> tuple[date, ...]:
        """The months from which settings of these kinds hold."""
        return tuple(one.starts for one in self.settings if one.kind in kinds and one.starts)

    @property
    def rebase(self) -> tuple[date, ...]:
        """Where new limits begin: chosen ones, and those of another way of counting."""
        return self.starts(Setting.REBASE, Setting.DEFINITION)

    @property
    def breaks(self) -> tuple[date, ...]:
        """Where the way of counting changed: no limit ever crosses these."""
        return self.starts(Setting.DEFINITION)

    @property
    def fixed_until(self) -> date | None:
        """The month before which the limits were fixed, by the latest setting."""
        return max(self.starts(Setting.FIX), default=None)

    @property
    def screen(self) -> bool:
        """Whether unusually large steps are left out of the limits."""
        return any(one.kind == Setting.SCREEN for one in self.settings)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What a setting changes on a chart: the periods whose marks go or come, in words."""

    worse_gone: tuple[str, ...] = ()
    worse_earlier: tuple[str, ...] = ()
    worse_new: tuple[str, ...] = ()
    better_gone: tuple[str, ...] = ()
    better_new: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """A sentence for each kind of mark; one sentence when no mark changes."""
        words = {
            "worse_gone": "Marks for the worse that go: ",
            "worse_earlier": "Marks for the worse before that month that go, as they stood against later figures: ",
            "worse_new": "Marks for the worse that come: ",
            "better_gone": "Marks for the better that go: ",
            "better_new": "Marks for the better that come: ",
        }
        found = [f"{text}{_listed(getattr(self, name))}." for name, text in words.items() if getattr(self, name)]
        return found or ["No mark changes."]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart as set, the same with nothing set (None when nothing is), and what has to stand under it.

    `hidden` names the periods whose marks for the worse are gone because of what was set.
    """

    chart: spc.Chart
    before: spc.Chart | None = None
    settings: tuple[ChartSetting, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def hides(self) -> str:
        """That something set here takes away marks for the worse; empty when nothing does, and nothing did."""
        if self.hidden:
            return (
                f"What was set on this chart hides {len(self.hidden)} {'mark' if len(self.hidden) == 1 else 'marks'} "
                f"for the worse ({_listed(self.hidden)}). By the limits of before, drawn in grey, they are still there."
            )
        if any(one.hid for one in self.settings):
            return "What was set on this chart took away marks for the worse on the day it was set."
        return ""

    def notes(self, *, named: bool) -> list[str]:
        """Each setting with its day and reason, in sentences; with who set it for readers inside the area."""
        return [note(one, named=named) for one in self.settings]


def note(one: ChartSetting, *, named: bool) -> str:
    """A setting in words: what, since when, what happened, why, set by whom and when."""
    since = f" {one.starts:%B %Y}" if one.starts else ""
    who = f" by {one.by.name}" if named else ""
    said = f"{IN_NOTES[Setting(one.kind)]}{since}. {_sentence(one.happened)} Why: {_sentence(one.reason)}"
    return f"{said} Set{who} on {day(one.on)}."


def _sentence(words: str) -> str:
    text = " ".join(words.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _listed(names: Sequence[str]) -> str:
    few = 4
    return ", ".join(names) if len(names) <= few else f"{names[0]} to {names[-1]}, {len(names)} in all"


def history(area: Area, code: str) -> list[ChartSetting]:
    """Everything that was ever set on a chart, the latest first."""
    return list(_rows(area, [code]).order_by("-on", "-id"))


def in_force(area: Area, codes: Iterable[str]) -> dict[str, InForce]:
    """What is set on each chart, in one query. A code without settings is left out."""
    found: dict[str, list[ChartSetting]] = {}
    for one in _rows(area, codes).filter(undoes__isnull=True, undone__isnull=True):
        found.setdefault(one.code, []).append(one)
    return {code: InForce(tuple(rows)) for code, rows in found.items()}


def _rows(area: Area, codes: Iterable[str]) -> QuerySet[ChartSetting]:
    found = ChartSetting.objects.filter(area=area, code__in=list(codes))
    return found.select_related("by", "undone", "undone__by", "undoes")


def drawn(
    one: Definition,
    found: Sequence[Period],
    settings: InForce | None,
    *,
    today: date,
    target: float | None = None,
    baseline_until: date | None = None,
) -> Drawn | None:
    """The chart of these figures as set, with the chart of before beside it. A programme's own baseline comes first."""
    chart = plain = queries.chart_of(one, found, today=today, target=target, baseline_until=baseline_until)
    if plain is None or chart is None or settings is None or not settings.settings:
        return Drawn(chart=plain) if plain else None
    hidden: dict[str, None] = {}
    for last, each in enumerate(settings.settings, 1):
        part = InForce(settings.settings[:last])
        after = queries.chart_of(
            one, found, today=today, target=target, baseline_until=baseline_until or part.fixed_until,
            rebase=part.rebase, screen=part.screen,
        )  # fmt: skip
        if after is None:
            continue
        hidden |= dict.fromkeys(compared(chart, after, since=each.starts).worse_gone)
        chart = after
    still = set(_names(chart, {WORSE}))
    return Drawn(
        chart=chart,
        before=plain,
        settings=settings.settings,
        hidden=tuple(name for name in _names(plain, set(PointType)) if name in hidden and name not in still),
    )


def _names(chart: spc.Chart, kinds: set[PointType]) -> list[str]:
    """The periods whose points are of these kinds."""
    names = period_names(chart.series.dates, chart.series.dates)
    return [name for name, point in zip(names, chart.points, strict=True) if point.point_type in kinds]


def compared(before: spc.Chart, after: spc.Chart, *, since: date | None) -> Changed:
    """Whose marks go and come when one chart takes the place of another of the same figures.

    since: from when on what is set holds. Marks for the worse before that day that go are told apart: figures that
    have risen make all earlier ones look low, and limits of their own take that back.
    """
    names = period_names(before.series.dates, before.series.dates)
    pairs = list(zip(names, before.points, after.points, strict=True))

    def only(kind: PointType, *, gone: bool, early: bool | None = None) -> tuple[str, ...]:
        return tuple(
            name
            for name, old, new in pairs
            if old.point_type is not new.point_type
            and (old if gone else new).point_type is kind
            and (early is None or early == (since is not None and old.date < since))
        )

    return Changed(
        worse_gone=only(WORSE, gone=True, early=False),
        worse_earlier=only(WORSE, gone=True, early=True),
        worse_new=only(WORSE, gone=False),
        better_gone=only(BETTER, gone=True),
        better_new=only(BETTER, gone=False),
    )


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a setting would do, before anybody sets it. `refused` says why it may not be set; empty when it may."""

    kind: Setting
    starts: date | None
    now: spc.Chart
    then: spc.Chart
    changed: Changed
    refused: str = ""

    @property
    def flatters(self) -> bool:
        """Whether a mark for the worse would go."""
        return bool(self.changed.worse_gone)


def preview(  # noqa: PLR0917 - a chart, what is set, what would be, and today
    one: Definition, found: Sequence[Period], settings: InForce | None, kind: Setting, starts: date | None, today: date
) -> Preview:
    """What setting this would change. Raises NotAllowed when there is no chart to change."""
    held = settings or InForce()
    now = drawn(one, found, held, today=today)
    wanted = ChartSetting(code=one.code, kind=kind, starts=starts, on=today)
    then = drawn(one, found, InForce((*held.settings, wanted)), today=today)
    if now is None or then is None:
        raise NotAllowed("There is no chart yet: too few figures that may be shown.")
    refused = _why_not(one, found, held, kind, starts, today)
    return Preview(
        kind=kind, starts=starts, now=now.chart, then=then.chart, changed=compared(now.chart, then.chart, since=starts),
        refused=refused,
    )  # fmt: skip


def _why_not(  # noqa: PLR0911, PLR0917 - one condition a line, the first that fails answers
    one: Definition, found: Sequence[Period], held: InForce, kind: Setting, starts: date | None, today: date
) -> str:
    """The first condition that a setting does not meet, as a sentence. Source: `Making Data Count` on rebasing."""
    if kind == Setting.SCREEN:
        return "Large steps are left out of these limits already." if held.screen else ""
    if starts is None:
        return "Choose the month from which it holds."
    if starts in held.starts(kind):
        return "This is set already from that month on."
    after = [period for period in found if period.starts >= starts and period.value is not None]
    before = [period for period in found if period.starts < starts and period.value is not None]
    if kind == Setting.FIX:
        enough = len(before) >= FEWEST_BEFORE
        return (
            ""
            if enough
            else f"Limits are fixed on {FEWEST_BEFORE} figures or more; before that month there are "
            + (f"{len(before)}.")
        )
    if not before or not after:
        return "There are no figures on both sides of that month."
    if kind == Setting.DEFINITION:
        return ""
    if len(after) < FEWEST_AFTER:
        return f"New limits need {FEWEST_AFTER} figures or more from that month on; there {_are(len(after))}."
    if not _is_sustained(one, found, held, starts, today):
        return (
            "The figures did not move and stay: seven in a row on one side of the average of before are needed. "
            "Limits are not changed for a few good or bad months."
        )
    return ""


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"


def _is_sustained(one: Definition, found: Sequence[Period], held: InForce, starts: date, today: date) -> bool:
    """Whether seven figures in a row from that month on lie on one side of the average of the time before it."""
    since = max((each for each in held.rebase if each < starts), default=None)
    part = [period for period in found if since is None or period.starts >= since]
    chart = queries.chart_of(one, part, today=today, baseline_until=starts)
    return chart is not None and any(
        spc.Rule.RUN7 in point.rules for point in chart.points if point.date >= starts and not point.provisional
    )


@transaction.atomic
def set_on_chart(
    *, by: Actor, code: str, kind: str, starts: date | None, happened: str, reason: str, says_so: bool = False
) -> ChartSetting:
    """Set something on the chart of a measure. Only an analyst or a case manager may.

    says_so: the person has read that marks for the worse go, and that the chart will say so. Raises Refused, and
    NotAllowed with the condition that is not met. What is kept in words comes from figures that everybody may see.
    """
    check_can(by, Can.SET_LIMITS)
    one = BY_CODE.get(code)
    if one is None or not one.is_computed:
        raise NotAllowed("There is no such measure, or nothing is computed for it yet.")
    if min(len(happened.strip()), len(reason.strip())) < SHORTEST_REASON:
        raise NotAllowed("Say in a sentence each what changed in the work and why the chart should follow it.")
    which = Setting(kind)
    held, values = in_force(by.area, [code]).get(code), queries.values_of(by.area, code)
    since = starts if which in NEEDS_MONTH else None
    seen = preview(one, queries.periods(one, values, whole=queries.sees_rows(by)), held, which, since, by.today)
    if seen.refused:
        raise NotAllowed(seen.refused)
    if seen.flatters and not says_so:
        raise NotAllowed(
            "This would take away marks for the worse. Tick that you know that the chart will say so from now on."
        )
    return ChartSetting.objects.create(
        area=by.area, code=code, kind=which, starts=seen.starts, happened=happened.strip(), reason=reason.strip(),
        hid=len(seen.changed.worse_gone), said=_for_everybody(one, values, held, which, since, by.today), by=by.user,
        on=by.today,
    )  # fmt: skip


def _for_everybody(  # noqa: PLR0917 - as `preview`
    one: Definition, values: Sequence[Value], held: InForce | None, kind: Setting, since: date | None, today: date
) -> list[str]:
    """What changes on the chart that everybody may see, in sentences; none when they see no chart."""
    try:
        return preview(one, queries.periods(one, values, whole=False), held, kind, since, today).changed.lines
    except NotAllowed:
        return []


@transaction.atomic
def undo(*, by: Actor, pk: UUID, reason: str) -> ChartSetting:
    """Undo a setting, with a reason; both stay in the history. Raises Refused, and NotAllowed for one undone before."""
    check_can(by, Can.SET_LIMITS)
    one = ChartSetting.objects.filter(area=by.area, pk=pk, undoes__isnull=True).first()
    if one is None or hasattr(one, "undone"):
        raise NotAllowed("This was undone already.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowed("Say in a sentence why it is undone.")
    return ChartSetting.objects.create(
        area=by.area, code=one.code, kind=one.kind, starts=one.starts, happened=one.happened, reason=reason.strip(),
        undoes=one, by=by.user, on=by.today,
    )  # fmt: skip


def counted_otherwise(values: Sequence[Value], *, since: date | None = None) -> date | None:
    """The first month after `since` that another version counted than the month before; None when all are alike.

    Versions are the declared ones (`T1.2`): a query that was only written anew counts the same children.
    """
    last = ""
    for value in values:
        version = value.query_version.partition("-")[0]
        if last and version != last and (since is None or value.month > since):
            return value.month
        last = version
    return None
