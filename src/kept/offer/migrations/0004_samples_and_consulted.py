"""Samples of trusted providers' changes, who was consulted, and measured waits by age."""

import django.db.models.deletion
import kept.rules.identifiers.keys
from django.conf import settings
from django.db import migrations, models

from kept.offer.protection import closed, open_to_read


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_works_by_grant'),
        ('offer', '0003_workplaces'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='wait',
            name='bands',
            field=models.JSONField(blank=True, default=list, verbose_name='by age, where every band has ten people or more'),
        ),
        migrations.CreateModel(
            name='Consulted',
            fields=[
                ('id', models.UUIDField(default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(help_text='the letter of the list', max_length=4)),
                ('on', models.DateField()),
                ('how', models.CharField(max_length=200, verbose_name='how they were asked')),
                ('people', models.PositiveIntegerField(default=0, verbose_name='how many answered')),
                ('changed', models.CharField(blank=True, max_length=300, verbose_name='what changed because of it')),
                ('area', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.area')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'consulted',
                'indexes': [models.Index(fields=['area', 'on'], name='offer_consu_area_id_a6f15d_idx')],
            },
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.UUIDField(default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField()),
                ('looked_on', models.DateField(blank=True, null=True)),
                ('is_right', models.BooleanField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('area', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.area')),
                ('looked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='offer.service')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offer.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'version'), name='one_sample_a_version')],
            },
        ),
        migrations.AddField(
            model_name="service",
            name="reminded_on",
            field=models.DateField(blank=True, null=True, verbose_name="the last reminder to its provider"),
        ),
        migrations.AlterField(
            model_name='comment',
            name='came_by',
            field=models.CharField(choices=[('web', 'On the web'), ('phone', 'By phone'), ('paper', 'On paper or by letter'), ('email', 'By email'), ('group', 'In a group')], default='web', max_length=20),
        ),
        closed("offer_sample"),
        open_to_read("offer_consulted"),
    ]
