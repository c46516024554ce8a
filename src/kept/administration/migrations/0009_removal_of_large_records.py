"""The removal of a whole record reaches what it could not: keys of several columns, and plans that were sent.

The function of 0006 took the first column of a key for the whole of it, so that the area's key stood for a row of the
keys by which a child is found by name. It then found rows of other children among what was to go, and refused, as it
must. And the triggers that let nobody change a plan that was sent let the removal through neither.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("kept.administration.migrations.0006_removal").REMOVE
ONE_COLUMN = "AND c.relname <> ALL"
SEVERAL = """  FOR r IN SELECT c.oid AS tab FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute x ON x.attrelid = c.oid AND x.attname = 'child_id' AND NOT x.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND i.indnkeyatts > 1 LOOP
    EXECUTE format('DELETE FROM %s x WHERE x.child_id = $1', r.tab::regclass) USING child;
    GET DIAGNOSTICS n = ROW_COUNT;
    counts := counts || jsonb_build_object(r.tab::regclass::text, n);
  END LOOP;
  SET CONSTRAINTS ALL IMMEDIATE;
"""


def changed(words: str, part: str, into: str) -> str:
    """The function with one part of it in other words. Raises ValueError where the part is not there once."""
    if words.count(part) != 1:
        raise ValueError(f"The function holds “{part}” {words.count(part)} times.")
    return words.replace(part, into)


REMOVE = changed(BEFORE, "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
REMOVE = changed(REMOVE, ONE_COLUMN, f"AND i.indnkeyatts = 1 {ONE_COLUMN}")
REMOVE = changed(REMOVE, "  SET CONSTRAINTS ALL IMMEDIATE;\n", SEVERAL)
# whoever asked may have had foreign keys checked at once before
BEGINS = "PERFORM set_config('kept.removing', '1', true);"
REMOVE = changed(REMOVE, BEGINS, f"{BEGINS}\n  SET CONSTRAINTS ALL DEFERRED;")


VERSION = "BEFORE UPDATE OR DELETE ON plans_version FOR EACH ROW {} EXECUTE FUNCTION plans_version_stands();"
CONTENT = "BEFORE INSERT OR UPDATE OR DELETE ON plans_{} FOR EACH ROW {} EXECUTE FUNCTION plans_content_stands();"


def stands(when: str) -> str:
    """The triggers by which a plan that was sent stands, with a condition."""
    found = f"DROP TRIGGER stands ON plans_version; CREATE TRIGGER stands {VERSION.format(when)}\n"
    for table in ("entry", "link", "source", "departure"):
        found += f"DROP TRIGGER stands ON plans_{table}; CREATE TRIGGER stands {CONTENT.format(table, when)}\n"
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("administration", "0008_protect_periods"),
        ("people", "0004_protect_history"),
        ("plans", "0002_protection"),
    ]
    operations = [
        migrations.RunSQL(REMOVE, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
        migrations.RunSQL(stands("WHEN (NOT kept_is_removing())"), stands("")),
    ]
