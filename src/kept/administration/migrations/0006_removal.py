"""Who sees and signs reviews of retention, and the one function that removes a child's record."""

from django.db import migrations

from kept.access.protection import protect
from kept.access.removing import IS_REMOVING, STAY

ALL_OF_AREA = "(SELECT kept_scope()) = 'area'"
WATCHES = "(SELECT kept_reads_trails())"

# Foreign keys of the tables are checked at the end of the transaction, so rows may go in any order. What goes: every
# row that names the child, and every row that cannot stand without one of those; references that may be empty are
# emptied. A row of another child among them stops everything.
REMOVE = """
CREATE FUNCTION kept_remove_child(child uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  r record; n bigint; had bigint; counts jsonb := '{}'; keys text;
BEGIN
  IF kept_scope() <> 'area' OR NOT EXISTS (
    SELECT 1 FROM administration_retentionreview v
    WHERE v.area_id = kept_area() AND v.of = 'child' AND v.subject_id = child AND v.decision = 'remove'
      AND v.decided_by_id IS NOT NULL AND v.confirmed_by_id IS NOT NULL AND v.confirmed_by_id <> v.decided_by_id
      AND v.due_on <= now()::date AND v.removed_at IS NULL)
  THEN
    RAISE EXCEPTION 'No review that two people signed says that this record is removed'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('kept.removing', '1', true);
  CREATE TEMP TABLE kept_gone (tab oid, id text, PRIMARY KEY (tab, id)) ON COMMIT DROP;
  INSERT INTO kept_gone SELECT 'people_child'::regclass, c.id::text FROM people_child c
    WHERE c.id = child AND c.area_id = kept_area();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such record' USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO kept_gone SELECT 'people_carer'::regclass, c.id::text FROM people_carer c
    WHERE EXISTS (SELECT 1 FROM people_parentallink l WHERE l.carer_id = c.id AND l.child_id = child)
      AND NOT EXISTS (SELECT 1 FROM people_parentallink l WHERE l.carer_id = c.id AND l.child_id <> child);
  CREATE TEMP TABLE kept_keys ON COMMIT DROP AS
    SELECT c.oid AS tab, a.attname AS pk, format_type(a.atttypid, a.atttypmod) AS type,
      EXISTS (SELECT 1 FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attname = 'child_id' AND NOT x.attisdropped)
        AS has_child
    FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND c.relname <> ALL (ARRAY[STAYING, 'access_changevalue']);
  FOR r IN SELECT * FROM kept_keys WHERE has_child LOOP
    EXECUTE format('INSERT INTO kept_gone SELECT %s, x.%I::text FROM %s x WHERE x.child_id = $1
      ON CONFLICT DO NOTHING', r.tab, r.pk, r.tab::regclass) USING child;
  END LOOP;
  CREATE TEMP TABLE kept_ties ON COMMIT DROP AS
    SELECT c.conrelid AS tab, c.confrelid AS target, a.attname AS col, a.attnotnull AS must, k.pk,
      format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_constraint c JOIN kept_keys k ON k.tab = c.conrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f';
  LOOP
    had := (SELECT count(*) FROM kept_gone);
    FOR r IN SELECT t.* FROM kept_ties t WHERE t.must AND t.target IN (SELECT g.tab FROM kept_gone g) LOOP
      EXECUTE format('INSERT INTO kept_gone SELECT %s, x.%I::text FROM %s x WHERE x.%I = ANY (ARRAY(
        SELECT g.id::%s FROM kept_gone g WHERE g.tab = %s)) ON CONFLICT DO NOTHING',
        r.tab, r.pk, r.tab::regclass, r.col, r.type, r.target);
    END LOOP;
    EXIT WHEN had = (SELECT count(*) FROM kept_gone);
  END LOOP;
  FOR r IN SELECT k.* FROM kept_keys k WHERE k.has_child AND k.tab IN (SELECT g.tab FROM kept_gone g) LOOP
    EXECUTE format('SELECT count(*) FROM %s x WHERE x.%I = ANY (ARRAY(SELECT g.id::%s FROM kept_gone g
      WHERE g.tab = %s)) AND x.child_id <> $1', r.tab::regclass, r.pk, r.type, r.tab) INTO n USING child;
    IF n > 0 THEN
      RAISE EXCEPTION '% rows of % belong to another child too', n, r.tab::regclass USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  FOR r IN SELECT t.* FROM kept_ties t WHERE NOT t.must AND t.target IN (SELECT g.tab FROM kept_gone g) LOOP
    EXECUTE format('UPDATE %1$s x SET %2$I = NULL WHERE x.%2$I = ANY (ARRAY(SELECT g.id::%3$s FROM kept_gone g
      WHERE g.tab = %4$s)) AND x.%5$I::text <> ALL (ARRAY(SELECT g.id FROM kept_gone g WHERE g.tab = %6$s))',
      r.tab::regclass, r.col, r.type, r.target, r.pk, r.tab);
  END LOOP;
  FOR r IN SELECT k.*, count(g.id) AS how_many FROM kept_keys k JOIN kept_gone g ON g.tab = k.tab
    GROUP BY k.tab, k.pk, k.type, k.has_child LOOP
    EXECUTE format('DELETE FROM %s x WHERE x.%I = ANY (ARRAY(SELECT g.id::%s FROM kept_gone g WHERE g.tab = %s))',
      r.tab::regclass, r.pk, r.type, r.tab);
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object(r.tab::regclass::text, r.how_many);
  END LOOP;
  SET CONSTRAINTS ALL IMMEDIATE;
  DELETE FROM access_changevalue v WHERE v.child_id = child OR v.change_id IN (
    SELECT c.id FROM access_change c WHERE c.area_id = kept_area()
      AND c.row_id = ANY (ARRAY(SELECT g.id::uuid FROM kept_gone g WHERE length(g.id) = 36)));
  GET DIAGNOSTICS n = ROW_COUNT;
  counts := counts || jsonb_build_object('access_changevalue', n);
  SET CONSTRAINTS ALL DEFERRED;
  DROP TABLE kept_gone, kept_keys, kept_ties;
  PERFORM set_config('kept.removing', '', true);
  RETURN counts;
END $$;
""".replace("STAYING", ", ".join(f"'{name}'" for name in STAY))


class Migration(migrations.Migration):
    dependencies = [("administration", "0005_retention"), ("people", "0004_protect_history")]
    operations = [
        protect("administration_retentionreview", child=None, also=f"{ALL_OF_AREA} OR {WATCHES}"),
        migrations.RunSQL(IS_REMOVING, migrations.RunSQL.noop),
        migrations.RunSQL(REMOVE, "DROP FUNCTION kept_remove_child(uuid);"),
    ]
