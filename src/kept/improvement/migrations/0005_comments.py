"""Comments beside charts, marked as comments and never changed."""

import django.db.models.deletion
import kept.rules.identifiers.keys
from django.conf import settings
from django.db import migrations, models

from kept.access.protection import append_only, protect


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_children_listed'),
        ('improvement', '0004_chair_note'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('area', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.area')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='improvement.finding')),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        protect("improvement_comment", child=None),
        append_only("improvement_comment"),
    ]
