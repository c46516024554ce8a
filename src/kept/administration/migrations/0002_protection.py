"""Who sees and writes invitations and reviews."""

from django.db import migrations

from kept.access.protection import protect

ALL_OF_AREA = "(SELECT kept_scope()) = 'area'"
MANAGES = "(SELECT kept_manages_access())"
MINE = "invited_by_id = (SELECT kept_person())"
INVITATION = (
    f"{MANAGES} OR (role IN ('family', 'advocate') AND {ALL_OF_AREA}) OR (role = 'advocate' AND {MINE})"
)


class Migration(migrations.Migration):
    dependencies = [("administration", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        protect("administration_invitation", child=None, also=INVITATION),
        protect("administration_reviewanswer", child=None, also=f"{MANAGES} OR (SELECT kept_reads_trails())"),
    ]
