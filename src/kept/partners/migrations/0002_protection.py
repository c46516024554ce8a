"""Row-level security: drafts and links are for the service that was asked and the case team, not for the family."""

from django.db import migrations

from kept.access.protection import append_only, protect

ASKED = (
    "(SELECT kept_scope()) = 'area' OR EXISTS (SELECT 1 FROM cases_advicerequest r WHERE r.id = request_id"
    " AND r.agency_id = ANY ((SELECT kept_agencies())::uuid[]))"
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("cases", "0002_protection"), ("access", "0004_trails_protected")]
    operations = [
        protect("partners_advicework", also=ASKED),
        protect("partners_advice"),
        append_only("partners_advice"),
        protect("partners_link", also=ASKED),
    ]
