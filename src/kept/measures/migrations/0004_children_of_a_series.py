"""How many children a figure from outside is about, where minutes or sessions are added up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_series_and_neighbours")]
    operations = [
        migrations.AddField(
            model_name="seriesvalue",
            name="children",
            field=models.PositiveIntegerField(
                null=True, verbose_name="children, where minutes or sessions are added up"
            ),
        ),
    ]
