"""Row-level security: the database refuses what the code above it forgot to.

Three settings, local to one transaction, say who is acting: `kept.area`, `kept.person`, `kept.today`. Without them each
protected table shows nothing (it fails closed). The database works out the rest from its own rows: the roles that a
person holds today, and the children that grants join them to. See docs/adr/0004-row-level-security.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.migrations import RunSQL

from kept.access.roles import ROLES, Can, Role, Scope, roles_reaching

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
CREATE FUNCTION kept_children_listed() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT array_to_string(kept_children(), ',') $$;
"""
DROP_FUNCTIONS = (
    "DROP FUNCTION kept_children_listed(); DROP FUNCTION kept_children(); DROP FUNCTION kept_agencies(); "
    "DROP FUNCTION kept_scope(); DROP FUNCTION kept_today(); DROP FUNCTION kept_person(); DROP FUNCTION kept_area();"
)

_IN_AREA = "area_id = (SELECT kept_area())"
_RUNNING = "{0}.starts_on <= kept_today() AND ({0}.ends_on IS NULL OR {0}.ends_on >= kept_today())"
# What is the same for every row stands in a subquery: the database then works it out once and not for each grant.
_GRANTED = (
    "FROM access_grant g WHERE g.area_id = (SELECT kept_area()) "
    f"AND {_RUNNING.format('g').replace('kept_today()', '(SELECT kept_today())')} "
    "AND (g.ends_at IS NULL OR g.ends_at > now())"
)
# A grant to the person themself counts for family, the young person and advocates; any other joins somebody at work,
# so it counts while they hold a role that works by grants. An agency's grants count for such roles alone.
OWN_RELATIONS = "('family', 'young_person', 'advocate')"
# The sub-selects are worked out once; without them a service with ten thousand grants would ask for its agencies as
# many times (200 ms for each table that a page reads, instead of 25).
_MINE = (
    f"((g.user_id = (SELECT kept_person()) AND (g.relation IN {OWN_RELATIONS} OR (SELECT kept_works_by_grant()))) "
    "OR g.agency_id = ANY ((SELECT kept_agencies())::uuid[]))"
)
# A policy of a table that asks a function which reads the same table would never end; such a function says that it is
# at work, and the policy then shows the person's own rows only. To say so falsely shows less, never more.
_AT_WORK = "current_setting('kept.joining', true) = '1'"


def _once(name: str, returns: str, query: str, *, part: bool = False) -> str:
    """A function worked out once each time that somebody begins to act, and anew after a grant or a role changed."""
    key = ", ".join(f"current_setting('kept.{setting}', true)" for setting in ("person", "area", "today", "turn"))
    asks, key = ("part text", f"{key}, part") if part else ("", key)
    return (
        f"CREATE OR REPLACE FUNCTION {name}({asks}) RETURNS {returns} LANGUAGE plpgsql STABLE AS $$ "
        f"DECLARE found {returns}; was text; asked text := concat_ws('|', {key}) || '='; "
        f"known text := current_setting('kept.known_{name}', true); BEGIN "
        f"IF starts_with(known, asked) THEN RETURN right(known, -length(asked))::{returns}; END IF; "
        f"was := coalesce(current_setting('kept.joining', true), ''); "
        f"PERFORM set_config('kept.joining', '1', true); found := ({query}); "
        f"PERFORM set_config('kept.joining', was, true); "
        f"PERFORM set_config('kept.known_{name}', asked || found::text, true); RETURN found; END $$;"
    )


_ARRAY = f"SELECT coalesce(array_agg(DISTINCT g.child_id), '{{}}') {_GRANTED}"
_LIST = f"SELECT coalesce(string_agg(g.child_id::text, ','), '') {_GRANTED}"


def _listed(name: str, query: str, *, part: bool = False) -> str:
    """A function that lists children as text, worked out once a turn, and the same as an array of keys.

    Policies read the text: with ten thousand children it costs a seventh of reading the keys for every table.
    """
    asks, given = ("part text", "part") if part else ("", "")
    return _once(f"{name}_listed", "text", query, part=part) + (
        f"CREATE OR REPLACE FUNCTION {name}({asks}) RETURNS uuid[] LANGUAGE sql STABLE AS "
        f"$$ SELECT string_to_array({name}_listed({given}), ',')::uuid[] $$;"
    )


# Who is joined to whom, by part of the record. A grant without parts opens all that the role may see.
JOINED = "".join(
    [
        _listed("kept_children", f"{_LIST} AND {_MINE} AND (g.parts = '[]' OR g.parts @> '[\"record\"]')"),
        _listed(
            "kept_children_of", f"{_LIST} AND {_MINE} AND (g.parts = '[]' OR g.parts @> to_jsonb(part))", part=True
        ),
        _listed("kept_children_known", f"{_LIST} AND {_MINE}"),
        _once(
            "kept_children_by_work",
            "uuid[]",
            f"{_ARRAY} AND {_MINE} AND g.parts = '[]' "
            "AND g.relation IN ('agency', 'visit', 'break_glass', 'young_person')",
        ),
        _once(
            "kept_family_children",
            "uuid[]",
            f"{_ARRAY} AND g.user_id = kept_person() AND g.relation IN ('family', 'young_person')",
        ),
    ]
)
_REMEMBERED = (
    "kept_children_listed",
    "kept_children_of_listed",
    "kept_children_known_listed",
    "kept_children_by_work",
    "kept_family_children",
    "kept_scope",
    "kept_works_by_grant",
)


def forget_when_changed(named: Iterable[str]) -> RunSQL:
    """The migration step by which a change of a grant or a role makes the database forget what it had worked out."""
    forgotten = ", ".join(f"set_config('kept.known_{name}', '', true)" for name in (*_REMEMBERED, *named))
    tables = ("access_grant", "access_membership")
    return RunSQL(
        f"CREATE OR REPLACE FUNCTION kept_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM {forgotten}; "
        "RETURN NULL; END $$;"
        + "".join(
            f"CREATE OR REPLACE TRIGGER forget AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION kept_forget();"
            for table in tables
        ),
        "".join(f"DROP TRIGGER forget ON {table};" for table in tables) + "DROP FUNCTION kept_forget();",
    )


DROP_JOINED = (
    "DROP FUNCTION kept_children_known_listed(); DROP FUNCTION kept_children_of_listed(text); "
    "DROP FUNCTION kept_family_children(); DROP FUNCTION kept_children_by_work(); DROP FUNCTION kept_children_known(); "
    "DROP FUNCTION kept_children_of(text);"
)
NAMED_ROLES: dict[str, Can] = {
    "kept_reads_trails": Can.SEE_TRAILS,
    "kept_manages_access": Can.MANAGE_ACCESS,
    "kept_breaks_glass": Can.BREAK_GLASS,
    "kept_edits_offer": Can.EDIT_OFFER,
    "kept_keeps_own_offer": Can.EDIT_OWN_OFFER,
}
OF_THE_FAMILY = {Role.FAMILY, Role.ADVOCATE}


def _holds(roles: list[str]) -> str:
    listed = ", ".join(f"'{role}'" for role in roles)
    return (
        "EXISTS (SELECT 1 FROM access_membership m WHERE m.user_id = kept_person() AND m.area_id = kept_area() "
        f"AND m.role IN ({listed}) AND {_RUNNING.format('m')})"
    )


def _agencies(name: str, roles: list[str]) -> str:
    """The function of the agencies in which the acting person holds one of the roles today."""
    listed = ", ".join(f"'{role}'" for role in roles)
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS uuid[] LANGUAGE sql STABLE AS $$ "
        "SELECT coalesce(array_agg(m.agency_id), '{}') FROM access_membership m WHERE m.user_id = kept_person() "
        f"AND m.area_id = kept_area() AND m.agency_id IS NOT NULL AND m.role IN ({listed}) "
        f"AND {_RUNNING.format('m')} $$;"
    )


def functions_of_roles() -> str:
    """The database's copy of the table of roles: which of them reach an area, read trails, give access, break glass."""
    made = [
        _once(
            "kept_scope",
            "text",
            f"SELECT CASE WHEN {_holds(roles_reaching(Scope.AREA))} THEN 'area' ELSE 'granted' END",
        )
    ]
    granted = roles_reaching(Scope.GRANTED)
    made.append(_agencies("kept_agencies", granted))
    made.append(_agencies("kept_workplaces", sorted(ROLES)))
    made.append(_once("kept_works_by_grant", "boolean", f"SELECT {_holds(sorted(set(granted) - OF_THE_FAMILY))}"))
    for name, what in NAMED_ROLES.items():
        roles = sorted(role.value for role, facts in ROLES.items() if what in facts.can or role is Role.SYSTEM)
        made.append(_once(name, "boolean", f"SELECT {_holds(roles)}"))
    return "".join(made)


DROP_NAMED_ROLES = "".join(
    f"DROP FUNCTION IF EXISTS {name}(); " for name in (*NAMED_ROLES, "kept_works_by_grant", "kept_workplaces")
)


def refresh_roles() -> None:
    """Bring the database's functions up to the code (roles, who is joined to whom), as the owner after migrating."""
    with connection.cursor() as cursor:
        cursor.execute((functions_of_roles() + JOINED).replace("%", "%%"))


def _is_listed(column: str, listed: str) -> str:
    """The SQL test that a child is in a list. The inner select keeps the planner from reading the list to guess."""
    return f"{column}::text IN (SELECT unnest(string_to_array((SELECT {listed}), ',')))"


def sees_child(column: str, *, part: str = "") -> str:
    """The SQL test that the acting person may see the child a row is about, or that part of the child's record."""
    listed = f"kept_children_of_listed('{part}')" if part else "kept_children_listed()"
    # CASE and not OR: the planner takes an OR of unknowns to let next to nothing through, and sorts whole tables then.
    return f"(CASE WHEN (SELECT kept_scope()) = 'area' THEN true ELSE {_is_listed(column, listed)} END)"


# Policies made before children were listed as text: the same test, read from the text.
READ_FROM_LISTS = r"""
DO $do$ DECLARE one record; asked text; kept text;
  old text := '\((\w+) IN \( SELECT unnest\((kept_children\w*)\(([^)]*)\)\) AS unnest\)\)';
  new text := '((\1)::text IN (SELECT unnest(string_to_array((SELECT \2_listed(\3)), '',''))))';
BEGIN
  FOR one IN SELECT tablename, policyname, qual, with_check FROM pg_policies
    WHERE schemaname = 'public' AND (qual ~ old OR with_check ~ old)
  LOOP
    asked := ' USING (' || regexp_replace(one.qual, old, new, 'g') || ')';
    kept := ' WITH CHECK (' || regexp_replace(one.with_check, old, new, 'g') || ')';
    EXECUTE format('ALTER POLICY %I ON %I', one.policyname, one.tablename) || coalesce(asked, '') || coalesce(kept, '');
  END LOOP;
END $do$;
"""


def protect(
    table: str, *, child: str | None = "child_id", child_optional: bool = False, also: str = "", part: str = ""
) -> RunSQL:
    """The migration step that enables and forces row-level security on a table of personal data.

    table: a table with an `area_id`. child: the column that names the child it is about (None: the whole area may see
    it). child_optional: rows without a child are seen by the whole area. also: a further SQL condition. part: the part
    of the record that the table holds ("journey"), for people who are joined to the child for that part only; without
    it, only those who may see the whole record. Change tracking is added after the migration by itself.
    """
    condition = _IN_AREA
    if child:
        test = sees_child(child, part=part)
        condition += f" AND ({child} IS NULL OR {test})" if child_optional else f" AND {test}"
    if also:
        condition += f" AND ({also})"
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
        f"CREATE POLICY {table}_seen ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY {table}_seen ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; "
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def guard(table: str, *, seen: str, written: str = "") -> RunSQL:
    """The migration step for a trail: what is seen, and what may be added; nothing else. No `written`: nothing may."""
    made = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
        f"CREATE POLICY {table}_seen ON {table} FOR SELECT USING ({seen});",
    ]
    undone = [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"]
    if written:
        made.append(f"CREATE POLICY {table}_written ON {table} FOR INSERT WITH CHECK ({written});")
        undone.insert(0, f"DROP POLICY {table}_written ON {table};")
    undone.insert(0, f"DROP POLICY {table}_seen ON {table};")
    return RunSQL(tuple(made), tuple(undone))


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
