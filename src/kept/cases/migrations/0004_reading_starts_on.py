from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_reading_choice")]
    operations = [
        migrations.AddField(
            model_name="readingchoice",
            name="starts_on",
            field=models.DateField(
                blank=True, null=True, help_text="the first day on which it holds; from once if empty"
            ),
        ),
    ]
