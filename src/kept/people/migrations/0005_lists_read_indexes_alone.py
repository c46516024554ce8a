"""Lists of children and rolls read these indexes alone, and not the wide rows behind them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_children_listed"),
        ("people", "0004_protect_history"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="enrolment",
            name="people_enro_area_id_3fae77_idx",
        ),
        migrations.RemoveIndex(
            model_name="enrolment",
            name="people_enro_area_id_0b2018_idx",
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("died_on__isnull", True)),
                fields=["area", "id"],
                include=("sort_key", "left_area_on"),
                name="every_living_child",
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                fields=["area", "child", "-starts_on"], include=("kind", "ends_on", "setting"), name="where_enrolled"
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(
                fields=["area", "setting"], include=("child", "starts_on", "ends_on"), name="who_is_enrolled"
            ),
        ),
    ]
