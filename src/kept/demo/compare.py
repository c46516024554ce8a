"""The demonstration's own figures beside the published ones, with the interval in which sampling alone would put them.

The demonstration is counted anew from its rows, not from what was drawn.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from kept.access.acting import Actor
from kept.access.models import Area
from kept.cases.models import Event
from kept.demo.figures import LATEST, REASONS, SOURCE, Figures, YearFigures
from kept.demo.frame import CENSUS_DAY
from kept.people.codes import Need
from kept.people.models import Child, ChildNeed, Enrolment

Z = 1.96  # for 95 in 100
SIX_WEEKS, TWENTY_WEEKS, A_YEAR, FOUR_WEEKS, SIXTEEN_WEEKS = 42, 140, 364, 28, 112
WANTED = (
    "request_received", "assess_decision", "no_plan_decision", "final_plan_sent", "plan_first_made", "plan_ceased",
    "plan_transferred", "appeal_lodged", "mediation_held", "review_meeting", "review_decision", "exception_recorded",
)  # fmt: skip
AGE_GROUPS = {"under 5": (0, 4), "5 to 10": (5, 10), "11 to 15": (11, 15), "16 to 19": (16, 19), "20 to 25": (20, 99)}
GROUP_WORDS = {
    "mainstream": "Mainstream schools", "special": "Special schools", "alternative": "Alternative provision",
    "college": "Further education", "elsewhere": "Educated elsewhere or not in education", "early_years": "Early years",
    "unknown": "Not known",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One figure: published (at this area's size), the demonstration's, the interval and whether it lies within."""

    subject: str
    what: str
    published: float
    demonstration: float
    low: float
    high: float
    is_share: bool = False

    @property
    def is_within(self) -> bool:
        """Whether sampling alone explains the difference."""
        return self.low <= self.demonstration <= self.high

    @property
    def verdict(self) -> str:
        """In words."""
        return "within" if self.is_within else "outside"

    def words(self, value: float) -> str:
        """A value as it is shown."""
        return f"{100 * value:.1f}%" if self.is_share else f"{value:,.0f}"


def count(subject: str, what: str, published: float, scale: float, found: int) -> Line:
    """A count beside the published one at this size; a count's sampling error is its square root (Poisson)."""
    expected = published * scale
    error = Z * math.sqrt(max(expected, 1.0)) + 0.5
    return Line(subject, what, expected, found, max(0.0, expected - error), expected + error)


def share(subject: str, what: str, published: float, found: int, whole: int) -> Line:
    """A share beside the published one; the interval is the binomial one for as many as the demonstration has."""
    n = max(whole, 1)
    error = Z * math.sqrt(published * (1 - published) / n) + 0.5 / n
    return Line(subject, what, published, found / n, max(0.0, published - error), min(1.0, published + error), True)


@dataclass(frozen=True)
class _Told:
    """The dated facts of one case, by kind."""

    child_id: Any
    days: dict[str, list[tuple[date, dict[str, Any]]]]

    def first(self, kind: str) -> date | None:
        found = self.days.get(kind)
        return found[0][0] if found else None

    def in_year(self, kind: str, year: int) -> bool:
        return any(day.year == year for day, _ in self.days.get(kind, ()))

    @property
    def ended(self) -> date | None:
        return self.first("plan_ceased") or self.first("plan_transferred")

    def took(self, kind: str, since: str = "request_received") -> int | None:
        """Days from one event to another."""
        first, last = self.first(since), self.first(kind)
        return (last - first).days if first and last else None

    def held_plan(self, day: date) -> bool:
        made = self.first("plan_first_made")
        return made is not None and made <= day and (self.ended is None or self.ended > day)


def read_cases(by: Actor, without: Collection[UUID] = ()) -> list[_Told]:
    """The cases of the area; those of some children left out."""
    found: dict[Any, dict[str, list[tuple[date, dict[str, Any]]]]] = defaultdict(lambda: defaultdict(list))
    children: dict[Any, Any] = {}
    rows = Event.objects.filter(area=by.area, kind__in=WANTED).order_by("happened_on", "id")
    for case, child, kind, day, details in rows.values_list("case_id", "child_id", "kind", "happened_on", "details"):
        found[case][kind].append((day, details))
        children[case] = child
    return [_Told(children[case], days) for case, days in found.items() if children[case] not in without]


def compare(by: Actor, figures: Figures, *, plans: int | None = None, without: Collection[UUID] = ()) -> list[Line]:
    """Every published figure that the demonstration was drawn from, beside its own.

    plans: how many were asked for (as published unless given). without: the children of the stories, who were added on
    top of the figures.
    """
    cases = read_cases(by, frozenset(without))
    census = date(by.today.year, *CENSUS_DAY)
    held = [case for case in cases if case.held_plan(census)]
    scale = (plans or figures.plans) / max(1, figures.plans)
    lines: list[Line] = [count("Plans", f"in January {census.year}", figures.plans, scale, len(held))]
    for year in figures.years:
        lines += _year(cases, year, by.today.year - 1 - LATEST, scale)
    lines += _reviews(cases, figures, by.today.year - 1)
    lines += _people(by, figures, {case.child_id for case in held}, census)
    return lines


def _year(cases: list[_Told], figures: YearFigures, shift: int, scale: float) -> Iterable[Line]:
    year = figures.year + shift
    subject = f"{year} (as {figures.year})"
    asked = [case for case in cases if case.in_year("request_received", year)]
    refused = [case for case in asked if _refused(case)]
    yield count(subject, "Requests", figures.requests, scale, len(asked))
    yield count(subject, "Refusals to assess, of these", figures.refused, scale, len(refused))
    decided = [days for case in asked if (days := case.took("assess_decision")) is not None]
    if "within_six_weeks" in figures.own:
        quick = sum(days <= SIX_WEEKS for days in decided)
        yield share(subject, "Decided within 6 weeks", figures.within_six_weeks, quick, len(decided))
    issued = [case for case in cases if case.in_year("final_plan_sent", year)]
    taken = [days for case in issued if (days := case.took("final_plan_sent")) is not None]
    yield count(subject, "New plans", figures.new_plans, scale, len(issued))
    within = sum(days <= TWENTY_WEEKS for days in taken)
    yield share(subject, "Plans within 20 weeks", figures.within_20_weeks, within, len(taken))
    if "over_a_year" in figures.own:
        over = sum(days > A_YEAR for days in taken)
        yield share(subject, "Plans after more than a year", figures.over_a_year, over, len(taken))
    excepted = sum("exception_recorded" in case.days for case in issued)
    yield share(subject, "Plans with an exception", figures.excepted, excepted, len(issued))
    without = sum(case.in_year("no_plan_decision", year) for case in cases)
    yield count(subject, "Assessments without a plan", figures.no_plan, scale, without)
    ended = [case for case in cases if case.ended and case.ended.year == year]
    yield count(subject, "Plans ended", sum(figures.ceased.values()), scale, len(ended))
    if figures.year == LATEST:
        reasons = Counter(_reason(case) for case in ended)
        for reason, published in sorted(figures.ceased.items(), key=lambda item: -item[1]):
            words = REASONS.get(reason, "reason not recorded")
            yield count(subject, f"Plans ended: {words}", published, scale, reasons[reason])
    appeals = sum(case.in_year("appeal_lodged", year) for case in cases)
    yield count(subject, "Appeals", figures.appeals, scale, appeals)


def _refused(case: _Told) -> bool:
    return any(details.get("outcome") == "refuse" for _, details in case.days.get("assess_decision", ()))


def _reason(case: _Told) -> str:
    found = case.days.get("plan_ceased")
    return str(found[0][1].get("reason", "")) if found else "transfer"


def _reviews(cases: list[_Told], figures: Figures, year: int) -> Iterable[Line]:
    subject = f"Reviews in {year}"
    end = date(year, 12, 31)
    expected = [
        case for case in cases
        if case.held_plan(end) and (made := case.first("plan_first_made")) and made.year < year
    ]  # fmt: skip
    held = [case for case in expected if case.in_year("review_meeting", year)]
    yield share(subject, "Meetings held, of those expected", figures.reviews_held, len(held), len(expected))
    decided = [pair for case in held if (pair := _decided(case, year))]
    quick = sum(days <= FOUR_WEEKS for days, _ in decided)
    yield share(subject, "Decided within 4 weeks", figures.reviews_decided_in_4_weeks, quick, len(decided))
    amended = sum(outcome == "amend" for _, outcome in decided)
    yield share(subject, "Reviews that amend the plan", figures.reviews_amend, amended, len(decided))


def _decided(case: _Told, year: int) -> tuple[int, str] | None:
    meeting = next(day for day, _ in case.days["review_meeting"] if day.year == year)
    return next(
        (((day - meeting).days, str(details.get("outcome")))
         for day, details in case.days.get("review_decision", ()) if day >= meeting),
        None,
    )  # fmt: skip


def _people(by: Actor, figures: Figures, held: set[Any], census: date) -> Iterable[Line]:
    """Ages, needs, settings and sex of the children who had a plan in January."""
    n = len(held)
    born = dict(Child.objects.filter(area=by.area).values_list("id", "born_on"))
    sexes = dict(Child.objects.filter(area=by.area).values_list("id", "sex"))
    ages = Counter(_age(born[child], census) for child in held)
    total = sum(figures.ages.values()) or 1
    for words, (low, high) in AGE_GROUPS.items():
        published = sum(number for age, number in figures.ages.items() if low <= age <= high)
        found = sum(number for age, number in ages.items() if low <= age <= high)
        yield share("Ages", words, published / total, found, n)
    primary = dict(ChildNeed.objects.filter(area=by.area, rank=1).values_list("child_id", "need"))
    needs = Counter(primary.get(child, "") for child in held)
    total = sum(figures.needs.values()) or 1
    for need, published in sorted(figures.needs.items(), key=lambda item: -item[1]):
        if published:
            yield share("Primary need", Need(need).label, published / total, needs[need], n)
    total = sum(figures.groups.values()) or 1
    places = Counter(group for child, group in _groups(by).items() if child in held)
    for group, published in sorted(figures.groups.items(), key=lambda item: -item[1]):
        if published and group != "unknown":
            yield share("Where educated", GROUP_WORDS[group], published / total, places[group], n)
    boys = sum(sexes[child] == "M" for child in held)
    yield share("Sex", "Boys and young men", figures.sexes["M"] / (sum(figures.sexes.values()) or 1), boys, n)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


KINDS = {
    "early_years": "early_years", "mainstream": "mainstream", "resourced": "mainstream", "special": "special",
    "independent_special": "special", "alternative": "alternative", "college": "college",
    "specialist_college": "college",
}  # fmt: skip


def _groups(by: Actor) -> dict[Any, str]:
    """Each child's group of settings by their enrolment now."""
    rows = Enrolment.objects.filter(area=by.area, ends_on__isnull=True)
    return {
        child: KINDS.get(setting or "", "elsewhere") if kind == "on_roll" else "elsewhere"
        for child, kind, setting in rows.values_list("child_id", "kind", "setting__setting_kind")
    }


def _file(area: Area) -> Path:
    return Path(settings.HOME) / "demo" / f"{area.slug}.json"


def keep(area: Area, figures: Figures, lines: list[Line]) -> None:
    """Keep the comparison for the page that shows it."""
    file = _file(area)
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {"authority": figures.name, "assumed": figures.assumed, "lines": [asdict(line) for line in lines]}
    file.write_text(json.dumps(kept), encoding="utf-8")


def kept(area: Area) -> tuple[str, list[str], list[Line]] | None:
    """The authority, what was assumed, and the comparison as it was kept; None when there is none."""
    file = _file(area)
    if not file.exists():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    return found["authority"], list(found["assumed"]), [Line(**line) for line in found["lines"]]


def as_text(figures: Figures, lines: list[Line]) -> str:
    """The comparison as a table of plain text, with what was assumed and where the figures are from."""
    rows = [("", "published*", "here", "sampling interval", "")]
    before = ""
    for line in lines:
        if line.subject != before:
            rows.append((line.subject, "", "", "", ""))
            before = line.subject
        interval = f"{line.words(line.low)} to {line.words(line.high)}"
        rows.append(
            (f"  {line.what}", line.words(line.published), line.words(line.demonstration), interval, line.verdict)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    text = [
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}  {row[4]}".rstrip()
        for row in rows
    ]
    within = sum(line.is_within for line in lines)
    text += ["", f"{within} of {len(lines)} figures lie within the interval (95 in 100).",
             f"* {figures.name}, at this area's size; published years are moved to the last full years."]  # fmt: skip
    text += [f"- {sentence}" for sentence in figures.assumed]
    return "\n".join([*text, SOURCE])
