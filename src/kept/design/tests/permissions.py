"""Who is let in to the component gallery: everybody."""

from kept.access.tests.permission_table import Row
from kept.access.tests.world import EVERYBODY

ROWS = [Row("design:gallery", EVERYBODY)]
