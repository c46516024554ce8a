"""Papers with advice as a machine read them: the case team's alone."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kept.rules.identifiers.keys
from kept.access.protection import protect


class Migration(migrations.Migration):
    """The table and its protection."""

    dependencies = [
        ('access', '0006_works_by_grant'),
        ('documents', '0002_protection'),
        ('people', '0004_protect_history'),
        ('plans', '0003_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AdvicePaper',
            fields=[
                ('id', models.UUIDField(default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('said_by', models.CharField(max_length=200, verbose_name='whose advice')),
                ('said_on', models.DateField()),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('pages_read', models.PositiveSmallIntegerField(default=0)),
                ('texts', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='the words of each page read so far')),
                ('notes', models.JSONField(default=list, verbose_name='what was left aside, in sentences')),
                ('problem', models.CharField(blank=True, max_length=500, verbose_name='why it cannot be read')),
                ('looked_on', models.DateField(blank=True, null=True, verbose_name='day on which somebody looked it through')),
                ('area', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.area')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('looked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['said_on', 'id'],
                'indexes': [models.Index(fields=['area', 'child'], name='plans_advic_area_id_4a1c3b_idx')],
            },
        ),
        protect("plans_advicepaper", also="(SELECT kept_scope()) = 'area'"),
    ]
