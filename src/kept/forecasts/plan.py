"""Real posts as the simulator takes them: professions, people, vacancies, training and the shares of their time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.forecasts.models import Post, Profession, Share
from kept.forecasts.words import PostKind
from kept.rules.waits import simulate

WEEKS_A_YEAR = 52
TERM_WEEKS = 39
HOLIDAYS = (0, 7, 13, 14, 21, 29, 30, 31, 32, 33, 34, 43, 51)  # weeks of the year without school, from 1 January


@dataclass(frozen=True)
class Staff:
    """The rows that bear on some lists, read once: professions, their posts and how their time is shared."""

    professions: tuple[Profession, ...]
    posts: tuple[Post, ...]
    shares: tuple[Share, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to count."""
        return not self.posts or not self.shares


def staff_of(area_id: UUID, stage_ids: Sequence[UUID], today: date) -> Staff:
    """Everybody who gives time to one of these lists. Three queries."""
    mine = set(Share.objects.filter(area=area_id, stage__in=stage_ids).values_list("profession", flat=True))
    professions = tuple(Profession.objects.filter(area=area_id, pk__in=mine))
    posts = Post.objects.filter(area=area_id, profession__in=mine).select_related("profession")
    shares = tuple(Share.objects.filter(area=area_id, profession__in=mine))
    return Staff(professions, tuple(post for post in posts if is_counted(post, today)), shares)


def is_counted(post: Post, today: date) -> bool:
    """Whether a post still counts today: not closed, and not past its last day."""
    return (post.closed_on is None or post.closed_on > today) and (post.ends_on is None or post.ends_on >= today)


def weeks_from(today: date, day: date) -> int:
    """Whole weeks from today to a day; negative for the past."""
    return (day - today).days // 7


def year_pattern(leave_weeks: float, *, term_time: bool) -> tuple[float, ...]:
    """Share of hours left in each week of the year: leave falls in the holidays first, the rest is spread.

    Somebody who works in term time only works in no holiday, and their leave lies there.
    """
    if term_time:
        return tuple(0.0 if week in HOLIDAYS else 1.0 for week in range(WEEKS_A_YEAR))
    away = min(leave_weeks, float(WEEKS_A_YEAR))
    in_holidays = min(0.5, away / 2 / len(HOLIDAYS))
    rest = (away - in_holidays * len(HOLIDAYS)) / (WEEKS_A_YEAR - len(HOLIDAYS))
    return tuple(1 - (in_holidays if week in HOLIDAYS else rest) for week in range(WEEKS_A_YEAR))


def workforce(
    staff: Staff, today: date, *, extra: Iterable[simulate.Vacancy] = (), locum: Iterable[simulate.Initiative] = ()
) -> simulate.Workforce:
    """The plan with its uncertainty; lists go by the key of their stage. ValueError for figures that cannot be."""
    held, vacancies, cohorts = [], list(extra), []
    for post in staff.posts:
        if post.kind == PostKind.HELD:
            held.append(_held(post, today))
        elif post.kind == PostKind.VACANT:
            advert = max(0, weeks_from(today, post.starts_on)) if post.starts_on else 0
            vacancies.append(simulate.Vacancy(_name(post), post.profession.name, post.fte, advert, post.is_term_time))
        else:
            cohorts.append(_cohort(post, today))
    professions = tuple(_profession(one, staff.shares, today) for one in staff.professions)
    return simulate.Workforce(professions, tuple(held), tuple(vacancies), tuple(cohorts), tuple(locum))


def _name(post: Post) -> str:
    return f"{post.profession.name}: {post.name}"


def _held(post: Post, today: date) -> simulate.Post:
    return simulate.Post(
        name=_name(post), profession=post.profession.name, fte=post.fte,
        start=weeks_from(today, post.starts_on) if post.starts_on else None,
        end=weeks_from(today, post.ends_on) + 1 if post.ends_on else None,
        term_time_only=post.is_term_time,
        tied_until=max(0, weeks_from(today, post.tied_until)) if post.tied_until else 0,
    )  # fmt: skip


def _cohort(post: Post, today: date) -> simulate.Cohort:
    finish = max(0, weeks_from(today, post.starts_on)) if post.starts_on else 0
    tie = max(0, weeks_from(today, post.tied_until) - finish) if post.tied_until else 0
    return simulate.Cohort(
        _name(post), post.profession.name, post.people, finish, post.completing, post.staying, post.fte, tie
    )


def _profession(one: Profession, shares: Sequence[Share], today: date) -> simulate.Profession:
    mine = [share for share in shares if share.profession_id == one.pk]
    now = {str(s.stage_id): s.share for s in mine if s.starts_on <= today}
    days = sorted({s.starts_on for s in mine if s.starts_on > today})
    later, current = [], dict(now)
    for day in days:
        current = current | {str(s.stage_id): s.share for s in mine if s.starts_on == day}
        later.append((weeks_from(today, day), dict(current)))
    return simulate.Profession(
        name=one.name, hours_per_slot={str(s.stage_id): s.hours_per_slot for s in mine}, shares=now,
        shares_from=tuple(later), hours_per_week=one.hours_per_week,
        leave=year_pattern(one.leave_weeks, term_time=False), term=year_pattern(0, term_time=True),
        year_week=min(WEEKS_A_YEAR - 1, (today.timetuple().tm_yday - 1) // 7), sickness=one.sickness,
        sickness_spread=60.0, annual_leaving=one.annual_leaving, ramp_start=one.ramp_start, ramp_weeks=one.ramp_weeks,
        supervision_hours=one.supervision_hours, lead_median=one.lead_weeks, lead_spread=one.lead_spread,
        round_fails=one.round_fails, cost_per_fte_week=one.cost_per_week,
    )  # fmt: skip
