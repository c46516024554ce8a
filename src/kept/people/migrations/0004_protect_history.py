"""Protection of the new tables, confidential addresses, and the trigger that copies name keys to where search looks."""

from django.db import migrations

from kept.access.protection import append_only, protect

SPREAD = """
CREATE FUNCTION people_spread_name_keys() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM people_namekey k USING was w JOIN now_is n ON n.id = w.id
      WHERE k.child_id = w.id AND k.area_id = w.area_id AND w.name_keys IS DISTINCT FROM n.name_keys
        AND k.key <> ALL (n.name_keys);
    INSERT INTO people_namekey (area_id, key, child_id)
      SELECT n.area_id, key, n.id FROM now_is n JOIN was w ON w.id = n.id CROSS JOIN LATERAL unnest(n.name_keys) key
      WHERE w.name_keys IS DISTINCT FROM n.name_keys ON CONFLICT DO NOTHING;
  ELSE
    INSERT INTO people_namekey (area_id, key, child_id)
      SELECT n.area_id, key, n.id FROM now_is n CROSS JOIN LATERAL unnest(n.name_keys) key ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER name_keys_of_new AFTER INSERT ON people_child REFERENCING NEW TABLE AS now_is
  FOR EACH STATEMENT EXECUTE FUNCTION people_spread_name_keys();
CREATE TRIGGER name_keys_of_changed AFTER UPDATE ON people_child REFERENCING OLD TABLE AS was NEW TABLE AS now_is
  FOR EACH STATEMENT EXECUTE FUNCTION people_spread_name_keys();
CREATE FUNCTION people_forget_name_keys() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  DELETE FROM people_namekey k USING was w WHERE k.child_id = w.id AND k.area_id = w.area_id;
  RETURN NULL;
END $$;
CREATE TRIGGER name_keys_of_gone AFTER DELETE ON people_child REFERENCING OLD TABLE AS was
  FOR EACH STATEMENT EXECUTE FUNCTION people_forget_name_keys();
"""
GATHER = """
DROP TRIGGER name_keys_of_gone ON people_child; DROP TRIGGER name_keys_of_changed ON people_child;
DROP TRIGGER name_keys_of_new ON people_child;
DROP FUNCTION people_forget_name_keys(); DROP FUNCTION people_spread_name_keys();
"""
# Children that were there before. The owner, too, is held by row-level security: it steps aside for this one statement.
CATCH_UP = """
ALTER TABLE people_child NO FORCE ROW LEVEL SECURITY;
INSERT INTO people_namekey (area_id, key, child_id)
  SELECT c.area_id, key, c.id FROM people_child c CROSS JOIN LATERAL unnest(c.name_keys) key ON CONFLICT DO NOTHING;
ALTER TABLE people_child FORCE ROW LEVEL SECURITY;
"""
CONFIDENTIAL = """
CREATE POLICY people_address_confidential ON people_address AS RESTRICTIVE USING (
  NOT is_confidential OR (SELECT kept_scope()) = 'area'
  OR EXISTS (SELECT 1 FROM people_carer c WHERE c.id = holder_id AND c.user_id = (SELECT kept_person()))
  OR EXISTS (SELECT 1 FROM access_grant g WHERE g.child_id = people_address.child_id AND g.relation = 'young_person'
    AND g.user_id = (SELECT kept_person()))
);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_finding_and_history")]
    operations = [
        migrations.RunSQL(CATCH_UP, migrations.RunSQL.noop),
        migrations.RunSQL(SPREAD, GATHER),
        protect("people_namekey"),
        protect("people_change"),
        append_only("people_change"),
        migrations.RunSQL(CONFIDENTIAL, "DROP POLICY people_address_confidential ON people_address;"),
    ]
