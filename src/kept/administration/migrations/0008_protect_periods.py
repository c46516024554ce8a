"""The area's own periods of retention: seen by the case team and by whoever watches, added and never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

ALL_OF_AREA = "(SELECT kept_scope()) = 'area'"
WATCHES = "(SELECT kept_reads_trails())"


class Migration(migrations.Migration):
    dependencies = [("administration", "0007_retention_periods"), ("access", "0004_trails_protected")]
    operations = [
        protect("administration_retentionperiod", child=None, also=f"{ALL_OF_AREA} OR {WATCHES}"),
        append_only("administration_retentionperiod"),
    ]
