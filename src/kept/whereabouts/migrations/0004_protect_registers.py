"""Row-level security on files of attendance: a school sees its own, the council all. What came is never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

OWN = "(SELECT kept_scope()) = 'area' OR agency_id = ANY ((SELECT kept_agencies())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("whereabouts", "0003_registers"), ("access", "0004_trails_protected")]
    operations = [
        protect("whereabouts_registerfile", child=None, also=OWN),
        append_only("whereabouts_registerfile"),
    ]
