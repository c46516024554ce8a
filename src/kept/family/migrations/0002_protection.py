"""Row-level security: the story and the views are read by the family and by those whom it chose, the service included."""

from django.db import migrations

from kept.access.protection import append_only, guard, protect, sees_child

IN_AREA = "area_id = (SELECT kept_area())"
SHARED = (
    "{0}.child_id = ANY ((SELECT kept_family_children())::uuid[]) OR {0}.by_id = (SELECT kept_person())"
    " OR EXISTS (SELECT 1 FROM family_share s WHERE s.child_id = {0}.child_id"
    " AND s.agency_id IN (SELECT m.agency_id FROM access_membership m WHERE m.user_id = kept_person()"
    " AND m.area_id = kept_area() AND m.starts_on <= kept_today()"
    " AND (m.ends_on IS NULL OR m.ends_on >= kept_today())) AND s.ended_at IS NULL"
    " AND s.starts_on <= kept_today() AND (s.ends_on IS NULL OR s.ends_on >= kept_today()))"
)


def private(table):
    seen = f"{IN_AREA} AND {sees_child('child_id')} AND ({SHARED.format(table)})"
    return [
        guard(table, seen=seen, written=f"{IN_AREA} AND {sees_child('child_id')} AND by_id = (SELECT kept_person())"),
        append_only(table),
    ]


class Migration(migrations.Migration):
    dependencies = [("family", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        protect("family_share"),
        *private("family_story"),
        *private("family_childview"),
        protect("family_latenotice"),
        append_only("family_latenotice"),
    ]
