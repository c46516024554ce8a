"""What holds a duty up, and how a service keeps the law’s days, read these indexes alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_children_listed"),
        ("duties", "0004_owed_whole"),
        ("people", "0004_protect_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="duty",
            name="still_owed",
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True), ("met_on__isnull", True)),
                fields=["area", "source_id"],
                include=("child", "source", "rule", "due_on", "owed_by"),
                name="still_owed_on",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("agency__isnull", False)),
                fields=["area", "agency", "rule"],
                include=("child", "source", "due_on", "met_on", "ended_on", "released_by"),
                name="how_an_agency_keeps",
            ),
        ),
    ]
