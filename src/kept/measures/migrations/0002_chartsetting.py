"""What is set on charts, with its reason: added to and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kept.rules.identifiers.keys
from kept.access.protection import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="ChartSetting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kept.rules.identifiers.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rebase", "New limits from a month on"),
                            ("definition", "Counted in another way from a month on"),
                            ("fix", "Limits kept as they were before a month"),
                            ("screen", "Unusually large steps left out of the limits"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "starts",
                    models.DateField(blank=True, help_text="the first day of the month from which it holds", null=True),
                ),
                ("happened", models.CharField(max_length=300, verbose_name="what changed in the work, and when")),
                ("reason", models.TextField()),
                (
                    "hid",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="marks for the worse that it took away on the day it was set"
                    ),
                ),
                (
                    "said",
                    models.JSONField(
                        default=list, verbose_name="what it changed, in sentences that everybody may see"
                    ),
                ),
                ("on", models.DateField()),
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
                    "undoes",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="undone",
                        to="measures.chartsetting",
                    ),
                ),
            ],
            options={"ordering": ["on", "id"]},
        ),
        protect("measures_chartsetting", child=None),
        append_only("measures_chartsetting"),
    ]  # fmt: skip
