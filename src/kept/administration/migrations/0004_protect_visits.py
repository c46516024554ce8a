"""Visits are planned by those who see every child of the area; their inspectors read them."""

from django.db import migrations

from kept.access.protection import protect

ALL_OF_AREA = "(SELECT kept_scope()) = 'area'"
WATCHES = "(SELECT kept_reads_trails()) OR (SELECT kept_manages_access())"
ME = "(SELECT kept_person())"
COMES = (
    "EXISTS (SELECT 1 FROM administration_visitinspector i WHERE i.visit_id = administration_visit.id "
    f"AND i.user_id = {ME})"
)


def area_writes(table: str) -> migrations.RunSQL:
    """Only those whose role reaches the whole area write."""
    return migrations.RunSQL(
        [
            f"CREATE POLICY {table}_added ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({ALL_OF_AREA});",
            f"CREATE POLICY {table}_changed ON {table} AS RESTRICTIVE FOR UPDATE USING ({ALL_OF_AREA}) "
            f"WITH CHECK ({ALL_OF_AREA});",
            f"CREATE POLICY {table}_removed ON {table} AS RESTRICTIVE FOR DELETE USING ({ALL_OF_AREA});",
        ],
        [f"DROP POLICY {table}_{verb} ON {table};" for verb in ("added", "changed", "removed")],
    )


class Migration(migrations.Migration):
    dependencies = [("administration", "0003_visits")]
    operations = [
        protect(
            "administration_visitinspector", child=None, also=f"{ALL_OF_AREA} OR {WATCHES} OR user_id = {ME}"
        ),
        protect("administration_visit", child=None, also=f"{ALL_OF_AREA} OR {WATCHES} OR {COMES}"),
        protect("administration_visitchild"),
        *[area_writes(f"administration_{table}") for table in ("visit", "visitinspector", "visitchild")],
    ]
