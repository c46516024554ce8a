"""An index that answers the counts of what is still owed by itself: without it each reads the whole ledger."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_still_owed")]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True), ("met_on__isnull", True)),
                fields=["area", "due_on"],
                include=[
                    "child",
                    "person",
                    "team",
                    "agency",
                    "source",
                    "source_id",
                    "rule",
                    "released_by",
                    "is_statutory",
                    "owed_by",
                ],
                name="owed_whole",
            ),
        ),
        migrations.RemoveIndex(model_name="duty", name="soon_due"),
    ]
