"""Which children somebody is joined to is worked out once a turn, and anew when a grant or a role changed in it."""

from django.db import migrations

from kept.access.protection import JOINED, NAMED_ROLES, forget_when_changed


class Migration(migrations.Migration):
    dependencies = [("access", "0008_session_salt")]
    operations = [
        migrations.RunSQL(JOINED, migrations.RunSQL.noop),
        forget_when_changed(NAMED_ROLES),
    ]
