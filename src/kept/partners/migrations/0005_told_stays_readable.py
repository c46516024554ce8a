"""What a partner told stays readable to that partner once the council linked a child on the record to it."""

from django.db import migrations

from kept.access.protection import protect

THEIRS = "(SELECT kept_scope()) = 'area' OR agency_id = ANY ((SELECT kept_agencies())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_protect_told")]
    operations = [
        migrations.RunSQL("DROP POLICY partners_told_seen ON partners_told", migrations.RunSQL.noop),
        protect("partners_told", child=None, also=THEIRS),
    ]
