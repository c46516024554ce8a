"""Row-level security on cases; events are append-only."""

from django.db import migrations

from kept.access.protection import append_only, protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_protection")]
    operations = [
        *[protect(f"cases_{table}") for table in ["case", "event", "advicerequest", "panelitem"]],
        append_only("cases_event"),
    ]
