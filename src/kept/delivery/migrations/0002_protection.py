"""Row-level security on the ledger. What was seen on the spot, what a family said and calendars are never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

MINE = "by_id = (SELECT kept_person())"


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("access", "0004_trails_protected"), ("people", "0002_protection")]
    operations = [
        *(
            protect(f"delivery_{table}")
            for table in ("item", "record", "catchup", "familyreport", "inplacecheck", "reconciliation")
        ),
        *(protect(f"delivery_{table}") for table in ("counted", "quiet", "asking")),
        protect("delivery_escalation", child_optional=True),
        *(protect(f"delivery_{table}", child=None) for table in ("schoolcalendar", "funding", "columns")),
        protect("delivery_upload", child=None, also=MINE),
        *(append_only(f"delivery_{table}") for table in ("schoolcalendar", "familyreport", "inplacecheck")),
    ]
