"""A young person reads the letters that went to them, as each parent reads theirs."""

from django.db import migrations

from kept.access.protection import sees_child

BASE = f"area_id = (SELECT kept_area()) AND {sees_child('child_id')}"
STAFF = "(SELECT kept_scope()) = 'area'"
MY_CARER = "SELECT 1 FROM people_carer c WHERE c.user_id = (SELECT kept_person()) AND c.id = {0}.carer_id"
MYSELF = (
    "{0}.is_young_person AND EXISTS (SELECT 1 FROM access_grant g WHERE g.child_id = {0}.child_id "
    "AND g.user_id = (SELECT kept_person()) AND g.relation = 'young_person' "
    "AND g.starts_on <= (SELECT kept_today()) AND (g.ends_on IS NULL OR g.ends_on >= (SELECT kept_today())) "
    "AND (g.ends_at IS NULL OR g.ends_at > now()))"
)
RECIPIENT = "notices_recipient"
MINE_BEFORE = f"EXISTS ({MY_CARER})"
MINE = f"{MINE_BEFORE} OR ({MYSELF})"


def _seen(table: str, mine: str) -> str:
    """The statement by which the rows of a table are seen by staff and by whom they are for."""
    own = mine.format(RECIPIENT)
    if table != RECIPIENT:
        own = f"EXISTS (SELECT 1 FROM {RECIPIENT} r WHERE r.id = recipient_id AND ({mine.format('r')}))"
    return f"ALTER POLICY {table}_seen ON {table} USING ({BASE} AND ({STAFF} OR {own}));"


class Migration(migrations.Migration):
    """See above; what may be written stays as it was."""

    dependencies = [("notices", "0002_protection"), ("access", "0010_children_listed")]
    operations = [
        migrations.RunSQL(_seen(table, MINE), _seen(table, MINE_BEFORE)) for table in (RECIPIENT, "notices_dispatch")
    ]
