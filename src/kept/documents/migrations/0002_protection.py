"""Row-level security: a document is opened by its sender, the case team, one agency, or everybody of the record."""

from django.db import migrations

from kept.access.protection import protect

FOR_WHOM = (
    "(SELECT kept_scope()) = 'area' OR audience = 'everybody' OR by_id = (SELECT kept_person())"
    " OR agency_id = ANY ((SELECT kept_agencies())::uuid[])"
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [protect("documents_document", also=FOR_WHOM)]
