"""The database's own rules of who sees what."""

from django.db import migrations

from kept.access.protection import DROP_FUNCTIONS, FUNCTIONS, protect

MEMBERSHIP = """
ALTER TABLE access_membership ENABLE ROW LEVEL SECURITY; ALTER TABLE access_membership FORCE ROW LEVEL SECURITY;
CREATE POLICY access_membership_seen ON access_membership
  USING (area_id = (SELECT kept_area()) OR user_id = (SELECT kept_person()))
  WITH CHECK (area_id = (SELECT kept_area()));
"""
GRANT = """
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY; ALTER TABLE access_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY access_grant_seen ON access_grant
  USING (area_id = (SELECT kept_area()) AND (user_id = (SELECT kept_person())
    OR agency_id = ANY ((SELECT kept_agencies())::uuid[]) OR (SELECT kept_scope()) = 'area'))
  WITH CHECK (area_id = (SELECT kept_area()));
"""


def undo(table: str) -> str:
    """Take a table's protection away."""
    return (
        f"DROP POLICY {table}_seen ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; "
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(MEMBERSHIP, undo("access_membership")),
        migrations.RunSQL(GRANT, undo("access_grant")),
        protect("access_agency", child=None),
        protect("access_team", child=None),
    ]
