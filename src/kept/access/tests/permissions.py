"""Who is let in to the pages of accounts and of who looked."""

from kept.access.tests.permission_table import Row
from kept.access.tests.world import EVERYBODY, SIGNED_IN

ROWS = [
    Row("access:home", EVERYBODY),
    Row("access:sign_in", EVERYBODY),
    Row("access:sign_out", EVERYBODY, method="post"),
    Row("access:account", SIGNED_IN),
]
