"""Figures by month, and their protection: those of an area are seen by acting in it, and never at random."""

import django.db.models.deletion
from django.db import migrations, models

from kept.access.protection import protect


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0005_sign_in_counts")]
    operations = [
        migrations.CreateModel(
            name="Value",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "area", "code", "month", "split", "group",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                ("month", models.DateField(help_text="its first day")),
                ("split", models.CharField(blank=True, help_text="empty for everybody", max_length=12)),
                ("group", models.CharField(blank=True, max_length=60)),
                ("numerator", models.PositiveIntegerField()),
                ("denominator", models.PositiveIntegerField()),
                ("middle", models.FloatField(null=True, verbose_name="median in days")),
                ("ninth", models.FloatField(null=True, verbose_name="90th percentile in days")),
                ("longest", models.IntegerField(null=True, verbose_name="longest in days")),
                ("query_version", models.CharField(max_length=24)),
                ("computed_on", models.DateField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT,
                        related_name="+", to="access.area",
                    ),
                ),
            ],
        ),
        protect("measures_value", child=None),
    ]  # fmt: skip
