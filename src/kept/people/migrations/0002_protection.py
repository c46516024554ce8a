"""Row-level security on everything about children and families."""

from django.db import migrations

from kept.access.protection import protect

CARER = (
    "(SELECT kept_scope()) = 'area' OR user_id = (SELECT kept_person())"
    " OR EXISTS (SELECT 1 FROM people_parentallink l WHERE l.carer_id = people_carer.id)"
)
CHILD_TABLES = ["formername", "identifier", "address", "childneed", "enrolment", "parentallink"]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_protection")]
    operations = [
        protect("people_child", child="id"),
        *[protect(f"people_{table}") for table in CHILD_TABLES],
        protect("people_carer", child=None, also=CARER),
    ]
