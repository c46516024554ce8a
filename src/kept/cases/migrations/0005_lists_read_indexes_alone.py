"""Where every child is, and what a service is asked, read these indexes alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_children_listed"),
        ("cases", "0004_reading_starts_on"),
        ("people", "0004_protect_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="cases_case_area_id_6f8442_idx",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="cases_case_area_id_4bc938_idx",
        ),
        migrations.AddIndex(
            model_name="advicerequest",
            index=models.Index(
                condition=models.Q(("answered_on__isnull", True)),
                fields=["area", "agency"],
                name="advice_still_awaited",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["area", "child", "-opened_on"], include=("stage", "has_plan"), name="cases_of_a_child"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["area", "officer", "stage"], include=("child",), name="cases_of_an_officer"),
        ),
    ]
