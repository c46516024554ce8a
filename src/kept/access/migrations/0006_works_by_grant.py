"""An agency's grants, and a person's own at work, count only while they hold a role that works by grants."""

from django.db import migrations

from kept.access.protection import JOINED, OWN_RELATIONS, functions_of_roles

AREA = "area_id = (SELECT kept_area())"
ME = "(SELECT kept_person())"
OTHERS = (
    "WHEN current_setting('kept.joining', true) = '1' THEN false ELSE (SELECT kept_scope()) = 'area' "
    "OR (relation IN ('break_glass', 'visit') AND (SELECT kept_reads_trails())) OR (relation NOT IN "
    "('family', 'young_person') AND child_id = ANY ((SELECT kept_family_children())::uuid[])) END"
)
BY_AGENCY = "agency_id = ANY ((SELECT kept_agencies())::uuid[])"
SEEN_BEFORE = f"{AREA} AND (user_id = {ME} OR {BY_AGENCY} OR CASE {OTHERS})"
SEEN = (
    f"{AREA} AND ((user_id = {ME} AND (relation IN {OWN_RELATIONS} OR (SELECT kept_works_by_grant()))) "
    f"OR {BY_AGENCY} OR CASE {OTHERS})"
)


class Migration(migrations.Migration):
    """See above."""

    dependencies = [("access", "0005_sign_in_counts")]
    operations = [
        migrations.RunSQL(functions_of_roles() + JOINED, migrations.RunSQL.noop),
        migrations.RunSQL("DROP FUNCTION IF EXISTS kept_agencies_joined();", migrations.RunSQL.noop),
        migrations.RunSQL(
            f"ALTER POLICY access_grant_seen ON access_grant USING ({SEEN});",
            f"ALTER POLICY access_grant_seen ON access_grant USING ({SEEN_BEFORE});",
        ),
    ]
