"""Row-level security: only those who reach the whole area see notices; each parent may see the letters sent to them."""

from django.db import migrations

from kept.access.protection import append_only, protect

STAFF = "(SELECT kept_scope()) = 'area'"
OWN = (
    f"{STAFF} OR EXISTS (SELECT 1 FROM notices_recipient r JOIN people_carer c ON c.id = r.carer_id"
    " WHERE r.id = recipient_id AND c.user_id = (SELECT kept_person()))"
)
OWN_NAME = (
    f"{STAFF} OR EXISTS (SELECT 1 FROM people_carer c WHERE c.id = carer_id AND c.user_id = (SELECT kept_person()))"
)


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("access", "0004_trails_protected"), ("people", "0002_protection")]
    operations = [
        protect("notices_letterhead", child=None, also=STAFF),
        append_only("notices_letterhead"),
        protect("notices_wording", child=None, also=STAFF),
        append_only("notices_wording"),
        protect("notices_notice", also=STAFF),
        protect("notices_recipient", also=OWN_NAME),
        protect("notices_enclosure", also=STAFF),
        protect("notices_dispatch", also=OWN),
        append_only("notices_dispatch"),
        protect("notices_proof", also=STAFF),
        append_only("notices_proof"),
    ]
