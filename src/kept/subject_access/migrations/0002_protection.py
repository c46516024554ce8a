"""Row-level security. One parent does not see what the other asked for; hidden words are the case team's alone."""

from django.db import migrations

from kept.access.protection import append_only, protect

AREA = "(SELECT kept_scope()) = 'area'"
MINE = "asked_by_id = (SELECT kept_person())"
BY_WORK = "child_id = ANY ((SELECT kept_children_by_work())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("subject_access", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        protect("subject_access_copyrequest", also=f"{AREA} OR {MINE}"),
        protect("subject_access_redaction", also=AREA),
        protect("subject_access_correction", also=f"{AREA} OR {MINE} OR {BY_WORK}"),
        protect("subject_access_passingon"),
        append_only("subject_access_passingon"),
    ]
