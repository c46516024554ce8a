"""What a person may see is worked out without asking anew for each grant who they are and where they work."""

from django.db import migrations

from kept.access.protection import JOINED


class Migration(migrations.Migration):
    """See above."""

    dependencies = [("access", "0006_works_by_grant")]

    operations = [migrations.RunSQL(JOINED, migrations.RunSQL.noop)]
