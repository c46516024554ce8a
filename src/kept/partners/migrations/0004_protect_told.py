"""Row-level security: what a partner told is seen by that partner and the case team."""

from django.db import migrations

from kept.access.protection import protect

THEIRS = "(SELECT kept_scope()) = 'area' OR agency_id = ANY ((SELECT kept_agencies())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_told")]
    operations = [protect("partners_told", child_optional=True, also=THEIRS)]
