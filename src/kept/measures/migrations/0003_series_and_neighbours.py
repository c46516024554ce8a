"""Figures from outside, and the areas to compare with: added to; a file can be undone, its figures stay."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kept.rules.identifiers.keys
from django.conf import settings
from django.db import migrations, models

from kept.access.protection import append_only, protect


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0002_chartsetting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="value",
            name="children",
            field=models.PositiveIntegerField(null=True, verbose_name="children, where something else is added up"),
        ),
        migrations.CreateModel(
            name="NeighbourList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        help_text="three-digit codes of the DfE; none: our own method",
                        size=None,
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("why", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "area",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.area"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SeriesFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200, verbose_name="where the figures come from")),
                ("source_on", models.DateField(verbose_name="date of the source")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what to know about them")),
                ("rows", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_because", models.CharField(blank=True, max_length=300)),
                (
                    "area",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.area"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SeriesValue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                ("month", models.DateField(help_text="its first day")),
                ("numerator", models.PositiveIntegerField()),
                ("denominator", models.PositiveIntegerField()),
                ("middle", models.FloatField(null=True, verbose_name="median in days")),
                (
                    "area",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.area"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="measures.seriesfile"
                    ),
                ),
            ],
            options={
                "ordering": ["month"],
            },
        ),
        migrations.AddConstraint(
            model_name="seriesfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at__isnull", True),
                    models.Q(("undone_by__isnull", False), models.Q(("undone_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_file_is_undone_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="seriesvalue",
            index=models.Index(fields=["area", "code", "month"], name="measures_se_area_id_232df4_idx"),
        ),
        migrations.AddConstraint(
            model_name="seriesvalue",
            constraint=models.UniqueConstraint(fields=("file", "code", "month"), name="one_figure_a_file_and_month"),
        ),
        migrations.AddConstraint(
            model_name="seriesvalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("denominator__gte", 0), ("numerator__gte", 0)), name="figures_from_outside_count"
            ),
        ),
        protect("measures_seriesfile", child=None),
        protect("measures_seriesvalue", child=None),
        protect("measures_neighbourlist", child=None),
        append_only("measures_seriesvalue"),
        append_only("measures_neighbourlist"),
    ]
