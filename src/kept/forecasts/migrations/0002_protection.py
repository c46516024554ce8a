"""Row-level security: a statement is seen with its child; what was told and scored is never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

OF_THE_AREA = ("reckoning", "score", "recalibration", "profession", "share", "post", "run")
FOR_GOOD = ("reckoning", "statement", "score", "recalibration")


class Migration(migrations.Migration):
    dependencies = [("forecasts", "0001_initial"), ("waiting", "0002_protection"), ("access", "0005_sign_in_counts")]
    operations = [
        *(protect(f"forecasts_{name}", child=None) for name in OF_THE_AREA),
        protect("forecasts_statement"),
        *(append_only(f"forecasts_{name}") for name in FOR_GOOD),
    ]
