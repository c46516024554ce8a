"""A point of the family that came by letter or phone says who wrote it down."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [
        ("plans", "0004_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draftcomment",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                help_text="who wrote down what came by letter or phone",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
