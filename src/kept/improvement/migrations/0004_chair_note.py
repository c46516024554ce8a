"""The chair's public note of a meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("improvement", "0003_meetings")]
    operations = [
        migrations.AddField("meeting", "chair_note", models.TextField(blank=True, verbose_name="the chair's public note")),
        migrations.AddField(
            "meeting",
            "noted_on",
            models.DateField(blank=True, null=True, verbose_name="day on which the note was published"),
        ),
    ]
