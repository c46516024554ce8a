"""Which children an area has, and what becomes of each request: drawn so that the published counts come out.

Plans of the three published years are drawn backwards from the day they were issued, so that counts and timeliness fit;
requests that led to no plan fill up each year's requests; the current year runs forward from its requests. Published
years are moved so that the latest becomes the last full calendar year. Pure: the seed decides everything.
"""

from __future__ import annotations

import random
from datetime import date

from kept.demo.figures import Figures
from kept.demo.frame import Frame, Life, decided_on
from kept.demo.marks import contest, review, settle
from kept.demo.requests import issued_plans, other_requests
from kept.demo.standing import cease_this_year, ceased_before, older_plans

__all__ = ["Frame", "Life", "decided_on", "make"]


def make(figures: Figures, *, today: date, plans: int | None = None, seed: int = 0) -> list[Life]:
    """Every child of the area. plans: how many had one in January (the published number unless given)."""
    frame = Frame(figures, today, plans or figures.plans, seed, random.Random(f"{seed} {figures.code}"))
    issued = issued_plans(frame)
    others = other_requests(frame, issued)
    lives = [*issued, *others]
    lives += older_plans(frame, [life for life in lives if life.planned_on and life.planned_on < frame.census])
    lives += ceased_before(frame)
    lives = cease_this_year(frame, lives)
    lives = contest(frame, lives)
    lives = settle(frame, lives)
    return review(frame, lives)
