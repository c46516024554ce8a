"""Who is let in to the pages of plans; each group of pages keeps its own list."""

from __future__ import annotations

from kept.plans.tests import of_families, of_the_desk, output_permissions

ROWS = [*of_families.ROWS, *of_the_desk.ROWS, *output_permissions.ROWS]
