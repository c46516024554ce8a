"""Row-level security on what was said of where a child is; it is never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("whereabouts", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [protect("whereabouts_confirmation"), append_only("whereabouts_confirmation")]
