"""What organisations, places and guidance said before is kept."""

import django.db.models.deletion
import kept.rules.identifiers.keys
from django.conf import settings
from django.db import migrations, models

from kept.access.protection import append_only
from kept.offer.protection import closed


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_children_listed'),
        ('offer', '0005_places_from_ons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('row_id', models.UUIDField(help_text='the organisation, place or page; it may be gone since')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('area', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.area')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'row_id', 'number'), name='one_wording_of_a_number')],
            },
        ),
        closed("offer_wording"),
        append_only("offer_wording"),
    ]
