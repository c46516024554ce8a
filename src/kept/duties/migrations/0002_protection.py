"""Row-level security on the ledger; the history of holders is append-only."""

from django.db import migrations

from kept.access.protection import protect


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial"), ("access", "0002_protection")]
    operations = [
        protect("duties_duty", child_optional=True),
        protect("duties_handing", child_optional=True),
    ]
