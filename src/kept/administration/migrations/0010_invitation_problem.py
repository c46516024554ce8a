# Why the email of an invitation did not arrive.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('administration', '0009_removal_of_large_records'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='problem',
            field=models.CharField(blank=True, help_text='why the email did not arrive', max_length=300),
        ),
    ]
