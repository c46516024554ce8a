"""Change history by trigger: every insert, update and delete of every protected table, whoever makes it and however.

One trigger function serves all tables. It fires once a statement, so bulk work costs one more statement and not one a
row, and it runs as the owner of the tables: the trail takes rows from it and from nobody else, so the service cannot
write a false line; and it is append-only, so nobody can mend a true one. See docs/adr/0006-trails.md.

Tables that are append-only themselves are their own history and are left out, as are the trails.
"""

from __future__ import annotations

from django.db import connection

TRAILS = ("access_change", "access_changevalue", "access_reading", "access_securityevent")
COMPUTED = ("people_namekey", "plans_lintnight", "plans_plannight")  # worked out anew from rows that are tracked
NOT_TRACKED = (*TRAILS, *COMPUTED)
SECRET_COLUMNS = ("password", "session_salt", "last_login", "name_keys", "sort_key", "version", "changed_at")

KEY = """
CREATE OR REPLACE FUNCTION kept_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid $$;
"""
RECORD = f"""
CREATE OR REPLACE FUNCTION kept_record_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  hidden text[] := '{{{",".join(SECRET_COLUMNS)}}}';
  child text := TG_ARGV[0];
BEGIN
  IF TG_OP = 'INSERT' THEN
    WITH seen AS MATERIALIZED (SELECT kept_uuid7() AS key, to_jsonb(n) - hidden AS became, to_jsonb(n) AS whole
      FROM now_is n),
    line AS (INSERT INTO access_change (id, area_id, child_id, at, person_id, table_name, row_id, operation, fields)
      SELECT key, coalesce((whole->>'area_id')::uuid, kept_area()), nullif(whole->>child, '')::uuid,
        clock_timestamp(), kept_person(), TG_TABLE_NAME, (whole->>'id')::uuid, 'added', '{{}}' FROM seen)
    INSERT INTO access_changevalue (change_id, area_id, child_id, was, became)
      SELECT key, coalesce((whole->>'area_id')::uuid, kept_area()), nullif(whole->>child, '')::uuid, NULL, became
      FROM seen;
  ELSIF TG_OP = 'UPDATE' THEN
    WITH both_rows AS MATERIALIZED (SELECT to_jsonb(w) AS w, to_jsonb(n) AS n FROM was w JOIN now_is n ON n.id = w.id
        WHERE w IS DISTINCT FROM n),
    seen AS MATERIALIZED (SELECT kept_uuid7() AS key, n AS whole, d.fields, d.was, d.became FROM both_rows
      CROSS JOIN LATERAL (SELECT array_agg(e.key ORDER BY e.key) AS fields, jsonb_object_agg(e.key, w->e.key) AS was,
        jsonb_object_agg(e.key, e.value) AS became FROM jsonb_each(n) e
        WHERE w->e.key IS DISTINCT FROM e.value AND e.key <> ALL (hidden)) d WHERE d.fields IS NOT NULL),
    line AS (INSERT INTO access_change (id, area_id, child_id, at, person_id, table_name, row_id, operation, fields)
      SELECT key, coalesce((whole->>'area_id')::uuid, kept_area()), nullif(whole->>child, '')::uuid,
        clock_timestamp(), kept_person(), TG_TABLE_NAME, (whole->>'id')::uuid, 'changed', fields FROM seen)
    INSERT INTO access_changevalue (change_id, area_id, child_id, was, became)
      SELECT key, coalesce((whole->>'area_id')::uuid, kept_area()), nullif(whole->>child, '')::uuid, was, became
      FROM seen;
  ELSE
    WITH seen AS MATERIALIZED (SELECT kept_uuid7() AS key, to_jsonb(w) - hidden AS gone, to_jsonb(w) AS whole
      FROM was w),
    line AS (INSERT INTO access_change (id, area_id, child_id, at, person_id, table_name, row_id, operation, fields)
      SELECT key, coalesce((whole->>'area_id')::uuid, kept_area()), nullif(whole->>child, '')::uuid,
        clock_timestamp(), kept_person(), TG_TABLE_NAME, (whole->>'id')::uuid, 'removed', '{{}}' FROM seen)
    INSERT INTO access_changevalue (change_id, area_id, child_id, was, became)
      SELECT key, coalesce((whole->>'area_id')::uuid, kept_area()), nullif(whole->>child, '')::uuid, gone, NULL
      FROM seen;
  END IF;
  RETURN NULL;
END $$;
"""
TRACK = """
CREATE OR REPLACE FUNCTION kept_track(tracked regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE child text := CASE WHEN tracked = 'people_child'::regclass THEN 'id' ELSE 'child_id' END;
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER kept_added AFTER INSERT ON %s REFERENCING NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION kept_record_change(%L)', tracked, child);
  EXECUTE format('CREATE OR REPLACE TRIGGER kept_changed AFTER UPDATE ON %s
    REFERENCING OLD TABLE AS was NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION kept_record_change(%L)',
    tracked, child);
  EXECUTE format('CREATE OR REPLACE TRIGGER kept_removed AFTER DELETE ON %s REFERENCING OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION kept_record_change(%L)', tracked, child);
END $$;
"""
UNDO = (
    "DROP FUNCTION IF EXISTS kept_track(regclass); DROP FUNCTION IF EXISTS kept_record_change() CASCADE; "
    "DROP FUNCTION IF EXISTS kept_uuid7();"
)

# Protected tables with an area and a key, that are neither trails nor append-only, and `access_user`.
TO_TRACK = """
SELECT c.relname FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
WHERE s.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> ALL (%s)
  AND (c.relname = 'access_user' OR (c.relrowsecurity
    AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND NOT a.attisdropped)))
  AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only')
ORDER BY c.relname
"""


def tables_to_track() -> list[str]:
    """The tables whose every change must be in the history."""
    with connection.cursor() as cursor:
        cursor.execute(TO_TRACK, [list(NOT_TRACKED)])
        return [row[0] for row in cursor.fetchall()]


def tracked_tables() -> list[str]:
    """The tables that have all three triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname IN ('kept_added', 'kept_changed',"
            " 'kept_removed') AND tgenabled <> 'D' GROUP BY tgrelid HAVING count(*) = 3"
        )
        return [row[0] for row in cursor.fetchall()]


def track_everything() -> None:
    """Give the triggers to every table that should have them and has not; run as the owner after each migration."""
    with connection.cursor() as cursor:
        for table in sorted(set(tables_to_track()) - set(tracked_tables())):
            cursor.execute("SELECT kept_track(%s::regclass)", [table])
