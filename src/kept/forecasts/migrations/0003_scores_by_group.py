from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forecasts", "0002_protection")]
    operations = [
        migrations.AddField(
            model_name="score",
            name="by_group",
            field=models.JSONField(default=dict, help_text="split to group to [resolved, inside, coverage]"),
        ),
    ]
