"""Policies read whom somebody is joined to from a text: a service with ten thousand children waited for the keys."""

from django.db import migrations

from kept.access.protection import JOINED, NAMED_ROLES, READ_FROM_LISTS, forget_when_changed


class Migration(migrations.Migration):
    """The reverse leaves the policies as they are: both ways say the same."""

    dependencies = [("access", "0009_once_a_turn")]
    operations = [
        migrations.RunSQL(JOINED, migrations.RunSQL.noop),
        migrations.RunSQL(forget_when_changed(NAMED_ROLES).sql, migrations.RunSQL.noop),
        migrations.RunSQL(READ_FROM_LISTS, migrations.RunSQL.noop),
    ]
