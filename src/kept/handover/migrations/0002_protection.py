"""Row-level security on handovers and absences; a handover is never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

STAFF = "(SELECT kept_scope()) = 'area'"


class Migration(migrations.Migration):
    dependencies = [("handover", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        protect("handover_handover", also=STAFF),
        append_only("handover_handover"),
        protect("handover_absence", child=None, also=STAFF),
    ]
