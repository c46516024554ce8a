"""How to get the pages of an audit with a number of rows."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from kept.access.acting import today_here
from kept.quality import drawing
from kept.quality.tests.place import a_place, judges
from tests.budgets import Visit


def audit(rows: int) -> Visit:
    """An audit of so many plans."""
    place = a_place(min(rows, 8), today_here())
    with place.acting(place.manager) as by:
        made = drawing.open_round(
            by=by, name=f"Audit of {rows}", size=rows, seed=1, since=place.today - timedelta(days=90),
            until=place.today, auditors=judges(place), due_on=place.today,
        )  # fmt: skip
    return Visit(place.manager, reverse("quality:round", args=[made.pk]))


PAGES = {"quality:round": audit}
