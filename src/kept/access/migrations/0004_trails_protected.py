"""Trails that cannot be bent, and policies that know the parts of a record, the family and who may give access."""

from django.db import migrations

from kept.access.protection import (
    DROP_JOINED,
    DROP_NAMED_ROLES,
    JOINED,
    append_only,
    functions_of_roles,
    guard,
)
from kept.access.trails import tracking

AREA = "area_id = (SELECT kept_area())"
ALL_OF_AREA = "(SELECT kept_scope()) = 'area'"
ME = "(SELECT kept_person())"
# Only the trigger's own account, which owns the tables, writes the change history.
BY_TRIGGER = """
DO $$ BEGIN
  EXECUTE format('CREATE POLICY %1$s_written ON %1$s FOR INSERT WITH CHECK (current_user = %2$L)', 'TABLE', current_user);
END $$;
"""
CHANGE = f"{AREA} AND ({ALL_OF_AREA} OR (SELECT kept_reads_trails()))"
CHANGE_VALUE = f"{AREA} AND {ALL_OF_AREA}"
FAMILY_SEES = f"child_id = ANY ((SELECT kept_family_children())::uuid[])"
READING = (
    f"{AREA} AND (person_id = {ME} OR (SELECT kept_reads_trails()) OR {ALL_OF_AREA} "
    f"OR (NOT by_family AND {FAMILY_SEES}))"
)
SECURITY = (
    f"person_id = {ME} OR ((SELECT kept_reads_trails()) AND ({AREA} OR (area_id IS NULL AND (person_id IS NULL OR "
    "EXISTS (SELECT 1 FROM access_membership m WHERE m.user_id = person_id AND m.area_id = (SELECT kept_area()))))))"
)
SECURITY_WRITTEN = (
    f"(area_id IS NULL OR {AREA}) AND ({ME} IS NULL OR person_id IS NOT DISTINCT FROM {ME} OR person_id IS NULL)"
)

MEMBERSHIP_SEEN = (
    f"user_id = {ME} OR ({AREA} AND (role NOT IN ('family', 'advocate') OR CASE "
    "WHEN current_setting('kept.joining', true) = '1' THEN false "
    f"ELSE {ALL_OF_AREA} OR (SELECT kept_manages_access()) END))"
)
# Nobody gives themselves a role: an administrator gives it to others, the case team lets families in.
MEMBERSHIP_WRITTEN = (
    f"{AREA} AND ((role = 'system' AND user_id = {ME} AND EXISTS (SELECT 1 FROM access_user u WHERE u.id = user_id "
    f"AND u.email = 'system@kept.invalid')) OR (role <> 'system' AND user_id <> {ME} "
    f"AND ((SELECT kept_manages_access()) OR (role IN ('family', 'advocate') AND {ALL_OF_AREA}))))"
)
GRANT_SEEN = (
    f"{AREA} AND (user_id = {ME} OR agency_id = ANY ((SELECT kept_agencies())::uuid[]) OR CASE "
    "WHEN current_setting('kept.joining', true) = '1' THEN false "
    f"ELSE {ALL_OF_AREA} OR (relation IN ('break_glass', 'visit') AND (SELECT kept_reads_trails())) "
    f"OR (relation NOT IN ('family', 'young_person') AND {FAMILY_SEES}) END)"
)
# The case team joins people to children; a family its own advocates; an administrator a visit, not for themselves;
# and in an emergency a professional themself, with a reason and for a working day at most.
GRANT_WRITTEN = (
    f"{AREA} AND ({ALL_OF_AREA} OR (relation = 'advocate' AND user_id <> {ME} AND {FAMILY_SEES}) "
    f"OR (relation = 'visit' AND user_id <> {ME} AND (SELECT kept_manages_access())) "
    f"OR (relation = 'break_glass' AND user_id = {ME} AND length(btrim(reason)) >= 10 AND ends_at IS NOT NULL "
    "AND ends_at <= now() + interval '8 hours' AND (SELECT kept_breaks_glass())))"
)

CHILD_SEEN = f"{AREA} AND (CASE WHEN {ALL_OF_AREA} THEN true ELSE id IN (SELECT unnest(kept_children_known())) END)"
CHILD_SEEN_BEFORE = f"{AREA} AND ({ALL_OF_AREA} OR id = ANY ((SELECT kept_children())::uuid[]))"
# Parents who have parted may be in danger: a carer's row holds their telephone and email, so a family sees its own only.
CARER_SEEN = (
    f"{AREA} AND ({ALL_OF_AREA} OR user_id = {ME} OR EXISTS (SELECT 1 FROM people_parentallink l "
    "WHERE l.carer_id = people_carer.id AND l.child_id = ANY ((SELECT kept_children_by_work())::uuid[])))"
)
CARER_SEEN_BEFORE = (
    f"{AREA} AND ({ALL_OF_AREA} OR user_id = {ME} OR EXISTS (SELECT 1 FROM people_parentallink l "
    "WHERE l.carer_id = people_carer.id))"
)
# Who a child is, where they live and who their parents are is written by those who work for the area.
WRITTEN_BY_THE_AREA = ["child", "formername", "identifier", "address", "childneed", "enrolment", "parentallink"]


def by_trigger(table: str) -> migrations.RunSQL:
    """Only the trigger may add lines to a table."""
    return migrations.RunSQL(BY_TRIGGER.replace("TABLE", table), f"DROP POLICY {table}_written ON {table};")


def alter(table: str, seen: str, written: str, before: str) -> migrations.RunSQL:
    """Change the policy of a table."""
    return migrations.RunSQL(
        f"ALTER POLICY {table}_seen ON {table} USING ({seen}) WITH CHECK ({written});",
        f"ALTER POLICY {table}_seen ON {table} USING ({before}) WITH CHECK ({before});",
    )


def area_writes(table: str) -> migrations.RunSQL:
    """Only those whose role reaches the whole area write to a table; locking a row is not writing."""
    made = [
        f"CREATE POLICY {table}_added ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({ALL_OF_AREA});",
        f"CREATE POLICY {table}_changed ON {table} AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK ({ALL_OF_AREA});",
        f"CREATE POLICY {table}_removed ON {table} AS RESTRICTIVE FOR DELETE USING ({ALL_OF_AREA});",
    ]
    undone = [f"DROP POLICY {table}_{verb} ON {table};" for verb in ("added", "changed", "removed")]
    return migrations.RunSQL(made, undone)


class Migration(migrations.Migration):
    dependencies = [("access", "0003_trails"), ("people", "0004_protect_history")]
    operations = [
        migrations.RunSQL(functions_of_roles(), DROP_NAMED_ROLES),
        migrations.RunSQL(JOINED, DROP_JOINED),
        migrations.RunSQL(tracking.KEY + tracking.RECORD + tracking.TRACK, tracking.UNDO),
        guard("access_change", seen=CHANGE),
        guard("access_changevalue", seen=CHANGE_VALUE),
        guard("access_reading", seen=READING, written=f"{AREA} AND person_id = {ME}"),
        guard("access_securityevent", seen=SECURITY, written=SECURITY_WRITTEN),
        by_trigger("access_change"),
        by_trigger("access_changevalue"),
        *[append_only(f"access_{table}") for table in ["change", "changevalue", "reading", "securityevent"]],
        alter("access_membership", MEMBERSHIP_SEEN, MEMBERSHIP_WRITTEN, f"{AREA} OR user_id = {ME}"),
        alter("access_grant", GRANT_SEEN, GRANT_WRITTEN, AREA),
        alter("people_child", CHILD_SEEN, CHILD_SEEN, CHILD_SEEN_BEFORE),
        alter("people_carer", CARER_SEEN, f"{AREA} AND ({ALL_OF_AREA} OR user_id = {ME})", CARER_SEEN_BEFORE),
        *[area_writes(f"people_{table}") for table in WRITTEN_BY_THE_AREA],
    ]
