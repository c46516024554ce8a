"""Existing plans being read in: the case team's alone."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kept.rules.identifiers.keys
from kept.access.protection import protect


class Migration(migrations.Migration):
    """The table and its protection."""

    dependencies = [
        ("access", "0006_works_by_grant"),
        ("documents", "0002_protection"),
        ("people", "0004_protect_history"),
        ("plans", "0002_protection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("pages", models.PositiveSmallIntegerField(default=0)),
                ("pages_read", models.PositiveSmallIntegerField(default=0)),
                (
                    "texts",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="the words of each page read so far",
                    ),
                ),
                ("notes", models.JSONField(default=list, verbose_name="what was left aside, in sentences")),
                ("problem", models.CharField(blank=True, max_length=500, verbose_name="why it cannot be read")),
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
                (
                    "child",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.child"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["area", "child"], name="plans_plani_area_id_78c6b7_idx"),
                    models.Index(fields=["area", "version"], name="plans_plani_area_id_6cfc2d_idx"),
                ],
            },
        ),
        protect("plans_planimport", also="(SELECT kept_scope()) = 'area'"),
    ]
