"""Row-level security: the database refuses what the code above it forgot to.

Three settings, local to one transaction, say who is acting: `kept.area`, `kept.person`, `kept.today`. Without them each
protected table shows nothing (it fails closed). The database works out the rest from its own rows: the roles that a
person holds today, and the children that grants join them to. See docs/adr/0004-row-level-security.md.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

from kept.access.roles import Scope, roles_reaching

_AREA_ROLES = ", ".join(f"'{role}'" for role in roles_reaching(Scope.AREA))

FUNCTIONS = f"""
CREATE FUNCTION kept_area() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('kept.area', true), '')::uuid $$;
CREATE FUNCTION kept_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('kept.person', true), '')::uuid $$;
CREATE FUNCTION kept_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(nullif(current_setting('kept.today', true), '')::date,
                     (now() AT TIME ZONE 'Europe/London')::date) $$;
CREATE FUNCTION kept_scope() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (
    SELECT 1 FROM access_membership m
    WHERE m.user_id = kept_person() AND m.area_id = kept_area() AND m.role IN ({_AREA_ROLES})
      AND m.starts_on <= kept_today() AND (m.ends_on IS NULL OR m.ends_on >= kept_today())
  ) THEN 'area' ELSE 'granted' END $$;
CREATE FUNCTION kept_agencies() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(m.agency_id), '{{}}') FROM access_membership m
  WHERE m.user_id = kept_person() AND m.area_id = kept_area() AND m.agency_id IS NOT NULL
    AND m.starts_on <= kept_today() AND (m.ends_on IS NULL OR m.ends_on >= kept_today()) $$;
CREATE FUNCTION kept_children() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(g.child_id), '{{}}') FROM access_grant g
  WHERE g.area_id = kept_area() AND (g.user_id = kept_person() OR g.agency_id = ANY (kept_agencies()))
    AND g.starts_on <= kept_today() AND (g.ends_on IS NULL OR g.ends_on >= kept_today())
    AND (g.ends_at IS NULL OR g.ends_at > now()) $$;
"""
DROP_FUNCTIONS = (
    "DROP FUNCTION kept_children(); DROP FUNCTION kept_agencies(); DROP FUNCTION kept_scope(); "
    "DROP FUNCTION kept_today(); DROP FUNCTION kept_person(); DROP FUNCTION kept_area();"
)

_IN_AREA = "area_id = (SELECT kept_area())"


def sees_child(column: str) -> str:
    """The SQL test that the acting person may see the child a row is about."""
    return f"((SELECT kept_scope()) = 'area' OR {column} = ANY ((SELECT kept_children())::uuid[]))"


def protect(table: str, *, child: str | None = "child_id", child_optional: bool = False, also: str = "") -> RunSQL:
    """The migration step that enables and forces row-level security on a table of personal data.

    table: a table with an `area_id`. child: the column that names the child it is about (None: the whole area may see
    it). child_optional: rows without a child are seen by the whole area. also: a further SQL condition.
    """
    condition = _IN_AREA
    if child:
        test = sees_child(child)
        condition += f" AND ({child} IS NULL OR {test})" if child_optional else f" AND {test}"
    if also:
        condition += f" AND ({also})"
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
        f"CREATE POLICY {table}_seen ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY {table}_seen ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; "
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def append_only(table: str) -> RunSQL:
    """The migration step after which nobody, the owner included, can change or remove a row of a table."""
    return RunSQL(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table} is append-only: record a correction instead' USING ERRCODE = 'restrict_violation'; "
        f"END $$; CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only(); "
        f"CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT WHEN (current_setting('kept.tests', true) IS DISTINCT FROM 'flush') "
        f"EXECUTE FUNCTION {table}_is_append_only();",
        f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_whole ON {table}; "
        f"DROP FUNCTION {table}_is_append_only();",
    )
