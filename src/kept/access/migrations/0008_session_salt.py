"""Signing out everywhere ends sessions that no list knows; the salt itself is not written into the change history."""

from django.db import migrations, models

from kept.access.trails import tracking


class Migration(migrations.Migration):
    dependencies = [("access", "0007_once_a_query")]
    operations = [
        migrations.RunSQL(tracking.RECORD, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="user",
            name="session_salt",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="changed to end every session at once, known or not",
                max_length=32,
            ),
            preserve_default=False,
        ),
    ]
