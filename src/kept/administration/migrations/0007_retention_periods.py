# The area's own periods of retention, dated, with a reason.

import django.db.models.deletion
import kept.rules.identifiers.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_works_by_grant'),
        ('administration', '0006_removal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionPeriod',
            fields=[
                ('id', models.UUIDField(default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=30)),
                ('years', models.PositiveSmallIntegerField()),
                ('from_on', models.DateField()),
                ('reason', models.CharField(max_length=500)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('area', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.area')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['rule', '-from_on', '-made_at'],
            },
        ),
    ]
