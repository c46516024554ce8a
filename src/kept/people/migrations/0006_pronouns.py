"""How a child is spoken of, as they or the family say: plans are checked against it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more fact of a child."""

    dependencies = [("people", "0005_lists_read_indexes_alone")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="pronouns",
            field=models.CharField(
                blank=True,
                choices=[("she/her", "she, her"), ("he/him", "he, him"), ("they/them", "they, them")],
                max_length=9,
            ),
        ),
    ]
