"""Read figures, always as the person who asks: whole for those who may see every case, suppressed for all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from kept.access.acting import Actor
from kept.access.models import Area, SettingKind
from kept.access.roles import Can
from kept.design.words import MONTHS
from kept.measures import outside
from kept.measures.catalogue import BY_CODE, COUNT, DAYS, SHARE, Definition
from kept.measures.computing import month_after
from kept.measures.models import Value
from kept.people.codes import Need
from kept.rules import small_numbers, spc
from kept.rules.small_numbers.facts import SMALLEST_PERCENTAGE_BASE, SMALLEST_SHOWN

SMALLEST_BASE = 10
SETTLING = timedelta(days=14)
GRAINS = (1, 3, 12)
ENOUGH_SHOWN = 0.75
YEAR = 12
NO_FIGURE = "No figure"
GROUPS: dict[str, dict[str, str]] = {
    "need": {str(code): str(words) for code, words in Need.choices},
    "setting": {str(code): str(words) for code, words in SettingKind.choices},
}


@dataclass(frozen=True, kw_only=True)
class Period:
    """A figure of a month, quarter or year; None where nothing may or can be shown, with the text to print.

    origin: where it comes from when it was not computed here. It stands wherever the figure stands.
    """

    starts: date
    value: float | None
    text: str
    numerator: str
    denominator: str
    base: int | None
    longest: int | None = None
    ninth: float | None = None
    is_hidden: bool = False
    origin: str = ""

    @property
    def said(self) -> str:
        """The figure as printed where there is no column for its source."""
        return f"{self.text} (from outside)" if self.origin else self.text


def sees_rows(actor: Actor) -> bool:
    """Whether somebody may see every child of the area, so that nothing need be hidden from them."""
    return actor.reaches_area and actor.can(Can.SEE_CASES)


def values_of(area: Area, code: str, *, split: str = "") -> list[Value]:
    """The figures of one measure, oldest first: of a split as stored, for everybody with those from outside."""
    if not split:
        return values_by_code(area, [code])[code]
    return list(Value.objects.filter(area=area, code=code, split=split).order_by("month", "group"))


def values_by_code(area: Area, codes: Sequence[str], *, before: date | None = None) -> dict[str, list[Value]]:
    """The figures of many measures, with those from outside, in two queries.

    before: only months that were over on that day. A figure within another's is told how much the other counted.
    """
    wanted = {*codes, *(BY_CODE[code].within for code in codes if code in BY_CODE)} - {""}
    found: dict[str, list[Value]] = {code: [] for code in wanted}
    stored = Value.objects.filter(area=area, code__in=wanted, split="")
    if before:
        stored = stored.filter(month__lt=before.replace(day=1))
    for value in stored.order_by("month"):
        found[value.code].append(value)
    for code, from_outside in outside.brought_in(area, wanted, before=before).items():
        found[code] = outside.joined(found[code], from_outside)
    for code in codes:
        around = {value.month: value.numerator for value in found.get(_around(code), [])}
        for value in found[code]:
            value.around = around.get(value.month)  # type: ignore[attr-defined]
    return {code: found[code] for code in codes}


def _around(code: str) -> str:
    return BY_CODE[code].within if code in BY_CODE else ""


def tells_those_between(value: Value) -> bool:
    """Whether a count beside the one that it lies within tells a number of children under six: those between."""
    around: int | None = getattr(value, "around", None)
    return around is not None and around - value.numerator < SMALLEST_SHOWN


def periods(one: Definition, values: Sequence[Value], *, whole: bool) -> list[Period]:
    """The figures by month, or by quarter or year where months are too small. One grain only, so none gives another.

    whole: nothing is hidden (for those who may see every case). A share needs a base of ten to be charted at all.
    """
    best: list[Period] = []
    if one.by_half_term:
        values = [value for value in values if value.denominator]
    for months in (1,) if one.unit == DAYS or one.stock or one.by_half_term else GRAINS:
        found = [_period(one, part, whole=whole) for part in _parts(values, months)]
        if not best or _shown(found) > _shown(best):
            best = found
        if _shown(found) >= ENOUGH_SHOWN:
            return found
    return best


def _shown(found: Sequence[Period]) -> float:
    return sum(period.value is not None for period in found) / len(found) if found else 0


def _parts(values: Sequence[Value], months: int) -> list[list[Value]]:
    """Whole periods of so many months, counted back from the latest."""
    spare = len(values) % months
    return [list(values[at : at + months]) for at in range(spare, len(values), months)]


def _period(one: Definition, part: Sequence[Value], *, whole: bool) -> Period:
    hits, base = sum(value.numerator for value in part), sum(value.denominator for value in part)
    longest = max((value.longest for value in part if value.longest is not None), default=None)
    made = Period(
        starts=part[0].month, value=None, text=NO_FIGURE, numerator=f"{hits:,}", denominator=f"{base:,}",
        base=_children(one, part), longest=longest, ninth=part[0].ninth if one.unit == DAYS else None,
        origin=origin_of(part),
    )  # fmt: skip
    if not whole and one.is_about_people:
        shown = _for_everybody(one, made, hits, base, part[0].middle)
        if shown.is_hidden or not (one.within and any(tells_those_between(value) for value in part)):
            return shown
        return _hidden(made)
    if one.unit == COUNT:
        return replace(made, value=float(hits), text=f"{hits:,}")
    if one.unit == DAYS:
        middle = part[0].middle
        return made if middle is None else replace(made, value=middle, text=f"{middle:,.0f} days")
    if not base:
        return made
    share = 100 * hits / base
    is_chartable = (made.base or 0) >= SMALLEST_BASE
    return replace(made, value=share if is_chartable else None, text=f"{share:.1f}%")


def _children(one: Definition, part: Sequence[Value]) -> int:
    """How many children a figure is about: what a share stands on. The most in any month, where months add up."""
    if one.is_weighted:
        return max((value.children or 0) for value in part)
    return sum(value.denominator for value in part)


def origin_of(part: Sequence[Value]) -> str:
    """Where the figures come from that were not computed here, in words; empty for our own."""
    found = [outside.origin_of(value) for value in part]
    return "; ".join(dict.fromkeys(one.words for one in found if one))


def _hidden(made: Period) -> Period:
    return replace(
        made, value=None, text="c", numerator="c", denominator="c", base=None, longest=None, ninth=None, is_hidden=True
    )


def _for_everybody(one: Definition, made: Period, hits: int, base: int, middle: float | None) -> Period:
    hidden = _hidden(made)
    if one.is_weighted:
        return _weighted_for_everybody(made, hidden, hits, base)
    if one.unit == COUNT:
        cell = small_numbers.count(hits)
        shown = cell.text if isinstance(cell, small_numbers.Shown) else None
        return (
            hidden
            if shown is None
            else replace(hidden, value=float(hits), text=shown, numerator=shown, is_hidden=False)
        )
    if one.unit == DAYS:
        if middle is None or base < SMALLEST_PERCENTAGE_BASE:
            return hidden
        return replace(hidden, value=round(middle), text=f"{middle:,.0f} days", is_hidden=False)
    return _share_for_everybody(one, made, hidden, hits, base)


def _share_for_everybody(one: Definition, made: Period, hidden: Period, hits: int, base: int) -> Period:
    share = small_numbers.percentage(hits, base)
    if isinstance(share, small_numbers.Shown):
        shown = hidden if one.part_of else replace(made, longest=None)
        return replace(shown, value=share.value, text=f"{share.text}%", is_hidden=False)
    if isinstance(share, small_numbers.Banded):
        return replace(hidden, text=f"{share.text} children", is_hidden=False)
    return hidden


def _weighted_for_everybody(made: Period, hidden: Period, hits: int, base: int) -> Period:
    """Minutes or sessions of thirty children or more, as a whole percentage. All or nothing tells of each child."""
    if not base or (made.base or 0) < SMALLEST_PERCENTAGE_BASE or hits in {0, base}:
        return hidden
    share = round(100 * hits / base)
    return replace(made, value=float(share), text=f"{share}%", longest=None)


@dataclass(frozen=True, kw_only=True)
class FromOutside:
    """A stretch of figures that were not computed here, and where they come from."""

    first: date
    last: date
    origin: str

    @property
    def words(self) -> str:
        """As it stands under the figures."""
        return f"{self.first:%B %Y} to {self.last:%B %Y}: not counted here. Source: {self.origin}."


def origins(found: Sequence[Period]) -> list[FromOutside]:
    """The stretches of a series that come from outside, oldest first; none when all of it was computed here."""
    stretches = ((origin, list(part)) for origin, part in groupby(found, key=lambda period: period.origin))
    return [
        FromOutside(first=part[0].starts, last=part[-1].starts, origin=origin) for origin, part in stretches if origin
    ]


def chart_of(
    one: Definition,
    found: Sequence[Period],
    *,
    today: date,
    target: float | None = None,
    baseline_until: date | None = None,
    rebase: Sequence[date] = (),
    screen: bool = False,
) -> spc.Chart | None:
    """The judged chart of these figures; None when there is none to chart.

    baseline_until: the limits are fixed on the rows before that day, if there are twelve. rebase: days from which new
    limits hold; a quarter or year in which one lies still belongs to the limits of before.
    """
    if not any(period.value is not None for period in found):
        return None
    borders = _borders(found)
    ours = [period for period in found if not borders or period.starts >= borders[-1]]
    before = sum(period.starts < baseline_until for period in ours) if baseline_until else 0
    last = found[-1].starts
    step = months_each(found)
    is_settling = month_after(last, step) + SETTLING > today
    return spc.analyse(
        spc.Series(
            dates=tuple(period.starts for period in found),
            values=tuple(period.value for period in found),
            direction=one.direction,
            target=target,
            rebase=tuple(sorted({start for day in (*rebase, *borders) if (start := _first_at(found, day))})),
            baseline_n=before if before >= 12 else None,  # noqa: PLR2004
            screen=screen,
            title=one.title,
            unit=one.unit,
            provisional=1 if is_settling else 0,
            denominators=tuple(period.base for period in found) if one.unit == SHARE else None,
        )
    )


def _borders(found: Sequence[Period]) -> list[date]:
    """Where figures begin to come from elsewhere: no limit is reckoned from figures of two sources together."""
    return [later.starts for earlier, later in pairwise(found) if earlier.origin != later.origin]


def _first_at(found: Sequence[Period], day: date) -> date | None:
    return next((period.starts for period in found if period.starts >= day), None)


def months_each(found: Sequence[Period]) -> int:
    """How many months each period has."""
    if not found[1:]:
        return 1
    first, second = found[0].starts, found[1].starts
    return (second.year - first.year) * 12 + second.month - first.month


def when(one: Definition, found: Sequence[Period]) -> str:
    """Of which time the last figure is: "October 2026", "12 months to October 2026", "end of October 2026"."""
    if not found:
        return ""
    months = 1 if one.by_half_term else months_each(found)
    last = month_after(found[-1].starts, months - 1)
    words = f"{MONTHS[last.month - 1]} {last.year}"
    if one.stock:
        return f"end of {words}"
    if one.by_half_term:
        return f"half-term to {words}"
    return words if months == 1 else f"{months} months to {words}"


def group_in_words(split: str, group: str) -> str:
    """A group as people say it: the need and the setting behind a code, anything else as it was stored."""
    return GROUPS.get(split, {}).get(group, group)


def left_behind(area: Area, one: Definition, *, before: date | None = None) -> list[str]:
    """Groups of one measure that are left behind: see `left_behind_each`."""
    return left_behind_each(area, [one], before=before)[one.code]


def left_behind_each(
    area: Area, definitions: Sequence[Definition], *, before: date | None = None
) -> dict[str, list[str]]:
    """Groups that did worse in the last twelve months than in the twelve before, on bases of thirty or more.

    In words, "age: Under 5", by code. A claim of improvement fails while there is one (rule 15). One query.
    """
    stored = Value.objects.filter(area=area, code__in=[one.code for one in definitions]).exclude(split="")
    values: dict[str, list[Value]] = {}
    for value in (stored.filter(month__lt=before.replace(day=1)) if before else stored).order_by("month"):
        values.setdefault(value.code, []).append(value)
    return {one.code: _groups_behind(one, values.get(one.code, [])) for one in definitions}


def _groups_behind(one: Definition, values: Sequence[Value]) -> list[str]:
    found: list[str] = []
    if not values or one.unit != SHARE or not one.has_splits:
        return found
    last = max(value.month for value in values)
    middle, first = month_after(last, 1 - YEAR), month_after(last, 1 - 2 * YEAR)
    sums: dict[tuple[str, str], list[float]] = {}
    for value in values:
        if value.month < first:
            continue
        at = 0 if value.month < middle else 2
        four = sums.setdefault((value.split, value.group), [0, 0, 0, 0])
        size = value.children or 0 if one.is_weighted else value.denominator
        four[at] += size * value.numerator / value.denominator if value.denominator else 0
        four[at + 1] += size
    for (split, group), (hits_then, then, hits, base) in sorted(sums.items()):
        if min(then, base) >= SMALLEST_PERCENTAGE_BASE and _is_worse(one, hits_then / then, hits / base, then, base):
            found.append(f"{split}: {group_in_words(split, group)}")
    return found


def _is_worse(one: Definition, before: float, now: float, base_before: float, base: float) -> bool:
    """Whether a share moved the wrong way by more than chance would (two standard errors of a difference)."""
    change = now - before if one.direction is spc.Direction.INCREASE else before - now
    error = (before * (1 - before) / base_before + now * (1 - now) / base) ** 0.5
    return one.direction is not spc.Direction.NEUTRAL and change < -2 * error
