"""Who is let in to the pages of plans; each group of pages keeps its own list."""

from __future__ import annotations

from kept.plans.tests import of_families

ROWS = [*of_families.ROWS]
