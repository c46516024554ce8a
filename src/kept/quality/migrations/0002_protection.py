"""Row-level security: an auditor reads the copies at which they hold a seat and their own marks; which child a copy is
of is seen by those alone who reach the whole area. Marks of others and the machine's findings open when released.
"""

from django.db import migrations

from kept.access.protection import append_only, protect

AREA = "(SELECT kept_scope()) = 'area'"
SEATED = "EXISTS (SELECT 1 FROM quality_seat s WHERE s.copy_id = {0} AND s.auditor_id = (SELECT kept_person()))"


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial"), ("access", "0006_works_by_grant"), ("people", "0002_protection")]
    operations = [
        protect("quality_round", child=None),
        protect("quality_seat", child=None, also=f"{AREA} OR auditor_id = (SELECT kept_person())"),
        protect("quality_copy", child=None, also=f"{AREA} OR {SEATED.format('quality_copy.id')}"),
        protect("quality_sampled", also=AREA),
        protect(
            "quality_machine", child=None, also=f"{AREA} OR (released AND {SEATED.format('quality_machine.copy_id')})"
        ),
        protect(
            "quality_mark",
            child=None,
            also=(
                f"{AREA} OR auditor_id = (SELECT kept_person()) OR "
                f"(released AND {SEATED.format('quality_mark.copy_id')})"
            ),
        ),
        protect("quality_action", child=None, also=f"{AREA} OR owner_id = (SELECT kept_person())"),
        append_only("quality_copy"),
        append_only("quality_sampled"),
    ]
